"""A 2 x 2 comparison in which one customer may stand behind several documents."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

from analysis.stats import rates
from analysis.stats.rates import Estimate, Rate

Method = Literal["cluster_robust", "robust", "fisher", "fisher_first_document"]

# The expectation of a cell below which a normal approximation is not used (Cochran 1954).
MIN_EXPECTATION = 5
# A robust variance sees no spread within one customer and too little among a handful of them.
MIN_CUSTOMERS = 10

Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.integer]
Numbers = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Association:
    """A two-sided p and the method that gave it."""

    p: float
    method: Method


@dataclass(frozen=True, slots=True)
class LogRatio:
    """The logarithm of a risk ratio and its standard error, robust by customer."""

    estimate: float
    error: float

    @property
    def p(self) -> float:
        """Two-sided p of the Wald test against a ratio of 1."""
        return float(2 * stats.norm.sf(abs(self.estimate) / self.error))


@dataclass(frozen=True, slots=True)
class Differences:
    """The crude figures of a 2 x 2 table; None where the table does not give them."""

    risk_difference: Estimate | None
    risk_ratio: Estimate | None
    odds_ratio: Estimate | None


def differences(*, exposed: Flags, churned: Flags, customer: Codes) -> Differences:
    """Risk difference, risk ratio and odds ratio with intervals that know of repeated customers.

    Arrays hold one entry a document. Where no customer repeats: as in `rates`. Else the difference
    has Newcombe's interval with each group at its effective size (documents over the design effect,
    at least 1) and with the correlation of the groups that customers in both bring about; the
    ratios have log intervals robust by customer.
    Source: Rao & Scott (1992), Biometrics 48:577-585, for the effective size; Zou & Donner (2008).
    """
    with_it, without = table(exposed=exposed, churned=churned)
    code, customers = numbered(customer)
    if customers == len(customer):
        return Differences(
            rates.risk_difference(exposed=with_it, unexposed=without),
            rates.risk_ratio(exposed=with_it, unexposed=without),
            rates.odds_ratio(exposed=with_it, unexposed=without),
        )
    share_1, share_0 = with_it.share, without.share
    if share_1 is None or share_0 is None:
        return Differences(None, None, None)
    sums = [
        np.bincount(code, weights=group * (churned - share) / rate.documents, minlength=customers)
        for group, share, rate in ((exposed, share_1, with_it), (~exposed, share_0, without))
    ]
    held = [
        int(np.count_nonzero(np.bincount(code[group], minlength=customers)))
        for group in (exposed, ~exposed)
    ]
    spreads = [float(one @ one) for one in sums]
    both = sqrt(spreads[0] * spreads[1])
    around = [
        rates.score_interval(share, _effective(rate, share, spread, groups))
        for share, rate, spread, groups in zip(
            (share_1, share_0), (with_it, without), spreads, held, strict=True
        )
    ]
    difference = rates.difference_of(
        (share_1, share_0),
        (around[0], around[1]),
        correlation=float(sums[0] @ sums[1]) / both if both else 0.0,
    )
    ratio = rates.risk_ratio(exposed=with_it, unexposed=without)
    odds = rates.odds_ratio(exposed=with_it, unexposed=without)
    if ratio:
        ratio = rates.log_interval(
            ratio.estimate, _error(sums[0] / share_1 - sums[1] / share_0, customers, len(code))
        )
    if odds:
        parts = sums[0] / (share_1 * (1 - share_1)) - sums[1] / (share_0 * (1 - share_0))
        odds = rates.log_interval(odds.estimate, _error(parts, customers, len(code)))
    return Differences(difference, ratio, odds)


def _effective(rate: Rate, share: float, spread: float, customers: int) -> float:
    """The number of independent documents that would tell as much as these of few customers."""
    if not 0 < share < 1 or customers < 2:
        return float(customers)
    independent = share * (1 - share) / rate.documents
    return rate.documents / max(1.0, spread * customers / (customers - 1) / independent)


def _error(influence: Numbers, customers: int, documents: int) -> float:
    """The standard error of a sum of influences by customer, with the small-sample factor."""
    factor = customers / (customers - 1) * (documents - 1) / (documents - 2)
    return sqrt(float(influence @ influence) * factor)


def summed(code: Codes, value: Numbers, size: int = 0) -> Numbers:
    """The sum of one value a document by its code."""
    return np.asarray(np.bincount(code, weights=value, minlength=size), dtype=np.float64)


def numbered(customer: Codes) -> tuple[Codes, int]:
    """The customers numbered without gaps, and how many there are."""
    if len(customer) and (customer.min() < 0 or customer.max() > 8 * len(customer) + 1_000_000):
        found, code = np.unique(customer, return_inverse=True)
        return code, len(found)
    held = np.zeros(int(customer.max(initial=-1)) + 1, dtype=bool)
    held[customer] = True
    return (np.cumsum(held) - 1)[customer], int(np.count_nonzero(held))


def association(*, exposed: Flags, churned: Flags, customer: Codes) -> Association:
    """Whether churn goes with the exposure, tested by what the table and its customers can bear.

    Arrays hold one entry a document, in time order; `customer` is any integer code. Where customers
    repeat: robust by customer ("cluster_robust"), or, where a cell is empty or a group has fewer
    than MIN_CUSTOMERS customers, Fisher's exact over the first document of each customer
    ("fisher_first_document"). Where none repeats: Fisher's exact ("fisher") for an expectation
    below MIN_EXPECTATION, else the same robust test ("robust").
    """
    repeats = numbered(customer)[1] < len(customer)
    with_it, without = table(exposed=exposed, churned=churned)
    if not repeats and rates.smallest_expectation(with_it, without) < MIN_EXPECTATION:
        return Association(rates.fisher(with_it, without), "fisher")
    if not repeats or _enough_customers(exposed, customer):
        ratio = log_risk_ratio(exposed=exposed, churned=churned, customer=customer)
        if ratio is not None:
            return Association(ratio.p, "cluster_robust" if repeats else "robust")
    first = np.unique(customer, return_index=True)[1]
    with_it, without = table(exposed=exposed[first], churned=churned[first])
    return Association(
        rates.fisher(with_it, without), "fisher_first_document" if repeats else "fisher"
    )


def log_risk_ratio(*, exposed: Flags, churned: Flags, customer: Codes) -> LogRatio | None:
    """The log risk ratio with a standard error that is robust to customers with many documents.

    A Poisson model with log link and this one covariate is saturated, so that each document's
    influence on the coefficient has a closed form. The small-sample factor is that of statsmodels'
    `cov_type="cluster"`, G/(G-1) * (n-1)/(n-2); with one document a customer it is HC1.
    None where a group is empty or without churn, or where nothing varies between customers.
    Source: Zou (2004), Am. J. Epidemiol. 159:702-706; Zou & Donner (2013), Stat. Methods Med. Res.
    22:661-670 for clusters.
    """
    with_it, without = table(exposed=exposed, churned=churned)
    if not (with_it.churned and without.churned):
        return None
    share_1 = with_it.churned / with_it.documents
    share_0 = without.churned / without.documents
    influence = np.where(
        exposed, (churned - share_1) / with_it.churned, -(churned - share_0) / without.churned
    )
    code, groups = numbered(customer)
    if groups < 2 or len(churned) < 3:
        return None
    by_customer = summed(code, influence)
    # Sums that cancel on paper leave about 1e-32 each; a real spread is above 1 / documents ** 2.
    if float(by_customer @ by_customer) < 1e-15:
        return None
    return LogRatio(log(share_1 / share_0), _error(by_customer, groups, len(churned)))


def table(*, exposed: Flags, churned: Flags) -> tuple[Rate, Rate]:
    """The 2 x 2 table of the documents: the exposed, then the unexposed."""
    both, documents = int(np.sum(exposed & churned)), int(np.sum(exposed))
    return (
        Rate(both, documents),
        Rate(int(np.sum(churned)) - both, len(exposed) - documents),
    )


def _enough_customers(exposed: Flags, customer: Codes) -> bool:
    return all(numbered(customer[group])[1] >= MIN_CUSTOMERS for group in (exposed, ~exposed))
