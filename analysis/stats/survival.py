"""Time from a document to churn: the share that stays, with and without a behaviour."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.stats.clusters import Codes, Flags, numbered
from analysis.stats.covariates import Numbers
from analysis.stats.rates import Z

RISK_TABLE_ROWS = 7
# A curve of more days shows every so manieth only.
MAX_POINTS = 60


@dataclass(frozen=True, slots=True)
class Point:
    """The share whose customers had not left by the end of a day, with its interval."""

    day: int
    stayed: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Documents still watched at the beginning of a day, and those left before it."""

    day: int
    documents: int
    churned: int


@dataclass(frozen=True, slots=True)
class Curve:
    """The course of one group; `points` has a day wherever somebody left, or MAX_POINTS of them."""

    documents: int
    churned: int
    points: tuple[Point, ...]
    at_risk: tuple[AtRisk, ...]


@dataclass(frozen=True, slots=True)
class Survival:
    """Both curves, and the p of the log-rank test between them (None where it cannot be had)."""

    exposed: Curve
    unexposed: Curve
    log_rank_p: float | None


def survival(*, exposed: Flags, left: Flags, days: Codes, customer: Codes) -> Survival:
    """Kaplan-Meier curves of the exposed and the unexposed, and the log-rank test.

    One entry a document; `days` are whole days after it, at least 1, until its customer left or
    watching ended. Source: Kaplan & Meier (1958), J. Am. Stat. Assoc. 53:457-481; intervals on the
    log(-log) scale, with Greenwood's variance, or summed by customer where customers repeat.
    """
    last = int(days.max(initial=0))
    marks = _marks(last)
    return Survival(
        _curve(left[exposed], days[exposed], customer[exposed], marks),
        _curve(left[~exposed], days[~exposed], customer[~exposed], marks),
        log_rank(exposed=exposed, left=left, days=days, customer=customer),
    )


def log_rank(*, exposed: Flags, left: Flags, days: Codes, customer: Codes) -> float | None:
    """Two-sided p of the log-rank test; None where a group is empty or nobody left.

    Source: Mantel (1966), Cancer Chemother. Rep. 50:163-170; where customers repeat the score is
    summed by customer (Lee, Wei & Amato 1992).
    """
    if not left.any() or exposed.all() or not exposed.any():
        return None
    size = int(days.max()) + 1
    watched, leaving = _counts(days, left, size)
    watched_exposed, leaving_exposed = _counts(days[exposed], left[exposed], size)
    safe = np.maximum(watched, 1)
    share = watched_exposed / safe
    score = float(np.sum(leaving_exposed - leaving * share))
    code, customers = numbered(customer)
    if customers < len(days):
        hazard = np.cumsum(leaving / safe)
        moved = np.cumsum(share * leaving / safe)
        own = left * (exposed - share[days]) - (exposed * hazard[days] - moved[days])
        by_customer = np.bincount(code, weights=own)
        variance = float(by_customer @ by_customer)
    else:
        spare = np.where(watched > 1, (watched - leaving) / np.maximum(watched - 1, 1), 0.0)
        variance = float(np.sum(leaving * share * (1 - share) * spare))
    return float(stats.chi2.sf(score**2 / variance, 1)) if variance > 0 else None


def _curve(left: Flags, days: Codes, customer: Codes, marks: Codes) -> Curve:
    size = int(max(days.max(initial=0), marks.max(initial=0))) + 2
    watched, leaving = _counts(days, left, size)
    safe = np.maximum(watched, 1)
    stayed = np.cumprod(1 - leaving / safe)
    shown = np.flatnonzero(leaving)
    if len(shown) > MAX_POINTS:
        shown = shown[np.linspace(0, len(shown) - 1, MAX_POINTS).round().astype(int)]
    code, customers = numbered(customer)
    if customers < len(days):
        spread = _by_customer(left, days, code, leaving / safe, safe, shown)
    else:
        rest = np.maximum(watched - leaving, 1)
        spread = np.cumsum(leaving / (safe * rest))[shown]
    before = np.concatenate([[0], np.cumsum(leaving)])
    return Curve(
        len(days),
        int(left.sum()),
        tuple(
            _point(int(day), float(stayed[day]), float(variance))
            for day, variance in zip(shown, spread, strict=True)
        ),
        tuple(AtRisk(int(day), int(watched[day]), int(before[day])) for day in marks),
    )


def _by_customer(
    left: Flags, days: Codes, code: Codes, hazard: Numbers, watched: Numbers, shown: Codes
) -> Numbers:
    """The variance of the cumulative hazard by each day shown, summed by customer."""
    course = np.cumsum(hazard / watched)
    spread = np.empty(len(shown))
    for place, day in enumerate(shown):
        until = np.minimum(days, day)
        own = (left & (days <= day)) / watched[days] - course[until]
        by_customer = np.bincount(code, weights=own)
        spread[place] = by_customer @ by_customer
    return spread


def _point(day: int, stayed: float, variance: float) -> Point:
    if not 0 < stayed < 1:
        return Point(day, stayed, stayed, stayed)
    half = Z * np.sqrt(variance) / abs(np.log(stayed))
    return Point(day, stayed, float(stayed ** np.exp(half)), float(stayed ** np.exp(-half)))


def _counts(days: Codes, left: Flags, size: int) -> tuple[Numbers, Numbers]:
    """Documents watched at the beginning of each day, and those whose customer left on it."""
    ended = np.bincount(days, minlength=size).astype(float)
    return np.cumsum(ended[::-1])[::-1], np.bincount(days[left], minlength=size).astype(float)


def _marks(last: int) -> Codes:
    """Round days from 0 to the last one, for the table of those at risk."""
    if last < RISK_TABLE_ROWS:
        return np.arange(last + 1)
    widths = [width for ten in (1, 10, 100, 1000) for width in (ten, 2 * ten, 3 * ten, 6 * ten)]
    width = next((one for one in widths if last / one <= RISK_TABLE_ROWS - 1), last)
    return np.arange(0, last + 1, width)
