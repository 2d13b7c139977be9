"""Rows of a table file, whatever its format, and the text of one cell."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from analysis.model import RejectedRow

Record = dict[str, object]
Row = tuple[int, Record] | RejectedRow


@dataclass(frozen=True, slots=True)
class Table:
    """A table file whose rows are read one after the other, once.

    A row is its 1-based number (the header is row 1; in JSON the first object is row 1) and its
    cells by column name, or a RejectedRow where the row itself could not be read. Cells are text
    but for dates and numbers of XLSX and any value of JSON; `text_of` makes text of them.
    """

    columns: tuple[str, ...]
    rows: Iterable[Row]
    encoding: str
    format: str


def text_of(cell: object) -> str:
    """The text of a cell: trimmed, Hangul composed, lines ended by "\\n", 123.0 as "123"."""
    match cell:
        case None:
            return ""
        case str():
            text = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
            # macOS writes Hangul decomposed; every later step expects syllables.
            return unicodedata.normalize("NFC", text).strip().strip("\ufeff")
        case bool():
            return str(cell).lower()
        case float() | Decimal():
            return str(int(cell)) if cell == cell and cell % 1 == 0 else str(cell)
        case datetime():
            return cell.isoformat(sep=" ")
        case date():
            return cell.isoformat()
        case list() | dict():
            return json.dumps(cell, ensure_ascii=False, default=str)
        case _:
            return str(cell)


def column_names(cells: Iterable[object]) -> tuple[str, ...]:
    """Header cells as distinct names: a repeated name gets its number, an empty one its place."""
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = text_of(cell) or f"#{place}"
        copies = 2
        unique = name
        while unique in names:
            unique = f"{name} ({copies})"
            copies += 1
        names.append(unique)
    return tuple(names)
