"""What happens in one contact: what the customer wants, how angry, and what the agent does.

Anger is the planted confounder: it makes bad answers likelier and leaving likelier. Given anger,
the behaviours are drawn independently of one another, so that a comparison within one level of
anger finds the planted effect and nothing else.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from analysis.codebook import BEHAVIOURS

QUESTION = "question"
CANCELLATION = "cancellation"

# Change of the risk of leaving within the horizon, in shares (0.1 = 10 points). All others: 0.
EFFECTS: dict[str, float] = {
    **dict.fromkeys(BEHAVIOURS, 0.0),
    "no_apology": 0.10,
    "escalation_refused": 0.14,
    "dismissive_closing": 0.06,
    "compensation": -0.05,
    "concrete_next_step": -0.08,
}
# The contraries of the above: same figure, other sign, because exactly one of each pair holds.
CONTRARIES = {
    "apology": "no_apology",
    "no_next_step": "concrete_next_step",
    "escalation_offered": "escalation_refused",
}
BASE_RISK = 0.15
ANGER_RISK = (0.0, 0.08, 0.20)
ANGER_SHARE = (0.42, 0.36, 0.22)

# Chance of each event by anger: calm, upset, furious.
CHANCES: dict[str, tuple[float, float, float]] = {
    "no_apology": (0.15, 0.32, 0.55),
    "apology_specific": (0.35, 0.35, 0.35),
    "empathy": (0.42, 0.32, 0.22),
    "shift": (0.12, 0.22, 0.38),
    "explain": (0.60, 0.52, 0.45),
    "scripted_reply": (0.10, 0.24, 0.45),
    "step": (0.65, 0.50, 0.38),
    "compensation": (0.22, 0.20, 0.17),
    "grudging": (0.20, 0.28, 0.40),
    "dismissive": (0.30, 0.42, 0.58),
    "asks_why": (0.35, 0.45, 0.50),
    "asks_manager": (0.06, 0.18, 0.42),
    "escalation_refused": (0.35, 0.50, 0.66),
    "asks_compensation": (0.08, 0.15, 0.25),
    "contacted_before": (0.05, 0.15, 0.35),
    "promise_broken": (0.04, 0.10, 0.20),
    "threat": (0.00, 0.05, 0.25),
    "intend_leave": (0.02, 0.10, 0.28),
    "satisfied": (0.80, 0.60, 0.30),
}
# In the last weeks agents blame others more often, and more contacts are about faults.
CHANGED = "responsibility_shift"
CHANGED_WEEKS = 4
CHANGED_BY = 0.28

MONEY_TOPICS = frozenset(
    ("unexpected_charge", "refund", "delivery_late", "defect", "promo", "price")
)
_ENDS = ("routine", "resigned", "angry")
_END_WEIGHTS = ((0.60, 0.35, 0.05), (0.25, 0.55, 0.20), (0.05, 0.40, 0.55))

CODEBOOK_TOPIC = {
    "unexpected_charge": "unexpected_charge",
    "refund": "refund",
    "delivery_late": "delivery",
    "defect": "product_quality",
    "technical": "technical_issue",
    "login": "account_login",
    "cancellation": "cancellation",
    "promo": "trial_promo",
    "price": "price_policy",
    "wait": "wait_time",
    "privacy": "privacy_security",
    "repair": "repair_exchange",
    "plan": "price_policy",
    "coupon": "trial_promo",
    "account_info": "account_login",
    "cancel_rule": "cancellation",
    "refund_rule": "refund",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to happen in one contact; `anger` is None where nothing is complained of.

    `says` are the customer's acts beside the opening, `does` the agent's behaviours that were
    drawn, `answer` one of explain, shift, vague and silent, `end` the customer's last word.
    """

    purpose: str
    topic: str
    anger: int | None
    says: frozenset[str]
    does: frozenset[str]
    answer: str
    end: str

    @property
    def complains(self) -> bool:
        return self.anger is not None


def calm(rng: random.Random, *, purpose: str, topic: str) -> Plan:
    """A contact without complaint: a question that is answered, or a plain cancellation."""
    end = "satisfied" if purpose == QUESTION and rng.random() < 0.55 else "routine"
    return Plan(purpose, topic, None, frozenset(), frozenset({"step"}), "solved", end)


def complaint(rng: random.Random, *, topic: str, late: bool) -> Plan:
    """A contact with a complaint; `late` = within the last weeks, when habits have changed."""
    anger = rng.choices((0, 1, 2), ANGER_SHARE)[0]
    happens = {name: rng.random() < chance[anger] for name, chance in CHANCES.items()}
    if late:
        happens["shift"] = rng.random() < CHANCES["shift"][anger] + CHANGED_BY
    asks_refund = topic == "refund" or rng.random() < (0.3 if topic in MONEY_TOPICS else 0.1)
    says = {
        name
        for name in (
            "asks_why",
            "asks_manager",
            "asks_compensation",
            "contacted_before",
            "promise_broken",
            "threat",
            "intend_leave",
        )
        if happens[name]
    }
    if asks_refund:
        says.add("asks_refund")
    # Whoever asks why and hears blame has half an answer: left out, so that the truth is plain.
    if happens["shift"]:
        says.discard("asks_why")
    drawn = ("no_apology", "empathy", "scripted_reply", "step", "compensation", "dismissive")
    does = {name for name in drawn if happens[name]}
    if not happens["no_apology"] and happens["apology_specific"]:
        does.add("apology_specific")
    if "compensation" in does and says & {"asks_refund", "asks_compensation"}:
        does |= {"grudging"} if happens["grudging"] else set()
    if "asks_manager" in says:
        does.add("escalation_refused" if happens["escalation_refused"] else "escalation_offered")
    silence = "vague" if "asks_why" in says or rng.random() < 0.4 else "silent"
    answer = "shift" if happens["shift"] else "explain" if happens["explain"] else silence
    if does & {"step", "compensation"} and happens["satisfied"]:
        end = "satisfied" if _pleasant(says, does, answer) else "routine"
    else:
        end = rng.choices(_ENDS, _END_WEIGHTS[anger])[0]
    return Plan("complaint", topic, anger, frozenset(says), frozenset(does), answer, end)


def _pleasant(says: set[str], does: set[str], answer: str) -> bool:
    """Whether the help came without anything that would spoil it.

    Spoiled help ends in routine thanks, not in anger: else every harmless behaviour would open the
    door to a dismissive closing, and carry its effect.
    """
    refused = says & {"asks_refund", "asks_compensation"} and "compensation" not in does
    spoiled = does & {"scripted_reply", "escalation_refused", "grudging"}
    return not (refused or spoiled or says & {"threat", "intend_leave"} or answer != "explain")


def topics(plan: Plan) -> tuple[str, ...]:
    """The codebook topics that hold, sorted."""
    found = {CODEBOOK_TOPIC.get(plan.topic, "other")}
    if "asks_refund" in plan.says:
        found.add("refund")
    return tuple(sorted(found))


def signals(plan: Plan) -> tuple[str, ...]:
    """The codebook ids of what the customer does, sorted."""
    spoken = {
        "asks_manager": "escalation_request",
        "asks_refund": "refund_request",
        "contacted_before": "repeat_contact",
        "promise_broken": "broken_promise",
        "threat": "public_threat",
        "intend_leave": "churn_intent",
    }
    found = {spoken[act] for act in plan.says if act in spoken}
    found |= {"complaint"} if plan.complains else set()
    found |= {"satisfied_end"} if plan.end == "satisfied" else set()
    return tuple(sorted(found))


def opportunities(plan: Plan) -> frozenset[str]:
    """The behaviours that could occur in this contact."""
    found = {"concrete_next_step", "no_next_step"}
    if not plan.complains:
        return frozenset(found)
    found |= {"no_apology", "apology", "apology_specific", "empathy", "responsibility_shift"}
    found |= {"scripted_reply", "explanation", "compensation"}
    if plan.says & {"asks_refund", "asks_compensation"}:
        found.add("grudging_concession")
    if "asks_manager" in plan.says:
        found |= {"escalation_refused", "escalation_offered"}
    if "asks_why" in plan.says:
        found.add("no_explanation")
    helped = plan.does & {"step", "compensation"}
    if plan.end in ("resigned", "angry") or not helped:
        found.add("dismissive_closing")
    return frozenset(found)


def behaviours(plan: Plan) -> frozenset[str]:
    """The codebook behaviours that hold, all of them with their opportunity."""
    helped = plan.does & {"step", "compensation", "escalation_offered"}
    holds = {
        "apology": "no_apology" not in plan.does,
        "no_apology": "no_apology" in plan.does,
        "apology_specific": "apology_specific" in plan.does,
        "empathy": "empathy" in plan.does,
        "scripted_reply": "scripted_reply" in plan.does,
        "responsibility_shift": plan.answer == "shift",
        "explanation": plan.answer == "explain",
        "no_explanation": plan.answer != "explain",
        "compensation": "compensation" in plan.does,
        "grudging_concession": "grudging" in plan.does,
        "escalation_refused": "escalation_refused" in plan.does,
        "escalation_offered": "escalation_offered" in plan.does,
        "dismissive_closing": "dismissive" in plan.does,
        "concrete_next_step": bool(helped),
        "no_next_step": not helped,
    }
    return opportunities(plan) & {name for name, held in holds.items() if held}


def risk(plan: Plan) -> float:
    """Chance that this contact makes the customer leave within the horizon, as a share.

    A grant or a pass to a manager brings its own effect only, though both are a next step to the
    codebook; the effect of a next step counts where one is named of its own.
    """
    total = BASE_RISK + (0.0 if plan.anger is None else ANGER_RISK[plan.anger])
    shown = behaviours(plan)
    for name in ("no_apology", "escalation_refused", "dismissive_closing", "compensation"):
        total += EFFECTS[name] if name in shown else 0.0
    return total + (EFFECTS["concrete_next_step"] if "step" in plan.does else 0.0)
