"""The prefilter spares work and loses nothing."""

import json

import pytest

from analysis import settings
from analysis.tagging import lexicon, prefilter

TEXTS = [
    turn["text"]
    for path in sorted((settings.DATA / "corpus").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()[::6]
    for turn in json.loads(line).get("turns", [{"text": json.loads(line).get("text", "")}])
]


@pytest.mark.parametrize(
    ("expression", "conditions"),
    [
        ("환불", [[{"환불"}]]),
        ("(환불|환급)해", [[{"환불해", "환급해"}]]),
        ("환불?", [[{"환"}]]),
        ("왜.{0,14}결제", [[{"결제"}, {"왜"}]]),
        ("왜.{0,14}결제|환불", [[{"결제"}, {"왜"}], [{"환불"}]]),
        ("(?:(왜|또).?환불)", [[{"환불"}, {"왜", "또"}]]),
        ("[가나]", [[{"가", "나"}]]),
        ("(환불|.*)", None),
        ("환*", None),
        (".", None),
        ("(?:취소){2}", [[{"취소"}]]),
    ],
)
def test_needed_words(expression, conditions):
    found = prefilter.needed_words(expression)

    assert (found and [[set(words) for words in sets if words] for sets in found]) == conditions


@pytest.mark.parametrize(
    ("text", "places"), [("왜 결제됐죠", {0, 2}), ("결제 확인", {2}), ("환불", {1, 2}), ("", {2})]
)
def test_every_set_needs_a_word(text, places):
    assert prefilter.Prefilter(["왜.*결제", "환불", "."]).candidates(text) == places


@pytest.mark.parametrize("name", ["customer", "agent", "narrated", "topics"])
def test_reader_finds_what_each_act_finds_alone(name):
    for text in TEXTS:
        alone = {
            (name, act_id): spans
            for act_id, act in lexicon.acts(name).items()
            if (spans := tuple(act.spans(text)))
        }
        assert lexicon.reader(name).read(text) == alone


def test_few_expressions_are_tried_on_a_text():
    expressions = [
        pattern.pattern for act in lexicon.acts("customer").values() for pattern in act.patterns
    ]
    fast = prefilter.Prefilter(expressions)

    assert len(fast.candidates("주문번호 알려드릴게요")) < len(expressions) / 10
