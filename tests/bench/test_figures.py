"""The benches themselves: what they print is what they are asked for."""

import pytest

from tests.bench import accuracy

GOLD = {
    "c-1": {
        "topics": ["refund"],
        "customer": ["complaint"],
        "agent": [],
        "sentiment": {"0": "neg"},
    },
    "c-2": {
        "topics": ["refund"],
        "customer": [],
        "agent": [],
        "sentiment": {"0": "neu", "2": "pos"},
    },
    "r-1": {
        "topics": ["other"],
        "customer": ["complaint"],
        "agent": ["apology"],
        "sentiment": "neg",
    },
}
FOUND = {
    "c-1": GOLD["c-1"],
    "c-2": {**GOLD["c-2"], "topics": ["delivery"], "sentiment": {"0": "neu", "2": "neu"}},
    "r-1": {**GOLD["r-1"], "agent": []},
}


@pytest.mark.parametrize(
    ("hits", "wrong", "missed", "expected"), [(3, 1, 1, 0.75), (0, 0, 4, 0), (2, 0, 0, 1)]
)
def test_f1(hits, wrong, missed, expected):
    assert accuracy.f1(hits, wrong, missed) == expected


def test_scores_count_every_decision_and_every_turn():
    chats = {key: GOLD[key] for key in ("c-1", "c-2")}
    found = accuracy.scores(chats, FOUND)

    assert found["topics"][0] == pytest.approx(0.5)
    assert found["customer"][0] == 1
    assert found["sentiment"] == pytest.approx(2 / 3)


def test_report_tells_chats_and_reviews_apart():
    lines = accuracy.report(GOLD, FOUND).splitlines()

    assert lines[0].startswith("chats (2): topics 0.500")
    assert lines[2].startswith("reviews (1): topics 1.000")


def test_second_reader_agrees_with_the_corpus():
    gold, found = accuracy.second()
    chats = {key: one for key, one in gold.items() if isinstance(one["sentiment"], dict)}

    assert len(gold) >= 200
    assert accuracy.scores(chats, found)["agent"][1] > 0.95
    assert accuracy.scores(chats, found)["topics"][0] > 0.87
