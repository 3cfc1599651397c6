"""Ctrl S sets a named restore point; 修改记录 leads back to it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.gui.shell.main_frame import MainFrame
from app.usecases.restore_point import RestorePoint, go_back_to, set_restore_point

if TYPE_CHECKING:
    from app.gui.desk import Desk


class RestorePoints(QObject):
    """Does it behind the window.

    Signals:
        point_set: A point stands in the journal. arg: the local time of the last save, arg: its name.
    """

    point_set = Signal(object, str)

    def __init__(self, frame: MainFrame, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._frame = frame

    def set_here(self, desk: Desk) -> None:
        """Mark how the case stands now; all that is on its way to disk comes before it."""

        def done(point: RestorePoint) -> None:
            at: datetime = desk.program.clock.now().astimezone()
            self.point_set.emit(at, point.name)

        desk.run_writing(
            "设还原点",
            lambda _progress: set_restore_point(desk.library, desk.case_id, actor=desk.actor),
            done=done,
        )

    def go_back(self, desk: Desk, point: RestorePoint) -> None:
        """Make the case what it was then; the bar offers to undo that."""

        def done(changed: int) -> None:
            if changed:
                self._frame.show_undo(f"已回到还原点“{point.name}”，{changed} 处变回去了")
            else:
                self._frame.show_undo(f"和还原点“{point.name}”时一样，没有变")

        desk.run_writing(
            "回到还原点",
            lambda _progress: go_back_to(desk.library, desk.case_id, point, actor=desk.actor),
            done=done,
        )
