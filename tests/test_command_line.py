"""Every verb of the command line: what it prints where, its exit code, and what it leaves alone."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import dataclass

import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis import __main__ as command
from analysis import arguments, codebook, pipeline, settings
from analysis.store import macros, tables
from tests.ingest.writing import lock
from tests.ingest.writing import write as write_table
from tests.searching import found_in
from tests.tagging.planted import texts

SECRET = "절대말하지마"
VERBS = set(
    "ingest tag drivers scripts suggest checks rules batches retag undo forget export demo "
    "sample".split()
)

CHAT_COLUMNS = ("conversation_id", "customer_id", "channel", "sent_at", "speaker", "text")
CHATS = (
    ("c-1", "k-1", "앱", "2026-03-02 10:00", "고객", "무료 체험인데 왜 결제가 됐죠? 화가 나네요"),
    ("c-1", "k-1", "앱", "2026-03-02 10:01", "상담사", "시스템상 자동 결제되었습니다."),
    ("c-1", "k-1", "앱", "2026-03-02 10:02", "고객", "팀장님 바꿔 주세요"),
    ("c-1", "k-1", "앱", "2026-03-02 10:03", "상담사", "연결해 드릴 수 없습니다. 감사합니다."),
    ("c-2", "k-2", "웹", "2026-03-03 11:00", "고객", "=1+1 배송이 아직도 안 왔어요\x0b 실망이에요"),
    ("c-2", "k-2", "웹", "2026-03-03 11:01", "상담사", "늦어져서 정말 죄송합니다."),
    ("c-3", "k-1", "웹", "2026-03-04 12:00", "고객", "영수증은 어디서 받나요?"),
    ("c-3", "k-1", "웹", "2026-03-04 12:01", "상담사", "주문 내역에서 받으실 수 있습니다."),
)
OUTCOME_COLUMNS = ("customer_id", "churned_at", "observed_until")
OUTCOMES = (("k-1", "2026-03-20", "2026-06-30"), ("k-2", "", "2026-06-30"))


@dataclass(frozen=True)
class Said:
    """What one call gave."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def store(tmp_path, monkeypatch):
    """The folder of a store that is not there yet, as the default of every verb."""
    path = tmp_path / "store"
    monkeypatch.setenv("SAGWA_STORE", str(path))
    monkeypatch.setenv("SAGWA_LANG", "ko")
    return path


@pytest.fixture
def run(store, capsys):  # noqa: ARG001  (every call goes to a store of its own)
    def call(*arguments):
        try:
            code = command.main([str(one) for one in arguments])
        except SystemExit as left:
            code = left.code
        return Said(code, *capsys.readouterr())

    return call


def write(path, columns, rows):
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(columns)
        writer.writerows(rows)
    return path


@pytest.fixture
def chats(tmp_path):
    return write(tmp_path / "chats.csv", CHAT_COLUMNS, CHATS)


@pytest.fixture
def outcomes(tmp_path):
    return write(tmp_path / "outcomes.csv", OUTCOME_COLUMNS, OUTCOMES)


@pytest.fixture
def loaded(run, chats, outcomes):
    """The report of the load of both files."""
    said = run("ingest", chats, outcomes, "--json")
    assert said.code == command.DONE
    return said.json["files"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    pipeline.write_demo(folder, conversations=60, seed=3)
    return folder


# Help and wrong use


def test_every_verb_of_the_contract_is_there():
    assert set(arguments.verbs()) == VERBS


@pytest.mark.parametrize("given", [("-h",), *((verb, "-h") for verb in sorted(VERBS))])
def test_help_is_printed_for_everything(run, given):
    said = run(*given)
    assert (said.code, said.err) == (command.DONE, "")
    assert said.out.startswith("usage: python -m analysis")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ((), "VERB"),
        (("mail",), "mail"),
        (("ingest",), "FILE"),
        (("tag",), "FILE"),
        (("undo",), "BATCH"),
        (("forget",), "CUSTOMER_ID"),
        (("export",), "--out"),
        (("demo",), "--out"),
        (("ingest", "a.csv", "--kind", "mail"), "--kind"),
        (("ingest", "a.csv", "--format", "pdf"), "--format"),
        (("ingest", "a.csv", "--workers", "0"), "1 이상의 정수"),
        (("demo", "--out", "a", "--conversations", "many"), "1 이상의 정수"),
        (("drivers", "--from", "2026-13-01"), "2026-06-30처럼"),
        (("drivers", "--topic", "weather"), "--topic"),
        (("drivers", "--behaviour", "no_smile"), "--behaviour"),
        (("drivers", "--covariates", ","), "--covariates"),
        (("drivers", "--covariates", "plan", "--no-adjust"), "--no-adjust"),
        (("scripts", "--least", "0"), "1 이상의 정수"),
        (("suggest", "--least", "3"), "5 이상의 정수"),
    ],
)
def test_wrong_use_is_told_and_ends_with_2(run, store, arguments, word):
    said = run(*arguments)
    assert (said.code, said.out) == (command.WRONG_USE, "")
    assert word in said.err
    assert not store.exists()


# Known problems


def _locked(folder, password):
    row = {"conversation_id": "1", "speaker": "고객", "text": "네"}
    return lock(write_table(folder / "a.xlsx", [row], columns=list(row)), password)


def _file(folder, name, content):
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


HEADER = "conversation_id,speaker,text\n"
GOOD = HEADER + "1,고객,네\n"
PROBLEMS = {
    "no such file": (lambda d: ("ingest", d / "none.csv"), 1, "파일이 없습니다"),
    "folder": (lambda d: ("ingest", d), 1, "파일이 없습니다"),
    "empty file": (lambda d: ("ingest", _file(d, "a.csv", "")), 1, "빈 파일"),
    "missing column": (
        lambda d: ("ingest", _file(d, "a.csv", f"conversation_id,text\n1,{SECRET}\n")),
        1,
        "speaker",
    ),
    "no header": (
        lambda d: ("ingest", _file(d, "a.csv", f"{SECRET},네\n{SECRET},네\n")),
        1,
        "필요한 열",
    ),
    "unknown speakers": (
        lambda d: ("ingest", _file(d, "a.csv", HEADER + f"1,{SECRET},네\n")),
        1,
        "--agent",
    ),
    "broken encoding": (
        lambda d: ("ingest", _file(d, "a.csv", GOOD.encode() + f"1,고객,{SECRET}".encode()[:-1])),
        1,
        "UTF-8",
    ),
    "cut json": (
        lambda d: ("ingest", _file(d, "a.json", f'[{{"text": "{SECRET}"')),
        1,
        "JSON",
    ),
    "no workbook": (lambda d: ("ingest", _file(d, "a.xlsx", SECRET)), 1, "엑셀"),
    "locked workbook": (lambda d: ("ingest", _locked(d, "비밀")), 1, "--password-file"),
    "wrong password": (
        lambda d: ("tag", _locked(d, "비밀"), "--password-file", _file(d, "word", SECRET)),
        1,
        "암호가 맞지 않아",
    ),
    "no password file": (
        lambda d: ("ingest", _locked(d, "비밀"), "--password-file", d / "none"),
        1,
        "none",
    ),
    "empty password file": (
        lambda d: ("tag", _locked(d, "비밀"), "--password-file", _file(d, "word", "\n")),
        2,
        "--password-file",
    ),
    "password file of no text": (
        lambda d: ("ingest", _locked(d, "비밀"), "--password-file", _file(d, "word", b"\xff\xfe")),
        2,
        "UTF-8",
    ),
    "mapped column is not there": (
        lambda d: ("ingest", _file(d, "a.csv", GOOD), "--map", "text=말"),
        1,
        "말",
    ),
    "unknown field": (
        lambda d: ("ingest", _file(d, "a.csv", GOOD), "--map", "mood=text"),
        2,
        "--map",
    ),
    "no field=column": (
        lambda d: ("ingest", _file(d, "a.csv", GOOD), "--map", "text"),
        2,
        "FIELD=COLUMN",
    ),
    "nothing to tag": (
        lambda d: ("tag", write(d / "o.csv", OUTCOME_COLUMNS, OUTCOMES)),
        1,
        "고객 결과 파일",
    ),
    "tags into no folder": (
        lambda d: ("tag", _file(d, "a.csv", GOOD), "--out", d / "none" / "a.jsonl"),
        1,
        "a.jsonl",
    ),
    "export into no folder": (lambda d: ("export", "--out", d / "none" / "a.csv"), 1, "a.csv"),
    "workbook into no folder": (lambda d: ("export", "--out", d / "none" / "a.xlsx"), 1, "a.xlsx"),
    "export of another kind": (lambda d: ("export", "--out", d / "a.pdf"), 2, ".xlsx, .csv, .html"),
    "demo into a file": (lambda d: ("demo", "--out", _file(d, "a", "")), 1, "/a:"),
    "store is a file": (lambda d: ("batches", "--store", _file(d, "a", "")), 1, "/a"),
    "load into a file": (
        lambda d: ("ingest", _file(d, "a.csv", GOOD), "--store", _file(d, "a", "")),
        1,
        "/a",
    ),
    "unknown batch": (lambda _: ("undo", "b-none"), 1, "b-none"),
    "unknown customer": (lambda _: ("forget", "k-none"), 1, "지운 것이 없습니다"),
    "sent once": (lambda _: ("scripts", "--least", "1"), 2, "2 이상의 정수"),
    "no days": (lambda _: ("drivers", "--horizon", "0"), 2, "3650"),
}


@pytest.mark.parametrize(("arguments", "code", "word"), PROBLEMS.values(), ids=PROBLEMS)
def test_known_problem_is_one_sentence_without_text_of_the_file(
    run, store, tmp_path, arguments, code, word
):
    said = run(*arguments(tmp_path))
    assert (said.code, said.out) == (code, "")
    assert said.err.count("\n") == 1
    assert word in said.err
    assert SECRET not in said.err
    assert not store.exists()


def test_problem_of_one_file_leaves_the_others_loaded(run, tmp_path, chats):
    said = run("ingest", tmp_path / "none.csv", chats, "--json")
    bad, good = said.json["files"]
    assert said.code == command.REFUSED
    assert bad["file"] == "none.csv"
    assert "파일이 없습니다" in bad["error"]
    assert good["documents"] == 3


def test_refused_tagging_leaves_no_file_behind(run, tmp_path, outcomes):
    run("tag", outcomes, "--out", tmp_path / "tags.jsonl")
    assert not (tmp_path / "tags.jsonl").exists()


# Loading


def test_load_reports_every_row_of_the_file(loaded):
    first, second = loaded
    assert (first["kind"], first["rows"], first["documents"], first["turns"]) == ("chat", 8, 3, 8)
    assert (second["kind"], second["rows"], second["documents"]) == ("outcomes", 2, 2)
    assert first["rejected"] == second["rejected"] == []


def test_same_file_again_says_so_and_changes_nothing(run, store, loaded, chats):
    before = tables.version(store)
    said = run("ingest", chats, "--json")
    again = said.json["files"][0]
    assert said.code == command.DONE
    assert "이미 가져온 파일" in said.err
    assert (again["already_loaded"], again["documents"]) == (True, 0)
    assert again["batch_id"] == loaded[0]["batch_id"]
    assert tables.version(store) == before


@pytest.mark.parametrize(("strict", "code"), [((), 0), (("--strict",), 1)])
def test_rejected_rows_are_listed_and_fail_only_where_strict(run, tmp_path, strict, code):
    path = _file(tmp_path, "a.csv", GOOD + f"1,{SECRET},네\n1,상담사,\n")
    said = run("ingest", path, "--json", *strict)
    assert said.code == code
    assert [row["row"] for row in said.json["files"][0]["rejected"]] == [3, 4]
    assert "3행: 발화자" in said.err
    assert SECRET not in said.err + said.out


def test_columns_are_connected_by_hand(run, tmp_path):
    path = _file(tmp_path, "a.csv", "방,누가,말\n1,고객,화가 나네요\n1,상담사,네\n")
    mapping = ("--map", "conversation_id=방", "--map", "speaker=누가", "--map", "text=말")
    assert run("ingest", path, "--kind", "chat", *mapping, "--json").json["files"][0]["turns"] == 2


def test_one_value_stands_for_a_column(run, tmp_path):
    path = write(tmp_path / "o.csv", ("customer_id", "churned_at"), [("k-1", "2026-03-20")])
    assert "observed_until==2026-06-30" in run("ingest", path).err
    said = run("ingest", path, "--map", "observed_until==2026-06-30", "--json")
    assert said.json["files"][0]["documents"] == 1


def test_names_are_told_apart_by_the_agents_that_are_named(run, tmp_path):
    path = _file(tmp_path, "a.csv", HEADER + "1,구름,화가 나네요\n1,바다,죄송합니다\n")
    said = run("tag", path, "--agent", "바다")
    turns = json.loads(said.out)["turns"]
    assert [turn["speaker"] for turn in turns] == ["customer", "agent"]


@pytest.mark.parametrize("ending", ["", "\n", "\r\n", "\n다음 줄\n"])
def test_locked_workbook_opens_with_the_first_line_of_the_password_file(run, tmp_path, ending):
    options = ("--password-file", _file(tmp_path, "word", "여름 비 " + ending))
    path = _locked(tmp_path, "여름 비 ")
    assert json.loads(run("tag", path, *options).out)["turns"][0]["text"] == "네"
    assert run("ingest", path, *options, "--json").json["files"][0]["documents"] == 1


def test_password_file_is_no_hindrance_where_nothing_is_locked(run, tmp_path, chats):
    word = _file(tmp_path, "word", "비밀")
    said = run("ingest", _locked(tmp_path, "비밀"), chats, "--password-file", word, "--json")
    assert [one["documents"] for one in said.json["files"]] == [1, 3]


def test_kind_says_what_the_columns_leave_open(run, tmp_path):
    path = _file(tmp_path, "a.csv", "접수번호,내용\n1,상담이 엉망이었다\n2,친절했다\n")
    found = run("ingest", path, "--kind", "review", "--json").json["files"][0]
    assert (found["kind"], found["documents"]) == ("review", 2)


def test_format_says_what_the_content_leaves_open(run, tmp_path):
    path = _file(tmp_path, "a.csv", "구매 후기, 그리고 상담\n정말 별로였다.\n")
    found = run("ingest", path, "--format", "txt", "--json").json["files"][0]
    assert (found["format"], found["documents"]) == ("txt", 1)


# One JSON object


JSON_VERBS = {
    "ingest": lambda chats, _: ("ingest", chats),
    "drivers": lambda _, __: ("drivers",),
    "scripts": lambda _, __: ("scripts", "--least", "2"),
    "suggest": lambda _, __: ("suggest", "--least", "5"),
    "batches": lambda _, __: ("batches",),
    "undo": lambda _, batch: ("undo", batch),
    "forget": lambda _, __: ("forget", "k-1"),
}


@pytest.mark.parametrize("arguments", JSON_VERBS.values(), ids=JSON_VERBS)
def test_json_is_one_object_and_nothing_else_on_stdout(run, loaded, chats, arguments):
    said = run(*arguments(chats, loaded[0]["batch_id"]), "--json")
    assert said.code == command.DONE
    assert isinstance(said.json, dict)
    assert said.out.count("\n") == 1


def test_output_is_printed_once_by_the_module_itself(store, chats):
    done = subprocess.run(
        [sys.executable, "-m", "analysis", "ingest", chats, "--json"],
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["files"][0]["documents"] == 3
    assert done.stderr.count("\n") == 1
    assert tables.exists(store)


def test_reader_that_stops_early_is_no_problem(demo):
    with subprocess.Popen(
        [sys.executable, "-m", "analysis", "tag", demo / "chats.csv"],
        cwd=settings.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as tagging:
        assert tagging.stdout.readline().startswith(b'{"id"')
        tagging.stdout.close()
        assert tagging.stderr.read() == b""
    assert tagging.returncode == command.DONE


# Tagging without a store


@pytest.fixture(scope="module")
def tagged(demo, tmp_path_factory):
    """The demo's chats and reviews as the labelled documents that `tag` writes."""
    found = []
    for name in ("chats", "reviews"):
        out = tmp_path_factory.mktemp("tagged") / f"{name}.jsonl"
        assert command.main(["tag", str(demo / f"{name}.csv"), "--out", str(out)]) == command.DONE
        found += [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    return found


def of_kind(tagged, kind):
    return [one for one in tagged if one["kind"] == kind]


def test_tagged_documents_have_the_codebooks_shape(tagged):
    common = {"id", "kind", "labels", "evidence", "opportunities"}
    assert {frozenset(one) for one in of_kind(tagged, "chat")} == {frozenset(common | {"turns"})}
    assert {frozenset(one) for one in of_kind(tagged, "review")} == {frozenset(common | {"text"})}
    assert all(set(one["labels"]) == {"topics", "customer", "agent", "sentiment"} for one in tagged)


@pytest.mark.parametrize(
    ("group", "vocabulary"),
    [
        ("topics", codebook.TOPICS),
        ("customer", codebook.SIGNALS),
        ("agent", codebook.BEHAVIOURS),
    ],
)
def test_labels_are_ids_of_the_codebook_and_some_hold(tagged, group, vocabulary):
    held = {label for one in tagged for label in one["labels"][group]}
    assert held
    assert held <= set(vocabulary)


def test_tagged_documents_keep_the_files_ids_in_order(tagged, demo):
    with (demo / "chats.csv").open(encoding="utf-8-sig", newline="") as lines:
        ids = dict.fromkeys(row["conversation_id"] for row in csv.DictReader(lines))
    assert [one["id"] for one in of_kind(tagged, "chat")] == list(ids)


def test_every_label_of_a_chat_shows_in_turns_of_the_chat(tagged):
    for one in of_kind(tagged, "chat"):
        held = one["labels"]["topics"] + one["labels"]["customer"] + one["labels"]["agent"]
        assert set(held) - {"other"} <= set(one["evidence"]) <= set(held)
        places = [place for shown in one["evidence"].values() for place in shown]
        assert all(0 <= place < len(one["turns"]) for place in places)


def test_sentiment_of_a_chat_is_that_of_its_customers_turns(tagged):
    for one in of_kind(tagged, "chat"):
        said = [at for at, turn in enumerate(one["turns"]) if turn["speaker"] == "customer"]
        assert [int(at) for at in one["labels"]["sentiment"]] == said
        assert set(one["labels"]["sentiment"].values()) <= set(codebook.SENTIMENTS)


def test_behaviours_of_a_chat_hold_only_where_they_could(tagged):
    chats = of_kind(tagged, "chat")
    assert any(one["opportunities"] for one in chats)
    assert all(set(one["labels"]["agent"]) <= set(one["opportunities"]) for one in chats)
    assert all(set(one["opportunities"]) <= set(codebook.BEHAVIOURS) for one in chats)


def test_evidence_of_a_review_is_verbatim(tagged):
    reviews = of_kind(tagged, "review")
    quoted = [
        (one["text"], quote)
        for one in reviews
        for shown in one["evidence"].values()
        for quote in shown
    ]
    assert quoted
    assert all(quote and quote in text for text, quote in quoted)


def test_tagged_documents_are_read_back_as_they_were(run, tagged, tmp_path):
    again = _file(tmp_path, "a.jsonl", "".join(json.dumps(one) + "\n" for one in tagged))
    said = run("tag", again)
    assert [json.loads(line) for line in said.out.splitlines()] == tagged


def test_tagging_touches_no_store(run, store, chats):
    said = run("tag", chats)
    assert (said.code, said.err) == (command.DONE, "")
    assert len(said.out.splitlines()) == 3
    assert not store.exists()


# Reading verbs


def test_batches_are_listed_newest_first(run, loaded):
    found = run("batches", "--json").json["batches"]
    assert [one["batch_id"] for one in found] == [one["batch_id"] for one in reversed(loaded)]
    assert [one["file"] for one in found] == ["outcomes.csv", "chats.csv"]
    assert all(one["batch_id"] in run("batches").out for one in loaded)


def test_comparison_counts_what_the_options_let_through(run, loaded):
    assert loaded

    def documents(*options):
        return run("drivers", "--json", *options).json["flow"]["documents"]

    assert documents() == 3
    assert documents("--channel", "앱") == 1
    assert documents("--channel", "앱", "--channel", "웹") == 3
    assert documents("--from", "2026-03-03") == 2
    assert documents("--from", "2026-03-03", "--to", "2026-03-03") == 1


def test_horizon_decides_who_is_followed(run, loaded):
    assert loaded
    assert run("drivers", "--horizon", "60", "--json").json["flow"]["followed"] == 3
    found = run("drivers", "--horizon", "180", "--json").json
    # k-2 stayed, and was watched for less than 180 days: nobody knows.
    assert (found["horizon_days"], found["flow"]["followed"]) == (180, 2)


def test_comparison_is_one_sentence_a_behaviour(run, loaded):
    assert loaded
    lines = run("drivers").out.splitlines()
    assert len(lines) == len(codebook.BEHAVIOURS)
    assert all("n=" in line for line in lines)


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """A store with invented chats enough to compare, made once."""
    folder = tmp_path_factory.mktemp("compared")
    pipeline.write_demo(folder / "demo", conversations=400, seed=3)
    for name in ("outcomes", "chats"):
        pipeline.load(folder / "demo" / f"{name}.csv", folder / "store", workers=1)
    return folder / "store"


def test_covariates_can_be_chosen_or_done_without(run, compared):
    def adjusted(*options):
        found = run("drivers", "--store", str(compared), "--json", *options).json
        return found["behaviours"][0]["adjusted"]

    assert "topics" in adjusted()["covariates"]
    assert adjusted("--covariates", "industry, channel")["covariates"] == ["industry", "channel"]
    assert set(adjusted("--no-adjust")) == {"refused"}


def test_one_behaviour_is_looked_at_closely(run, compared):
    chosen = ("drivers", "--store", str(compared), "--behaviour", "no_apology")
    closer = run(*chosen, "--json").json["closer"]
    assert closer["exposed"]["points"]
    assert 0 <= closer["log_rank_p"] <= 1
    lines = run(*chosen).out.splitlines()
    assert sum(not line.startswith("  ") for line in lines) == 1
    assert any("p=" in line or "p<" in line for line in lines)


@pytest.fixture
def repeated(run, tmp_path):
    """A load in which two agents say the same in four chats, and one of them greets in two."""
    columns = ("conversation_id", "agent_id", "channel", "sent_at", "speaker", "text")
    said = "주문하신 상품은 {day}일에 출고되었습니다."
    rows = [
        (f"c-{at}", f"a-{at % 2}", "앱" if at < 3 else "웹", f"2026-03-0{at} 10:00", "상담사", text)
        for at in range(1, 5)
        for text in (said.format(day=at), "안녕하세요 고객님." if at % 2 else "네.")
    ]
    assert run("ingest", write(tmp_path / "said.csv", columns, rows)).code == command.DONE


@pytest.mark.usefixtures("repeated")
def test_scripts_are_one_line_a_family_the_most_frequent_first(run):
    first, second = run("scripts", "--least", "2").out.splitlines()
    assert first.startswith("4번 (50.00%) · 대화 4건 · 상담사 2명 · 상담 내용 · s-")
    assert "2번 (25.00%) · 대화 2건 · 상담사 1명 · 인사" in second


@pytest.mark.usefixtures("repeated")
def test_scripts_as_json_name_what_is_behind_every_figure(run):
    found = run("scripts", "--least", "2", "--json").json
    assert (found["sentences"], found["conversations"], found["agents"]) == (8, 4, 2)
    one = found["families"][0]
    assert (one["n"], one["share"], one["conversations"], one["mark"]) == (4, 0.5, 4, None)
    assert one["agents"] == [{"id": "a-0", "n": 2, "of": 4}, {"id": "a-1", "n": 2, "of": 4}]
    assert [example["document_id"] for example in one["examples"]] == ["c-4", "c-3", "c-2", "c-1"]


def test_suggest_says_how_many_more_documents_are_needed(run):
    said = run("suggest")
    assert (said.code, said.out) == (command.DONE, "")
    assert "더 필요합니다" in said.err


def test_suggest_lists_what_nobody_has_named(run, tmp_path):
    rows = [(f"p-{at}", "", "앱", "", "고객", text) for at, text in enumerate(texts("parking", 30))]
    run("ingest", write(tmp_path / "parking.csv", CHAT_COLUMNS, rows))
    found = run("suggest", "--least", "10", "--json").json
    assert (found["least"], found["sampled"], found["needed"]) == (10, False, 0)
    for one in found["suggestions"]:
        assert one["documents"] >= 10
        assert one["share"] == one["documents"] / found["documents"]
        assert len(one["examples"]) == 3
    lines = run("suggest", "--least", "10").out.splitlines()
    assert [line.split()[0] for line in lines] == [one["id"] for one in found["suggestions"]]


@pytest.mark.usefixtures("repeated")
def test_scripts_count_what_the_options_let_through(run):
    def sentences(*options):
        return run("scripts", "--json", *options).json["sentences"]

    assert sentences("--channel", "앱") == 4
    assert sentences("--from", "2026-03-02", "--to", "2026-03-03") == 4
    said = run("scripts", "--least", "5")
    assert (said.code, said.out, said.err) == (0, "", "4번 넘게 되풀이된 문장이 없습니다.\n")


@pytest.mark.usefixtures("repeated")
def test_scripts_say_what_is_approved(run, store):
    found = run("scripts", "--least", "2", "--json").json["families"][0]
    macros.put(store, [found["id"]], macros.Mark.MACRO)
    assert run("scripts", "--least", "2", "--json").json["families"][0]["mark"] == "macro"
    assert "상담 내용 · 승인 매크로" in run("scripts", "--least", "2").out


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "html"])
def test_reading_an_empty_store_gives_nothing_and_makes_nothing(run, store, tmp_path, suffix):
    assert run("batches", "--json").json == {"batches": []}
    assert run("batches").out == "가져온 배치가 없습니다.\n"
    assert set(run("drivers", "--json").json["flow"].values()) == {0}
    assert "건수 부족" in run("drivers").out
    assert run("scripts", "--json").json["families"] == []
    said = run("export", "--out", tmp_path / f"a.{suffix}")
    assert (said.code, said.err.startswith("0건")) == (command.DONE, True)
    assert (tmp_path / f"a.{suffix}").stat().st_size > 0
    assert run("sample", "--remove").code == command.DONE
    assert not store.exists()


# Export


def test_csv_opens_in_a_spreadsheet_one_row_a_document(run, loaded, tmp_path):
    assert loaded
    out = tmp_path / "a.csv"
    assert run("export", "--out", out).code == command.DONE
    rows = pd.read_csv(out, encoding="utf-8-sig")
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert list(rows["document_id"]) == ["c-1", "c-2", "c-3"]
    assert set(codebook.ALL_TAGS) <= set(rows.columns)
    assert set(rows["file"]) == {"chats.csv"}
    assert rows["evidence"][0].startswith(("complaint", "unexpected_charge", "trial_promo"))


FORMULAS = ("=1+1", "+1", "-1", "@a", "\x0b=1")


def _with_formulas(tmp_path):
    rows = [(f"{one}{at}", one, one, "", "고객", f"{one} 화가 나요\x0b 정말")
            for at, one in enumerate(FORMULAS)]  # fmt: skip
    return write(tmp_path / "formulas.csv", CHAT_COLUMNS, rows)


def test_text_in_a_csv_is_never_a_formula(run, tmp_path):
    run("ingest", _with_formulas(tmp_path))
    run("export", "--out", tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    assert len(rows) == 1 + len(FORMULAS)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_text_in_a_workbook_is_never_a_formula(run, tmp_path):
    run("ingest", _with_formulas(tmp_path))
    assert run("export", "--out", tmp_path / "a.xlsx").code == command.DONE
    sheet = load_workbook(tmp_path / "a.xlsx")["documents"]
    assert sheet.max_row == 1 + len(FORMULAS)
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}


def test_report_is_one_page_with_nothing_from_elsewhere(run, loaded, tmp_path):
    assert loaded
    run("export", "--out", tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert not [one for one in ("<script", "http:", "https:", "<img", "<link") if one in page]
    assert page.count("<h3>") == len(codebook.BEHAVIOURS)


# Taking out again


def test_undone_batch_is_gone_and_can_be_loaded_again(run, loaded, chats):
    said = run("undo", loaded[0]["batch_id"], "--json")
    assert said.json == {"batch_id": loaded[0]["batch_id"], "documents": 3}
    assert run("drivers", "--json").json["flow"]["documents"] == 0
    assert run("undo", loaded[0]["batch_id"]).code == command.REFUSED
    assert run("ingest", chats, "--json").json["files"][0]["documents"] == 3


def test_forgotten_customer_is_in_no_byte_of_the_store(run, store, loaded):
    assert loaded
    texts = [row[5] for row in CHATS if row[1] == "k-1"]
    kept = next(row[5] for row in CHATS if row[4] == "상담사" and row[1] == "k-2")
    assert found_in(store, [*texts, "k-1", kept]) == {*texts, "k-1", kept}
    said = run("forget", "k-1", "--json")
    assert (said.json["removed"]["documents"], said.json["removed"]["outcomes"]) == (2, 1)
    assert found_in(store, [*texts, "k-1", kept]) == {kept}
    assert run("forget", "k-1").code == command.REFUSED


def test_customer_whose_id_is_a_phone_number_is_forgotten_however_it_is_written(run, tmp_path):
    path = write(tmp_path / "a.csv", CHAT_COLUMNS, [("c", "010-1234-5678", "", "", "고객", "네")])
    run("ingest", path)
    assert run("forget", "01012345678", "--json").json["removed"]["documents"] == 1


# Invented data


def test_demo_writes_its_files_and_the_truth(run, store, tmp_path):
    said = run("demo", "--conversations", "20", "--seed", "5", "--out", tmp_path / "demo")
    truth = json.loads((tmp_path / "demo" / "truth.json").read_text(encoding="utf-8"))
    assert said.code == command.DONE
    assert (truth["conversations"], truth["seed"]) == (20, 5)
    assert all(
        (tmp_path / "demo" / f"{one}.csv").exists() for one in ("chats", "reviews", "outcomes")
    )
    assert not store.exists()


def test_sample_fills_an_empty_store_only_and_goes_alone(run, store, chats):
    assert run("sample", "--conversations", "20").code == command.DONE
    assert tables.has_samples(store)
    before = tables.version(store)
    assert "이미 자료가 있어" in run("sample", "--conversations", "20").err
    assert tables.version(store) == before
    run("ingest", chats)
    assert run("sample", "--remove").code == command.DONE
    assert [one["file"] for one in run("batches", "--json").json["batches"]] == ["chats.csv"]
    assert not tables.has_samples(store)


def test_own_file_can_be_marked_as_sample(run, store, chats):
    run("ingest", chats, "--sample")
    assert tables.has_samples(store)


# Checks by people


def test_checks_are_counted_by_tag_in_words_and_as_json(run, store, loaded):  # noqa: ARG001
    pipeline.check(store, "c-1", "chat", "complaint", True, reviewer="김")
    pipeline.check(store, "c-2", "chat", "complaint", False, reviewer="김")
    pipeline.check(store, "c-3", "chat", "privacy_security", True, reviewer="김")
    said = run("checks", "--json").json
    assert said["documents"] == 3
    complaint, added = said["tags"]
    assert (complaint["id"], complaint["checked"], complaint["right"]) == ("complaint", 2, 1)
    # Wilson (1927) for 1 of 2.
    assert complaint["interval"] == pytest.approx([0.0945, 0.9055], abs=5e-5)
    assert (added["id"], added["share"], added["interval"], added["added"]) == (
        "privacy_security", None, None, 1,
    )  # fmt: skip
    words = run("checks")
    assert "불만: 확인 n=2 가운데 맞음 1 (50.0% [9.5%, 90.5%])" in words.out
    assert "개인정보·보안: 프로그램이 붙이지 않은 문서 1건에" in words.out
    assert "3건" in words.err


def test_store_without_checks_says_so(run):
    assert run("checks", "--json").json == {"documents": 0, "tags": []}


def test_checks_stand_in_the_export(run, store, loaded, tmp_path):  # noqa: ARG001
    pipeline.check(store, "c-1", "chat", "complaint", False, reviewer="=김")
    run("export", "--out", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig") as lines:
        rows = {row["document_id"]: row for row in csv.DictReader(lines)}
    assert rows["c-1"]["checked_removed"] == "complaint"
    assert rows["c-1"]["checked_by"] == "'=김"
    assert rows["c-2"]["checked_by"] == ""


# Rules of the house


@pytest.fixture
def own(tmp_path):
    """A file with a rule that holds for two of the chats."""
    file = tmp_path / "own.json"
    rule = {
        "id": "house_00000a",
        "name": "=화남",
        "group": "customer",
        "contains": ["화가나", "실망"],
    }
    file.write_text(json.dumps({"rules": [rule]}), encoding="utf-8")
    return file


def test_rules_are_tried_out_then_saved_then_listed(run, loaded, own):  # noqa: ARG001
    assert "우리 규칙이 없습니다." in run("rules").out
    said = run("rules", "--check", own, "--json").json
    assert said["rules"] == [
        {
            "id": "house_00000a", "name": "=화남", "documents": 3, "matched": 2, "share": 2 / 3,
            "gained": 0, "lost": 0, "checked": 0, "right": 0,
        }
    ]  # fmt: skip
    assert "=화남: n=3 가운데 2건 (66.7%)" in run("rules", "--check", own).out
    assert run("rules", "--json").json == {"version": 0, "rules": []}
    saved = run("rules", "--import", own, "--json")
    assert "판 1" in saved.err
    assert saved.json["rules"][0]["contains"] == ["화가나", "실망"]
    assert run("rules").out == "house_00000a  customer  =화남\n"


def test_rules_reach_the_export_and_the_labels(run, chats, own, tmp_path):
    run("rules", "--import", own)
    run("ingest", chats)
    run("export", "--out", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig") as lines:
        rows = {row["document_id"]: row for row in csv.DictReader(lines)}
    assert (rows["c-1"]["house"], rows["c-1"]["house_names"]) == ("house_00000a", "'=화남")
    assert (rows["c-3"]["house"], rows["c-3"]["house_names"]) == ("", "")
    lines = run("tag", chats, "--rules", own).out.splitlines()
    assert [json.loads(line)["labels"]["house"] for line in lines] == [
        ["house_00000a"], ["house_00000a"], [],
    ]  # fmt: skip


def test_rule_that_cannot_be_used_is_refused_and_nothing_saved(run, store, own):
    own.write_text('{"rules": [{"name": "x", "group": "agent", "contains": []}]}', encoding="utf-8")
    for option in ("--check", "--import"):
        said = run("rules", option, own)
        assert said.code == command.REFUSED
        assert said.err.startswith("own.json #1 x: ")
    assert not (store / "rules").exists()
    assert run("rules", "--check", own.with_name("none.json")).code == command.REFUSED


# Tagging anew


def test_saved_rules_reach_what_is_loaded_by_tagging_anew(run, loaded, own, tmp_path):
    (chats, _) = loaded
    run("rules", "--import", own)
    said = run("retag", "--json")
    assert said.json | {"seconds": 0} == {
        "batches": 1, "documents": 3, "by_model": 0, "present": 0, "undone": 0, "seconds": 0,
    }  # fmt: skip
    assert "배치 1개의 문서 3건" in said.err
    assert run("retag", "--json").json["present"] == 1
    run("export", "--out", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig") as lines:
        assert sum(row["house"] == "house_00000a" for row in csv.DictReader(lines)) == 2
    # The id that the load had before still undoes it.
    assert run("undo", chats["batch_id"], "--json").json["documents"] == 3


def test_unknown_batch_is_not_tagged_anew(run, loaded):  # noqa: ARG001
    said = run("retag", "--batch", "b-0")
    assert said.code == command.REFUSED
    assert "b-0" in said.err
