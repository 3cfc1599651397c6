"""What the window remembers from one day to the next: last library, place, look. One small file."""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
import logging
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from app.errors import UserError
from app.gui.half_typed import HalfTyped
from app.gui.running_jobs import RunningJobs
from app.usecases.whole_file import write_whole

_log = logging.getLogger(__name__)

FILE = "window.json"
MOST_RECENT = 6
LEAST_EXTENT, MOST_EXTENT = 24, 4000


class WindowMemory:
    """Kept in ``folder`` as JSON. What cannot be read counts as empty; what cannot be written is no harm."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self.running = RunningJobs(folder)
        self._kept: dict[str, Any] = {}
        with contextlib.suppress(OSError, ValueError):
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            self._kept = kept if isinstance(kept, dict) else {}

    def recent(self) -> tuple[Path, ...]:
        """Libraries opened lately, the last one first."""
        names = self._kept.get("recent")
        return tuple(Path(name) for name in names if isinstance(name, str)) if isinstance(names, list) else ()

    def last_library(self) -> Path | None:
        """The library of last time."""
        return next(iter(self.recent()), None)

    def remember_library(self, folder: Path) -> None:
        """Put a library at the head of the recent ones."""
        names = [str(folder), *(str(path) for path in self.recent() if path != folder)]
        self.keep(recent=names[:MOST_RECENT])

    def last_case(self, library_id: str) -> str:
        """The case that was open in a library."""
        cases = self._kept.get("cases")
        return str(cases.get(library_id, "")) if isinstance(cases, dict) else ""

    def remember_case(self, library_id: str, case_id: str) -> None:
        """Keep which case is open in a library."""
        cases = self._kept.get("cases")
        self.keep(cases={**(cases if isinstance(cases, dict) else {}), library_id: case_id})

    def place(self) -> bytes:
        """What ``QMainWindow.restoreGeometry`` takes; empty the first time."""
        try:
            return base64.b64decode(str(self._kept.get("place", "")), validate=True)
        except (binascii.Error, ValueError):
            return b""

    def remember_place(self, place: bytes) -> None:
        """Keep the window's place."""
        self.keep(place=base64.b64encode(place).decode("ascii"))

    def first_use(self) -> dict[str, Any]:
        """What was filled in at first use and is not a library yet."""
        kept = self._kept.get("first_use")
        return dict(kept) if isinstance(kept, dict) else {}

    def remember_first_use(self, kept: dict[str, Any]) -> None:
        """Keep what is half done; nothing once the library is made."""
        self.keep(first_use=kept)

    def half_typed(self, case: str) -> HalfTyped:
        """Words that stand in the fields of a case and cannot be read; what becomes of them is written down."""
        kept = self._kept.get("half_typed")
        words = kept.get(case) if isinstance(kept, dict) else None
        known = words.items() if isinstance(words, dict) else ()
        return HalfTyped(
            {key: each for key, each in known if isinstance(each, str)}, partial(self._keep_half_typed, case)
        )

    def _keep_half_typed(self, case: str, words: Mapping[str, str]) -> None:
        kept = self._kept.get("half_typed")
        cases = {**(kept if isinstance(kept, dict) else {}), case: dict(words)}
        self.keep(half_typed={each: held for each, held in cases.items() if held})

    def column_widths(self, table: str) -> dict[str, int]:
        """Column key → pixels at text size 100 %, of a table by its name; empty when none was dragged."""
        kept = self._kept.get("columns")
        widths = kept.get(table) if isinstance(kept, dict) else None
        if not isinstance(widths, dict):
            return {}
        return {
            str(key): width
            for key, width in widths.items()
            if isinstance(width, int) and LEAST_EXTENT <= width <= MOST_EXTENT
        }

    def keep_column_widths(self, table: str, widths: Mapping[str, int]) -> None:
        """Keep the dragged widths of a table."""
        kept = self._kept.get("columns")
        self.keep(columns={**(kept if isinstance(kept, dict) else {}), table: dict(widths)})

    def extent(self, name: str) -> int:
        """Where a splitter stands (``panel``), in pixels at text size 100 %; 0 when it was never dragged."""
        kept = self._kept.get("extents")
        width = kept.get(name, 0) if isinstance(kept, dict) else 0
        return width if isinstance(width, int) and LEAST_EXTENT <= width <= MOST_EXTENT else 0

    def keep_extent(self, name: str, width: int) -> None:
        """Keep where a splitter stands."""
        kept = self._kept.get("extents")
        self.keep(extents={**(kept if isinstance(kept, dict) else {}), name: width})

    def theme(self) -> str:
        """The chosen theme, ``auto`` unless one was chosen."""
        return str(self._kept.get("theme", "auto"))

    def scale(self) -> float:
        """The chosen text size, 1.0 unless one was chosen."""
        scale = self._kept.get("scale", 1.0)
        return float(scale) if isinstance(scale, (int, float)) else 1.0

    def keep(self, **changes: Any) -> None:
        """Change what is remembered and write it down."""
        fresh = {**self._kept, **changes}
        if fresh == self._kept:
            return
        self._kept = fresh
        try:
            write_whole(
                self._file, json.dumps(fresh, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8")
            )
        except UserError:
            _log.info("window memory could not be written")
