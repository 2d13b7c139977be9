"""Which patterns can match a text at all, told in one pass over it.

A pattern that can only match a text holding certain words is tried on no other text: most of the
lexicon's patterns are then never tried on a turn.
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

# One word of the first set stands in the text, and one of the second, if there is a second.
Condition = tuple[frozenset[str], frozenset[str] | None]
# A kind of node of a parsed expression and what belongs to it.
Part = tuple[Any, Any]


class Prefilter:
    """Some expressions, by the words that must stand in a text which they match."""

    def __init__(self, expressions: Sequence[str]) -> None:
        self._always: set[int] = set()
        # By condition: the expression it is one of, and what else must stand there.
        self._places: list[int] = []
        self._others: list[frozenset[str] | None] = []
        self._asked_by: dict[str, set[int]] = {}
        for place, expression in enumerate(expressions):
            conditions = needed_words(expression)
            if conditions is None:
                self._always.add(place)
            for first, other in conditions or ():
                for word in first:
                    self._asked_by.setdefault(word, set()).add(len(self._places))
                for word in other or ():
                    self._asked_by.setdefault(word, set())
                self._places.append(place)
                self._others.append(other)
        self._words = ahocorasick.Automaton()
        for word in self._asked_by:
            self._words.add_word(word, word)
        self._words.make_automaton()

    def candidates(self, text: str) -> set[int]:
        """The places of the expressions that may match the text."""
        if not self._asked_by:
            return set(self._always)
        words = {word for _, word in self._words.iter(text)}
        asked = set().union(*map(self._asked_by.__getitem__, words))
        places, others = self._places, self._others
        found = {
            places[condition]
            for condition in asked
            if (other := others[condition]) is None or not other.isdisjoint(words)
        }
        return found | self._always


def needed_words(expression: str) -> list[Condition] | None:
    """Conditions of which one holds for every match, or None where none can be told."""
    return _conditions(list(_parse(expression)))


def _conditions(parsed: list[Part]) -> list[Condition] | None:
    if len(parsed) == 1 and str(parsed[0][0]) == "SUBPATTERN":
        return _conditions(list(parsed[0][1][-1]))
    if len(parsed) == 1 and str(parsed[0][0]) == "BRANCH":
        found = [_conditions(list(branch)) for branch in parsed[0][1][1]]
        if any(one is None for one in found):
            return None
        return [condition for one in found for condition in one or ()]
    sets = sorted(_sets(parsed), key=_telling)
    return [(sets[0], sets[1] if len(sets) > 1 else None)] if sets else None


def _telling(words: frozenset[str]) -> tuple[int, int]:
    """Sorts sets first of which fewer texts are likely to hold a word: long words, few of them."""
    return -min(map(len, words)), len(words)


def _of_sequence(parsed: Iterable[Part]) -> frozenset[str] | None:
    return min(_sets(parsed), key=_telling, default=None)


def _sets(parsed: Iterable[Part]) -> list[frozenset[str]]:
    """For each stretch of a sequence the words of which one stands there, where that is known."""
    found: list[frozenset[str] | None] = []
    run: frozenset[str] | None = None
    for part in [*parsed, None]:
        spelled = part and _spelled(part)
        if spelled and run and len(spelled) * len(run) <= _MOST_WORDS:
            run = frozenset(one + other for one in run for other in spelled)
            continue
        found.append(run)
        run = spelled or None
        if part and not spelled:
            found.append(_of_part(part))
    return [words for words in found if words]


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
