"""Masked documents in, the same documents with their tags out."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.codebook import TOPICS
from analysis.model import Document, Kind, Sentiment, TaggedDocument
from analysis.tagging import decisions, evidence, models, reading
from analysis.tagging.linear import Linear, Sample
from analysis.tagging.models import Models
from analysis.tagging.reading import CUSTOMER, Reading

# Goes up whenever a change here, in the lexicons or in the models can change a tag of record.
VERSION = "2"

# Not a behaviour: the contact's purpose is the cancellation itself (reverse causation).
CANCELLATION_REQUEST = "cancellation_request"
_FIRST_TURNS = 2

# A little under even: a topic left out hides a document, one too many only adds a line.
TOPIC_HOLDS = 0.35
# Where several of the customer's sentences name the topic.
_NAMED_HOLDS = 0.15


def tag(document: Document) -> TaggedDocument:
    """The document with every tag of the codebook that holds, evidence and opportunities."""
    return tag_all([document])[0]


def tag_all(documents: Sequence[Document], trained: Models | None = None) -> list[TaggedDocument]:
    """The documents tagged, in order; many at once are faster than one by one."""
    use = trained or models.trained()
    readings = [reading.read(document) for document in documents]
    for head, model in use.units.items():
        models.say([one for one in readings if head in one.heads], head, model)
    chats = [one for one in readings if one.document.kind is Kind.CHAT]
    reviews = [one for one in readings if one.document.kind is Kind.REVIEW]
    topics = _topics(readings, use.topics)
    tagged = {
        id(one): tagged_one
        for part, tag_part in ((chats, _chats), (reviews, _reviews))
        for one, tagged_one in zip(part, tag_part(part, use, topics), strict=True)
    }
    return [tagged[id(one)] for one in readings]


def _chats(
    readings: Sequence[Reading], use: Models, topics: dict[int, dict[str, float]]
) -> list[TaggedDocument]:
    feelings = _feelings(readings, use.feelings)
    tagged = []
    for one, chances in zip(readings, _chances(readings, use.chats), strict=True):
        held = decisions.of_chat(one, chances)
        felt = feelings[id(one)]
        could = decisions.opportunities(one, held, felt)
        if _wants_out(one) and "cancellation" in topics[id(one)]:
            could |= {CANCELLATION_REQUEST}
        found = evidence.topics(one, topics[id(one)]) + evidence.tags(one, held, use.units)
        tagged.append(TaggedDocument(one.document, found, could, felt))
    return tagged


def _reviews(
    readings: Sequence[Reading], use: Models, topics: dict[int, dict[str, float]]
) -> list[TaggedDocument]:
    overall = use.overall.probabilities([models.overall_sample(one) for one in readings])
    feelings = _feelings(readings, use.feelings)
    tagged = []
    for at, one in enumerate(readings):
        feeling = Sentiment(use.overall.labels[int(overall[at].argmax())])
        held = decisions.of_review(one, feeling)
        found = evidence.topics(one, topics[id(one)]) + evidence.tags(one, held, use.units)
        tagged.append(TaggedDocument(one.document, found, frozenset(), feelings[id(one)], feeling))
    return tagged


def _chances(readings: Sequence[Reading], model: Linear) -> list[dict[str, float]]:
    samples = [Sample("", "", reading.document_facts(one)) for one in readings]
    return [
        dict(zip(model.labels, row, strict=True)) for row in model.probabilities(samples).tolist()
    ]


def _feelings(readings: Sequence[Reading], model: Linear) -> dict[int, dict[int, Sentiment]]:
    samples: list[Sample] = []
    places: list[tuple[int, int]] = []
    felt: dict[int, dict[int, Sentiment]] = {id(one): {} for one in readings}
    for one in readings:
        samples += models.feeling_samples(one)
        places += [(id(one), unit.index) for unit in one.spoken(CUSTOMER)]
    for (owner, index), row in zip(places, model.probabilities(samples), strict=True):
        felt[owner][index] = Sentiment(model.labels[int(row.argmax())])
    return felt


def _topics(readings: Sequence[Reading], model: Linear) -> dict[int, dict[str, float]]:
    """The topics that hold for each reading, by its identity: one at least, `other` only alone."""
    samples = [reading.topic_sample(one) for one in readings]
    chances = model.probabilities(samples)
    found = {}
    for one, sample, row in zip(readings, samples, chances.tolist(), strict=True):
        named = {
            topic: chance
            for topic, chance in zip(model.labels, row, strict=True)
            if topic != "other"
        }
        other = dict(zip(model.labels, row, strict=True)).get("other", 0.0)
        held = {
            topic: chance
            for topic, chance in named.items()
            if chance >= (_NAMED_HOLDS if reading.often_named(sample, topic) else TOPIC_HOLDS)
        }
        if not held:
            best = max(named, key=named.__getitem__)
            held = {best: named[best]} if named[best] >= other else {"other": other}
        found[id(one)] = {topic: held[topic] for topic in TOPICS if topic in held}
    return found


def _wants_out(one: Reading) -> bool:
    return any(turn.does("cancellation_request") for turn in one.spoken(CUSTOMER)[:_FIRST_TURNS])
