"""Topics that nobody has named yet: found in the stored documents, kept with their ids, decided on.

Which documents belong to a suggestion follows from its kept words alone (tagging/unnamed.py), so
that it keeps its id, its name and its documents when more data come. Dismissed and accepted ones
go on holding theirs: what is found anew shares neither most documents nor most words with them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from analysis.errors import BadSetting
from analysis.messages import gettext as _
from analysis.model import Scope
from analysis.store import suggestions as shelf
from analysis.store import unnamed as store
from analysis.store.suggestions import Kept, Shelf, State
from analysis.store.unnamed import Excerpt, Key
from analysis.tagging import unnamed
from analysis.tagging.unnamed import Profile, Terms

__all__ = ["Excerpt", "Found", "Reading", "State", "Suggestion"]

# Documents from which a group of words may be called a topic; fewer than the lower one tell none.
DEFAULT_LEAST, _LOWEST_LEAST = 20, 5
LONGEST_NAME = 60

# Documents that are read: all of them would take minutes in a large store.
_UNNAMED, _OTHERS = 20_000, 3_000
_MOST_OPEN = 40
_EXAMPLES, _WORDS_SHOWN, _WORDS_IN_NAME, _PHRASES = 3, 10, 3, 5


@dataclass(frozen=True, slots=True)
class Reading:
    """The documents that were read for suggestions, with their words; the `unnamed` first.

    `digest` tells the texts.
    """

    keys: tuple[Key, ...]
    unnamed: int
    all_unnamed: int
    terms: Terms
    digest: str

    @property
    def factor(self) -> float:
        """How many unnamed documents each one that was read stands for."""
        return self.all_unnamed / self.unnamed if self.unnamed else 1.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A topic that is suggested, as it shows in a scope.

    `documents` is an estimate where not all were read; `share` is that of all documents of the
    scope, None where there are none. `weeks` are (Monday, documents) without gaps. `examples` are
    the nearest of its documents.
    """

    id: str
    name: str
    named: bool
    state: State
    words: tuple[str, ...]
    documents: int
    share: float | None
    weeks: tuple[tuple[date, int], ...]
    examples: tuple[Excerpt, ...]

    @property
    def phrases(self) -> tuple[str, ...]:
        """What a rule for this topic may look for: the first nouns, the longest of their kind."""
        nouns = [word for word in self.words if len(word) > 1 and not word.endswith("다")]
        whole = [one for one in nouns if not any(one != other and one in other for other in nouns)]
        return tuple(whole[:_PHRASES])


@dataclass(frozen=True, slots=True)
class Found:
    """The suggestions of a scope, the biggest first, and from how many documents they come.

    `documents` and `unnamed` count the scope; `read` of `all_unnamed` documents of the whole store
    were read. `needed` is how many more unnamed documents a first suggestion needs; 0 for none.
    """

    least: int
    documents: int
    unnamed: int
    read: int
    all_unnamed: int
    needed: int
    suggestions: tuple[Suggestion, ...]

    @property
    def sampled(self) -> bool:
        """Whether not all unnamed documents were read, so that sizes are estimates."""
        return self.read < self.all_unnamed

    def of(self, state: State) -> tuple[Suggestion, ...]:
        """The suggestions of which people decided so."""
        return tuple(one for one in self.suggestions if one.state is state)


def suggest(path: Path, scope: Scope, *, least: int = DEFAULT_LEAST) -> Found:
    """Read, look for new suggestions, keep them, and show all as they stand in a scope.

    Raises BadSetting for a `least` that is too low.
    """
    reading = read(path)
    return show(path, reading, look(path, reading, least=least), scope, least=least)


def read(path: Path) -> Reading:
    """The unnamed documents of a store and some of the others, with their words.

    Takes half a minute where there are tens of thousands.
    """
    drawn = store.draw(path, unnamed=_UNNAMED, others=_OTHERS)
    seen = hashlib.sha256(repr((drawn.all_unnamed, drawn.keys)).encode())
    for text in drawn.texts:
        seen.update(text.encode())
    terms = unnamed.read(drawn.texts)
    return Reading(drawn.keys, drawn.unnamed, drawn.all_unnamed, terms, seen.hexdigest())


def look(path: Path, reading: Reading, *, least: int = DEFAULT_LEAST) -> Shelf:
    """Look for suggestions beside the kept ones, keep them, and give all.

    Where nothing has changed since the last look, nothing is looked for.
    Raises BadSetting for a `least` that is too low.
    """
    if least < _LOWEST_LEAST:
        raise BadSetting(
            "least", str(least), _("{least} 이상의 정수를 넣어 주세요.").format(least=_LOWEST_LEAST)
        )
    kept = shelf.read(path)
    if reading.all_unnamed < least or kept.looked == _looked(reading, kept, least):
        return kept
    open_ones = sum(one.state is State.OPEN for one in kept.suggestions)
    new = unnamed.find(
        reading.terms,
        np.arange(len(reading.keys)) < reading.unnamed,
        [_profile(one) for one in kept.suggestions],
        least=max(_LOWEST_LEAST, round(least / reading.factor)),
        most=max(0, _MOST_OPEN - open_ones),
    )

    def add(now: Shelf) -> Shelf:
        known = {one.id for one in now.suggestions}
        fresh = [Kept(one.id, one.words, one.cut) for one in new if one.id not in known]
        added = replace(now, suggestions=(*now.suggestions, *fresh))
        return replace(added, looked=_looked(reading, added, least))

    return shelf.update(path, add)


def show(
    path: Path, reading: Reading, kept: Shelf, scope: Scope, *, least: int = DEFAULT_LEAST
) -> Found:
    """The kept suggestions as they stand in a scope.

    An open one that has fewer than `least` documents in the whole store is left out.
    """
    counted = store.count(path, scope)
    shown = []
    for one in kept.suggestions:
        scores = reading.terms.scores(_profile(one))[: reading.unnamed]
        members = np.flatnonzero(unnamed.near(scores, one.cut))
        if one.state is State.OPEN and len(members) * reading.factor < least:
            continue
        # The nearest first; those as near in the order in which they were drawn.
        order = members[np.argsort(-scores[members], kind="stable")]
        keys = [reading.keys[at] for at in order]
        inside = [key for key in keys if key in counted.ended_at]
        shown.append((one, inside))
    examples = store.excerpts(path, [key for _, keys in shown for key in keys[:_EXAMPLES]])
    listed = []
    for one, keys in shown:
        documents = round(len(keys) * reading.factor)
        days = [at.date() for key in keys if (at := counted.ended_at[key]) is not None]
        listed.append(
            Suggestion(
                id=one.id,
                name=one.name or _words_name(one),
                named=bool(one.name),
                state=one.state,
                words=tuple(word for word, _ in one.words[:_WORDS_SHOWN]),
                documents=documents,
                share=documents / counted.documents if counted.documents else None,
                weeks=_weeks(days),
                examples=tuple(examples[key] for key in keys[:_EXAMPLES] if key in examples),
            )
        )
    listed.sort(key=lambda one: (-one.documents, one.id))
    return Found(
        least=least,
        documents=counted.documents,
        unnamed=len(counted.ended_at),
        read=reading.unnamed,
        all_unnamed=reading.all_unnamed,
        needed=max(0, least - reading.all_unnamed),
        suggestions=tuple(listed),
    )


def kept(path: Path) -> Shelf:
    """The suggestions as they are kept.

    Raises UnusablePlace where their file cannot be read.
    """
    return shelf.read(path)


def rename(path: Path, suggestion_id: str, name: str) -> None:
    """Give a suggestion a name, or with "" take it back.

    Raises UnknownSuggestion.
    """
    shelf.decide(path, suggestion_id, name=_clean(name))


def accept(path: Path, suggestion_id: str, name: str) -> None:
    """Take a suggestion for a topic of that name.

    Raises UnknownSuggestion, and BadSetting where there is no name.
    """
    if not _clean(name):
        raise BadSetting("name", name, _("주제의 이름을 적어 주세요."))
    shelf.decide(path, suggestion_id, state=State.ACCEPTED, name=_clean(name))


def dismiss(path: Path, suggestion_id: str) -> None:
    """Put a suggestion away: its documents are suggested no more, under whatever id.

    Raises UnknownSuggestion.
    """
    shelf.decide(path, suggestion_id, state=State.DISMISSED)


def reopen(path: Path, suggestion_id: str) -> None:
    """Suggest again what was dismissed or accepted.

    Raises UnknownSuggestion.
    """
    shelf.decide(path, suggestion_id, state=State.OPEN)


def as_json(found: Found) -> dict[str, Any]:
    """The suggestions as plain values for `suggest --json`; shares, not percent."""
    return {
        "least": found.least,
        "documents": found.documents,
        "unnamed": found.unnamed,
        "read": found.read,
        "sampled": found.sampled,
        "needed": found.needed,
        "suggestions": [
            {
                "id": one.id,
                "name": one.name,
                "named": one.named,
                "state": one.state.value,
                "words": list(one.words),
                "documents": one.documents,
                "share": one.share,
                "weeks": [{"week": str(week), "documents": n} for week, n in one.weeks],
                "examples": [
                    {"id": example.document_id, "kind": example.kind} for example in one.examples
                ],
            }
            for one in found.suggestions
        ],
    }


def _profile(one: Kept) -> Profile:
    return Profile(one.words, one.cut)


def _looked(reading: Reading, kept: Shelf, least: int) -> str:
    """What a look went through: the texts, the known suggestions, and the size asked for."""
    known = sorted(one.id for one in kept.suggestions)
    return hashlib.sha256(repr((reading.digest, known, least)).encode()).hexdigest()[:16]


def _words_name(one: Kept) -> str:
    return " · ".join(word for word, _ in one.words[:_WORDS_IN_NAME])


def _weeks(days: list[date]) -> tuple[tuple[date, int], ...]:
    """Documents by week, from the first to the last, as (Monday, number)."""
    counted = Counter(day - timedelta(days=day.weekday()) for day in days)
    if not counted:
        return ()
    first, last = min(counted), max(counted)
    mondays = (first + timedelta(weeks=at) for at in range((last - first).days // 7 + 1))
    return tuple((monday, counted[monday]) for monday in mondays)


def _clean(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME]
