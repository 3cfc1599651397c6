"""本方底线: what stays on this computer, shown only while Space or the mouse is held.

The secret is asked for when the block is pressed and forgotten when it is let go. It is painted, never put into a
label: neither a picture of the page nor a screen reader finds it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QHideEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.gui.icons import paint_icon
from app.gui.theme import current_theme
from app.gui.widgets.painted import Painted, fill_round, start_painting

WARNING = "只在本机，不打印、不进报送包"
HOW = "按住空格看"

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)


class SecretBlock(Painted):
    """Sunken, with a padlock; ``reveal`` gives the words when it is held."""

    def __init__(self, title: str, reveal: Callable[[], str], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._reveal = reveal
        self._secret = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{WARNING}。{HOW}，松开就盖住")

    def is_shown(self) -> bool:
        """Whether the secret is to be seen now."""
        return bool(self._secret)

    def hold(self, held: bool) -> None:
        """Show while held, cover when let go."""
        self._secret = self._reveal() if held else ""
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(320, theme.height("control"))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        area = QRectF(self.rect())
        fill_round(painter, area, theme.radius("control"), theme.colour("sunken"), theme.colour("line2"))
        side = theme.px(16)
        inner = area.adjusted(10, 0, -10, 0)
        paint_icon(painter, QRectF(inner.left(), inner.center().y() - side / 2, side, side), "lock", "ink2")
        inner.setLeft(inner.left() + side + 8)
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour("ink1"))
        painter.drawText(inner, _LEFT | int(Qt.TextFlag.TextSingleLine), self._title)
        inner.setLeft(inner.left() + painter.fontMetrics().horizontalAdvance(self._title) + 10)
        painter.setFont(theme.font())
        metrics = QFontMetrics(theme.font())
        end = metrics.horizontalAdvance(HOW) + side + 12
        paint_icon(
            painter,
            QRectF(inner.right() - side, inner.center().y() - side / 2, side, side),
            "eye" if self._secret else "eye_off",
            "ink2",
        )
        painter.drawText(inner.adjusted(0, 0, -side - 6, 0), _RIGHT, HOW)
        inner.setRight(inner.right() - end)
        painter.setPen(theme.colour("ink1" if self._secret else "ink2"))
        words = metrics.elidedText(self._secret or WARNING, Qt.TextElideMode.ElideRight, int(inner.width()))
        painter.drawText(inner, _LEFT | int(Qt.TextFlag.TextSingleLine), words)

    # ---- held and let go

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            if not event.isAutoRepeat():
                self.hold(True)
            return
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.hold(False)
            return
        super().keyReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.hold(True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.hold(False)

    def leaveEvent(self, event: QEvent) -> None:
        self.hold(False)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.hold(False)
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.hold(False)
        super().hideEvent(event)
