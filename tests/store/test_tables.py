from __future__ import annotations

import pyarrow as pa
import pytest

from analysis.model import Scope
from analysis.store import checks, conversations, queries, removal, tables, views
from tests.store.making import chat, check, load, load_outcomes, outcome


def test_empty_store_has_nothing(path):
    assert not tables.exists(path)
    assert not tables.has_samples(path)
    assert tables.batches(path).empty
    assert list(tables.batches(path).columns) == tables.SCHEMAS["batches"].names
    assert not path.exists()


def test_batches_are_listed_newest_first(path):
    first = load(path, chat("1"))
    second = load_outcomes(path, outcome("c"))
    assert list(tables.batches(path)["batch_id"]) == [second, first]


def test_samples_are_known(path):
    load(path, chat("1"))
    assert not tables.has_samples(path)
    load(path, chat("2"), digest="s", sample=True)
    assert tables.has_samples(path)


def test_version_changes_with_everything_visible(path):
    seen = [tables.version(path)]
    for change in (
        lambda: load(path, chat("1", customer="c"), chat("2")),
        lambda: load_outcomes(path, outcome("c")),
        lambda: removal.forget(path, "c"),
        lambda: removal.undo(path, tables.batches(path)["batch_id"].iloc[-1]),
    ):
        change()
        seen.append(tables.version(path))
    assert len(set(seen)) == 5


def test_version_stays_while_only_read(path):
    load(path, chat("1"))
    before = tables.version(path)
    queries.totals(path, Scope())
    assert tables.version(path) == before


def test_log_keeps_no_values_of_columns(path):
    load(path, chat("문서77", customer="손님77"))
    logs = [log.read_text() for log in path.glob("*/_delta_log/*.json")]
    assert logs
    assert not any("손님77" in log or "문서77" in log for log in logs)


def test_table_that_another_process_is_just_making_is_empty(path):
    (path / "documents" / "_delta_log").mkdir(parents=True)
    assert queries.totals(path, Scope()).documents == 0
    load(path, chat("1"))
    assert queries.totals(path, Scope()).documents == 1


def test_store_from_before_newer_columns_is_read_and_written_on(path, monkeypatch):
    last = {"documents": "quotes", "batches": "tagger_version", "reviews_by_people": "note"}
    with monkeypatch.context() as before:
        for name, column in last.items():
            schema = tables.SCHEMAS[name]
            kept = range(schema.get_field_index(column) + 1)
            before.setitem(tables.SCHEMAS, name, pa.schema(schema.field(at) for at in kept))
        load(path, chat("old", customer="손님7", tags=("refund",)))
        check(path, "old", "refund", True)
    assert tables.open_table(path, "documents").schema().to_arrow().names[-1] == "quotes"

    def read():
        rows = views.read(path, lambda con: con.execute("SELECT * FROM documents").df())
        return rows.set_index("document_id")["doubt"].to_dict()

    assert read() == {"old": pytest.approx(float("nan"), nan_ok=True)}
    assert conversations.document(path, "old").doubts == {}
    assert list(tables.batches(path).columns) == tables.SCHEMAS["batches"].names
    later = load(path, chat("new", doubts={"refund": 0.3}), digest="later")
    assert read() == {"old": pytest.approx(float("nan"), nan_ok=True), "new": 0.3}
    removal.undo(path, later)
    assert list(read()) == ["old"]
    check(path, "old", "delivery", False)
    assert [one.tag for one in checks.of_document(path, "old", "chat")] == ["delivery", "refund"]
    assert removal.forget(path, "손님7")["documents"] == 1
