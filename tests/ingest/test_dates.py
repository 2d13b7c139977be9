"""Dates as exports write them, and what is no date."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from analysis.ingest import dates

SEOUL = ZoneInfo("Asia/Seoul")
NOON_FIFTH_PAST = datetime(2026, 3, 1, 15, 5)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-01 15:05",
        "2026-03-01T15:05:00",
        "2026-03-01T15:05:00+09:00",
        "2026-03-01T15:05:00+0900",
        "2026-03-01T06:05:00Z",
        "2026-03-01T06:05:00.000Z",
        "2026-03-01T06:05:00+00:00Z",
        "2026-03-01 15:05:00 KST",
        "2026.3.1 오후 3:05",
        "2026. 3. 1. 오후 3:05",
        "2026. 3. 1. 15:05",
        "2026. 3. 1. (일) 15:05",
        "2026년 3월 1일 오후 3시 5분",
        "2026년 3월 1일 일요일 오후 3:05",
        "2026/03/01 15:05",
        "2026/03/01 3:05 PM",
        "26.03.01 15:05",
        "202603011505",
        "20260301150500",
        "1772345100",
        "1772345100000",
        1772345100,
        1772345100000.0,
        datetime(2026, 3, 1, 15, 5),
        datetime(2026, 3, 1, 6, 5, tzinfo=UTC),
    ],
)
def test_one_moment_written_in_many_ways(written):
    assert dates.parse(written, SEOUL) == NOON_FIFTH_PAST


@pytest.mark.parametrize(
    "written",
    [
        *("2026-03-01", "2026.3.1", "2026. 3. 1.", "2026년 3월 1일", "2026년 3월 1일 일요일"),
        *("2026/3/1", "20260301", "2026-03-01 00:00", "46082", 46082, 46082.0, date(2026, 3, 1)),
    ],
)
def test_a_date_alone_is_its_midnight(written):
    assert dates.parse(written, SEOUL) == datetime(2026, 3, 1)


@pytest.mark.parametrize(
    ("written", "hour"), [("2026. 3. 1. 오전 12:00", 0), ("2026. 3. 1. 오후 12:00", 12)]
)
def test_twelve_is_midnight_in_the_morning_and_noon_in_the_afternoon(written, hour):
    assert dates.parse(written, SEOUL) == datetime(2026, 3, 1, hour)


@pytest.mark.parametrize(
    "written",
    [
        *("", None, "어제", "2026", "2026-03", "3월 1일", "10:00", "-", "0000-00-00"),
        *("2026-02-30", "2026-13-01", "2026-03-01 24:00", "2026-03-01 10:61"),
        *("2026-03-01 오후 13:05", "2026-03-01 오후 0:30", "20260230", "1234", "9999-12-31"),
        *(True, 3, 1e30, float("nan"), float("inf"), "12345678901234567890", "2026-03-01에 주문"),
    ],
)
def test_what_is_no_date_is_none(written):
    assert dates.parse(written, SEOUL) is None


def test_offsets_are_converted_to_the_zone_of_the_settings(monkeypatch):
    monkeypatch.setenv("SAGWA_TIME_ZONE", "UTC")
    assert dates.parse("2026-03-01T15:05:00+09:00") == datetime(2026, 3, 1, 6, 5)
