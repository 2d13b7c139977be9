"""A pasted review: furniture off its edges, nothing out of its middle."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from analysis.ingest import plain, sniff

SEED = Path(__file__).parents[2].parent / "shared" / "seeds" / "netflix-cs-review.txt"

PASTED = """환불이 이렇게 힘들 일인가

2026. 3. 1. 14:05나무그늘

반응형
\u200b
구독을 해지했는데 다음 달에도 돈이 나갔다.

반응형 화면이라 광고가 자꾸 본문을 가렸다.

상담사는 미안하다는 말도 없었다.

[관련글]

쇼핑몰 교환 후기

고객센터 연결까지 40분 걸린 이야기

728x90
반응형
"""


def test_title_and_time_are_taken_and_edges_are_cut():
    article = plain.parse(PASTED)
    assert article.title == "환불이 이렇게 힘들 일인가"
    assert article.posted_at == datetime(2026, 3, 1, 14, 5)
    assert article.text.startswith("구독을 해지했는데")
    assert article.text.endswith("미안하다는 말도 없었다.")


def test_words_inside_the_text_stay():
    assert "반응형 화면이라 광고가" in plain.parse(PASTED).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("반응형\n728x90", ""),
        ("한 줄 후기입니다", "한 줄 후기입니다"),
        ("좋았다.\n반응형\n나빴다.", "좋았다.\n반응형\n나빴다."),
        ("본문이다.\n\n공감 12\n댓글 3\nURL 복사\n신고하기", "본문이다."),
        ("URL 복사\n본문 기타 기능\n\n본문이다.", "본문이다."),
        ("본문이다.\n'일상' 카테고리의 다른 글\n봄 소풍\n여름 바다", "본문이다."),
        ("관련 글\n이라는 제목 아래 쓴다.\n끝이다.", "관련 글\n이라는 제목 아래 쓴다.\n끝이다."),
        ("앞이다.\n관련 글\n이 뒤도 본문이다.", "앞이다.\n관련 글\n이 뒤도 본문이다."),
        ("공감 가는 말이다.\n댓글을 읽었다.", "공감 가는 말이다.\n댓글을 읽었다."),
        ("\ufeff\u200b본\u200b문\u00a0이다.", "본문 이다."),
    ],
)
def test_only_whole_lines_at_the_edges_are_cut(text, expected):
    assert plain.parse(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "어제 일이다.\n2026. 3. 1. 14:05에 전화했다. 아무도 받지 않았다.",
        "첫 문단은 이렇게 길게 씁니다.\n둘째 문단도 문장입니다.\n2026. 3. 1.\n셋째 문단입니다.",
        "제목 같은 줄\n그러나 날짜가 없는 글입니다.",
    ],
)
def test_text_without_a_heading_keeps_its_first_line(text):
    article = plain.parse(text)
    assert (article.title, article.posted_at) == (None, None)
    assert article.text == text


def test_pen_name_line_between_title_and_date_is_dropped():
    article = plain.parse("제목입니다만\n나무그늘\n2026. 3. 1. 14:05\nURL 복사\n\n본문이다.")
    assert (article.title, article.text) == ("제목입니다만", "본문이다.")


def test_text_file_is_one_review(tmp_path):
    path = tmp_path / "review.txt"
    path.write_bytes(PASTED.encode("cp949", "ignore"))
    found = sniff.read(path)
    (review,) = found.documents
    assert (found.kind, found.format, found.rows) == ("review", "txt", 1)
    assert review.title == "환불이 이렇게 힘들 일인가"
    assert review.customer_id is None
    assert sniff.inspect(path).sample[0]["text"] == review.turns[0].text


@pytest.mark.skipif(not SEED.exists(), reason="the blog text is not beside this checkout")
def test_blog_text_is_cut_to_the_review():
    article = plain.read(SEED)
    assert article.title == "넷플릭스 고객 대응은? CS 경험은 기대 이하"
    assert article.posted_at == datetime(2019, 12, 11, 3, 0)
    assert article.text.startswith("넷플릭스(Netflix)라는")
    assert article.text.endswith("이것이 최선입니까? :)")
