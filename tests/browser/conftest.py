from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis import pipeline, settings

CONVERSATIONS = 400
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# No fault of a page: a missing icon or font, and Streamlit's look for its server below the path
# of the page before it asks at the root.
HARMLESS = re.compile(r"favicon|\.woff|/fonts?/|/\w+/_stcore/(health|host-config)")
START_SECONDS = 40


@dataclass(frozen=True)
class Server:
    """A running dashboard and the store that it shows."""

    url: str
    store: Path


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    """One headless browser for all tests; they are skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    binary = shutil.which("chromium") or shutil.which("chromium-browser")
    if binary is None:
        pytest.skip("no chromium on this machine: sh tests/browser/install.sh brings it")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=binary, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve(chromium, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Start a dashboard on a store, opened once at its front; all of them end with the tests."""
    started: list[subprocess.Popen[bytes]] = []

    def running(store: Path, *, opened: bool = True) -> Server:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        log = tmp_path_factory.mktemp("server") / "log"
        command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
        with log.open("wb") as lines:
            started.append(
                subprocess.Popen(
                    [*command, "--server.headless=true"],
                    cwd=settings.ROOT,
                    env={**os.environ, "SAGWA_STORE": str(store), "SAGWA_LANG": "ko"},
                    stdout=lines,
                    stderr=subprocess.STDOUT,
                )
            )
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/_stcore/health", log)
        if opened:
            first = chromium.new_page()
            first.goto(url)
            first.get_by_test_id("stSidebarNav").wait_for()
            first.close()
        return Server(url, store)

    yield running
    for process in started:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def sample_server(serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A dashboard with sample data, only read."""
    store = tmp_path_factory.mktemp("sample") / "store"
    pipeline.load_sample(store, conversations=CONVERSATIONS)
    return serve(store)


@pytest.fixture(scope="session")
def empty_server(serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A dashboard with nothing loaded as yet."""
    return serve(tmp_path_factory.mktemp("empty") / "store")


@pytest.fixture
def visitor(chromium) -> Iterator[Callable[..., object]]:
    """Open a fresh browser session; what a page complains of in its console fails the test."""
    complaints: list[str] = []
    contexts = []

    def fresh(
        *, width: int = 1440, height: int = 1000, dark: bool = False, tolerated: str | None = None
    ):
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale="ko-KR",
            accept_downloads=True,
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()

        def note(line) -> None:
            place = str(line.location.get("url", ""))
            known = HARMLESS.search(f"{line.text} {place}") or line.text.startswith(
                tolerated or "\0"
            )
            if line.type == "error" and not known:
                complaints.append(f"{line.text} ({place})")

        page.on("console", note)
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        return page

    yield fresh
    for context in contexts:
        context.close()
    assert complaints == []


def _wait_for(url: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"no answer from {url}:\n{log.read_text(encoding='utf-8', errors='replace')}")
