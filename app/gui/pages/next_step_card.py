"""The one next step: what, why, by when, and the button that goes there."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.stages import row_of
from app.gui.pages.home_words import how_counted, latest_words, why_words
from app.gui.widgets.button import Button
from app.gui.widgets.chip import Chip
from app.gui.widgets.sheet import Hairline, Sheet
from app.gui.widgets.text import Text
from app.usecases.overview import CHOOSE_REGION, Overview


class NextStepCard(Sheet):
    """The top of 首页.

    Signals:
        step_chosen: The red button.
        aside_chosen: The second way.
    """

    step_chosen = Signal()
    aside_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._view: Overview | None = None
        across = QHBoxLayout()
        across.setSpacing(20)
        left = QVBoxLayout()
        left.setSpacing(4)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(Chip("下一步", "next"))
        self._stage = Text("", ink="ink2", elide=True)
        top.addWidget(self._stage, 1)
        left.addLayout(top)
        self._headline = Text("", "page", wrap=True)
        self._reason = Text("", ink="ink2", wrap=True)
        left.addWidget(self._headline)
        left.addWidget(self._reason)
        left.addSpacing(4)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        self.button = Button("", "primary", "arrow_right")
        self.button.setToolTip("Ctrl Enter")
        self.button.clicked.connect(self.step_chosen)
        self.aside = Button("", "secondary")
        self.aside.clicked.connect(self.aside_chosen)
        self.how = Button("", "link")
        self.how.clicked.connect(self._on_how)
        buttons.addWidget(self.button)
        buttons.addWidget(self.aside)
        buttons.addWidget(self.how)
        buttons.addStretch(1)
        left.addLayout(buttons)
        across.addLayout(left, 1)
        self._line = Hairline(standing=True)
        across.addWidget(self._line)
        self._due = QWidget()
        right = QVBoxLayout(self._due)
        right.setContentsMargins(0, 0, 12, 0)
        right.setSpacing(2)
        right.addStretch(1)
        figure = QHBoxLayout()
        figure.setSpacing(8)
        self._before = Text("", ink="ink2")
        self.figure = Text("", "figure", "accentText")
        self._after = Text("", "strong")
        for part in (self._before, self.figure, self._after):
            part.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            figure.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        figure.addStretch(1)
        right.addLayout(figure)
        self.latest = Text("")
        right.addWidget(self.latest)
        right.addStretch(1)
        across.addWidget(self._due)
        self.body.addLayout(across)
        self.why = Sheet(tone="inset")
        self._why_words = Text("", ink="ink2", wrap=True)
        self.why.add(self._why_words)
        self.why.hide()
        self.add(self.why)

    def show_view(self, view: Overview, on: date, says: str = "") -> None:
        """Show the step and, where one belongs to it, its due date; ``says`` is what the article says."""
        self._view = view
        step, due = view.step, view.due
        place = "设置" if step.where is not None else "统计与报送"
        place = "设置 · 本年度" if step is CHOOSE_REGION else place
        self._stage.set_words(f"{row_of(step.stage).number} {step.stage.label}" if step.stage else place)
        self._headline.set_words(step.headline)
        self._reason.set_words(step.reason)
        self.button.set_words(step.action, _icon_of(step.action))
        self.aside.set_words(step.aside)
        self.aside.setVisible(bool(step.aside))
        self.setAccessibleName(f"下一步：{step.headline}")
        for part in (self._line, self._due, self.how):
            part.setVisible(due is not None)
        if due is None:
            self.close_why()
            return
        self.how.set_words(how_counted(due, on))
        self._why_words.set_words(why_words(due, says))
        left = view.days_left
        self.latest.set_words(latest_words(due, on))
        self._after.set_words("天")
        if due.estimated or left is None:
            self._show_figure("", "")
            self.latest.set_words(f"约 {latest_words(due, on).removeprefix('最迟 ')}（估算）")
        elif left < 0:
            self._show_figure("已超期", str(-left))
        elif left == 0:
            self._show_figure("今天到期", "")
        else:
            self._show_figure("还剩", str(left))

    def minimumSizeHint(self) -> QSize:
        """As high as the words need at this width: what a wrapped text guesses would make 首页 scroll."""
        hint, layout = super().minimumSizeHint(), self.layout()
        if layout is not None and layout.hasHeightForWidth() and self.width() >= hint.width():
            hint.setHeight(layout.totalMinimumHeightForWidth(self.width()))
        return hint

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _show_figure(self, before: str, figure: str) -> None:
        self._before.set_words(before)
        self._before.setVisible(bool(before))
        self.figure.set_words(figure)
        self.figure.setVisible(bool(figure))
        self._after.setVisible(bool(figure))
        alone = bool(before) and not figure
        self._before.set_ink("accentText" if alone else "ink2", bold=alone)

    @Slot()
    def _on_how(self) -> None:
        self.toggle_why()

    def toggle_why(self) -> None:
        """Open or close the why of the due date."""
        if self._view is not None and self._view.due is not None:
            self.why.setVisible(self.why.isHidden())

    def close_why(self) -> bool:
        """Close the why of the due date; False when it was not open."""
        if self.why.isHidden():
            return False
        self.why.hide()
        return True


def _icon_of(action: str) -> str:
    """A pen where something is written down, a plus where something is added, else an arrow."""
    if action.startswith(("登记", "写", "起草", "定")):
        return "pencil"
    return "plus" if action.startswith("添加") else "arrow_right"
