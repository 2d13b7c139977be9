"""The lexicons of data/lexicon: named acts, each with patterns, exceptions and its own proof."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from analysis import settings
from analysis.tokens import sentences

Span = sentences.Span

_GAP = r"(?:[^.!?\n]{0,14}?)"


@dataclass(frozen=True, slots=True)
class Act:
    """Something a turn can do, found by patterns sentence by sentence."""

    id: str
    about: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    hits: tuple[str, ...]
    misses: tuple[str, ...]

    def spans(self, text: str) -> Iterator[Span]:
        """Characters [start, end) of each sentence of the text that does this."""
        if not self.pattern.search(text):
            return
        for start, end in sentences.spans(text):
            if self.pattern.search(text, start, end) and not (
                self.unless and self.unless.search(text, start, end)
            ):
                yield start, end


@cache
def acts(name: str) -> dict[str, Act]:
    """The acts of data/lexicon/NAME.toml by id, in the file's order.

    Raises ValueError for an entry without two hits and a miss, or with a pattern that is none.
    """
    with (settings.DATA / "lexicon" / f"{name}.toml").open("rb") as lines:
        entries = tomllib.load(lines)
    return {act_id: _act(f"{name}.{act_id}", entry) for act_id, entry in entries.items()}


def _act(act_id: str, entry: dict) -> Act:
    hits, misses = tuple(entry.get("hits", ())), tuple(entry.get("misses", ()))
    if not hits or not misses:
        raise ValueError(f"{act_id}: needs hits and misses")
    unless = entry.get("unless")
    return Act(
        id=act_id,
        about=entry["about"],
        pattern=compile_patterns(entry["any"]),
        unless=compile_patterns(unless) if unless else None,
        hits=hits,
        misses=misses,
    )


def compile_patterns(patterns: list[str]) -> re.Pattern[str]:
    """One expression for all: a space stands for any white space or none, … for a short gap."""
    expressions = [
        pattern.replace(" ?", " ").replace(" ", r"\s*").replace("…", _GAP) for pattern in patterns
    ]
    return re.compile("|".join(f"(?:{expression})" for expression in expressions))
