"""When a comparison may speak, what it says, and how many documents it still lacks."""

from __future__ import annotations

from enum import StrEnum
from math import ceil, sqrt

from scipy import stats

from analysis.messages import gettext as _
from analysis.stats.rates import Estimate, Rate

MIN_EXPOSED = 20
MIN_UNEXPOSED = 20
MIN_CHURNED = 10
FDR = 0.05

# What a comparison should be able to see: 10 points, in 80 of 100 cases.
DIFFERENCE = 0.10
POWER = 0.80


class Verdict(StrEnum):
    """What a comparison says about churn among the exposed."""

    HIGHER = "higher"
    LOWER = "lower"
    UNCLEAR = "unclear"
    TOO_FEW = "too_few"


def too_few(exposed: Rate, unexposed: Rate) -> bool:
    """Whether the counts are too small for a p, a place in a ranking or a verdict."""
    return (
        exposed.documents < MIN_EXPOSED
        or unexposed.documents < MIN_UNEXPOSED
        or exposed.churned + unexposed.churned < MIN_CHURNED
    )


def decide(difference: Estimate | None, q: float | None) -> Verdict:
    """The verdict of a comparison that may speak, from its risk difference and its q.

    A direction needs both: q below FDR, and an interval on one side of 0.
    """
    if difference is None or q is None:
        return Verdict.TOO_FEW
    if q < FDR and difference.low > 0:
        return Verdict.HIGHER
    if q < FDR and difference.high < 0:
        return Verdict.LOWER
    return Verdict.UNCLEAR


def reason(exposed: Rate, unexposed: Rate) -> str | None:
    """Why the counts are too few, as a sentence in the reader's language; None where they do."""
    if not too_few(exposed, unexposed):
        return None
    churned = exposed.churned + unexposed.churned
    if not exposed.documents + unexposed.documents:
        return _("비교할 수 있는 상황이 나온 문서가 없습니다.")
    if not unexposed.documents:
        return _("해당 문서 {documents}건 모두에 나타나 비교할 상대가 없습니다.").format(
            documents=f"{exposed.documents:,}"
        )
    if not exposed.documents:
        return _("해당 문서 {documents}건 가운데 한 건에도 나타나지 않았습니다.").format(
            documents=f"{unexposed.documents:,}"
        )
    if not churned:
        return _("해당 문서 {documents}건 가운데 이탈로 이어진 것이 없습니다.").format(
            documents=f"{exposed.documents + unexposed.documents:,}"
        )
    return _(
        "최소 기준(나타난 문서 {exposed}건, 나타나지 않은 문서 {unexposed}건, 이탈 {churned}건)에 "
        "못 미칩니다."
    ).format(exposed=MIN_EXPOSED, unexposed=MIN_UNEXPOSED, churned=MIN_CHURNED)


def documents_needed(exposed: Rate, unexposed: Rate) -> int | None:
    """Further eligible documents until a 10-point difference shows with 80 % power.

    At the observed exposed share and unexposed risk, two-sided 5 %, without continuity correction;
    never fewer than what the minimum counts take at the observed shares. None where one group is
    empty or enough documents stand without any churn: nothing can be foreseen from that.
    Source: Fleiss, Levin & Paik (2003), Statistical Methods for Rates and Proportions, 3rd ed.,
    section 4.3 (two groups of unequal size).
    """
    documents = exposed.documents + unexposed.documents
    if not (exposed.documents and unexposed.documents):
        return None
    share = exposed.documents / documents
    risk = unexposed.churned / unexposed.documents
    churned = exposed.churned + unexposed.churned
    total = max(
        documents_in_all(share=share, risk=risk),
        ceil(MIN_EXPOSED / share),
        ceil(MIN_UNEXPOSED / (1 - share)),
        ceil(MIN_CHURNED * documents / churned) if churned else 0,
    )
    return total - documents if total > documents else None


def documents_in_all(*, share: float, risk: float) -> int:
    """Documents in all that show a 10-point difference, `share` of them exposed.

    `risk` is that of the unexposed; the exposed one lies 10 points above, or below where a share
    above 1 would be needed. Source: as documents_needed.
    """
    other = risk + DIFFERENCE if risk + DIFFERENCE <= 1 else risk - DIFFERENCE
    pooled = share * other + (1 - share) * risk
    under_null = sqrt(pooled * (1 - pooled) / (share * (1 - share)))
    under_difference = sqrt(other * (1 - other) / share + risk * (1 - risk) / (1 - share))
    size_error, power_error = float(stats.norm.ppf(0.975)), float(stats.norm.ppf(POWER))
    return ceil(((size_error * under_null + power_error * under_difference) / DIFFERENCE) ** 2)
