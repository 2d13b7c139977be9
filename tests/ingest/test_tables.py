"""Tables as real files have them: titles above, sheets beside, numbers for ids."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from openpyxl import Workbook

from analysis.ingest import sniff
from analysis.ingest.table import read_table
from tests.ingest.writing import lock, write


def _texts(path):
    return [turn.text for one in sniff.read(path).documents for turn in one.turns]


def test_ids_stay_text_in_csv(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("conversation_id,customer_id,speaker,text\n007,010,고객,네\n", encoding="utf-8")
    (document,) = sniff.read(path).documents
    assert (document.id, document.customer_id) == ("007", "010")


def test_whole_numbers_of_a_workbook_have_no_decimal_point(tmp_path):
    book = Workbook()
    book.active.append(["상담번호", "발화자", "내용", "보낸시간"])
    book.active.append([123, "고객", 4, datetime(2026, 3, 1, 10)])
    book.active.append([123, "상담사", 4.5, datetime(2026, 3, 1, 9)])
    book.save(tmp_path / "a.xlsx")
    (document,) = sniff.read(tmp_path / "a.xlsx").documents
    assert document.id == "123"
    assert [turn.text for turn in document.turns] == ["4.5", "4"]
    assert document.started_at == datetime(2026, 3, 1, 9)


def test_sheet_with_a_recognised_header_is_read_below_its_title(tmp_path):
    book = Workbook()
    book.active.append(["안내", "이 파일은 자동으로 만들어졌습니다"])
    book.create_sheet("빈 시트")
    sheet = book.create_sheet("메시지")
    sheet["B2"] = "3월 상담 내역"
    for place, name in enumerate(("상담번호", "발화자", "내용"), start=2):
        sheet.cell(4, place, name)
        sheet.cell(6, place, {"상담번호": "7", "발화자": "누구", "내용": "네"}[name])
        sheet.cell(7, place, {"상담번호": "7", "발화자": "고객", "내용": "네"}[name])
    book.save(tmp_path / "a.xlsx")
    found = sniff.read(tmp_path / "a.xlsx")
    assert [one.row for one in found.rejected] == [6]
    assert found.documents[0].rows == (7,)


@pytest.mark.parametrize("password", ["여름 비", " leading and trailing "])
def test_locked_workbook_opens_with_its_password(tmp_path, password):
    row = {"conversation_id": "1", "speaker": "고객", "text": "네"}
    path = lock(write(tmp_path / "a.xlsx", [row], columns=list(row)), password)
    as_it_was = path.read_bytes()
    assert sniff.inspect(path, password=password).sample == (row,)
    assert sniff.read(path, password=password).documents[0].turns[0].text == "네"
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [as_it_was]


def test_csv_header_is_found_below_notes(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "3월 상담 내역,,\n\n상담번호;발화자;내용\n1;고객;쉼표, 있음\n", encoding="utf-8-sig"
    )
    found = sniff.read(path)
    assert found.documents[0].rows == (4,)
    assert found.documents[0].turns[0].text == "쉼표, 있음"


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_delimiter_is_told_from_the_content(tmp_path, delimiter):
    path = tmp_path / "a.txt"
    rows = (("상담번호", "발화자", "내용"), ("1", "고객", "'가나다'"), ("1", "상담사", "라마바"))
    path.write_text("\n".join(delimiter.join(row) for row in rows), encoding="utf-8")
    assert _texts(path) == ["'가나다'", "라마바"]


def test_stray_quote_of_a_tsv_is_text(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text('상담번호\t발화자\t내용\n1\t고객\t"안 된다\n1\t상담사\t네\n', encoding="utf-8")
    assert _texts(path) == ['"안 된다', "네"]


@pytest.mark.parametrize(
    "document",
    [
        [{"conversation_id": "1", "speaker": "고객", "text": "네"}],
        {"data": [{"conversation_id": "1", "speaker": "고객", "text": "네"}]},
        {"meta": {"count": 1}, "result": {"rows": [{"chat_id": 1, "role": "user", "text": "네"}]}},
        {
            "agents": [{"name": "가"}, {"name": "나"}],
            "messages": [{"conversation_id": "1", "speaker": "고객", "text": "네"}],
        },
        {"conversation_id": "1", "speaker": "고객", "text": "네"},
    ],
)
def test_json_holds_its_rows_in_an_array_somewhere(tmp_path, document):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    assert _texts(path) == ["네"]


def test_column_that_only_late_objects_have_is_found(tmp_path):
    rows = [{"conversation_id": str(n), "speaker": "고객", "text": "네"} for n in range(300)]
    rows[-1]["customer_id"] = "C-9"
    path = tmp_path / "a.json"
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    assert sniff.read(path).documents[-1].customer_id == "C-9"


def test_decomposed_hangul_is_composed(tmp_path):
    path = tmp_path / "a.csv"
    decomposed = (
        "\u1112\u116a\u11ab\u1107\u116e\u11af"  # 환불, as macOS file names and texts have it
    )
    path.write_text(f"conversation_id,speaker,text\n1,고객,{decomposed}\n", encoding="utf-8")
    assert _texts(path) == ["환불"]


def test_repeated_and_empty_column_names_lose_no_cells(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("내용,내용,,text\n1,2,3,4\n", encoding="utf-8")
    found = read_table(path)
    assert found.columns == ("내용", "내용 (2)", "#3", "text")
    assert list(found.rows) == [(2, {"내용": "1", "내용 (2)": "2", "#3": "3", "text": "4"})]


def test_encoding_can_be_given(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("conversation_id,speaker,text\n1,고객,네\n".encode("utf-16-le"))
    assert read_table(path, text_encoding="utf-16-le").columns[0] == "conversation_id"


def test_inspection_shows_what_the_file_is_taken_for(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "상담번호,발화자,내용,비고\n1,고객,010-0000-0000으로요,\n1,사과지기,네,\n1,사과지기,네,\n",
        encoding="cp949",
    )
    found = sniff.inspect(path, mapping={"channel": "=카카오"})
    assert (found.kind, found.format, found.encoding, found.rows) == ("chat", "csv", "cp949", 3)
    assert found.mapping == {
        "conversation_id": "상담번호",
        "speaker": "발화자",
        "text": "내용",
        "channel": "=카카오",
    }
    assert (found.missing, found.unmatched) == ((), ("비고",))
    assert found.speakers == (("사과지기", 2),)
    assert found.sample[0]["내용"] == "010-0000-0000으로요"


def test_inspection_is_masked_on_request(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("상담번호,발화자,내용\n1,사과지기,비밀\n", encoding="utf-8")
    found = sniff.inspect(path).masked(lambda text: "*" * len(text))
    assert found.sample == ({"상담번호": "*", "발화자": "****", "내용": "**"},)
    assert found.speakers == (("****", 1),)


def test_inspection_names_what_is_missing_instead_of_refusing(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("상담번호,내용\n1,네\n", encoding="utf-8")
    assert sniff.inspect(path).missing == ("speaker",)


def test_kind_can_be_given_against_the_columns(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("상담번호,발화자,내용\n1,고객,네\n", encoding="utf-8")
    assert sniff.read(path, kind="review").documents[0].kind == "review"
