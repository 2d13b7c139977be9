"""What people say of the tags of a conversation, and how often they and the program agree."""

from __future__ import annotations

import html

import pandas as pd
import streamlit as st

from analysis import codebook, pipeline
from analysis.errors import AnalysisError
from analysis.store.checks import Decision
from analysis.store.conversations import StoredDocument
from pages.parts import cache, frame
from pages.parts.frame import ordered, tag_name
from pages.parts.text import t

_SAID = '<div style="font-size:.8rem;opacity:.75;overflow-wrap:anywhere">{said}</div>'
_LONGEST_NAME, _LONGEST_NOTE = 60, 300


def panel(document: StoredDocument) -> None:
    """Right or wrong for every tag that holds, the tags that may be missing, and who said what."""
    given = cache.checks(document.document_id, document.kind)
    held = {tag.id for tag in document.tags}
    with st.container(border=True):
        st.markdown(f"**{t.CHECK_HEAD}**", help=t.CHECK_INTRO)
        name = reviewer()
        if name:
            st.text_input(
                t.CHECK_NOTE,
                key=_key("note", document),
                max_chars=_LONGEST_NOTE,
                help=t.CHECK_NOTE_HELP,
            )
        for tag in ordered(held):
            _row(document, tag, given, name, (t.CHECK_RIGHT, t.CHECK_WRONG))
        known = {*codebook.ALL_TAGS, *(rule.id for rule in cache.own_rules().rules)}
        said = {one.tag for one in given} & known
        missing = ordered((said | document.doubts.keys()) - held)
        if missing:
            st.caption(t.CHECK_MISSING)
        for tag in missing:
            _row(document, tag, given, name, (t.CHECK_THERE, t.CHECK_NOT_THERE))
        if name:
            own = [rule.id for rule in cache.own_rules().active]
            every = ordered([*codebook.ALL_TAGS, *own])
            others = [tag for tag in every if tag not in {*held, *missing}]
            st.selectbox(
                t.CHECK_ADD,
                others,
                index=None,
                format_func=tag_name,
                key=_key("add", document),
                placeholder=t.COL_TAG,
                on_change=_add,
                args=(document, name),
            )


def reviewer() -> str:
    """Ask for the name of the person who checks, kept for the session; "" where there is none."""
    # A page change empties its widgets: the name lives beside its field.
    st.session_state.setdefault("reviewer", st.session_state.get("reviewer_kept", ""))
    st.text_input(t.CHECK_NAME, key="reviewer", max_chars=_LONGEST_NAME, help=t.CHECK_NAME_HELP)
    name = " ".join(st.session_state["reviewer"].split())
    st.session_state["reviewer_kept"] = name
    if not name:
        st.caption(t.CHECK_NAME_FIRST)
    return name


def verdict(
    document_id: str,
    kind: str,
    tag: str,
    given: tuple[Decision, ...],
    name: str,
    words: tuple[str, str],
    *,
    note: str | None = None,
) -> None:
    """Two buttons with what the person of that name says of a tag; pressed again it is taken back.

    `note` is the key of the field whose text is kept with it.
    """
    key = f"check_{kind}_{document_id}_{tag}"
    mine = next((one for one in given if one.tag == tag and one.reviewer == name), None)
    # What the store holds is shown, whoever wrote it: another window may have.
    st.session_state[key] = None if mine is None else mine.decision
    st.segmented_control(
        tag_name(tag),
        [True, False],
        format_func=lambda decision: words[0] if decision else words[1],
        key=key,
        disabled=not name,
        label_visibility="collapsed",
        on_change=_decide,
        args=(document_id, kind, tag, key, name, note),
        width="content",
    )


def summary() -> None:
    """Below the list: every tag that people checked, with its share right and interval."""
    found = cache.checked_summary()
    if not found.documents:
        return
    with st.expander(t.CHECKS_HEAD.format(n=f"{found.documents:,}")):
        st.caption(t.CHECKS_NOTE)
        st.table(
            pd.DataFrame(
                {
                    t.COL_TAG: [tag_name(row.tag) for row in found.tags],
                    t.COL_CHECKED: [f"{row.checked:,}" for row in found.tags],
                    t.COL_RIGHT: [
                        f"{row.share:.1%} [{row.interval.low:.1%}, {row.interval.high:.1%}]"
                        if row.interval
                        else "–"
                        for row in found.tags
                    ],
                    t.COL_ADDED: [f"{row.added:,}" for row in found.tags],
                }
            ).set_index(t.COL_TAG)
        )


def problem() -> None:
    """Say why the check that was just given could not be kept, where it could not."""
    found = st.session_state.pop("check_problem", None)
    if found is not None:
        st.warning(str(found), icon=":material/report:")


def _row(
    document: StoredDocument,
    tag: str,
    given: tuple[Decision, ...],
    name: str,
    words: tuple[str, str],
) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(tag_name(tag), width="stretch")
        verdict(
            document.document_id,
            document.kind,
            tag,
            given,
            name,
            words,
            note=_key("note", document),
        )
    said = [_said(one, words) for one in given if one.tag == tag]
    if said:
        st.html(_SAID.format(said="<br>".join(said)))


def _said(one: Decision, words: tuple[str, str]) -> str:
    parts = [one.reviewer, words[0] if one.decision else words[1], f"{one.decided_at:%Y-%m-%d}"]
    return html.escape(" · ".join([*parts, one.note] if one.note else parts))


def _decide(document_id: str, kind: str, tag: str, key: str, name: str, note: str | None) -> None:
    _keep(document_id, kind, tag, st.session_state[key], name, note)


def _add(document: StoredDocument, name: str) -> None:
    key = _key("add", document)
    tag = st.session_state[key]
    if tag is not None:
        note = _key("note", document)
        _keep(document.document_id, document.kind, tag, True, name, note)
    st.session_state[key] = None


def _keep(
    document_id: str, kind: str, tag: str, decision: bool | None, name: str, note: str | None
) -> None:
    said = st.session_state.get(note) if note else None
    try:
        pipeline.check(
            frame.store(), document_id, kind, tag, decision, reviewer=name, note=said or ""
        )
    except AnalysisError as found:
        # Said by the page that follows: what happens before it is outside the frame.
        st.session_state["check_problem"] = found


def _key(field: str, document: StoredDocument) -> str:
    return f"{field}_{document.kind}_{document.document_id}"
