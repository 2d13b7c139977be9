"""What each customer turn expresses: dissatisfaction, neither, or satisfaction."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Sentiment, Speaker
from analysis.tagging.acts import ReadTurn

_NEGATIVE = (
    "complaint_feeling",
    "complaint_problem",
    "churn_intent",
    "public_threat",
    "broken_promise",
    "sarcasm",
)


def of_turns(turns: Sequence[ReadTurn]) -> dict[int, Sentiment]:
    """The sentiment of each customer turn of a chat, by the turn's index."""
    refused = False
    values = {}
    for turn in turns:
        if turn.speaker is Speaker.AGENT:
            refused = turn.does("refusal", "escalation_refused") and not turn.does("grant")
        elif turn.speaker is Speaker.CUSTOMER:
            values[turn.index] = of_turn(turn, after_refusal=refused)
    return values


def of_turn(turn: ReadTurn, *, after_refusal: bool = False) -> Sentiment:
    """What one customer turn expresses; a mixed turn takes the side that it ends on."""
    negative = _last(turn, *_NEGATIVE)
    positive = _last(turn, "warm")
    if after_refusal and positive >= 0 and len(turn.text) <= 12:
        positive = -1
    if turn.does("routine") and negative < 0 and positive < 0:
        return Sentiment.NEU
    if negative < 0 and positive < 0:
        return Sentiment.NEU
    return Sentiment.POS if positive > negative else Sentiment.NEG


def _last(turn: ReadTurn, *act_ids: str) -> int:
    """Where the last sentence with one of these acts starts, or -1."""
    return max((span[0] for act in act_ids for span in turn.acts.get(act, ())), default=-1)
