"""Keys that mean the same on every page: undo and redo, Ctrl U, Ctrl P, Ctrl S."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from app.gui.desk import Desk
    from app.gui.main_window_case import CaseRoom


class WindowKeys(QObject):
    """Does on the page shown, or on the case, what the keys ask; what is being typed is handed on before."""

    def __init__(self, room: CaseRoom) -> None:
        super().__init__(room)
        self._room = room
        frame = room.frame
        frame.undo_requested.connect(self.undo)
        frame.redo_requested.connect(self.redo)
        frame.attach_requested.connect(self.attach)
        frame.print_requested.connect(self.print_paper)
        frame.restore_point_requested.connect(self.set_restore_point)

    @Slot()
    def undo(self) -> None:
        """Ctrl Z."""
        desk = self._writable()
        if desk is not None:
            self._room.frame.hide_undo()
            desk.undo()

    @Slot()
    def redo(self) -> None:
        """Ctrl Y."""
        desk = self._writable()
        if desk is not None:
            desk.redo()

    @Slot()
    def attach(self) -> None:
        """Ctrl U: choose files."""
        self._room.ask_page("choose_files")

    @Slot()
    def print_paper(self) -> None:
        """Ctrl P: the paper that is looked at, or the first of the step."""
        self._room.ask_page("print_or_look", "print")

    @Slot()
    def set_restore_point(self) -> None:
        """Ctrl S."""
        desk = self._writable()
        if desk is not None:
            self._room.points.set_here(desk)

    def _writable(self) -> Desk | None:
        """The desk with all that is typed in it; ``None`` when nothing is open or nothing can be written."""
        desk = self._room.desk
        if desk is None or desk.read_only:
            return None
        self._room.ask_page("commit")
        return desk
