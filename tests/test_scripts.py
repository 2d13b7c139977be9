"""Repeated answers from the store: what is counted, which marks hold, and how long it takes."""

from __future__ import annotations

import dataclasses
import random
import time
from datetime import timedelta

import pytest

from analysis import scripts
from analysis.codebook import TOPICS
from analysis.errors import BadSetting
from analysis.model import Scope, Speaker
from analysis.store import loading, macros
from analysis.store.macros import Mark
from tests.store.making import DAY, chat, load

FIRST = "담당 부서에 바로 확인해 드리겠습니다."
SECOND = "네 고객님, 담당 부서에 바로 확인해 드릴게요."
OTHER = "규정상 환불은 어렵습니다."
MANY_CHATS = 100_000


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store"


def said(prefix: str, text: str, times: int, *, tags: tuple[str, ...] = ()):
    texts = ((Speaker.CUSTOMER, text), (Speaker.AGENT, text))
    return [chat(f"{prefix}-{at}", tags=tags, texts=texts) for at in range(times)]


def found(path, least: int = 2, **scope):
    return scripts.scripts(path, Scope(**scope), least=least)


def test_only_agents_are_counted(path):
    load(path, *said("c", FIRST, 3))
    (family,) = found(path).families
    assert (family.n, found(path).sentences) == (3, 3)


def test_scope_narrows_what_is_counted(path):
    load(path, *said("c", FIRST, 3), *said("d", FIRST, 2, tags=("refund",)))
    assert [one.n for one in found(path, topics=("refund",)).families] == [2]


@pytest.mark.parametrize("least", [1, 0, -3])
def test_once_is_not_again_and_again(path, least):
    with pytest.raises(BadSetting, match="least"):
        found(path, least=least)


def test_mark_survives_a_load_after_which_another_wording_leads(path):
    load(path, *said("c", FIRST, 3), *said("d", SECOND, 2), *said("e", OTHER, 2))
    family = found(path).families[0]
    macros.put(path, [one.id for one in family.wordings], Mark.MACRO)
    load(path, *said("f", SECOND, 9), digest="later")
    later = found(path).families[0]
    assert (later.text, later.id != family.id) == (SECOND, True)
    marks = macros.marks(path)
    assert [scripts.mark_of(one, marks) for one in found(path).families] == ["macro", None]
    macros.take_back(path, [one.id for one in later.wordings])
    assert scripts.mark_of(later, macros.marks(path)) is None


def test_family_without_a_marked_wording_has_no_mark(path):
    load(path, *said("c", FIRST, 3))
    (family,) = found(path).families
    assert scripts.mark_of(family, {"s-other": Mark.MACRO}) is None


def fragment(chance: random.Random, first: int, known: list[str], rare: list[str]):
    for number in range(first, first + 2_000):
        turns = []
        for at in range(7):
            if at % 2 == number % 2:
                turns.append((Speaker.CUSTOMER, f"결제가 왜 됐나요 {number}"))
                continue
            words = chance.choices(rare, k=chance.randrange(4, 12))
            usual = chance.choice(known).replace("#", str(chance.randrange(1, 99)))
            turns.append((Speaker.AGENT, f"{usual} {' '.join(words)}."))
        tags = tuple(topic for topic in TOPICS if chance.random() < 0.1)
        at = DAY - timedelta(minutes=chance.randrange(400_000))
        one = chat(f"c-{number}", tags=tags, at=at, texts=tuple(turns))
        agent = f"a-{chance.randrange(200)}"
        yield dataclasses.replace(one, document=dataclasses.replace(one.document, agent_id=agent))


@pytest.mark.slow
def test_hundred_thousand_chats_are_counted_in_twenty_seconds_of_one_core(path):
    chance = random.Random(7)
    syllables = (
        "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호"
    )
    rare = ["".join(chance.choices(syllables, k=chance.randrange(2, 5))) for _ in range(3_000)]
    known = [f"{' '.join(chance.choices(rare, k=6))} #일에 안내드립니다." for _ in range(3_000)]
    with loading.begin(
        path, file="f", kind="chat", format="csv", digest="x", tagger_version="1"
    ) as batch:
        for first in range(0, MANY_CHATS, 2_000):
            batch.add(list(fragment(chance, first, known, rare)))
    began = time.process_time()
    whole = found(path, least=5)
    taken = time.process_time() - began
    assert (whole.conversations, whole.sentences) == (MANY_CHATS, 700_000)
    assert sum(one.n for one in whole.families) >= 350_000
    assert taken < 20
