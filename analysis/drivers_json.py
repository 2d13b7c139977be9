"""The comparison with churn as plain values, for `drivers --json`."""

from __future__ import annotations

from typing import Any

from analysis.findings import Drivers
from analysis.stats.adjust import Adjusted
from analysis.stats.compare import Comparison
from analysis.stats.confounding import Turn
from analysis.stats.doubly_robust import DoublyRobust
from analysis.stats.examine import Closer
from analysis.stats.excess import Excess
from analysis.stats.rates import Estimate
from analysis.stats.survival import Curve


def drivers_json(found: Drivers) -> dict[str, Any]:
    """Shares, and None for the unknown."""
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
        "behaviours": [_comparison(row) for row in found.comparisons.rows],
    }


def closer_json(found: Closer) -> dict[str, Any]:
    """Curves and checks of one behaviour: a point is day, share that stayed, and its interval."""
    check = found.doubly_robust
    return {
        "exposed": _curve(found.survival.exposed),
        "unexposed": _curve(found.survival.unexposed),
        "log_rank_p": found.survival.log_rank_p,
        "hazard_ratio": _estimate(found.hazard.ratio) if found.hazard else None,
        "proportional_p": found.hazard.proportional_p if found.hazard else None,
        "doubly_robust": {
            "risk_difference": _estimate(check.risk_difference),
            "without_overlap": check.overlap.outside,
            "least_chance": check.overlap.lowest,
            "greatest_chance": check.overlap.highest,
        }
        if isinstance(check, DoublyRobust)
        else {"refused": check.why if check else None},
    }


def _curve(curve: Curve) -> dict[str, Any]:
    return {
        "documents": curve.documents,
        "churned": curve.churned,
        "points": [[one.day, one.stayed, one.low, one.high] for one in curve.points],
        "at_risk": [[one.day, one.documents, one.churned] for one in curve.at_risk],
    }


def _comparison(row: Comparison) -> dict[str, Any]:
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
        "risk_difference": _estimate(row.risk_difference),
        "risk_ratio": _estimate(row.risk_ratio),
        "odds_ratio": _estimate(row.odds_ratio),
        "p": row.p,
        "p_method": row.p_method,
        "q": row.q,
        "adjusted": _adjusted(row),
        "hazard_ratio": _estimate(row.hazard_ratio),
        "verdict": row.verdict.value,
        "fragile": row.fragile,
        "turning_stratum": _turn(row.turn),
        "excess": _excess(row.excess),
        "documents_needed": row.documents_needed,
        "reason": row.reason,
    }


def _adjusted(row: Comparison) -> dict[str, Any]:
    found = row.adjusted
    if not isinstance(found, Adjusted):
        return {"refused": row.not_adjusted}
    return {
        "risk_difference": _estimate(found.risk_difference),
        "risk_ratio": _estimate(found.risk_ratio),
        "covariates": list(found.covariates),
        "left_out": {one.covariate: one.why for one in found.left_out},
        "e_value": [found.e_value.estimate, found.e_value.limit],
        "outweighed_by": found.outweighed_by,
    }


def _turn(turn: Turn | None) -> dict[str, Any] | None:
    if turn is None:
        return None
    return {
        "covariate": turn.covariate,
        "level": turn.level,
        "risk_difference": _estimate(turn.within),
        "reversed": turn.reversed,
    }


def _excess(excess: Excess | None) -> dict[str, Any] | None:
    if excess is None:
        return None
    return {
        "documents": _estimate(excess.documents),
        "a_month": _estimate(excess.a_month),
        "monthly_value": _estimate(excess.monthly_value),
        "currency": excess.currency,
    }


def _estimate(estimate: Estimate | None) -> list[float] | None:
    return None if estimate is None else [estimate.estimate, estimate.low, estimate.high]
