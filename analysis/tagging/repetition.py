"""Whether an agent says (nearly) the same substantive sentence again within a chat."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Evidence
from analysis.tagging.acts import ReadTurn
from analysis.tokens import mecab, sentences

# Sentences that may rightly be said again.
_FORMULAS = ("greeting", "identity_check", "closing", "apology", "wait_apology")
_MIN_WORDS = 3
_SAME = 0.7


def repeated(turns: Sequence[ReadTurn]) -> tuple[Evidence, ...]:
    """Where an agent turn repeats a sentence of an earlier agent turn, formulas left out."""
    said: list[frozenset[str]] = []
    places = []
    for turn in turns:
        new = []
        for start, end in sentences.spans(turn.text):
            if _is_formula(turn, start, end):
                continue
            words = frozenset(mecab.content_words(turn.text[start:end]))
            if len(words) < _MIN_WORDS:
                continue
            if any(_overlap(words, earlier) >= _SAME for earlier in said):
                places.append(Evidence(turn.index, start, end))
            new.append(words)
        said += new
    return tuple(places)


def _is_formula(turn: ReadTurn, start: int, end: int) -> bool:
    return any((start, end) in turn.acts.get(act, ()) for act in _FORMULAS)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard overlap of two sets of words."""
    return len(one & other) / len(one | other)
