"""The inner steps of a stage, as tabs with state shapes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.gui.icons import STATE_SHAPES, paint_state
from app.gui.theme import current_theme
from app.gui.widgets.painted import Painted, start_painting

WALKING_KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)

_AIR = 16
_LEAST_GAP = 4


@dataclass(frozen=True, slots=True)
class StepView:
    """One step.

    ``state`` as in ``STATE_SHAPES`` (done, now, later ...) or empty for none; ``remark`` beside it.
    """

    id: str
    label: str
    state: str = "later"
    remark: str = ""


class _Tab(QAbstractButton):
    """One tab; words, shape and the red bar below the current one."""

    def __init__(self, step: StepView) -> None:
        super().__init__()
        self.step = step
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("ring", True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._remarked = True
        self.show_step(step)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_step(self, step: StepView) -> None:
        if step == self.step and self.accessibleName():
            return
        self.step = step
        word = STATE_SHAPES[step.state][2] if step.state else ""
        self.setAccessibleName("，".join(part for part in (step.label, word, step.remark) if part))
        self.setToolTip(f"{step.label} {step.remark}".strip())
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in WALKING_KEYS:
            event.ignore()  # the row of tabs walks; a button by itself would go anywhere
            return
        super().keyPressEvent(event)

    def needed(self, *, remarked: bool) -> int:
        """How wide the tab must be for its label, and for its remark too."""
        shape, label, remark = self._extents()
        return shape + label + (remark if remarked else 0) + _AIR

    def let_remark(self, shown: bool) -> None:
        """Show the remark or keep it for the tip."""
        if shown != self._remarked:
            self._remarked = shown
            self.updateGeometry()
            self.update()

    def _extents(self) -> tuple[int, int, int]:
        theme = current_theme()
        shape = theme.px(26) if self.step.state else 0
        label = _advance(self.step.label, bold=True)
        remark = _advance(self.step.remark, bold=False) + 8 if self.step.remark else 0
        return shape, label, remark

    def sizeHint(self) -> QSize:
        return QSize(self.needed(remarked=self._remarked), current_theme().height("steps"))

    def minimumSizeHint(self) -> QSize:
        shape, label, _ = self._extents()
        return QSize(shape + min(label, current_theme().px(64)) + 8, current_theme().height("steps"))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        height = self.height()
        left = 3.0
        if self.step.state:
            side = theme.px(19)
            paint_state(painter, QRectF(left, (height - side) / 2, side, side), self.step.state)
            left += theme.px(24)
        current = self.isChecked()
        room = self.width() - left - 4
        painter.setFont(theme.font(bold=current))
        painter.setPen(theme.colour("ink1" if current or self.underMouse() else "ink2"))
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
        label = painter.fontMetrics().elidedText(self.step.label, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(left, 0, room + 2, height), flags, label)
        left += painter.fontMetrics().horizontalAdvance(label) + 8
        if self._remarked and self.step.remark and self.width() - left > 24:
            painter.setFont(theme.font())
            painter.setPen(theme.colour("ink2"))
            remark = painter.fontMetrics().elidedText(
                self.step.remark, Qt.TextElideMode.ElideRight, int(self.width() - left - 2)
            )
            painter.drawText(QRectF(left, 0, self.width() - left, height), flags, remark)
        if current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accentText"))
            painter.drawRoundedRect(QRectF(0, height - 3, self.width(), 3), 1.5, 1.5)


def _advance(words: str, *, bold: bool) -> int:
    from PySide6.QtGui import QFontMetrics

    return QFontMetrics(current_theme().font(bold=bold)).horizontalAdvance(words)


class StepTabs(Painted):
    """Tabs; one Tab stop, arrows, Home and End walk.

    Where the row is too short for all, the remarks go first (the tip and screen readers keep them), the one of
    the current step last; then the gaps; labels are shortened only after that.

    Signals:
        step_requested: A tab was chosen. arg: the step's id.
    """

    step_requested = Signal(str)

    def __init__(self, *, gap: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._gap = gap
        self._row.setSpacing(gap)
        self._row.addStretch(1)
        self._tabs: list[_Tab] = []
        self._current = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("步骤")

    def set_steps(self, steps: Sequence[StepView], current: str = "") -> None:
        """Show these steps; ``current`` defaults to the one shown before, else the first."""
        ids = [step.id for step in steps]
        while len(self._tabs) < len(steps):
            fresh = _Tab(steps[len(self._tabs)])
            fresh.clicked.connect(self._on_clicked)
            self._row.insertWidget(len(self._tabs), fresh)
            self._tabs.append(fresh)
        while len(self._tabs) > len(steps):
            left = self._tabs.pop()
            self._row.removeWidget(left)
            left.hide()
            left.deleteLater()
        for tab, step in zip(self._tabs, steps, strict=True):
            tab.show_step(step)
        wanted = current or (self._current if self._current in ids else ids[0] if ids else "")
        self.set_current(wanted)

    def set_current(self, step_id: str) -> None:
        """Mark a step without a signal."""
        self._current = step_id
        for tab in self._tabs:
            here = tab.step.id == step_id
            tab.setChecked(here)
            tab.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
            if here:
                self.setFocusProxy(tab)
        self._fit()

    def _fit(self) -> None:
        """Let go of remarks and gaps where the room is short."""
        here = [tab.step.id == self._current for tab in self._tabs]
        ways = ((True,) * len(here), tuple(here), (False,) * len(here))
        for shown in ways:
            wanted = sum(tab.needed(remarked=let) for tab, let in zip(self._tabs, shown, strict=True))
            if wanted + self._gap * len(here) <= self.width():
                break
        for tab, let in zip(self._tabs, shown, strict=True):
            tab.let_remark(let)
        gaps = (self.width() - wanted) // max(1, len(here))
        self._row.setSpacing(max(_LEAST_GAP, min(self._gap, gaps)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def retheme(self) -> None:
        super().retheme()
        self._fit()

    def current(self) -> str:
        """The id of the marked step."""
        return self._current

    def tab(self, step_id: str) -> QAbstractButton:
        """The button of a step; KeyError when there is none."""
        return {tab.step.id: tab for tab in self._tabs}[step_id]

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, _Tab):  # the marked one too: a preview or an empty page may lie over its forms
            self.set_current(sender.step.id)
            self.step_requested.emit(sender.step.id)

    def _go(self, tab: _Tab) -> None:
        changed = tab.step.id != self._current
        self.set_current(tab.step.id)
        if changed:
            self.step_requested.emit(tab.step.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = next((i for i, tab in enumerate(self._tabs) if tab.step.id == self._current), 0)
        last = len(self._tabs) - 1
        moves = {
            Qt.Key.Key_Left: at - 1,
            Qt.Key.Key_Right: at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        target = moves.get(Qt.Key(event.key())) if event.key() in moves else None
        if target is None or not 0 <= target <= last:
            super().keyPressEvent(event)
            return
        self._tabs[target].setFocus(Qt.FocusReason.TabFocusReason)
        self._go(self._tabs[target])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = start_painting(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, current_theme().colour("line2"))
