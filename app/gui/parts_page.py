"""Every part of the window with its states on one page, to be looked at: ``xieshang --parts``.

Nothing here belongs to a case. Theme and text size are chosen at the top and hold for this window only; nothing
is remembered.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.gui.application import make_application
from app.gui.fit_to_screen import fit_to_screen
from app.gui.icons import seal_icon
from app.gui.pages.look_view import LookView
from app.gui.parts_more import more_sheets
from app.gui.parts_samples import basic_sheets
from app.gui.theme import AUTO, apply_theme, current_theme
from app.gui.widgets.focus_ring import FocusRing
from app.gui.widgets.page_scroll import PageScroll
from app.gui.widgets.painted import Painted, start_painting
from app.gui.widgets.sheet import Sheet


class PartsPage(Painted):
    """The sheets below each other; ``sheets`` names them by their titles."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("集体协商工作台：部件")
        self.setWindowIcon(seal_icon())
        self.look = LookView()
        self.sheets: dict[str, Sheet] = {}
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 16, 8, 16)
        column.setSpacing(12)
        column.addWidget(self.look)
        for title, sheet in (*basic_sheets(), *more_sheets()):
            self.sheets[title] = sheet
            column.addWidget(sheet)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.room = PageScroll(inner)
        outer.addWidget(self.room)
        self.ring = FocusRing(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        start_painting(self).fillRect(self.rect(), current_theme().colour("bg"))


def show_parts() -> int:
    """Open the page in a window of its own; return the exit code when it is closed."""
    app = make_application()
    apply_theme(app, AUTO, 1.0)
    page = PartsPage()
    page.resize(1366, 697)
    fit_to_screen(page)
    page.show()
    page.look.theme.setFocus(Qt.FocusReason.OtherFocusReason)
    return app.exec()
