"""What came in, what changed, and the answers that go together with churn most clearly."""

from __future__ import annotations

import streamlit as st

from pages.parts import bars, cache, charts, frame, panels
from pages.parts.text import t

frame.require_data(t.OVERVIEW_TITLE)
scope = frame.scope()
totals = cache.totals(scope)

st.title(t.OVERVIEW_TITLE, anchor=False)
st.caption(frame.scope_sentence(scope))
if not totals.documents:
    frame.stop_empty(t.EMPTY_SCOPE)

panels.key_figures(totals)

left, right = st.columns([3, 2], gap="large")
with left:
    st.subheader(t.DRIVERS_HEAD, anchor=False)
    panels.top_drivers(scope)
with right:
    st.subheader(t.CHANGES_HEAD, anchor=False)
    panels.changes(scope)

st.subheader(t.TREND_HEAD, anchor=False)
weeks = cache.weekly(scope)
if weeks.empty:
    st.info(t.NO_TIMES)
else:
    st.plotly_chart(bars.trend(weeks), config=charts.CONFIG)

left, right = st.columns([3, 2], gap="large")
with left:
    st.subheader(t.TOPICS_HEAD, anchor=False)
    st.caption(t.TOPICS_NOTE)
    panels.topics(scope)
    st.subheader(t.SENTIMENT_HEAD, anchor=False)
    st.caption(t.SENTIMENT_NOTE)
    panels.endings(totals)
with right:
    st.subheader(t.BEHAVIOURS_HEAD, anchor=False)
    st.caption(t.BEHAVIOURS_NOTE)
    panels.habits(scope)
