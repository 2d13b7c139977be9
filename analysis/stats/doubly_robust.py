"""A second opinion on the adjusted difference, right where either of two models is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from analysis.stats import adjust, models, newton
from analysis.stats.clusters import Numbers, summed
from analysis.stats.newton import Step
from analysis.stats.rates import Estimate, Z
from analysis.stats.selection import Chosen, Refused

FOLDS = 5
# What one observation would weigh: nothing beside many, enough to keep coefficients finite.
RIDGE = 1.0
# Outside, a document has hardly any like it on the other side.
COMMON = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Overlap:
    """How far both groups are alike: chances of being exposed, given the covariates.

    `outside` is the share of documents with a chance outside COMMON; nothing is clipped.
    """

    outside: float
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class DoublyRobust:
    """The risk difference by augmented inverse probability weighting, and the overlap."""

    risk_difference: Estimate
    overlap: Overlap


def doubly_robust(chosen: Chosen, *, seed: int = 0) -> DoublyRobust | Refused:
    """The standardised risk difference from models of exposure and of churn, cross-fitted.

    Each of FOLDS parts of the customers is predicted from the others; the interval is robust by
    customer. Source: Robins, Rotnitzky & Zhao (1994), J. Am. Stat. Assoc. 89:846-866; Chernozhukov
    et al. (2018), Econom. J. 21:C1-C68, for cross-fitting.
    """
    counted = chosen.counted
    part = np.random.default_rng(seed).permutation(counted.customers) % FOLDS
    fold = part[counted.customer]
    rows = len(counted.values)
    chances = np.empty((3, counted.total))
    for held_out in range(FOLDS):
        others, mine = fold != held_out, np.flatnonzero(fold == held_out)
        cell = counted.cell[others]
        documents = summed(cell, np.ones(len(cell)), 2 * rows).reshape(2, rows)
        churned = summed(cell, counted.left[others], 2 * rows).reshape(2, rows)
        exposure = _logistic(counted.values, documents[0] + documents[1], documents[1])
        churn = models.fit(replace(counted, documents=documents, churned=churned), "logistic")
        if exposure is None or churn is None:
            return Refused(adjust.separated())
        of_pattern = np.vstack(
            [
                newton.combined(counted.values, exposure),
                models.linear(counted, churn.coefficients),
            ]
        )
        chances[:, mine] = models.chances(of_pattern)[:, counted.pattern[mine]]
    propensity, without, with_it = chances
    exposed, left = counted.exposed, counted.left
    parts = (
        with_it
        - without
        + exposed * (left - with_it) / propensity
        - (1 - exposed) * (left - without) / (1 - propensity)
    )
    difference = float(parts.mean())
    spread = counted.spread((parts - difference) / counted.total)
    error = sqrt(spread * counted.customers / (counted.customers - 1))
    low, high = COMMON
    return DoublyRobust(
        Estimate(difference, difference - Z * error, difference + Z * error),
        Overlap(
            outside=float(np.mean((propensity < low) | (propensity > high))),
            lowest=float(propensity.min()),
            highest=float(propensity.max()),
        ),
    )


def _logistic(values: Numbers, documents: Numbers, events: Numbers) -> Numbers | None:
    """The coefficients of the columns for events among documents, both by pattern.

    Held near 0 by RIDGE, so that a level that always or never goes with the exposure has a chance
    near 1 or 0, which the overlap shows, and no infinite coefficient.
    """
    total, happened = documents.sum(), events.sum()
    if not 0 < happened < total:
        return None
    held = np.full(values.shape[1], RIDGE)
    held[0] = 0.0

    def at(coefficients: Numbers) -> Step:
        predictor = newton.combined(values, coefficients)
        chance = models.chances(predictor)
        stayed = np.log1p(-np.minimum(chance, 1 - 1e-7))
        penalty = float(held @ coefficients**2) / 2
        return Step(
            float(events @ predictor + documents @ stayed) - penalty,
            newton.totals(values, events - documents * chance) - held * coefficients,
            newton.weighted_square(values, documents * chance * (1 - chance)) + np.diag(held),
        )

    start = np.zeros(values.shape[1])
    start[0] = np.log(happened / (total - happened))
    found = newton.maximise(at, start, close=newton.closeness(values))
    return None if found is None else found.coefficients
