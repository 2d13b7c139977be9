"""One behaviour against churn, and all behaviours of a view together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from analysis.messages import gettext as _
from analysis.stats import clusters, multiplicity, verdict
from analysis.stats.adjust import Adjusted
from analysis.stats.clusters import Codes, Flags, Method
from analysis.stats.confounding import Turn
from analysis.stats.excess import Excess
from analysis.stats.rates import Estimate, Rate
from analysis.stats.selection import Refused
from analysis.stats.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """Documents with a behaviour against eligible documents without it.

    Figures are None where the table does not give them: see `rates` for each. `p`, `p_method` and
    `q` are None where the counts are too few; `q` and a direction come from `compare_all`.
    `documents_needed` is set only where the counts are too few and it can be foreseen. The rest
    comes from `examine`; `adjusted` is None where it was not asked for or the counts are too few.
    """

    behaviour_id: str
    kind: str
    exposed: Rate
    unexposed: Rate
    risk_difference: Estimate | None
    risk_ratio: Estimate | None
    odds_ratio: Estimate | None
    p: float | None
    p_method: Method | None
    q: float | None
    verdict: Verdict
    documents_needed: int | None
    adjusted: Adjusted | Refused | None = None
    hazard_ratio: Estimate | None = None
    turn: Turn | None = None
    excess: Excess | None = None

    @property
    def judged_by(self) -> Estimate | None:
        """The risk difference behind the verdict: the adjusted one, or else the crude one."""
        if isinstance(self.adjusted, Adjusted):
            return self.adjusted.risk_difference
        return self.risk_difference

    @property
    def not_adjusted(self) -> str | None:
        """Why there are no adjusted figures, in the reader's language; None where there are."""
        if isinstance(self.adjusted, Adjusted):
            return None
        if self.adjusted is None:
            return self.reason or _("보정하지 않기로 했습니다.")
        return self.adjusted.why

    @property
    def fragile(self) -> bool:
        """Whether the verdict turns on adjustment, or on one more confounder like a known one."""
        if not isinstance(self.adjusted, Adjusted) or self.verdict is Verdict.TOO_FEW:
            return False
        if self.turns_on_adjustment:
            return True
        return self.verdict is not Verdict.UNCLEAR and self.adjusted.outweighed_by is not None

    @property
    def turns_on_adjustment(self) -> bool:
        """Whether the crude figures alone would have another verdict."""
        return verdict.decide(self.risk_difference, self.q) is not self.verdict

    @property
    def eligible(self) -> int:
        """Documents with the behaviour's opportunity."""
        return self.exposed.documents + self.unexposed.documents

    @property
    def reason(self) -> str | None:
        """Why there is no verdict, in the reader's language; None where there is one."""
        return verdict.reason(self.exposed, self.unexposed)


@dataclass(frozen=True, slots=True)
class Comparisons:
    """All comparisons of a view, and how many of them were tests."""

    tests: int
    rows: tuple[Comparison, ...]


def compare(
    behaviour_id: str,
    kind: str,
    *,
    eligible: Flags,
    exposed: Flags,
    churned: Flags,
    customer: Codes,
) -> Comparison:
    """The crude comparison of one behaviour, as yet alone: q is p.

    Arrays hold one entry a followed document, in time order. Exposure outside `eligible` does not
    count. Too few cases are a verdict, not an error.
    """
    exposed, churned, customer = exposed[eligible], churned[eligible], customer[eligible]
    with_it, without = clusters.table(exposed=exposed, churned=churned)
    crude = clusters.differences(exposed=exposed, churned=churned, customer=customer)
    silent = verdict.too_few(with_it, without)
    tested = (
        None
        if silent
        else clusters.association(exposed=exposed, churned=churned, customer=customer)
    )
    p = tested.p if tested else None
    return Comparison(
        behaviour_id=behaviour_id,
        kind=kind,
        exposed=with_it,
        unexposed=without,
        risk_difference=crude.risk_difference,
        risk_ratio=crude.risk_ratio,
        odds_ratio=crude.odds_ratio,
        p=p,
        p_method=tested.method if tested else None,
        q=p,
        verdict=verdict.decide(crude.risk_difference, p),
        documents_needed=verdict.documents_needed(with_it, without) if silent else None,
    )


def compare_all(comparisons: Iterable[Comparison]) -> Comparisons:
    """The same comparisons in the same order, each with its q and verdict among them all."""
    rows = tuple(comparisons)
    shared = multiplicity.false_discovery([row.p for row in rows])
    return Comparisons(
        tests=sum(row.p is not None for row in rows),
        rows=tuple(
            replace(row, q=q, verdict=verdict.decide(row.judged_by, q))
            for row, q in zip(rows, shared, strict=True)
        ),
    )
