"""What is the same in sentences that differ in numbers, names, spacing and signs only."""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from functools import cache

from analysis import settings

# Part of every id: raise it where the normal form changes, because marks are kept by these ids.
VERSION = 1

_VALUE, _NUMBER = "§", "#"
_MASKED = re.compile(r"\[[가-힣 ]{2,8}\]|https?://\S+")
# Order numbers (AB-123456), and figures with their signs between (9,900 · 12:30 · 3.5 · 10~11).
_FIGURES = re.compile(r"(?<![a-z])[a-z]{1,4}-?\d{3,}(?:-?\d+)*|\d+(?:[.,:/~-]\d+)*")
_ADDRESSED, _VARYING = re.compile("님|상담|매니저|담당"), re.compile(r"[\d\[:]")
_DAYS = re.compile("이틀|사흘|나흘|닷새|엿새|열흘|보름|일주일")
# "네, 고객님" before a sentence and "고객님" after it make it no other sentence.
_ADDRESS = re.compile(
    r"^(?:[네넵예]+[\s,~!.^]+|(?:고객|회원)님[\s,~!.^]+)+(?=.)"
    r"|(?<=.)[\s,]+(?:고객|회원)님(?=[^가-힣a-z0-9]*$)"
)
_OTHER_SIGNS = re.compile(rf"[^0-9a-z가-힣{_VALUE}{_NUMBER}]+")


def plain(text: str) -> str:
    """The sentence with masked values, numbers and names beside 고객, 님 or 상담사 made alike."""
    text = unicodedata.normalize("NFKC", text).casefold()
    # Most sentences name nobody: that is faster to see than to replace.
    if _ADDRESSED.search(text):
        for pattern, kept in _names():
            text = pattern.sub(kept, text)
    text = _DAYS.sub(f"{_NUMBER}일", text)
    if not _VARYING.search(text):
        return text
    return _FIGURES.sub(_NUMBER, _MASKED.sub(_VALUE, text))


def form(text: str) -> str:
    """The normal form: `plain` without address, white space, punctuation and emoticons."""
    return _OTHER_SIGNS.sub("", without_address(plain(text)))


def without_address(text: str) -> str:
    """The sentence without a yes or the customer's form of address at its ends."""
    return _ADDRESS.sub("", text)


def form_id(normal: str) -> str:
    """A short id of a normal form that stays the same in every store and after every load."""
    digest = hashlib.sha256(f"{VERSION}:{normal}".encode()).hexdigest()
    return f"s-{digest[:12]}"


@cache
def _names() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each way in which a person is named, and what is kept of it."""
    with (settings.DATA / "lexicon" / "names.toml").open("rb") as lines:
        words = {key: "|".join(found) for key, found in tomllib.load(lines).items()}
    customer, agent = words["customer_words"], words["agent_words"]
    hidden = r"[가-힣]?[*○●]{1,3}[가-힣]?|[가-힣](?:oo|xx)"
    name = rf"(?<![가-힣])(?:(?!{words['not_names']})(?:{words['surnames']})[가-힣]{{2}}|{hidden})"
    ending = r"(?=\s?(?:입니다|이에요|예요|이라고|라고|이었|였습|이며|이고))"
    return (
        (re.compile(rf"{name}\s?(?:{customer})님"), "고객님"),
        (re.compile(rf"(?:{customer})\s?{name}\s?님"), "고객님"),
        (re.compile(rf"{name}\s?님"), "고객님"),
        (re.compile(rf"({agent})\s?{name}{ending}"), r"\1"),
        (re.compile(rf"{name}\s?({agent})(?={ending[3:-1]}|님)"), r"\1"),
    )
