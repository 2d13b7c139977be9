"""Documents made by hand for the tests."""

from analysis.model import Document, Kind, MaskedText, Speaker, Turn
from analysis.tokens import sentences

SPEAKERS = {"고": Speaker.CUSTOMER, "상": Speaker.AGENT, "봇": Speaker.BOT, "시": Speaker.SYSTEM}


def chat(*turns: str) -> Document:
    """A chat of turns such as "고 환불해 주세요" and "상 네, 접수했습니다"."""
    return Document(
        "c-1",
        Kind.CHAT,
        tuple(
            Turn(index, SPEAKERS[turn[0]], MaskedText(turn[2:])) for index, turn in enumerate(turns)
        ),
    )


def review(text: str) -> Document:
    """A review of one text."""
    pieces = sentences.partition(text)
    return Document(
        "r-1",
        Kind.REVIEW,
        tuple(
            Turn(index, Speaker.CUSTOMER, MaskedText(piece)) for index, piece in enumerate(pieces)
        ),
    )
