"""The room of a chart with many rows: it shows so many and scrolls to the rest."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from app.gui.widgets.charts.chart import Chart


class ChartRoom(QScrollArea):
    """Shows ``most_px`` of its chart, more where there is room; the rest scrolls."""

    def __init__(self, chart: Chart, *, most_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most_px
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        chart.setProperty("scrolled", True)
        self.setWidget(chart)

    def set_most(self, most_px: int) -> None:
        """Show at most so many pixels without scrolling, unless there is more room."""
        self._most = most_px
        self.updateGeometry()

    def _needed(self) -> int:
        chart = self.widget()
        return chart.minimumSizeHint().height() if chart is not None else 0

    def sizeHint(self) -> QSize:
        chart = self.widget()
        wanted = chart.sizeHint() if chart is not None else QSize(200, 60)
        return QSize(wanted.width(), min(wanted.height(), max(self._most, 60)))

    def minimumSizeHint(self) -> QSize:
        chart = self.widget()
        across = chart.minimumSizeHint().width() if chart is not None else 160
        return QSize(across, min(self._needed(), self._most))
