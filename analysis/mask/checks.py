"""Checks that tell personal data from other numbers of the same shape.

Each takes the match in the normalised text and looks at its digits, its grouping and the words
around it.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

# Characters before a number in which a word says what the number is.
_NEAR = 16

_TOKEN = re.compile(r"\[[가-힣]{2,4}\]")
_ORDERISH = re.compile(
    r"주문|송장|운송장|택배|등기|배송|접수|예약|티켓|시리얼|일련|모델|상품|품번|쿠폰|바코드|사업자|"
    r"결제\s?번호|거래\s?번호|승인\s?번호|문의\s?번호|order|tracking|serial|s/n",
    re.IGNORECASE,
)
_RESIDENT = re.compile(r"주민|민증|외국인\s?등록|생년월일|등록번호")
_PASSPORT = re.compile(r"여권|passport", re.IGNORECASE)
_CARD = re.compile(r"카드")
_ACCOUNT = re.compile(
    r"계좌|은행|뱅크|농협|신협|수협|축협|새마을금고|우체국|카뱅|케뱅|토뱅|입금처|환불처|예금주|bank",
    re.IGNORECASE,
)
# 일상어이기도 한 은행 이름은 숫자 바로 앞뒤에서만 은행으로 본다.
_BANK = r"국민|신한|우리|하나|기업|산업|카카오|토스|씨티|대구|부산|광주|전북|경남|제주|KB|NH|IBK|SC"
_BANK_BEFORE = re.compile(rf"(?:{_BANK})[ :]?$", re.IGNORECASE)
_BANK_AFTER = re.compile(
    rf"^[ (/,]{{0,2}}(?:(?:{_BANK})(?:은행|뱅크|이요|이에요|예요|이고|입니다|$|[^가-힣])|"
    r"[가-힣]{2,4}은행|농협|신협|수협|새마을금고|우체국(?!\s?택배)|카뱅|케뱅|토뱅|카카오뱅크|케이뱅크|토스뱅크)",
    re.IGNORECASE,
)
_AMOUNT_AFTER = re.compile(r"^ ?(?:원|만|천|백|개|번째|%|퍼센트|:[0-9])")

# Digits a group of account numbers that banks print with hyphens (금융결제원 은행별 계좌번호 체계).
# 3-2-5 is a company registration number and 4-4-4 a parcel number more often than an account.
_ACCOUNT_SHAPES = frozenset(
    {
        (6, 2, 6),  # 국민, 우체국
        (3, 3, 6),  # 신한, 케이뱅크
        (4, 3, 6),  # 우리
        (3, 6, 5),  # 하나
        (4, 2, 7),  # 카카오뱅크
        (3, 2, 6),  # SC, 옛 신한·농협
        (3, 6, 3),  # 씨티
        (3, 4, 4, 2),  # 농협, 부산
        (3, 6, 2, 3),  # 기업
        (4, 4, 4, 1),  # 새마을금고
        (3, 2, 6, 1),  # 대구
    }
)


def digits(text: str) -> str:
    """The ASCII digits of a text, in order."""
    return "".join(character for character in text if "0" <= character <= "9")


def luhn(number: str) -> bool:
    """Whether the last digit is the check digit of the rest. Source: ISO/IEC 7812-1, annex B."""
    total = 0
    for place, character in enumerate(reversed(number)):
        value = int(character) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def resident_number(match: re.Match[str]) -> bool:
    """A birth date with, where it is whole, a century that fits it; a bare date needs the word."""
    sex = match["sex"]
    if sex is None:
        return _named(match, _RESIDENT)
    born = _born(match["birth"], sex)
    if born is None:
        return False
    if match["gap"] or _named(match, _RESIDENT):
        return True
    if _named(match, _ORDERISH):
        return False
    number = digits(match[0])
    if number.startswith("880") and _ean(number):
        return False
    if _resident_checksum(number):
        return True
    # Thirteen digits in a row are a number of a person rather than of an order (which starts with
    # this year's date) or a time in milliseconds only where they give a customer's age. The check
    # digit alone does not decide: numbers given out since October 2020 have none.
    age = (datetime.now().date() - born) // timedelta(days=365.25)
    return 13 <= age <= 98


def card(match: re.Match[str]) -> bool:
    """A card network's first digits and the check digit, or the word for a card before it."""
    number = digits(match[0])
    # Fifteen digits are an American Express card (34, 37) or the number of a phone's hardware.
    network = number[:2] in ("34", "37") if len(number) == 15 else _network(number)
    return _named(match, _CARD) or (network and luhn(number))


def account(match: re.Match[str]) -> bool:
    """A bank or the word for an account nearest to it, or a grouping that only accounts have."""
    if not 10 <= len(digits(match[0])) <= 14 or _AMOUNT_AFTER.match(_after(match)):
        return False
    before = _before(match)
    order = _last(_ORDERISH, before)
    if _BANK_BEFORE.search(before) or _last(_ACCOUNT, before) > order:
        return True
    if order >= 0:
        return False
    if _BANK_AFTER.match(_after(match)):
        return True
    groups = tuple(len(group) for group in re.split(r"[-–]", match[0].replace(" ", "")))
    return groups in _ACCOUNT_SHAPES


def land_line(match: re.Match[str]) -> bool:
    """A number in one piece needs a first local digit that exchanges have, and no letter before."""
    if match["gap"]:
        return True
    letter = match.string[match.start() - 1 : match.start()]
    return match["local"][0] in "23456789" and not ("a" <= letter.lower() <= "z")


def passport(match: re.Match[str]) -> bool:
    """The word for a passport before it: the shape alone is a model number as well."""
    return _named(match, _PASSPORT)


def _network(number: str) -> bool:
    return number[0] in "34569" or 2221 <= int(number[:4]) <= 2720


def _born(birth: str, sex: str) -> date | None:
    century = 1900 if sex in "1256" else 2000
    try:
        born = date(century + int(birth[:2]), int(birth[2:4]), int(birth[4:6]))
    except ValueError:
        return None
    return born if born <= datetime.now().date() else None


def _resident_checksum(number: str) -> bool:
    weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
    weighted = sum(int(digit) * weight for digit, weight in zip(number[:12], weights, strict=True))
    remainder = (11 - weighted % 11) % 10
    foreign = number[6] in "5678"
    return int(number[12]) == ((remainder + 2) % 10 if foreign else remainder)


def _ean(number: str) -> bool:
    """Check digit of a 13-digit barcode. Source: GS1 General Specifications 7.9.1."""
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(number[:12]))
    return int(number[12]) == -weighted % 10


def _before(match: re.Match[str]) -> str:
    # Tokens put in by an earlier masking name no neighbour: they are blanked out of the view.
    window = match.string[max(0, match.start() - 2 * _NEAR) : match.start()]
    return _TOKEN.sub("", window)[-_NEAR:]


def _after(match: re.Match[str]) -> str:
    return match.string[match.end() : match.end() + _NEAR]


def _named(match: re.Match[str], words: re.Pattern[str]) -> bool:
    return words.search(_before(match)) is not None


def _last(words: re.Pattern[str], text: str) -> int:
    return max((found.start() for found in words.finditer(text)), default=-1)
