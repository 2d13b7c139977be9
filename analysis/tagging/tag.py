"""Masked documents in, the same documents with their tags out."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from analysis.model import Document, Judgement, Kind, Sentiment, TaggedDocument
from analysis.tagging import decisions, evidence, judged, models, reading
from analysis.tagging.acts import ReadTurn
from analysis.tagging.language import Texts
from analysis.tagging.linear import Linear, Sample
from analysis.tagging.models import Models
from analysis.tagging.reading import CUSTOMER, FEELINGS, Reading

# Goes up whenever a change here, in the lexicons or in the models can change a tag of record.
VERSION = "3"

# Not a behaviour: the contact's purpose is the cancellation itself (reverse causation).
CANCELLATION_REQUEST = "cancellation_request"
_FIRST_TURNS = 2


def tag(document: Document) -> TaggedDocument:
    """The document with every tag of the codebook that holds, evidence and opportunities."""
    return tag_all([document])[0]


def tag_all(
    documents: Sequence[Document],
    trained: Models | None = None,
    judgements: Sequence[Judgement | None] = (),
) -> list[TaggedDocument]:
    """The documents tagged, in order; many at once are faster than one by one.

    Where there is a judgement of a document (one for each, in order), its tags and sentiments go
    before those of the models; the same rules bind them.
    """
    with _no_collection():
        return _tag_all(documents, trained or models.trained(), judgements)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Python does not search for circles of objects meanwhile.

    The many small objects of a batch form none, and the search takes a quarter of the time.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _tag_all(
    documents: Sequence[Document], use: Models, judgements: Sequence[Judgement | None]
) -> list[TaggedDocument]:
    readings = [reading.read(document) for document in documents]
    for one, judgement in zip(readings, judgements, strict=bool(judgements)):
        one.judgement = judgement
    texts = models.texts(readings, use.language)
    for head, model in use.units.items():
        models.say([one for one in readings if head in one.heads], head, model, texts)
    models.say(readings, FEELINGS, use.feelings, texts)
    samples = [reading.topic_sample(one) for one in readings]
    chances = _chances(use.topics, samples, texts)
    topics = [
        judged.topics(one, decisions.topics(found, use.topics.holds))
        for one, found in zip(readings, chances, strict=True)
    ]
    feelings = [judged.feelings(one, _felt(one)) for one in readings]
    held, overall = _held(readings, use, texts, chances)
    shown = evidence.tags(readings, held, use.units, use.language)
    could = [
        _opportunities(one, held[at], feelings[at], topics[at]) for at, one in enumerate(readings)
    ]
    return [
        TaggedDocument(
            one.document,
            judged.shown(one, evidence.topics(one, topics[at]) + shown[at]),
            could[at],
            feelings[at],
            overall.get(at),
            decisions.doubts(chances[at], could[at], held[at], chat=at not in overall),
        )
        for at, one in enumerate(readings)
    ]


def _held(
    readings: Sequence[Reading], use: Models, texts: Texts, chances: Sequence[dict[str, float]]
) -> tuple[list[dict[str, float]], dict[int, Sentiment]]:
    """The signals and behaviours of each document; the sentiment of each review by its place.

    Adds the chances of signals and behaviours to those of the topics.
    """
    chats = [at for at, one in enumerate(readings) if one.document.kind is Kind.CHAT]
    reviews = [at for at, one in enumerate(readings) if one.document.kind is Kind.REVIEW]
    held: list[dict[str, float]] = [{} for _ in readings]
    samples = [Sample(facts=reading.document_facts(readings[at])) for at in chats]
    for at, found in zip(chats, _chances(use.chats, samples, texts), strict=True):
        one = readings[at]
        chances[at].update(found)
        holds = use.chats.holds if one.judgement is None else {}
        held[at] = decisions.of_chat(one, judged.chances(one, found), holds)
    samples = [models.overall_sample(readings[at]) for at in reviews]
    overall = dict(zip(reviews, _most_likely(use.overall, samples, texts), strict=True))
    samples = [reading.review_sample(readings[at]) for at in reviews]
    for at, found in zip(reviews, _chances(use.reviews, samples, texts), strict=True):
        chances[at].update(found)
        overall[at] = judged.overall(readings[at], overall[at])
        told = judged.told(readings[at], overall[at])
        if told is None:
            told = decisions.of_review(found, use.reviews.holds, overall[at])
        held[at] = told
    return held, overall


def _opportunities(
    one: Reading,
    held: dict[str, float],
    feelings: dict[int, Sentiment],
    topics: dict[str, float],
) -> frozenset[str]:
    if one.document.kind is Kind.REVIEW:
        return frozenset()
    could = decisions.opportunities(one, held, feelings)
    wants_out = any(turn.does("cancellation_request") for turn in _first(one))
    return could | {CANCELLATION_REQUEST} if wants_out and "cancellation" in topics else could


def _first(one: Reading) -> list[ReadTurn]:
    return one.spoken(CUSTOMER)[:_FIRST_TURNS]


def _felt(one: Reading) -> dict[int, Sentiment]:
    """What each customer turn, or sentence of a review, expresses: the likeliest."""
    said = one.said[FEELINGS]
    return {
        unit.index: Sentiment(max(said, key=lambda value: said[value][at]))
        for at, unit in enumerate(one.spoken(CUSTOMER))
    }


def _most_likely(model: Linear, samples: Sequence[Sample], texts: Texts) -> list[Sentiment]:
    chosen = model.probabilities(samples, texts).argmax(axis=1)
    return [Sentiment(model.labels[place]) for place in chosen.tolist()]


def _chances(model: Linear, samples: Sequence[Sample], texts: Texts) -> list[dict[str, float]]:
    return [
        dict(zip(model.labels, row, strict=True))
        for row in model.probabilities(samples, texts).tolist()
    ]
