"""What a page shows before there is anything on it: what will be here, why, what it needs, the one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.gui.icons import paint_icon
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.painted import Painted, start_painting
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedView:
    """A precondition: its state shape (done, now, missing), a remark at the right or an own action."""

    state: str
    name: str
    words: str = ""
    remark: str = ""
    action: ActionView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyView:
    """``drawing``: ballot, paper, folder or calendar. At most three needs."""

    headline: str
    why: str = ""
    drawing: str = "paper"
    needs: tuple[NeedView, ...] = ()
    primary: ActionView | None = None
    secondary: ActionView | None = None
    tip: str = ""


class Drawing(Painted):
    """A small line drawing, 150 × 104, ink and one red stroke."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(150), theme.px(104))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(start_painting(self), QRectF(self.rect()), f"drawing_{self._name}", "ink3")


class EmptyState(Painted):
    """Centred, 640 wide.

    Signals:
        action_requested: A button was pressed. arg: the action's id.
    """

    action_requested = Signal(str)

    def __init__(self, view: EmptyView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.primary: Button | None = None
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(1)
        self._middle = QWidget()
        outer.addWidget(self._middle, 100)
        outer.addStretch(1)
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addStretch(2)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(Drawing(view.drawing), 0, centre)
        column.addSpacing(12)
        for words, role, ink in ((view.headline, "empty", "ink1"), (view.why, "body", "ink2")):
            if words:
                text = Text(words, role, ink, wrap=True)
                text.setAlignment(centre)
                column.addWidget(text)
        if view.needs:
            column.addSpacing(8)
            column.addWidget(self._needs(view.needs))
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        for action, kind in ((view.primary, "primary"), (view.secondary, "secondary")):
            if action is not None:
                button = self._button(action, primary=kind == "primary")
                buttons.addWidget(button)
                if kind == "primary":
                    self.primary = button
        buttons.addStretch(1)
        column.addSpacing(6)
        column.addLayout(buttons)
        if view.tip:
            tip = QHBoxLayout()
            tip.setSpacing(8)
            tip.addStretch(1)
            tip.addWidget(Shape("hint", px=14), 0, Qt.AlignmentFlag.AlignTop)
            words_of_tip = Text(view.tip, ink="ink2", wrap=len(view.tip) > 40)
            tip.addWidget(words_of_tip, 100 if len(view.tip) > 40 else 0)
            tip.addStretch(1)
            column.addSpacing(6)
            column.addLayout(tip)
        column.addStretch(3)
        self.setAccessibleName(view.headline)
        self.retheme()

    def retheme(self) -> None:
        self._middle.setMaximumWidth(current_theme().extent("empty_state"))
        super().retheme()

    def _needs(self, needs: Sequence[NeedView]) -> Sheet:
        sheet = Sheet()
        sheet.body.setSpacing(12)
        for index, need in enumerate(needs):
            if index:
                sheet.add_line()
            row = QWidget()
            grid = QGridLayout(row)
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(0)
            grid.addWidget(Shape(need.state), 0, 0, 2, 1, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(Text(need.name, bold=True), 0, 1)
            grid.addWidget(Text(need.words, ink="ink2", wrap=True), 1, 1)
            grid.setColumnStretch(1, 1)
            if need.action is not None:
                grid.addWidget(
                    self._button(need.action, primary=False), 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter
                )
            elif need.remark:
                grid.addWidget(Text(need.remark, ink="ink2"), 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
            sheet.add(row)
        return sheet

    def _button(self, action: ActionView, *, primary: bool) -> Button:
        button = Button(action.label, "primary" if primary else "secondary", action.icon)
        button.setProperty("action", action.id)
        button.set_blocked(action.blocked or None)
        button.clicked.connect(self._on_clicked)
        return button

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.action_requested.emit(str(sender.property("action")))
