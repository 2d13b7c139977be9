"""What conversations are looked for, a page of them, and the way into one and back."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis import codebook
from analysis.messages import gettext
from analysis.model import Kind, Scope
from analysis.store.conversations import Page
from pages.parts import address, cache, controls
from pages.parts.frame import tag_name
from pages.parts.text import t

CHURN_PAGE = "pages/churn/behaviours.py"
SCRIPTS_PAGE = "pages/scripts/repeated.py"
PAGE_SIZE = 50
# What is looked for is kept while one conversation is read, so that the way back loses nothing.
_IN_ADDRESS = (
    *("q", "with", "without", "eligible", "ended", "left", "horizon", "cancellation"),
    *("checked", "sort"),
)
_KEYS = (*_IN_ADDRESS, "page")
_MORE = ("eligible", "ended", "left", "checked", "sort")


def conditions() -> dict[str, object]:
    """Show the search fields; gives the conditions for `cache.conversations`."""
    # A link to a list shows that list: nothing of an earlier search may narrow it.
    if address.follow(_IN_ADDRESS):
        st.session_state["search_kept"] = {}
    for key, value in st.session_state.get("search_kept", {}).items():
        st.session_state.setdefault(key, value)
    days, cancellation = controls.carried()
    own = [rule.id for rule in cache.own_rules().active]
    tags = [*codebook.BEHAVIOURS, *codebook.SIGNALS, *codebook.TOPICS, *own]
    address.take_text("q")
    st.text_input(t.SEARCH, key="q", placeholder=t.SEARCH_PLACEHOLDER, icon=":material/search:")
    address.keep("q")
    first, second = st.columns(2)
    with first:
        _tags(t.WITH_TAGS, "with", tags)
    with second:
        _tags(t.WITHOUT_TAGS, "without", tags)
    # On a telephone the list would begin two screens below.
    used = any(st.session_state.get(key) or key in st.query_params for key in _MORE)
    with st.expander(t.MORE_CONDITIONS, expanded=used):
        _more(days)
    state = st.session_state
    st.session_state["search_kept"] = {key: state[key] for key in _KEYS if key in state}
    return {
        "search": state.q or "",
        "tags": tuple(state["with"]),
        "without": tuple(state["without"]),
        "eligible_for": state.eligible,
        "sentiment": state.ended,
        "followed": state.left is not None,
        "churned": {"yes": True, "no": False}.get(state.left),
        "horizon": days,
        "include_cancellation": cancellation,
        "checked": state.checked,
        "doubtful": state.sort == "doubtful",
    }


def _more(days: int) -> None:
    """The conditions that are asked for less often, and the order."""
    first, second, third, fourth, fifth = st.columns([4, 2, 4, 3, 3])
    with first:
        _one(t.ELIGIBLE_FOR, "eligible", {tag: tag_name(tag) for tag in codebook.BEHAVIOURS})
    with second:
        names = {key: gettext(name) for key, name in codebook.SENTIMENTS.items()}
        _one(t.ENDED, "ended", names)
    with third:
        _one(
            t.LEFT,
            "left",
            {
                "counted": t.LEFT_COUNTED.format(days=days),
                "yes": t.LEFT_YES.format(days=days),
                "no": t.LEFT_NO.format(days=days),
            },
        )
    with fourth:
        _one(
            t.CHECKED,
            "checked",
            {"yes": t.CHECKED_YES, "no": t.CHECKED_NO, "differs": t.CHECKED_DIFFERS},
        )
    with fifth:
        names = {"doubtful": t.SORT_DOUBTFUL}
        _one(t.SORT, "sort", names, otherwise=t.SORT_NEWEST, help=t.SORT_HELP)


def page(scope: Scope, wanted: dict[str, object]) -> Page:
    """The page of documents that is being looked at."""
    # Opportunities are a matter of chats: a review can tell of anything.
    if wanted["eligible_for"] and (not scope.kinds or Kind.CHAT in scope.kinds):
        scope = replace(scope, kinds=(Kind.CHAT,))
    key = repr((scope, sorted(wanted.items(), key=str)))
    if st.session_state.get("search_last") != key:
        st.session_state["search_last"] = key
        if "search_last_page" in st.session_state:
            st.session_state["page"] = 1
    st.session_state["search_last_page"] = True
    offset = (int(st.session_state.get("page") or 1) - 1) * PAGE_SIZE
    return cache.conversations(scope, **wanted, limit=PAGE_SIZE, offset=offset)


def pages(total: int) -> None:
    """The page switch below the list."""
    count = -(-total // PAGE_SIZE)
    if count > 1:
        st.pagination(count, key="page")


def open_picked(picked: dict[str, str] | None) -> None:
    """Show the picked document in place of the list."""
    if picked:
        st.query_params.update(picked)
        st.rerun()


def back() -> None:
    """The way back to the list as it was, and to the comparison or the script that led here."""
    of, mark = st.query_params.get("of"), st.query_params.get("mark")
    script = st.query_params.get("script")
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(t.BACK, icon=":material/arrow_back:", key="back"):
            for key in ("doc", "of", "mark", "script"):
                st.query_params.pop(key, None)
            st.rerun()
        if mark in codebook.BEHAVIOURS:
            st.page_link(
                CHURN_PAGE,
                label=t.NAV_CHURN,
                icon=":material/compare_arrows:",
                query_params={"behaviour": f"{mark}@{of}" if of else mark},
            )
        if script:
            st.page_link(
                SCRIPTS_PAGE,
                label=t.NAV_SCRIPTS,
                icon=":material/content_copy:",
                query_params={"script": script},
            )


def _tags(label: str, key: str, tags: list[str]) -> None:
    address.take(key, tags, many=True)
    st.multiselect(label, tags, format_func=tag_name, key=key, placeholder=t.ALL)
    address.keep(key)


def _one(
    label: str,
    key: str,
    names: dict[str, str],
    *,
    otherwise: str | None = None,
    help: str | None = None,
) -> None:
    address.take(key, names)
    st.selectbox(
        label,
        list(names),
        index=None,
        format_func=names.get,
        key=key,
        placeholder=otherwise or t.ALL,
        help=help,
    )
    address.keep(key)
