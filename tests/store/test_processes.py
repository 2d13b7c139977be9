"""Readers beside a writer in another process see whole loads only, and never an error."""

from __future__ import annotations

import multiprocessing

from analysis.model import Scope
from analysis.store import loading, queries, removal, tables, views
from tests.store.making import chat, load

SPAWN = multiprocessing.get_context("spawn")
SIZE = 40
TURNS = 4


def _read_until(path, started, stop, answers):
    seen = set()
    count = "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM turns)"
    try:
        while not stop.is_set():
            seen.add(views.read(path, lambda con: con.execute(count).fetchall()[0]))
            queries.flow(path, Scope(), 60)
            tables.batches(path)
            started.set()
        answers.put(seen)
    except BaseException as problem:
        answers.put(repr(problem))


def test_reader_sees_whole_loads_while_another_process_loads_and_undoes(path, monkeypatch):
    monkeypatch.setattr(loading, "_BUFFERED_ROWS", SIZE)  # several commits a load
    monkeypatch.setattr(removal, "_MANY_FILES", 3)
    monkeypatch.setattr(removal, "_GRACE_HOURS", 0)  # files vanish under the reader
    started, stop, answers = SPAWN.Event(), SPAWN.Event(), SPAWN.Queue()
    reader = SPAWN.Process(target=_read_until, args=(path, started, stop, answers))
    reader.start()
    assert started.wait(60)
    loads: list[str] = []
    for turn in range(8):
        documents = [chat(f"{turn}-{number}", customer=f"c{turn}") for number in range(SIZE)]
        loads.append(load(path, *documents, digest=str(turn)))
        if turn % 2:
            removal.undo(path, loads.pop(0))
    stop.set()
    seen = answers.get(timeout=60)
    reader.join(60)
    assert isinstance(seen, set), seen
    assert {documents % SIZE for documents, _ in seen} == {0}
    assert all(turns == documents * TURNS for documents, turns in seen)
    assert len(seen) > 1


def _load_three(path, name):
    for number in range(3):
        load(path, chat(f"{name}-{number}"), chat("shared"), digest=f"{name}{number}")


def test_writers_in_several_processes_lose_nothing(path):
    writers = [SPAWN.Process(target=_load_three, args=(path, name)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert queries.totals(path, Scope()).documents == 7
    assert sorted(tables.batches(path)["seq"]) == [1, 2, 3, 4, 5, 6]
