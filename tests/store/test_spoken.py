"""The agents' turns: only theirs, only of the scope, conversation by conversation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from analysis.model import AgentTurn, Scope, Speaker
from analysis.store import spoken
from tests.store.making import DAY, chat, load, review

TEXTS = (
    (Speaker.AGENT, "첫째입니다"),
    (Speaker.CUSTOMER, "아니요"),
    (Speaker.BOT, "자동 응답"),
    (Speaker.AGENT, "둘째입니다"),
)


def said(path, **scope) -> list[AgentTurn]:
    return spoken.agent_turns(path, Scope(**scope), list)


def test_empty_store_says_nothing(path):
    assert said(path) == []


def test_newest_conversation_first_and_its_turns_in_order(path):
    later = chat("c-1", at=DAY + timedelta(days=1), texts=TEXTS, tags=("refund", "account_login"))
    load(path, chat("c-2", texts=TEXTS), later, review("r-1"))
    assert said(path) == [
        AgentTurn("c-1", "a-1", ("refund", "account_login"), "첫째입니다"),
        AgentTurn("c-1", "a-1", ("refund", "account_login"), "둘째입니다"),
        AgentTurn("c-2", "a-1", (), "첫째입니다"),
        AgentTurn("c-2", "a-1", (), "둘째입니다"),
    ]


def test_newer_version_takes_the_place_of_the_older(path):
    load(path, chat("c-1", texts=TEXTS))
    load(path, chat("c-1", texts=((Speaker.AGENT, "새 말입니다"),)), digest="e")
    assert [one.text for one in said(path)] == ["새 말입니다"]


@pytest.mark.parametrize(
    ("scope", "ids"),
    [
        ({"channels": ("call",)}, {"c-2"}),
        ({"topics": ("refund",)}, {"c-1"}),
        ({"start": date(2026, 3, 3)}, {"c-2"}),
        ({"kinds": ("review",)}, set()),
    ],
)
def test_scope_narrows_what_is_read(path, scope, ids):
    first = chat("c-1", tags=("refund",))
    load(path, first, chat("c-2", at=DAY + timedelta(days=1), channel="call"))
    assert {one.document_id for one in said(path, **scope)} == ids
