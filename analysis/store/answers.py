"""Answers of a language model, kept so that no text is paid for twice, and who they are about.

A file of SQLite and no table of record: tags are stored with their documents as all others are. An
answer holds ids and places, no word of a text. It is found by its key; by whom it is about it is
found to be forgotten.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from analysis.errors import UnusablePlace
from analysis.model import Document

_FILE = "llm_answers.sqlite"
# Another process writes one answer in milliseconds.
_PATIENCE = 60.0
# Values of one statement; SQLite allows more.
_AT_ONCE = 500

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS owners (
    key TEXT NOT NULL, kind TEXT NOT NULL, document_id TEXT NOT NULL, customer_id TEXT NOT NULL,
    PRIMARY KEY (key, kind, document_id, customer_id)
) WITHOUT ROWID;
"""


def find(path: Path, keys: Sequence[str]) -> dict[str, str]:
    """The kept answers by their keys, of those keys that have one."""
    if not (path / _FILE).exists():
        return {}
    found: dict[str, str] = {}
    with _opened(path) as kept:
        for at in range(0, len(keys), _AT_ONCE):
            part = keys[at : at + _AT_ONCE]
            marks = ",".join("?" * len(part))
            found |= dict(
                kept.execute(f"SELECT key, answer FROM answers WHERE key IN ({marks})", part)
            )
    return found


def keep(path: Path, answers: Sequence[tuple[str, str | None, Sequence[Document]]]) -> None:
    """Keep answers with the documents that they are about; None where the answer is kept already.

    The documents' texts are not kept.
    """
    if not answers:
        return
    path.mkdir(parents=True, exist_ok=True)
    with _opened(path) as kept:
        for key, answer, documents in answers:
            if answer is not None:
                kept.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (key, answer))
            kept.executemany(
                "INSERT OR IGNORE INTO owners VALUES (?, ?, ?, ?)",
                [(key, one.kind.value, one.id, one.customer_id or "") for one in documents],
            )


def forget(path: Path, customer_id: str, documents: Sequence[tuple[str, str]]) -> int:
    """Erase the answers about a customer; gives the number of answers by document.

    These are the answers about documents that name the customer, here or in the store (`documents`:
    kind and id), in versions that name nobody as well. An answer that another document with the
    same text has, too, stays for that one.
    """
    if not (path / _FILE).exists():
        return 0
    with _opened(path) as kept:
        kept.execute("CREATE TEMP TABLE theirs (kind TEXT, document_id TEXT)")
        kept.executemany("INSERT INTO theirs VALUES (?, ?)", documents)
        kept.execute(
            "INSERT INTO theirs SELECT kind, document_id FROM owners WHERE customer_id = ?",
            (customer_id,),
        )
        erased = kept.execute(
            "DELETE FROM owners WHERE customer_id = ? OR (customer_id = '' AND "
            "(kind, document_id) IN (SELECT kind, document_id FROM theirs))",
            (customer_id,),
        )
        kept.execute("DELETE FROM answers WHERE key NOT IN (SELECT key FROM owners)")
        return erased.rowcount


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as one transaction; what is deleted is overwritten.

    Raises UnusablePlace where the file is none of SQLite's or cannot be written.
    """
    opened = None
    try:
        opened = sqlite3.connect(path / _FILE, timeout=_PATIENCE)
        opened.execute("PRAGMA secure_delete = ON")
        opened.executescript(_SCHEMA)
        with opened:
            yield opened
    except sqlite3.Error:
        raise UnusablePlace(str(path / _FILE)) from None
    finally:
        if opened is not None:
            opened.close()
