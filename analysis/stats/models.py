"""Models of churn given exposure and covariates: risk ratios and risks, robust by customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.stats import newton
from analysis.stats.clusters import Codes, Flags, numbered, summed
from analysis.stats.covariates import Numbers
from analysis.stats.newton import Solution, Step

# A first guess at coefficients comes from so many patterns or documents, or this share of them.
GUESS = 20_000
GUESS_SHARE = 0.1
_WORTH_COPYING = 0.9

Family = Literal["poisson", "logistic"]


@dataclass(frozen=True, slots=True)
class Patterns:
    """Documents counted by pattern of covariates and exposure.

    `values` is patterns x columns, the constant first. `documents` and `churned` are 2 x patterns:
    unexposed, exposed; `cell` is a document's place in them, flat. `pattern`, `exposed`, `left` and
    `customer` say the same a document.
    """

    values: Numbers
    documents: Numbers
    churned: Numbers
    cell: Codes
    pattern: Codes
    exposed: Codes
    left: Numbers
    customer: Codes
    customers: int

    @property
    def total(self) -> int:
        """Number of documents."""
        return len(self.pattern)

    def spread(self, influence: Numbers) -> float:
        """The variance of a sum of one influence a document, robust by customer."""
        by_customer = summed(self.customer, influence, self.customers)
        return float(by_customer @ by_customer)

    def factor(self, columns: int) -> float:
        """The small-sample factor of a model with that many coefficients (as Stata's cluster)."""
        groups, documents = self.customers, self.total
        return groups / (groups - 1) * (documents - 1) / (documents - columns)

    def by_cell(self, value: Numbers) -> Numbers:
        """The sum of one value a document by exposure and pattern (2 x patterns)."""
        rows = len(self.values)
        return summed(self.cell, value, 2 * rows).reshape(2, rows)

    def thinned(self) -> Patterns:
        """Enough patterns for a first guess, evenly spaced, with all their documents."""
        rows = np.arange(0, len(self.values), spacing(len(self.values)))
        none = self.cell[:0]
        counts = (self.documents[:, rows], self.churned[:, rows])
        return Patterns(self.values[rows], *counts, none, none, none, self.left[:0], none, 0)


def spacing(size: int) -> int:
    """One of how many is enough for a first guess at coefficients."""
    return -(-size // int(max(GUESS, GUESS_SHARE * size)))


def patterns(
    values: Numbers, *, pattern: Codes, exposed: Flags, churned: Flags, customer: Codes
) -> Patterns:
    """Count documents (one entry each) by their row of `values` and their exposure.

    Rows that none of them has are dropped, where they are many.
    """
    held = np.bincount(pattern, minlength=len(values)) > 0
    if np.count_nonzero(held) < _WORTH_COPYING * len(held):
        values = values.take(np.flatnonzero(held), axis=0)
        pattern = (np.cumsum(held) - 1)[pattern]
    rows = len(values)
    cell = pattern + rows * exposed
    code, customers = numbered(customer)
    return Patterns(
        values=values,
        documents=np.bincount(cell, minlength=2 * rows).reshape(2, rows).astype(values.dtype),
        churned=np.bincount(cell[churned], minlength=2 * rows)
        .reshape(2, rows)
        .astype(values.dtype),
        cell=cell,
        pattern=pattern,
        exposed=exposed.astype(np.int64),
        left=churned.astype(float),
        customer=code,
        customers=customers,
    )


def fit(counted: Patterns, family: Family) -> Solution | None:
    """The coefficients of the columns, then that of the exposure; None where they do not exist.

    Poisson with log link for risk ratios (Zou 2004), or logistic.
    """
    start = np.zeros(counted.values.shape[1] + 1)
    share = counted.churned.sum() / counted.documents.sum()
    start[0] = np.log(share) if family == "poisson" else np.log(share / (1 - share))
    rows = len(counted.values)
    if rows > 2 * GUESS:
        guess = _maximum(counted.thinned(), family, start, close=newton.CLOSE_ENOUGH)
        start = start if guess is None else guess.coefficients
    return _maximum(counted, family, start, close=newton.closeness(counted.values))


def linear(counted: Patterns, coefficients: Numbers) -> Numbers:
    """The linear predictor of each pattern, unexposed and exposed (2 x patterns)."""
    without = newton.combined(counted.values, coefficients[:-1])
    return np.stack([without, without + without.dtype.type(coefficients[-1])])


def chances(predictor: Numbers) -> Numbers:
    """The chances of a logistic model."""
    with np.errstate(over="ignore"):
        found: Numbers = 1 / (1 + np.exp(-predictor))
    return found


def _maximum(counted: Patterns, family: Family, start: Numbers, *, close: float) -> Solution | None:
    poisson = family == "poisson"

    def at(coefficients: Numbers) -> Step:
        predictor = linear(counted, coefficients)
        if poisson:
            # Overflow is a step too far: its likelihood is minus infinity, and the step is halved.
            with np.errstate(over="ignore"):
                expected = counted.documents * np.exp(predictor)
            value = float(np.sum(counted.churned * predictor) - np.sum(expected))
            weights = expected
        else:
            chance = chances(predictor)
            expected = counted.documents * chance
            stayed = np.log1p(-np.minimum(chance, 1 - 1e-7))
            value = float(np.sum(counted.churned * predictor) + np.sum(counted.documents * stayed))
            weights = expected * (1 - chance)
        if not np.isfinite(value):
            nothing = np.zeros_like(coefficients)
            return Step(-np.inf, nothing, np.eye(len(nothing)))
        return Step(
            value,
            newton.folded(counted.values, counted.churned - expected),
            newton.bordered(counted.values, weights),
        )

    return newton.maximise(at, start, close=close)
