"""Sentences in the reader's language: Korean is the source, English comes from data/locale/en.po.

The language is kept per context (a Streamlit session runs each script in a context of its own), so
that two sessions in two languages do not disturb each other.
"""

from __future__ import annotations

import gettext as std_gettext
import io
from contextvars import ContextVar
from functools import cache

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from analysis import settings

LANGUAGES = {"ko": "한국어", "en": "English"}

_language: ContextVar[str | None] = ContextVar("language", default=None)


def use(language: str) -> None:
    """Say every later sentence of this context in that language ("ko" or "en")."""
    _language.set(language if language in LANGUAGES else "ko")


def current() -> str:
    """The language of this context."""
    return _language.get() or settings.language()


def gettext(source: str) -> str:
    """The Korean source sentence in the language of this context."""
    return _catalogue(current()).gettext(source) if source else ""


def mark(source: str) -> str:
    """Mark a sentence for translation that is looked up later, when it is shown."""
    return source


@cache
def _catalogue(language: str) -> std_gettext.NullTranslations:
    path = settings.DATA / "locale" / f"{language}.po"
    if not path.exists():
        return std_gettext.NullTranslations()
    with path.open("rb") as lines:
        catalogue = read_po(lines, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return std_gettext.GNUTranslations(compiled)
