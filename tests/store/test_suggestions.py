"""Kept suggestions: whole or not at all, one writer at a time, nothing but words in the file."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from analysis.errors import UnusablePlace
from analysis.store import suggestions
from analysis.store.suggestions import Kept, Shelf, State

ONE = Kept("u-1", (("주차", 0.8), ("요금", 0.6)), 0.2)
FILE = "suggestions.json"


def put(path, *kept: Kept, looked: str = "") -> Shelf:
    return suggestions.update(path, lambda now: replace(now, suggestions=kept, looked=looked))


def test_nothing_is_kept_before_the_first(path):
    assert suggestions.read(path) == Shelf()


def test_what_was_put_is_read_again(path):
    decided = replace(ONE, state=State.DISMISSED, name="주차 요금")
    after = put(path, decided, looked="x")
    assert suggestions.read(path) == after == Shelf((decided,), "x", 1)


def test_no_draft_is_left_and_no_change_writes_nothing(path):
    first = put(path, ONE)
    written = (path / FILE).stat().st_mtime_ns
    assert put(path, ONE) == first
    assert (path / FILE).stat().st_mtime_ns == written
    assert [one.name for one in path.iterdir() if one.is_file()] == [FILE]


def test_change_that_fails_leaves_the_file_alone(path):
    put(path, ONE)

    def fails(_: Shelf) -> Shelf:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        suggestions.update(path, fails)
    assert suggestions.read(path).suggestions == (ONE,)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"suggestions": [{}], "looked": "", "revision": 1}', "\udcff"]
)
def test_unreadable_file_is_named(path, content):
    path.mkdir()
    (path / FILE).write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(UnusablePlace, match=r"suggestions\.json"):
        suggestions.read(path)


def test_file_is_plain_json(path):
    put(path, ONE)
    content = json.loads((path / FILE).read_text(encoding="utf-8"))
    assert content["suggestions"][0]["words"] == [["주차", 0.8], ["요금", 0.6]]
