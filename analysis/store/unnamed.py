"""The documents that no topic covers well, and their words as far as suggestions need them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from analysis.codebook import TOPICS
from analysis.model import Scope, Speaker
from analysis.store import conditions, views

Key = tuple[str, str]  # kind, document id

# Below this chance a topic is a guess.
_SURE = 0.5
# Characters of a document that are read; what a contact is about is said early.
_READ = 1_200


@dataclass(frozen=True, slots=True)
class Drawn:
    """Documents with their words, in an order that further loads do not change.

    The first `unnamed` are of the `all_unnamed` that no topic covers, the rest of the others.
    """

    keys: tuple[Key, ...]
    texts: tuple[str, ...]
    unnamed: int
    all_unnamed: int


@dataclass(frozen=True, slots=True)
class Counted:
    """The unnamed documents of a scope with their times, and how many documents it has in all."""

    ended_at: dict[Key, datetime | None]
    documents: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a list says of one document."""

    document_id: str
    kind: str
    ended_at: datetime | None
    excerpt: str


def draw(path: Path, *, unnamed: int, others: int) -> Drawn:
    """At most so many of the unnamed documents, and of the others, with what people said in them.

    Unnamed: tagged `other`, or no topic with a chance of 0.5, or none whose words stand in the
    text. Drawn by a hash of kind and id.
    """

    def query(connection: DuckDBPyConnection) -> Drawn:
        connection.execute(
            "CREATE TEMP TABLE pool AS SELECT kind, document_id, unnamed, "
            "row_number() OVER (PARTITION BY unnamed ORDER BY hash, kind, document_id) AS place "
            f"FROM (SELECT kind, document_id, {_uncovered()} AS unnamed, "
            "md5(kind || ' ' || document_id) AS hash FROM documents d)"
        )
        rows = connection.execute(
            "SELECT p.kind, p.document_id, p.unnamed, "
            "left(coalesce(string_agg(t.text, ' ' ORDER BY t.turn), ''), ?) "
            "FROM pool p LEFT JOIN turns t ON t.kind = p.kind AND t.document_id = p.document_id "
            "AND list_contains(?, t.speaker) "
            "WHERE p.place <= CASE WHEN p.unnamed THEN ? ELSE ? END "
            "GROUP BY p.kind, p.document_id, p.unnamed, p.place "
            "ORDER BY p.unnamed DESC, p.place",
            (_READ, [Speaker.CUSTOMER, Speaker.AGENT], unnamed, others),
        ).fetchall()
        counted = connection.execute("SELECT count(*) FILTER (unnamed) FROM pool").fetchall()
        return Drawn(
            keys=tuple((kind, document_id) for kind, document_id, _, _ in rows),
            texts=tuple(text for *_, text in rows),
            unnamed=sum(one for _, _, one, _ in rows),
            all_unnamed=counted[0][0],
        )

    return views.read(path, query)


def count(path: Path, scope: Scope) -> Counted:
    """The unnamed documents of a scope."""
    scoped = conditions.in_scope(scope)

    def query(connection: DuckDBPyConnection) -> Counted:
        rows = connection.execute(
            f"SELECT d.kind, d.document_id, d.ended_at FROM documents d "
            f"WHERE {_uncovered()} AND {scoped.sql}",
            scoped.values,
        ).fetchall()
        total = connection.execute(
            f"SELECT count(*) FROM documents d WHERE {scoped.sql}", scoped.values
        ).fetchall()
        found = {(kind, document_id): ended_at for kind, document_id, ended_at in rows}
        return Counted(found, total[0][0])

    return views.read(path, query)


def excerpts(path: Path, keys: Sequence[Key]) -> dict[Key, Excerpt]:
    """What a list says of some documents, by their keys."""
    kinds, ids = [kind for kind, _ in keys], [document_id for _, document_id in keys]
    rows = views.read(
        path,
        lambda con: con.execute(
            "SELECT d.document_id, d.kind, d.ended_at, d.excerpt FROM documents d "
            "WHERE (d.kind, d.document_id) IN (SELECT unnest(?), unnest(?))",
            (kinds, ids),
        ).fetchall(),
    )
    return {(row[1], row[0]): Excerpt(*row) for row in rows}


def _uncovered() -> str:
    """Condition: no topic but `other` is likely, or of none do the words stand in the text."""
    # Lists of paths: one path at a time, the same text would be read again for each of them.
    topics = [topic for topic in TOPICS if topic != "other"]
    chances = ", ".join(f"'$.{topic}.confidence'" for topic in topics)
    places = ", ".join(f"'$.{topic}.spans[0]'" for topic in topics)
    return (
        f"NOT (coalesce(list_max(list_transform(d.evidence->>[{chances}], lambda one: one::DOUBLE))"
        f" >= {_SURE}, FALSE) AND list_count(d.evidence->>[{places}]) > 0)"
    )
