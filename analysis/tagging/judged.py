"""A language model's judgement in the place of the built-in models' chances.

The built-in chance stays underneath: it decides where a rule asks for one of two tags and the
judgement names both or neither, and it is why a tag on which both agree has more confidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analysis.codebook import ABSENCES, ALL_TAGS, TOPICS
from analysis.model import Kind, Sentiment, Speaker, Tag
from analysis.tagging import decisions, evidence
from analysis.tagging.decisions import HOLDS
from analysis.tagging.reading import REVIEW, Reading


def chances(one: Reading, found: Mapping[str, float]) -> Mapping[str, float]:
    """The chances of a chat's tags: from HOLDS on where the judgement names them, below if not."""
    if one.judgement is None:
        return found
    return {
        tag: _chance(found.get(tag, 0.0), named=tag in one.judgement.tags)
        for tag in ALL_TAGS
        if tag not in TOPICS
    }


def told(one: Reading, overall: Sentiment) -> dict[str, float] | None:
    """The tags that hold for a review by its judgement; None where there is none."""
    if one.judgement is None:
        return None
    held = {
        tag: _chance(max(one.said[REVIEW].get(tag, ()), default=0.0), named=True)
        for tag in one.judgement.tags
        if tag not in TOPICS
    }
    return decisions.bound_in_review(held, overall)


def topics(one: Reading, found: Mapping[str, float]) -> dict[str, float]:
    """The topics of the judgement, or those found where it names none; `other` only alone."""
    named = [] if one.judgement is None else [t for t in one.judgement.tags if t in TOPICS]
    if not named:
        return dict(found)
    real = [topic for topic in named if topic != "other"]
    held = real or named
    return {topic: _chance(found.get(topic, 0.0), named=True) for topic in TOPICS if topic in held}


def feelings(one: Reading, found: Mapping[int, Sentiment]) -> dict[int, Sentiment]:
    """The sentiments of the turns, those of the judgement first."""
    return {**found, **(one.judgement.turn_sentiment if one.judgement else {})}


def overall(one: Reading, found: Sentiment) -> Sentiment:
    """The sentiment of a review as a whole."""
    return (one.judgement and one.judgement.sentiment) or found


def shown(one: Reading, tags: tuple[Tag, ...]) -> tuple[Tag, ...]:
    """The tags with the judgement's evidence, where it gave any."""
    return tags if one.judgement is None else tuple(_shown(one, tag) for tag in tags)


def _shown(one: Reading, tag: Tag) -> Tag:
    places = one.judgement.tags.get(tag.id, ()) if one.judgement else ()
    if not places:
        return tag
    missing = one.document.kind is Kind.CHAT and (
        tag.id in ABSENCES
        or (
            tag.id == "escalation_refused"
            and all(one.turns[place.turn].speaker is Speaker.CUSTOMER for place in places)
        )
    )
    return replace(tag, evidence=places, searched=evidence.searched(one, places) if missing else ())


def _chance(found: float, *, named: bool) -> float:
    """A built-in chance (0..1) moved into the half that the judgement leaves for it."""
    return HOLDS + (1 - HOLDS) * found if named else HOLDS * 0.99 * found
