"""One behaviour against churn in full: at equal values, in time, in strata, and what it weighs."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analysis.stats import adjust, confounding, doubly_robust, hazard, models, selection, survival
from analysis.stats.adjust import Adjusted
from analysis.stats.clusters import Codes, Flags
from analysis.stats.compare import Comparison
from analysis.stats.covariates import Design
from analysis.stats.doubly_robust import DoublyRobust
from analysis.stats.excess import Excess, Worth, excess
from analysis.stats.hazard import Hazard
from analysis.stats.rates import Estimate
from analysis.stats.selection import Chosen, Refused
from analysis.stats.survival import Survival
from analysis.stats.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Documents:
    """All documents of one kind whose customers were still there, one entry each.

    `followed` ones were watched for the horizon, and `churned` says whether the customer left in
    it. `left` says whether the customer left at all, `days` whole days later, or else how long it
    was watched (0: not for a day). `day` is the day of the document, any origin. `design` None: no
    adjustment is asked for.
    """

    customer: Codes
    followed: Flags
    churned: Flags
    left: Flags
    days: Codes
    day: Codes
    design: Design | None
    worth: Worth | None


def examined(
    comparison: Comparison, documents: Documents, *, eligible: Flags, exposed: Flags
) -> Comparison:
    """The comparison with its adjusted figures, hazard ratio, excess churn and turning stratum.

    Where the counts are too few nothing is added. Flags hold one entry a document.
    """
    if comparison.verdict is Verdict.TOO_FEW or comparison.risk_difference is None:
        return comparison
    design = documents.design
    chosen: Chosen | Refused | None = None
    found: Adjusted | Refused | None = None
    turn = None
    if design is not None:
        compared = counted(documents, design, eligible=eligible, exposed=exposed)
        chosen = adjust.choose(compared, design.columns)
        found = chosen if isinstance(chosen, Refused) else adjust.adjust(chosen)
        if isinstance(found, Adjusted):
            found = replace(found, left_out=(*design.left_out, *found.left_out))
        turn = confounding.turn(
            confounding.strata(compared, design.columns),
            pooled=comparison.risk_difference,
            adjusted=found.risk_difference.estimate if isinstance(found, Adjusted) else None,
        )
    in_time = watched(documents, eligible=eligible, exposed=exposed, chosen=chosen)
    ratio = hazard.hazard_ratio(in_time)
    best = found.risk_difference if isinstance(found, Adjusted) else comparison.risk_difference
    return replace(
        comparison,
        adjusted=found,
        hazard_ratio=ratio.ratio if ratio else None,
        turn=turn,
        excess=_excess(documents, np.flatnonzero(eligible & documents.followed & exposed), best),
    )


@dataclass(frozen=True, slots=True)
class Closer:
    """What takes too long for every behaviour at once: both curves in time, and the checks.

    `hazard` holds the p of its proportionality check. `doubly_robust` is None where no adjustment
    was asked for or the counts are too few.
    """

    survival: Survival
    hazard: Hazard | None
    doubly_robust: DoublyRobust | Refused | None


def closer(
    comparison: Comparison, documents: Documents, *, eligible: Flags, exposed: Flags
) -> Closer:
    """One behaviour in time, and its adjusted difference in a second opinion."""
    chosen: Chosen | Refused | None = None
    if documents.design is not None and comparison.verdict is not Verdict.TOO_FEW:
        compared = counted(documents, documents.design, eligible=eligible, exposed=exposed)
        chosen = adjust.choose(compared, documents.design.columns)
    rows = np.flatnonzero(eligible & (documents.days > 0))
    in_time = watched(documents, eligible=eligible, exposed=exposed, chosen=chosen)
    return Closer(
        survival.survival(
            exposed=exposed[rows],
            left=documents.left[rows],
            days=documents.days[rows],
            customer=documents.customer[rows],
        ),
        None if comparison.verdict is Verdict.TOO_FEW else hazard.hazard_ratio(in_time, test=True),
        doubly_robust.doubly_robust(chosen) if isinstance(chosen, Chosen) else chosen,
    )


def watched(
    documents: Documents, *, eligible: Flags, exposed: Flags, chosen: Chosen | Refused | None
) -> hazard.Times:
    """The eligible documents in time, by the columns that the adjusted comparison can bear."""
    rows = np.flatnonzero(eligible & (documents.days > 0))
    if isinstance(chosen, Chosen) and documents.design is not None:
        values = selection.columns_at(documents.design.values, chosen.places)
        pattern = documents.design.pattern[rows]
    else:
        values, pattern = np.ones((1, 1)), np.zeros(len(rows), dtype=np.int64)
    counted = models.patterns(
        values,
        pattern=pattern,
        exposed=exposed[rows],
        churned=documents.left[rows],
        customer=documents.customer[rows],
    )
    return hazard.times(counted, documents.days[rows])


def counted(
    documents: Documents, design: Design, *, eligible: Flags, exposed: Flags
) -> models.Patterns:
    """The eligible documents that were followed, counted by the columns of the design."""
    rows = np.flatnonzero(eligible & documents.followed)
    return models.patterns(
        design.values,
        pattern=design.pattern[rows],
        exposed=exposed[rows],
        churned=documents.churned[rows],
        customer=documents.customer[rows],
    )


def _excess(documents: Documents, rows: Codes, difference: Estimate) -> Excess:
    worth = documents.worth
    return excess(
        difference,
        exposed=len(rows),
        days=documents.day[rows],
        worth=worth and Worth(worth.monthly[rows], worth.currency),
    )
