"""Which wordings are nearly the same: MinHash finds candidates, exact overlaps decide.

No two wordings are compared that share no band of their signatures. Source: Broder (1997), On the
resemblance and containment of documents; Leskovec, Rajaraman, Ullman, Mining of Massive Datasets,
chapter 3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analysis.repeats import forms
from analysis.tokens import mecab

# Overlaps (Jaccard) of telling words and of three-character pieces from which two wordings are one;
# where the words leave something open, the letters have to be as much closer. Chosen on one half of
# tests/repeats/pairs.toml; the other half says how well they do.
WORDS, PIECES, BOTH = 0.7, 0.2, 1.2
# The same for wordings with fewer than two telling words, which have little but their letters.
PIECES_ALONE = 0.6

# Pairs whose pieces overlap by 0.3 share one of 36 bands of 2 with a chance of 0.97, and by 0.2
# with one of 0.77.
_BANDS, _ROWS = 36, 2
_LENGTH = 3
_CHUNK = 20_000
# A wording is compared with at most so many families: those that share most bands with it. A band
# that more families share than can be looked at is an ending that everybody uses.
_MOST_CANDIDATES, _MOST_IN_BAND = 32, 64

_TELLING = ("NNG", "NNP", "XR", "SL", "NR", "VV", "VA", "VX", "VCN")
_THINGS = ("NNG", "XR", "NR")
_DENYING = ("MAG", "VCN", "XPN", "NNG")
_SS = 20  # the place of ㅆ among the last consonants: 었, 했, 됐
# Words of courtesy and verbs that only carry a noun say nothing about what is done.
_EMPTY = frozenset(
    "고객 회원 부탁 말씀 양해 주신 주시 점 뒤 후 정도 "
    "하 해 하+ 되 돼 드 드+ 주 줘 있 계+ 보 봐 싶".split()
)
_WISH = ("바라", "바랍", "바래")
# Words that say no: whole ones, and the beginnings of verbs that change.
_NO = frozenset("안 못 없이 아니 불가 불가능 불 미 비 무".split())
_CANNOT = ("않", "없", "못하", "못해", "말", "어렵", "어려", "힘들", "힘든")


def families(wordings: Sequence[tuple[str, str]]) -> list[list[int]]:
    """The wordings (normal form, text) as families of places, each with its leading one first.

    Given with the most frequent first. A wording joins the family whose leader is closest, and
    leads one of its own where none is close enough: families do not drift from member to member.
    """
    found: list[list[int]] = []
    leaders: dict[int, list[int]] = {}
    for place, keys in enumerate(_shared_keys([form for form, _ in wordings])):
        shared = Counter(family for key in keys for family in leaders.get(key, ()))
        family = _closest(wordings, found, place, shared)
        if family is not None:
            found[family].append(place)
            continue
        for key in keys:
            led = leaders.setdefault(key, [])
            if len(led) < _MOST_IN_BAND:
                led.append(len(found))
        found.append([place])
    return found


def same(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two wordings (normal form, text) are so close that they are one family."""
    return closeness(one, other) > 0


def closeness(one: tuple[str, str], other: tuple[str, str]) -> float:
    """How close two wordings are (0..2), and 0 where they are not one family.

    They are not where one says no, or that something is done, and the other does not, or where each
    names a thing that the other does not (refund, exchange); names of products may differ.
    """
    letters = _overlap(_pieces(one[0]), _pieces(other[0]))
    if letters < PIECES:
        return 0.0
    mine, others = _telling(one[1]), _telling(other[1])
    if (mine.negated, mine.past) != (others.negated, others.past):
        return 0.0
    if mine.things - others.things and others.things - mine.things:
        return 0.0
    words = _overlap(mine.words, others.words)
    few = min(len(mine.words), len(others.words)) < 2
    if words < WORDS or letters + words < BOTH or (few and letters < PIECES_ALONE):
        return 0.0
    return letters + words


def _closest(
    wordings: Sequence[tuple[str, str]],
    found: Sequence[Sequence[int]],
    place: int,
    shared: Counter[int],
) -> int | None:
    best, family = 0.0, None
    for candidate, _ in shared.most_common(_MOST_CANDIDATES):
        close = closeness(wordings[place], wordings[found[candidate][0]])
        if close > best:
            best, family = close, candidate
    return family


@lru_cache(maxsize=20_000)
def _pieces(form: str) -> frozenset[str]:
    return frozenset(form[at : at + _LENGTH] for at in range(max(1, len(form) - _LENGTH + 1)))


@dataclass(frozen=True, slots=True)
class _Told:
    """The words that say what a sentence is about, and whether it says no or tells of the past.

    `things` are the common nouns among the words.
    """

    words: frozenset[str]
    things: frozenset[str]
    negated: bool
    past: bool


@lru_cache(maxsize=20_000)
def _telling(text: str) -> _Told:
    words, things = set(), set()
    negated = past = False
    for token in mecab.tokenize(forms.plain(text)):
        pos = token.pos.split("+")
        word = token.surface
        if (pos[0] in _DENYING and word in _NO) or (
            pos[0] in ("VA", "VX") and word.startswith(_CANNOT)
        ):
            negated = True
        past = past or ("EP" in pos and word[-1] != "겠" and _last(word[-1]) == _SS)
        if pos[0] in _TELLING:
            if pos[0][0] == "V" and word not in _EMPTY and not word.startswith(_WISH):
                # Verbs change their endings within the morpheme: their beginning must do.
                word = _open(word[0]) + "+" * (len(word) > 1)
            if word not in _EMPTY and not word.startswith(_WISH):
                words.add(word)
                if pos[0] in _THINGS:
                    things.add(word)
    return _Told(frozenset(words), frozenset(things), negated, past)


def _last(syllable: str) -> int:
    """The number of a syllable's last consonant, 0 for none or for what is no syllable."""
    code = ord(syllable) - 0xAC00
    return code % 28 if 0 <= code < 11_172 else 0


def _open(syllable: str) -> str:
    """A syllable without its last consonant (했 -> 해)."""
    return chr(ord(syllable) - _last(syllable))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard overlap; two sets without anything in them are the same."""
    union = len(one | other)
    return len(one & other) / union if union else 1.0


def _shared_keys(texts: Sequence[str]) -> Iterator[list[int]]:
    """For each form the keys that it shares with another one: with these it may be one family."""
    if not texts:
        return
    parts = [_band_keys(texts[at : at + _CHUNK]) for at in range(0, len(texts), _CHUNK)]
    keys = np.concatenate(parts)
    _, numbers, counts = np.unique(keys, return_inverse=True, return_counts=True)
    numbers = numbers.reshape(keys.shape)
    shared = counts[numbers] > 1
    for row, mask in zip(numbers, shared, strict=True):
        yield row[mask].tolist()


def _band_keys(texts: Sequence[str]) -> np.ndarray:
    """One row a form, one key a band: forms with an equal key are candidates."""
    # Padding makes the shortest form one whole piece.
    padded = [text.ljust(_LENGTH) for text in texts]
    letters = np.frombuffer("".join(padded).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    lengths = np.array([len(text) for text in padded])
    ends = np.cumsum(lengths)
    within = np.ones(len(letters), dtype=bool)
    for back in range(1, _LENGTH):
        within[ends - back] = False
    pieces = letters.copy()
    for ahead in range(1, _LENGTH):
        pieces[:-ahead] = pieces[:-ahead] * np.uint64(1_000_003) + letters[ahead:]
    pieces = pieces[within]
    starts = np.concatenate(([0], np.cumsum(lengths - _LENGTH + 1)[:-1]))
    # The same numbers in every run: families must not change from look to look.
    chance = np.random.default_rng(20_260_301)
    factors = chance.integers(1, 2**63, size=_BANDS * _ROWS, dtype=np.uint64) * np.uint64(2) + 1
    added = chance.integers(0, 2**63, size=_BANDS * _ROWS, dtype=np.uint64)
    # Each band begins with another number, so that no key of one is a key of another.
    keys = np.tile(np.arange(_BANDS, dtype=np.uint64), (len(texts), 1))
    for number, (factor, more) in enumerate(zip(factors, added, strict=True)):
        # The upper half of a multiply-and-add is an even hash (Dietzfelbinger and others, 1997).
        least = np.minimum.reduceat((pieces * factor + more) >> np.uint64(32), starts)
        band = number // _ROWS
        keys[:, band] = keys[:, band] * np.uint64(0x9E3779B97F4A7C15) + least
    return keys
