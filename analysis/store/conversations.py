"""The documents themselves: lists of them, one whole, and all of them as rows to export."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from duckdb import DuckDBPyConnection

from analysis.codebook import ALL_TAGS
from analysis.model import Outcome, Scope, Tag
from analysis.store import checks, conditions, stored, views
from analysis.store.conditions import Condition
from analysis.store.tables import OPPORTUNITIES

_LISTED = (
    "document_id",
    "kind",
    "customer_id",
    "agent_id",
    "channel",
    "ended_at",
    "turns",
    "sentiment_end",
    "title",
    "excerpt",
)

_ORDER = "h.doubt DESC NULLS LAST, h.ended_at DESC NULLS LAST, h.document_id, h.kind"

_IS_CHECKED = f"(d.kind, d.document_id) IN (SELECT kind, document_id FROM {checks.CHECKED}"
_CHECKED = {
    "yes": Condition(f"{_IS_CHECKED})"),
    "no": Condition(f"NOT {_IS_CHECKED})"),
    "differs": Condition(f"{_IS_CHECKED} WHERE differs)"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of a list of documents, and how long the whole list is."""

    total: int
    rows: pd.DataFrame


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A turn as stored; `spans` are (tag, start, end) in characters of its text."""

    index: int
    speaker: str
    text: str
    sent_at: datetime | None
    sentiment: str | None
    spans: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """One document with all that is known of it; `outcome` is what became of its customer."""

    document_id: str
    kind: str
    batch_id: str
    file: str
    customer_id: str | None
    agent_id: str | None
    channel: str | None
    source: str | None
    title: str | None
    url: str | None
    started_at: datetime | None
    ended_at: datetime | None
    sentiment_start: str | None
    sentiment_end: str | None
    tags: tuple[Tag, ...]
    opportunities: frozenset[str]
    cancellation_request: bool
    doubts: dict[str, float]
    turns: tuple[StoredTurn, ...]
    outcome: Outcome | None


def conversations(
    path: Path,
    scope: Scope,
    *,
    ids: tuple[str, ...] | None = None,
    tags: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
    eligible_for: str | None = None,
    sentiment: str | None = None,
    search: str = "",
    followed: bool = False,
    churned: bool | None = None,
    horizon: int = 60,
    include_cancellation: bool = False,
    checked: Literal["yes", "no", "differs"] | None = None,
    doubtful: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> Page:
    """The documents of a scope that match every condition, newest first.

    `ids` are all that may be listed; `tags` all hold and `without` all do not; `sentiment` is that
    at the end; `search` is a piece of a text, title or id, whatever its case. `followed` keeps the
    documents that count in the comparison with churn; `churned` those of them whose customer left
    within `horizon` days (True) or did not (False). Only there are cancellation requests left out.
    `checked` keeps the documents of which people said something, said nothing, or said other than
    the program. `doubtful` lists those first of whose tags the program is least sure; where exactly
    one tag is asked for, those in which that tag's chance is nearest to a half.
    Rows: document_id, kind, customer_id, agent_id, channel, ended_at, turns, sentiment_end, title,
    tags (list of ids), excerpt, churned_at, differs (null where nobody checked).
    Raises KeyError for an id of neither the codebook nor the house.
    """
    told = conditions.journey(scope, horizon, include_cancellation=include_cancellation)
    wanted = [Condition(conditions.column(tag)) for tag in tags]
    wanted += [Condition(f"NOT {conditions.column(tag)}") for tag in without]
    if ids is not None:
        wanted.append(Condition("list_contains(?, d.document_id)", (list(ids),)))
    if eligible_for is not None:
        wanted.append(Condition(conditions.eligible(eligible_for)))
    if sentiment is not None:
        wanted.append(Condition("d.sentiment_end = ?", (sentiment,)))
    if followed:
        wanted.append(Condition("d.followed"))
    if churned is not None:
        wanted.append(
            Condition("d.followed AND d.churned" if churned else "d.followed AND NOT d.churned")
        )
    if search.strip():
        wanted.append(_containing(search.strip()))
    if checked is not None:
        wanted.append(_CHECKED[checked])
    chosen = conditions.every(wanted)
    doubt = _doubt((*tags, *without)) if doubtful else "NULL"

    def query(connection: DuckDBPyConnection) -> Page:
        # The keys first: sorting whole rows of a large store would take most of the time.
        connection.execute(
            f"CREATE TEMP TABLE hits AS SELECT d.kind, d.document_id, d.ended_at, d.churned_at, "
            f"{doubt} AS doubt FROM ({told.sql}) d WHERE {chosen.sql}",
            (*told.values, *chosen.values),
        )
        total = connection.execute("SELECT count(*) FROM hits").fetchall()[0][0]
        listed = ", ".join(f"d.{column}" for column in _LISTED)
        flags = ", ".join(conditions.column(tag) for tag in ALL_TAGS)
        rows = connection.execute(
            f"SELECT {listed}, h.churned_at, c.differs, d.house, {flags} FROM documents d JOIN "
            f"(SELECT * FROM hits h ORDER BY {_ORDER} LIMIT ? OFFSET ?) h "
            "ON h.kind = d.kind AND h.document_id = d.document_id "
            f"LEFT JOIN {checks.CHECKED} c ON c.kind = d.kind AND c.document_id = d.document_id "
            f"ORDER BY {_ORDER}",
            (limit, offset),
        ).df()
        return Page(total, _with_tag_lists(rows))

    return views.read(path, query)


def document(path: Path, document_id: str, kind: str | None = None) -> StoredDocument | None:
    """One document whole, or None where no visible load has it.

    Where a chat and a review share the id and no kind is given, it is the chat.
    """

    def query(connection: DuckDBPyConnection) -> StoredDocument | None:
        found = views.arrow(
            connection,
            "SELECT * FROM documents WHERE document_id = ? AND kind = coalesce(?, kind) "
            "ORDER BY kind LIMIT 1",
            (document_id, kind),
        )
        if found.num_rows == 0:
            return None
        fields = found.to_pylist()[0]
        turns = connection.execute(
            "SELECT turn, speaker, text, sent_at, sentiment, spans FROM turns "
            "WHERE document_id = ? AND kind = ? ORDER BY turn",
            (document_id, fields["kind"]),
        ).fetchall()
        outcomes = views.arrow(
            connection, "SELECT * FROM outcomes WHERE customer_id = ?", (fields["customer_id"],)
        )
        return StoredDocument(
            document_id=fields["document_id"],
            kind=fields["kind"],
            batch_id=fields["batch_id"],
            file=fields["file"],
            customer_id=fields["customer_id"],
            agent_id=fields["agent_id"],
            channel=fields["channel"],
            source=fields["source"],
            title=fields["title"],
            url=fields["url"],
            started_at=fields["started_at"],
            ended_at=fields["ended_at"],
            sentiment_start=fields["sentiment_start"],
            sentiment_end=fields["sentiment_end"],
            tags=stored.tags(fields["evidence"]),
            opportunities=frozenset(
                behaviour for behaviour, column in OPPORTUNITIES.items() if fields[column]
            ),
            cancellation_request=fields["cancellation_request"],
            doubts=json.loads(fields["doubts"] or "{}"),
            turns=tuple(_turn(*turn) for turn in turns),
            outcome=_outcome(outcomes.to_pylist()),
        )

    return views.read(path, query)


def export_rows(path: Path, scope: Scope) -> pd.DataFrame:
    """One row a document of a scope, oldest first, with its tags, evidence and where it came from.

    Columns: document_id, kind, customer_id, agent_id, channel, source, title, url, started_at,
    ended_at, turns, sentiment_start, sentiment_end, a boolean a tag by its id, a boolean an
    opportunity (`opp_<id>`), evidence (lines "tag: quoted text"), file, batch_id, house (ids of
    rules of the house, separated by commas), and what people said: checked_added and
    checked_removed (ids of tags), checked_by.
    """
    scoped = conditions.in_scope(scope)
    flags = ", ".join((*ALL_TAGS, *OPPORTUNITIES.values()))
    sql = f"""
        SELECT document_id, kind, customer_id, agent_id, channel, source, title, url, started_at,
            ended_at, turns, sentiment_start, sentiment_end, {flags}, quotes AS evidence, file,
            batch_id, array_to_string(house, ', ') AS house, checked_added, checked_removed,
            checked_by
        FROM documents d LEFT JOIN {checks.CHECKED} USING (kind, document_id)
        WHERE {scoped.sql} ORDER BY ended_at NULLS LAST, document_id, kind
    """
    found = views.read(path, lambda con: views.arrow(con, sql, scoped.values))
    return found.to_pandas()


def _doubt(asked: tuple[str, ...]) -> str:
    """What the list is sorted by, greatest first, where the doubtful ones are to come first."""
    if len(asked) != 1:
        return "d.doubt"
    conditions.column(asked[0])
    chance = f"coalesce(d.doubts->'{asked[0]}', d.evidence->'{asked[0]}'->'confidence')"
    return f"-abs({chance}::DOUBLE - 0.5)"


def _containing(piece: str) -> Condition:
    # Matching whatever the case is three times as fast as lower-casing every text first.
    pattern = f"(?i){re.escape(piece)}"
    here = " OR ".join(
        f"regexp_matches(d.{column}, ?)"
        for column in ("document_id", "customer_id", "agent_id", "title")
    )
    said = "SELECT t.kind, t.document_id FROM turns t WHERE regexp_matches(t.text, ?)"
    return Condition(
        f"coalesce({here}, FALSE) OR (d.kind, d.document_id) IN ({said})", (pattern,) * 5
    )


def _with_tag_lists(rows: pd.DataFrame) -> pd.DataFrame:
    held = rows[list(ALL_TAGS)].to_numpy(dtype=bool)
    lists = [
        [*(tag for tag, holds in zip(ALL_TAGS, row, strict=True) if holds), *house]
        for row, house in zip(held, _lists(rows["house"]), strict=True)
    ]
    listed = rows.drop(columns=[*ALL_TAGS, "house"])
    listed["tags"] = pd.Series(lists, index=rows.index, dtype=object)
    return listed


def _lists(column: pd.Series) -> list[list[str]]:
    """The lists of a column, empty where a row is from before it."""
    return [[] if one is None else list(one) for one in column]


def _turn(
    index: int,
    speaker: str,
    text: str,
    sent_at: datetime | None,
    sentiment: str | None,
    spans: str,
) -> StoredTurn:
    marked = tuple((tag, start, end) for tag, start, end in json.loads(spans))
    return StoredTurn(index, speaker, text, sent_at, sentiment, marked)


def _outcome(found: list[dict[str, Any]]) -> Outcome | None:
    if not found:
        return None
    fields = found[0]
    return Outcome(
        customer_id=fields["customer_id"],
        observed_until=fields["observed_until"],
        started_at=fields["started_at"],
        churned_at=fields["churned_at"],
        plan=fields["plan"],
        monthly_value=fields["monthly_value"],
        currency=fields["currency"],
        covariates=tuple(json.loads(fields["covariates"]).items()),
    )
