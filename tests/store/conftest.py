from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An empty store whose folder has a name that many tools stumble over."""
    return tmp_path / "상담 store's"
