from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from analysis.codebook import BEHAVIOURS, TOPICS
from analysis.model import Scope
from analysis.store import queries
from analysis.store.queries import EligibleFlow, Flow, Totals
from tests.store.making import DAY, chat, load, load_outcomes, outcome, review

EVERYTHING = Scope()


@pytest.fixture
def mixed(path):
    """Three chats and two reviews over three weeks."""
    load(
        path,
        chat("1", customer="a", tags=("refund", "complaint"), channel="chat"),
        chat("2", customer="a", tags=("delivery",), channel="phone", at=DAY + timedelta(days=6),
             sentiment=("neg", "pos")),
        chat("3", tags=("refund",), channel=None, at=DAY + timedelta(days=14), sentiment=()),
        review("4", customer="b", tags=("complaint",), at=DAY + timedelta(days=13)),
        review("5", at=None, sentiment="neu"),
    )  # fmt: skip
    load_outcomes(path, outcome("b"), outcome("unseen"))
    return path


def test_totals_count_documents_and_customers(mixed):
    assert queries.totals(mixed, EVERYTHING) == Totals(
        documents=5,
        chats=3,
        reviews=2,
        complaints=2,
        customers=2,
        negative=2,
        neutral=1,
        positive=1,
        known_outcomes=1,
    )


# The second chat ends on the last day of a scope, which counts.
SCOPES = [
    (Scope(start=date(2026, 3, 8)), 3),
    (Scope(end=date(2026, 3, 8)), 2),
    (Scope(start=date(2026, 3, 8), end=date(2026, 3, 8)), 1),
    (Scope(start=date(2026, 3, 9), end=date(2026, 3, 14)), 0),
    (Scope(kinds=("review",)), 2),
    (Scope(kinds=("review", "chat")), 5),
    (Scope(channels=("phone",)), 1),
    (Scope(channels=("phone", "chat")), 2),
    (Scope(channels=("' OR 1=1 --",)), 0),
    (Scope(topics=("refund",)), 2),
    (Scope(topics=("refund", "delivery")), 3),
    (Scope(topics=("refund",), kinds=("review",)), 0),
]


@pytest.mark.parametrize(("scope", "documents"), SCOPES)
def test_scope_keeps_its_documents(mixed, scope, documents):
    assert queries.totals(mixed, scope).documents == documents


def test_unknown_topic_is_a_bug_not_sql(mixed):
    with pytest.raises(KeyError):
        queries.totals(mixed, Scope(topics=("TRUE; DROP",)))


def test_options_are_those_that_occur(mixed):
    options = queries.options(mixed)
    assert (options.first_day, options.last_day) == (date(2026, 3, 2), date(2026, 3, 16))
    assert options.kinds == {"chat": 3, "review": 2}
    assert options.channels == {"chat": 1, "phone": 1}
    assert options.topics == {"refund": 2, "delivery": 1}


def test_weeks_begin_on_monday_and_have_no_gap(path):
    load(
        path,
        chat("1", tags=("complaint",)),
        chat("2", at=DAY + timedelta(days=6, hours=13)),
        chat("3", at=DAY + timedelta(days=14), sentiment=("neg", "pos")),
    )
    expected = pd.DataFrame(
        {
            "week": pd.to_datetime(["2026-03-02", "2026-03-09", "2026-03-16"]),
            "documents": [2, 0, 1],
            "complaints": [1, 0, 0],
            "negative": [2, 0, 0],
        }
    )
    pd.testing.assert_frame_equal(
        queries.weekly(path, EVERYTHING), expected, check_dtype=False, check_freq=False
    )


def test_behaviours_are_counted_among_their_opportunities(path):
    load(
        path,
        chat("1", tags=("no_apology",), opportunities=("no_apology", "apology")),
        chat("2", opportunities=("no_apology",)),
        chat("3"),
        review("4", tags=("no_apology",)),
        review("5"),
    )
    counts = queries.tag_counts(path, EVERYTHING, "agent").set_index("tag")
    assert list(counts.index) == list(BEHAVIOURS)
    assert tuple(counts.loc["no_apology"]) == (2, 4)
    assert tuple(counts.loc["apology"]) == (0, 3)


def test_other_tags_are_counted_among_all(mixed):
    counts = queries.tag_counts(mixed, EVERYTHING, "topics").set_index("tag")
    assert list(counts.index) == list(TOPICS)
    assert tuple(counts.loc["refund"]) == (2, 5)


# Each document is lost at one step. H = 60 days; customers' times are in days after the document.
JOURNEYS = [
    ("no customer id", None, {}, (1, 0, 0, 0, 0)),
    ("not in the table", "stranger", {}, (1, 0, 0, 0, 0)),
    ("left before", "c", {"churned_days": -1}, (1, 1, 0, 0, 0)),
    ("left at that moment", "c", {"churned_days": 0}, (1, 1, 0, 0, 0)),
    ("observed too shortly", "c", {"observed_days": 59.9}, (1, 1, 1, 1, 0)),
    ("observed just long enough", "c", {"observed_days": 60}, (1, 1, 1, 1, 1)),
    ("left within", "c", {"churned_days": 60}, (1, 1, 1, 1, 1)),
    ("left within, short table", "c", {"churned_days": 5, "observed_days": 6}, (1, 1, 1, 1, 1)),
    ("left after", "c", {"churned_days": 61}, (1, 1, 1, 1, 1)),
    ("left after, short table", "c", {"churned_days": 61, "observed_days": 50}, (1, 1, 1, 1, 0)),
]


@pytest.mark.parametrize(
    ("customer", "became", "expected"),
    [journey[1:] for journey in JOURNEYS],
    ids=[journey[0] for journey in JOURNEYS],
)
def test_flow_loses_each_document_where_it_should(path, customer, became, expected):
    load(path, chat("1", customer=customer))
    load_outcomes(path, outcome("c", **became))
    assert queries.flow(path, EVERYTHING, 60) == Flow(*expected)


def test_document_without_a_time_is_lost_at_customer(path):
    load(path, chat("1", customer="c", at=None))
    load_outcomes(path, outcome("c"))
    assert queries.flow(path, EVERYTHING, 60) == Flow(1, 1, 0, 0, 0)


CANCELLING = {"tags": ("cancellation",), "opportunities": ("cancellation_request",)}


@pytest.mark.parametrize(
    ("document", "kept", "kept_when_included"),
    [
        (CANCELLING, 0, 1),
        ({"tags": ("cancellation",)}, 1, 1),
        ({"opportunities": ("cancellation_request",)}, 1, 1),
    ],
)
def test_cancellation_requests_are_left_out_unless_wanted(path, document, kept, kept_when_included):
    load(path, chat("1", customer="c", **document))
    load_outcomes(path, outcome("c"))
    assert queries.flow(path, EVERYTHING, 60).followed == kept
    included = queries.flow(path, EVERYTHING, 60, include_cancellation=True)
    assert included.followed == kept_when_included


def test_flow_without_outcomes_knows_nobody(path):
    load(path, chat("1", customer="c"))
    assert queries.flow(path, EVERYTHING, 60) == Flow(1, 0, 0, 0, 0)


@pytest.fixture
def compared(path):
    """Six chats that could lack an apology, one that could not, and a review that tells of one."""
    could, did = ("no_apology",), ("no_apology",)
    load(
        path,
        chat("1", customer="gone", opportunities=could, tags=(*did, "refund", "delivery")),
        chat("2", customer="gone", opportunities=could, tags=(*did, "refund"), channel="phone"),
        chat("3", customer="here", opportunities=could, tags=(*did, "refund")),
        chat("4", customer="gone", opportunities=could, tags=("refund",), channel=None),
        chat("5", customer="here", opportunities=could, tags=("delivery",)),
        chat("6", customer="unknown", opportunities=could, tags=did),
        chat("7", customer="here", tags=("refund",)),
        review("8", customer="gone", tags=(*did, "refund")),
        review("9", customer="here"),
    )
    load_outcomes(path, outcome("gone", churned_days=9), outcome("here"))
    return path


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("chat", EligibleFlow(6, 5, 3, 2, 2, 1)),
        ("review", EligibleFlow(2, 2, 1, 1, 1, 0)),
    ],
)
def test_eligible_documents_divide_into_exposed_and_unexposed(compared, kind, expected):
    assert queries.eligible_flow(compared, EVERYTHING, 60, "no_apology", kind) == expected


def test_flow_and_eligible_flow_agree(compared):
    followed = queries.flow(compared, EVERYTHING, 60).followed
    parts = [
        queries.eligible_flow(compared, EVERYTHING, 60, "apology", kind).followed
        for kind in ("chat", "review")
    ]
    assert sum(parts) == followed


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("topic", [("refund", 3, 2, 1, 1), ("delivery", 1, 1, 1, 0)]),
        ("channel", [("chat", 2, 1, 1, 0), ("", 0, 0, 1, 1), ("phone", 1, 1, 0, 0)]),
    ],
)
def test_strata_hold_the_eligible_documents(compared, by, expected):
    rows = queries.strata(compared, EVERYTHING, 60, "no_apology", by)
    assert [tuple(row) for row in rows.to_numpy()] == expected


@pytest.mark.parametrize("behaviour", ["refund", "x; DROP TABLE"])
def test_what_is_no_behaviour_is_refused(compared, behaviour):
    with pytest.raises(KeyError):
        queries.strata(compared, EVERYTHING, 60, behaviour)


def test_empty_store_gives_zeros_and_empty_tables(path):
    assert queries.totals(path, EVERYTHING) == Totals(0, 0, 0, 0, 0, 0, 0, 0, 0)
    assert queries.flow(path, EVERYTHING, 60) == Flow(0, 0, 0, 0, 0)
    assert queries.options(path).first_day is None
    assert queries.tag_counts(path, EVERYTHING, "agent")["documents"].sum() == 0
    for table, column in (
        (queries.weekly(path, EVERYTHING), "week"),
        (queries.strata(path, EVERYTHING, 60, "apology"), "stratum"),
    ):
        assert table.empty
        assert column in table.columns
