"""Comparisons at equal values: right where they can be had, refused in words where they cannot."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.stats import adjust, models
from analysis.stats.adjust import Adjusted
from analysis.stats.covariates import Factor, FlagSet, design
from analysis.stats.e_value import EValue
from analysis.stats.selection import Refused


def compared(*, exposed, churned, levels, customer=None):
    """The columns and the counted documents of one factor with the given level a document."""
    codes = np.asarray(levels)
    columns = design(
        [Factor("plan", codes, tuple("abcdefghij"[: codes.max() + 1]))], documents=len(codes)
    )
    counted = models.patterns(
        columns.values,
        pattern=columns.pattern,
        exposed=np.asarray(exposed, dtype=bool),
        churned=np.asarray(churned, dtype=bool),
        customer=np.arange(len(codes)) if customer is None else customer,
    )
    return counted, columns.columns


def adjusted(**documents):
    chosen = adjust.choose(*compared(**documents))
    return chosen if isinstance(chosen, Refused) else adjust.adjust(chosen)


def confounded(rows=4_000, seed=2, effect=0.0):
    """Angry customers (level 1) get the behaviour more often, and leave more often."""
    random = np.random.default_rng(seed)
    angry = random.random(rows) < 0.4
    exposed = random.random(rows) < np.where(angry, 0.7, 0.2)
    churned = random.random(rows) < np.where(angry, 0.4, 0.1) + effect * exposed
    return {"exposed": exposed, "churned": churned, "levels": angry.astype(int)}


def test_a_confounder_is_taken_out():
    found = adjusted(**confounded())
    assert found.risk_difference.low < 0 < found.risk_difference.high
    assert found.risk_ratio.low < 1 < found.risk_ratio.high
    assert found.e_value.limit == 1


def test_the_strongest_covariate_is_named():
    found = adjusted(**confounded(effect=0.1))
    assert found.strongest.covariate == "plan"
    # Exposed are angry 2.6 times as often (0.7 against 0.27), and the angry leave 3 times as often.
    assert 1.5 < found.strongest.factor < 2.5
    assert found.outweighed_by == "plan"


def test_an_effect_stronger_than_every_covariate_is_not_outweighed():
    random = np.random.default_rng(1)
    exposed = random.random(4_000) < 0.5
    churned = random.random(4_000) < np.where(exposed, 0.4, 0.1)
    found = adjusted(exposed=exposed, churned=churned, levels=random.integers(0, 3, 4_000))
    assert found.outweighed_by is None
    assert found.e_value.limit > 5


def test_single_precision_gives_the_same_figures():
    documents = confounded(rows=30_000, effect=0.05)
    counted, columns = compared(**documents)
    few = replace(
        counted,
        values=counted.values.astype(np.float32),
        documents=counted.documents.astype(np.float32),
        churned=counted.churned.astype(np.float32),
    )
    exact, rounded = (adjust.adjust(adjust.choose(one, columns)) for one in (counted, few))
    for name in ("risk_difference", "risk_ratio"):
        one, other = getattr(exact, name), getattr(rounded, name)
        # Fewer steps are made, too: some thousandths of the interval.
        assert (other.estimate, other.low, other.high) == pytest.approx(
            (one.estimate, one.low, one.high), abs=(one.high - one.low) / 100
        )


EVEN = np.arange(400) % 2 == 0
THIRDS = np.arange(400) % 3


@pytest.mark.parametrize(
    ("documents", "why"),
    [
        ({"exposed": EVEN, "churned": EVEN, "levels": EVEN.astype(int)}, "모두 떠났거나"),
        ({"exposed": EVEN, "churned": THIRDS == 0, "levels": EVEN.astype(int)}, "비교 상대가 없"),
        ({"exposed": EVEN, "churned": np.arange(400) < 12, "levels": THIRDS}, "5명은 있어야"),
        ({"exposed": np.ones(400), "churned": EVEN, "levels": THIRDS}, "비교할 상대가 없"),
        ({"exposed": EVEN, "churned": np.zeros(400), "levels": THIRDS}, "이탈로 이어진 것이 없"),
        ({"exposed": EVEN, "churned": THIRDS == 0, "levels": np.zeros(400, dtype=int)}, "변수가"),
        (
            {
                "exposed": EVEN,
                "churned": THIRDS == 0,
                "levels": THIRDS,
                "customer": np.arange(400) % 8,
            },
            "고객이 한쪽에",
        ),
    ],
    ids=["separated", "same_as_exposure", "few_events", "all_exposed", "nobody_left", "constant",
         "few_customers"],
)  # fmt: skip
def test_what_cannot_be_adjusted_is_refused_in_words(documents, why):
    found = adjusted(**documents)
    assert isinstance(found, Refused)
    assert why in found.why


@pytest.mark.parametrize("quiet", [0, 1, 2, 3])
def test_a_level_in_which_nobody_left_does_not_explode(quiet):
    random = np.random.default_rng(4)
    levels = random.integers(0, 4, 2_000)
    exposed = random.random(2_000) < 0.4
    churned = (random.random(2_000) < 0.2 + 0.1 * exposed) & (levels != quiet)
    found = adjusted(exposed=exposed, churned=churned, levels=levels)
    assert isinstance(found, Adjusted)
    assert 1 < found.risk_ratio.low < found.risk_ratio.high < 3


def test_a_covariate_with_too_many_levels_for_the_events_is_left_out_and_named():
    random = np.random.default_rng(4)
    rows = 1_000
    few, many = random.integers(0, 2, rows), random.integers(0, 10, rows)
    columns = design(
        [Factor("plan", few, ("a", "b")), Factor("month", many, tuple("abcdefghij"))],
        documents=rows,
    )
    counted = models.patterns(
        columns.values,
        pattern=columns.pattern,
        exposed=random.random(rows) < 0.5,
        churned=random.random(rows) < 0.035,
        customer=np.arange(rows),
    )
    found = adjust.adjust(adjust.choose(counted, columns.columns))
    assert found.covariates == ("plan",)
    assert [one.covariate for one in found.left_out] == ["month"]


def test_of_many_flags_the_common_ones_are_kept():
    random = np.random.default_rng(4)
    rows = 1_000
    flags = {name: random.random(rows) < 0.1 + 0.05 * place for place, name in enumerate("abcdef")}
    columns = design([FlagSet("topics", flags)], documents=rows)
    counted = models.patterns(
        columns.values,
        pattern=columns.pattern,
        exposed=random.random(rows) < 0.5,
        churned=random.random(rows) < 0.022,
        customer=np.arange(rows),
    )
    found = adjust.choose(counted, columns.columns)
    assert "".join(one.level for one in found.columns[1:]) in ("def", "ef", "cdef")
    assert [one.covariate for one in found.left_out] == ["topics"]


def test_repeated_customers_widen_the_interval():
    documents = confounded(rows=1_000, effect=0.1)
    four_times = {name: np.repeat(values, 4) for name, values in documents.items()}
    once = adjusted(**documents).risk_difference
    again = adjusted(**four_times, customer=np.repeat(np.arange(1_000), 4)).risk_difference
    assert again.high - again.low == pytest.approx(once.high - once.low, rel=0.01)


def test_e_value_belongs_to_the_ratio():
    found = adjusted(**confounded(effect=0.1))
    assert isinstance(found.e_value, EValue)
    assert 1 <= found.e_value.limit < found.e_value.estimate
