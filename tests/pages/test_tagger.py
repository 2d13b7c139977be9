"""The choice of the tagger on the import page: only where a model is configured, with notice."""

from __future__ import annotations

import pytest

from analysis.store import tables
from pages.parts import batches
from pages.parts.text import t
from tests.llm.standing_in import MODEL, standing_in
from tests.pages.reading import UPLOAD, matching, values

CHATS = """대화번호,고객번호,발화자,내용
A-1,K-1,고객,결제가 두 번 됐어요. 제 번호는 010-1234-5678이에요
A-1,K-1,상담사,시스템상 정상 처리된 건입니다.
"""


@pytest.fixture
def server(monkeypatch):
    with standing_in() as running:
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("SAGWA_LLM_URL", running.url)
        monkeypatch.setenv("SAGWA_LLM_MODEL", MODEL)
        yield running


@pytest.fixture
def upload(open_empty):
    def uploaded():
        app = open_empty(UPLOAD)
        app.file_uploader[0].set_value([("상담.csv", CHATS.encode(), "text/csv")])
        return app.run()

    return uploaded


def choices(app):
    return [radio for radio in app.radio if radio.label == t.TAGGER]


def test_without_a_model_there_is_nothing_to_choose(upload):
    assert choices(upload()) == []


def test_choice_says_that_masked_text_leaves_and_where_to(server, upload):
    app = upload()
    (choice,) = choices(app)
    assert choice.value == "built-in"
    notice = t.TAGGER_LLM_NOTE.format(address=f"`{server.url.removesuffix('/v1')}`")
    assert notice in choice.proto.captions
    app.button(key="load").click().run()
    assert server.requests == []


def test_chosen_model_is_estimated_then_asked_and_reported(server, upload, empty, monkeypatch):
    monkeypatch.setenv("SAGWA_LLM_BUDGET", "100000tokens")
    app = upload()
    choices(app)[0].set_value("llm").run()
    assert any(MODEL in text and "상담.csv" in text for text in values(app.caption))
    assert any(matching(t.TAGGER_BUDGET, text) for text in values(app.caption))
    assert server.requests == []
    app.button(key="load").click().run()
    assert len(server.requests) == 1
    assert "1234-5678" not in server.everything
    assert any(f"{MODEL}: 새로 답한 문서 1건" in text for text in values(app.markdown))
    assert tables.batches(empty)["tagger_version"][0].startswith(f"llm:{MODEL}/")
    badge = t.BATCH_LLM.format(model=MODEL)
    assert any(badge in text for text in values(app.markdown))


def test_batch_that_fell_back_in_part_says_so():
    said = batches._tagger("llm:org/m:8b/ab12cd34+2~30")
    assert t.BATCH_FELL_BACK.format(model="org/m\\:8b", n="30") in said
    assert batches._tagger("2") == ""


def test_setting_that_cannot_be_used_is_told_and_the_built_in_tagger_stays(
    server, upload, monkeypatch
):
    monkeypatch.setenv("SAGWA_LLM_URL", "ftp://example.com")
    app = upload()
    assert choices(app) == []
    assert any("SAGWA_LLM_URL" in text for text in values(app.warning))
    app.button(key="load").click().run()
    assert any(matching(t.REPORT_DONE, text) for text in values(app.markdown))
    assert server.requests == []
