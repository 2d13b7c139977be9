"""Counting: sentences, conversations, agents, topics, wordings, and examples for each of them."""

from __future__ import annotations

import pytest

from analysis.model import AgentTurn
from analysis.repeats import families
from analysis.repeats.families import Share

CHECK = "담당 부서에 바로 확인해 드리겠습니다."
CHECK_TOO = "네 고객님, 담당 부서에 바로 확인해 드릴게요~"
REFUSE = "규정상 환불은 어렵습니다."


def turn(document: str, text: str, *, agent: str | None = "a-1", topics: tuple[str, ...] = ()):
    return AgentTurn(document, agent, topics, text)


TURNS = [
    turn("c-1", f"안녕하세요 고객님. {CHECK}", topics=("refund",)),
    turn("c-1", REFUSE, topics=("refund",)),
    turn("c-2", f"안녕하세요, 김민지 고객님! {CHECK}", agent="a-2", topics=("refund", "login")),
    turn("c-2", CHECK, agent="a-2", topics=("refund", "login")),
    turn("c-3", f"안녕하세요 고객님. {CHECK_TOO}", agent=None),
    turn("c-4", f"{CHECK_TOO} 처음 하는 말이에요.", agent="a-2"),
]


def found(least: int = 2, turns=TURNS):
    return families.repeats(turns, least=least)


def family(act: str | None, **others):
    return next(one for one in found(**others).families if one.act == act)


def test_whole_is_every_sentence_of_the_agents():
    whole = found()
    assert (whole.sentences, whole.conversations, whole.agents) == (10, 4, 2)


def test_family_counts_sentences_and_conversations():
    check = family(None)
    assert (check.n, check.conversations) == (5, 4)
    assert [(one.text, one.n) for one in check.wordings] == [(CHECK, 3), (CHECK_TOO, 2)]
    assert (check.text, check.id) == (CHECK, check.wordings[0].id)


def test_agents_stand_with_all_their_sentences_and_the_unknown_one_does_not():
    assert family(None).agents == (Share("a-2", 3, 5), Share("a-1", 1, 3))


def test_topics_are_counted_in_conversations():
    assert family(None).topics == (Share("refund", 2, 2), Share("login", 1, 1))


def test_greeting_is_told_apart_whatever_name_it_holds():
    greeting = family("greeting")
    assert (greeting.n, len(greeting.wordings)) == (3, 1)


def test_what_was_said_once_is_in_no_family():
    said = {one.text for family in found().families for one in family.wordings}
    assert REFUSE not in said
    assert "처음 하는 말이에요." not in said


def test_least_leaves_out_rarer_families():
    assert [one.n for one in found(least=2).families] == [5, 3]
    assert [one.n for one in found(least=4).families] == [5]
    assert found(least=6).families == ()


def test_every_wording_and_agent_has_an_example_behind_it():
    turns = [turn(f"c-{at}", CHECK) for at in range(60)]
    turns += [turn("c-60", CHECK_TOO, agent="a-9"), turn("c-61", CHECK_TOO)]
    (check,) = found(turns=turns).families
    shown = check.examples
    assert [one.document_id for one in shown[:40]] == [f"c-{at}" for at in range(40)]
    assert {one.wording for one in shown} == {one.id for one in check.wordings}
    assert {one.agent_id for one in shown} == {"a-1", "a-9"}
    assert len(shown) == 41


def test_order_of_loading_changes_no_id():
    backward = sorted(TURNS, key=lambda one: one.document_id, reverse=True)
    assert [one.id for one in found(turns=backward).families] == [
        one.id for one in found().families
    ]


@pytest.mark.parametrize("turns", [[], [turn("c-1", "")], [turn("c-1", "네. 네. 네.")]])
def test_nothing_to_find_gives_no_family(turns):
    assert found(turns=turns).families == ()


def test_rarest_forms_are_given_up_where_there_are_too_many(monkeypatch):
    monkeypatch.setattr(families, "MOST_FORMS", 20)
    syllables = "가나다라마바사아자차카타파하"
    turns = []
    for at, (one, other) in enumerate((a, b) for a in syllables for b in syllables):
        turns.append(turn(f"c-{at}", f"{CHECK} {one * 3}{other * 3} 입니다."))
    whole = found(turns=turns)
    assert whole.given_up > 0
    assert whole.sentences == 2 * len(turns)
    assert [(one.text, one.n) for one in whole.families] == [(CHECK, len(turns))]
