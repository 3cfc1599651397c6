"""Killed in the middle of writing: what was acknowledged is there, and the journal holds."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.domain.case import Case
from app.storage.backup import list_backups, make_backup, restore_backup
from app.storage.library import Library

ROOT = Path(__file__).resolve().parents[2]
CLOCK = FixedClock(datetime(2026, 4, 3, 2, 20, tzinfo=UTC))

_WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from app.clock import FixedClock
from app.domain.negotiation import Meeting
from app.storage.library import Library

folder, case_id, start = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
clock = FixedClock(datetime(2026, 4, 3, 2, 20, tzinfo=UTC))
with Library.open(folder, clock=clock, program_version="0.1.0") as library:
    print("open", flush=True)
    for number in range(start, start + 100_000):
        with library.write("写手") as work:
            # Several rows per step, so that a step cut in half would show.
            for part in "abc":
                held = Meeting(id=f"{number}-{part}", number=1, summary="谈" * 500)
                work.put(case_id, "meetings", held, action="添加协商会议")
            work.commit()
        print(number, flush=True)
"""

_BACKER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from app.clock import FixedClock
from app.storage.backup import make_backup
from app.storage.library import Library

clock = FixedClock(datetime(2026, 4, 3, 2, 20, tzinfo=UTC))
with Library.open(Path(sys.argv[1]), clock=clock, program_version="0.1.0") as library:
    print("open", flush=True)
    while True:
        make_backup(library, clock=clock, reason="手动")
        print("made", flush=True)
"""


def _start(script: str, *arguments: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", script, *arguments], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    return process


@pytest.fixture
def filled(tmp_path: Path) -> tuple[Path, str]:
    folder = tmp_path / "资料库"
    with (
        Library.create(folder, clock=CLOCK, program_version="0.1.0") as library,
        library.write("李四") as work,
    ):
        case_id = work.add_case(Case())
        work.commit()
    return folder, case_id


def test_acknowledged_means_durable(filled: tuple[Path, str]) -> None:
    folder, case_id = filled
    start = 0
    for lines in (3, 8, 1, 12, 5):
        with _start(_WRITER, str(folder), case_id, str(start)) as process:
            assert process.stdout is not None
            acknowledged = [int(process.stdout.readline()) for _ in range(lines)]
            process.kill()  # SIGKILL, in whatever it is doing now
            rest = process.stdout.read().split()
        acknowledged += [int(number) for number in rest]
        with Library.open(folder, clock=CLOCK, program_version="0.1.0") as library:
            held = [record.id for record in library.read_case(case_id).meetings]
            assert library.verify_journal() == []
            assert library.check_file() == []
        steps = sorted({int(record_id.split("-")[0]) for record_id in held})
        assert set(acknowledged) <= set(steps)
        assert held == [f"{number}-{part}" for number in steps for part in "abc"], "a step was cut in half"
        # At most the one step that was under way may be there without its acknowledgement.
        assert set(steps) - set(range(start)) <= {*acknowledged, acknowledged[-1] + 1}
        start = steps[-1] + 1


def test_killed_while_backing_up_no_half_backup_has_a_name(filled: tuple[Path, str]) -> None:
    folder, case_id = filled
    with _start(_BACKER, str(folder)) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()
        process.stdout.read()
    listed = list_backups(folder / "backups")
    assert listed
    for number, backup in enumerate(listed):
        restore_backup(backup.path, folder.parent / f"还原{number}")
    with Library.open(folder, clock=CLOCK, program_version="0.1.0") as library:
        assert library.read_case(case_id) == Case()
        later = FixedClock(CLOCK.instant + timedelta(days=1))
        make_backup(library, clock=later, reason="手动")
    assert not list((folder / "backups").glob(".*"))
