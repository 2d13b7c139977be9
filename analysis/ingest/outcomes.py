"""Rows of customers to outcomes: who stayed, who left, and until when that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from analysis.ingest import dates
from analysis.ingest.columns import Mapping, normal
from analysis.ingest.rows import Record, Row, text_of
from analysis.messages import gettext as _
from analysis.model import Outcome, RejectedRow

# What exports write where there is no date.
_NO_DATE = frozenset(
    (
        "-",
        "--",
        "n/a",
        "na",
        "nan",
        "nat",
        "none",
        "null",
        "없음",
        "미해지",
        "유지",
        "해당없음",
        "0",
    )
)
_FOREVER = re.compile(r"0000|9999")

_YES = frozenset(
    ("1", "1.0", "y", "yes", "true", "t", "o", "예", "네", "이탈", "해지", "탈퇴", "churned")
)
_CURRENCIES = (
    ("원", "KRW"),
    ("₩", "KRW"),
    ("￦", "KRW"),
    ("krw", "KRW"),
    ("$", "USD"),
    ("usd", "USD"),
)
_FIGURES = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")

# Columns of an outcomes file that name a person or reach one: never taken as covariates.
_PERSONAL = (
    "이름, 성명, 성함, 고객명, 고객이름, 회원명, 회원이름, 전화, 전화번호, 연락처, 휴대폰, "
    "휴대폰번호, 휴대전화, 휴대전화번호, 핸드폰, 핸드폰번호, 이메일, 이메일주소, 메일, 메일주소, "
    "주소, 상세주소, 자택주소, 주민번호, 주민등록번호, 외국인등록번호, 여권번호, 운전면허번호, "
    "계좌, 계좌번호, 카드번호, 생년월일, 생일, name, full_name, first_name, last_name, "
    "customer_name, user_name, username, phone, phone_number, mobile, mobile_number, tel, "
    "telephone, email, email_address, mail, address, street_address, birth_date, birthday, "
    "birthdate, date_of_birth, dob, ssn, resident_number, passport, account_number, card_number"
)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The outcomes of a table, the rows that gave none, and those used with a doubt."""

    outcomes: list[Outcome]
    rejected: list[RejectedRow]
    warnings: list[RejectedRow]
    rows: int


def read(rows: Iterable[Row], mapping: Mapping, *, zone: tzinfo) -> Outcomes:
    """Rows of a table as outcomes, one a customer: of several rows the last counts.

    Columns that no field uses become covariates, but for those whose name says that they hold
    personal data. A row whose churn cannot be dated is refused: it would count as a loyal customer.
    """
    outcomes: dict[str, Outcome] = {}
    last_rows: dict[str, int] = {}
    rejected: list[RejectedRow] = []
    warnings = [_left_out(column) for column in mapping.unmatched if _personal(column)]
    covariates = tuple(column for column in mapping.unmatched if not _personal(column))
    count = 0
    for row in rows:
        count += 1
        if isinstance(row, RejectedRow):
            rejected.append(row)
            continue
        number, record = row
        outcome, doubts = _outcome(number, record, mapping, covariates, zone)
        if outcome is None:
            rejected += doubts
            continue
        warnings += doubts
        customer = outcome.customer_id
        if customer in outcomes:
            warnings.append(
                RejectedRow(
                    number,
                    _("{earlier}행과 고객번호가 같아 이 행이 앞의 것을 대신합니다.").format(
                        earlier=last_rows[customer]
                    ),
                )
            )
        outcomes[customer] = outcome
        last_rows[customer] = number
    return Outcomes(list(outcomes.values()), rejected, warnings, count)


def _outcome(
    number: int, record: Record, mapping: Mapping, covariates: tuple[str, ...], zone: tzinfo
) -> tuple[Outcome | None, list[RejectedRow]]:
    """The outcome of a row with its doubts, or None with the reason."""
    customer = mapping.text(record, "customer_id")
    if not customer:
        return None, [RejectedRow(number, _("고객번호가 비어 있습니다."))]
    observed_until = dates.parse(mapping.cell(record, "observed_until"), zone)
    if observed_until is None:
        return None, [RejectedRow(number, _("기준일이 비어 있거나 날짜가 아닙니다."))]
    churned_at = _date(record, mapping, "churned_at", zone)
    if churned_at is None and not _absent(mapping.text(record, "churned_at")):
        return None, [RejectedRow(number, _("해지일을 날짜로 읽을 수 없습니다."))]
    if churned_at is None and mapping.text(record, "churned").casefold() in _YES:
        return None, [RejectedRow(number, _("이탈했다고 되어 있으나 해지일이 비어 있습니다."))]
    started_at = _date(record, mapping, "started_at", zone)
    amount = mapping.text(record, "monthly_value")
    monthly_value = _money(amount)

    doubts: list[str] = []
    if started_at is None and not _absent(mapping.text(record, "started_at")):
        doubts.append(_("가입일을 날짜로 읽을 수 없어 비워 두었습니다."))
    if monthly_value is None and not _absent(amount):
        doubts.append(_("월요금을 숫자로 읽을 수 없어 비워 두었습니다."))
    if churned_at and churned_at > observed_until:
        doubts.append(_("해지일이 기준일보다 늦습니다."))
    if churned_at and started_at and churned_at < started_at:
        doubts.append(_("해지일이 가입일보다 빠릅니다."))
    outcome = Outcome(
        customer_id=customer,
        observed_until=observed_until,
        started_at=started_at,
        churned_at=churned_at,
        plan=mapping.text(record, "plan") or None,
        monthly_value=monthly_value,
        currency=mapping.text(record, "currency").upper() or _currency(amount),
        covariates=tuple(
            (column, value) for column in covariates if (value := text_of(record.get(column)))
        ),
    )
    return outcome, [RejectedRow(number, doubt) for doubt in doubts]


def _date(record: Record, mapping: Mapping, name: str, zone: tzinfo) -> datetime | None:
    if _absent(mapping.text(record, name)):
        return None
    return dates.parse(mapping.cell(record, name), zone)


def _absent(written: str) -> bool:
    return not written or written.casefold() in _NO_DATE or bool(_FOREVER.match(written))


def _money(written: str) -> float | None:
    figures = _FIGURES.findall(written.replace(",", ""))
    return float(figures[0]) if len(figures) == 1 else None


def _currency(written: str) -> str | None:
    return next((code for sign, code in _CURRENCIES if sign in written.casefold()), None)


def _personal(column: str) -> bool:
    return normal(column) in _PERSONAL_NAMES


def _left_out(column: str) -> RejectedRow:
    return RejectedRow(
        1, _("'{column}' 열은 개인정보로 보여 읽지 않았습니다.").format(column=column)
    )


_PERSONAL_NAMES = frozenset(normal(name) for name in _PERSONAL.split(","))
