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
