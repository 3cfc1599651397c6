"""The head of a matrix: groups above their columns, the current one framed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from app.gui.icons import paint_icon
from app.gui.theme import current_theme
from app.gui.widgets.matrix_model import MatrixColumn, MatrixGroup, MatrixModel

_MIDDLE = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine)


class MatrixHead(QHeaderView):
    """Two lines high where there are groups; it does not move with the rows."""

    def __init__(self, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._rows_model = model
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setStretchLastSection(False)
        self.setMinimumSectionSize(32)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        lines = 2 if self._rows_model.groups else 1
        return QSize(
            super().sizeHint().width(), theme.px(28) * lines if lines == 2 else theme.height("table_head")
        )

    def group_area(self, key: str) -> QRectF:
        """Where a group's columns lie, in the viewport; empty when it has none."""
        at = [place for place, column in enumerate(self._rows_model.columns) if column.group == key]
        if not at:
            return QRectF()
        left = self.sectionViewportPosition(at[0])
        right = self.sectionViewportPosition(at[-1]) + self.sectionSize(at[-1])
        return QRectF(left, 0, right - left, self.height())

    def framed_area(self) -> QRectF:
        """Where the framed group lies; empty when there is none."""
        framed = next((group for group in self._rows_model.groups.values() if group.framed), None)
        return self.group_area(framed.key) if framed is not None else QRectF()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.viewport().rect())
        painter.fillRect(whole, theme.colour("sunken"))
        painter.fillRect(QRectF(0, 0, whole.width(), 1), theme.colour("line2"))
        painter.fillRect(QRectF(0, whole.height() - 1, whole.width(), 1), theme.colour("line2"))
        framed = self.framed_area()
        if not framed.isEmpty():
            painter.fillRect(framed.adjusted(0, 1, 0, 0), theme.colour("surface"))
        for at, column in enumerate(self._rows_model.columns):
            area = QRectF(self.sectionViewportPosition(at), 0, self.sectionSize(at), whole.height())
            self._paint_column(painter, column, area)
        for group in self._rows_model.groups.values():
            self._paint_group(painter, group)
        if not framed.isEmpty():
            path = QPainterPath()
            inner = framed.adjusted(1, 1, -1, 8)
            path.addRoundedRect(inner, theme.radius("control"), theme.radius("control"))
            painter.setPen(QPen(theme.colour("ink1"), 2.5 if theme.name == "contrast" else 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)

    def _paint_column(self, painter: QPainter, column: MatrixColumn, area: QRectF) -> None:
        theme = current_theme()
        if column.parted:
            painter.fillRect(QRectF(area.left(), 4, 1, area.height() - 4), theme.colour("line"))
        if column.group:
            area = area.adjusted(0, area.height() / 2, 0, 0)
        inner = area.adjusted(10, 0, -10, 0)
        framed = column.group in self._rows_model.groups and self._rows_model.groups[column.group].framed
        painter.setFont(theme.font(bold=framed))
        painter.setPen(theme.colour("ink1" if framed else "ink2"))
        side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
        words = painter.fontMetrics().elidedText(
            column.title, Qt.TextElideMode.ElideRight, max(0, int(inner.width()) + 2)
        )
        painter.drawText(
            inner, int(side | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine), words
        )

    def _paint_group(self, painter: QPainter, group: MatrixGroup) -> None:
        theme = current_theme()
        area = self.group_area(group.key)
        if area.isEmpty():
            return
        titled = any(column.title for column in self._rows_model.columns if column.group == group.key)
        line = area.height() / 2 if titled else area.height()
        head = QRectF(area.left() + 6, 0, area.width() - 12, line)
        if titled:
            painter.fillRect(QRectF(head.left(), line - 1, head.width(), 1), theme.colour("line2"))
        title_font, remark_font = theme.font(bold=group.framed), theme.font()
        painter.setFont(title_font)
        side = theme.px(16) if group.icon else 0
        title = painter.fontMetrics().elidedText(
            group.title, Qt.TextElideMode.ElideRight, int(max(0, head.width() - side - 4))
        )
        across = painter.fontMetrics().horizontalAdvance(title)
        painter.setFont(remark_font)
        room = int(head.width() - side - 4 - across - 8)
        remark = group.remark if painter.fontMetrics().horizontalAdvance(group.remark) <= room else ""
        remark_wide = painter.fontMetrics().horizontalAdvance(remark) + 8 if remark else 0
        left = head.left() + max(0.0, (head.width() - (side + 4 if side else 0) - across - remark_wide) / 2)
        if side:
            place = QRectF(left, head.center().y() - side / 2, side, side)
            paint_icon(painter, place, group.icon, "accentText" if group.framed else "ink2")
            left += side + 4
        middle = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
        painter.setFont(title_font)
        painter.setPen(theme.colour("ink1" if group.framed else "ink2"))
        painter.drawText(QRectF(left, 0, across + 2, line), middle, title)
        if remark:
            painter.setFont(remark_font)
            painter.setPen(theme.colour("ink2"))
            painter.drawText(QRectF(left + across + 8, 0, remark_wide, line), middle, remark)
