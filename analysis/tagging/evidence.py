"""Where a tag shows: the turns that the unit models point at, and in them the sentence."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.model import Evidence, Kind, Speaker, Tag
from analysis.tagging import lexicon, reading
from analysis.tagging.decisions import HOLDS
from analysis.tagging.linear import Linear
from analysis.tagging.reading import AGENT, CUSTOMER, REVIEW, Reading
from analysis.tokens import sentences

# What is searched for in vain, and the customer's words that called for it: the first that hold.
_CALLED_BY = {
    "no_apology": ("complaint",),
    "no_next_step": ("complaint", "refund_request", "escalation_request"),
    "no_explanation": ("no_explanation",),
}
# A sentence stands beside the best one of its turn from this share of the best one's chance on.
_NEAR = 0.6
# A sentence of a review in which a pattern finds what another sentence has already told.
_TELLS_TOO = 0.05


def tags(one: Reading, held: Mapping[str, float], units: Mapping[str, Linear]) -> tuple[Tag, ...]:
    """Every tag that holds with its evidence and confidence, absences with the turns searched."""
    return tuple(_tag(one, tag, chance, units) for tag, chance in held.items())


def topics(one: Reading, held: Mapping[str, float]) -> tuple[Tag, ...]:
    """The topics with the customer's sentences in which their words stand, where any do."""
    found = []
    for topic, chance in held.items():
        act = lexicon.acts("topics").get(topic)
        places = [
            Evidence(turn.index, start, end)
            for turn in one.spoken(CUSTOMER)
            for start, end in (act.spans(turn.text) if act else ())
        ]
        found.append(Tag(topic, tuple(places), confidence=chance))
    return tuple(found)


def _tag(one: Reading, tag: str, chance: float, units: Mapping[str, Linear]) -> Tag:
    if one.document.kind is Kind.REVIEW:
        return Tag(tag, _places(one, REVIEW, tag, units), confidence=chance)
    if tag in _CALLED_BY:
        return _absence(one, tag, chance, units)
    if tag == "escalation_refused" and _greatest(one, CUSTOMER, tag) > _greatest(one, AGENT, tag):
        return _absence(one, tag, chance, units)
    head = AGENT if tag in units[AGENT].labels else CUSTOMER
    return Tag(tag, _places(one, head, tag, units), confidence=chance)


def _absence(one: Reading, tag: str, chance: float, units: Mapping[str, Linear]) -> Tag:
    for label in _CALLED_BY.get(tag, ("escalation_request",)):
        if _greatest(one, CUSTOMER, label) >= HOLDS or label == tag:
            places = _places(one, CUSTOMER, label, units)[:1]
            break
    else:
        places = _first_wish(one)
    since = places[0].turn if places else -1
    searched = tuple(
        turn.index for turn in one.turns if turn.speaker is Speaker.AGENT and turn.index > since
    )
    return Tag(tag, places, searched, chance)


def _first_wish(one: Reading) -> tuple[Evidence, ...]:
    wishes = ("request", "ask_why", "cancellation_request", "compensation_request")
    customer = one.spoken(CUSTOMER)
    turn = next(
        (turn for turn in customer if turn.does(*wishes)), customer[0] if customer else None
    )
    return turn.evidence(*wishes) if turn else ()


def _greatest(one: Reading, head: str, label: str) -> float:
    return max((chance for _, chance in one.said.get(head, {}).get(label, ())), default=0.0)


def _places(
    one: Reading, head: str, label: str, units: Mapping[str, Linear]
) -> tuple[Evidence, ...]:
    """The units in which a label shows, or where none stands out the one that comes closest."""
    said = one.said.get(head, {}).get(label, [])
    if not said:
        return ()
    greatest = max(chance for _, chance in said)
    shown = [turn for turn, chance in said if chance >= min(_from(one, label, turn), greatest)]
    return tuple(_in_turn(one, label, turn, units[head]) for turn in shown)


def _from(one: Reading, label: str, turn: int) -> float:
    """From which chance on a unit shows a label that holds for its document."""
    if one.document.kind is Kind.REVIEW and one.turns[turn].does(label, f"told_{label}"):
        return _TELLS_TOO
    return HOLDS


def _in_turn(one: Reading, label: str, index: int, model: Linear) -> Evidence:
    """The sentences of a turn that show a label, as one stretch."""
    turn = one.turns[index]
    pieces = sentences.spans(turn.text)
    if len(pieces) < 2:
        start, end = pieces[0] if pieces else (0, len(turn.text))
        return Evidence(index, start, end)
    samples = [sample for _, sample in reading.sentence_samples(turn, reading.Sample(turn.text))]
    chances = model.probabilities(samples)[:, model.labels.index(label)]
    best = int(chances.argmax())
    near = [at for at, chance in enumerate(chances) if chance >= _NEAR * chances[best]]
    first = last = best
    while first - 1 in near:
        first -= 1
    while last + 1 in near:
        last += 1
    return Evidence(index, pieces[first][0], pieces[last][1])
