"""The hand-written wordings of every act, the slot values of every industry, and how they join."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analysis import settings
from analysis.errors import UnreadableFile
from analysis.messages import gettext as _

SLOTS = frozenset("amount date product service days order minutes month carrier feature".split())

_SLOT = re.compile(r"\{(\w+)\}")
# The particle after a slot, whose form depends on the last sound of the value put there.
_PARTICLE = re.compile(
    r"\{(?P<slot>\w+)\}(?P<particle>이에요|예요|이라고|라고|이라서|라서|이라|이랑|랑|으로|로"
    r"|이나|은요|는요|은|는|이|가|을|를|과|와)?(?![가-힣])"
)
_POLITE = re.compile(r"(요|니다|니까|세요|죠|시오|십쇼|용|여)([^가-힣]|$)")
_FORMS = {
    "은": ("은", "는"),
    "은요": ("은요", "는요"),
    "이": ("이", "가"),
    "을": ("을", "를"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
    "이랑": ("이랑", "랑"),
    "이에요": ("이에요", "예요"),
    "이라고": ("이라고", "라고"),
    "이라서": ("이라서", "라서"),
    "이라": ("이라", "라"),
    "이나": ("이나", "나"),
}
_EITHER_FORM = {form: pair for pair in _FORMS.values() for form in pair}
# Digits and letters whose Korean reading ends in a consonant: 영 일 삼 육 칠 팔, 엘 엠 엔 알.
_CLOSED = frozenset("013678LMNRlmnr")
_ENDS_IN_L = frozenset("178LRlr")
_RIEUL = 8  # place of ㄹ among the final consonants of a Hangul syllable


@dataclass(frozen=True, slots=True)
class Wording:
    """One way of saying an act; an empty set means that every topic or industry fits."""

    text: str
    topics: frozenset[str] = frozenset()
    industries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Bank:
    """All wordings of one act."""

    act: str
    speaker: str
    wordings: tuple[Wording, ...]

    def fitting(self, *, industry: str, topic: str) -> tuple[Wording, ...]:
        """The wordings that fit an industry and a topic, in the order of the file."""
        return tuple(
            wording
            for wording in self.wordings
            if (not wording.industries or industry in wording.industries)
            and (not wording.topics or topic in wording.topics)
        )


@cache
def banks() -> Mapping[str, Bank]:
    """Every bank under data/sample/phrases by its act id.

    Raises UnreadableFile for a file that is not a bank.
    """
    return {
        bank.act: bank
        for path in sorted((settings.DATA / "sample" / "phrases").glob("*.json"))
        for bank in [_read(path)]
    }


@cache
def industries() -> Mapping[str, Any]:
    """Slot values, plans, topics and questions of every industry."""
    return dict(_sample()["industries"])


@cache
def common_slots() -> Mapping[str, list[str]]:
    """Slot values that no industry owns."""
    return dict(_sample()["common"])


@cache
def style() -> Mapping[str, list[str]]:
    """Typing habits, and the marks by which a wording counts as heated or casual."""
    return dict(_sample()["style"])


@cache
def titles() -> Mapping[str, list[str]]:
    """Titles of reviews by topic."""
    return dict(_sample()["titles"])


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with its slots filled and the particles after them in the right form.

    Raises KeyError for a slot without a value.
    """

    def join(found: re.Match[str]) -> str:
        value = values[found["slot"]]
        particle = found["particle"] or ""
        return value + (particle_after(value, particle) if particle else "")

    return _SLOT.sub(lambda found: values[found[1]], _PARTICLE.sub(join, template))


def particle_after(word: str, particle: str) -> str:
    """The form of a particle that fits the word's last sound ("을" after 상품, "를" after 강의)."""
    closed, open_ = _EITHER_FORM[particle]
    final = _final(word)
    if closed == "으로" and final == _RIEUL:
        return open_
    return closed if final else open_


@cache
def is_polite(text: str) -> bool:
    """Whether the wording has a polite ending (해요체, 격식체) anywhere in it."""
    return bool(_POLITE.search(text))


@cache
def is_casual(text: str) -> bool:
    """Whether the wording speaks down (반말): a familiar ending, and no polite one."""
    last = re.sub(r"[^가-힣]", "", text)
    return bool(last) and not is_polite(text) and last.endswith(tuple(style()["casual_ends"]))


@cache
def is_hot(text: str) -> bool:
    """Whether the wording is heated."""
    return any(mark in text for mark in style()["hot"])


def _final(word: str) -> int:
    last = word.strip()[-1]
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % 28
    return _RIEUL if last in _ENDS_IN_L else int(last in _CLOSED)


@cache
def _sample() -> dict[str, Any]:
    path = settings.DATA / "sample" / "slots.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _read(path: Path) -> Bank:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        wordings = tuple(_wording(entry) for entry in raw["wordings"])
        return Bank(act=raw["act"], speaker=raw["speaker"], wordings=wordings)
    except (ValueError, KeyError, TypeError) as problem:
        raise UnreadableFile(
            file=path.name, reason=_("문구 파일의 형식(act, speaker, wordings)을 확인해 주세요.")
        ) from problem


def _wording(entry: str | dict[str, Any]) -> Wording:
    if isinstance(entry, str):
        return Wording(entry)
    return Wording(
        text=entry["text"],
        topics=frozenset(entry.get("topics", ())),
        industries=frozenset(entry.get("industries", ())),
    )
