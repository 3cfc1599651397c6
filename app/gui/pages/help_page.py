"""F1: what the page one came from is for, step by step, and the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.stages import row_of
from app.forms.layout import Page
from app.gui.widgets.button import Button
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text

KEYS: tuple[tuple[str, str], ...] = (
    ("Tab、方向键", "走到下一格、在列表里上下走"),
    ("F1", "这一页怎么用"),
    ("F2", "改表里的这一格"),
    ("F4", "数字的出处，日期为什么是这一天"),
    ("F6、Shift F6", "换区域：导航、步骤、表单、检查结果、状态栏"),
    ("F8、Shift F8", "看下一条、上一条检查结果；Enter 跳到那一项，Esc 回来"),
    ("Insert、Delete", "在列表里添加、移除；移除可以撤销"),
    ("空格", "打勾、看附件；按住看本方底线"),
    ("Ctrl Enter", "按红色的按钮"),
    ("Ctrl Z、Ctrl Y", "撤销、重做"),
    ("Ctrl S", "设一个还原点；在修改记录里可以回到那里"),
    ("Ctrl K", "找文书、议题、人员、条款、条文和页面"),
    ("Ctrl U", "添加材料"),
    ("Ctrl P", "打印这一步的文书"),
    ("Ctrl 0 到 Ctrl 9", "首页、七个阶段、材料与证据、统计与报送"),
    ("Alt", "按钮上显示字母；再按这个字母就按下按钮"),
    ("Esc", "收起打开的东西；格里退回原来的内容；从别处跳来的，回到原处"),
)


class HelpPage(QWidget):
    """Made from the same tables as the pages.

    Signals:
        closed: Esc or the button.
    """

    closed = Signal()

    def __init__(self, keys: Sequence[tuple[str, str]] = KEYS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 4, 0, 4)
        self._column.setSpacing(12)
        self.back = Button("", "secondary", "undo")
        self.back.clicked.connect(self.closed)
        self._column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self._about = Sheet()
        self._column.addWidget(self._about)
        listed = Sheet("按键")
        listed.add(_table(keys))
        self._column.addWidget(listed)
        self._column.addStretch(1)

    def show_help(self, label: str, page: object, fill: Callable[[str], str]) -> None:
        """Tell about a page; ``page`` is its declaration, if it has one; ``fill`` puts the region's names in."""
        self.back.set_words(f"回到{label}  Esc")
        self._about.clear()
        self._about.setVisible(isinstance(page, Page))
        if not isinstance(page, Page):
            return
        self._about.set_title(f"{label}怎么用")
        if page.stage is not None:
            row = row_of(page.stage)
            self._about.add(Text(f"从“{row.opens}”开始，到“{row.closes}”为止。", wrap=True))
        rows = []
        for step in page.steps:
            hints = [section.hint for section in step.sections if section.hint]
            titles = "、".join(section.title for section in step.sections)
            rows.append((fill(step.title), fill("".join(hints) or f"登记{titles}。")))
        self._about.add(_table(rows))

    def show_table(self, label: str, rows: Sequence[tuple[str, str]]) -> None:
        """Tell about a page that is not declared, in rows of what there is and what it means."""
        self.back.set_words(f"回到{label}  Esc")
        self._about.clear()
        self._about.setVisible(bool(rows))
        self._about.set_title(f"{label}怎么用")
        self._about.add(_table(rows))

    def first_focus(self) -> QWidget:
        """The way back."""
        return self.back

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)


def _table(rows: Sequence[tuple[str, str]]) -> QWidget:
    part = QWidget()
    grid = QGridLayout(part)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for at, (name, words) in enumerate(rows):
        grid.addWidget(Text(name, bold=True), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(words, ink="ink2", wrap=True), at, 1)
    return part
