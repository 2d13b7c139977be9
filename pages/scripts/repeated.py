"""What agents say again and again: how often, in which wordings, by whom, and where."""

from __future__ import annotations

import streamlit as st

from pages.parts import frame, script, script_table
from pages.parts.text import t

frame.require_data(t.SCRIPTS_TITLE)
scope = frame.scope()

st.title(t.SCRIPTS_TITLE, anchor=False)
st.caption(frame.scope_sentence(scope))
st.caption(t.SCRIPTS_NOTE)

wanted = script_table.conditions()
found = script_table.counted(scope, wanted)
marks = script.marks()
rows = script_table.matching(found, marks, wanted)
if not rows:
    frame.stop_empty(t.SCRIPTS_NONE)
chosen = script_table.pick(found, rows, marks)
if chosen is None:
    st.info(t.SCRIPTS_PICK, icon=":material/touch_app:")
else:
    script.detail(found, chosen, scope, marks)
