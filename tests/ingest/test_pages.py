"""A saved page: the article and nothing around it."""

from __future__ import annotations

from datetime import datetime

import pytest

from analysis.errors import UnreadableFile
from analysis.ingest import pages, sniff

TISTORY = """<!doctype html><html><head><meta charset="utf-8">
<meta property="og:title" content="환불 대응 후기"><meta property="og:url" content="https://b.example/12">
<meta property="article:published_time" content="2026-03-01T14:05:00+09:00">
<meta property="og.article.author" content="나무그늘">
<script>window.T.config = {{}};</script></head><body>
<div id="menu"><a>홈</a><a>태그</a></div>
{article}
<div class="another_category"><h4>'일상' 카테고리의 다른 글</h4><a>봄 소풍</a></div>
<div class="comments">댓글: 저도 그랬어요</div></body></html>"""

BODY = """<div class="revenue_unit_wrap"><div class="revenue_unit_info">728x90</div></div>
<p data-ke-size="size16">구독을 <b>해지</b>했는데<br>돈이 나갔다.</p>
<p>반응형 디자인 이야기도 쓴다.</p><script>var x = 1;</script>
<div class="revenue_unit_wrap"><div class="revenue_unit_info">반응형</div></div>
<div class="container_postbtn"><button>공감</button><span>구독하기</span></div>
<div class="another_category"><a>다른 글</a></div>"""
TEXT = "구독을 해지했는데\n돈이 나갔다.\n\n반응형 디자인 이야기도 쓴다."

TISTORY_SKINS = (
    f'<div class="tt_article_useless_p_margin contents_style">{BODY}</div>',
    f'<div class="article_view"><div class="contents_style">{BODY}</div></div>',
    f'<div class="area_view" id="article-view">{BODY}</div>',
    f'<div class="entry-content">{BODY}</div>',
    f'<template x-ref="articleTemplate"><div class="contents_style">{BODY}</div></template>',
)

NAVER_ONE = """<html><head><meta charset="utf-8">
<meta property="og:title" content="상담이 아쉬웠다 : 네이버 블로그">
<meta property="og:url" content="https://blog.naver.com/example/1"></head><body>
<div class="_postViewArea1"><div class="se-main-container">
<div class="se-documentTitle"><span>상담이 아쉬웠다</span>
<span class="se_publishDate">2026. 3. 1. 14:05</span>
<a>URL 복사</a><a>이웃추가</a></div>
<div class="se-component se-text"><p class="se-text-paragraph"><span>첫 문단이다.</span></p>
<p class="se-text-paragraph"><span>\u200b</span></p>
<p class="se-text-paragraph"><span>둘째 문단이다.</span></p></div>
<div class="se-component se-oglink"><a>링크 카드</a></div></div></div>
<div>공감 3 댓글 2</div></body></html>"""
NAVER_OLD = """<html><head><meta property="og:url" content="https://blog.naver.com/example/1">
<title>상담이 아쉬웠다 - 네이버 블로그</title></head><body>
<div id="postViewArea"><p>첫 문단이다.</p><p>&nbsp;</p><p>둘째 문단이다.</p></div></body></html>"""
NAVER_SHELL = """<html><head><title>네이버 블로그</title></head><body>
<iframe id="mainFrame" src="/PostView.naver?blogId=example&logNo=1"></iframe></body></html>"""
NAVER_GONE = """<html><head><title>네이버 블로그</title></head><body>
<p>죄송합니다. 삭제되었거나 존재하지 않는 게시물입니다.</p></body></html>"""

OTHER = """<html><head><title>고객센터 후기</title></head><body><nav>홈 소개 문의</nav>
<header>어느 사이트</header><div class="side"><a>인기 글</a></div>
{article}<footer>저작권</footer></body></html>"""


def _save(folder, markup, encoding="utf-8"):
    path = folder / "page.html"
    path.write_bytes(markup.encode(encoding))
    return path


@pytest.mark.parametrize("article", TISTORY_SKINS)
def test_tistory_article_comes_without_its_advertisements(tmp_path, article):
    found = pages.read(_save(tmp_path, TISTORY.format(article=article)))
    assert found.text == TEXT
    assert (found.source, found.title, found.author) == ("tistory", "환불 대응 후기", "나무그늘")
    assert found.posted_at == datetime(2026, 3, 1, 14, 5)
    assert found.url == "https://b.example/12"


@pytest.mark.parametrize("markup", [NAVER_ONE, NAVER_OLD])
def test_naver_article_comes_without_its_title_block(tmp_path, markup):
    found = pages.read(_save(tmp_path, markup))
    assert found.text == "첫 문단이다.\n\n둘째 문단이다."
    assert (found.source, found.title) == ("naver_blog", "상담이 아쉬웠다")


def test_naver_time_is_read_from_the_title_block(tmp_path):
    assert pages.read(_save(tmp_path, NAVER_ONE)).posted_at == datetime(2026, 3, 1, 14, 5)


@pytest.mark.parametrize(("markup", "word"), [(NAVER_SHELL, "m.blog"), (NAVER_GONE, "삭제")])
def test_page_without_its_post_is_refused_with_a_sentence(tmp_path, markup, word):
    with pytest.raises(UnreadableFile, match=word):
        sniff.read(_save(tmp_path, markup))


@pytest.mark.parametrize(
    "article",
    [
        "<article><p>상담이 길었다.</p><p>답은 없었다.</p></article>",
        "<main><div><p>상담이 길었다.</p><p>답은 없었다.</p></div></main>",
        "<div><p>상담이 길었다.</p><p>답은 없었다.</p></div>",
    ],
)
def test_other_page_gives_its_densest_block(tmp_path, article):
    found = pages.read(_save(tmp_path, OTHER.format(article=article)))
    assert found.text == "상담이 길었다.\n\n답은 없었다."
    assert found.title == "고객센터 후기"


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [("cp949", "euc-kr"), ("cp949", "ks_c_5601-1987"), ("cp949", ""), ("utf-8", "euc-kr")],
)
def test_page_in_korean_encoding_is_decoded(tmp_path, encoding, charset):
    declared = f'<meta charset="{charset}">' if charset else ""
    markup = (
        f"<html><head>{declared}</head><body><article>똠방각하가 답했다.</article></body></html>"
    )
    assert pages.read(_save(tmp_path, markup, encoding)).text == "똠방각하가 답했다."


def test_page_is_one_review_without_its_author(tmp_path):
    found = sniff.read(_save(tmp_path, TISTORY.format(article=TISTORY_SKINS[0])))
    (review,) = found.documents
    assert (found.kind, found.format) == ("review", "html")
    assert review.customer_id is None
    assert review.turns[0].text == TEXT


def test_page_without_a_word_is_refused(tmp_path):
    with pytest.raises(UnreadableFile):
        sniff.read(_save(tmp_path, "<html><body><img src='a.png'></body></html>"))
