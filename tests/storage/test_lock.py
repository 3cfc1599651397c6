"""A taken library says since when on the clock of this computer, as every other time in the window."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from app.storage.lock import LibraryLock


def test_since_when_is_told_in_local_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "lock"
    file.write_text(json.dumps({"host": "甲", "since": "2026-03-12T01:30:00+00:00"}), encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "UTC")
        time.tzset()
        lock = LibraryLock.__new__(LibraryLock)
        lock._file = file
        words = lock._taken().what_happened
    time.tzset()
    assert "3月12日 01:30" in words
