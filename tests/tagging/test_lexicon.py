"""Every entry of the lexicons proves itself on its own examples."""

import pytest

from analysis.tagging import lexicon

LEXICONS = ("customer", "agent", "narrated", "topics")
EXAMPLES = [
    (name, act_id, sentence, expected)
    for name in LEXICONS
    for act_id, act in lexicon.acts(name).items()
    for expected, sentences in ((True, act.hits), (False, act.misses))
    for sentence in sentences
]


@pytest.mark.parametrize(("name", "act_id", "sentence", "expected"), EXAMPLES)
def test_examples_hold(name, act_id, sentence, expected):
    spans = list(lexicon.acts(name)[act_id].spans(sentence))

    assert bool(spans) is expected


@pytest.mark.parametrize("name", LEXICONS)
def test_every_entry_says_what_it_is_about(name):
    assert all(act.about for act in lexicon.acts(name).values())


def test_span_is_the_sentence_that_shows_it():
    text = "안녕하세요. 어제 산 건데 벌써 고장 났어요! 확인 부탁드려요"
    [(start, end)] = lexicon.acts("customer")["complaint_problem"].spans(text)

    assert text[start:end] == "어제 산 건데 벌써 고장 났어요!"


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({"about": "x", "any": ["가"], "hits": ["가"]}, "hits and misses"),
        ({"about": "x", "any": ["가"], "misses": ["나"]}, "hits and misses"),
    ],
)
def test_entry_without_proof_is_refused(entry, problem, tmp_path, monkeypatch):
    body = "\n".join(f"{key} = {value!r}" for key, value in entry.items())
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "bad.toml").write_text(f"[act]\n{body}\n", encoding="utf-8")
    monkeypatch.setattr(lexicon.settings, "DATA", tmp_path)

    with pytest.raises(ValueError, match=problem):
        lexicon.acts("bad")


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("안 ?돼", "안돼", True),
        ("안 돼", "안  돼", True),
        ("왜…결제", "왜 말도 없이 결제됐죠", True),
        ("왜…결제", "왜 그래요? 결제해 주세요", False),
    ],
)
def test_space_and_gap_in_patterns(pattern, text, found):
    assert bool(lexicon.compile_patterns([pattern]).search(text)) is found
