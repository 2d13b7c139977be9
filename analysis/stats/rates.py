"""Two churn rates side by side: shares, differences and ratios with their intervals.

All figures are shares (0.2 = 20 %), all intervals are two-sided 95 % intervals, and all of them
count documents as independent; see clusters.py for customers with several documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

from scipy import stats

Z = float(stats.norm.ppf(0.975))


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of a group's documents were followed by churn within the horizon.

    Raises ValueError for counts that no group can have.
    """

    churned: int
    documents: int

    def __post_init__(self) -> None:
        if not 0 <= self.churned <= self.documents:
            raise ValueError(f"{self.churned} churned of {self.documents} documents")

    @property
    def stayed(self) -> int:
        """Documents not followed by churn."""
        return self.documents - self.churned

    @property
    def share(self) -> float | None:
        """Share of documents followed by churn; None for a group without documents."""
        return self.churned / self.documents if self.documents else None


@dataclass(frozen=True, slots=True)
class Interval:
    """Both limits of a 95 % interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with both limits of its 95 % interval."""

    estimate: float
    low: float
    high: float


def wilson(rate: Rate) -> Interval | None:
    """The score interval of one share; None for a group without documents.

    Source: Wilson (1927), J. Am. Stat. Assoc. 22:209-212; method 3 of Newcombe (1998a),
    Stat. Med. 17:857-872.
    """
    if not rate.documents:
        return None
    return score_interval(rate.churned / rate.documents, rate.documents)


def score_interval(share: float, size: float) -> Interval:
    """Wilson's interval of a share among `size` documents, which need not be a whole number."""
    centre = share + Z**2 / (2 * size)
    spread = Z * sqrt(share * (1 - share) / size + Z**2 / (4 * size**2))
    scale = 1 + Z**2 / size
    # The limits of 0/n and n/n are 0 and 1, which rounding misses by 1e-17.
    low = 0.0 if share == 0 else (centre - spread) / scale
    high = 1.0 if share == 1 else (centre + spread) / scale
    return Interval(low, high)


def risk_difference(*, exposed: Rate, unexposed: Rate) -> Estimate | None:
    """Churn share of the exposed minus that of the unexposed; None where a group is empty.

    Source: Newcombe (1998), Stat. Med. 17:873-890, method 10 (hybrid score).
    """
    around_1, around_0 = wilson(exposed), wilson(unexposed)
    if around_1 is None or around_0 is None:
        return None
    shares = (exposed.churned / exposed.documents, unexposed.churned / unexposed.documents)
    return difference_of(shares, (around_1, around_0))


def difference_of(
    shares: tuple[float, float], around: tuple[Interval, Interval], *, correlation: float = 0.0
) -> Estimate:
    """The first share minus the second, from their intervals and how they vary together.

    Source: Newcombe (1998), as above; Zou & Donner (2008), Stat. Med. 27:1693-1702, with a
    correlation.
    """
    (share_1, share_0), (around_1, around_0) = shares, around
    difference = share_1 - share_0

    def half(first: float, second: float) -> float:
        return sqrt(max(0.0, first**2 + second**2 - 2 * correlation * first * second))

    return Estimate(
        difference,
        difference - half(share_1 - around_1.low, around_0.high - share_0),
        difference + half(around_1.high - share_1, share_0 - around_0.low),
    )


def risk_ratio(*, exposed: Rate, unexposed: Rate) -> Estimate | None:
    """Churn share of the exposed over that of the unexposed, with a log interval.

    None where nobody churned in one of the groups or everybody in both: the logarithm or its
    standard error does not exist there, and no constant is added to make one up.
    Source: Katz et al. (1978), Biometrics 34:469-474, method C.
    """
    if not (exposed.churned and unexposed.churned) or not (exposed.stayed or unexposed.stayed):
        return None
    ratio = (exposed.churned * unexposed.documents) / (unexposed.churned * exposed.documents)
    error = sqrt(
        exposed.stayed / (exposed.churned * exposed.documents)
        + unexposed.stayed / (unexposed.churned * unexposed.documents)
    )
    return log_interval(ratio, error)


def odds_ratio(*, exposed: Rate, unexposed: Rate) -> Estimate | None:
    """Odds of churn of the exposed over those of the unexposed, with a log interval.

    None where one of the four cells is empty.
    Source: Woolf (1955), Ann. Hum. Genet. 19:251-253.
    """
    cells = (exposed.churned, exposed.stayed, unexposed.churned, unexposed.stayed)
    if not all(cells):
        return None
    ratio = (exposed.churned * unexposed.stayed) / (exposed.stayed * unexposed.churned)
    return log_interval(ratio, sqrt(sum(1 / cell for cell in cells)))


def fisher(exposed: Rate, unexposed: Rate) -> float:
    """Two-sided exact p of the 2 x 2 table given its margins (1 where a margin is empty).

    Source: Fisher (1935), The Design of Experiments, ch. 2; two-sided by the probabilities not
    above the observed one.
    """
    table = [[exposed.churned, exposed.stayed], [unexposed.churned, unexposed.stayed]]
    return min(float(stats.fisher_exact(table).pvalue), 1.0)


def smallest_expectation(exposed: Rate, unexposed: Rate) -> float:
    """The smallest of the four cell counts expected without association; 0 for an empty table."""
    documents = exposed.documents + unexposed.documents
    if not documents:
        return 0.0
    churned = exposed.churned + unexposed.churned
    smaller_group = min(exposed.documents, unexposed.documents)
    return smaller_group * min(churned, documents - churned) / documents


def log_interval(ratio: float, error: float) -> Estimate:
    """A ratio with the interval of its logarithm's standard error."""
    centre = log(ratio)
    return Estimate(ratio, exp(centre - Z * error), exp(centre + Z * error))
