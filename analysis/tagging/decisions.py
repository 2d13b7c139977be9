"""Document level: which tags hold, told from the models' chances and the rules of the codebook."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.codebook import BEHAVIOURS, TOPICS
from analysis.model import Sentiment, Speaker
from analysis.tagging.reading import CUSTOMER, Reading

# From which chance on a tag holds where its model says nothing else.
HOLDS = 0.5

# A chance this far from certain either way is worth a look.
_DOUBTFUL = 0.2
_CONTRARY = ("no_apology", "no_next_step")

_NEEDS_COMPLAINT = ("no_apology", "apology", "apology_specific", "empathy", "responsibility_shift")


def of_chat(
    reading: Reading, chances: Mapping[str, float], holds: Mapping[str, float]
) -> dict[str, float]:
    """The tags that hold for a chat, with their chances, after the rules that bind them.

    `holds` tells from which chance on a tag holds.
    """
    held = _likely(chances, holds)
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


def of_review(
    chances: Mapping[str, float], holds: Mapping[str, float], overall: Sentiment
) -> dict[str, float]:
    """The tags that hold for a review, with their chances, after the rules that bind them."""
    return bound_in_review(_likely(chances, holds), overall)


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


def topics(chances: Mapping[str, float], holds: Mapping[str, float]) -> dict[str, float]:
    """The topics that hold for a document, in the codebook's order: one at least, `other` alone."""
    held = _likely(chances, holds)
    if len(held) > 1:
        held.pop("other", None)
    if not held:
        best = max(chances, key=chances.__getitem__)
        held = {best: chances[best]}
    return {topic: held[topic] for topic in TOPICS if topic in held}


def doubts(
    chances: Mapping[str, float], could: frozenset[str], held: Mapping[str, float], *, chat: bool
) -> dict[str, float]:
    """The chances near enough to even that a person should look, of tags that could be there.

    Of two contraries one is enough to ask about.
    """
    return {
        tag: round(chance, 3)
        for tag, chance in chances.items()
        if _DOUBTFUL <= chance <= 1 - _DOUBTFUL
        and tag not in _CONTRARY
        and (tag in held or not chat or tag not in BEHAVIOURS or tag in could)
    }


def _likely(chances: Mapping[str, float], holds: Mapping[str, float]) -> dict[str, float]:
    return {tag: chance for tag, chance in chances.items() if chance >= holds.get(tag, HOLDS)}


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
    held[chosen] = chances.get(chosen, HOLDS)


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
