"""The form of a rule of the house, and what it does to the loaded conversations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from analysis import codebook, rules
from analysis.errors import AnalysisError, BadRule
from analysis.rules import Rule, Sample
from analysis.store.conversations import StoredTurn
from pages.parts import address, cache, chat, checking, frame
from pages.parts.frame import tag_name
from pages.parts.text import t

BROWSE_PAGE = "pages/conversations/browse.py"
_NEW = "new"


def choose() -> str:
    """The rule to be changed; a new one has an id from the start, so that it can be checked."""
    own = cache.own_rules()
    # Those that are applied first.
    ids = [rule.id for rule in sorted(own.rules, key=lambda rule: rule.retired)]
    address.take("rule", [_NEW, *ids])
    chosen = st.selectbox(t.RULE_CHOOSE, [_NEW, *ids], format_func=_name, key="rule", width=420)
    address.keep("rule", default=_NEW)
    if chosen != _NEW:
        return chosen
    return st.session_state.setdefault("rule_draft", rules.new_id())


def draft(name: str, phrases: Sequence[str]) -> None:
    """Let the form begin with a new topic: of that name, said by customers in these phrases."""
    rule_id = rules.new_id()
    st.session_state["rule_draft"] = rule_id
    st.session_state["rule"] = _NEW
    _kept("name", rule_id, name)
    _kept("contains", rule_id, "\n".join(phrases))


def form(rule_id: str) -> Rule | None:
    """The fields of a rule with its buttons; gives the rule, or None where it is unusable."""
    saved = cache.own_rules().rule(rule_id)
    given = _fields(rule_id, saved)
    rule, problem = None, None
    if any(one.strip() for one in given["contains"]):
        try:
            named = {**given, "name": given["name"].strip() or t.RULE_UNNAMED}
            rule = rules.read_rule({**named, "id": rule_id}, t.RULE_NEW)
        except BadRule as found:
            problem = found.reason
    if problem:
        st.warning(problem, icon=":material/report:")
    if rule and saved:
        rule = replace(rule, retired=saved.retired)
    with st.container(horizontal=True):
        st.button(
            t.RULE_SAVE,
            type="primary",
            icon=":material/save:",
            key="save_rule",
            disabled=rule is None or not given["name"].strip() or rule == saved,
            on_click=_save,
            args=(rule,),
        )
        if saved:
            st.button(
                t.RULE_RESTORE if saved.retired else t.RULE_RETIRE,
                key="retire_rule",
                on_click=_save,
                args=(replace(saved, retired=not saved.retired),),
            )
    return rule


def preview(rule: Rule | None) -> None:
    """How many documents hold the rule, what changes against the saved one, and some of them."""
    if rule is None:
        st.info(t.RULE_START, icon=":material/manage_search:")
        return
    if cache.version() == "":
        st.info(t.RULE_NO_DATA, icon=":material/inbox:")
        return
    saved = cache.own_rules().rule(rule.id)
    found = cache.preview(rule, saved)
    told, right = rules.checked(frame.store(), rule.id, found)
    with st.container(horizontal=True):
        _figure(
            t.RULE_MATCHED,
            f"{found.matched:,}",
            t.RULE_SHARE.format(share=f"{found.share or 0:.1%}", n=f"{found.documents:,}"),
        )
        if saved:
            _figure(t.RULE_GAINED, f"{found.gained:,}", t.RULE_AGAINST)
            _figure(t.RULE_LOST, f"{found.lost:,}", t.RULE_AGAINST)
        share = f"{right / told:.1%}" if told else "–"
        _figure(t.RULE_CHECKED, share, t.KPI_OF.format(n=f"{told:,}"))
    counts = {"matched": found.matched, "gained": found.gained, "lost": found.lost}
    names = {"matched": t.RULE_MATCHED, "gained": t.RULE_GAINED, "lost": t.RULE_LOST}
    lists = [key for key, count in counts.items() if count]
    if not lists:
        st.info(t.RULE_LIST_EMPTY, icon=":material/search_off:")
        return
    # A list that has become empty must not stay chosen.
    if st.session_state.get("rule_list") not in lists:
        st.session_state["rule_list"] = lists[0]
    shown = st.segmented_control(
        t.RULE_LIST,
        lists,
        format_func=lambda key: f"{names[key]} {counts[key]:,}",
        required=True,
        key="rule_list",
    )
    samples = found.samples[shown]
    st.caption(t.RULE_LIST_NOTE.format(total=f"{counts[shown]:,}", shown=len(samples)))
    name = checking.reviewer()
    for sample in samples:
        _sample(rule, sample, name)


def report() -> None:
    """Say that a rule was saved, or why it could not be."""
    if st.session_state.pop("rule_saved", False):
        st.toast(t.RULE_SAVED, icon=":material/check:")
    problem = st.session_state.pop("rule_problem", None)
    if problem is not None:
        st.warning(str(problem), icon=":material/report:")


def _fields(rule_id: str, saved: Rule | None) -> dict[str, object]:
    start = rules.rule_json(saved) if saved else {}
    before = start.get("after") or {}
    name = st.text_input(
        t.RULE_NAME,
        key=_kept("name", rule_id, start.get("name", "")),
        max_chars=rules.LONGEST_NAME,
        placeholder=t.RULE_NAME_EXAMPLE,
    )
    groups = {"topics": t.DOC_TOPICS, "customer": t.DOC_SIGNALS, "agent": t.DOC_AGENT}
    group = st.segmented_control(
        t.RULE_GROUP,
        list(rules.GROUPS),
        format_func=groups.get,
        required=True,
        key=_kept("group", rule_id, start.get("group", "topics")),
    )
    speakers = {
        "customer": t.SPEAKER_CUSTOMER,
        "agent": t.SPEAKER_AGENT,
        "anyone": t.RULE_ANYONE,
    }
    speaker = st.segmented_control(
        t.RULE_SPEAKER,
        list(rules.SPEAKERS),
        format_func=speakers.get,
        required=True,
        key=_kept("speaker", rule_id, start.get("speaker", "customer")),
    )
    contains = _lines(
        t.RULE_CONTAINS, "contains", rule_id, start.get("contains"), t.RULE_CONTAINS_HELP
    )
    without = _lines(t.RULE_WITHOUT, "without", rule_id, start.get("without"), t.RULE_WITHOUT_HELP)
    with st.expander(t.RULE_AFTER, expanded=bool(before)):
        after = _lines(t.RULE_AFTER, "after", rule_id, before.get("contains"), t.RULE_AFTER_HELP)
        tag = st.selectbox(
            t.RULE_AFTER_TAG,
            [*codebook.SIGNALS, *codebook.BEHAVIOURS, *codebook.TOPICS],
            index=None,
            format_func=tag_name,
            placeholder=t.COL_TAG,
            key=_kept("tag", rule_id, before.get("tag")),
        )
    as_regex = st.checkbox(
        t.RULE_REGEX,
        help=t.RULE_REGEX_HELP,
        key=_kept("regex", rule_id, start.get("regex", False)),
    )
    # A page change empties the fields: what they hold lives beside them.
    kept = st.session_state["rule_kept"]
    kept |= {key: st.session_state[key] for key in kept if key in st.session_state}
    return {
        "name": name,
        "group": group,
        "speaker": speaker,
        "contains": contains,
        "without": without,
        "after": {"contains": after, "tag": tag} if any(after) or tag else None,
        "regex": as_regex,
    }


def _lines(label: str, field: str, rule_id: str, start: object, help: str) -> list[str]:
    text = st.text_area(
        label,
        key=_kept(field, rule_id, "\n".join(start or ())),
        help=help,
        height=110 if field == "contains" else 80,
    )
    return (text or "").splitlines()


def _kept(field: str, rule_id: str, start: object) -> str:
    """The key of a field, which begins with what was kept of it or else with `start`."""
    key = f"rule_{field}_{rule_id}"
    kept = st.session_state.setdefault("rule_kept", {}).setdefault(key, start)
    st.session_state.setdefault(key, kept)
    return key


def _sample(rule: Rule, sample: Sample, name: str) -> None:
    document_id, kind = sample.document_id, sample.kind
    spans: dict[int, list[tuple[str, int, int]]] = {}
    for place in sample.evidence:
        spans.setdefault(place.turn, []).append((rule.id, place.start, place.end))
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            query = {"doc": document_id} if kind == "chat" else {"doc": document_id, "of": kind}
            st.page_link(BROWSE_PAGE, label=document_id, query_params=query, width="stretch")
            given = cache.checks(document_id, kind)
            words = (t.CHECK_RIGHT, t.CHECK_WRONG)
            checking.verdict(document_id, kind, rule.id, given, name, words)
        turns = [
            StoredTurn(one.turn, one.speaker, one.text, None, None, tuple(spans[one.turn]))
            for one in sample.turns
        ]
        chat.show_turns(kind, turns, {rule.id})


def _figure(label: str, value: str, note: str) -> None:
    st.metric(label, value, delta=note, delta_color="off", delta_arrow="off", border=True)


def _name(rule_id: str) -> str:
    if rule_id == _NEW:
        return t.RULE_NEW
    rule = cache.own_rules().rule(rule_id)
    if rule is None:
        return rule_id
    return t.RULE_RETIRED.format(name=rule.name) if rule.retired else rule.name


def _save(rule: Rule) -> None:
    try:
        rules.put(frame.store(), rule)
    except AnalysisError as problem:
        st.session_state["rule_problem"] = problem
        return
    st.session_state["rule_saved"] = True
    st.session_state["rule"] = rule.id
    if st.session_state.get("rule_draft") == rule.id:
        del st.session_state["rule_draft"]
