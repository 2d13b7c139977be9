"""The product's vocabulary: the ids of every tag, their groups, names and opportunities.

Ids and rules are those of the codebook in docs/codebook.md; the order here is the order on pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.messages import mark as _

TOPICS: dict[str, str] = {
    "unexpected_charge": _("예상 못 한 결제"),
    "refund": _("환불"),
    "trial_promo": _("체험·프로모션"),
    "cancellation": _("해지·취소"),
    "account_login": _("계정·로그인"),
    "delivery": _("배송"),
    "product_quality": _("상품 품질"),
    "repair_exchange": _("수리·교환"),
    "technical_issue": _("기술 장애"),
    "price_policy": _("요금·정책"),
    "missing_notice": _("안내 누락"),
    "agent_conduct": _("상담 태도"),
    "wait_time": _("대기 시간"),
    "privacy_security": _("개인정보·보안"),
    "other": _("기타"),
}


@dataclass(frozen=True, slots=True)
class Signal:
    """What a customer says or does: its name and what it means."""

    id: str
    name: str
    meaning: str


SIGNALS: dict[str, Signal] = {
    signal.id: signal
    for signal in (
        Signal("complaint", _("불만"), _("회사, 상품, 결제, 배송, 응대가 잘못됐다고 말함")),
        Signal("escalation_request", _("상급자 요청"), _("권한이 더 있는 사람이나 윗선을 찾음")),
        Signal("refund_request", _("환불 요청"), _("돈을 돌려 달라거나 청구를 없애 달라고 함")),
        Signal(
            "churn_intent", _("이탈 의사 표명"), _("불만 때문에 떠나겠다, 다시는 안 쓰겠다고 말함")
        ),
        Signal(
            "public_threat", _("외부 신고 예고"), _("소비자원, 언론, 후기 등 밖에 알리겠다고 말함")
        ),
        Signal("repeat_contact", _("반복 문의"), _("같은 일로 전에도 연락했다고 말함")),
        Signal("broken_promise", _("약속 불이행"), _("회사가 하겠다고 한 일을 하지 않았다고 말함")),
        Signal("satisfied_end", _("만족하며 종료"), _("결과에 만족하거나 고마워하며 끝냄")),
    )
}


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What an agent does or leaves out: its name, what it means, and whether it harms."""

    id: str
    name: str
    meaning: str
    opportunity: str
    harmful: bool


BEHAVIOURS: dict[str, Behaviour] = {
    behaviour.id: behaviour
    for behaviour in (
        Behaviour(
            "no_apology",
            _("사과 없음"),
            _("불만이 나온 뒤 상담사가 한 번도 사과하지 않음"),
            _("고객이 불만을 말한 상담"),
            True,
        ),
        Behaviour(
            "escalation_refused",
            _("상급자 연결 거부"),
            _("책임자를 찾는 고객을 거절하거나 못 들은 척 넘김"),
            _("고객이 상급자를 요청한 상담"),
            True,
        ),
        Behaviour(
            "responsibility_shift",
            _("책임 전가"),
            _("원인을 시스템·규정·다른 업체·고객에게 돌리고 그침"),
            _("고객이 불만을 말한 상담"),
            True,
        ),
        Behaviour(
            "scripted_reply",
            _("복붙 답변"),
            _("같은 답을 되풀이하거나 물은 것을 비껴가는 정형 답변"),
            _("상담사가 두 번 이상 답한 상담"),
            True,
        ),
        Behaviour(
            "dismissive_closing",
            _("무심한 마무리"),
            _("불만이 남았는데 의례적인 인사로 끝냄"),
            _("불만이나 미해결로 끝나 가는 상담"),
            True,
        ),
        Behaviour(
            "grudging_concession",
            _("생색내는 양보"),
            _("'원래 안 되지만 이번만'이라며 베풀듯 들어줌"),
            _("고객이 환불이나 보상을 요구한 상담"),
            True,
        ),
        Behaviour(
            "no_explanation",
            _("설명 없음"),
            _("왜 그런지 물었는데 구체적인 이유를 말하지 않음"),
            _("고객이 이유를 물은 상담"),
            True,
        ),
        Behaviour(
            "no_next_step",
            _("다음 조치 없음"),
            _("해결도, 조치도, 언제 무엇을 한다는 말도 없이 끝남"),
            _("고객이 불만이나 요청을 말한 상담"),
            True,
        ),
        Behaviour(
            "apology",
            _("사과"),
            _("불만이나 불편에 대해 사과함"),
            _("고객이 불만을 말한 상담"),
            False,
        ),
        Behaviour(
            "apology_specific",
            _("구체적 사과"),
            _("무엇이 잘못됐는지 짚거나 책임을 인정하며 사과함"),
            _("고객이 불만을 말한 상담"),
            False,
        ),
        Behaviour(
            "empathy",
            _("공감"),
            _("고객의 감정이나 처지를 말로 알아줌"),
            _("고객이 불만을 말한 상담"),
            False,
        ),
        Behaviour(
            "escalation_offered",
            _("상급자·담당팀 연결"),
            _("상급자나 담당 부서에 넘기거나 연락하게 함"),
            _("고객이 불만을 말했거나 상급자를 요청한 상담"),
            False,
        ),
        Behaviour(
            "explanation",
            _("설명"),
            _("무슨 일이 왜 있었는지 구체적으로 설명함"),
            _("고객이 이유를 묻거나 불만을 말한 상담"),
            False,
        ),
        Behaviour(
            "compensation",
            _("환불·보상"),
            _("돈, 쿠폰, 교환품, 수수료 면제 등을 내줌"),
            _("고객이 불만을 말했거나 환불을 요구한 상담"),
            False,
        ),
        Behaviour(
            "concrete_next_step",
            _("구체적 다음 조치"),
            _("누가 언제 무엇을 할지 말하거나 그 자리에서 해결함"),
            _("고객이 불만이나 요청을 말한 상담"),
            False,
        ),
    )
}

# Behaviours of which exactly one holds where there is an opportunity.
CONTRARIES: dict[str, str] = {
    "no_apology": "apology",
    "apology": "no_apology",
    "no_next_step": "concrete_next_step",
    "concrete_next_step": "no_next_step",
}

# Behaviours that are searched for in vain: they show in the customer's turn that called for them.
ABSENCES = ("no_apology", "no_explanation", "no_next_step")

SENTIMENTS: dict[str, str] = {"neg": _("부정"), "neu": _("중립"), "pos": _("긍정")}

# Every tag id, in the order of the columns of the stored documents.
ALL_TAGS: tuple[str, ...] = (*TOPICS, *SIGNALS, *BEHAVIOURS)

# Beginning of the ids of rules of the house, which stand beside the codebook (tagging/house.py).
HOUSE = "house_"


def is_house(tag_id: object) -> bool:
    """Whether a value is the id of a rule of the house: six hex digits after its beginning."""
    return isinstance(tag_id, str) and bool(re.fullmatch(f"{HOUSE}[0-9a-f]{{6}}", tag_id))


def name(tag_id: str) -> str:
    """The Korean source name of a tag; show it through `messages.gettext`.

    Raises KeyError for an id that is not in the codebook.
    """
    if tag_id in TOPICS:
        return TOPICS[tag_id]
    return (BEHAVIOURS.get(tag_id) or SIGNALS[tag_id]).name


def group(tag_id: str) -> str:
    """Which group a tag belongs to: "topics", "customer", "agent", or "house" for a rule's id."""
    if is_house(tag_id):
        return "house"
    return "topics" if tag_id in TOPICS else "customer" if tag_id in SIGNALS else "agent"
