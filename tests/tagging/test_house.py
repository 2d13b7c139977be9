"""Rules of the house: what matches where, how they are read, and what is refused."""

from __future__ import annotations

import json
import string
import time
from dataclasses import replace

import duckdb
import pytest

from analysis.errors import BadRule
from analysis.model import Evidence, SaidTurn, Tag
from analysis.tagging import house, house_json
from analysis.tagging.house import After, Rule, RuleSet
from tests.store.making import chat

RULE = Rule("house_00000a", "기사 방문", "topics", ("기사님 방문",))


def turns(*said):
    """Turns of (speaker, text)."""
    return [SaidTurn(at, speaker, text) for at, (speaker, text) in enumerate(said)]


def held(rule, *said):
    return [(one.turn, one.start, one.end) for one in house.find(rule, turns(*said))]


MATCHING = [
    ("기사님 방문", "오늘 기사님 방문 하나요", (3, 9)),
    ("기사님 방문", "기사님방문", (0, 5)),
    ("기사님방문", "기사님  방\n문", (0, 8)),
    ("기사님 방문", "기사님이 방문", None),
    ("iPhone 13", "IPHONE13이요", (0, 8)),
    ("a.b", "axb", None),
    ("a.b", "A . B", (0, 5)),
    ("100%", "100 %", (0, 5)),
    ("쿠폰\u3000함", "쿠폰\u00a0함", (0, 4)),
]


@pytest.mark.parametrize(("phrase", "text", "span"), MATCHING, ids=[row[0] for row in MATCHING])
def test_phrase_matches_whatever_its_white_space_and_case(phrase, text, span):
    rule = replace(RULE, contains=(phrase,))
    assert held(rule, ("customer", text)) == ([] if span is None else [(0, *span)])


def in_store(text, *phrases):
    pattern = house.stored_pattern(phrases)
    return duckdb.execute("SELECT regexp_matches(?, ?)", (text, pattern)).fetchall()[0][0]


@pytest.mark.parametrize(("phrase", "text", "span"), MATCHING, ids=[row[0] for row in MATCHING])
def test_store_finds_what_the_rule_finds(phrase, text, span):
    assert in_store(text, phrase, "다른 말") is (span is not None)


def test_store_and_rule_agree_on_any_punctuation_and_white_space():
    phrase = string.punctuation
    spaces = [chr(code) for code in range(0x3100) if chr(code).isspace()]
    text = "".join(letter + space for letter, space in zip(phrase, spaces * 2, strict=False))
    assert held(replace(RULE, contains=(phrase,)), ("customer", text))
    assert in_store(text, phrase)
    assert house.stored_pattern(()) is None


def test_every_stretch_is_evidence():
    rule = replace(RULE, contains=("방문", "기사"))
    said = ("기사 방문", "네", "방문")
    assert held(rule, *(("customer", one) for one in said)) == [(0, 0, 2), (0, 3, 5), (2, 0, 2)]


@pytest.mark.parametrize(
    ("speaker", "expected"), [("customer", [0]), ("agent", [1]), ("anyone", [0, 1, 2])]
)
def test_speaker_is_minded(speaker, expected):
    said = [(who, "기사님 방문") for who in ("customer", "agent", "bot")]
    assert [place[0] for place in held(replace(RULE, speaker=speaker), *said)] == expected


def test_excluded_phrase_silences_its_own_turn_only():
    rule = replace(RULE, without=("취소",))
    assert held(rule, ("customer", "기사님 방문 취 소해 주세요")) == []
    assert held(rule, ("customer", "기사님 방문"), ("customer", "취소요")) == [(0, 0, 6)]


def test_later_than_a_turn_with_a_phrase():
    rule = replace(RULE, after=After(contains=("고장",)))
    later, earlier = ("customer", "고장 났어요"), ("agent", "기사님 방문")
    assert held(rule, later, earlier) == [(1, 0, 6)]
    assert held(rule, earlier, later) == []
    # One and the same turn is not later than itself.
    assert held(rule, ("customer", "고장이라 기사님 방문")) == []


def test_later_than_the_evidence_of_a_tag():
    rule = replace(RULE, after=After(tag="complaint"))
    said = turns(("customer", "화가 나요"), ("agent", "기사님 방문"))
    assert house.find(rule, said) == ()
    said[0] = said[0]._replace(tags={"complaint"})
    assert house.find(rule, said) == (Evidence(1, 0, 6),)


def test_regular_expressions_keep_their_white_space_and_groups():
    rule = replace(RULE, contains=(r"(\d+)번 방문", r"(가|나)\1"), regex=True)
    assert held(rule, ("customer", "3번 방문, 나나")) == [(0, 0, 5), (0, 7, 9)]
    assert held(rule, ("customer", "3번방문 가나")) == []


def test_applied_rules_are_tags_with_evidence_beside_the_others():
    tagged = chat("1", tags=("complaint",))
    after = Rule("house_00000b", "환불 거절", "agent", ("환불은",), after=After(tag="complaint"))
    retired = replace(after, id="house_00000c", retired=True)
    found = house.apply(RuleSet(3, (RULE, after, retired)), tagged)
    assert found.tags == (*tagged.tags, Tag("house_00000b", (Evidence(3, 0, 3),)))
    assert house.apply(RuleSet(), tagged) == tagged


def test_rules_are_written_and_read_back():
    rules = RuleSet(
        2,
        (
            RULE,
            Rule(
                "house_00000b", "뒤", "agent", (r"a\d",), ("b",), "agent",
                After(("c",), "complaint"), regex=True, retired=True,
            ),
        ),
    )  # fmt: skip
    written = json.loads(json.dumps(house_json.as_json(rules)))
    assert house_json.read(written, "f") == rules


def test_rule_is_read_plainly():
    rule = house_json.read_rule(
        {
            "name": " 기사  방문 ",
            "group": "topics",
            "contains": ["기사님  방문", " "],
        },
        "f",
    )
    assert (rule.name, rule.contains, rule.speaker) == ("기사 방문", ("기사님 방문",), "anyone")
    assert house.codebook.is_house(rule.id)


def test_changed_rule_keeps_its_place_and_a_new_one_comes_last():
    other = replace(RULE, id="house_00000b")
    renamed = replace(RULE, name="새 이름")
    rules = RuleSet(1, (RULE,)).put(other).put(renamed)
    assert rules == RuleSet(3, (renamed, other))


GOOD = {"id": "house_00000a", "name": "이름", "group": "agent", "contains": ["말"]}
BAD = [
    ({"name": ""}, "이름"),
    ({"name": "가" * 61}, "이름"),
    ({"name": 3}, "이름"),
    ({"id": "refund"}, "house_"),
    ({"id": "house_x' OR TRUE"}, "house_"),
    ({"group": "other"}, "topics, customer, agent"),
    ({"speaker": "robot"}, "customer, agent, anyone"),
    ({"contains": []}, "하나 이상"),
    ({"contains": [" "]}, "하나 이상"),
    ({"contains": "말"}, "목록"),
    ({"contains": [1]}, "목록"),
    ({"contains": ["가" * 201]}, "200자"),
    ({"contains": [str(number) for number in range(51)]}, "50개"),
    ({"after": {"tag": "no_such_tag"}}, "코드북"),
    ({"after": {"phrase": "말"}}, "after"),
    ({"after": "말"}, "after"),
    ({"regex": "yes"}, "true"),
    ({"colour": "red"}, "colour"),
    ({"regex": True, "contains": ["(가"]}, "정규식"),
    ({"regex": True, "contains": ["가*"]}, "빈 글"),
    ({"regex": True, "contains": ["(a|aa)+$"]}, "오래"),
    ({"regex": True, "contains": ["말"], "without": ["(환|환환)+$"]}, "오래"),
    ({"regex": True, "contains": ["말"], "after": {"contains": ["(?:환불|환|불)+$"]}}, "오래"),
]


@pytest.mark.parametrize(("changed", "word"), BAD, ids=[str(row[0])[:40] for row in BAD])
def test_rule_that_cannot_be_used_is_refused_with_its_place(changed, word):
    began = time.monotonic()
    with pytest.raises(BadRule) as refusal:
        house_json.read({"rules": [GOOD, GOOD | changed]}, "rules.json")
    assert str(refusal.value).startswith("rules.json #2")
    assert word in str(refusal.value)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "content",
    [
        [],
        None,
        {"rules": {}},
        {"rules": [3]},
        {"rules": [GOOD, GOOD]},
        {"rules": [GOOD], "version": -1},
        {"rules": [GOOD] * 301},
    ],
)
def test_file_of_something_else_is_refused(content):
    with pytest.raises(BadRule, match=r"rules\.json"):
        house_json.read(content, "rules.json")


def test_expression_that_takes_too_long_on_a_text_is_an_error_not_a_wait():
    rule = replace(RULE, contains=(r"(x|xx)+$",), regex=True)
    began = time.monotonic()
    with pytest.raises(BadRule, match="기사 방문"):
        house.find(rule, turns(("customer", "x" * 80 + "!")))
    assert time.monotonic() - began < 5
