"""Reviews in which customers tell of a contact that they had."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from analysis.demo import compose, phrases, plans
from analysis.demo.customers import Contact

SHARE = 0.08
SOURCES = ("블로그", "앱 리뷰", "커뮤니티")
_KNOWN_CUSTOMER = 0.45
_POLITE = 0.6

# What a review may tell of, and the codebook ids that it then tells.
_TOLD: dict[str, tuple[str, ...]] = {
    "no_apology": ("no_apology",),
    "plain_apology": ("apology",),
    "scripted_reply": ("scripted_reply",),
    "refused_refund": ("refund_request",),
    "responsibility_shift": ("responsibility_shift",),
    "escalation_refused": ("escalation_request", "escalation_refused"),
    "no_reason": ("no_explanation",),
    "long_wait": (),
    "repeat_contact": ("repeat_contact",),
    "dismissive_closing": ("dismissive_closing",),
    "promise_broken": ("broken_promise",),
    "good_service": ("satisfied_end",),
}


@dataclass(frozen=True, slots=True)
class Review:
    """One review: where, when and what, and which codebook ids it tells of."""

    id: str
    customer_id: str
    source: str
    posted_at: datetime
    title: str
    text: str
    topics: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"https://reviews.example/{self.id}"


def write(rng: random.Random, history: Sequence[Contact], *, end: date) -> tuple[Review, ...]:
    """About 8 reviews a hundred chats, each by someone who had complained, in time order."""
    writers = [contact for contact in history if contact.plan.complains]
    number = min(len(writers), round(SHARE * len(history)))
    chosen = rng.sample(writers, number)
    written = [_review(rng, contact, end=end) for contact in chosen]
    written.sort(key=lambda review: (review.posted_at, review.text))
    return tuple(
        Review(
            f"R-{place:05d}",
            review.customer_id,
            review.source,
            review.posted_at,
            review.title,
            review.text,
            review.topics,
            review.told,
        )
        for place, review in enumerate(written, start=1)
    )


def _review(rng: random.Random, contact: Contact, *, end: date) -> Review:
    plan = contact.plan
    values = compose.slot_values(contact, rng)
    told = _told(rng, contact)
    ending = "stays" if plan.end == "satisfied" else rng.choice(("leaving", "warns_others"))
    polite = not contact.customer.casual and rng.random() < _POLITE
    sentences = [
        _sentence(rng, contact, act, values, polite=polite)
        for act in (
            f"review.topic.{plan.topic}",
            *(f"review.told.{name}" for name in told),
            f"review.end.{ending}",
        )
    ]
    day = min(contact.started_at.date() + timedelta(days=rng.randint(0, 9)), end)
    joined = " " if rng.random() < 0.7 else "\n"
    ids = {tag for name in told for tag in _TOLD[name]}
    ids |= {"churn_intent"} if ending == "leaving" else set()
    topics = {plans.CODEBOOK_TOPIC[plan.topic]}
    topics |= {"wait_time"} if "long_wait" in told else set()
    topics |= {"refund"} if "refused_refund" in told else set()
    return Review(
        id="",
        customer_id=contact.customer_id if rng.random() < _KNOWN_CUSTOMER else "",
        source=rng.choice(SOURCES),
        posted_at=datetime.combine(day, time(rng.randint(18, 23), rng.randrange(60))),
        title=phrases.fill(rng.choice(phrases.titles()[plan.topic]), values),
        text=joined.join(sentences),
        topics=tuple(sorted(topics)),
        told=tuple(sorted(ids)),
    )


def _told(rng: random.Random, contact: Contact) -> list[str]:
    """One to three things of the contact worth telling, in the order in which they happened."""
    plan = contact.plan
    if plan.end == "satisfied":
        return ["good_service"]
    shown = plans.behaviours(plan)
    refused = "compensation" not in plan.does and "asks_refund" in plan.says
    candidates = {
        "long_wait": plan.topic != "wait" and rng.random() < 0.15,
        "repeat_contact": "contacted_before" in plan.says,
        "promise_broken": "promise_broken" in plan.says,
        "no_apology": "no_apology" in shown,
        "plain_apology": "apology" in shown and rng.random() < 0.3,
        "no_reason": "no_explanation" in shown,
        "responsibility_shift": "responsibility_shift" in shown,
        "scripted_reply": "scripted_reply" in shown,
        "refused_refund": refused,
        "escalation_refused": "escalation_refused" in shown,
        "dismissive_closing": "dismissive_closing" in shown,
    }
    names = [name for name, true in candidates.items() if true]
    kept = set(rng.sample(names, min(len(names), rng.randint(1, 3))))
    return [name for name in names if name in kept]


def _sentence(
    rng: random.Random, contact: Contact, act: str, values: dict[str, str], *, polite: bool
) -> str:
    fitting = phrases.banks()[act].fitting(
        industry=contact.customer.industry, topic=contact.plan.topic
    )
    alike = tuple(w for w in fitting if phrases.is_polite(w.text) == polite)
    return phrases.fill(rng.choice(alike or fitting).text, values)
