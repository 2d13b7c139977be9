"""Rows of customers to outcomes."""

from __future__ import annotations

from datetime import datetime

import pytest

from analysis.errors import MissingColumns
from analysis.ingest import sniff
from tests.ingest.writing import write

END = datetime(2026, 6, 30)


def _read(folder, *records, mapping=None):
    columns = list(dict.fromkeys(name for record in records for name in record))
    return sniff.read(write(folder / "o.csv", records, columns=columns), mapping=mapping)


def _row(customer="C1", churned="", until="2026-06-30", **more):
    return {"고객번호": customer, "해지일": churned, "기준일": until, **more}


def test_a_row_is_the_outcome_of_one_customer(tmp_path):
    found = _read(
        tmp_path,
        {
            "고객번호": "007",
            "가입일": "2025-01-02",
            "해지일": "2026-04-05",
            "기준일": "2026-06-30",
            "요금제": "베이직",
            "월요금": "9,900원",
            "지역": "제주",
            "연령대": "",
        },
    )
    assert found.kind == "outcomes"
    (outcome,) = found.outcomes
    assert (outcome.customer_id, outcome.plan) == ("007", "베이직")
    assert outcome.started_at == datetime(2025, 1, 2)
    assert outcome.churned_at == datetime(2026, 4, 5)
    assert outcome.observed_until == END
    assert (outcome.monthly_value, outcome.currency) == (9900.0, "KRW")
    assert outcome.covariates == (("지역", "제주"),)
    assert found.documents == []


@pytest.mark.parametrize("written", ["", "-", "N/A", "없음", "0000-00-00", "9999-12-31", "NULL"])
def test_words_for_no_date_mean_still_a_customer(tmp_path, written):
    (outcome,) = _read(tmp_path, _row(churned=written)).outcomes
    assert outcome.churned_at is None


def test_one_observation_day_may_hold_for_the_file(tmp_path):
    found = _read(
        tmp_path,
        {"고객번호": "C1", "해지일": ""},
        mapping={"observed_until": "=2026-06-30"},
    )
    assert found.outcomes[0].observed_until == END


def test_without_an_observation_day_the_file_is_refused_with_the_way_out(tmp_path):
    with pytest.raises(MissingColumns, match=r"observed_until==2026-06-30"):
        _read(tmp_path, {"고객번호": "C1", "해지일": ""})


@pytest.mark.parametrize(
    "row",
    [
        _row(customer=""),
        _row(until=""),
        _row(until="2026-02-30"),
        _row(churned="지난달"),
        _row(이탈여부="1"),
    ],
)
def test_row_that_could_count_wrongly_is_rejected(tmp_path, row):
    found = _read(tmp_path, _row(customer="C0", 이탈여부="0"), row)
    assert [one.customer_id for one in found.outcomes] == ["C0"]
    assert [one.row for one in found.rejected] == [3]


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (_row(churned="2026-07-15"), "기준일"),
        (_row(churned="2026-01-01", 가입일="2026-02-01"), "가입일"),
        (_row(가입일="봄"), "가입일"),
        (_row(월요금="무료"), "월요금"),
    ],
)
def test_doubtful_row_is_used_with_a_warning(tmp_path, row, word):
    found = _read(tmp_path, row)
    assert len(found.outcomes) == 1
    assert [one.row for one in found.warnings] == [2]
    assert word in found.warnings[0].reason


def test_last_row_of_a_customer_counts(tmp_path):
    found = _read(tmp_path, _row(), _row(customer="C2"), _row(churned="2026-05-01"))
    assert {one.customer_id: one.churned_at for one in found.outcomes} == {
        "C1": datetime(2026, 5, 1),
        "C2": None,
    }
    assert [one.row for one in found.warnings] == [4]


def test_personal_columns_are_no_covariates(tmp_path):
    found = _read(tmp_path, _row(이름="아무개", 휴대폰번호="010-0000-0000", 지역="제주"))
    assert found.outcomes[0].covariates == (("지역", "제주"),)
    assert len(found.warnings) == 2


def test_whether_a_customer_left_is_no_covariate(tmp_path):
    found = _read(tmp_path, _row(churned="2026-05-01", 이탈여부="Y"))
    assert found.outcomes[0].covariates == ()
