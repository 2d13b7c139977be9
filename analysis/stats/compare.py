"""One behaviour against churn, and all behaviours of a view together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from analysis.stats import clusters, multiplicity, rates, verdict
from analysis.stats.clusters import Codes, Flags, Method
from analysis.stats.rates import Estimate, Rate
from analysis.stats.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """Documents with a behaviour against eligible documents without it.

    Figures are None where the table does not give them: see `rates` for each. `p`, `p_method` and
    `q` are None where the counts are too few; `q` and a direction come from `compare_all`.
    `documents_needed` is set only where the counts are too few and it can be foreseen.
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
    difference = rates.risk_difference(exposed=with_it, unexposed=without)
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
        risk_difference=difference,
        risk_ratio=rates.risk_ratio(exposed=with_it, unexposed=without),
        odds_ratio=rates.odds_ratio(exposed=with_it, unexposed=without),
        p=p,
        p_method=tested.method if tested else None,
        q=p,
        verdict=verdict.decide(difference, p),
        documents_needed=verdict.documents_needed(with_it, without) if silent else None,
    )


def compare_all(comparisons: Iterable[Comparison]) -> Comparisons:
    """The same comparisons in the same order, each with its q and verdict among them all."""
    rows = tuple(comparisons)
    shared = multiplicity.false_discovery([row.p for row in rows])
    return Comparisons(
        tests=sum(row.p is not None for row in rows),
        rows=tuple(
            replace(row, q=q, verdict=verdict.decide(row.risk_difference, q))
            for row, q in zip(rows, shared, strict=True)
        ),
    )
