"""The steps in order: masked before stored, whole or not at all, the same however many workers."""

from __future__ import annotations

import csv
import json
import logging
import re
import stat
from dataclasses import replace

import pytest

from analysis import pipeline, rules, tagged
from analysis.errors import BadRule, NothingToLoad, UnknownBatch, UnreadableFile
from analysis.model import Scope
from analysis.pipeline import Options
from analysis.rules import Rule, RuleSet
from analysis.store import checks, conversations, loading, queries, tables
from analysis.tagging import tag as tagging
from tests.searching import found_in

# Invented; each stands beside a particle, where a word boundary would not end it.
PHONE, MAIL, RESIDENT = "010-2345-6789", "sky.river@example.com", "900101-1234567"
PERSONAL = (PHONE, "01023456789", MAIL, RESIDENT, "9001011234567")

CHAT_COLUMNS = ("conversation_id", "customer_id", "agent_id", "channel", "speaker", "text")
REVIEW_COLUMNS = ("review_id", "customer_id", "source", "posted_at", "url", "title", "text")
OUTCOME_COLUMNS = ("customer_id", "churned_at", "observed_until", "plan", "비고")


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store"


def write(path, columns, rows):
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(columns)
        writer.writerows(rows)
    return path


def chats(path, *, documents=1, customer="k-1", text="아직도 안 왔어요 화가 나네요"):
    rows = [
        (f"c-{number:03}", customer, "a-1", "앱", speaker, said)
        for number in range(documents)
        for speaker, said in (("고객", f"{text} {number}번"), ("상담사", "늦어져서 죄송합니다."))
    ]
    return write(path, CHAT_COLUMNS, rows)


def outcomes(path, customer):
    return write(path, OUTCOME_COLUMNS, [(customer, "", "2026-12-31", "", "")])


def stored(store):
    """Every visible document with its tags, without what differs from load to load."""
    return conversations.export_rows(store, Scope()).drop(columns=["batch_id"])


# Masking


@pytest.fixture
def loaded_personal(store, tmp_path, caplog):
    """One file of each kind with personal data in every field, loaded."""
    caplog.set_level(logging.DEBUG)
    said = f"번호는{PHONE}이고 메일은 {MAIL}인데요, 주민번호 {RESIDENT}로 확인해 주세요"
    files = [
        write(
            tmp_path / f"상담_{PHONE}.csv",
            CHAT_COLUMNS,
            [
                (PHONE, MAIL, MAIL, f"전화 {PHONE}", "고객", said),
                (PHONE, MAIL, MAIL, f"전화 {PHONE}", "상담사", f"{PHONE}로 연락드리겠습니다"),
            ],
        ),
        write(
            tmp_path / f"리뷰_{MAIL}.csv",
            REVIEW_COLUMNS,
            [
                (
                    RESIDENT,
                    PHONE.replace("-", ""),
                    f"블로그 {MAIL}",
                    "2026-03-02",
                    f"https://example.com/?mail={MAIL}",
                    f"{PHONE}에서 온 전화",
                    f"상담이 엉망이었다. {said}. {PHONE}은 받지도 않는다.\n다시는 안 쓴다",
                )
            ],
        ),
        write(
            tmp_path / f"결과_{RESIDENT}.csv",
            OUTCOME_COLUMNS,
            [(PHONE, "", "2026-12-31", f"요금제 {PHONE}", f"{MAIL}로 안내, {RESIDENT}")],
        ),
    ]
    return [pipeline.load(path, store) for path in files]


def test_no_personal_data_reaches_the_store_or_the_log(store, loaded_personal, caplog):
    assert [report.documents for report in loaded_personal] == [1, 1, 1]
    # Each label is there: the texts were stored, and what stood in them was not.
    assert found_in(store, ["[전화번호]", "[이메일]", "[주민번호]"]) == {
        "[전화번호]",
        "[이메일]",
        "[주민번호]",
    }
    assert found_in(store, PERSONAL) == set()
    assert not [text for text in PERSONAL if text in caplog.text]


def test_report_counts_what_was_masked(loaded_personal):
    chat, review, _ = loaded_personal
    assert chat.masked == {"phone": 2, "email": 1, "resident_number": 1}
    assert set(review.masked) == {"phone", "email", "resident_number"}
    assert set(chat.masked) <= set(pipeline.MASKED)


def test_tagged_output_holds_no_personal_data_either(tmp_path):
    path = chats(tmp_path / "a.csv", customer=PHONE, text=f"번호는{PHONE}이에요")
    assert not [text for text in PERSONAL if text in "".join(pipeline.tag_file(path))]


def test_preview_is_masked(tmp_path):
    found = pipeline.inspect(chats(tmp_path / "a.csv", text=f"메일은{MAIL}이요"), Options())
    assert "[이메일]" in found.sample[0]["text"]
    assert MAIL not in str(found)


def test_pseudonym_cannot_be_followed_from_one_store_to_another(tmp_path):
    path = chats(tmp_path / "a.csv", customer=PHONE)
    for name in ("one", "two"):
        pipeline.load(path, tmp_path / name)
    one, two = (stored(tmp_path / name)["customer_id"][0] for name in ("one", "two"))
    assert re.fullmatch(r"p-[0-9a-f]{16}", one)
    assert one != two


def test_key_of_the_pseudonyms_is_its_owners_alone(store, tmp_path):
    pipeline.load(chats(tmp_path / "a.csv"), store)
    assert stat.S_IMODE((store / "key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("in_chats", "in_outcomes"),
    [
        ("k-1", "k-1"),
        ("010-2345-6789", "01023456789"),
        ("+82 10-2345-6789", "010 2345 6789"),
        ("Sky.River@example.com", "sky.river@EXAMPLE.com"),
    ],
)
def test_chats_find_their_customers_outcome(store, tmp_path, in_chats, in_outcomes):
    pipeline.load(outcomes(tmp_path / "o.csv", in_outcomes), store)
    pipeline.load(chats(tmp_path / "a.csv", customer=in_chats), store)
    assert queries.flow(store, Scope(), 60).known_customer == 1


# Reviews


@pytest.mark.parametrize(
    "text",
    [
        "한 문장뿐이다",
        "첫 문장이다. 둘째 문장이다!\n\n셋째는 줄을 바꿨다... 넷째?",
        f"번호는{PHONE}이다. 요금은 3.5만 원, 2026.3.1에 냈다.  끝",
        "ㅠㅠ~~ 이모지 🍎🍏 도 있다!!! 네?? 네.",
    ],
)
def test_sentences_of_a_review_partition_its_text(store, tmp_path, text):
    path = write(tmp_path / "r.csv", REVIEW_COLUMNS, [("r-1", "", "", "", "", "제목", text)])
    pipeline.load(path, store, options=Options(kind="review"))
    pieces = [turn.text for turn in conversations.document(store, "r-1").turns]
    assert all(pieces)
    assert "".join(pieces) == text.replace(PHONE, "[전화번호]")


# Whole or not at all


def _fails_after(number, monkeypatch):
    """Let the tagging fail once that many documents are tagged."""
    done = 0
    tag_all = tagging.tag_all

    def failing(documents):
        nonlocal done
        if done >= number:
            raise RuntimeError("planted")
        done += len(documents)
        return tag_all(documents)

    monkeypatch.setattr(tagging, "tag_all", failing)


def test_load_that_fails_half_way_leaves_the_store_as_it_was(store, tmp_path, monkeypatch):
    pipeline.load(chats(tmp_path / "a.csv", documents=3, text="처음 글"), store)
    before, version = stored(store), tables.version(store)
    again = chats(tmp_path / "b.csv", documents=5, text="나중 글")

    with monkeypatch.context() as patched:
        # Rows are on disk before the fault: it is not enough to have written nothing.
        patched.setattr(loading, "_BUFFERED_ROWS", 1)
        patched.setattr(tagged, "_STEP", 1)
        _fails_after(3, patched)
        with pytest.raises(RuntimeError, match="planted"):
            pipeline.load(again, store)

    assert stored(store).equals(before)
    assert tables.version(store) == version
    # Nothing of the failed load stands in the way of the next one.
    assert pipeline.load(again, store).documents == 5
    assert len(stored(store)) == 5


@pytest.mark.parametrize(
    ("content", "error"),
    [("", UnreadableFile), ("conversation_id,speaker,text\n1,달빛,네\n", NothingToLoad)],
)
def test_refused_file_makes_no_store(store, tmp_path, content, error):
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(error):
        pipeline.load(path, store)
    assert not store.exists()


def test_same_content_under_another_name_is_loaded_once(store, tmp_path):
    first = pipeline.load(chats(tmp_path / "a.csv"), store)
    again = pipeline.load(chats(tmp_path / "b.csv"), store)
    assert (again.already_loaded, again.batch_id) == (True, first.batch_id)
    assert len(tables.batches(store)) == 1


def test_newer_version_of_a_conversation_replaces_the_older(store, tmp_path):
    pipeline.load(chats(tmp_path / "a.csv", documents=2, text="처음 글"), store)
    report = pipeline.load(chats(tmp_path / "b.csv", text="나중 글"), store)
    assert report.replaced == 1
    assert conversations.document(store, "c-000").turns[0].text == "나중 글 0번"
    assert len(stored(store)) == 2


def test_undo_and_forget_of_a_store_that_is_not_there_make_none(store):
    assert pipeline.forget(store, "k-1") == {}
    assert pipeline.remove_sample(store) == 0
    with pytest.raises(UnknownBatch):
        pipeline.undo(store, "b-1")
    assert not store.exists()


# Progress and workers


def test_progress_goes_from_none_to_all(store, tmp_path, monkeypatch):
    monkeypatch.setattr(tagged, "_STEP", 2)
    seen = []
    path = chats(tmp_path / "a.csv", documents=5)
    pipeline.load(path, store, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 5), (2, 5), (4, 5), (5, 5)]


def test_two_workers_give_what_one_gives(tmp_path, monkeypatch):
    monkeypatch.setattr(tagged, "_WORTH_WORKERS", 1)
    monkeypatch.setattr(tagged, "_STEP", 20)
    pipeline.write_demo(tmp_path / "demo", conversations=90, seed=4)
    path = tmp_path / "demo" / "chats.csv"
    reports = {
        workers: pipeline.load(path, tmp_path / f"store-{workers}", workers=workers)
        for workers in (1, 2)
    }
    assert reports[1].documents == reports[2].documents == 90
    assert stored(tmp_path / "store-1").equals(stored(tmp_path / "store-2"))


def test_sample_is_marked_and_taken_back_alone(store, tmp_path):
    pipeline.load(chats(tmp_path / "a.csv"), store)
    reports = pipeline.load_sample(store, conversations=20)
    assert [report.kind for report in reports] == ["outcomes", "chat", "review"]
    removed = pipeline.remove_sample(store)
    assert removed == sum(report.documents for report in reports)
    assert list(stored(store)["file"]) == ["a.csv"]


# Checks by people


def test_note_of_a_check_is_stored_masked(tmp_path, store):
    pipeline.load(chats(tmp_path / "chats.csv"), store)
    pipeline.check(store, "c-000", "chat", "complaint", True, reviewer="김", note=f"전화 {PHONE}")
    (said,) = checks.of_document(store, "c-000", "chat")
    assert said.note == "전화 [전화번호]"
    assert not found_in(store, PERSONAL)


# Rules of the house

DELAY = Rule("house_00000a", "배송 지연", "topics", ("안왔어요",), speaker="customer")


def test_loads_apply_the_newest_rules(tmp_path, store):
    rules.put(store, DELAY)
    rules.put(store, replace(DELAY, name="늦은 배송"))
    pipeline.load(chats(tmp_path / "chats.csv"), store)
    rows = stored(store)
    assert rows["house"].tolist() == [DELAY.id]
    assert f"{DELAY.id}: 안 왔어요" in rows["evidence"][0]
    assert tables.batches(store)["rules_version"].tolist() == [2]


def test_rules_are_applied_by_every_worker(tmp_path, store, monkeypatch):
    monkeypatch.setattr(tagged, "_WORTH_WORKERS", 2)
    monkeypatch.setattr(tagged, "_STEP", 2)
    rules.put(store, DELAY)
    pipeline.load(chats(tmp_path / "chats.csv", documents=6), store, workers=2)
    assert stored(store)["house"].tolist() == [DELAY.id] * 6


def test_broken_rules_stop_a_load_before_it_begins(tmp_path, store):
    rules.put(store, DELAY)
    (store / "rules" / "0001.json").write_text("{", encoding="utf-8")
    with pytest.raises(BadRule, match=r"rules/0001\.json"):
        pipeline.load(chats(tmp_path / "chats.csv"), store)
    assert not tables.exists(store)


def test_labels_hold_rules_only_where_they_are_given(tmp_path):
    file = chats(tmp_path / "chats.csv")
    own = RuleSet(1, (DELAY, replace(DELAY, id="house_00000b", contains=("없는 말",))))
    (plain,) = (json.loads(line) for line in pipeline.tag_file(file))
    (with_rules,) = (json.loads(line) for line in pipeline.tag_file(file, own=own))
    assert "house" not in plain["labels"]
    assert with_rules["labels"]["house"] == [DELAY.id]
    assert with_rules["evidence"][DELAY.id] == [0]
