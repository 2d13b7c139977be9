"""One saved review: what a page or a pasted text gives, before it is a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Article:
    """A review's text with its title and the time it was posted, where they were found.

    `author` is a pen name: it is known here and goes into no document.
    """

    text: str
    title: str | None = None
    posted_at: datetime | None = None
    url: str | None = None
    author: str | None = None
    source: str | None = None
