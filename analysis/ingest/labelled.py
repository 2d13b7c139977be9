"""Labelled documents (codebook, part 7) to documents: their labels are not read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from analysis.ingest import dates, speakers
from analysis.ingest.reviews import made_id, repeated_id
from analysis.ingest.rows import Record, Row, text_of
from analysis.messages import gettext as _
from analysis.model import Kind, RawDocument, RawTurn, RejectedRow, Speaker


@dataclass(frozen=True, slots=True)
class Labelled:
    """The documents of a file, and the rows that gave none."""

    documents: list[RawDocument]
    rejected: list[RejectedRow]
    warnings: list[RejectedRow]
    rows: int


def recognises(columns: Sequence[str]) -> bool:
    """Whether the objects of a file are labelled documents."""
    names = set(columns)
    return "turns" in names or {"id", "kind", "text"} <= names or {"text", "labels"} <= names


def read(rows: Iterable[Row], *, zone: tzinfo) -> Labelled:
    """Labelled documents in the order of the file, turns in the order they stand in."""
    documents: list[RawDocument] = []
    rejected: list[RejectedRow] = []
    first_rows: dict[str, int] = {}
    count = 0
    for row in rows:
        count += 1
        if isinstance(row, RejectedRow):
            rejected.append(row)
            continue
        number, record = row
        document = _document(number, record, zone)
        if isinstance(document, RejectedRow):
            rejected.append(document)
        elif document.id in first_rows:
            rejected.append(repeated_id(number, first_rows[document.id]))
        else:
            first_rows[document.id] = number
            documents.append(document)
    return Labelled(documents, rejected, [], count)


def _document(number: int, record: Record, zone: tzinfo) -> RawDocument | RejectedRow:
    given = record.get("turns")
    text = text_of(record.get("text"))
    kind = Kind.CHAT if given is not None else Kind.REVIEW
    if kind is Kind.CHAT:
        turns = _turns(number, given, zone)
    else:
        turns = (RawTurn(Speaker.CUSTOMER, text, dates.parse(record.get("posted_at"), zone)),)
        if not text:
            return RejectedRow(number, _("본문이 비어 있습니다."))
    if isinstance(turns, RejectedRow):
        return turns
    times = [turn.sent_at for turn in turns if turn.sent_at]
    source = text_of(record.get("source"))
    return RawDocument(
        id=text_of(record.get("id")) or made_id("\n".join(turn.text for turn in turns), source),
        kind=kind,
        turns=turns,
        customer_id=text_of(record.get("customer_id")) or None,
        agent_id=text_of(record.get("agent_id")) or None,
        channel=text_of(record.get("channel")) or None,
        source=source or None,
        title=text_of(record.get("title")) or None,
        url=text_of(record.get("url")) or None,
        started_at=_time(record, "started_at", zone) or min(times, default=None),
        ended_at=_time(record, "ended_at", zone) or max(times, default=None),
        rows=(number,),
    )


def _time(record: Record, name: str, zone: tzinfo) -> datetime | None:
    return dates.parse(record.get(name), zone)


def _turns(number: int, given: object, zone: tzinfo) -> tuple[RawTurn, ...] | RejectedRow:
    if not isinstance(given, list) or not given:
        return RejectedRow(number, _("turns가 비어 있거나 목록이 아닙니다."))
    turns: list[RawTurn] = []
    for place, turn in enumerate(given):
        match turn:
            case {"speaker": word, "text": text}:
                sent_at = dates.parse(turn.get("sent_at"), zone)
            case [word, text]:
                sent_at = None
            case _:
                word, text, sent_at = "", "", None
        speaker = speakers.of(text_of(word))
        if speaker is None:
            reason = _("turns[{place}]의 발화자를 알 수 없습니다.").format(place=place)
            return RejectedRow(number, reason)
        # An empty turn stays: labels and evidence count turns by their place.
        turns.append(RawTurn(speaker, text_of(text), sent_at))
    return tuple(turns)
