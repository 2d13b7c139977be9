"""Sentences of Korean chat and review text, told by punctuation and line breaks."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

Span = tuple[int, int]

# A sentence ends with punctuation or a line break; "3.5" and "2026.3.1" do not end one.
_SENTENCE = re.compile(r"[^.!?~\n]*(?:[.](?=\d)[^.!?~\n]*)*[.!?~\n]*\s*")


@lru_cache(maxsize=65_536)
def spans(text: str) -> tuple[Span, ...]:
    """Characters [start, end) of each sentence, white space at the ends left out."""
    found = []
    for match in _SENTENCE.finditer(text):
        piece = match.group()
        if piece.strip():
            start = match.start() + len(piece) - len(piece.lstrip())
            found.append((start, match.start() + len(piece.rstrip())))
    return tuple(found)


def partition(text: str) -> list[str]:
    """The sentences with the white space after them: joined, they give the text back."""
    starts = [start for start, _ in spans(text)][1:]
    bounds = [0, *starts, len(text)]
    return [text[start:end] for start, end in pairwise(bounds)]
