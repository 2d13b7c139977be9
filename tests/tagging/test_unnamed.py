"""Groups of documents that share words: found, told apart, and unchanged by what comes later."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.tagging import unnamed
from analysis.tagging.unnamed import Profile
from tests.tagging.planted import texts

PARKING, LESSONS, REFUNDS = texts("parking", 60), texts("lesson", 40), texts("refund", 60)


def read(*unnamed_texts: str):
    """The words of unnamed texts with those of refunds, which have their topic, after them."""
    terms = unnamed.read([*unnamed_texts, *REFUNDS])
    return terms, np.arange(len(unnamed_texts) + len(REFUNDS)) < len(unnamed_texts)


def find(*unnamed_texts: str, kept=(), least=20, most=40):
    terms, flags = read(*unnamed_texts)
    return unnamed.find(terms, flags, kept, least=least, most=most)


def held(profile: Profile, *given: str) -> list[bool]:
    """Which of the texts belong to a profile."""
    return unnamed.read(given).members(profile).tolist()


@pytest.fixture(scope="module")
def both() -> tuple[Profile, ...]:
    return find(*PARKING, *LESSONS)


def of(profiles, word: str) -> Profile:
    """The profile in which a word is among the first."""
    (found,) = [one for one in profiles if word in dict(one.words[:6])]
    return found


def test_two_matters_are_two_groups(both):
    assert len(both) == 2
    parking, lesson = of(both, "주차"), of(both, "강습")
    assert np.mean(held(parking, *PARKING)) > 0.9
    assert np.mean(held(lesson, *LESSONS)) > 0.9
    assert not any(held(parking, *LESSONS, *REFUNDS))
    assert not any(held(lesson, *PARKING, *REFUNDS))


def test_same_texts_give_the_very_same(both):
    assert find(*PARKING, *LESSONS) == both


def test_what_is_known_is_not_found_again(both):
    assert find(*PARKING, *LESSONS, kept=both) == ()
    again = find(*PARKING, *LESSONS, kept=[of(both, "주차")])
    assert [one.words[0][0] for one in again] == [of(both, "강습").words[0][0]]


def test_further_texts_do_not_change_which_belong(both):
    parking = of(both, "주차")
    alone = held(parking, *PARKING)
    among_others = held(parking, *PARKING, *texts("lesson", 300, seed=8), *REFUNDS)
    assert among_others[: len(PARKING)] == alone


@pytest.mark.parametrize(("number", "found"), [(19, 0), (40, 1)])
def test_group_below_the_least_size_is_none(number, found):
    assert len(find(*PARKING[:number], least=20)) == found


def test_words_of_every_conversation_tell_nothing():
    polite = [f"{text}. 안녕하세요 상담 감사합니다" for text in PARKING]
    others = [f"{text}. 안녕하세요 상담 감사합니다" for text in REFUNDS]
    terms = unnamed.read([*polite, *others])
    flags = np.arange(len(polite) + len(others)) < len(polite)
    (profile,) = unnamed.find(terms, flags, (), least=20, most=40)
    assert not {"안녕", "상담", "감사"} & dict(profile.words).keys()


def test_no_more_are_found_than_asked_for():
    assert len(find(*PARKING, *LESSONS, most=1)) == 1
    assert find(*PARKING, *LESSONS, most=0) == ()


@pytest.mark.parametrize("given", [(), ("",) * 30, ("안녕",), ("주차",) * 30])
def test_texts_that_tell_nothing_give_nothing(given):
    assert find(*given) == ()


def test_no_other_documents_are_needed():
    terms = unnamed.read([*PARKING, *LESSONS])
    flags = np.ones(len(PARKING) + len(LESSONS), dtype=bool)
    assert len(unnamed.find(terms, flags, (), least=20, most=40)) == 2


def test_id_is_made_of_the_words(both):
    one = both[0]
    assert one.id == Profile(one.words, 0.9).id
    assert one.id != Profile((("다른", 1.0), *one.words[1:]), one.cut).id
