"""Texts as numbers: pieces of words and morphemes, hashed.

A batch of texts is cut up at once with array operations: one by one in Python it would take most of
the time of tagging.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from scipy import sparse

from analysis.tokens import mecab

_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_REPEATED = re.compile(r"(.)\1{2,}")

# Longest piece of a word, in characters with the space around the word.
LONGEST_PIECE = 4

_BREAK, _BLANK = ord("\n"), ord(" ")
# FNV-1a's prime; any odd number would mix.
_PRIME = np.uint64(0x100000001B3)


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """The text with case, numbers and drawn-out letters made alike, on one line."""
    return " ".join(_REPEATED.sub(r"\1\1", _DIGITS.sub("0", text.lower())).split())


@dataclass(frozen=True, slots=True)
class Pieces:
    """Every piece of some texts: `keys[i]` is the hash of a piece of text `owners[i]`."""

    texts: int
    owners: np.ndarray
    keys: np.ndarray


def words(texts: Sequence[str]) -> Pieces:
    """Every piece of every word of plain texts, the space around a word being part of it."""
    codes = np.frombuffer(
        "".join(f" {text} \n" for text in texts).encode("utf-32-le"), dtype=np.uint32
    )
    owners = np.cumsum(codes == _BREAK, dtype=np.int32)
    blank = codes == _BLANK
    # A piece may begin or end with a space and must not hold one in between.
    inside = (codes != _BREAK) & ~blank
    keys = codes.astype(np.uint64)
    fits = inside | blank
    found_keys, found_owners = [_mixed(keys[inside])], [owners[inside]]
    for size in range(2, LONGEST_PIECE + 1):
        following = codes[size - 1 :]
        keys = keys[: len(following)] * _PRIME + following
        middle = inside[size - 2 : size - 2 + len(following)]
        ends = following != _BREAK
        fits = fits[: len(following)] & ends
        if size == 2:
            whole = fits & ~(blank[: len(following)] & blank[1:])
        else:
            fits &= middle
            whole = fits
        found_keys.append(_mixed(keys[whole]))
        found_owners.append(owners[: len(following)][whole])
    return Pieces(len(texts), np.concatenate(found_owners), np.concatenate(found_keys))


def morphs(texts: Sequence[str]) -> Pieces:
    """The morphemes of plain texts with the kind of each, alone and two in a row."""
    rows = [_morph_keys(text) for text in texts]
    lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
    single = np.fromiter(chain.from_iterable(rows), dtype=np.uint64, count=int(lengths.sum()))
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
    joined = owners[1:] == owners[:-1]
    pairs = (single[:-1] * _PRIME + single[1:])[joined]
    return Pieces(
        len(texts),
        np.concatenate([owners, owners[:-1][joined]]),
        _mixed(np.concatenate([single, pairs])),
    )


@lru_cache(maxsize=65_536)
def _morph_keys(text: str) -> list[int]:
    return [_morph_key(kind) for kind in mecab.kinds(text)]


@lru_cache(maxsize=65_536)
def _morph_key(kind: str) -> int:
    return zlib.crc32(kind.encode()) + 1


def _mixed(keys: np.ndarray) -> np.ndarray:
    """Hashes whose every bit depends on the whole key: the finaliser of MurmurHash3, 32 bits."""
    keys = keys ^ (keys >> np.uint64(33))
    keys = keys * np.uint64(0xFF51AFD7ED558CCD)
    keys = keys ^ (keys >> np.uint64(33))
    return (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32)


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
