"""What holds on every page: the notice, the filters, the language, problems in one sentence."""

from __future__ import annotations

import logging
import shutil

import pytest

from analysis import codebook, pipeline, settings, suggestions
from analysis.errors import StoreBusy
from analysis.model import Scope
from analysis.store import tables
from pages.parts import cache, glossary
from pages.parts.text import t
from tests.pages.reading import (
    CHURN,
    CONVERSATIONS,
    GUIDE,
    HANGUL,
    OF_DATA,
    OVERVIEW,
    PAGES,
    RULES,
    SCRIPTS,
    SUGGEST,
    UPLOAD,
    Page,
    links,
    said,
    values,
    words,
)

# One call of each page that may fail.
CALLS = [
    (OVERVIEW, cache, "totals"),
    (CHURN, cache, "drivers"),
    (SCRIPTS, cache, "scripts"),
    (CONVERSATIONS, cache, "conversations"),
    (RULES, cache, "own_rules"),
    (SUGGEST, cache, "suggested"),
    (UPLOAD, tables, "batches"),
    (GUIDE, glossary, "behaviours"),
]

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
page_of_data = pytest.mark.parametrize("page", OF_DATA, ids=lambda page: page.name)
each_call = pytest.mark.parametrize(
    ("page", "module", "name"), CALLS, ids=[page.name for page, *_ in CALLS]
)


@every_page
def test_page_shows_with_data(open_sample, page: Page):
    app = open_sample(page)
    assert values(app.title) == [page.title]
    assert [*app.exception, *app.error, *app.warning] == []


@every_page
def test_page_shows_without_data(open_empty, page: Page):
    app = open_empty(page)
    assert [*app.exception, *app.error, *app.warning] == []
    assert values(app.title) == [page.title]


@page_of_data
def test_empty_store_tells_what_to_do(open_empty, page: Page):
    app = open_empty(page)
    assert values(app.info) == [t.EMPTY_STORE]
    assert app.button(key="load_sample").label == t.SAMPLE_LOAD
    assert links(app) == {t.UPLOAD_OWN: "upload?"}


def test_one_click_fills_an_empty_store(open_empty, monkeypatch):
    load = pipeline.load_sample
    monkeypatch.setattr(
        pipeline, "load_sample", lambda store, **rest: load(store, conversations=20, **rest)
    )
    app = open_empty(OVERVIEW)
    app.button(key="load_sample").click().run()
    assert values(app.title) == [t.OVERVIEW_TITLE]
    assert t.SAMPLE_NOTICE in values(app.markdown)
    assert int(app.metric[0].value) >= 20


@every_page
def test_sample_data_are_named_as_such(open_sample, page: Page):
    assert t.SAMPLE_NOTICE in values(open_sample(page).markdown)


@every_page
def test_own_data_carry_no_sample_notice(open_odd, page: Page):
    assert t.SAMPLE_NOTICE not in values(open_odd(page).markdown)


def test_one_click_removes_the_sample_data(open_page, empty, sample_store):
    shutil.copytree(sample_store, empty)
    app = open_page(OVERVIEW)
    app.button(key="remove_sample").click().run()
    assert values(app.info) == [t.EMPTY_STORE]
    assert t.SAMPLE_NOTICE not in values(app.markdown)


@each_call
def test_known_problem_is_one_sentence(open_sample, monkeypatch, page: Page, module, name):
    problem = StoreBusy("data/store")

    def fails(*_args, **_rest):
        raise problem

    monkeypatch.setattr(module, name, fails)
    app = open_sample(page)
    assert values(app.warning) == [str(problem)]
    assert [*app.exception, *app.error] == []


@each_call
def test_fault_is_logged_without_its_message(
    open_sample, monkeypatch, caplog, page: Page, module, name
):
    def fails(*_args, **_rest):
        raise RuntimeError("고객의 글 010-1234-5678")

    monkeypatch.setattr(module, name, fails)
    with caplog.at_level(logging.DEBUG):
        app = open_sample(page)
    assert values(app.error) == [t.UNEXPECTED]
    assert not app.exception
    assert "RuntimeError at " in caplog.text
    assert "010-1234" not in caplog.text + said(app)


@every_page
def test_filter_survives_a_page_change(open_sample, page: Page):
    app = open_sample(OVERVIEW)
    app.multiselect(key="topic").select("refund")
    app.selectbox(key="period").select("12w").run()
    app.switch_page(page.path).run()
    assert app.multiselect(key="topic").value == ["refund"]
    assert app.selectbox(key="period").value == "12w"


@page_of_data
def test_filter_narrows_every_page(open_sample, page: Page):
    name = codebook.TOPICS["refund"]
    assert name in open_sample(page, topic="refund", period="4w").caption[0].value


def test_filters_stand_in_the_address(open_sample):
    app = open_sample(OVERVIEW)
    app.multiselect(key="topic").select("refund").select("delivery")
    app.selectbox(key="period").select("12w").run()
    assert app.query_params["topic"] == ["refund", "delivery"]
    assert app.query_params["period"] == "12w"


@page_of_data
def test_link_opens_with_its_filters(open_sample, page: Page):
    app = open_sample(page, topic="refund", period="26w", kind="chat")
    assert app.multiselect(key="topic").value == ["refund"]
    assert app.multiselect(key="kind").value == ["chat"]
    assert app.selectbox(key="period").value == "26w"


def test_link_opens_with_its_own_days(open_sample):
    app = open_sample(OVERVIEW, period="own", days="2026-03-02..2026-03-29")
    assert app.caption[0].value.startswith("2026-03-02 – 2026-03-29")


# Two addresses full of values that are not among the choices, or not even of their kind.
NONSENSE = [
    {
        "topic": ["no_such_topic", "'; DROP TABLE documents; --"],
        "channel": "<script>",
        "kind": ["poem", ""],
        "period": "own",
        "days": "2026-02-31..x",
        "lang": "xx",
        "behaviour": "no_such_behaviour",
        "horizon": "-1",
        "cancellation": "perhaps",
        "script": "s-nonsense",
        "least": "0",
        "acts": ["poem", ""],
        "marked": "loved",
    },
    {
        "period": "99w",
        "days": "2031-01-01..1999-01-01",
        "with": "no_such_tag",
        "without": "",
        "ended": "happy",
        "left": "maybe",
        "eligible": "refund",
        "of": "poem",
        "mark": "no_such_tag",
        "page": "-7",
    },
]


@every_page
@pytest.mark.parametrize("address", NONSENSE, ids=["filters", "conditions"])
def test_nonsense_in_the_address_is_ignored(open_sample, page: Page, address):
    app = open_sample(page, **address)
    assert values(app.title) == [page.title]
    assert [*app.exception, *app.error, *app.warning] == []
    assert not app.multiselect(key="topic").value


@page_of_data
def test_scope_without_documents_says_so(open_sample, page: Page):
    app = open_sample(page, kind="review", topic="privacy_security", period="4w")
    expected = t.FOUND_NONE if page is CONVERSATIONS else t.EMPTY_SCOPE
    assert values(app.info) == [expected]


@every_page
def test_switch_changes_the_language(open_sample, page: Page):
    app = open_sample(page)
    korean = page.title
    app.button_group(key="lang").set_value("en").run()
    assert app.query_params["lang"] == "en"
    assert app.title[0].value not in ("", korean)


def address_of(page: Page) -> dict[str, str]:
    """An address that makes the page say as much as it can."""
    return {"behaviour": "no_apology"} if page is CHURN else {}


# Names from the data, not sentences: the channels of the sample, and the switch to Korean.
NOT_SAID = ("카카오톡", "웹 상담", "앱 상담", "채팅", "한국어")


@every_page
@pytest.mark.parametrize("store", ["shown", "empty"])
def test_no_korean_remains_in_english(open_page, request, page: Page, store):
    request.getfixturevalue(store)
    app = open_page(page, lang="en", **address_of(page))
    from_data = suggested_words(settings.store_path()) if page is SUGGEST else ()
    said_here = [(kind, korean_in(text, from_data)) for kind, text in words(app)]
    assert [(kind, text) for kind, text in said_here if text] == []


def test_a_page_reads_english_only_where_it_is_chosen(open_sample):
    assert open_sample(GUIDE, lang="en").title[0].value != t.GUIDE_TITLE
    assert open_sample(GUIDE).title[0].value == t.GUIDE_TITLE


def suggested_words(store) -> list[str]:
    """What the page of suggestions shows of the data: the words, and how examples begin."""
    found = suggestions.suggest(store, Scope()).suggestions if store.exists() else ()
    shown = {word for one in found for word in one.words}
    shown |= {word for one in found for each in one.examples for word in each.excerpt.split()}
    return sorted(shown, key=len, reverse=True)


def korean_in(text: str, from_data=()) -> str:
    """The Korean words of a text, but for names and words from the data."""
    text = text.replace("\\", "")
    for name in (*NOT_SAID, *from_data):
        text = text.replace(name, "")
    return " ".join(HANGUL.findall(text))
