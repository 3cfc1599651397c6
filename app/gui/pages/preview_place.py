"""Where a page shows a paper: in place of its sheets, until Esc."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.gui.preview import Looked, Preview
from app.progress import Progress

if TYPE_CHECKING:
    from app.gui.ask import Ask
    from app.gui.jobs import JobRunner


class PreviewPlace(QObject):
    """The preview of a page whose sheets lie in a stack; made when a paper is looked at, gone afterwards.

    ``gutter``: pixels left free at the right, where the sheets have their scroll bar.

    Signals:
        closed: Esc or 收起预览. The page puts the preview away.
        failed: The paper could not be made. arg: the exception.
    """

    closed = Signal()
    failed = Signal(object)

    def __init__(self, stack: QStackedWidget, runner: JobRunner, ask: Ask, *, gutter: int = 0) -> None:
        super().__init__(stack)
        self._stack = stack
        self._runner = runner
        self._ask = ask
        self._gutter = gutter
        self._room: QWidget | None = None
        self.preview: Preview | None = None

    def show_paper(self, title: str, load: Callable[[Progress], Looked]) -> None:
        """Show a paper in place of the sheets; ``load`` runs behind the window."""
        if self.preview is None or self._room is None:
            self.preview = Preview(self._runner, self._ask)
            self.preview.closed.connect(self.closed)
            self.preview.failed.connect(self.failed)
            self._room = QWidget()
            column = QVBoxLayout(self._room)
            column.setContentsMargins(0, 0, self._gutter, 0)
            column.addWidget(self.preview)
            self._stack.addWidget(self._room)
        self._stack.setCurrentWidget(self._room)
        self.preview.show_paper(title, load)

    def put_away(self) -> None:
        """Let the sheets be seen again."""
        if self._room is not None:
            self._stack.removeWidget(self._room)
            self._room.hide()
            self._room.deleteLater()
            self._room = self.preview = None
