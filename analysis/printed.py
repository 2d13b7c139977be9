"""What the command line prints: results on stdout, everything else on stderr, and exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

DONE, REFUSED, WRONG_USE = 0, 1, 2


def say(sentence: str) -> None:
    """A sentence to the person at the keyboard."""
    sys.stderr.write(sentence + "\n")


def print_line(line: str) -> None:
    """A line of the result."""
    sys.stdout.write(line + "\n")


def print_json(found: dict[str, Any]) -> None:
    """The result as one JSON object."""
    print_line(json.dumps(found, ensure_ascii=False, default=str))


def progress_bar(name: str) -> Callable[[int, int], None]:
    """Shows (done, total) of something in one line, where somebody looks on."""

    def show(done: int, total: int) -> None:
        if sys.stderr.isatty() and total:
            end = "\n" if done == total else ""
            sys.stderr.write(f"\r{name}: {done:,}/{total:,}{end}")
            sys.stderr.flush()

    return show
