"""What was said: the stored turns in which a rule is looked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from analysis.model import SaidTurn
from analysis.store import views

Key = tuple[str, str]  # kind, document id


def holding(path: Path, wanted: str, unwanted: str | None, speaker: str | None) -> set[Key]:
    """The documents with a turn that holds one pattern of DuckDB's and not the other.

    Only turns of the speaker count, where one is given.
    """
    conditions, values = _where(wanted, speaker)
    if unwanted is not None:
        conditions += " AND NOT regexp_matches(t.text, ?)"
        values.append(unwanted)
    sql = f"SELECT DISTINCT t.kind, t.document_id FROM turns t WHERE {conditions}"
    return set(views.read(path, lambda con: con.execute(sql, values).fetchall()))


def turns(
    path: Path,
    *,
    wanted: str | None = None,
    speaker: str | None = None,
    documents: Sequence[Key] | None = None,
    whole: bool = True,
) -> Iterator[tuple[Key, list[SaidTurn]]]:
    """The documents with a turn that holds a pattern of DuckDB's, in the order of their keys.

    Each with all its turns and their tags or, where not `whole`, with the turns of the speaker.
    `documents` names those that are asked for.
    """
    conditions, values = _where(wanted, speaker)
    if documents is not None:
        conditions += " AND (t.kind, t.document_id) IN (SELECT unnest(?), unnest(?))"
        values += [[kind for kind, _ in documents], [one for _, one in documents]]
    spans = "t.spans" if whole else "'[]'"
    source = "turns t"
    if whole:
        keys = f"SELECT t.kind, t.document_id FROM turns t WHERE {conditions}"
        source = (
            f"turns t SEMI JOIN ({keys}) h ON h.kind = t.kind AND h.document_id = t.document_id"
        )
        conditions = "TRUE"
    sql = (
        f"SELECT t.kind, t.document_id, t.turn, t.speaker, t.text, {spans} FROM {source} "
        f"WHERE {conditions} ORDER BY t.kind, t.document_id, t.turn"
    )
    found = views.read(path, lambda con: views.arrow(con, sql, values))
    # Column by column: rows of DuckDB's own take five times as long.
    rows = zip(*(column.to_pylist() for column in found.columns), strict=True)
    for key, of_one in groupby(rows, key=lambda row: (row[0], row[1])):
        said = [SaidTurn(at, who, text, _tags(marked)) for _, _, at, who, text, marked in of_one]
        yield key, said


def _where(wanted: str | None, speaker: str | None) -> tuple[str, list[object]]:
    given = [("regexp_matches(t.text, ?)", wanted), ("t.speaker = ?", speaker)]
    conditions = [sql for sql, value in given if value is not None] or ["TRUE"]
    return " AND ".join(conditions), [value for _, value in given if value is not None]


def count(path: Path) -> int:
    """Number of visible documents."""
    sql = "SELECT count(*) FROM documents"
    return int(views.read(path, lambda con: con.execute(sql).fetchall()[0][0]))


_NONE: frozenset[str] = frozenset()


def _tags(spans: str) -> frozenset[str]:
    return _NONE if spans == "[]" else frozenset(tag for tag, _, _ in json.loads(spans))
