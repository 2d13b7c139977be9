"""Whether an agent says (nearly) the same substantive sentence again within a chat."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.tagging import features
from analysis.tagging.acts import ReadTurn
from analysis.tokens import sentences

# Sentences that may rightly be said again.
_FORMULAS = ("greeting", "identity_check", "closing", "apology", "wait_apology")
_LENGTH, _MIN_PIECES = 3, 8


def closeness(turns: Sequence[ReadTurn]) -> float:
    """How close the closest sentences of two agent turns are (0..1), formulas left out."""
    said: list[tuple[int, frozenset[str]]] = []
    closest = 0.0
    if len(turns) < 2:
        return closest
    for turn in turns:
        for start, end in sentences.spans(turn.text):
            if _is_formula(turn, start, end):
                continue
            pieces = _pieces(features.plain(turn.text[start:end]))
            if len(pieces) < _MIN_PIECES:
                continue
            for other, earlier in said:
                if other != turn.index:
                    closest = max(closest, _overlap(pieces, earlier))
            said.append((turn.index, pieces))
    return closest


def _pieces(plain: str) -> frozenset[str]:
    letters = plain.replace(" ", "")
    return frozenset(letters[at : at + _LENGTH] for at in range(len(letters) - _LENGTH + 1))


def _is_formula(turn: ReadTurn, start: int, end: int) -> bool:
    return any((start, end) in turn.acts.get(act, ()) for act in _FORMULAS)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard overlap of two sets of pieces."""
    return len(one & other) / len(one | other)
