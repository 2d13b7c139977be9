"""A whole view: verdicts at equal values, fragile ones, time, checks, few false findings."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.stats import adjust, examine
from analysis.stats.adjust import Adjusted
from analysis.stats.compare import compare, compare_all
from analysis.stats.covariates import Factor, design
from analysis.stats.doubly_robust import DoublyRobust, doubly_robust
from analysis.stats.examine import Documents, examined
from analysis.stats.selection import Refused
from analysis.stats.verdict import Verdict
from tests.bench.simulation import WORLDS, World


def a_view(world, *, seed, behaviours=1):
    """The documents of a world, and further behaviours that nothing goes with."""
    random = np.random.default_rng(seed)
    documents = world.documents(random)
    first = documents.day == 1
    others = [random.random(len(first)) < 0.4 for _ in range(behaviours - 1)]
    return documents, [first, *others]


def the_rows(documents, exposures):
    everyone = np.ones(len(documents.customer), dtype=bool)
    return compare_all(
        examined(
            compare(
                "empathy",
                "chat",
                eligible=everyone,
                exposed=exposed,
                churned=documents.churned,
                customer=documents.customer,
            ),
            documents,
            eligible=everyone,
            exposed=exposed,
        )
        for exposed in exposures
    ).rows


@pytest.fixture(scope="module")
def confounded():
    """A clear crude difference of which nothing is left at equal values."""
    return a_view(World(customers=1_500, effect=0.0, confounding=1.4), seed=11)


def test_a_difference_that_adjustment_takes_away_is_unclear_and_fragile(confounded):
    documents, exposures = confounded
    (row,) = the_rows(documents, exposures)
    assert row.q < 0.05
    assert row.risk_difference.low > 0
    assert row.adjusted.risk_difference.low < 0 < row.adjusted.risk_difference.high
    assert (row.verdict, row.fragile) == (Verdict.UNCLEAR, True)
    assert row.judged_by == row.adjusted.risk_difference


def test_without_adjustment_the_crude_difference_counts(confounded):
    documents, exposures = confounded
    (row,) = the_rows(replace(documents, design=None), exposures)
    assert (row.verdict, row.fragile, row.adjusted) == (Verdict.HIGHER, False, None)
    assert row.not_adjusted
    assert row.hazard_ratio.low > 1


def test_a_refused_adjustment_says_why_and_the_crude_difference_counts(confounded):
    documents, exposures = confounded
    same = design([Factor("plan", exposures[0].astype(int), ("a", "b"))],
                  documents=len(exposures[0]))  # fmt: skip
    (row,) = the_rows(replace(documents, design=same), exposures)
    assert isinstance(row.adjusted, Refused)
    assert row.not_adjusted == row.adjusted.why
    assert row.verdict is Verdict.HIGHER


def test_a_strong_effect_is_firm():
    documents, exposures = a_view(World(customers=1_500, effect=1.0, confounding=0.2), seed=3)
    (row,) = the_rows(documents, exposures)
    assert (row.verdict, row.fragile) == (Verdict.HIGHER, False)
    assert row.hazard_ratio.low < np.e < row.hazard_ratio.high
    exposed = int(exposures[0].sum())
    assert row.excess.documents.estimate == pytest.approx(
        exposed * row.adjusted.risk_difference.estimate
    )


def test_too_few_documents_get_no_further_figures():
    documents, exposures = a_view(World(customers=15, effect=0.5, confounding=0.0), seed=3)
    (row,) = the_rows(documents, exposures)
    assert row.verdict is Verdict.TOO_FEW
    assert (row.adjusted, row.hazard_ratio, row.excess, row.turn) == (None, None, None, None)


def test_no_effect_gives_hardly_any_verdict_though_the_crude_difference_is_clear():
    world = World(customers=250, effect=0.0, confounding=1.4)
    rows = [row for seed in range(60) for row in the_rows(*a_view(world, seed=seed, behaviours=5))]
    assert all(isinstance(row.adjusted, Adjusted) for row in rows)
    directions = [row.verdict in (Verdict.HIGHER, Verdict.LOWER) for row in rows]
    assert np.mean([row.q < 0.05 for row in rows]) > 0.1
    assert np.mean(directions) <= 0.05


@pytest.fixture(scope="module")
def closely():
    documents, (exposed,) = a_view(WORLDS["confounded"], seed=8)
    everyone = np.ones(len(exposed), dtype=bool)
    (row,) = the_rows(documents, [exposed])
    return row, examine.closer(row, documents, eligible=everyone, exposed=exposed)


def test_closer_look_has_both_curves_and_the_checks(closely):
    row, found = closely
    curve = found.survival.exposed
    assert curve.documents == row.exposed.documents
    stayed = [point.stayed for point in curve.points]
    assert stayed == sorted(stayed, reverse=True)
    assert all(point.low <= point.stayed <= point.high for point in curve.points)
    assert curve.at_risk[0].documents == curve.documents
    assert found.survival.log_rank_p < 0.01
    assert found.hazard.ratio == row.hazard_ratio
    assert 0.01 < found.hazard.proportional_p <= 1


def test_second_opinion_agrees_with_the_first(closely):
    row, found = closely
    first, second = row.adjusted.risk_difference, found.doubly_robust.risk_difference
    assert second.estimate == pytest.approx(first.estimate, abs=0.01)
    assert second.high - second.low == pytest.approx(first.high - first.low, rel=0.15)
    overlap = found.doubly_robust.overlap
    assert 0 < overlap.lowest < overlap.highest < 1
    assert overlap.outside == 0


def test_lack_of_overlap_is_told():
    random = np.random.default_rng(2)
    plan = random.integers(0, 2, 2_000)
    exposed = random.random(2_000) < np.where(plan == 1, 0.98, 0.4)
    documents = Documents(
        customer=np.arange(2_000),
        followed=np.ones(2_000, dtype=bool),
        churned=random.random(2_000) < 0.2,
        left=np.zeros(2_000, dtype=bool),
        days=np.full(2_000, 90),
        day=np.zeros(2_000, dtype=int),
        design=design([Factor("plan", plan, ("a", "b"))], documents=2_000),
        worth=None,
    )
    compared = examine.counted(
        documents, documents.design, eligible=np.ones(2_000, dtype=bool), exposed=exposed
    )
    found = doubly_robust(adjust.choose(compared, documents.design.columns))
    assert isinstance(found, DoublyRobust)
    assert found.overlap.outside == pytest.approx(np.mean(plan), abs=0.02)
