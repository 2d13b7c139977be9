"""Which documents no topic covers, and what of them is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.model import Evidence, Scope, Speaker, Tag
from analysis.store import unnamed
from tests.store.making import DAY, chat, load

SHOWN = (Evidence(0, 0, 2),)


def with_tags(id: str, *tags: Tag):
    return replace(chat(id), tags=tags)


@pytest.mark.parametrize(
    ("tags", "is_unnamed"),
    [
        ((), True),
        ((Tag("other", (), confidence=0.9),), True),
        ((Tag("refund", SHOWN, confidence=0.9),), False),
        ((Tag("refund", SHOWN, confidence=0.5),), False),
        ((Tag("refund", SHOWN, confidence=0.49),), True),
        ((Tag("refund", (), confidence=0.9),), True),
        ((Tag("refund", SHOWN, confidence=0.4), Tag("delivery", (), confidence=0.9)), False),
        ((Tag("complaint", SHOWN, confidence=0.9),), True),
    ],
)
def test_unnamed_is_what_no_topic_covers(path, tags, is_unnamed):
    load(path, with_tags("c-1", *tags))
    drawn = unnamed.draw(path, unnamed=10, others=10)
    assert (drawn.unnamed, drawn.all_unnamed) == (int(is_unnamed), int(is_unnamed))
    assert drawn.keys == (("chat", "c-1"),)
    assert (("chat", "c-1") in unnamed.count(path, Scope()).ended_at) is is_unnamed


def test_only_what_people_said_is_read(path):
    texts = (
        (Speaker.SYSTEM, "연결"),
        (Speaker.BOT, "봇입니다"),
        (Speaker.CUSTOMER, "주차 되나요"),
        (Speaker.AGENT, "네 됩니다"),
    )
    load(path, chat("c-1", texts=texts), chat("c-2", texts=texts[:1]))
    drawn = unnamed.draw(path, unnamed=10, others=10)
    assert dict(zip(drawn.keys, drawn.texts, strict=True)) == {
        ("chat", "c-1"): "주차 되나요 네 됩니다",
        ("chat", "c-2"): "",
    }


def test_further_documents_leave_the_order_of_those_drawn(path):
    load(path, *(chat(f"c-{at}") for at in range(40)))
    before = unnamed.draw(path, unnamed=30, others=0)
    assert (before.unnamed, before.all_unnamed) == (30, 40)
    load(path, *(chat(f"d-{at}") for at in range(4)))
    after = unnamed.draw(path, unnamed=30, others=0)
    still = [key for key in after.keys if key in before.keys]
    assert still == list(before.keys[: len(still)])
    assert len(still) >= 26


def test_scope_counts_its_own(path):
    load(path, chat("c-1"), chat("c-2", channel="app"), chat("c-3", at=None))
    counted = unnamed.count(path, Scope(channels=("app",)))
    assert (counted.ended_at, counted.documents) == ({("chat", "c-2"): DAY}, 1)
    day = date(DAY.year, DAY.month, DAY.day)
    assert unnamed.count(path, Scope(start=day)).documents == 2


def test_excerpts_are_found_by_key(path):
    load(path, chat("c-1"), chat("c-2"))
    found = unnamed.excerpts(path, [("chat", "c-2"), ("review", "c-1")])
    assert list(found) == [("chat", "c-2")]
    assert found["chat", "c-2"].excerpt == "무료 기간인데 결제가 됐어요"


def test_empty_store_has_none(path):
    assert unnamed.draw(path, unnamed=10, others=10).keys == ()
    assert unnamed.count(path, Scope()).documents == 0
    assert unnamed.excerpts(path, []) == {}
