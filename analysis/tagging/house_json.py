"""Rules of the house as plain values (JSON): read with every mistake named, and written."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

import regex

from analysis import codebook
from analysis.errors import BadRule
from analysis.messages import gettext as _
from analysis.tagging.house import (
    GROUPS,
    PATIENCE,
    SPEAKERS,
    After,
    Rule,
    RuleSet,
    new_id,
    too_slow,
)

LONGEST_NAME, LONGEST_PHRASE, MOST_PHRASES, MOST_RULES = 60, 200, 50, 300

# Length of the texts on which an expression that tries everything runs out of time.
_PROBE = 60


def read(value: object, where: str) -> RuleSet:
    """The rules of an object that was read from JSON: {"version": n, "rules": [...]}.

    Raises BadRule, with `where` and the rule's place or name, where anything in it is wrong.
    """
    if not isinstance(value, dict) or not isinstance(value.get("rules"), list):
        raise BadRule(where, _('{"rules": [...]} 모양의 객체가 아닙니다.'))
    listed = value["rules"]
    if len(listed) > MOST_RULES:
        raise BadRule(where, _("규칙은 {n}개까지입니다.").format(n=MOST_RULES))
    rules = tuple(read_rule(one, f"{where} #{at}") for at, one in enumerate(listed, start=1))
    ids = [rule.id for rule in rules]
    if len(set(ids)) < len(ids):
        raise BadRule(where, _("같은 id의 규칙이 둘 있습니다."))
    version = value.get("version", 0)
    if not isinstance(version, int) or version < 0:
        raise BadRule(where, _("version은 0 이상의 정수여야 합니다."))
    return RuleSet(version, rules)


def read_rule(value: object, where: str) -> Rule:
    """One rule of an object as `as_json` gives it; one without an id gets a new one.

    Raises BadRule where anything in it is wrong.
    """
    if not isinstance(value, dict):
        raise BadRule(where, _("규칙이 객체가 아닙니다."))
    name = _plain(value.get("name"))
    where = f"{where} {name}".rstrip()
    unknown = sorted(set(map(str, value)) - {field.name for field in fields(Rule)})
    if unknown:
        raise BadRule(where, _("모르는 항목: {fields}.").format(fields=", ".join(unknown)))
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadRule(where, _("이름은 1자에서 {n}자까지입니다.").format(n=LONGEST_NAME))
    rule_id = value.get("id") or new_id()
    if not codebook.is_house(rule_id):
        raise BadRule(where, _("id는 house_와 16진수 여섯 자리여야 합니다."))
    as_regex, retired = value.get("regex", False), value.get("retired", False)
    if not isinstance(as_regex, bool) or not isinstance(retired, bool):
        raise BadRule(where, _("regex와 retired는 true나 false여야 합니다."))
    rule = Rule(
        id=rule_id,
        name=name,
        group=_one_of(value.get("group"), GROUPS, "group", where),
        contains=_phrases(value.get("contains"), as_regex, where),
        without=_phrases(value.get("without"), as_regex, where),
        speaker=_one_of(value.get("speaker", "anyone"), SPEAKERS, "speaker", where),
        after=_after(value.get("after"), as_regex, where),
        regex=as_regex,
        retired=retired,
    )
    if not rule.contains:
        raise BadRule(where, _("찾을 말을 하나 이상 적어 주세요."))
    return rule


def as_json(rules: RuleSet) -> dict[str, Any]:
    """The rules as plain values, as `read` takes them."""
    return {"version": rules.version, "rules": [rule_json(rule) for rule in rules.rules]}


def rule_json(rule: Rule) -> dict[str, Any]:
    """One rule as plain values, as `read_rule` takes them."""
    return asdict(rule)


def _plain(value: object) -> str:
    if not isinstance(value, str):
        return ""
    return " ".join(unicodedata.normalize("NFC", value).split())


def _one_of(value: object, options: Sequence[str], name: str, where: str) -> str:
    if value not in options:
        raise BadRule(
            where,
            _("{field}은(는) 다음 중 하나여야 합니다: {options}.").format(
                field=name, options=", ".join(options)
            ),
        )
    return str(value)


def _phrases(value: object, as_regex: bool, where: str) -> tuple[str, ...]:
    listed = [] if value is None else value
    if not isinstance(listed, (list, tuple)) or not all(isinstance(one, str) for one in listed):
        raise BadRule(where, _("찾을 말은 글의 목록이어야 합니다."))
    # White space matters in a regular expression.
    phrases = [unicodedata.normalize("NFC", one) if as_regex else _plain(one) for one in listed]
    kept = tuple(dict.fromkeys(one for one in phrases if one.strip()))
    if len(kept) > MOST_PHRASES or any(len(one) > LONGEST_PHRASE for one in kept):
        raise BadRule(
            where,
            _("말은 {n}개까지, 하나에 {length}자까지입니다.").format(
                n=MOST_PHRASES, length=LONGEST_PHRASE
            ),
        )
    if as_regex:
        for one in kept:
            _prove(one, where)
    return kept


def _after(value: object, as_regex: bool, where: str) -> After | None:
    if value is None:
        return None
    if not isinstance(value, dict) or set(value) - {"contains", "tag"}:
        raise BadRule(where, _("after에는 contains와 tag만 둘 수 있습니다."))
    tag = value.get("tag")
    if tag is not None and tag not in codebook.ALL_TAGS:
        raise BadRule(where, _("after의 tag가 코드북에 없습니다."))
    contains = _phrases(value.get("contains"), as_regex, where)
    return After(contains, tag) if contains or tag else None


def _prove(pattern: str, where: str) -> None:
    """Refuse an expression that does not compile, matches nothing at all, or tries too long."""
    try:
        compiled = regex.compile(pattern, regex.IGNORECASE)
    except (regex.error, OverflowError, RecursionError) as problem:
        raise BadRule(
            where,
            _("정규식이 아닙니다: {pattern} ({problem}).").format(pattern=pattern, problem=problem),
        ) from None
    own = "".join(dict.fromkeys(one for one in pattern if one.isalnum()))
    repeated = [*dict.fromkeys(f"a가1 {own}"), own] if own else [*"a가1 "]
    probes = [piece * (_PROBE // len(piece) + 1) + "!" for piece in repeated]
    try:
        if compiled.search("") is not None:
            raise BadRule(
                where, _("빈 글에도 맞는 정규식입니다: {pattern}.").format(pattern=pattern)
            )
        for probe in probes:
            compiled.search(probe, timeout=PATIENCE)
    except TimeoutError:
        raise BadRule(where, too_slow()) from None
