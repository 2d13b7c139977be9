"""Suggested topics: what each is made of, and what people decide on it."""

from __future__ import annotations

import html
from collections.abc import Callable

import streamlit as st

from analysis import suggestions, wording
from analysis.errors import AnalysisError
from analysis.suggestions import Excerpt, Found, State, Suggestion
from pages.parts import frame, house_rules
from pages.parts.text import t

BROWSE_PAGE = "pages/conversations/browse.py"
RULES_PAGE = "pages/rules/house.py"
_AT_ONCE = 8
_LONGEST_LABEL = 70

_STYLE = """<style>
.sg-weeks{display:flex;align-items:flex-end;gap:2px;height:2.6rem;max-width:36rem}
.sg-weeks span{flex:1 1 0;min-width:1px;max-width:1.6rem;background:#5B7DB1;
 border-radius:1px 1px 0 0}
</style>"""
_LABEL = str.maketrans({one: f"\\{one}" for one in "\\`*_{}[]()<>#+-.!|~$:"})


def read(found: Found) -> None:
    """From how many documents the suggestions come, or how many more they need."""
    said = wording.read_for_suggestions(found)
    if found.needed:
        st.info(said, icon=":material/hourglass_empty:")
    else:
        st.caption(said)


def open_ones(found: Found) -> None:
    """The suggestions that nobody has decided on, the biggest of the scope first."""
    every = found.of(State.OPEN)
    here = [one for one in every if one.documents]
    if not here:
        if not found.needed:
            st.info(
                t.SUGGEST_NOT_HERE if every else t.SUGGEST_NONE.format(least=found.least),
                icon=":material/search_off:",
            )
        return
    # The switch stands below what it switches: its state is read before it is shown.
    count = -(-len(here) // _AT_ONCE)
    at = min(int(st.session_state.get("suggest_page") or 1), count)
    for one in here[(at - 1) * _AT_ONCE : at * _AT_ONCE]:
        _card(found, one)
    if count > 1:
        st.pagination(count, key="suggest_page")


def decided(found: Found) -> None:
    """The accepted and the dismissed ones, each with the way back."""
    for state, label in (
        (State.ACCEPTED, t.SUGGEST_ACCEPTED),
        (State.DISMISSED, t.SUGGEST_DISMISSED),
    ):
        listed = found.of(state)
        if not listed:
            continue
        with st.expander(label.format(n=len(listed))):
            for one in listed:
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.markdown(f"**{_plain(one.name)}**  \n{_size(found, one)}", width="stretch")
                    _button(t.SUGGEST_REOPEN, "reopen", one, suggestions.reopen)


def report() -> None:
    """Say that a decision was kept, or why it could not be; an accepted one becomes a rule next."""
    if st.session_state.pop("suggest_accepted", False):
        st.switch_page(RULES_PAGE)
    if st.session_state.pop("suggest_done", False):
        st.toast(t.SUGGEST_DONE, icon=":material/check:")
    problem = st.session_state.pop("suggest_problem", None)
    if problem is not None:
        st.warning(str(problem), icon=":material/report:")


def _card(found: Found, one: Suggestion) -> None:
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{_plain(one.name)}**", width="content")
            st.badge(_size(found, one), color="blue")
            st.space("stretch")
            st.caption(one.id, width="content")
        st.caption(t.SUGGEST_WORDS.format(words=_plain(", ".join(one.words))))
        _weeks(one)
        st.markdown(f"**{t.SUGGEST_EXAMPLES}**")
        for example in one.examples:
            _link(example)
        _decision(one)


def _decision(one: Suggestion) -> None:
    key = f"suggest_name_{one.id}"
    st.session_state.setdefault(key, one.name if one.named else "")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            t.SUGGEST_NAME, key=key, max_chars=suggestions.LONGEST_NAME, placeholder=one.name
        ).strip()
        st.button(
            t.SUGGEST_ACCEPT,
            key=f"suggest_accept_{one.id}",
            type="primary",
            help=t.SUGGEST_ACCEPT_HELP,
            on_click=_accept,
            args=(one, name or one.name),
        )
        _button(
            t.SUGGEST_RENAME,
            "rename",
            one,
            suggestions.rename,
            name,
            disabled=name == (one.name if one.named else ""),
        )
        _button(t.SUGGEST_DISMISS, "dismiss", one, suggestions.dismiss, help=t.SUGGEST_DISMISS_HELP)


def _button(
    label: str, verb: str, one: Suggestion, call: Callable[..., None], *given: str, **look: object
) -> None:
    st.button(
        label, key=f"suggest_{verb}_{one.id}", on_click=_decide, args=(call, one.id, *given), **look
    )


def _accept(one: Suggestion, name: str) -> None:
    _decide(suggestions.accept, one.id, name)
    if st.session_state.get("suggest_done"):
        house_rules.draft(name, one.phrases)
        st.session_state["suggest_accepted"] = True


def _decide(call: Callable[..., None], suggestion_id: str, *given: str) -> None:
    try:
        call(frame.store(), suggestion_id, *given)
    except AnalysisError as problem:
        # Said by the page that follows: what happens before it is outside the frame.
        st.session_state["suggest_problem"] = problem
        return
    st.session_state["suggest_done"] = True


def _link(example: Excerpt) -> None:
    query = {"doc": example.document_id}
    if example.kind != "chat":
        query["of"] = example.kind
    text = " ".join(example.excerpt.split())[:_LONGEST_LABEL] or t.SUGGEST_NO_TEXT
    when = f"{example.ended_at:%Y-%m-%d} · " if example.ended_at else ""
    st.page_link(
        BROWSE_PAGE,
        label=f"{when}{_plain(text)}",
        icon=":material/forum:",
        query_params=query,
    )


def _weeks(one: Suggestion) -> None:
    if not one.weeks:
        st.caption(t.NO_TIMES)
        return
    most = max(n for _, n in one.weeks)
    bars = "".join(
        f'<span style="height:{max(100 * n / most, 2 if n else 0):.0f}%" '
        f'title="{html.escape(t.SUGGEST_WEEK.format(week=week, n=n), quote=True)}"></span>'
        for week, n in one.weeks
    )
    said = t.SUGGEST_WEEKS.format(first=one.weeks[0][0], last=one.weeks[-1][0], most=most)
    st.html(
        f'{_STYLE}<div class="sg-weeks" role="img" aria-label="{html.escape(said, quote=True)}">'
        f"{bars}</div>"
    )
    st.caption(said)


def _size(found: Found, one: Suggestion) -> str:
    sentence = t.SUGGEST_SIZE_ABOUT if found.sampled else t.SUGGEST_SIZE
    share = "–" if one.share is None else f"{one.share:.1%}"
    return sentence.format(n=f"{one.documents:,}", documents=f"{found.documents:,}", share=share)


def _plain(text: str) -> str:
    """Text in which nothing is markup."""
    return text.translate(_LABEL)
