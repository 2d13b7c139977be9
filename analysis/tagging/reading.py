"""What the models are told of each unit: the turns of a chat, the sentences of a review."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.model import Document, Kind, Speaker
from analysis.tagging import acts, lexicon, repetition
from analysis.tagging.acts import ReadTurn
from analysis.tagging.linear import Sample
from analysis.tokens import sentences

CUSTOMER, AGENT, REVIEW = "customer", "agent", "review"

# From here on a text is long, in characters.
_LONG_TEXT = 60


@dataclass(slots=True)
class Reading:
    """One document while it is being read: its turns, and what the models say of each unit.

    `said[head]` maps a label to (turn, probability) of every unit of that head, in order.
    """

    document: Document
    turns: tuple[ReadTurn, ...]
    said: dict[str, dict[str, list[tuple[int, float]]]] = field(default_factory=dict)

    def spoken(self, head: str) -> list[ReadTurn]:
        """The units that a head reads."""
        speaker = Speaker.AGENT if head == AGENT else Speaker.CUSTOMER
        return [turn for turn in self.turns if turn.speaker is speaker]

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads that read this document."""
        return (CUSTOMER, REVIEW) if self.document.kind is Kind.REVIEW else (CUSTOMER, AGENT)


def read(document: Document) -> Reading:
    """The document with the acts of its turns, before any model has seen it."""
    return Reading(document, acts.read(document))


def unit_samples(reading: Reading, head: str) -> list[Sample]:
    """One sample a unit of the head, in order: its text, what it answers, and where it stands."""
    units = reading.spoken(head)
    other = Speaker.CUSTOMER if head == AGENT else Speaker.AGENT
    answered = ""
    by_turn: dict[int, str] = {}
    for turn in reading.turns:
        by_turn[turn.index] = answered
        if turn.speaker is other and head != REVIEW:
            answered = turn.text
        elif head == REVIEW and turn.speaker is Speaker.CUSTOMER:
            answered = turn.text
    return [
        Sample(
            unit.text,
            by_turn[unit.index],
            _in_review(reading, units, position)
            if head == REVIEW
            else _place(reading, units, position),
        )
        for position, unit in enumerate(units)
    ]


def sentence_samples(turn: ReadTurn, sample: Sample) -> list[tuple[tuple[int, int], Sample]]:
    """Each sentence of a unit as a unit of its own, to find where in it a tag shows."""
    return [
        ((start, end), Sample(turn.text[start:end], sample.context, sample.facts))
        for start, end in sentences.spans(turn.text)
    ]


def document_facts(reading: Reading) -> dict[str, float]:
    """The named numbers from which the tags of a document are told."""
    facts: dict[str, float] = {}
    for head, labels in reading.said.items():
        for label, said in labels.items():
            _summary(facts, f"{head}:{label}", [chance for _, chance in said])
    for turn in reading.turns:
        for act in turn.acts:
            name = f"act:{turn.speaker.value}:{act}"
            facts[name] = min(facts.get(name, 0.0) + 0.5, 1.5)
    facts["customer turns"] = len(reading.spoken(CUSTOMER)) / 5
    facts["agent turns"] = len(reading.spoken(AGENT)) / 5
    if reading.document.kind is Kind.CHAT:
        facts["repetition"] = repetition.closeness(reading.spoken(AGENT))
        _after_complaint(facts, reading)
    return facts


def topic_sample(reading: Reading) -> Sample:
    """The whole document for the model of topics: the customer's words, and the agent's beside."""
    customer = [turn.text for turn in reading.spoken(CUSTOMER)]
    agent = [turn.text for turn in reading.spoken(AGENT)]
    facts: dict[str, float] = {}
    for position, text in enumerate([*customer, *agent]):
        mine = position < len(customer)
        for topic, act in lexicon.acts("topics").items():
            found = sum(1 for _ in act.spans(text))
            if not found:
                continue
            name = f"{'said' if mine else 'answered'}:{topic}"
            facts[name] = min(facts.get(name, 0.0) + 0.5 * found, 2.0)
            if mine:
                facts[f"any:{topic}"] = 1.0
            if position == 0:
                facts[f"first:{topic}"] = 1.0
    for labels in reading.said.values():
        for label, said in labels.items():
            facts[f"turn:{label}"] = max((chance for _, chance in said), default=0.0)
    facts[reading.document.kind.value] = 1.0
    return Sample("\n".join(customer), "\n".join(customer[:2]), facts)


def _in_review(reading: Reading, units: Sequence[ReadTurn], position: int) -> dict[str, float]:
    """As `_place`, for a sentence: what patterns find in it counts, and its length only so far.

    Otherwise the long sentences of blogs would tell of everything.
    """
    facts = _place(reading, units, position)
    facts["length"] = min(facts["length"], 1.0)
    del facts["place"]
    return facts | {f"act:{act}": 1.0 for act in units[position].acts}


def often_named(sample: Sample, topic: str) -> bool:
    """Whether three or more of the customer's sentences name a topic."""
    return (sample.facts or {}).get(f"said:{topic}", 0.0) >= 1.5


def _place(reading: Reading, units: Sequence[ReadTurn], position: int) -> dict[str, float]:
    unit = units[position]
    total = len(reading.turns)
    return {
        "first": float(position == 0),
        "last": float(position == len(units) - 1),
        "end": float(unit.index >= total - 2),
        "place": unit.index / max(total, 1),
        "length": min(len(unit.text), 2 * _LONG_TEXT) / _LONG_TEXT,
    }


def _summary(facts: dict[str, float], name: str, chances: Sequence[float]) -> None:
    """The greatest, its log odds, the sum and the last of the chances in a document's units."""
    if not chances:
        return
    greatest = max(chances)
    facts[f"{name}:max"] = greatest
    facts[f"{name}:odds"] = _log_odds(greatest) / 4
    facts[f"{name}:sum"] = min(sum(chances), 3.0)
    facts[f"{name}:last"] = chances[-1]


def _after_complaint(facts: dict[str, float], reading: Reading) -> None:
    """The same for what agents do after the first complaint: before it, it answers nothing."""
    complaints = reading.said.get(CUSTOMER, {}).get("complaint", [])
    since = next((turn for turn, chance in complaints if chance >= 0.5), None)
    if since is None:
        return
    facts["complaint found"] = 1.0
    for label, said in reading.said.get(AGENT, {}).items():
        later = [chance for turn, chance in said if turn > since]
        if later:
            facts[f"after:{label}"] = max(later)


def _log_odds(chance: float) -> float:
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(chance / (1 - chance))
