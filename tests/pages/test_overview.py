"""The overview: key figures with n, the clearest findings with interval, changes, trend."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from analysis import codebook, findings, wording
from analysis.model import Scope
from pages.parts import bars, cache, charts
from pages.parts.text import t
from tests.pages.reading import OVERVIEW, links, matching, said, values


def test_key_figures_stand_with_n(open_sample):
    metrics = open_sample(OVERVIEW).metric
    assert [metric.label for metric in metrics] == [
        t.KPI_DOCUMENTS,
        t.KPI_COMPLAINTS,
        t.KPI_NEGATIVE,
        t.KPI_KNOWN,
    ]
    documents = metrics[0].value
    sizes = [metric.proto.delta_description for metric in metrics[1:]]
    assert sizes[:2] == [t.KPI_OF.format(n=documents)] * 2
    assert re.fullmatch(r"n=\d+", sizes[2])


def test_key_figures_lie_within_their_interval(open_sample):
    for metric in open_sample(OVERVIEW).metric[1:]:
        low, high = map(float, re.fullmatch(r"\[(\d+\.\d), (\d+\.\d)\]", metric.delta).groups())
        assert low < float(metric.value.removesuffix("%")) < high


def test_clearest_finding_is_said_with_interval_and_n(open_page, shown):
    clearest = findings.drivers(shown, Scope()).clear[0]
    sentence = wording.sentence(clearest, horizon=findings.DEFAULT_HORIZON)
    assert sentence in values(open_page(OVERVIEW).markdown)
    assert re.search(r"n=\d+.*n=\d+.*\[-?\d+\.\d, -?\d+\.\d\]", sentence)


def test_finding_leads_to_its_comparison(open_page, shown):
    clearest = findings.drivers(shown, Scope()).clear[0]
    assert links(open_page(OVERVIEW))[t.DRIVERS_OPEN].startswith("churn?behaviour=")
    assert clearest.behaviour_id in codebook.BEHAVIOURS


def test_finding_of_reviews_is_named_and_leads_to_reviews(open_page, shown, monkeypatch):
    found = findings.drivers(shown, Scope())
    rows = [replace(row, kind="review") for row in found.comparisons.rows]
    told = replace(found, comparisons=replace(found.comparisons, rows=tuple(rows)))
    monkeypatch.setattr(cache, "drivers", lambda *_args, **_rest: told)
    app = open_page(OVERVIEW)
    assert links(app)[t.DRIVERS_OPEN].endswith("%40review")
    assert f"**{charts.label(told.clear[0])}**" in values(app.markdown)
    assert t.REVIEWS in charts.label(told.clear[0])


def test_findings_are_not_called_causes(open_sample):
    text = said(open_sample(OVERVIEW))
    assert t.NOT_CAUSE in text
    assert "때문에" not in text


def test_of_two_contrary_behaviours_one_is_shown(open_sample):
    shown_names = values(open_sample(OVERVIEW).markdown)
    names = {f"**{codebook.name(one)}**" for one in ("apology", "no_apology")}
    assert len(names & set(shown_names)) == 1


def test_long_numbers_have_room_after_their_bar():
    rows = [("refund", 3, 10), ("refund", 30_094, 108_000)]
    small, large = (
        bars.shares(pd.DataFrame([row], columns=["tag", "documents", "eligible"])) for row in rows
    )
    ends = [figure.data[1].x[0] / figure.layout.xaxis.range[1] for figure in (small, large)]
    # On a telephone 240 pixels are left for bar and text, of which a digit takes 6.
    for figure, end in zip((small, large), ends, strict=True):
        assert 240 * (1 - end) > 6 * len(figure.data[1].text[0])


def test_changes_name_both_periods(open_sample):
    app = open_sample(OVERVIEW)
    assert any(matching(t.CHANGES_PERIODS, text) for text in values(app.caption))


def test_without_outcomes_the_way_to_them_is_said(open_odd):
    assert t.DRIVERS_NO_OUTCOMES in values(open_odd(OVERVIEW).info)


def test_without_times_no_trend_is_drawn(open_odd):
    assert t.NO_TIMES in values(open_odd(OVERVIEW).info)
