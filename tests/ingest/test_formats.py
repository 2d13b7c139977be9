"""The same conversations in any format, encoding, order and language are the same documents."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.ingest import sniff
from tests.ingest.writing import ENCODINGS, TEXT_FORMATS, write

KOREAN = {
    "conversation_id": "상담번호",
    "customer_id": "고객번호",
    "agent_id": "상담사ID",
    "channel": "채널",
    "sent_at": "보낸시간",
    "speaker": "발화자",
    "text": "내용",
}
ENGLISH = {field: field for field in KOREAN}
CAMEL = {
    "conversation_id": "conversationId",
    "customer_id": "memberId",
    "agent_id": "agentId",
    "channel": "Channel",
    "sent_at": "sendTime",
    "speaker": "senderType",
    "text": "plain text",
}

SENTENCES = (
    "결제가 두 번 됐어요",
    "쉼표, 따옴표 \" 그리고 '작은' 것",
    "첫 줄\n둘째 줄",
    "탭\t도 세미콜론; 도",
    "환불 접수했습니다. 영업일 3일 이내 입금됩니다",
    "=1+1",
    "00123",
    "ㅠㅠ",
)
SPEAKERS = ("고객", "상담사", "챗봇", "시스템", "customer", "agent")


@st.composite
def conversations(draw):
    """Messages of one to three conversations, their rows interleaved, each in its own order."""
    begun = datetime(2026, 3, 1, 9)
    parts = []
    for number in range(draw(st.integers(1, 3))):
        size = draw(st.integers(1, 4))
        parts.append(
            [
                {
                    "conversation_id": f"00{number}",
                    "customer_id": f"0{number}7",
                    "agent_id": f"A{number}",
                    "channel": "카카오톡",
                    "sent_at": str(begun + timedelta(minutes=place)),
                    "speaker": draw(st.sampled_from(SPEAKERS)),
                    "text": draw(st.sampled_from(SENTENCES)),
                }
                for place in range(size)
            ]
        )
    turns = [number for number, part in enumerate(parts) for _ in part]
    queues = [list(part) for part in parts]
    mixed = [queues[number].pop(0) for number in draw(st.permutations(turns))]
    return [message for part in parts for message in part], mixed


def _documents(path):
    found = sniff.read(path)
    assert found.kind == "chat"
    assert not found.rejected
    assert not found.warnings
    return {one.id: replace(one, rows=()) for one in found.documents}


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    messages=conversations(),
    names=st.sampled_from((KOREAN, ENGLISH, CAMEL)),
    order=st.permutations(sorted(KOREAN)),
    target=st.sampled_from(
        [(suffix, encoding) for suffix in TEXT_FORMATS for encoding in ENCODINGS] + [("xlsx", "")]
    ),
)
def test_the_same_conversations_are_the_same_documents(messages, names, order, target):
    suffix, encoding = target
    straight, mixed = messages
    with tempfile.TemporaryDirectory() as folder:
        plain = write(Path(folder, "plain.csv"), straight, columns=list(ENGLISH))
        renamed = [{names[field]: text for field, text in row.items()} for row in mixed]
        other = write(
            Path(folder, f"other.{suffix}"),
            renamed,
            columns=[names[field] for field in order],
            encoding=encoding or "utf-8",
        )
        assert _documents(other) == _documents(plain)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("suffix", TEXT_FORMATS)
def test_encoding_and_format_are_told_from_the_content(tmp_path, suffix, encoding):
    row = {"conversation_id": "7", "speaker": "고객", "text": "안내를 못 받았어요"}
    misnamed = write(tmp_path / f"a.{suffix}", [row], columns=list(row), encoding=encoding).rename(
        tmp_path / "export.dat"
    )
    found = sniff.read(misnamed)
    # One line of JSON Lines is one JSON object as well.
    assert found.format == ("json" if suffix == "jsonl" else suffix)
    assert found.encoding == encoding
    assert found.documents[0].turns[0].text == "안내를 못 받았어요"
