"""JSON and JSON Lines: one object a row."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import ijson

from analysis.errors import UnreadableFile
from analysis.ingest import columns, encoding
from analysis.ingest.rows import Record, Row, Table
from analysis.messages import gettext as _
from analysis.model import RejectedRow

# The ijson prefix of the whole document and of the elements of a top-level array.
_WHOLE, _ELEMENTS = "", "item"


def read_lines(path: Path, *, text_encoding: str | None = None) -> Table:
    """The table of a JSON Lines file; a line that is no object becomes a RejectedRow.

    Raises UnreadableFile where the file is empty or cannot be decoded.
    """
    codec = encoding.detect(path, text_encoding=text_encoding)
    return Table(_names(_lines(path, codec)), _lines(path, codec), codec, "jsonl")


def read_document(path: Path, *, text_encoding: str | None = None) -> Table:
    """The table of a JSON file: an array of objects, an object that holds one, or a single row.

    Where an object holds several arrays, the one with the most known names is the table.
    Raises UnreadableFile where it is truncated or no JSON, or holds no objects.
    """
    codec = encoding.detect(path, text_encoding=text_encoding)
    try:
        prefix = _table_prefix(path, codec)
        names = _names(_objects(path, codec, prefix))
    except (ijson.JSONError, UnicodeError):
        raise UnreadableFile(
            path.name,
            _("JSON이 중간에 끊겼거나 문법에 맞지 않습니다. 파일을 다시 내보내 주세요."),
        ) from None
    return Table(names, _objects(path, codec, prefix), codec, "json")


def _names(rows: Iterable[Row]) -> tuple[str, ...]:
    # Objects leave out what they do not have, so the names are known only after all of them.
    names: dict[str, None] = {}
    for row in rows:
        if not isinstance(row, RejectedRow):
            names.update(dict.fromkeys(row[1]))
    return tuple(names)


def _lines(path: Path, codec: str) -> Iterator[Row]:
    with path.open(encoding=codec, newline="\n") as opened:
        for number, line in enumerate(opened, start=1):
            if not line.strip().strip("\ufeff"):
                continue
            try:
                record = json.loads(line)
            except (json.JSONDecodeError, RecursionError):
                yield RejectedRow(number, _("JSON으로 읽을 수 없는 줄입니다."))
                continue
            if isinstance(record, dict):
                yield number, record
            else:
                yield RejectedRow(number, _("JSON 객체({{...}})가 아닌 줄입니다.").format())


class _Utf8:
    """A text file as the UTF-8 bytes that ijson wants."""

    def __init__(self, opened: IO[str]) -> None:
        self._opened = opened

    def read(self, size: int = -1) -> bytes:
        return self._opened.read(size).encode()


def _table_prefix(path: Path, codec: str) -> str:
    """ijson prefix of the table's objects; the empty one where the document itself is the row."""
    found: dict[str, Counter[str]] = {}
    top: set[str] = set()
    with path.open(encoding=codec) as opened:
        for prefix, event, value in ijson.parse(_Utf8(opened)):
            steps = prefix.split(".")
            if event == "map_key" and prefix == _WHOLE:
                top.add(value)
            elif event == "map_key" and steps[-1] == _ELEMENTS and steps.count(_ELEMENTS) == 1:
                found.setdefault(prefix, Counter())[value] += 1
    if "turns" in top:
        return _WHOLE
    if found:
        return max(
            found, key=lambda prefix: (columns.known(list(found[prefix])), found[prefix].total())
        )
    if top:
        return _WHOLE
    raise UnreadableFile(
        path.name,
        _("JSON 안에 객체의 배열이 없습니다. 한 행이 객체 하나인 배열로 내보내 주세요."),
    )


def _objects(path: Path, codec: str, prefix: str) -> Iterator[Row]:
    with path.open(encoding=codec) as opened:
        values = ijson.items(_Utf8(opened), prefix, use_float=False)
        for number, value in enumerate(values, start=1):
            if isinstance(value, dict):
                record: Record = value
                yield number, record
            else:
                yield RejectedRow(number, _("배열의 이 값은 객체가 아닙니다."))
