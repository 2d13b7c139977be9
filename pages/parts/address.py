"""The page's address: what is chosen stands in it, so that a copied link shows the same.

Only named, validated plain values: a value that is not among the choices is left out. Streamlit's
own binding writes the words that are shown, which differ by language; ids are written here.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import streamlit as st

_WRITTEN = "address_written"


def follow(keys: Collection[str]) -> bool:
    """Whether the address says other than this session wrote there: a link was followed.

    What these keys held before is then forgotten. An address that says nothing of them changes
    nothing: that is the way back to a page from the navigation.
    """
    given = {key: st.query_params.get_all(key) for key in keys}
    written = st.session_state.get(_WRITTEN, {})
    if not any(given.values()) or all(given[key] == written.get(key, []) for key in keys):
        return False
    for key in keys:
        written.pop(key, None)
        st.session_state.pop(key, None)
    return True


def take(key: str, options: Collection[object], *, many: bool = False) -> None:
    """Before the widget `key`: let it start with what the address says, or has come to say."""
    given = _news(key)
    by_text = {str(option): option for option in options}
    found = [by_text[text] for text in given if text in by_text]
    if found:
        st.session_state[key] = found if many else found[0]
    # An option that went away (another store, other filters) must not stay chosen.
    elif many and key in st.session_state:
        st.session_state[key] = [one for one in st.session_state[key] if one in options]
    elif st.session_state.get(key) is not None and st.session_state[key] not in options:
        del st.session_state[key]


def take_text(key: str) -> None:
    """As `take`, for a text field."""
    given = _news(key)
    if given:
        st.session_state[key] = given[0][:200]


def take_days(key: str, first: date, last: date) -> None:
    """As `take`, for two days within the first and the last."""
    given = _news(key)
    try:
        days = tuple(date.fromisoformat(text) for text in given[0].split("..")) if given else ()
    except ValueError:
        return
    if len(days) == 2 and first <= days[0] <= days[1] <= last:
        st.session_state[key] = days


def keep(key: str, *, default: object = None) -> None:
    """After the widget `key`: write its value to the address, but for the default."""
    value = st.session_state.get(key)
    texts = [] if value in (default, None, "", [], ()) else _texts(value)
    if texts != st.query_params.get_all(key):
        st.query_params[key] = texts
        if not texts:
            del st.query_params[key]
    st.session_state.setdefault(_WRITTEN, {})[key] = texts


def _news(key: str) -> list[str]:
    """What the address says of a key, where it is not what this session wrote there itself.

    A field that a page change has emptied listens to the address in any case.
    """
    given = st.query_params.get_all(key)
    if key not in st.session_state:
        return given
    return given if given != st.session_state.get(_WRITTEN, {}).get(key) else []


def _texts(value: object) -> list[str]:
    if isinstance(value, tuple) and value and isinstance(value[0], date):
        return ["..".join(day.isoformat() for day in value)]
    if isinstance(value, list):
        return [str(one) for one in value]
    return [str(value)]
