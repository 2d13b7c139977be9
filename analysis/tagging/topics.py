"""What a contact or a text is about."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.codebook import TOPICS
from analysis.model import Evidence, Tag
from analysis.tagging import lexicon

# A single passing mention is background; what opens the contact, or comes again, is a topic.
_OPENING = 2


def of_texts(texts: Iterable[tuple[int, str]]) -> tuple[Tag, ...]:
    """The topics of a document, from its customer turns or sentences as (index, text) in order."""
    places: dict[str, list[Evidence]] = {topic: [] for topic in TOPICS}
    opening: set[str] = set()
    read = 0
    for index, text in texts:
        if not text.strip():
            continue
        for topic, act in lexicon.acts("topics").items():
            spans = [Evidence(index, start, end) for start, end in act.spans(text)]
            places[topic] += spans
            if spans and read < _OPENING:
                opening.add(topic)
        read += 1
    tags = [
        Tag(topic, tuple(found))
        for topic, found in places.items()
        if len(found) >= 2 or (found and topic in opening)
    ]
    return tuple(tags) or (Tag("other", ()),)
