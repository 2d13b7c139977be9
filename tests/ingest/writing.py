"""Writes one table in every format that is read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook

Rows = Sequence[Mapping[str, str]]

TEXT_FORMATS = ("csv", "tsv", "json", "jsonl")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp949")


def write(path: Path, rows: Rows, *, columns: Sequence[str], encoding: str = "utf-8") -> Path:
    """Write rows to the path in the format that its suffix names."""
    suffix = path.suffix[1:]
    if suffix == "xlsx":
        book = Workbook()
        sheet = book.active
        sheet.append(list(columns))
        for number, row in enumerate(rows, start=2):
            for place, column in enumerate(columns, start=1):
                cell = sheet.cell(number, place, row.get(column, ""))
                cell.data_type = "s"  # "=1+1" is what a customer wrote, not a formula
        book.save(path)
        return path
    path.write_bytes(_text(suffix, rows, columns).encode(encoding))
    return path


def lock(path: Path, password: str) -> Path:
    """Lock a workbook with a password, as a spreadsheet program does on saving it."""
    plain = io.BytesIO(path.read_bytes())
    with path.open("wb") as locked:
        OOXMLFile(plain).encrypt(password, locked)
    return path


def _text(suffix: str, rows: Rows, columns: Sequence[str]) -> str:
    objects = [{column: row.get(column, "") for column in columns} for row in rows]
    if suffix == "json":
        return json.dumps(objects, ensure_ascii=False, indent=1)
    if suffix == "jsonl":
        return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)
    opened = io.StringIO()
    writer = csv.DictWriter(opened, columns, delimiter="\t" if suffix == "tsv" else ",")
    writer.writeheader()
    writer.writerows(objects)
    return opened.getvalue()
