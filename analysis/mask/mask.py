"""Personal data out of a text: the only maker of `MaskedText`."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections import Counter

from analysis.mask.recognisers import RECOGNISERS, Recogniser
from analysis.model import MaskedText

# Nothing is personal data to the recognisers without one of these.
_WORTH_A_LOOK = re.compile(r"[0-9０-９@＠𝟎-𝟿]|골뱅이|[공영]일[공영]|\(at\)|\[at\]", re.IGNORECASE)

_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")

# Same-length, so that a match in the copy is a match in the text.
_PLAIN: dict[int, int | str] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **{code: ord("0") + (code - 0x1D7CE) % 10 for code in range(0x1D7CE, 0x1D800)},
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹣ー"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\t"), " "),
    ord("。"): ".",
}


def mask(text: str) -> MaskedText:
    """The text with personal data replaced by Korean words in brackets; twice is as once."""
    return mask_counts(text)[0]


# Half of a pair of UTF-16, as JSON may hold it: no file and no table takes it.
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def mask_counts(text: str) -> tuple[MaskedText, dict[str, int]]:
    """The masked text, and how many times each kind of personal data was replaced.

    Kinds are those of `recognisers.RECOGNISERS`; a kind that was not found is not in the counts.
    """
    counts: Counter[str] = Counter()
    if _HALF_CHARACTER.search(text):
        text = _HALF_CHARACTER.sub("\ufffd", text)
    # A replacement brings its neighbours closer together: look again until nothing is left. Each
    # round takes digits or a sign out, so this ends.
    while _WORTH_A_LOOK.search(text):
        found = _find(text)
        if not found:
            break
        text = _replace(text, found)
        counts.update(recogniser.kind for _, _, recogniser in found)
    return MaskedText(text), dict(counts)


def identifier(value: str, *, key: bytes) -> str:
    """The id itself, or `p-` and 16 hex digits where the id is itself personal data.

    The pseudonym is HMAC-SHA256 of the id without its punctuation, so that one phone number written
    in two ways stays one customer.
    """
    if not mask_counts(value)[1]:
        return value
    digest = hmac.new(key, _canonical(value).encode(), hashlib.sha256).hexdigest()
    return f"p-{digest[:16]}"


def _canonical(value: str) -> str:
    plain, _ = _copy(unicodedata.normalize("NFKC", value))
    plain = plain.casefold()
    if "@" in plain:
        return plain.strip()
    kept = "".join(character for character in plain if character.isalnum())
    return re.sub(r"^(?:00)?820?(?=1)", "0", kept)


def _copy(text: str) -> tuple[str, list[int] | None]:
    """A plain copy, and where in the text each of its characters stands (None: same place)."""
    plain = text.translate(_PLAIN)
    if not any(character in plain for character in _INVISIBLE):
        return plain, None
    places = [place for place, character in enumerate(plain) if character not in _INVISIBLE]
    return "".join(plain[place] for place in places), places


def _find(text: str) -> list[tuple[int, int, Recogniser]]:
    """Characters [start, end) of the text to replace, in order and without overlap."""
    plain, places = _copy(text)
    found: list[tuple[int, int, Recogniser]] = []
    for recogniser in RECOGNISERS:
        for match in recogniser.pattern.finditer(plain):
            if recogniser.check is None or recogniser.check(match):
                found.append((*match.span(), recogniser))
    found.sort(key=lambda hit: hit[0] - hit[1])  # stable: equal lengths stay in RECOGNISERS' order

    chosen: list[tuple[int, int, Recogniser]] = []
    for start, end, recogniser in found:
        if all(end <= other[0] or other[1] <= start for other in chosen):
            chosen.append((start, end, recogniser))
    chosen.sort(key=lambda hit: hit[0])
    if places is None:
        return chosen
    return [(places[start], places[end - 1] + 1, which) for start, end, which in chosen]


def _replace(text: str, found: list[tuple[int, int, Recogniser]]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end, recogniser in found:
        pieces += (text[done:start], recogniser.label)
        done = end
    return "".join((*pieces, text[done:]))
