"""Simulated data with a known truth: do the intervals cover it? `python -m tests.bench.simulation`.

Angry customers get the behaviour more often and leave more often; customers come several times and
leave or stay as customers. The truth of the risk difference is computed from a population of
4,000,000 documents, that of the hazard ratio is the one put in.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy import stats

from analysis.stats import adjust, clusters, hazard
from analysis.stats.adjust import Adjusted
from analysis.stats.covariates import Factor, design
from analysis.stats.examine import Documents, counted, watched
from analysis.stats.selection import Chosen

HORIZON = 60
SETS = 1_000
POPULATION = 4_000_000
PLANS = 3


@dataclass(frozen=True, slots=True)
class World:
    """How documents come about: customers, effect as a log hazard ratio, strength of the anger."""

    customers: int
    effect: float
    confounding: float
    per_customer: float = 2.0
    daily_risk: float = 0.003

    def documents(self, random: np.random.Generator) -> Documents:
        """One data set, and in `day` whether each document is exposed."""
        many = 1 + random.poisson(self.per_customer - 1, self.customers)
        customer = np.repeat(np.arange(self.customers), many)
        size = len(customer)
        # Anger belongs to the document, the plan to the customer, and both confound.
        angry = random.random(size) < 0.4
        plan = random.integers(0, PLANS, self.customers)[customer]
        pull = self.confounding * (angry - 0.4 + 0.5 * (plan == 1))
        exposed = random.random(size) < 1 / (1 + np.exp(0.5 - 1.5 * pull))
        risk = self.daily_risk * np.exp(pull + self.effect * exposed)
        # Documents of a customer leave together: one threshold for all of them (a Gaussian copula
        # would do as well), so that the model for each document stays true.
        own, shared = random.normal(size=size), random.normal(size=self.customers)[customer]
        threshold = -np.log(_upper(0.6 * own + 0.8 * shared))
        until = np.ceil(threshold / risk).astype(np.int64)
        until = np.minimum(until, 100_000)
        observed = random.integers(HORIZON, 3 * HORIZON, size)
        return Documents(
            customer=customer,
            followed=np.ones(size, dtype=bool),
            churned=until <= HORIZON,
            left=until <= observed,
            days=np.minimum(until, observed),
            day=exposed.astype(np.int64),
            design=design(
                [
                    Factor("anger", angry.astype(np.int64), ("calm", "angry")),
                    Factor("plan", plan, tuple("abc")),
                ],
                documents=size,
            ),
            worth=None,
        )


WORLDS = {
    "no confounding": World(customers=500, effect=0.5, confounding=0.0),
    "confounded": World(customers=500, effect=0.5, confounding=0.8),
    "confounded, no effect": World(customers=500, effect=0.0, confounding=0.8),
    "confounded, small": World(customers=200, effect=0.5, confounding=0.8),
    "every customer once": World(customers=800, effect=0.5, confounding=0.8, per_customer=1.0),
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shares of data sets whose 95 % interval holds the truth.

    `crude_of_truth` is the crude interval against the adjusted truth: low where there is
    confounding. `crude` is against what the crude figure estimates. `findings` is the share with
    an adjusted interval on one side of 0.
    """

    crude: float
    crude_of_truth: float
    adjusted: float
    hazard: float
    findings: float
    refused: int


@cache
def truths(world: World) -> tuple[float, float]:
    """The crude risk difference and the standardised one of a large population."""
    per_set = int(world.customers * world.per_customer)
    large = World(
        world.customers * (POPULATION // per_set),
        world.effect,
        world.confounding,
        world.per_customer,
        world.daily_risk,
    ).documents(np.random.default_rng(99))
    exposed = large.day == 1
    pattern = large.design.pattern
    crude = large.churned[exposed].mean() - large.churned[~exposed].mean()
    sizes = np.bincount(pattern)
    within = [
        np.bincount(pattern[group], weights=large.churned[group]) / np.bincount(pattern[group])
        for group in (exposed, ~exposed)
    ]
    return float(crude), float(np.average(within[0] - within[1], weights=sizes))


def coverage(world: World, *, sets: int, seed: int) -> Coverage:
    """How often the intervals of `sets` data sets hold the truth."""
    crude_truth, truth = truths(world)
    ratio = float(np.exp(world.effect))
    held: list[tuple[bool, bool, bool, bool, bool]] = []
    refused = 0
    for child in np.random.default_rng(seed).spawn(sets):
        documents = world.documents(child)
        exposed = documents.day == 1
        everyone = np.ones(len(exposed), dtype=bool)
        crude = clusters.differences(
            exposed=exposed, churned=documents.churned, customer=documents.customer
        ).risk_difference
        compared = counted(documents, documents.design, eligible=everyone, exposed=exposed)
        chosen = adjust.choose(compared, documents.design.columns)
        found = adjust.adjust(chosen) if isinstance(chosen, Chosen) else chosen
        if not isinstance(found, Adjusted):
            refused += 1
            continue
        seen = watched(documents, eligible=everyone, exposed=exposed, chosen=chosen)
        in_time = hazard.hazard_ratio(seen).ratio
        adjusted = found.risk_difference
        held.append(
            (
                crude.low <= crude_truth <= crude.high,
                crude.low <= truth <= crude.high,
                adjusted.low <= truth <= adjusted.high,
                in_time.low <= ratio <= in_time.high,
                not adjusted.low <= 0 <= adjusted.high,
            )
        )
    return Coverage(*(float(one) for one in np.mean(held, axis=0)), refused)


def _upper(normal: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.maximum(stats.norm.sf(normal), 1e-300)


def main() -> None:
    """Print one line a world."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sets", type=int, default=SETS)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for name, world in WORLDS.items():
        began = time.perf_counter()
        found = coverage(world, sets=options.sets, seed=options.seed)
        print(f"{name}: {found} {time.perf_counter() - began:.1f} s")  # noqa: T201


if __name__ == "__main__":
    main()
