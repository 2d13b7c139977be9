"""What the stored conversations say about churn: joins the store and the statistics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from analysis import codebook, comparing
from analysis.errors import BadSetting
from analysis.messages import gettext as _
from analysis.model import Kind, Scope
from analysis.stats import multiplicity, rates, verdict
from analysis.stats.compare import Comparison, Comparisons, compare_all
from analysis.stats.examine import Closer
from analysis.stats.rates import Estimate, Rate
from analysis.stats.verdict import Verdict
from analysis.store import comparable, periods, queries
from analysis.store.queries import Flow

# The horizons that the pages offer, in days; any other number of days can be asked for as well.
HORIZONS = (30, 60, 90, 180)
DEFAULT_HORIZON = 60
MAX_HORIZON = 3_650

STRATA = ("topic", "channel")


@dataclass(frozen=True, slots=True)
class Drivers:
    """Every behaviour against churn within `horizon` days, and how the documents were chosen.

    Chats: one comparison for every behaviour of the codebook, in its order. Reviews follow in the
    same way where at least one of them is followed for the horizon.
    """

    horizon: int
    flow: Flow
    comparisons: Comparisons

    @property
    def ranked(self) -> tuple[Comparison, ...]:
        """The clear ones first, by how far their interval stays from no difference."""
        return tuple(sorted(self.comparisons.rows, key=_rank))

    @property
    def clear(self) -> tuple[Comparison, ...]:
        """The comparisons with a direction, the clearest first."""
        return tuple(row for row in self.ranked if row.verdict in (Verdict.HIGHER, Verdict.LOWER))


@dataclass(frozen=True, slots=True)
class Change:
    """How often a tag stood in a period and in the equally long one before it.

    `difference` is the share now minus the share before; `clear` where it would be found in fewer
    than one of twenty looks at unchanged figures, over all tags together (q < 0.05).
    """

    tag: str
    group: str
    now: Rate
    before: Rate
    difference: Estimate | None
    clear: bool


@dataclass(frozen=True, slots=True)
class PeriodChanges:
    """Every tag now and before, the biggest clear difference first; days inclusive."""

    now_start: date | None
    now_end: date | None
    before_start: date | None
    before_end: date | None
    rows: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Stratum:
    """One behaviour against churn within one topic or channel; no p, so nothing to rank by."""

    name: str
    exposed: Rate
    unexposed: Rate
    risk_difference: Estimate | None
    too_few: bool


def drivers(
    path: Path,
    scope: Scope,
    *,
    horizon: int = DEFAULT_HORIZON,
    include_cancellation: bool = False,
    covariates: Sequence[str] | None = None,
    adjusting: bool = True,
) -> Drivers:
    """The comparison of every behaviour with churn, over the followed documents of a scope.

    Contacts made to cancel are left out unless `include_cancellation`. A chat is compared among
    those with the behaviour's opportunity; a review among all reviews, told against not told. Both
    are compared as they are and, where `adjusting`, at equal values of the covariates (None = those
    of `comparing.COVARIATES`).

    Raises BadSetting for a horizon that is no number of days, or an unknown covariate.
    """
    _check_horizon(horizon)
    flow = queries.flow(path, scope, horizon, include_cancellation=include_cancellation)
    frame = comparable.documents(path, scope, horizon, include_cancellation=include_cancellation)
    kinds = comparing.kinds(frame, covariates, adjusting=adjusting)
    rows = [row for compared in kinds for row in comparing.comparisons(compared)]
    return Drivers(horizon, flow, compare_all(rows))


def strata(
    path: Path,
    scope: Scope,
    behaviour: str,
    *,
    by: Literal["topic", "channel"],
    horizon: int = DEFAULT_HORIZON,
    include_cancellation: bool = False,
) -> tuple[Stratum, ...]:
    """One behaviour of chats against churn within each topic or channel, the biggest first.

    A document with several topics stands in each of them: topics do not add up to the whole. A
    document without a channel stands in the stratum "".

    Raises BadSetting for a behaviour that is not in the codebook, another `by`, or a horizon that
    is no number of days.
    """
    _check_horizon(horizon)
    _check_choice("behaviour", behaviour, codebook.BEHAVIOURS)
    _check_choice("by", by, STRATA)
    table = queries.strata(
        path, scope, horizon, behaviour, by=by, include_cancellation=include_cancellation
    )
    return tuple(
        _stratum(
            str(row.stratum),
            exposed=Rate(int(row.exposed_churned), int(row.exposed)),
            unexposed=Rate(int(row.unexposed_churned), int(row.unexposed)),
        )
        for row in table.itertuples()
    )


def changes(path: Path, scope: Scope) -> PeriodChanges:
    """What the scope's period has more or less of than the equally long one before it.

    Shares of documents; of eligible ones for behaviours. Differences with Newcombe's interval.
    """
    found = periods.tag_changes(path, scope)
    rows = [
        (
            row.tag,
            row.group,
            Rate(int(row.now), int(row.now_total)),
            Rate(int(row.before), int(row.before_total)),
        )
        for row in found.table.itertuples()
    ]
    enough = [
        min(now.documents, before.documents) >= verdict.MIN_EXPOSED for *_, now, before in rows
    ]
    q = multiplicity.false_discovery(
        [
            rates.fisher(now, before) if big else None
            for (*_, now, before), big in zip(rows, enough, strict=True)
        ]
    )
    changed = [
        Change(
            tag,
            group,
            now,
            before,
            rates.risk_difference(exposed=now, unexposed=before),
            one is not None and one < verdict.FDR,
        )
        for (tag, group, now, before), one in zip(rows, q, strict=True)
    ]
    changed.sort(
        key=lambda one: (not one.clear, -abs(one.difference.estimate if one.difference else 0))
    )
    return PeriodChanges(
        found.now_start, found.now_end, found.before_start, found.before_end, tuple(changed)
    )


def closer(
    path: Path,
    scope: Scope,
    behaviour: str,
    *,
    kind: str = Kind.CHAT.value,
    horizon: int = DEFAULT_HORIZON,
    include_cancellation: bool = False,
    covariates: Sequence[str] | None = None,
    adjusting: bool = True,
) -> Closer:
    """The curves of one behaviour in time, and the checks of its adjusted figures.

    Raises BadSetting as `drivers`, and for what is no behaviour or no kind of documents that are
    followed.
    """
    _check_horizon(horizon)
    _check_choice("behaviour", behaviour, codebook.BEHAVIOURS)
    frame = comparable.documents(path, scope, horizon, include_cancellation=include_cancellation)
    kinds = {one.kind.value: one for one in comparing.kinds(frame, covariates, adjusting=adjusting)}
    _check_choice("kind", kind, kinds)
    return comparing.closer(kinds[kind], behaviour)


def _rank(row: Comparison) -> tuple[int, float]:
    order = {Verdict.HIGHER: 0, Verdict.LOWER: 0, Verdict.UNCLEAR: 1, Verdict.TOO_FEW: 2}
    difference = row.judged_by
    if difference is None:
        return order[row.verdict], 0.0
    nearest = min(abs(difference.low), abs(difference.high))
    return order[row.verdict], -(nearest if order[row.verdict] == 0 else abs(difference.estimate))


def _stratum(name: str, *, exposed: Rate, unexposed: Rate) -> Stratum:
    return Stratum(
        name=name,
        exposed=exposed,
        unexposed=unexposed,
        risk_difference=rates.risk_difference(exposed=exposed, unexposed=unexposed),
        too_few=verdict.too_few(exposed, unexposed),
    )


def _check_choice(name: str, value: str, choices: Iterable[str]) -> None:
    listed = list(choices)
    if value not in listed:
        said = _("다음 중 하나를 골라 주세요: {choices}.").format(choices=", ".join(listed))
        raise BadSetting(name, value, said)


def _check_horizon(horizon: int) -> None:
    whole = isinstance(horizon, int) and not isinstance(horizon, bool)
    if not whole or not 1 <= horizon <= MAX_HORIZON:
        raise BadSetting(
            "horizon",
            str(horizon),
            _("1부터 {most}까지의 일수를 넣어 주세요. 예: 60").format(most=MAX_HORIZON),
        )
