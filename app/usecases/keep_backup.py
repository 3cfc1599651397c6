"""Back up a library, and bring one back."""

from __future__ import annotations

from pathlib import Path

from app.attachments.store import AttachmentStore
from app.progress import Progress
from app.storage.backup import Backup, list_backups, make_backup, restore_backup
from app.storage.library import Library
from app.usecases.program import Program


def keep_backup(
    program: Program,
    library: Library,
    *,
    reason: str,
    into: Path | None = None,
    progress: Progress | None = None,
) -> Backup:
    """Write a backup into the library's own folder, or into ``into``, and try it out; only a proven one counts.

    Raises:
        UserError: no room, or the place cannot be written; no half file is left.
        DamagedError: the trial failed.
        CancelledError: from ``progress``; no half file is left.
    """
    return make_backup(library, clock=program.clock, reason=reason, into=into, progress=progress)


def known_backups(library: Library) -> tuple[Backup, ...]:
    """Return the backups in the library's own folder, the newest first; only ``proven`` ones count."""
    return list_backups(library.backups_folder)


def bring_back(program: Program, backup: Path, folder: Path) -> int:
    """Restore a backup into a new folder and open it once, so that it is known to work.

    Returns:
        How many originals were gone already when the backup was made; the doctor names them.

    Raises:
        UserError: the backup is damaged or foreign, or the folder holds something already.
    """
    restore_backup(backup, folder)
    with Library.open(folder, clock=program.clock, program_version=program.version) as library:
        store = AttachmentStore(library.attachments_folder)
        wanted: set[str] = set()
        for case_id in library.case_ids():
            case = library.read_case(case_id)
            wanted.update(paper.sha256 for paper in case.evidence)
            wanted.update(made.sha256 for made in case.made_documents)
    return sum(not store.path(sha256).is_file() for sha256 in wanted - {""})
