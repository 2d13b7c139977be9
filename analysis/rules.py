"""The rules of the house: read, tried out over the store, and saved."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis import codebook
from analysis.errors import BadRule
from analysis.mask import mask as masking
from analysis.messages import gettext as _
from analysis.model import Evidence, SaidTurn
from analysis.store import checks, said
from analysis.store import rules as files
from analysis.store.said import Key
from analysis.tagging import house, house_json
from analysis.tagging.house import After, Rule, RuleSet

__all__ = ["After", "Preview", "Rule", "RuleSet", "Sample"]

# What the pages and the command line need of the rules themselves.
GROUPS, SPEAKERS, LONGEST_NAME = house.GROUPS, house.SPEAKERS, house_json.LONGEST_NAME
new_id, read_rule = house.new_id, house_json.read_rule
rule_json, as_json = house_json.rule_json, house_json.as_json

# Documents shown of each list, drawn with this seed from all of it.
_SHOWN, _SEED = 8, 7
# A rule that needs longer over the whole store would hold up every load.
_MOST_SECONDS = 30.0
_LOOK_EVERY = 500


@dataclass(frozen=True, slots=True)
class Sample:
    """A document of a preview with the turns in which the rule shows, or last showed."""

    document_id: str
    kind: str
    turns: tuple[SaidTurn, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule does to the stored documents, beside its saved version where there is one.

    `found` are those of the `documents` that hold it; `gained` and `lost` are as many as the saved
    version does not and did hold. `samples` has the lists "matched", "gained" and "lost".
    """

    documents: int
    found: frozenset[Key]
    gained: int
    lost: int
    samples: dict[str, tuple[Sample, ...]]

    @property
    def matched(self) -> int:
        """Number of documents that hold the rule."""
        return len(self.found)

    @property
    def share(self) -> float | None:
        """Share of the documents that hold it; None where there are none."""
        return self.matched / self.documents if self.documents else None


def newest(store: Path) -> RuleSet:
    """The rules as they were saved last.

    Raises BadRule where their file cannot be read.
    """
    number = files.version(store)
    return replace(house_json.read(files.read(store), files.name(number)), version=number)


def read_file(path: Path) -> RuleSet:
    """The rules of a file.

    Raises BadRule where it holds none that can be used.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError:
        raise BadRule(path.name, _("JSON이 아닙니다.")) from None
    return house_json.read(content, path.name)


def check_file(store: Path, path: Path) -> list[tuple[Rule, Preview]]:
    """Every rule of a file that is not retired, with what it would do to the stored documents.

    Raises BadRule where the file holds a rule that cannot be used.
    """
    saved = newest(store)
    return [(rule, preview(store, rule, saved.rule(rule.id))) for rule in read_file(path).active]


def tried_json(store: Path, rule: Rule, found: Preview) -> dict[str, Any]:
    """A rule that was tried out as the command line prints it; shares, not percent."""
    told, right = checked(store, rule.id, found)
    return {
        "id": rule.id,
        "name": rule.name,
        "documents": found.documents,
        "matched": found.matched,
        "share": found.share,
        "gained": found.gained,
        "lost": found.lost,
        "checked": told,
        "right": right,
    }


def tried_sentence(store: Path, rule: Rule, found: Preview) -> str:
    """A rule that was tried out in words, in the reader's language."""
    told, right = checked(store, rule.id, found)
    return _(
        "{name}: n={documents} 가운데 {matched}건 ({share}), 저장된 것보다 +{gained} -{lost}, "
        "확인 {checked}건 가운데 맞음 {right}"
    ).format(
        name=rule.name,
        documents=found.documents,
        matched=found.matched,
        share=f"{found.share or 0:.1%}",
        gained=found.gained,
        lost=found.lost,
        checked=told,
        right=right,
    )


def name(store: Path, tag_id: str) -> str:
    """The name of a tag in the reader's language, or of a rule; the id where nobody knows it."""
    if tag_id in codebook.ALL_TAGS:
        return _(codebook.name(tag_id))
    return files.names(store).get(tag_id, tag_id)


def put(store: Path, *changed: Rule) -> RuleSet:
    """Save rules, new or changed, as the next version; personal data in them are masked.

    Raises BadRule where one cannot be used, and then has saved nothing.
    """

    def change(content: object) -> dict[str, Any]:
        rules = house_json.read(content, files.name(files.version(store)))
        for rule in changed:
            rules = rules.put(_masked(rule))
        return house_json.as_json(house_json.read(house_json.as_json(rules), _("규칙")))

    files.update(store, change)
    return newest(store)


def preview(store: Path, rule: Rule, saved: Rule | None = None) -> Preview:
    """What a rule does to the stored documents, against its saved version where one is given.

    Raises BadRule where a regular expression takes too long.
    """
    now = _holding(store, rule)
    before = now if saved is None or _same(rule, saved) else _holding(store, saved)
    return Preview(
        documents=said.count(store),
        found=frozenset(now),
        gained=len(now - before),
        lost=len(before - now),
        samples={
            "matched": _samples(store, rule, now),
            "gained": _samples(store, rule, now - before),
            "lost": _samples(store, saved or rule, before - now),
        },
    )


def checked(store: Path, rule_id: str, found: Preview) -> tuple[int, int]:
    """Of how many documents that hold a rule people said something, and in how many it is right."""
    decided = checks.of_tag(store, rule_id)
    told = [decision for key, decision in decided.items() if key in found.found]
    return len(told), sum(told)


def _same(one: Rule, other: Rule) -> bool:
    return replace(one, name="", group="", retired=False) == replace(
        other, name="", group="", retired=False
    )


def _holding(store: Path, rule: Rule) -> set[Key]:
    """The documents that hold a rule.

    The store itself answers for phrases alone; otherwise it finds candidates, and the rule decides.
    """
    spoken = None if rule.speaker == "anyone" else rule.speaker
    wanted = None if rule.regex else house.stored_pattern(rule.contains)
    if wanted is not None and rule.after is None:
        return said.holding(store, wanted, house.stored_pattern(rule.without), spoken)
    began = time.monotonic()
    found = set()
    candidates = said.turns(store, wanted=wanted, speaker=spoken, whole=rule.after is not None)
    for number, (key, turns) in enumerate(candidates):
        if house.find(rule, turns):
            found.add(key)
        if number % _LOOK_EVERY == 0 and time.monotonic() - began > _MOST_SECONDS:
            raise BadRule(rule.name, house.too_slow())
    return found


def _samples(store: Path, rule: Rule, keys: Collection[Key]) -> tuple[Sample, ...]:
    drawn = random.Random(_SEED).sample(sorted(keys), min(_SHOWN, len(keys)))
    samples = []
    for (kind, document_id), turns in said.turns(store, documents=drawn) if drawn else ():
        places = house.find(rule, turns)
        shown = {place.turn for place in places}
        samples.append(
            Sample(document_id, kind, tuple(one for one in turns if one.turn in shown), places)
        )
    return tuple(samples)


def _masked(rule: Rule) -> Rule:
    def masked(texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(str(masking.mask(text)) for text in texts)

    return replace(
        rule,
        name=str(masking.mask(rule.name)),
        contains=masked(rule.contains),
        without=masked(rule.without),
        after=rule.after and replace(rule.after, contains=masked(rule.after.contains)),
    )
