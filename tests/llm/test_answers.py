"""What is taken of an answer, and what is not: form, tags, quotes, speakers."""

from __future__ import annotations

import json

import pytest

from analysis.llm import answers
from analysis.llm.asking import DROPPED
from analysis.model import Evidence, Judgement, Sentiment
from tests.llm.standing_in import answer
from tests.tagging.making import chat, review

CHAT = chat(
    "고 아직도 안 왔어요.  화가 나네요",
    "봇 상담사를 연결합니다. 죄송합니다",
    "상 늦어져서 정말 죄송합니다",
    "고 책임자 바꿔 주세요",
)
REVIEW = review("사과 한마디 없었다. 다시는 안 쓴다.")


def tags(text, document=CHAT):
    return answers.read(text, document)[0].tags


def test_quotes_are_found_in_the_turns():
    said, dropped = answers.read(
        answer(
            ("complaint", 0, "화가 나네요"), ("apology", 2, "죄송합니다"), sentiment={"0": "neg"}
        ),
        CHAT,
    )
    assert said == Judgement(
        {"complaint": (Evidence(0, 12, 18),), "apology": (Evidence(2, 8, 13),)},
        {0: Sentiment.NEG},
    )
    assert not dropped


@pytest.mark.parametrize(
    ("around", "after"),
    [("```json\n", "\n```"), ("네, 답입니다: ", " 끝."), ("<think>{생각}</think>", ""), ("", "")],
)
def test_what_stands_around_the_object_does_no_harm(around, after):
    assert tags(around + answer(("complaint", 0, "화가 나네요")) + after)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "complaint",
        "[]",
        "{",
        "{}",
        '{"tags": []}',
        '{"tags": {}, "sentiment": {}}',
        '{"tags": [], "sentiment": "neg"}',
        '{"tags": [], "sentiment": []}',
        "{" * 100_000 + "}" * 100_000,
        answer(("complaint", 0, "없는 말")),
        answer(("anger", 0, "화가 나네요")),
        '{"tags": [{"id": "complaint", "evidence": []}], "sentiment": {}}',
    ],
)
def test_answer_of_another_form_or_with_nothing_true_is_of_no_use(text):
    with pytest.raises(answers.Unusable):
        answers.read(text, CHAT)


@pytest.mark.parametrize("sentiment", [None, "sad", {"0": "neg"}, 1])
def test_review_needs_one_sentiment(sentiment):
    text = json.dumps({"tags": [], "sentiment": sentiment})
    with pytest.raises(answers.Unusable):
        answers.read(text, REVIEW)


def test_review_is_read_whole():
    said, _ = answers.read(answer(("no_apology", 0, "사과 한마디"), sentiment="neg"), REVIEW)
    assert said == Judgement({"no_apology": (Evidence(0, 0, 6),)}, {}, Sentiment.NEG)


@pytest.mark.parametrize(
    ("tag", "turn", "quote", "place"),
    [
        # Another turn was named, or none that there is.
        ("complaint", 3, "화가 나네요", Evidence(0, 12, 18)),
        ("complaint", 99, "화가 나네요", Evidence(0, 12, 18)),
        ("complaint", "0", "화가 나네요", Evidence(0, 12, 18)),
        # White space tidied.
        ("complaint", 0, " 안 왔어요. 화가 나네요 ", Evidence(0, 4, 18)),
        # An absence shows in the customer's words, a refusal in either's.
        ("no_next_step", 3, "책임자", Evidence(3, 0, 3)),
        ("escalation_refused", 3, "책임자", Evidence(3, 0, 3)),
        ("escalation_refused", 2, "늦어져서", Evidence(2, 0, 4)),
        # Made up, changed, empty, a sign, nothing at all.
        ("complaint", 0, "너무 화가 나네요", None),
        ("complaint", 0, "화가 나네요!", None),
        ("complaint", 0, "", None),
        ("complaint", 0, ".", None),
        ("complaint", 0, None, None),
        ("complaint", 0, "화" * 5_000, None),
        # Somebody else's words: the bot's apology is nobody's, the agent's word no complaint.
        ("apology", 1, "연결합니다. 죄송합니다", None),
        ("complaint", 2, "늦어져서", None),
        ("no_apology", 2, "늦어져서", None),
        ("delivery", 1, "연결합니다", None),
    ],
)
def test_evidence_is_where_the_right_person_says_it(tag, turn, quote, place):
    # One true tag beside it: an answer with none is of no use at all.
    said, dropped = answers.read(
        answer(("wait_time", 0, "아직도"), (tag, turn, quote), sentiment={}), CHAT
    )
    assert said.tags.get(tag) == (None if place is None else (place,))
    assert dropped == ({} if place else {"missing_quote": 1})


def test_everything_dropped_is_counted():
    said = {
        "tags": [
            {"id": "complaint", "evidence": [{"turn": 0, "quote": "화가 나네요"}, "x", {}]},
            {"id": "complaint", "evidence": [{"turn": 0, "quote": "아직도"}]},
            {"id": "delivery"},
            {"id": "rage", "evidence": []},
            {"id": ["complaint"]},
            "complaint",
        ],
        "sentiment": {"0": "neg", "1": "neg", "3": "furious", "x": "neg"},
    }
    judgement, dropped = answers.read(json.dumps(said), CHAT)
    assert set(judgement.tags) == {"complaint"}
    assert len(judgement.tags["complaint"]) == 2
    assert dropped == {"missing_quote": 2, "no_evidence": 1, "unknown_tag": 3, "sentiment": 3}
    assert set(dropped) <= set(DROPPED)


@pytest.mark.parametrize(
    ("text", "document"),
    [
        (answer(("complaint", 0, "화가 나네요"), sentiment={"0": "neg"}), CHAT),
        (answer(("no_apology", 0, "사과 한마디"), sentiment="pos"), REVIEW),
        (answer(sentiment={}), CHAT),
    ],
)
def test_judgement_is_kept_whole_and_without_a_word_of_the_text(text, document):
    judgement, _ = answers.read(text, document)
    kept = answers.dumps(judgement)
    assert answers.loads(kept) == judgement
    assert not any(turn.text[:2] in kept for turn in document.turns)
