"""XLSX (and old XLS, ODS): rows of the first sheet whose header is recognised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice
from pathlib import Path

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from analysis.errors import LockedWorkbook, UnreadableFile
from analysis.ingest import columns
from analysis.ingest.rows import Row, Table, column_names, text_of
from analysis.messages import gettext as _

_HEADER_WITHIN = 10
# Two known names make a header: a single one may stand in a title or a cell.
_ENOUGH_KNOWN = 2


def read(path: Path, *, password: str | None = None) -> Table:
    """The table of a workbook: its first sheet with a recognised header, else its first with rows.

    Raises LockedWorkbook where it asks for a password, and UnreadableFile where it is no workbook
    or holds no rows.
    """
    try:
        book = _opened(path, password)
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError):
        raise UnreadableFile(
            path.name,
            _("엑셀 파일이 아니거나 깨졌습니다. 엑셀에서 열어 XLSX로 다시 저장해 주세요."),
        ) from None
    filled = [sheet for sheet in sheets if sheet.height]
    if not filled:
        raise UnreadableFile(path.name, _("행이 있는 시트가 없습니다. 파일을 확인해 주세요."))
    recognised = (sheet for sheet in filled if columns.known(_header(sheet)[1]) >= _ENOUGH_KNOWN)
    sheet = next(recognised, filled[0])
    header, cells = _header(sheet)
    names = column_names(cells)
    return Table(columns=names, rows=_rows(sheet, header, names), encoding="", format="xlsx")


def _opened(path: Path, password: str | None) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError:
        if not password:
            raise LockedWorkbook(path.name, tried=False) from None
    return CalamineWorkbook.from_filelike(_unlocked(path, password))


def _unlocked(path: Path, password: str) -> BytesIO:
    """The workbook without its lock, in memory only."""
    unlocked = BytesIO()
    try:
        with path.open("rb") as locked:
            book = msoffcrypto.OfficeFile(locked)
            book.load_key(password=password)
            book.decrypt(unlocked)
    except InvalidKeyError:
        raise LockedWorkbook(path.name, tried=True) from None
    except (DecryptionError, FileFormatError, ParseError):
        raise UnreadableFile(
            path.name,
            _("이 방식으로 잠긴 파일은 열 수 없습니다. 암호를 푼 파일로 다시 저장해 주세요."),
        ) from None
    unlocked.seek(0)
    return unlocked


def _numbered(sheet: CalamineSheet) -> Iterator[tuple[int, list[object]]]:
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if any(text_of(cell) for cell in cells):
            yield number, list(cells)


def _header(sheet: CalamineSheet) -> tuple[int, list[object]]:
    first = list(islice(_numbered(sheet), _HEADER_WITHIN))
    if not first:
        return 0, []
    number, cells = first[columns.header_place([cells for _number, cells in first])]
    while cells and not text_of(cells[-1]):
        cells = cells[:-1]
    return number, cells


def _rows(sheet: CalamineSheet, header: int, names: Sequence[str]) -> Iterator[Row]:
    for number, cells in _numbered(sheet):
        if number > header:
            yield number, dict(zip(names, cells, strict=False))
