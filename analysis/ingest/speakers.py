"""Who speaks in a row: the usual words for customer, agent, bot and system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from analysis.model import Speaker

_WORDS: dict[Speaker, str] = {
    Speaker.CUSTOMER: (
        "customer, 고객, 고객님, 손님, 회원, 회원님, 사용자, 이용자, 유저, 문의자, 문의고객, "
        "소비자, 구매자, 가입자, 방문자, 게스트, 환자, 승객, 내담자, user, enduser, visitor, "
        "client, consumer, buyer, guest, member, contact, lead, requester, caller, subscriber, "
        "shopper, inbound, incoming, cust, 질문"
    ),
    Speaker.AGENT: (
        "agent, 상담사, 상담사님, 상담원, 상담원님, 상담직원, 상담자, 상담, 매니저, 담당자, "
        "담당, 직원, 운영자, 관리자, 점원, 판매자, 셀러, 상담매니저, 고객센터, 고객센터상담원, "
        "응대자, 답변자, manager, operator, admin, administrator, staff, representative, rep, "
        "csr, advisor, adviser, consultant, assignee, employee, support, supportagent, "
        "humanagent, human, seller, supervisor, teammate, outbound, outgoing, cs, 답변"
    ),
    Speaker.BOT: (
        "bot, 챗봇, 봇, 상담봇, 로봇, 인공지능, 가상상담사, ai상담사, ai상담원, 자동응답, "
        "자동답변, 자동메시지, 자동안내, chatbot, robot, alf, ai, aiagent, assistant, "
        "virtualassistant, virtualagent, auto, autoreply, autoresponder, automation, custombot, "
        "supportbot, workflow, fin, ars, ivr"
    ),
    Speaker.SYSTEM: (
        "system, 시스템, 시스템메시지, 시스템안내, 알림, 공지, 이벤트, 로그, sys, notice, "
        "notification, event, log, info, systemmessage, trigger"
    ),
}

_BRACKETED = re.compile(r"[(\[<{][^)\]>}]*[)\]>}]")
_PUNCTUATION = re.compile(r"[\s_\-.:/#*()\[\]<>{}]+")
_NUMBERED = re.compile(r"[0-9]+$|(?<=.)님$")


def of(
    word: str,
    *,
    agents: Collection[str] = (),
    customer_id: str = "",
    agent_id: str = "",
) -> Speaker | None:
    """The speaker that a cell names, or None where it is no word for one.

    A name or id in `agents` (compared without case and outer spaces) is an agent. Where `agents`
    are given the cells hold names: one that is neither an agent nor a known word is a customer. A
    cell that repeats the row's customer or agent id is that person.
    """
    plain = _fold(word)
    if not plain:
        return None
    if plain in {_fold(agent) for agent in agents}:
        return Speaker.AGENT
    known = _known(plain)
    if known is not None:
        return known
    if agent_id and plain == _fold(agent_id):
        return Speaker.AGENT
    if agents or (customer_id and plain == _fold(customer_id)):
        return Speaker.CUSTOMER
    return None


def _known(plain: str) -> Speaker | None:
    # "상담원(2팀)", "[챗봇] 도우미" and "agent_12" name the role in one part of the cell.
    inside = _BRACKETED.search(plain)
    candidates = (plain, _BRACKETED.sub("", plain), inside[0] if inside else "")
    for candidate in candidates:
        bare = _PUNCTUATION.sub("", candidate)
        speaker = _SPEAKERS.get(bare) or _SPEAKERS.get(_NUMBERED.sub("", bare))
        if speaker is not None:
            return speaker
    return None


def _fold(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().strip()


_SPEAKERS = {
    word.strip(): speaker for speaker, words in _WORDS.items() for word in words.split(",")
}
