"""The frame of the dashboard: settings, navigation, shared filters, known problems as sentences."""

from __future__ import annotations

import logging

import streamlit as st

from analysis import settings
from analysis.errors import AnalysisError
from pages.parts import frame
from pages.parts.text import t

first_in_process = frame.is_first_in_process()
frame.choose_language()
st.set_page_config(page_title=t.APP, page_icon="🍎", layout="wide")

st.logo(str(settings.DATA / "logo.svg"), size="large")

page = st.navigation(
    [
        st.Page(
            "pages/overview/summary.py",
            title=t.NAV_OVERVIEW,
            icon=":material/insights:",
            default=True,
        ),
        st.Page(
            "pages/churn/behaviours.py",
            title=t.NAV_CHURN,
            icon=":material/compare_arrows:",
            url_path="churn",
        ),
        st.Page(
            "pages/scripts/repeated.py",
            title=t.NAV_SCRIPTS,
            icon=":material/content_copy:",
            url_path="scripts",
        ),
        st.Page(
            "pages/conversations/browse.py",
            title=t.NAV_CONVERSATIONS,
            icon=":material/forum:",
            url_path="conversations",
        ),
        st.Page(
            "pages/rules/house.py",
            title=t.NAV_RULES,
            icon=":material/rule:",
            url_path="rules",
        ),
        st.Page(
            "pages/suggest/topics.py",
            title=t.NAV_SUGGEST,
            icon=":material/lightbulb:",
            url_path="suggest",
        ),
        st.Page(
            "pages/intake/upload.py",
            title=t.NAV_UPLOAD,
            icon=":material/upload_file:",
            url_path="upload",
        ),
        st.Page("pages/guide/help.py", title=t.NAV_GUIDE, icon=":material/help:", url_path="help"),
    ]
)

if first_in_process:
    frame.close_false_alarm()

try:
    frame.sidebar()
    frame.sample_notice()
    page.run()
except AnalysisError as problem:
    st.warning(str(problem), icon=":material/report:")
except Exception as fault:
    # The message of a fault may quote customer text: its kind and place must do.
    place = fault.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
    logging.getLogger("sagwa").error("%s at %s", type(fault).__name__, where)
    st.error(t.UNEXPECTED, icon=":material/error:")
