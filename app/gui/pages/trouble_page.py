"""A library that could not be opened: which one, the failure in three parts, and the others one may open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import DamagedError, LockedError, UserError
from app.gui.pages.start_parts import StartRail, StartWay
from app.gui.theme import current_theme
from app.gui.widgets.failure_sheet import FailureSheet, FailureView
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.page_scroll import PageScroll
from app.gui.widgets.painted import Painted, start_painting
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text

AGAIN = ActionView("again", "再试一次", "redo")
OTHER = ActionView("other", "打开别的资料库", "folder")
RESTORE = ActionView("restore", "从备份还原", "history")
PICK = ActionView("restore", "选一份备份", "history")
NEW = ActionView("new", "新建资料库", "plus")
_NEWER, _NO_LIBRARY = "L-103", "L-101"
_MOST_OTHERS = 5


def headline_of(error: UserError) -> str:
    """What was not done, in one line."""
    if isinstance(error, LockedError):
        return "资料库正被另一个窗口使用"
    if isinstance(error, DamagedError):
        return "资料库坏了，没有打开"
    return "资料库是更新的程序写的，没有打开" if error.code == _NEWER else "资料库没有打开"


def ways_of(error: UserError) -> tuple[ActionView, ...]:
    """The ways out, the shortest first: a damaged library is not opened by trying again."""
    if isinstance(error, DamagedError):
        from app.storage.library import NO_BACKUP

        return (OTHER, PICK, AGAIN) if NO_BACKUP in error.what_to_do else (RESTORE, OTHER, AGAIN)
    if error.code == _NO_LIBRARY:
        return (OTHER, NEW, AGAIN)
    return (OTHER, RESTORE) if error.code == _NEWER else (AGAIN, OTHER, RESTORE)


class TroublePage(Painted):
    """Stands in place of the window's pages until a library is open.

    Signals:
        way_chosen: arg: again, other, restore, new.
        open_requested: Another library. arg: its folder.
        record_requested: 看详细记录.
    """

    way_chosen = Signal(str)
    open_requested = Signal(object)
    record_requested = Signal()

    def __init__(
        self, failure: FailureView, folder: Path | None, recent: Sequence[Path], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(failure.headline)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(StartRail())
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 12, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Text("打开资料库", "page"))
        head.addWidget(Text(str(folder) if folder is not None else "", ink="ink2", elide=True), 1)
        column.addLayout(head)
        self.sheet = FailureSheet(failure)
        self.sheet.way_chosen.connect(self.way_chosen)
        self.sheet.record_requested.connect(self.record_requested)
        column.addWidget(self.sheet)
        others = [each for each in recent if each != folder][:_MOST_OTHERS]
        if others:
            column.addWidget(self._others(others))
        column.addStretch(1)
        across.addWidget(PageScroll(page), 1)

    def _others(self, folders: Sequence[Path]) -> Sheet:
        sheet = Sheet("最近打开的别的资料库")
        for folder in folders:
            way = StartWay(str(folder), "folder", folder.name, str(folder.parent))
            way.activated.connect(self._on_other)
            sheet.add(way)
        return sheet

    def focus_first_way(self) -> None:
        """Put the focus on the shortest way out."""
        self.sheet.focus_first_way()

    @Slot()
    def _on_other(self) -> None:
        sender = self.sender()
        if isinstance(sender, StartWay):
            self.open_requested.emit(Path(sender.name))

    def paintEvent(self, event: QPaintEvent) -> None:
        start_painting(self).fillRect(self.rect(), current_theme().colour("bg"))
