"""Near duplicates: hand-made pairs, one half of which nobody chose a threshold on."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest

from analysis.repeats import forms, near

PAIRS = tomllib.loads((Path(__file__).parent / "pairs.toml").read_text(encoding="utf-8"))


def wording(text: str) -> tuple[str, str]:
    return forms.form(text), text


def joined(pairs) -> list[bool]:
    """Which pairs are one family when they are looked for as all wordings are."""
    return [len(near.families([wording(one), wording(other)])) == 1 for one, other in pairs]


@pytest.mark.parametrize(("half", "found"), [("tuned", 20), ("held_out", 24)])
def test_near_duplicates_are_joined(half, found):
    assert sum(joined(PAIRS[half]["near"])) >= found


@pytest.mark.parametrize("half", ["tuned", "held_out"])
def test_merely_similar_sentences_are_not_joined(half):
    pairs = PAIRS[half]["similar"]
    wrong = [pair for pair, one in zip(pairs, joined(pairs), strict=True) if one]
    assert wrong == []


def test_places_and_products_may_differ_and_other_things_may_not():
    pairs = PAIRS["slots"]["similar"]
    found = [one.split()[0] for (one, _), same in zip(pairs, joined(pairs), strict=True) if same]
    assert found == ["프리미엄", "서울"]


def test_hashing_finds_what_comparing_all_pairs_finds():
    chance = random.Random(5)
    said = [text for half in ("tuned", "held_out") for pair in PAIRS[half]["near"] for text in pair]
    wordings = [wording(text) for text in said]
    for text in said:
        words = text.split()
        words.insert(chance.randrange(len(words)), "정말")
        wordings.append(wording(" ".join(words)))
    found = near.families(wordings)
    leaders = [members[0] for members in found]
    missed = [
        place
        for place, members in enumerate(found)
        if any(near.same(wordings[leaders[place]], wordings[one]) for one in leaders[:place])
    ]
    assert len(found) < 70
    assert len(missed) <= 1


def test_families_hold_every_wording_once_in_order():
    texts = ["네 확인해 드리겠습니다", "확인해 드리겠습니다.", "환불은 어렵습니다"]
    found = near.families([wording(text) for text in texts])
    assert found == [[0, 1], [2]]


def test_wording_near_a_member_but_not_the_leader_does_not_join():
    chain = [
        "주문하신 상품은 내일 오전에 출고되어 모레 도착합니다",
        "주문하신 상품은 내일 오전에 출고되어 주말에 도착합니다",
        "예약하신 기사는 내일 오전에 출고되어 주말에 도착합니다",
        "예약하신 기사는 내일 저녁에 출발하여 주말에 도착합니다",
    ]
    found = near.families([wording(text) for text in chain])
    assert [0, 1] in found
    assert not any({0, 3} <= set(members) for members in found)


@pytest.mark.parametrize("texts", [[], ["네"], ["가나다라마"]])
def test_nothing_and_little_are_no_trouble(texts):
    assert near.families([wording(text) for text in texts]) == [[at] for at in range(len(texts))]
