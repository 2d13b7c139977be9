"""Suggested topics as kept in `suggestions.json`, so that their ids and names stay.

The file holds words with weights and what people decided; no sentence, and nobody's id. What the
words mean is not known here (tagging/unnamed.py).
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from analysis.errors import UnknownSuggestion, UnusablePlace
from analysis.store import locks

_FILE = "suggestions.json"


class State(StrEnum):
    """What people made of a suggestion."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Kept:
    """One suggestion; `words` with weights and `cut` say which documents belong to it."""

    id: str
    words: tuple[tuple[str, float], ...]
    cut: float
    state: State = State.OPEN
    name: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All suggestions as they were kept last, in the order in which they were found.

    `looked` tells in which documents nothing new was found any more.
    """

    suggestions: tuple[Kept, ...] = ()
    looked: str = ""
    revision: int = 0


def read(path: Path) -> Shelf:
    """The kept suggestions; none where there is no file.

    Raises UnusablePlace where the file holds something else.
    """
    file = path / _FILE
    try:
        return _shelf(json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Shelf()
    except (KeyError, TypeError, ValueError):
        raise UnusablePlace(str(file)) from None


def update(path: Path, change: Callable[[Shelf], Shelf]) -> Shelf:
    """Keep what `change` makes of the kept suggestions; gives them.

    One at a time, and whole or not at all.
    """
    with locks.writing(path):
        before = read(path)
        after = change(before)
        if after == before:
            return before
        after = replace(after, revision=before.revision + 1)
        draft = path / f"{_FILE}.{secrets.token_hex(4)}"
        with draft.open("w", encoding="utf-8") as lines:
            json.dump(asdict(after), lines, ensure_ascii=False, indent=1)
            lines.write("\n")
            lines.flush()
            os.fsync(lines.fileno())
        draft.replace(path / _FILE)
    return after


def decide(
    path: Path, suggestion_id: str, *, state: State | None = None, name: str | None = None
) -> None:
    """Keep what people made of a suggestion, or how they call it; None leaves that as it is.

    Raises UnknownSuggestion.
    """

    def decided(one: Kept) -> Kept:
        if one.id != suggestion_id:
            return one
        return replace(
            one,
            state=one.state if state is None else state,
            name=one.name if name is None else name,
        )

    def change(now: Shelf) -> Shelf:
        if all(one.id != suggestion_id for one in now.suggestions):
            raise UnknownSuggestion(suggestion_id)
        return replace(now, suggestions=tuple(decided(one) for one in now.suggestions))

    update(path, change)


def _shelf(content: dict[str, Any]) -> Shelf:
    return Shelf(
        tuple(
            Kept(
                id=str(one["id"]),
                words=tuple((str(word), float(weight)) for word, weight in one["words"]),
                cut=float(one["cut"]),
                state=State(one["state"]),
                name=str(one["name"]),
            )
            for one in content["suggestions"]
        ),
        str(content["looked"]),
        int(content["revision"]),
    )
