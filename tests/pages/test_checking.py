"""Checks by people: on a conversation, in the list, and below it."""

from __future__ import annotations

import shutil

import pytest

from analysis import codebook, pipeline
from analysis.errors import StoreBusy
from analysis.store import checks
from analysis.store import conversations as documents
from pages.parts.text import t
from tests.pages.reading import CONVERSATIONS, OVERVIEW, values

KEY = "check_chat_D-1_"


@pytest.fixture
def own(odd_store, tmp_path, monkeypatch):
    """A copy of the odd store, to be written to."""
    path = tmp_path / "store"
    shutil.copytree(odd_store, path)
    monkeypatch.setenv("SAGWA_STORE", str(path))
    return path


@pytest.fixture
def opened(own, open_page):  # noqa: ARG001  (the page shows this store)
    """The chat D-1, with the name of who checks."""
    app = open_page(CONVERSATIONS, doc="D-1")
    app.text_input(key="reviewer").input("김").run()
    return app


@pytest.fixture
def tag(own):
    """A tag that holds for the chat D-1."""
    return documents.document(own, "D-1").tags[0].id


def said(store, id="D-1"):
    return [(one.tag, one.decision, one.reviewer) for one in checks.of_document(store, id, "chat")]


def press(app, key, decision):
    app.button_group(key=key).set_value(decision)
    return app.run()


def html(app):
    return "\n".join(one.value for one in app.get("html"))


def test_nobody_checks_without_a_name(own, open_page, tag):  # noqa: ARG001
    app = open_page(CONVERSATIONS, doc="D-1")
    assert app.button_group(key=KEY + tag).disabled
    assert t.CHECK_NAME_FIRST in values(app.caption)


def test_tag_is_found_wrong_then_right_then_nothing(own, opened, tag):
    press(opened, KEY + tag, False)
    assert said(own) == [(tag, False, "김")]
    press(opened, KEY + tag, True)
    assert said(own) == [(tag, True, "김")]
    assert opened.button_group(key=KEY + tag).value is True
    press(opened, KEY + tag, None)
    assert said(own) == []


def test_missing_tag_is_added_and_shown_with_its_note(own, opened):
    opened.text_input(key="note_chat_D-1").input("<b>왜</b> 010-1234-5678").run()
    opened.selectbox(key="add_chat_D-1").select("privacy_security").run()
    assert said(own) == [("privacy_security", True, "김")]
    assert "김 · 있음" in html(opened)
    assert "&lt;b&gt;왜&lt;/b&gt; [전화번호]" in html(opened)
    assert opened.button_group(key="check_chat_D-1_privacy_security").value is True
    assert opened.selectbox(key="add_chat_D-1").value is None


def test_name_is_kept_for_the_session_and_the_check_for_all(opened, tag):
    press(opened, KEY + tag, False)
    opened.query_params.clear()
    opened.switch_page(OVERVIEW.path).run()
    opened.query_params["doc"] = "D-1"
    opened.switch_page(CONVERSATIONS.path).run()
    assert opened.text_input(key="reviewer").value == "김"
    assert opened.button_group(key=KEY + tag).value is False
    opened.text_input(key="reviewer").input("이").run()
    assert opened.button_group(key=KEY + tag).value is None
    assert "김 · 틀림" in html(opened)


def test_list_is_narrowed_to_what_was_checked(own, open_page, tag):
    pipeline.check(own, "D-1", "chat", tag, False, reviewer="김")
    for address, expected in (
        ({"checked": "yes"}, ["D-1"]),
        ({"checked": "differs", "kind": "chat"}, ["D-1"]),
        ({"checked": "no", "kind": "chat"}, ["D-2"]),
    ):
        app = open_page(CONVERSATIONS, **address)
        assert list(app.dataframe[0].value["id"]) == expected
    rows = open_page(CONVERSATIONS, kind="chat", sort="doubtful").dataframe[0].value
    assert dict(zip(rows["id"], rows["checked"], strict=True)) == {"D-1": "≠", "D-2": ""}


def test_summary_stands_below_the_list_once_something_was_checked(own, open_page, tag):
    conditions = str(t.MORE_CONDITIONS)
    assert [one.label for one in open_page(CONVERSATIONS).expander] == [conditions]
    pipeline.check(own, "D-1", "chat", tag, True, reviewer="김")
    app = open_page(CONVERSATIONS)
    assert [one.label for one in app.expander] == [conditions, t.CHECKS_HEAD.format(n=1)]
    row = app.table[0].value.loc[codebook.name(tag)]
    assert list(row) == ["1", "100.0% [20.7%, 100.0%]", "0"]


def test_check_that_cannot_be_kept_says_why(opened, monkeypatch, tag):
    problem = StoreBusy("data/store")

    def fails(*_args, **_rest):
        raise problem

    monkeypatch.setattr(checks, "decide", fails)
    press(opened, KEY + tag, True)
    assert values(opened.warning) == [str(problem)]
    assert not opened.exception
    assert opened.button_group(key=KEY + tag).value is None
