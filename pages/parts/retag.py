"""Tagging anew what is stored, in the background, with its progress on the page."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from analysis import retagging
from analysis.errors import AnalysisError, UnusablePlace
from pages.parts import cache, frame
from pages.parts.text import t


@dataclass
class Job:
    """The run of this process, which every session sees; there is one at a time."""

    thread: threading.Thread | None = None
    done: int = 0
    total: int = 0
    report: retagging.Report | None = None
    problem: AnalysisError | None = None
    faulty: bool = False

    @property
    def runs(self) -> bool:
        """Whether it is under way."""
        return self.thread is not None and self.thread.is_alive()

    def start(self, store: Path) -> None:
        """Begin, unless one is under way."""
        if self.runs:
            return
        self.done = self.total = 0
        self.report = self.problem = None
        self.faulty = False
        # With the server it ends at once: whole batches are done, and the rest is as it was.
        self.thread = threading.Thread(target=self._run, args=(store,), daemon=True)
        self.thread.start()

    def _run(self, store: Path) -> None:
        try:
            self.report = retagging.retag(store, progress=self._show)
        except AnalysisError as problem:
            self.problem = problem
        except OSError:
            self.problem = UnusablePlace(str(store))
        except Exception as fault:
            self.faulty = True
            # The message of a fault may quote customer text.
            logging.getLogger("sagwa").error("%s while tagging anew", type(fault).__name__)

    def _show(self, done: int, total: int) -> None:
        self.done, self.total = done, total


@st.cache_resource
def job() -> Job:
    """The one of this process."""
    return Job()


def section() -> None:
    """What is not tagged by the present versions, a button that changes this, and its progress."""
    if cache.version() == "":
        return
    st.subheader(t.RETAG_HEAD, anchor=False)
    if job().runs:
        _progress()
        return
    stale = retagging.stale(frame.store())
    if job().report is not None and not stale:
        st.success(retagging.sentence(job().report), icon=":material/check:")
    if job().problem is not None:
        st.warning(str(job().problem), icon=":material/report:")
    if job().faulty:
        st.error(t.UNEXPECTED, icon=":material/error:")
    if not stale:
        st.caption(t.RETAG_PRESENT)
        return
    documents = sum(load["documents"] for load in stale)
    st.caption(t.RETAG_NOTE.format(batches=f"{len(stale):,}", documents=f"{documents:,}"))
    st.button(
        t.RETAG_START,
        key="retag",
        icon=":material/sync:",
        on_click=job().start,
        args=(frame.store(),),
    )


@st.fragment(run_every=1.0)
def _progress() -> None:
    found = job()
    if not found.runs:
        st.rerun()
    said = t.RETAG_PROGRESS.format(done=f"{found.done:,}", total=f"{found.total:,}")
    st.progress(min(found.done / max(found.total, 1), 1.0), said)
