"""How long all comparisons take, and how much memory: `python -m tests.bench.sizes 1000000`."""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import comparing
from analysis.codebook import BEHAVIOURS, SIGNALS, TOPICS
from analysis.stats.adjust import Adjusted
from analysis.stats.compare import compare_all

DOCUMENTS_A_CUSTOMER = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds, most memory in GB, and how many comparisons could be adjusted."""

    seconds: float
    gigabytes: float
    adjusted: int


def chats(documents: int, *, seed: int = 1) -> pd.DataFrame:
    """Chats as the store gives them, hardly two alike, over a year; one topic each or two."""
    random = np.random.default_rng(seed)
    customers = documents // DOCUMENTS_A_CUSTOMER
    customer = random.integers(0, customers, documents)
    frailty = random.normal(size=customers)[customer]
    mood = random.choice(3, documents, p=[0.5, 0.4, 0.1])
    minutes = random.integers(0, 365 * 1440, documents)
    frame: dict[str, object] = {
        "document_id": np.array([f"d{number:07}" for number in range(documents)]),
        "kind": pd.Categorical.from_codes(np.zeros(documents, dtype=int), ["chat"]),
        "customer_id": pd.Categorical.from_codes(customer, [f"c{n}" for n in range(customers)]),
        "channel": _drawn(random, ["app", "phone", "web", "talk"], documents),
        "ended_at": np.datetime64("2025-01-01", "us") + minutes.astype("timedelta64[m]"),
        "sentiment_before": pd.Categorical.from_codes(mood, ["neg", "neu", "pos"]),
        "earlier_documents": random.poisson(2, documents),
        "tenure_days": random.exponential(500, documents),
        "plan": _drawn(random, ["basic", "plus", "family"], documents),
        "monthly_value": random.choice([9_900.0, 19_900.0], documents),
        "currency": _drawn(random, ["KRW"], documents),
        "others": _drawn(random, ["{}"], documents),
    }
    first, second = random.integers(0, 15, documents), random.integers(0, 40, documents)
    for number, topic in enumerate(TOPICS):
        frame[topic] = (first == number) | (second == number)
    for signal in SIGNALS:
        frame[signal] = random.random(documents) < 0.2
    for number, behaviour in enumerate(BEHAVIOURS):
        frame[behaviour] = random.random(documents) < 0.2 + 0.2 * (mood == 0)
        frame[f"opp_{behaviour}"] = random.random(documents) < (0.9, 0.6, 0.3)[number % 3]
    hazard = -5.8 + 0.4 * (mood == 0) + 0.3 * frame["no_apology"] + 0.5 * frailty
    until = np.ceil(random.exponential(np.exp(-hazard))).astype(int)
    watched = random.integers(30, 400, documents)
    frame["left"] = until <= watched
    frame["days"] = np.minimum(until, watched)
    frame["churned"] = until <= np.minimum(60, watched)
    frame["followed"] = frame["churned"] | (watched >= 60)
    return pd.DataFrame(frame)


def measure(frame: pd.DataFrame) -> Measured:
    """All comparisons of a frame, from the store's rows to the verdicts."""
    began = time.perf_counter()
    rows = [row for kind in comparing.kinds(frame) for row in comparing.comparisons(kind)]
    found = compare_all(rows)
    seconds = time.perf_counter() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return Measured(seconds, most, sum(isinstance(row.adjusted, Adjusted) for row in found.rows))


def _drawn(random: np.random.Generator, values: list[str], documents: int) -> pd.Categorical:
    return pd.Categorical.from_codes(random.integers(0, len(values), documents), values)


if __name__ == "__main__":
    size = int(sys.argv[1])
    made = chats(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    result = measure(made)
    print(  # noqa: T201
        f"{size:,} documents: {result.seconds:.2f} s, {result.gigabytes:.2f} GB "
        f"({before:.2f} GB before), {result.adjusted} of {len(BEHAVIOURS)} adjusted"
    )
