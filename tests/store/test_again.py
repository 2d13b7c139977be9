"""Documents of a load in its place, tagged anew: whole or not at all, whatever happens."""

from __future__ import annotations

import multiprocessing
import os
from dataclasses import replace

import pytest

from analysis.errors import UnknownBatch
from analysis.model import Evidence, Tag
from analysis.store import (
    checks,
    conversations,
    loading,
    queries,
    removal,
    rows,
    stored,
    tables,
    views,
)
from tests.store.making import chat, check, load, review
from tests.store.test_removal import actions, everything_on_disk

SPAWN = multiprocessing.get_context("spawn")


def again(path, batch_id):
    return loading.again(path, batch_id, tagger_version="9", rules_version=4)


def retag(path, batch_id, tag="delivery"):
    """Put the documents in the place of the load with another tag; gives its new id."""
    with again(path, batch_id) as batch:
        batch.add(changed(path, batch_id, tag))
    return batch.batch_id


def changed(path, batch_id, tag="delivery"):
    return [
        replace(one, tags=(Tag(tag, (Evidence(0, 0, 1),)),))
        for part in stored.of_batch(path, batch_id)
        for one in part
    ]


def topics(path):
    return queries.options(path).topics


def ids_in_files(path, table="documents"):
    return sorted(
        tables.open_table(path, table).to_pyarrow_table()["batch_id"].unique().to_pylist()
    )


def test_documents_come_back_as_they_were_stored(path):
    tagged = [
        chat(
            "1", customer="c", tags=("refund",), title="제목", doubts={"delivery": 0.4},
            opportunities=("apology", "cancellation_request"),
        ),
        chat("2", at=None, texts=()),
        review("1", tags=("complaint",), customer="c", sentiment="pos"),
    ]  # fmt: skip
    tagged[0] = replace(
        tagged[0], tags=(*tagged[0].tags, Tag("no_apology", (Evidence(2, 0, 3),), (1, 3), 0.6))
    )
    batch_id = load(path, *tagged)
    assert list(stored.of_batch(path, batch_id)) == [tagged[:2], tagged[2:]]
    again = rows.documents(tagged, batch_id)
    live = views.read(path, lambda con: views.arrow(con, "SELECT * FROM all_documents"))
    by_key = [("kind", "ascending"), ("document_id", "ascending")]
    assert again.sort_by(by_key).to_pylist() == live.sort_by(by_key).to_pylist()


def test_large_loads_are_read_piece_by_piece(path, monkeypatch):
    monkeypatch.setattr(stored, "_AT_ONCE", 2)
    tagged = [*(chat(str(number)) for number in range(4)), review("0")]
    batch_id = load(path, *reversed(tagged))
    assert list(stored.of_batch(path, batch_id)) == [tagged[:2], tagged[2:4], tagged[4:]]


def test_load_is_replaced_in_its_place(path):
    first = load(path, chat("1", tags=("refund",)), chat("2", tags=("refund",)), digest="abc")
    second = load(path, chat("2", tags=("wait_time",)), digest="later")
    before = tables.batch(path, first)
    new = retag(path, first)
    after = tables.batch(path, first)
    assert topics(path) == {"delivery": 1, "wait_time": 1}
    assert loading.already_loaded(path, "abc", "chat") == new
    assert [batch["batch_id"] for batch in tables.committed(path).to_pylist()] == [new, second]
    same = ("seq", "file", "digest", "kind", "rows", "documents", "replaced", "loaded_at")
    assert [after[name] for name in same] == [before[name] for name in same]
    assert (after["tagger_version"], after["rules_version"], after["earlier"]) == ("9", 4, [first])
    assert after["retagged_at"] >= before["loaded_at"]
    assert ids_in_files(path) == ids_in_files(path, "turns") == sorted([new, second])
    assert actions(path)[-1] == "retag"
    # What was superseded is tagged anew as well, and comes back when the newer load goes.
    removal.undo(path, second)
    assert topics(path) == {"delivery": 2}


def test_every_id_that_a_load_ever_had_undoes_it(path):
    first = load(path, chat("1"))
    second = retag(path, first)
    third = retag(path, second)
    assert tables.batch(path, third)["earlier"] == [first, second]
    assert removal.undo(path, second) == 1
    assert not tables.exists(path)
    with pytest.raises(UnknownBatch):
        removal.undo(path, first)
    assert ids_in_files(path) == []


def test_samples_stay_samples(path):
    retag(path, load(path, chat("1"), sample=True))
    assert removal.remove_samples(path) == 1


def test_checks_stay(path):
    batch_id = load(path, chat("1", tags=("refund",)))
    check(path, "1", "refund", True)
    retag(path, batch_id)
    assert checks.counts(path).table.to_dict("records") == [
        {"tag": "refund", "checked": 0, "right": 0, "added": 1}
    ]


def test_readers_go_on_with_the_old_until_the_end(path, monkeypatch):
    monkeypatch.setattr(loading, "_BUFFERED_ROWS", 1)
    batch_id = load(path, chat("1", tags=("refund",)))
    with again(path, batch_id) as batch:
        batch.add(changed(path, batch_id))
        assert topics(path) == {"refund": 1}
        assert len(ids_in_files(path)) == 2
    assert topics(path) == {"delivery": 1}


def test_error_leaves_the_old_as_it_was(path, monkeypatch):
    def breaking():
        with again(path, batch_id) as batch:
            batch.add(changed(path, batch_id))
            raise ZeroDivisionError

    monkeypatch.setattr(loading, "_BUFFERED_ROWS", 1)
    batch_id = load(path, chat("1", tags=("refund",)))
    with pytest.raises(ZeroDivisionError):
        breaking()
    assert topics(path) == {"refund": 1}
    assert ids_in_files(path) == [batch_id]


def test_load_that_is_undone_meanwhile_stays_undone(path, monkeypatch):
    def undoing():
        with again(path, batch_id) as batch:
            batch.add(changed(path, batch_id))
            removal.undo(path, batch_id)

    monkeypatch.setattr(loading, "_BUFFERED_ROWS", 1)
    batch_id = load(path, chat("1"))
    with pytest.raises(UnknownBatch):
        undoing()
    assert not tables.exists(path)
    assert ids_in_files(path) == []


def test_two_at_once_leave_one(path):
    def overtaken():
        with again(path, batch_id) as slow:
            slow.add(changed(path, batch_id, "wait_time"))
            retag(path, batch_id)

    batch_id = load(path, chat("1", tags=("refund",)))
    with pytest.raises(UnknownBatch):
        overtaken()
    assert topics(path) == {"delivery": 1}
    assert ids_in_files(path) == [tables.batch(path, batch_id)["batch_id"]]


@pytest.mark.parametrize("buffered", [1, 100_000])
def test_customer_who_is_forgotten_meanwhile_is_not_written_back(path, monkeypatch, buffered):
    monkeypatch.setattr(loading, "_BUFFERED_ROWS", buffered)
    batch_id = load(path, chat("문서7", customer="손님7"), chat("keep", customer="손님8"))
    with again(path, batch_id) as batch:
        read_before = changed(path, batch_id)
        removal.forget(path, "손님7")
        batch.add(read_before)
    left = everything_on_disk(path)
    assert "손님7" not in left
    assert "문서7" not in left
    assert "손님8" in left
    assert topics(path) == {"delivery": 1}


def _die(path, batch_id, when):
    loading._BUFFERED_ROWS = 1
    if when == "before the commit":
        tables.replace_batch = lambda *_: os._exit(0)
    with again(path, batch_id) as batch:
        batch.add(changed(path, batch_id))
        if when == "while writing":
            os._exit(0)
        if when == "after the commit":
            removal.erase_batches = lambda *_: os._exit(0)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("while writing", {"refund": 1}),
        ("before the commit", {"refund": 1}),
        ("after the commit", {"delivery": 1}),
    ],
)
def test_process_that_dies_leaves_the_one_or_the_other(path, when, expected):
    batch_id = load(path, chat("1", tags=("refund",)))
    process = SPAWN.Process(target=_die, args=(path, batch_id, when))
    process.start()
    process.join(60)
    assert process.exitcode == 0
    assert topics(path) == expected
    assert len(ids_in_files(path)) == 2
    removal.clean(path)
    assert topics(path) == expected
    assert ids_in_files(path) == [tables.batch(path, batch_id)["batch_id"]]
    assert len(conversations.document(path, "1").turns) == 4


def _read_until(path, started, stop, answers):
    count = (
        "SELECT count(*) FILTER (refund), count(*) FILTER (delivery), "
        "(SELECT count(*) FROM turns) FROM documents"
    )
    seen = set()
    try:
        while not stop.is_set():
            seen.add(views.read(path, lambda con: con.execute(count).fetchall()[0]))
            started.set()
        answers.put(seen)
    except BaseException as problem:
        answers.put(repr(problem))


def test_reader_in_another_process_sees_whole_loads_only(path, monkeypatch):
    monkeypatch.setattr(loading, "_BUFFERED_ROWS", 10)
    monkeypatch.setattr(removal, "_MANY_FILES", 3)
    monkeypatch.setattr(removal, "_GRACE_HOURS", 0)
    batch_id = load(path, *(chat(f"c-{number}", tags=("refund",)) for number in range(20)))
    started, stop, answers = SPAWN.Event(), SPAWN.Event(), SPAWN.Queue()
    reader = SPAWN.Process(target=_read_until, args=(path, started, stop, answers))
    reader.start()
    assert started.wait(60)
    for turn in range(6):
        batch_id = retag(path, batch_id, "refund" if turn % 2 else "delivery")
    stop.set()
    seen = answers.get(timeout=60)
    reader.join(60)
    assert seen <= {(20, 0, 80), (0, 20, 80)}
