"""Many comparisons at once: how often a finding of the whole list would be a false one."""

from __future__ import annotations

from collections.abc import Sequence

from statsmodels.stats.multitest import multipletests


def false_discovery(p: Sequence[float | None]) -> tuple[float | None, ...]:
    """The q value of each p, in the same order; None is no test and stays None.

    Source: Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57:289-300, as adjusted p values.
    """
    tested = [value for value in p if value is not None]
    if not tested:
        return tuple(p)
    adjusted = iter(multipletests(tested, method="fdr_bh")[1])
    return tuple(None if value is None else float(next(adjusted)) for value in p)
