"""Tagged documents and outcomes as table rows, built column by column."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import pyarrow as pa

from analysis.codebook import ALL_TAGS, is_house
from analysis.model import Kind, MaskedText, Outcome, Sentiment, Speaker, TaggedDocument
from analysis.store.tables import CANCELLATION_REQUEST, OPPORTUNITIES, SCHEMAS

_EXCERPT = 120  # characters of the customer's first words shown in a list
_NO_SPANS = "[]"


def documents(tagged: Sequence[TaggedDocument], batch_id: str) -> pa.Table:
    """One row a document, with a boolean column for each tag and each opportunity.

    Raises TypeError where a title or turn is not MaskedText.
    """
    _require_masked(tagged)
    plain = [one.document for one in tagged]
    held = [one.tag_ids for one in tagged]
    sentiments = [_sentiments(one) for one in tagged]
    speakers = [[turn.speaker for turn in document.turns] for document in plain]
    columns: dict[str, list[object]] = {
        "document_id": [document.id for document in plain],
        "kind": [document.kind.value for document in plain],
        "batch_id": [batch_id] * len(plain),
        "customer_id": [document.customer_id for document in plain],
        "agent_id": [document.agent_id for document in plain],
        "channel": [document.channel for document in plain],
        "source": [document.source for document in plain],
        "title": [document.title for document in plain],
        "url": [document.url for document in plain],
        "started_at": [document.started_at for document in plain],
        "ended_at": [document.ended_at for document in plain],
        "turns": [len(document.turns) for document in plain],
        "customer_turns": [who.count(Speaker.CUSTOMER) for who in speakers],
        "agent_turns": [who.count(Speaker.AGENT) for who in speakers],
        "sentiment_start": [start for start, _, _ in sentiments],
        "sentiment_end": [end for _, end, _ in sentiments],
        "sentiment": [whole for _, _, whole in sentiments],
        CANCELLATION_REQUEST: [CANCELLATION_REQUEST in one.opportunities for one in tagged],
        "excerpt": [_excerpt(one) for one in tagged],
        "evidence": [_evidence(one) for one in tagged],
        "quotes": [_quotes(one) for one in tagged],
        "house": [[tag.id for tag in one.tags if is_house(tag.id)] for one in tagged],
        "doubts": [_json(one.doubts) for one in tagged],
        # The number of these tags that are expected to be wrong.
        "doubt": [sum(min(p, 1 - p) for p in one.doubts.values()) for one in tagged],
    }
    for tag in ALL_TAGS:
        columns[tag] = [tag in ids for ids in held]
    for behaviour, column in OPPORTUNITIES.items():
        columns[column] = [behaviour in one.opportunities for one in tagged]
    return pa.table(columns, schema=SCHEMAS["documents"])


def turns(tagged: Sequence[TaggedDocument], batch_id: str) -> pa.Table:
    """One row a turn of a chat or a sentence of a review.

    Raises TypeError where a title or turn is not MaskedText.
    """
    _require_masked(tagged)
    pairs = [(one, turn) for one in tagged for turn in one.document.turns]
    columns: dict[str, list[object]] = {
        "document_id": [one.document.id for one, _ in pairs],
        "kind": [one.document.kind.value for one, _ in pairs],
        "batch_id": [batch_id] * len(pairs),
        "turn": [turn.index for _, turn in pairs],
        "speaker": [turn.speaker.value for _, turn in pairs],
        "sent_at": [turn.sent_at for _, turn in pairs],
        "text": [turn.text for _, turn in pairs],
        "sentiment": [one.turn_sentiment.get(turn.index) for one, turn in pairs],
        "spans": [span for one in tagged for span in _spans(one)],
    }
    return pa.table(columns, schema=SCHEMAS["turns"])


def outcomes(found: Sequence[Outcome], batch_id: str) -> pa.Table:
    """One row a customer."""
    columns: dict[str, list[object]] = {
        "customer_id": [outcome.customer_id for outcome in found],
        "batch_id": [batch_id] * len(found),
        "started_at": [outcome.started_at for outcome in found],
        "churned_at": [outcome.churned_at for outcome in found],
        "observed_until": [outcome.observed_until for outcome in found],
        "plan": [outcome.plan for outcome in found],
        "monthly_value": [outcome.monthly_value for outcome in found],
        "currency": [outcome.currency for outcome in found],
        "covariates": [_json(dict(outcome.covariates)) for outcome in found],
    }
    return pa.table(columns, schema=SCHEMAS["outcomes"])


def _require_masked(tagged: Iterable[TaggedDocument]) -> None:
    for one in tagged:
        title = one.document.title
        if title is not None and not isinstance(title, MaskedText):
            raise TypeError("the store takes only MaskedText: title")
        if not all(isinstance(turn.text, MaskedText) for turn in one.document.turns):
            raise TypeError("the store takes only MaskedText: turn")


def _sentiments(
    one: TaggedDocument,
) -> tuple[Sentiment | None, Sentiment | None, Sentiment | None]:
    if one.document.kind is Kind.REVIEW:
        return one.sentiment, one.sentiment, one.sentiment
    said = [
        one.turn_sentiment[turn.index]
        for turn in one.document.turns
        if turn.speaker is Speaker.CUSTOMER and turn.index in one.turn_sentiment
    ]
    return (said[0], said[-1], said[-1]) if said else (None, None, None)


def _excerpt(one: TaggedDocument) -> str:
    for turn in one.document.turns:
        if turn.speaker is Speaker.CUSTOMER and turn.text.strip():
            return turn.text.strip()[:_EXCERPT]
    return ""


def _evidence(one: TaggedDocument) -> str:
    return _json(
        {
            tag.id: {
                "spans": [[span.turn, span.start, span.end] for span in tag.evidence],
                "searched": list(tag.searched),
                "confidence": tag.confidence,
            }
            for tag in one.tags
        }
    )


def _spans(one: TaggedDocument) -> list[str]:
    by_turn: dict[int, list[tuple[str, int, int]]] = {}
    for tag in one.tags:
        for span in tag.evidence:
            by_turn.setdefault(span.turn, []).append((tag.id, span.start, span.end))
    return [
        _json(by_turn[turn.index]) if turn.index in by_turn else _NO_SPANS
        for turn in one.document.turns
    ]


def _quotes(one: TaggedDocument) -> str:
    texts = {turn.index: turn.text for turn in one.document.turns}
    lines = []
    for tag in one.tags:
        quoted = [texts[span.turn][span.start : span.end].strip() for span in tag.evidence]
        if quoted:
            lines.append(f"{tag.id}: {' / '.join(quoted)}")
    return "\n".join(lines)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
