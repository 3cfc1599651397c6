"""What the pages of first use are made of: the rail at the left, ways to begin, the limits of a region."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.gui.icons import paint_icon
from app.gui.theme import current_theme
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.painted import Painted, fill_round, start_painting
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text


def free_place(chosen: Path, name: str) -> Path:
    """``chosen`` itself while it is empty, else the first free folder in it called ``name``."""
    try:
        if not chosen.exists() or not any(chosen.iterdir()):
            return chosen
    except OSError:
        return chosen
    return free_name(chosen, name)


def free_name(folder: Path, name: str) -> Path:
    """The first folder in ``folder`` called ``name``, or ``name2`` …, that is not there yet."""
    for number in range(1, 1000):
        place = folder / (name if number == 1 else f"{name}{number}")
        if not place.exists():
            return place
    return folder / name


class StartWay(ClickRow):
    """One way to begin."""

    def __init__(self, name: str, icon: str, words: str, meaning: str) -> None:
        super().__init__()
        self.name = name
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(Shape(icon, "ink1", px=20), 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Text(words, bold=True, elide=True))
        column.addWidget(Text(meaning, ink="ink2", elide=True))
        row.addLayout(column, 1)
        row.addWidget(Shape("chevron_right", "ink2", px=16))
        self.setAccessibleName(words)
        self.setAccessibleDescription(meaning)


class ReviewRow(ClickRow):
    """One line of 核对并开始: state, what, value; a click goes back to where it is filled in.

    ``door``: the page and the answer (may be empty). ``state``: done, missing (may stay empty), must.
    """

    def __init__(self, state: str, what: str, value: str, door: tuple[int, str]) -> None:
        super().__init__()
        self.door = door
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 5, 0, 5)
        row.setSpacing(10)
        row.addWidget(Shape(state, px=16))
        name = Text(what, ink="ink2", wrap=True)
        name.setFixedWidth(current_theme().extent("label") + current_theme().px(24))
        row.addWidget(name)
        row.addWidget(Text(value, ink="ink2" if state == "missing" else "ink1", elide=True), 1)
        row.addWidget(Shape("chevron_right", "ink2", px=16))
        self.setAccessibleName(f"{what}：{value}")


class SidePage(QWidget):
    """A sheet with a narrower one at its right; below it where the window is narrow."""

    def __init__(self, sheet: QWidget, side: QWidget | None) -> None:
        super().__init__()
        self._side = side
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._pair.setContentsMargins(0, 0, 0, 0)
        self._pair.setSpacing(16)
        self._pair.addWidget(sheet, 1)
        if side is not None:
            self._pair.addWidget(side)
        self._arrange(self.width())

    def _arrange(self, room: int) -> None:
        if self._side is None:
            return
        theme = current_theme()
        beside = room >= theme.px(_SIDE_FROM)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._pair.direction() != way or self._side.maximumWidth() != theme.px(_SIDE):
            self._pair.setDirection(way)
            self._side.setMinimumWidth(theme.px(_SIDE) if beside else 0)
            self._side.setMaximumWidth(theme.px(_SIDE) if beside else 16_777_215)

    def minimumSizeHint(self) -> QSize:
        """As high as the words need at this width: what wrapped texts and tiles guess would make it scroll."""
        hint = super().minimumSizeHint()
        if self._pair.hasHeightForWidth() and self.width() >= hint.width():
            hint.setHeight(self._pair.totalMinimumHeightForWidth(self.width()))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width())
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


def hints_sheet(title: str, hints: Sequence[tuple[str, str, str]]) -> Sheet:
    """A side column of remarks: (shape, what, words)."""
    sheet = Sheet(title)
    for shape, what, words in hints:
        row = QWidget()
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.addWidget(Shape(shape, px=16), 0, 0)
        grid.addWidget(Text(what, bold=True), 0, 1)
        grid.addWidget(Text(words, ink="ink2", wrap=True), 1, 1)
        grid.setColumnStretch(1, 1)
        sheet.add(row)
    return sheet


class StartRail(Painted):
    """The column at the left: seal, name, the matters, and the promise that nothing leaves the computer."""

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._at = 0
        self._filled: tuple[bool, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.retheme()

    def retheme(self) -> None:
        self.setFixedWidth(current_theme().extent("nav"))
        super().retheme()

    def show_matters(self, names: Sequence[str], at: int, filled: Sequence[bool] = ()) -> None:
        """Show the pages, which one is open (1 for the first), and which are filled in."""
        self._names, self._at, self._filled = tuple(names), at, tuple(filled)
        self.setAccessibleName(f"第 {at} 步，共 {len(names)} 步" if names else "集体协商工作台")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(current_theme().extent("nav"), 400)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        painter.fillRect(self.rect(), theme.colour("nav"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.colour("line2"))
        paint_icon(painter, QRectF(22, 26, theme.px(36), theme.px(36)), "seal", "accent")
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
        top = 26 + theme.px(36) + 16
        row = theme.px(26)
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("ink1"))
        painter.drawText(QRectF(22, top, self.width() - 30, row), flags, "集体协商工作台")
        top += row
        if self._names:
            painter.setFont(theme.font())
            painter.setPen(theme.colour("ink2"))
            painter.drawText(QRectF(22, top, self.width() - 30, row), flags, "首次使用，约 5 分钟")
        top += row + 20
        step = theme.px(44)
        side = theme.px(22)
        for number, name in enumerate(self._names, 1):
            circle = QRectF(23, top + (row - side) / 2, side, side)
            now = number == self._at
            if number < len(self._names):
                painter.fillRect(
                    QRectF(circle.center().x(), circle.bottom() + 2, 1, step - side - 4),
                    theme.colour("line2"),
                )
            if not now and self._filled[number - 1 : number] == (True,):
                paint_icon(painter, circle, "circle_check", "ok")
            else:
                fill_round(
                    painter,
                    circle,
                    side / 2,
                    theme.colour("accent") if now else None,
                    None if now else theme.colour("ctl"),
                )
                painter.setFont(theme.font(bold=now))
                painter.setPen(theme.colour("onAccent" if now else "ink2"))
                painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(number))
            painter.setFont(theme.font(bold=now))
            painter.setPen(theme.colour("ink1" if now else "ink2"))
            room = self.width() - theme.px(56) - 4
            shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(QRectF(theme.px(56), top, room + 2, row), flags, shown)
            top += step
        words = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignBottom
        painter.setFont(theme.font())
        painter.setPen(theme.colour("ink2"))
        left = 22 + theme.px(24)
        area = QRectF(left, self.height() - theme.px(110) - 16, self.width() - left - 10, theme.px(110))
        if area.top() < top + 8:
            return  # a low window: the promise stands on the page 备份与密码 as well
        promise = "资料只存在这台电脑，不联网。以后都能在“设置”里修改。"
        drawn = painter.boundingRect(area, int(words), promise)
        paint_icon(painter, QRectF(22, drawn.top() + theme.px(2), theme.px(16), theme.px(16)), "lock", "ink2")
        painter.drawText(area, int(words), promise)


_SIDE, _SIDE_FROM = 316, 1000


def make_room() -> tuple[QWidget, QVBoxLayout]:
    """An empty page and its column."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    return page, column
