"""Topics that nobody has named yet: suggested with their words, to be named or put away."""

from __future__ import annotations

import streamlit as st

from pages.parts import cache, frame, suggested
from pages.parts.text import t

frame.require_data(t.SUGGEST_TITLE)
scope = frame.scope()

st.title(t.SUGGEST_TITLE, anchor=False)
st.caption(frame.scope_sentence(scope))
st.caption(t.SUGGEST_INTRO)

suggested.report()
found = cache.suggested(scope)
if not found.documents:
    frame.stop_empty(t.EMPTY_SCOPE)
suggested.read(found)
suggested.open_ones(found)
suggested.decided(found)
