"""One behaviour in detail: its verdict, who was counted, where it differs, its conversations."""

from __future__ import annotations

import streamlit as st

from analysis.findings import Drivers
from analysis.model import Scope
from analysis.stats.compare import Comparison
from analysis.stats.verdict import Verdict
from pages.parts import address, bars, cache, charts, listing, time_course, verdict_card
from pages.parts.frame import tag_name
from pages.parts.text import t

BROWSE_PAGE = "pages/conversations/browse.py"
_EXAMPLES = 8
_STRATA = 8


def detail(found: Drivers, comparison: Comparison, scope: Scope, *, cancellation: bool) -> None:
    """What is behind a verdict: who was counted, where it differs, and the conversations."""
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**{t.FLOW_HEAD}**")
        st.plotly_chart(
            bars.flow(found.flow, comparison, horizon=found.horizon),
            config=charts.CONFIG,
            key="flow_chart",
        )
        st.caption(
            t.FLOW_SPLIT.format(
                eligible=f"{comparison.eligible:,}",
                exposed=f"{comparison.exposed.documents:,}",
                exposed_churned=f"{comparison.exposed.churned:,}",
                unexposed=f"{comparison.unexposed.documents:,}",
                unexposed_churned=f"{comparison.unexposed.churned:,}",
            )
        )
    with right:
        if comparison.kind == "chat":
            by_topic, by_channel = st.tabs([t.STRATA_TOPIC, t.STRATA_CHANNEL])
            with by_topic:
                _strata(found, comparison, scope, by="topic", cancellation=cancellation)
            with by_channel:
                _strata(found, comparison, scope, by="channel", cancellation=cancellation)
        else:
            st.info(t.STRATA_REVIEWS)
    if comparison.verdict is not Verdict.TOO_FEW:
        time_course.show(comparison, scope, horizon=found.horizon, cancellation=cancellation)
    _examples(found, comparison, scope, cancellation=cancellation)


def picked_in_chart(found: Drivers) -> Comparison | None:
    """Show the forest plot; gives the comparison whose point was just picked, or None."""
    event = st.plotly_chart(
        charts.forest(found.ranked),
        config=charts.CONFIG,
        on_select="rerun",
        selection_mode="points",
        key="forest",
    )
    st.caption(t.FOREST_HINT)
    points = event["selection"]["points"]
    if not points:
        return None
    behaviour_id, kind = points[0]["customdata"]
    return _find(found, f"{behaviour_id}@{kind}")


def choose(found: Drivers, *picked: Comparison | None) -> Comparison | None:
    """The behaviour to look at: the one just picked, else that of the list (kept in the address).

    Shows the list, and what is found of the chosen one.
    `picked` is what stands picked in the figure and in the table. Only what changed since the last
    run is carried into the list: the list, and the other of the two, can still be used afterwards.
    """
    rows = [row for row in found.ranked if row.eligible]
    keys = [key(row) for row in rows]
    state = st.session_state
    address.take("behaviour", keys)
    picks = [None if row is None else key(row) for row in picked]
    before = state.get("behaviour_picked", [None] * len(picks))
    for pick, earlier in zip(picks, before, strict=True):
        if pick is not None and pick != earlier:
            state["behaviour"] = pick
    state["behaviour_picked"] = picks
    chosen = st.selectbox(
        t.PICK_BEHAVIOUR,
        keys,
        index=None,
        format_func=lambda one: charts.label(_find(found, one)),
        placeholder=t.PICK_PLACEHOLDER,
        key="behaviour",
    )
    address.keep("behaviour")
    comparison = _find(found, chosen) if chosen else None
    if comparison is not None:
        verdict_card.show(comparison, horizon=found.horizon)
    return comparison


def key(row: Comparison) -> str:
    """A comparison's name in an address."""
    return row.behaviour_id if row.kind == "chat" else f"{row.behaviour_id}@review"


def _find(found: Drivers, name: str) -> Comparison | None:
    return next((row for row in found.ranked if key(row) == name.removesuffix("@chat")), None)


def _strata(
    found: Drivers, comparison: Comparison, scope: Scope, *, by: str, cancellation: bool
) -> None:
    rows = cache.strata(
        scope,
        comparison.behaviour_id,
        by=by,
        horizon=found.horizon,
        include_cancellation=cancellation,
    )
    shown = [row for row in rows if not row.too_few][:_STRATA]
    if not shown:
        st.info(t.STRATA_NONE)
        return

    def name(stratum: str) -> str:
        if not stratum:
            return t.STRATA_NO_NAME
        return tag_name(stratum) if by == "topic" else stratum

    st.plotly_chart(charts.strata(shown, name=name), config=charts.CONFIG, key=f"strata_{by}_chart")


def _examples(found: Drivers, comparison: Comparison, scope: Scope, *, cancellation: bool) -> None:
    st.markdown(f"**{t.EXAMPLES_HEAD}**")
    with st.container(horizontal=True, vertical_alignment="center"):
        shown = st.segmented_control(
            t.EXAMPLES_HEAD,
            ["exposed", "unexposed"],
            format_func={"exposed": t.EXAMPLES_EXPOSED, "unexposed": t.EXAMPLES_UNEXPOSED}.get,
            default="exposed",
            required=True,
            key="examples",
            label_visibility="collapsed",
            width="content",
        )
        left_only = st.toggle(t.EXAMPLES_CHURNED, key="examples_churned")
    behaviour = comparison.behaviour_id
    exposed = shown == "exposed"
    page = cache.conversations(
        Scope(scope.start, scope.end, (comparison.kind,), scope.channels, scope.topics),
        tags=(behaviour,) if exposed else (),
        without=() if exposed else (behaviour,),
        eligible_for=behaviour if comparison.kind == "chat" else None,
        followed=True,
        churned=True if left_only else None,
        horizon=found.horizon,
        include_cancellation=cancellation,
        limit=_EXAMPLES,
    )
    if not page.total:
        st.info(t.EXAMPLES_NONE)
        return
    st.caption(t.EXAMPLES_COUNT.format(total=f"{page.total:,}", shown=len(page.rows)))
    chosen = listing.pick(page.rows, key="examples_table")
    if chosen:
        st.switch_page(BROWSE_PAGE, query_params=chosen | {"mark": behaviour})
    condition = "with" if exposed else "without"
    st.page_link(
        BROWSE_PAGE,
        label=t.EXAMPLES_ALL,
        icon=":material/forum:",
        query_params={
            condition: behaviour,
            # Any review can tell of anything: only chats have opportunities.
            **({"eligible": behaviour} if comparison.kind == "chat" else {"kind": "review"}),
            "left": "counted",
            "horizon": str(found.horizon),
            "cancellation": str(cancellation),
        },
    )
