"""What agents said, turn by turn, for whoever reads all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from duckdb import DuckDBPyConnection

from analysis.codebook import TOPICS
from analysis.model import AgentTurn, Scope
from analysis.store import conditions, views

_T = TypeVar("_T")
_ROWS = 20_000


def agent_turns(path: Path, scope: Scope, use: Callable[[Iterable[AgentTurn]], _T]) -> _T:
    """What `use` makes of every agent turn of a scope, the newest conversation first.

    The turns of a conversation follow on each other in order. They are read piece by piece; `use`
    starts again where a file was cleaned away under it.
    """
    return views.read(path, lambda connection: use(_Turns(connection, conditions.in_scope(scope))))


class _Turns:
    def __init__(self, connection: DuckDBPyConnection, scoped: conditions.Condition) -> None:
        self._connection = connection
        self._scoped = scoped

    def __iter__(self) -> Iterator[AgentTurn]:
        listed = ", ".join(f"CASE WHEN d.{topic} THEN '{topic}' END" for topic in TOPICS)
        sql = f"""
            SELECT d.document_id, d.agent_id, concat_ws(' ', {listed}) AS topics, t.text
            FROM turns t JOIN documents d ON d.kind = t.kind AND d.document_id = t.document_id
            WHERE t.speaker = 'agent' AND {self._scoped.sql}
            ORDER BY d.ended_at DESC NULLS LAST, d.document_id, t.turn
        """
        found = self._connection.sql(sql, params=list(self._scoped.values))
        # The few sets of topics that occur are made once each.
        sets: dict[str, tuple[str, ...]] = {}
        for batch in found.to_arrow_reader(_ROWS):
            columns = (batch.column(name).to_pylist() for name in batch.schema.names)
            for document_id, agent_id, topics, text in zip(*columns, strict=True):
                held = sets.setdefault(topics, tuple(topics.split()))
                yield AgentTurn(document_id, agent_id, held, text)
