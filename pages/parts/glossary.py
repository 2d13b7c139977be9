"""The vocabulary as tables, straight from the codebook."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import codebook
from analysis.messages import gettext
from pages.parts.frame import tag_name
from pages.parts.text import t


def behaviours() -> None:
    """Every behaviour with its meaning and opportunity, harmful ones first."""
    for label, harmful in ((t.FOREST_HARMFUL, True), (t.FOREST_HELPFUL, False)):
        rows = [one for one in codebook.BEHAVIOURS.values() if one.harmful is harmful]
        st.markdown(f"**{label}**")
        st.table(
            pd.DataFrame(
                {
                    t.GUIDE_NAME: [tag_name(one.id) for one in rows],
                    t.GUIDE_MEANING: [gettext(one.meaning) for one in rows],
                    t.GUIDE_OPPORTUNITY: [gettext(one.opportunity) for one in rows],
                }
            ).set_index(t.GUIDE_NAME)
        )


def signals_and_topics() -> None:
    """The customer's signals with their meaning, and the topics."""
    st.markdown(f"**{t.DOC_SIGNALS}**")
    st.table(
        pd.DataFrame(
            {
                t.GUIDE_NAME: [tag_name(one) for one in codebook.SIGNALS],
                t.GUIDE_MEANING: [gettext(one.meaning) for one in codebook.SIGNALS.values()],
            }
        ).set_index(t.GUIDE_NAME)
    )
    st.markdown(f"**{t.DOC_TOPICS}**")
    st.markdown(" · ".join(tag_name(one) for one in codebook.TOPICS))
