"""Conversations: the list and its conditions, one conversation with its evidence, the way back."""

from __future__ import annotations

import re

import pytest

from analysis.model import Scope
from analysis.store import conversations as documents
from pages.parts.text import t
from tests.pages.conftest import HOSTILE
from tests.pages.reading import CHURN, CONVERSATIONS, OVERVIEW, links, matching, values

FIRST_ROW = {"selection": {"rows": [0], "columns": [], "cells": []}}


MARK = r'<mark [^>]*title="([^"]+)"'


@pytest.fixture
def unapologetic(sample_store) -> str:
    """The id of a chat in which no apology was found."""
    listed = documents.conversations(sample_store, Scope(kinds=("chat",)), tags=("no_apology",))
    return str(listed.rows["document_id"][0])


def body(app) -> str:
    """The markup of the conversation that is shown."""
    return "\n".join(one.value for one in app.get("html"))


def total(app) -> int:
    """How many conversations the list says it found."""
    found = re.match(t.FOUND.format(total=r"([\d,]+)"), app.caption[1].value)
    return int(found[1].replace(",", ""))


def test_list_holds_every_document_of_the_store(open_page, shown):
    app = open_page(CONVERSATIONS)
    assert total(app) == documents.conversations(shown, Scope()).total
    assert len(app.dataframe[0].value) == 50


def test_second_page_goes_on_where_the_first_ends(open_sample):
    app = open_sample(CONVERSATIONS)
    first = set(app.dataframe[0].value["id"])
    app.get("pagination")[0].select(2).run()
    assert not first & set(app.dataframe[0].value["id"])


def test_conditions_narrow_the_list(open_sample):
    app = open_sample(CONVERSATIONS)
    everything = total(app)
    app.multiselect(key="with").select("no_apology").run()
    narrowed = total(app)
    app.selectbox(key="ended").select("neg").run()
    assert everything > narrowed > total(app) > 0


def test_search_finds_a_document_by_its_id(open_odd):
    app = open_odd(CONVERSATIONS)
    app.text_input(key="q").input("D-2").run()
    assert list(app.dataframe[0].value["id"]) == ["D-2"]


def test_nothing_found_tells_what_to_do(open_sample):
    app = open_sample(CONVERSATIONS, q="세상에없는말")
    assert values(app.info) == [t.FOUND_NONE]


def test_link_opens_the_list_with_its_conditions(open_sample):
    app = open_sample(CONVERSATIONS, **{"with": ["no_apology", "complaint"], "left": "yes"})
    assert app.multiselect(key="with").value == ["no_apology", "complaint"]
    assert app.selectbox(key="left").value == "yes"


def test_picked_row_opens_its_conversation(open_sample):
    app = open_sample(CONVERSATIONS)
    first = app.dataframe[0].value["id"][0]
    app.session_state["conversations_table_0"] = FIRST_ROW
    app.run()
    assert values(app.title) == [first]
    assert app.query_params["doc"] == first


def test_way_back_shows_the_list_as_it_was(open_sample):
    app = open_sample(CONVERSATIONS)
    app.text_input(key="q").input("환불")
    app.multiselect(key="with").select("no_apology").run()
    before = list(app.dataframe[0].value["id"])
    app.session_state["conversations_table_0"] = FIRST_ROW
    app.run()
    app.button(key="back").click().run()
    assert app.text_input(key="q").value == "환불"
    assert list(app.dataframe[0].value["id"]) == before
    assert "doc" not in app.query_params


def test_way_back_shows_the_page_of_the_list_that_was_left(open_sample):
    app = open_sample(CONVERSATIONS)
    app.get("pagination")[0].select(2).run()
    before = list(app.dataframe[0].value["id"])
    app.session_state["conversations_table_0"] = FIRST_ROW
    app.run()
    app.button(key="back").click().run()
    assert list(app.dataframe[0].value["id"]) == before


def test_search_survives_a_look_at_another_page(open_sample):
    app = open_sample(CONVERSATIONS)
    app.text_input(key="q").input("환불").run()
    # The navigation leads to a page without anything in the address.
    app.query_params.clear()
    app.switch_page(OVERVIEW.path).run()
    app.query_params.clear()
    app.switch_page(CONVERSATIONS.path).run()
    assert app.text_input(key="q").value == "환불"


def test_followed_link_is_not_narrowed_by_an_earlier_search(open_sample):
    link = {"with": "no_apology", "eligible": "no_apology", "left": "counted"}
    app = open_sample(CONVERSATIONS, **link)
    counted = total(app)
    app.text_input(key="q").input("환불").run()
    assert total(app) < counted
    app.query_params.clear()
    app.switch_page(CHURN.path).run()
    app.query_params.clear()
    app.query_params.update(link)
    app.switch_page(CONVERSATIONS.path).run()
    assert app.text_input(key="q").value == ""
    assert total(app) == counted


def test_link_opens_the_conversation(open_odd):
    assert values(open_odd(CONVERSATIONS, doc="D-2").title) == ["D-2"]


def test_unknown_conversation_says_so_and_leads_back(open_sample):
    app = open_sample(CONVERSATIONS, doc="no-such-document")
    assert values(app.info) == [t.DOC_MISSING]
    app.button(key="back").click().run()
    assert values(app.title) == [t.CONVERSATIONS_TITLE]


def test_chat_and_review_of_one_id_are_told_apart(open_odd):
    assert "sg-turn" in body(open_odd(CONVERSATIONS, doc="D-1"))
    assert "sg-review" in body(open_odd(CONVERSATIONS, doc="D-1", of="review"))


def test_conversation_is_found_whatever_kinds_are_filtered(open_odd):
    assert "sg-turn" in body(open_odd(CONVERSATIONS, doc="D-1", kind=["chat", "review"]))


def test_review_is_opened_from_the_list(open_odd):
    app = open_odd(CONVERSATIONS, kind="review")
    app.session_state["conversations_table_0"] = FIRST_ROW
    app.run()
    assert "sg-review" in body(app)
    assert (app.query_params["doc"], app.query_params["of"]) == ("D-1", "review")


def test_evidence_is_marked_with_the_names_of_its_tags(open_sample, unapologetic):
    marks = re.findall(MARK, body(open_sample(CONVERSATIONS, doc=unapologetic)))
    assert "사과 없음" in {name for mark in marks for name in mark.split(", ")}


def test_only_the_linked_tag_is_marked_at_first(open_sample, unapologetic):
    app = open_sample(CONVERSATIONS, doc=unapologetic, mark="no_apology")
    assert set(re.findall(MARK, body(app))) == {"사과 없음"}


def test_conversation_leads_back_to_the_comparison_it_was_opened_from(open_sample, unapologetic):
    app = open_sample(CONVERSATIONS, doc=unapologetic, mark="no_apology")
    assert links(app) == {t.NAV_CHURN: "churn?behaviour=no_apology"}


def test_what_was_searched_in_vain_is_said(open_sample, unapologetic):
    app = open_sample(CONVERSATIONS, doc=unapologetic)
    assert any(matching(t.DOC_SEARCHED, text) for text in values(app.caption))


def test_markup_in_a_turn_is_shown_not_run(open_odd):
    markup = body(open_odd(CONVERSATIONS, doc="D-1"))
    conversation = markup.partition("</style>")[2]
    assert "<script" not in conversation
    said = re.sub(r"<[^>]+>", "", conversation)
    assert HOSTILE.replace("<", "&lt;").replace(">", "&gt;") in said


def test_conversation_says_what_became_of_the_customer(open_odd):
    assert t.DOC_UNKNOWN in open_odd(CONVERSATIONS, doc="D-1").caption[0].value


def test_rarer_conditions_are_folded_unless_one_is_set(open_sample):
    assert not open_sample(CONVERSATIONS).expander[0].proto.expanded
    assert open_sample(CONVERSATIONS, eligible="no_apology").expander[0].proto.expanded
