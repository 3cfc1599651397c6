"""How long a package takes, side by side with the everyday tools on the same files.

Run as a script: ``python tests/bench/bench_package.py [--mb 500] [--rounds 5]``. It makes its own files in a
temporary folder and prints, for writing, our package against ``cp -r`` + ``bagit.py --sha256`` +
``bagit.py --validate`` and, for checking, ``verify_package`` against ``bagit.py --validate``, with the files
in memory (warm) and not (cold). Each side runs in processes of its own; the best of the rounds counts.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BAGIT = Path(sys.executable).with_name("bagit.py")

WRITE = """
import sys
from pathlib import Path
from app.exchange.package import Entry, write_package
source, target = Path(sys.argv[1]), Path(sys.argv[2])
found = sorted(path for path in source.rglob("*") if path.is_file())
entries = [Entry(path.relative_to(source).as_posix(), path) for path in found]
print(write_package(target, entries, {"Bagging-Date": "2026-04-03"}).fingerprint)
"""

VERIFY = """
import sys
from pathlib import Path
from app.exchange.verify import verify_package
sys.exit(0 if verify_package(Path(sys.argv[1])).ok else 1)
"""


def make_files(folder: Path, megabytes: int) -> None:
    """Photos of 2.4 MB, scans of 0.3 MB, one recording of a fifth of the whole; always the same."""
    chance = random.Random(1)
    left = megabytes * 1_000_000
    kinds = [("录音", left // 5)]
    while left > sum(size for _, size in kinds):
        kinds.append(("照片", 2_400_000) if len(kinds) % 3 else ("扫描件", 300_000))
    for number, (kind, size) in enumerate(kinds):
        place = folder / f"{number % 7 + 1:02d} 第{number % 7 + 1}阶段" / f"{kind} {number:04d}.bin"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(chance.randbytes(size))


def drop(folder: Path) -> None:
    """Push a folder out of memory."""
    for path in folder.rglob("*"):
        if path.is_file():
            descriptor = os.open(path, os.O_RDONLY)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(descriptor)


def timed(*commands: list[str]) -> float:
    """Seconds for the commands one after another, all of which must succeed."""
    os.sync()
    began = time.perf_counter()
    for command in commands:
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--mb", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    python, bagit = sys.executable, [sys.executable, str(BAGIT)]
    best: dict[str, float] = {}

    def note(name: str, seconds: float) -> None:
        best[name] = min(seconds, best.get(name, seconds))

    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch, "source")
        make_files(source, asked.mb)
        os.sync()
        for turn in range(asked.rounds):
            theirs, ours = Path(scratch, f"theirs{turn}"), Path(scratch, f"ours{turn}")
            baseline = (
                ["cp", "-r", str(source), str(theirs)],
                [*bagit, "--sha256", str(theirs)],
                [*bagit, "--validate", str(theirs)],
            )
            note("write theirs", timed(*baseline))
            note("write ours", timed([python, "-c", WRITE, str(source), str(ours)]))
            subprocess.run([*bagit, "--validate", str(ours)], check=True, capture_output=True)
            for heat in ("warm", "cold"):
                for name, command in (
                    ("theirs", [*bagit, "--validate", str(ours)]),
                    ("ours", [python, "-c", VERIFY, str(ours)]),
                ):
                    if heat == "cold":
                        drop(ours)
                    note(f"verify {heat} {name}", timed(command))
            subprocess.run(["rm", "-rf", str(theirs), str(ours)], check=True)
    print(f"{asked.mb} MB, best of {asked.rounds}")
    for work in ("write", "verify warm", "verify cold"):
        ours_took, theirs_took = best[f"{work} ours"], best[f"{work} theirs"]
        ratio = ours_took / theirs_took
        print(f"{work:12} ours {ours_took:6.2f} s  theirs {theirs_took:6.2f} s  ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
