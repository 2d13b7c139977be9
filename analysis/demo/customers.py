"""Customers with their contacts, and what becomes of them."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from analysis.demo import phrases, plans
from analysis.demo.plans import CHANGED_WEEKS, Plan

WEEKS = 26
HORIZON_DAYS = 60
# The outcome table speaks for a day after the chats end, yet too early for the last of them. Of
# these only the leavers count, which tilts whatever changed last: so their number is kept small.
OBSERVED_AFTER_DAYS = 50

CHANNELS = ("채팅", "카카오톡", "앱 상담", "웹 상담")
_CONTACTS = ((1, 2, 3, 4, 5), (0.72, 0.17, 0.07, 0.03, 0.01))
_PURPOSES = (("complaint", plans.QUESTION, plans.CANCELLATION), (0.76, 0.19, 0.05))
_HABITS = (("", "tears", "laughs", "dots", "nospace"), (0.66, 0.14, 0.05, 0.10, 0.05))
_AGENTS = 14
_CANCELS = 0.8  # of those who ask for the cancellation, this share is gone within days
_NO_ID = 0.02
_NO_OUTCOME = 0.04


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer; `listed` = has a row in the outcome table."""

    id: str
    industry: str
    service: str
    started_on: date
    plan: str
    monthly_value: int
    casual: bool
    habit: str
    listed: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """One chat of one customer before it is written; `customer_id` "" = the export lacks it."""

    id: str
    customer: Customer
    customer_id: str
    started_at: datetime
    channel: str
    agent_id: str
    plan: Plan


def contacts(rng: random.Random, *, conversations: int, end: date) -> tuple[Contact, ...]:
    """So many contacts in time order, over the 26 weeks that end on `end` (inclusive)."""
    drawn: list[Contact] = []
    while len(drawn) < conversations:
        number = len(drawn)
        wanted = rng.choices(*_CONTACTS)[0]
        times = sorted(_moment(rng, end=end) for _ in range(min(wanted, conversations - number)))
        customer = _customer(rng, number=number, first=times[0].date())
        shown = "" if rng.random() < _NO_ID else customer.id
        drawn += [_contact(rng, customer, shown, at, end=end) for at in times]
    in_order = sorted(drawn, key=lambda contact: (contact.started_at, contact.customer.id))
    return tuple(
        replace(contact, id=f"C-{place:06d}") for place, contact in enumerate(in_order, start=1)
    )


def churn_dates(rng: random.Random, history: tuple[Contact, ...]) -> dict[str, date]:
    """The day on which each customer who left did so, by customer id.

    Every contact of someone who is still a customer is drawn once with its own risk; the earliest
    day counts. `history` is in time order.
    """
    left: dict[str, date] = {}
    for contact in history:
        name, day = contact.customer.id, contact.started_at.date()
        cancelling = contact.plan.purpose == plans.CANCELLATION
        chance = _CANCELS if cancelling else plans.risk(contact.plan)
        leaves, after = rng.random() < chance, rng.randint(1, 10 if cancelling else HORIZON_DAYS)
        if leaves and (name not in left or left[name] > day):
            left[name] = min(left.get(name, date.max), day + timedelta(days=after))
    return left


def _moment(rng: random.Random, *, end: date) -> datetime:
    """A moment in office hours; Sundays are closed and Saturdays short."""
    day = end - timedelta(days=rng.randrange(WEEKS * 7))
    while day.weekday() == 6 or (day.weekday() == 5 and rng.random() < 0.6):
        day = end - timedelta(days=rng.randrange(WEEKS * 7))
    closing = 12 if day.weekday() == 5 else 17
    clock = time(rng.choice(range(9, closing + 1)), rng.randrange(60), rng.randrange(60))
    return datetime.combine(day, clock)


def _customer(rng: random.Random, *, number: int, first: date) -> Customer:
    name = rng.choice(tuple(phrases.industries()))
    industry = phrases.industries()[name]
    plan = rng.choice(tuple(industry["plans"]))
    return Customer(
        id=f"K{number + 1:05d}",
        industry=name,
        service=rng.choice(industry["service"]),
        started_on=first - timedelta(days=int(rng.expovariate(1 / 420)) + 3),
        plan=plan,
        monthly_value=industry["plans"][plan],
        casual=rng.random() < 0.12,
        habit=rng.choices(*_HABITS)[0],
        listed=rng.random() >= _NO_OUTCOME,
    )


def _contact(
    rng: random.Random, customer: Customer, shown: str, at: datetime, *, end: date
) -> Contact:
    industry = phrases.industries()[customer.industry]
    late = at.date() > end - timedelta(weeks=CHANGED_WEEKS)
    weights = dict(industry["topics"])
    purpose = rng.choices(*_PURPOSES)[0]
    if purpose == plans.CANCELLATION and plans.CANCELLATION not in weights:
        purpose = plans.QUESTION
    weights.pop(plans.CANCELLATION, None)
    if late and "technical" in weights:
        weights["technical"] *= 3
    if purpose == plans.QUESTION:
        plan = plans.calm(rng, purpose=purpose, topic=rng.choice(industry["questions"]))
    elif purpose == plans.CANCELLATION:
        plan = plans.calm(rng, purpose=purpose, topic=plans.CANCELLATION)
    else:
        topic = rng.choices(tuple(weights), tuple(weights.values()))[0]
        plan = plans.complaint(rng, topic=topic, late=late)
    return Contact(
        id="",
        customer=customer,
        customer_id=shown,
        started_at=at,
        channel=rng.choice(CHANNELS),
        agent_id=f"A{rng.randint(1, _AGENTS):02d}",
        plan=plan,
    )
