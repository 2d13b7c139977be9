"""Simulated data sets with known truth: the intervals cover it, and no effect gives no findings."""

import numpy as np
import pytest

from analysis.stats import rates
from analysis.stats.compare import compare, compare_all
from analysis.stats.rates import Rate
from tests.bench import simulation


@pytest.mark.parametrize(
    ("sizes", "risks"),
    [((120, 240), (0.31, 0.18)), ((40, 400), (0.15, 0.15)), ((60, 60), (0.5, 0.3))],
)
def test_risk_difference_covers_the_truth(sizes, risks):
    random = np.random.default_rng(20_260_101)
    churned = random.binomial(sizes, risks, size=(2_000, 2)).tolist()
    found = [
        rates.risk_difference(exposed=Rate(with_it, sizes[0]), unexposed=Rate(without, sizes[1]))
        for with_it, without in churned
    ]
    truth = risks[0] - risks[1]
    covered = np.mean([one.low <= truth <= one.high for one in found])
    assert 0.93 <= covered <= 0.97


@pytest.mark.parametrize("per_customer", [1, 3])
def test_no_effect_gives_at_most_the_promised_share_of_findings(per_customer):
    random = np.random.default_rng(7)
    behaviours, views, customers = 15, 400, 150
    customer = np.repeat(np.arange(customers), per_customer)
    documents = len(customer)
    everyone = np.ones(documents, dtype=bool)
    findings = views_with_one = 0
    for _ in range(views):
        churned = (random.random(customers) < 0.2)[customer]
        exposed = random.random((behaviours, documents)) < 0.35
        found = compare_all(
            compare(
                "empathy",
                "chat",
                eligible=everyone,
                exposed=exposed[number],
                churned=churned,
                customer=customer,
            )
            for number in range(behaviours)
        )
        assert found.tests == behaviours
        false = sum(row.q < 0.05 for row in found.rows)
        findings += false
        views_with_one += false > 0
    assert findings / (views * behaviours) <= 0.05
    # Every finding is false here, so that this share is the false discovery rate. 0.05 is promised
    # for exact p values; the Wald test of 150 customers is a little liberal (0.06 in 1,500 views).
    assert views_with_one / views <= 0.08


# 300 data sets: a true 95 % lies within 0.92 to 0.98 in 98 of 100 seeds, and this seed is fixed.
# The thousand sets of tests/bench/simulation.py gave 94.1 to 96.0 % (crude, adjusted and hazard).
@pytest.mark.parametrize("world", ["confounded", "every customer once"])
def test_intervals_cover_the_truth_under_confounding_and_clusters(world, monkeypatch):
    monkeypatch.setattr(simulation, "POPULATION", 1_000_000)
    found = simulation.coverage(simulation.WORLDS[world], sets=300, seed=4)
    assert found.refused == 0
    assert 0.92 <= found.crude <= 0.98
    assert 0.92 <= found.adjusted <= 0.98
    assert 0.92 <= found.hazard <= 0.98
    # The crude interval misses what the adjusted one holds.
    assert found.crude_of_truth < 0.75
