"""Covariates as columns: rare levels joined, numbers in groups, missing apart."""

import numpy as np
import pytest

from analysis.stats.covariates import MISSING, REST, Factor, FlagSet, Numeric, design


def columns(*covariates):
    """The design's columns as (covariate, level, power), without the constant."""
    documents = len(getattr(covariates[0], "codes", getattr(covariates[0], "values", ())))
    found = design(covariates, documents=documents)
    assert found.columns[0] is None
    return [(one.covariate, one.level, one.power) for one in found.columns[1:]]


def a_factor(*counts, name="channel", missing=0):
    codes = np.concatenate([np.repeat(np.arange(len(counts)), counts), np.repeat(-1, missing)])
    return Factor(name, codes, tuple("abcdefgh"[: len(counts)]))


def test_levels_are_told_from_the_most_common_one():
    assert columns(a_factor(30, 90, 40)) == [("channel", "a", 0), ("channel", "c", 0)]


def test_missing_is_a_level():
    assert columns(a_factor(90, 40, missing=30))[-1] == ("channel", MISSING, 0)


def test_rare_levels_are_joined():
    assert columns(a_factor(90, 40, 12, 11)) == [("channel", "b", 0), ("channel", REST, 0)]


def test_rare_levels_too_few_to_stand_together_count_as_the_common_one():
    assert columns(a_factor(90, 40, 3, 4)) == [("channel", "b", 0)]


@pytest.mark.parametrize(
    "covariate",
    [
        a_factor(100),
        a_factor(100, 5),
        Numeric("tenure", np.full(100, 7.0)),
        Numeric("tenure", np.full(100, np.nan)),
        FlagSet("topics", {"refund": np.zeros(100, dtype=bool)}),
    ],
)
def test_what_does_not_vary_is_left_out_and_named(covariate):
    found = design([covariate], documents=100 if covariate.name != "channel" else
                   len(covariate.codes))  # fmt: skip
    assert [one.covariate for one in found.left_out] == [covariate.name]
    assert found.columns == (None,)


def test_a_number_is_its_groups_mean_and_square_and_missing_apart():
    values = np.concatenate([np.arange(1_000.0), np.full(100, np.nan)])
    found = design([Numeric("tenure", values)], documents=1_100)
    assert [(one.level, one.power) for one in found.columns[1:]] == [("", 1), ("", 2), (MISSING, 0)]
    linear, square, missing = found.values[found.pattern, 1:].T
    assert len(np.unique(linear[:1_000])) == 20
    assert np.corrcoef(linear[:1_000], values[:1_000])[0, 1] > 0.998
    assert square[:1_000] == pytest.approx(linear[:1_000] ** 2)
    assert (missing == np.isnan(values)).all()


def test_a_number_with_two_values_has_one_column():
    values = np.repeat([0.0, 1.0], 50)
    assert columns(Numeric("earlier", values)) == [("earlier", "", 1)]


def test_equal_documents_share_a_pattern_in_order_of_appearance():
    channel = a_factor(50, 50)
    flag = FlagSet("topics", {"refund": np.arange(100) % 2 == 0})
    found = design([channel, flag], documents=100)
    assert len(found.values) == 4
    assert found.pattern[:4].tolist() == [0, 1, 0, 1]
    assert found.values[found.pattern[99]].tolist() == [1.0, 1.0, 0.0]


def test_many_covariates_do_not_overflow_the_pattern():
    random = np.random.default_rng(3)
    wide = [Factor(f"f{n}", random.integers(0, 8, 4_000), tuple("abcdefgh")) for n in range(30)]
    found = design(wide, documents=4_000)
    assert found.values.shape == (4_000, 211)
    for number, covariate in enumerate(wide):
        own = [
            place
            for place, one in enumerate(found.columns)
            if one and one.covariate == f"f{number}"
        ]
        levels = [covariate.levels.index(found.columns[place].level) for place in own]
        held = found.values[found.pattern][:, own].astype(bool)
        assert (held == (covariate.codes[:, None] == np.array(levels))).all()
