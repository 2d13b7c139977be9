from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.model import MaskedText, Scope
from analysis.store import conversations, loading, locks, queries, removal, tables
from tests.store.making import DAY, chat, load, load_outcomes, outcome, review


def documents(path):
    return queries.totals(path, Scope()).documents


def begin(path, digest="d"):
    return loading.begin(
        path, file="f.csv", kind="chat", format="csv", digest=digest, tagger_version="1"
    )


def test_load_is_visible_with_its_figures(path):
    with begin(path) as batch:
        batch.add([chat("1"), chat("2")])
        batch.finish(rows=9, rejected=1)
    row = tables.batches(path).iloc[0]
    assert (row["batch_id"], row["documents"], row["rows"], row["rejected"], row["replaced"]) == (
        batch.batch_id, 2, 9, 1, 0,
    )  # fmt: skip
    assert documents(path) == 2


def test_nothing_is_visible_before_the_end(path, monkeypatch):
    monkeypatch.setattr(loading, "_BUFFERED_ROWS", 1)
    with begin(path) as batch:
        batch.add([chat("1")])
        assert not tables.exists(path)
        assert documents(path) == 0
    assert documents(path) == 1


@pytest.mark.parametrize("buffered", [1, 100_000])
def test_error_leaves_nothing_behind(path, monkeypatch, buffered):
    def breaking():
        with begin(path) as batch:
            batch.add([chat("1")])
            raise ZeroDivisionError

    monkeypatch.setattr(loading, "_BUFFERED_ROWS", buffered)
    with pytest.raises(ZeroDivisionError):
        breaking()
    assert not tables.exists(path)
    left = [tables.open_table(path, name) for name in ("documents", "turns")]
    assert [table.to_pyarrow_table().num_rows for table in left if table] in ([], [0, 0])
    assert list((path / "_locks").glob("*.loading")) == []


def test_failed_commit_is_withdrawn(path, monkeypatch):
    def failing(*_):
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(loading.Loading, "_count_replaced", failing)
        with pytest.raises(OSError, match="disk full"), begin(path) as batch:
            batch.add([chat("1")])
    assert tables.open_table(path, "documents").to_pyarrow_table().num_rows == 0
    assert documents(path) == 0


@pytest.mark.parametrize(
    "raw",
    [
        replace(
            chat("1").document,
            turns=(replace(chat("1").document.turns[0], text="010-1234-5678"),),
        ),
        replace(chat("1").document, title="홍길동"),
    ],
    ids=["turn", "title"],
)
def test_unmasked_text_is_refused(path, raw):
    with pytest.raises(TypeError) as refusal, begin(path) as batch:
        batch.add([replace(chat("1"), document=raw)])
    assert "010" not in str(refusal.value)
    assert "홍길동" not in str(refusal.value)
    assert not tables.exists(path)


def test_same_file_is_recognised_by_digest_and_kind(path):
    batch_id = load(path, chat("1"), digest="abc")
    assert loading.already_loaded(path, "abc", "chat") == batch_id
    assert loading.already_loaded(path, "abc", "review") is None
    assert loading.already_loaded(path, "abd", "chat") is None


def test_empty_store_knows_no_file(path):
    assert loading.already_loaded(path, "abc", "chat") is None


def test_document_loaded_again_supersedes(path):
    load(path, chat("1", tags=("refund",)), chat("2", tags=("refund",)))
    with begin(path, digest="later") as batch:
        batch.add([chat("1", tags=("delivery",)), review("1")])
    assert batch.replaced == 1
    counts = queries.tag_counts(path, Scope(), "topics").set_index("tag")["documents"]
    assert (counts["refund"], counts["delivery"]) == (1, 1)
    assert documents(path) == 3
    assert len(conversations.document(path, "1", "chat").turns) == 4


def test_third_version_supersedes_the_second(path):
    for topic in ("refund", "delivery", "wait_time"):
        load(path, chat("1", tags=(topic,)), digest=topic)
    assert queries.options(path).topics == {"wait_time": 1}


def test_id_repeated_in_one_load_is_kept_once_and_counted(path):
    with begin(path) as batch:
        batch.add([chat("1", tags=("refund",))])
        batch.add([chat("1", tags=("delivery",)), review("1"), chat("2")])
    assert (batch.repeated, batch.documents) == (1, 3)
    assert queries.options(path).topics == {"refund": 1}


def test_outcome_loaded_again_supersedes(path):
    load(path, chat("1", customer="c"))
    load_outcomes(path, outcome("c"))
    load_outcomes(path, outcome("c", churned_days=3), digest="later")
    assert conversations.document(path, "1").outcome == outcome("c", churned_days=3)


def test_outcome_comes_back_as_it_was(path):
    load(path, chat("1", customer="c"))
    stored = outcome(
        "c",
        started_at=DAY,
        plan="연간",
        monthly_value=9900.0,
        currency="KRW",
        covariates=(("지역", "서울"),),
    )
    load_outcomes(path, stored)
    assert conversations.document(path, "1").outcome == stored


def test_many_small_loads_are_joined_into_few_files(path, monkeypatch):
    monkeypatch.setattr(removal, "_MANY_FILES", 5)
    for number in range(8):
        load(path, chat(str(number)), digest=str(number))
    assert len(tables.files(path, "documents")) < 5
    assert documents(path) == 8


def test_writer_waits_for_the_other(path, monkeypatch):
    monkeypatch.setattr(locks, "_PATIENCE", 0.05)
    with (
        locks.writing(path),
        pytest.raises(locks.StoreBusy, match="다시 시도해 주세요"),
        locks.writing(path),
    ):
        pass


def test_two_loads_at_once_both_arrive(path):
    with begin(path, "a") as first, begin(path, "b") as second:
        first.add([chat("1")])
        second.add([chat("1"), chat("2")])
    # The inner one is committed first, so the outer one is the newest.
    assert (second.replaced, first.replaced) == (0, 1)
    assert documents(path) == 2


def test_title_is_stored_masked(path):
    load(path, chat("1", title="환불 문의"))
    assert conversations.document(path, "1").title == MaskedText("환불 문의")
