"""Looks for texts in everything that lies in a folder, compressed columns included."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pyarrow.parquet as pq


def found_in(folder: Path, texts: Collection[str]) -> set[str]:
    """Which of the texts stand in a file's bytes, in a table's cells or in a name, live or not."""
    found: set[str] = set()
    for path in sorted(folder.rglob("*")):
        places = [str(path.relative_to(folder)).encode()]
        if path.is_file():
            places.append(path.read_bytes())
        # The files of the tables are compressed: their bytes alone would prove nothing.
        if path.suffix == ".parquet":
            places.append(str(pq.ParquetFile(path).read().to_pylist()).encode())
        found |= {text for text in texts if any(text.encode() in place for place in places)}
    return found
