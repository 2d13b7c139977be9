"""What personal data looks like: one recogniser = pattern + check + source + examples.

Patterns run over a copy of the text in which full-width digits and signs are ASCII and zero-width
characters are gone (see `mask.py`). `\\b` is never used: between a digit and a Hangul particle
there is no word boundary.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from analysis.mask import checks
from analysis.messages import mark


@dataclass(frozen=True, slots=True)
class Recogniser:
    """One kind of personal data: how it is written, what it must pass, where that is laid down.

    `label` is what replaces it. A match without a check counts. `hits` are sentences in which it
    is found, `misses` sentences that hold something alike and stay as they are.
    """

    kind: str
    label: str
    pattern: re.Pattern[str]
    check: Callable[[re.Match[str]], bool] | None
    source: str
    hits: tuple[str, ...]
    misses: tuple[str, ...]


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE | re.ASCII | re.IGNORECASE)


RESIDENT_NUMBER = Recogniser(
    kind="resident_number",
    label=mark("[주민번호]"),
    pattern=_compile(
        r"""
        (?<![0-9])
        (?P<birth> [0-9]{2} (?: 0[1-9] | 1[0-2] ) (?: 0[1-9] | [12][0-9] | 3[01] ) )
        (?:
            (?P<gap> [ ]? [-./~]? [ ]? ) (?P<sex> [1-8] ) (?: [0-9]{6} | [*●○x]{6} )
          | - [1-8] (?! [-0-9*●○x] )
        )?
        (?! [0-9] | -[0-9] )
        """
    ),
    check=checks.resident_number,
    source="주민등록법 시행규칙 제2조, 출입국관리법 시행규칙 제47조의2 (내국인 1-4, 외국인 5-8)",
    hits=(
        "주민번호 900101-1234567입니다",
        "9001011234567 이게 제 번호예요",
        "외국인등록번호는850505-5123456이에요",
        "901231 - 2******",
        "주민번호는 900101-1 까지만 알려드릴게요",
        "주민번호 앞자리 900101이요",
        "９００１０１－１２３４５６７",
    ),
    misses=(
        "901301-1234567",
        "900101-9234567 번 상품",
        "8801231234569 바코드",
        "1772323200000 에 찍힌 시각",
        "주문번호 9103011234567",
        "240301 에 주문했어요",
        "260301-1 번 문의",
    ),
)

PHONE = Recogniser(
    kind="phone",
    label=mark("[전화번호]"),
    pattern=_compile(
        r"""
        (?<![0-9]) (?:
            \(? (?: (?: \+ | 00 )? 82 [-. ()]{0,3} 0? [ )]{0,2} | 0 )
            (?: 1[016789] | 50[2-8] | 70 ) GAP [0-9]{3,4} GAP [0-9]{4}
          |
            \+? 82 [-. ()]{1,3} (?: 2 | 3[1-3] | 4[1-4] | 5[1-5] | 6[1-4] )
            GAP [0-9]{3,4} GAP [0-9]{4}
          |
            [공영] 일 [공영] GAP DIGIT{3,4} GAP DIGIT{4}
        ) (?![0-9])
        """.replace("GAP", r"[ ]?[-./·_)~]?[ ]?").replace("DIGIT", "[0-9공영일이삼사오육칠팔구]")
    ),
    check=None,
    source="전기통신번호관리세칙(과기정통부 고시): 이동 01x, 개인 050x, 인터넷 070",
    hits=(
        "번호는010-1234-5678이에요",
        "01012345678로 연락 주세요",
        "010.1234.5678 / 010 1234 5678",
        "+82 10-1234-5678",
        "+82(0)10-1234-5678",
        "0503-1234-5678 안심번호예요",
        "070-1234-5678에서 전화가 왔어요",
        "０１０－１２３４－５６７８",
        "010\u200b-1234-\u200b5678",
        "공일공-일이삼사-오육칠팔",
    ),
    misses=(
        "1588-1234로 전화하라네요",
        "080-123-4567 고객센터",
        "주문번호 A4091182",
        "0914-2271",
        "공일공 번호로 바꿨어요",
    ),
)

LAND_LINE = Recogniser(
    kind="phone",
    label=mark("[전화번호]"),
    pattern=_compile(
        r"""
        (?<![0-9]) \(? 0 (?: 2 | 3[1-3] | 4[1-4] | 5[1-5] | 6[1-4] )
        (?P<gap> [ ]? [-./·_)~]? [ ]? ) (?P<local> [0-9]{3,4} ) (?: [ ]? [-./·_~] [ ]? | [ ]? )
        [0-9]{4} (?![0-9])
        """
    ),
    check=checks.land_line,
    source="전기통신번호관리세칙(과기정통부 고시): 지역번호 02, 031-064",
    hits=(
        "집 전화는 02-123-4567이고요",
        "031-1234-5678로요",
        "02)1234-5678",
        "(051) 123-4567",
        "0223456789",
    ),
    misses=(
        "2026-03-01 02:10",
        "2024-0914-2271",
        "모델 AB0223456789",
        "02-12-2026",
    ),
)

CARD = Recogniser(
    kind="card",
    label=mark("[카드번호]"),
    pattern=_compile(
        r"""
        (?<![0-9]) (?<![0-9]-) (?:
            [0-9]{4} (?P<gap> [ ]? [-. /]? [ ]? ) [0-9]{4} (?P=gap) [0-9]{4} (?P=gap) [0-9]{4}
          | [0-9]{4} [- ]? [0-9]{6} [- ]? [0-9]{5}
        ) (?! [0-9] | -[0-9] )
        """
    ),
    check=checks.card,
    source="ISO/IEC 7812-1: network digits, Luhn check digit; 9 = Korean local cards",
    hits=(
        "4111-1111-1111-1111로 결제했어요",
        "5555555555554444",
        "3782 822463 10005",
        "카드번호는 1234-5678-9012-3456이요",
        "９４１１ １１１１ １１１１ １１１７",
    ),
    misses=(
        "4111-1111-1111-1112",
        "2026030112345678 번 주문",
        "IMEI 356938035643809",
        "쿠폰 1234-5678-9012-3456",
    ),
)

ACCOUNT = Recogniser(
    kind="account",
    label=mark("[계좌번호]"),
    pattern=_compile(
        r"""
        (?<![0-9,.]) (?<![0-9][-–])
        (?:
            [0-9]{2,6} (?P<gap> [ ]?[-–][ ]? ) [0-9]{1,8} (?: (?P=gap) [0-9]{1,7} ){0,3}
          | [0-9]{3,6} (?: [ ] [0-9]{1,7} ){2,3}
          | [0-9]{10,14}
        )
        (?! [0-9] | [-–][0-9] | ,[0-9] )
        """
    ),
    check=checks.account,
    source="금융결제원 은행별 계좌번호 체계",
    hits=(
        "국민은행 123456-12-123456 홍길동",
        "카뱅 3333011234567로 보내주세요",
        "계좌번호: 110 123 456789",
        "1002-123-456789",
        "301-1234-5678-91 농협이에요",
        "110123456789 신한이요",
        "계좌는 1000-1234-5678입니다",
    ),
    misses=(
        "1,234,000원 입금했어요",
        "2026-03-01 10:00에 계좌로 환불",
        "주문번호 2024-0914-2271",
        "운송장 6012-3456-7890",
        "6012-3456-7890",
        "사업자번호 123-45-67890",
        "계좌 말고 주문번호 202403011234로 봐 주세요",
        "우리 1000000000원 결제",
    ),
)

PASSPORT = Recogniser(
    kind="passport",
    label=mark("[여권번호]"),
    pattern=_compile(
        r"(?<![A-Za-z0-9]) [MSRODG] (?: [0-9]{3}[A-Z][0-9]{4} | [0-9]{8} ) (?![0-9A-Z])"
    ),
    check=checks.passport,
    source="여권법 시행규칙 별지 서식: 글자 하나와 숫자 여덟, 2020년부터 숫자 하나는 글자",
    hits=("여권번호 M12345678", "여권은 M123A4567이에요"),
    misses=("상품 M12345678", "모델 S123A4567"),
)

DRIVING_LICENCE = Recogniser(
    kind="driving_licence",
    label=mark("[면허번호]"),
    pattern=_compile(
        r"(?<![0-9]) (?: 1[1-9] | 2[0-8] ) - [0-9]{2} - [0-9]{6} - [0-9]{2} (?! [0-9] | -[0-9] )"
    ),
    check=None,
    source="도로교통법 시행규칙 별지 제55호: 지역 11-28, 연도 2, 일련번호 6, 검사 2자리",
    hits=("면허 11-12-123456-01이에요", "운전면허는 28-05-654321-10"),
    misses=("31-12-123456-01", "11-12-123456"),
)

EMAIL = Recogniser(
    kind="email",
    label=mark("[이메일]"),
    pattern=_compile(
        r"""
        (?<![a-z0-9._%+-]) [a-z0-9_] [a-z0-9._%+-]*
        (?:
            [ ]? (?: @ | 골뱅이 | \(at\) | \[at\] ) [ ]?
            (?: [a-z0-9가-힣-]+ \. )+ [a-z]{2,24}
          |
            (?: @ | 골뱅이 )
            (?: naver | 네이버 | gmail | 지메일 | hanmail | 한메일 | daum | 다음 | kakao | 카카오
              | nate | 네이트 )
            (?: [ ]? (?: \. | 닷 | 점 ) [ ]? (?: com | 컴 | net | 넷 ) )?
        )
        """
    ),
    check=None,
    source="RFC 5322 3.4.1, as people write it; Korean mail hosts also without a top-level domain",
    hits=(
        "메일은 hong.gildong@example.com으로 보내 주세요",
        "sagwa_01@mail.example.co.kr입니다",
        "test99 @ example.com 이에요",
        "abc123골뱅이naver.com",
        "honggd@네이버",
        "ｔｅｓｔ＠ｅｘａｍｐｌｅ．ｃｏｍ",
    ),
    misses=(
        "@sagwa_official 계정에 올릴게요",
        "3개 @ 1,000원",
        "골뱅이무침 주문했는데요",
    ),
)

# Where two cover the same characters the longer match wins, then the earlier of this tuple.
RECOGNISERS: tuple[Recogniser, ...] = (
    RESIDENT_NUMBER,
    PHONE,
    LAND_LINE,
    DRIVING_LICENCE,
    CARD,
    ACCOUNT,
    PASSPORT,
    EMAIL,
)
