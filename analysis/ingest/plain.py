"""A review pasted from a web page: page furniture off its edges, title and date off its top.

Furniture is told by whole lines at the start and the end only: an article about "반응형 디자인"
keeps every word of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import Path

from analysis import settings
from analysis.errors import UnreadableFile
from analysis.ingest import dates, encoding
from analysis.ingest.article import Article
from analysis.ingest.rows import text_of
from analysis.messages import gettext as _

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")

# Advertisement sizes of Tistory, buttons of Tistory and Naver, as copied with the text.
_FURNITURE = re.compile(
    r"""
    반응형 | 728x90 | 300x250 | 336x280 | 320x100 | SMALL | LARGE | 광고 | AD
    | 공감(?:하기|한\ 사람\ 보러가기)? (?:\s*\d+)? | 좋아요 (?:\s*\d+)?
    | 댓글(?:쓰기|달기|\ 쓰기)? (?:\s*\d+)? | 공유(?:하기)? | 신고(?:하기)? | 구독(?:하기)?
    | 이웃추가 | 이웃 | URL\ ?복사 | 본문\ ?기타\ ?기능
    | 통계 | 태그\ ?수정 | (?:Keep|메모|블로그|카페)\ ?보내기
    | 기타\ 보내기\ 펼치기 | 펼치기 | 접기 | 인쇄(?:하기)? | 네이버\ 지도 | 게시글\ 관리
    | 저작자표시.*
    | 카카오스토리 | 트위터 | 페이스북 | 카카오톡 | 밴드 | 라인
    """,
    re.VERBOSE | re.IGNORECASE,
)
_RELATED = re.compile(
    r"\[?\s*(?:관련\s?글|관련\s?포스팅|함께\s?보면\s?좋은\s?글|다른\s?글)(?:\s?보기)?\s*\]?\s*:?"
    r"|.{0,40}카테고리의\s?다른\s?글.{0,6}|태그|Tag",
    re.IGNORECASE,
)
_POSTED = re.compile(
    r"(?:by\s)?(?P<before>\D{0,30}?)"
    r"(?P<when>\d{4}\s?[.년/-]\s?\d{1,2}\s?[.월/-]\s?\d{1,2}\s?[.일]?(?:\s+(?:오전|오후)?\s?\d{1,2}:\d{2}(?::\d{2})?)?)"
    r"(?P<after>[^.?!]{0,30})"
)

# A list of other posts: a few titles, none of them a sentence.
_LONGEST_TITLE = 80
_MOST_TITLES = 15
_SENTENCE = re.compile(r"(?:다|요|죠|음|함)[.!]$|[.]$")
_TITLE_LINES = 4


def read(path: Path, *, zone: tzinfo | None = None) -> Article:
    """The review in a text file.

    Raises UnreadableFile where it is missing, empty, binary, undecodable, or only furniture.
    """
    codec = encoding.detect(path)
    article = parse(path.read_text(encoding=codec), zone=zone)
    if not article.text:
        raise UnreadableFile(
            path.name, _("글의 본문이 없습니다. 본문을 복사해 다시 저장해 주세요.")
        )
    return article


def parse(text: str, *, zone: tzinfo | None = None) -> Article:
    """The review in a text; its title and time where it begins with a title and a date line."""
    lines = trim(clean(text).split("\n"))
    title, posted_at, body = _heading(lines, zone or settings.time_zone())
    return Article(text=text_of("\n".join(trim(body))), title=title, posted_at=posted_at)


def clean(text: str) -> str:
    """The text without invisible characters, its blanks as plain spaces."""
    return _INVISIBLE.sub("", text_of(text)).replace("\u00a0", " ").replace("\t", " ")


def trim(lines: Sequence[str]) -> list[str]:
    """The lines without page furniture and related posts at their start and end."""
    kept = _without_edges([line.rstrip() for line in lines])
    related = _related_start(kept)
    while related is not None:
        kept = _without_edges(kept[:related])
        related = _related_start(kept)
    return kept


def _without_edges(lines: list[str]) -> list[str]:
    start, end = 0, len(lines)
    while start < end and _is_furniture(lines[start]):
        start += 1
    while end > start and _is_furniture(lines[end - 1]):
        end -= 1
    return lines[start:end]


def _is_furniture(line: str) -> bool:
    return not line.strip() or _FURNITURE.fullmatch(line.strip()) is not None


def _related_start(lines: list[str]) -> int | None:
    """Where a list of other posts begins that runs to the end, or None."""
    for place in range(len(lines) - 1, 0, -1):
        if not _RELATED.fullmatch(lines[place].strip()):
            continue
        titles = [line.strip() for line in lines[place + 1 :] if line.strip()]
        if len(titles) <= _MOST_TITLES and all(map(_is_title, titles)):
            return place
        return None
    return None


def _is_title(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and not _SENTENCE.search(line)


def _heading(lines: list[str], zone: tzinfo) -> tuple[str | None, datetime | None, list[str]]:
    """Title and time of a text whose first lines are a title, perhaps a pen name, and a date."""
    filled = [(place, line.strip()) for place, line in enumerate(lines) if line.strip()]
    if not filled or len(filled[0][1]) > _LONGEST_TITLE:
        return None, None, lines
    for place, line in filled[1:_TITLE_LINES]:
        match = _POSTED.fullmatch(line)
        posted_at = dates.parse(match["when"], zone) if match else None
        if posted_at is not None:
            return filled[0][1], posted_at, lines[place + 1 :]
        if not _is_title(line):
            break
    return None, None, lines
