"""Turn level: what each turn of a chat does, told from its own words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.model import Document, Evidence, Speaker
from analysis.tagging import lexicon

# Which lexicon reads whose turns; bots and systems are not read.
_LEXICON_OF = {Speaker.CUSTOMER: "customer", Speaker.AGENT: "agent"}


@dataclass(frozen=True, slots=True)
class ReadTurn:
    """One turn with the acts found in it: act id -> spans of the sentences that show it."""

    index: int
    speaker: Speaker
    text: str
    acts: dict[str, tuple[lexicon.Span, ...]]

    def does(self, *act_ids: str) -> bool:
        """Whether any of these acts stands in the turn."""
        return any(act_id in self.acts for act_id in act_ids)

    def evidence(self, *act_ids: str) -> tuple[Evidence, ...]:
        """Where the turn shows any of these acts, or the whole turn where none is found."""
        spans = sorted({span for act_id in act_ids for span in self.acts.get(act_id, ())})
        return tuple(Evidence(self.index, start, end) for start, end in spans) or self.whole()

    def whole(self) -> tuple[Evidence, ...]:
        """The whole turn as evidence."""
        return (Evidence(self.index, 0, len(self.text)),)


def read(document: Document) -> tuple[ReadTurn, ...]:
    """Every turn of a chat with its acts, in order; a turn of a bot or the system has none."""
    return tuple(read_turn(turn.index, turn.speaker, turn.text) for turn in document.turns)


def read_turn(index: int, speaker: Speaker, text: str) -> ReadTurn:
    """One turn with its acts."""
    name = _LEXICON_OF.get(speaker)
    found = {}
    for act_id, act in lexicon.acts(name).items() if name else ():
        spans = tuple(act.spans(text))
        if spans:
            found[act_id] = spans
    return ReadTurn(index, speaker, text, found)


def evidence(turns: Iterable[ReadTurn], *act_ids: str) -> tuple[Evidence, ...]:
    """Where these turns show any of these acts; empty where none does."""
    return tuple(
        place for turn in turns if turn.does(*act_ids) for place in turn.evidence(*act_ids)
    )
