"""What models read texts with: the pieces they know, and what public and own texts say of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from scipy import sparse

from analysis.tagging import features
from analysis.tagging.features import Pieces

Groups = tuple[tuple[str, ...], ...]
# A sparse matrix or a dense array: what multiplies weights.
Rows: TypeAlias = Any

_HALF = np.uint32(16)
_CUTS = {"words": features.words, "morphs": features.morphs}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces that models know: their hashes in ascending order, and how telling each is.

    The column of a piece is its rank by how many texts held it: what is needed most lies together
    in memory, which makes the models twice as fast.
    """

    keys: np.ndarray
    ranks: np.ndarray
    telling: np.ndarray
    # For each upper half of a hash the place of the first key that has it, and one more.
    starts: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        starts = np.searchsorted(self.keys >> _HALF, np.arange((1 << 16) + 1))
        object.__setattr__(self, "starts", starts.astype(np.int32))

    def __len__(self) -> int:
        return len(self.keys)

    @classmethod
    def learn(cls, pieces: Pieces, *, least: int = 2, most: int = 60_000) -> Vocabulary:
        """Pieces that stand in `least` texts or more, at most the `most` frequent of them.

        Telling is the smoothed inverse document frequency, ln((1 + n) / (1 + df)) + 1.
        """
        once = np.unique(pieces.owners.astype(np.uint64) << np.uint64(32) | pieces.keys)
        keys, counts = np.unique(once.astype(np.uint32), return_counts=True)
        ranked = np.lexsort((keys, -counts))[:most]
        ranked = ranked[counts[ranked] >= least]
        telling = np.log((1 + pieces.texts) / (1 + counts[ranked])) + 1
        ascending = np.argsort(keys[ranked])
        return cls(keys[ranked][ascending], ascending.astype(np.int32), telling.astype(np.float32))

    def widened(self, other: Vocabulary) -> Vocabulary:
        """This vocabulary, and after it the pieces that only another one has."""
        new = ~np.isin(other.keys, self.keys)
        order = np.argsort(other.ranks[new])
        keys = np.concatenate([self.keys[np.argsort(self.ranks)], other.keys[new][order]])
        telling = np.concatenate([self.telling, other.telling[other.ranks[new][order]]])
        ascending = np.argsort(keys)
        return Vocabulary(keys[ascending], ascending.astype(np.int32), telling)

    def counts(self, pieces: Pieces) -> sparse.csr_matrix:
        """One row a text, one column a known piece: how often it stands there."""
        shape = (pieces.texts, len(self))
        if not len(self):
            return sparse.csr_matrix(shape, dtype=np.float32)
        places, known = self._places(pieces.keys)
        columns, owners = self.ranks[places], pieces.owners[known]
        found = sparse.coo_matrix(
            (np.ones(len(columns), dtype=np.float32), (owners, columns)), shape=shape
        )
        return found.tocsr()

    def _places(self, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where in `self.keys` each key that is known stands, and which of the keys those are.

        By the upper half of the hash, of which there is about one key: a binary search over all of
        them takes five times as long.
        """
        halves = keys >> _HALF
        places, ends = self.starts[halves].copy(), self.starts[halves + np.uint32(1)]
        found = np.full(len(keys), -1, dtype=np.int32)
        open_ = np.flatnonzero(places < ends)
        while len(open_):
            hit = self.keys[places[open_]] == keys[open_]
            found[open_[hit]] = places[open_[hit]]
            open_ = open_[~hit]
            places[open_] += 1
            open_ = open_[places[open_] < ends[open_]]
        known = np.flatnonzero(found >= 0)
        return found[known], known

    def weighted(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        """Rows of length one: (1 + ln count) x telling of each piece; empty rows stay empty."""
        rows = counts.copy()
        rows.data = (1 + np.log(rows.data)) * self.telling[rows.indices]
        lengths = np.sqrt(np.add.reduceat(np.append(rows.data**2, 0), rows.indptr[:-1]))
        filled = np.diff(rows.indptr)
        rows.data /= np.repeat(lengths, filled).astype(np.float32)
        return rows


@dataclass(frozen=True, slots=True)
class Language:
    """The vocabularies of words and morphemes, and what public texts say of them.

    `polarity` gives for every piece of words, then for every morpheme, then (last row) alone, the
    log odds of neg, neu and pos.
    """

    words: Vocabulary
    morphs: Vocabulary
    polarity: np.ndarray

    def vocabulary(self, block: str) -> Vocabulary:
        """The vocabulary of "words" or "morphs"."""
        return self.words if block == "words" else self.morphs

    def save(self, path: Path) -> None:
        """Write everything as one file of plain arrays."""
        arrays = {
            "polarity": self.polarity.astype(np.float16),
        }
        for name in _CUTS:
            vocabulary = self.vocabulary(name)
            # Differences of ascending hashes compress better than the hashes.
            arrays[f"{name}_steps"] = np.diff(vocabulary.keys, prepend=np.uint32(0))
            arrays[f"{name}_ranks"] = vocabulary.ranks
            arrays[f"{name}_telling"] = vocabulary.telling.astype(np.float16)
        np.savez_compressed(path, allow_pickle=False, **arrays)

    @classmethod
    def load(cls, path: Path) -> Language:
        """Read what `save` wrote; code in the file, if any, is not run."""
        with np.load(path, allow_pickle=False) as arrays:
            words, morphs = (
                Vocabulary(
                    np.cumsum(arrays[f"{name}_steps"], dtype=np.uint32),
                    arrays[f"{name}_ranks"],
                    arrays[f"{name}_telling"].astype(np.float32),
                )
                for name in _CUTS
            )
            return cls(words, morphs, arrays["polarity"].astype(np.float32))


class Texts:
    """The distinct texts of a batch, cut up once for every model that reads them."""

    def __init__(self, texts: Iterable[str], language: Language) -> None:
        places: dict[str, int] = {}
        self._places = {
            text: places.setdefault(features.plain(text), len(places)) for text in texts
        }
        self._distinct = list(places)
        self.language = language
        self._counts: dict[str, sparse.csr_matrix] = {}
        self._rows: dict[tuple[str, Groups], Rows] = {}

    def rows(self, block: str, groups: Groups) -> Rows:
        """One row a group of texts, taken together as one; all of them stand in the batch.

        "words" and "morphs": sparse rows of length one. "polarity": three columns, the log odds of
        neg, neu and pos.
        """
        # Several models read the same turns.
        if (block, groups) not in self._rows:
            self._rows[block, groups] = self._make_rows(block, groups)
        return self._rows[block, groups]

    def _make_rows(self, block: str, groups: Groups) -> Rows:
        if block == "polarity":
            words, morphs = self.rows("words", groups), self.rows("morphs", groups)
            weights = self.language.polarity
            known = words.shape[1]
            return words @ weights[:known] + morphs @ weights[known:-1] + weights[-1]
        places = [[self._places[text] for text in group] for group in groups]
        bounds = np.cumsum([0, *map(len, places)])
        flat = np.array([place for group in places for place in group], dtype=np.int32)
        chosen = sparse.csr_matrix(
            (np.ones(len(flat), dtype=np.float32), flat, bounds),
            shape=(len(groups), len(self._distinct)),
        )
        vocabulary = self.language.vocabulary(block)
        if block not in self._counts:
            self._counts[block] = vocabulary.counts(_CUTS[block](self._distinct))
        return vocabulary.weighted(chosen @ self._counts[block])
