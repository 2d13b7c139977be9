"""Which columns of a design the documents of one comparison can bear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.messages import gettext as _
from analysis.stats import covariates, models, newton
from analysis.stats.covariates import Column, LeftOut, Numbers
from analysis.stats.models import Patterns

# Vittinghoff & McCulloch (2007), Am. J. Epidemiol. 165:710-718: from five events a variable on,
# intervals keep what they promise nearly as well as from ten.
EVENTS_PER_COLUMN = 5
# A column of which others explain all but this share says nothing of its own.
_ALONE = 1e-6


@dataclass(frozen=True, slots=True)
class Refused:
    """Why documents were not compared at equal values, in the reader's language."""

    why: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """Documents counted by the columns that are kept, which they are, and what was left out.

    `places` are those of the kept columns in the design.
    """

    counted: Patterns
    places: tuple[int, ...]
    columns: tuple[Column | None, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def covariates(self) -> tuple[str, ...]:
        """The names of the covariates that are kept, in order."""
        return tuple(dict.fromkeys(one.covariate for one in self.columns if one is not None))


def choose(counted: Patterns, columns: Sequence[Column | None]) -> Chosen | Refused:
    """The columns that vary, are no sum of others, and fit the number of customers who left.

    A level that holds for too few documents, or in which nobody or everybody left, counts as the
    most common one. Covariates are kept in their order while there are EVENTS_PER_COLUMN customers
    who left (or who stayed, where those are fewer) for every column; of flags, the common ones.
    """
    varying = _varying(counted, columns)
    # What no sum gives in some of the patterns, none gives in all of them.
    some = counted.thinned() if len(counted.values) > 2 * models.GUESS else counted
    independent = _independent(newton.bordered(some.values, some.documents), varying)
    if independent is None or len(independent) < len(varying):
        every = newton.bordered(counted.values, counted.documents)
        independent = _independent(every, varying)
    if independent is None:
        return Refused(
            _("비교할 변수의 값이 정해지면 나타났는지도 정해져, 같은 조건의 비교 상대가 없습니다.")
        )
    asked = list(dict.fromkeys(one.covariate for one in columns if one is not None))
    left_out = []
    fitting = _customers(counted) // EVENTS_PER_COLUMN - 1
    held = newton.totals(counted.values, counted.documents[0] + counted.documents[1])
    kept = [0]
    for name in asked:
        own = [place for place in independent if (one := columns[place]) and one.covariate == name]
        if not own:
            left_out.append(LeftOut(name, covariates.constant()))
        elif len(own) > fitting:
            # Of flags, each of which stands alone, the most common ones can be kept.
            apart = len({one.group for place in own if (one := columns[place])}) == len(own)
            common = sorted(own, key=lambda place: -held[place])[: max(0, fitting) if apart else 0]
            kept.extend(common)
            fitting -= len(common)
            left_out.append(LeftOut(name, _too_many(len(common))))
        else:
            kept.extend(own)
            fitting -= len(own)
    kept.sort()
    if len(kept) == 1:
        return Refused(
            _(
                "이탈한 고객과 남은 고객이 변수 하나에 {n}명은 있어야 하는데 그만큼 되지 않거나, "
                "보정할 변수의 값이 모두 같습니다."
            ).format(n=EVENTS_PER_COLUMN)
        )
    return Chosen(
        replace(counted, values=columns_at(counted.values, kept)),
        tuple(kept),
        tuple(columns[place] for place in kept),
        tuple(left_out),
    )


def _too_many(kept: int) -> str:
    if not kept:
        return _("이탈한 고객 수에 비해 값의 가짓수가 많습니다.")
    return _("이탈한 고객 수에 비해 값이 많아 흔한 {n}가지만 맞추었습니다.").format(n=kept)


def columns_at(values: Numbers, places: Sequence[int]) -> Numbers:
    """Some columns of a design; the design's own array where they are all of them."""
    if len(places) == values.shape[1]:
        return values
    return np.ascontiguousarray(values[:, list(places)])


def _customers(counted: Patterns) -> int:
    """Customers with a document that led to churn, or with one that did not: the fewer of both."""
    left = np.bincount(counted.customer, weights=counted.left, minlength=counted.customers)
    every = np.bincount(counted.customer, minlength=counted.customers)
    return int(min(np.sum(left > 0), np.sum(left < every)))


def _varying(counted: Patterns, columns: Sequence[Column | None]) -> list[int]:
    documents = newton.totals(counted.values, counted.documents[0] + counted.documents[1])
    churned = newton.totals(counted.values, counted.churned[0] + counted.churned[1])

    def tells(of: Sequence[float]) -> bool:
        return of[0] >= covariates.MIN_LEVEL and 0.5 < of[1] < of[0] - 0.5

    kept = [0]
    groups: dict[int, list[int]] = {}
    for place, column in enumerate(columns):
        if column is not None and column.power:
            kept.append(place)
        elif column is not None and tells((documents[place], churned[place])):
            groups.setdefault(column.group, []).append(place)
    for places in groups.values():
        # The level without a column must tell something as well, if need be together with another.
        places.sort(key=lambda place: documents[place])
        while places and not tells([of[0] - of[places].sum() for of in (documents, churned)]):
            places.pop()
        kept.extend(places)
    return sorted(kept)


def _independent(square: newton.Numbers, places: Sequence[int]) -> list[int] | None:
    """The columns that are no sum of earlier ones; None where the exposure, the last one, is."""
    kept: list[int] = []
    factor = np.zeros((0, 0))
    exposure = len(square) - 1
    for place in (*places, exposure):
        own = square[place, place]
        row = np.linalg.solve(factor, square[kept, place]) if kept else np.zeros(0)
        rest = own - float(row @ row)
        if not own or rest <= _ALONE * own:
            if place == exposure:
                return None
            continue
        size = len(kept)
        grown = np.zeros((size + 1, size + 1))
        grown[:size, :size], grown[size, :size], grown[size, size] = factor, row, np.sqrt(rest)
        factor = grown
        kept.append(place)
    return kept[:-1]
