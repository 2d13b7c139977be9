"""Loading one file as one batch: visible whole at its end, or not at all."""

from __future__ import annotations

import secrets
from pathlib import Path
from types import TracebackType

import pyarrow as pa

from analysis.errors import UnknownBatch
from analysis.model import Outcome, TaggedDocument, TaggerVersion
from analysis.store import audit, locks, removal, rows, tables, views

# Rows kept in memory before they are written: bounds memory and the number of small files.
_BUFFERED_ROWS = 100_000


def already_loaded(
    path: Path, digest: str, kind: str, by: TaggerVersion | None = None
) -> str | None:
    """The id of the visible load of a file with that digest and kind, or None.

    A load of which the language model `by` has not read all is none.
    """
    for load in tables.committed(path).to_pylist():
        if load["digest"] == digest and load["kind"] == kind:
            if by is None or TaggerVersion.parse(load["tagger_version"]).covers(by):
                return str(load["batch_id"])
    return None


def begin(
    path: Path,
    *,
    file: str,
    kind: str,
    format: str,
    digest: str,
    tagger_version: str,
    sample: bool = False,
    rules_version: int | None = None,
) -> Loading:
    """A load to be used in a `with`: committed at its end, removed where it ends in an error.

    `kind` is "chat", "review" or "outcomes"; `digest` tells the file's content, `rules_version` the
    rules of the house that were applied.
    """
    return Loading(
        path,
        {
            "file": file,
            "kind": kind,
            "format": format,
            "digest": digest,
            "tagger_version": tagger_version,
            "sample": sample,
            "rules_version": rules_version,
        },
    )


def again(path: Path, batch_id: str, *, tagger_version: str, rules_version: int | None) -> Loading:
    """A load that puts the documents of another, tagged anew, in its place; to be used in a `with`.

    The rows of the new load are written beside those of the old one, which readers go on reading.
    At the end one commit of `batches` puts the new row in the place of the old one, with the same
    file, digest, kind and `seq`: nothing is there twice or missing, what superseded what still
    does, and the file is known as loaded. Then the old rows are cleared. Both loads are marked
    until then, so that of whatever dies in between the next load clears what is not visible. The
    ids of before stay with the row as `earlier`, and undo it as its own does.

    Raises UnknownBatch where no visible load has that id and, at the end, where it was undone
    meanwhile: then nothing is left.
    """
    old = tables.batch(path, batch_id)
    described = {**old, "tagger_version": tagger_version, "rules_version": rules_version}
    return Loading(path, described, instead_of=str(old["batch_id"]))


class Loading:
    """One load under way; made by `begin` or `again`."""

    def __init__(
        self, path: Path, described: dict[str, object], *, instead_of: str | None = None
    ) -> None:
        self._path = path
        self._described = described
        self._instead_of = instead_of
        self._id = f"b-{secrets.token_hex(5)}"
        self._mark = locks.Mark(path, self._id)
        self._visible = False
        self._buffered: dict[str, list[pa.Table]] = {}
        self._buffered_rows = 0
        self._seen: set[tuple[str, str]] = set()
        self._repeated = 0
        self._replaced = 0
        self._rows: int | None = None
        self._rejected = 0

    @property
    def batch_id(self) -> str:
        """The id under which the load is listed and undone."""
        return self._id

    @property
    def documents(self) -> int:
        """Number of documents, or outcomes, added so far."""
        return len(self._seen)

    @property
    def repeated(self) -> int:
        """Number of documents, or outcomes, left out because the load already had their id."""
        return self._repeated

    @property
    def replaced(self) -> int:
        """Number of documents, or outcomes, that were loaded before; known after the `with`."""
        return self._replaced

    def add(self, tagged: list[TaggedDocument]) -> None:
        """Add documents; of several with one id the first is kept.

        Raises TypeError where a title or turn is not MaskedText.
        """
        fresh = [one for one in tagged if self._is_fresh(one.document.kind, one.document.id)]
        if fresh:
            self._buffer("documents", rows.documents(fresh, self._id))
            self._buffer("turns", rows.turns(fresh, self._id))

    def add_outcomes(self, outcomes: list[Outcome]) -> None:
        """Add outcomes; of several for one customer the first is kept."""
        fresh = [one for one in outcomes if self._is_fresh("outcomes", one.customer_id)]
        if fresh:
            self._buffer("outcomes", rows.outcomes(fresh, self._id))

    def finish(self, *, rows: int, rejected: int, tagger_version: str | None = None) -> None:
        """Set how many rows the file had and how many were refused.

        `tagger_version` is what tagged in the end, where that was not known at the beginning.
        """
        self._rows, self._rejected = rows, rejected
        if tagger_version is not None:
            self._described["tagger_version"] = tagger_version

    def __enter__(self) -> Loading:
        removal.clean(self._path)
        with locks.writing(self._path):
            self._mark.take()
        return self

    def __exit__(
        self,
        problem_type: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if problem_type is None:
                self._commit()
        finally:
            # Where even this fails, the mark stays and the next load clears the rows away.
            if not self._visible:
                self._withdraw()
            self._mark.release()

    def _is_fresh(self, kind: str, key: str) -> bool:
        if (kind, key) in self._seen:
            self._repeated += 1
            return False
        self._seen.add((kind, key))
        return True

    def _buffer(self, table: str, added: pa.Table) -> None:
        self._buffered.setdefault(table, []).append(added)
        self._buffered_rows += added.num_rows
        if self._buffered_rows >= _BUFFERED_ROWS and table != "documents":
            with locks.writing(self._path):
                self._write()

    def _write(self) -> None:
        for table, parts in self._buffered.items():
            tables.append(self._path, table, pa.concat_tables(parts))
        self._buffered = {}
        self._buffered_rows = 0

    def _commit(self) -> None:
        # The order number and the count of replaced documents must not change before the row is
        # written: one writer at a time from here on.
        with locks.writing(self._path):
            self._write()
            if self._instead_of is not None:
                self._replace(self._instead_of)
                return
            self._replaced = self._count_replaced()
            loads = tables.committed(self._path)["seq"].to_pylist()
            row = {
                **self._described,
                "batch_id": self._id,
                "seq": max(loads, default=0) + 1,
                "loaded_at": tables.now(),
                "rows": self.documents if self._rows is None else self._rows,
                "documents": self.documents,
                "replaced": self._replaced,
                "rejected": self._rejected,
            }
            table = pa.Table.from_pylist([row], schema=tables.SCHEMAS["batches"])
            tables.append(self._path, "batches", table)
            self._visible = True
            audit.append(
                self._path,
                "load",
                f"batch={self._id} documents={self.documents} replaced={self._replaced}",
            )
            removal.compact(self._path)

    def _replace(self, batch_id: str) -> None:
        old = tables.batch(self._path, batch_id)
        if old["batch_id"] != batch_id:
            raise UnknownBatch(batch_id)
        removal.erase_forgotten(self._path, self._id, batch_id)
        mark = locks.Mark(self._path, batch_id)
        mark.take()
        tables.replace_batch(
            self._path,
            {
                **old,
                "batch_id": self._id,
                "earlier": [*(old["earlier"] or ()), batch_id],
                "retagged_at": tables.now(),
                "tagger_version": self._described["tagger_version"],
                "rules_version": self._described["rules_version"],
            },
        )
        self._visible = True
        removal.erase_batches(self._path, [batch_id])
        mark.release()
        audit.append(
            self._path,
            "retag",
            f"batch={batch_id} now={self._id} documents={self.documents}",
        )
        removal.compact(self._path)

    def _count_replaced(self) -> int:
        with views.connect(self._path) as connection:
            found = connection.execute(
                "SELECT (SELECT count(*) FROM all_documents a SEMI JOIN documents d "
                "ON a.kind = d.kind AND a.document_id = d.document_id WHERE a.batch_id = $batch) "
                "+ (SELECT count(*) FROM all_outcomes a SEMI JOIN outcomes o "
                "ON a.customer_id = o.customer_id WHERE a.batch_id = $batch)",
                {"batch": self._id},
            ).fetchall()
        return int(found[0][0])

    def _withdraw(self) -> None:
        self._buffered = {}
        with locks.writing(self._path):
            removal.erase_batches(self._path, [self._id])
