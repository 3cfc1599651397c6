"""What a killed program leaves beside its target goes the next time; what somebody works at stays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.half_done import half_done_name, in_work, sweep_half_done
from app.usecases.whole_file import write_whole

_KILLED = """
import sys, time
from pathlib import Path
from app.exchange.package import Entry, write_package

class Slow:
    def step(self, done, total, what=""):
        print("step", flush=True)
        time.sleep(60)

write_package(Path(sys.argv[1]), [Entry("a.txt", b"x" * 100)], {}, progress=Slow())
"""


def _names(folder: Path) -> list[str]:
    return sorted(place.name for place in folder.iterdir())


def test_a_killed_export_is_swept_by_the_next(tmp_path: Path) -> None:
    from app.exchange.package import Entry, write_package

    target = tmp_path / "报送包"
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(target)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert target.name not in _names(tmp_path)
        if sys.platform != "win32":
            sweep_half_done(target)
            assert len(_names(tmp_path)) == 1, "somebody works at it"
        process.kill()
    assert len(_names(tmp_path)) == 1
    write_package(target, [Entry("a.txt", b"x")], {})
    assert _names(tmp_path) == ["报送包"]


@pytest.mark.skipif(sys.platform == "win32", reason="an open file speaks for itself there")
def test_only_what_bears_the_targets_name_and_nobody_holds_goes(tmp_path: Path) -> None:
    target = tmp_path / "册.pdf"
    held, left, others = half_done_name(target), half_done_name(target), half_done_name(tmp_path / "另.pdf")
    for place in (held, left):
        place.mkdir()
        (place / "0.pdf").write_bytes(b"x")
    others.write_bytes(b"x")
    (tmp_path / ".册.pdf.partial-mine").write_bytes(b"x")
    (tmp_path / "目标").mkdir()
    link = half_done_name(target)
    link.symlink_to(tmp_path / "目标")
    with in_work(held):
        sweep_half_done(target)
        assert _names(tmp_path) == sorted([held.name, others.name, ".册.pdf.partial-mine", "目标", link.name])
    sweep_half_done(target)
    assert held.name not in _names(tmp_path)


def test_nothing_stays_beside_a_file_that_was_written(tmp_path: Path) -> None:
    target = tmp_path / "案卷.json"
    half_done_name(target).write_bytes(b"old")
    write_whole(target, b"new")
    assert _names(tmp_path) == ["案卷.json"]
    assert target.read_bytes() == b"new"


def test_a_folder_that_is_not_there_is_no_reason_to_fail(tmp_path: Path) -> None:
    sweep_half_done(tmp_path / "没有" / "册.pdf")
