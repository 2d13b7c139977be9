"""Rules of the house over the store: tried out, saved, applied to what is loaded."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from analysis import rules
from analysis.errors import BadRule
from analysis.model import Speaker
from analysis.rules import After, Rule
from tests.store.making import chat, check, load, review

RULE = Rule("house_00000a", "무료 기간", "topics", ("무료기간",), speaker="customer")
SAID = {
    "free": "무료 기간인데 결제가 됐어요",
    "spaced": "무 료 기 간 끝났나요",
    "ended": "무료 기간 끝나고 해지했어요",
    "other": "배송이 늦어요",
}


@pytest.fixture
def store(tmp_path):
    """Four chats of a customer's turn and an agent's, and a review that holds nothing of theirs."""
    path = tmp_path / "store"
    turns = {
        id: ((Speaker.CUSTOMER, text), (Speaker.AGENT, "무료 기간은 지났습니다"))
        for id, text in SAID.items()
    }
    load(path, *(chat(id, tags=("refund",), texts=said) for id, said in turns.items()), review("r"))
    return path


def found(store, rule, saved=None):
    return {document_id for _, document_id in rules.preview(store, rule, saved).found}


HOLDING = [
    (RULE, {"free", "spaced", "ended"}),
    (replace(RULE, without=("해지",)), {"free", "spaced"}),
    (replace(RULE, speaker="agent"), {"free", "spaced", "ended", "other"}),
    (replace(RULE, speaker="anyone", contains=("엉망",)), {"r"}),
    (replace(RULE, contains=(r"^배송",), regex=True), {"other"}),
    (replace(RULE, contains=("지났습니다",), speaker="agent", after=After(("해지",))), {"ended"}),
    (replace(RULE, contains=("다시는",), after=After(tag="refund")), set()),
    (
        replace(RULE, contains=("지났",), speaker="agent", after=After(tag="refund")),
        {"free", "spaced", "ended", "other"},
    ),
    (replace(RULE, contains=("' OR TRUE --",)), set()),
]


@pytest.mark.parametrize(("rule", "expected"), HOLDING)
def test_documents_that_hold_a_rule(store, rule, expected):
    assert found(store, rule) == expected


def test_preview_counts_what_changes_against_the_saved_rule(store):
    changed = replace(RULE, contains=("무료기간인", "배송"))
    tried = rules.preview(store, changed, RULE)
    assert (tried.documents, tried.matched, tried.share) == (5, 2, 0.4)
    assert (tried.gained, tried.lost) == (1, 2)
    shown = {name: {one.document_id for one in list} for name, list in tried.samples.items()}
    assert shown == {
        "matched": {"free", "other"},
        "gained": {"other"},
        "lost": {"spaced", "ended"},
    }
    (gained,) = tried.samples["gained"]
    (turn,) = gained.turns
    (place,) = gained.evidence
    assert turn.text[place.start : place.end] == "배송"


def test_renamed_rule_changes_nothing(store):
    tried = rules.preview(store, replace(RULE, name="새 이름"), RULE)
    assert (tried.matched, tried.gained, tried.lost) == (3, 0, 0)


def test_new_rule_has_nothing_to_be_compared_with(store):
    tried = rules.preview(store, RULE)
    assert (tried.gained, tried.lost, tried.samples["gained"]) == (0, 0, ())


def test_checked_matches_are_counted(store):
    check(store, "free", RULE.id, True)
    check(store, "ended", RULE.id, False)
    check(store, "other", RULE.id, True)
    assert rules.checked(store, RULE.id, rules.preview(store, RULE)) == (2, 1)


def test_many_matches_show_a_few_and_always_the_same(tmp_path):
    load(tmp_path, *(chat(f"c-{number:02}") for number in range(30)))
    first, second = (rules.preview(tmp_path, RULE).samples["matched"] for _ in "ab")
    assert len(first) == 8
    assert first == second


def test_slow_expression_is_refused_in_time(tmp_path):
    load(tmp_path, chat("1", texts=((Speaker.CUSTOMER, "x" * 80 + "!"),)))
    with pytest.raises(BadRule, match="오래"):
        rules.preview(tmp_path, replace(RULE, contains=("(x|xx)+$",), regex=True))


def test_rules_are_saved_masked_and_keep_their_id(tmp_path):
    rules.put(tmp_path, RULE)
    saved = rules.put(
        tmp_path,
        replace(RULE, name="새 이름", contains=("전화 010-1234-5678",)),
        replace(RULE, id="house_00000b"),
    )
    assert (saved.version, [rule.id for rule in saved.rules]) == (2, [RULE.id, "house_00000b"])
    assert rules.newest(tmp_path) == saved
    assert saved.rule(RULE.id).contains == ("전화 [전화번호]",)
    files = [file.read_text(encoding="utf-8") for file in (tmp_path / "rules").iterdir()]
    assert not any("010-1234" in content for content in files)


def test_rule_that_cannot_be_used_is_not_saved(tmp_path):
    with pytest.raises(BadRule):
        rules.put(tmp_path, RULE, replace(RULE, id="house_00000b", contains=()))
    assert rules.newest(tmp_path).version == 0


def test_file_is_tried_out_without_saving(store, tmp_path):
    rules.put(store, replace(RULE, contains=("배송",)))
    file = tmp_path / "rules.json"
    content = {"rules": [rules.rule_json(RULE), {**rules.rule_json(RULE), "retired": True}]}
    content["rules"][1]["id"] = "house_00000b"
    file.write_text(json.dumps(content), encoding="utf-8")
    ((rule, tried),) = rules.check_file(store, file)
    assert (rule, tried.matched, tried.gained, tried.lost) == (RULE, 3, 3, 1)
    assert rules.newest(store).version == 1


def test_file_that_is_no_json_is_refused_by_name(tmp_path):
    file = tmp_path / "own.json"
    file.write_text("{", encoding="utf-8")
    with pytest.raises(BadRule, match=r"own\.json"):
        rules.read_file(file)


def test_names_of_tags_and_rules(tmp_path):
    rules.put(tmp_path, replace(RULE, retired=True))
    assert rules.name(tmp_path, "refund") == "환불"
    assert rules.name(tmp_path, RULE.id) == "무료 기간"
    assert rules.name(tmp_path, "house_ffffff") == "house_ffffff"
