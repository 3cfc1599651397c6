"""A tick."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.choice_tiles import paint_mark
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.painted import start_painting


class CheckMark(QAbstractButton):
    """A square mark with words; Space ticks it. The tick is ink, not red."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setCheckable(True)
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        across = QFontMetrics(theme.font()).horizontalAdvance(self._words)
        return QSize(across + theme.px(28), theme.height("control"))

    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(60), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        side = theme.px(16)
        paint_mark(
            painter, QRectF(2, (self.height() - side) / 2, side, side), chosen=self.isChecked(), square=True
        )
        font = theme.font()
        painter.setFont(font)
        painter.setPen(theme.colour("ink1" if self.isEnabled() else "ink3"))
        left = theme.px(26)
        words = QFontMetrics(font).elidedText(self._words, Qt.TextElideMode.ElideRight, self.width() - left)
        where = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)


class CheckField(FieldEditor):
    """One tick; its value is a ``bool``. ``words`` stand behind the mark (the name when left out)."""

    empty = False

    def __init__(self, name: str, words: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self.box.hide()
        self.mark = CheckMark(words or name)
        self.box_row.insertWidget(0, self.mark)
        self.box_row.addStretch(1)
        self.mark.clicked.connect(self._on_clicked)
        self._watch(self.mark)

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.mark.isChecked()

    def _on_clicked(self) -> None:
        self._touch()
        self._commit(leaving=False)

    def _read(self) -> bool:
        return self.mark.isChecked()

    def _show(self, value: object) -> None:
        self.mark.setChecked(bool(value))

    def _show_read_only(self, read_only: bool, source: str) -> None:
        self.mark.setEnabled(not read_only)
        if source:
            self.set_note(source)
