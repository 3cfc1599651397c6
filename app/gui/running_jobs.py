"""Which long jobs write something just now, kept beside the window's memory.

So the next start can tell of one that was broken off: the program was killed, or the power went.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_AS_BEFORE = "没有留下做了一半的文件，资料库里的内容都在。再做一次就行。"

WHAT_IS_LEFT = {
    "写入报送包": "写了一半的那份不算数，再往同一个地方写时会清掉；资料库里的内容都在。插好 U 盘，再写一次。",
    "添加材料": "没有留下加了一半的材料，以前的都在。看看这一批在不在，不在就再添加一次。",
    "备份": _AS_BEFORE,
    "还原备份": _AS_BEFORE,
    "生成证据册": _AS_BEFORE,
    "存统计表": _AS_BEFORE,
    "导出到日历": _AS_BEFORE,
}
"""Name of a job that writes → what there is of it when it was broken off. What only reads or prints is not listed."""


@dataclass(frozen=True, slots=True)
class RunningJob:
    """A job on its way: its name, the key of the page it was started on, and since when."""

    name: str
    page: str
    since: datetime


class RunningJobs:
    """One small file for each library with something under way, in ``folder``; none most of the time.

    It is not forced onto the disk: beginning and ending a job may not wait for one. What cannot be read counts
    as nothing, what cannot be written is no harm.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, library_id: str) -> tuple[RunningJob, ...]:
        """What was under way in a library when it was last written down."""
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
            kept = json.loads(self._file(library_id).read_text(encoding="utf-8"))
            rows = [
                RunningJob(row["name"], row["page"], datetime.fromisoformat(row["since"])) for row in kept
            ]
            return tuple(row for row in rows if row.name in WHAT_IS_LEFT and isinstance(row.page, str))
        return ()

    def write(self, library_id: str, jobs: Iterable[RunningJob]) -> None:
        """Write down what is under way; nothing takes the file away."""
        rows = [{"name": job.name, "page": job.page, "since": job.since.isoformat()} for job in jobs]
        file = self._file(library_id)
        with contextlib.suppress(OSError):
            if rows:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
            else:
                file.unlink(missing_ok=True)

    def _file(self, library_id: str) -> Path:
        return self._folder / f"running-{re.sub('[^0-9A-Za-z]', '', library_id)}.json"
