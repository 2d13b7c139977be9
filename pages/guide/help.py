"""What every tag means, and how the figures are to be read."""

from __future__ import annotations

import streamlit as st

from pages.parts import glossary
from pages.parts.text import t

st.title(t.GUIDE_TITLE, anchor=False)
st.markdown(t.GUIDE_INTRO)
st.subheader(t.GUIDE_FIGURES, anchor=False)
st.markdown(t.GUIDE_FIGURES_TEXT)
st.markdown(t.GUIDE_ADJUSTED_TEXT)
st.subheader(t.GUIDE_TERMS, anchor=False)
st.markdown(t.GUIDE_TERMS_TEXT)
st.subheader(t.SCRIPTS_TITLE, anchor=False)
st.markdown(t.GUIDE_SCRIPTS_TEXT)
st.subheader(t.GUIDE_TAGS, anchor=False)
glossary.behaviours()
glossary.signals_and_topics()
st.subheader(t.GUIDE_CHECKS, anchor=False)
st.markdown(t.GUIDE_CHECKS_TEXT)
st.subheader(t.SUGGEST_TITLE, anchor=False)
st.markdown(t.GUIDE_SUGGEST_TEXT)
st.subheader(t.RULES_TITLE, anchor=False)
st.markdown(t.GUIDE_RULES_TEXT)
st.subheader(t.GUIDE_FILES, anchor=False)
st.markdown(t.GUIDE_FILES_TEXT)
st.subheader(t.GUIDE_PRIVACY, anchor=False)
st.markdown(t.GUIDE_PRIVACY_TEXT)
