"""Documents with a behaviour against those without it, at equal values of covariates."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt

import numpy as np

from analysis.messages import gettext as _
from analysis.stats import confounding, e_value, models, newton, selection, verdict
from analysis.stats.clusters import MIN_CUSTOMERS, numbered
from analysis.stats.confounding import Confounder
from analysis.stats.covariates import Column, LeftOut, Numbers
from analysis.stats.e_value import EValue
from analysis.stats.models import Patterns
from analysis.stats.rates import Estimate, Rate, Z
from analysis.stats.selection import Chosen, Refused


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A comparison at equal values of `covariates`; `left_out` could not be kept, with the reason.

    `risk_difference` is the mean over all compared documents (standardised). `strongest` is the
    covariate whose own association could move a ratio furthest.
    """

    risk_difference: Estimate
    risk_ratio: Estimate
    e_value: EValue
    covariates: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    strongest: Confounder | None

    @property
    def outweighed_by(self) -> str | None:
        """The covariate such that an unmeasured one like it could explain the ratio away."""
        limit = e_value.nearer_limit(self.risk_ratio)
        if self.strongest is None or limit == 1:
            return None
        needed = limit if limit > 1 else 1 / limit
        return self.strongest.covariate if self.strongest.factor >= needed else None


def adjust(chosen: Chosen) -> Adjusted | Refused:
    """The adjusted risk ratio and risk difference, both robust by customer.

    Ratio: Poisson model with log link and robust variance (Zou 2004, Am. J. Epidemiol. 159:702-706;
    Zou & Donner 2013 for clusters). Difference: logistic model standardised over the documents
    (g-computation) with the delta method, the covariates' own sampling included (Hernan & Robins,
    Causal Inference: What If, ch. 13; Stata's `margins, vce(unconditional)`).
    """
    counted = chosen.counted
    ratio = risk_ratio(counted)
    difference = risk_difference(counted)
    if ratio is None or difference is None:
        return Refused(separated())
    (estimate, coefficients) = ratio
    return Adjusted(
        risk_difference=difference,
        risk_ratio=estimate,
        e_value=e_value.e_value(estimate),
        covariates=chosen.covariates,
        left_out=chosen.left_out,
        strongest=confounding.strongest(counted, chosen.columns, coefficients),
    )


def choose(counted: Patterns, columns: tuple[Column | None, ...]) -> Chosen | Refused:
    """The columns that documents can be compared by, or why they cannot be compared by any."""
    if len(columns) < 2:
        return Refused(_("보정할 변수가 없습니다."))
    unexposed, exposed = (
        Rate(int(churned), int(documents))
        for churned, documents in zip(
            counted.churned.sum(axis=1), counted.documents.sum(axis=1), strict=True
        )
    )
    too_few = verdict.reason(exposed, unexposed)
    if too_few:
        return Refused(too_few)
    if not (exposed.churned and unexposed.churned and exposed.stayed and unexposed.stayed):
        return Refused(
            _("나타난 문서나 나타나지 않은 문서 한쪽에서 모두 떠났거나 아무도 떠나지 않았습니다.")
        )
    for group in (0, 1):
        if numbered(counted.customer[counted.exposed == group])[1] < MIN_CUSTOMERS:
            return Refused(
                _("고객이 한쪽에 {n}명도 되지 않아 고객별 차이를 가늠할 수 없습니다.").format(
                    n=MIN_CUSTOMERS
                )
            )
    return selection.choose(counted, columns)


def separated() -> str:
    """Why there is no estimate where the model has no finite one."""
    return _("변수의 어떤 값에서는 모두 떠났거나 모두 남아, 보정한 값을 구할 수 없습니다.")


def risk_ratio(counted: Patterns) -> tuple[Estimate, Numbers] | None:
    """The adjusted risk ratio and the model's coefficients; None under separation."""
    found = models.fit(counted, "poisson")
    if found is None:
        return None
    target = np.zeros(len(found.coefficients))
    target[-1] = 1.0
    lever = np.linalg.solve(found.information, target)
    expected = np.exp(models.linear(counted, found.coefficients))
    influence = _residual(counted, lever, expected)
    error = sqrt(counted.spread(influence) * counted.factor(len(target)))
    log_ratio = float(found.coefficients[-1])
    if not 0 < error < 5:
        return None
    limits = (exp(log_ratio - Z * error), exp(log_ratio + Z * error))
    return Estimate(exp(log_ratio), *limits), found.coefficients


def risk_difference(counted: Patterns) -> Estimate | None:
    """The standardised risk difference of all documents; None under separation."""
    found = models.fit(counted, "logistic")
    if found is None:
        return None
    chance = models.chances(models.linear(counted, found.coefficients))
    documents = counted.documents[0] + counted.documents[1]
    differences = chance[1] - chance[0]
    difference = float(documents @ differences) / counted.total
    slopes = documents * chance * (1 - chance) / counted.total
    gradient = np.append(newton.totals(counted.values, slopes[1] - slopes[0]), slopes[1].sum())
    lever = np.linalg.solve(found.information, gradient)
    influence = _residual(counted, lever, chance)
    influence += ((differences - difference) / counted.total)[counted.pattern]
    error = sqrt(counted.spread(influence) * counted.factor(len(lever)))
    if not 0 < error < 1:
        return None
    return Estimate(difference, difference - Z * error, difference + Z * error)


def _residual(counted: Patterns, lever: Numbers, expected: Numbers) -> Numbers:
    """What each document adds to lever' score, `expected` being 2 x patterns."""
    levers = models.linear(counted, lever).ravel()
    return levers[counted.cell] * (counted.left - expected.ravel()[counted.cell])
