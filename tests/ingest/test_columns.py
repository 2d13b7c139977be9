"""Which column is which field, and what kind of file the columns make."""

from __future__ import annotations

import pytest

from analysis.errors import BadSetting, MissingColumns
from analysis.ingest import columns

CHAT = ("conversation_id", "customer_id", "agent_id", "channel", "sent_at", "speaker", "text")


@pytest.mark.parametrize(
    ("kind", "header", "expected"),
    [
        ("chat", ("상담번호", "발화자", "내용"), ("conversation_id", "speaker", "text")),
        ("chat", ("대화ID", "화자", "메시지"), ("conversation_id", "speaker", "text")),
        ("chat", ("티켓 번호", "작성자 구분", "대화 내용"), ("conversation_id", "speaker", "text")),
        ("chat", ("chatId", "personType", "plainText"), ("conversation_id", "speaker", "text")),
        ("chat", ("CONVERSATION-ID", "Sender Type", "[text]"),
         ("conversation_id", "speaker", "text")),
        ("chat", ("ticket_id", "role", "message"), ("conversation_id", "speaker", "text")),
        ("chat", ("상담번호", "보낸시간(KST)", "구분", "본문"), ("conversation_id", *CHAT[4:])),
        ("chat", CHAT, CHAT),
        ("review", ("리뷰번호", "작성자", "출처", "작성일", "링크", "제목", "본문"),
         ("review_id", "customer_id", "source", "posted_at", "url", "title", "text")),
        ("review", ("번호", "날짜", "리뷰"), ("review_id", "posted_at", "text")),
        ("review", ("text",), ("text",)),
        ("review", ("접수번호", "접수일시", "제목", "문의내용"),
         ("review_id", "posted_at", "title", "text")),
        ("review", ("VOC번호", "고객번호", "민원내용"), ("review_id", "customer_id", "text")),
        ("outcomes", ("고객번호", "가입일", "해지일", "기준일", "요금제", "월요금", "통화"),
         ("customer_id", "started_at", "churned_at", "observed_until", "plan", "monthly_value",
          "currency")),
        ("outcomes", ("memberId", "탈퇴일", "관측일"),
         ("customer_id", "churned_at", "observed_until")),
        ("outcomes", ("customer_id", "signup_date", "churn_date", "as_of"),
         ("customer_id", "started_at", "churned_at", "observed_until")),
    ],
)  # fmt: skip
def test_kind_and_fields_are_told_from_the_header(kind, header, expected):
    found = columns.suggest(header)
    assert found.kind == kind
    assert found.columns == dict(zip(expected, header, strict=True))
    assert found.missing == ()
    assert found.unmatched == ()


@pytest.mark.parametrize(
    ("header", "kind", "missing"),
    [
        (("conversation_id", "text"), "chat", ("speaker",)),
        (("speaker", "text"), "chat", ("conversation_id",)),
        (("상담번호", "발화자"), "chat", ("text",)),
        (("고객번호", "해지일"), "outcomes", ("observed_until",)),
        (("제목", "작성일"), "review", ("text",)),
    ],
)
def test_missing_required_fields_are_named(header, kind, missing):
    found = columns.suggest(header)
    assert (found.kind, found.missing) == (kind, missing)


def test_plain_name_wins_over_a_weak_one():
    found = columns.suggest(("상담번호", "작성자", "작성자구분", "내용"))
    assert found.columns["speaker"] == "작성자구분"
    assert found.unmatched == ("작성자",)


def test_no_column_serves_two_fields():
    found = columns.suggest(("상담번호", "상담사", "구분", "대화"))
    assert len(set(found.columns.values())) == len(found.columns)


def test_every_field_is_found_by_its_own_name():
    for kind, fields in columns.FIELDS.items():
        names = [field.name for field in fields]
        assert columns.suggest(names, kind).columns == dict(zip(names, names, strict=True))


def test_no_two_plain_names_of_a_kind_are_the_same():
    for fields in columns.FIELDS.values():
        names = [name for field in fields for name in set(map(columns.normal, field.names))]
        assert sorted(names) == sorted(set(names))


def test_chosen_column_takes_the_place_of_the_suggested_one():
    found = columns.connect(
        ("상담번호", "발화자", "내용", "원문"), file="a.csv", kind=None, chosen={"text": "원문"}
    )
    assert found.columns["text"] == "원문"
    assert found.unmatched == ("내용",)


def test_chosen_value_holds_for_every_row():
    found = columns.connect(
        ("고객번호", "해지일"), file="a.csv", kind=None, chosen={"observed_until": "=2026-06-30"}
    )
    assert found.missing == ()
    assert found.text({}, "observed_until") == "2026-06-30"


def test_field_can_be_left_out():
    found = columns.connect(
        ("상담번호", "발화자", "내용", "채널"), file="a.csv", kind=None, chosen={"channel": ""}
    )
    assert "channel" not in found.columns
    assert found.unmatched == ("채널",)


def test_foreign_names_can_all_be_connected_by_hand():
    found = columns.connect(
        ("k", "w", "t"),
        file="a.csv",
        kind=None,
        chosen={"conversation_id": "k", "speaker": "w", "text": "t"},
    )
    assert (found.kind, found.missing) == ("chat", ())


def test_chosen_column_that_is_not_there_is_named():
    with pytest.raises(MissingColumns, match="원문"):
        columns.connect(("상담번호",), file="a.csv", kind="chat", chosen={"text": "원문"})


def test_unknown_field_is_refused_with_the_known_ones():
    with pytest.raises(BadSetting, match="conversation_id"):
        columns.connect(("상담번호",), file="a.csv", kind="chat", chosen={"말": "상담번호"})


def test_missing_observation_day_comes_with_the_way_to_give_it():
    found = columns.suggest(("고객번호", "해지일"))
    with pytest.raises(MissingColumns, match="--map observed_until==2026-06-30"):
        columns.require(found, file="a.csv", columns=("고객번호", "해지일"))


def test_words_of_a_file_without_header_are_not_repeated():
    first_row = ("환불해 주세요 제발", "홍길동")
    with pytest.raises(MissingColumns) as raised:
        columns.require(columns.suggest(first_row), file="a.csv", columns=first_row)
    assert "환불" not in str(raised.value)
    assert "홍길동" not in str(raised.value)


def test_header_is_found_under_a_title():
    rows = [
        ["2026년 3월 상담 내역"],
        ["조회 조건: 전체"],
        ["상담번호", "발화자", "내용"],
        ["1", "고객", "네"],
    ]
    assert columns.header_place(rows) == 2
