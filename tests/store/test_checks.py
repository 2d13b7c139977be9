from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.errors import UnknownDocument
from analysis.model import Scope
from analysis.store import checks, conversations, queries, removal, tables
from tests.store.making import DAY, chat, check, load, review
from tests.store.test_removal import everything_on_disk


@pytest.fixture
def checked(path):
    """Three chats with a refund; people agree on one, disagree with the program on another."""
    load(
        path,
        chat("right", tags=("refund", "complaint")),
        chat("wrong", tags=("refund",)),
        chat("unseen", tags=("refund",)),
    )
    check(path, "right", "refund", True)
    check(path, "wrong", "refund", False, note="배송 문의임")
    check(path, "wrong", "delivery", True, reviewer="이")
    return path


def said(path, id, kind="chat"):
    return [(one.reviewer, one.tag, one.decision) for one in checks.of_document(path, id, kind)]


def listed(path, **wanted):
    rows = conversations.conversations(path, Scope(), **wanted).rows
    return sorted(rows["document_id"])


def test_decision_comes_back_as_it_was_given(checked):
    (added, wrong) = checks.of_document(checked, "wrong", "chat")
    assert (wrong.tag, wrong.decision, wrong.reviewer, wrong.note) == (
        "refund", False, "김", "배송 문의임",
    )  # fmt: skip
    assert (added.tag, added.decision, added.reviewer, added.note) == ("delivery", True, "이", "")


def test_last_word_of_each_person_counts(checked):
    check(checked, "right", "refund", False)
    check(checked, "right", "refund", True, reviewer="이")
    assert said(checked, "right") == [("김", "refund", False), ("이", "refund", True)]


def test_decision_taken_back_is_none(checked):
    check(checked, "right", "refund", None)
    assert said(checked, "right") == []
    assert listed(checked, checked="yes") == ["wrong"]


def test_chat_and_review_of_one_id_are_checked_apart(path):
    load(path, chat("1", tags=("refund",)), review("1", tags=("refund",)))
    check(path, "1", "refund", False, kind="review")
    assert said(path, "1") == []
    assert said(path, "1", "review") == [("김", "refund", False)]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("yes", ["right", "wrong"]),
        ("no", ["unseen"]),
        ("differs", ["wrong"]),
        (None, ["right", "unseen", "wrong"]),
    ],
)
def test_list_is_narrowed_by_what_people_said(checked, wanted, expected):
    assert listed(checked, checked=wanted) == expected


def test_list_says_who_agrees(checked):
    rows = conversations.conversations(checked, Scope()).rows.set_index("document_id")["differs"]
    assert (rows["right"], rows["wrong"]) == (False, True)
    assert rows.isna()["unseen"]


def test_export_tells_what_people_added_and_took_away(checked):
    check(checked, "wrong", "agent_conduct", True, reviewer="박")
    rows = conversations.export_rows(checked, Scope()).set_index("document_id")
    told = rows[["checked_added", "checked_removed", "checked_by"]]
    assert list(told.loc["wrong"]) == ["agent_conduct, delivery", "refund", "김, 박, 이"]
    assert list(told.loc["right"].fillna("")) == ["", "", "김"]
    assert told.loc["unseen"].isna().all()
    assert bool(rows.loc["wrong", "refund"])


@pytest.mark.parametrize(
    ("votes", "removed"),
    [((True, False), None), ((True, False, False), "refund"), ((False, True, True), None)],
)
def test_majority_decides_and_even_votes_leave_the_program_its_tag(path, votes, removed):
    load(path, chat("1", tags=("refund",)))
    for reviewer, vote in zip("김이박", votes, strict=False):
        check(path, "1", "refund", vote, reviewer=reviewer)
    rows = conversations.export_rows(path, Scope())
    assert rows["checked_removed"].fillna("").tolist() == [removed or ""]


def test_counts_by_tag(checked):
    check(checked, "right", "complaint", True)
    found = checks.counts(checked)
    rows = found.table.set_index("tag").to_dict("index")
    assert found.documents == 2
    assert rows == {
        "refund": {"checked": 2, "right": 1, "added": 0},
        "complaint": {"checked": 1, "right": 1, "added": 0},
        "delivery": {"checked": 0, "right": 0, "added": 1},
    }


def test_figures_stay_on_the_tags_of_the_program(checked):
    assert queries.options(checked).topics == {"refund": 3}


def test_checks_outlive_the_load_and_come_back_with_the_document(checked):
    (batch_id,) = tables.batches(checked)["batch_id"]
    removal.undo(checked, batch_id)
    assert checks.counts(checked).documents == 0
    load(checked, chat("right", tags=("refund",)))
    assert said(checked, "right") == [("김", "refund", True)]


def test_checks_of_an_undone_document_are_forgotten_with_its_customer(path):
    load(path, chat("1", customer="keep", tags=("refund",)))
    batch_id = load(path, chat("2", customer="손님7", tags=("refund",)), digest="later")
    check(path, "1", "refund", True, note="남는 말")
    check(path, "2", "refund", False, note="사라질 말")
    removal.undo(path, batch_id)
    assert removal.forget(path, "손님7")["reviews_by_people"] == 1
    left = everything_on_disk(path)
    assert "사라질 말" not in left
    assert "남는 말" in left


def test_unknown_document_and_tag_are_refused(checked):
    with pytest.raises(UnknownDocument, match="gone"):
        check(checked, "gone", "refund", True)
    with pytest.raises(KeyError):
        check(checked, "right", "refund' OR TRUE --", True)


def test_note_that_is_not_masked_is_refused(checked):
    with pytest.raises(TypeError) as refusal:
        checks.decide(checked, "right", "chat", "refund", True, reviewer="김", note="010-1234-5678")
    assert "010" not in str(refusal.value)


def test_version_of_checks_changes_and_that_of_figures_does_not(checked):
    figures, everything = tables.version(checked), checks.version(checked)
    check(checked, "unseen", "refund", True)
    assert tables.version(checked) == figures
    assert checks.version(checked) != everything


def test_many_checks_are_kept_in_few_files(checked, monkeypatch):
    monkeypatch.setattr(removal, "_MANY_FILES", 3)
    for number in range(8):
        check(checked, "unseen", "refund", bool(number % 2))
    assert len(tables.files(checked, checks.TABLE)) <= 4
    assert said(checked, "unseen") == [("김", "refund", True)]


def doubtful(path, **wanted):
    return list(
        conversations.conversations(path, Scope(), doubtful=True, **wanted).rows["document_id"]
    )


def test_doubtful_ones_come_first(path):
    load(
        path,
        chat("sure", at=DAY),
        chat("little", doubts={"refund": 0.21}),
        chat("much", doubts={"refund": 0.4, "delivery": 0.7}),
        chat("half", tags=("refund",), doubts={"refund": 0.5}),
    )
    assert doubtful(path) == ["much", "half", "little", "sure"]
    assert doubtful(path, without=("refund",)) == ["much", "little", "sure"]
    assert doubtful(path, tags=("refund",)) == ["half"]
    stored = conversations.document(path, "much")
    assert stored.doubts == {"refund": 0.4, "delivery": 0.7}


def test_one_tag_is_sorted_by_how_near_its_confidence_is_to_a_half(path):
    chats = [chat(id, tags=("refund", "complaint")) for id in ("a", "b", "c")]
    held = [
        replace(one, tags=(replace(one.tags[0], confidence=chance), one.tags[1]))
        for one, chance in zip(chats, (0.95, 0.52, 0.7), strict=True)
    ]
    load(path, *held)
    assert doubtful(path, tags=("refund",)) == ["b", "c", "a"]


def test_store_without_checks_answers(path):
    assert checks.counts(path).documents == 0
    assert checks.of_document(path, "1", "chat") == ()
