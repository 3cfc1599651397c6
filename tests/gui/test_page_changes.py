"""Changing pages leaves nothing behind, and goes quickly with far more data than any year has."""

from __future__ import annotations

import gc
import os
import statistics
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.bench.heavy_case import heavy_case
from tests.gui.demo_pages import open_case
from tests.gui.window_driver import Hands

CHANGES = 100
MOST_GROWTH_MB = 12
AT_MOST_MS = 300
"""Three times what tests/bench/bench_pages.py holds it to: here other programs run beside it."""


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Hands:
    return open_case(qtbot, tmp_path, heavy_case())


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_hundred_page_changes_leave_nothing_behind(hands: Hands) -> None:
    frame = hands.window.frame
    pages = frame.nav.pages()

    def change(at: int) -> float:
        began = time.thread_time()
        frame.page_requested.emit(pages[at % len(pages)])
        QApplication.processEvents()
        taken = (time.thread_time() - began) * 1000
        if at % len(pages) == len(pages) - 1:
            hands.settle()
        return taken

    def stands_still() -> bool:
        before = len(hands.window.findChildren(object))
        for at in range(len(pages)):
            change(at)
        hands.settle()
        return len(hands.window.findChildren(object)) == before

    hands.qtbot.waitUntil(stands_still, timeout=60_000)  # every page is made and whole
    gc.collect()
    parts, memory = len(hands.window.findChildren(object)), resident_mb()
    taken = [change(at) for at in range(CHANGES - CHANGES % len(pages))]
    hands.settle()
    gc.collect()
    assert len(hands.window.findChildren(object)) <= parts * 1.01
    assert resident_mb() - memory < MOST_GROWTH_MB
    assert statistics.median(taken) < AT_MOST_MS
