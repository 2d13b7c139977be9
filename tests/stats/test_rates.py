"""Rates: what is refused, and what holds for any table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import Table2x2

from analysis.stats import rates
from analysis.stats.rates import Rate

EMPTY = Rate(0, 0)


@st.composite
def a_rate(draw):
    documents = draw(st.integers(1, 5_000))
    return Rate(draw(st.integers(0, documents)), documents)


@pytest.mark.parametrize(("churned", "documents"), [(-1, 3), (4, 3), (0, -1)])
def test_impossible_counts_are_a_programming_error(churned, documents):
    with pytest.raises(ValueError, match="churned of"):
        Rate(churned, documents)


@pytest.mark.parametrize("figure", [rates.risk_difference, rates.risk_ratio, rates.odds_ratio])
@pytest.mark.parametrize(("exposed", "unexposed"), [(EMPTY, Rate(3, 9)), (Rate(3, 9), EMPTY)])
def test_empty_group_gives_no_figure(figure, exposed, unexposed):
    assert figure(exposed=exposed, unexposed=unexposed) is None


def test_empty_group_has_no_share_and_no_interval():
    assert (EMPTY.share, rates.wilson(EMPTY)) == (None, None)


@pytest.mark.parametrize(
    ("exposed", "unexposed"),
    [
        (Rate(0, 30), Rate(9, 30)),
        (Rate(9, 30), Rate(0, 30)),
        (Rate(0, 30), Rate(0, 30)),
        (Rate(30, 30), Rate(30, 30)),
    ],
)
def test_ratios_without_a_logarithm_are_not_made_up(exposed, unexposed):
    assert rates.risk_ratio(exposed=exposed, unexposed=unexposed) is None
    assert rates.odds_ratio(exposed=exposed, unexposed=unexposed) is None


# Reference: statsmodels 0.15, contingency_tables.Table2x2 (delta method on the log scale).
@pytest.mark.parametrize(
    ("exposed", "unexposed"),
    [
        (Rate(189, 11_034), Rate(104, 11_037)),
        (Rate(30, 120), Rate(43, 240)),
        (Rate(2, 5), Rate(9, 11)),
    ],
)
def test_ratios_equal_statsmodels(exposed, unexposed):
    table = Table2x2([[exposed.churned, exposed.stayed], [unexposed.churned, unexposed.stayed]])
    risk = rates.risk_ratio(exposed=exposed, unexposed=unexposed)
    odds = rates.odds_ratio(exposed=exposed, unexposed=unexposed)
    assert (risk.estimate, risk.low, risk.high) == pytest.approx(
        (table.riskratio, *table.riskratio_confint())
    )
    assert (odds.estimate, odds.low, odds.high) == pytest.approx(
        (table.oddsratio, *table.oddsratio_confint())
    )


@given(exposed=a_rate(), unexposed=a_rate())
def test_interval_holds_its_estimate_and_stays_among_shares(exposed, unexposed):
    difference = rates.risk_difference(exposed=exposed, unexposed=unexposed)
    assert difference.low <= difference.estimate <= difference.high
    assert -1 - 1e-12 <= difference.low
    assert difference.high <= 1 + 1e-12


@given(exposed=a_rate(), unexposed=a_rate())
def test_swapping_the_groups_turns_the_difference_round(exposed, unexposed):
    there = rates.risk_difference(exposed=exposed, unexposed=unexposed)
    back = rates.risk_difference(exposed=unexposed, unexposed=exposed)
    assert (there.estimate, there.low, there.high) == pytest.approx(
        (-back.estimate, -back.high, -back.low)
    )


@pytest.mark.parametrize(
    ("exposed", "unexposed", "expected"),
    [
        (Rate(3, 4), Rate(1, 4), 2.0),
        (Rate(10, 20), Rate(30, 80), 8.0),
        (Rate(0, 20), Rate(0, 80), 0.0),
        (EMPTY, EMPTY, 0.0),
    ],
)
def test_smallest_expectation(exposed, unexposed, expected):
    assert rates.smallest_expectation(exposed, unexposed) == expected
