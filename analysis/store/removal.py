"""Taking rows out again: undoing a load, erasing a customer, clearing what died half-way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable

from analysis.store import answers, audit, locks, tables, views

_OF_BATCHES = ("documents", "turns", "outcomes")

# Small files slow every reader down; this many of one table are worth one rewriting.
_MANY_FILES = 32

# Readers open their files at once; an hour is far longer than any query.
_GRACE_HOURS = 1


def undo(path: Path, batch_id: str) -> int:
    """Take one load back and give the number of documents, or outcomes, that it had.

    Documents that it had superseded are visible again. Raises UnknownBatch where no visible load
    has that id.
    """
    with locks.writing(path):
        return _undo(path, [batch_id])


def remove_samples(path: Path) -> int:
    """Take back every load of samples and give the number of documents and outcomes removed."""
    with locks.writing(path):
        loads = tables.committed(path).to_pylist()
        samples = [load["batch_id"] for load in loads if load["sample"]]
        return _undo(path, samples) if samples else 0


def forget(path: Path, customer_id: str) -> dict[str, int]:
    """Erase one customer from every table and file; gives the rows erased, by table.

    Superseded versions and versions of the same documents that named no customer are erased as
    well, whether their load is finished or not; no earlier state of a table can be opened
    afterwards. So are the kept answers of a language model about them.
    """
    with locks.writing(path):
        with views.connect(path) as connection:
            # Values go to the tables as rows to be matched: no id stands in a statement, which the
            # log of the tables would keep.
            documents = views.arrow(
                connection,
                "SELECT DISTINCT kind, document_id, batch_id FROM all_documents WHERE "
                "customer_id = $1 OR (customer_id IS NULL AND (kind, document_id) IN "
                "(SELECT (kind, document_id) FROM all_documents WHERE customer_id = $1))",
                (customer_id,),
            )
            checked = views.arrow(
                connection,
                "SELECT DISTINCT kind, document_id FROM all_reviews_by_people "
                "WHERE customer_id = ?",
                (customer_id,),
            )
        customer = pa.table({"customer_id": pa.array([customer_id], pa.string())})
        reviewed = pa.concat_tables([documents.select(["kind", "document_id"]), checked])
        reviewed = reviewed.group_by(["kind", "document_id"]).aggregate([])
        erased = {
            "documents": _erase(path, "documents", documents),
            "turns": _erase(path, "turns", documents),
            "outcomes": _erase(path, "outcomes", customer),
            "reviews_by_people": _erase(path, "reviews_by_people", reviewed),
        }
        # Always: an earlier state of the tables may hold the customer where the present has none.
        for table in erased:
            _vacuum(path, table, hours=0, untracked=True)
        theirs = zip(*(documents[key].to_pylist() for key in ("kind", "document_id")), strict=True)
        erased["llm_answers"] = answers.forget(path, customer_id, list(theirs))
        audit.append(path, "forget", " ".join(f"{key}={rows}" for key, rows in erased.items()))
    return erased


def clean(path: Path) -> int:
    """Remove what loads and undos left behind whose process died; gives the number of them."""
    with locks.writing(path):
        dead = locks.abandoned(path)
        visible = set(tables.committed(path)["batch_id"].to_pylist())
        erase_batches(path, [batch_id for batch_id in dead if batch_id not in visible])
        for batch_id in dead:
            locks.Mark(path, batch_id).release()
    return len(dead)


def erase_batches(path: Path, batch_ids: Sequence[str]) -> int:
    """Delete the rows of loads that are not visible; call it while writing.

    Gives the number of documents and outcomes.
    """
    removed = {table: _delete_batches(path, table, batch_ids) for table in _OF_BATCHES}
    return removed["documents"] + removed["outcomes"]


def compact(path: Path) -> None:
    """Join the small files of every table that has many; call it while writing."""
    for table in tables.SCHEMAS:
        opened = tables.open_table(path, table)
        if opened is not None and len(opened.file_uris()) > _MANY_FILES:
            opened.optimize.compact(writer_properties=tables.WRITER)
            _vacuum(path, table, hours=_GRACE_HOURS, untracked=False)


def erase_forgotten(path: Path, batch_id: str, source: str) -> int:
    """Delete the documents of one load that another, from which it was made, no longer has.

    Their customer was erased meanwhile: no earlier state of the tables may keep them. Call it while
    writing; gives their number.
    """
    with views.connect(path) as connection:
        gone = views.arrow(
            connection,
            "SELECT kind, document_id, batch_id FROM all_documents WHERE batch_id = $1 AND "
            "(kind, document_id) NOT IN "
            "(SELECT (kind, document_id) FROM all_documents WHERE batch_id = $2)",
            (batch_id, source),
        )
    if gone.num_rows:
        for table in ("documents", "turns"):
            _erase(path, table, gone)
            _vacuum(path, table, hours=0, untracked=True)
    return int(gone.num_rows)


def _undo(path: Path, batch_ids: list[str]) -> int:
    batch_ids = [tables.batch(path, batch_id)["batch_id"] for batch_id in batch_ids]
    marks = [locks.Mark(path, batch_id) for batch_id in batch_ids]
    for mark in marks:
        mark.take()
    _delete_batches(path, "batches", batch_ids)
    removed = erase_batches(path, batch_ids)
    for mark in marks:
        mark.release()
    audit.append(path, "undo", f"batches={','.join(batch_ids)} removed={removed}")
    return removed


def _delete_batches(path: Path, table: str, batch_ids: Sequence[str]) -> int:
    opened = tables.open_table(path, table)
    if opened is None or not batch_ids:
        return 0
    # These ids were made by the store itself or found in it; they hold hex digits only.
    listed = ", ".join(f"'{batch_id}'" for batch_id in batch_ids)
    done = opened.delete(f"batch_id IN ({listed})", writer_properties=tables.WRITER)
    return int(done["num_deleted_rows"])


def _erase(path: Path, table: str, keys: pa.Table) -> int:
    opened = tables.open_table(path, table)
    if opened is None or keys.num_rows == 0:
        return 0
    same = " AND ".join(f"kept.{column} = erased.{column}" for column in keys.column_names)
    done = (
        opened.merge(
            keys,
            predicate=same,
            source_alias="erased",
            target_alias="kept",
            writer_properties=tables.WRITER,
        )
        .when_matched_delete()
        .execute()
    )
    return int(done["num_target_rows_deleted"])


def _vacuum(path: Path, table: str, *, hours: int, untracked: bool) -> None:
    opened: DeltaTable | None = tables.open_table(path, table)
    if opened is not None:
        opened.vacuum(
            retention_hours=hours,
            dry_run=False,
            enforce_retention_duration=False,
            full=untracked,
        )
