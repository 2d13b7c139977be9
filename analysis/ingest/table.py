"""One table out of a CSV, TSV, XLSX, JSON or JSONL file, told apart by its content."""

from __future__ import annotations

import json
import re
from pathlib import Path

from analysis.ingest import delimited, encoding, objects, workbook
from analysis.ingest.rows import Record, Row, Table

__all__ = ["TABLE_FORMATS", "Record", "Row", "Table", "format_of", "read_table"]

TABLE_FORMATS = ("csv", "tsv", "xlsx", "json", "jsonl")

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_JSON_START = re.compile(r'\s*(?:\[\s*[\[{\]"]|\{\s*["}])')
_LINE_SUFFIXES = (".jsonl", ".ndjson")


def read_table(
    path: Path,
    *,
    text_encoding: str | None = None,
    file_format: str | None = None,
    password: str | None = None,
) -> Table:
    """The rows of a table file, streamed; the format is told from the content unless given.

    Raises UnreadableFile where the file is missing, empty, binary, in an unknown encoding, or
    broken as the format it is in, and LockedWorkbook where the password of a workbook is missing
    or wrong.
    """
    match file_format or format_of(path, text_encoding=text_encoding):
        case "xlsx":
            return workbook.read(path, password=password)
        case "json":
            return objects.read_document(path, text_encoding=text_encoding)
        case "jsonl":
            return objects.read_lines(path, text_encoding=text_encoding)
        case _:
            return delimited.read(path, text_encoding=text_encoding)


def format_of(path: Path, *, text_encoding: str | None = None) -> str:
    """Which table format a file is in: one of TABLE_FORMATS, by its content before its name.

    Raises UnreadableFile where it is missing, empty, binary or in an unknown encoding.
    """
    start = encoding.head(path)
    named_workbook = path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".ods")
    if start.startswith((_ZIP, _OLE)) or (start and named_workbook):
        return "xlsx"
    codec = encoding.detect(path, text_encoding=text_encoding)
    with path.open(encoding=codec) as opened:
        text = opened.read(65536)
    if path.suffix.lower() in _LINE_SUFFIXES and not text.lstrip().startswith("["):
        return "jsonl"
    if _JSON_START.match(text):
        return "jsonl" if _several_objects(text) else "json"
    return "tsv" if delimited.sniff_delimiter(path, codec) == "\t" else "csv"


def _several_objects(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or not lines[1].lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(lines[0]), dict)
    except json.JSONDecodeError:
        return False
