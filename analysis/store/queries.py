"""Numbers over the documents of a scope: totals, weeks, tags, and who is counted for churn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import pandas as pd
from duckdb import DuckDBPyConnection

from analysis import codebook
from analysis.codebook import ALL_TAGS, TOPICS
from analysis.model import Scope
from analysis.store import conditions, views


@dataclass(frozen=True, slots=True)
class Options:
    """What there is to choose from, over the whole store; counts are documents."""

    first_day: date | None
    last_day: date | None
    kinds: dict[str, int]
    channels: dict[str, int]
    topics: dict[str, int]


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts of documents, but for `customers` and `known_outcomes`, which are customers."""

    documents: int
    chats: int
    reviews: int
    complaints: int
    customers: int
    negative: int
    neutral: int
    positive: int
    known_outcomes: int


@dataclass(frozen=True, slots=True)
class Flow:
    """Documents that remain after each step, each a part of the one before."""

    documents: int
    known_customer: int
    customer_at_t: int
    not_cancellation_request: int
    followed: int


@dataclass(frozen=True, slots=True)
class EligibleFlow:
    """Followed documents that a behaviour could occur in, with it and without, and the churned."""

    followed: int
    eligible: int
    exposed: int
    exposed_churned: int
    unexposed: int
    unexposed_churned: int


def options(path: Path) -> Options:
    """The days, kinds, channels and topics that occur in the store."""
    topics = ", ".join(f"count(*) FILTER (d.{topic})" for topic in TOPICS)

    def query(connection: DuckDBPyConnection) -> Options:
        found = connection.execute(
            f"SELECT min(d.ended_at)::DATE, max(d.ended_at)::DATE, {topics} FROM documents d"
        ).fetchall()[0]
        counted = dict(zip(TOPICS, found[2:], strict=True))
        return Options(
            first_day=found[0],
            last_day=found[1],
            kinds=_counts(connection, "kind"),
            channels=_counts(connection, "channel"),
            topics={topic: count for topic, count in counted.items() if count},
        )

    return views.read(path, query)


def totals(path: Path, scope: Scope) -> Totals:
    """How many documents, complaints and customers a scope holds.

    Sentiment is that at the end; `known_outcomes` are the customers of whom it is known whether
    they left.
    """
    scoped = conditions.in_scope(scope)
    sql = f"""
        SELECT count(*), count(*) FILTER (d.kind = 'chat'), count(*) FILTER (d.kind = 'review'),
            count(*) FILTER (d.complaint), count(DISTINCT d.customer_id),
            count(*) FILTER (d.sentiment_end = 'neg'), count(*) FILTER (d.sentiment_end = 'neu'),
            count(*) FILTER (d.sentiment_end = 'pos'),
            count(DISTINCT d.customer_id) FILTER (d.customer_id IN
                (SELECT customer_id FROM outcomes))
        FROM documents d WHERE {scoped.sql}
    """
    return views.read(path, lambda con: Totals(*con.execute(sql, scoped.values).fetchall()[0]))


def weekly(path: Path, scope: Scope) -> pd.DataFrame:
    """One row a week, without gaps: week (its Monday), documents, complaints, negative.

    `negative` are the documents that end so. Documents without a time are in no week.
    """
    scoped = conditions.in_scope(scope)
    sql = f"""
        SELECT date_trunc('week', d.ended_at)::TIMESTAMP AS week, count(*) AS documents,
            count(*) FILTER (d.complaint) AS complaints,
            count(*) FILTER (d.sentiment_end = 'neg') AS negative
        FROM documents d WHERE d.ended_at IS NOT NULL AND {scoped.sql}
        GROUP BY week ORDER BY week
    """
    weeks = views.read(path, lambda con: con.execute(sql, scoped.values).df())
    if weeks.empty:
        return weeks
    days = pd.date_range(weeks["week"].iloc[0], weeks["week"].iloc[-1], freq="7D", name="week")
    return weeks.set_index("week").reindex(days, fill_value=0).reset_index()


def tag_counts(path: Path, scope: Scope, group: str) -> pd.DataFrame:
    """One row a tag of a group ("topics", "customer", "agent"), in the codebook's order.

    Columns: tag, documents, eligible. A behaviour counts among the documents in which it could
    occur (chats with its opportunity, and reviews), any other tag among all.
    """
    tags = _tags(group)
    scoped = conditions.in_scope(scope)
    sql = f"SELECT {conditions.tag_columns(tags)} FROM documents d WHERE {scoped.sql}"
    found = views.read(path, lambda con: con.execute(sql, scoped.values).fetchall()[0])
    return pd.DataFrame({"tag": tags, "documents": found[::2], "eligible": found[1::2]})


def flow(path: Path, scope: Scope, horizon: int, *, include_cancellation: bool = False) -> Flow:
    """How many documents of a scope remain for a comparison with churn within `horizon` days.

    Source: statistics.md, part 1. A document without a time is lost at `customer_at_t`.
    """
    told = conditions.journey(scope, horizon, include_cancellation=include_cancellation)
    sql = f"""
        SELECT count(*), count(*) FILTER (known), count(*) FILTER (customer),
            count(*) FILTER (kept), count(*) FILTER (followed)
        FROM ({told.sql})
    """
    return views.read(path, lambda con: Flow(*con.execute(sql, told.values).fetchall()[0]))


def eligible_flow(
    path: Path,
    scope: Scope,
    horizon: int,
    behaviour: str,
    kind: str,
    *,
    include_cancellation: bool = False,
) -> EligibleFlow:
    """The last steps of the flow for one behaviour in the documents of one kind.

    Raises KeyError for an id that is no behaviour.
    """
    told = conditions.journey(scope, horizon, include_cancellation=include_cancellation)
    could, did = conditions.eligible(behaviour), conditions.column(behaviour)
    sql = f"""
        SELECT count(*), count(*) FILTER (could), count(*) FILTER (could AND did),
            count(*) FILTER (could AND did AND churned), count(*) FILTER (could AND NOT did),
            count(*) FILTER (could AND NOT did AND churned)
        FROM (SELECT {could} AS could, {did} AS did, churned
              FROM ({told.sql}) d WHERE followed AND d.kind = ?)
    """
    values = (*told.values, kind)
    return views.read(path, lambda con: EligibleFlow(*con.execute(sql, values).fetchall()[0]))


def strata(
    path: Path,
    scope: Scope,
    horizon: int,
    behaviour: str,
    by: Literal["topic", "channel"] = "topic",
    *,
    kind: str = "chat",
    include_cancellation: bool = False,
) -> pd.DataFrame:
    """One row a topic or channel of the followed documents that the behaviour could occur in.

    Columns: stratum, exposed, exposed_churned, unexposed, unexposed_churned; biggest first. A
    document with several topics stands in each; one without a channel in the stratum "".
    Raises KeyError for an id that is no behaviour.
    """
    told = conditions.journey(scope, horizon, include_cancellation=include_cancellation)
    could, did = conditions.eligible(behaviour), conditions.column(behaviour)
    topics = ", ".join(f"CASE WHEN {topic} THEN '{topic}' END" for topic in TOPICS)
    strata_of = {
        "topic": f"unnest(list_filter([{topics}], lambda topic: topic IS NOT NULL))",
        "channel": "coalesce(d.channel, '')",
    }[by]
    sql = f"""
        SELECT stratum, count(*) FILTER (did) AS exposed,
            count(*) FILTER (did AND churned) AS exposed_churned,
            count(*) FILTER (NOT did) AS unexposed,
            count(*) FILTER (NOT did AND churned) AS unexposed_churned
        FROM (SELECT {strata_of} AS stratum, {did} AS did, churned
              FROM ({told.sql}) d WHERE followed AND {could} AND d.kind = ?)
        GROUP BY stratum ORDER BY count(*) DESC, stratum
    """
    values = (*told.values, kind)
    return views.read(path, lambda con: con.execute(sql, values).df())


def _counts(connection: DuckDBPyConnection, column: str) -> dict[str, int]:
    found = connection.execute(
        f"SELECT d.{column}, count(*) AS n FROM documents d WHERE d.{column} IS NOT NULL "
        f"GROUP BY d.{column} ORDER BY n DESC, d.{column}"
    ).fetchall()
    return dict(found)


def _tags(chosen: str) -> list[str]:
    return [tag for tag in ALL_TAGS if codebook.group(tag) == chosen]
