"""Approved macros: kept in one plain file, changed whole, and taken back."""

from __future__ import annotations

import json

import pytest

from analysis.errors import UnreadableFile
from analysis.store import macros, tables
from analysis.store.macros import Mark
from tests.store.making import chat, load


def kept(path):
    return json.loads((path / "macros.json").read_text(encoding="utf-8"))


def test_nothing_is_marked_at_first(path):
    assert macros.marks(path) == {}


def test_mark_is_kept_for_every_wording(path):
    macros.put(path, ["s-1", "s-2"], Mark.MACRO)
    macros.put(path, ["s-3"], Mark.REQUIRED)
    assert macros.marks(path) == {"s-1": "macro", "s-2": "macro", "s-3": "required"}


def test_file_is_plain_and_says_its_version(path):
    macros.put(path, ["s-2", "s-1"], Mark.MACRO)
    (one,) = kept(path)["marks"]
    assert kept(path)["version"] == 1
    assert (one["mark"], one["forms"]) == ("macro", ["s-1", "s-2"])
    assert one["marked_at"] <= tables.now().isoformat()
    assert [entry.name for entry in path.iterdir() if entry.is_file()] == ["macros.json"]


def test_mark_is_taken_back_whole_by_any_of_its_wordings(path):
    macros.put(path, ["s-1", "s-2"], Mark.MACRO)
    macros.put(path, ["s-3"], Mark.MACRO)
    macros.take_back(path, ["s-2", "s-9"])
    assert macros.marks(path) == {"s-3": "macro"}


def test_other_mark_takes_the_place_of_the_first(path):
    macros.put(path, ["s-1", "s-2"], Mark.MACRO)
    macros.put(path, ["s-2", "s-3"], Mark.REQUIRED)
    assert set(macros.marks(path).values()) == {"required"}
    assert set(macros.marks(path)) == {"s-1", "s-2", "s-3"}
    assert len(kept(path)["marks"]) == 1


def test_marks_outlive_loads_and_change_no_answer(path):
    macros.put(path, ["s-1"], Mark.MACRO)
    load(path, chat("c-1"))
    version = tables.version(path)
    macros.put(path, ["s-2"], Mark.MACRO)
    assert tables.version(path) == version
    assert set(macros.marks(path)) == {"s-1", "s-2"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"version": 1}',
        '{"version": 2, "marks": []}',
        '{"version": 1, "marks": [{"mark": "loved", "forms": ["s-1"], "marked_at": "x"}]}',
        '{"version": 1, "marks": [{"mark": "macro"}]}',
    ],
)
def test_damaged_or_later_file_is_refused_and_left_alone(path, text):
    path.mkdir()
    (path / "macros.json").write_text(text, encoding="utf-8")
    for call in (macros.marks, lambda at: macros.put(at, ["s-1"], Mark.MACRO)):
        with pytest.raises(UnreadableFile, match=r"macros\.json"):
            call(path)
    assert (path / "macros.json").read_text(encoding="utf-8") == text
