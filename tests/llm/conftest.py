from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from analysis import settings, taggers
from analysis.llm import client
from tests.llm.standing_in import MODEL, Behaviour, StandIn, standing_in, well


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """No language model of this machine, and no long waiting between attempts."""
    for name in settings.VARIABLES:
        if name.startswith("SAGWA_LLM"):
            monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SAGWA_LANG", "ko")
    # A proxy of the machine would stand between the test and its server.
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(client, "_FIRST_WAIT", 0.01)


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., StandIn]]:
    """Start a server with a behaviour, and let the settings name it."""
    with ExitStack() as running:

        def started(behaviour: Behaviour = well) -> StandIn:
            server = running.enter_context(standing_in(behaviour))
            monkeypatch.setenv("SAGWA_LLM_URL", server.url)
            monkeypatch.setenv("SAGWA_LLM_MODEL", MODEL)
            return server

        yield started


@pytest.fixture
def tagger(tmp_path: Path) -> Callable[..., taggers.LanguageModel]:
    """The configured language model, with answers kept in one store."""
    return lambda **options: taggers.language_model(tmp_path / "store", **options)
