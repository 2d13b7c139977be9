"""The guide: every tag with its meaning, and how figures are to be read."""

from __future__ import annotations

import pandas as pd

from analysis import codebook
from pages.parts.text import t
from tests.pages.reading import CHURN, GUIDE, said


def test_every_behaviour_and_signal_is_explained(open_empty):
    app = open_empty(GUIDE)
    rows = pd.concat([table.value for table in app.table])
    names = {one.name for one in (*codebook.BEHAVIOURS.values(), *codebook.SIGNALS.values())}
    assert set(rows.index) == names
    assert rows[t.GUIDE_MEANING].str.len().min() > 0


def test_every_topic_is_named(open_empty):
    text = said(open_empty(GUIDE))
    assert [name for name in codebook.TOPICS.values() if name not in text] == []


def test_figures_are_explained_as_association(open_empty):
    assert t.GUIDE_FIGURES_TEXT in said(open_empty(GUIDE))
    assert "원인이 아닙니다" in t.GUIDE_FIGURES_TEXT


def test_checks_and_rules_are_explained(open_empty):
    text = said(open_empty(GUIDE))
    assert t.GUIDE_CHECKS_TEXT in text
    assert t.GUIDE_RULES_TEXT in text


WORDS = (
    "비슷한 문서끼리 비교",
    "95% 구간",
    "위험비",
    "약함",
    "E값",
    "심프슨의 역설",
    "카플란-마이어",
    "로그순위 검정",
    "위험률비",
    "비례성",
    "이중 강건 추정",
)


def test_every_technical_word_of_the_churn_page_is_explained(open_empty, open_sample):
    assert [one for one in WORDS if one not in t.GUIDE_TERMS_TEXT] == []
    assert t.GUIDE_TERMS_TEXT in said(open_empty(GUIDE))
    assert t.GUIDE_TERMS_TEXT in said(open_sample(CHURN))
