"""One family of repeated sentences: its wordings, agents, topics, conversations, and its mark."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from analysis import scripts
from analysis.messages import gettext
from analysis.model import Scope
from analysis.repeats.families import Family, Repeats, Share
from analysis.store import macros
from analysis.store.macros import Mark
from pages.parts import cache, frame, listing
from pages.parts.frame import tag_name
from pages.parts.text import t

BROWSE_PAGE = "pages/conversations/browse.py"
_MOST_HEIGHT = 330


def marks() -> dict[str, Mark]:
    """What was approved or required, by wording; read anew each time, because it is small."""
    return macros.marks(frame.store())


def detail(found: Repeats, family: Family, scope: Scope, marked: Mapping[str, Mark]) -> None:
    """Everything about one family, from its text to the conversations behind it."""
    mark = scripts.mark_of(family, marked)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge(gettext(scripts.ACT_NAMES[family.act]), color="gray")
            if mark:
                st.badge(gettext(scripts.MARK_NAMES[mark]), color="green", icon=":material/check:")
        st.html(f'<p style="font-size:1.15rem;margin:0">{html.escape(family.text)}</p>')
        st.caption(
            t.SCRIPTS_FACTS.format(
                n=f"{family.n:,}",
                share=f"{family.n / found.sentences:.2%}",
                sentences=f"{found.sentences:,}",
                conversations=f"{family.conversations:,}",
                agents=f"{len(family.agents):,}",
                wordings=f"{len(family.wordings):,}",
            )
        )
        _marking(family, mark)
    wordings, agents, topics = st.tabs(
        [
            t.SCRIPTS_WORDINGS.format(n=len(family.wordings)),
            t.SCRIPTS_AGENTS.format(n=len(family.agents)),
            t.SCRIPTS_TOPICS.format(n=len(family.topics)),
        ]
    )
    with wordings:
        _wordings(family)
    with agents:
        names = [one.id for one in family.agents]
        _shares(family.agents, names, t.COL_AGENTS, t.COL_OF_AGENT, t.SCRIPTS_NO_AGENT_IDS)
    with topics:
        names = [tag_name(one.id) for one in family.topics]
        _shares(family.topics, names, t.COL_TOPIC, t.COL_OF_TOPIC, t.SCRIPTS_NO_TOPICS)
        st.caption(t.SCRIPTS_TOPICS_NOTE)
    _examples(family, scope)


def _marking(family: Family, mark: Mark | None) -> None:
    ids = [one.id for one in family.wordings]
    with st.container(horizontal=True, vertical_alignment="center"):
        choices = ((Mark.MACRO, t.SCRIPTS_APPROVE), (Mark.REQUIRED, t.SCRIPTS_REQUIRE))
        for one, label in choices:
            if one is not mark and st.button(label, key=f"mark_{one.value}"):
                macros.put(frame.store(), ids, one)
                st.rerun()
        if mark and st.button(t.SCRIPTS_TAKE_BACK, key="mark_none", icon=":material/undo:"):
            macros.take_back(frame.store(), ids)
            st.rerun()
    st.caption(t.SCRIPTS_MARK_KEPT)


def _wordings(family: Family) -> None:
    _bars(
        pd.DataFrame(
            {
                "n": [one.n for one in family.wordings],
                "name": [one.text for one in family.wordings],
                "share": [100 * one.n / family.n for one in family.wordings],
            }
        ),
        t.COL_WORDINGS,
        None,
    )


def _shares(rows: Sequence[Share], names: Sequence[str], head: str, of: str, none: str) -> None:
    if not rows:
        st.info(none)
        return
    _bars(
        pd.DataFrame(
            {
                "n": [one.n for one in rows],
                "name": names,
                "share": [100 * one.n / one.of for one in rows],
                "of": [one.of for one in rows],
            }
        ),
        head,
        of,
    )


def _bars(table: pd.DataFrame, head: str, of: str | None) -> None:
    st.dataframe(
        table,
        hide_index=True,
        height="content" if len(table) < 9 else _MOST_HEIGHT,
        column_config={
            "name": st.column_config.TextColumn(head, width="large" if of is None else "medium"),
            "n": st.column_config.ProgressColumn(
                t.COL_SENT if head != t.COL_TOPIC else t.COL_CONVERSATIONS,
                format="localized",
                min_value=0,
                max_value=int(table["n"].max()),
                width=160,
            ),
            "share": st.column_config.NumberColumn(t.COL_RATE, format="%.1f%%"),
            "of": st.column_config.NumberColumn(of, format="localized"),
        },
    )


def _examples(family: Family, scope: Scope) -> None:
    st.markdown(f"**{t.EXAMPLES_HEAD}**")
    texts = {one.id: one.text for one in family.wordings}
    first, second = st.columns(2)
    with first:
        wording = st.selectbox(
            t.COL_WORDINGS,
            list(texts),
            index=None,
            format_func=texts.get,
            placeholder=t.SCRIPTS_ALL_WORDINGS,
            key=f"wording_{family.id}",
        )
    with second:
        agent = st.selectbox(
            t.COL_AGENTS,
            [one.id for one in family.agents],
            index=None,
            placeholder=t.SCRIPTS_ALL_AGENTS,
            key=f"agent_{family.id}",
        )
    ids = {
        one.document_id
        for one in family.examples
        if wording in (None, one.wording) and agent in (None, one.agent_id)
    }
    page = cache.conversations(
        Scope(scope.start, scope.end, ("chat",), scope.channels, scope.topics),
        ids=tuple(sorted(ids)),
        limit=max(1, len(ids)),
    )
    if not page.total:
        st.info(t.EXAMPLES_NONE)
        return
    st.caption(t.SCRIPTS_EXAMPLES.format(total=f"{family.conversations:,}", shown=page.total))
    chosen = listing.pick(page.rows, key="script_examples")
    if chosen:
        st.switch_page(BROWSE_PAGE, query_params=chosen | {"script": family.id})
    st.page_link(
        BROWSE_PAGE,
        label=t.SCRIPTS_SEARCH,
        icon=":material/search:",
        query_params={"q": texts[wording or family.wordings[0].id][:200]},
    )
