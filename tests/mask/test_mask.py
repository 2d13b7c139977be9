"""What masking replaces, and what looks alike and stays."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.mask.mask import identifier, mask, mask_counts
from analysis.mask.recognisers import RECOGNISERS
from analysis.model import MaskedText

HITS = [(recogniser, text) for recogniser in RECOGNISERS for text in recogniser.hits]
MISSES = [(recogniser, text) for recogniser in RECOGNISERS for text in recogniser.misses]


@pytest.mark.parametrize(("recogniser", "text"), HITS)
def test_every_hit_of_a_recogniser_is_replaced_by_its_word(recogniser, text):
    masked, counts = mask_counts(text)
    assert recogniser.label in masked
    assert set(counts) == {recogniser.kind}


@pytest.mark.parametrize(("recogniser", "text"), MISSES)
def test_every_miss_of_a_recogniser_stays_as_it_is(recogniser, text):
    assert recogniser.label not in mask(text)


def test_every_recogniser_proves_itself_and_none_shares_a_pattern():
    assert all(len(one.hits) >= 2 and len(one.misses) >= 2 for one in RECOGNISERS)
    assert all(one.source for one in RECOGNISERS)
    assert len({one.pattern.pattern for one in RECOGNISERS}) == len(RECOGNISERS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("010-1234-5678로 전화 주세요", "[전화번호]로 전화 주세요"),
        ("번호는010-1234-5678이에요", "번호는[전화번호]이에요"),
        ("메일은 a.b@example.com이고 폰은 01012345678요", "메일은 [이메일]이고 폰은 [전화번호]요"),
        ("01012345678@example.com", "[이메일]"),
        ("국민은행 123456-12-123456 (홍길동)", "국민은행 [계좌번호] (홍길동)"),
        ("계좌번호 말고 010-1234-5678", "계좌번호 말고 [전화번호]"),
        ("카드 4111 1111 1111 1111 유효기간은요", "카드 [카드번호] 유효기간은요"),
        ("010-1234-5678, 010-8765-4321", "[전화번호], [전화번호]"),
        ("0\u200b10-1234-5678입니다", "[전화번호]입니다"),
        ("TEL010-1234-5678", "TEL[전화번호]"),
    ],
)
def test_only_the_personal_data_is_replaced(text, expected):
    assert mask(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "환불은 언제 되나요?",
        "1,234,000원 결제됐어요",
        "1234000원이 두 번 빠졌어요",
        "2026-03-01 10:00에 주문",
        "2026. 3. 1. 오후 3:05",
        "20260301100500",
        "주문번호 A4091182",
        "2024-0914-2271",
        "주문 0914-2271 취소요",
        "운송장 6012-3456-7890",
        "6012-3456-7890 조회가 안 돼요",
        "고객센터 1588-1234",
        "모델명 SM-S928N",
        "에러 코드 500-1234",
        "iPhone 15 256GB 3대",
        "3.141592653589793",
        "192.168.0.10으로 접속",
        "100% 환불, 30일 무료",
        "사업자등록번호 123-45-67890",
        "평점 4.5/5.0 (1,024명)",
    ],
)
def test_other_numbers_stay(text):
    assert mask(text) == text


def test_counts_say_how_many_of_each_kind():
    _, counts = mask_counts("010-1234-5678 아니면 02-123-4567, 메일 a@example.com")
    assert counts == {"phone": 2, "email": 1}


def test_masked_text_has_its_own_type():
    assert isinstance(mask("안녕하세요"), MaskedText)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([text for _, text in HITS + MISSES]),
            st.from_regex(r"[0-9@\-. ]{1,16}", fullmatch=True),
            st.sampled_from(
                ["계좌 ", "주민번호 ", "카드", "주문번호 ", "[계좌번호]", " ", "우리", "-"]
            ),
            st.text(max_size=5),
        ),
        max_size=6,
    ).map("".join)
)
def test_masking_twice_is_masking_once(text):
    once = mask(text)
    assert mask(once) == once


@pytest.mark.parametrize("text", ["a" * 200_000, "1" * 200_000, "0-" * 100_000, "a@" * 100_000])
def test_long_runs_take_no_long_time(text):
    started = time.perf_counter()
    mask(text)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("value", ["C-00123", "12345678", "hong123", "2024-0914-2271", ""])
def test_plain_ids_stay(value):
    assert identifier(value, key=b"key") == value


@pytest.mark.parametrize("value", ["hong@example.com", "010-1234-5678", "900101-1234567"])
def test_ids_that_are_personal_data_become_pseudonyms(value):
    pseudonym = identifier(value, key=b"key")
    assert pseudonym.startswith("p-")
    assert len(pseudonym) == 18
    assert identifier(value, key=b"other key") != pseudonym
    assert identifier(pseudonym, key=b"key") == pseudonym


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("010-1234-5678", "01012345678"),
        ("010-1234-5678", "+82 10 1234 5678"),
        ("Hong@Example.com", "hong@example.com "),
    ],
)
def test_one_person_written_in_two_ways_keeps_one_pseudonym(one, other):
    assert identifier(one, key=b"key") == identifier(other, key=b"key")


def test_two_people_keep_two_pseudonyms():
    assert identifier("a.b@example.com", key=b"k") != identifier("ab@example.com", key=b"k")


def test_half_a_character_is_replaced_by_a_sign_that_files_take():
    masked = mask("환불\ud83d 010-1234-5678")

    assert masked.startswith("환불\ufffd ")
    assert masked.encode()
