"""How often people and the program agree on a tag, among the documents that people checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.messages import gettext as _
from analysis.stats import rates
from analysis.stats.rates import Interval, Rate
from analysis.store import checks


@dataclass(frozen=True, slots=True)
class TagChecks:
    """A tag that people checked: `right` of the `checked` documents to which the program gave it.

    `interval` is that of the share right. `added` are documents to which people gave the tag where
    the program had not.
    """

    tag: str
    checked: int
    right: int
    interval: Interval | None
    added: int

    @property
    def share(self) -> float | None:
        """Share of the checked documents in which the tag is right; None where there are none."""
        return self.right / self.checked if self.checked else None


@dataclass(frozen=True, slots=True)
class Summary:
    """How many documents were checked, and every tag that was checked, the most often first.

    People choose what they check: these are not the shares of all documents.
    """

    documents: int
    tags: tuple[TagChecks, ...]


def summary(store: Path) -> Summary:
    """What the checks of all visible documents say; where people are even, they say nothing."""
    counted = checks.counts(store)
    return Summary(
        counted.documents,
        tuple(
            TagChecks(
                tag=row.tag,
                checked=int(row.checked),
                right=int(row.right),
                interval=rates.wilson(Rate(int(row.right), int(row.checked))),
                added=int(row.added),
            )
            for row in counted.table.itertuples()
        ),
    )


def sentence(row: TagChecks, name: str) -> str:
    """A tag's checks in words, with counts and interval, in the reader's language."""
    if row.share is None or row.interval is None:
        return _("{name}: 프로그램이 붙이지 않은 문서 {added}건에 사람이 더했습니다.").format(
            name=name, added=row.added
        )
    return _(
        "{name}: 확인 n={checked} 가운데 맞음 {right} ({share} [{low}, {high}]), "
        "사람이 더함 {added}"
    ).format(
        name=name,
        checked=row.checked,
        right=row.right,
        share=f"{row.share:.1%}",
        low=f"{row.interval.low:.1%}",
        high=f"{row.interval.high:.1%}",
        added=row.added,
    )


def summary_json(found: Summary) -> dict[str, Any]:
    """The summary as the command line prints it; shares, not percent."""
    return {
        "documents": found.documents,
        "tags": [
            {
                "id": row.tag,
                "checked": row.checked,
                "right": row.right,
                "share": row.share,
                "interval": [row.interval.low, row.interval.high] if row.interval else None,
                "added": row.added,
            }
            for row in found.tags
        ],
    }
