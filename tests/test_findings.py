"""Churn drivers of a store: which documents are compared, what is exported, what is said."""

import json
import math
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import comparing, findings, wording, wording_closer
from analysis.codebook import BEHAVIOURS, SIGNALS, TOPICS
from analysis.drivers_json import closer_json, drivers_json
from analysis.errors import BadSetting
from analysis.model import (
    Document,
    Evidence,
    Kind,
    MaskedText,
    Outcome,
    Scope,
    Sentiment,
    Speaker,
    Tag,
    TaggedDocument,
    Turn,
)
from analysis.stats import confounding, rates
from analysis.stats.adjust import Adjusted
from analysis.stats.compare import Comparison
from analysis.stats.confounding import Confounder
from analysis.stats.covariates import LeftOut
from analysis.stats.e_value import EValue
from analysis.stats.excess import Excess
from analysis.stats.rates import Estimate, Rate
from analysis.stats.selection import Refused
from analysis.stats.verdict import Verdict
from analysis.store import loading
from analysis.store.queries import Flow
from tests.bench import sizes

ANYWHERE = Path("nowhere")
EVERYTHING = Scope()
NEW_YEAR = datetime(2026, 1, 1, 10)


def followed(documents=400, *, seed=1, reviews=0, chosen=()):
    """Followed documents, one a customer; `chosen` behaviours always have their opportunity.

    Where `no_apology` holds, 40 % churn, elsewhere 10 %; the last `reviews` rows are reviews.
    """
    random = np.random.default_rng(seed)
    no_apology = random.random(documents) < 0.4
    frame = {
        "document_id": [f"d{number:06}" for number in range(documents)],
        "kind": ["chat"] * (documents - reviews) + ["review"] * reviews,
        "customer_id": [f"c{number}" for number in range(documents)],
        "channel": "web",
        "ended_at": NEW_YEAR + pd.to_timedelta(np.arange(documents), unit="min"),
        "churned": random.random(documents) < np.where(no_apology, 0.4, 0.1),
    }
    for behaviour in BEHAVIOURS:
        frame[behaviour] = random.random(documents) < 0.4
        frame[f"opp_{behaviour}"] = behaviour in chosen
    for tag in (*TOPICS, *SIGNALS):
        frame[tag] = random.random(documents) < 0.15
    frame["followed"] = True
    frame["days"] = np.where(frame["churned"], random.integers(1, 61, documents), 90)
    frame["left"] = frame["churned"]
    frame["sentiment_before"] = np.array(["neg", "neu", "pos"])[random.integers(0, 3, documents)]
    frame["earlier_documents"] = random.poisson(1, documents)
    frame["tenure_days"] = random.exponential(400, documents)
    frame["plan"] = np.array(["basic", "plus"])[random.integers(0, 2, documents)]
    frame["monthly_value"] = random.choice([9_900.0, 19_900.0], documents)
    frame["currency"] = "KRW"
    frame["others"] = "{}"
    frame["no_apology"] = no_apology
    frame["apology"] = ~no_apology
    return pd.DataFrame(frame)


@pytest.fixture
def store(monkeypatch):
    """A store that answers with the frame put into it, and remembers what was asked."""
    asked = {}

    def answer(frame):
        def flow(path, scope, horizon, include_cancellation=False):
            asked["flow"] = (path, scope, horizon, include_cancellation)
            return Flow(500, 450, 430, 410, len(frame))

        def rows(path, scope, horizon, include_cancellation=False):
            asked["documents"] = (path, scope, horizon, include_cancellation)
            return frame

        monkeypatch.setattr(findings.queries, "flow", flow)
        monkeypatch.setattr(findings.comparable, "documents", rows)
        return asked

    return answer


WITH = Rate(60, 120)
WIDE = Estimate(30, 15, 45)
WITHOUT = Rate(43, 240)


def a_comparison(verdict, *, kind="chat", exposed=WITH, unexposed=WITHOUT, needed=None):
    return Comparison(
        behaviour_id="no_apology",
        kind=kind,
        exposed=exposed,
        unexposed=unexposed,
        risk_difference=rates.risk_difference(exposed=exposed, unexposed=unexposed),
        risk_ratio=None,
        odds_ratio=None,
        p=None,
        p_method=None,
        q=None,
        verdict=verdict,
        documents_needed=needed,
    )


def test_every_behaviour_is_listed_for_chats_in_the_codebooks_order(store):
    store(followed(chosen=("no_apology",)))
    found = findings.drivers(ANYWHERE, EVERYTHING)
    assert [row.behaviour_id for row in found.comparisons.rows] == list(BEHAVIOURS)
    assert {row.kind for row in found.comparisons.rows} == {"chat"}


def test_planted_effect_is_found_with_its_mirror_image(store):
    store(followed(chosen=("no_apology", "apology")))
    rows = {
        row.behaviour_id: row for row in findings.drivers(ANYWHERE, EVERYTHING).comparisons.rows
    }
    assert rows["no_apology"].verdict is Verdict.HIGHER
    assert rows["apology"].verdict is Verdict.LOWER
    assert rows["no_apology"].risk_difference.low < 0.3 < rows["no_apology"].risk_difference.high


def test_chats_without_opportunity_are_not_compared(store):
    store(followed(chosen=("no_apology",)))
    found = findings.drivers(ANYWHERE, EVERYTHING)
    eligible = {row.behaviour_id: row.eligible for row in found.comparisons.rows}
    assert eligible == {id_: 400 if id_ == "no_apology" else 0 for id_ in BEHAVIOURS}
    assert found.comparisons.tests == 1


def test_reviews_are_compared_apart_and_need_no_opportunity(store):
    store(followed(reviews=100, chosen=tuple(BEHAVIOURS)))
    rows = findings.drivers(ANYWHERE, EVERYTHING).comparisons.rows
    assert [(row.kind, row.eligible) for row in rows] == [("chat", 300)] * 15 + [
        ("review", 100)
    ] * 15


def test_empty_store_lists_every_behaviour_as_too_few(store):
    store(followed(1).iloc[:0])
    found = findings.drivers(ANYWHERE, EVERYTHING)
    assert [row.verdict for row in found.comparisons.rows] == [Verdict.TOO_FEW] * len(BEHAVIOURS)
    assert found.comparisons.tests == 0


def test_store_is_asked_for_the_scope_and_horizon_of_the_view(store):
    asked = store(followed(40))
    scope = Scope(channels=("app",))
    findings.drivers(ANYWHERE, scope, horizon=30, include_cancellation=True)
    assert asked == dict.fromkeys(("flow", "documents"), (ANYWHERE, scope, 30, True))


def test_first_document_of_a_customer_is_told_by_time_not_by_row(store):
    # Nine customers are too few for a robust p, so that their first documents alone are tested.
    frame = followed(chosen=("no_apology",)).assign(
        customer_id=[f"c{number % 9}" for number in range(400)]
    )
    frame.loc[:8, "no_apology"] = frame.loc[:8, "churned"] = np.arange(9) < 4
    store(frame.sample(frac=1, random_state=5))
    row = findings.drivers(ANYWHERE, EVERYTHING).comparisons.rows[0]
    # 4 of 4 against 0 of 5: one table of the 126 with these margins.
    assert (row.p_method, row.p) == ("fisher_first_document", pytest.approx(1 / 126))


@pytest.mark.parametrize("horizon", [0, -30, 1.5, True, 10**9])
def test_horizon_that_is_no_number_of_days_is_refused(store, horizon):
    store(followed(40))
    with pytest.raises(BadSetting, match="horizon"):
        findings.drivers(ANYWHERE, EVERYTHING, horizon=horizon)


# contract.md, `drivers --json`.
TOP = ["horizon_days", "flow", "tests", "behaviours"]
STEPS = ["documents", "known_customer", "customer_at_t", "not_cancellation_request", "followed"]
CONTRACT = {
    *("id", "kind", "eligible", "exposed", "exposed_churned", "unexposed", "unexposed_churned"),
    *("risk_exposed", "risk_unexposed", "risk_difference", "risk_ratio", "odds_ratio", "p", "q"),
    *("adjusted", "hazard_ratio", "verdict", "fragile"),
}

ADJUSTED = {"risk_difference", "risk_ratio", "covariates", "e_value", "left_out", "outweighed_by"}
MORE = {"p_method", "documents_needed", "reason", "turning_stratum", "excess"}


@pytest.mark.parametrize("documents", [0, 1, 30, 400])
def test_json_has_the_contracts_shape_and_only_finite_numbers(store, documents):
    store(followed(documents, chosen=tuple(BEHAVIOURS)))
    found = drivers_json(findings.drivers(ANYWHERE, EVERYTHING))
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert list(found) == TOP
    assert list(found["flow"]) == STEPS
    for row in found["behaviours"]:
        assert set(row) == CONTRACT | MORE
        assert set(row["adjusted"]) in ({"refused"}, ADJUSTED)
        assert row["adjusted"].get("refused") != ""


def test_json_gives_shares_and_the_counts_behind_them(store):
    store(followed(chosen=("no_apology",)))
    row = drivers_json(findings.drivers(ANYWHERE, EVERYTHING))["behaviours"][0]
    assert row["exposed"] + row["unexposed"] == row["eligible"] == 400
    assert row["risk_exposed"] == row["exposed_churned"] / row["exposed"]
    estimate, low, high = row["risk_difference"]
    assert math.isclose(estimate, row["risk_exposed"] - row["risk_unexposed"])
    assert low < estimate < high
    assert (row["verdict"], row["p_method"], row["reason"]) == ("higher", "robust", None)


# Intervals: statsmodels 0.15, confint_proportions_2indep(60, 120, 43, 240, method="newcomb"), ...
@pytest.mark.parametrize(
    ("comparison", "said"),
    [
        (
            a_comparison(Verdict.HIGHER),
            "고객이 불만을 말한 상담 가운데 '사과 없음' 상담의 60일 내 이탈률은 50.0% (n=120), "
            "나머지 상담은 17.9% (n=240)로 32.1%p 높았습니다 [21.8, 41.9].",
        ),
        (
            a_comparison(Verdict.LOWER, exposed=Rate(43, 240), unexposed=Rate(60, 120)),
            "고객이 불만을 말한 상담 가운데 '사과 없음' 상담의 60일 내 이탈률은 17.9% (n=240), "
            "나머지 상담은 50.0% (n=120)로 32.1%p 낮았습니다 [-41.9, -21.8].",
        ),
        (
            a_comparison(Verdict.UNCLEAR, unexposed=Rate(120, 240)),
            "고객이 불만을 말한 상담 가운데 '사과 없음' 상담의 60일 내 이탈률은 50.0% (n=120), "
            "나머지 상담은 50.0% (n=240)입니다. +0.0%p의 차이 [-10.8, 10.8]는 아직 분명하지 "
            "않습니다.",
        ),
        (
            a_comparison(Verdict.TOO_FEW, exposed=Rate(2, 12), unexposed=Rate(5, 40), needed=1_234),
            "건수 부족: 고객이 불만을 말한 상담 가운데 '사과 없음' 상담 n=12(이탈 2), 나머지 상담 "
            "n=40(이탈 5). 최소 기준(나타난 문서 20건, 나타나지 않은 문서 20건, 이탈 10건)에 못 "
            "미칩니다. 10%p 차이를 80%의 확률로 알아보려면 약 1,234건이 더 필요합니다.",
        ),
        (
            a_comparison(Verdict.TOO_FEW, exposed=Rate(0, 0), unexposed=Rate(5, 40)),
            "건수 부족: 고객이 불만을 말한 상담 가운데 '사과 없음' 상담 n=0(이탈 0), 나머지 상담 "
            "n=40(이탈 5). 해당 문서 40건 가운데 한 건에도 나타나지 않았습니다. 얼마나 더 "
            "필요한지는 지금 건수로 짐작할 수 없습니다.",
        ),
        (
            a_comparison(Verdict.HIGHER, kind="review"),
            "'사과 없음' 언급이 있는 리뷰의 60일 내 이탈률은 50.0% (n=120), 없는 리뷰는 17.9% "
            "(n=240)로 32.1%p 높았습니다 [21.8, 41.9].",
        ),
    ],
)
def test_sentence_gives_rates_counts_and_interval(comparison, said):
    assert wording.sentence(comparison, horizon=60) == said


@pytest.mark.parametrize("kind", ["chat", "review"])
@pytest.mark.parametrize("verdict", list(Verdict))
def test_no_sentence_claims_a_cause(kind, verdict):
    said = wording.sentence(a_comparison(verdict, kind=kind), horizon=90)
    assert "n=120" in said
    assert "때문" not in said
    assert "{" not in said


ADJUSTED_FIGURES = Adjusted(
    risk_difference=Estimate(0.1, 0.05, 0.15),
    risk_ratio=Estimate(1.5, 1.2, 1.9),
    e_value=EValue(2.37, 1.69),
    covariates=("topics", "region"),
    left_out=(LeftOut("topics", "…"), LeftOut("month", "…")),
    strongest=Confounder("topics", "refund", 1.3),
)
DETAILS = [
    "주제, region이(가) 같은 문서끼리 비교하면 차이는 +10.0%p [5.0, 15.0], 이탈률의 비는 1.50 "
    "[1.20, 1.90]입니다. E값 2.37, 구간 한계의 E값 1.69. 일부 값만 맞춘 변수: 주제. "
    "함께 맞추지 못한 변수: 달.",
    "판단이 약합니다: '주제'만큼 강하게 얽힌 변수가 하나 더 있다면 이 차이가 모두 설명될 수 "
    "있습니다.",
    "'주제'이(가) '환불'인 문서에서는 방향이 반대입니다: -8.0%p [-12.0, -4.0].",
    "하루하루의 이탈 위험은 1.60 [1.30, 2.00]배입니다.",
    "이 문서들이 비슷한 문서처럼 흘렀고 이 연관이 전부라면, 이탈로 이어진 문서의 차이는 한 달에 "
    "+5.0 [2.5, 7.5]건입니다. 그 고객들의 월 요금으로는 +75,000 [37,500, 112,500] KRW입니다.",
]


def test_details_tell_the_adjusted_figures_in_words():
    said = wording_closer.details(
        replace(
            a_comparison(Verdict.HIGHER),
            q=0.001,
            adjusted=ADJUSTED_FIGURES,
            hazard_ratio=Estimate(1.6, 1.3, 2.0),
            turn=confounding.Turn(
                "topics",
                "refund",
                WIDE,
                Estimate(-0.08, -0.12, -0.04),
                reversed=False,
                documents=90,
            ),
            excess=Excess(WIDE, Estimate(5, 2.5, 7.5), Estimate(75e3, 37_500, 112_500), "KRW", 6),
        )
    )
    assert list(said) == DETAILS


def test_details_say_why_nothing_was_adjusted():
    refused = replace(a_comparison(Verdict.HIGHER), q=0.001, adjusted=Refused("까닭"))
    assert "까닭" in wording_closer.details(refused)[0]
    assert wording_closer.details(a_comparison(Verdict.TOO_FEW)) == ()


def test_sentence_of_an_unclear_verdict_still_tells_the_crude_direction():
    took_away = replace(
        a_comparison(Verdict.UNCLEAR),
        q=0.001,
        adjusted=replace(ADJUSTED_FIGURES, risk_difference=Estimate(0.01, -0.05, 0.07)),
    )
    assert "높았습니다" in wording.sentence(took_away, horizon=60)
    assert "판단이 다릅니다" in wording_closer.details(took_away)[1]


def a_stratum_table(*rows):
    columns = ["stratum", "exposed", "exposed_churned", "unexposed", "unexposed_churned"]
    return pd.DataFrame(rows, columns=columns)


def test_strata_keep_the_stores_order_and_mark_small_ones(monkeypatch):
    table = a_stratum_table(("refund", 120, 60, 240, 43), ("delivery", 12, 2, 40, 5))
    monkeypatch.setattr(findings.queries, "strata", lambda *_, **__: table)
    found = findings.strata(ANYWHERE, EVERYTHING, "no_apology", by="topic")
    assert [(one.name, one.exposed, one.unexposed, one.too_few) for one in found] == [
        ("refund", Rate(60, 120), Rate(43, 240), False),
        ("delivery", Rate(2, 12), Rate(5, 40), True),
    ]
    assert found[0].risk_difference.estimate == pytest.approx(60 / 120 - 43 / 240)


def test_stratum_with_one_group_only_has_no_difference(monkeypatch):
    monkeypatch.setattr(
        findings.queries, "strata", lambda *_, **__: a_stratum_table(("refund", 30, 3, 0, 0))
    )
    (only,) = findings.strata(ANYWHERE, EVERYTHING, "no_apology", by="topic")
    assert (only.risk_difference, only.too_few) == (None, True)


@pytest.mark.parametrize(
    ("behaviour", "by", "named"), [("no_smile", "topic", "behaviour"), ("empathy", "mood", "by")]
)
def test_unknown_choice_is_refused_with_the_choices(behaviour, by, named):
    with pytest.raises(BadSetting, match=f"{named}.*다음 중 하나"):
        findings.strata(ANYWHERE, EVERYTHING, behaviour, by=by)


def test_a_hundred_thousand_documents_take_less_than_a_second_unadjusted(store):
    frame = followed(100_000, reviews=20_000, chosen=tuple(BEHAVIOURS)).assign(
        customer_id=[f"c{number % 40_000}" for number in range(100_000)]
    )
    store(frame)
    start = time.perf_counter()
    found = findings.drivers(ANYWHERE, EVERYTHING, adjusting=False)
    assert time.perf_counter() - start < 1
    assert found.comparisons.tests == 2 * len(BEHAVIOURS)


def test_a_hundred_thousand_documents_take_about_a_second(store):
    store(sizes.chats(100_000))
    times = []
    for _ in range(3):
        start = time.process_time()
        found = findings.drivers(ANYWHERE, EVERYTHING)
        times.append(time.process_time() - start)
    # 0.7 s on two cores with nothing else to do. Tests run beside others, so that the processor's
    # time counts here, which is twice that.
    assert min(times) < 2.5
    assert all(isinstance(row.adjusted, Adjusted) for row in found.comparisons.rows)


def test_covariates_are_those_that_are_there_and_listed(store):
    store(followed(3_000, chosen=("no_apology", "compensation")))
    rows = {row.behaviour_id: row for row in findings.drivers(ANYWHERE, EVERYTHING).clear}
    found = rows["no_apology"].adjusted
    listed = {*found.covariates, *(one.covariate for one in found.left_out)}
    assert listed == set(comparing.COVARIATES)
    assert {"channel", "month"} <= {one.covariate for one in found.left_out}


def test_compensation_is_not_its_own_covariate(store):
    store(followed(3_000, chosen=("no_apology", "compensation")))
    rows = findings.drivers(ANYWHERE, EVERYTHING).comparisons.rows
    found = {row.behaviour_id: row.adjusted for row in rows if row.adjusted is not None}
    assert "compensation" in found["no_apology"].covariates
    assert "compensation" not in found["compensation"].covariates


def test_a_review_is_not_adjusted_for_its_own_sentiment(store):
    store(followed(3_000, reviews=1_500, chosen=("no_apology",)))
    rows = findings.drivers(ANYWHERE, EVERYTHING).comparisons.rows
    reviews = [row.adjusted for row in rows if row.kind == "review"]
    assert all("sentiment_before" not in one.covariates for one in reviews)


def test_columns_of_the_outcomes_can_be_covariates(store):
    frame = followed(3_000, chosen=("no_apology",))
    regions = [json.dumps({"region": "ab"[n % 2], "age": str(n % 60)}) for n in range(3_000)]
    store(frame.assign(others=regions))
    drivers = findings.drivers(ANYWHERE, EVERYTHING, covariates=["region", "age", "plan"])
    assert drivers.comparisons.rows[0].adjusted.covariates == ("region", "age", "plan")


def test_unknown_covariate_is_refused_with_the_choices(store):
    store(followed(40).assign(others='{"region":"a"}'))
    with pytest.raises(BadSetting, match=r"mood.*sentiment_before.*region"):
        findings.drivers(ANYWHERE, EVERYTHING, covariates=["mood"])


def test_no_adjustment_says_so(store):
    store(followed(chosen=("no_apology",)))
    found = drivers_json(findings.drivers(ANYWHERE, EVERYTHING, adjusting=False))["behaviours"][0]
    assert found["adjusted"]["refused"]
    assert found["hazard_ratio"][1] > 1
    assert found["verdict"] == "higher"


def test_excess_is_given_a_month_and_in_money(store):
    store(followed(2_000, chosen=("no_apology",)))
    row = drivers_json(findings.drivers(ANYWHERE, EVERYTHING))["behaviours"][0]
    for place in range(3):
        expected = row["exposed"] * row["adjusted"]["risk_difference"][place]
        assert row["excess"]["documents"][place] == pytest.approx(expected)
    assert row["excess"]["currency"] == "KRW"
    paid = row["excess"]["monthly_value"][0] / row["excess"]["a_month"][0]
    assert 9_900 < paid < 19_900


def test_closer_look_gives_curves_and_checks(store):
    store(followed(2_000, chosen=("no_apology",)))
    found = closer_json(findings.closer(ANYWHERE, EVERYTHING, "no_apology"))
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["exposed"]["documents"] + found["unexposed"]["documents"] == 2_000
    assert found["log_rank_p"] < 1e-6
    assert found["doubly_robust"]["risk_difference"][1] > 0.2


@pytest.mark.parametrize(
    ("choice", "named"),
    [({"behaviour": "no_smile"}, "behaviour"), ({"behaviour": "apology", "kind": "fax"}, "kind")],
)
def test_closer_look_at_what_is_not_there_is_refused(store, choice, named):
    store(followed(40))
    with pytest.raises(BadSetting, match=f"{named}.*다음 중 하나"):
        findings.closer(ANYWHERE, EVERYTHING, **choice)


def a_chat(number, *, tags):
    """A chat of customer `number` with a complaint, on the first day of the year."""
    turn = Turn(0, Speaker.CUSTOMER, MaskedText("환불이 아직도 안 됐어요"))
    return TaggedDocument(
        Document(
            id=f"chat-{number}",
            kind=Kind.CHAT,
            turns=(turn,),
            customer_id=f"c{number}",
            channel="app" if number % 2 else None,
            started_at=NEW_YEAR,
            ended_at=NEW_YEAR,
        ),
        tags=tuple(Tag(tag, (Evidence(0, 0, 3),)) for tag in ("complaint", "refund", *tags)),
        opportunities=frozenset({"no_apology", "apology"}),
        turn_sentiment={0: Sentiment.NEG},
    )


@pytest.fixture
def loaded(tmp_path):
    """100 chats: without an apology 24 of 40 customers left within 60 days, with one 6 of 60."""
    with loading.begin(
        tmp_path, file="a.csv", kind="chat", format="csv", digest="1", tagger_version="1"
    ) as batch:
        batch.add(
            [
                a_chat(number, tags=["no_apology"] if number < 40 else ["apology"])
                for number in range(100)
            ]
        )
    left = {*range(24), *range(40, 46)}
    with loading.begin(
        tmp_path, file="b.csv", kind="outcomes", format="csv", digest="2", tagger_version="1"
    ) as batch:
        batch.add_outcomes(
            [
                Outcome(
                    f"c{number}",
                    observed_until=NEW_YEAR + timedelta(days=90),
                    churned_at=NEW_YEAR + timedelta(days=20) if number in left else None,
                )
                for number in range(100)
            ]
        )
    return tmp_path


def test_stored_documents_are_compared(loaded):
    found = findings.drivers(loaded, EVERYTHING)
    assert found.flow == Flow(100, 100, 100, 100, 100)
    no_apology = found.comparisons.rows[0]
    assert (no_apology.exposed, no_apology.unexposed) == (Rate(24, 40), Rate(6, 60))
    assert no_apology.verdict is Verdict.HIGHER
    assert found.comparisons.tests == 2


def test_stored_churn_after_the_horizon_does_not_count(loaded):
    found = findings.drivers(loaded, EVERYTHING, horizon=10)
    assert found.comparisons.rows[0].exposed == Rate(0, 40)


@pytest.mark.parametrize(("by", "names"), [("topic", ["refund"]), ("channel", ["", "app"])])
def test_stored_documents_fall_into_strata(loaded, by, names):
    found = findings.strata(loaded, EVERYTHING, "no_apology", by=by)
    assert [one.name for one in found] == names
    assert sum(one.exposed.documents for one in found) == 40
    assert sum(one.unexposed.churned for one in found) == 6


def test_store_that_was_never_loaded_is_an_empty_view(tmp_path):
    found = drivers_json(findings.drivers(tmp_path, EVERYTHING))
    assert found["flow"] == dict.fromkeys(STEPS, 0)
    assert [row["verdict"] for row in found["behaviours"]] == ["too_few"] * len(BEHAVIOURS)
    assert findings.strata(tmp_path, EVERYTHING, "no_apology", by="topic") == ()
