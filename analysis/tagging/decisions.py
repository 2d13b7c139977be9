"""Document level: which tags hold, told from the models' chances and the rules of the codebook."""

from __future__ import annotations

import re
from collections.abc import Mapping

from analysis.codebook import BEHAVIOURS, TOPICS
from analysis.model import Sentiment, Speaker
from analysis.tagging.linear import Sample
from analysis.tagging.reading import CUSTOMER, REVIEW, Reading, often_named

HOLDS = 0.5
_LETTER = re.compile(r"[가-힣A-Za-z]")
# For a sentence of a review in which a pattern of the lexicon finds the same.
_AGREED = 0.2

# A little under even: a topic left out hides a document, one too many only adds a line.
_TOPIC_HOLDS = 0.35
# Where several of the customer's sentences name the topic.
_NAMED_HOLDS = 0.15

_NEEDS_COMPLAINT = ("no_apology", "apology", "apology_specific", "empathy", "responsibility_shift")


def of_chat(reading: Reading, chances: Mapping[str, float]) -> dict[str, float]:
    """The tags that hold for a chat, with their chances, after the rules that bind them."""
    held = {tag: chance for tag, chance in chances.items() if chance >= HOLDS}
    if "complaint" in held:
        _exactly_one(held, chances, "apology", "no_apology")
    else:
        _drop(held, *_NEEDS_COMPLAINT)
    if "apology" not in held:
        _drop(held, "apology_specific")
    if "escalation_request" not in held:
        _drop(held, "escalation_refused")
    elif not _withdrawn(reading):
        _exactly_one(held, chances, "escalation_refused", "escalation_offered")
    else:
        _drop(held, "escalation_refused", "escalation_offered")
    if "complaint" not in held and "escalation_request" not in held:
        _drop(held, "escalation_offered")
    if "complaint" not in held and "refund_request" not in held:
        _drop(held, "compensation")
    if _wants_something(reading, held):
        _exactly_one(held, chances, "concrete_next_step", "no_next_step")
    else:
        _drop(held, "concrete_next_step", "no_next_step")
    return held


def of_review(reading: Reading, overall: Sentiment) -> dict[str, float]:
    """The tags that hold for a review, with their chances: what one sentence tells, is told."""
    held = {}
    for tag in reading.said[REVIEW]:
        chances = [
            chance
            for turn, chance in reading.told(REVIEW, tag)
            if chance >= told_from(reading, tag, turn) and _LETTER.search(reading.turns[turn].text)
        ]
        if chances:
            held[tag] = max(HOLDS, *chances)
    return bound_in_review(held, overall)


def bound_in_review(held: Mapping[str, float], overall: Sentiment) -> dict[str, float]:
    """The tags of those that are told which can hold together, after the rules that bind them."""
    held = dict(held)
    for one, other in (("apology", "no_apology"), ("escalation_offered", "escalation_refused")):
        if one in held and other in held:
            _drop(held, min(one, other, key=held.__getitem__))
    if overall is Sentiment.NEG:
        _drop(held, "satisfied_end")
    if "apology_specific" in held:
        held.setdefault("apology", held["apology_specific"])
    return held


def topics(sample: Sample, chances: Mapping[str, float]) -> dict[str, float]:
    """The topics that hold for a document, in the codebook's order: one at least."""
    named = {topic: chance for topic, chance in chances.items() if topic != "other"}
    held = {
        topic: chance
        for topic, chance in named.items()
        if chance >= (_NAMED_HOLDS if often_named(sample, topic) else _TOPIC_HOLDS)
    }
    if not held:
        best = max(named, key=named.__getitem__)
        other = chances.get("other", 0.0)
        held = {best: named[best]} if named[best] >= other else {"other": other}
    return {topic: held[topic] for topic in TOPICS if topic in held}


def told_from(reading: Reading, tag: str, turn: int) -> float:
    """From which chance on a sentence tells of a tag: less is needed where a pattern agrees."""
    return _AGREED if reading.turns[turn].does(tag, f"told_{tag}") else HOLDS


def opportunities(
    reading: Reading, held: Mapping[str, float], feelings: Mapping[int, Sentiment]
) -> frozenset[str]:
    """The behaviours that could occur in a chat at all; what holds had its opportunity."""
    customer = reading.spoken(CUSTOMER)
    complaint, refund = "complaint" in held, "refund_request" in held
    escalation = "escalation_request" in held
    asks_why = any(turn.does("ask_why") for turn in customer)
    could: set[str] = {tag for tag in held if tag in BEHAVIOURS}
    if complaint:
        could |= set(_NEEDS_COMPLAINT)
    if complaint or escalation:
        could.add("escalation_offered")
    if escalation:
        could.add("escalation_refused")
    if complaint or refund:
        could.add("compensation")
    if refund or any(turn.does("compensation_request") for turn in customer):
        could.add("grudging_concession")
    if asks_why:
        could.add("no_explanation")
    if asks_why or complaint:
        could.add("explanation")
    if _wants_something(reading, held):
        could |= {"concrete_next_step", "no_next_step"}
    if _answers(reading) >= 2:
        could.add("scripted_reply")
    if _closes_open(reading, held, feelings):
        could.add("dismissive_closing")
    return frozenset(could)


def _exactly_one(held: dict[str, float], chances: Mapping[str, float], *tags: str) -> None:
    chosen = max(tags, key=lambda tag: chances.get(tag, 0.0))
    _drop(held, *tags)
    held[chosen] = max(chances.get(chosen, 0.0), HOLDS)


def _drop(held: dict[str, float], *tags: str) -> None:
    for tag in tags:
        held.pop(tag, None)


def _withdrawn(reading: Reading) -> bool:
    """Whether the customer takes the request for a higher level back before it is answered."""
    asked = [
        turn for turn, chance in reading.told(CUSTOMER, "escalation_request") if chance >= HOLDS
    ]
    if not asked:
        return False
    for turn in reading.turns:
        if turn.index <= asked[0]:
            continue
        if turn.speaker is Speaker.AGENT:
            return False
        if turn.speaker is Speaker.CUSTOMER and turn.does("escalation_withdrawn"):
            return True
    return False


def _wants_something(reading: Reading, held: Mapping[str, float]) -> bool:
    wishes = ("request", "ask_why", "cancellation_request", "compensation_request")
    return bool({"complaint", "refund_request", "escalation_request"} & set(held)) or any(
        turn.does(*wishes) for turn in reading.spoken(CUSTOMER)
    )


def _answers(reading: Reading) -> int:
    """Number of agent turns that are more than a greeting, an identity check or a farewell."""
    formulas = {"greeting", "identity_check", "closing"}
    return sum(
        1
        for turn in reading.turns
        if turn.speaker is Speaker.AGENT and (set(turn.acts) - formulas or not turn.acts)
    )


def _closes_open(
    reading: Reading, held: Mapping[str, float], feelings: Mapping[int, Sentiment]
) -> bool:
    """Whether an agent closes while the customer is dissatisfied or the matter is open."""
    agents = [turn for turn in reading.turns if turn.speaker is Speaker.AGENT]
    closing = next((turn for turn in reversed(agents) if turn.does("closing")), None)
    if closing is None:
        return False
    before = [turn for turn in reading.spoken(CUSTOMER) if turn.index < closing.index]
    content = [turn for turn in before if not turn.does("routine")] or before
    if not content:
        return False
    return feelings.get(content[-1].index) is Sentiment.NEG or "no_next_step" in held
