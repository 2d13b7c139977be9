"""Writes the invented exports: chats, reviews, outcomes, and the truth behind them."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from analysis.demo import compose, customers, plans, reviews, truth
from analysis.demo.customers import Contact, Customer
from analysis.demo.reviews import Review
from analysis.errors import BadSetting
from analysis.messages import gettext as _
from analysis.model import RawTurn

END = date(2026, 6, 28)

_SPEAKERS = {"customer": "고객", "agent": "상담사", "bot": "챗봇", "system": "시스템"}
_CHAT_COLUMNS = (
    "conversation_id",
    "customer_id",
    "agent_id",
    "channel",
    "sent_at",
    "speaker",
    "text",
)
_REVIEW_COLUMNS = ("review_id", "customer_id", "source", "posted_at", "url", "title", "text")
_OUTCOME_COLUMNS = (
    "customer_id",
    "started_at",
    "churned_at",
    "observed_until",
    "plan",
    "monthly_value",
    "currency",
    "industry",
)


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """The files written by one run."""

    chats: Path
    reviews: Path
    outcomes: Path
    truth: Path


def write(out: Path, *, conversations: int = 1200, seed: int = 7, end: date = END) -> DemoFiles:
    """Write chats.csv, reviews.csv, outcomes.csv (utf-8-sig) and truth.json into a folder.

    The same seed, number and end give the same bytes. The chats cover the 26 weeks up to `end`;
    the outcomes speak for a day 50 days later.

    Raises BadSetting for fewer than one conversation.
    """
    if conversations < 1:
        raise BadSetting(
            name="--conversations",
            value=str(conversations),
            expected=_("1 이상의 정수를 넣어 주세요."),
        )
    rng = random.Random(seed)
    history = customers.contacts(rng, conversations=conversations, end=end)
    left = customers.churn_dates(rng, history)
    observed_until = end + timedelta(days=customers.OBSERVED_AFTER_DAYS)
    left = {name: day for name, day in left.items() if day <= observed_until}
    chats = [(contact, compose.chat(contact, rng)) for contact in history]
    told = reviews.write(rng, history, end=end)

    out.mkdir(parents=True, exist_ok=True)
    files = DemoFiles(
        out / "chats.csv", out / "reviews.csv", out / "outcomes.csv", out / "truth.json"
    )
    _table(files.chats, _CHAT_COLUMNS, _chat_rows(chats))
    _table(files.reviews, _REVIEW_COLUMNS, _review_rows(told))
    listed = sorted({c.customer for c in history if c.customer.listed}, key=lambda c: c.id)
    _table(files.outcomes, _OUTCOME_COLUMNS, _outcome_rows(listed, left, observed_until))
    known = frozenset(customer.id for customer in listed)
    counted = [
        truth.flow(documents, listed=known, left=left, observed_until=observed_until)
        for documents in (history, told)
    ]
    content = {
        "seed": seed,
        "conversations": conversations,
        "horizon_days": customers.HORIZON_DAYS,
        "start": str(end - timedelta(days=customers.WEEKS * 7 - 1)),
        "end": str(end),
        "observed_until": str(observed_until),
        "effects": truth.effects(),
        "expected_differences": truth.expected_differences(history),
        "confounder": {
            "name": "anger",
            "levels": ["calm", "upset", "furious"],
            "share": plans.ANGER_SHARE,
            "risk": [plans.BASE_RISK + more for more in plans.ANGER_RISK],
            "chances": plans.CHANCES,
        },
        "change": {
            "behaviour": plans.CHANGED,
            "from": str(end - timedelta(days=plans.CHANGED_WEEKS * 7 - 1)),
            "points": plans.CHANGED_BY,
            "topic": "technical_issue",
        },
        "flow": {"chat": asdict(counted[0]), "review": asdict(counted[1])},
        "planted": {contact.id: truth.planted(contact) for contact in history},
        "reviews": {review.id: {"topics": review.topics, "told": review.told} for review in told},
    }
    files.truth.write_text(
        json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return files


def _chat_rows(
    chats: Iterable[tuple[Contact, Sequence[RawTurn]]],
) -> Iterable[tuple[object, ...]]:
    for contact, turns in chats:
        for turn in turns:
            yield (
                contact.id,
                contact.customer_id,
                contact.agent_id,
                contact.channel,
                turn.sent_at,
                _SPEAKERS[turn.speaker],
                turn.text,
            )


def _review_rows(told: Iterable[Review]) -> Iterable[tuple[object, ...]]:
    for review in told:
        yield (
            review.id,
            review.customer_id,
            review.source,
            review.posted_at,
            review.url,
            review.title,
            review.text,
        )


def _outcome_rows(
    listed: Iterable[Customer], left: dict[str, date], observed_until: date
) -> Iterable[tuple[object, ...]]:
    for customer in listed:
        yield (
            customer.id,
            customer.started_on,
            left.get(customer.id, ""),
            observed_until,
            customer.plan,
            customer.monthly_value,
            "KRW",
            customer.industry,
        )


def _table(path: Path, columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
    # utf-8-sig: Excel opens Korean CSV correctly only with the mark at the start.
    with path.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
