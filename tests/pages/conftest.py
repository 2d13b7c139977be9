from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis import pipeline, settings
from tests.pages.reading import OVERVIEW, Page

CONVERSATIONS = 400
Open = Callable[..., AppTest]
# What a page must show as it is: markup, a blank that markdown would eat, two tags over one text.
HOSTILE = "<script>alert(1)</script> 결제가 두 번 됐는데 왜 아무 말도 없나요? 정말 화가 납니다."


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer of an earlier test, no language of the machine."""
    st.cache_data.clear()
    st.cache_resource.clear()
    monkeypatch.delenv("SAGWA_LANG", raising=False)


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample data, only read; copy it to change it."""
    path = tmp_path_factory.mktemp("sample") / "store"
    pipeline.load_sample(path, conversations=CONVERSATIONS)
    return path


@pytest.fixture(scope="session")
def odd_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two chats of the reader's own, one with markup in it, and one review that shares its id."""
    folder = tmp_path_factory.mktemp("odd")
    turns = [("D-1", "고객", HOSTILE), ("D-1", "상담사", "시스템상 정상 처리된 건입니다.")]
    turns += [("D-2", "고객", "배송지를 바꾸고 싶어요."), ("D-2", "상담사", "네, 바꿔 드렸습니다.")]
    chats = table(folder / "chats.csv", ("conversation_id", "speaker", "text"), turns)
    told = [("D-1", "복붙 답변만 하고 미안하다는 말 한마디 없었어요.")]
    reviews = table(folder / "reviews.csv", ("review_id", "text"), told)
    pipeline.load(chats, folder / "store")
    pipeline.load(reviews, folder / "store")
    return folder / "store"


@pytest.fixture
def shown(sample_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The pages show the sample data."""
    monkeypatch.setenv("SAGWA_STORE", str(sample_store))
    return sample_store


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The pages show a store in which nothing was ever loaded."""
    monkeypatch.setenv("SAGWA_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.fixture
def open_page() -> Open:
    """Open the dashboard at a page, as a link with that address would."""
    return _opened


# The same with a store: for tests that have no other use for it.


@pytest.fixture
def open_sample(sample_store: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a page with the sample data."""
    monkeypatch.setenv("SAGWA_STORE", str(sample_store))
    return _opened


@pytest.fixture
def open_odd(odd_store: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a page with the two chats and the review of `odd_store`."""
    monkeypatch.setenv("SAGWA_STORE", str(odd_store))
    return _opened


@pytest.fixture
def open_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a page with nothing loaded; `empty` is then the store."""
    monkeypatch.setenv("SAGWA_STORE", str(tmp_path / "store"))
    return _opened


def _opened(page: Page, /, **address: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(settings.ROOT / "app.py"), default_timeout=30)
    app.query_params.update(address)
    # The navigation is known after the first run only, and that shows the overview.
    app.run()
    return app if page is OVERVIEW else app.switch_page(page.path).run()


def table(path: Path, header: Iterable[str], rows: Iterable[Iterable[str]]) -> Path:
    """Write a small export; gives its path."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([header, *rows])
    return path
