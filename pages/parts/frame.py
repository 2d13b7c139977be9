"""The frame around every page: language, shared filters, the sample notice, empty states."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import streamlit as st

from analysis import codebook, messages, pipeline, settings
from analysis.messages import gettext
from analysis.model import Scope
from analysis.store import queries
from pages.parts import cache
from pages.parts.text import t

_PERIODS = {"all": None, "4w": 28, "12w": 84, "26w": 182}
UPLOAD_PAGE = "pages/intake/upload.py"


def choose_language() -> None:
    """Show the language switch and say everything after it in the chosen language."""
    # The switch stands in the sidebar, below sentences that already need the language.
    messages.use(st.session_state.get("lang") or st.query_params.get("lang", settings.language()))


def sidebar() -> None:
    """Show the shared filters; `scope()` gives what they say."""
    with st.sidebar:
        st.segmented_control(
            t.LANGUAGE,
            list(messages.LANGUAGES),
            format_func=messages.LANGUAGES.get,
            default=settings.language(),
            required=True,
            key="lang",
            bind="query-params",
            label_visibility="collapsed",
        )
        store = settings.store_path()
        if cache.version() == "":
            return
        found = cache.options(str(store), cache.version())
        st.subheader(t.FILTERS, anchor=False)
        st.selectbox(
            t.PERIOD,
            [*_PERIODS, "own"],
            format_func=lambda period: _period_name(period),
            key="period",
            bind="query-params",
        )
        if st.session_state.period == "own" and found.first_day:
            st.date_input(
                t.PERIOD_OWN,
                value=(found.first_day, found.last_day),
                min_value=found.first_day,
                max_value=found.last_day,
                key="days",
                bind="query-params",
            )
        _choice(t.KIND, "kind", found.kinds, _kind_name)
        _choice(t.CHANNEL, "channel", found.channels, str)
        topics = {topic: found.topics[topic] for topic in codebook.TOPICS if topic in found.topics}
        _choice(t.TOPIC, "topic", topics, tag_name)
        st.caption(t.FILTERS_KEPT)


def scope() -> Scope:
    """The documents that the shared filters let through."""
    state = st.session_state
    start, end = _days()
    return Scope(
        start=start,
        end=end,
        kinds=tuple(state.get("kind", ())),
        channels=tuple(state.get("channel", ())),
        topics=tuple(state.get("topic", ())),
    )


def scope_sentence(chosen: Scope) -> str:
    """What a view is about, in a few words."""
    start, end = chosen.start, chosen.end
    if start is None or end is None:
        found = cache.options(str(settings.store_path()), cache.version())
        start, end = start or found.first_day, end or found.last_day
    words = [f"{start:%Y-%m-%d} – {end:%Y-%m-%d}"] if start and end else []
    words += [_kind_name(kind) for kind in chosen.kinds]
    words += chosen.channels
    words += [tag_name(topic) for topic in chosen.topics]
    return " · ".join(words)


def tag_name(tag_id: str) -> str:
    """A tag's name in the reader's language."""
    return gettext(codebook.name(tag_id))


def store() -> Path:
    """The store that the pages show."""
    return settings.store_path()


def sample_notice() -> None:
    """Say on every page that sample data are shown, and remove them at one click."""
    if not cache.has_samples():
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="sample"):
        st.markdown(t.SAMPLE_NOTICE)
        if st.button(t.SAMPLE_REMOVE, key="remove_sample", icon=":material/delete:"):
            pipeline.remove_sample(store())
            st.rerun()


def require_data() -> None:
    """Stop the page with what to do next where nothing is loaded."""
    if cache.version() != "":
        return
    st.info(t.EMPTY_STORE, icon=":material/inbox:")
    with st.container(horizontal=True):
        if st.button(t.SAMPLE_LOAD, type="primary", key="load_sample"):
            load_sample()
        st.page_link(UPLOAD_PAGE, label=t.UPLOAD_OWN, icon=":material/upload_file:")
    st.stop()


def load_sample() -> None:
    """Load the invented sample data, with progress, and show the page again."""
    bar = st.progress(0.0, t.SAMPLE_LOADING)
    pipeline.load_sample(
        store(), progress=lambda done, total: bar.progress(done / max(total, 1), t.SAMPLE_LOADING)
    )
    st.rerun()


def stop_empty(sentence: str) -> None:
    """Say why there is nothing to see and what to do, and end the page."""
    st.info(sentence, icon=":material/search_off:")
    st.stop()


def _choice(label: str, key: str, counts: dict[str, int], name) -> None:
    if len(counts) < 2 and key not in st.session_state:
        return
    st.multiselect(
        label,
        list(counts),
        format_func=lambda one: f"{name(one)} ({counts.get(one, 0):,})",
        key=key,
        placeholder=t.ALL,
        bind="query-params",
    )


def _days() -> tuple[date | None, date | None]:
    period = st.session_state.get("period", "all")
    if period == "own":
        days = st.session_state.get("days") or ()
        return (days[0], days[-1]) if days else (None, None)
    length = _PERIODS.get(period)
    if length is None or cache.version() == "":
        return None, None
    last = cache.options(str(store()), cache.version()).last_day
    return (last - timedelta(days=length - 1), last) if last else (None, None)


def _period_name(period: str) -> str:
    names = {
        "all": t.PERIOD_ALL,
        "4w": t.PERIOD_4W,
        "12w": t.PERIOD_12W,
        "26w": t.PERIOD_26W,
        "own": t.PERIOD_OWN,
    }
    return names[period]


def _kind_name(kind: str) -> str:
    return t.CHATS if kind == "chat" else t.REVIEWS
