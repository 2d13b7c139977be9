"""What a file gave, without personal data: the last step that sees raw text."""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import replace
from pathlib import Path

from analysis.mask import mask as masking
from analysis.model import Document, Kind, MaskedText, Outcome, RawDocument, Speaker, Turn
from analysis.tokens import sentences


def document(raw: RawDocument, key: bytes, counts: Counter[str]) -> Document:
    """The document without personal data; a review's text is cut into sentences.

    `counts` counts what was replaced in the text, by kind.
    """

    def masked(text: str) -> MaskedText:
        clean, found = masking.mask_counts(text)
        counts.update(found)
        return clean

    if raw.kind is Kind.REVIEW:
        pieces = sentences.partition(masked("\n".join(turn.text for turn in raw.turns)))
        turns = tuple(
            Turn(index, Speaker.CUSTOMER, MaskedText(piece), raw.ended_at)
            for index, piece in enumerate(pieces)
        )
    else:
        turns = tuple(
            Turn(index, turn.speaker, masked(turn.text), turn.sent_at)
            for index, turn in enumerate(raw.turns)
        )
    return Document(
        id=masking.identifier(raw.id, key=key),
        kind=raw.kind,
        turns=turns,
        customer_id=_identifier(raw.customer_id, key),
        agent_id=_identifier(raw.agent_id, key),
        channel=_short(raw.channel),
        source=_short(raw.source),
        title=masked(raw.title) if raw.title else None,
        url=_short(raw.url),
        started_at=raw.started_at,
        ended_at=raw.ended_at,
    )


def _identifier(value: str | None, key: bytes) -> str | None:
    return masking.identifier(value, key=key) if value else None


def _short(value: str | None) -> str | None:
    """A word of the file's own (channel, source, address), masked all the same."""
    return str(masking.mask(value)) if value else None


def outcome(raw: Outcome, key: bytes) -> Outcome:
    """The outcome without personal data; its customer has the same id as in the documents."""
    return replace(
        raw,
        customer_id=masking.identifier(raw.customer_id, key=key),
        plan=_short(raw.plan),
        covariates=tuple((name, str(masking.mask(value))) for name, value in raw.covariates),
    )


def key(store: Path) -> bytes:
    """The store's own secret for pseudonyms; made on first use, readable by its owner only."""
    place = store / "key"
    if not place.exists():
        store.mkdir(parents=True, exist_ok=True)
        made = store / f"key.{secrets.token_hex(4)}"
        made.touch(mode=0o600)
        made.write_bytes(secrets.token_bytes(32))
        try:
            # Fails where another process was first: its key is then the store's.
            place.hardlink_to(made)
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return place.read_bytes()
