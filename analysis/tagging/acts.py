"""Turn level: what each turn of a chat does, told from its own words."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.model import Document, Evidence, Kind, Speaker
from analysis.tagging import lexicon

# Which lexicons read whose turns; bots and systems are not read.
_LEXICONS_OF: dict[Speaker, tuple[str, ...]] = {
    Speaker.CUSTOMER: ("customer",),
    Speaker.AGENT: ("agent",),
}
# A review's sentences are the customer's own, and tell of what the staff did.
_OF_REVIEW = ("customer", "narrated")


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
    """Every turn with its acts, in order; a turn of a bot or the system has none.

    Acts that a review tells of are named `told_` and the id of the behaviour.
    """
    review = document.kind is Kind.REVIEW
    return tuple(
        read_turn(turn.index, turn.speaker, turn.text, _OF_REVIEW if review else None)
        for turn in document.turns
    )


def read_turn(
    index: int, speaker: Speaker, text: str, lexicons: tuple[str, ...] | None = None
) -> ReadTurn:
    """One turn with its acts, found by the lexicons of its speaker unless others are named."""
    found = {}
    for name in lexicons or _LEXICONS_OF.get(speaker, ()):
        for act_id, act in lexicon.acts(name).items():
            spans = tuple(act.spans(text))
            if spans:
                found[f"told_{act_id}" if name == "narrated" else act_id] = spans
    return ReadTurn(index, speaker, text, found)
