"""Bad files end in one sentence, bad rows in a list."""

from __future__ import annotations

import json
import zipfile

import pytest

from analysis.errors import (
    AnalysisError,
    BadSetting,
    LockedWorkbook,
    MissingColumns,
    NothingToLoad,
    UnreadableFile,
)
from analysis.ingest import sniff
from tests.ingest.writing import lock, write

HEADER = "conversation_id,speaker,text\n"
SECRET = "절대말하지마"


def _workbook_of_nothing() -> bytes:
    return b"PK\x03\x04" + b"\x00" * 200


@pytest.mark.parametrize(
    ("name", "content", "error", "word"),
    [
        ("empty.csv", b"", UnreadableFile, "빈 파일"),
        ("blank.csv", b"\n \n\n", UnreadableFile, "빈 파일"),
        ("image.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, UnreadableFile, ""),
        ("nul.csv", b"a,b\x00\n1,2\n", UnreadableFile, "글자로 된 파일"),
        ("latin.csv", HEADER.encode() + b"1,agent,\xff\xfe caf\xe9\n",
         UnreadableFile, "인코딩"),
        ("broken.csv", (HEADER + "1,고객,안내가 늦어요 정말\n" * 9).encode()[:-3] + b"\xff\n",
         UnreadableFile, "깨졌거나"),
        ("header.csv", HEADER.encode(), NothingToLoad, "머리글"),
        ("columns.csv", f"conversation_id,text\n1,{SECRET}\n".encode(), MissingColumns, "speaker"),
        ("none.csv", f"{SECRET},네\n{SECRET},네\n".encode(), MissingColumns, "필요한 열"),
        ("unknown.csv", (HEADER + f"1,{SECRET},네\n").encode(), NothingToLoad, "발화자"),
        ("quote.csv", (HEADER + f'1,고객,네\n2,고객,"{SECRET}\n3,고객,네\n').encode(),
         UnreadableFile, "따옴표"),
        ("text.xlsx", HEADER.encode(), UnreadableFile, "엑셀"),
        ("zip.xlsx", _workbook_of_nothing(), UnreadableFile, "엑셀"),
        ("cut.json", json.dumps([{"text": SECRET}], ensure_ascii=False).encode()[:-3],
         UnreadableFile, "JSON"),
        ("mid.json", json.dumps([{"text": SECRET}], ensure_ascii=False).encode()[:-4],
         UnreadableFile, "끝이 잘렸"),
        ("numbers.json", b'["a", "b"]', UnreadableFile, "배열"),
        ("no.html", b"<html><body></body></html>", UnreadableFile, "글이 없습니다"),
        ("ads.txt", "반응형\n728x90\n".encode(), UnreadableFile, "본문"),
    ],
)  # fmt: skip
def test_bad_file_is_refused_with_one_sentence(tmp_path, name, content, error, word):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error) as raised:
        sniff.read(path)
    sentence = str(raised.value)
    assert sentence.startswith(f"{name}: ")
    assert word in sentence
    assert SECRET not in sentence
    assert "\n" not in sentence


def test_zip_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "글")
    with pytest.raises(UnreadableFile, match="엑셀"):
        sniff.read(path)


@pytest.mark.parametrize(("password", "tried"), [(None, False), ("", False), (SECRET, True)])
def test_locked_workbook_asks_for_its_password(tmp_path, password, tried):
    path = write(tmp_path / "a.xlsx", [{"text": "네"}], columns=["text"])
    with pytest.raises(LockedWorkbook) as raised:
        sniff.read(lock(path, "여름 비"), password=password)
    assert raised.value.tried is tried
    assert SECRET not in str(raised.value)


def test_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="파일이 없습니다"):
        sniff.read(tmp_path / "none.csv")


def test_folder_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="열 수 없습니다"):
        sniff.read(tmp_path)


@pytest.mark.parametrize("option", [{"kind": "mail"}, {"format": "pdf"}, {"mapping": {"말": "a"}}])
def test_unknown_option_is_refused_with_what_can_be_used(tmp_path, option):
    path = tmp_path / "a.csv"
    path.write_text(HEADER + "1,고객,네\n", encoding="utf-8")
    with pytest.raises(BadSetting, match=r"쓸 수 있는"):
        sniff.read(path, **option)


@pytest.mark.parametrize(
    ("lines", "rejected"),
    [
        (['{"conversation_id": "1", "spea'], [2]),
        (["[1, 2]"], [2]),
        (["", "null"], [3]),
        (["깨진 줄", "또 깨진 줄"], [2, 3]),
    ],
)
def test_bad_line_of_json_lines_is_rejected_alone(tmp_path, lines, rejected):
    good = json.dumps({"conversation_id": "1", "speaker": "고객", "text": "네"})
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join([good, *lines, good]), encoding="utf-8")
    found = sniff.read(path)
    assert [one.row for one in found.rejected] == rejected
    assert len(found.documents[0].turns) == 2
    assert found.rows == 2 + len(rejected)


def test_row_with_too_many_cells_is_rejected_alone(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(HEADER + "1,고객,네, 그런데요\n1,고객,네,\n", encoding="utf-8")
    found = sniff.read(path)
    assert [one.row for one in found.rejected] == [2]
    assert found.rows == 2


def test_row_with_a_broken_quote_is_rejected_alone(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(HEADER + '1,고객,"네" 아니요\n1,상담사,네\n', encoding="utf-8")
    found = sniff.read(path)
    assert [one.row for one in found.rejected] == [2]
    assert [turn.text for turn in found.documents[0].turns] == ["네"]


def test_every_refusal_is_known_to_the_frame():
    assert all(
        issubclass(one, AnalysisError)
        for one in (UnreadableFile, LockedWorkbook, MissingColumns, NothingToLoad, BadSetting)
    )
