"""A backup that tells how far it is and may go to another place, such as a stick."""

from __future__ import annotations

from pathlib import Path

from app.progress import Progress
from app.storage.backup import Backup, list_backups, make_backup
from app.storage.library import Library
from app.usecases.program import Program


def watched_backup(
    program: Program,
    library: Library,
    *,
    reason: str,
    into: Path | None = None,
    progress: Progress | None = None,
) -> Backup:
    """Write a backup into the library's own folder, or into ``into``, and try it out.

    Raises:
        UserError: no room, or the place cannot be written; no half file is left.
        DamagedError: the trial failed.
        CancelledError: from ``progress``; no half file is left.
    """
    return make_backup(library, clock=program.clock, reason=reason, into=into, progress=progress)


def known_backups(library: Library) -> tuple[Backup, ...]:
    """Return the backups in the library's own folder, the newest first; only ``proven`` ones count."""
    return list_backups(library.backups_folder)
