"""Suggested topics: what each shows, what people decide, and the way to a rule and back."""

from __future__ import annotations

import shutil

import pytest

from analysis import suggestions
from analysis.errors import StoreBusy
from analysis.model import Scope
from analysis.suggestions import State
from pages.parts.text import t
from tests.pages.reading import RULES, SUGGEST, matching, said, values


@pytest.fixture
def own(sample_store, tmp_path, monkeypatch):
    """A store of its own with the sample data, to be decided on."""
    path = tmp_path / "own"
    shutil.copytree(sample_store, path)
    (path / "suggestions.json").unlink(missing_ok=True)
    monkeypatch.setenv("SAGWA_STORE", str(path))
    return path


@pytest.fixture
def first(own):
    """The biggest suggestion."""
    return suggestions.suggest(own, Scope()).of(State.OPEN)[0]


def now(path, suggestion_id):
    found = suggestions.suggest(path, Scope()).suggestions
    return next(one for one in found if one.id == suggestion_id)


def press(app, verb, one):
    return app.button(key=f"suggest_{verb}_{one.id}").click().run()


def test_each_has_its_words_size_and_three_conversations(own, first, open_page):
    app = open_page(SUGGEST)
    share = f"{first.share:.1%}"
    documents = suggestions.suggest(own, Scope()).documents
    size = t.SUGGEST_SIZE.format(n=first.documents, documents=documents, share=share)
    assert size in said(app)
    assert t.SUGGEST_WORDS.format(words=", ".join(first.words)) in values(app.caption)
    addresses = [link.proto.query_string for link in app.get("page_link")][:3]
    assert addresses == [f"doc={one.document_id}" for one in first.examples]
    assert any(matching(t.SUGGEST_WEEKS, text) for text in values(app.caption))


def test_given_name_is_shown_and_stays(own, first, open_page):
    app = open_page(SUGGEST)
    app.text_input(key=f"suggest_name_{first.id}").input("새 *주제*").run()
    press(app, "rename", first)
    assert now(own, first.id).name == "새 *주제*"
    assert "**새 \\*주제\\***" in values(app.markdown)
    assert "**새 \\*주제\\***" in values(open_page(SUGGEST).markdown)


def test_dismissed_one_leaves_the_list_and_can_come_back(own, first, open_page):
    app = press(open_page(SUGGEST), "dismiss", first)
    assert now(own, first.id).state is State.DISMISSED
    assert f"suggest_name_{first.id}" not in [one.key for one in app.text_input]
    press(app, "reopen", first)
    assert now(own, first.id).state is State.OPEN


def test_accepted_one_opens_as_a_rule_to_be_edited(own, first, open_page):
    app = open_page(SUGGEST)
    app.text_input(key=f"suggest_name_{first.id}").input("새 주제").run()
    press(app, "accept", first)
    assert (now(own, first.id).state, now(own, first.id).name) == (State.ACCEPTED, "새 주제")
    assert values(app.title) == [RULES.title]
    fields = {one.key.split("_house_")[0]: one.value for one in [*app.text_input, *app.text_area]}
    assert fields["rule_name"] == "새 주제"
    assert tuple(fields["rule_contains"].splitlines()) == first.phrases


def test_decision_that_cannot_be_kept_is_said(own, first, open_page, monkeypatch):
    problem = StoreBusy(str(own))

    def busy(*_):
        raise problem

    app = open_page(SUGGEST)
    monkeypatch.setattr(suggestions, "dismiss", busy)
    app.run()
    press(app, "dismiss", first)
    assert values(app.warning) == [str(problem)]
    assert now(own, first.id).state is State.OPEN


def test_too_few_documents_say_how_many_more(open_odd):
    (info,) = values(open_odd(SUGGEST).info)
    assert "더 필요합니다" in info


def test_store_without_groups_says_so(own, open_page, monkeypatch):
    monkeypatch.setattr(suggestions.unnamed, "find", lambda *_, **__: ())
    assert values(open_page(SUGGEST).info) == [t.SUGGEST_NONE.format(least=20)]
    assert own.exists()


def test_sizes_follow_the_filters(own, first, open_page):
    app = open_page(SUGGEST, period="4w")
    size = t.SUGGEST_SIZE.format(
        n=first.documents,
        documents=suggestions.suggest(own, Scope()).documents,
        share=f"{first.share:.1%}",
    )
    assert size not in said(app)
    assert any(matching(t.SUGGEST_SIZE, text) for text in said(app).splitlines())
