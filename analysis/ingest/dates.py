"""Dates and times as exports write them, to wall-clock times of the store's time zone."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal

from analysis import settings
from analysis.ingest.rows import text_of

_WRITTEN = re.compile(
    r"""
    (?P<year> \d{4} | \d{2} ) \s* [-./년] \s* (?P<month> \d{1,2} ) \s* [-./월]
    \s* (?P<day> \d{1,2} )
    \s* [.일]? (?: \s* \(? (?: [월화수목금토일](?:요일)? ) \)? (?![가-힣]) )?
    (?:
        [T\s,]* (?P<half> 오전 | 오후 | [AP]\.?M\.? )? \s*
        (?P<hour> \d{1,2} ) \s* [:시] \s* (?: (?P<minute> \d{1,2} ) \s* [:분]? \s* )?
        (?: (?P<second> \d{1,2} ) (?: [.,] (?P<fraction> \d{1,9} ) )? \s* 초? )?
        \s* (?P<half_after> [AP]\.?M\.? )?
        \s* (?P<zone> Z | UTC | GMT | KST | [+-]\d{2}:?\d{2} Z? | [+-]\d{2} )?
    )?
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_DIGITS = re.compile(r"\d+", re.ASCII)
_DECIMAL = re.compile(r"\d+\.\d+", re.ASCII)

# Outside these a number is a serial, an amount or a slip of the keyboard, not a date of a contact.
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_EXCEL_ORIGIN = datetime(1899, 12, 30)


def parse(text: object, zone: tzinfo | None = None) -> datetime | None:
    """The moment a cell speaks of, as naive wall-clock time of `zone` (default: the settings').

    Accepts ISO 8601, the usual Korean forms (`2026년 3월 1일 오후 3시 5분`,
    `2026. 3. 1. 오후 3:05`), year-first figures (`20260301`, `20260301100500`), Unix times in s, ms
    or us, Excel serial days, and dates that a spreadsheet gives as such. A date alone is its
    midnight. Times with an offset are converted; times without one are taken as they stand. None
    where it is empty, no date, or an impossible one (30 February, 24:00, 오후 13:05).
    """
    zone = zone or settings.time_zone()
    if isinstance(text, datetime):
        return _usable(_in_zone(text, zone) if text.tzinfo else text)
    if isinstance(text, date):
        return _usable(datetime(text.year, text.month, text.day))
    if isinstance(text, int | float | Decimal) and not isinstance(text, bool):
        return _usable(_from_number(float(text), zone))
    written = text_of(text)
    if _DIGITS.fullmatch(written):
        return _usable(_from_digits(written, zone))
    if _DECIMAL.fullmatch(written):
        return _usable(_from_number(float(written), zone))
    match = _WRITTEN.fullmatch(written)
    return _usable(_from_match(match, zone)) if match else None


def _from_match(match: re.Match[str], zone: tzinfo) -> datetime | None:
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    hour = _hour(int(match["hour"] or 0), match["half"] or match["half_after"])
    if hour is None:
        return None
    fraction = (match["fraction"] or "").ljust(6, "0")[:6]
    try:
        moment = datetime(
            year,
            int(match["month"]),
            int(match["day"]),
            hour,
            int(match["minute"] or 0),
            int(match["second"] or 0),
            int(fraction),
        )
    except ValueError:
        return None
    return _with_offset(moment, match["zone"], zone)


def _hour(hour: int, half: str | None) -> int | None:
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        return None
    afternoon = half == "오후" or half[0].lower() == "p"
    return hour % 12 + (12 if afternoon else 0)


def _with_offset(moment: datetime, written: str | None, zone: tzinfo) -> datetime | None:
    if not written:
        return moment
    name = written.upper()
    if name != "Z":
        name = name.removesuffix("Z")  # "+00:00Z" occurs in real exports
    if name in ("Z", "UTC", "GMT"):
        offset = timedelta(0)
    elif name == "KST":
        offset = timedelta(hours=9)
    else:
        figures = name[1:].replace(":", "").ljust(4, "0")
        offset = timedelta(hours=int(figures[:2]), minutes=int(figures[2:]))
        offset = -offset if name[0] == "-" else offset
    try:
        return _from_epoch((moment - offset - datetime(1970, 1, 1)).total_seconds(), zone)
    except OverflowError:
        return None


def _from_digits(written: str, zone: tzinfo) -> datetime | None:
    layout = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}.get(len(written))
    if layout is None:
        return _from_number(float(written), zone) if len(written) in (5, 10, 13, 16) else None
    try:
        return datetime.strptime(written, layout)
    except ValueError:
        return None


def _from_number(number: float, zone: tzinfo) -> datetime | None:
    if 20_000 <= number < 100_000:  # days since 1899-12-30: 1954 to 2173
        return _EXCEL_ORIGIN + timedelta(milliseconds=round(number * 86_400_000))
    if 19_000_000 <= number < 22_000_000:
        return _from_digits(str(int(number)), zone)
    if 19_000_000_000_000 <= number < 22_000_000_000_000 and number % 1 == 0:
        written = _from_digits(str(int(number)), zone)
        if written is not None:
            return written
    for unit in (1, 1_000, 1_000_000):
        if 1e8 <= number / unit < 4.2e9:
            return _from_epoch(number / unit, zone)
    return None


def _from_epoch(seconds: float, zone: tzinfo) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, tz=zone).replace(tzinfo=None)
    except (OverflowError, OSError, ValueError):
        return None


def _in_zone(moment: datetime, zone: tzinfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def _usable(moment: datetime | None) -> datetime | None:
    if moment is None or not _FIRST_YEAR <= moment.year < _LAST_YEAR:
        return None
    return moment
