"""Rules of the house: the form, what it finds before it is saved, and its tags elsewhere."""

from __future__ import annotations

import shutil
import threading

import pytest

from analysis import pipeline, retagging, rules
from analysis.errors import StoreBusy
from analysis.rules import Rule
from analysis.store import checks
from pages.parts import retag
from pages.parts.text import t
from tests.pages.conftest import table
from tests.pages.reading import CONVERSATIONS, OVERVIEW, RULES, matching, values

RULE = Rule("house_00000a", "두 번 결제", "topics", ("두번결제", "두 번 됐"), speaker="customer")


@pytest.fixture
def own(odd_store, tmp_path, monkeypatch):
    """A copy of the odd store, to be written to."""
    path = tmp_path / "store"
    shutil.copytree(odd_store, path)
    monkeypatch.setenv("SAGWA_STORE", str(path))
    return path


@pytest.fixture
def saved(own):
    """The store with one rule, which holds for the chat D-1."""
    rules.put(own, RULE)
    return own


def field(app, kind, name):
    """The field of the rule that is shown, whatever its id."""
    return next(one for one in app.get(kind) if (one.key or "").startswith(f"rule_{name}_"))


def fill(app, name, text):
    kind = "text_input" if name == "name" else "text_area"
    field(app, kind, name).input(text)
    return app.run()


def figures(app):
    return {one.label: one.value for one in app.metric}


def html(app):
    return "\n".join(one.value for one in app.get("html"))


def test_form_alone_says_where_to_begin(own, open_page):  # noqa: ARG001
    app = open_page(RULES)
    assert values(app.info) == [t.RULE_START]
    assert app.button(key="save_rule").disabled


def test_matches_are_shown_before_saving(own, open_page):
    app = fill(open_page(RULES), "contains", "두 번 됐\n없는 말")
    assert figures(app)[t.RULE_MATCHED] == "1"
    assert app.metric[0].delta == "33.3%, n=3"
    assert '<mark class="sg-mark"' in html(app)
    assert "두 번 됐</mark>" in html(app)
    # Without a name nothing can be saved.
    assert app.button(key="save_rule").disabled
    assert rules.newest(own).version == 0


def test_saved_rule_is_shown_for_changing_and_the_next_is_new(own, open_page):
    app = fill(fill(open_page(RULES), "contains", "두 번 됐"), "name", "두 번 결제")
    app.button(key="save_rule").click().run()
    (rule,) = rules.newest(own).rules
    assert (rule.name, rule.contains, rule.group) == ("두 번 결제", ("두 번 됐",), "topics")
    assert app.selectbox(key="rule").value == rule.id
    assert app.query_params["rule"] == rule.id
    app.selectbox(key="rule").select("new").run()
    fill(fill(app, "contains", "배송"), "name", "배송 문의")
    app.button(key="save_rule").click().run()
    assert [one.name for one in rules.newest(own).rules] == ["두 번 결제", "배송 문의"]


def test_change_is_held_against_the_saved_rule(saved, open_page):
    app = fill(open_page(RULES, rule=RULE.id), "contains", "배송지")
    shown = figures(app)
    assert (shown[t.RULE_MATCHED], shown[t.RULE_GAINED], shown[t.RULE_LOST]) == ("1", "1", "1")
    app.button_group(key="rule_list").set_value("lost").run()
    assert "두 번 됐</mark>" in html(app)
    assert rules.newest(saved).rules == (RULE,)


def test_match_is_found_wrong_there_and_then(saved, open_page):
    app = open_page(RULES, rule=RULE.id)
    app.text_input(key="reviewer").input("김").run()
    app.button_group(key=f"check_chat_D-1_{RULE.id}").set_value(False).run()
    assert checks.of_tag(saved, RULE.id) == {("chat", "D-1"): False}
    assert figures(app)[t.RULE_CHECKED] == "0.0%"


def test_rule_is_retired_and_used_again(saved, open_page):
    app = open_page(RULES, rule=RULE.id)
    app.button(key="retire_rule").click().run()
    assert rules.newest(saved).active == ()
    assert app.button(key="retire_rule").label == t.RULE_RESTORE
    app.button(key="retire_rule").click().run()
    assert rules.newest(saved).active == (RULE,)


def test_expression_that_is_none_is_explained(own, open_page):  # noqa: ARG001
    app = open_page(RULES)
    field(app, "checkbox", "regex").check()
    fill(app, "contains", "(두 번")
    assert "정규식이 아닙니다" in app.warning[0].value
    assert values(app.info) == [t.RULE_START]


def test_rule_is_looked_for_later_than_a_phrase(own, open_page):  # noqa: ARG001
    app = fill(open_page(RULES), "contains", "처리된")
    field(app, "button_group", "speaker").set_value("agent")
    fill(app, "after", "없는 말")
    assert figures(app)[t.RULE_MATCHED] == "0"
    assert values(app.info) == [t.RULE_LIST_EMPTY]
    assert figures(fill(app, "after", "화가 납니다"))[t.RULE_MATCHED] == "1"


def test_what_was_typed_survives_a_look_at_another_page(own, open_page):  # noqa: ARG001
    app = fill(open_page(RULES), "contains", "두 번 됐")
    app.switch_page(OVERVIEW.path).run()
    app.switch_page(RULES.path).run()
    assert field(app, "text_area", "contains").value == "두 번 됐"


def test_rule_can_be_written_without_any_data(open_empty, empty):
    app = fill(fill(open_empty(RULES), "contains", "두 번"), "name", "이름")
    assert values(app.info) == [t.RULE_NO_DATA]
    app.button(key="save_rule").click().run()
    assert [rule.name for rule in rules.newest(empty).rules] == ["이름"]


def test_rule_that_cannot_be_saved_says_why(saved, open_page, monkeypatch):  # noqa: ARG001
    problem = StoreBusy("data/store")

    def fails(*_args, **_rest):
        raise problem

    monkeypatch.setattr(rules, "put", fails)
    app = open_page(RULES, rule=RULE.id)
    app.button(key="retire_rule").click().run()
    assert values(app.warning) == [str(problem)]
    assert not app.exception


def test_house_tags_are_filtered_named_and_marked_on_the_conversations(saved, open_page, tmp_path):
    turns = [("D-9", "고객", "두 번 됐어요 <b>"), ("D-9", "상담사", "네.")]
    pipeline.load(
        table(tmp_path / "more.csv", ("conversation_id", "speaker", "text"), turns), saved
    )
    app = open_page(CONVERSATIONS, **{"with": RULE.id})
    assert list(app.dataframe[0].value["id"]) == ["D-9"]
    assert RULE.name in app.dataframe[0].value["tags"][0]
    markup = html(open_page(CONVERSATIONS, doc="D-9", mark=RULE.id))
    assert f'title="{RULE.name}">두 번 됐</mark>' in markup


def test_what_is_imported_is_tagged_anew_in_the_background(saved, open_page):
    app = open_page(RULES)
    assert any(matching(t.RETAG_NOTE, text) for text in values(app.caption))
    app.button(key="retag").click().run()
    retag.job().thread.join(60)
    app.run()
    assert "배치 2개의 문서 3건을 다시 태그했습니다" in app.success[0].value
    assert t.RETAG_PRESENT in values(app.caption)
    app = open_page(CONVERSATIONS, **{"with": RULE.id})
    assert list(app.dataframe[0].value["id"]) == ["D-1"]
    assert rules.newest(saved).version == 1


def test_tagging_anew_that_is_under_way_shows_how_far_it_is(saved, open_page, monkeypatch):
    halt = threading.Event()

    def retagging_slowly(_store, *, progress):
        progress(1, 3)
        halt.wait(60)

    monkeypatch.setattr(retagging, "retag", retagging_slowly)
    app = open_page(RULES)
    app.button(key="retag").click().run()
    # Not even another session begins a second one.
    retag.job().start(saved)
    bars = [one.proto.text for one in open_page(RULES).get("progress")]
    halt.set()
    assert bars == [t.RETAG_PROGRESS.format(done=1, total=3)]


def test_tagging_anew_that_fails_says_why(saved, open_page, monkeypatch):  # noqa: ARG001
    problem = StoreBusy("data/store")

    def fails(*_args, **_rest):
        raise problem

    monkeypatch.setattr(retagging, "retag", fails)
    app = open_page(RULES)
    app.button(key="retag").click().run()
    retag.job().thread.join(60)
    assert values(app.run().warning) == [str(problem)]


@pytest.mark.usefixtures("saved")
def test_fault_while_tagging_anew_is_logged_without_its_message(open_page, monkeypatch, caplog):
    def fails(*_args, **_rest):
        raise RuntimeError("고객의 글")

    monkeypatch.setattr(retagging, "retag", fails)
    app = open_page(RULES)
    app.button(key="retag").click().run()
    retag.job().thread.join(60)
    assert values(app.run().error) == [t.UNEXPECTED]
    assert "RuntimeError while tagging anew" in caplog.text
    assert "고객의 글" not in caplog.text
