"""What reading a file gives: what it was taken for, and what could and could not be used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from analysis.model import Outcome, RawDocument, RejectedRow


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a file is taken for, before anything is loaded.

    `kind` is chat, review, outcomes or mixed (labelled documents of both kinds). `mapping` maps
    fields to columns, or to "=value" where one value was given for every row; `missing` are the
    required fields that were not found. `sample` are the first rows as raw text, and `speakers`
    the first values of the speaker column that are no known word, with their number of rows: both
    are unmasked until `masked` was called. `rows` counts the rows of the file without its header.
    """

    file: str
    kind: str
    format: str
    encoding: str
    columns: tuple[str, ...]
    mapping: dict[str, str]
    missing: tuple[str, ...]
    unmatched: tuple[str, ...]
    sample: tuple[dict[str, str], ...]
    speakers: tuple[tuple[str, int], ...]
    rows: int

    def masked(self, mask: Callable[[str], str]) -> Recognition:
        """The same with its sample and speakers masked, ready to be shown."""
        return replace(
            self,
            sample=tuple(
                {column: str(mask(text)) for column, text in row.items()} for row in self.sample
            ),
            speakers=tuple((str(mask(speaker)), rows) for speaker, rows in self.speakers),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that a file gave.

    `kind` is chat, review, outcomes or mixed. Every row read is in a document or an outcome, or in
    `rejected` with the reason; `warnings` are rows that were used and need a look. `rows` counts
    the rows read. `encoding` is empty for a workbook.
    """

    kind: str
    format: str
    encoding: str
    documents: list[RawDocument]
    outcomes: list[Outcome]
    rejected: tuple[RejectedRow, ...]
    warnings: tuple[RejectedRow, ...]
    rows: int
