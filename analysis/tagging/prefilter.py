"""Which patterns can match a text at all, told in one pass over it.

Every pattern that can only match a text holding one of some literal words is tried on no other
text: most of the lexicon's patterns are then never tried on a turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import ahocorasick

# The module is the one that `re` itself compiles with; tests hold that nothing is lost by it.
_parse = re._parser.parse  # type: ignore[attr-defined]

# More words than these for one pattern would make nearly every text a candidate.
_MOST_WORDS = 400

# A kind of node of a parsed expression and what belongs to it.
Part = tuple[Any, Any]


class Prefilter:
    """Some expressions, by the words of which one must stand in a text that they match."""

    def __init__(self, expressions: Sequence[str]) -> None:
        self._always: list[int] = []
        by_word: dict[str, list[int]] = {}
        for place, expression in enumerate(expressions):
            words = needed_words(expression)
            if words is None:
                self._always.append(place)
            for word in words or ():
                by_word.setdefault(word, []).append(place)
        self._words = ahocorasick.Automaton()
        for word, places in by_word.items():
            self._words.add_word(word, tuple(places))
        self._words.make_automaton()
        self._any = bool(by_word)

    def candidates(self, text: str) -> list[int]:
        """The places of the expressions that may match the text, ascending."""
        found = set(self._always)
        if self._any:
            for _, places in self._words.iter(text):
                found.update(places)
        return sorted(found)


def needed_words(expression: str) -> frozenset[str] | None:
    """Words of which every match holds at least one, or None where none can be told."""
    return _of_sequence(_parse(expression))


def _of_sequence(parsed: Iterable[Part]) -> frozenset[str] | None:
    best: frozenset[str] | None = None
    run: frozenset[str] | None = None
    for part in [*parsed, None]:
        spelled = part and _spelled(part)
        if spelled and run and len(spelled) * len(run) <= _MOST_WORDS:
            run = frozenset(one + other for one in run for other in spelled)
            continue
        best, run = _better(best, run), spelled or None
        if part and not spelled:
            best = _better(best, _of_part(part))
    return best


def _spelled(part: Part) -> frozenset[str] | None:
    """Everything that a part can match, where that is a few words, none of them empty."""
    kind, value = str(part[0]), part[1]
    if kind == "LITERAL":
        return frozenset(chr(value))
    if kind == "IN" and all(str(one) == "LITERAL" for one, _ in value):
        return frozenset(chr(code) for _, code in value)
    if kind == "SUBPATTERN":
        return _spelled_in_a_row(value[-1])
    if kind == "BRANCH":
        return _together([_spelled_in_a_row(branch) for branch in value[1]])
    return None


def _spelled_in_a_row(parsed: Iterable[Part]) -> frozenset[str] | None:
    words: frozenset[str] = frozenset([""])
    for part in parsed:
        spelled = _spelled(part)
        if spelled is None or len(spelled) * len(words) > _MOST_WORDS:
            return None
        words = frozenset(one + other for one in words for other in spelled)
    return None if "" in words else words


def _of_part(part: Part) -> frozenset[str] | None:
    kind, value = str(part[0]), part[1]
    if kind == "SUBPATTERN":
        return _of_sequence(value[-1])
    if kind in ("MAX_REPEAT", "MIN_REPEAT"):
        least, _, repeated = value
        return _of_sequence(repeated) if least else None
    if kind == "BRANCH":
        return _together([_of_sequence(branch) for branch in value[1]])
    return None


def _together(branches: list[frozenset[str] | None]) -> frozenset[str] | None:
    words: set[str] = set()
    for branch in branches:
        if branch is None:
            return None
        words |= branch
    return frozenset(words) if len(words) <= _MOST_WORDS else None


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """The set that fewer texts are likely to hold a word of: longer words, then fewer of them."""
    if one is None or other is None:
        return other if one is None else one
    return min(one, other, key=lambda words: (-min(map(len, words)), len(words)))
