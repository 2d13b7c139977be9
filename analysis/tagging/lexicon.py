"""The lexicons of data/lexicon: named acts, each with patterns, exceptions and its own proof."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from analysis import settings
from analysis.tagging.prefilter import Prefilter
from analysis.tokens import sentences

Span = sentences.Span

_GAP = r"(?:[^.!?\n]{0,14}?)"


@dataclass(frozen=True, slots=True)
class Act:
    """Something a turn can do, found by patterns sentence by sentence."""

    id: str
    about: str
    patterns: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None
    hits: tuple[str, ...]
    misses: tuple[str, ...]

    def spans(self, text: str) -> Iterator[Span]:
        """Characters [start, end) of each sentence of the text that does this."""
        return self.spans_in(text, sentences.spans(text), self.patterns)

    def spans_in(
        self, text: str, pieces: Sequence[Span], patterns: Iterable[re.Pattern[str]]
    ) -> Iterator[Span]:
        """As `spans`, where the sentences and the patterns that may match are known already."""
        may = [pattern for pattern in patterns if pattern.search(text)]
        for start, end in pieces if may else ():
            # A text of one sentence was searched already.
            shown = len(pieces) == 1 or any(pattern.search(text, start, end) for pattern in may)
            if shown and not (self.unless and self.unless.search(text, start, end)):
                yield start, end


class Reader:
    """Some lexicons together: finds every act of theirs in a text in one go."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._patterns = [
            ((name, act_id), pattern)
            for name in names
            for act_id, act in acts(name).items()
            for pattern in act.patterns
        ]
        self._prefilter = Prefilter([pattern.pattern for _, pattern in self._patterns])

    def read(self, text: str) -> dict[tuple[str, str], tuple[Span, ...]]:
        """(lexicon, act id) -> the sentences that do it, for the acts that stand in the text."""
        candidates: dict[tuple[str, str], list[re.Pattern[str]]] = {}
        for place in self._prefilter.candidates(text):
            key, pattern = self._patterns[place]
            candidates.setdefault(key, []).append(pattern)
        found = {}
        pieces = sentences.spans(text) if candidates else ()
        for (name, act_id), patterns in candidates.items():
            spans = tuple(acts(name)[act_id].spans_in(text, pieces, patterns))
            if spans:
                found[name, act_id] = spans
        return found


@cache
def reader(*names: str) -> Reader:
    """The reader of some lexicons."""
    return Reader(names)


@cache
def acts(name: str) -> dict[str, Act]:
    """The acts of data/lexicon/NAME.toml by id, in the file's order.

    Raises ValueError for an entry without hits and misses.
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
        patterns=tuple(compile_patterns([pattern]) for pattern in entry["any"]),
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
