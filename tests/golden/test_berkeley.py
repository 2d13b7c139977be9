"""Simpson's paradox as published: admissions to Berkeley in 1973, women against men."""

import numpy as np
import pytest

from analysis.stats import clusters, confounding, models
from analysis.stats.adjust import adjust, choose
from analysis.stats.covariates import Factor, design

# Bickel, Hammel & O'Connell (1975), Science 187:398-404; the counts of the six largest departments
# are those of R's `UCBAdmissions`: men admitted, rejected, women admitted, rejected.
DEPARTMENTS = {
    "A": (512, 313, 89, 19),
    "B": (353, 207, 17, 8),
    "C": (120, 205, 202, 391),
    "D": (138, 279, 131, 244),
    "E": (53, 138, 94, 299),
    "F": (22, 351, 24, 317),
}


@pytest.fixture(scope="module")
def applicants():
    """Which department, whether a woman, and whether admitted, one entry an applicant."""
    cells = [
        (department, woman, admitted, counts[2 * woman + (not admitted)])
        for department, counts in enumerate(DEPARTMENTS.values())
        for woman in (0, 1)
        for admitted in (1, 0)
    ]
    sizes = [size for *_, size in cells]
    return tuple(np.repeat([cell[place] for cell in cells], sizes) for place in range(3))


@pytest.fixture(scope="module")
def compared(applicants):
    department, woman, admitted = applicants
    columns = design(
        [Factor("department", department, tuple(DEPARTMENTS))], documents=len(department)
    )
    counted = models.patterns(
        columns.values,
        pattern=columns.pattern,
        exposed=woman == 1,
        churned=admitted == 1,
        customer=np.arange(len(woman)),
    )
    return columns, counted


@pytest.fixture(scope="module")
def pooled(applicants):
    _, woman, admitted = applicants
    everyone = {"exposed": woman == 1, "churned": admitted == 1}
    return clusters.differences(**everyone, customer=np.arange(len(woman))).risk_difference


def test_pooled_women_are_admitted_less_often(pooled):
    # 30.4 % of 1,835 women, 44.5 % of 2,691 men.
    assert pooled.estimate == pytest.approx(557 / 1835 - 1198 / 2691)
    assert pooled.high < 0


def test_within_departments_the_difference_turns(compared, pooled):
    columns, counted = compared
    found = adjust(choose(counted, columns.columns))
    # R 4.2: margins of glm(Admit ~ Dept + Gender, binomial, UCBAdmissions, Freq).
    assert found.risk_difference.estimate == pytest.approx(0.0194970432742, abs=1e-9)
    strata = confounding.strata(counted, columns.columns)
    turned = confounding.turn(strata, pooled=pooled, adjusted=found.risk_difference.estimate)
    assert (turned.covariate, turned.level, turned.reversed) == ("department", "A", True)
    # Department A: 89 of 108 women, 512 of 825 men.
    assert turned.within.estimate == pytest.approx(89 / 108 - 512 / 825)
    assert turned.within.low > 0


def test_a_stratum_that_turns_alone_is_named_too(compared, pooled):
    columns, counted = compared
    strata = confounding.strata(counted, columns.columns)
    turned = confounding.turn(strata, pooled=pooled, adjusted=None)
    assert (turned.level, turned.reversed) == ("A", False)


def test_strata_add_up_to_the_whole(compared):
    strata = confounding.strata(compared[1], compared[0].columns)
    assert sorted(one.level for one in strata) == list(DEPARTMENTS)
    assert sum(one.exposed.documents for one in strata) == 1_835
    assert sum(one.unexposed.churned for one in strata) == 1_198
