"""The button of look.md: primary, secondary, text, link."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.gui.icons import paint_icon
from app.gui.theme import current_theme
from app.gui.widgets.painted import fill_round, start_painting
from app.gui.widgets.text import Text

ButtonKind = Literal["primary", "secondary", "text", "link", "article"]


class Button(QPushButton):
    """A button that says verb and object.

    ``kind``: primary (red, one on a screen), secondary (outlined), text (no outline), link (underlined),
    article (underlined, blue, for 条文). ``set_busy`` changes the words while its work runs; ``set_blocked``
    disables it with a reason, which :func:`with_reason` writes beside it.
    """

    def __init__(
        self,
        words: str,
        kind: ButtonKind = "secondary",
        icon: str = "",
        *,
        in_table: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._busy_words = ""
        self._kind: ButtonKind = kind
        self._icon_name = icon
        self._in_table = in_table
        self._spoken = ""
        self._reason = ""
        self._reason_text: Text | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ring", True)
        self.setAutoDefault(False)
        self._tell()

    def words(self) -> str:
        """The words on the button now."""
        return self._busy_words or self._words

    def set_words(self, words: str, icon: str | None = None) -> None:
        """Say something else."""
        self._words = words
        if icon is not None:
            self._icon_name = icon
        self._tell()

    def speak_as(self, words: str) -> None:
        """Tell screen readers more than the button shows (打印：要约书)."""
        self._spoken = words
        self._tell()

    def set_kind(self, kind: ButtonKind) -> None:
        """Turn into another kind."""
        self._kind = kind
        self._tell()

    def set_busy(self, words: str | None) -> None:
        """While work runs: show ``words`` (正在生成…) and take no clicks; None ends it."""
        self._busy_words = words or ""
        self._tell()

    def is_busy(self) -> bool:
        """Whether the work behind the button runs."""
        return bool(self._busy_words)

    def set_blocked(self, reason: str | None) -> None:
        """Disable with the reason that stands beside the button; None enables again."""
        self._reason = reason or ""
        self.setEnabled(not self._reason)
        self.setToolTip(self._reason)
        self.setAccessibleDescription(self._reason)
        if self._reason_text is not None:
            self._reason_text.set_words(self._reason)
            self._reason_text.setVisible(bool(self._reason))

    def blocked_reason(self) -> str:
        """Why the button cannot be used now, or nothing."""
        return self._reason

    def use_reason_text(self, text: Text) -> None:
        """Keep ``text`` showing the reason for being blocked."""
        self._reason_text = text
        self.set_blocked(self._reason or None)

    def _tell(self) -> None:
        self.setAccessibleName(self._busy_words or self._spoken or self._words)
        if self._kind == "article":
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self.setToolTip(self._words)
        self.updateGeometry()
        self.update()

    def _font(self) -> QFont:
        return current_theme().font("body", bold=self._kind == "primary" or None)

    def _is_flat(self) -> bool:
        return self._kind in ("link", "article")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.EnabledChange):
            self._tell()

    def nextCheckState(self) -> None:
        if not self.is_busy():
            super().nextCheckState()

    def hitButton(self, pos: QPoint) -> bool:
        return not self.is_busy() and super().hitButton(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_busy() and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.click()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        across = QFontMetrics(self._font()).horizontalAdvance(self.words())
        if self._icon_name:
            across += theme.px(16) + (theme.px(4) if self.words() else 0)
        if self._is_flat():
            return QSize(across + 4, theme.height("table_row_read"))
        margin = theme.px(10 if self._kind == "text" or self._in_table else 16)
        return QSize(across + 2 * margin, theme.height("control_table" if self._in_table else "control"))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        if self._kind == "article":  # a law's whole name may be longer than the panel is wide
            hint.setWidth(min(hint.width(), current_theme().px(80)))
        return hint

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        area = QRectF(self.rect())
        radius = theme.radius("control")
        hover = self.underMouse() and self.isEnabled() and not self.is_busy()
        underline = self._is_flat()
        ink = "ink1"
        if not self.isEnabled():
            ink = "ink3"
            if not self._is_flat() and self._kind != "text":
                fill_round(painter, area, radius, theme.colour("sunken"), theme.colour("line2"))
        elif self._kind == "primary":
            token = "accentPress" if self.isDown() else "accentHover" if hover else "accent"
            fill_round(painter, area, radius, theme.colour(token))
            ink = "onAccent"
            underline = hover and theme.name == "contrast"
        elif self._kind == "secondary":
            fill_round(
                painter,
                area,
                radius,
                theme.colour("hover" if hover or self.isDown() else "surface"),
                theme.colour("ctl"),
            )
        elif self._kind == "text":
            if hover or self.isDown():
                fill_round(painter, area, radius, theme.colour("hover"))
        elif self._kind == "article":
            ink = "info"
        if hover and theme.name == "contrast" and self._kind in ("secondary", "text"):
            underline = True
        font = self._font()
        font.setUnderline(underline)
        painter.setFont(font)
        side = theme.px(16) if self._icon_name else 0
        gap = theme.px(4) if self._icon_name and self.words() else 0
        words = self.words()
        if self._kind == "article":
            room = int(area.width()) - side - gap - 2
            words = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideMiddle, room)
        across = QFontMetrics(font).horizontalAdvance(words)
        left = 2.0 if self._is_flat() else (area.width() - across - side - gap) / 2
        if side:
            paint_icon(painter, QRectF(left, (area.height() - side) / 2, side, side), self._icon_name, ink)
        painter.setPen(theme.colour(ink))
        where = QRectF(left + side + gap, 0, across + 2, area.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)


class IconButton(Button):
    """The few buttons without a word (帮助, calendar, chevron, close); their name becomes the tool tip."""

    def __init__(self, name: str, icon: str, *, parent: QWidget | None = None) -> None:
        self._name = name
        super().__init__("", "text", icon, parent=parent)
        self.setToolTip(name)

    def _tell(self) -> None:
        super()._tell()
        self.setAccessibleName(self._name)

    def sizeHint(self) -> QSize:
        side = current_theme().px(30)
        return QSize(side, side)


def with_reason(button: Button) -> QWidget:
    """``button`` with the reason for being blocked written to its right."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(button)
    reason = Text("", ink="ink2")
    button.use_reason_text(reason)
    line.addWidget(reason)
    line.addStretch(1)
    return row
