"""The tables of the store: their columns, where they lie, and which batches are committed.

Tables are append-only Delta Lake tables, so that any engine reads them and readers never wait. A
commit covers one table; what was loaded becomes visible by its row in `batches`, written last.
A column that SCHEMAS has gained joins a table with the next rows; until then, and in rows from
before, it reads as null.
"""

from __future__ import annotations

import glob
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from deltalake import DeltaTable, WriterProperties, write_deltalake

from analysis import settings
from analysis.codebook import ALL_TAGS, BEHAVIOURS
from analysis.errors import UnknownBatch

OPPORTUNITIES: dict[str, str] = {behaviour: f"opp_{behaviour}" for behaviour in BEHAVIOURS}
CANCELLATION_REQUEST = "cancellation_request"

_TEXT, _TIME, _COUNT, _FLAG = pa.string(), pa.timestamp("us"), pa.int64(), pa.bool_()

SCHEMAS: dict[str, pa.Schema] = {
    "batches": pa.schema(
        [
            ("batch_id", _TEXT),
            ("seq", _COUNT),
            ("loaded_at", _TIME),
            ("file", _TEXT),
            ("kind", _TEXT),
            ("format", _TEXT),
            ("digest", _TEXT),
            ("rows", _COUNT),
            ("documents", _COUNT),
            ("replaced", _COUNT),
            ("rejected", _COUNT),
            ("tagger_version", _TEXT),
            ("sample", _FLAG),
            ("rules_version", _COUNT),
            ("earlier", pa.list_(_TEXT)),
            ("retagged_at", _TIME),
        ]
    ),
    "documents": pa.schema(
        [
            ("document_id", _TEXT),
            ("kind", _TEXT),
            ("batch_id", _TEXT),
            ("customer_id", _TEXT),
            ("agent_id", _TEXT),
            ("channel", _TEXT),
            ("source", _TEXT),
            ("title", _TEXT),
            ("url", _TEXT),
            ("started_at", _TIME),
            ("ended_at", _TIME),
            ("turns", _COUNT),
            ("customer_turns", _COUNT),
            ("agent_turns", _COUNT),
            ("sentiment_start", _TEXT),
            ("sentiment_end", _TEXT),
            ("sentiment", _TEXT),
            *((tag, _FLAG) for tag in ALL_TAGS),
            *((column, _FLAG) for column in OPPORTUNITIES.values()),
            (CANCELLATION_REQUEST, _FLAG),
            ("excerpt", _TEXT),
            ("evidence", _TEXT),
            ("quotes", _TEXT),
            ("doubts", _TEXT),
            ("doubt", pa.float64()),
            ("house", pa.list_(_TEXT)),
        ]
    ),
    "turns": pa.schema(
        [
            ("document_id", _TEXT),
            ("kind", _TEXT),
            ("batch_id", _TEXT),
            ("turn", _COUNT),
            ("speaker", _TEXT),
            ("sent_at", _TIME),
            ("text", _TEXT),
            ("sentiment", _TEXT),
            ("spans", _TEXT),
        ]
    ),
    "outcomes": pa.schema(
        [
            ("customer_id", _TEXT),
            ("batch_id", _TEXT),
            ("started_at", _TIME),
            ("churned_at", _TIME),
            ("observed_until", _TIME),
            ("plan", _TEXT),
            ("monthly_value", pa.float64()),
            ("currency", _TEXT),
            ("covariates", _TEXT),
        ]
    ),
    "reviews_by_people": pa.schema(
        [
            ("document_id", _TEXT),
            ("kind", _TEXT),
            ("tag", _TEXT),
            ("decision", _FLAG),
            ("reviewer", _TEXT),
            ("decided_at", _TIME),
            ("note", _TEXT),
            ("customer_id", _TEXT),
        ]
    ),
    "audit": pa.schema([("at", _TIME), ("action", _TEXT), ("detail", _TEXT)]),
}

# Delta keeps least and greatest values of each column in its log, where an erased customer's id
# and the beginning of a text would outlive the rows: no column may have such figures.
_CONFIGURATION: dict[str, str | None] = {"delta.dataSkippingNumIndexedCols": "0"}

# Small row groups let DuckDB read one file with several threads.
WRITER = WriterProperties(compression="ZSTD", max_row_group_size=50_000)

_ATTEMPTS = 4

_T = TypeVar("_T")


def now() -> datetime:
    """The present wall-clock time of the installation's time zone, without tzinfo."""
    return datetime.now(settings.time_zone()).replace(tzinfo=None)


def open_table(path: Path, table: str) -> DeltaTable | None:
    """One table of the store, or None where nothing was ever written to it."""
    # Not by its folder: that exists a moment before the first commit.
    return DeltaTable(path / table) if commits(path, table) >= 0 else None


def append(path: Path, table: str, rows: pa.Table) -> None:
    """Write rows of the table's schema as one commit; makes the table, or its newer columns."""
    location = path / table
    if commits(path, table) < 0:
        location.mkdir(parents=True, exist_ok=True)
        DeltaTable.create(
            location, schema=SCHEMAS[table], mode="ignore", configuration=_CONFIGURATION
        )
    write_deltalake(location, rows, mode="append", schema_mode="merge", writer_properties=WRITER)


def replace_batch(path: Path, row: dict[str, Any]) -> None:
    """Put a row of `batches` in the place of the one with its `seq`, in one commit."""
    write_deltalake(
        path / "batches",
        pa.Table.from_pylist([row], schema=SCHEMAS["batches"]),
        mode="overwrite",
        predicate=f"seq = {row['seq']:d}",
        schema_mode="merge",
        writer_properties=WRITER,
    )


def files(path: Path, table: str) -> list[str]:
    """The table's live files as patterns for DuckDB, which takes every name for a glob."""
    opened = open_table(path, table)
    if opened is None:
        return []
    # file_uris() percent-encodes what is not ASCII; only the plain file name is taken from it.
    names = (unquote(uri.rsplit("/", 1)[-1]) for uri in opened.file_uris())
    return [glob.escape(str(path / table / name)) for name in names]


def commits(path: Path, table: str) -> int:
    """Number of the table's newest commit; -1 where there is none."""
    try:
        log = [entry.name for entry in (path / table / "_delta_log").iterdir()]
    except FileNotFoundError:
        return -1
    return max((int(name[:-5]) for name in log if name[:-5].isdigit()), default=-1)


def retried(reading: Callable[[], _T]) -> _T:
    """Read again where a file was cleaned away between the listing and the reading."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return reading()
        except OSError:
            continue
    return reading()


def committed(path: Path) -> pa.Table:
    """The rows of `batches`: one row a load that is visible, oldest first."""

    def reading() -> pa.Table:
        opened = open_table(path, "batches")
        if opened is None:
            return SCHEMAS["batches"].empty_table()
        return _complete(opened.to_pyarrow_table(), SCHEMAS["batches"]).sort_by("seq")

    return retried(reading)


def _complete(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """The rows with every column of the schema, null where the table was written without it."""
    for field in schema:
        if field.name not in rows.column_names:
            rows = rows.append_column(field, pa.nulls(rows.num_rows, field.type))
    return rows.select(schema.names).cast(schema)


def version(path: Path) -> str:
    """A short text that changes whenever anything visible changes; costs two folder listings.

    Every load and undo commits to `batches`, and every erasure to `audit`.
    """
    return f"{commits(path, 'batches')}.{commits(path, 'audit')}"


def batch(path: Path, batch_id: str) -> dict[str, Any]:
    """The row of the visible load of that id, or of one that it had before it was tagged anew.

    Raises UnknownBatch.
    """
    for load in committed(path).to_pylist():
        if batch_id == load["batch_id"] or batch_id in (load["earlier"] or ()):
            return dict(load)
    raise UnknownBatch(batch_id)


def exists(path: Path) -> bool:
    """Whether any load is visible."""
    return committed(path).num_rows > 0


def batches(path: Path) -> pd.DataFrame:
    """One row a visible load, newest first."""
    return committed(path).to_pandas().iloc[::-1].reset_index(drop=True)


def has_samples(path: Path) -> bool:
    """Whether any visible load holds sample documents that the product brought along."""
    return bool(pc.any(committed(path)["sample"]).as_py())
