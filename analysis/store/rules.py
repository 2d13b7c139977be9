"""The rules of the house as files: `rules/0001.json`, `0002.json`, ...; the last one counts.

Every change is a file of its own, so that what a load was tagged with can be read for good. What a
rule means is not known here (tagging/house.py).
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis.errors import BadRule
from analysis.messages import gettext as _
from analysis.store import locks

_FOLDER = "rules"


def version(path: Path) -> int:
    """Number of the newest file; 0 where no rule was ever saved."""
    found = (file.stem for file in (path / _FOLDER).glob("*.json"))
    return max((int(stem) for stem in found if stem.isdigit()), default=0)


def read(path: Path, number: int | None = None) -> object:
    """The content of a version, the newest where none is named; no rules where there is none.

    Raises BadRule where the file is not there or holds no JSON.
    """
    number = version(path) if number is None else number
    if number == 0:
        return {"version": 0, "rules": []}
    file = _file(path, number)
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, FileNotFoundError):
        raise BadRule(
            name(number), _("파일을 읽을 수 없습니다. 앞선 판의 파일로 되돌려 주세요.")
        ) from None


def update(path: Path, change: Callable[[object], dict[str, Any]]) -> int:
    """Write what `change` makes of the newest version as the next one; gives its number.

    One at a time, so that of two people who save at once nobody's rule is lost.
    """
    with locks.writing(path):
        number = version(path) + 1
        content = {**change(read(path)), "version": number}
        file = _file(path, number)
        file.parent.mkdir(exist_ok=True)
        draft = file.with_name(f"{number:04}.{secrets.token_hex(4)}")
        with draft.open("w", encoding="utf-8") as lines:
            json.dump(content, lines, ensure_ascii=False, indent=2)
            lines.write("\n")
            lines.flush()
            os.fsync(lines.fileno())
        draft.rename(file)
    return number


def names(path: Path) -> dict[str, str]:
    """The name of every rule by its id, of retired ones, too.

    Raises BadRule where the file cannot be read.
    """
    return {rule["id"]: rule["name"] for rule in _listed(read(path))}


def active(path: Path) -> list[str]:
    """The ids of the rules that are not retired; none where the file cannot be read."""
    try:
        content = read(path)
    except BadRule:
        return []
    return [rule["id"] for rule in _listed(content) if not rule.get("retired")]


def name(number: int) -> str:
    """A version's file as it stands in the store's folder."""
    return f"{_FOLDER}/{number:04}.json"


def _listed(content: object) -> list[dict[str, Any]]:
    rules = content.get("rules") if isinstance(content, dict) else None
    listed = rules if isinstance(rules, list) else []
    return [rule for rule in listed if isinstance(rule, dict) and {"id", "name"} <= rule.keys()]


def _file(path: Path, number: int) -> Path:
    return path / name(number)
