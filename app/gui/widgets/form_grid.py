"""Labels at the left of their fields, in two columns or one, in the order of the printed paper."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.text import Text

_NO_LIMIT = (1 << 24) - 1
"""The height Qt gives a part that has no greatest one."""


class FormGrid(QWidget):
    """A form: label 88 wide, eight to the field, eight between rows.

    Becomes one column where two do not fit.
    """

    def __init__(self, *, columns: int = 2, narrowest: int = 620, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = columns
        self._narrowest = narrowest
        self._columns = 0
        self._rows: list[tuple[Text | None, QWidget, bool]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, label: str, field: QWidget, *, wide: bool = False) -> None:
        """Add a field with its label; ``wide`` fields take the whole row.

        An empty label gives its room to the field.
        """
        text = Text(label, wrap=True) if label else None
        if text is not None:
            text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            text.setBuddy(field)
        self._rows.append((text, field, wide))
        self._columns = 0
        self._arrange(self.width() or 800)

    def _arrange(self, room: int) -> None:
        theme = current_theme()
        columns = self._most if room >= theme.px(self._narrowest) else 1
        if columns == self._columns:
            return
        # Not takeAt: an item taken into Python stays its widget's own, and the new one is then never told that
        # the field became higher.
        for text, field, _ in self._rows:
            if text is not None:
                self._grid.removeWidget(text)
            self._grid.removeWidget(field)
        self._columns = columns
        row = at = 0
        for text, field, wide in self._rows:
            span = columns if wide else 1
            if at + span > columns:
                row, at = row + 1, 0
            first = at * 3
            if text is not None:
                text.retheme()  # its letters may still be those of the look before
                text.setMinimumHeight(0)  # else it is measured as high as it was made then
                text.setMaximumHeight(_NO_LIMIT)
                text.setFixedWidth(theme.extent("label"))
                # As high as its lines: three where a paper's own words are long.
                needed = max(theme.height("control"), text.heightForWidth(theme.extent("label")))
                text.setMinimumHeight(needed)
                text.setMaximumHeight(max(needed, theme.height("control") + theme.px(8)))
                self._grid.addWidget(text, row, first, Qt.AlignmentFlag.AlignTop)
                self._grid.addWidget(field, row, first + 1, 1, span * 3 - 2, Qt.AlignmentFlag.AlignTop)
            else:
                self._grid.addWidget(field, row, first, 1, span * 3 - 1, Qt.AlignmentFlag.AlignTop)
            at += span
        for column in range(self._most):
            self._grid.setColumnStretch(column * 3 + 1, 1 if column < columns else 0)
            self._grid.setColumnMinimumWidth(column * 3 + 2, 8 if column + 1 < columns else 0)
        self.updateGeometry()

    def has_fields(self) -> bool:
        """Whether anything was added."""
        return bool(self._rows)

    def columns(self) -> int:
        """How many columns there are now."""
        return self._columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._columns = 0
            self._arrange(self.width())
