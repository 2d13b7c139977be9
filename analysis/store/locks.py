"""One writer at a time, and a mark for every load under way; readers take neither.

The locks are those of SQLite on files of their own, because the operating system lets go of them
when a process dies: nobody has to guess from a process id whether a load still runs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.errors import StoreBusy

_FOLDER = "_locks"
_SUFFIX = ".loading"

# A writer holds the store for one fragment, a compaction or an erasure: seconds, not minutes.
_PATIENCE = 300.0


def _lock(file: Path, patience: float) -> sqlite3.Connection | None:
    file.parent.mkdir(parents=True, exist_ok=True)
    held = sqlite3.connect(file, timeout=patience, isolation_level=None, check_same_thread=False)
    try:
        held.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        held.close()
        return None
    return held


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Hold the store for writing; not to be nested.

    Raises StoreBusy when another process keeps it for five minutes.
    """
    held = _lock(path / _FOLDER / "writing", _PATIENCE)
    if held is None:
        raise StoreBusy(str(path))
    try:
        yield
    finally:
        held.close()


class Mark:
    """Says that rows of one batch are not settled: a load or an undo is under way."""

    def __init__(self, path: Path, batch_id: str) -> None:
        self._file = path / _FOLDER / f"{batch_id}{_SUFFIX}"
        self._held: sqlite3.Connection | None = None

    def take(self) -> None:
        """Set the mark for as long as this process lives; call it while writing."""
        self._held = _lock(self._file, 0.0)

    def release(self) -> None:
        """Drop the mark: the batch is visible whole, or nothing of it is left."""
        if self._held is not None:
            self._held.close()
        self._file.unlink(missing_ok=True)


def abandoned(path: Path) -> list[str]:
    """Batch ids whose mark outlived its process; call it while writing."""
    found = []
    for file in sorted((path / _FOLDER).glob(f"*{_SUFFIX}")):
        held = _lock(file, 0.0)
        if held is not None:
            held.close()
            found.append(file.name.removesuffix(_SUFFIX))
    return found
