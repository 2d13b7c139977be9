"""Suggested topics of a store: their size, and that ids, names and decisions stay."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from analysis import suggestions
from analysis.errors import BadSetting, UnknownSuggestion
from analysis.model import Scope, Speaker
from analysis.suggestions import State
from tests.store.making import DAY, chat, load
from tests.tagging.planted import texts

EVERYTHING = Scope()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store"


def said(matter: str, number: int, *, tags=(), seed: int = 7, channel="web"):
    """Chats about a matter, one a day; without tags nobody has named it."""
    return [
        chat(
            f"{matter}-{seed}-{at}",
            tags=tags,
            texts=((Speaker.CUSTOMER, text),),
            at=DAY + timedelta(days=at),
            channel=channel,
        )
        for at, text in enumerate(texts(matter, number, seed=seed))
    ]


@pytest.fixture
def loaded(path):
    """60 chats about parking and 40 about lessons, unnamed, beside 60 about refunds."""
    load(path, *said("parking", 60), *said("lesson", 40), *said("refund", 60, tags=("refund",)))
    return path


def found(path, scope=EVERYTHING, least=20):
    return suggestions.suggest(path, scope, least=least)


def printed(path) -> str:
    return json.dumps(suggestions.as_json(found(path)), default=str)


def test_suggestions_have_words_size_weeks_and_examples(loaded):
    parking, lesson = found(loaded).suggestions
    assert "주차" in parking.words
    assert "강습" in lesson.words
    assert 54 <= parking.documents <= 60
    assert parking.share == parking.documents / 160
    assert sum(n for _, n in parking.weeks) == parking.documents
    assert [week.weekday() for week, _ in parking.weeks] == [0] * len(parking.weeks)
    assert len(parking.examples) == 3
    assert all(one.document_id.startswith("parking-") for one in parking.examples)


def test_two_runs_give_the_very_same(loaded):
    assert printed(loaded) == printed(loaded)


def test_order_of_loading_changes_nothing(loaded, tmp_path):
    other = tmp_path / "other"
    load(other, *said("refund", 60, tags=("refund",)), *said("lesson", 40))
    load(other, *said("parking", 60))
    assert printed(other) == printed(loaded)


def test_further_documents_keep_ids_names_and_words(loaded):
    before = found(loaded).suggestions
    suggestions.rename(loaded, before[1].id, "수영 강습")
    load(loaded, *said("parking", 6, seed=8), *said("lesson", 4, seed=8))
    after = found(loaded).suggestions
    assert [(one.id, one.words) for one in after] == [(one.id, one.words) for one in before]
    assert [one.name for one in after] == [before[0].name, "수영 강습"]
    assert all(now.documents >= then.documents for now, then in zip(after, before, strict=True))


def test_dismissed_one_does_not_come_back_under_another_id(loaded):
    gone = found(loaded).suggestions[0]
    suggestions.dismiss(loaded, gone.id)
    load(loaded, *said("parking", 60, seed=8))
    after = found(loaded)
    assert [one.id for one in after.of(State.DISMISSED)] == [gone.id]
    assert all("주차" not in one.words for one in after.of(State.OPEN))
    suggestions.reopen(loaded, gone.id)
    assert gone.id in [one.id for one in found(loaded).of(State.OPEN)]


def test_accepted_one_has_the_name_it_was_given(loaded):
    one = found(loaded).suggestions[0]
    suggestions.accept(loaded, one.id, "  주차   요금 ")
    (accepted,) = found(loaded).of(State.ACCEPTED)
    assert (accepted.id, accepted.name, accepted.named) == (one.id, "주차 요금", True)


def test_phrases_are_nouns_without_their_parts(loaded):
    parking = found(loaded).suggestions[0]
    assert 1 <= len(parking.phrases) <= 5
    assert set(parking.phrases) <= set(parking.words)
    assert not [one for one in parking.phrases if one.endswith("다") or len(one) < 2]
    assert not [
        one for one in parking.phrases for other in parking.phrases if one != other and one in other
    ]


def test_new_matter_is_suggested_beside_the_known(path):
    load(path, *said("parking", 60), *said("refund", 60, tags=("refund",)))
    first = found(path).suggestions
    load(path, *said("lesson", 40))
    assert [one.id for one in found(path).suggestions][: len(first)] == [one.id for one in first]
    assert any("강습" in one.words for one in found(path).suggestions)


def test_scope_narrows_what_is_counted(loaded):
    found(loaded)
    load(loaded, *said("parking", 10, seed=8, channel="app"))
    one = found(loaded, Scope(channels=("app",))).suggestions[0]
    assert 8 <= one.documents <= 10
    assert one.share == one.documents / 10
    assert {example.document_id[:9] for example in one.examples} == {"parking-8"}


def test_too_few_documents_say_how_many_more(path):
    load(path, *said("parking", 13))
    assert (found(path).needed, found(path).suggestions) == (7, ())
    assert not (path / "suggestions.json").exists()


def test_sample_of_a_large_store_gives_estimates(loaded, monkeypatch):
    whole = found(loaded).suggestions[0]
    monkeypatch.setattr(suggestions, "_UNNAMED", 50)
    part = found(loaded)
    assert part.sampled
    assert (part.read, part.all_unnamed) == (50, 100)
    assert part.suggestions[0].id == whole.id
    assert 0.6 * whole.documents <= part.suggestions[0].documents <= 1.4 * whole.documents


def test_empty_store_suggests_nothing_and_writes_nothing(path):
    assert found(path).suggestions == ()
    assert not path.exists()


def test_what_cannot_be_done_is_said(loaded):
    with pytest.raises(BadSetting, match="least"):
        found(loaded, least=4)
    for change in (suggestions.dismiss, suggestions.reopen):
        with pytest.raises(UnknownSuggestion, match="u-none"):
            change(loaded, "u-none")
    with pytest.raises(BadSetting, match="이름"):
        suggestions.accept(loaded, found(loaded).suggestions[0].id, " ")
