"""Documents as they were stored, back as what they were stored from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from analysis.model import (
    Document,
    Evidence,
    Kind,
    MaskedText,
    Sentiment,
    Speaker,
    Tag,
    TaggedDocument,
    Turn,
)
from analysis.store import views
from analysis.store.tables import CANCELLATION_REQUEST, OPPORTUNITIES

# Documents read at once: bounds memory.
_AT_ONCE = 20_000


def of_batch(path: Path, batch_id: str) -> Iterator[list[TaggedDocument]]:
    """Every document of one load, of superseded versions as well, many at a time.

    In the order of their ids.
    """
    sql = "SELECT kind, document_id FROM all_documents WHERE batch_id = ? ORDER BY ALL"
    keys = views.read(path, lambda con: con.execute(sql, (batch_id,)).fetchall())
    for kind, of_kind in groupby(keys, key=lambda key: key[0]):
        ids = [document_id for _, document_id in of_kind]
        for at in range(0, len(ids), _AT_ONCE):
            part = ids[at : at + _AT_ONCE]
            yield _between(path, batch_id, kind, part[0], part[-1])


def _between(path: Path, batch_id: str, kind: str, first: str, last: str) -> list[TaggedDocument]:
    these = "batch_id = ? AND kind = ? AND document_id BETWEEN ? AND ?"
    values = (batch_id, kind, first, last)

    def query(connection: DuckDBPyConnection) -> list[TaggedDocument]:
        documents = views.arrow(
            connection,
            f"SELECT * FROM all_documents WHERE {these} ORDER BY document_id",
            values,
        )
        turns = views.arrow(
            connection,
            "SELECT document_id, turn, speaker, text, sent_at, sentiment FROM all_turns "
            f"WHERE {these} ORDER BY document_id, turn",
            values,
        )
        rows = zip(*(column.to_pylist() for column in turns.columns), strict=True)
        said = {key: list(of_one) for key, of_one in groupby(rows, key=lambda row: row[0])}
        return [
            _tagged(fields, said.get(fields["document_id"], [])) for fields in documents.to_pylist()
        ]

    return views.read(path, query)


def tags(evidence: str) -> tuple[Tag, ...]:
    """The tags of a document with what shows them, from the column `evidence`."""
    return tuple(
        Tag(
            tag,
            tuple(Evidence(*span) for span in shown["spans"]),
            tuple(shown["searched"]),
            shown["confidence"],
        )
        for tag, shown in json.loads(evidence).items()
    )


def _tagged(fields: dict[str, Any], said: list[tuple[Any, ...]]) -> TaggedDocument:
    kind = Kind(fields["kind"])
    could = {behaviour for behaviour, column in OPPORTUNITIES.items() if fields[column]}
    if fields[CANCELLATION_REQUEST]:
        could.add(CANCELLATION_REQUEST)
    document = Document(
        id=fields["document_id"],
        kind=kind,
        # The store holds nothing that was not masked.
        turns=tuple(
            Turn(turn, Speaker(speaker), MaskedText(text), sent_at)
            for _, turn, speaker, text, sent_at, _ in said
        ),
        customer_id=fields["customer_id"],
        agent_id=fields["agent_id"],
        channel=fields["channel"],
        source=fields["source"],
        title=None if fields["title"] is None else MaskedText(fields["title"]),
        url=fields["url"],
        started_at=fields["started_at"],
        ended_at=fields["ended_at"],
    )
    whole = fields["sentiment"] if kind is Kind.REVIEW else None
    return TaggedDocument(
        document,
        tags(fields["evidence"]),
        frozenset(could),
        {turn: Sentiment(feeling) for _, turn, *_, feeling in said if feeling is not None},
        None if whole is None else Sentiment(whole),
        json.loads(fields["doubts"] or "{}"),
    )
