"""Texts as numbers: pieces of words and morphemes, counted, weighted and of length one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from scipy import sparse

from analysis.tokens import mecab

_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_REPEATED = re.compile(r"(.)\1{2,}")
_SPACE = re.compile(r"\s+")

# The pieces of a text: (name, least and greatest length). Lengths of `words` are characters within
# a word and the space around it, of `morphs` morphemes in a row.
SHORT, LONG = (1, 4), (2, 3)


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """The text with case, numbers and drawn-out letters made alike."""
    text = _DIGITS.sub("0", text.lower())
    return _SPACE.sub(" ", _REPEATED.sub(r"\1\1", text)).strip()


def words(text: str, lengths: tuple[int, int]) -> Iterator[str]:
    """Every piece of every word of a plain text, the space around a word being part of it."""
    low, high = lengths
    for word in text.split():
        padded = f" {word} "
        length = len(padded)
        for size in range(low, min(high, length) + 1):
            for start in range(length - size + 1):
                yield padded[start : start + size]


@lru_cache(maxsize=65_536)
def morphs(text: str) -> tuple[str, ...]:
    """The morphemes of a plain text with the kind of each, alone and two in a row."""
    single = [f"{token.surface}/{token.pos[:2]}" for token in mecab.tokenize(text)]
    return (*single, *(f"{one} {two}" for one, two in pairwise(single)))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces that a model knows: their places, and how telling each is."""

    places: dict[str, int]
    telling: np.ndarray

    @classmethod
    def learn(
        cls, texts: Sequence[Iterable[str]], *, least: int = 2, most: int = 40_000
    ) -> Vocabulary:
        """Pieces that stand in `least` texts or more, at most the `most` frequent of them.

        Telling is the smoothed inverse document frequency, ln((1 + n) / (1 + df)) + 1.
        """
        counts: dict[str, int] = {}
        for text in texts:
            for piece in set(text):
                counts[piece] = counts.get(piece, 0) + 1
        kept = sorted(
            (piece for piece, count in counts.items() if count >= least and "\n" not in piece),
            key=lambda piece: (-counts[piece], piece),
        )[:most]
        frequency = np.array([counts[piece] for piece in kept], dtype=np.float64)
        telling = np.log((1 + len(texts)) / (1 + frequency)) + 1
        return cls({piece: place for place, piece in enumerate(kept)}, telling.astype(np.float32))

    def matrix(self, texts: Iterable[Iterable[str]]) -> sparse.csr_matrix:
        """One row a text, of length one: (1 + ln count) x telling of each known piece."""
        places = self.places
        indices: list[int] = []
        bounds = [0]
        for text in texts:
            indices += [places[piece] for piece in text if piece in places]
            bounds.append(len(indices))
        rows = sparse.csr_matrix(
            (
                np.ones(len(indices), dtype=np.float32),
                np.array(indices, dtype=np.int32),
                np.array(bounds, dtype=np.int32),
            ),
            shape=(len(bounds) - 1, len(places)),
        )
        rows.sum_duplicates()
        rows.data = (1 + np.log(rows.data)) * self.telling[rows.indices]
        lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
        lengths[lengths == 0] = 1
        rows.data /= np.repeat(lengths, np.diff(rows.indptr)).astype(np.float32)
        return rows


def named(features: Sequence[dict[str, float]], places: dict[str, int]) -> sparse.csr_matrix:
    """One row a dict of named numbers; names that the model does not know are left out."""
    indices: list[int] = []
    values: list[float] = []
    bounds = [0]
    for row in features:
        for name, value in row.items():
            place = places.get(name)
            if place is not None:
                indices.append(place)
                values.append(value)
        bounds.append(len(indices))
    return sparse.csr_matrix(
        (
            np.array(values, dtype=np.float32),
            np.array(indices, np.int32),
            np.array(bounds, np.int32),
        ),
        shape=(len(bounds) - 1, len(places)),
    )
