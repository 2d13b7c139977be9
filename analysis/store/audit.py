"""The record of what was done to the store: ids and counts only, never text."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from analysis.store import tables


def append(path: Path, action: str, detail: str) -> None:
    """Write one row, `detail` being ids of batches and counts; call it while writing."""
    row = {"at": tables.now(), "action": action, "detail": detail}
    tables.append(path, "audit", pa.Table.from_pylist([row], schema=tables.SCHEMAS["audit"]))
