"""A planned contact -> the messages of a chat: order of acts, wordings, typing habits, times."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from analysis.demo import phrases, plans
from analysis.demo.customers import Contact
from analysis.demo.phrases import Wording
from analysis.demo.plans import MONEY_TOPICS, QUESTION
from analysis.model import RawTurn, Speaker

# A grant that gives money back fits where money was asked for; elsewhere a voucher is likelier.
_MONEY_BACK = re.compile("환불|취소|환급|돌려")
_AMENDS = re.compile("보상|쿠폰|포인트")
# Acts whose wording depends on what exactly the customer came with.
_ABOUT_THE_MATTER = frozenset(
    (
        "agent.explain",
        "agent.apology_specific",
        "agent.shift",
        "agent.next_step",
        "agent.answer",
        "agent.cancel_done",
    )
)
_BY_ITSELF = re.compile("10분|응답|자동|만료")
# Acts that speak of a day to come; all others speak of a day gone by.
_AHEAD = frozenset(
    ("agent.next_step", "agent.cancel_done", "agent.answer", "customer.open.cancellation")
)
# Topics about what runs and renews rather than about one thing bought.
_RUNNING = frozenset(
    ("unexpected_charge", "cancellation", "price", "plan", "coupon", "promo", "cancel_rule")
)
_PLAIN_END = re.compile(r"[.!~]*$")


@dataclass(slots=True)
class _Chat:
    """A chat being written."""

    contact: Contact
    rng: random.Random
    values: dict[str, str]
    at: datetime
    turns: list[RawTurn] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    stock: str = ""
    opening: str = ""


def chat(contact: Contact, rng: random.Random) -> tuple[RawTurn, ...]:
    """The messages of one contact in time order, with their times."""
    writing = _Chat(contact, rng, slot_values(contact, rng), contact.started_at)
    for act in _acts(contact, rng):
        _say(writing, act)
    return tuple(writing.turns)


def slot_values(contact: Contact, rng: random.Random) -> dict[str, str]:
    """One value for every slot, the same through the whole contact."""
    industry = phrases.industries()[contact.customer.industry]
    common = phrases.common_slots()
    past = contact.started_at - timedelta(days=rng.randint(1, 12))
    ahead = contact.started_at + timedelta(days=rng.randint(2, 9))
    bought = "subscription" if contact.plan.topic in _RUNNING else "product"
    return {
        "amount": rng.choice(industry["amount"]),
        "date": f"{past.month}월 {past.day}일",
        "ahead": f"{ahead.month}월 {ahead.day}일",
        "product": rng.choice(industry[bought]),
        "service": contact.customer.service,
        "days": rng.choice(common["days"]),
        "order": f"{rng.choice('ABCDEFGH')}{rng.randint(10000, 99999)}",
        "minutes": rng.choice(common["minutes"]),
        "month": f"{past.month}월",
        "carrier": rng.choice(industry["carrier"]),
        "feature": rng.choice(industry["feature"]),
    }


def _acts(contact: Contact, rng: random.Random) -> list[str]:
    """The acts of a contact in order; "repeat" says the last stock sentence again."""
    plan = contact.plan
    opening = [f"customer.open.{QUESTION if plan.purpose == QUESTION else plan.topic}"]
    if plan.complains:
        opening += _heat(contact, rng)
    entry = rng.choices(("bot", "direct", "greeted"), (0.45, 0.33, 0.22))[0]
    acts = ["bot.greeting"] if entry == "bot" else []
    acts += [] if entry == "greeted" else opening
    if entry == "bot":
        acts += ["bot.fallback"] if rng.random() < 0.25 else []
        acts.append("bot.handover")
    acts += ["system.connect"] if rng.random() < 0.55 else []
    acts.append("agent.greeting")
    acts += opening if entry == "greeted" else []
    acts += _complaint(contact, rng) if plan.complains else _request(contact, rng)
    acts.append(f"customer.end_{plan.end}")
    if "dismissive_closing" in plans.opportunities(plan):
        manner = "dismissive" if "dismissive" in plan.does else "caring"
        acts.append(f"agent.closing_{manner}")
    elif rng.random() < 0.85:
        acts.append("agent.closing_dismissive")
    return acts + (["system.end"] if rng.random() < 0.6 else [])


def _heat(contact: Contact, rng: random.Random) -> list[str]:
    """What an angry customer adds before anyone has answered."""
    plan = contact.plan
    acts = [
        f"customer.{name}" for name in ("contacted_before", "promise_broken") if name in plan.says
    ]
    more = rng.random() < (0.05, 0.30, 0.75)[plan.anger or 0]
    return acts + (["customer.complain_further"] if more else [])


def _request(contact: Contact, rng: random.Random) -> list[str]:
    acts = ["agent.identify", "customer.identify"] if rng.random() < 0.5 else []
    acts += ["agent.hold"] if rng.random() < 0.5 else []
    return [*acts, "agent.answer" if contact.plan.purpose == QUESTION else "agent.cancel_done"]


def _complaint(contact: Contact, rng: random.Random) -> list[str]:
    plan = contact.plan
    sorry: list[str] = []
    if "no_apology" not in plan.does:
        named = "apology_specific" in plan.does
        sorry.append("agent.apology_specific" if named else "agent.apology_plain")
    feeling = ["agent.empathy"] if "empathy" in plan.does else []
    at_once = rng.random() < 0.65
    acts = [*sorry, *feeling] if at_once else []
    if rng.random() < 0.7:
        acts += ["agent.identify", "customer.identify"]
    if rng.random() < 0.65:
        acts += ["agent.hold"] + (["customer.ack"] if rng.random() < 0.4 else [])
    if "asks_why" in plan.says:
        acts.append("customer.ask_why")
    acts += {
        "explain": ["agent.explain"],
        "shift": ["agent.shift"],
        "vague": ["agent.vague"],
    }.get(plan.answer, [])
    acts += [] if at_once else [*sorry, *feeling]
    if "scripted_reply" in plan.does:
        acts += ["agent.stock", "customer.complain_further", "repeat"]
    asked, answered = _demands(contact, rng)
    pressed = _pressure(contact, rng)
    # A grant is what pressure leads to; a refusal is what leads to pressure.
    granted = "compensation" in plan.does
    acts += [*asked, *pressed, *answered] if granted else [*asked, *answered, *pressed]
    helped = "concrete_next_step" in plans.behaviours(plan)
    if "step" in plan.does:
        acts.append("agent.next_step")
    elif not helped and (plan.answer == "silent" or rng.random() < 0.75):
        acts.append("agent.no_next_step")
    return acts


def _demands(contact: Contact, rng: random.Random) -> tuple[list[str], list[str]]:
    """What the customer claims, and how the agent answers it."""
    plan = contact.plan
    asked = []
    if "asks_refund" in plan.says and (plan.topic != "refund" or rng.random() < 0.5):
        asked.append("customer.ask_refund")
    if "asks_compensation" in plan.says:
        asked.append("customer.ask_compensation")
    if "compensation" in plan.does:
        return asked, ["agent.grudging" if "grudging" in plan.does else "agent.grant"]
    if not plan.says & {"asks_refund", "asks_compensation"}:
        return asked, []
    angry = rng.random() < (0.2, 0.5, 0.8)[plan.anger or 0]
    return asked, ["agent.softener_refusal", *(["customer.complain_further"] if angry else [])]


def _pressure(contact: Contact, rng: random.Random) -> list[str]:
    """The customer asks for a manager, names outside bodies, speaks of leaving."""
    plan = contact.plan
    acts = []
    if "asks_manager" in plan.says:
        acts += ["customer.ask_manager", _manager_answer(contact, rng)]
    acts += ["customer.threat_outside"] if "threat" in plan.says else []
    return acts + (["customer.intend_leave"] if "intend_leave" in plan.says else [])


def _manager_answer(contact: Contact, rng: random.Random) -> str:
    if "escalation_offered" in contact.plan.does:
        return "agent.offer_escalation"
    return "agent.refuse_escalation" if rng.random() < 0.6 else "agent.pass_by_escalation"


def _say(writing: _Chat, act: str) -> None:
    """Append the message (or the messages, at line breaks) of one act."""
    if act == "repeat":
        _append(writing, Speaker.AGENT, writing.stock, act)
        return
    wording = _choose(writing, act)
    values = dict(writing.values)
    ahead = act in _AHEAD or (
        act == "agent.explain" and writing.contact.plan.topic == "cancellation"
    )
    values["date"] = values["ahead"] if ahead else values["date"]
    speaker = Speaker(act.split(".", 1)[0])
    for place, line in enumerate(phrases.fill(wording.text, values).split("\n")):
        text = _typed(writing, line) if speaker is Speaker.CUSTOMER else line
        _append(writing, speaker, text, act if place == 0 else "split")
    writing.used.add(wording.text)
    if act.startswith("customer.open."):
        writing.opening = wording.text
    if act == "agent.stock":
        writing.stock = writing.turns[-1].text


def _choose(writing: _Chat, act: str) -> Wording:
    """A wording that fits industry, topic, register and heat, and was not used in this chat."""
    contact = writing.contact
    fitting = phrases.banks()[act].fitting(
        industry=contact.customer.industry, topic=contact.plan.topic
    )
    fitting = tuple(w for w in fitting if w.text not in writing.used) or fitting
    if act in _ABOUT_THE_MATTER:
        own = tuple(w for w in fitting if w.topics)
        fitting = own if own and writing.rng.random() < 0.7 else fitting
        fitting = _nearest(fitting, writing.opening)
    if act == "agent.softener_refusal":
        fitting = _refusing(fitting, contact.plan.says) or fitting
    if act in ("agent.grant", "agent.grudging"):
        asked = "asks_refund" in contact.plan.says
        if asked or contact.plan.topic not in MONEY_TOPICS:
            suited = tuple(w for w in fitting if bool(_MONEY_BACK.search(w.text)) == asked)
            fitting = suited or fitting
    if act.startswith("customer."):
        casual = contact.customer.casual
        alike = tuple(w for w in fitting if phrases.is_casual(w.text) == casual)
        fitting = alike or fitting
        if act.startswith("customer.open.") and contact.plan.complains:
            hot = contact.plan.anger == 2
            warm = tuple(w for w in fitting if phrases.is_hot(w.text) == hot)
            fitting = warm if warm and contact.plan.anger != 1 else fitting
    return writing.rng.choice(fitting)


def _nearest(fitting: tuple[Wording, ...], opening: str) -> tuple[Wording, ...]:
    """The wordings that share most with what the customer opened with, so that answers fit."""
    asked = _pairs(opening)
    shared = {wording: len(asked & _pairs(wording.text)) for wording in fitting}
    most = max(shared.values())
    return tuple(wording for wording in fitting if shared[wording] >= most - 1)


@cache
def _pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring Hangul syllables: a rough measure of what a sentence is about."""
    return frozenset(
        word[at : at + 2] for word in re.findall("[가-힣]+", text) for at in range(len(word) - 1)
    )


def _refusing(fitting: tuple[Wording, ...], says: frozenset[str]) -> tuple[Wording, ...]:
    """The refusals that refuse what was asked: a refund, or compensation."""
    if {"asks_refund", "asks_compensation"} <= says:
        return fitting
    asked, other = (_MONEY_BACK, _AMENDS) if "asks_refund" in says else (_AMENDS, _MONEY_BACK)
    return tuple(w for w in fitting if asked.search(w.text) or not other.search(w.text))


def _typed(writing: _Chat, line: str) -> str:
    """The line as this customer types it."""
    habit = writing.contact.customer.habit
    if not habit or writing.rng.random() < 0.5 or not re.search("[가-힣]$", line.rstrip(".!~")):
        return line
    if habit == "nospace":
        return line.replace(" ", "") if len(line) < 40 else line
    if habit == "laughs" and writing.contact.plan.end == "angry":
        return line
    return _PLAIN_END.sub("", line) + writing.rng.choice(phrases.style()[habit])


def _append(writing: _Chat, speaker: Speaker, text: str, act: str) -> None:
    if writing.turns:
        writing.at += timedelta(seconds=_pause(writing, speaker, text, act))
    writing.turns.append(RawTurn(speaker, text, writing.at))


def _pause(writing: _Chat, speaker: Speaker, text: str, act: str) -> int:
    """Seconds before a message: bots answer at once, people type, looking up takes minutes."""
    rng = writing.rng
    if speaker in (Speaker.BOT, Speaker.SYSTEM):
        timed_out = act == "system.end" and _BY_ITSELF.search(text)
        return 600 if timed_out else rng.randint(1, 4)
    if act == "agent.greeting":
        waits = (600, 1500) if writing.contact.plan.topic == "wait" else (15, 240)
        return rng.randint(*waits)
    if act == "split":
        return rng.randint(2, 9)
    if speaker is Speaker.CUSTOMER:
        return rng.randint(5, 30) + len(text) // 3
    looked_up = len(writing.turns) > 1 and act in ("agent.explain", "agent.shift", "agent.vague")
    return rng.randint(60, 260) if looked_up else rng.randint(10, 60) + len(text) // 2
