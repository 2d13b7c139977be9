"""One behaviour against churn, and a whole list of them."""

import math
from dataclasses import astuple

import numpy as np
import pytest

from analysis.stats.compare import compare, compare_all
from analysis.stats.rates import Rate
from analysis.stats.verdict import Verdict


def a_comparison(exposed, unexposed, *, others=0, behaviour_id="no_apology"):
    """A comparison of a 2 x 2 table, `others` churned documents having no opportunity."""
    documents = exposed.documents + unexposed.documents
    flags = [np.arange(rate.documents) < rate.churned for rate in (exposed, unexposed)]
    return compare(
        behaviour_id,
        "chat",
        eligible=np.arange(documents + others) < documents,
        exposed=np.concatenate(
            [np.arange(documents) < exposed.documents, np.ones(others, dtype=bool)]
        ),
        churned=np.concatenate([*flags, np.ones(others, dtype=bool)]),
        customer=np.arange(documents + others),
    )


def figures(value):
    """Every number of a nested result."""
    if isinstance(value, tuple | list):
        return [number for part in value for number in figures(part)]
    return [value] if isinstance(value, float | int) else []


@pytest.mark.parametrize(
    ("exposed", "unexposed", "expected"),
    [
        (Rate(60, 120), Rate(40, 240), Verdict.HIGHER),
        (Rate(10, 120), Rate(80, 240), Verdict.LOWER),
        (Rate(30, 120), Rate(55, 240), Verdict.UNCLEAR),
        (Rate(6, 12), Rate(40, 240), Verdict.TOO_FEW),
    ],
)
def test_verdict_follows_the_table(exposed, unexposed, expected):
    assert a_comparison(exposed, unexposed).verdict is expected


def test_documents_without_opportunity_do_not_count():
    comparison = a_comparison(Rate(60, 120), Rate(40, 240), others=500)
    assert (comparison.exposed, comparison.unexposed) == (Rate(60, 120), Rate(40, 240))
    assert comparison == a_comparison(Rate(60, 120), Rate(40, 240))


@pytest.mark.parametrize(
    ("exposed", "unexposed"),
    [
        (Rate(0, 0), Rate(0, 0)),
        (Rate(30, 100), Rate(0, 0)),
        (Rate(0, 0), Rate(30, 100)),
        (Rate(0, 100), Rate(0, 100)),
    ],
)
def test_impossible_comparison_is_too_few_with_a_reason(exposed, unexposed):
    comparison = a_comparison(exposed, unexposed)
    assert comparison.verdict is Verdict.TOO_FEW
    assert (comparison.p, comparison.q, comparison.p_method) == (None, None, None)
    assert comparison.reason


@pytest.mark.parametrize(
    ("exposed", "unexposed"),
    [
        (Rate(0, 0), Rate(0, 0)),
        (Rate(1, 1), Rate(0, 0)),
        (Rate(100, 100), Rate(100, 100)),
        (Rate(0, 100), Rate(100, 100)),
        (Rate(100, 100), Rate(0, 100)),
        (Rate(0, 25), Rate(30, 100)),
        (Rate(50_000, 50_000), Rate(1, 50_000)),
    ],
)
def test_every_number_is_finite(exposed, unexposed):
    numbers = figures(astuple(a_comparison(exposed, unexposed)))
    assert all(math.isfinite(number) for number in numbers)


def test_small_comparisons_are_not_among_the_tests():
    strong = a_comparison(Rate(50, 120), Rate(60, 240), behaviour_id="no_apology")
    small = a_comparison(Rate(5, 5), Rate(6, 240), behaviour_id="no_explanation")
    weak = a_comparison(Rate(30, 120), Rate(55, 240), behaviour_id="empathy")
    found = compare_all([strong, small, weak])
    assert found.tests == 2
    assert [row.behaviour_id for row in found.rows] == ["no_apology", "no_explanation", "empathy"]
    assert [row.q for row in found.rows] == pytest.approx([2 * strong.p, None, weak.p])


def test_many_tests_turn_a_lone_finding_unclear():
    lone = a_comparison(Rate(42, 120), Rate(55, 240))
    others = [a_comparison(Rate(30, 120), Rate(60, 240)) for _ in range(14)]
    assert lone.verdict is Verdict.HIGHER
    assert compare_all([lone, *others]).rows[0].verdict is Verdict.UNCLEAR


def test_nothing_to_compare_is_an_empty_list():
    assert compare_all([]).rows == ()
    assert compare_all([]).tests == 0
