"""Document level of a chat: signals and behaviours, told from the order of what turns do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.model import Evidence, Sentiment, Speaker, Tag
from analysis.tagging import acts, repetition
from analysis.tagging.acts import ReadTurn

_COMPLAINTS = ("complaint_feeling", "complaint_problem", "broken_promise")
_SIGNALS = ("refund_request", "churn_intent", "public_threat", "repeat_contact", "broken_promise")
_SOLVING = ("action", "grant")


@dataclass(slots=True)
class _Case:
    """One chat while it is being read: its turns by speaker, and the tags found so far."""

    turns: Sequence[ReadTurn]
    sentiment: dict[int, Sentiment]
    tags: dict[str, Tag] = field(default_factory=dict)
    opportunities: set[str] = field(default_factory=set)

    def by(self, speaker: Speaker, *, after: int = -1) -> list[ReadTurn]:
        return [turn for turn in self.turns if turn.speaker is speaker and turn.index > after]

    def holds(
        self, tag_id: str, evidence: Sequence[Evidence], searched: Sequence[int] = ()
    ) -> None:
        self.tags[tag_id] = Tag(tag_id, tuple(evidence), tuple(searched))


@dataclass(frozen=True, slots=True)
class Reading:
    """The signals and behaviours of a chat, and the behaviours that had an opportunity."""

    tags: tuple[Tag, ...]
    opportunities: frozenset[str]


def read(turns: Sequence[ReadTurn], sentiment: dict[int, Sentiment]) -> Reading:
    """The customer's signals and the agent's behaviours of a chat, opportunities first."""
    case = _Case(turns, sentiment)
    _signals(case)
    _opportunities(case)
    _apologies(case)
    _escalation(case)
    _reasons(case)
    _outcome(case)
    _manner(case)
    return Reading(tuple(case.tags.values()), frozenset(case.opportunities))


def _signals(case: _Case) -> None:
    customer = case.by(Speaker.CUSTOMER)
    complaining = [
        turn
        for turn in customer
        if turn.does(*_COMPLAINTS) and case.sentiment.get(turn.index) is not Sentiment.POS
    ]
    if complaining:
        case.holds("complaint", acts.evidence(complaining, *_COMPLAINTS))
    for signal in _SIGNALS:
        if signal == "broken_promise" and not complaining:
            continue
        evidence = acts.evidence(customer, signal)
        if evidence:
            case.holds(signal, evidence)
    asked = [
        turn for turn in customer if turn.does("escalation_request") and _met_agent(case, turn)
    ]
    if asked:
        case.holds("escalation_request", acts.evidence(asked, "escalation_request"))
    content = [turn for turn in customer if not turn.does("routine")]
    if content and case.sentiment.get(content[-1].index) is Sentiment.POS:
        case.holds("satisfied_end", content[-1].evidence("warm"))


def _met_agent(case: _Case, turn: ReadTurn) -> bool:
    """Whether a person has answered before: asking a bot for a human is no escalation."""
    before = [t for t in case.turns[: turn.index] if t.speaker is not Speaker.CUSTOMER]
    return not before or any(t.speaker is Speaker.AGENT for t in before)


def _opportunities(case: _Case) -> None:
    customer = case.by(Speaker.CUSTOMER)
    asks_why = any(turn.does("ask_why") for turn in customer)
    requests = any(turn.does("request", "cancellation_request") for turn in customer)
    complaint = "complaint" in case.tags
    refund = "refund_request" in case.tags
    escalation = "escalation_request" in case.tags
    open_to = case.opportunities
    if complaint:
        open_to |= {"no_apology", "apology", "apology_specific", "empathy", "responsibility_shift"}
    if complaint or escalation:
        open_to.add("escalation_offered")
    if escalation:
        open_to.add("escalation_refused")
    if complaint or refund:
        open_to.add("compensation")
    if refund or any(turn.does("compensation_request") for turn in customer):
        open_to.add("grudging_concession")
    if asks_why:
        open_to.add("no_explanation")
    if asks_why or complaint:
        open_to.add("explanation")
    if complaint or requests or refund or escalation:
        open_to |= {"concrete_next_step", "no_next_step"}
    answers = [t for t in case.by(Speaker.AGENT) if set(t.acts) - {"greeting", "identity_check"}]
    if len(answers) >= 2:
        open_to.add("scripted_reply")


def _first(case: _Case, tag_id: str) -> int:
    """Index of the turn in which a tag first shows; its evidence is never empty."""
    return min(place.turn for place in case.tags[tag_id].evidence)


def _apologies(case: _Case) -> None:
    if "complaint" not in case.tags:
        return
    since = _first(case, "complaint")
    agents = case.by(Speaker.AGENT, after=since)
    about_waiting = any(
        "기다" in turn.text or "늦" in turn.text or "지연" in turn.text or "답" in turn.text
        for turn in case.by(Speaker.CUSTOMER)
        if turn.does(*_COMPLAINTS)
    )
    kinds = ("apology", "wait_apology") if about_waiting else ("apology",)
    evidence = acts.evidence(agents, *kinds)
    if evidence:
        case.holds("apology", evidence)
        specific = [turn for turn in agents if turn.does(*kinds) and turn.does("apology_specific")]
        if specific:
            case.holds("apology_specific", acts.evidence(specific, "apology_specific"))
    else:
        called = [t for t in case.turns if t.index == since]
        case.holds(
            "no_apology", acts.evidence(called, *_COMPLAINTS), [turn.index for turn in agents]
        )
    empathy = acts.evidence(agents, "empathy")
    if empathy:
        case.holds("empathy", empathy)


def _escalation(case: _Case) -> None:
    if "escalation_request" not in case.tags:
        offered = acts.evidence(case.by(Speaker.AGENT), "escalation_offered")
        if offered and "complaint" in case.tags:
            case.holds("escalation_offered", offered)
        return
    since = _first(case, "escalation_request")
    following = [turn for turn in case.turns if turn.index > since]
    for turn in following:
        if turn.speaker is Speaker.CUSTOMER and turn.does("escalation_withdrawn"):
            return
        if turn.speaker is Speaker.AGENT:
            break
    agents = [turn for turn in following if turn.speaker is Speaker.AGENT]
    offered = acts.evidence(agents, "escalation_offered")
    refused = acts.evidence(agents, "escalation_refused")
    if offered:
        case.holds("escalation_offered", offered)
    elif refused:
        case.holds("escalation_refused", refused)
    else:
        case.holds(
            "escalation_refused",
            case.tags["escalation_request"].evidence,
            [turn.index for turn in agents],
        )


def _reasons(case: _Case) -> None:
    if "explanation" not in case.opportunities:
        return
    asked = [turn for turn in case.by(Speaker.CUSTOMER) if turn.does("ask_why")]
    starts = [turn.index for turn in asked]
    if "complaint" in case.tags:
        starts.append(_first(case, "complaint"))
    agents = case.by(Speaker.AGENT, after=min(starts))
    reasons = [turn for turn in agents if turn.does("explanation")]
    if reasons:
        case.holds("explanation", acts.evidence(reasons, "explanation"))
    elif asked:
        searched = [turn.index for turn in agents]
        case.holds("no_explanation", acts.evidence(asked[:1], "ask_why"), searched)


def _outcome(case: _Case) -> None:
    agents = case.by(Speaker.AGENT)
    granted = [turn for turn in agents if turn.does("grant")]
    if granted and "compensation" in case.opportunities:
        case.holds("compensation", acts.evidence(granted, "grant"))
    grudging = acts.evidence(agents, "grudging")
    if grudging and granted and "grudging_concession" in case.opportunities:
        case.holds("grudging_concession", grudging)
    if "concrete_next_step" not in case.opportunities:
        return
    solving = [turn for turn in agents if turn.does(*_SOLVING, "escalation_offered")]
    answering = [turn for turn in agents if turn.does("answer") and not turn.does("refusal")]
    calm = "complaint" not in case.tags or "satisfied_end" in case.tags
    if solving:
        case.holds("concrete_next_step", acts.evidence(solving, *_SOLVING, "escalation_offered"))
    elif answering and calm:
        case.holds("concrete_next_step", acts.evidence(answering, "answer"))
    else:
        called = [turn for turn in case.turns if turn.speaker is Speaker.CUSTOMER]
        wanting = [t for t in called if t.does(*_COMPLAINTS, "request", "refund_request")]
        turn = (wanting or called)[0]
        case.holds(
            "no_next_step",
            turn.evidence(*_COMPLAINTS, "request", "refund_request"),
            [turn.index for turn in agents],
        )


def _manner(case: _Case) -> None:
    agents = case.by(Speaker.AGENT)
    if "responsibility_shift" in case.opportunities:
        after = case.by(Speaker.AGENT, after=_first(case, "complaint"))
        shifting = [turn for turn in after if turn.does("shift")]
        owning = "apology_specific" in case.tags or (
            "concrete_next_step" in case.tags
            and "grudging_concession" not in case.tags
            and not any(turn.does("refusal") for turn in after)
        )
        if shifting and not owning:
            case.holds("responsibility_shift", acts.evidence(shifting, "shift"))
    if "scripted_reply" in case.opportunities:
        same = repetition.repeated(agents)
        if same:
            case.holds("scripted_reply", same)
    _closing(case, agents)


def _closing(case: _Case, agents: list[ReadTurn]) -> None:
    closing = next((turn for turn in reversed(agents) if turn.does("closing")), None)
    if closing is None or closing is not agents[-1]:
        return
    before = [turn for turn in case.by(Speaker.CUSTOMER) if turn.index < closing.index]
    content = [turn for turn in before if not turn.does("routine")] or before
    if not content:
        return
    negative = case.sentiment.get(content[-1].index) is Sentiment.NEG
    unresolved = "no_next_step" in case.tags
    if not (negative or unresolved):
        return
    case.opportunities.add("dismissive_closing")
    caring = closing.does("apology", "wait_apology", "empathy", "caring_closing", "grant", "action")
    if not caring:
        case.holds("dismissive_closing", closing.evidence("closing"))
