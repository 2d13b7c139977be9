"""The settings of an installation: the only reader of the environment."""

from __future__ import annotations

import os
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"

# Every environment variable the product reads, with what it means (README lists the same).
VARIABLES = {
    "SAGWA_STORE": "folder of the store (default data/store)",
    "SAGWA_LANG": "language of messages: ko (default) or en",
    "SAGWA_TIME_ZONE": "time zone of all times shown and stored (default Asia/Seoul)",
    "SAGWA_WORKERS": "processes used for tagging (default: one per core, at most 4)",
    "SAGWA_LLM_URL": "address of a language model that speaks OpenAI's protocol (default: none)",
    "SAGWA_LLM_MODEL": "name of the model there",
    "SAGWA_LLM_KEY": "key for that address, where it wants one",
    "SAGWA_LLM_KEY_FILE": "file that holds the key instead",
    "SAGWA_LLM_PRICE_IN": "price of a million tokens sent",
    "SAGWA_LLM_PRICE_OUT": "price of a million tokens received",
    "SAGWA_LLM_CURRENCY": "currency of both prices (default USD)",
    "SAGWA_LLM_BUDGET": "most that one load may cost: money, or a number of tokens as 500000tokens",
    "SAGWA_LLM_PARALLEL": "requests at the same time (default 4)",
    "SAGWA_LLM_TIMEOUT": "seconds to wait for one answer (default 60)",
}


def store_path() -> Path:
    """Folder of the store."""
    return Path(os.environ.get("SAGWA_STORE") or DATA / "store")


def language() -> str:
    """Language of messages where no page has chosen one: "ko" or "en"."""
    chosen = os.environ.get("SAGWA_LANG", "ko")[:2].lower()
    return chosen if chosen in ("ko", "en") else "ko"


def time_zone() -> ZoneInfo:
    """Time zone in which wall-clock times are kept and shown."""
    return ZoneInfo(os.environ.get("SAGWA_TIME_ZONE") or "Asia/Seoul")


def workers() -> int:
    """Number of processes used for tagging a large file."""
    chosen = os.environ.get("SAGWA_WORKERS", "")
    return int(chosen) if chosen.isdigit() and int(chosen) > 0 else min(os.cpu_count() or 1, 4)


def language_model(name: str) -> str:
    """One setting of the language model as it was given, by the end of its name; "" if not set."""
    variable = f"SAGWA_LLM_{name}"
    if variable not in VARIABLES:
        raise KeyError(variable)
    return os.environ.get(variable, "").strip()
