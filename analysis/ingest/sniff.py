"""What a file is, and its documents or outcomes: the one door into this package.

Each format has a module of its own; this one looks at the content, picks, and hands on. A format
that a chat tool writes joins here: one line in `_format_of`, one module beside the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from itertools import islice
from pathlib import Path

from analysis import settings
from analysis.errors import BadSetting, NothingToLoad, UnreadableFile
from analysis.ingest import (
    chats,
    columns,
    encoding,
    labelled,
    outcomes,
    pages,
    plain,
    reviews,
    speakers,
    table,
)
from analysis.ingest.article import Article
from analysis.ingest.result import Reading, Recognition
from analysis.ingest.rows import Table, text_of
from analysis.messages import gettext as _
from analysis.model import Kind, RawDocument, RejectedRow

__all__ = ["FORMATS", "KINDS", "Reading", "Recognition", "inspect", "read"]

KINDS = ("auto", "chat", "review", "outcomes")
FORMATS = ("auto", *table.TABLE_FORMATS, "html", "txt")

_MIXED = "mixed"
_SAMPLE_ROWS = 5
_MOST_SPEAKERS = 20
_PAGE_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|div)\b", re.I | re.S
)


def inspect(
    path: Path,
    *,
    kind: str = "auto",
    mapping: dict[str, str] | None = None,
    format: str = "auto",
    password: str | None = None,
) -> Recognition:
    """What a file is taken for: format, kind, columns, which field is where, and what is missing.

    `mapping` is as for `read`. The sample is raw: call `masked` on the result before showing it.
    Raises UnreadableFile, LockedWorkbook, MissingColumns for a mapped column that is not there, and
    BadSetting.
    """
    _check(kind, format)
    chosen = _format_of(path) if format == "auto" else format
    if chosen in ("html", "txt"):
        article = _article(path, chosen)
        return Recognition(
            file=path.name,
            kind=Kind.REVIEW.value,
            format=chosen,
            encoding="",
            columns=(),
            mapping={},
            missing=(),
            unmatched=(),
            sample=({"title": article.title or "", "text": article.text},),
            speakers=(),
            rows=1,
        )
    found = table.read_table(path, file_format=chosen, password=password)
    return _inspect_table(path, found, kind, mapping)


def read(
    path: Path,
    *,
    kind: str = "auto",
    format: str = "auto",
    mapping: dict[str, str] | None = None,
    agents: Collection[str] = (),
    password: str | None = None,
) -> Reading:
    """The documents or outcomes of a file, with every row that could not be used and why.

    `mapping` connects fields to columns by hand; a value that starts with "=" is one value for
    every row (`{"observed_until": "=2026-06-30"}`). `agents` are the names or ids that are agents
    where the speaker column holds names; other names are then customers. `password` opens a locked
    workbook.
    Raises UnreadableFile, LockedWorkbook, MissingColumns, NothingToLoad where no row could be used,
    and BadSetting for an unknown kind, format or field.
    """
    _check(kind, format)
    chosen = _format_of(path) if format == "auto" else format
    if chosen in ("html", "txt"):
        if kind not in ("auto", "review"):
            raise UnreadableFile(
                path.name, _("글 하나가 든 파일은 후기(review)로만 읽을 수 있습니다.")
            )
        document = reviews.of_article(_article(path, chosen))
        return Reading("review", chosen, "", [document], [], (), (), 1)
    found = table.read_table(path, file_format=chosen, password=password)
    return _read_table(path, found, kind, mapping, agents)


def _check(kind: str, file_format: str) -> None:
    for name, value, allowed in (("--kind", kind, KINDS), ("--format", file_format, FORMATS)):
        if value not in allowed:
            raise BadSetting(
                name, value, _("쓸 수 있는 값: {values}").format(values=", ".join(allowed))
            )


def _format_of(path: Path) -> str:
    suffix = path.suffix.lower()
    found = table.format_of(path)
    if found in ("xlsx", "json", "jsonl") or suffix in (".csv", ".tsv"):
        return found
    if suffix in (".html", ".htm", ".xhtml") or _starts_as_page(path):
        return "html"
    # A table saved as .txt has a header; a review has sentences.
    named = columns.suggest(table.read_table(path, file_format=found).columns)
    if len(named.columns) > 1 and not named.missing:
        return found
    return "txt" if suffix in (".txt", ".text", ".md", "") else found


def _starts_as_page(path: Path) -> bool:
    with path.open(encoding=encoding.detect(path)) as opened:
        return _PAGE_START.match(opened.read(2048)) is not None


def _article(path: Path, file_format: str) -> Article:
    return pages.read(path) if file_format == "html" else plain.read(path)


def _mapping(
    path: Path, found: Table, kind: str, mapping: dict[str, str] | None
) -> columns.Mapping:
    wanted = None if kind == "auto" else kind
    return columns.connect(found.columns, file=path.name, kind=wanted, chosen=mapping)


def _is_labelled(found: Table) -> bool:
    return found.format in ("json", "jsonl") and labelled.recognises(found.columns)


def _inspect_table(
    path: Path, found: Table, kind: str, mapping: dict[str, str] | None
) -> Recognition:
    by_document = _is_labelled(found) and kind != "outcomes"
    matched = _mapping(path, found, kind, mapping)
    sample: list[dict[str, str]] = []
    said: Counter[str] = Counter()
    count = 0
    kinds: set[str] = set()
    for row in found.rows:
        count += 1
        if isinstance(row, RejectedRow):
            continue
        record = row[1]
        if len(sample) < _SAMPLE_ROWS:
            sample.append({column: text_of(record.get(column)) for column in found.columns})
        if by_document:
            kinds.add("chat" if record.get("turns") is not None else "review")
        elif matched.kind == "chat":
            said[matched.text(record, "speaker")] += 1
    return Recognition(
        file=path.name,
        kind=_one_kind(kinds) if by_document else matched.kind,
        format=found.format,
        encoding=found.encoding,
        columns=found.columns,
        mapping={}
        if by_document
        else {**matched.columns, **{name: f"={one}" for name, one in matched.constants.items()}},
        missing=() if by_document else matched.missing,
        unmatched=() if by_document else matched.unmatched,
        sample=tuple(sample),
        speakers=_unknown_speakers(said),
        rows=count,
    )


def _unknown_speakers(said: Counter[str]) -> tuple[tuple[str, int], ...]:
    found = ((one, rows) for one, rows in said.most_common() if one and speakers.of(one) is None)
    return tuple(islice(found, _MOST_SPEAKERS))


def _one_kind(kinds: set[str]) -> str:
    return kinds.pop() if len(kinds) == 1 else _MIXED


def _read_table(
    path: Path,
    found: Table,
    kind: str,
    mapping: dict[str, str] | None,
    agents: Collection[str],
) -> Reading:
    zone = settings.time_zone()
    if _is_labelled(found) and kind != "outcomes":
        gave = labelled.read(found.rows, zone=zone)
        told = _one_kind({one.kind.value for one in gave.documents}) if gave.documents else "chat"
        return _reading(path, found, told, gave.documents, [], gave.rejected, [], gave.rows)
    matched = _mapping(path, found, kind, mapping)
    columns.require(matched, file=path.name, columns=found.columns)
    if matched.kind == "outcomes":
        known = outcomes.read(found.rows, matched, zone=zone)
        return _reading(
            path, found, "outcomes", [], known.outcomes, known.rejected, known.warnings, known.rows
        )
    read_rows: chats.Chats | reviews.Reviews
    if matched.kind == "chat":
        read_rows = chats.read(found.rows, matched, zone=zone, agents=agents)
    else:
        read_rows = reviews.read(found.rows, matched, zone=zone)
    return _reading(
        path,
        found,
        matched.kind,
        read_rows.documents,
        [],
        read_rows.rejected,
        read_rows.warnings,
        read_rows.rows,
    )


def _reading(
    path: Path,
    found: Table,
    kind: str,
    documents: list[RawDocument],
    known: list[outcomes.Outcome],
    rejected: list[RejectedRow],
    warnings: list[RejectedRow],
    rows: int,
) -> Reading:
    if not documents and not known:
        raise NothingToLoad(path.name, rows, _why_nothing(rejected))
    return Reading(
        kind, found.format, found.encoding, documents, known, tuple(rejected), tuple(warnings), rows
    )


def _why_nothing(rejected: list[RejectedRow]) -> str:
    if not rejected:
        return _("머리글만 있고 내용이 없습니다. 내보낸 기간을 확인해 주세요.")
    reason, rows = Counter(row.reason for row in rejected).most_common(1)[0]
    return _("행 {rows}개가 같은 까닭으로 빠졌습니다: {reason}").format(rows=rows, reason=reason)
