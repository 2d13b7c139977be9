"""Lists of documents from which one is picked."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import codebook
from analysis.messages import gettext
from pages.parts.frame import tag_name
from pages.parts.text import t

_MARK = {"neg": "▼", "neu": "―", "pos": "▲"}
# A longer list scrolls within itself.
_MOST_ROWS, _MOST_HEIGHT = 18, 640


def pick(rows: pd.DataFrame, *, key: str) -> dict[str, str] | None:
    """Show documents as a table; gives the address of the row just picked, or None.

    A chat and a review may share an id, so that the address of a review says what it is of.
    """
    shown = pd.DataFrame(
        {
            "when": rows["ended_at"],
            "excerpt": rows["excerpt"],
            "sentiment": [_sentiment(value) for value in rows["sentiment_end"]],
            "tags": [_names(tags) for tags in rows["tags"]],
            "turns": rows["turns"],
            "channel": rows["channel"],
            "churned": rows["churned_at"],
            "checked": [_checked(differs) for differs in rows["differs"]],
            "customer": rows["customer_id"],
            "id": rows["document_id"],
        }
    )
    # A browser keeps what was picked in a table and would open it again on the way back to it:
    # each pick makes the next table a new one.
    picks = st.session_state.get("picks", 0)
    event = st.dataframe(
        shown,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"{key}_{picks}",
        height="content" if len(rows) <= _MOST_ROWS else _MOST_HEIGHT,
        column_config={
            "when": st.column_config.DatetimeColumn(t.COL_WHEN, format="YYYY-MM-DD HH:mm"),
            "sentiment": st.column_config.TextColumn(t.COL_SENTIMENT, width=100),
            "excerpt": st.column_config.TextColumn(t.COL_EXCERPT, width="large"),
            "tags": st.column_config.ListColumn(t.COL_TAGS, width="large"),
            "turns": st.column_config.NumberColumn(t.COL_TURNS, width="small"),
            "channel": st.column_config.TextColumn(t.COL_CHANNEL, width="small"),
            "churned": st.column_config.DateColumn(t.COL_CHURNED, format="YYYY-MM-DD"),
            "checked": st.column_config.TextColumn(t.CHECKED, width="small"),
            "customer": st.column_config.TextColumn(t.COL_CUSTOMER),
            "id": st.column_config.TextColumn(t.COL_ID),
        },
    )
    picked = event["selection"]["rows"]
    if not picked:
        return None
    st.session_state["picks"] = picks + 1
    row = rows.iloc[picked[0]]
    address = {"doc": str(row["document_id"])}
    return address if row["kind"] == "chat" else address | {"of": str(row["kind"])}


def _sentiment(value: str | None) -> str:
    return f"{_MARK[value]} {gettext(codebook.SENTIMENTS[value])}" if value in _MARK else ""


def _checked(differs: bool | None) -> str:
    """Whether people checked a document, and whether they agree with the program."""
    return "" if pd.isna(differs) else "≠" if differs else "✓"


def _names(tags: list[str]) -> list[str]:
    """Behaviours first: they are what is looked for."""
    order = sorted(
        tags, key=lambda tag: ("agent", "customer", "house", "topics").index(codebook.group(tag))
    )
    return [tag_name(tag) for tag in order]
