"""Excess churn: a number, a month, and money where the amounts are known."""

import numpy as np
import pytest

from analysis.stats.excess import Worth, excess, one_currency
from analysis.stats.rates import Estimate

DIFFERENCE = Estimate(0.1, 0.05, 0.15)
HALF_A_YEAR = np.linspace(0, 365.25 / 2 - 1, 300)


def values(estimate):
    return (estimate.estimate, estimate.low, estimate.high)


def test_excess_is_the_exposed_times_the_difference():
    found = excess(DIFFERENCE, exposed=300, days=HALF_A_YEAR)
    assert values(found.documents) == pytest.approx((30, 15, 45))
    assert found.months == pytest.approx(6)
    assert values(found.a_month) == pytest.approx((5, 2.5, 7.5))
    assert (found.monthly_value, found.currency) == (None, None)


def test_known_amounts_count_for_all():
    monthly = np.array([10_000.0, 20_000.0, np.nan])
    found = excess(DIFFERENCE, exposed=300, days=HALF_A_YEAR, worth=Worth(monthly, "KRW"))
    assert values(found.monthly_value) == pytest.approx((75_000, 37_500, 112_500))
    assert found.currency == "KRW"


@pytest.mark.parametrize(
    "worth", [Worth(np.array([1.0, 2.0]), None), Worth(np.array([np.nan]), "KRW")]
)
def test_unknown_or_mixed_amounts_are_not_counted(worth):
    found = excess(DIFFERENCE, exposed=300, days=HALF_A_YEAR, worth=worth)
    assert (found.monthly_value, found.currency) == (None, None)


def test_less_than_a_month_is_not_blown_up_to_one():
    assert values(excess(DIFFERENCE, exposed=10, days=np.array([3, 4])).a_month)[0] == 1


@pytest.mark.parametrize(
    ("currencies", "one"),
    [(["KRW", None, "KRW"], "KRW"), (["KRW", "USD"], None), ([None], None), ([], None)],
)
def test_amounts_in_several_currencies_have_none(currencies, one):
    assert one_currency(currencies) == one
