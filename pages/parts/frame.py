"""The frame around every page: language, shared filters, the sample notice, empty states."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from analysis import codebook, messages, pipeline, settings
from analysis.messages import gettext
from analysis.model import Scope
from pages.parts import address, cache
from pages.parts.text import t

# Days of each period that ends with the last day of the store; others have no fixed length.
_PERIODS = {"4w": 28, "12w": 84, "26w": 182}
# The product opens no dialog of its own, so that the one there is the notice.
_CLOSE_NOTICE = """
let left = 60;
const timer = setInterval(() => {
  const close = document.querySelector('[role="dialog"] button[aria-label="Close"]');
  if (close) close.click();
  if (close || --left === 0) clearInterval(timer);
}, 50);
"""
UPLOAD_PAGE = "pages/intake/upload.py"


def is_first_in_process() -> bool:
    """Whether `st.navigation` has not been called yet since the server started.

    Until then Streamlit takes a folder named `pages` for its older kind of app, and tells the
    first visitor of a link that the page does not exist while it shows that very page.
    """
    return bool(PagesManager.uses_pages_directory)


def close_false_alarm() -> None:
    """Close the notice that a page was not found, for the first visitor after a start."""
    st.html(f"<script>{_CLOSE_NOTICE}</script>", unsafe_allow_javascript=True)


def choose_language() -> None:
    """Say everything in the language of the switch or the address; call before anything is said."""
    address.take("lang", messages.LANGUAGES)
    messages.use(st.session_state.get("lang") or settings.language())


def sidebar() -> None:
    """Show the language switch and the shared filters; `scope()` gives what they say."""
    with st.sidebar:
        _language()
        if cache.version() == "":
            return
        found = cache.options(str(store()), cache.version())
        st.subheader(t.FILTERS, anchor=False)
        _period(found.first_day, found.last_day)
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
    """A tag's name in the reader's language, or that of a rule of the house."""
    if codebook.is_house(tag_id):
        rule = cache.own_rules().rule(tag_id)
        return rule.name if rule else t.RULE_UNNAMED
    return gettext(codebook.name(tag_id))


def ordered(tags: Iterable[str]) -> list[str]:
    """Tags in the order of the codebook, behaviours first, rules of the house last."""
    order = [*codebook.BEHAVIOURS, *codebook.SIGNALS, *codebook.TOPICS]
    places = {tag: place for place, tag in enumerate(order)}
    return sorted(tags, key=lambda tag: (places.get(tag, len(places)), tag))


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


def require_data(title: str) -> None:
    """Stop the page with its title and what to do next where nothing is loaded."""
    if cache.version() != "":
        return
    st.title(title, anchor=False)
    st.info(t.EMPTY_STORE, icon=":material/inbox:")
    with st.container(horizontal=True, vertical_alignment="center"):
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


def _language() -> None:
    st.segmented_control(
        t.LANGUAGE,
        list(messages.LANGUAGES),
        format_func=messages.LANGUAGES.get,
        default=None if "lang" in st.session_state else settings.language(),
        required=True,
        key="lang",
        label_visibility="collapsed",
    )
    address.keep("lang", default=settings.language())


def _period(first: date | None, last: date | None) -> None:
    names = {
        "all": t.PERIOD_ALL,
        "4w": t.PERIOD_4W,
        "12w": t.PERIOD_12W,
        "26w": t.PERIOD_26W,
        "own": t.PERIOD_OWN,
    }
    address.take("period", names)
    st.selectbox(t.PERIOD, list(names), format_func=names.get, key="period")
    address.keep("period", default="all")
    if st.session_state.period == "own" and first and last:
        address.take_days("days", first, last)
        st.session_state.setdefault("days", (first, last))
        st.date_input(t.PERIOD_OWN, min_value=first, max_value=last, key="days")
        address.keep("days")


def _choice(label: str, key: str, counts: dict[str, int], name: Callable[[str], str]) -> None:
    address.take(key, counts, many=True)
    st.multiselect(
        label,
        list(counts),
        format_func=lambda one: f"{name(one)} ({counts.get(one, 0):,})",
        key=key,
        placeholder=t.ALL,
    )
    address.keep(key)


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


def _kind_name(kind: str) -> str:
    return t.CHATS if kind == "chat" else t.REVIEWS
