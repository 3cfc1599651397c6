"""A sentence in few lines: as high as it needs, the last line ends in … where there is no more room."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.gui.widgets.text import Text


class FewLines(Text):
    """Words that break into at most ``most`` lines; where that is not enough, the tip tells the whole."""

    def __init__(
        self, words: str, most: int = 2, *, ink: str = "ink1", parent: QWidget | None = None
    ) -> None:
        self._most = most
        super().__init__(words, ink=ink, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def shown_lines(self) -> list[str]:
        """The lines as they stand in the room there is."""
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QTextLayout(self.text(), self.font())
        layout.setTextOption(option)
        layout.beginLayout()
        starts: list[int] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(self.width(), 1))
            starts.append(line.textStart())
        layout.endLayout()
        ends = [*starts[1:], len(self.text())]
        lines = [self.text()[start:end] for start, end in zip(starts, ends, strict=True)]
        if len(lines) > self._most:
            rest = self.text()[starts[self._most - 1] :]
            short = self.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, self.width())
            lines = [*lines[: self._most - 1], short]
        return lines

    def minimumSizeHint(self) -> QSize:
        across = self.fontMetrics().horizontalAdvance("字字字…")
        return QSize(across, self.fontMetrics().lineSpacing())

    def retheme(self) -> None:
        super().retheme()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        lines = self.shown_lines()
        self.setFixedHeight(max(1, len(lines)) * self.fontMetrics().lineSpacing())
        self.setToolTip("" if "".join(lines) == self.text() else self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        metrics = self.fontMetrics()
        for at, line in enumerate(self.shown_lines()):
            painter.drawText(QPointF(0, at * metrics.lineSpacing() + metrics.ascent()), line)
