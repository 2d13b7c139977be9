"""What a clear association weighs: churn a month, and what those customers pay."""

from __future__ import annotations

import streamlit as st

from analysis.stats.adjust import Adjusted
from analysis.stats.compare import Comparison
from analysis.stats.rates import Estimate
from analysis.stats.verdict import Verdict
from pages.parts.text import t


def show(comparison: Comparison) -> None:
    """The excess a month under its condition; nothing where the verdict has no direction."""
    excess, higher = comparison.excess, comparison.verdict is Verdict.HIGHER
    if excess is None or comparison.verdict not in (Verdict.HIGHER, Verdict.LOWER):
        return
    st.markdown(f"**{t.WEIGHT_HEAD}**")
    st.markdown(
        (t.WEIGHT_FEWER if higher else t.WEIGHT_MORE).format(
            n=f"{comparison.exposed.documents:,}",
            months=f"{excess.months:.1f}",
            **_amounts(excess.a_month, higher=higher, places=1),
        )
    )
    if excess.monthly_value is not None:
        st.markdown(
            t.WEIGHT_MONEY.format(
                currency=excess.currency,
                **_amounts(excess.monthly_value, higher=higher, places=0),
            )
        )
    if not isinstance(comparison.adjusted, Adjusted):
        st.caption(t.WEIGHT_CRUDE)


def _amounts(estimate: Estimate, *, higher: bool, places: int) -> dict[str, str]:
    """An amount and its limits in the sense in which the sentence counts it."""
    amount, low, high = estimate.estimate, estimate.low, estimate.high
    if not higher:
        amount, low, high = -amount, -high, -low
    return {
        "amount": f"{amount:,.{places}f}",
        "low": f"{low:,.{places}f}",
        "high": f"{high:,.{places}f}",
    }
