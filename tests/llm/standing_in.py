"""A server that stands in for a language model: it answers as it is told to and keeps what it got.

It listens on 127.0.0.1 only; nothing in these tests leaves the machine.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODEL = "stand-in"
USED = {"prompt_tokens": 1000, "completion_tokens": 200}


@dataclass
class Answer:
    """What the server gives back: the model's words, or another status, or late."""

    text: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    usage: Any = field(default_factory=lambda: dict(USED))
    # Seconds between the bytes of the body.
    drip: float = 0.0
    # The whole body instead of one in the protocol's form.
    body: bytes | None = None


# Told the question (kind, turns) and how many came before it.
Behaviour = Callable[[dict, int], Answer]


@dataclass
class StandIn:
    """The server while it runs: its address, and every request that it got."""

    url: str
    requests: list[tuple[dict[str, str], dict]] = field(default_factory=list)
    most_at_once: int = 0

    @property
    def questions(self) -> list[dict]:
        return [json.loads(body["messages"][1]["content"]) for _, body in self.requests]

    @property
    def everything(self) -> str:
        return json.dumps(self.requests, ensure_ascii=False)


def answer(*tags: tuple[str, int, str], sentiment: object = None) -> str:
    """A model's words: tags as (id, turn, quote)."""
    evidence: dict[str, list[dict]] = {}
    for tag, turn, quote in tags:
        evidence.setdefault(tag, []).append({"turn": turn, "quote": quote})
    named = [{"id": tag, "evidence": places} for tag, places in evidence.items()]
    return json.dumps(
        {"tags": named, "sentiment": {} if sentiment is None else sentiment}, ensure_ascii=False
    )


def well(question: dict, _number: int) -> Answer:
    """As a good model does: every quote is the text's own."""
    first = question["turns"][0]
    if question["kind"] == "review":
        return Answer(answer(("churn_intent", first["turn"], first["text"]), sentiment="neg"))
    customer = next(turn for turn in question["turns"] if turn["speaker"] == "customer")
    place = (customer["turn"], customer["text"])
    tags = [("delivery", *place), ("complaint", *place), ("no_next_step", *place)]
    tags += [
        ("empathy", turn["turn"], turn["text"])
        for turn in question["turns"]
        if turn["speaker"] == "agent"
    ][:1]
    return Answer(answer(*tags, sentiment={str(customer["turn"]): "neg"}))


def always(said: Answer) -> Behaviour:
    return lambda _question, _number: said


def first(*said: Answer, then: Behaviour = well) -> Behaviour:
    """These answers first, then another behaviour."""
    return lambda question, number: said[number] if number < len(said) else then(question, number)


@contextmanager
def standing_in(behaviour: Behaviour = well) -> Iterator[StandIn]:
    guard = threading.Lock()
    at_once = 0

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            nonlocal at_once
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with guard:
                number = len(server.requests)
                server.requests.append(({"path": self.path, **self.headers}, body))
                at_once += 1
                server.most_at_once = max(server.most_at_once, at_once)
            said = behaviour(json.loads(body["messages"][1]["content"]), number)
            time.sleep(said.wait)
            with guard:
                at_once -= 1
            message = {"choices": [{"message": {"content": said.text}}], "usage": said.usage}
            sent = json.dumps(message).encode() if said.body is None else said.body
            try:
                self.send_response(said.status)
                for name, value in said.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                for at in range(len(sent)) if said.drip else ():
                    self.wfile.write(sent[at : at + 1])
                    time.sleep(said.drip)
                if not said.drip:
                    self.wfile.write(sent)
            except OSError:
                pass  # The client has stopped waiting.

        def log_message(self, *_args: object) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = StandIn(f"http://127.0.0.1:{listening.server_address[1]}/v1")
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()
