"""Answers and churn: the comparison, the pick, who was counted, and the conversations behind it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import parse_qs

import pytest

from analysis import codebook, comparing, findings, wording, wording_closer
from analysis.model import Scope
from analysis.stats.adjust import Adjusted
from analysis.stats.confounding import Turn
from analysis.stats.covariates import LeftOut
from analysis.stats.excess import Excess
from analysis.stats.rates import Estimate
from analysis.stats.selection import Refused
from analysis.stats.verdict import Verdict
from pages.parts import behaviour, cache, compare_table
from pages.parts.text import t
from tests.pages.reading import CHURN, CONVERSATIONS, links, matching, values

FIRST_ROW = {"selection": {"rows": [0], "columns": [], "cells": []}}
SECOND_ROW = {"selection": {"rows": [1], "columns": [], "cells": []}}


def test_every_behaviour_of_chats_stands_in_the_table(open_sample):
    table = open_sample(CHURN).dataframe[0].value
    assert set(table["name"]) >= {one.name for one in codebook.BEHAVIOURS.values()}
    assert set(table.columns) >= {"difference", "exposed", "unexposed", "q", "verdict"}


def test_too_few_cases_have_no_figures(open_sample):
    rows = open_sample(CHURN).dataframe[0].value
    few = rows[rows["verdict"].str.contains(t.VERDICT_TOO_FEW)]
    assert len(few) >= 1
    assert set(few["q"]) == {"–"}


def test_nothing_picked_asks_to_pick(open_sample):
    app = open_sample(CHURN)
    assert t.PICK_PROMPT in values(app.info)
    assert app.selectbox(key="behaviour").value is None


def test_picked_behaviour_is_said_with_interval(open_page, shown):
    app = open_page(CHURN)
    app.selectbox(key="behaviour").select("no_apology").run()
    comparison = next(
        row
        for row in findings.drivers(shown, Scope()).comparisons.rows
        if (row.behaviour_id, row.kind) == ("no_apology", "chat")
    )
    assert wording.sentence(comparison, horizon=60) in values(app.markdown)
    assert app.query_params["behaviour"] == "no_apology"


def test_link_opens_its_behaviour(open_sample):
    app = open_sample(CHURN, behaviour="no_apology", horizon="90", cancellation="True")
    assert app.selectbox(key="behaviour").value == "no_apology"
    assert app.button_group(key="horizon").value == 90
    assert app.toggle(key="cancellation").value is True
    assert t.FOREST_HEAD.format(days=90) in values(app.subheader)


def test_verdict_stands_above_the_figure(open_sample):
    app = open_sample(CHURN, behaviour="no_apology")
    heads = values(app.subheader)
    assert heads.index(codebook.name("no_apology")) < heads.index(t.FOREST_HEAD.format(days=60))


def test_figure_names_the_size_of_every_comparison(open_page, shown):
    (figure,) = [one for one in open_page(CHURN).get("plotly_chart") if one.proto.id][:1]
    for row in findings.drivers(shown, Scope()).clear:
        assert f"n={row.eligible}" in figure.proto.spec


def test_reviews_are_not_split_by_what_only_chats_are_split_by(open_sample, monkeypatch):
    monkeypatch.setattr(cache, "strata", None)
    app = open_sample(CHURN, behaviour="no_apology@review")
    assert t.STRATA_REVIEWS in values(app.info)
    assert any(text.endswith(f"{t.OPPORTUNITY_REVIEWS}.") for text in values(app.caption))
    assert not app.exception


def test_counts_of_the_picked_behaviour_add_up(open_page, shown):
    app = open_page(CHURN, behaviour="no_apology")
    row = next(
        one
        for one in findings.drivers(shown, Scope()).comparisons.rows
        if one.behaviour_id == "no_apology"
    )
    assert row.eligible == row.exposed.documents + row.unexposed.documents
    assert t.FLOW_SPLIT.format(
        eligible=row.eligible,
        exposed=row.exposed.documents,
        exposed_churned=row.exposed.churned,
        unexposed=row.unexposed.documents,
        unexposed_churned=row.unexposed.churned,
    ) in values(app.caption)


def test_row_of_the_table_opens_its_behaviour(open_page, shown):
    app = open_page(CHURN)
    app.session_state["table"] = FIRST_ROW
    app.run()
    first = findings.drivers(shown, Scope()).ranked[0].behaviour_id
    assert app.selectbox(key="behaviour").value == first


def test_list_can_be_used_after_a_pick_in_the_table(open_sample):
    app = open_sample(CHURN)
    app.session_state["table"] = FIRST_ROW
    app.run()
    app.selectbox(key="behaviour").select("empathy").run()
    assert app.selectbox(key="behaviour").value == "empathy"


def test_other_row_is_opened_after_the_list_was_used(open_page, shown):
    app = open_page(CHURN)
    app.session_state["table"] = FIRST_ROW
    app.run()
    app.selectbox(key="behaviour").select("empathy").run()
    app.session_state["table"] = SECOND_ROW
    app.run()
    second = findings.drivers(shown, Scope()).ranked[1].behaviour_id
    assert app.selectbox(key="behaviour").value == second


def test_without_outcomes_the_page_says_what_to_do(open_odd):
    app = open_odd(CHURN)
    assert values(app.info) == [t.CHURN_NO_OUTCOMES]
    assert links(app) == {t.NAV_UPLOAD: "upload?"}


@pytest.mark.parametrize("side", ["exposed", "unexposed"])
def test_link_to_all_examples_shows_as_many_as_were_counted(open_page, shown, side):
    app = open_page(CHURN, behaviour="no_apology", horizon="90", cancellation="True")
    app.button_group(key="examples").set_value(side).run()
    found = findings.drivers(shown, Scope(), horizon=90, include_cancellation=True)
    row = next(one for one in found.comparisons.rows if one.behaviour_id == "no_apology")
    address = parse_qs(links(app)[t.EXAMPLES_ALL].partition("?")[2])
    listed = open_page(CONVERSATIONS, **{key: given[0] for key, given in address.items()})
    counted = getattr(row, side).documents
    assert any(text.startswith(t.FOUND.format(total=counted)) for text in values(listed.caption))


def test_examples_are_conversations_with_the_behaviour(open_sample):
    app = open_sample(CHURN, behaviour="no_apology")
    assert any(matching(t.EXAMPLES_COUNT, text) for text in values(app.caption))
    examples = app.dataframe[-1].value
    assert all("사과 없음" in tags for tags in examples["tags"])


def test_figure_shows_both_differences_of_every_row_that_has_them(open_page, shown):
    figure = _traces(open_page(CHURN))
    for row in findings.drivers(shown, Scope()).ranked:
        if row.verdict is Verdict.TOO_FEW:
            continue
        points = {
            trace["marker"]["symbol"].endswith("-open"): x
            for trace in figure
            for x, own in zip(trace["x"], trace.get("customdata", []), strict=False)
            if tuple(own) == (row.behaviour_id, row.kind)
        }
        expected = {True: 100 * row.risk_difference.estimate}
        if isinstance(row.adjusted, Adjusted):
            expected[False] = 100 * row.adjusted.risk_difference.estimate
        assert points == pytest.approx(expected)


def test_table_gives_both_differences_or_says_why_not(open_page, shown):
    table = open_page(CHURN).dataframe[0].value.set_index("name")
    rows = [one for one in findings.drivers(shown, Scope()).ranked if one.kind == "chat"]
    for row in rows:
        line = table.loc[codebook.name(row.behaviour_id)]
        if isinstance(row.adjusted, Adjusted):
            assert line["adjusted"].startswith(
                f"{100 * row.adjusted.risk_difference.estimate:+.1f}"
            )
            assert line["covariates"].split(", ") == [
                wording_closer.covariate_name(name) for name in row.adjusted.covariates
            ]
        else:
            assert (line["adjusted"], line["note"]) == ("–", row.not_adjusted)
        assert (t.FRAGILE in line["verdict"]) is row.fragile


def test_what_was_held_alike_stands_beside_the_figure(open_sample):
    said = next(text for text in values(open_sample(CHURN).caption) if matching(t.ALIKE, text))
    assert "첫 답변 전 고객의 감정" in said


@pytest.mark.parametrize(
    ("other", "note"),
    [
        ({"adjusted": Refused("너무 적음")}, "너무 적음"),
        ({"risk_difference": Estimate(0.02, -0.1, 0.1)}, t.FRAGILE_TURNS),
        ({}, ""),
    ],
)
def test_note_of_a_row_says_what_its_reader_must_know(shown, other, note):
    row = _comparison(shown, "no_apology")
    firm = replace(
        row,
        risk_difference=Estimate(0.2, 0.1, 0.3),
        q=0.001,
        verdict=Verdict.HIGHER,
        adjusted=replace(row.adjusted, strongest=None),
    )
    assert compare_table.note(replace(firm, **other)) == note


def _traces(app):
    (figure,) = [one for one in app.get("plotly_chart") if one.proto.id][:1]
    return [one for one in json.loads(figure.proto.spec)["data"] if "x" in one]


def _comparison(store, name):
    rows = findings.drivers(store, Scope()).comparisons.rows
    return next(one for one in rows if (one.behaviour_id, one.kind) == (name, "chat"))


def _with_comparison(monkeypatch, store, name, **other):
    """Show the sample's figures, those of one behaviour replaced."""
    found = findings.drivers(store, Scope())
    rows = tuple(
        replace(one, **other) if (one.behaviour_id, one.kind) == (name, "chat") else one
        for one in found.comparisons.rows
    )
    changed = replace(found, comparisons=replace(found.comparisons, rows=rows))
    monkeypatch.setattr(cache, "drivers", lambda *_args, **_options: changed)


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict.HIGHER, "비슷한 상담끼리 비교하면 8.3%p 높았습니다 [3.9, 12.8] (n={n})."),
        (Verdict.LOWER, "비슷한 상담끼리 비교하면 8.3%p 낮았습니다 [3.9, 12.8] (n={n})."),
        (
            Verdict.UNCLEAR,
            "비슷한 상담끼리 비교하면 +8.3%p의 차이 [3.9, 12.8]로, 아직 분명하지 않습니다 (n={n}).",
        ),
    ],
)
def test_difference_like_with_like_is_said_with_interval_and_n(
    open_page, shown, monkeypatch, verdict, said
):
    row = _comparison(shown, "no_apology")
    adjusted = replace(row.adjusted, risk_difference=Estimate(0.083, 0.039, 0.128))
    _with_comparison(monkeypatch, shown, "no_apology", adjusted=adjusted, verdict=verdict)
    app = open_page(CHURN, behaviour="no_apology")
    assert said.format(n=row.eligible) in values(app.markdown)
    explained = [text for text in values(app.markdown) if matching(t.EXPLAIN_AWAY, text)]
    assert len(explained) == (verdict is not Verdict.UNCLEAR)


def test_what_was_held_alike_in_part_or_not_at_all_is_told_apart(open_page, shown, monkeypatch):
    adjusted = replace(
        _comparison(shown, "no_apology").adjusted,
        covariates=("topics",),
        left_out=(LeftOut("topics", "드뭅니다."), LeftOut("plan", "같습니다.")),
    )
    _with_comparison(monkeypatch, shown, "no_apology", adjusted=adjusted)
    captions = values(open_page(CHURN, behaviour="no_apology").caption)
    assert t.HELD_IN_PART.format(names="주제", reasons="드뭅니다.") in captions
    assert t.NOT_HELD_ALIKE.format(names="요금제", reasons="같습니다.") in captions


def test_verdict_says_why_like_was_not_compared_with_like(open_page, shown, monkeypatch):
    _with_comparison(monkeypatch, shown, "no_apology", adjusted=Refused("너무 적음"))
    app = open_page(CHURN, behaviour="no_apology")
    assert t.NOT_ALIKE_CHATS.format(why="너무 적음") in values(app.markdown)


@pytest.mark.parametrize(("whole", "said"), [(True, t.TURN_WHOLE), (False, t.TURN_STRATUM)])
def test_stratum_that_turns_is_a_warning(open_page, shown, monkeypatch, whole, said):
    within = Estimate(-0.1, -0.2, -0.05)
    turn = Turn("sentiment_before", "neg", Estimate(0.1, 0.05, 0.2), within, whole, 1234)
    _with_comparison(monkeypatch, shown, "no_apology", turn=turn)
    warned = said.format(
        covariate="첫 답변 전 고객의 감정",
        level="부정",
        signed="-10.0",
        low="-20.0",
        high="-5.0",
        n="1,234",
    )
    assert warned in values(open_page(CHURN, behaviour="no_apology").warning)


def test_too_few_says_how_many_more_are_needed(open_page, shown):
    row = next(
        one for one in findings.drivers(shown, Scope()).ranked if one.documents_needed is not None
    )
    app = open_page(CHURN, behaviour=behaviour.key(row))
    assert any(
        f"약 {row.documents_needed:,}건이 더 필요합니다" in one for one in values(app.markdown)
    )


@pytest.mark.parametrize("many", [0, 1_000_000])
def test_reasons_are_in_the_language_of_each_reader(open_page, shown, monkeypatch, many):
    monkeypatch.setattr(comparing, "_MANY", many)
    row = _comparison(shown, "no_apology")
    assert row.adjusted.left_out
    open_page(CHURN, behaviour="no_apology", lang="ko")
    app = open_page(CHURN, behaviour="no_apology", lang="en")
    (said,) = [text for text in values(app.caption) if text.startswith("Not held alike: ")]
    assert not re.search("[가-힣]", said)


def test_course_in_time_is_computed_only_when_asked_for(open_sample, monkeypatch):
    monkeypatch.setattr(cache, "closer", None)
    app = open_sample(CHURN, behaviour="no_apology")
    assert not app.exception
    assert app.toggle(key="time").value is False


def test_course_in_time_has_curves_risk_table_and_ratio(open_page, shown):
    app = open_page(CHURN, behaviour="no_apology")
    app.toggle(key="time").set_value(True).run()
    found = findings.closer(shown, Scope(), "no_apology")
    exposed, unexposed = found.survival.exposed, found.survival.unexposed
    lines = {
        one["name"]: one["y"]
        for figure in app.get("plotly_chart")
        for one in json.loads(figure.proto.spec)["data"]
        if one.get("line", {}).get("shape") == "hv" and "name" in one
    }
    assert lines.keys() == {
        f"{t.FLOW_EXPOSED} n={exposed.documents}",
        f"{t.FLOW_UNEXPOSED} n={unexposed.documents}",
    }
    (table,) = [one.value for one in app.dataframe if t.TIME_EXPOSED_AT_RISK in one.value]
    assert list(table[t.TIME_EXPOSED_AT_RISK]) == [one.documents for one in exposed.at_risk]
    assert list(table[t.TIME_UNEXPOSED_LEFT]) == [one.churned for one in unexposed.at_risk]
    ratio = found.hazard.ratio
    assert t.HAZARD_ALIKE.format(
        ratio=f"{ratio.estimate:.2f}",
        low=f"{ratio.low:.2f}",
        high=f"{ratio.high:.2f}",
        n=exposed.documents + unexposed.documents,
    ) in values(app.markdown)
    assert set(wording_closer.closer(found)) <= set(values(app.caption))


def test_too_few_cases_have_no_course_in_time(open_page, shown):
    row = next(
        one for one in findings.drivers(shown, Scope()).ranked if one.documents_needed is not None
    )
    app = open_page(CHURN, behaviour=behaviour.key(row))
    assert "time" not in [one.key for one in app.toggle]


@pytest.mark.parametrize(
    ("verdict", "sign", "said"),
    [(Verdict.HIGHER, 1, t.WEIGHT_FEWER), (Verdict.LOWER, -1, t.WEIGHT_MORE)],
)
def test_weight_of_a_clear_difference_is_said_with_its_condition(
    open_page, shown, monkeypatch, verdict, sign, said
):
    limits = sorted([sign * 4, sign * 12])
    excess = Excess(
        Estimate(sign * 48, *(6 * one for one in limits)),
        Estimate(sign * 8, *limits),
        Estimate(sign * 240_000, *(30_000 * one for one in limits)),
        "KRW",
        6.0,
    )
    _with_comparison(monkeypatch, shown, "no_apology", excess=excess, verdict=verdict)
    texts = values(open_page(CHURN, behaviour="no_apology").markdown)
    n = _comparison(shown, "no_apology").exposed.documents
    assert said.format(amount="8.0", low="4.0", high="12.0", n=n, months="6.0") in texts
    assert "이 문서들이 비슷한 문서처럼 흘렀고 이 연관이 전부라면" in said
    money = t.WEIGHT_MONEY.format(amount="240,000", low="120,000", high="360,000", currency="KRW")
    assert money in texts


def test_unclear_difference_has_no_weight(open_page, shown, monkeypatch):
    _with_comparison(monkeypatch, shown, "no_apology", verdict=Verdict.UNCLEAR)
    assert f"**{t.WEIGHT_HEAD}**" not in values(open_page(CHURN, behaviour="no_apology").markdown)
