"""Rows, pages and pasted texts to reviews: one document a text."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from analysis.ingest import dates
from analysis.ingest.article import Article
from analysis.ingest.columns import Mapping
from analysis.ingest.rows import Record, Row
from analysis.messages import gettext as _
from analysis.model import Kind, RawDocument, RawTurn, RejectedRow, Speaker


@dataclass(frozen=True, slots=True)
class Reviews:
    """The reviews of a table, the rows that gave none, and those used with a doubt."""

    documents: list[RawDocument]
    rejected: list[RejectedRow]
    warnings: list[RejectedRow]
    rows: int


def read(rows: Iterable[Row], mapping: Mapping, *, zone: tzinfo) -> Reviews:
    """Rows of a table as reviews, in the order of the file.

    A review without an id gets one of its text and source; the same text again, from another
    writer, gets one of its own. The same id again is refused.
    """
    documents: list[RawDocument] = []
    rejected: list[RejectedRow] = []
    warnings: list[RejectedRow] = []
    first_rows: dict[str, int] = {}
    copies: Counter[tuple[str, str]] = Counter()
    count = 0
    for row in rows:
        count += 1
        if isinstance(row, RejectedRow):
            rejected.append(row)
            continue
        number, record = row
        text = mapping.text(record, "text")
        source = mapping.text(record, "source")
        if not text:
            rejected.append(RejectedRow(number, _("본문이 비어 있습니다.")))
            continue
        review_id = mapping.text(record, "review_id")
        if not review_id:
            review_id = made_id(text, source, copy=copies[text, source])
            copies[text, source] += 1
        if review_id in first_rows:
            rejected.append(repeated_id(number, first_rows[review_id]))
            continue
        first_rows[review_id] = number
        posted_at = dates.parse(mapping.cell(record, "posted_at"), zone)
        if posted_at is None and mapping.text(record, "posted_at"):
            warnings.append(
                RejectedRow(number, _("작성일을 날짜로 읽을 수 없어 날짜 없이 썼습니다."))
            )
        documents.append(_document(review_id, text, posted_at, number, record, mapping))
    return Reviews(documents, rejected, warnings, count)


def of_article(article: Article) -> RawDocument:
    """A saved page or pasted text as one review; its author stays out of it."""
    return RawDocument(
        id=made_id(article.text, article.source or ""),
        kind=Kind.REVIEW,
        turns=(RawTurn(Speaker.CUSTOMER, article.text, article.posted_at),),
        source=article.source,
        title=article.title,
        url=article.url,
        started_at=article.posted_at,
        ended_at=article.posted_at,
        rows=(1,),
    )


def made_id(text: str, source: str, *, copy: int = 0) -> str:
    """An id for a review without one: the same text of the same source has the same id."""
    parts = (text, source, str(copy)) if copy else (text, source)
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"r-{digest[:12]}"


def repeated_id(row: int, first: int) -> RejectedRow:
    """The refusal of a row whose id an earlier row has."""
    return RejectedRow(
        row, _("{first}행과 번호가 같습니다. 앞의 것만 썼습니다.").format(first=first)
    )


def _document(
    review_id: str,
    text: str,
    posted_at: datetime | None,
    number: int,
    record: Record,
    mapping: Mapping,
) -> RawDocument:
    return RawDocument(
        id=review_id,
        kind=Kind.REVIEW,
        turns=(RawTurn(Speaker.CUSTOMER, text, posted_at),),
        customer_id=mapping.text(record, "customer_id") or None,
        source=mapping.text(record, "source") or None,
        title=mapping.text(record, "title") or None,
        url=mapping.text(record, "url") or None,
        started_at=posted_at,
        ended_at=posted_at,
        rows=(number,),
    )
