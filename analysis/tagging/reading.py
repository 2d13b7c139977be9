"""What the models are told of each unit: the turns of a chat, the sentences of a review."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.model import Document, Judgement, Kind, Speaker
from analysis.tagging import acts, repetition
from analysis.tagging.acts import ReadTurn
from analysis.tagging.linear import Sample

CUSTOMER, AGENT, REVIEW = "customer", "agent", "review"
# What each of the customer's units expresses stands in `said` beside what it does.
FEELINGS = "feelings"

# The log odds that a pattern which agrees adds to a sentence of a review, and those of no sentence.
_AGREED, _NEVER = 1.4, -8.0
_LETTER = re.compile(r"[가-힣A-Za-z]")

# From here on a text is long, in characters.
_LONG_TEXT = 60


@dataclass(slots=True)
class Reading:
    """One document while it is being read: its turns, and what the models say of each unit.

    `said[head]` maps a label to its probability in every unit of that head, in order;
    `summary[head]` holds named numbers that sum these up for the document.
    `judgement` is what a language model says of the document, where one was asked.
    """

    document: Document
    turns: tuple[ReadTurn, ...]
    said: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    summary: dict[str, dict[str, float]] = field(default_factory=dict)
    samples: dict[str, list[Sample]] = field(default_factory=dict)
    by_speaker: dict[Speaker, list[ReadTurn]] = field(default_factory=dict)
    judgement: Judgement | None = None

    def spoken(self, head: str) -> list[ReadTurn]:
        """The units that a head reads."""
        speaker = Speaker.AGENT if head == AGENT else Speaker.CUSTOMER
        if speaker not in self.by_speaker:
            self.by_speaker[speaker] = [turn for turn in self.turns if turn.speaker is speaker]
        return self.by_speaker[speaker]

    def told(self, head: str, label: str) -> list[tuple[int, float]]:
        """(turn, probability) of a label in every unit of a head; none where it is not read."""
        said = self.said.get(head, {}).get(label)
        if said is None:
            return []
        return [(unit.index, chance) for unit, chance in zip(self.spoken(head), said, strict=True)]

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads that read this document."""
        return (CUSTOMER, REVIEW) if self.document.kind is Kind.REVIEW else (CUSTOMER, AGENT)


def read(document: Document) -> Reading:
    """The document with the acts of its turns, before any model has seen it."""
    return Reading(document, acts.read(document))


def unit_samples(reading: Reading, head: str) -> list[Sample]:
    """One sample a unit of the head, in order: its text, what it answers, and where it stands."""
    if head not in reading.samples:
        units = reading.spoken(head)
        # A review answers nobody: its sentences are read beside the one before.
        other = {AGENT: Speaker.CUSTOMER, CUSTOMER: Speaker.AGENT, REVIEW: Speaker.CUSTOMER}[head]
        place = _in_review if head == REVIEW else _place
        answered: tuple[str, ...] = ()
        by_turn: dict[int, tuple[str, ...]] = {}
        for turn in reading.turns:
            by_turn[turn.index] = answered
            if turn.speaker is other:
                answered = (turn.text,)
        reading.samples[head] = [
            Sample((unit.text,), by_turn[unit.index], place(reading, units, position))
            for position, unit in enumerate(units)
        ]
    return reading.samples[head]


def document_facts(reading: Reading) -> dict[str, float]:
    """The named numbers from which the tags of a document are told."""
    facts: dict[str, float] = {}
    for summary in reading.summary.values():
        facts |= summary
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
    customer = reading.spoken(CUSTOMER)
    facts: dict[str, float] = {}
    for position, turn in enumerate([*customer, *reading.spoken(AGENT)]):
        mine = position < len(customer)
        for topic, spans in turn.topics.items():
            name = f"{'said' if mine else 'answered'}:{topic}"
            facts[name] = min(facts.get(name, 0.0) + 0.5 * len(spans), 2.0)
            if mine:
                facts[f"any:{topic}"] = 1.0
            if position == 0:
                facts[f"first:{topic}"] = 1.0
    for head, labels in reading.said.items():
        for label in labels:
            facts[f"turn:{label}"] = reading.summary[head].get(f"{head}:{label}:max", 0.0)
    # Told apart at no cost: reviews are about conduct far more often than chats.
    facts[reading.document.kind.value] = 8.0
    texts = tuple(turn.text for turn in customer)
    # Measured: patterns with their full weight drown what the words themselves say.
    return Sample(texts, texts[:2], {name: value / 4 for name, value in facts.items()})


def review_sample(reading: Reading) -> Sample:
    """What the most telling sentence of a review says of each tag, as log odds: one is enough.

    Where a pattern of the lexicon finds the same in a sentence, it says more.
    """
    facts = {}
    for tag in reading.said[REVIEW]:
        odds = [
            _log_odds(chance) + _AGREED * reading.turns[turn].does(tag, f"told_{tag}")
            for turn, chance in reading.told(REVIEW, tag)
            if _LETTER.search(reading.turns[turn].text)
        ]
        facts[tag] = max(odds, default=_NEVER)
    return Sample(facts=facts)


def _in_review(reading: Reading, units: Sequence[ReadTurn], position: int) -> dict[str, float]:
    """As `_place`, for a sentence: what patterns find in it counts, and its length only so far.

    Otherwise the long sentences of blogs would tell of everything.
    """
    facts = _place(reading, units, position)
    facts["length"] = min(facts["length"], 1.0)
    del facts["place"]
    return facts | {f"act:{act}": 1.0 for act in units[position].acts}


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


def _after_complaint(facts: dict[str, float], reading: Reading) -> None:
    """The same for what agents do after the first complaint: before it, it answers nothing."""
    complaints = reading.told(CUSTOMER, "complaint")
    since = next((turn for turn, chance in complaints if chance >= 0.5), None)
    if since is None:
        return
    facts["complaint found"] = 1.0
    later = sum(1 for turn in reading.spoken(AGENT) if turn.index > since)
    for label, said in reading.said.get(AGENT, {}).items() if later else ():
        facts[f"after:{label}"] = max(said[-later:])


def _log_odds(chance: float) -> float:
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(chance / (1 - chance))
