"""The English catalogue says what the Korean source says, and nobody's language reaches another."""

from __future__ import annotations

import re
import threading
from contextvars import Context
from string import Formatter

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_from_file
from babel.messages.pofile import read_po

from analysis import codebook, messages, settings
from analysis.pipeline import FIELDS, MASKED

# As in the Makefile's `messages`: pybabel adds its own keywords to the given ones.
KEYWORDS = {**DEFAULT_KEYWORDS, "_": None, "mark": None, "Sentence": None}
HANGUL = re.compile(r"[ㄱ-ㆎ가-힣]")
CLAIMS_A_CAUSE = re.compile(
    r"\b(because|caus(e|es|ed|ing|al|ation)|due to|owing to|le(ad|ads|ading|d) to|"
    r"result(s|ed|ing)? in|dr(ive|ives|iver|ivers|iving|iven|ove))\b",
    re.IGNORECASE,
)
# What shapes the text on the page: bold, code, list entries, line breaks, space at the ends.
MARKDOWN = re.compile(r"\*\*|`|^- |\n|^\s+|\s+$", re.MULTILINE)


@pytest.fixture(scope="module")
def sources():
    """Every Korean source sentence of the product."""
    found = {entry[1] for entry in extract_from_file("python", settings.ROOT / "app.py", KEYWORDS)}
    for folder in ("analysis", "pages"):
        entries = extract_from_dir(settings.ROOT / folder, keywords=KEYWORDS)
        found |= {entry[2] for entry in entries}
    return found


@pytest.fixture(scope="module")
def catalogue():
    with (settings.DATA / "locale" / "en.po").open("rb") as lines:
        return read_po(lines, locale="en")


@pytest.fixture(scope="module")
def pairs(catalogue):
    """Korean source and English translation of every entry."""
    return [(entry.id, entry.string) for entry in catalogue if entry.id]


def say(language: str | None, source: str) -> str:
    """The sentence in a context of its own that has chosen `language`, or nothing."""

    def there() -> str:
        if language is not None:
            messages.use(language)
        return messages.gettext(source)

    return Context().run(there)


def fields(sentence: str) -> list[tuple[str, str | None, str | None]]:
    return sorted(
        (name, spec, conversion)
        for _, name, spec, conversion in Formatter().parse(sentence)
        if name is not None
    )


def test_extraction_reaches_every_part_of_the_product(sources):
    assert {"사과 없음", "답변과 이탈", "가져온 배치가 없습니다.", "발화자"} <= sources


def test_every_sentence_is_in_the_catalogue(sources, catalogue):
    untranslated = sorted(source for source in sources if source not in catalogue)
    assert untranslated == [], "run `make messages` and translate what is new"


def test_every_entry_is_translated_and_certain(catalogue):
    unsure = [entry.id for entry in catalogue if entry.id and (not entry.string or entry.fuzzy)]
    assert unsure == []


def test_catalogue_keeps_nothing_that_is_no_longer_said(sources, catalogue):
    assert [entry.id for entry in catalogue if entry.id and entry.id not in sources] == []
    assert list(catalogue.obsolete) == []


def test_translation_has_the_same_placeholders(pairs):
    assert [source for source, english in pairs if fields(source) != fields(english)] == []


def test_translation_has_the_same_markdown(pairs):
    wrong = [
        source for source, english in pairs if MARKDOWN.findall(source) != MARKDOWN.findall(english)
    ]
    assert wrong == []


def test_no_translation_holds_hangul(pairs):
    assert [english for _, english in pairs if HANGUL.search(english)] == []


def test_no_translation_claims_a_cause(pairs):
    assert [english for _, english in pairs if CLAIMS_A_CAUSE.search(english)] == []


@pytest.mark.parametrize(
    ("english", "claims"),
    [
        ("Customers left because of it", True),
        ("Drivers of churn", True),
        ("A missing apology leads to churn", True),
        ("It appears with churn", False),
        ("Results in a table", True),
        ("Show the results", False),
    ],
)
def test_claims_of_cause_are_recognised(english, claims):
    assert bool(CLAIMS_A_CAUSE.search(english)) is claims


MARKED = [
    *codebook.TOPICS.values(),
    *codebook.SENTIMENTS.values(),
    *(text for one in codebook.SIGNALS.values() for text in (one.name, one.meaning)),
    *(
        text
        for one in codebook.BEHAVIOURS.values()
        for text in (one.name, one.meaning, one.opportunity)
    ),
    *MASKED.values(),
    *(text for kind in FIELDS.values() for one in kind for text in (one.label, one.meaning)),
]


def test_every_marked_name_and_meaning_is_said_in_english():
    assert [source for source in MARKED if HANGUL.search(say("en", source))] == []


@pytest.mark.parametrize(
    ("tag", "english"),
    [
        ("no_apology", "No apology"),
        ("escalation_refused", "Escalation refused"),
        ("responsibility_shift", "Responsibility shifted"),
        ("scripted_reply", "Copy-paste reply"),
        ("dismissive_closing", "Dismissive closing"),
        ("grudging_concession", "Grudging concession"),
        ("no_explanation", "No explanation"),
        ("no_next_step", "No next step"),
        ("apology", "Apology"),
        ("apology_specific", "Specific apology"),
        ("empathy", "Empathy"),
        ("escalation_offered", "Escalation offered"),
        ("explanation", "Explanation"),
        ("compensation", "Refund or compensation"),
        ("concrete_next_step", "Concrete next step"),
    ],
)
def test_behaviours_are_named_as_in_the_codebook(tag, english):
    assert say("en", codebook.name(tag)) == english


def test_tags_keep_apart_in_english():
    # Bars and rows are told apart by these names.
    names = [say("en", codebook.name(tag)) for tag in codebook.ALL_TAGS]
    assert len(set(names)) == len(codebook.ALL_TAGS)


@pytest.mark.parametrize("language", ["ko", "fr", "", "EN-us"])
def test_other_languages_than_english_say_the_korean_source(language):
    assert say(language, "사과 없음") == "사과 없음"


def test_sentence_that_nobody_translated_stays_korean():
    assert say("en", "아무도 옮기지 않은 문장") == "아무도 옮기지 않은 문장"


def test_empty_sentence_says_nothing_of_the_catalogue():
    assert say("en", "") == ""


@pytest.mark.parametrize(
    ("variable", "expected"),
    [(None, "사과 없음"), ("en", "No apology"), ("en_US.UTF-8", "No apology"), ("fr", "사과 없음")],
)
def test_installation_speaks_where_no_page_has_chosen(monkeypatch, variable, expected):
    if variable is None:
        monkeypatch.delenv("SAGWA_LANG", raising=False)
    else:
        monkeypatch.setenv("SAGWA_LANG", variable)
    assert say(None, "사과 없음") == expected


def test_choice_of_one_context_does_not_reach_another(monkeypatch):
    monkeypatch.delenv("SAGWA_LANG", raising=False)
    korean, english = Context(), Context()
    english.run(messages.use, "en")
    korean.run(messages.use, "ko")
    assert english.run(messages.gettext, "불만") == "Complaint"
    assert korean.run(messages.gettext, "불만") == "불만"
    assert messages.current() == "ko"


def test_threads_speak_their_own_language_at_the_same_time(monkeypatch):
    monkeypatch.delenv("SAGWA_LANG", raising=False)
    chosen = {"first": "en", "second": "ko", "third": None}
    said = {}
    all_have_chosen = threading.Barrier(len(chosen), timeout=10)

    def speak(name, language):
        if language is not None:
            messages.use(language)
        all_have_chosen.wait()
        said[name] = messages.gettext("불만")

    threads = [threading.Thread(target=speak, args=pair) for pair in chosen.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == {"first": "Complaint", "second": "불만", "third": "불만"}
