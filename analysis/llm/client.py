"""One question to an address that speaks OpenAI's protocol, with patience and an end to it."""

from __future__ import annotations

import http.client
import json
import random
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.llm.configuration import Configuration

Message = dict[str, str]

# Times that one question is sent: where the server asks to wait or fails, and where none answers.
_ATTEMPTS_BUSY = 5
_ATTEMPTS_SILENT = 2
# Seconds before the second attempt; doubled for each further one.
_FIRST_WAIT = 1.0
_LONGEST_WAIT = 60.0
# No answer of use is longer, in bytes.
_LONGEST_ANSWER = 2_000_000
_PIECE = 65_536
# Enough for every tag with its quotes; ends an answer that does not end by itself.
_MOST_TOKENS = 4_000

# What servers that know less, or reasoning models, refuse to be told (HTTP 400 or 422).
_WISHES: dict[str, Any] = {
    "temperature": 0,
    "max_tokens": _MOST_TOKENS,
    "response_format": {"type": "json_object"},
}


class Unanswered(Exception):
    """No answer to one question: `reason` is a key of `asking.REASONS`; `final` for all others."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.final = final


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; the numbers of tokens are None where the server does not tell them."""

    text: str
    tokens_in: int | None
    tokens_out: int | None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The key and the text go to the address of the settings and nowhere else."""

    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        return None


class Client:
    """Asks the configured model; used by many threads. `end` stops all waiting."""

    def __init__(self, configuration: Configuration, end: threading.Event) -> None:
        self._to = configuration
        self._end = end
        self._wishes = True
        self._opener = urllib.request.build_opener(_NoRedirect)

    def ask(self, messages: Sequence[Message]) -> Reply:
        """The answer to a conversation.

        Raises Unanswered where there is none after all attempts.
        """
        attempt = 0
        wishes = self._wishes
        while not self._end.is_set():
            attempt += 1
            try:
                body = self._post(messages, wishes)
                # What was refused with wishes and taken without is the server's way, for all.
                self._wishes = self._wishes and wishes
                return _reply(body)
            except urllib.error.HTTPError as problem:
                problem.close()
                if problem.code in (400, 422) and wishes:
                    wishes = False
                    attempt -= 1
                    continue
                if problem.code != 429 and problem.code < 500:
                    raise Unanswered("refused", final=problem.code not in (400, 413, 422)) from None
                if attempt >= _ATTEMPTS_BUSY:
                    raise Unanswered("busy" if problem.code == 429 else "server") from None
                self._wait(attempt, problem.headers.get("Retry-After", ""))
            except TimeoutError:
                if attempt >= _ATTEMPTS_SILENT:
                    raise Unanswered("timeout") from None
            # URLError, a connection that breaks, TLS that does not hold, half an answer.
            except (OSError, http.client.HTTPException) as problem:
                slow = isinstance(getattr(problem, "reason", None), TimeoutError)
                wrong = isinstance(getattr(problem, "reason", None), ssl.SSLError)
                if wrong or attempt >= _ATTEMPTS_SILENT:
                    raise Unanswered("timeout" if slow else "unreachable", final=wrong) from None
                self._wait(attempt, "")
        raise Unanswered("stopped")

    def _post(self, messages: Sequence[Message], wishes: bool) -> bytes:
        body: dict[str, Any] = {"model": self._to.model, "messages": list(messages)}
        if wishes:
            body |= _WISHES
        headers = {"Content-Type": "application/json", "User-Agent": "sagwa"}
        if self._to.key is not None:
            headers["Authorization"] = f"Bearer {self._to.key.reveal()}"
        request = urllib.request.Request(
            self._to.url, json.dumps(body).encode(), headers, method="POST"
        )
        # The time limit of a socket starts again with each piece: a slow drip needs one of its own.
        until = time.monotonic() + self._to.timeout
        pieces: list[bytes] = []
        with self._opener.open(request, timeout=self._to.timeout) as answer:
            while piece := answer.read1(_PIECE):
                pieces.append(piece)
                if time.monotonic() > until or self._end.is_set():
                    raise TimeoutError
                if sum(map(len, pieces)) > _LONGEST_ANSWER:
                    raise Unanswered("unusable")
        return b"".join(pieces)

    def _wait(self, attempt: int, asked: str) -> None:
        """Wait as long as the server asked for, or longer each time, and never in step."""
        seconds = _FIRST_WAIT * 2 ** (attempt - 1) * random.uniform(0.5, 1.0)
        if asked.isascii() and asked.isdigit():
            seconds = max(seconds, float(asked[:6]))
        self._end.wait(min(seconds, _LONGEST_WAIT))


def _reply(body: bytes) -> Reply:
    """The answer in a response; Unanswered("unusable") where the response is none."""
    try:
        found = json.loads(body)
        text = found["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, LookupError, TypeError):
        raise Unanswered("unusable") from None
    if not isinstance(text, str):
        raise Unanswered("unusable")
    used = found.get("usage")
    used = used if isinstance(used, dict) else {}
    return Reply(text, _count(used.get("prompt_tokens")), _count(used.get("completion_tokens")))


def _count(number: object) -> int | None:
    whole = isinstance(number, int) and not isinstance(number, bool) and number >= 0
    return int(number) if whole else None  # type: ignore[call-overload]
