"""Adjusted figures and times beside those of R (adjusted.R holds the commands) and of papers."""

import sys
from math import log

import numpy as np
import pandas as pd
import pytest

from analysis.stats import adjust, e_value, examine, hazard, survival
from analysis.stats.covariates import Factor, design
from analysis.stats.examine import Documents
from analysis.stats.rates import Estimate, Z


def documents() -> pd.DataFrame:
    """1,500 documents of 500 customers; a plan and a channel confound exposure with churn."""
    random = np.random.default_rng(5)
    rows, customers = 1_500, 500
    customer = random.integers(0, customers, rows)
    channel, plan = random.integers(0, 3, rows), random.integers(0, 3, rows)
    frailty = random.normal(size=customers)[customer]
    drawn = -0.6 + 0.7 * (channel == 1) - 0.5 * (plan == 2) + 0.3 * frailty
    exposed = random.random(rows) < 1 / (1 + np.exp(-drawn))
    hazard = 0.5 * exposed + 0.5 * (channel == 1) - 0.4 * (plan == 2) + 0.5 * frailty
    churn = np.ceil(random.exponential(1 / (0.004 * np.exp(hazard)))).astype(int)
    watched = random.integers(30, 200, rows)
    return pd.DataFrame(
        {
            "customer": customer,
            "channel": channel,
            "plan": plan,
            "exposed": exposed.astype(int),
            "churned": (churn <= 60).astype(int),
            "days": np.minimum(churn, watched),
            "left": (churn <= watched).astype(int),
        }
    )


@pytest.fixture(scope="module")
def compared():
    """The documents as `examine` takes them, and as if each had a customer of its own."""
    frame = documents()
    columns = design(
        [Factor(name, frame[name].to_numpy(), ("0", "1", "2")) for name in ("channel", "plan")],
        documents=len(frame),
    )

    def of(customer):
        return Documents(
            customer=customer,
            followed=np.ones(len(frame), dtype=bool),
            churned=frame["churned"].to_numpy(dtype=bool),
            left=frame["left"].to_numpy(dtype=bool),
            days=frame["days"].to_numpy(),
            day=np.zeros(len(frame), dtype=int),
            design=columns,
            worth=None,
        )

    return of(frame["customer"].to_numpy()), of(np.arange(len(frame)))


@pytest.fixture(scope="module")
def flags():
    """Which documents are compared (all of them), and which are exposed."""
    exposed = documents()["exposed"].to_numpy(dtype=bool)
    return {"eligible": np.ones(len(exposed), dtype=bool), "exposed": exposed}


@pytest.fixture(scope="module")
def chosen(compared, flags):
    repeated = compared[0]
    counted = examine.counted(repeated, repeated.design, **flags)
    return adjust.choose(counted, repeated.design.columns)


def error(estimate: Estimate, *, ratio: bool) -> float:
    limits = [log(one) if ratio else one for one in (estimate.low, estimate.high)]
    return (limits[1] - limits[0]) / 2 / Z


def test_adjusted_ratio_and_difference_match_r(chosen):
    found = adjust.adjust(chosen)
    ratio = (log(found.risk_ratio.estimate), error(found.risk_ratio, ratio=True))
    difference = (found.risk_difference.estimate, error(found.risk_difference, ratio=False))
    assert ratio == pytest.approx((0.571994162071, 0.0779565229996), abs=1e-9)
    assert difference == pytest.approx((0.173327694931, 0.0238183503617), abs=1e-9)
    assert found.covariates == ("channel", "plan")


def test_hazard_ratio_matches_r(compared, flags, chosen):
    seen = examine.watched(compared[0], **flags, chosen=chosen)
    found = hazard.hazard_ratio(seen).ratio
    expected = (0.659550590308, 0.0795527954942)
    assert (log(found.estimate), error(found, ratio=True)) == pytest.approx(expected, abs=1e-9)


def test_proportionality_matches_r(compared, flags, chosen):
    seen = examine.watched(compared[1], **flags, chosen=chosen)
    found = hazard.hazard_ratio(seen, test=True)
    assert found.proportional_p == pytest.approx(0.427385031575, abs=1e-9)


def test_log_rank_matches_r(compared, flags):
    alone = compared[1]
    p = survival.log_rank(
        exposed=flags["exposed"], left=alone.left, days=alone.days, customer=alone.customer
    )
    assert p == pytest.approx(8.71535213814e-21, rel=1e-9)


# R's documentation, help(aml): weeks to relapse, Miller (1997), Survival Analysis; 0 = still well.
MAINTAINED = "9 13 13+ 18 23 28+ 31 34 45+ 48 161+".split()
NOT_MAINTAINED = "5 5 8 8 12 16+ 23 27 30 33 43 45".split()


def test_curves_match_rs_documentation():
    weeks = [*MAINTAINED, *NOT_MAINTAINED]
    exposed = np.arange(len(weeks)) < len(MAINTAINED)
    found = survival.survival(
        exposed=exposed,
        left=np.array(["+" not in one for one in weeks]),
        days=np.array([int(one.rstrip("+")) for one in weeks]),
        customer=np.arange(len(weeks)),
    )
    points = {point.day: (point.stayed, point.low, point.high) for point in found.exposed.points}
    assert points[9] == pytest.approx((0.90909091, 0.508080206, 0.98667382), abs=5e-9)
    assert points[31] == pytest.approx((0.49090909, 0.167330910, 0.75339979), abs=5e-9)
    assert points[48] == pytest.approx((0.18409091, 0.011738480, 0.52501484), abs=5e-9)
    others = {point.day: (point.stayed, point.low, point.high) for point in found.unexposed.points}
    assert others[8] == pytest.approx((0.666666667, 0.3370189325, 0.85971180), abs=5e-9)
    assert others[43] == pytest.approx((0.097222222, 0.0057463057, 0.34890386), abs=5e-9)
    assert others[45] == (0, 0, 0)
    assert found.log_rank_p == pytest.approx(0.0653393220405, abs=1e-9)
    assert (found.exposed.documents, found.exposed.churned) == (11, 7)


# VanderWeele & Ding (2017), Ann. Intern. Med. 167:268-274: breast-feeding and death by respiratory
# infection (3.9, 1.8 to 8.7), breast-feeding and ovarian cancer (0.5, 0.3 to 0.8).
@pytest.mark.parametrize(
    ("ratio", "expected"),
    [(Estimate(3.9, 1.8, 8.7), (7.2, 3.0)), (Estimate(0.5, 0.3, 0.8), (3.4, 1.8))],
)
def test_e_value_matches_published(ratio, expected):
    found = e_value.e_value(ratio)
    # The paper cuts 7.26 and rounds the others.
    assert (found.estimate, found.limit) == pytest.approx(expected, abs=0.07)


def test_e_value_of_an_interval_around_1_is_1():
    assert e_value.e_value(Estimate(1.4, 0.9, 2.2)).limit == 1


if __name__ == "__main__":
    documents().to_csv(sys.argv[1], index=False)
