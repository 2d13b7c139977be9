"""A model's answer held against the document: only what the codebook knows and the text shows."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from analysis import codebook
from analysis.model import Document, Evidence, Judgement, Kind, Sentiment, Speaker, Turn

_SAYS_SOMETHING = re.compile(r"[^\W_]")
# Longer ones are no quotes, and slow to look for.
_LONGEST_QUOTE = 1_000
# A model that goes on and on is not followed.
_MOST_TAGS, _MOST_QUOTES = 200, 100


class Unusable(Exception):
    """The answer is not of the asked form, or shows nothing of what it claims."""


def read(text: str, document: Document) -> tuple[Judgement, Counter[str]]:
    """What an answer says of the document, and how many things of it were dropped, by kind.

    Kinds are those of `asking.DROPPED`. Raises Unusable.
    """
    answer = _object(text)
    named = answer.get("tags")
    if not isinstance(named, list) or len(named) > _MOST_TAGS or "sentiment" not in answer:
        raise Unusable
    dropped: Counter[str] = Counter()
    tags: dict[str, tuple[Evidence, ...]] = {}
    for tag_id, quoted in _claims(named, dropped):
        places = tuple(sorted({*tags.get(tag_id, ()), *_shown(quoted, tag_id, document, dropped)}))
        if places:
            tags[tag_id] = places
        elif not quoted:
            dropped["no_evidence"] += 1
    if named and not tags:
        raise Unusable
    felt, overall = _feelings(answer["sentiment"], document, dropped)
    return Judgement(tags, felt, overall), dropped


def dumps(judgement: Judgement) -> str:
    """A judgement as text without a word of the document: ids and places."""
    return json.dumps(
        {
            "tags": {
                tag_id: [[place.turn, place.start, place.end] for place in places]
                for tag_id, places in judgement.tags.items()
            },
            "turn_sentiment": judgement.turn_sentiment,
            "sentiment": judgement.sentiment,
        }
    )


def loads(text: str) -> Judgement:
    """The judgement that was written so."""
    found = json.loads(text)
    return Judgement(
        {
            tag_id: tuple(Evidence(*place) for place in places)
            for tag_id, places in found["tags"].items()
        },
        {int(turn): Sentiment(value) for turn, value in found["turn_sentiment"].items()},
        Sentiment(found["sentiment"]) if found["sentiment"] else None,
    )


def _object(text: str) -> dict[str, Any]:
    """The JSON object of an answer, whatever stands around it (a fence, a greeting, thoughts)."""
    text = text.rpartition("</think>")[2]
    try:
        answer = json.loads(text[text.index("{") : text.rindex("}") + 1])
    except (ValueError, RecursionError):
        raise Unusable from None
    if not isinstance(answer, dict):
        raise Unusable
    return answer


def _claims(named: list[Any], dropped: Counter[str]) -> Iterator[tuple[str, list[Any]]]:
    """The known tags with what is said to show each."""
    for one in named:
        tag_id = one.get("id") if isinstance(one, dict) else None
        if not isinstance(tag_id, str) or tag_id not in codebook.ALL_TAGS:
            dropped["unknown_tag"] += 1
            continue
        quoted = one.get("evidence")
        yield tag_id, quoted[:_MOST_QUOTES] if isinstance(quoted, list) else []


def _shown(
    quoted: list[Any], tag_id: str, document: Document, dropped: Counter[str]
) -> Iterator[Evidence]:
    """Where the quotes of a tag stand in the turns that can show it; the others are dropped."""
    for one in quoted:
        said = one if isinstance(one, dict) else {}
        place = _find(said.get("quote"), said.get("turn"), tag_id, document)
        if place is None:
            dropped["missing_quote"] += 1
        else:
            yield place


def _find(quote: object, turn: object, tag_id: str, document: Document) -> Evidence | None:
    """A quote in the turn that is named, else in the first that has it."""
    if not isinstance(quote, str) or len(quote) > _LONGEST_QUOTE:
        return None
    words = quote.split()
    if not _SAYS_SOMETHING.search(quote):
        return None
    # Models tidy white space; every other character must be the text's own.
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    could = [one for one in document.turns if _can_show(one, tag_id, document.kind)]
    for one in sorted(could, key=lambda one: one.index != turn):
        found = pattern.search(one.text)
        if found:
            return Evidence(one.index, *found.span())
    return None


def _can_show(turn: Turn, tag_id: str, kind: Kind) -> bool:
    """Whether a turn of that speaker can show a tag: the agent's doing, or the customer's."""
    if kind is Kind.REVIEW:
        return True
    group = codebook.group(tag_id)
    if group == "topics" or tag_id == "escalation_refused":
        return turn.speaker in (Speaker.CUSTOMER, Speaker.AGENT)
    agents = group == "agent" and tag_id not in codebook.ABSENCES
    return turn.speaker is (Speaker.AGENT if agents else Speaker.CUSTOMER)


def _feelings(
    said: object, document: Document, dropped: Counter[str]
) -> tuple[dict[int, Sentiment], Sentiment | None]:
    """The sentiments by customer turn (chat), or of the whole (review)."""
    if document.kind is Kind.REVIEW:
        overall = _sentiment(said)
        if overall is None:
            raise Unusable
        return {}, overall
    if not isinstance(said, dict):
        raise Unusable
    customers = {
        str(turn.index): turn.index for turn in document.turns if turn.speaker is Speaker.CUSTOMER
    }
    felt = {}
    for turn, value in said.items():
        feeling = _sentiment(value)
        if turn in customers and feeling is not None:
            felt[customers[turn]] = feeling
        else:
            dropped["sentiment"] += 1
    return felt, None


def _sentiment(value: object) -> Sentiment | None:
    known = isinstance(value, str) and value in codebook.SENTIMENTS
    return Sentiment(str(value)) if known else None
