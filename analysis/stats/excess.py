"""How much an association weighs: the churn beyond that of comparable documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.stats.clusters import Codes
from analysis.stats.covariates import Numbers
from analysis.stats.rates import Estimate

DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Worth:
    """What customers pay a month, one entry a document (NaN = unknown), in one currency.

    `currency` is None where the table has several or none: then nothing is said of money.
    """

    monthly: Numbers
    currency: str | None


@dataclass(frozen=True, slots=True)
class Excess:
    """Documents followed by churn beyond those expected of comparable ones.

    In all, a month, and the monthly value of these customers for each month (None where it is
    unknown). "If these had gone like comparable ones, and if the association were the whole story."
    """

    documents: Estimate
    a_month: Estimate
    monthly_value: Estimate | None
    currency: str | None
    months: float


def excess(
    difference: Estimate, *, exposed: int, days: Codes, worth: Worth | None = None
) -> Excess:
    """The number of exposed times the risk difference, its interval likewise.

    `days` is the day of each exposed document, any origin: they span at least one month. `worth`
    holds the exposed documents, whose known mean counts for all.
    """
    span = float(np.ptp(days)) + 1 if len(days) else 1.0
    months = max(1.0, span / DAYS_A_MONTH)
    documents = _times(difference, exposed)
    a_month = _times(documents, 1 / months)
    value = _mean(worth)
    return Excess(
        documents=documents,
        a_month=a_month,
        monthly_value=None if value is None else _times(a_month, value),
        currency=worth.currency if worth is not None and value is not None else None,
        months=months,
    )


def one_currency(currencies: Sequence[str | None]) -> str | None:
    """The currency of all amounts that name one; None where there are several or none."""
    named = {one for one in currencies if one}
    return named.pop() if len(named) == 1 else None


def _mean(worth: Worth | None) -> float | None:
    if worth is None or worth.currency is None:
        return None
    known = worth.monthly[np.isfinite(worth.monthly)]
    return float(known.mean()) if len(known) else None


def _times(estimate: Estimate, factor: float) -> Estimate:
    return Estimate(estimate.estimate * factor, estimate.low * factor, estimate.high * factor)
