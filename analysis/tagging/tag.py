"""One masked document in, the same document with its tags out."""

from __future__ import annotations

from analysis.model import Document, Kind, Speaker, TaggedDocument
from analysis.tagging import acts, chats, reviews, sentiment, topics

# Goes up whenever a change here or in the lexicons can change a tag of record.
VERSION = "1"

# Not a behaviour: the contact's purpose is the cancellation itself (reverse causation).
CANCELLATION_REQUEST = "cancellation_request"
_FIRST_TURNS = 2


def tag(document: Document) -> TaggedDocument:
    """The document with every tag of the codebook that holds, evidence and opportunities."""
    return _tag_review(document) if document.kind is Kind.REVIEW else _tag_chat(document)


def _tag_chat(document: Document) -> TaggedDocument:
    turns = acts.read(document)
    feelings = sentiment.of_turns(turns)
    customer = [turn for turn in turns if turn.speaker is Speaker.CUSTOMER]
    about = topics.of_texts((turn.index, turn.text) for turn in customer)
    reading = chats.read(turns, feelings)
    opportunities = reading.opportunities
    wants_out = any(turn.does("cancellation_request") for turn in customer[:_FIRST_TURNS])
    if wants_out and any(topic.id == "cancellation" for topic in about):
        opportunities |= {CANCELLATION_REQUEST}
    return TaggedDocument(document, (*about, *reading.tags), opportunities, feelings)


def _tag_review(document: Document) -> TaggedDocument:
    about = topics.of_texts((turn.index, turn.text) for turn in document.turns)
    told = reviews.read(document)
    return TaggedDocument(
        document,
        (*about, *told.tags),
        frozenset(),
        told.sentence_sentiment,
        told.sentiment,
    )
