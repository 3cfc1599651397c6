"""What takes long to make is made piece by piece, so that the window never stands still for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot


class Pieces(QObject):
    """Calls one step in each turn of the event loop.

    Signals:
        whole: The last step is over.
    """

    whole = Signal()

    def __init__(self, steps: Sequence[Callable[[], object]], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = list(steps)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)

    def start(self) -> None:
        """Begin; nothing happens when it has begun or is over."""
        if self._steps:
            self._timer.start()

    def is_whole(self) -> bool:
        """Whether everything is made."""
        return not self._steps

    @Slot()
    def _next(self) -> None:
        self._steps[0]()
        del self._steps[0]
        if not self._steps:
            self._timer.stop()
            self.whole.emit()
