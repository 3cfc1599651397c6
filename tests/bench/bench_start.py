"""How long the program takes to a usable window, against an empty PySide6 + SQLAlchemy window.

Run as a script: ``python tests/bench/bench_start.py [--rounds 7]``. It makes a library with ten years and 3,000
attachments in a temporary folder. Both sides are whole processes, taken in turns; the median of the rounds counts.
Needs no display (offscreen), or measures on the one it finds with ``--on-screen``.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

YEARS, PAPERS_A_YEAR = 10, 300

EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
from sqlalchemy import create_engine, text
with create_engine("sqlite://").connect() as connection:
    connection.execute(text("select 1"))
application = QApplication(sys.argv)
window = QMainWindow()
window.resize(1366, 697)
window.show()
application.processEvents()
print("ready", flush=True)
"""


def make_library(folder: Path) -> None:
    """Ten years of the worked example, each with 300 more papers."""
    from app.attachments.store import AttachmentStore
    from app.bootstrap import make_program
    from app.domain.evidence import Evidence, Origin
    from app.domain.stages import Stage
    from app.storage.library import Library
    from app.usecases.make_demo import read_example

    program = make_program()
    case = read_example("shandong-linyi-single")
    library = Library.create(folder, clock=program.clock, program_version=program.version)
    store = AttachmentStore(library.attachments_folder)
    stages = list(Stage)
    with tempfile.TemporaryDirectory() as scratch:
        for year in range(YEARS):
            papers = []
            for number in range(PAPERS_A_YEAR):
                file = Path(scratch) / "paper.txt"
                file.write_text(f"{year}-{number}\n" * 50, "utf-8")
                stored = store.add(file)
                papers.append(
                    Evidence(
                        id=f"more-{number}",
                        stage=stages[number % len(stages)],
                        title_text=f"材料 {number}",
                        origin=Origin.FILE,
                        sha256=stored.sha256,
                        size=stored.size,
                    )
                )
            filled = dataclasses.replace(
                case,
                cycle=case.cycle.replace(year=2017 + year),
                evidence=(*case.evidence, *papers),
            )
            with library.write("bench", undoable=False) as unit:
                unit.add_case(filled)
                unit.commit()
    library.close()


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Wall time from starting a process until it says that its window can be used."""
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        taken = time.perf_counter() - began
        process.communicate()
    if said.strip() != "ready" or process.returncode:
        raise SystemExit(f"the window did not come: {command}")
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--on-screen", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "PYTHONDONTWRITEBYTECODE": ""}
        if not options.on_screen:
            environment["QT_QPA_PLATFORM"] = "offscreen"
        library = Path(home) / "library"
        make_library(library)
        empty = [sys.executable, "-c", EMPTY]
        ours = [sys.executable, "-m", "app", "--open", str(library), "--quit-after-start"]
        seconds(empty, environment)
        seconds(ours, environment)
        times: dict[str, list[float]] = {"empty": [], "ours": []}
        for _ in range(options.rounds):
            times["empty"].append(seconds(empty, environment))
            times["ours"].append(seconds(ours, environment))
        base, own = statistics.median(times["empty"]), statistics.median(times["ours"])
        print(f"empty window {base:.3f} s, usable window {own:.3f} s, ratio {own / base:.2f} (at most 2.0)")


if __name__ == "__main__":
    main()
