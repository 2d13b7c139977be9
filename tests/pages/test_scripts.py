"""Repeated answers: the table, one family with what is behind it, marks, and the way back."""

from __future__ import annotations

import shutil

import pytest

from analysis import pipeline, scripts
from analysis.model import Scope
from analysis.store import macros
from analysis.store.macros import Mark
from pages.parts.text import t
from tests.pages.conftest import table
from tests.pages.reading import CONVERSATIONS, OVERVIEW, SCRIPTS, links, said, values

FIRST_ROW = {"selection": {"rows": [0], "columns": [], "cells": []}}


@pytest.fixture(scope="module")
def found(sample_store):
    return scripts.scripts(sample_store, Scope())


@pytest.fixture
def several(found):
    """A family of the sample with more than one wording."""
    return next(one for one in found.families if len(one.wordings) > 1)


@pytest.fixture
def changeable(sample_store, tmp_path, monkeypatch):
    """A store of its own with the sample data, to be marked."""
    store = tmp_path / "own"
    shutil.copytree(sample_store, store)
    monkeypatch.setenv("SAGWA_STORE", str(store))
    return store


def rows(app):
    return app.dataframe[0].value


def pick_first(app):
    """Pick the first row of the table, whatever its rows are."""
    key = app.dataframe[0].proto.id.rsplit("-", 1)[-1]
    assert key.startswith("scripts_table_")
    app.session_state[key] = FIRST_ROW
    return app.run()


def test_every_family_stands_in_the_table_with_its_counts(open_sample, found):
    shown = rows(open_sample(SCRIPTS))
    assert list(shown["n"]) == [one.n for one in found.families][:500]
    assert list(shown["conversations"]) == [one.conversations for one in found.families][:500]
    assert set(shown["kind"]) >= {"인사", "마무리 인사", "상담 내용"}


def test_nothing_picked_asks_to_pick(open_sample):
    assert t.SCRIPTS_PICK in values(open_sample(SCRIPTS).info)


def test_picked_row_shows_its_family_and_stands_in_the_address(open_sample, found):
    app = pick_first(open_sample(SCRIPTS))
    assert app.query_params["script"] == found.families[0].id
    assert found.families[0].text in "".join(one.value for one in app.get("html"))


def test_family_shows_wordings_agents_topics_and_conversations(open_sample, several):
    app = open_sample(SCRIPTS, script=several.id)
    _, wordings, agents, topics, examples = (one.value for one in app.dataframe)
    assert list(wordings["name"]) == [one.text for one in several.wordings]
    assert wordings["n"].sum() == several.n
    assert list(agents["name"]) == [one.id for one in several.agents]
    assert list(topics["of"]) == [one.of for one in several.topics]
    assert set(examples["id"]) == {one.document_id for one in several.examples}


def test_link_to_any_wording_opens_its_family(open_sample, several):
    app = open_sample(SCRIPTS, script=several.wordings[-1].id)
    assert app.dataframe[1].value["n"].sum() == several.n


def test_conversations_are_narrowed_to_a_wording_and_an_agent(open_sample, several):
    app = open_sample(SCRIPTS, script=several.id)
    rare, agent = several.wordings[-1].id, several.agents[0].id
    app.selectbox(key=f"wording_{several.id}").select(rare).run()
    expected = {one.document_id for one in several.examples if one.wording == rare}
    assert set(app.dataframe[4].value["id"]) == expected
    app.selectbox(key=f"wording_{several.id}").select(None)
    app.selectbox(key=f"agent_{several.id}").select(agent).run()
    expected = {one.document_id for one in several.examples if one.agent_id == agent}
    assert set(app.dataframe[4].value["id"]) == expected


def test_opened_conversation_leads_back_to_the_family(open_sample, several):
    app = open_sample(CONVERSATIONS, doc=several.examples[0].document_id, script=several.id)
    assert links(app) == {t.NAV_SCRIPTS: f"scripts?script={several.id}"}


def test_all_conversations_with_the_sentence_are_one_link_away(open_sample, several):
    address = links(open_sample(SCRIPTS, script=several.id))[t.SCRIPTS_SEARCH]
    assert address.startswith("conversations?q=")


def test_rarer_and_other_kinds_are_left_out_when_asked(open_sample):
    everything = rows(open_sample(SCRIPTS))
    often = rows(open_sample(SCRIPTS, least="20"))
    assert often["n"].min() >= 20 > everything["n"].min()
    assert set(rows(open_sample(SCRIPTS, acts=["greeting"]))["kind"]) == {"인사"}


def test_filters_narrow_what_is_counted(open_sample, found):
    shown = rows(open_sample(SCRIPTS, topic="refund"))
    assert shown["n"].max() < found.families[0].n


def test_approved_family_is_listed_apart_filtered_out_and_taken_back(
    open_page, changeable, several
):
    app = open_page(SCRIPTS, script=several.id)
    app.button(key="mark_macro").click().run()
    ids = {one.id for one in several.wordings}
    assert macros.marks(changeable) == dict.fromkeys(ids, Mark.MACRO)
    apart = open_page(SCRIPTS, marked="macro")
    assert list(rows(apart)["text"]) == [several.text]
    others = open_page(SCRIPTS, marked="unmarked", least="2")
    assert several.text not in set(rows(others)["text"])
    app.button(key="mark_none").click().run()
    assert macros.marks(changeable) == {}
    assert values(open_page(SCRIPTS, marked="macro").info) == [t.SCRIPTS_NONE]


def test_family_can_be_required_instead_of_approved(open_page, changeable, several):
    app = open_page(SCRIPTS, script=several.id)
    app.button(key="mark_macro").click().run()
    app.button(key="mark_required").click().run()
    assert set(macros.marks(changeable).values()) == {Mark.REQUIRED}


def test_damaged_marks_are_one_sentence(open_page, changeable):
    (changeable / macros.FILE).write_text("{", encoding="utf-8")
    app = open_page(SCRIPTS)
    assert [macros.FILE in one for one in values(app.warning)] == [True]
    assert [*app.exception, *app.error] == []


def test_pick_and_conditions_survive_a_look_at_another_page(open_sample, several):
    app = open_sample(SCRIPTS, script=several.id)
    app.selectbox(key="least").select(10).run()
    app.query_params.clear()
    app.switch_page(OVERVIEW.path).run()
    app.query_params.clear()
    app.switch_page(SCRIPTS.path).run()
    assert app.selectbox(key="least").value == 10
    assert app.query_params["script"] == several.id


def test_scope_without_agents_says_so(open_page, tmp_path, monkeypatch):
    told = table(tmp_path / "r.csv", ("review_id", "text"), [("r-1", "답변이 복붙이었어요.")])
    pipeline.load(told, tmp_path / "store")
    monkeypatch.setenv("SAGWA_STORE", str(tmp_path / "store"))
    assert values(open_page(SCRIPTS).info) == [t.SCRIPTS_NO_AGENTS]


def test_markup_in_a_sentence_is_shown_not_run(open_page, tmp_path, monkeypatch):
    hostile = "<script>alert(1)</script> **굵은** 안내를 드리고 있습니다."
    turns = [(f"D-{at}", "상담사", hostile) for at in range(6)]
    chats = table(tmp_path / "c.csv", ("conversation_id", "speaker", "text"), turns)
    pipeline.load(chats, tmp_path / "store")
    monkeypatch.setenv("SAGWA_STORE", str(tmp_path / "store"))
    app = pick_first(open_page(SCRIPTS))
    markup = "".join(one.value for one in app.get("html"))
    assert "&lt;script&gt;alert(1)" in markup
    assert "<script>alert" not in markup + said(app)
