import threading

import pytest

from analysis.tokens import mecab, sentences


@pytest.mark.parametrize(
    "text", ["무료 기간인데 왜 결제가 됐어요?", "ㅠㅠ 환불 해주세요~~", "A/S 010 abc", "", "   "]
)
def test_offsets_give_the_surface_back(text):
    assert all(text[token.start : token.end] == token.surface for token in mecab.tokenize(text))


def test_kinds_are_sejong_tags():
    assert [(t.surface, t.pos) for t in mecab.tokenize("환불은 됐어요")][:2] == [
        ("환불", "NNG"),
        ("은", "JX"),
    ]


@pytest.mark.parametrize("text", ["환불은 됐어요 ㅠㅠ", "A/S 0원, abc", "", " "])
def test_kinds_are_those_of_the_tokens(text):
    assert mecab.kinds(text) == [f"{one.surface}\t{one.pos[:2]}" for one in mecab.tokenize(text)]


def test_threads_do_not_share_an_analyser():
    results = []
    threads = [
        threading.Thread(target=lambda: results.append(len(mecab.tokenize("환불해 주세요"))))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(results)) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("네. 감사합니다!", ["네.", "감사합니다!"]),
        ("요금이 3.5만원이에요", ["요금이 3.5만원이에요"]),
        ("첫 줄\n둘째 줄", ["첫 줄", "둘째 줄"]),
        ("...", ["..."]),
        ("", []),
    ],
)
def test_sentences(text, found):
    assert [text[start:end] for start, end in sentences.spans(text)] == found


@pytest.mark.parametrize("text", ["가. 나! 다", "\n\n가.\n\n나 ", "", "  ", "...!?"])
def test_partition_gives_the_text_back(text):
    assert "".join(sentences.partition(text)) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("개인정보가 새 나갔어요", ["개인", "정보", "개인정보"]),
        ("주차 요금이 두 배", ["주차", "요금"]),
        ("앱이 멈춰요", ["앱", "멈추다"]),
        ("QR 코드를 찍었는데", ["qr", "코드", "찍다"]),
        ("", []),
        ("네!! ㅠㅠ", []),
    ],
)
def test_content_words_are_nouns_and_stems_of_verbs(text, words):
    found = mecab.content(text)
    assert [one for one in found if one in words] == words
    assert not {"이", "가", "를", "요", "!"} & set(found)
