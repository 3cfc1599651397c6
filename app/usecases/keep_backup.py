"""Back up a library, and bring one back."""

from __future__ import annotations

from pathlib import Path

from app.storage.backup import Backup, make_backup, restore_backup
from app.storage.library import Library
from app.usecases.program import Program


def keep_backup(program: Program, library: Library, *, reason: str) -> Backup:
    """Make a backup and try it out; only a backup that could be restored counts."""
    return make_backup(library, clock=program.clock, reason=reason)


def bring_back(program: Program, backup: Path, folder: Path) -> None:
    """Restore a backup into a new folder and open it once, so that it is known to work.

    Raises:
        UserError: the backup is damaged or foreign, or the folder holds something already.
    """
    restore_backup(backup, folder)
    Library.open(folder, clock=program.clock, program_version=program.version).close()
