"""Small tagged documents made by hand, for the tests of the store."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from analysis.model import (
    Document,
    Evidence,
    Kind,
    MaskedText,
    Outcome,
    Sentiment,
    Speaker,
    Tag,
    TaggedDocument,
    Turn,
)
from analysis.store import checks, loading

DAY = datetime(2026, 3, 2, 10, 0)  # a Monday

TEXTS = (
    (Speaker.CUSTOMER, "무료 기간인데 결제가 됐어요"),
    (Speaker.AGENT, "시스템상 결제되었습니다"),
    (Speaker.CUSTOMER, "너무하시네요 환불해 주세요"),
    (Speaker.AGENT, "환불은 어렵습니다"),
)


def chat(
    id: str,
    *,
    customer: str | None = None,
    tags: tuple[str, ...] = (),
    opportunities: tuple[str, ...] = (),
    at: datetime | None = DAY,
    channel: str | None = "chat",
    texts: tuple[tuple[Speaker, str], ...] = TEXTS,
    sentiment: tuple[str, ...] = ("neu", "neg"),
    title: str | None = None,
    doubts: dict[str, float] | None = None,
) -> TaggedDocument:
    """A chat whose tags all show in the first two characters of its first turn."""
    turns = tuple(
        Turn(
            index, speaker, MaskedText(text), None if at is None else at + timedelta(minutes=index)
        )
        for index, (speaker, text) in enumerate(texts)
    )
    said = [turn.index for turn in turns if turn.speaker is Speaker.CUSTOMER]
    return TaggedDocument(
        Document(
            id=id,
            kind=Kind.CHAT,
            turns=turns,
            customer_id=customer,
            agent_id="a-1",
            channel=channel,
            title=None if title is None else MaskedText(title),
            started_at=at,
            ended_at=at,
        ),
        tags=tuple(Tag(tag, (Evidence(0, 0, 2),)) for tag in tags),
        opportunities=frozenset(opportunities),
        turn_sentiment={
            index: Sentiment(value) for index, value in zip(said, sentiment, strict=False)
        },
        doubts=doubts or {},
    )


def review(
    id: str,
    *,
    customer: str | None = None,
    tags: tuple[str, ...] = (),
    at: datetime | None = DAY,
    sentiment: str = "neg",
) -> TaggedDocument:
    """A review of two sentences whose tags all show in the first."""
    sentences = ("상담이 엉망이었다. ", "다시는 안 쓴다.")
    return TaggedDocument(
        Document(
            id=id,
            kind=Kind.REVIEW,
            turns=tuple(
                Turn(index, Speaker.CUSTOMER, MaskedText(text))
                for index, text in enumerate(sentences)
            ),
            customer_id=customer,
            source="blog",
            title=MaskedText("고객센터 후기"),
            ended_at=at,
        ),
        tags=tuple(Tag(tag, (Evidence(0, 0, 3),)) for tag in tags),
        opportunities=frozenset(),
        sentiment=Sentiment(sentiment),
    )


def outcome(
    customer: str,
    *,
    churned_days: float | None = None,
    observed_days: float = 365,
    **others: object,
) -> Outcome:
    """What became of a customer, in days after DAY."""
    return Outcome(
        customer_id=customer,
        observed_until=DAY + timedelta(days=observed_days),
        churned_at=None if churned_days is None else DAY + timedelta(days=churned_days),
        **others,
    )


def load(
    path: Path,
    *documents: TaggedDocument,
    digest: str = "d",
    kind: str = "chat",
    sample: bool = False,
) -> str:
    """Load documents as one batch and give its id."""
    with loading.begin(
        path,
        file="상담.csv",
        kind=kind,
        format="csv",
        digest=digest,
        tagger_version="1",
        sample=sample,
    ) as batch:
        batch.add(list(documents))
    return batch.batch_id


def load_outcomes(path: Path, *outcomes: Outcome, digest: str = "o") -> str:
    """Load outcomes as one batch and give its id."""
    with loading.begin(
        path, file="고객.csv", kind="outcomes", format="csv", digest=digest, tagger_version="1"
    ) as batch:
        batch.add_outcomes(list(outcomes))
    return batch.batch_id


def check(
    path: Path,
    id: str,
    tag: str,
    decision: bool | None,
    *,
    reviewer: str = "김",
    kind: str = "chat",
    note: str | None = None,
) -> None:
    """Say of a tag of a document whether it applies."""
    said = None if note is None else MaskedText(note)
    checks.decide(path, id, kind, tag, decision, reviewer=reviewer, note=said)
