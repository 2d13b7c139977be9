"""One document as it was said, with the evidence of its tags marked."""

from __future__ import annotations

import html
from collections.abc import Sequence
from itertools import pairwise

import streamlit as st

from analysis import codebook
from analysis.messages import gettext
from analysis.store.conversations import StoredDocument, StoredTurn
from pages.parts import checking
from pages.parts.frame import ordered, tag_name
from pages.parts.text import t

_SIGN = {"neg": "▼", "pos": "▲"}
_COLOURS = {
    "harmful": "#D1493B",
    "helpful": "#2E8B70",
    "customer": "#C98A2B",
    "topics": "#5B7DB1",
    "house": "#9068BE",
}

_STYLE = """<style>
.sg-chat{display:flex;flex-direction:column;gap:.55rem;max-width:46rem}
.sg-turn{max-width:82%;padding:.55rem .8rem;border-radius:1rem;line-height:1.6;font-size:.95rem;
 border:1px solid rgba(140,133,125,.28);overflow-wrap:anywhere;white-space:pre-wrap}
.sg-customer{align-self:flex-start;background:rgba(140,133,125,.10);border-bottom-left-radius:.25rem}
.sg-agent{align-self:flex-end;background:rgba(91,125,177,.14);border-bottom-right-radius:.25rem}
.sg-bot{align-self:flex-end;border-style:dashed}
.sg-system{align-self:center;border:0;font-size:.8rem}
.sg-review{max-width:46rem;line-height:1.85;white-space:pre-wrap;overflow-wrap:anywhere}
.sg-who{display:inline-block;min-width:4rem;font-size:.74rem;opacity:.75;margin-bottom:.15rem}
.sg-feel{float:right;font-size:.75rem;margin-left:.5rem;
 color:color-mix(in srgb,var(--c) 60%,currentColor)}
.sg-mark{background:color-mix(in srgb,var(--c) 22%,transparent);border-bottom:2px solid var(--c);
 border-radius:.2rem;padding:.05rem 0;color:inherit;cursor:help}
.sg-tags{display:block;margin-top:.25rem}
.sg-chip{display:inline-block;font-size:.75rem;line-height:1.5;padding:0 .45rem;border-radius:1rem;
 margin:.1rem .2rem 0 0;border:1px solid var(--c);
 color:color-mix(in srgb,var(--c) 60%,currentColor)}
</style>"""


def show(document: StoredDocument, *, mark: str | None) -> None:
    """The document with its turns, and beside it its tags, opportunities and outcome.

    `mark` is a tag id to be highlighted from the start; all tags are where it is none.
    """
    st.title(document.title or document.document_id, anchor=False)
    st.caption(_facts(document))
    held = [tag.id for tag in document.tags if codebook.group(tag.id) != "topics" and tag.evidence]
    left, right = st.columns([5, 3], gap="large")
    with left:
        chosen = st.pills(
            t.DOC_HIGHLIGHT,
            ordered(held),
            format_func=tag_name,
            default=[mark] if mark in held else None,
            selection_mode="multi",
            wrap=True,
            key=f"mark_{document.document_id}",
        )
        marked = set(chosen or held)
        show_turns(document.kind, document.turns, marked)
        st.caption(t.DOC_SHARE)
    with right:
        _tags(document)
        checking.panel(document)


def show_turns(kind: str, turns: Sequence[StoredTurn], marked: set[str]) -> None:
    """Turns as they were said, with the evidence of these tags marked."""
    if kind == "review":
        text = "".join(_text(turn, marked) for turn in turns)
        st.html(f'{_STYLE}<div class="sg-review">{text}</div>')
        return
    said = "".join(_turn(turn, marked) for turn in turns)
    st.html(f'{_STYLE}<div class="sg-chat">{said}</div>')


def _facts(document: StoredDocument) -> str:
    outcome = document.outcome
    if outcome is None:
        after = t.DOC_UNKNOWN
    elif outcome.churned_at:
        after = t.DOC_LEFT.format(day=f"{outcome.churned_at:%Y-%m-%d}")
    else:
        after = t.DOC_STAYED.format(day=f"{outcome.observed_until:%Y-%m-%d}")
    facts = [
        f"{document.ended_at:%Y-%m-%d %H:%M}" if document.ended_at else "",
        document.channel or document.source or "",
        f"{t.DOC_CUSTOMER} {document.customer_id}" if document.customer_id else "",
        f"{t.DOC_OUTCOME}: {after}",
        f"{t.DOC_FILE} {document.file}",
        document.document_id if document.title else "",
    ]
    return " · ".join(fact for fact in facts if fact)


def _turn(turn: StoredTurn, marked: set[str]) -> str:
    names = {
        "customer": t.SPEAKER_CUSTOMER,
        "agent": t.SPEAKER_AGENT,
        "bot": t.SPEAKER_BOT,
        "system": t.SPEAKER_SYSTEM,
    }
    when = f" {turn.sent_at:%H:%M}" if turn.sent_at else ""
    dot = _feeling(turn.sentiment)
    shown = ordered({tag for tag, _, _ in turn.spans if tag in marked})
    chips = "".join(
        f'<span class="sg-chip" style="--c:{_colour(tag)}">{html.escape(tag_name(tag))}</span>'
        for tag in shown
    )
    return (
        f'<div class="sg-turn sg-{html.escape(turn.speaker)}">'
        f'<span class="sg-who">{html.escape(names[turn.speaker])}{when}</span>{dot}'
        f"<div>{_text(turn, marked)}</div>"
        + (f'<span class="sg-tags">{chips}</span>' if chips else "")
        + "</div>"
    )


def _feeling(value: str | None) -> str:
    """A sign of what a customer turn expresses, named when pointed at; nothing for neutral."""
    if value not in ("neg", "pos"):
        return ""
    colour = _COLOURS["harmful" if value == "neg" else "helpful"]
    name = html.escape(gettext(codebook.SENTIMENTS[value]))
    sign = _SIGN[value]
    return f'<span class="sg-feel" style="--c:{colour}" title="{name}">{sign} {name}</span>'


def _text(turn: StoredTurn, marked: set[str]) -> str:
    """The turn's text, escaped, with every stretch under one or more marked tags underlined."""
    spans = [(start, end, tag) for tag, start, end in turn.spans if tag in marked]
    cuts = sorted({0, len(turn.text), *(cut for start, end, _ in spans for cut in (start, end))})
    pieces = []
    for start, end in pairwise(cuts):
        text = html.escape(turn.text[start:end])
        tags = ordered({tag for first, last, tag in spans if first <= start and end <= last})
        if tags:
            names = html.escape(", ".join(tag_name(tag) for tag in tags), quote=True)
            style = f'class="sg-mark" style="--c:{_colour(tags[0])}"'
            text = f'<mark {style} title="{names}">{text}</mark>'
        pieces.append(text)
    return "".join(pieces)


def _tags(document: StoredDocument) -> None:
    st.markdown(f"**{t.DOC_TAGS}**")
    groups = {
        "agent": t.DOC_AGENT if document.kind == "chat" else t.DOC_TOLD,
        "customer": t.DOC_SIGNALS,
        "topics": t.DOC_TOPICS,
        "house": t.DOC_HOUSE,
    }
    held = {tag.id: tag for tag in document.tags}
    for group, label in groups.items():
        ids = [tag for tag in ordered(held) if codebook.group(tag) == group]
        if not ids:
            continue
        st.caption(label)
        chips = "".join(
            f'<span class="sg-chip" style="--c:{_colour(tag)};font-size:.85rem">'
            f"{html.escape(tag_name(tag))}</span>"
            for tag in ids
        )
        st.html(_STYLE + f"<div>{chips}</div>")
    for tag in ordered(held):
        if held[tag].searched:
            searched = t.DOC_SEARCHED.format(n=len(held[tag].searched))
            st.caption(f"**{tag_name(tag)}**: {searched}")
    missed = [
        tag for tag in codebook.BEHAVIOURS if tag in document.opportunities and tag not in held
    ]
    if missed:
        st.caption(t.DOC_OPPORTUNITIES)
        st.caption(" · ".join(tag_name(tag) for tag in missed))
    with st.expander(t.GUIDE_TAGS):
        for tag in ordered(held):
            if tag in codebook.BEHAVIOURS:
                st.markdown(f"**{tag_name(tag)}**: {gettext(codebook.BEHAVIOURS[tag].meaning)}")


def _colour(tag: str) -> str:
    if tag in codebook.BEHAVIOURS:
        return _COLOURS["harmful" if codebook.BEHAVIOURS[tag].harmful else "helpful"]
    return _COLOURS[codebook.group(tag)]
