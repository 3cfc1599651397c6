"""What every chart has in common: one focus stop, arrows through its values, numbers for screen readers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QToolTip, QWidget

from app.gui.theme import Theme, current_theme
from app.gui.widgets.painted import Painted, fill_round

MOST_READ = 12
"""So many values are read out at once; the rest is reached with the arrows."""

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine)
_FLAGS = {"left": _LEFT, "right": _RIGHT, "middle": _MIDDLE}


class Chart(Painted):
    """Subclasses tell their values by ``_values`` and paint; a value is named by its id.

    Signals:
        chosen: Another value is looked at. arg: its id.
        opened: Enter, or a click on it. arg: its id.
        origin_requested: F4 on a value. arg: its id.
    """

    chosen = Signal(str)
    opened = Signal(str)
    origin_requested = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = 0
        self._hover = -1
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # until there are values
        self.setProperty("ring", True)
        self.setMouseTracking(True)
        self.installEventFilter(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(name)

    # ---- for subclasses

    def _values(self) -> Sequence[tuple[str, str]]:
        """(id, words that tell the value) of all values, in the order of the arrows."""
        raise NotImplementedError

    def area_of(self, at: int) -> QRectF:
        """Where a value is drawn."""
        raise NotImplementedError

    def most_height(self) -> int:
        """The height from which on more room would only be air; 0: it uses all."""
        return 0

    def _is_cut(self, at: int) -> bool:
        """Whether a value's words do not fit, so that a tool tip tells them."""
        return False

    def _changed(self) -> None:
        """Other values are shown now."""
        self._at = min(self._at, max(0, len(self._values()) - 1))
        self._hover = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._values() else Qt.FocusPolicy.NoFocus)
        self._tell()
        self._tell_cut()
        self.updateGeometry()
        self._tell_room()
        self.update()

    def _tell_room(self) -> None:
        """A scrolled room does not hear by itself that its chart needs another height."""
        view = self.parentWidget()
        room = view.parentWidget() if view is not None else None
        if isinstance(room, QScrollArea):
            room.updateGeometry()

    def _tell_cut(self) -> None:
        """What is cut stands in the tip: that of one value where the mouse is, all of them for who asks the chart."""
        cut = [words for at, (_, words) in enumerate(self._values()) if self._is_cut(at)]
        self.setToolTip("；".join(cut[:MOST_READ]))

    def retheme(self) -> None:
        super().retheme()
        self._tell_cut()
        self._tell_room()

    # ---- the value looked at

    def current(self) -> str:
        """The id of the value looked at; empty when there is none."""
        values = self._values()
        return values[self._at][0] if values else ""

    def choose(self, value_id: str) -> None:
        """Look at a value; nothing happens when there is none with this id."""
        for at, (held, _) in enumerate(self._values()):
            if held == value_id:
                self._go_to(at)
                return

    def words(self) -> str:
        """The value looked at, in words."""
        values = self._values()
        return values[self._at][1] if values else ""

    def _go_to(self, at: int) -> None:
        values = self._values()
        if not values:
            return
        self._at = min(max(at, 0), len(values) - 1)
        self._tell()
        self._reveal()
        self.update()
        self.chosen.emit(values[self._at][0])

    def _tell(self) -> None:
        values = self._values()
        if self.hasFocus() and values:
            self.setAccessibleDescription(f"第 {self._at + 1} 项，共 {len(values)} 项：{values[self._at][1]}")
            return
        read = "；".join(words for _, words in values[:MOST_READ])
        more = f"；还有 {len(values) - MOST_READ} 项" if len(values) > MOST_READ else ""
        self.setAccessibleDescription(read + more)

    def _reveal(self) -> None:
        """Scroll the value into sight."""
        step = self.parentWidget()
        while step is not None and not isinstance(step, QScrollArea):
            step = step.parentWidget()
        inside = step.widget() if isinstance(step, QScrollArea) else None
        if isinstance(step, QScrollArea) and inside is not None:
            spot = self.mapTo(inside, self.area_of(self._at).center().toPoint())
            step.ensureVisible(spot.x(), spot.y(), 0, round(self.area_of(self._at).height()))

    # ---- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        steps = {
            Qt.Key.Key_Up: self._at - 1,
            Qt.Key.Key_Left: self._at - 1,
            Qt.Key.Key_Down: self._at + 1,
            Qt.Key.Key_Right: self._at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._values()) - 1,
        }
        if plain and key in steps and self._values():
            self._go_to(steps[key])
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._values():
            self.opened.emit(self.current())
        elif plain and key == Qt.Key.Key_F4 and self._values():
            self.origin_requested.emit(self.current())
        else:
            super().keyPressEvent(event)

    def _found_at(self, spot: QPointF) -> int:
        return next((at for at in range(len(self._values())) if self.area_of(at).contains(spot)), -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._found_at(event.position())
        if at >= 0:
            self._go_to(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self._found_at(event.position())
        if at >= 0 and at == self._at and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.current())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._found_at(event.position())
        if at != self._hover:
            self._hover = at
            self.setCursor(Qt.CursorShape.PointingHandCursor if at >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover = -1
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tell()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_cut()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Its own events, looked at before Qt does: the chart is its own filter.

        Overriding ``event`` instead would run the part's deletion inside a Python method of the part.
        """
        if watched is not self:
            return False
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_F4 and not event.modifiers() and self._values():
                event.accept()  # before it belongs to the window
                return True
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._found_at(QPointF(event.pos()))
            words = self._values()[at][1] if at >= 0 and self._is_cut(at) else ""
            if words:
                QToolTip.showText(event.globalPos(), words, self)
            else:
                QToolTip.hideText()
            return True
        return False

    # ---- painting

    def _paint_ground(self, painter: QPainter, at: int) -> None:
        """What lies under a value: pale where the mouse is, framed where the keys are."""
        theme = current_theme()
        area = self.area_of(at)
        if at == self._hover:
            painter.fillRect(area, theme.colour("hover"))
        if at == self._at and self.hasFocus():
            fill_round(painter, area, theme.radius("control"), theme.colour("sel"), theme.colour("ink1"), 1)


def draw_words(
    painter: QPainter, area: QRectF, words: str, *, ink: str = "ink1", bold: bool = False, side: str = "left"
) -> None:
    """Words in one line, ending in … where the room ends."""
    theme = current_theme()
    font = theme.font(bold=bold)
    painter.setFont(font)
    painter.setPen(theme.colour(ink))
    painter.drawText(area, _FLAGS[side], elided(words, font, area.width()))


def elided(words: str, font: QFont, room: float) -> str:
    """``words`` as far as they fit."""
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(words) <= room + 1:
        return words
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room))


def width_of(words: str, *, bold: bool = False) -> int:
    """How wide words of body size are."""
    theme = current_theme()
    if not _measures or _measures[0][0] is not theme:
        plain, strong = (QFontMetrics(theme.font(bold=each)) for each in (False, True))
        _measures[:] = [(theme, (plain, strong))]
    return _measures[0][1][bold].horizontalAdvance(words)


_measures: list[tuple[Theme, tuple[QFontMetrics, QFontMetrics]]] = []
"""The letters of the theme in force: making them is slow."""


def hatch(painter: QPainter, area: QRectF, colour: QColor | None = None, gap: float = 6.0) -> None:
    """Diagonal hatching: hidden, or a difference."""
    theme = current_theme()
    painter.save()
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour or theme.colour("line2"), 1))
    x = area.left() - area.height()
    while x < area.right():
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()))
        x += gap
    painter.restore()
