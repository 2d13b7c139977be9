"""Every comparison of a view as a table from which a behaviour is picked."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis import wording_closer
from analysis.findings import Drivers
from analysis.stats.adjust import Adjusted
from analysis.stats.compare import Comparison
from analysis.stats.rates import Estimate
from analysis.stats.verdict import Verdict
from pages.parts import charts
from pages.parts.text import t


def pick(found: Drivers) -> Comparison | None:
    """Show n, risks, differences, ratio, q and verdict; gives the row just picked, or None.

    Reviews with too few cases stand apart: they would bury the rest.
    """
    apart = [row for row in found.ranked if row.kind == "review" and _too_few(row)]
    picked = _table([row for row in found.ranked if row not in apart], key="table")
    if apart:
        with st.expander(t.REVIEWS_TOO_FEW.format(n=len(apart))):
            picked = _table(apart, key="table_reviews") or picked
    return picked


def covariates(rows: Sequence[Comparison]) -> str:
    """What the documents of these comparisons were alike in, by name; "" where nothing."""
    used = [row.adjusted.covariates for row in rows if isinstance(row.adjusted, Adjusted)]
    names = dict.fromkeys(name for names in sorted(used, key=len, reverse=True) for name in names)
    return ", ".join(wording_closer.covariate_name(name) for name in names)


def how(rows: Sequence[Comparison]) -> None:
    """Say beside the figure what hollow, filled and fragile mean, and what was held alike."""
    alike = covariates(rows)
    st.caption(t.ALIKE.format(names=alike) if alike else t.NOTHING_ALIKE)
    if any(row.fragile for row in rows):
        st.caption(t.FRAGILE_NOTE)


def _verdict(row: Comparison) -> str:
    name = charts.SIGN[row.verdict] + charts.verdict_name(row.verdict)
    return f"{name} ({t.FRAGILE})" if row.fragile else name


def _adjusted(row: Comparison) -> Estimate | None:
    return row.adjusted.risk_difference if isinstance(row.adjusted, Adjusted) else None


def note(row: Comparison) -> str:
    """Why there are no adjusted figures, or else why the verdict is fragile."""
    if not isinstance(row.adjusted, Adjusted):
        return row.not_adjusted or ""
    if not row.fragile:
        return ""
    if row.turns_on_adjustment:
        return t.FRAGILE_TURNS
    return t.FRAGILE_LIKE.format(
        name=wording_closer.covariate_name(row.adjusted.outweighed_by or "")
    )


def _too_few(row: Comparison) -> bool:
    return row.verdict is Verdict.TOO_FEW


def _table(rows: Sequence[Comparison], *, key: str) -> Comparison | None:
    table = pd.DataFrame(
        {
            "verdict": [_verdict(row) for row in rows],
            "name": [charts.label(row) for row in rows],
            "difference": [_interval(row.risk_difference, 100, 1, signed=True) for row in rows],
            "adjusted": [_interval(_adjusted(row), 100, 1, signed=True) for row in rows],
            "exposed_risk": [_percent(row.exposed.share) for row in rows],
            "exposed": [row.exposed.documents for row in rows],
            "unexposed_risk": [_percent(row.unexposed.share) for row in rows],
            "unexposed": [row.unexposed.documents for row in rows],
            "ratio": [_interval(row.risk_ratio, 1, 2) for row in rows],
            "q": [_q(row.q) for row in rows],
            "note": [note(row) for row in rows],
            "covariates": [covariates([row]) for row in rows],
        }
    )
    event = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=key,
        height="content",
        column_config={
            "verdict": st.column_config.TextColumn(t.COL_VERDICT),
            "name": st.column_config.TextColumn(t.COL_BEHAVIOUR),
            "difference": st.column_config.TextColumn(t.COL_DIFFERENCE),
            "adjusted": st.column_config.TextColumn(t.COL_ADJUSTED),
            "exposed_risk": st.column_config.TextColumn(t.COL_EXPOSED_RISK),
            "exposed": st.column_config.NumberColumn(t.COL_EXPOSED_N, format="localized"),
            "unexposed_risk": st.column_config.TextColumn(t.COL_UNEXPOSED_RISK),
            "unexposed": st.column_config.NumberColumn(t.COL_UNEXPOSED_N, format="localized"),
            "ratio": st.column_config.TextColumn(t.COL_RATIO),
            "q": st.column_config.TextColumn(t.COL_Q),
            "note": st.column_config.TextColumn(t.COL_NOTE),
            "covariates": st.column_config.TextColumn(t.COL_COVARIATES),
        },
    )
    picked = event["selection"]["rows"]
    return rows[picked[0]] if picked else None


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _interval(one: Estimate | None, factor: int, digits: int, *, signed: bool = False) -> str:
    if one is None:
        return "–"
    sign = "+" if signed else ""
    # Adding 0.0 turns a rounded -0.0 into 0.0.
    middle, low, high = (
        round(factor * limit, digits) + 0.0 for limit in (one.estimate, one.low, one.high)
    )
    return f"{middle:{sign}.{digits}f} [{low:.{digits}f}, {high:.{digits}f}]"


def _q(q: float | None) -> str:
    if q is None:
        return "–"
    return "<0.001" if q < 0.001 else f"{q:.3f}"
