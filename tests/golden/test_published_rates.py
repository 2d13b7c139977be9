"""Published figures for shares, differences, ratios, exact tests and q values."""

import pytest

from analysis.stats import rates, verdict
from analysis.stats.multiplicity import false_discovery
from analysis.stats.rates import Rate


# Newcombe (1998a), Stat. Med. 17:857-872, table I, method 3 (score without correction).
@pytest.mark.parametrize(
    ("rate", "low", "high"),
    [
        (Rate(81, 263), 0.2553, 0.3662),
        (Rate(15, 148), 0.0624, 0.1605),
        (Rate(0, 20), 0.0000, 0.1611),
        (Rate(1, 29), 0.0061, 0.1718),
    ],
)
def test_wilson_matches_published(rate, low, high):
    interval = rates.wilson(rate)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)


# Newcombe (1998), Stat. Med. 17:873-890, table II, contrasts (a)-(h), method 10 (hybrid score).
@pytest.mark.parametrize(
    ("exposed", "unexposed", "expected"),
    [
        (Rate(56, 70), Rate(48, 80), (0.2000, 0.0524, 0.3339)),
        (Rate(9, 10), Rate(3, 10), (0.6000, 0.1705, 0.8090)),
        (Rate(6, 7), Rate(2, 7), (0.5714, 0.0582, 0.8062)),
        (Rate(5, 56), Rate(0, 29), (0.0893, -0.0381, 0.1926)),
        (Rate(0, 10), Rate(0, 20), (0.0000, -0.1611, 0.2775)),
        (Rate(0, 10), Rate(0, 10), (0.0000, -0.2775, 0.2775)),
        (Rate(10, 10), Rate(0, 20), (1.0000, 0.6791, 1.0000)),
        (Rate(10, 10), Rate(0, 10), (1.0000, 0.6075, 1.0000)),
    ],
)
def test_risk_difference_matches_published(exposed, unexposed, expected):
    difference = rates.risk_difference(exposed=exposed, unexposed=unexposed)
    assert (difference.estimate, difference.low, difference.high) == pytest.approx(
        expected, abs=5e-5
    )


# Physicians' Health Study, heart attacks: placebo 189/11,034, aspirin 104/11,037. Odds ratio as in
# Agresti, An Introduction to Categorical Data Analysis, 2nd ed. (2007), section 2.3.
def test_odds_ratio_matches_published():
    ratio = rates.odds_ratio(exposed=Rate(189, 11_034), unexposed=Rate(104, 11_037))
    assert (ratio.estimate, ratio.low, ratio.high) == pytest.approx((1.83, 1.44, 2.33), abs=5e-3)


# Fisher (1935), The Design of Experiments, ch. 2: three of four cups told right.
def test_fisher_matches_the_tea_tasting():
    assert rates.fisher(Rate(3, 4), Rate(1, 4)) == pytest.approx(34 / 70)


# Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57:289-300, section 3.2: 15 hypotheses of a trial
# of thrombolysis; at 0.05 the first four are rejected (Bonferroni: three).
THROMBOLYSIS = (
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
)


def test_false_discovery_rejects_the_published_four():
    q = false_discovery(THROMBOLYSIS)
    assert [value < 0.05 for value in q] == [True] * 4 + [False] * 11
    assert q[3] == pytest.approx(0.0095 * 15 / 4)


# R 4, stats::power.prop.test(p1=, p2=, power=.8): n = 198.96 and 293.15 in each of two groups.
@pytest.mark.parametrize(("risk", "documents"), [(0.1, 398), (0.2, 587)])
def test_documents_in_all_match_r(risk, documents):
    assert verdict.documents_in_all(share=0.5, risk=risk) == documents
