"""Rows and labelled objects to reviews and documents."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from analysis.ingest import sniff
from analysis.model import Kind, Speaker
from tests.ingest.writing import write

COLUMNS = ("리뷰번호", "작성자", "출처", "작성일", "링크", "제목", "본문")


def _read(folder, *rows, header=COLUMNS):
    records = [dict(zip(header, row, strict=True)) for row in rows]
    return sniff.read(write(folder / "reviews.csv", records, columns=header))


def test_a_row_is_one_review_with_its_fields(tmp_path):
    found = _read(
        tmp_path,
        ("R1", "u77", "앱마켓", "2026-03-01", "https://example.com/1", "실망", "환불이 늦어요"),
    )
    (review,) = found.documents
    assert (review.id, review.kind, review.customer_id) == ("R1", Kind.REVIEW, "u77")
    assert (review.source, review.url, review.title) == ("앱마켓", "https://example.com/1", "실망")
    assert review.turns[0].speaker is Speaker.CUSTOMER
    assert review.turns[0].text == "환불이 늦어요"
    assert review.started_at == review.ended_at == datetime(2026, 3, 1)
    assert review.rows == (2,)


def test_review_without_id_gets_one_of_its_text_and_source(tmp_path):
    header = ("출처", "본문")
    first = _read(tmp_path, ("앱", "느려요"), ("웹", "느려요"), header=header).documents
    again = _read(tmp_path, ("앱", "느려요"), header=header).documents
    assert first[0].id == again[0].id
    assert first[0].id != first[1].id
    assert first[0].id.startswith("r-")
    assert len(first[0].id) == 14


def test_the_same_words_of_two_writers_are_two_reviews(tmp_path):
    found = _read(tmp_path, ("배송이 느려요",), ("배송이 느려요",), header=("본문",))
    assert len({one.id for one in found.documents}) == 2
    assert found.rejected == ()


def test_rows_that_give_no_review_are_rejected(tmp_path):
    found = _read(
        tmp_path,
        ("R1", "", "", "", "", "", "느려요"),
        ("R2", "", "", "", "", "제목만", ""),
        ("R1", "", "", "", "", "", "다시 씁니다"),
    )
    assert [one.id for one in found.documents] == ["R1"]
    assert [one.row for one in found.rejected] == [3, 4]
    assert found.rows == 3


def test_unreadable_day_keeps_the_review_with_a_warning(tmp_path):
    found = _read(tmp_path, ("R1", "", "", "지난주", "", "", "느려요"))
    assert found.documents[0].started_at is None
    assert [one.row for one in found.warnings] == [2]


LABELLED = [
    {
        "id": "ott-003",
        "kind": "chat",
        "industry": "ott",
        "turns": [
            {"speaker": "customer", "text": "무료 기간인데 결제가 됐어요"},
            {"speaker": "agent", "text": "중복 계정으로 확인됩니다"},
        ],
        "labels": {"topics": ["unexpected_charge"], "customer": ["complaint"]},
        "evidence": {"complaint": [0]},
    },
    {"id": "blog-001", "kind": "review", "text": "미안하다는 말도 없었다", "labels": {"agent": []}},
]


@pytest.mark.parametrize("suffix", ["jsonl", "json"])
def test_labelled_documents_are_read_without_their_labels(tmp_path, suffix):
    path = tmp_path / f"dev.{suffix}"
    text = (
        json.dumps(LABELLED, ensure_ascii=False)
        if suffix == "json"
        else "\n".join(json.dumps(one, ensure_ascii=False) for one in LABELLED)
    )
    path.write_text(text, encoding="utf-8")
    found = sniff.read(path)
    assert (found.kind, found.rows) == ("mixed", 2)
    assert [(one.id, one.kind, len(one.turns)) for one in found.documents] == [
        ("ott-003", Kind.CHAT, 2),
        ("blog-001", Kind.REVIEW, 1),
    ]
    assert sniff.inspect(path).kind == "mixed"


def test_one_labelled_object_is_one_document(tmp_path):
    path = tmp_path / "one.json"
    path.write_text(json.dumps(LABELLED[0], ensure_ascii=False, indent=2), encoding="utf-8")
    found = sniff.read(path)
    assert (found.kind, [one.id for one in found.documents]) == ("chat", ["ott-003"])


@pytest.mark.parametrize(
    "broken",
    [
        {"id": "x", "kind": "chat", "turns": []},
        {"id": "x", "kind": "chat", "turns": [{"speaker": "누군가", "text": "네"}]},
        {"id": "x", "kind": "chat", "turns": ["네"]},
        {"id": "x", "kind": "review", "text": " "},
        {"id": "ott-003", "kind": "review", "text": "같은 번호"},
    ],
)
def test_broken_labelled_document_is_rejected(tmp_path, broken):
    path = tmp_path / "dev.jsonl"
    lines = [json.dumps(one, ensure_ascii=False) for one in (LABELLED[0], broken)]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = sniff.read(path)
    assert [one.id for one in found.documents] == ["ott-003"]
    assert [one.row for one in found.rejected] == [2]
