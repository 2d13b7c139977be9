"""CSV and TSV: rows streamed from a delimited text file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Literal

from analysis.errors import UnreadableFile
from analysis.ingest import columns, encoding
from analysis.ingest.rows import Row, Table, column_names
from analysis.messages import gettext as _
from analysis.model import RejectedRow

_DELIMITERS = (",", "\t", ";")
_SAMPLE = 65536
_HEADER_WITHIN = 10
# One cell may hold a long review; more is an unclosed quote that swallows the file.
_LONGEST_CELL = 4_000_000


def read(path: Path, *, text_encoding: str | None = None) -> Table:
    """The table of a delimited file; delimiter and header row are told from its first rows.

    Raises UnreadableFile where it is empty or undecodable; its rows raise it where a quote is never
    closed.
    """
    codec = encoding.detect(path, text_encoding=text_encoding)
    delimiter = sniff_delimiter(path, codec)
    header, names = _header(path, codec, delimiter)
    return Table(
        columns=names,
        rows=_rows(path, codec, delimiter, header, names, _quoting(path, codec, delimiter)),
        encoding=codec,
        format="tsv" if delimiter == "\t" else "csv",
    )


def sniff_delimiter(path: Path, codec: str) -> str:
    """The delimiter that gives the most known column names, then the most even rows."""

    def quality(delimiter: str) -> tuple[int, float, int]:
        records = _sample(path, codec, delimiter)
        if not records:
            return (0, 0.0, 0)
        header = records[columns.header_place(records)]
        even = sum(len(record) == len(header) for record in records) / len(records)
        return (columns.known(header), even if len(header) > 1 else 0.0, len(header))

    return max(_DELIMITERS, key=quality)


def _open_sample(path: Path, codec: str) -> list[str]:
    with path.open(encoding=codec, newline="") as opened:
        return opened.read(_SAMPLE).splitlines(keepends=True)


def _sample(path: Path, codec: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(_open_sample(path, codec), delimiter=delimiter)
    try:
        return [
            record for record in islice(reader, 2 * _HEADER_WITHIN) if any(map(str.strip, record))
        ]
    except csv.Error:
        return []


def _header(path: Path, codec: str, delimiter: str) -> tuple[int, tuple[str, ...]]:
    """Row number of the header, and the names in it."""
    records: list[tuple[int, list[str]]] = []
    reader = csv.reader(_open_sample(path, codec), delimiter=delimiter)
    for number, record in enumerate(reader, start=1):
        if any(map(str.strip, record)):
            records.append((number, record))
        if len(records) == _HEADER_WITHIN:
            break
    if not records:
        raise UnreadableFile(path.name, _("빈 파일입니다. 내보내기가 끝난 파일인지 확인해 주세요."))
    number, record = records[columns.header_place([record for _number, record in records])]
    while record and not record[-1].strip():
        record = record[:-1]
    return number, column_names(record)


def _quoting(path: Path, codec: str, delimiter: str) -> Literal[0, 3]:
    """Quotes of a TSV are text where they do not close: many tools write its cells as they are."""
    if delimiter != "\t":
        return csv.QUOTE_MINIMAL
    csv.field_size_limit(_LONGEST_CELL)
    try:
        with path.open(encoding=codec, newline="") as opened:
            for _record in csv.reader(opened, delimiter=delimiter, strict=True):
                pass
    except csv.Error:
        return csv.QUOTE_NONE
    return csv.QUOTE_MINIMAL


def _rows(
    path: Path,
    codec: str,
    delimiter: str,
    header: int,
    names: Sequence[str],
    quoting: Literal[0, 3],
) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding=codec, newline="") as opened:
        reader = csv.reader(opened, delimiter=delimiter, strict=True, quoting=quoting)
        number = 0
        while True:
            number += 1
            try:
                record = next(reader)
            except StopIteration:
                return
            except csv.Error as fault:
                if "unexpected end of data" in str(fault) or "field larger" in str(fault):
                    raise _unclosed(path, number) from None
                yield RejectedRow(number, _("따옴표가 잘못 쓰여 칸을 나눌 수 없습니다."))
                continue
            if number <= header or not any(map(str.strip, record)):
                continue
            if any(map(str.strip, record[len(names) :])):
                yield RejectedRow(
                    number,
                    _("칸이 머리글보다 많습니다. 쉼표가 든 칸을 따옴표로 묶어 다시 내보내 주세요."),
                )
                continue
            yield number, dict(zip(names, record, strict=False))


def _unclosed(path: Path, row: int) -> UnreadableFile:
    return UnreadableFile(
        path.name,
        _("{row}행의 따옴표가 닫히지 않아 그 뒤를 나눌 수 없습니다. 그 행을 고쳐 주세요.").format(
            row=row
        ),
    )
