"""How long a page change takes with ten years of data, and whether memory stays flat over 1,000 of them.

Run as a script: ``python tests/bench/bench_pages.py [--changes 1000] [--example shandong-linyi-single]``. A
library with ten years is made in a temporary folder; the heaviest (200 meetings, 300 papers, 60 topics) is open.
A page change is timed from Ctrl and a digit until the event loop has painted it: the first time (the page is made;
beside it what the window's own thread computed, which other programs on the machine do not add to) and again.
Needs no display.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

AT_MOST_MS = 100
YEARS = 10


def resident_mb() -> float:
    """Memory this process holds, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def make_library(folder: Path, program: Any, example: str) -> None:
    """Ten years; the last one is heavy."""
    from app.storage.library import Library
    from app.usecases.make_demo import read_example
    from tests.bench.heavy_case import heavy_case

    light = read_example(example)
    with Library.create(folder, clock=program.clock, program_version="1") as library:
        for year in range(2027 - YEARS, 2026):
            with library.write("bench", undoable=False) as unit:
                import dataclasses

                unit.add_case(dataclasses.replace(light, cycle=light.cycle.replace(year=year)))
                unit.commit()
        with library.write("bench", undoable=False) as unit:
            unit.add_case(heavy_case(example))
            unit.commit()


class Walker:
    """A window whose pages are changed, and the watch."""

    def __init__(self, library: Path, config: Path, program: Any) -> None:
        from PySide6.QtWidgets import QApplication

        from app.gui.application import make_application
        from app.gui.ask import Ask
        from app.gui.jobs import JobRunner
        from app.gui.main_window import MainWindow
        from app.gui.theme import apply_theme
        from app.gui.window_memory import WindowMemory

        self.app: QApplication = make_application()
        apply_theme(self.app, "light")
        self.runner = JobRunner()
        self.window = MainWindow(program, self.runner, Ask(), WindowMemory(config))
        self.window.resize(1366, 697)
        self.window.show()
        self.window.begin(library)
        while self.window.case_room.desk is None or not self.window._loader.is_over():
            self.turn()
        self.settle()
        self.window.resize(1366, 697)

    def turn(self) -> None:
        """A few turns of a real event loop: what was left is deleted only there."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(5, loop.quit)
        loop.exec()

    def settle(self, quiet: float = 0.15) -> None:
        """Until nothing has been going on for a moment."""
        until = time.perf_counter() + quiet
        while time.perf_counter() < until or not self.runner.is_idle():
            began = time.perf_counter()
            self.turn()
            if time.perf_counter() - began > 0.02:
                until = time.perf_counter() + quiet

    def change(self, page: str) -> float:
        """Go to a page by what its key does; milliseconds until it is painted."""
        from PySide6.QtCore import QEventLoop

        began = time.perf_counter()
        self.window.frame.page_requested.emit(page)
        self.app.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        return (time.perf_counter() - began) * 1000

    def pages(self) -> tuple[str, ...]:
        """The keys of all pages."""
        return tuple(self.window.frame.nav.pages())


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser()
    parser.add_argument("--changes", type=int, default=1000)
    parser.add_argument("--example", default="shandong-linyi-single")
    asked = parser.parse_args()
    from app.bootstrap import make_program
    from tests.gui.heartbeat import Heartbeat

    program = make_program()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "library")
        make_library(folder, program, asked.example)
        walker = Walker(folder, Path(scratch, "config"), program)
        pages = walker.pages()
        first: dict[str, float] = {}
        computed_ms: dict[str, float] = {}
        with Heartbeat() as heart:
            for page in pages:
                computed = time.thread_time()
                first[page] = walker.change(page)
                computed_ms[page] = (time.thread_time() - computed) * 1000
                walker.settle()
        again: dict[str, list[float]] = {page: [] for page in pages}
        for _ in range(5):
            for page in pages:
                again[page].append(walker.change(page))
                walker.settle(0.03)
        for page in pages:
            told = f"first {first[page]:6.1f} ms ({computed_ms[page]:6.1f} computed)"
            print(f"{page:16} {told}, again {statistics.median(again[page]):6.1f} ms")
        worst = max(statistics.median(times) for times in again.values())
        print(f"worst first {max(first.values()):.1f} ms, worst again {worst:.1f} ms (at most {AT_MOST_MS})")
        print("while the pages were made:", heart.report())
        gc.collect()
        before = resident_mb()
        for at in range(asked.changes):
            walker.change(pages[at % len(pages)])
            walker.turn()
        walker.settle()
        gc.collect()
        after = resident_mb()
        print(f"memory {before:.1f} MB, after {asked.changes} changes {after:.1f} MB ({after - before:+.1f})")
        walker.window.close()
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
