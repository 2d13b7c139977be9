"""Reviews: the writer's own signals, and the behaviours of the staff that the writer tells of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.codebook import BEHAVIOURS
from analysis.model import Document, Evidence, Sentiment, Speaker, Tag
from analysis.tagging import lexicon, sentiment
from analysis.tagging.acts import ReadTurn, read_turn

_COMPLAINTS = ("complaint_feeling", "complaint_problem", "broken_promise")
_SIGNALS = ("refund_request", "churn_intent", "public_threat", "repeat_contact", "broken_promise")
# What one telling says as well: a grant told as a favour is a grant.
_IMPLIED = {"apology_specific": "apology"}
_CONTRARY = (
    ("apology", "no_apology"),
    ("escalation_offered", "escalation_refused"),
    ("concrete_next_step", "no_next_step"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a review tells: its tags, its sentiment, and that of each sentence by index."""

    tags: tuple[Tag, ...]
    sentiment: Sentiment
    sentence_sentiment: dict[int, Sentiment]


def read(document: Document) -> Told:
    """The signals and told behaviours of a review; nothing is inferred from what is left out."""
    sentences = [read_turn(turn.index, Speaker.CUSTOMER, turn.text) for turn in document.turns]
    feelings = {sentence.index: sentiment.of_turn(sentence) for sentence in sentences}
    told = {act_id: _told(document, act_id) for act_id in lexicon.acts("narrated")}
    found = {signal: _places(sentences, signal) for signal in _SIGNALS}
    found["complaint"] = _places(sentences, *_COMPLAINTS)
    found |= told
    for special, general in _IMPLIED.items():
        found[general] = sorted({*found[general], *found[special]})
    overall = _overall(document, feelings, found)
    _settle(found, overall)
    tags = tuple(Tag(tag_id, tuple(places)) for tag_id, places in found.items() if places)
    return Told(tags, overall, feelings)


def _told(document: Document, act_id: str) -> list[Evidence]:
    act = lexicon.acts("narrated")[act_id]
    return [
        Evidence(turn.index, start, end)
        for turn in document.turns
        for start, end in act.spans(turn.text)
    ]


def _places(sentences: Iterable[ReadTurn], *act_ids: str) -> list[Evidence]:
    return [
        Evidence(sentence.index, start, end)
        for sentence in sentences
        for start, end in sorted({s for act in act_ids for s in sentence.acts.get(act, ())})
    ]


def _overall(
    document: Document, feelings: dict[int, Sentiment], found: dict[str, list[Evidence]]
) -> Sentiment:
    """The whole text's sentiment: sentences and told behaviours weighed, the end a little more."""
    weight = 0.0
    last = max(len(document.turns) - 1, 1)
    for index, value in feelings.items():
        sign = {Sentiment.NEG: -1.0, Sentiment.NEU: 0.0, Sentiment.POS: 1.0}[value]
        weight += sign * (1.0 + index / last)
    for behaviour in BEHAVIOURS.values():
        weight += len(found.get(behaviour.id, ())) * (-0.5 if behaviour.harmful else 0.5)
    weight += 2.0 * bool(found["satisfied_end"]) - 2.0 * bool(found["churn_intent"])
    if abs(weight) < 1.0:
        return Sentiment.NEU
    return Sentiment.POS if weight > 0 else Sentiment.NEG


def _settle(found: dict[str, list[Evidence]], overall: Sentiment) -> None:
    """Let what is told more often win where two tellings exclude each other."""
    for helpful, harmful in _CONTRARY:
        if found[helpful] and found[harmful]:
            keep_harm = (len(found[harmful]), overall is Sentiment.NEG) >= (
                len(found[helpful]),
                overall is not Sentiment.NEG,
            )
            found[helpful if keep_harm else harmful] = []
    if overall is Sentiment.NEG:
        found["satisfied_end"] = []
    if overall is Sentiment.POS:
        found["churn_intent"] = []
