"""Parts of queries that several share: the scope, eligibility, and the way from text to churn.

Values are always bound; only column names of the codebook and ids of rules of the house, which hold
hex digits, stand in a statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from analysis.codebook import ALL_TAGS, BEHAVIOURS, TOPICS, is_house
from analysis.model import Scope
from analysis.store.tables import OPPORTUNITIES

Value = str | int | datetime | list[str]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on the documents `d` with the values of its question marks, in order."""

    sql: str
    values: tuple[Value, ...] = ()


def every(conditions: Iterable[Condition]) -> Condition:
    """All of them at once; none of them holds for everything."""
    listed = list(conditions)
    if not listed:
        return Condition("TRUE")
    return Condition(
        " AND ".join(f"({one.sql})" for one in listed),
        tuple(value for one in listed for value in one.values),
    )


def in_scope(scope: Scope) -> Condition:
    """The documents of a scope; where it has days, one without a time is in none.

    Raises KeyError for a topic that is not in the codebook.
    """
    parts = [in_days(scope.start, scope.end)]
    if scope.kinds:
        parts.append(Condition("list_contains(?, d.kind)", (list(scope.kinds),)))
    if scope.channels:
        parts.append(Condition("list_contains(?, d.channel)", (list(scope.channels),)))
    if scope.topics:
        for topic in scope.topics:
            if topic not in TOPICS:
                raise KeyError(topic)
        parts.append(Condition(" OR ".join(column(topic) for topic in scope.topics)))
    return every(parts)


def in_days(start: date | None, end: date | None) -> Condition:
    """The documents that ended from the first day to the last, both included."""
    parts = []
    if start is not None:
        parts.append(Condition("d.ended_at >= ?", (datetime.combine(start, time.min),)))
    if end is not None:
        after = datetime.combine(end + timedelta(days=1), time.min)
        parts.append(Condition("d.ended_at < ?", (after,)))
    return every(parts)


def column(tag_id: str) -> str:
    """Whether a tag holds; raises KeyError for an id of neither the codebook nor the house."""
    if is_house(tag_id):
        return f"coalesce(list_contains(d.house, '{tag_id}'), FALSE)"
    if tag_id not in ALL_TAGS:
        raise KeyError(tag_id)
    return f'd."{tag_id}"'


def eligible(behaviour: str) -> str:
    """Condition: the behaviour could occur; in a review it can always be told of.

    Raises KeyError for an id that is no behaviour.
    """
    return f"(d.\"{OPPORTUNITIES[behaviour]}\" OR d.kind = 'review')"


def tag_columns(tags: Sequence[str]) -> str:
    """Two counts a tag, in order: documents with it, and documents that could have it."""
    columns = []
    for tag in tags:
        could = eligible(tag) if tag in BEHAVIOURS else "TRUE"
        columns.append(f"count(*) FILTER ({could} AND {column(tag)})")
        columns.append(f"count(*) FILTER ({could})")
    return ", ".join(columns)


def journey(scope: Scope, horizon: int, *, include_cancellation: bool) -> Condition:
    """Select of the scope's documents with what became of their customer.

    Columns beside those of the document and the outcome: `known`, `customer`, `kept`, `followed`,
    each holding only where the one before holds, and `churned` within `horizon` days, for followed
    ones.
    Source: statistics.md, part 1.
    """
    scoped = in_scope(scope)
    kept = "TRUE" if include_cancellation else "NOT (d.cancellation AND d.cancellation_request)"
    return Condition(
        f"""
        SELECT *, kept AND coalesce(churned OR observed_until >= horizon_end, FALSE) AS followed
        FROM (
            SELECT d.*, o.churned_at, o.observed_until, o.started_at AS customer_since,
                o.plan, o.monthly_value, o.currency, o.covariates AS others,
                d.ended_at + to_days(?::INTEGER) AS horizon_end,
                o.customer_id IS NOT NULL AS known,
                known AND d.ended_at IS NOT NULL
                    AND (o.churned_at IS NULL OR o.churned_at > d.ended_at) AS customer,
                customer AND {kept} AS kept,
                customer AND coalesce(o.churned_at <= horizon_end, FALSE) AS churned
            FROM documents d LEFT JOIN outcomes o ON o.customer_id = d.customer_id
            WHERE {scoped.sql}
        ) d
        """,
        (horizon, *scoped.values),
    )
