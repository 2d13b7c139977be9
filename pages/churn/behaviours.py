"""Which agent behaviours appear together with churn, and how sure we are."""

from __future__ import annotations

import streamlit as st

from pages.parts import bars, behaviour, cache, charts, compare_table, controls, frame
from pages.parts.text import t

frame.require_data(t.CHURN_TITLE)
scope = frame.scope()

st.title(t.CHURN_TITLE, anchor=False)
st.caption(frame.scope_sentence(scope))
st.caption(t.NOT_CAUSE)

with st.container(horizontal=True, vertical_alignment="bottom"):
    horizon = controls.horizon()
    cancellation = controls.cancellation()

found = cache.drivers(scope, horizon, include_cancellation=cancellation)
if not found.flow.documents:
    frame.stop_empty(t.EMPTY_SCOPE)
if not found.flow.known_customer:
    st.info(t.CHURN_NO_OUTCOMES, icon=":material/person_search:")
    st.page_link(frame.UPLOAD_PAGE, label=t.NAV_UPLOAD, icon=":material/upload_file:")
    st.stop()

top = st.container()
st.subheader(t.FOREST_HEAD.format(days=horizon), anchor=False)
figure, table = st.tabs([t.TAB_FIGURE, t.TAB_TABLE])
with figure:
    in_figure = behaviour.picked_in_chart(found)
with table:
    in_table = compare_table.pick(found)
compare_table.how(found.ranked)
st.caption(t.TESTS.format(n=found.comparisons.tests))
with st.expander(t.GUIDE_TERMS):
    st.markdown(t.GUIDE_TERMS_TEXT)
with top:
    chosen = behaviour.choose(found, in_figure, in_table)
if chosen is None:
    st.info(t.PICK_PROMPT, icon=":material/touch_app:")
    st.markdown(f"**{t.FLOW_HEAD}**")
    st.plotly_chart(bars.flow(found.flow, None, horizon=horizon), config=charts.CONFIG)
else:
    behaviour.detail(found, chosen, scope, cancellation=cancellation)
