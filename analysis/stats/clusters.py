"""The p of a 2 x 2 comparison in which one customer may stand behind several documents."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

from analysis.stats import rates
from analysis.stats.rates import Rate

Method = Literal["cluster_robust", "robust", "fisher", "fisher_first_document"]

# The expectation of a cell below which a normal approximation is not used (Cochran 1954).
MIN_EXPECTATION = 5
# A robust variance sees no spread within one customer and too little among a handful of them.
MIN_CUSTOMERS = 10

Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.integer]


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


def association(*, exposed: Flags, churned: Flags, customer: Codes) -> Association:
    """Whether churn goes with the exposure, tested by what the table and its customers can bear.

    Arrays hold one entry a document, in time order; `customer` is any integer code. Where customers
    repeat: robust by customer ("cluster_robust"), or, where a cell is empty or a group has fewer
    than MIN_CUSTOMERS customers, Fisher's exact over the first document of each customer
    ("fisher_first_document"). Where none repeats: Fisher's exact ("fisher") for an expectation
    below MIN_EXPECTATION, else the same robust test ("robust").
    """
    customers, first = np.unique(customer, return_index=True)
    repeats = len(customers) < len(customer)
    with_it, without = table(exposed=exposed, churned=churned)
    if not repeats and rates.smallest_expectation(with_it, without) < MIN_EXPECTATION:
        return Association(rates.fisher(with_it, without), "fisher")
    if not repeats or _enough_customers(exposed, customer):
        ratio = log_risk_ratio(exposed=exposed, churned=churned, customer=customer)
        if ratio is not None:
            return Association(ratio.p, "cluster_robust" if repeats else "robust")
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
    customers, code = np.unique(customer, return_inverse=True)
    documents, groups = len(churned), len(customers)
    if groups < 2 or documents < 3:
        return None
    spread = float(np.sum(np.bincount(code, weights=influence) ** 2))
    # Sums that cancel on paper leave about 1e-32 each; a real spread is above 1 / documents ** 2.
    if spread < 1e-15:
        return None
    factor = groups / (groups - 1) * (documents - 1) / (documents - 2)
    return LogRatio(log(share_1 / share_0), sqrt(spread * factor))


def table(*, exposed: Flags, churned: Flags) -> tuple[Rate, Rate]:
    """The 2 x 2 table of the documents: the exposed, then the unexposed."""
    both, documents = int(np.sum(exposed & churned)), int(np.sum(exposed))
    return (
        Rate(both, documents),
        Rate(int(np.sum(churned)) - both, len(exposed) - documents),
    )


def _enough_customers(exposed: Flags, customer: Codes) -> bool:
    return all(len(np.unique(customer[group])) >= MIN_CUSTOMERS for group in (exposed, ~exposed))
