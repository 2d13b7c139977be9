"""DuckDB over the files of the committed loads: what every query reads.

`documents`, `turns` and `outcomes` hold the newest committed version of each document and customer
only; `all_documents`, `all_turns`, `all_outcomes` and `all_reviews_by_people` hold every row of the
files. `decisions` holds what each person last said of a tag of a document, without what was taken
back, and `decided` what they say together: `decision` is the majority's, null where they are even.
`active_rules` are the ids of the rules of the house that are applied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

import duckdb
import pyarrow as pa

from analysis.store import rules, tables

_T = TypeVar("_T")

# What makes two rows versions of the same thing, and the table that lists the things.
_KEYS = {
    "documents": ("documents", ("kind", "document_id")),
    "turns": ("documents", ("kind", "document_id")),
    "outcomes": ("outcomes", ("customer_id",)),
}

# In the order in which their files are listed.
_READ = ("turns", "documents", "outcomes", "reviews_by_people")

_LISTINGS = 20

_TYPES = {
    pa.string(): "VARCHAR",
    pa.int64(): "BIGINT",
    pa.bool_(): "BOOLEAN",
    pa.float64(): "DOUBLE",
    pa.timestamp("us"): "TIMESTAMP",
    pa.list_(pa.string()): "VARCHAR[]",
}

_DECISIONS = """
    CREATE TEMP VIEW decisions AS SELECT * FROM (
        SELECT * FROM all_reviews_by_people QUALIFY row_number() OVER
            (PARTITION BY kind, document_id, tag, reviewer ORDER BY decided_at DESC) = 1
    ) WHERE decision IS NOT NULL
"""
_DECIDED = """
    CREATE TEMP VIEW decided AS SELECT kind, document_id, tag,
        CASE WHEN avg(decision::INT) <> 0.5 THEN avg(decision::INT) > 0.5 END AS decision
    FROM decisions GROUP BY ALL
"""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    committed: pa.Table
    files: dict[str, list[str]]
    rules: list[str]


@contextmanager
def connect(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose views show the store as it stood at one moment.

    A store without loads gives empty views. Files may be cleaned away under a long use: queries go
    through `read`, which starts again then.
    """
    connection = _database().cursor()
    try:
        _make_views(connection, _snapshot(path))
        yield connection
    finally:
        connection.close()


def read(path: Path, query: Callable[[duckdb.DuckDBPyConnection], _T]) -> _T:
    """The answer of one query, asked again where a file vanished before it was read."""

    def reading() -> _T:
        try:
            with connect(path) as connection:
                return query(connection)
        except duckdb.IOException as gone:
            raise FileNotFoundError(str(path)) from gone

    return tables.retried(reading)


def arrow(
    connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] = ()
) -> pa.Table:
    """The rows that a statement selects."""
    rows: pa.Table = connection.sql(sql, params=list(values)).to_arrow_table()
    return rows


@cache
def _database() -> duckdb.DuckDBPyConnection:
    # Starting DuckDB takes longer than most queries; cursors of one database share nothing else.
    return duckdb.connect(":memory:")


def _snapshot(path: Path) -> _Snapshot:
    # A load writes its files before its row in `batches`, and an undo takes that row away before
    # the files: with the same `batches` before and after the listing, every load is whole.
    # `turns` is listed first because an erasure deletes from `documents` first.
    for _ in range(_LISTINGS):
        before = tables.commits(path, "batches")
        committed = tables.committed(path)
        files = {name: tables.files(path, name) for name in _READ}
        if tables.commits(path, "batches") == before:
            break
    return _Snapshot(committed, files, rules.active(path))


def _make_views(connection: duckdb.DuckDBPyConnection, snapshot: _Snapshot) -> None:
    connection.register("committed", snapshot.committed)
    for name, files in snapshot.files.items():
        if files:
            # A relation's create_view would make a view that every cursor shares.
            connection.execute(f"SET VARIABLE files_of_{name} = ?", [files])
            connection.execute(
                f"CREATE TEMP VIEW all_{name} AS "
                f"SELECT * FROM read_parquet(getvariable('files_of_{name}'), "
                f"schema = {_columns(name)})"
            )
        else:
            connection.register(f"all_{name}", tables.SCHEMAS[name].empty_table())
    replaced = any(snapshot.committed["replaced"].to_pylist())
    for name in _KEYS:
        connection.execute(_view(name, replaced=replaced))
    connection.register("active_rules", pa.table({"id": pa.array(snapshot.rules, pa.string())}))
    connection.execute(_DECISIONS)
    connection.execute(_DECIDED)


def _columns(name: str) -> str:
    """The columns of a table for DuckDB, which fills with null what a file was written without."""
    listed = ", ".join(
        f"'{field.name}': {{name: '{field.name}', type: '{_TYPES[field.type]}', "
        f"default_value: NULL}}"
        for field in tables.SCHEMAS[name]
    )
    return f"MAP {{{listed}}}"


def _view(name: str, *, replaced: bool) -> str:
    listing, key = _KEYS[name]
    visible = (
        f"CREATE TEMP VIEW {name} AS SELECT v.*, c.seq, c.file "
        f"FROM all_{name} v JOIN committed c USING (batch_id)"
    )
    if not replaced:
        return visible
    # Only a load that found earlier versions can hide any: the others need not be compared.
    same = " AND ".join(f"n.{column} = v.{column}" for column in key)
    return (
        f"{visible} ANTI JOIN (SELECT {', '.join(f'a.{column}' for column in key)}, "
        f"max(c.seq) AS seq FROM all_{listing} a JOIN committed c USING (batch_id) "
        f"WHERE c.replaced > 0 GROUP BY ALL) n "
        f"ON {same} AND n.seq > c.seq"
    )
