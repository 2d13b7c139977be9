"""Groups of documents that share words which the others do not: topics nobody has named yet.

A group is found once, and from then on it is a profile: its telling words with their weights, and
how near a text must come. Whether a document belongs depends on that profile and its own text only,
so that further documents change no group that is known. New groups are looked for among the
documents that no known one holds.

Tried out over eleven files of data/corpus: the documents of one topic without its label beside
those of `other` (nine topics, mean), and of all nine topics at once; for each topic the best group
of 20 or more, F1 (purity, completeness), mean of three seeds:

| way | one topic | nine at once |
| --- | --- | --- |
| HDP of tomotopy, weighted by IDF | 0.03 (0.06, 0.02) | 0.21 (0.13, 0.83) |
| LDA of tomotopy, weighted by IDF | 0.52 (0.56, 0.52) | 0.31 (0.35, 0.37) |
| NMF over TF-IDF | 0.54 (0.68, 0.48) | 0.45 (0.57, 0.39) |
| Ward's clusters over TF-IDF + SVD | 0.50 (0.76, 0.39) | 0.40 (0.62, 0.36) |
| k-means over TF-IDF + SVD | 0.62 (0.76, 0.55) | 0.42 (0.52, 0.38) |
| k-means, each cluster made a profile (this module) | 0.64 (0.75, 0.61) | 0.42 (0.43, 0.44) |

The last two rows differ by less than the seeds do: the profile is there for what it keeps. Nouns
without verbs, customers without agents gave less. Neither scikit-learn nor tomotopy is needed.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import linalg

from analysis.tokens import mecab

Flags = np.ndarray  # one boolean a document

# Telling words that make a profile, and those fewer than which make none.
_MOST_WORDS, _LEAST_WORDS = 30, 4
# A telling word stands in so many documents of its group, so many times as often as elsewhere.
_LEAST_HOLDING, _LEAST_LIFT, _LEAST_Z = 5, 2.0, 2.0
# What stands in more of the others than this share of them tells nothing: 감사, 죄송, 확인.
_COMMON = 0.2
# A group's documents hold so many telling words on average, and it is so many times as frequent
# among the unnamed as among the others: otherwise it shares manners, not a matter.
_LEAST_HITS, _LEAST_OWN = 2.5, 1.2
# The cut is that which gives the cluster back best, and a little lower: it is surer than complete.
_CUT = 0.9
_ROUNDS = 2
# Documents that are clustered at once, documents to a cluster, and the most clusters.
_AT_ONCE, _TO_A_CLUSTER, _MOST_CLUSTERS = 10_000, 40, 40
_DIMENSIONS, _LEAST_DF = 100, 3
_SEED, _STARTS, _STEPS = 7, 4, 60
# Two groups are the same where half of the smaller one's documents, or of the ten first words, are.
_SAME, _FIRST_WORDS = 0.5, 10


@dataclass(frozen=True, slots=True)
class Profile:
    """What a group is known by: telling words with weights, the most telling first, and the cut.

    A document belongs where the sum of the weights of its words, by the root of the number of its
    different words, reaches the cut.
    """

    words: tuple[tuple[str, float], ...]
    cut: float

    @property
    def id(self) -> str:
        """An id made of the content: of the first words."""
        first = " ".join(sorted(word for word, _ in self.words[:_LEAST_WORDS]))
        return f"u-{zlib.crc32(first.encode()):08x}"


@dataclass(frozen=True, slots=True)
class Terms:
    """Which words stand in which documents: one row a document, one column a word."""

    rows: sparse.csr_matrix
    words: dict[str, int]

    def scores(self, profile: Profile) -> np.ndarray:
        """How near each document comes to a profile."""
        weights = np.zeros(len(self.words))
        for word, weight in profile.words:
            if word in self.words:
                weights[self.words[word]] = weight
        different = np.maximum(np.diff(self.rows.indptr), 1)
        scores: np.ndarray = (self.rows @ weights) / np.sqrt(different)
        return scores

    def members(self, profile: Profile) -> Flags:
        """The documents that belong to a profile."""
        return near(self.scores(profile), profile.cut)


def near(scores: np.ndarray, cut: float) -> Flags:
    """Whether documents with these scores belong to a profile with that cut."""
    members: Flags = (scores >= cut) & (scores > 0)
    return members


def read(texts: Iterable[str]) -> Terms:
    """The content words of texts, one row a text."""
    words: dict[str, int] = {}
    columns, bounds = array("i"), array("q", [0])
    for text in texts:
        columns.extend(words.setdefault(one, len(words)) for one in sorted({*mecab.content(text)}))
        bounds.append(len(columns))
    rows = sparse.csr_matrix(
        (np.ones(len(columns)), np.frombuffer(columns, np.int32), np.frombuffer(bounds, np.int64)),
        shape=(len(bounds) - 1, len(words)),
    )
    return Terms(rows, words)


def find(
    terms: Terms, unnamed: Flags, kept: Sequence[Profile], *, least: int, most: int
) -> tuple[Profile, ...]:
    """Profiles of new groups of `least` or more unnamed documents, until nothing new is found.

    Those that are not `unnamed` are what words are compared with. A group with half of its
    documents, or of its first words, in a `kept` profile is not new. There are `most` at most.
    """
    words = np.array(list(terms.words), dtype=object)
    new: list[Profile] = []
    groups = [terms.members(profile) & unnamed for profile in kept]
    known = [*kept]
    while len(new) < most:
        left = unnamed & ~np.any([*groups, np.zeros_like(unnamed)], axis=0)
        if np.count_nonzero(left) < least:
            break
        before = len(new)
        for profile in _candidates(terms, words, left, unnamed):
            group = terms.members(profile) & unnamed
            fresh = np.count_nonzero(group & left) >= least
            twin = any(_same(group, other) for other in groups)
            if fresh and not twin and not any(_alike(profile, other) for other in known):
                new.append(profile)
                known.append(profile)
                groups.append(group)
        if len(new) == before:
            break
    return tuple(new[:most])


def _candidates(terms: Terms, words: np.ndarray, left: Flags, unnamed: Flags) -> list[Profile]:
    """A profile for each cluster of the documents that are left, the clearest first."""
    drawn = np.flatnonzero(left)[:_AT_ONCE]
    others = np.flatnonzero(~unnamed)
    counts = terms.rows[np.concatenate([drawn, others])]
    places = _clusters(_space(counts)[: len(drawn)])
    found = []
    for cluster in range(places.max() + 1):
        members = np.zeros(counts.shape[0], dtype=bool)
        members[: len(drawn)] = places == cluster
        learned = _learn(counts, members, len(drawn), words)
        if learned is not None:
            found.append(learned)
    found.sort(key=lambda one: (-one[0], one[1].id))
    return [profile for _, profile in found]


def _learn(
    counts: sparse.csr_matrix, members: Flags, unnamed: int, words: np.ndarray
) -> tuple[float, Profile] | None:
    """What tells a cluster from all other documents, and how clear it is; None for nothing.

    The first `unnamed` rows are those among which members are looked for.
    """
    different = np.sqrt(np.maximum(np.diff(counts.indptr), 1))
    everywhere = np.asarray(counts.sum(axis=0)).ravel()
    others = counts[unnamed:]
    common = np.asarray(others.sum(axis=0)).ravel() > _COMMON * max(others.shape[0], 1)
    for _ in range(_ROUNDS):
        weights, best = _telling(counts, members, everywhere, common)
        if len(best) < _LEAST_WORDS:
            return None
        weights /= np.linalg.norm(weights)
        scores = (counts @ weights) / different
        cut = _CUT * _best_cut(scores[:unnamed], members[:unnamed])
        reached = near(scores, cut)
        members = reached.copy()
        members[unnamed:] = False
    hits = counts[members][:, best].sum() / np.count_nonzero(members)
    own = np.count_nonzero(members) / unnamed
    elsewhere = np.count_nonzero(reached[unnamed:]) / max(others.shape[0], 1)
    if hits < _LEAST_HITS or own < _LEAST_OWN * elsewhere:
        return None
    listed = tuple((str(words[at]), round(float(weights[at]), 4)) for at in best)
    clear = float(scores[members].mean() * np.sqrt(np.count_nonzero(members)))
    return clear, Profile(listed, round(float(cut), 4))


def _telling(
    counts: sparse.csr_matrix, members: Flags, everywhere: np.ndarray, common: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The weight of each word, 0 for those that do not tell, and the telling ones in order.

    The weight is the z of the log odds ratio, members against all others.
    """
    inside = np.count_nonzero(members)
    outside = counts.shape[0] - inside
    held = np.asarray(counts[members].sum(axis=0)).ravel()
    rest = everywhere - held
    odds = np.log((held + 0.5) / (inside - held + 0.5))
    odds -= np.log((rest + 0.5) / (outside - rest + 0.5))
    z = odds / np.sqrt(1 / (held + 0.5) + 1 / (rest + 0.5))
    lift = (held + 0.5) / (inside + 1) * (outside + 1) / (rest + 0.5)
    z[common | (held < _LEAST_HOLDING) | (lift < _LEAST_LIFT) | (z < _LEAST_Z)] = 0
    # Rounded, so that the order of additions decides nothing.
    z = z.round(6)
    best = np.argsort(-z, kind="stable")[:_MOST_WORDS]
    best = best[z[best] > 0]
    weights = np.zeros_like(z)
    weights[best] = z[best]
    return weights, best


def _best_cut(scores: np.ndarray, members: Flags) -> float:
    """The score from which on the documents are most nearly the members (F1)."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(members[order])
    agreement = 2 * right / (np.arange(1, len(order) + 1) + np.count_nonzero(members))
    return float(scores[order[int(np.argmax(agreement))]])


def _space(counts: sparse.csr_matrix) -> np.ndarray:
    """Each document as a direction: its words by TF-IDF, in the main dimensions of all of them."""
    held = np.asarray(counts.sum(axis=0)).ravel()
    counts = counts[:, held >= _LEAST_DF]
    if min(counts.shape) < 3:
        return np.ones((counts.shape[0], 1))
    telling = np.log((1 + counts.shape[0]) / (1 + held[held >= _LEAST_DF])) + 1
    rows = sparse.csr_matrix(counts @ sparse.diags(telling))
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    rows = sparse.diags(1 / np.maximum(lengths, 1e-9)) @ rows
    size = min(_DIMENSIONS, min(rows.shape) - 1)
    left, values, _ = linalg.svds(rows, k=size, v0=np.ones(min(rows.shape)))
    placed = left * values
    placed /= np.maximum(np.linalg.norm(placed, axis=1, keepdims=True), 1e-9)
    found: np.ndarray = placed.round(6)
    return found


def _clusters(placed: np.ndarray) -> np.ndarray:
    """The cluster of each document, by k-means from a few fixed starts."""
    wanted = int(np.clip(round(len(placed) / _TO_A_CLUSTER), 2, _MOST_CLUSTERS))
    random = np.random.default_rng(_SEED)
    tries = [_k_means(placed, _centres(placed, wanted, random)) for _ in range(_STARTS)]
    return min(tries, key=lambda one: one[0])[1]


def _k_means(placed: np.ndarray, centres: np.ndarray) -> tuple[float, np.ndarray]:
    """The rest of the distance, and the cluster of each document."""
    at = np.full(len(placed), -1)
    for _ in range(_STEPS):
        far = _distances(placed, centres)
        now = far.argmin(axis=1)
        if (now == at).all():
            break
        at = now
        counted = np.bincount(at, minlength=len(centres))
        each = (np.ones(len(at)), (at, np.arange(len(at))))
        sums = sparse.csr_matrix(each, shape=(len(centres), len(at))) @ placed
        held = counted > 0
        centres[held] = sums[held] / counted[held, None]
    return round(float(far.min(axis=1).sum()), 6), at


def _centres(placed: np.ndarray, wanted: int, random: np.random.Generator) -> np.ndarray:
    """Documents far from each other to begin with (k-means++)."""
    chosen = [int(random.integers(len(placed)))]
    nearest = _distances(placed, placed[chosen]).ravel()
    while len(chosen) < wanted and nearest.sum() > 0:
        chosen.append(int(random.choice(len(placed), p=nearest / nearest.sum())))
        nearest = np.minimum(nearest, _distances(placed, placed[chosen[-1:]]).ravel())
    return placed[chosen].copy()


def _distances(placed: np.ndarray, centres: np.ndarray) -> np.ndarray:
    squares = (placed**2).sum(axis=1)[:, None] + (centres**2).sum(axis=1)[None]
    far: np.ndarray = np.maximum(squares - 2 * placed @ centres.T, 0).round(9)
    return far


def _same(one: Flags, other: Flags) -> bool:
    smaller = min(int(np.count_nonzero(one)), int(np.count_nonzero(other)))
    return int(np.count_nonzero(one & other)) >= _SAME * max(smaller, 1)


def _alike(one: Profile, other: Profile) -> bool:
    if one.id == other.id:
        return True
    first, second = ({word for word, _ in each.words[:_FIRST_WORDS]} for each in (one, other))
    return len(first & second) >= _SAME * min(len(first), len(second))
