"""One question over the wire: patience, its end, and where the key goes."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from analysis.llm import client
from analysis.llm.client import Client, Unanswered
from analysis.llm.configuration import configured
from tests.llm.standing_in import Answer, always, first, standing_in

ASKED = [{"role": "system", "content": "s"}, {"role": "user", "content": "{}"}]
OK = always(Answer("네"))
KEY = "sk-geheim"


@pytest.fixture
def ask():
    """Put the question with the settings as they are now."""
    return lambda: Client(configured(), threading.Event()).ask(ASKED)


def reason(ask):
    with pytest.raises(Unanswered) as told:
        ask()
    return told.value.reason, told.value.final


def test_answer_and_its_tokens_come_back(serve, ask):
    serve(OK)
    reply = ask()
    assert (reply.text, reply.tokens_in, reply.tokens_out) == ("네", 1000, 200)


def test_half_a_character_of_a_broken_export_can_be_sent(serve):
    serve(OK)
    broken = [ASKED[0], {"role": "user", "content": '{"text": "\ud83d"}'}]
    assert Client(configured(), threading.Event()).ask(broken).text == "네"


@pytest.mark.parametrize(
    "usage", [None, "much", {}, {"prompt_tokens": -1, "completion_tokens": True}]
)
def test_server_that_tells_no_tokens_is_heard_all_the_same(serve, ask, usage):
    serve(always(Answer("네", usage=usage)))
    assert (ask().tokens_in, ask().tokens_out) == (None, None)


def test_key_goes_into_the_header_and_nowhere_else(serve, ask, monkeypatch):
    server = serve(OK)
    ask()
    monkeypatch.setenv("SAGWA_LLM_KEY", KEY)
    ask()
    (without, _), (with_key, body) = server.requests
    assert "Authorization" not in without
    assert with_key["Authorization"] == f"Bearer {KEY}"
    assert KEY not in str(body)
    assert with_key["path"] == "/v1/chat/completions"


def test_busy_server_is_asked_again_after_the_wait_it_asks_for(serve, ask):
    server = serve(first(Answer(status=429, headers={"Retry-After": "1"}), then=OK))
    began = time.monotonic()
    assert ask().text == "네"
    assert time.monotonic() - began >= 1
    assert len(server.requests) == 2


def test_wait_that_a_server_asks_for_has_an_end(serve, ask, monkeypatch):
    monkeypatch.setattr(client, "_LONGEST_WAIT", 0.05)
    serve(first(Answer(status=503, headers={"Retry-After": "86400"}), then=OK))
    assert ask().text == "네"


@pytest.mark.parametrize(
    ("status", "told", "requests"),
    [
        (429, ("busy", False), client._ATTEMPTS_BUSY),
        (500, ("server", False), client._ATTEMPTS_BUSY),
        (503, ("server", False), client._ATTEMPTS_BUSY),
        # Once more without the wishes, then no more.
        (400, ("refused", False), 2),
        # Nothing that another document would change.
        (401, ("refused", True), 1),
        (404, ("refused", True), 1),
        (413, ("refused", False), 1),
    ],
)
def test_status_decides_whether_it_is_worth_another_attempt(serve, ask, status, told, requests):
    server = serve(always(Answer(status=status)))
    assert reason(ask) == told
    assert len(server.requests) == requests


def test_server_that_knows_less_is_told_less_from_then_on(serve):
    server = serve(first(Answer(status=400), then=OK))
    asking = Client(configured(), threading.Event())
    assert asking.ask(ASKED).text == asking.ask(ASKED).text == "네"
    assert ["temperature" in body for _, body in server.requests] == [True, False, False]


def test_one_refused_text_does_not_take_the_wishes_from_all(serve):
    server = serve(first(Answer(status=400), Answer(status=400), then=OK))
    asking = Client(configured(), threading.Event())
    with pytest.raises(Unanswered):
        asking.ask(ASKED)
    asking.ask(ASKED)
    assert "response_format" in server.requests[-1][1]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_not_followed_and_takes_no_key_along(serve, ask, monkeypatch, status):
    monkeypatch.setenv("SAGWA_LLM_KEY", KEY)
    with standing_in(OK) as elsewhere:
        serve(always(Answer(status=status, headers={"Location": f"{elsewhere.url}/x"})))
        assert reason(ask) == ("refused", True)
        assert elsewhere.requests == []


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"<html>", b"{}", b"[]", b"\xff", b"[" * 100_000),
        *(b'{"choices": []}', b'{"choices": [{"message": {}}]}'),
        b'{"choices": [{"message": {"content": null}}]}',
    ],
)
def test_body_that_is_no_answer_is_of_no_use(serve, ask, body):
    serve(always(Answer(body=body)))
    assert reason(ask) == ("unusable", False)


def test_endless_body_is_not_read_to_its_end(serve, ask, monkeypatch):
    monkeypatch.setattr(client, "_LONGEST_ANSWER", 1_000)
    serve(always(Answer("네" * 10_000)))
    assert reason(ask) == ("unusable", False)


def test_slow_server_is_not_waited_for(serve, ask, monkeypatch):
    monkeypatch.setenv("SAGWA_LLM_TIMEOUT", "1")
    server = serve(always(Answer("네", wait=1.5)))
    assert reason(ask) == ("timeout", False)
    assert len(server.requests) == client._ATTEMPTS_SILENT


def test_answer_that_only_drips_in_is_not_waited_for(serve, ask, monkeypatch):
    monkeypatch.setenv("SAGWA_LLM_TIMEOUT", "1")
    monkeypatch.setattr(client, "_ATTEMPTS_SILENT", 1)
    serve(always(Answer("네" * 200, drip=0.02)))
    began = time.monotonic()
    assert reason(ask) == ("timeout", False)
    assert time.monotonic() - began < 3


def test_address_where_nobody_listens_is_told(serve, ask, monkeypatch):
    serve(OK)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("SAGWA_LLM_URL", f"http://127.0.0.1:{port}")
    assert reason(ask) == ("unreachable", False)


def test_server_that_speaks_no_tls_is_given_up_at_once(serve, ask, monkeypatch):
    server = serve(OK)
    monkeypatch.setenv("SAGWA_LLM_URL", server.url.replace("http:", "https:"))
    assert reason(ask) == ("unreachable", True)
    assert server.requests == []


def test_end_stops_the_waiting(serve):
    serve(always(Answer(status=429, headers={"Retry-After": "50"})))
    end = threading.Event()
    threading.Timer(0.2, end.set).start()
    began = time.monotonic()
    with pytest.raises(Unanswered, match="stopped"):
        Client(configured(), end).ask(ASKED)
    assert time.monotonic() - began < 10
