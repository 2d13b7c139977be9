"""Where a tag shows: the turns that the unit models point at, and in them the sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.model import Evidence, Kind, Tag
from analysis.tagging import linear
from analysis.tagging.acts import ReadTurn
from analysis.tagging.decisions import HOLDS
from analysis.tagging.language import Language, Texts
from analysis.tagging.linear import Linear, Sample
from analysis.tagging.reading import AGENT, CUSTOMER, REVIEW, Reading
from analysis.tokens import sentences

# What is searched for in vain, and the customer's words that called for it: the first that hold.
_CALLED_BY = {
    "no_apology": ("complaint",),
    "no_next_step": ("complaint", "refund_request", "escalation_request"),
    "no_explanation": ("no_explanation",),
}
# A sentence stands beside the best one of its turn where it is this near to it, in log odds.
_NEAR = 0.7
# A sentence of a review in which a pattern finds what another sentence has already told.
_TELLS_TOO = 0.05


@dataclass(frozen=True, slots=True)
class _Shown:
    """A tag that holds, and the turns that show it by the word of one head's model."""

    id: str
    chance: float
    head: str
    label: str
    turns: tuple[int, ...]
    places: tuple[Evidence, ...] = ()
    absence: bool = False


def tags(
    readings: Sequence[Reading],
    held: Sequence[Mapping[str, float]],
    units: Mapping[str, Linear],
    language: Language,
) -> list[tuple[Tag, ...]]:
    """For each document every tag that holds, with its evidence and confidence."""
    shown = [
        [_shown(one, tag, chance, units) for tag, chance in tags.items()]
        for one, tags in zip(readings, held, strict=True)
    ]
    places = _Places(readings, shown, units, language)
    return [
        tuple(_tag(one, tag, places) for tag in tags)
        for one, tags in zip(readings, shown, strict=True)
    ]


def topics(one: Reading, held: Mapping[str, float]) -> tuple[Tag, ...]:
    """The topics with the customer's sentences in which their words stand, where any do."""
    return tuple(
        Tag(
            topic,
            tuple(
                Evidence(turn.index, start, end)
                for turn in one.spoken(CUSTOMER)
                for start, end in turn.topics.get(topic, ())
            ),
            confidence=chance,
        )
        for topic, chance in held.items()
    )


def _tag(one: Reading, tag: _Shown, places: _Places) -> Tag:
    found = tag.places or tuple(
        places.within(one.turns[turn], tag.head, tag.label) for turn in tag.turns
    )
    if not tag.absence:
        return Tag(tag.id, found, confidence=tag.chance)
    return Tag(tag.id, found, searched(one, found), tag.chance)


def searched(one: Reading, places: Sequence[Evidence]) -> tuple[int, ...]:
    """The agent turns after the first place that called for something that none of them has."""
    since = places[0].turn if places else -1
    return tuple(turn.index for turn in one.spoken(AGENT) if turn.index > since)


def _shown(one: Reading, tag: str, chance: float, units: Mapping[str, Linear]) -> _Shown:
    if one.document.kind is Kind.REVIEW:
        return _Shown(tag, chance, REVIEW, tag, _turns(one, REVIEW, tag))
    if tag in _CALLED_BY or (
        tag == "escalation_refused" and _greatest(one, CUSTOMER, tag) > _greatest(one, AGENT, tag)
    ):
        return _absence(one, tag, chance)
    head = AGENT if tag in units[AGENT].labels else CUSTOMER
    return _Shown(tag, chance, head, tag, _turns(one, head, tag))


def _absence(one: Reading, tag: str, chance: float) -> _Shown:
    for label in _CALLED_BY.get(tag, ("escalation_request",)):
        if _greatest(one, CUSTOMER, label) >= HOLDS or label == tag:
            turns = _turns(one, CUSTOMER, label)[:1]
            return _Shown(tag, chance, CUSTOMER, label, turns, absence=True)
    return _Shown(tag, chance, CUSTOMER, tag, (), _first_wish(one), absence=True)


def _first_wish(one: Reading) -> tuple[Evidence, ...]:
    wishes = ("request", "ask_why", "cancellation_request", "compensation_request")
    customer = one.spoken(CUSTOMER)
    turn = next(
        (turn for turn in customer if turn.does(*wishes)), customer[0] if customer else None
    )
    return turn.evidence(*wishes) if turn else ()


def _greatest(one: Reading, head: str, label: str) -> float:
    return max(one.said.get(head, {}).get(label, ()), default=0.0)


def _turns(one: Reading, head: str, label: str) -> tuple[int, ...]:
    """The units in which a label shows, or where none stands out the one that comes closest."""
    greatest = _greatest(one, head, label)
    said = one.told(head, label)
    return tuple(turn for turn, chance in said if chance >= min(_from(one, label, turn), greatest))


def _from(one: Reading, label: str, turn: int) -> float:
    """From which chance on a unit shows a label that holds for its document."""
    if one.document.kind is Kind.REVIEW and one.turns[turn].does(label, f"told_{label}"):
        return _TELLS_TOO
    return HOLDS


class _Places:
    """In which sentences of turns labels show, worked out for many documents at once."""

    def __init__(
        self,
        readings: Sequence[Reading],
        shown: Sequence[Sequence[_Shown]],
        units: Mapping[str, Linear],
        language: Language,
    ) -> None:
        asked = {
            (one.turns[turn].text, tag.head): None
            for one, tags in zip(readings, shown, strict=True)
            for tag in tags
            for turn in tag.turns
        }
        self._columns = {
            head: {label: place for place, label in enumerate(model.labels)}
            for head, model in units.items()
        }
        self._pieces = {
            (text, head): found for text, head in asked if len(found := sentences.spans(text)) > 1
        }
        # By text, head and label: a score a sentence.
        self._scores: dict[tuple[str, str], list[list[float]]] = {}
        for head, model in units.items():
            several = [key for key in self._pieces if key[1] == head]
            samples = [
                Sample((text[start:end],))
                for text, _ in several
                for start, end in self._pieces[text, head]
            ]
            texts = Texts(linear.texts_of(samples), language)
            scores = model.by_words(samples, texts)
            at = 0
            for key in several:
                self._scores[key] = scores[at : at + len(self._pieces[key])].T.tolist()
                at += len(self._pieces[key])

    def within(self, turn: ReadTurn, head: str, label: str) -> Evidence:
        """The sentences of a turn that show a label, as one stretch."""
        pieces = self._pieces.get((turn.text, head))
        if pieces is None:
            start, end = next(iter(sentences.spans(turn.text)), (0, len(turn.text)))
            return Evidence(turn.index, start, end)
        column = self._columns[head][label]
        scores = self._scores[turn.text, head][column]
        least = max(scores) - _NEAR
        first = last = scores.index(max(scores))
        while first > 0 and scores[first - 1] >= least:
            first -= 1
        while last < len(scores) - 1 and scores[last + 1] >= least:
            last += 1
        return Evidence(turn.index, pieces[first][0], pieces[last][1])
