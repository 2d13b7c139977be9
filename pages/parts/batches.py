"""What was loaded, with a way to take it back, and what can be taken away."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st

from analysis import pipeline, report
from analysis.model import Scope, TaggerVersion
from analysis.store import tables
from pages.parts import cache, frame
from pages.parts.text import t

_MIME = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
    ".html": "text/html",
}


def show() -> None:
    """Every batch, newest first, each with a button that takes it back."""
    rows = tables.batches(frame.store())
    if rows.empty:
        st.caption(t.BATCHES_NONE)
        return
    names = {"chat": t.CHATS, "review": t.REVIEWS, "outcomes": t.KIND_OUTCOMES}
    for row in rows.itertuples():
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(
                t.BATCH_ROW.format(
                    file=row.file,
                    kind=names.get(row.kind, f"{t.CHATS}·{t.REVIEWS}"),
                    documents=f"{row.documents:,}",
                    loaded_at=f"{row.loaded_at:%Y-%m-%d %H:%M}",
                    sample=f":orange-badge[{t.BATCH_SAMPLE}]" if row.sample else "",
                    tagger=_tagger(row.tagger_version),
                )
            )
            with st.popover(t.BATCH_UNDO, icon=":material/undo:"):
                st.markdown(t.BATCH_UNDO_ASK.format(documents=f"{row.documents:,}"))
                if st.button(t.BATCH_UNDO, key=f"undo_{row.batch_id}", type="primary"):
                    pipeline.undo(frame.store(), row.batch_id)
                    st.toast(t.BATCH_UNDONE)
                    st.rerun()


def _tagger(version: str) -> str:
    """What tagged a batch, where that was not the built-in tagger alone."""
    by = TaggerVersion.parse(version)
    if not by.model:
        return ""
    said = t.BATCH_FELL_BACK if by.fell_back else t.BATCH_LLM
    # A colon begins a colour or a sign.
    model = by.model.replace(":", "\\:")
    return f":violet-badge[{said.format(model=model, n=f'{by.fell_back:,}')}]"


def export() -> None:
    """The documents of the present scope, or the report, to take away."""
    st.caption(t.EXPORT_NOTE)
    with st.container(horizontal=True):
        for suffix in report.SUFFIXES:
            name = suffix.removeprefix(".").upper()
            made = st.session_state.get("export")
            if made and made[0] == (suffix, frame.scope(), cache.version()):
                st.download_button(
                    t.EXPORT_DOWNLOAD.format(suffix=name),
                    made[1],
                    file_name=f"sagwa{suffix}",
                    mime=_MIME[suffix],
                    key=f"export_{suffix}",
                    type="primary",
                )
            elif st.button(t.EXPORT_PREPARE.format(suffix=name), key=f"prepare_{suffix}"):
                st.session_state["export"] = (
                    (suffix, frame.scope(), cache.version()),
                    _made(suffix, frame.scope()),
                )
                st.rerun()


def _made(suffix: str, scope: Scope) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"sagwa{suffix}"
        report.export(frame.store(), scope, out)
        return out.read_bytes()
