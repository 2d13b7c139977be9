"""From a file to the store and back through the command line, with a language model in between."""

from __future__ import annotations

import csv
import json
import logging
import os
import socket
import subprocess
import sys

import pytest

from analysis import __main__ as command
from analysis import settings
from analysis.model import Scope
from analysis.store import conversations, tables
from analysis.tagging import tag
from tests.llm.standing_in import MODEL, Answer, always, first, well
from tests.searching import found_in

KEY = "sk-geheim-0123456789"
PHONE, MAIL = "010-2345-6789", "sky.river@example.com"
# Words of the texts that are no personal data: they may be sent, and stored with their documents.
SAID = "결제가 두 번"
COLUMNS = ("conversation_id", "customer_id", "agent_id", "channel", "speaker", "text")
CHATS = (
    ("c-1", "k-1", "직원-7", "앱", "고객", f"{SAID} 됐어요. 번호는{PHONE}이고 메일은 {MAIL}이요"),
    ("c-1", "k-1", "직원-7", "앱", "상담사", f"{PHONE}로 연락드리겠습니다"),
    ("c-2", "k-2", "직원-8", "웹", "고객", "배송이 아직도 안 왔어요"),
    ("c-2", "k-2", "직원-8", "웹", "상담사", "늦어져서 정말 죄송합니다"),
    (PHONE, PHONE, "직원-8", "웹", "고객", "영수증은 어디서 받나요?"),
    (PHONE, PHONE, "직원-8", "웹", "상담사", "주문 내역에서 받으실 수 있습니다"),
)


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("SAGWA_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.fixture
def chats(tmp_path):
    path = tmp_path / "chats.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([COLUMNS, *CHATS])
    return path


@pytest.fixture
def run(store, capsys):  # noqa: ARG001  (every call goes to a store of its own)
    """Run one verb; gives its exit code, stdout and stderr."""

    def call(*arguments):
        try:
            code = command.main([str(one) for one in arguments])
        except SystemExit as left:
            code = left.code
        return code, *capsys.readouterr()

    return call


def ingested(run, chats, *options):
    code, out, err = run("ingest", chats, "--tagger", "llm", "--json", *options)
    assert code == command.DONE
    return json.loads(out)["files"][0], err


def tagged_by(store):
    return tables.batches(store)["tagger_version"][0]


def test_nothing_is_sent_unless_it_is_asked_for(serve, run, chats, store):
    server = serve()
    assert run("ingest", chats)[0] == command.DONE
    assert server.requests == []
    assert tagged_by(store) == tag.VERSION


def test_model_tags_the_load_and_the_report_says_what_it_took(
    serve, run, chats, store, monkeypatch
):
    monkeypatch.setenv("SAGWA_LLM_PRICE_IN", "2")
    monkeypatch.setenv("SAGWA_LLM_PRICE_OUT", "10")
    server = serve()
    found, err = ingested(run, chats)
    assert (found["documents"], found["llm"]["answered"], found["llm"]["cached"]) == (3, 3, 0)
    assert found["llm"]["cost"] == pytest.approx(3 * 0.004)
    before, after = (line for line in err.splitlines() if MODEL in line)
    # Before: how many, where to, and for how much; after: what it was.
    assert "3건" in before
    assert server.url.removesuffix("/v1") in before
    assert before.endswith("USD.")
    assert "3,000" in after
    assert "0.0120 USD" in after
    assert tagged_by(store).startswith(f"llm:{MODEL}/")
    assert tagged_by(store).endswith(f"+{tag.VERSION}")
    assert MODEL in run("batches")[1]
    rows = conversations.export_rows(store, Scope())
    assert rows["delivery"].all()
    assert rows["empathy"].all()


def test_no_personal_data_and_no_key_is_sent_logged_or_stored(
    serve, run, chats, store, monkeypatch, caplog, tmp_path
):
    caplog.set_level(logging.DEBUG)
    (tmp_path / "key.txt").write_text(KEY, encoding="utf-8")
    monkeypatch.setenv("SAGWA_LLM_KEY_FILE", str(tmp_path / "key.txt"))
    server = serve(first(Answer(status=500), Answer("?"), then=well))
    code, out, err = run("ingest", chats, "--tagger", "llm", "--json")
    assert (code, json.loads(out)["files"][0]["llm"]["answered"]) == (command.DONE, 3)

    sent = json.dumps([body for _, body in server.requests], ensure_ascii=False)
    assert SAID in sent
    assert "[전화번호]" in sent
    unknown = ("k-1", "c-1", "직원-7", "chats.csv", "앱")
    assert not [text for text in (PHONE, MAIL, KEY, *unknown) if text in sent]
    assert all(headers["Authorization"] == f"Bearer {KEY}" for headers, _ in server.requests)
    assert found_in(store, [SAID, PHONE, MAIL, KEY]) == {SAID}
    for shown in (out, err, caplog.text):
        assert not [text for text in (PHONE, MAIL, KEY, SAID) if text in shown]


def test_same_file_is_neither_loaded_nor_paid_for_again(serve, run, chats):
    server = serve()
    ingested(run, chats)
    found, _ = ingested(run, chats)
    assert (found["already_loaded"], found["llm"]) == (True, None)
    assert len(server.requests) == 3


def test_load_of_the_built_in_tagger_can_be_read_by_the_model_and_back(serve, run, chats, store):
    serve()
    run("ingest", chats)
    found, _ = ingested(run, chats)
    assert (found["already_loaded"], found["replaced"]) == (False, 3)
    # The built-in tagger does not take the model's place by accident.
    _, out, _ = run("ingest", chats, "--json")
    assert json.loads(out)["files"][0]["already_loaded"]
    assert run("undo", found["batch_id"])[0] == command.DONE
    assert tagged_by(store) == tag.VERSION


def test_rest_is_asked_for_by_loading_again(serve, run, chats, store, monkeypatch):
    monkeypatch.setenv("SAGWA_LLM_PARALLEL", "1")
    server = serve(first(Answer(status=400), Answer(status=400)))
    found, err = ingested(run, chats)
    assert found["llm"]["fell_back"] == {"refused": 1}
    assert "내장 태거로 태그한 문서 1건: 서버가 거절함 1" in err
    assert tagged_by(store).endswith("~1")
    before = len(server.requests)
    found, _ = ingested(run, chats)
    assert (found["llm"]["cached"], found["llm"]["answered"]) == (2, 1)
    assert len(server.requests) == before + 1
    assert "~" not in tagged_by(store)


def test_undone_load_is_not_paid_for_again(serve, run, chats):
    server = serve()
    found, _ = ingested(run, chats)
    run("undo", found["batch_id"])
    assert ingested(run, chats)[0]["llm"]["cached"] == 3
    assert len(server.requests) == 3


def test_unreachable_address_leaves_a_whole_load_that_says_so(run, chats, store, monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("SAGWA_LLM_URL", f"http://127.0.0.1:{free.getsockname()[1]}")
    monkeypatch.setenv("SAGWA_LLM_MODEL", MODEL)
    found, err = ingested(run, chats)
    assert (found["documents"], found["llm"]["fell_back"]) == (3, {"unreachable": 3})
    assert "주소에 연결할 수 없음 3" in err
    assert tagged_by(store) == tag.VERSION


def test_budget_of_nothing_shows_the_estimate_and_sends_nothing(serve, run, chats):
    server = serve()
    found, err = ingested(run, chats, "--llm-budget", "0tokens")
    assert found["llm"]["fell_back"] == {"budget": 3}
    assert "어림잡아" in err
    assert server.requests == []


def test_outcomes_are_nothing_to_ask_about(serve, run, tmp_path, store):
    server = serve()
    path = tmp_path / "outcomes.csv"
    path.write_text("customer_id,churned_at,observed_until\nk-1,,2026-06-30\n", encoding="utf-8")
    found, _ = ingested(run, path)
    assert (found["documents"], found["llm"], server.requests) == (1, None, [])
    assert tagged_by(store) == tag.VERSION


@pytest.mark.parametrize("customer", ["k-1", PHONE])
def test_forgotten_customers_answers_are_gone(serve, run, chats, store, customer):
    server = serve()
    ingested(run, chats)
    code, out, _ = run("forget", customer, "--json")
    assert (code, json.loads(out)["removed"]["llm_answers"]) == (command.DONE, 1)
    assert not found_in(store, [customer])
    found, _ = ingested(run, chats)
    assert found["already_loaded"]
    # What is asked about again is the forgotten customer's text alone.
    run("tag", chats, "--tagger", "llm")
    assert len(server.requests) == 4


def test_tagged_lines_come_from_the_model_and_only_its_answers_are_kept(serve, run, chats, store):
    server = serve()
    code, out, err = run("tag", chats, "--tagger", "llm")
    lines = [json.loads(line) for line in out.splitlines()]
    assert (code, len(lines)) == (command.DONE, 3)
    assert all("delivery" in line["labels"]["topics"] for line in lines)
    assert "새로 답한 문서 3건" in err
    assert tables.batches(store).empty
    assert not found_in(store, [SAID, PHONE, MAIL])
    assert run("tag", chats, "--tagger", "llm")[1] == out
    assert len(server.requests) == 3
    # Whom they are about can be forgotten here, too.
    assert json.loads(run("forget", PHONE, "--json")[1])["removed"]["llm_answers"] == 1


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("ingest", "--tagger", "llm"), "SAGWA_LLM_URL"),
        (("tag", "--tagger", "llm"), "SAGWA_LLM_URL"),
        (("ingest", "--tagger", "gpt"), "--tagger"),
        (("ingest", "--llm-budget", "5"), "--tagger llm"),
    ],
)
def test_wrong_use_is_told_and_changes_nothing(run, chats, store, arguments, word):
    code, out, err = run(*arguments, chats)
    assert (code, out) == (command.WRONG_USE, "")
    assert word in err
    assert not store.exists()


@pytest.mark.parametrize("budget", ["5", "much", "-1tokens", ""])
def test_limit_that_cannot_be_kept_is_refused(serve, run, chats, budget):
    server = serve()
    code, _, err = run("ingest", chats, "--tagger", "llm", f"--llm-budget={budget}")
    assert code == command.WRONG_USE
    assert "--llm-budget" in err
    assert server.requests == []


def test_whole_way_in_a_process_of_its_own(serve, chats, store):
    """As a user runs it: no patched module, only the environment."""
    server = serve(always(Answer(status=401)))
    environment = {**os.environ, "SAGWA_LLM_KEY": KEY}
    call = [sys.executable, "-m", "analysis", "ingest", str(chats), "--tagger", "llm"]
    said = subprocess.run(
        call, cwd=settings.ROOT, env=environment, capture_output=True, text=True, timeout=120
    )
    assert said.returncode == command.DONE
    assert "서버가 거절함" in said.stderr
    assert KEY not in said.stdout + said.stderr
    assert server.requests
    assert not found_in(store, [KEY])
