"""The language model as a tagger: rules, kept answers, fallback, budget, and what is counted."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from analysis import taggers
from analysis.codebook import ABSENCES, BEHAVIOURS
from analysis.errors import BadSetting
from analysis.llm import asking
from analysis.model import Kind, Sentiment, TaggerVersion
from analysis.store import answers
from analysis.tagging import evidence, tag
from tests.llm.standing_in import MODEL, Answer, always, answer, first, well
from tests.searching import found_in
from tests.tagging.making import chat, review

CHAT = chat("고 아직도 배송이 안 왔어요", "상 많이 기다리셨겠어요")
CALM = chat("고 영수증은 어디서 받나요?", "상 주문 내역에서 받으실 수 있습니다")
REVIEW = review("다시는 안 쓴다.")


def numbered(count):
    return [
        replace(chat(f"고 {number}번 주문이 아직도 안 왔어요", "상 네"), id=f"c-{number}")
        for number in range(count)
    ]


# What is taken over, and what binds it


def test_documents_are_tagged_as_the_model_says(serve, tagger):
    serve()
    model = tagger()
    told, told_of = model.tag_all([CHAT, REVIEW])
    assert {"delivery", "complaint", "no_next_step", "empathy"} <= told.tag_ids
    assert told.turn_sentiment[0] is Sentiment.NEG
    assert told.tag("empathy").evidence[0].turn == 1
    assert told_of.tag_ids >= {"churn_intent"}
    assert told_of.sentiment is Sentiment.NEG
    assert (model.report().answered, model.report().fell_back) == (2, {})


@pytest.mark.parametrize(
    ("said", "there", "absent"),
    [
        # One of two contraries, also where both or neither were named.
        ([("complaint", 0, "안 왔어요")], {"complaint"}, set()),
        (
            [("complaint", 0, "안"), ("apology", 1, "많이"), ("no_apology", 0, "안")],
            {"complaint"},
            set(),
        ),
        # What needs a complaint goes where there is none.
        ([("empathy", 1, "많이"), ("no_apology", 0, "안")], set(), {"empathy", "no_apology"}),
        ([("apology_specific", 1, "많이")], set(), {"apology_specific"}),
        ([("escalation_refused", 1, "많이")], set(), {"escalation_refused"}),
        ([("other", 0, "안"), ("delivery", 0, "배송")], {"delivery"}, {"other"}),
    ],
)
def test_rules_of_the_codebook_bind_the_answer(serve, tagger, said, there, absent):
    serve(always(Answer(answer(*said, sentiment={}))))
    (tagged,) = tagger().tag_all([CHAT])
    assert there <= tagged.tag_ids
    assert not absent & tagged.tag_ids
    complaint = "complaint" in tagged.tag_ids
    assert (len({"apology", "no_apology"} & tagged.tag_ids) == 1) is complaint
    assert {one for one in tagged.tag_ids if one in BEHAVIOURS} <= tagged.opportunities
    assert ("no_apology" in tagged.opportunities) is complaint


def test_rules_of_reviews_bind_the_answer(serve, tagger):
    said = [("satisfied_end", 0, "다시는"), ("apology_specific", 0, "다시는")]
    serve(always(Answer(answer(*said, sentiment="neg"))))
    (tagged,) = tagger().tag_all([REVIEW])
    assert "satisfied_end" not in tagged.tag_ids
    assert "apology" in tagged.tag_ids


def test_absence_names_the_turns_that_were_searched(serve, tagger):
    serve()
    found = tagger().tag_all([CHAT])[0].tag("no_next_step")
    assert (found.evidence[0].turn, found.searched) == (0, (1,))


def test_absences_are_those_of_the_built_in_tagger():
    assert set(ABSENCES) == set(evidence._CALLED_BY)


def test_what_both_see_has_more_confidence(serve, tagger):
    serve()
    tagged = tagger().tag_all([CHAT])[0]
    assert all(0.5 <= one.confidence <= 1 for one in tagged.tags if one.id == "complaint")


def test_model_that_names_no_topic_leaves_the_built_in_ones(serve, tagger):
    serve(always(Answer(answer(("complaint", 0, "안"), sentiment={}))))
    topics = tag.tag(CHAT).tag_ids & {"delivery", "wait_time", "other"}
    assert topics
    assert topics <= tagger().tag_all([CHAT])[0].tag_ids


def test_no_document_is_no_request(serve, tagger):
    server = serve()
    assert tagger().tag_all([]) == []
    assert server.requests == []


# Fallback


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (always(Answer("모르겠습니다")), "unusable"),
        (always(Answer(answer(("complaint", 0, "지어낸 말"), sentiment={}))), "unusable"),
        (always(Answer(body=b"<html>")), "unusable"),
        (always(Answer(status=400)), "refused"),
        (always(Answer(status=401)), "refused"),
        (always(Answer(status=429)), "busy"),
        (always(Answer(status=500)), "server"),
        (always(Answer("", wait=1.3)), "timeout"),
    ],
)
def test_document_without_an_answer_of_use_is_tagged_by_the_built_in_tagger_and_counted(
    serve, tagger, monkeypatch, behaviour, reason
):
    monkeypatch.setenv("SAGWA_LLM_TIMEOUT", "1")
    serve(behaviour)
    model = tagger()
    assert model.tag_all([CHAT]) == [tag.tag(CHAT)]
    assert model.report().fell_back == {reason: 1}
    assert model.used == taggers.BUILT_IN
    assert reason in asking.REASONS


def test_useless_answer_is_asked_for_once_more_and_only_once(serve, tagger):
    server = serve(first(Answer("모르겠습니다")))
    model = tagger()
    model.tag_all([CHAT])
    assert (model.report().answered, model.report().asked_again) == (1, 1)
    assert [len(body["messages"]) for _, body in server.requests] == [2, 3]
    # Both answers were paid for.
    assert model.report().tokens_in == 2000


def test_some_fall_back_and_the_load_says_how_many(serve, tagger, monkeypatch):
    monkeypatch.setenv("SAGWA_LLM_PARALLEL", "1")
    serve(lambda question, n: Answer("?") if "1번" in str(question) else well(question, n))
    model = tagger()
    model.tag_all(numbered(3))
    assert (model.report().answered, model.report().fell_back) == (2, {"unusable": 1})
    assert str(model.used) == f"llm:{MODEL}/{model.version.prompt}+{tag.VERSION}~1"


@pytest.mark.parametrize(("status", "most"), [(401, 1), (500, asking._GIVE_UP)])
def test_address_that_never_answers_is_given_up(serve, tagger, monkeypatch, status, most):
    monkeypatch.setenv("SAGWA_LLM_PARALLEL", "1")
    server = serve(always(Answer(status=status)))
    model = tagger()
    assert len(model.tag_all(numbered(20))) == 20
    assert len({json.dumps(one) for one in server.questions}) == most
    assert model.report().fell_back["stopped"] == 20 - most
    assert sum(model.report().fell_back.values()) == 20


def test_dropped_parts_of_used_answers_are_counted(serve, tagger):
    said = [("complaint", 0, "안 왔어요"), ("rage", 0, "안"), ("delivery", 0, "지어낸 말")]
    serve(always(Answer(answer(*said, sentiment={"1": "neg"}))))
    model = tagger()
    model.tag_all([CHAT])
    assert model.report().dropped == {"unknown_tag": 1, "missing_quote": 1, "sentiment": 1}


# Kept answers


def test_same_text_is_paid_for_once(serve, tagger):
    server = serve()
    same = [replace(CHAT, id=name, customer_id=name) for name in "abc"]
    tagger().tag_all(same[:2])
    assert len(server.requests) == 1
    again = tagger()
    again.tag_all([*same, CALM])
    assert len(server.requests) == 2
    assert (again.report().cached, again.report().answered) == (3, 1)
    assert again.report().tokens_in == 1000


def test_kept_answer_tags_as_the_fresh_one_did(serve, tagger):
    serve()
    documents = [CHAT, REVIEW, CALM]
    assert tagger().tag_all(documents) == tagger().tag_all(documents)


def test_another_model_is_asked_anew(serve, tagger, monkeypatch):
    server = serve()
    tagger().tag_all([CHAT])
    monkeypatch.setenv("SAGWA_LLM_MODEL", "other")
    tagger().tag_all([CHAT])
    assert len(server.requests) == 2


def test_useless_answers_are_not_kept(serve, tagger):
    server = serve(first(Answer("?"), Answer("?")))
    tagger().tag_all([CHAT])
    model = tagger()
    model.tag_all([CHAT])
    assert (len(server.requests), model.report().answered) == (3, 1)


def test_no_text_is_kept(serve, tagger, tmp_path):
    serve()
    tagger().tag_all([replace(CHAT, customer_id="고객-1")])
    assert found_in(tmp_path / "store", ["고객-1", "complaint"]) == {"고객-1", "complaint"}
    assert not found_in(tmp_path / "store", ["배송", "안 왔어요", "기다리셨겠어요"])


def test_forgotten_customers_answers_go_and_the_others_stay(serve, tagger, tmp_path):
    server = serve()
    store = tmp_path / "store"
    theirs, shared = numbered(2)
    theirs = replace(theirs, customer_id="손님7")
    anonymous = replace(CALM, id=theirs.id, customer_id=None)
    of_store = replace(REVIEW, id="r-9", customer_id=None)
    mine, also = (replace(shared, id=name, customer_id=name) for name in ("손님7", "손님8"))
    tagger().tag_all([theirs, anonymous, of_store, mine, also])
    assert len(server.requests) == 4

    assert answers.forget(store, "손님7", [("review", "r-9")]) == 4
    assert not found_in(store, ["손님7", theirs.id, "r-9"])
    assert found_in(store, ["손님8"])
    tagger().tag_all([also])
    assert len(server.requests) == 4
    tagger().tag_all([theirs, anonymous, of_store])
    assert len(server.requests) == 7


def test_kept_answer_belongs_to_everybody_who_has_used_it(serve, tagger, tmp_path):
    server = serve()
    one, other = (replace(CHAT, id=name, customer_id=name) for name in ("손님7", "손님8"))
    tagger().tag_all([one])
    tagger().tag_all([other])
    assert answers.forget(tmp_path / "store", "손님7", []) == 1
    tagger().tag_all([other])
    assert len(server.requests) == 1
    assert answers.forget(tmp_path / "store", "손님8", []) == 1
    tagger().tag_all([other])
    assert len(server.requests) == 2


def test_forgetting_without_kept_answers_makes_no_file(tmp_path):
    assert answers.forget(tmp_path, "k-1", []) == 0
    assert list(tmp_path.iterdir()) == []


# Budget, estimate, figures


@pytest.mark.parametrize(
    ("budget", "prices"),
    # Each question takes 1000 + 200 tokens; 1.2 of money at these prices.
    [("6000tokens", ()), ("6", (("PRICE_IN", "1000"), ("PRICE_OUT", "1000")))],
)
def test_budget_ends_the_asking_and_is_told(serve, tagger, monkeypatch, budget, prices):
    for name, value in prices:
        monkeypatch.setenv(f"SAGWA_LLM_{name}", value)
    server = serve()
    model = tagger(budget=budget)
    model.tag_all(numbered(30))
    asked = len(server.requests)
    assert 1 <= asked <= 5
    assert model.report().fell_back == {"budget": 30 - asked}
    # It holds for all files together.
    model.tag_all([CALM])
    assert len(server.requests) <= 5


def test_budget_of_nothing_sends_nothing(serve, tagger):
    server = serve()
    model = tagger(budget="0tokens")
    assert model.tag_all([CHAT]) == [tag.tag(CHAT)]
    assert server.requests == []


def test_budget_of_the_settings_holds_unless_another_is_given(serve, tagger, monkeypatch):
    server = serve()
    monkeypatch.setenv("SAGWA_LLM_BUDGET", "0tokens")
    tagger().tag_all([CHAT])
    assert server.requests == []
    tagger(budget="100000tokens").tag_all([CHAT])
    assert len(server.requests) == 1


def test_estimate_counts_what_would_be_sent_and_sends_nothing(serve, tagger, monkeypatch):
    monkeypatch.setenv("SAGWA_LLM_PRICE_IN", "10")
    monkeypatch.setenv("SAGWA_LLM_PRICE_OUT", "10")
    server = serve()
    model = tagger()
    model.tag_all([CHAT])
    found = model.estimate([CHAT, CALM, replace(CALM, id="twin")])
    assert (found.documents, found.cached, found.model) == (3, 2, MODEL)
    assert found.cost == pytest.approx((found.tokens_in + found.tokens_out) / 100_000)
    assert found.tokens_in > 500
    assert len(server.requests) == 1


def test_figures_are_those_of_the_server_with_the_cost(serve, tagger, monkeypatch):
    monkeypatch.setenv("SAGWA_LLM_PRICE_IN", "2")
    monkeypatch.setenv("SAGWA_LLM_PRICE_OUT", "10")
    serve()
    model = tagger()
    model.tag_all([CHAT, CALM])
    found = model.report()
    assert (found.tokens_in, found.tokens_out, found.tokens_estimated) == (2000, 400, False)
    assert (found.cost, found.currency) == (pytest.approx(0.008), "USD")
    assert found.seconds > 0


def test_figures_are_estimated_where_the_server_tells_none(serve, tagger):
    serve(lambda question, n: replace(well(question, n), usage=None))
    model = tagger()
    model.tag_all([CHAT])
    assert model.report().tokens_estimated
    assert model.report().tokens_in > 500
    assert model.report().tokens_out > 10


def test_no_more_requests_at_once_than_allowed(serve, tagger, monkeypatch):
    monkeypatch.setenv("SAGWA_LLM_PARALLEL", "3")
    server = serve(lambda question, n: replace(well(question, n), wait=0.05))
    tagged = tagger().tag_all(numbered(12))
    assert [one.document.id for one in tagged] == [one.id for one in numbered(12)]
    assert 2 <= server.most_at_once <= 3


def test_without_an_address_it_cannot_be_had():
    with pytest.raises(BadSetting, match="SAGWA_LLM_URL"):
        taggers.language_model("store")


# Versions


@pytest.mark.parametrize(
    "version",
    [
        TaggerVersion("2"),
        TaggerVersion("2", "gpt-4o-mini", "ab12cd34"),
        TaggerVersion("3", "org/model:8b", "ab12cd34", 30),
    ],
)
def test_version_is_read_as_it_was_written(version):
    assert TaggerVersion.parse(str(version)) == version


@pytest.mark.parametrize("text", ["1", "", "llm:", "llm:m+2"])
def test_any_other_text_is_a_version_of_the_built_in_tagger(text):
    assert TaggerVersion.parse(text) == TaggerVersion(text)


@pytest.mark.parametrize(
    ("loaded", "now", "covered"),
    [
        ("1", "2", True),
        ("llm:m/ab+2", "2", True),
        ("2", "llm:m/ab+2", False),
        ("llm:m/ab+1", "llm:m/ab+2", True),
        ("llm:m/ab+2~3", "llm:m/ab+2", False),
        ("llm:n/ab+2", "llm:m/ab+2", False),
        ("llm:m/cd+2", "llm:m/ab+2", False),
    ],
)
def test_load_covers_what_would_tag_it_no_better(loaded, now, covered):
    assert TaggerVersion.parse(loaded).covers(TaggerVersion.parse(now)) is covered


def test_kinds_of_documents_are_all_asked_about(serve, tagger):
    server = serve()
    tagger().tag_all([CHAT, REVIEW])
    assert {one["kind"] for one in server.questions} == set(Kind)
