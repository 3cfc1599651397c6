"""A piece of evidence, or a paper the program made, as it lies in the library: its title and what reads it."""

from __future__ import annotations

from collections.abc import Callable

from app.gui.desk import Desk
from app.gui.preview import Looked
from app.progress import Progress


def kept_paper(desk: Desk, paper_id: str) -> tuple[str, Callable[[Progress], Looked] | None]:
    """Title and what loads the file behind the window; ``None`` when there is no file, or no such paper.

    The loader raises DamagedError when the file is gone or cannot be read.
    """
    case, library = desk.case, desk.library
    held = case.find("evidence", paper_id) or case.find("made_documents", paper_id)
    if held is None or not held.sha256:
        return "", None
    sha256, media_type = held.sha256, held.media_type
    mark = "练习" if case.cycle.practice else ""

    def load(_progress: Progress) -> Looked:
        from app.attachments.store import AttachmentStore

        store = AttachmentStore(library.attachments_folder)
        return Looked(store.read(sha256), media_type, store.path(sha256), mark=mark)

    return held.title_text or getattr(held, "file_name", ""), load
