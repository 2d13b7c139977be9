"""Stored documents tagged anew: what is stale, what stays, and what a kill leaves."""

from __future__ import annotations

import multiprocessing
import os
from dataclasses import replace

import pytest

from analysis import pipeline, retagging, rules, tagged, taggers
from analysis.errors import BadRule, UnknownBatch
from analysis.model import Scope, TaggerVersion
from analysis.rules import Rule
from analysis.store import conversations, loading, tables
from analysis.tagging import tag as tagging
from tests.store.making import chat, load
from tests.test_pipeline import chats, outcomes, stored

DELAY = Rule("house_00000a", "배송 지연", "topics", ("안왔어요",), speaker="customer")
BY_MODEL = str(TaggerVersion(tagging.VERSION, "some-model", "abc123"))


@pytest.fixture
def store(tmp_path):
    """Two loads of chats by the present tagger and one of outcomes."""
    path = tmp_path / "store"
    pipeline.load(chats(tmp_path / "a.csv", documents=3), path)
    pipeline.load(outcomes(tmp_path / "o.csv", "k-1"), path)
    pipeline.load(chats(tmp_path / "b.csv", documents=2, text="환불이 아직 안 왔어요"), path)
    return path


def versions(store):
    return tables.batches(store)[["tagger_version", "rules_version"]].to_numpy().tolist()


def test_present_loads_are_left_alone(store):
    before = tables.version(store)
    assert retagging.stale(store) == []
    found = retagging.retag(store)
    assert (found.batches, found.documents, found.present) == (0, 0, 2)
    assert tables.version(store) == before


def test_new_rules_reach_what_is_stored(store):
    plain = stored(store)
    rules.put(store, DELAY)
    assert [load["documents"] for load in retagging.stale(store)] == [3, 2]
    found = retagging.retag(store)
    assert (found.batches, found.documents, found.present, found.undone) == (2, 5, 0, 0)
    now = stored(store)
    assert set(now["house"]) == {DELAY.id}
    others = [column for column in plain.columns if column not in ("house", "evidence")]
    assert now[others].equals(plain[others])
    assert retagging.stale(store) == []
    # A retired rule goes as it came.
    rules.put(store, replace(DELAY, retired=True))
    retagging.retag(store)
    assert stored(store).equals(plain)


def test_another_tagger_tells_every_tag_anew(store, monkeypatch):
    def tag_all(documents, **_):
        return [replace(chat("x", tags=("privacy_security",)), document=one) for one in documents]

    monkeypatch.setattr(taggers, "BUILT_IN", TaggerVersion("99"))
    monkeypatch.setattr(tagging, "tag_all", tag_all)
    rules.put(store, DELAY)
    steps = []
    found = retagging.retag(store, progress=lambda done, total: steps.append((done, total)))
    assert found.documents == 5
    assert steps == [(0, 5), (3, 5), (5, 5)]
    now = stored(store)
    assert now["privacy_security"].all()
    assert not now["complaint"].any()
    assert set(now["house"]) == {DELAY.id}
    assert versions(store)[0] == versions(store)[2] == ["99", 1]


def test_tagger_finds_the_same_in_what_is_stored_as_in_the_file(store, monkeypatch):
    before = stored(store)
    monkeypatch.setattr(taggers, "BUILT_IN", TaggerVersion("99"))
    assert retagging.retag(store).documents == 5
    assert stored(store).equals(before)


def test_workers_tag_anew_as_one_process_does(store, monkeypatch):
    before = stored(store)
    monkeypatch.setattr(taggers, "BUILT_IN", TaggerVersion("99"))
    monkeypatch.setattr(tagged, "_WORTH_WORKERS", 1)
    assert retagging.retag(store, workers=2).documents == 5
    assert stored(store).equals(before)


def test_tags_of_a_language_model_stay_and_rules_are_applied(tmp_path):
    with loading.begin(
        tmp_path, file="f", kind="chat", format="csv", digest="x", tagger_version=BY_MODEL
    ) as batch:
        batch.add([chat("1", tags=("privacy_security",))])
    assert retagging.stale(tmp_path) == []
    rules.put(tmp_path, replace(DELAY, contains=("무료 기간",)))
    found = retagging.retag(tmp_path)
    assert (found.batches, found.by_model) == (1, 1)
    assert "언어 모델" in retagging.sentence(found)
    tags = [tag.id for tag in conversations.document(tmp_path, "1").tags]
    assert tags == ["privacy_security", DELAY.id]
    assert versions(tmp_path) == [[BY_MODEL, 1]]


def test_one_load_is_named_by_any_id_that_it_had(store):
    first = tables.committed(store)["batch_id"][0].as_py()
    for version in (1, 2):
        rules.put(store, replace(DELAY, name=f"이름 {version}"))
        found = retagging.retag(store, batch=first)
        assert (found.batches, found.documents) == (1, 3)
    assert len(retagging.stale(store)) == 1
    with pytest.raises(UnknownBatch):
        retagging.retag(store, batch="b-0")


def test_file_is_known_after_tagging_anew(store, tmp_path):
    rules.put(store, DELAY)
    retagging.retag(store)
    assert pipeline.load(tmp_path / "a.csv", store).already_loaded


def test_load_that_is_undone_meanwhile_is_counted_and_passed_over(store):
    rules.put(store, DELAY)
    last = tables.batches(store)["batch_id"][0]

    def undo(done, _total):
        if done == 3:
            pipeline.undo(store, last)

    found = retagging.retag(store, progress=undo)
    assert (found.batches, found.documents, found.undone) == (1, 3, 1)
    assert "되돌린 배치 1개" in retagging.sentence(found)
    assert conversations.conversations(store, Scope()).total == 3


def test_broken_rules_change_nothing(store):
    rules.put(store, DELAY)
    (store / "rules" / "0001.json").write_text("{", encoding="utf-8")
    before = tables.version(store)
    with pytest.raises(BadRule):
        retagging.retag(store)
    assert tables.version(store) == before


def test_empty_store_has_nothing_to_do(tmp_path):
    found = retagging.retag(tmp_path / "store")
    assert (found.batches, found.documents, found.present) == (0, 0, 0)
    assert not (tmp_path / "store").exists()


def _die_after_one(store):
    def die(done, _total):
        if done == 5:
            os._exit(0)

    retagging.retag(store, progress=die)


def test_killed_run_is_taken_up_where_it_stopped(store):
    rules.put(store, DELAY)
    process = multiprocessing.get_context("spawn").Process(target=_die_after_one, args=(store,))
    process.start()
    process.join(120)
    assert process.exitcode == 0
    # The later load supersedes two documents of the earlier one, which was done.
    assert sorted(stored(store)["house"]) == ["", "", DELAY.id]
    found = retagging.retag(store)
    assert (found.batches, found.documents, found.present) == (1, 2, 1)
    assert set(stored(store)["house"]) == {DELAY.id}
    assert load(store, chat("later"), digest="later")
    assert conversations.conversations(store, Scope()).total == 4
