"""When a comparison is silent, and what it says otherwise."""

import pytest

from analysis.stats import verdict
from analysis.stats.rates import Estimate, Rate
from analysis.stats.verdict import Verdict


@pytest.mark.parametrize(
    ("exposed", "unexposed", "silent"),
    [
        (Rate(5, 20), Rate(5, 20), False),
        (Rate(5, 19), Rate(5, 20), True),
        (Rate(5, 20), Rate(5, 19), True),
        (Rate(5, 20), Rate(4, 20), True),
        (Rate(0, 0), Rate(0, 0), True),
    ],
)
def test_small_counts_are_refused_at_the_limit(exposed, unexposed, silent):
    assert verdict.too_few(exposed, unexposed) is silent
    assert (verdict.reason(exposed, unexposed) is not None) is silent


@pytest.mark.parametrize(
    ("difference", "q", "expected"),
    [
        (Estimate(0.1, 0.02, 0.2), 0.01, Verdict.HIGHER),
        (Estimate(-0.1, -0.2, -0.02), 0.01, Verdict.LOWER),
        (Estimate(0.1, 0.02, 0.2), 0.05, Verdict.UNCLEAR),
        (Estimate(0.1, -0.02, 0.2), 0.01, Verdict.UNCLEAR),
        (Estimate(0.1, 0.02, 0.2), None, Verdict.TOO_FEW),
        (None, None, Verdict.TOO_FEW),
    ],
)
def test_direction_needs_both_q_and_interval(difference, q, expected):
    assert verdict.decide(difference, q) is expected


@pytest.mark.parametrize(
    ("exposed", "unexposed", "words"),
    [
        (Rate(0, 0), Rate(0, 0), "문서가 없습니다"),
        (Rate(3, 1_200), Rate(0, 0), "1,200건 모두에 나타나"),
        (Rate(0, 0), Rate(3, 45), "한 건에도 나타나지 않았습니다"),
        (Rate(0, 30), Rate(0, 30), "이탈로 이어진 것이 없습니다"),
        (Rate(2, 12), Rate(5, 40), "최소 기준"),
    ],
)
def test_refusal_says_what_is_missing(exposed, unexposed, words):
    assert words in verdict.reason(exposed, unexposed)


def test_documents_needed_takes_away_those_at_hand():
    # 587 in all at half exposed and 20 % among the unexposed: see tests/golden.
    assert verdict.documents_needed(Rate(3, 10), Rate(2, 10)) == 587 - 20


def test_documents_needed_never_fall_short_of_the_minimum_counts():
    # Half exposed and nobody churned among the unexposed: power alone would ask for 147.
    assert verdict.documents_needed(Rate(1, 1_000), Rate(0, 1_000)) == 20_000 - 2_000


@pytest.mark.parametrize(
    ("exposed", "unexposed"),
    [(Rate(0, 0), Rate(0, 0)), (Rate(3, 9), Rate(0, 0)), (Rate(0, 0), Rate(3, 9))],
)
def test_nothing_is_foreseen_from_an_empty_group(exposed, unexposed):
    assert verdict.documents_needed(exposed, unexposed) is None


def test_nothing_is_foreseen_where_plenty_of_documents_saw_no_churn():
    assert verdict.documents_needed(Rate(0, 900), Rate(0, 900)) is None


def test_near_certain_risk_looks_for_a_lower_one():
    assert verdict.documents_in_all(share=0.5, risk=0.95) == verdict.documents_in_all(
        share=0.5, risk=0.85
    )
