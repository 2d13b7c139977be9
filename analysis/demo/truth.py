"""What was planted: effects, the confounder, who counts, and every contact's behaviours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import fmean

from analysis.codebook import BEHAVIOURS
from analysis.demo import plans
from analysis.demo.customers import HORIZON_DAYS, Contact
from analysis.demo.reviews import Review


@dataclass(frozen=True, slots=True)
class Flow:
    """How many documents are left after each step of deciding who is counted."""

    documents: int
    known_customer: int
    customer_at_t: int
    not_cancellation_request: int
    followed: int


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the counting rule looks at in one document."""

    customer_id: str
    ended_at: datetime
    cancelling: bool


def flow(
    documents: Sequence[Contact] | Sequence[Review],
    *,
    listed: frozenset[str],
    left: dict[str, date],
    observed_until: date,
) -> Flow:
    """The flow of chats or of reviews at the horizon of 60 days.

    Contacts started and reviews posted stand for the end of the document: nobody leaves within a
    chat, because a day of leaving is at least one day after it.
    """
    horizon = timedelta(days=HORIZON_DAYS)
    end = datetime.combine(observed_until, datetime.min.time())

    def gone(seen: _Seen) -> datetime | None:
        day = left.get(seen.customer_id)
        return None if day is None else datetime.combine(day, datetime.min.time())

    def still_here(seen: _Seen) -> bool:
        day = gone(seen)
        return day is None or day > seen.ended_at

    def followed(seen: _Seen) -> bool:
        day = gone(seen)
        within = day is not None and day <= seen.ended_at + horizon
        return within or end >= seen.ended_at + horizon

    steps: tuple[Callable[[_Seen], bool], ...] = (
        lambda seen: seen.customer_id in listed,
        still_here,
        lambda seen: not seen.cancelling,
        followed,
    )
    remaining = [_seen(document) for document in documents]
    counts = [len(remaining)]
    for step in steps:
        remaining = [seen for seen in remaining if step(seen)]
        counts.append(len(remaining))
    return Flow(*counts)


def expected_differences(history: Sequence[Contact]) -> dict[str, dict[str, float]]:
    """Crude and anger-adjusted risk difference that the planted risks imply, by behaviour.

    Adjusted = standardised over the levels of anger among the eligible. Earlier and later contacts
    of the same customer are left out of account; they pull observed differences slightly to zero.
    """
    counted = [c for c in history if c.plan.purpose != plans.CANCELLATION]
    found = {}
    for name in BEHAVIOURS:
        eligible = [c for c in counted if name in plans.opportunities(c.plan)]
        crude = _difference(eligible, name)
        strata: dict[int | None, list[Contact]] = {}
        for contact in eligible:
            strata.setdefault(contact.plan.anger, []).append(contact)
        parts = [
            (len(stratum), difference)
            for stratum in strata.values()
            if (difference := _difference(stratum, name)) is not None
        ]
        if crude is not None and parts:
            adjusted = sum(size * part for size, part in parts) / sum(size for size, _ in parts)
            found[name] = {"crude": round(crude, 4), "adjusted": round(adjusted, 4)}
    return found


def effects() -> dict[str, float]:
    """The planted risk difference of every behaviour; contraries have the opposite sign."""
    return plans.EFFECTS | {name: -plans.EFFECTS[of] for name, of in plans.CONTRARIES.items()}


def planted(contact: Contact) -> dict[str, object]:
    """What holds in one contact, in the codebook's ids."""
    plan = contact.plan
    return {
        "industry": contact.customer.industry,
        "purpose": plan.purpose,
        "anger": plan.anger,
        "topics": list(plans.topics(plan)),
        "customer": list(plans.signals(plan)),
        "agent": sorted(plans.behaviours(plan)),
        "opportunities": sorted(plans.opportunities(plan)),
    }


def _difference(eligible: Sequence[Contact], name: str) -> float | None:
    exposed = [plans.risk(c.plan) for c in eligible if name in plans.behaviours(c.plan)]
    rest = [plans.risk(c.plan) for c in eligible if name not in plans.behaviours(c.plan)]
    return fmean(exposed) - fmean(rest) if exposed and rest else None


def _seen(document: Contact | Review) -> _Seen:
    if isinstance(document, Review):
        return _Seen(document.customer_id, document.posted_at, cancelling=False)
    cancelling = document.plan.purpose == plans.CANCELLATION
    return _Seen(document.customer_id, document.started_at, cancelling=cancelling)
