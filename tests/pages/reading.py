"""What tests read off a page: its sections, and every word that it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from pages.parts.text import t

HANGUL = re.compile(r"[ㄱ-ㆎ가-힣]+")


@dataclass(frozen=True)
class Page:
    """A page of the dashboard: its script and its title."""

    name: str
    path: str
    sentence: str

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return getattr(t, self.sentence)


OVERVIEW = Page("overview", "pages/overview/summary.py", "OVERVIEW_TITLE")
CHURN = Page("churn", "pages/churn/behaviours.py", "CHURN_TITLE")
SCRIPTS = Page("scripts", "pages/scripts/repeated.py", "SCRIPTS_TITLE")
CONVERSATIONS = Page("conversations", "pages/conversations/browse.py", "CONVERSATIONS_TITLE")
UPLOAD = Page("upload", "pages/intake/upload.py", "UPLOAD_TITLE")
GUIDE = Page("guide", "pages/guide/help.py", "GUIDE_TITLE")
RULES = Page("rules", "pages/rules/house.py", "RULES_TITLE")
SUGGEST = Page("suggest", "pages/suggest/topics.py", "SUGGEST_TITLE")
PAGES = (OVERVIEW, CHURN, SCRIPTS, CONVERSATIONS, RULES, SUGGEST, UPLOAD, GUIDE)
# Those that say nothing without data.
OF_DATA = (OVERVIEW, CHURN, SCRIPTS, CONVERSATIONS, SUGGEST)


def values(elements) -> list[str]:
    """The values of a list of elements."""
    return [element.value for element in elements]


def said(app: AppTest) -> str:
    """Everything that the page says in sentences, one a line."""
    elements = (app.title, app.subheader, app.markdown, app.caption, app.info, app.warning)
    return "\n".join(text for kind in elements for text in values(kind))


def matching(sentence: str, text: str) -> bool:
    """Whether a sentence with {fields} stands in a text, whatever its fields say."""
    parts = re.split(r"\{\w+\}", sentence)
    return re.search(".*?".join(map(re.escape, parts)), text) is not None


def links(app: AppTest) -> dict[str, str]:
    """Label -> address of every link to a page."""
    return {
        link.value: link.proto.page + "?" + link.proto.query_string for link in app.get("page_link")
    }


def words(app: AppTest) -> Iterator[tuple[str, str]]:
    """Every text that reaches the browser as (kind of element, text), labels and figures too."""
    for element in _leaves(app._tree):
        proto = getattr(element, "proto", None)
        if isinstance(proto, Message):
            for text in _texts(proto):
                yield element.type, _plain(text)


def _leaves(node) -> Iterator:
    for child in getattr(node, "children", {}).values():
        yield child
        yield from _leaves(child)


def _texts(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        repeated = value if field.is_repeated else (value,)
        for one in repeated:
            if isinstance(one, Message):
                yield from _texts(one)
            elif isinstance(one, str):
                yield one


def _plain(text: str) -> str:
    """Text in which characters that JSON has escaped stand as themselves."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)
