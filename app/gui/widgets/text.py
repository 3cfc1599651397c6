"""Words on the screen in one of the roles of look.md."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.gui.theme import current_theme


class Text(QLabel):
    """Plain words (never mark-up) in a type role and an ink.

    With ``wrap`` they break into lines; with ``elide`` they end in … where room is short and the whole
    stands in the tool tip.
    """

    def __init__(
        self,
        words: str = "",
        role: str = "body",
        ink: str = "ink1",
        *,
        bold: bool | None = None,
        wrap: bool = False,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._ink = ink
        self._bold = bold
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        else:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_words(words)
        self.retheme()

    def set_words(self, words: str) -> None:
        """Show other words."""
        if words != self.text():
            self.setText(words)
        self._tell_whole()

    def words(self) -> str:
        """The words shown, uncut."""
        return self.text()

    def set_role(self, role: str) -> None:
        """Use the letters of another role."""
        if role != self._role:
            self._role = role
            self.retheme()

    def set_ink(self, ink: str, *, bold: bool | None = None) -> None:
        """Use another colour token and, if given, weight."""
        self._ink = ink
        if bold is not None:
            self._bold = bold
        self.retheme()

    def retheme(self) -> None:
        """Take letters and colour from the theme."""
        theme = current_theme()
        self.setFont(theme.font(self._role, bold=self._bold))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(self._ink))
        self.setPalette(palette)

    def _shortened(self) -> str:
        return self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )

    def _tell_whole(self) -> None:
        if self._elide:
            self.setToolTip(self.text() if self._shortened() != self.text() else "")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.retheme()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self._elide:
            hint.setWidth(min(hint.width(), self.fontMetrics().horizontalAdvance("字字字…")))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elide:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(
            self.contentsRect(), int(self.alignment()) | Qt.TextFlag.TextSingleLine, self._shortened()
        )
