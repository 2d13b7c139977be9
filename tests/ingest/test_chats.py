"""Rows of messages to chats."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from analysis.ingest import chats, columns, speakers
from analysis.model import Kind, RejectedRow, Speaker

COLUMNS = ("conversation_id", "customer_id", "agent_id", "channel", "sent_at", "speaker", "text")


def _read(*rows, header=COLUMNS, agents=()):
    """Chats of rows given as tuples in the order of the header; the first is row 2."""
    records = [(n, dict(zip(header, row, strict=True))) for n, row in enumerate(rows, start=2)]
    mapping = columns.suggest(header, "chat")
    return chats.read(records, mapping, zone=ZoneInfo("Asia/Seoul"), agents=agents)


def _short(*rows, **options):
    return _read(*rows, header=("conversation_id", "sent_at", "speaker", "text"), **options)


def test_a_conversation_is_one_document_with_its_first_ids():
    (document,) = _read(
        ("001", "", "", "", "2026-03-01 10:00", "고객", "결제가 두 번 됐어요"),
        ("001", "C-7", "A1", "카카오톡", "2026-03-01 10:01", "상담사", "확인하겠습니다"),
        ("001", "C-8", "A2", "앱", "2026-03-01 10:05", "상담사", "환불 접수했습니다"),
    ).documents
    assert (document.id, document.kind) == ("001", Kind.CHAT)
    assert (document.customer_id, document.agent_id, document.channel) == ("C-7", "A1", "카카오톡")
    assert [turn.speaker.value for turn in document.turns] == ["customer", "agent", "agent"]
    assert document.started_at == datetime(2026, 3, 1, 10)
    assert document.ended_at == datetime(2026, 3, 1, 10, 5)
    assert document.rows == (2, 3, 4)


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (("10:02", "10:00", "10:01"), "bca"),
        (("10:00", "10:00", "10:00"), "abc"),
        (("10:01", "10:01", "10:00"), "cab"),
        (("10:02", "", "10:01"), "abc"),
        (("", "", ""), "abc"),
    ],
)
def test_turns_are_in_time_order_where_all_have_a_time_else_in_row_order(times, expected):
    rows = [
        ("1", time and f"2026-03-01 {time}", "고객", text)
        for time, text in zip(times, "abc", strict=True)
    ]
    (document,) = _short(*rows).documents
    assert "".join(turn.text for turn in document.turns) == expected


def test_rows_of_conversations_may_be_interleaved():
    documents = _short(
        ("b", "", "고객", "1"), ("a", "", "고객", "2"), ("b", "", "상담사", "3")
    ).documents
    assert [(one.id, len(one.turns), one.rows) for one in documents] == [
        ("b", 2, (2, 4)),
        ("a", 1, (3,)),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("", "", "고객", "네"), "상담번호"),
        (("1", "", "고객", ""), "내용"),
        (("1", "", "", "네"), "발화자"),
        (("1", "", "김철수", "네"), "--agent"),
    ],
)
def test_unusable_row_is_rejected_with_its_number_and_reason(row, reason):
    found = _short(("1", "", "상담사", "안녕하세요"), row)
    assert len(found.documents[0].turns) == 1
    assert found.rows == 2
    (rejected,) = found.rejected
    assert rejected.row == 3
    assert reason in rejected.reason
    assert "김철수" not in rejected.reason


def test_unreadable_time_keeps_the_message_with_a_warning():
    found = _short(("1", "2026-02-30 10:00", "고객", "언제 와요"))
    assert found.documents[0].turns[0].sent_at is None
    assert [one.row for one in found.warnings] == [2]
    assert found.rejected == []


def test_rows_refused_earlier_stay_refused():
    mapping = columns.suggest(COLUMNS, "chat")
    found = chats.read([RejectedRow(4, "깨진 행")], mapping, zone=ZoneInfo("UTC"), agents=())
    assert (found.documents, found.rejected, found.rows) == ([], [RejectedRow(4, "깨진 행")], 1)


def test_named_agents_split_names_into_agents_and_customers():
    (document,) = _short(
        ("1", "", "사과지기", "안녕하세요"),
        ("1", "", "바람돌이", "배송이 늦어요"),
        ("1", "", "챗봇", "안내드립니다"),
        agents=(" 사과지기 ",),
    ).documents
    assert [turn.speaker.value for turn in document.turns] == ["agent", "customer", "bot"]
    assert document.agent_id == "사과지기"


def test_no_rows_are_no_documents():
    assert _short().documents == []


@pytest.mark.parametrize(
    ("word", "speaker"),
    [
        ("customer", Speaker.CUSTOMER),
        (" 고객 ", Speaker.CUSTOMER),
        ("고객님", Speaker.CUSTOMER),
        ("USER", Speaker.CUSTOMER),
        ("End-User", Speaker.CUSTOMER),
        ("visitor", Speaker.CUSTOMER),
        ("문의자", Speaker.CUSTOMER),
        ("상담사", Speaker.AGENT),
        ("상담원(2팀)", Speaker.AGENT),
        ("[상담원] 도우미", Speaker.AGENT),
        ("agent_12", Speaker.AGENT),
        ("manager", Speaker.AGENT),
        ("챗봇", Speaker.BOT),
        ("ALF", Speaker.BOT),
        ("자동응답", Speaker.BOT),
        ("시스템", Speaker.SYSTEM),
        ("System", Speaker.SYSTEM),
        ("고객 만족팀장", None),
        ("", None),
        ("12", None),
    ],
)
def test_usual_words_name_a_speaker(word, speaker):
    assert speakers.of(word) is speaker


@pytest.mark.parametrize(("word", "speaker"), [("C-7", "customer"), ("A1", "agent"), ("B2", None)])
def test_ids_of_the_row_name_a_speaker(word, speaker):
    assert speakers.of(word, customer_id="c-7", agent_id="A1") == speaker
