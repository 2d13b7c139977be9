"""Files through the command line to the comparison, on invented data whose truth is known."""

from __future__ import annotations

import contextlib
import io
import json

import pytest

from analysis import __main__ as command
from analysis import codebook
from analysis.model import Scope
from analysis.stats import verdict
from analysis.store import conversations

pytestmark = pytest.mark.slow

CONVERSATIONS, SEED, HORIZON = 2_500, 7, 60
FILES = ("outcomes", "chats", "reviews")

COUNTS = ("eligible", "exposed", "exposed_churned", "unexposed", "unexposed_churned")
ESTIMATES = ("risk_difference", "risk_ratio", "odds_ratio")
FLOW = ("documents", "known_customer", "customer_at_t", "not_cancellation_request", "followed")
KEYS = {
    "id",
    "kind",
    *COUNTS,
    "risk_exposed",
    "risk_unexposed",
    *ESTIMATES,
    "p",
    "q",
    "adjusted",
    "hazard_ratio",
    "verdict",
    "fragile",
}
# More than was promised: how p was found, and what is missing where there are too few.
MORE = {"p_method", "documents_needed", "reason", "turning_stratum", "excess"}


def run(*arguments):
    """What one call printed on stdout."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        assert command.main([str(one) for one in arguments]) == command.DONE
    return said.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("end-to-end")
    run("demo", "--conversations", CONVERSATIONS, "--seed", SEED, "--out", folder / "demo")
    return folder


@pytest.fixture(scope="module")
def truth(folder):
    return json.loads((folder / "demo" / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def loads(folder):
    """The reports of the loads, by kind."""
    files = [folder / "demo" / f"{name}.csv" for name in FILES]
    found = json.loads(run("ingest", *files, "--store", folder / "store", "--json"))
    return {one["kind"]: one for one in found["files"]}


@pytest.fixture(scope="module")
def found(folder, loads):
    assert all(loads.values())
    return json.loads(run("drivers", "--store", folder / "store", "--horizon", HORIZON, "--json"))


@pytest.fixture(scope="module")
def chats(found):
    """The comparisons of chats by behaviour."""
    return {row["id"]: row for row in found["behaviours"] if row["kind"] == "chat"}


def test_every_conversation_and_review_is_loaded(loads, truth):
    assert loads["chat"]["documents"] == len(truth["planted"]) == CONVERSATIONS
    assert loads["review"]["documents"] == len(truth["reviews"])
    assert not [one["file"] for one in loads.values() if one["rejected"] or one["warnings"]]


def test_comparison_has_the_promised_shape(found):
    assert set(found) == {"horizon_days", "flow", "tests", "behaviours"}
    assert tuple(found["flow"]) == FLOW
    assert {frozenset(row) for row in found["behaviours"]} == {frozenset(KEYS | MORE)}
    assert [(row["kind"], row["id"]) for row in found["behaviours"]] == [
        (kind, behaviour) for kind in ("chat", "review") for behaviour in codebook.BEHAVIOURS
    ]


def test_values_are_shares_intervals_and_known_words(found):
    for row in found["behaviours"]:
        assert row["verdict"] in {"higher", "lower", "unclear", "too_few"}
        assert "risk_difference" in row["adjusted"] or row["adjusted"]["refused"]
        assert isinstance(row["fragile"], bool)
        for name in ("risk_exposed", "risk_unexposed", "p", "q"):
            assert row[name] is None or 0 <= row[name] <= 1
        for name in ESTIMATES:
            assert row[name] is None or row[name][1] <= row[name][0] <= row[name][2]


def test_counts_add_up(found):
    flow = [found["flow"][step] for step in FLOW]
    assert flow == sorted(flow, reverse=True)
    for row in found["behaviours"]:
        assert row["exposed"] + row["unexposed"] == row["eligible"] <= found["flow"]["followed"]
        assert 0 <= row["exposed_churned"] <= row["exposed"]
        assert 0 <= row["unexposed_churned"] <= row["unexposed"]
    assert found["tests"] == sum(row["q"] is not None for row in found["behaviours"])


def test_every_number_is_that_of_the_listed_documents(found, folder):
    for row in found["behaviours"]:

        def listed(row=row, **conditions):
            return conversations.conversations(
                folder / "store",
                Scope(kinds=(row["kind"],)),
                eligible_for=row["id"],
                followed=True,
                horizon=HORIZON,
                limit=0,
                **conditions,
            ).total

        one = (row["id"],)
        assert {name: row[name] for name in COUNTS} == {
            "eligible": listed(),
            "exposed": listed(tags=one),
            "exposed_churned": listed(tags=one, churned=True),
            "unexposed": listed(without=one),
            "unexposed_churned": listed(without=one, churned=True),
        }


def test_flow_is_the_planted_one(found, truth):
    planted = {step: sum(flow[step] for flow in truth["flow"].values()) for step in FLOW}
    arithmetic, told_from_text = FLOW[:3], FLOW[3:]
    assert [found["flow"][step] for step in arithmetic] == [planted[step] for step in arithmetic]
    # Whether a contact's purpose is the cancellation is told from its words: 1 in 100 may differ.
    for step in told_from_text:
        assert found["flow"][step] == pytest.approx(planted[step], rel=0.01)


@pytest.mark.parametrize("behaviour", ["no_apology", "no_next_step"])
def test_planted_harm_is_found(chats, behaviour):
    assert chats[behaviour]["verdict"] == "higher"
    assert chats[codebook.CONTRARIES[behaviour]]["verdict"] == "lower"


# Wrong tags make some differences smaller and others larger. They do so little for these two that
# the planted difference stays inside the interval; it does not for every behaviour and every seed.
@pytest.mark.parametrize("behaviour", ["no_next_step", "concrete_next_step"])
def test_interval_holds_the_planted_difference(chats, truth, behaviour):
    _, low, high = chats[behaviour]["risk_difference"]
    assert low < truth["expected_differences"][behaviour]["crude"] < high


def test_wrong_tags_weaken_the_difference_of_apologies_but_leave_half_of_it(chats, truth):
    planted = truth["expected_differences"]["no_apology"]["crude"]
    assert planted / 2 < chats["no_apology"]["risk_difference"][0] < planted + 0.05


def test_rare_behaviour_is_not_ranked(found):
    rare = [row for row in found["behaviours"] if row["exposed"] < verdict.MIN_EXPOSED]
    assert rare
    assert {(row["verdict"], row["q"]) for row in rare} == {("too_few", None)}
