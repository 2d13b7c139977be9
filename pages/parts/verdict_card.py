"""The verdict on one behaviour in plain words, and what could shake it."""

from __future__ import annotations

import streamlit as st

from analysis import codebook, wording, wording_closer
from analysis.messages import gettext
from analysis.stats.adjust import Adjusted
from analysis.stats.compare import Comparison
from analysis.stats.confounding import Turn
from analysis.stats.rates import Estimate
from analysis.stats.verdict import Verdict
from pages.parts import charts, compare_table, weight
from pages.parts.text import t


def show(comparison: Comparison, *, horizon: int) -> None:
    """The name and verdict, the difference as it is and like with like, and every doubt."""
    behaviour = codebook.BEHAVIOURS[comparison.behaviour_id]
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(charts.label(comparison), anchor=False, width="content")
            st.badge(
                charts.verdict_name(comparison.verdict),
                color=charts.BADGE[comparison.verdict],
            )
            if comparison.fragile:
                st.badge(t.FRAGILE, color="orange", help=t.FRAGILE_NOTE)
        st.markdown(wording.sentence(comparison, horizon=horizon))
        if comparison.verdict is not Verdict.TOO_FEW:
            _like_with_like(comparison)
        if comparison.turn is not None:
            st.warning(_turned(comparison.turn), icon=":material/swap_vert:")
        weight.show(comparison)
        st.caption(
            t.MEANING.format(
                meaning=gettext(behaviour.meaning),
                opportunity=gettext(behaviour.opportunity)
                if comparison.kind == "chat"
                else t.OPPORTUNITY_REVIEWS,
            )
        )


def _like_with_like(comparison: Comparison) -> None:
    chats = comparison.kind == "chat"
    found = comparison.adjusted
    if not isinstance(found, Adjusted):
        refused = t.NOT_ALIKE_CHATS if chats else t.NOT_ALIKE_REVIEWS
        st.markdown(refused.format(why=comparison.not_adjusted))
        return
    said = {
        Verdict.HIGHER: t.ALIKE_HIGHER,
        Verdict.LOWER: t.ALIKE_LOWER,
        Verdict.UNCLEAR: t.ALIKE_UNCLEAR,
    }[comparison.verdict]
    st.markdown(
        said.format(
            alike=t.ALIKE_CHATS if chats else t.ALIKE_REVIEWS,
            n=f"{comparison.eligible:,}",
            **_points(found.risk_difference),
        )
    )
    if comparison.fragile:
        st.markdown(f"**{t.FRAGILE}** · {compare_table.note(comparison)}")
    if comparison.verdict is not Verdict.UNCLEAR:
        needed = found.e_value
        st.markdown(
            t.EXPLAIN_AWAY.format(estimate=f"{needed.estimate:.1f}", limit=f"{needed.limit:.1f}")
        )
    st.caption(t.HELD_ALIKE.format(names=compare_table.covariates([comparison])))
    for said, out in (
        (t.HELD_IN_PART, [one for one in found.left_out if one.covariate in found.covariates]),
        (
            t.NOT_HELD_ALIKE,
            [one for one in found.left_out if one.covariate not in found.covariates],
        ),
    ):
        if out:
            names = ", ".join(wording_closer.covariate_name(one.covariate) for one in out)
            reasons = " ".join(dict.fromkeys(one.why for one in out))
            st.caption(said.format(names=names, reasons=reasons))


def _turned(turn: Turn) -> str:
    said = t.TURN_WHOLE if turn.reversed else t.TURN_STRATUM
    return said.format(
        covariate=wording_closer.covariate_name(turn.covariate),
        level=wording_closer.level_name(turn.covariate, turn.level),
        n=f"{turn.documents:,}",
        **_points(turn.within),
    )


def _points(difference: Estimate) -> dict[str, str]:
    """A difference in points: its size, with its sign, and its interval."""
    # Adding 0.0 turns a rounded -0.0 into 0.0.
    estimate, low, high = (
        round(100 * limit, 1) + 0.0
        for limit in (difference.estimate, difference.low, difference.high)
    )
    return {
        "size": f"{abs(estimate):.1f}",
        "signed": f"{estimate:+.1f}",
        "low": f"{low:.1f}",
        "high": f"{high:.1f}",
    }
