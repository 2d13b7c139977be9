"""q values of a list in which some comparisons were no tests."""

import pytest

from analysis.stats.multiplicity import false_discovery


@pytest.mark.parametrize("p", [(), (None,), (None, None)])
def test_no_test_no_q(p):
    assert false_discovery(p) == p


def test_one_test_keeps_its_p():
    assert false_discovery([0.03]) == (0.03,)


def test_what_was_not_tested_keeps_its_place_and_does_not_count():
    assert false_discovery([0.04, None, 0.01]) == pytest.approx((0.04, None, 0.02))
