"""Plans follow the codebook's rules about what can hold together."""

import random

import pytest

from analysis.codebook import BEHAVIOURS, SIGNALS, TOPICS
from analysis.demo import plans


@pytest.fixture(scope="module")
def complaints():
    rng = random.Random(3)
    topics = ("refund", "technical", "defect", "price")
    return [plans.complaint(rng, topic=topics[i % 4], late=False) for i in range(4000)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("apology", "no_apology"), ("concrete_next_step", "no_next_step")],
)
def test_contraries_never_meet_and_one_always_holds(complaints, one, other):
    assert all(len(plans.behaviours(plan) & {one, other}) == 1 for plan in complaints)


def test_asked_manager_is_either_refused_or_offered(complaints):
    answers = {"escalation_refused", "escalation_offered"}
    assert all(
        len(plans.behaviours(plan) & answers) == int("asks_manager" in plan.says)
        for plan in complaints
    )


def test_behaviours_hold_only_with_their_opportunity(complaints):
    assert all(plans.behaviours(plan) <= plans.opportunities(plan) for plan in complaints)


def test_ids_are_the_codebooks(complaints):
    assert {b for plan in complaints for b in plan_ids(plan)} <= {*BEHAVIOURS, *SIGNALS, *TOPICS}


def test_every_behaviour_occurs_and_fails_to_occur(complaints):
    shown = [plans.behaviours(plan) for plan in complaints]
    assert {name for name in BEHAVIOURS if 0 < sum(name in s for s in shown) < 4000} == set(
        BEHAVIOURS
    )


def test_risk_is_a_chance_for_every_plan(complaints):
    assert all(0 < plans.risk(plan) < 1 for plan in complaints)


def test_angrier_customers_get_worse_answers(complaints):
    share = [
        sum("no_apology" in p.does for p in complaints if p.anger == level)
        / sum(p.anger == level for p in complaints)
        for level in (0, 1, 2)
    ]
    assert share == sorted(share)


def test_plain_cancellation_is_no_complaint():
    plan = plans.calm(random.Random(1), purpose=plans.CANCELLATION, topic="cancellation")
    assert (plans.signals(plan), plans.behaviours(plan)) == ((), {"concrete_next_step"})


def plan_ids(plan):
    return {*plans.topics(plan), *plans.signals(plan), *plans.behaviours(plan)}
