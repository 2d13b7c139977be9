"""What people decided about the sentences of agents: approved macros and required phrases.

One small JSON file in the store's folder, `macros.json`. It holds ids of normal forms and no text,
so that nothing of an erased customer stays in it; the ids stay the same whatever is loaded later.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path

from analysis.errors import UnreadableFile
from analysis.messages import gettext as _
from analysis.store import locks, tables

FILE = "macros.json"
VERSION = 1


class Mark(StrEnum):
    """What a family of sentences was marked as."""

    MACRO = "macro"
    REQUIRED = "required"


def marks(path: Path) -> dict[str, Mark]:
    """The marked ids with their marks; none where nothing was ever marked.

    Raises UnreadableFile for a file that is damaged or of a later version.
    """
    return {form: Mark(one["mark"]) for one in _read(path) for form in one["forms"]}


def put(path: Path, forms: Collection[str], mark: Mark) -> None:
    """Mark the wordings of a family, given by their ids.

    An earlier mark of any of them is replaced with all of its wordings: a view may show a part.

    Raises UnreadableFile as `marks` does, and StoreBusy where another process keeps the store.
    """
    with locks.writing(path):
        found = _read(path)
        kept = _without(found, forms)
        joined = {form for one in found if one not in kept for form in one["forms"]} | set(forms)
        at = tables.now().isoformat(timespec="seconds")
        _write(path, [*kept, {"mark": mark.value, "forms": sorted(joined), "marked_at": at}])


def take_back(path: Path, forms: Collection[str]) -> None:
    """Drop every mark that any of these wordings has; raises as `put` does."""
    with locks.writing(path):
        _write(path, _without(_read(path), forms))


def _without(found: list[dict], forms: Collection[str]) -> list[dict]:
    return [one for one in found if not set(one["forms"]) & set(forms)]


def _read(path: Path) -> list[dict]:
    try:
        text = (path / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    try:
        kept = json.loads(text)
        known = kept["version"] == VERSION
        found = [
            {
                "mark": Mark(one["mark"]).value,
                "forms": [str(form) for form in one["forms"]],
                "marked_at": str(one["marked_at"]),
            }
            for one in kept["marks"]
        ]
    except (ValueError, KeyError, TypeError):
        known = False
    if not known:
        raise UnreadableFile(
            FILE,
            _(
                "손상됐거나 더 새로운 버전이 쓴 파일입니다. 저장소 폴더의 이 파일을 고치거나 다른 "
                "곳으로 옮겨 주세요. 옮기면 승인 표시가 모두 사라집니다."
            ),
        )
    return found


def _write(path: Path, found: list[dict]) -> None:
    # Readers see the file before or after, never half of it.
    fresh = path / f"{FILE}.new"
    with fresh.open("w", encoding="utf-8") as out:
        json.dump({"version": VERSION, "marks": found}, out, ensure_ascii=False, indent=1)
        out.write("\n")
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path / FILE)
