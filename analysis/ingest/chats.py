"""Rows of messages to chats: one document a conversation, its turns in time order."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from analysis.ingest import dates, speakers
from analysis.ingest.columns import Mapping
from analysis.ingest.rows import Record, Row
from analysis.messages import gettext as _
from analysis.model import Kind, RawDocument, RawTurn, RejectedRow, Speaker


@dataclass(frozen=True, slots=True)
class _Message:
    row: int
    turn: RawTurn
    customer_id: str
    agent_id: str
    channel: str


@dataclass(frozen=True, slots=True)
class Chats:
    """The chats of a table, the rows that no chat could use, and those used with a doubt."""

    documents: list[RawDocument]
    rejected: list[RejectedRow]
    warnings: list[RejectedRow]
    rows: int


def read(rows: Iterable[Row], mapping: Mapping, *, zone: tzinfo, agents: Collection[str]) -> Chats:
    """Rows of messages as chats, in the order in which the conversations begin in the file.

    Turns are ordered by time where every message of the conversation has one (equal times keep
    the order of rows), else by row. Customer, agent and channel are the conversation's first.
    """
    conversations: dict[str, list[_Message]] = {}
    rejected: list[RejectedRow] = []
    warnings: list[RejectedRow] = []
    count = 0
    for row in rows:
        count += 1
        if isinstance(row, RejectedRow):
            rejected.append(row)
            continue
        number, record = row
        conversation = mapping.text(record, "conversation_id")
        message = _message(number, record, mapping, zone=zone, agents=agents)
        if not conversation:
            rejected.append(RejectedRow(number, _("상담번호가 비어 있습니다.")))
        elif isinstance(message, RejectedRow):
            rejected.append(message)
        else:
            conversations.setdefault(conversation, []).append(message)
            if message.turn.sent_at is None and mapping.text(record, "sent_at"):
                warnings.append(
                    RejectedRow(
                        number,
                        _("보낸 시각을 날짜로 읽을 수 없어 시각 없이 썼습니다."),
                    )
                )
    documents = [_document(one, messages) for one, messages in conversations.items()]
    return Chats(documents, rejected, warnings, count)


def _message(
    number: int, record: Record, mapping: Mapping, *, zone: tzinfo, agents: Collection[str]
) -> _Message | RejectedRow:
    text = mapping.text(record, "text")
    word = mapping.text(record, "speaker")
    customer_id = mapping.text(record, "customer_id")
    agent_id = mapping.text(record, "agent_id")
    if not text:
        return RejectedRow(number, _("내용이 비어 있습니다."))
    if not word:
        return RejectedRow(number, _("발화자가 비어 있습니다."))
    speaker = speakers.of(word, agents=agents, customer_id=customer_id, agent_id=agent_id)
    if speaker is None:
        return RejectedRow(
            number,
            _(
                "발화자를 알 수 없습니다. 고객/상담사/챗봇/시스템으로 적거나, 이름이 적힌 열이면 "
                "상담사 이름을 --agent로 알려 주세요."
            ),
        )
    if speaker is Speaker.AGENT and not agent_id and agents and "agent_id" not in mapping.columns:
        # The column holds names, and this one was named as an agent's.
        agent_id = word
    return _Message(
        number,
        RawTurn(speaker, text, dates.parse(mapping.cell(record, "sent_at"), zone)),
        customer_id,
        agent_id,
        mapping.text(record, "channel"),
    )


def _document(conversation: str, messages: list[_Message]) -> RawDocument:
    if all(message.turn.sent_at for message in messages):
        messages = sorted(messages, key=lambda message: message.turn.sent_at or datetime.min)
    times = [message.turn.sent_at for message in messages if message.turn.sent_at]
    return RawDocument(
        id=conversation,
        kind=Kind.CHAT,
        turns=tuple(message.turn for message in messages),
        customer_id=next((one.customer_id for one in messages if one.customer_id), None),
        agent_id=next((one.agent_id for one in messages if one.agent_id), None),
        channel=next((one.channel for one in messages if one.channel), None),
        started_at=min(times, default=None),
        ended_at=max(times, default=None),
        rows=tuple(sorted(message.row for message in messages)),
    )
