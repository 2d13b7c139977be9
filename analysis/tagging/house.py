"""Rules of the house: tags that analysts define by phrases, beside those of the codebook.

A rule holds for a document in which a turn of the right speaker holds one of its phrases and none
of those that it excludes and, where it says so, comes after a turn with other phrases or the
evidence of a codebook tag. Phrases match whatever their case and white space.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import regex

from analysis import codebook
from analysis.errors import BadRule
from analysis.messages import gettext as _
from analysis.model import Evidence, SaidTurn, Tag, TaggedDocument

GROUPS = ("topics", "customer", "agent")
SPEAKERS = ("customer", "agent", "anyone")

# Seconds in which a regular expression must be done with one turn; ordinary ones need microseconds.
PATIENCE = 0.25
# What `\s` is to Python, for an engine to which it is ASCII only.
_SPACE = r"[\s\x{0B}\x{1C}-\x{1F}\x{85}\p{Z}]*"


@dataclass(frozen=True, slots=True)
class After:
    """What an earlier turn must hold: one of the phrases, or the evidence of a codebook tag."""

    contains: tuple[str, ...] = ()
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; its id stays when it is renamed, changed or retired.

    `regex` says that the phrases are regular expressions.
    """

    id: str
    name: str
    group: str
    contains: tuple[str, ...]
    without: tuple[str, ...] = ()
    speaker: str = "anyone"
    after: After | None = None
    regex: bool = False
    retired: bool = False


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules as they were saved once; version 0 is that before the first."""

    version: int = 0
    rules: tuple[Rule, ...] = ()

    @property
    def active(self) -> tuple[Rule, ...]:
        """The rules that are applied: those that are not retired."""
        return tuple(rule for rule in self.rules if not rule.retired)

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of that id, or None."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def put(self, changed: Rule) -> RuleSet:
        """The next version: with that rule changed, or added at the end."""
        rules = [changed if rule.id == changed.id else rule for rule in self.rules]
        if changed not in rules:
            rules.append(changed)
        return RuleSet(self.version + 1, tuple(rules))


def new_id() -> str:
    """An id for a new rule."""
    return f"{codebook.HOUSE}{secrets.token_hex(3)}"


def apply(rules: RuleSet, tagged: TaggedDocument) -> TaggedDocument:
    """The document with a tag more for each active rule that holds, with what shows it.

    Raises BadRule where a regular expression takes too long.
    """
    if not rules.active:
        return tagged
    marked: dict[int, set[str]] = {}
    for tag in tagged.tags:
        for place in tag.evidence:
            marked.setdefault(place.turn, set()).add(tag.id)
    said = [
        SaidTurn(turn.index, turn.speaker.value, turn.text, marked.get(turn.index, ()))
        for turn in tagged.document.turns
    ]
    found = tuple(Tag(rule.id, places) for rule in rules.active if (places := find(rule, said)))
    return replace(tagged, tags=(*tagged.tags, *found)) if found else tagged


def find(rule: Rule, said: Sequence[SaidTurn]) -> tuple[Evidence, ...]:
    """Where a rule shows in the turns of a document, in their order; nowhere where it fails.

    Raises BadRule where a regular expression takes too long.
    """
    wanted, unwanted, before = _compiled(rule)
    found: list[Evidence] = []
    free = rule.after is None
    try:
        for turn in said:
            if free and rule.speaker in ("anyone", turn.speaker):
                spans = wanted.spans(turn.text)
                if spans and not unwanted.stands(turn.text):
                    found += (Evidence(turn.turn, start, end) for start, end in spans)
            if not free and rule.after is not None:
                free = rule.after.tag in turn.tags or before.stands(turn.text)
    except TimeoutError:
        raise BadRule(rule.name, too_slow()) from None
    return tuple(found)


def stored_pattern(phrases: Sequence[str]) -> str | None:
    """The phrases, which are no regular expressions, as a pattern of DuckDB's; None for none."""
    pieces = [_SPACE.join(_letters(phrase)) for phrase in phrases]
    return f"(?i){'|'.join(pieces)}" if pieces else None


class _Phrases:
    """Compiled phrases of which any may stand in a text."""

    def __init__(self, phrases: Sequence[str], *, as_regex: bool) -> None:
        self._patience: dict[str, float] = {"timeout": PATIENCE} if as_regex else {}
        self._patterns: list[Any] = []
        if as_regex:
            # One by one: their groups are numbered from the start.
            self._patterns = [regex.compile(phrase, regex.IGNORECASE) for phrase in phrases]
        elif phrases:
            joined = "|".join(r"\s*".join(_letters(phrase)) for phrase in phrases)
            self._patterns = [re.compile(joined, re.IGNORECASE)]

    def stands(self, text: str) -> bool:
        """Whether one of them stands in the text."""
        return any(pattern.search(text, **self._patience) for pattern in self._patterns)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where they stand, in order; an empty stretch is none."""
        found = {
            match.span()
            for pattern in self._patterns
            for match in pattern.finditer(text, **self._patience)
        }
        return sorted((start, end) for start, end in found if end > start)


@lru_cache(maxsize=1024)
def _compiled(rule: Rule) -> tuple[_Phrases, _Phrases, _Phrases]:
    before = rule.after.contains if rule.after else ()
    lists = (rule.contains, rule.without, before)
    wanted, unwanted, earlier = (_Phrases(one, as_regex=rule.regex) for one in lists)
    return wanted, unwanted, earlier


def _letters(phrase: str) -> list[str]:
    return [re.escape(letter) for letter in phrase if not letter.isspace()]


def too_slow() -> str:
    """Why a rule is refused that takes too long."""
    return _("정규식이 너무 오래 걸립니다. (a|aa)+처럼 겹친 되풀이를 풀거나 규칙을 쉬게 해 주세요.")
