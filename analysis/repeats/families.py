"""How often each sentence of the agents is sent, by whom, and in which conversations.

Texts are gone through once. What is kept is one text for each form sent twice or more, and a few
bytes for each sentence: which form it has and in which conversation it stands.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeVar

import numpy as np

from analysis.model import AgentTurn
from analysis.repeats import acts, forms, near
from analysis.tokens import sentences

# Shorter forms ("네", "아니요") are words of everyday speech: counted as sentences, not as scripts.
SHORTEST = 5
# So many different forms are kept at once; beyond, the rarest are given up (see `given_up`).
MOST_FORMS = 500_000
# The newest conversations of a family, beside one for each of its wordings and agents.
EXAMPLES = 40

_T = TypeVar("_T", int, str)


class Example(NamedTuple):
    """A conversation in which a family was sent, by whom, and in which of its wordings."""

    document_id: str
    agent_id: str | None
    wording: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One of the wordings of a family: its id, one text that has it, how often it was sent."""

    id: str
    text: str
    n: int


class Share(NamedTuple):
    """How often an agent sent a family (`n`), or a topic's conversations held it, of how many."""

    id: str
    n: int
    of: int


@dataclass(frozen=True, slots=True)
class Family:
    """Sentences that are the same or nearly so, and how often they were sent.

    `act` is "greeting", "identity_check", "closing" or None. `n` counts sentences; `agents` are the
    known agents with their sentences, of all they sent, and `topics` conversations, of all of the
    topic. Wordings, agents and topics stand with the most frequent first, examples with the newest.
    """

    id: str
    act: str | None
    n: int
    conversations: int
    agents: tuple[Share, ...]
    topics: tuple[Share, ...]
    wordings: tuple[Wording, ...]
    examples: tuple[Example, ...]

    @property
    def text(self) -> str:
        """The most frequent wording as it was once sent."""
        return self.wordings[0].text


@dataclass(frozen=True, slots=True)
class Repeats:
    """Every family sent `least` times or more, the most frequent first, out of how many sentences.

    `given_up` is 0 where every form could be kept; otherwise forms sent as rarely may be missing.
    """

    least: int
    sentences: int
    conversations: int
    agents: int
    given_up: int
    families: tuple[Family, ...]


def repeats(turns: Iterable[AgentTurn], *, least: int) -> Repeats:
    """The families among the sentences of agents, given conversation by conversation.

    Only forms sent twice or more are joined: what was said once is in no family.
    """
    said = _Said()
    for turn in turns:
        said.add(turn)
    frequent = said.frequent()
    found = near.families([(form, said.texts[form]) for form, _ in frequent])
    chosen = [
        [frequent[place] for place in members]
        for members in found
        if sum(said.counts[frequent[place][1]] for place in members) >= least
    ]
    return Repeats(
        least=least,
        sentences=said.sentences,
        conversations=len(said.documents),
        agents=len(said.agents),
        given_up=said.given_up,
        families=tuple(sorted(said.families(chosen), key=lambda family: (-family.n, family.id))),
    )


class _Said:
    """Every sentence of the agents by the numbers of its form and its conversation."""

    def __init__(self) -> None:
        self.sentences = 0
        self.given_up = 0
        self.texts: dict[str, str] = {}
        self.counts = array("i")
        self.documents: list[str] = []
        self.agents: Counter[str] = Counter()
        self._places: dict[str, int] = {}
        self._agent_of: list[str | None] = []
        self._topics_of: list[tuple[str, ...]] = []
        self._forms, self._in, self._opening = array("i"), array("i"), array("b")

    def add(self, turn: AgentTurn) -> None:
        """Take in the sentences of a turn; the turns of a conversation follow on each other."""
        opening = not self.documents or self.documents[-1] != turn.document_id
        if opening:
            self.documents.append(turn.document_id)
            self._agent_of.append(turn.agent_id)
            self._topics_of.append(turn.topics)
        spans = sentences.spans(turn.text)
        self.sentences += len(spans)
        if turn.agent_id is not None:
            self.agents[turn.agent_id] += len(spans)
        for start, end in spans:
            text = turn.text[start:end]
            form = _form(text)
            if len(form) < SHORTEST:
                continue
            place = self._places.get(form)
            if place is None:
                place = self._places[form] = len(self.counts)
                self.counts.append(0)
                self._forget_the_rarest()
            self.counts[place] += 1
            if self.counts[place] == 2:
                self.texts[form] = text
            self._forms.append(place)
            self._in.append(len(self.documents) - 1)
            self._opening.append(opening)

    def frequent(self) -> list[tuple[str, int]]:
        """The forms sent twice or more with their numbers, the most frequent first."""
        found = ((form, self._places[form]) for form in self.texts)
        return sorted(found, key=lambda one: (-self.counts[one[1]], one[0]))

    def families(self, chosen: Sequence[Sequence[tuple[str, int]]]) -> Iterator[Family]:
        """What was counted for each of the families, given as the forms of each."""
        family_of = np.full(len(self.counts), -1, dtype=np.int32)
        for number, members in enumerate(chosen):
            family_of[[place for _, place in members]] = number
        family = family_of[np.frombuffer(self._forms, dtype=np.int32)]
        order = np.argsort(family, kind="stable")
        bounds = np.searchsorted(family[order], np.arange(len(chosen) + 1))
        topics = Counter(topic for held in self._topics_of for topic in held)
        for number, members in enumerate(chosen):
            sent = order[bounds[number] : bounds[number + 1]].tolist()
            yield self._family({place: form for form, place in members}, sent, topics)

    def _family(self, members: dict[int, str], sent: list[int], topics: Counter[str]) -> Family:
        documents = [self._in[one] for one in sent]
        wordings = [self._forms[one] for one in sent]
        different = list(dict.fromkeys(documents))
        ids = {place: forms.form_id(form) for place, form in members.items()}
        found = [
            Wording(ids[place], self.texts[members[place]], n) for place, n in _ranked(wordings)
        ]
        agents = [self._agent_of[document] for document in documents]
        opening = sum(self._opening[one] for one in sent)
        return Family(
            id=found[0].id,
            act=acts.of(found[0].text, opening=2 * opening > len(sent)),
            n=len(sent),
            conversations=len(different),
            agents=_shares([agent for agent in agents if agent is not None], self.agents),
            topics=_shares([one for at in different for one in self._topics_of[at]], topics),
            wordings=tuple(found),
            examples=tuple(
                Example(self.documents[documents[at]], agents[at], ids[wordings[at]])
                for at in _telling(documents, wordings, agents)
            ),
        )

    def _forget_the_rarest(self) -> None:
        while len(self._places) > MOST_FORMS:
            self.given_up += 1
            self._places = {
                form: place
                for form, place in self._places.items()
                if self.counts[place] > self.given_up or self.counts[place] == 0
            }
            self.texts = {form: text for form, text in self.texts.items() if form in self._places}


# Most sentences of agents have been met before: that is what is looked for.
_form = lru_cache(maxsize=100_000)(forms.form)


def _telling(*ways: Sequence[Hashable]) -> list[int]:
    """Places of the newest examples, and of those that each value of each way needs."""
    places: set[int] = set()
    for values in ways:
        seen: dict[Hashable, int] = {}
        for at, value in enumerate(values):
            seen.setdefault(value, at)
        places.update(seen.values() if values is not ways[0] else list(seen.values())[:EXAMPLES])
    return sorted(places)


def _ranked(values: Iterable[_T]) -> list[tuple[_T, int]]:
    return sorted(Counter(values).items(), key=lambda one: (-one[1], one[0]))


def _shares(values: Iterable[str], of: Counter[str]) -> tuple[Share, ...]:
    return tuple(Share(key, n, of[key]) for key, n in _ranked(values))
