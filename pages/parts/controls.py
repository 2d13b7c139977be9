"""The choices that pages share: horizon, and whether contacts made to cancel are counted."""

from __future__ import annotations

import streamlit as st

from analysis import findings
from pages.parts import address
from pages.parts.text import t


def horizon() -> int:
    """Within how many days after the conversation a leaving counts."""
    address.take("horizon", findings.HORIZONS)
    st.session_state.setdefault("horizon", findings.DEFAULT_HORIZON)
    days = st.segmented_control(
        t.HORIZON,
        list(findings.HORIZONS),
        format_func=lambda one: t.HORIZON_DAYS.format(days=one),
        required=True,
        help=t.HORIZON_HELP,
        key="horizon",
        width="content",
    )
    address.keep("horizon", default=findings.DEFAULT_HORIZON)
    return days


def carried() -> tuple[int, bool]:
    """The horizon and whether cancellations are counted, as a link from the comparison says."""
    address.take("horizon", findings.HORIZONS)
    address.take("cancellation", (True, False))
    days = st.session_state.setdefault("horizon", findings.DEFAULT_HORIZON)
    counted = st.session_state.setdefault("cancellation", False)
    address.keep("horizon", default=findings.DEFAULT_HORIZON)
    address.keep("cancellation", default=False)
    return days, counted


def cancellation() -> bool:
    """Whether contacts whose purpose is the cancellation itself are counted."""
    address.take("cancellation", (True, False))
    chosen = st.toggle(t.CANCELLATION, help=t.CANCELLATION_HELP, key="cancellation")
    address.keep("cancellation", default=False)
    return chosen
