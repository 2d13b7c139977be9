"""Files to take away: one row a document, or the comparison as a page to send on."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pandas as pd

from analysis import codebook, findings, messages, wording, wording_closer
from analysis.errors import BadSetting
from analysis.messages import gettext as _
from analysis.model import Scope
from analysis.store import conversations, rules

SUFFIXES = (".xlsx", ".csv", ".html")

# A cell that starts like this is a formula to a spreadsheet; text must never be one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# XML 1.0, part 2.2: characters that no workbook can hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def export(store: Path, scope: Scope, out: Path, *, horizon: int = 60) -> int:
    """Write the documents of a scope (.xlsx, .csv) or the report (.html); gives their number.

    Raises BadSetting for another suffix.
    """
    if out.suffix not in SUFFIXES:
        raise BadSetting(
            "--out",
            out.name,
            _("파일 이름은 다음 중 하나로 끝나야 합니다: {suffixes}").format(
                suffixes=", ".join(SUFFIXES)
            ),
        )
    if out.suffix == ".html":
        found = findings.drivers(store, scope, horizon=horizon)
        out.write_text(page(found), encoding="utf-8")
        return found.flow.documents
    rows = conversations.export_rows(store, scope)
    names = rules.names(store)
    held = rows["house"].fillna("")
    named = held.map(lambda ids: ", ".join(names.get(one, one) for one in ids.split(", ") if one))
    rows.insert(rows.columns.get_loc("house") + 1, "house_names", named)
    rows = _inert(rows)
    if out.suffix == ".csv":
        # Excel opens Korean CSV right only with a BOM.
        rows.to_csv(out, index=False, encoding="utf-8-sig")
    else:
        rows.to_excel(out, index=False, sheet_name="documents")
    return len(rows)


def page(found: findings.Drivers) -> str:
    """The comparison as one HTML page without scripts or anything from elsewhere."""
    title = _("답변과 이탈 보고서")
    steps = (
        (_("범위 안의 문서"), found.flow.documents),
        (_("결과를 아는 고객"), found.flow.known_customer),
        (_("그때 아직 고객"), found.flow.customer_at_t),
        (_("해지 목적 제외"), found.flow.not_cancellation_request),
        (_("{days}일 추적됨").format(days=found.horizon), found.flow.followed),
    )
    flow = "".join(f"<li>{_text(name)}: {count:,}</li>" for name, count in steps)
    said = "".join(
        f"<h3>{_text(_(codebook.name(row.behaviour_id)))}</h3>"
        f"<p>{_text(wording.sentence(row, horizon=found.horizon))}</p>"
        + "".join(f"<p><small>{_text(one)}</small></p>" for one in wording_closer.details(row))
        for row in found.ranked
    )
    caveat = _(
        "함께 나타난 차이이며 원인이라는 뜻이 아닙니다. 대괄호는 95% 신뢰구간, n은 문서 수입니다."
    )
    tests = _("비교한 답변 {n}가지를 함께 검정해 q값을 계산했습니다(거짓 발견율 5%).").format(
        n=found.comparisons.tests
    )
    return (
        f'<!doctype html><html lang="{messages.current()}"><meta charset="utf-8">'
        f"<title>{_text(title)}</title><style>{_STYLE}</style>"
        f"<h1>{_text(title)}</h1><p>{_text(caveat)}</p><p>{_text(tests)}</p>"
        f"<ol>{flow}</ol>{said}</html>"
    )


_STYLE = (
    "body{font-family:Pretendard,'Noto Sans KR','Malgun Gothic',sans-serif;max-width:46rem;"
    "margin:2rem auto;padding:0 1rem;line-height:1.6}h3{margin-bottom:0}"
    "@media(prefers-color-scheme:dark){body{background:#161412;color:#efeae4}}"
)


def _text(text: str) -> str:
    return html.escape(text)


def _inert(rows: pd.DataFrame) -> pd.DataFrame:
    """The same table with no text that a spreadsheet would run or refuse."""

    def inert(value: object) -> object:
        if not isinstance(value, str):
            return value
        plain = _UNWRITABLE.sub("", value)
        return f"'{plain}" if plain.startswith(_FORMULA) else plain

    texts = [column for column in rows.columns if not pd.api.types.is_numeric_dtype(rows[column])]
    return rows.assign(**{column: rows[column].map(inert) for column in texts})
