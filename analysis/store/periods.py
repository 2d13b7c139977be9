"""Two equally long periods of the same documents side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
from duckdb import DuckDBPyConnection

from analysis.codebook import ALL_TAGS, group
from analysis.model import Scope
from analysis.store import conditions, views

# Length of the period looked at where the scope names none.
_RECENT_DAYS = 28


@dataclass(frozen=True, slots=True)
class Changes:
    """Two equally long periods, all days inclusive, and how often each tag stood in them.

    `table` has one row a tag: tag, group, now, before, now_total, before_total; the totals are
    the documents, for behaviours the eligible ones. The days are None where nothing has a time.
    """

    now_start: date | None
    now_end: date | None
    before_start: date | None
    before_end: date | None
    table: pd.DataFrame


def tag_changes(path: Path, scope: Scope) -> Changes:
    """Every tag in the scope's days against the equally many days before them.

    A missing last day is the last day with a document; a missing first day lies four weeks before
    the last.
    """
    elsewhere = conditions.in_scope(
        Scope(kinds=scope.kinds, channels=scope.channels, topics=scope.topics)
    )

    def query(connection: DuckDBPyConnection) -> Changes:
        end = scope.end
        if end is None:
            sql = f"SELECT max(d.ended_at)::DATE FROM documents d WHERE {elsewhere.sql}"
            end = connection.execute(sql, elsewhere.values).fetchall()[0][0]
        if end is None:
            nothing = [0, 0] * len(ALL_TAGS)
            return Changes(None, None, None, None, _changes(nothing, nothing))
        # Where the first day asked for lies after the last document, that day alone is looked at.
        end = max(end, scope.start or end)
        start = scope.start or end - timedelta(days=_RECENT_DAYS - 1)
        before_end = start - timedelta(days=1)
        before_start = before_end - (end - start)
        counts = []
        for first, last in ((start, end), (before_start, before_end)):
            period = conditions.every([elsewhere, conditions.in_days(first, last)])
            sql = f"SELECT {conditions.tag_columns(ALL_TAGS)} FROM documents d WHERE {period.sql}"
            counts.append(connection.execute(sql, period.values).fetchall()[0])
        return Changes(start, end, before_start, before_end, _changes(*counts))

    return views.read(path, query)


def _changes(now: Sequence[int], before: Sequence[int]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "tag": ALL_TAGS,
            "group": [group(tag) for tag in ALL_TAGS],
            "now": now[::2],
            "before": before[::2],
            "now_total": now[1::2],
            "before_total": before[1::2],
        }
    )
