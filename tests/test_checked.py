"""How often people and the program agree: the store's counts with Wilson's interval."""

from __future__ import annotations

import pytest

from analysis import checked
from tests.store.making import chat, check, load


@pytest.fixture
def path(tmp_path):
    """Ten checked chats with a refund, eight of them right, and one that was given it."""
    store = tmp_path / "store"
    load(store, *(chat(f"c-{number}", tags=("refund",)) for number in range(10)), chat("other"))
    for number in range(10):
        check(store, f"c-{number}", "refund", number < 8)
    check(store, "other", "refund", True)
    return store


def test_share_right_has_its_interval(path):
    found = checked.summary(path)
    (row,) = found.tags
    assert found.documents == 11
    assert (row.tag, row.checked, row.right, row.share, row.added) == ("refund", 10, 8, 0.8, 1)
    # Wilson (1927) for 8 of 10; statsmodels proportion_confint(8, 10, method="wilson").
    assert (row.interval.low, row.interval.high) == pytest.approx((0.4902, 0.9433), abs=5e-5)


def test_even_votes_say_nothing(path):
    check(path, "c-0", "refund", False, reviewer="이")
    (row,) = checked.summary(path).tags
    assert (row.checked, row.right) == (9, 7)


def test_nothing_checked_is_an_empty_summary(tmp_path):
    assert checked.summary(tmp_path / "store") == checked.Summary(0, ())
