"""What agents say again and again: joins the store, the counting, and what people approved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.errors import BadSetting
from analysis.messages import gettext as _
from analysis.messages import mark
from analysis.model import Scope
from analysis.repeats.families import Family, Repeats, repeats
from analysis.store import spoken
from analysis.store.macros import Mark

LEAST = 5

ACT_NAMES = {
    "greeting": mark("인사"),
    "identity_check": mark("본인·정보 확인"),
    "closing": mark("마무리 인사"),
    None: mark("상담 내용"),
}
MARK_NAMES = {Mark.MACRO: mark("승인 매크로"), Mark.REQUIRED: mark("필수 문구")}


def scripts(path: Path, scope: Scope, *, least: int = LEAST) -> Repeats:
    """Sentences that the agents of a scope sent `least` times or more, the most frequent first.

    Raises BadSetting where `least` is below 2: a sentence sent once is no script.
    """
    if least < 2:
        raise BadSetting("least", str(least), _("2 이상의 정수를 넣어 주세요."))
    return spoken.agent_turns(path, scope, lambda turns: repeats(turns, least=least))


def mark_of(family: Family, marks: Mapping[str, Mark]) -> Mark | None:
    """The mark of a family, by that of its most frequent marked wording."""
    return next((marks[one.id] for one in family.wordings if one.id in marks), None)


def scripts_json(found: Repeats, marks: Mapping[str, Mark]) -> dict[str, Any]:
    """Every family as plain values for `scripts --json`: counts, and shares between 0 and 1."""
    return {
        "least": found.least,
        "sentences": found.sentences,
        "conversations": found.conversations,
        "agents": found.agents,
        "given_up": found.given_up,
        "families": [_family_json(found, family, marks) for family in found.families],
    }


def sentence(found: Repeats, family: Family, marks: Mapping[str, Mark]) -> str:
    """One family in a line: how often, where, by how many, what it is, and its wording."""
    held = mark_of(family, marks)
    kind = _(ACT_NAMES[family.act]) + (f" · {_(MARK_NAMES[held])}" if held else "")
    return _(
        "{n}번 ({share:.2%}) · 대화 {conversations}건 · 상담사 {agents}명 · {kind} · {id}: {text}"
    ).format(
        n=f"{family.n:,}",
        share=family.n / found.sentences,
        conversations=f"{family.conversations:,}",
        agents=f"{len(family.agents):,}",
        kind=kind,
        id=family.id,
        text=family.text.replace("\n", " "),
    )


def _family_json(found: Repeats, family: Family, marks: Mapping[str, Mark]) -> dict[str, Any]:
    return {
        "id": family.id,
        "act": family.act,
        "mark": mark_of(family, marks),
        "text": family.text,
        "n": family.n,
        "share": family.n / found.sentences,
        "conversations": family.conversations,
        "agents": [one._asdict() for one in family.agents],
        "topics": [one._asdict() for one in family.topics],
        "wordings": [{"id": one.id, "text": one.text, "n": one.n} for one in family.wordings],
        "examples": [one._asdict() for one in family.examples],
    }
