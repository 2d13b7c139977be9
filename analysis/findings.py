"""What the stored conversations say about churn: joins the store and the statistics."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import codebook
from analysis.errors import BadSetting
from analysis.messages import gettext as _
from analysis.messages import mark
from analysis.model import Kind, Scope
from analysis.stats import rates, verdict
from analysis.stats.compare import Comparison, Comparisons, compare, compare_all
from analysis.stats.rates import Estimate, Rate
from analysis.stats.verdict import Verdict
from analysis.store import queries
from analysis.store.queries import Flow

# The horizons that the pages offer, in days; any other number of days can be asked for as well.
HORIZONS = (30, 60, 90, 180)
DEFAULT_HORIZON = 60

STRATA = ("topic", "channel")

# Whole sentences, because another language puts the parts in another order.
_SENTENCES: dict[tuple[Kind, Verdict], str] = {
    (Kind.CHAT, Verdict.HIGHER): mark(
        "{situation} 가운데 '{name}' 상담의 {horizon}일 내 이탈률은 {exposed_risk} (n={exposed}), "
        "나머지 상담은 {unexposed_risk} (n={unexposed})로 {size}%p 높았습니다 [{low}, {high}]."
    ),
    (Kind.CHAT, Verdict.LOWER): mark(
        "{situation} 가운데 '{name}' 상담의 {horizon}일 내 이탈률은 {exposed_risk} (n={exposed}), "
        "나머지 상담은 {unexposed_risk} (n={unexposed})로 {size}%p 낮았습니다 [{low}, {high}]."
    ),
    (Kind.CHAT, Verdict.UNCLEAR): mark(
        "{situation} 가운데 '{name}' 상담의 {horizon}일 내 이탈률은 {exposed_risk} (n={exposed}), "
        "나머지 상담은 {unexposed_risk} (n={unexposed})입니다. {signed}%p의 차이 [{low}, {high}]는 "
        "아직 분명하지 않습니다."
    ),
    (Kind.REVIEW, Verdict.HIGHER): mark(
        "'{name}' 언급이 있는 리뷰의 {horizon}일 내 이탈률은 {exposed_risk} (n={exposed}), "
        "없는 리뷰는 {unexposed_risk} (n={unexposed})로 {size}%p 높았습니다 [{low}, {high}]."
    ),
    (Kind.REVIEW, Verdict.LOWER): mark(
        "'{name}' 언급이 있는 리뷰의 {horizon}일 내 이탈률은 {exposed_risk} (n={exposed}), "
        "없는 리뷰는 {unexposed_risk} (n={unexposed})로 {size}%p 낮았습니다 [{low}, {high}]."
    ),
    (Kind.REVIEW, Verdict.UNCLEAR): mark(
        "'{name}' 언급이 있는 리뷰의 {horizon}일 내 이탈률은 {exposed_risk} (n={exposed}), "
        "없는 리뷰는 {unexposed_risk} (n={unexposed})입니다. {signed}%p의 차이 [{low}, {high}]는 "
        "아직 분명하지 않습니다."
    ),
}


@dataclass(frozen=True, slots=True)
class Drivers:
    """Every behaviour against churn within `horizon` days, and how the documents were chosen.

    Chats: one comparison for every behaviour of the codebook, in its order. Reviews follow in the
    same way where at least one of them is followed for the horizon.
    """

    horizon: int
    flow: Flow
    comparisons: Comparisons


@dataclass(frozen=True, slots=True)
class Stratum:
    """One behaviour against churn within one topic or channel; no p, so nothing to rank by."""

    name: str
    exposed: Rate
    unexposed: Rate
    risk_difference: Estimate | None
    too_few: bool


def drivers(
    path: Path,
    scope: Scope,
    *,
    horizon: int = DEFAULT_HORIZON,
    include_cancellation: bool = False,
) -> Drivers:
    """The crude comparison of every behaviour with churn, over the followed documents of a scope.

    Contacts made to cancel are left out unless `include_cancellation`. A chat is compared among
    those with the behaviour's opportunity; a review among all reviews, told against not told.

    Raises BadSetting for a horizon that is no number of days.
    """
    _check_horizon(horizon)
    flow = queries.flow(path, scope, horizon, include_cancellation=include_cancellation)
    frame = queries.followed(path, scope, horizon, include_cancellation=include_cancellation)
    return Drivers(horizon, flow, compare_all(_comparisons(frame)))


def strata(
    path: Path, scope: Scope, behaviour: str, *, by: str, horizon: int = DEFAULT_HORIZON
) -> tuple[Stratum, ...]:
    """One behaviour against churn within each topic or channel, the biggest first.

    A document with several topics stands in each of them: topics do not add up to the whole.

    Raises BadSetting for a behaviour that is not in the codebook, another `by`, or a horizon that
    is no number of days.
    """
    _check_horizon(horizon)
    if behaviour not in codebook.BEHAVIOURS:
        raise BadSetting(
            "behaviour",
            behaviour,
            _("다음 중 하나를 골라 주세요: {choices}.").format(
                choices=", ".join(codebook.BEHAVIOURS)
            ),
        )
    if by not in STRATA:
        raise BadSetting(
            "by", by, _("다음 중 하나를 골라 주세요: {choices}.").format(choices=", ".join(STRATA))
        )
    table = queries.strata(path, scope, horizon, behaviour, by=by)
    return tuple(
        _stratum(
            str(row.stratum),
            exposed=Rate(int(row.exposed_churned), int(row.exposed)),
            unexposed=Rate(int(row.unexposed_churned), int(row.unexposed)),
        )
        for row in table.itertuples()
    )


def drivers_json(found: Drivers) -> dict[str, Any]:
    """The comparison as plain values for `drivers --json`: shares, and None for the unknown."""
    flow = found.flow
    return {
        "horizon_days": found.horizon,
        "flow": {
            "documents": flow.documents,
            "known_customer": flow.known_customer,
            "customer_at_t": flow.customer_at_t,
            "not_cancellation_request": flow.not_cancellation_request,
            "followed": flow.followed,
        },
        "tests": found.comparisons.tests,
        "behaviours": [_comparison_json(row) for row in found.comparisons.rows],
    }


def sentence(comparison: Comparison, *, horizon: int) -> str:
    """The comparison in words, with counts and interval, in the reader's language.

    Words of association only. Shares as percent, the difference and its interval in points.
    """
    if comparison.verdict is Verdict.TOO_FEW or comparison.risk_difference is None:
        return _too_few_sentence(comparison)
    difference = comparison.risk_difference
    return _(_SENTENCES[Kind(comparison.kind), comparison.verdict]).format(
        situation=_situation(comparison),
        name=_(codebook.name(comparison.behaviour_id)),
        horizon=horizon,
        exposed_risk=_percent(comparison.exposed),
        exposed=f"{comparison.exposed.documents:,}",
        unexposed_risk=_percent(comparison.unexposed),
        unexposed=f"{comparison.unexposed.documents:,}",
        size=_points(abs(difference.estimate)),
        signed=_points(difference.estimate, signed=True),
        low=_points(difference.low),
        high=_points(difference.high),
    )


def _comparisons(frame: pd.DataFrame) -> list[Comparison]:
    # The first document of each customer is told by the order of the rows.
    frame = frame.sort_values(["ended_at", "document_id"], ignore_index=True)
    chat = (frame["kind"] == Kind.CHAT).to_numpy(dtype=bool)
    review = (frame["kind"] == Kind.REVIEW).to_numpy(dtype=bool)
    churned = frame["churned"].to_numpy(dtype=bool)
    customer = pd.factorize(frame["customer_id"])[0]
    kinds = [Kind.CHAT, Kind.REVIEW] if review.any() else [Kind.CHAT]
    return [
        compare(
            behaviour,
            kind.value,
            eligible=review
            if kind is Kind.REVIEW
            else chat & frame[f"opp_{behaviour}"].to_numpy(dtype=bool),
            exposed=frame[behaviour].to_numpy(dtype=bool),
            churned=churned,
            customer=customer,
        )
        for kind in kinds
        for behaviour in codebook.BEHAVIOURS
    ]


def _stratum(name: str, *, exposed: Rate, unexposed: Rate) -> Stratum:
    return Stratum(
        name=name,
        exposed=exposed,
        unexposed=unexposed,
        risk_difference=rates.risk_difference(exposed=exposed, unexposed=unexposed),
        too_few=verdict.too_few(exposed, unexposed),
    )


def _comparison_json(row: Comparison) -> dict[str, Any]:
    return {
        "id": row.behaviour_id,
        "kind": row.kind,
        "eligible": row.eligible,
        "exposed": row.exposed.documents,
        "exposed_churned": row.exposed.churned,
        "unexposed": row.unexposed.documents,
        "unexposed_churned": row.unexposed.churned,
        "risk_exposed": row.exposed.share,
        "risk_unexposed": row.unexposed.share,
        "risk_difference": _estimate_json(row.risk_difference),
        "risk_ratio": _estimate_json(row.risk_ratio),
        "odds_ratio": _estimate_json(row.odds_ratio),
        "p": row.p,
        "p_method": row.p_method,
        "q": row.q,
        "adjusted": {"refused": _("보정한 비교는 아직 제공하지 않습니다.")},
        "hazard_ratio": None,
        "verdict": row.verdict.value,
        "fragile": False,
        "documents_needed": row.documents_needed,
        "reason": row.reason,
    }


def _estimate_json(estimate: Estimate | None) -> list[float] | None:
    return None if estimate is None else [estimate.estimate, estimate.low, estimate.high]


def _too_few_sentence(comparison: Comparison) -> str:
    if comparison.kind == Kind.REVIEW:
        start = _(
            "건수 부족: '{name}' 언급이 있는 리뷰 n={exposed}(이탈 {exposed_churned}), "
            "언급이 없는 리뷰 n={unexposed}(이탈 {unexposed_churned}). {reason}"
        )
    else:
        start = _(
            "건수 부족: {situation} 가운데 '{name}' 상담 n={exposed}(이탈 {exposed_churned}), "
            "나머지 상담 n={unexposed}(이탈 {unexposed_churned}). {reason}"
        )
    counted = start.format(
        situation=_situation(comparison),
        name=_(codebook.name(comparison.behaviour_id)),
        exposed=f"{comparison.exposed.documents:,}",
        exposed_churned=f"{comparison.exposed.churned:,}",
        unexposed=f"{comparison.unexposed.documents:,}",
        unexposed_churned=f"{comparison.unexposed.churned:,}",
        reason=comparison.reason or "",
    ).rstrip()
    if comparison.documents_needed is None:
        outlook = _("얼마나 더 필요한지는 지금 건수로 짐작할 수 없습니다.")
    else:
        outlook = _("10%p 차이를 80%의 확률로 알아보려면 약 {needed}건이 더 필요합니다.").format(
            needed=f"{comparison.documents_needed:,}"
        )
    return f"{counted} {outlook}"


def _situation(comparison: Comparison) -> str:
    return _(codebook.BEHAVIOURS[comparison.behaviour_id].opportunity)


def _percent(rate: Rate) -> str:
    return f"{rate.share or 0:.1%}"


def _points(share: float, *, signed: bool = False) -> str:
    # Adding 0.0 turns a rounded -0.0 into 0.0.
    points = round(100 * share, 1) + 0.0
    return f"{points:+.1f}" if signed else f"{points:.1f}"


def _check_horizon(horizon: int) -> None:
    if isinstance(horizon, bool) or not isinstance(horizon, int) or horizon < 1:
        raise BadSetting("horizon", str(horizon), _("1 이상의 일수를 넣어 주세요. 예: 60"))
