"""The families of repeated sentences as a table from which one is picked, and what narrows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import pandas as pd
import streamlit as st

from analysis import scripts
from analysis.messages import gettext
from analysis.model import Scope
from analysis.repeats.families import Family, Repeats
from analysis.store import queries
from analysis.store.macros import Mark
from pages.parts import address, cache, frame
from pages.parts.frame import tag_name
from pages.parts.text import t

_LEAST = (2, 3, 5, 10, 20, 50, 100)
_MARKS = ("unmarked", *(mark.value for mark in Mark))
_WORK = "work"
_KEYS = ("least", "acts", "marked")
_MOST_ROWS, _MOST_HEIGHT, _TOPICS = 500, 480, 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """How often sent, which acts (none: all), and which mark (None: whatever it is)."""

    least: int
    acts: tuple[str, ...]
    mark: str | None


def conditions() -> Wanted:
    """Show what narrows the table; kept for the way back from another page."""
    state = st.session_state
    if address.follow((*_KEYS, "script")):
        state["scripts_kept"] = {}
    for key, value in state.get("scripts_kept", {}).items():
        state.setdefault(key, value)
    acts = {act or _WORK: gettext(name) for act, name in scripts.ACT_NAMES.items()}
    names = {"unmarked": t.SCRIPTS_UNMARKED}
    names |= {mark.value: gettext(name) for mark, name in scripts.MARK_NAMES.items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        address.take("least", _LEAST)
        state.setdefault("least", scripts.LEAST)
        st.selectbox(
            t.SCRIPTS_LEAST,
            _LEAST,
            format_func=lambda n: t.SCRIPTS_LEAST_N.format(n=n),
            key="least",
            width=140,
        )
        address.keep("least", default=scripts.LEAST)
        address.take("acts", acts, many=True)
        st.pills(
            t.SCRIPTS_ACT,
            list(acts),
            format_func=acts.get,
            selection_mode="multi",
            key="acts",
            width="content",
        )
        address.keep("acts")
        address.take("marked", _MARKS)
        st.pills(t.SCRIPTS_MARK, list(_MARKS), format_func=names.get, key="marked", width="content")
        address.keep("marked")
    state["scripts_kept"] = {key: state[key] for key in _KEYS if key in state}
    return Wanted(state.least, tuple(state.acts or ()), state.marked)


def counted(scope: Scope, wanted: Wanted) -> Repeats:
    """Every family of the scope; ends the page where no agent says anything in it."""
    with st.spinner(t.SCRIPTS_COUNTING):
        found = cache.scripts(scope, least=wanted.least)
    if not found.sentences:
        totals: queries.Totals = cache.totals(scope)
        frame.stop_empty(t.SCRIPTS_NO_AGENTS if totals.documents else t.EMPTY_SCOPE)
    if found.given_up:
        st.warning(t.SCRIPTS_GIVEN_UP.format(n=found.given_up))
    return found


def matching(found: Repeats, marks: Mapping[str, Mark], wanted: Wanted) -> list[Family]:
    """The families that are to be shown, the most frequent first."""
    return [
        family
        for family in found.families
        if (not wanted.acts or (family.act or _WORK) in wanted.acts)
        and (wanted.mark is None or (scripts.mark_of(family, marks) or "unmarked") == wanted.mark)
    ]


def pick(found: Repeats, rows: Sequence[Family], marks: Mapping[str, Mark]) -> Family | None:
    """Show the families; gives the one that was picked last, as the address says it too."""
    n = sum(family.n for family in rows)
    st.caption(
        t.SCRIPTS_FOUND.format(
            sentences=f"{found.sentences:,}",
            conversations=f"{found.conversations:,}",
            n=f"{n:,}",
            share=f"{n / found.sentences:.1%}",
            families=f"{len(rows):,}",
        )
    )
    state = st.session_state
    # A wording that led its family yesterday may follow another today.
    leader = {one.id: family.id for family in found.families for one in family.wordings}
    address.take("script", leader)
    shown = rows[:_MOST_ROWS]
    if len(rows) > len(shown):
        st.caption(t.SCRIPTS_SHOWN.format(shown=len(shown)))
    picked = _table(found, shown, marks)
    if picked is not None and picked.id != state.get("script_picked"):
        state["script"] = picked.id
    state["script_picked"] = picked.id if picked else None
    address.keep("script")
    chosen = leader.get(state.get("script"))
    return next((family for family in rows if family.id == chosen), None)


def _table(found: Repeats, rows: Sequence[Family], marks: Mapping[str, Mark]) -> Family | None:
    table = pd.DataFrame(
        {
            "n": [family.n for family in rows],
            "text": [family.text for family in rows],
            "share": [100 * family.n / found.sentences for family in rows],
            "kind": [_kind(family, marks) for family in rows],
            "conversations": [family.conversations for family in rows],
            "agents": [len(family.agents) for family in rows],
            "wordings": [len(family.wordings) for family in rows],
            "topics": [[tag_name(one.id) for one in family.topics[:_TOPICS]] for family in rows],
        }
    )
    # Picks are positions: a table with other rows must be another table.
    same = crc32(" ".join(family.id for family in rows).encode())
    event = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"scripts_table_{same}",
        height="content" if len(rows) < 12 else _MOST_HEIGHT,
        column_config={
            "text": st.column_config.TextColumn(t.COL_SCRIPT, width="large"),
            "n": st.column_config.ProgressColumn(
                t.COL_SENT,
                format="localized",
                min_value=0,
                max_value=int(table["n"].max()),
                width=130,
            ),
            "share": st.column_config.NumberColumn(t.COL_SHARE, format="%.2f%%"),
            "kind": st.column_config.TextColumn(t.SCRIPTS_ACT, width=160),
            "conversations": st.column_config.NumberColumn(t.COL_CONVERSATIONS, format="localized"),
            "agents": st.column_config.NumberColumn(t.COL_AGENTS, width="small"),
            "wordings": st.column_config.NumberColumn(t.COL_WORDINGS, width="small"),
            "topics": st.column_config.ListColumn(t.COL_TOPIC),
        },
    )
    picked = event["selection"]["rows"]
    return rows[picked[0]] if picked and picked[0] < len(rows) else None


def _kind(family: Family, marks: Mapping[str, Mark]) -> str:
    mark = scripts.mark_of(family, marks)
    act = gettext(scripts.ACT_NAMES[family.act])
    return f"✓ {gettext(scripts.MARK_NAMES[mark])} · {act}" if mark else act
