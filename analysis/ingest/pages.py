"""A review saved as a web page: the article out of Tistory, Naver and other pages.

The article's container comes first and noise is removed only inside it: cleaners that start from
class names of advertisements delete whole Tistory articles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from bs4 import BeautifulSoup, Comment, NavigableString, Tag

from analysis import settings
from analysis.errors import UnreadableFile
from analysis.ingest import dates, encoding, plain
from analysis.ingest.article import Article
from analysis.ingest.rows import text_of
from analysis.messages import gettext as _


@dataclass(frozen=True, slots=True)
class _Site:
    """A blog service: how its pages are known, where the article is, and what is not of it."""

    source: str
    mark: re.Pattern[str]
    containers: tuple[str, ...]
    noise: tuple[str, ...]


_NAVER = _Site(
    "naver_blog",
    re.compile(r"blog\.naver\.com|se-main-container|se_component_wrap|id=[\"']postViewArea[\"']"),
    (
        ".se-main-container",
        "#postViewArea",
        ".se_component_wrap",
        ".post-view",
        "#viewTypeSelector",
    ),
    (
        ".se-documentTitle",
        ".se_documentTitle",
        ".se-oglink",
        ".se-sticker",
        ".se-placesMap",
        ".se-file",
        ".se_og_wrap",
        ".se_map",
        ".wrap_blog2_sympathy",
    ),
)
_TISTORY = _Site(
    "tistory",
    # Custom domains are usual: the address says nothing, the scripts do.
    re.compile(r"window\.T\.config|t1\.daumcdn\.net|tistory\.com|tt_article_useless_p_margin"),
    (
        ".tt_article_useless_p_margin",
        ".contents_style",
        ".article-view",
        ".entry-content",
        ".article_view",
        "#article-view",
        "div.article",
        "#content",
    ),
    (
        ".revenue_unit_wrap",
        ".container_postbtn",
        ".another_category",
        ".related-articles",
        ".adsbygoogle",
        ".kakao_ad_area",
        ".tt-plugin",
        "#daumSearchBox",
        ".wrap_sub",
        ".article-footer",
        '[data-tistory-react-app="NaverAd"]',
        "figure .og-host",
        "figure .og-text",
    ),
)
_SITES = (_NAVER, _TISTORY)

_NEVER_TEXT = (
    "script, style, noscript, iframe, ins, button, form, select, svg, template[hidden], head"
)
_FRAME_OF_PAGE = "nav, header, footer, aside, [role=navigation], [role=banner], [role=contentinfo]"
_BLOCKS = frozenset(
    (
        *("p", "div", "section", "article", "main", "li", "ul", "ol", "table", "tr", "blockquote"),
        *(
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "figure",
            "figcaption",
            "pre",
            "dl",
            "dt",
            "dd",
            "hr",
        ),
    )
)
_GONE = re.compile(
    r"삭제되었거나 존재하지 않는|존재하지 않는 (?:게시물|포스트|블로그|페이지)|"
    r"삭제된 (?:게시물|글|포스트)|비공개 (?:글|게시물|포스트)|권한이 없거나 존재하지 않는"
)
_SUFFIX = re.compile(r"\s*[:\-|]\s*(?:네이버\s?블로그|티스토리)\s*$")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_KOREAN_CODECS = {
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "ms949": "cp949",
}
# A page that says "deleted" in fewer characters than this says nothing else.
_SHORT = 600


def read(path: Path, *, zone: tzinfo | None = None) -> Article:
    """The review in a saved page, with title, time, address and author where the page has them.

    Raises UnreadableFile where the file is missing, empty or undecodable, holds only the outer
    frame of a Naver blog or the notice of a deleted post, or no text at all.
    """
    page = BeautifulSoup(_decode(path), "lxml")
    # Some Tistory skins keep the article in a template, where selectors do not look.
    for template in page.find_all("template", attrs={"x-ref": "articleTemplate"}):
        template.unwrap()
    zone = zone or settings.time_zone()
    markup = str(page)
    site = next((one for one in _SITES if one.mark.search(markup)), None)
    title, posted_at, url, author = _title(page), _posted_at(page, zone), _url(page), _author(page)
    text = _site_text(page, site) if site else ""
    if not text:
        _refuse_empty_blog(path, page)
        text = _densest(page)
    if not text:
        raise UnreadableFile(
            path.name, _("페이지에 글이 없습니다. 글이 보이는 화면에서 다시 저장해 주세요.")
        )
    return Article(
        text=text,
        title=title,
        posted_at=posted_at,
        url=url,
        author=author,
        source=site.source if site else _meta(page, "og:site_name"),
    )


def _decode(path: Path) -> str:
    # The parser gets text: told by its own guess, Korean pages come out garbled.
    declared = _CHARSET.search(encoding.head(path, 4096))
    if declared:
        name = declared[1].decode("ascii").lower()
        try:
            return path.read_text(encoding=_KOREAN_CODECS.get(name, name))
        except (LookupError, UnicodeError):
            pass
    return path.read_text(encoding=encoding.detect(path))


def _site_text(page: BeautifulSoup, site: _Site) -> str:
    for selector in site.containers:
        found = page.select(selector)
        outermost = [one for one in found if not any(one in other.descendants for other in found)]
        texts = [_text_of_block(one, site.noise) for one in outermost]
        # Old Naver pages hold title and body in containers of one class; a list page holds posts.
        text = (
            "\n\n".join(filter(None, texts)) if site is _NAVER else max(texts, key=len, default="")
        )
        if text:
            return text
    return ""


def _refuse_empty_blog(path: Path, page: BeautifulSoup) -> None:
    frame = page.select_one("#mainFrame, frame[src*=PostView], iframe[src*=PostView]")
    if frame is not None:
        raise UnreadableFile(
            path.name,
            _(
                "네이버 블로그의 바깥 틀만 저장되어 본문이 없습니다. "
                "m.blog.naver.com 주소로 열어 다시 저장해 주세요."
            ),
        )
    words = page.get_text(" ", strip=True)
    if len(words) < _SHORT and _GONE.search(words):
        raise UnreadableFile(
            path.name, _("삭제되었거나 볼 수 없는 글의 페이지입니다. 글이 보이는지 확인해 주세요.")
        )


def _densest(page: BeautifulSoup) -> str:
    """The text of the block that holds most of the page's running text."""
    for noise in page.select(_FRAME_OF_PAGE):
        # An article's own header holds its title, the page's holds its menu.
        if noise.find_parent(("article", "main")) is None:
            noise.decompose()
    body = page.body or page
    named = [_text_of_block(one) for one in page.select("article, main, [role=main]")]
    whole = _text_of_block(body)
    longest = max(named, key=len, default="")
    if len(longest) * 2 >= len(whole):
        return longest
    paragraphs: dict[int, int] = {}
    parents: dict[int, Tag] = {}
    for paragraph in page.find_all("p"):
        parent = paragraph.parent
        if isinstance(parent, Tag):
            parents[id(parent)] = parent
            length = len(paragraph.get_text(strip=True))
            paragraphs[id(parent)] = paragraphs.get(id(parent), 0) + length
    if paragraphs:
        best = max(paragraphs, key=lambda place: paragraphs[place])
        if paragraphs[best] * 2 >= len(whole):
            return _text_of_block(parents[best])
    return longest if len(longest) * 4 >= len(whole) else whole


def _text_of_block(block: Tag, noise: Sequence[str] = ()) -> str:
    """Running text of a block: one line a paragraph, without the noise inside it."""
    copy = BeautifulSoup(str(block), "lxml")
    for selector in (_NEVER_TEXT, *noise):
        for element in copy.select(selector):
            element.decompose()
    pieces: list[str] = []
    _collect(copy, pieces)
    lines = [re.sub(r" {2,}", " ", line).strip() for line in "".join(pieces).split("\n")]
    joined = re.sub(r"\n{3,}", "\n\n", plain.clean("\n".join(lines)))
    return text_of("\n".join(plain.trim(joined.split("\n"))))


def _collect(element: Tag, pieces: list[str]) -> None:
    for child in element.children:
        if isinstance(child, Comment):
            continue
        if isinstance(child, NavigableString):
            pieces.append(re.sub(r"[ \t\r\n]+", " ", child))
        elif isinstance(child, Tag):
            if child.name == "br":
                pieces.append("\n")
            elif child.name in _BLOCKS:
                pieces.append("\n")
                _collect(child, pieces)
                pieces.append("\n")
            else:
                _collect(child, pieces)


def _meta(page: BeautifulSoup, *names: str) -> str | None:
    for name in names:
        for key in ("property", "name"):
            found = page.find("meta", attrs={key: name})
            content = text_of(found.get("content")) if isinstance(found, Tag) else ""
            if content:
                return content
    return None


def _title(page: BeautifulSoup) -> str | None:
    written = _meta(page, "og:title") or (page.title.get_text() if page.title else "")
    return _SUFFIX.sub("", plain.clean(written)).strip() or None


def _posted_at(page: BeautifulSoup, zone: tzinfo) -> datetime | None:
    written = [_meta(page, "article:published_time", "og:regDate", "date") or ""]
    for found in page.select(
        "time[datetime], .se_publishDate, .blog_date, .post_date, p.date, span.date, "
        ".entry-info .date"
    ):
        written += [text_of(found.get("datetime")), text_of(found.get_text(" "))]
    return next((moment for text in written if (moment := dates.parse(text, zone))), None)


def _url(page: BeautifulSoup) -> str | None:
    canonical = page.select_one("link[rel=canonical]")
    linked = text_of(canonical.get("href")) if canonical is not None else ""
    return _meta(page, "og:url") or linked or None


def _author(page: BeautifulSoup) -> str | None:
    # Tistory writes the first with dots, other services with colons.
    return _meta(page, "og.article.author", "og:article:author", "article:author", "by", "author")
