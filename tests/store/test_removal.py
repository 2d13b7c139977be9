from __future__ import annotations

import multiprocessing
import os
from datetime import timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.errors import UnknownBatch
from analysis.model import Scope
from analysis.store import conversations, loading, queries, removal, tables
from tests.store.making import DAY, chat, load, load_outcomes, outcome, review

SPAWN = multiprocessing.get_context("spawn")


def ids(path):
    return set(conversations.conversations(path, Scope()).rows["document_id"])


def everything_on_disk(path):
    """Every value of every file in the store, live or not, and every log."""
    parts = [str(pq.read_table(file).to_pydict()) for file in path.rglob("*.parquet")]
    parts += [file.read_text() for file in path.rglob("*.json")]
    assert parts
    return "\n".join(parts)


def actions(path):
    return tables.open_table(path, "audit").to_pyarrow_table().sort_by("at")["action"].to_pylist()


def test_undo_takes_back_one_load(path):
    first = load(path, chat("1"), chat("2"))
    load(path, chat("3"), digest="later")
    assert removal.undo(path, first) == 2
    assert ids(path) == {"3"}
    assert actions(path) == ["load", "load", "undo"]


def test_undo_brings_the_earlier_version_back(path):
    load(path, chat("1", tags=("refund",)))
    later = load(path, chat("1", tags=("delivery",)), digest="later")
    removal.undo(path, later)
    assert queries.options(path).topics == {"refund": 1}


def test_undo_of_the_earlier_version_keeps_the_later(path):
    earlier = load(path, chat("1", tags=("refund",)))
    load(path, chat("1", tags=("delivery",)), digest="later")
    removal.undo(path, earlier)
    assert queries.options(path).topics == {"delivery": 1}


def test_undo_of_outcomes(path):
    load(path, chat("1", customer="c"))
    batch_id = load_outcomes(path, outcome("c"), outcome("d"))
    assert removal.undo(path, batch_id) == 2
    assert conversations.document(path, "1").outcome is None


@pytest.mark.parametrize("batch_id", ["b-0", "", "' OR TRUE --"])
def test_unknown_batch_is_refused_and_nothing_removed(path, batch_id):
    load(path, chat("1"))
    with pytest.raises(UnknownBatch):
        removal.undo(path, batch_id)
    assert ids(path) == {"1"}


def test_undone_batch_cannot_be_undone_again(path):
    batch_id = load(path, chat("1"))
    removal.undo(path, batch_id)
    with pytest.raises(UnknownBatch):
        removal.undo(path, batch_id)


def test_samples_go_and_the_rest_stays(path):
    load(path, chat("1"), chat("2"), sample=True)
    load(path, chat("3"), digest="own")
    assert removal.remove_samples(path) == 2
    assert ids(path) == {"3"}
    assert removal.remove_samples(path) == 0


def test_forgotten_customer_is_in_no_file(path):
    load(path, chat("old-1", customer="손님7", tags=("refund",)), chat("keep", customer="손님8"))
    load(path, chat("old-1", customer="손님7"), review("r-1", customer="손님7"), digest="later")
    load_outcomes(path, outcome("손님7"), outcome("손님8"))
    decision = {
        "document_id": "old-1",
        "kind": "chat",
        "tag": "refund",
        "decision": True,
        "reviewer": "검수자",
        "decided_at": DAY,
        "note": "",
    }
    schema = tables.SCHEMAS["reviews_by_people"]
    tables.append(path, "reviews_by_people", pa.Table.from_pylist([decision], schema=schema))

    assert removal.forget(path, "손님7") == {
        "documents": 3,
        "turns": 4 + 4 + 2,
        "outcomes": 1,
        "reviews_by_people": 1,
        "llm_answers": 0,
    }
    left = everything_on_disk(path)
    assert not any(trace in left for trace in ("손님7", "old-1", "r-1"))
    assert "손님8" in left
    assert ids(path) == {"keep"}
    assert conversations.document(path, "keep").outcome is not None
    assert actions(path)[-1] == "forget"


def test_forgetting_reaches_what_was_undone_and_never_finished(path, monkeypatch):
    monkeypatch.setattr(loading, "_BUFFERED_ROWS", 1)
    removal.undo(path, load(path, chat("1", customer="손님7")))
    with loading.begin(
        path, file="f", kind="chat", format="csv", digest="x", tagger_version="1"
    ) as batch:
        batch.add([chat("2", customer="손님7"), chat("3", customer="손님8")])
        assert removal.forget(path, "손님7")["documents"] == 1
        assert "손님7" not in everything_on_disk(path)
    assert ids(path) == {"3"}


def test_forgetting_reaches_earlier_states_of_the_tables(path):
    load(path, chat("keep"))
    removal.undo(path, load(path, chat("1", customer="손님7"), digest="later"))
    assert "손님7" in everything_on_disk(path)
    assert set(removal.forget(path, "손님7").values()) == {0}
    assert "손님7" not in everything_on_disk(path)


def test_earlier_version_without_customer_is_forgotten_too(path):
    load(path, chat("1"))
    load(path, chat("1", customer="c"), digest="later")
    assert removal.forget(path, "c")["documents"] == 2
    assert ids(path) == set()


@pytest.mark.parametrize("customer", ["O'Brien", "a' OR '1'='1", 'c"x', "c\\"])
def test_any_id_erases_only_itself(path, customer):
    load(path, chat("1", customer=customer), chat("2", customer="other"), chat("3"))
    assert removal.forget(path, customer)["documents"] == 1
    assert ids(path) == {"2", "3"}


def test_unknown_customer_erases_nothing(path):
    load(path, chat("1", customer="c"))
    assert set(removal.forget(path, "nobody").values()) == {0}
    assert ids(path) == {"1"}


def test_forgetting_in_an_empty_store(path):
    assert set(removal.forget(path, "nobody").values()) == {0}


def _die_while_loading(path):
    loading._BUFFERED_ROWS = 1
    with loading.begin(
        path, file="f", kind="chat", format="csv", digest="x", tagger_version="1"
    ) as batch:
        batch.add([chat("half")])
        os._exit(0)


def _die_while_undoing(path, batch_id):
    removal.erase_batches = lambda *_: os._exit(0)
    removal.undo(path, batch_id)


def rows_in_files(path):
    return tables.open_table(path, "documents").to_pyarrow_table()["document_id"].to_pylist()


def run(target, *arguments):
    process = SPAWN.Process(target=target, args=arguments)
    process.start()
    process.join(60)
    assert process.exitcode == 0


def test_rest_of_a_dead_load_is_cleared(path):
    load(path, chat("1"))
    run(_die_while_loading, path)
    assert sorted(rows_in_files(path)) == ["1", "half"]
    assert ids(path) == {"1"}
    assert removal.clean(path) == 1
    assert rows_in_files(path) == ["1"]
    assert removal.clean(path) == 0


def test_rest_of_a_dead_undo_is_cleared_by_the_next_load(path):
    batch_id = load(path, chat("1"))
    run(_die_while_undoing, path, batch_id)
    assert rows_in_files(path) == ["1"]
    assert not tables.exists(path)
    load(path, chat("2"))
    assert rows_in_files(path) == ["2"]


def test_running_load_is_not_cleared(path, monkeypatch):
    monkeypatch.setattr(loading, "_BUFFERED_ROWS", 1)
    with loading.begin(
        path, file="f", kind="chat", format="csv", digest="x", tagger_version="1"
    ) as batch:
        batch.add([chat("1", at=DAY + timedelta(days=1))])
        assert removal.clean(path) == 0
    assert ids(path) == {"1"}
