"""The documents of a comparison: what became of their customers, and what was known before."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest

from analysis.codebook import BEHAVIOURS, SIGNALS, TOPICS
from analysis.model import Scope, Speaker
from analysis.store import comparable, queries
from tests.store.making import DAY, chat, load, load_outcomes, outcome, review

EVERYTHING = Scope()


@pytest.mark.parametrize(
    ("became", "horizon", "churned"),
    [
        ({"churned_days": 30}, 30, True),
        ({"churned_days": 31}, 30, False),
        ({"churned_days": 31}, 60, True),
        ({}, 60, False),
    ],
)
def test_followed_documents_say_who_left_within_the_horizon(path, became, horizon, churned):
    load(path, chat("1", customer="c", tags=("apology",), opportunities=("apology",)))
    load_outcomes(path, outcome("c", **became))
    rows = comparable.documents(path, EVERYTHING, horizon)
    assert rows[["followed", "churned"]].to_numpy().tolist() == [[True, churned]]
    assert rows.loc[0, ["apology", "opp_apology", "empathy", "opp_empathy"]].tolist() == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("became", "left", "days"),
    [
        ({"churned_days": 30}, True, 30),
        ({"churned_days": 30.2}, True, 31),
        ({"observed_days": 12.9}, False, 12),
        ({"observed_days": 0.5}, False, 0),
        ({"observed_days": -3}, False, 0),
    ],
)
def test_time_ends_with_leaving_or_with_watching(path, became, left, days):
    load(path, chat("1", customer="c"))
    load_outcomes(path, outcome("c", **became))
    rows = comparable.documents(path, EVERYTHING, 60)
    assert (rows.loc[0, "left"], rows.loc[0, "days"]) == (left, days)


def test_followed_documents_are_those_of_the_flow(path):
    load(path, *(chat(str(number), customer=f"c{number}") for number in range(4)))
    load_outcomes(
        path,
        outcome("c0"),
        outcome("c1", observed_days=20),
        outcome("c2", churned_days=5, observed_days=20),
        outcome("c3", churned_days=-1),
    )
    rows = comparable.documents(path, EVERYTHING, 60)
    assert rows["document_id"].tolist() == ["0", "1", "2"]
    assert rows["followed"].sum() == queries.flow(path, EVERYTHING, 60).followed == 2


CUSTOMER, AGENT = Speaker.CUSTOMER, Speaker.AGENT


@pytest.mark.parametrize(
    ("speakers", "sentiment", "before"),
    [
        ((CUSTOMER, AGENT, CUSTOMER), ("neu", "neg"), "neu"),
        ((CUSTOMER, CUSTOMER, AGENT, CUSTOMER), ("neu", "neg", "pos"), "neg"),
        # A greeting answers nothing.
        ((AGENT, CUSTOMER, CUSTOMER, AGENT, CUSTOMER), ("pos", "neu", "neg"), "pos"),
        ((CUSTOMER, CUSTOMER), ("neu", "neg"), "neg"),
        ((AGENT, CUSTOMER), (), None),
        ((AGENT,), (), None),
    ],
)
def test_sentiment_before_the_first_answer(path, speakers, sentiment, before):
    texts = tuple((speaker, "네") for speaker in speakers)
    load(path, chat("1", customer="c", texts=texts, sentiment=sentiment))
    load_outcomes(path, outcome("c"))
    found = comparable.documents(path, EVERYTHING, 60).loc[0, "sentiment_before"]
    assert found == before if before else pd.isna(found)


def test_earlier_documents_of_the_customer_count_beyond_the_scope(path):
    load(
        path,
        chat("1", customer="c", at=DAY - timedelta(days=40)),
        chat("2", customer="c", at=DAY),
        review("3", customer="c", at=DAY + timedelta(days=1)),
        chat("4", customer="other", at=DAY),
    )
    load_outcomes(path, outcome("c"), outcome("other"))
    rows = comparable.documents(path, Scope(start=DAY.date()), 60).set_index("document_id")
    assert rows["earlier_documents"].to_dict() == {"2": 1, "3": 2, "4": 0}


def test_what_the_outcome_table_tells_of_the_customer(path):
    load(path, chat("1", customer="c"), chat("2", customer="bare"))
    load_outcomes(
        path,
        outcome("c", started_at=DAY - timedelta(days=100), plan="basic", monthly_value=9_900.0,
                currency="KRW", covariates=(("region", "서울"),)),
        outcome("bare"),
    )  # fmt: skip
    known, bare = comparable.documents(path, EVERYTHING, 60).to_dict("records")
    names = ("tenure_days", "plan", "monthly_value", "currency", "others")
    assert [known[name] for name in names] == [100, "basic", 9_900, "KRW", '{"region":"서울"}']
    assert all(pd.isna(bare[name]) for name in names[:-1])


def test_columns_are_compact(path):
    load(path, chat("1", customer="c"))
    load_outcomes(path, outcome("c"))
    kinds = comparable.documents(path, EVERYTHING, 60).dtypes.astype(str)
    flags = ["churned", *TOPICS, *SIGNALS, *BEHAVIOURS, *(f"opp_{id}" for id in BEHAVIOURS)]
    assert set(kinds[flags]) == {"bool"}
    assert set(kinds[["kind", "customer_id", "channel", "sentiment_before"]]) == {"category"}


def test_empty_store_gives_an_empty_table(path):
    rows = comparable.documents(path, EVERYTHING, 60)
    assert rows.empty
    assert "opp_apology" in rows.columns
