"""Which covariate goes together with both exposure and churn, and which stratum turns the sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
from scipy import stats

from analysis.stats import e_value, newton, rates, verdict
from analysis.stats.clusters import Flags
from analysis.stats.covariates import Column, Numbers
from analysis.stats.models import Patterns
from analysis.stats.rates import Estimate, Rate, Z

# A level of fewer documents says too little about how strong a covariate is.
_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Confounder:
    """A covariate's level and the most by which one as strong could move a risk ratio."""

    covariate: str
    level: str
    factor: float


@dataclass(frozen=True, slots=True)
class Stratum:
    """The documents of one level of a covariate."""

    covariate: str
    level: str
    group: int
    exposed: Rate
    unexposed: Rate

    @property
    def difference(self) -> float:
        """The risk difference within the stratum; 0 where a side is empty."""
        if not (self.exposed.documents and self.unexposed.documents):
            return 0.0
        return (
            self.exposed.churned / self.exposed.documents
            - self.unexposed.churned / self.unexposed.documents
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """A stratum that points the other way than all documents together (Simpson's paradox).

    `reversed` says that the whole turns at equal values of `covariate`, not this stratum alone;
    `documents` are those of the stratum.
    """

    covariate: str
    level: str
    pooled: Estimate
    within: Estimate
    reversed: bool
    documents: int


def strongest(
    counted: Patterns, columns: Sequence[Column | None], coefficients: Numbers
) -> Confounder | None:
    """The level whose ratios with exposure and with churn (both adjusted for nothing else and for
    everything, in that order) bound the largest bias; None where no level is common enough.

    A number counts as above its mean against below it.
    """
    exposure = counted.documents.sum(axis=1)
    found = None
    for place, column in enumerate(columns):
        if column is None or column.power == 2:
            continue
        values, effect = counted.values[:, place], float(coefficients[place])
        if column.power:
            above = values > 0
            effect *= _gap(counted, values, above)
            values = above.astype(float)
        held = counted.documents @ values.astype(float)
        if not _SHARE <= held.sum() / counted.total <= 1 - _SHARE or not held.all():
            continue
        shares = held / exposure
        prevalence = max(shares[1] / shares[0], shares[0] / shares[1])
        factor = e_value.bounding_factor(prevalence, exp(abs(effect)))
        if found is None or factor > found.factor:
            found = Confounder(column.covariate, column.level, factor)
    return found


def strata(counted: Patterns, columns: Sequence[Column | None]) -> tuple[Stratum, ...]:
    """The documents of every level of the covariates that have levels, reference levels last."""
    documents = np.column_stack([newton.totals(counted.values, one) for one in counted.documents])
    churned = np.column_stack([newton.totals(counted.values, one) for one in counted.churned])
    found: list[Stratum] = []
    groups: dict[int, tuple[Column, Numbers, Numbers]] = {}
    for place, column in enumerate(columns):
        if column is None or column.power:
            continue
        found.append(_stratum(column, column.level, documents[place], churned[place]))
        _first, others, others_left = groups.setdefault(
            column.group, (column, documents[0].copy(), churned[0].copy())
        )
        others -= documents[place]
        others_left -= churned[place]
    found.extend(_stratum(column, column.reference, *rest) for column, *rest in groups.values())
    return tuple(found)


def turn(found: Sequence[Stratum], *, pooled: Estimate, adjusted: float | None) -> Turn | None:
    """The stratum that turns the direction; None where the pooled one is unclear or none turns.

    A whole turns where the adjusted difference has the other sign: then the covariate whose
    strata, weighted by their documents, turn it furthest is named with the stratum that weighs
    most. Else a stratum must point the other way by itself, beyond chance among all strata looked
    at (Bonferroni); the interval given is the common 95 % one.
    """
    if pooled.low <= 0 <= pooled.high:
        return None
    sign = 1 if pooled.estimate > 0 else -1
    against = [one for one in found if _enough(one) and sign * one.difference < 0]
    if adjusted is not None and sign * adjusted < 0:
        return _whole(found, against, pooled, sign)
    # Where customers repeat, the strata's intervals are as much too narrow as the whole one's.
    z = float(stats.norm.ppf(1 - 0.025 / max(1, len(found)))) * _inflation(found, pooled)
    clear = [
        one
        for one in against
        if (within := _interval(one)) is not None
        and (within.high if sign > 0 else -within.low) < 0
        and abs(one.difference) > z / Z * _half(one, sign)
    ]
    if not clear:
        return None
    widest = max(clear, key=_documents)
    return _turn(widest, pooled, whole=False)


def _whole(
    found: Sequence[Stratum], against: Sequence[Stratum], pooled: Estimate, sign: int
) -> Turn | None:
    standardised = {
        group: _standardised([one for one in found if one.group == group])
        for group in {one.group for one in against}
    }
    if not standardised:
        return None
    furthest = min(standardised, key=lambda group: sign * standardised[group])
    heaviest = max(
        (one for one in against if one.group == furthest),
        key=lambda one: -sign * one.difference * _documents(one),
    )
    return _turn(heaviest, pooled, whole=True)


def _turn(stratum: Stratum, pooled: Estimate, *, whole: bool) -> Turn | None:
    within = _interval(stratum)
    if within is None:
        return None
    return Turn(stratum.covariate, stratum.level, pooled, within, whole, _documents(stratum))


def _standardised(group: Sequence[Stratum]) -> float:
    both = [one for one in group if one.exposed.documents and one.unexposed.documents]
    weights = [_documents(one) for one in both]
    return float(np.average([one.difference for one in both], weights=weights)) if both else 0.0


def _inflation(found: Sequence[Stratum], pooled: Estimate) -> float:
    group = [one for one in found if one.group == found[0].group] if found else []
    apart = rates.risk_difference(
        exposed=_sum([one.exposed for one in group]),
        unexposed=_sum([one.unexposed for one in group]),
    )
    return max(1.0, (pooled.high - pooled.low) / (apart.high - apart.low)) if apart else 1.0


def _sum(parts: Sequence[Rate]) -> Rate:
    return Rate(sum(one.churned for one in parts), sum(one.documents for one in parts))


def _enough(one: Stratum) -> bool:
    return (
        one.exposed.documents >= verdict.MIN_EXPOSED
        and one.unexposed.documents >= verdict.MIN_UNEXPOSED
    )


def _interval(one: Stratum) -> Estimate | None:
    return rates.risk_difference(exposed=one.exposed, unexposed=one.unexposed)


def _half(one: Stratum, sign: int) -> float:
    within = _interval(one)
    if within is None:
        return 0.0
    return within.high - within.estimate if sign > 0 else within.estimate - within.low


def _documents(one: Stratum) -> int:
    return one.exposed.documents + one.unexposed.documents


def _stratum(column: Column, level: str, documents: Numbers, churned: Numbers) -> Stratum:
    (without, with_it), (without_left, with_left) = documents, churned
    return Stratum(
        column.covariate,
        level,
        column.group,
        Rate(round(with_left), round(with_it)),
        Rate(round(without_left), round(without)),
    )


def _gap(counted: Patterns, values: Numbers, above: Flags) -> float:
    """The mean of a number above its mean minus that below it, over the documents."""
    weights = counted.documents[0] + counted.documents[1]
    over, under = weights[above], weights[~above]
    if not (over.sum() and under.sum()):
        return 0.0
    return float(
        np.average(values[above], weights=over) - np.average(values[~above], weights=under)
    )
