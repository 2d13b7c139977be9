"""Maximum likelihood by Newton's method, for models fitted to patterns of covariates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analysis.stats.covariates import Numbers

MAX_STEPS = 30
# Squared distance to the maximum in standard errors, before the last step. That step leaves the
# square of it over the square root of the number of events: with many, nothing that shows.
CLOSE = 1e-16
CLOSE_ENOUGH = 0.5
# No churn rate differs by a factor of e ** 12 (160,000): a coefficient that large is on its way to
# infinity.
MAX_COEFFICIENT = 12.0

_ROWS = 4_096
# What rounding does to a likelihood in single precision.
_NOISE = 2e-6


@dataclass(frozen=True, slots=True)
class Step:
    """Log-likelihood, its gradient and its negative second derivative at some coefficients."""

    value: float
    gradient: Numbers
    information: Numbers


@dataclass(frozen=True, slots=True)
class Solution:
    """Coefficients at the maximum, and the information there."""

    coefficients: Numbers
    information: Numbers


def maximise(at: Callable[[Numbers], Step], start: Numbers, *, close: float) -> Solution | None:
    """The maximum near `start`; None where there is none (separation) or it is not unique."""
    coefficients, here = start, at(start)
    for _ in range(MAX_STEPS):
        try:
            move = np.linalg.solve(here.information, here.gradient)
        except np.linalg.LinAlgError:
            return None
        distance = float(here.gradient @ move)
        if not np.isfinite(distance) or distance < 0:
            return None
        if distance < close:
            return Solution(coefficients + move, here.information)
        size, there = 1.0, at(coefficients + move)
        while not there.value > here.value - _NOISE * abs(here.value) and size > 1e-3:
            size /= 2
            there = at(coefficients + size * move)
        coefficients, here = coefficients + size * move, there
        if np.max(np.abs(coefficients[1:]), initial=0.0) > MAX_COEFFICIENT:
            return None
    return None


def closeness(values: Numbers) -> float:
    """How near to the maximum is near enough, in the precision of the columns."""
    return CLOSE if values.dtype == np.float64 else CLOSE_ENOUGH


def weighted_square(values: Numbers, weights: Numbers) -> Numbers:
    """values' diag(weights) values, piece by piece, so that no second copy of values is made."""
    columns = values.shape[1]
    square = np.zeros((columns, columns))
    for first in range(0, len(values), _ROWS):
        piece = values[first : first + _ROWS]
        scaled = piece * np.sqrt(weights[first : first + _ROWS, None], dtype=values.dtype)
        square += scaled.T @ scaled
    return square


def bordered(values: Numbers, weights: Numbers) -> Numbers:
    """The weighted square of the columns with the exposure as a last one.

    `weights` is 2 x patterns: those of the unexposed, then those of the exposed.
    """
    columns = values.shape[1]
    square = np.empty((columns + 1, columns + 1))
    square[:columns, :columns] = weighted_square(values, weights[0] + weights[1])
    square[:columns, columns] = square[columns, :columns] = totals(values, weights[1])
    square[columns, columns] = weights[1].sum()
    return square


def folded(values: Numbers, residuals: Numbers) -> Numbers:
    """The gradient of residuals (2 x patterns): by column, then by the exposure."""
    return np.append(totals(values, residuals[0] + residuals[1]), residuals[1].sum())


def totals(values: Numbers, weights: Numbers) -> Numbers:
    """The weighted sum of every column, in the precision of the columns."""
    return (weights.astype(values.dtype, copy=False) @ values).astype(np.float64, copy=False)


def combined(values: Numbers, coefficients: Numbers) -> Numbers:
    """The sum of the columns times their coefficients, in the precision of the columns."""
    found: Numbers = values @ coefficients.astype(values.dtype, copy=False)
    return found
