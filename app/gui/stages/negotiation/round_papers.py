"""The papers of a round, made when they are looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.gui.desk import Desk
from app.progress import Progress

if TYPE_CHECKING:
    from app.gui.preview import Looked


def paper_loader(desk: Desk, kind: str, meeting: str) -> Callable[[Progress], Looked]:
    """What lays out a paper about a meeting, as the case stands now; runs behind the window."""
    program, library, case = desk.program, desk.library, desk.case

    def load(_progress: Progress) -> Looked:
        from app.gui.preview import Looked
        from app.usecases.make_document import build_document, render

        document = build_document(program, library, case, kind, meeting)
        return Looked(render(document, ".pdf"), landscape=document.page.is_landscape)

    return load
