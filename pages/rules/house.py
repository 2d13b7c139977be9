"""Rules of the house: tags of one's own, tried out over the loaded conversations before saving."""

from __future__ import annotations

import streamlit as st

from pages.parts import checking, house_rules, retag
from pages.parts.text import t

st.title(t.RULES_TITLE, anchor=False)
st.caption(t.RULES_INTRO)
house_rules.report()
checking.problem()

rule_id = house_rules.choose()
left, right = st.columns([2, 3], gap="large")
with left:
    rule = house_rules.form(rule_id)
    retag.section()
with right:
    house_rules.preview(rule)
