"""Turn level: what each turn of a chat does, told from its own words."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.model import Document, Evidence, Kind, Speaker, Turn
from analysis.tagging import lexicon

_TOPICS, _NARRATED = "topics", "narrated"
# Which lexicons read whose turns; bots and systems are not read.
_LEXICONS_OF: dict[Speaker, tuple[str, ...]] = {
    Speaker.CUSTOMER: ("customer", _TOPICS),
    Speaker.AGENT: ("agent", _TOPICS),
}
# A review's sentences are the customer's own, and tell of what the staff did.
_OF_REVIEW = ("customer", _NARRATED, _TOPICS)

Spans = tuple[lexicon.Span, ...]


@dataclass(frozen=True, slots=True)
class ReadTurn:
    """One turn with the acts found in it and the topics it names, each with its sentences."""

    index: int
    speaker: Speaker
    text: str
    acts: dict[str, Spans]
    topics: dict[str, Spans]

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
    """Every turn with its acts, in order; a turn of a bot or the system has none.

    Acts that a review tells of are named `told_` and the id of the behaviour.
    """
    review = document.kind is Kind.REVIEW
    return tuple(
        _read_turn(turn, _OF_REVIEW if review else _LEXICONS_OF.get(turn.speaker, ()))
        for turn in document.turns
    )


def _read_turn(turn: Turn, lexicons: tuple[str, ...]) -> ReadTurn:
    acts: dict[str, Spans] = {}
    topics: dict[str, Spans] = {}
    found = lexicon.reader(*lexicons).read(turn.text) if lexicons else {}
    for (name, act_id), spans in found.items():
        if name == _TOPICS:
            topics[act_id] = spans
        else:
            acts[f"told_{act_id}" if name == _NARRATED else act_id] = spans
    return ReadTurn(turn.index, turn.speaker, turn.text, acts, topics)
