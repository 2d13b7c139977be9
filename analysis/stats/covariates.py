"""What documents are compared at equal values of: covariates as columns of a model.

Documents with the same values share one row of the columns (a pattern), so that a model is fitted
to patterns and their counts, however many documents there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.messages import gettext as _
from analysis.stats.clusters import Codes, Flags, Numbers

# Above so many, columns are kept in single precision: half the memory, twice the speed, and
# rounding far below what chance does to as many documents.
MANY_PATTERNS = 20_000

# A level with fewer documents is joined with the other rare ones, or with the most common level.
MIN_LEVEL = 20
MIN_LEVEL_SHARE = 0.005
# A number enters as the mean of its group, linearly and squared; Cochran (1968), Biometrics
# 24:295-313: five groups remove 90 % of a bias, twenty all but a hundredth of it.
GROUPS = 20

# Levels that no table names: the rare ones together, and no value.
REST, MISSING = "*", ""


@dataclass(frozen=True, slots=True)
class Factor:
    """A covariate with named levels; `codes` is a place in `levels` a document, -1 = missing."""

    name: str
    codes: Codes
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numeric:
    """A covariate that is a number a document; NaN = missing, which is a level of its own."""

    name: str
    values: Numbers


@dataclass(frozen=True, slots=True)
class FlagSet:
    """Flags that count as one covariate, as the topics do; none or several may hold at once."""

    name: str
    flags: Mapping[str, Flags]


Covariate = Factor | Numeric | FlagSet


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a design: the covariate and the level, or the power of a number.

    Levels with the same `group` exclude one another; `reference` is the group's level without a
    column.
    """

    covariate: str
    level: str
    power: int = 0
    group: int = 0
    reference: str = MISSING


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A covariate that is not compared at equal values, and why, in the reader's language."""

    covariate: str
    why: str


@dataclass(frozen=True, slots=True)
class Design:
    """The columns of all covariates for each pattern of their values, the constant first.

    `pattern` is a row of `values` (patterns x columns) a document; `columns` says what each column
    is, None the constant.
    """

    pattern: Codes
    values: Numbers
    columns: tuple[Column | None, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class _Coded:
    """A code a document, and the columns' values for each code (codes x columns)."""

    codes: Codes
    table: Numbers
    columns: tuple[Column, ...]


def design(covariates: Sequence[Covariate], *, documents: int) -> Design:
    """The design of covariates in the order given, which is the order in which they are kept.

    A covariate that does not vary is left out. Levels are told from the most common one.
    """
    coded: list[_Coded] = []
    left_out: list[LeftOut] = []
    for covariate in covariates:
        parts = _coded(covariate)
        coded.extend(parts)
        if not parts:
            left_out.append(LeftOut(covariate.name, constant()))
    pattern: Codes = np.zeros(documents, dtype=np.int64)
    patterns = 1
    for part in coded:
        size = len(part.table)
        if patterns * size >= 2**62:
            pattern, patterns = _renumbered(pattern)
        pattern = pattern * size + part.codes
        patterns *= size
    pattern, first = _in_order_of_appearance(pattern)
    precision = np.float64 if len(first) <= MANY_PATTERNS else np.float32
    width = 1 + sum(len(part.columns) for part in coded)
    values = np.ones((len(first), width), dtype=precision)
    columns: list[Column | None] = [None]
    for number, part in enumerate(coded):
        place = len(columns)
        table = part.table.astype(precision)
        values[:, place : place + len(part.columns)] = table[part.codes[first]]
        columns.extend(replace(column, group=number) for column in part.columns)
    return Design(pattern, values, tuple(columns), tuple(left_out))


def without(design: Design, covariate: str) -> Design:
    """The design without one covariate; documents that it alone told apart keep their rows."""
    kept = [
        place
        for place, column in enumerate(design.columns)
        if column is None or column.covariate != covariate
    ]
    return replace(
        design,
        values=np.ascontiguousarray(design.values[:, kept]),
        columns=tuple(design.columns[place] for place in kept),
        left_out=tuple(one for one in design.left_out if one.covariate != covariate),
    )


def constant() -> str:
    """Why a covariate without differences is left out."""
    return _("값이 모두 같거나 거의 같습니다.")


def _coded(covariate: Covariate) -> list[_Coded]:
    """The parts of a covariate; none where it does not vary."""
    if isinstance(covariate, Factor):
        found = _factor(covariate)
        return [found] if found else []
    if isinstance(covariate, Numeric):
        found = _numeric(covariate)
        return [found] if found else []
    parts = (
        _factor(Factor(covariate.name, held.astype(np.int64), (MISSING, level)))
        for level, held in covariate.flags.items()
    )
    return [part for part in parts if part]


def _factor(factor: Factor) -> _Coded | None:
    """Dummies of all levels but the most common; missing is a level, rare levels are joined."""
    levels = (*factor.levels, MISSING)
    codes = np.where(factor.codes < 0, len(factor.levels), factor.codes)
    counts = np.bincount(codes, minlength=len(levels))
    enough = max(MIN_LEVEL, MIN_LEVEL_SHARE * len(codes))
    common = np.flatnonzero(counts >= enough)
    if not len(common):
        return None
    reference = int(np.argmax(counts))
    rest = int(counts.sum() - counts[common].sum())
    named = [int(level) for level in common if level != reference]
    joined = rest >= enough
    if not named and not joined:
        return None
    # Rare levels too few to stand together count as the most common one.
    place = np.full(len(levels), len(named) + 1 if joined else 0)
    place[reference] = 0
    place[named] = np.arange(1, len(named) + 1)
    size = 1 + len(named) + joined
    names = [levels[level] for level in named] + [REST] * joined
    columns = tuple(Column(factor.name, name, reference=levels[reference]) for name in names)
    return _Coded(place[codes], np.eye(size)[:, 1:], columns)


def _numeric(numeric: Numeric) -> _Coded | None:
    """The group's standardised mean, its square where there are three groups, and missing."""
    known = np.isfinite(numeric.values)
    if not known.any():
        return None
    values = numeric.values[known]
    cuts = np.unique(np.quantile(values, np.arange(1, GROUPS) / GROUPS))
    group = np.searchsorted(cuts, values, side="left")
    used, group = np.unique(group, return_inverse=True)
    means = np.bincount(group, weights=values) / np.bincount(group)
    enough = max(MIN_LEVEL, MIN_LEVEL_SHARE * len(known))
    missing = bool(np.sum(~known) >= enough)
    spread = float(np.std(means[group]))
    if not spread and not missing:
        return None
    centred = (means - np.mean(values)) / (spread or 1.0)
    powers = 0 if not spread else 1 if len(used) < 3 else 2
    table = np.zeros((len(used) + 1, powers + missing))
    columns = []
    for power in range(1, powers + 1):
        table[:-1, power - 1] = centred**power
        columns.append(Column(numeric.name, "", power))
    if missing:
        table[-1, powers] = 1.0
        columns.append(Column(numeric.name, MISSING))
    codes = np.full(len(known), len(used))
    codes[known] = group
    return _Coded(codes, table, tuple(columns))


def _renumbered(pattern: Codes) -> tuple[Codes, int]:
    found, pattern = np.unique(pattern, return_inverse=True)
    return pattern, len(found)


def _in_order_of_appearance(pattern: Codes) -> tuple[Codes, Codes]:
    """The patterns numbered as they first appear, and the document in which each does.

    Documents that follow each other then use rows that lie together.
    """
    _found, first, pattern = np.unique(pattern, return_index=True, return_inverse=True)
    order = np.argsort(first)
    number = np.empty(len(first), dtype=np.int64)
    number[order] = np.arange(len(first))
    return number[pattern], first[order]
