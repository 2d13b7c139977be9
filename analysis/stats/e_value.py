"""How strong something unmeasured would have to be to explain an association away."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from analysis.stats.rates import Estimate


@dataclass(frozen=True, slots=True)
class EValue:
    """E-values of a risk ratio and of the limit of its interval that is nearer to 1."""

    estimate: float
    limit: float


def e_value(ratio: Estimate) -> EValue:
    """The least risk ratio that a confounder needs with both exposure and churn.

    The limit's is 1 where the interval holds 1: nothing is needed then.
    Source: VanderWeele & Ding (2017), Ann. Intern. Med. 167:268-274.
    """
    return EValue(_needed(ratio.estimate), _needed(nearer_limit(ratio)))


def nearer_limit(ratio: Estimate) -> float:
    """The limit of a ratio's interval that is nearer to 1, or 1 where the interval holds it."""
    if ratio.low > 1:
        return ratio.low
    return ratio.high if ratio.high < 1 else 1.0


def bounding_factor(with_exposure: float, with_churn: float) -> float:
    """The most by which a confounder of these risk ratios (both at least 1) can move a ratio.

    Source: Ding & VanderWeele (2016), Epidemiology 27:368-377.
    """
    return with_exposure * with_churn / (with_exposure + with_churn - 1)


def _needed(ratio: float) -> float:
    above = ratio if ratio >= 1 else 1 / ratio
    return above + sqrt(above * (above - 1))
