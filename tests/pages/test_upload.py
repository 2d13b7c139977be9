"""Files in: recognised, mapped, previewed masked, loaded with a report, and taken back."""

from __future__ import annotations

import pytest

from analysis import pipeline
from analysis.ingest.fields import FIELDS
from analysis.store import tables
from pages.parts.text import t
from tests.ingest.writing import lock, write
from tests.pages.reading import CHURN, UPLOAD, links, matching, values
from tests.searching import found_in

CHATS = """대화번호,고객번호,발화자,시각,내용
A-1,K-1,고객,2026-05-01 10:00,결제가 두 번 됐어요. 제 번호는 010-1234-5678이에요
A-1,K-1,상담사,2026-05-01 10:01,시스템상 정상 처리된 건입니다.
A-2,K-2,고객,2026-05-02 11:00,배송이 언제 오나요?
A-2,K-2,상담사,2026-05-02 11:01,내일 도착합니다.
A-2,K-2,,2026-05-02 11:02,
"""
STRANGE = """방,글쓴이,글
A-1,고객,환불해 주세요
A-1,상담사,네 접수했습니다
"""
OUTCOMES = """customer_id,churned_at,observed_until
K-1,2026-05-20,2026-08-01
K-2,,2026-08-01
"""


@pytest.fixture
def upload(open_empty):
    """Put files into the drop field of the page; gives the page."""

    def uploaded(*files: tuple[str, str | bytes], app=None):
        app = app or open_empty(UPLOAD)
        app.file_uploader[0].set_value(
            [
                (name, content.encode("cp949") if isinstance(content, str) else content, "text/csv")
                for name, content in files
            ]
        )
        return app.run()

    return uploaded


def test_file_is_recognised_whatever_its_encoding(upload):
    app = upload(("상담.csv", CHATS))
    taken = t.UPLOAD_TAKEN_FOR.format(kind=t.CHATS, format="CSV", encoding="CP949", rows="5")
    assert taken in values(app.caption)
    assert app.button(key="load").label == t.UPLOAD_LOAD


def test_preview_is_masked(upload):
    preview = upload(("상담.csv", CHATS)).dataframe[0].value.to_string()
    assert "결제가 두 번" in preview
    assert "1234-5678" not in preview


def test_loaded_file_is_reported_with_every_row(upload, empty):
    app = upload(("상담.csv", CHATS))
    app.button(key="load").click().run()
    report = next(text for text in values(app.markdown) if matching(t.REPORT_DONE, text))
    assert "상담.csv" in report
    assert [label.label for label in app.expander] == [t.REPORT_REJECTED.format(n=1)]
    rejected = app.expander[0].dataframe[0].value
    assert list(rejected[t.REPORT_ROW]) == [6]
    assert any(matching(t.REPORT_MASKED, text) for text in values(app.markdown))
    assert links(app)[t.REPORT_NEXT] == "churn?"
    assert len(tables.batches(empty)) == 1


def test_file_is_read_once_however_often_the_page_is_drawn(upload, monkeypatch):
    read = []
    inspect = pipeline.inspect
    monkeypatch.setattr(pipeline, "inspect", lambda *given: read.append(given) or inspect(*given))
    app = upload(("상담.csv", CHATS)).run()
    assert len(read) == 1
    next(box for box in app.selectbox if box.label == t.UPLOAD_KIND).select("review").run()
    app.button_group(key="lang").set_value("en").run()
    assert len(read) == 2


def test_drop_field_is_empty_after_the_load(upload):
    app = upload(("상담.csv", CHATS))
    app.button(key="load").click().run()
    assert app.file_uploader[0].value in (None, [])


def test_chats_and_outcomes_load_together(upload):
    app = upload(("상담.csv", CHATS), ("결과.csv", OUTCOMES))
    assert app.button(key="load").label == t.UPLOAD_LOAD_ALL.format(n=2)
    app.button(key="load").click().run()
    app.switch_page(CHURN.path).run()
    assert t.CHURN_NO_OUTCOMES not in values(app.info)


def test_file_that_was_not_ready_is_named_in_the_report(upload, empty):
    app = upload(("상담.csv", CHATS), ("낯선.csv", STRANGE))
    app.button(key="load").click().run()
    assert values(app.warning) == [t.REPORT_LEFT.format(file="낯선.csv")]
    assert len(tables.batches(empty)) == 1


def test_same_file_again_says_so(upload, empty):
    app = upload(("상담.csv", CHATS))
    app.button(key="load").click().run()
    app = upload(("상담.csv", CHATS), app=app)
    app.button(key="load").click().run()
    assert any(matching(t.REPORT_SAME, text) for text in values(app.info))
    assert len(tables.batches(empty)) == 1


def test_unknown_columns_are_connected_by_hand(upload):
    app = upload(("낯선.csv", STRANGE))
    kind = next(box for box in app.selectbox if box.label == t.UPLOAD_KIND)
    kind.select("chat").run()
    assert any(matching(t.UPLOAD_MISSING, text) for text in values(app.warning))
    for name, column in (("conversation_id", "방"), ("speaker", "글쓴이"), ("text", "글")):
        label = next(field.label for field in FIELDS["chat"] if field.name == name)
        box = next(box for box in app.selectbox if box.label in (label, f"{label} *"))
        box.select(column)
    app.run()
    app.button(key="load").click().run()
    assert any(matching(t.REPORT_DONE, text) for text in values(app.markdown))


def test_unreadable_file_is_one_sentence_and_no_button(upload):
    app = upload(("그림.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00"))
    assert len(app.warning) == 1
    assert app.warning[0].value.startswith("그림.csv")
    assert [button for button in app.button if button.key == "load"] == []
    assert [*app.exception, *app.error] == []


def test_locked_workbook_asks_for_its_password_and_keeps_it_nowhere(upload, empty, tmp_path):
    row = {"conversation_id": "1", "speaker": "고객", "text": "네"}
    path = lock(write(tmp_path / "a.xlsx", [row], columns=list(row)), "여름비")
    app = upload(("상담.xlsx", path.read_bytes()))
    assert values(app.info) == [t.UPLOAD_LOCKED]
    field = next(one for one in app.text_input if one.label == t.UPLOAD_PASSWORD)
    app = field.input("겨울비").run()
    assert [matching("암호가 맞지 않아", text) for text in values(app.warning)] == [True]
    assert not [button for button in app.button if button.key == "load"]
    field = next(one for one in app.text_input if one.label == t.UPLOAD_PASSWORD)
    app = field.input("여름비").run()
    assert app.dataframe[0].value.to_dict("records") == [row]
    app.button(key="load").click().run()
    assert any(matching(t.REPORT_DONE, text) for text in values(app.markdown))
    assert "여름비" not in repr(app.session_state._state.filtered_state)
    assert not found_in(empty, ["여름비"])


def test_batch_can_be_taken_back(upload, empty):
    app = upload(("상담.csv", CHATS))
    app.button(key="load").click().run()
    batch = tables.batches(empty)["batch_id"][0]
    app.button(key=f"undo_{batch}").click().run()
    assert tables.batches(empty).empty
    assert t.BATCHES_NONE in values(app.caption)


def test_templates_and_exports_can_be_taken(open_sample):
    app = open_sample(UPLOAD)
    labels = {button.label for button in app.get("download_button")}
    assert labels == {t.TEMPLATE_CHAT, t.TEMPLATE_REVIEW, t.TEMPLATE_OUTCOMES}
    app.button(key="prepare_.csv").click().run()
    labels = {button.label for button in app.get("download_button")}
    assert t.EXPORT_DOWNLOAD.format(suffix="CSV") in labels
