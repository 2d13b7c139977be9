"""The p of a comparison: equal to the reference model, and honest about repeated customers."""

import numpy as np
import pytest
import statsmodels.api as sm

from analysis.stats import clusters, rates
from analysis.stats.rates import Rate


def some_documents(*, customers, per_customer, seed, exposed=0.4, churned=0.25):
    """Churn belongs to the customer, so that a customer's documents go together."""
    random = np.random.default_rng(seed)
    customer = np.repeat(np.arange(customers), 1 + random.poisson(per_customer - 1, customers))
    return {
        "exposed": random.random(len(customer)) < exposed,
        "churned": (random.random(customers) < churned)[customer],
        "customer": customer,
    }


def from_table(exposed, unexposed, customer=None):
    """Documents of a 2 x 2 table, each of a customer of its own unless said otherwise."""
    flags = [np.arange(rate.documents) < rate.churned for rate in (exposed, unexposed)]
    documents = exposed.documents + unexposed.documents
    return {
        "exposed": np.arange(documents) < exposed.documents,
        "churned": np.concatenate(flags),
        "customer": np.arange(documents) if customer is None else np.asarray(customer),
    }


# Reference: statsmodels 0.15, GLM(family=Poisson) with cov_type="cluster".
@pytest.mark.parametrize(("customers", "per_customer"), [(30, 6), (80, 3), (400, 1.5), (300, 1)])
def test_robust_ratio_equals_statsmodels(customers, per_customer):
    documents = some_documents(customers=customers, per_customer=per_customer, seed=customers)
    model = sm.GLM(
        documents["churned"].astype(float),
        sm.add_constant(documents["exposed"].astype(float)),
        family=sm.families.Poisson(),
    ).fit(cov_type="cluster", cov_kwds={"groups": documents["customer"]}, tol=1e-12)
    ratio = clusters.log_risk_ratio(**documents)
    assert (ratio.estimate, ratio.error, ratio.p) == pytest.approx(
        (model.params[1], model.bse[1], model.pvalues[1]), abs=1e-6
    )


def test_customer_codes_need_not_be_dense():
    documents = some_documents(customers=60, per_customer=3, seed=1)
    sparse = {**documents, "customer": documents["customer"] * 1_000_003 - 77}
    assert clusters.association(**sparse) == clusters.association(**documents)


@pytest.mark.parametrize(
    ("exposed", "unexposed", "method"),
    [
        (Rate(40, 100), Rate(60, 300), "robust"),
        (Rate(4, 20), Rate(20, 300), "fisher"),
        (Rate(20, 20), Rate(28, 30), "fisher"),
        (Rate(0, 100), Rate(50, 100), "fisher"),
    ],
)
def test_method_follows_the_table_where_nobody_repeats(exposed, unexposed, method):
    found = clusters.association(**from_table(exposed, unexposed))
    assert found.method == method
    if method == "fisher":
        assert found.p == rates.fisher(exposed, unexposed)


def test_repeated_customers_are_a_cluster_whatever_the_expectation():
    documents = from_table(Rate(4, 30), Rate(16, 300), customer=np.arange(330) // 2)
    assert clusters.association(**documents).method == "cluster_robust"


def test_the_same_customers_counted_twice_bring_no_more_evidence():
    once = some_documents(customers=150, per_customer=1, seed=3)
    twice = {name: np.concatenate([values, values]) for name, values in once.items()}
    assert clusters.association(**twice).p == pytest.approx(clusters.association(**once).p, rel=0.1)


def test_many_documents_of_one_customer_are_one_case():
    documents = from_table(Rate(30, 30), Rate(30, 200), customer=[0] * 30 + list(range(1, 201)))
    found = clusters.association(**documents)
    assert found.method == "fisher_first_document"
    assert found.p == rates.fisher(Rate(1, 1), Rate(30, 200))


def test_empty_cell_with_repeats_takes_the_first_documents():
    documents = from_table(Rate(0, 60), Rate(40, 60), customer=np.arange(120) // 2)
    found = clusters.association(**documents)
    assert found.method == "fisher_first_document"
    assert found.p == rates.fisher(Rate(0, 30), Rate(20, 30))


def test_no_spread_at_all_is_no_association():
    documents = from_table(Rate(40, 40), Rate(40, 40), customer=np.arange(80) // 2)
    assert clusters.association(**documents) == clusters.Association(1.0, "fisher_first_document")


@pytest.mark.parametrize("documents", [0, 1, 2])
def test_hardly_any_documents_give_a_p_of_one(documents):
    nothing = {
        "exposed": np.arange(documents) < 1,
        "churned": np.arange(documents) < 1,
        "customer": np.zeros(documents, dtype=int),
    }
    assert clusters.association(**nothing).p == 1.0


def test_intervals_are_those_of_single_documents_where_no_customer_repeats():
    documents = from_table(Rate(60, 120), Rate(40, 240))
    found = clusters.differences(**documents)
    assert found.risk_difference == rates.risk_difference(
        exposed=Rate(60, 120), unexposed=Rate(40, 240)
    )
    assert found.risk_ratio == rates.risk_ratio(exposed=Rate(60, 120), unexposed=Rate(40, 240))


@pytest.mark.parametrize("figure", ["risk_difference", "risk_ratio", "odds_ratio"])
def test_copies_of_documents_by_the_same_customer_narrow_no_interval(figure):
    documents = some_documents(customers=400, per_customer=1, seed=3)
    four_times = {name: np.repeat(values, 4) for name, values in documents.items()}
    once = getattr(clusters.differences(**documents), figure)
    again = getattr(clusters.differences(**four_times), figure)
    assert again.estimate == pytest.approx(once.estimate)
    assert again.high - again.low == pytest.approx(once.high - once.low, rel=0.02)


def test_a_customer_on_both_sides_narrows_the_difference():
    # Half of each customer's documents have it: what belongs to the customer falls out.
    documents = some_documents(customers=300, per_customer=1, seed=5)
    customer = np.repeat(np.arange(len(documents["customer"])), 10)
    paired = {
        "exposed": np.arange(len(customer)) % 2 == 0,
        "churned": np.repeat(documents["churned"], 10),
        "customer": customer,
    }
    difference = clusters.differences(**paired).risk_difference
    assert difference.estimate == 0
    apart = rates.risk_difference(exposed=Rate(200, 1_000), unexposed=Rate(200, 1_000))
    assert difference.high - difference.low < (apart.high - apart.low) / 2


@pytest.mark.parametrize("churned", [0, 50])
def test_no_spread_counts_customers(churned):
    documents = from_table(Rate(churned, 50), Rate(60, 100), customer=np.arange(150) // 5)
    difference = clusters.differences(**documents).risk_difference
    narrow = rates.risk_difference(exposed=Rate(churned, 50), unexposed=Rate(60, 100))
    assert difference.low < narrow.low or difference.high > narrow.high
