"""A tagged document in the codebook's JSON Lines format."""

from __future__ import annotations

from typing import Any

from analysis.codebook import BEHAVIOURS, SIGNALS, TOPICS, is_house
from analysis.model import Kind, Tag, TaggedDocument


def as_json(tagged: TaggedDocument, *, house: bool = False) -> dict[str, Any]:
    """One document as an object of the codebook's part 7, with its opportunities.

    Chats have `turns`, and evidence as turn indices; reviews have `text`, and evidence as verbatim
    excerpts. `house` adds the rules of the house that hold to the labels.
    """
    document = tagged.document
    if document.kind is Kind.CHAT:
        text: dict[str, Any] = {
            "turns": [
                {"speaker": turn.speaker.value, "text": str(turn.text)} for turn in document.turns
            ]
        }
        feeling: Any = {str(at): value.value for at, value in tagged.turn_sentiment.items()}
    else:
        text = {"text": document.text}
        feeling = tagged.sentiment.value if tagged.sentiment else None
    held = tagged.tag_ids
    return {
        "id": document.id,
        "kind": document.kind.value,
        **text,
        "labels": {
            "topics": [tag for tag in TOPICS if tag in held],
            "customer": [tag for tag in SIGNALS if tag in held],
            "agent": [tag for tag in BEHAVIOURS if tag in held],
            "sentiment": feeling,
            **({"house": [tag.id for tag in tagged.tags if is_house(tag.id)]} if house else {}),
        },
        "evidence": {tag.id: _evidence(tagged, tag) for tag in tagged.tags},
        "opportunities": [one for one in BEHAVIOURS if one in tagged.opportunities],
    }


def _evidence(tagged: TaggedDocument, tag: Tag) -> list[Any]:
    document = tagged.document
    if document.kind is Kind.CHAT:
        return sorted({place.turn for place in tag.evidence})
    excerpts = [document.turns[place.turn].text[place.start : place.end] for place in tag.evidence]
    return list(dict.fromkeys(excerpts))
