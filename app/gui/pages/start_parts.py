"""What the pages of first use are made of: the rail at the left, ways to begin, the limits of a region."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.union import AgreementKind, Form
from app.gui.icons import paint_icon
from app.gui.theme import current_theme
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.painted import Painted, fill_round, start_painting
from app.gui.widgets.shape import Shape
from app.gui.widgets.text import Text
from app.rules.pack import RulePack
from app.usecases.program import Program


def free_place(chosen: Path, name: str) -> Path:
    """``chosen`` itself while it is empty, else the first free folder in it called ``name``."""
    try:
        if not chosen.exists() or not any(chosen.iterdir()):
            return chosen
    except OSError:
        return chosen
    for number in range(1, 1000):
        place = chosen / (name if number == 1 else f"{name}{number}")
        if not place.exists():
            return place
    return chosen / name


def limits_of(
    pack: RulePack, program: Program, kind: AgreementKind | None, form: Form | None
) -> list[tuple[str, str, str, str]]:
    """(what, how long, article, how well read) of every period of a pack today."""
    today = program.clock.today()
    found = []
    for rule in pack.rule_ids():
        term = pack.term(rule, today, kind or AgreementKind.WAGE, form or Form.SINGLE)
        text = pack.rule(rule, kind or AgreementKind.WAGE, form or Form.SINGLE)
        if term is None or text is None or not term.is_period or not term.sources:
            continue
        found.append((text.title, term.words, term.sources[0].text, term.sources[0].read.label))
    return found


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
        self.setAccessibleName(words)
        self.setAccessibleDescription(meaning)


class LimitRow(QWidget):
    """One consequence of the region: what, how long, which article."""

    def __init__(self, title: str, words: str, article: str, read: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Text(title, ink="ink2", elide=True), 4)
        row.addWidget(Text(words, bold=True, elide=True), 2)
        row.addWidget(Text(article, ink="info", elide=True), 3)
        row.addWidget(Text(read, ink="ink2", elide=True), 3)


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
        top += row + 24
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
            painter.drawText(QRectF(56, top, self.width() - 60, row), flags, name)
            top += step
        words = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignBottom
        painter.setFont(theme.font())
        painter.setPen(theme.colour("ink2"))
        area = QRectF(22, self.height() - 110, self.width() - 44, 90)
        painter.drawText(area, int(words), "资料只存在这台电脑，不联网。以后都能在“设置”里修改。")


def make_room() -> tuple[QWidget, QVBoxLayout]:
    """An empty page and its column."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    return page, column


def trouble_ways() -> tuple[ActionView, ...]:
    """Ways out when a library could not be opened."""
    return (
        ActionView("again", "再试一次", "redo"),
        ActionView("other", "打开别的资料库", "folder"),
        ActionView("restore", "从备份还原", "history"),
    )
