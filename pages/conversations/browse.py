"""The conversations behind every number: search, filter, and one of them whole."""

from __future__ import annotations

import streamlit as st

from pages.parts import cache, chat, checking, frame, listing, search
from pages.parts.text import t

frame.require_data(t.CONVERSATIONS_TITLE)

document_id = st.query_params.get("doc")
if document_id:
    document = cache.document(document_id, st.query_params.get("of"))
    search.back()
    checking.problem()
    if document is None:
        frame.stop_empty(t.DOC_MISSING)
    chat.show(document, mark=st.query_params.get("mark"))
    st.stop()

st.title(t.CONVERSATIONS_TITLE, anchor=False)
scope = frame.scope()
st.caption(frame.scope_sentence(scope))
conditions = search.conditions()
page = search.page(scope, conditions)
if not page.total:
    frame.stop_empty(t.FOUND_NONE)
st.caption(f"{t.FOUND.format(total=f'{page.total:,}')} · {t.PICK_ROW}")
search.open_picked(listing.pick(page.rows, key="conversations_table"))
search.pages(page.total)
checking.summary()
