"""Which column of a table holds which field, told from names in Korean and English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.errors import BadSetting, MissingColumns
from analysis.ingest.fields import FIELDS, Field
from analysis.ingest.rows import Record, text_of
from analysis.messages import gettext as _

__all__ = ["FIELDS", "Field", "Mapping", "connect", "header_place", "known", "suggest"]

_PUNCTUATION = re.compile(r"[\s_\-()\[\]{}<>/.:*#'\"]+")
_BRACKETED = re.compile(r"[(\[{<][^)\]}>]*[)\]}>]")
_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_ .\-]{0,30}")


@dataclass(frozen=True, slots=True)
class Mapping:
    """Where each field of a kind of file is found.

    `columns` maps a field to its column, `constants` a field to one value for every row.
    `unmatched` are the columns that no field uses, `missing` the required fields without either.
    """

    kind: str
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    unmatched: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def cell(self, record: Record, name: str) -> object:
        """The cell of a field as the file gave it; None where the row has none."""
        column = self.columns.get(name)
        if column is None:
            return self.constants.get(name)
        return record.get(column)

    def text(self, record: Record, name: str) -> str:
        """The text of a field; empty where the row has none."""
        return text_of(self.cell(record, name))


def suggest(columns: Sequence[str], kind: str | None = None) -> Mapping:
    """The fields that the column names speak of; the kind is told from them unless given.

    Matching ignores case, spaces, punctuation, and what stands in brackets. Never raises: what
    was not found is in `missing`.
    """
    if kind is not None:
        return _match(columns, kind)
    matched = {one: _match(columns, one) for one in FIELDS}
    return matched[_kind(matched)]


def connect(
    columns: Sequence[str], *, file: str, kind: str | None, chosen: MappingOf[str, str] | None
) -> Mapping:
    """The suggested mapping with the columns a person chose for some fields in their place.

    A chosen value that starts with "=" is one value for every row (`observed_until` ->
    "=2026-06-30"); an empty one leaves the field out.
    Raises BadSetting for a field that the kind does not have, and MissingColumns for a chosen
    column that the file does not have.
    """
    chosen = chosen or {}
    kind = kind or _kind_of_chosen(columns, chosen)
    suggested = suggest(columns, kind)
    fields = {one.name: one for one in FIELDS[suggested.kind]}
    for name in chosen:
        if name not in fields:
            raise BadSetting(
                "--map", name, _("쓸 수 있는 항목: {fields}").format(fields=", ".join(fields))
            )
    used = {
        name: _existing(columns, file, column)
        for name, column in chosen.items()
        if _is_column(column)
    }
    kept = {
        name: column
        for name, column in suggested.columns.items()
        if name not in chosen and column not in used.values()
    }
    constants = {name: value[1:] for name, value in chosen.items() if value.startswith("=")}
    return _finish(columns, suggested.kind, {**kept, **used}, constants)


def require(mapping: Mapping, *, file: str, columns: Sequence[str]) -> None:
    """Raises MissingColumns where a required field has neither a column nor a value."""
    if not mapping.missing:
        return
    labels = {one.name: one for one in FIELDS[mapping.kind]}
    missing = [f"{name}({_(labels[name].label)})" for name in mapping.missing]
    if "observed_until" in mapping.missing:
        hint = _("파일 전체에 한 날짜면 --map observed_until==2026-06-30")
        missing = [
            one + f" [{hint}]" if one.startswith("observed_until") else one for one in missing
        ]
    # Without a single known name the first row may be no header but somebody's words.
    named = known(columns) > 0
    shown = tuple(one for one in columns if named or _PLAIN_NAME.fullmatch(one))
    raise MissingColumns(file, tuple(missing), shown)


def known(cells: Sequence[object]) -> int:
    """How many of a row's cells are names of a field."""
    return sum(any(form in _KNOWN for form in _forms(text_of(cell))) for cell in cells)


def header_place(records: Sequence[Sequence[object]]) -> int:
    """Index of the header among a table's first rows: titles and notes may stand above it."""
    counts = [known(record) for record in records]
    best = max(counts)
    return counts.index(best) if best >= 2 else 0


def _kind(matched: dict[str, Mapping]) -> str:
    chat, review, outcomes = matched["chat"], matched["review"], matched["outcomes"]
    if not chat.missing and ("title" not in review.columns or _strong(chat, "speaker")):
        return "chat"
    dated = "churned_at" in outcomes.columns or "observed_until" in outcomes.columns
    if "customer_id" in outcomes.columns and dated:
        return "outcomes"
    # A board's inquiry number names a text of its own as often as a conversation.
    numbered = chat.columns.get("conversation_id")
    alone = numbered in (None, review.columns.get("review_id")) or "text" not in chat.columns
    if not review.missing and alone and not _strong(chat, "speaker"):
        return "review"
    if "conversation_id" in chat.columns or {"speaker", "text"} <= chat.columns.keys():
        return "chat"
    return "outcomes" if dated or "churned" in outcomes.columns else "review"


def _kind_of_chosen(columns: Sequence[str], chosen: MappingOf[str, str]) -> str | None:
    """The only kind that has all the chosen fields; else the columns decide."""
    if not chosen:
        return None
    told = suggest(columns).kind
    having = [
        kind for kind, fields in FIELDS.items() if chosen.keys() <= {one.name for one in fields}
    ]
    return None if told in having or not having else having[0]


def _strong(mapping: Mapping, name: str) -> bool:
    column = mapping.columns.get(name)
    strong = next(one for one in FIELDS[mapping.kind] if one.name == name).names
    return column is not None and any(form in _normal_set(strong) for form in _forms(column))


def _match(columns: Sequence[str], kind: str) -> Mapping:
    found: dict[str, str] = {}
    for strong in (True, False):
        for one in FIELDS[kind]:
            names = one.names if strong else one.weak
            free = [column for column in columns if column not in found.values()]
            column = _first_named(free, names) if one.name not in found else None
            if column is not None:
                found[one.name] = column
    return _finish(columns, kind, found, {})


def _first_named(columns: Sequence[str], names: tuple[str, ...]) -> str | None:
    for name in names:
        for column in columns:
            if normal(name) in _forms(column):
                return column
    return None


def _finish(
    columns: Sequence[str], kind: str, found: dict[str, str], constants: dict[str, str]
) -> Mapping:
    return Mapping(
        kind=kind,
        columns=found,
        constants=constants,
        unmatched=tuple(column for column in columns if column not in found.values()),
        missing=tuple(
            one.name
            for one in FIELDS[kind]
            if one.required and one.name not in found and one.name not in constants
        ),
    )


def _is_column(value: str) -> bool:
    return bool(value) and not value.startswith("=")


def _existing(columns: Sequence[str], file: str, column: str) -> str:
    if column in columns:
        return column
    alike = [one for one in columns if normal(one) == normal(column)]
    if not alike:
        raise MissingColumns(file, (column,), tuple(columns))
    return alike[0]


def normal(name: str) -> str:
    """A column name as it is compared: without case, spaces, punctuation and width."""
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", name).casefold())


def _normal_set(names: Sequence[str]) -> frozenset[str]:
    return frozenset(map(normal, names))


def _forms(name: str) -> tuple[str, str]:
    plain = unicodedata.normalize("NFKC", name)
    return normal(plain), normal(_BRACKETED.sub("", plain))


_KNOWN = frozenset(
    normal(name)
    for fields in FIELDS.values()
    for one in fields
    for name in (one.name, *one.names, *one.weak)
)
