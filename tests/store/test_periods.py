from __future__ import annotations

from datetime import date, timedelta

import pytest

from analysis.codebook import ALL_TAGS
from analysis.model import Scope
from analysis.store import periods
from tests.store.making import DAY, chat, load, review


@pytest.fixture
def days(path):
    """One refund chat on each of the days 0, 1, 27, 28, 29 after 2 March 2026, and a review."""
    load(
        path,
        *(chat(str(day), tags=("refund",), at=DAY + timedelta(days=day)) for day in (0, 1, 27, 28)),
        chat("29", opportunities=("apology",), tags=("apology",), at=DAY + timedelta(days=29)),
        review("r", at=DAY + timedelta(days=3)),
    )
    return path


def row(changes, tag):
    return tuple(changes.table.set_index("tag").loc[tag])


def test_scope_of_days_is_compared_with_as_many_before(days):
    changes = periods.tag_changes(days, Scope(start=date(2026, 3, 30), end=date(2026, 3, 31)))
    assert (changes.before_start, changes.before_end) == (date(2026, 3, 28), date(2026, 3, 29))
    assert row(changes, "refund") == ("topics", 1, 1, 2, 1)
    assert row(changes, "apology") == ("agent", 1, 0, 1, 0)


def test_scope_without_days_is_the_last_four_weeks(days):
    changes = periods.tag_changes(days, Scope())
    assert (changes.now_start, changes.now_end) == (date(2026, 3, 4), date(2026, 3, 31))
    assert (changes.before_start, changes.before_end) == (date(2026, 2, 4), date(2026, 3, 3))
    assert row(changes, "refund") == ("topics", 2, 2, 4, 2)


def test_rest_of_the_scope_holds_in_both_periods(days):
    changes = periods.tag_changes(days, Scope(kinds=("chat",)))
    assert row(changes, "refund") == ("topics", 2, 2, 3, 2)


@pytest.mark.parametrize(
    ("scope", "start", "end"),
    [
        (Scope(start=date(2026, 3, 20)), date(2026, 3, 20), date(2026, 3, 31)),
        (Scope(end=date(2026, 3, 29)), date(2026, 3, 2), date(2026, 3, 29)),
        (Scope(start=date(2026, 5, 1)), date(2026, 5, 1), date(2026, 5, 1)),
    ],
)
def test_missing_day_is_filled_in(days, scope, start, end):
    changes = periods.tag_changes(days, scope)
    assert (changes.now_start, changes.now_end) == (start, end)


def test_empty_store_has_no_days_and_zeros(path):
    changes = periods.tag_changes(path, Scope())
    assert changes.now_start is None
    assert list(changes.table["tag"]) == list(ALL_TAGS)
    assert changes.table[["now", "before", "now_total", "before_total"]].sum().sum() == 0
