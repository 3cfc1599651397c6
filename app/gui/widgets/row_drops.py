"""Files dropped on a row of a list: the row is the paper they are."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.gui.widgets.drop_zone import files_of
from app.gui.widgets.item_row import ItemList, ItemRow


class RowDrops(QObject):
    """Lets every row of an :class:`ItemList` take files.

    Signals:
        files_dropped: arg: the item's id, arg: the files.
    """

    files_dropped = Signal(str, object)

    def __init__(self, rows: ItemList, parent: QWidget) -> None:
        super().__init__(parent)
        rows.row_made.connect(self._on_row_made)

    @Slot(object)
    def _on_row_made(self, row: ItemRow) -> None:
        row.setAcceptDrops(True)
        row.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, ItemRow):
            if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
                files = files_of(event)
                if files:
                    event.acceptProposedAction()
                    self.files_dropped.emit(watched.item.id, files)
                    return True
            elif isinstance(event, QDragEnterEvent) and files_of(event):
                event.acceptProposedAction()
                return True
        return super().eventFilter(watched, event)
