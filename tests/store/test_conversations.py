from __future__ import annotations

from datetime import timedelta

import pytest

from analysis.codebook import ALL_TAGS
from analysis.model import Evidence, Scope, Sentiment, Speaker, Tag
from analysis.store import conversations, tables
from tests.store.making import DAY, TEXTS, chat, load, load_outcomes, outcome, review

EVERYTHING = Scope()


@pytest.fixture
def listed(path):
    load(
        path,
        chat("c-1", customer="gone", tags=("refund", "complaint"), opportunities=("apology",)),
        chat("c-2", customer="here", tags=("refund",), at=DAY + timedelta(days=1),
             sentiment=("neg", "pos"), title="쿠폰 100% 문의"),
        chat("c-3", at=None, texts=((Speaker.AGENT, "iPhone 13_a 문의시군요"),
                                    (Speaker.CUSTOMER, "네 " * 100))),
        review("r-1", customer="gone", tags=("complaint", "churn_intent"),
               at=DAY + timedelta(days=2)),
        chat("c-4", customer="gone", tags=("cancellation",), at=DAY + timedelta(days=3),
             opportunities=("cancellation_request",)),
    )  # fmt: skip
    load_outcomes(path, outcome("gone", churned_days=30), outcome("here"))
    return path


def ids(path, **wanted):
    return list(conversations.conversations(path, EVERYTHING, **wanted).rows["document_id"])


def test_newest_come_first_and_those_without_time_last(listed):
    assert ids(listed) == ["c-4", "r-1", "c-2", "c-1", "c-3"]


WANTED = [
    ({"tags": ("refund",)}, ["c-2", "c-1"]),
    ({"tags": ("refund", "complaint")}, ["c-1"]),
    ({"without": ("complaint", "refund")}, ["c-4", "c-3"]),
    ({"tags": ("complaint",), "without": ("refund",)}, ["r-1"]),
    ({"eligible_for": "apology"}, ["r-1", "c-1"]),
    ({"sentiment": "pos"}, ["c-2"]),
    ({"churned": True}, ["r-1", "c-1"]),
    ({"churned": True, "include_cancellation": True}, ["c-4", "r-1", "c-1"]),
    ({"churned": False}, ["c-2"]),
    ({"churned": False, "horizon": 29}, ["c-2", "c-1"]),
    ({"search": "무료 기간"}, ["c-4", "c-2", "c-1"]),
    ({"search": "IPHONE"}, ["c-3"]),
    ({"search": "13_A"}, ["c-3"]),
    ({"search": "13.a"}, []),
    ({"search": "100%"}, ["c-2"]),
    ({"search": "R-1"}, ["r-1"]),
    ({"search": "gone"}, ["c-4", "r-1", "c-1"]),
    ({"search": "' OR 1=1 --"}, []),
    ({"search": "(["}, []),
    ({"search": "  "}, ["c-4", "r-1", "c-2", "c-1", "c-3"]),
]


@pytest.mark.parametrize(("wanted", "expected"), WANTED, ids=[str(row[0]) for row in WANTED])
def test_list_keeps_what_was_asked_for(listed, wanted, expected):
    assert ids(listed, **wanted) == expected


def test_pages_follow_one_another(listed):
    assert ids(listed, limit=2, offset=2) == ["c-2", "c-1"]
    assert conversations.conversations(listed, EVERYTHING, limit=2, offset=9).total == 5


def test_row_carries_what_a_list_shows(listed):
    page = conversations.conversations(listed, EVERYTHING, search="c-1")
    row = page.rows.iloc[0]
    assert page.total == 1
    assert row["tags"] == ["refund", "complaint"]
    assert row["excerpt"] == "무료 기간인데 결제가 됐어요"
    assert row["churned_at"] == DAY + timedelta(days=30)
    assert (row["kind"], row["agent_id"], row["turns"], row["sentiment_end"]) == (
        "chat", "a-1", 4, "neg",
    )  # fmt: skip


def test_excerpt_is_the_customers_and_short(listed):
    row = conversations.conversations(listed, EVERYTHING, search="c-3").rows.iloc[0]
    assert row["excerpt"] == ("네 " * 60)


def test_unknown_tag_is_a_bug_not_sql(listed):
    with pytest.raises(KeyError):
        ids(listed, tags=("1=1 OR refund",))


def test_empty_store_lists_nothing(path):
    page = conversations.conversations(path, EVERYTHING)
    assert (page.total, len(page.rows)) == (0, 0)
    assert {"tags", "excerpt", "churned_at"} <= set(page.rows.columns)


def test_document_comes_back_whole(path):
    stored = chat("c-1", customer="c", opportunities=("no_apology", "cancellation_request"))
    tags = (
        Tag("refund", (Evidence(0, 0, 2), Evidence(2, 6, 8)), confidence=0.75),
        Tag("no_apology", (Evidence(2, 0, 5),), searched=(1, 3)),
    )
    load(path, type(stored)(stored.document, tags, stored.opportunities, stored.turn_sentiment))
    found = conversations.document(path, "c-1")
    assert found.tags == tags
    assert found.opportunities == {"no_apology"}
    assert found.cancellation_request
    assert [(turn.speaker, turn.text) for turn in found.turns] == list(TEXTS)
    assert [turn.sentiment for turn in found.turns] == ["neu", None, "neg", None]
    assert found.turns[2].spans == (("refund", 6, 8), ("no_apology", 0, 5))
    assert found.turns[3].sent_at == DAY + timedelta(minutes=3)
    assert (found.sentiment_start, found.sentiment_end) == ("neu", "neg")
    assert (found.started_at, found.ended_at, found.file) == (DAY, DAY, "상담.csv")
    assert found.outcome is None


def test_review_has_one_sentiment(listed):
    found = conversations.document(listed, "r-1")
    assert (found.sentiment_start, found.sentiment_end) == (Sentiment.NEG, Sentiment.NEG)
    assert found.outcome == outcome("gone", churned_days=30)
    assert "".join(turn.text for turn in found.turns) == "상담이 엉망이었다. 다시는 안 쓴다."


def test_kind_tells_two_documents_of_one_id_apart(path):
    load(path, chat("1"), review("1"))
    assert conversations.document(path, "1").kind == "chat"
    assert conversations.document(path, "1", "review").kind == "review"


@pytest.mark.parametrize("document_id", ["c-9", "", "' OR ''='"])
def test_unknown_document_is_none(listed, document_id):
    assert conversations.document(listed, document_id) is None


def test_export_has_one_row_a_document_with_evidence_as_text(listed):
    rows = conversations.export_rows(listed, EVERYTHING).set_index("document_id")
    assert list(rows.index) == ["c-1", "c-2", "r-1", "c-4", "c-3"]
    assert rows.loc["r-1", "evidence"] == "complaint: 상담이\nchurn_intent: 상담이"
    assert bool(rows.loc["r-1", "churn_intent"])
    assert not rows.loc["r-1", "refund"]
    assert rows.loc["r-1", "file"] == "상담.csv"


def test_export_keeps_to_the_scope(listed):
    rows = conversations.export_rows(listed, Scope(kinds=("review",), topics=("refund",)))
    assert rows.empty
    assert set(ALL_TAGS) <= set(rows.columns)


def test_every_tag_has_its_column_in_the_stored_table(listed):
    names = tables.open_table(listed, "documents").to_pyarrow_table().column_names
    assert set(ALL_TAGS) <= set(names)
    assert {f"opp_{tag}" for tag in ("apology", "no_next_step")} <= set(names)
