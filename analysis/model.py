"""The words of the product: documents, turns, tags with their evidence, and the scope of a view.

Times are wall-clock times of one time zone (Asia/Seoul unless SAGWA_TIME_ZONE says otherwise) and
carry no tzinfo: inputs with an offset are converted on reading.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a document is."""

    CHAT = "chat"
    REVIEW = "review"


class Speaker(StrEnum):
    """Who speaks in a turn; a review is one customer speaking."""

    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"
    SYSTEM = "system"


class Sentiment(StrEnum):
    """What a customer's turn, or a whole review, expresses."""

    NEG = "neg"
    NEU = "neu"
    POS = "pos"


class MaskedText(str):
    """Text without personal data: made by `analysis.mask.mask` and by nothing else.

    The store accepts no other text, so that there is no road for unmasked text into it.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class RawTurn:
    """One message as the file gave it, not yet masked: never stored, logged or shown."""

    speaker: Speaker
    text: str
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One chat or review as the file gave it, not yet masked.

    A chat has one RawTurn a message, in time order; a review has exactly one RawTurn, its whole
    text. `rows` are the 1-based rows of the file it came from (the header row is row 1).
    """

    id: str
    kind: Kind
    turns: tuple[RawTurn, ...]
    customer_id: str | None = None
    agent_id: str | None = None
    channel: str | None = None
    source: str | None = None
    title: str | None = None
    url: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a chat, or one sentence of a review, masked.

    The sentences of a review partition its text: joined without a separator they give it back.
    """

    index: int
    speaker: Speaker
    text: MaskedText
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One masked chat or review: what is tagged, stored and shown."""

    id: str
    kind: Kind
    turns: tuple[Turn, ...]
    customer_id: str | None = None
    agent_id: str | None = None
    channel: str | None = None
    source: str | None = None
    title: MaskedText | None = None
    url: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def text(self) -> str:
        """The whole text: a review's sentences joined, a chat's turns one a line."""
        separator = "" if self.kind is Kind.REVIEW else "\n"
        return separator.join(turn.text for turn in self.turns)


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Where a tag shows: characters [start, end) of the text of turn `turn`."""

    turn: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A codebook id that holds for a document, and what shows it.

    For an absence (`no_apology`, ...) the evidence is the customer turn that called for the answer,
    and `searched` are the agent turns in which it was looked for in vain.
    `confidence` is between 0 and 1.
    """

    id: str
    evidence: tuple[Evidence, ...]
    searched: tuple[int, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class TaggedDocument:
    """A document with its tags, the behaviours that had an opportunity, and its sentiment.

    `turn_sentiment` maps the index of each customer turn (chat) or sentence (review) to its value;
    `sentiment` is a review's sentiment as a whole, and None for a chat. `doubts` are the calibrated
    chances of the tags of which the tagger is unsure (0.2 to 0.8), whether they hold or not.
    """

    document: Document
    tags: tuple[Tag, ...]
    opportunities: frozenset[str]
    turn_sentiment: dict[int, Sentiment] = field(default_factory=dict)
    sentiment: Sentiment | None = None
    doubts: dict[str, float] = field(default_factory=dict)

    def tag(self, tag_id: str) -> Tag | None:
        """The tag of that id, or None where it does not hold."""
        return next((tag for tag in self.tags if tag.id == tag_id), None)

    @property
    def tag_ids(self) -> frozenset[str]:
        """The ids of every tag that holds."""
        return frozenset(tag.id for tag in self.tags)


class SaidTurn(NamedTuple):
    """One turn as a rule of the house sees it; `tags` are those whose evidence stands in it."""

    turn: int
    speaker: str
    text: str
    tags: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a language model says of one document, before the codebook's rules are applied.

    `tags` maps ids of the codebook to where they show, never to nothing; `turn_sentiment` holds the
    customer turns of a chat of which it was said, `sentiment` is that of a review.
    """

    tags: dict[str, tuple[Evidence, ...]]
    turn_sentiment: dict[int, Sentiment] = field(default_factory=dict)
    sentiment: Sentiment | None = None


@dataclass(frozen=True, slots=True)
class TaggerVersion:
    """What tagged a load: the built-in tagger, or a language model with the built-in beside it.

    Written `2`, or `llm:MODEL/PROMPT+2`, and `llm:MODEL/PROMPT+2~30` where 30 documents of the load
    were tagged by the built-in tagger alone.
    """

    built_in: str
    model: str = ""
    prompt: str = ""
    fell_back: int = 0

    def __str__(self) -> str:
        if not self.model:
            return self.built_in
        rest = f"~{self.fell_back}" if self.fell_back else ""
        return f"llm:{self.model}/{self.prompt}+{self.built_in}{rest}"

    @classmethod
    def parse(cls, text: str) -> TaggerVersion:
        """The version that was written so; any other text is one of the built-in tagger."""
        found = _BY_MODEL.fullmatch(text)
        if found is None:
            return cls(text)
        return cls(found[3], found[1], found[2], int(found[4] or 0))

    def covers(self, other: TaggerVersion) -> bool:
        """Whether a load tagged so would gain nothing from being tagged by `other`.

        Only a language model that has not read all of it would add something.
        """
        return not other.model or (
            (self.model, self.prompt) == (other.model, other.prompt) and not self.fell_back
        )


_BY_MODEL = re.compile(r"llm:(.+)/([0-9a-f]+)\+([^+~]+)(?:~(\d+))?")


@dataclass(frozen=True, slots=True)
class AskEstimate:
    """What asking a language model about a file will take, before anything is sent.

    `cached` of the documents have an answer already; `cost` is None where no prices are set.
    """

    model: str
    address: str
    documents: int
    cached: int
    tokens_in: int
    tokens_out: int
    cost: float | None
    currency: str


@dataclass(frozen=True, slots=True)
class AskReport:
    """What asking a language model about a file has taken; each document is counted once.

    `fell_back` counts the documents that the built-in tagger tagged instead, by reason; `dropped`
    counts what was not used of the answers, by what was wrong with it. `tokens_estimated` says that
    the address told no figures of its own for some answers.
    """

    model: str
    address: str
    answered: int
    cached: int
    fell_back: dict[str, int]
    dropped: dict[str, int]
    asked_again: int
    tokens_in: int
    tokens_out: int
    tokens_estimated: bool
    cost: float | None
    currency: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one customer; `churned_at` None = still a customer on `observed_until`."""

    customer_id: str
    observed_until: datetime
    started_at: datetime | None = None
    churned_at: datetime | None = None
    plan: str | None = None
    monthly_value: float | None = None
    currency: str | None = None
    covariates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row of a file that could not be used: its 1-based number and why, without its text."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Which documents a view is about; an empty tuple or None means no restriction.

    `start` and `end` are both inclusive and compare with the day a document ended.
    """

    start: date | None = None
    end: date | None = None
    kinds: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


class AgentTurn(NamedTuple):
    """What an agent said in one turn of a chat, with the chat's agent and topics."""

    document_id: str
    agent_id: str | None
    topics: tuple[str, ...]
    text: str
