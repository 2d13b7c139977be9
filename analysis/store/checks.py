"""What people decided on the tags of documents: rows are added, and each person's last word counts.

The views `decisions` and `decided` (views.py) tell which rows count. A document whose load is taken
back keeps them, so that loading it again brings them back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
from duckdb import DuckDBPyConnection

from analysis.codebook import ALL_TAGS, HOUSE
from analysis.errors import UnknownDocument
from analysis.model import MaskedText
from analysis.store import conditions, locks, removal, tables, views

TABLE = "reviews_by_people"

# Whether the program gave the tag `k.tag` to the document `d`.
_HOLDS = (
    "CASE k.tag "
    + " ".join(f"WHEN '{tag}' THEN {conditions.column(tag)}" for tag in ALL_TAGS)
    + " ELSE coalesce(list_contains(d.house, k.tag), FALSE) END"
)
# What was said of a rule of the house that nobody saved, or that is retired, is no tag.
_BOTH = (
    f"SELECT k.*, {_HOLDS} AS holds FROM decided k "
    "JOIN documents d ON d.kind = k.kind AND d.document_id = k.document_id "
    f"WHERE NOT starts_with(k.tag, '{HOUSE}') OR k.tag IN (SELECT id FROM active_rules)"
)

# One row a checked document: the tags that people added and took away, and who they were. Where
# people are even, the program's tag stands.
CHECKED = f"""(
    SELECT kind, document_id, checked_added, checked_removed, checked_by,
        coalesce(checked_added, checked_removed) IS NOT NULL AS differs
    FROM (
        SELECT kind, document_id,
            string_agg(tag, ', ' ORDER BY tag) FILTER (decision AND NOT holds) AS checked_added,
            string_agg(tag, ', ' ORDER BY tag) FILTER (NOT decision AND holds) AS checked_removed
        FROM ({_BOTH}) GROUP BY ALL
    ) JOIN (
        SELECT kind, document_id,
            string_agg(DISTINCT reviewer, ', ' ORDER BY reviewer) AS checked_by
        FROM decisions GROUP BY ALL
    ) USING (kind, document_id)
)"""


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person last said of one tag: whether it applies to the document."""

    tag: str
    decision: bool
    reviewer: str
    decided_at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents were checked, and the checks by tag.

    `table` has one row a tag that was checked: tag, checked (documents with the tag of which people
    said something), right (of them, those where they said that it applies), added (documents
    without the tag to which people gave it).
    """

    documents: int
    table: pd.DataFrame


def decide(
    path: Path,
    document_id: str,
    kind: str,
    tag: str,
    decision: bool | None,
    *,
    reviewer: str,
    note: MaskedText | None = None,
) -> None:
    """Write what a person says of a tag: it applies, it does not, or (None) nothing any more.

    Raises UnknownDocument where no visible load has the document, and KeyError for a tag that is
    not in the codebook.
    """
    conditions.column(tag)
    if note is not None and not isinstance(note, MaskedText):
        raise TypeError("the store takes only MaskedText: note")
    with locks.writing(path):
        with views.connect(path) as connection:
            found = connection.execute(
                "SELECT customer_id FROM documents WHERE document_id = ? AND kind = ?",
                (document_id, kind),
            ).fetchall()
        if not found:
            raise UnknownDocument(document_id)
        row = {
            "document_id": document_id,
            "kind": kind,
            "tag": tag,
            "decision": decision,
            "reviewer": reviewer,
            "decided_at": tables.now(),
            "note": note,
            # Kept with the check: the document may be taken back before its customer is erased.
            "customer_id": found[0][0],
        }
        tables.append(path, TABLE, pa.Table.from_pylist([row], schema=tables.SCHEMAS[TABLE]))
        removal.compact(path)


def of_document(path: Path, document_id: str, kind: str) -> tuple[Decision, ...]:
    """What people say of a document, by tag and the oldest first."""

    def query(connection: DuckDBPyConnection) -> tuple[Decision, ...]:
        found = connection.execute(
            "SELECT tag, decision, reviewer, decided_at, coalesce(note, '') FROM decisions "
            "WHERE document_id = ? AND kind = ? ORDER BY tag, decided_at",
            (document_id, kind),
        ).fetchall()
        return tuple(Decision(*row) for row in found)

    return views.read(path, query)


def of_tag(path: Path, tag: str) -> dict[tuple[str, str], bool]:
    """What people say of a tag by (kind, document id), without those on which they are even."""
    sql = "SELECT kind, document_id, decision FROM decided WHERE tag = ? AND decision IS NOT NULL"
    found = views.read(path, lambda con: con.execute(sql, (tag,)).fetchall())
    return {(kind, document_id): decision for kind, document_id, decision in found}


def counts(path: Path) -> Counts:
    """The checks of all visible documents."""

    def query(connection: DuckDBPyConnection) -> Counts:
        documents = connection.execute(f"SELECT count(*) FROM {CHECKED}").fetchall()[0][0]
        table = connection.execute(
            "SELECT tag, count(*) FILTER (holds AND decision IS NOT NULL) AS checked, "
            "count(*) FILTER (holds AND decision) AS right, "
            f"count(*) FILTER (NOT holds AND decision) AS added FROM ({_BOTH}) "
            "GROUP BY tag HAVING checked > 0 OR added > 0 ORDER BY checked DESC, tag"
        ).df()
        return Counts(documents, table)

    return views.read(path, query)


def version(path: Path) -> str:
    """A short text that changes whenever a check or anything else visible changes."""
    return f"{tables.version(path)}.{tables.commits(path, TABLE)}"
