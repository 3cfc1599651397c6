"""Words on the screen in one of the roles of look.md."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.gui.theme import Theme, current_theme

LINE_HEIGHT = 1.4
"""Of wrapped words, in heights of the letters (look.md §2)."""


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
        self._themed: Theme | None = None
        self._letters: tuple[object, ...] = ()
        self._role = role
        self._ink = ink
        self._bold = bold
        self._elide = elide
        self._needed = 0
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
        theme = self._themed = current_theme()
        font = theme.font(self._role, bold=self._bold)
        self.setFont(font)
        wanted = ceil(font.pixelSize() * LINE_HEIGHT)
        self._needed = wanted if self.fontMetrics().lineSpacing() < wanted else 0
        palette = self.palette()
        colour = theme.colour(self._ink)
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        self.setPalette(palette)
        self._letters = (font.pixelSize(), font.weight(), colour.rgba())

    def _shortened(self) -> str:
        return self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )

    def _tell_whole(self) -> None:
        if self._elide:
            self.setToolTip(self.text() if self._shortened() != self.text() else "")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Qt tells of one and the same style each time a part is put into another; with a new one it tells first
        # and puts its own letters and colours in their place afterwards, then tells again.
        if event.type() == QEvent.Type.StyleChange and not self._is_themed():
            self.retheme()

    def _is_themed(self) -> bool:
        font, colour = self.font(), self.palette().color(QPalette.ColorRole.WindowText)
        letters = (font.pixelSize(), font.weight(), colour.rgba())
        return self._themed is current_theme() and letters == self._letters

    # ---- wrapped words with enough air between the lines

    def _leading(self) -> int:
        """The height of a line where the letters' own is too tight to read well (look: ≥ 1.4), else 0."""
        return self._needed if self.wordWrap() else 0

    def _lines(self, across: float) -> list[QTextLayout]:
        """The words broken into lines of at most ``across`` pixels, a layout for each paragraph."""
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layouts = []
        for paragraph in self.text().split("\n"):
            layout = QTextLayout(paragraph, self.font())
            layout.setTextOption(option)
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(max(across, 1))
            layout.endLayout()
            layouts.append(layout)
        return layouts

    def heightForWidth(self, across: int) -> int:
        leading = self._leading()
        if not leading or not self.text():
            return super().heightForWidth(across)
        margins = self.contentsMargins()
        count = sum(layout.lineCount() for layout in self._lines(across - margins.left() - margins.right()))
        return count * leading + margins.top() + margins.bottom()

    def _paint_lines(self, leading: int) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        room = self.contentsRect()
        top = float(room.top())
        for layout in self._lines(room.width()):
            for at in range(layout.lineCount()):
                line = layout.lineAt(at)
                left = room.left()
                if self.alignment() & Qt.AlignmentFlag.AlignRight:
                    left += round(room.width() - line.naturalTextWidth())
                elif self.alignment() & Qt.AlignmentFlag.AlignHCenter:
                    left += round((room.width() - line.naturalTextWidth()) / 2)
                line.draw(painter, QPointF(left, top + (leading - line.height()) / 2))
                top += leading

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), self.heightForWidth(hint.width())) if self._leading() else hint

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
            leading = self._leading()
            if leading and self.text():
                self._paint_lines(leading)
            else:
                super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(
            self.contentsRect(), int(self.alignment()) | Qt.TextFlag.TextSingleLine, self._shortened()
        )
