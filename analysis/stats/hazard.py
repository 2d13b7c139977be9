"""Time from a document to churn: Cox's proportional hazards, robust by customer."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt

import numpy as np
from scipy import sparse, stats

from analysis.stats import newton
from analysis.stats.clusters import Codes, summed
from analysis.stats.covariates import Numbers
from analysis.stats.models import GUESS, Patterns, linear, patterns, spacing
from analysis.stats.newton import Solution, Step
from analysis.stats.rates import Estimate, Z


@dataclass(frozen=True, slots=True)
class Times:
    """When each document of `counted` was last seen, as a place in `days`, whole days after it.

    `counted.left` says whether its customer left then; else that is where watching ends.
    """

    counted: Patterns
    days: Codes
    day: Codes
    # The documents day by day, the patterns they have, and where each day begins among them.
    order: Codes
    ordered: Codes
    starts: Codes


@dataclass(frozen=True, slots=True)
class Hazard:
    """A hazard ratio; `proportional_p` tests that it stays the same, None where that was not asked.

    A small p says that one ratio for the whole time hides how it changes.
    """

    ratio: Estimate
    proportional_p: float | None


@dataclass(frozen=True, slots=True)
class _RiskSets:
    """Each day: customers' documents that left, and the weighted sums over those at risk."""

    left: Numbers
    weight: Numbers
    of_exposed: Numbers
    of_columns: Numbers

    @property
    def step(self) -> Numbers:
        """Breslow's increase of the cumulative hazard on each day."""
        return self.left / self.weight


def times(counted: Patterns, days: Codes) -> Times:
    """Give each document its day, at least 1, as a place among the days that occur."""
    held = np.zeros(int(days.max(initial=0)) + 1, dtype=bool)
    held[days] = True
    return _placed(counted, np.flatnonzero(held), (np.cumsum(held) - 1)[days])


def _placed(counted: Patterns, days: Codes, day: Codes) -> Times:
    order = np.argsort(day.astype(np.int16) if len(days) < 2**15 else day, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(day, minlength=len(days)))])
    return Times(counted, days, day, order, counted.pattern[order], starts)


def hazard_ratio(seen: Times, *, test: bool = False) -> Hazard | None:
    """The hazard ratio of the exposed at equal values of the columns; None where there is none.

    `test` asks for the check of proportional hazards as well.
    Ties as Breslow (1974), Biometrics 30:89-99: leaving on the same day of many; variance of Lin &
    Wei (1989), J. Am. Stat. Assoc. 84:1074-1078, summed by customer. Proportionality: score test
    of an exposure that changes with time (Grambsch & Therneau 1994, Biometrika 81:515-526), robust
    by customer where customers repeat.
    """
    counted = seen.counted
    found = _fit(seen, close=newton.closeness(counted.values))
    if found is None:
        return None
    sets, weights = _risk_sets(seen, found.coefficients)
    target = np.zeros(len(found.coefficients))
    target[-1] = 1.0
    lever = np.linalg.solve(found.information, target)
    error = sqrt(counted.spread(_score(seen, sets, weights, lever)))
    if not 0 < error < 5:
        return None
    log_ratio = float(found.coefficients[-1])
    limits = (exp(log_ratio - Z * error), exp(log_ratio + Z * error))
    return Hazard(
        Estimate(exp(log_ratio), *limits),
        _proportional(seen, sets, weights, found.information) if test else None,
    )


def _fit(seen: Times, *, close: float) -> Solution | None:
    counted = seen.counted
    # The constant says nothing of order in time.
    columns = counted.values.shape[1]
    events = counted.churned
    start: Numbers = np.zeros(columns)
    if counted.total > 2 * GUESS:
        guess = _fit(_thinned(seen), close=newton.CLOSE_ENOUGH)
        start = start if guess is None else guess.coefficients

    def at(coefficients: Numbers) -> Step:
        with np.errstate(over="ignore"):
            sets, weights = _risk_sets(seen, coefficients)
        if not np.all(np.isfinite(sets.weight)):
            nothing = np.zeros_like(coefficients)
            return Step(-np.inf, nothing, np.eye(columns))
        predictor = linear(counted, np.append(0.0, coefficients))
        leaving = sets.left > 0
        value = np.sum(events * predictor) - sets.left[leaving] @ np.log(sets.weight[leaving])
        hazard = np.cumsum(sets.step)
        expected = weights * counted.by_cell(hazard[seen.day])
        means = np.column_stack([sets.of_columns[:, 1:], sets.of_exposed]) / sets.weight[:, None]
        information = newton.bordered(counted.values, expected)[1:, 1:]
        information -= newton.weighted_square(means, sets.left)
        gradient = newton.folded(counted.values, events - expected)[1:]
        return Step(float(value), gradient, information)

    return newton.maximise(at, start, close=close)


def _thinned(seen: Times) -> Times:
    """Enough documents for a first guess, evenly spaced."""
    counted = seen.counted
    few = slice(None, None, spacing(counted.total))
    days, day = np.unique(seen.day[few], return_inverse=True)
    fewer = patterns(
        counted.values,
        pattern=counted.pattern[few],
        exposed=counted.exposed[few] == 1,
        churned=counted.left[few] == 1,
        customer=counted.customer[few],
    )
    return _placed(fewer, seen.days[days], day)


def _risk_sets(seen: Times, coefficients: Numbers) -> tuple[_RiskSets, Numbers]:
    """The risk sets of every day, and each pattern's weight (2 x patterns)."""
    counted, size = seen.counted, len(seen.days)
    weights = np.exp(linear(counted, np.append(0.0, coefficients)))
    weight = weights.ravel()[counted.cell]
    with_it = summed(seen.day, weight * counted.exposed, size)
    return (
        _RiskSets(
            left=summed(seen.day, counted.left, size),
            weight=_from_then_on(summed(seen.day, weight, size)),
            of_exposed=_from_then_on(with_it),
            of_columns=_from_then_on(_by_day(seen, weight)),
        ),
        weights,
    )


def _by_day(seen: Times, weight: Numbers) -> Numbers:
    """The weighted sum of every column over the documents of each day (days x columns)."""
    values = seen.counted.values
    rows = sparse.csr_array(
        (weight[seen.order].astype(values.dtype), seen.ordered, seen.starts),
        shape=(len(seen.days), len(values)),
    )
    return (rows @ values).astype(np.float64, copy=False)


def _from_then_on(by_day: Numbers) -> Numbers:
    return np.cumsum(by_day[::-1], axis=0)[::-1]


def _score(seen: Times, sets: _RiskSets, weights: Numbers, lever: Numbers) -> Numbers:
    """What each document adds to lever' score."""
    counted = seen.counted
    own = linear(counted, np.append(0.0, lever)).ravel()[counted.cell]
    weight = weights.ravel()[counted.cell]
    mean = (sets.of_columns[:, 1:] @ lever[:-1] + sets.of_exposed * lever[-1]) / sets.weight
    hazard, moved = np.cumsum(sets.step), np.cumsum(mean * sets.step)
    day = seen.day
    return counted.left * (own - mean[day]) - weight * (own * hazard[day] - moved[day])


def _proportional(
    seen: Times, sets: _RiskSets, weights: Numbers, information: Numbers
) -> float | None:
    counted, day = seen.counted, seen.day
    if not sets.left.sum():
        return None
    time = seen.days - float(np.average(seen.days, weights=sets.left))
    share = sets.of_exposed / sets.weight
    weight = weights.ravel()[counted.cell]
    exposed_only = _from_then_on(_by_day(seen, weight * counted.exposed))
    both = exposed_only[:, 1:] / sets.weight[:, None]
    together = both - share[:, None] * sets.of_columns[:, 1:] / sets.weight[:, None]
    spread = share * (1 - share)
    crossed = np.append((sets.left * time) @ together, (sets.left * time) @ spread)
    lever = np.linalg.solve(information, crossed)
    exposed_left = np.bincount(day, weights=counted.left * counted.exposed, minlength=len(time))
    score = float(time @ (exposed_left - sets.left * share))
    variance = float((sets.left * time**2) @ spread) - float(crossed @ lever)
    if counted.customers < counted.total:
        step = time * sets.step
        alone, moved = np.cumsum(step), np.cumsum(step * share)
        own = counted.left * time[day] * (counted.exposed - share[day]) - weight * (
            counted.exposed * alone[day] - moved[day]
        )
        variance = counted.spread(own - _score(seen, sets, weights, lever))
    if variance <= 0:
        return None
    return float(stats.chi2.sf(score**2 / variance, 1))
