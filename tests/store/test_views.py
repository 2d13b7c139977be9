from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from analysis.model import Scope
from analysis.store import queries, tables, views
from tests.store.making import chat, load


def test_threads_reading_two_stores_do_not_mix_them(tmp_path):
    stores = [tmp_path / "a", tmp_path / "b"]
    load(stores[0], chat("1"))
    load(stores[1], chat("1"), chat("2"))
    with ThreadPoolExecutor(8) as threads:
        totals = threads.map(
            lambda number: queries.totals(stores[number % 2], Scope()).documents, range(60)
        )
    assert list(totals) == [1, 2] * 30


def test_two_open_connections_keep_their_own_view(path):
    load(path, chat("1"))
    count = "SELECT count(*) FROM documents"
    with views.connect(path) as earlier:
        load(path, chat("2"), digest="later")
        with views.connect(path) as later:
            assert later.execute(count).fetchall() == [(2,)]
        assert earlier.execute(count).fetchall() == [(1,)]


def test_vanished_file_is_looked_for_again(path):
    load(path, chat("1"))
    tries = []

    def query(connection):
        tries.append(connection)
        if len(tries) < 3:
            connection.execute("SELECT * FROM read_parquet('/nowhere/gone.parquet')")
        return connection.execute("SELECT count(*) FROM documents").fetchall()[0][0]

    assert views.read(path, query) == 1
    assert len(tries) == 3


def test_file_that_stays_away_is_an_error(path):
    load(path, chat("1"))
    for file in (path / "documents").glob("*.parquet"):
        file.unlink()
    with pytest.raises(FileNotFoundError):
        queries.totals(path, Scope())


def test_file_names_are_plain_paths(path):
    load(path, chat("1"))
    assert [name.startswith(str(path)) for name in tables.files(path, "documents")] == [True]
