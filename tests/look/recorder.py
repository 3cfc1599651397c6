"""What a widget writes on the screen: every run of letters with its place, ink and what cuts it off.

A surface is drawn on a device that only writes down what it is told, and by which widget. So parts that paint
themselves are judged like labels: nothing has to be declared by them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPaintDevice, QPaintEngine, QRegion, QTextItem
from PySide6.QtWidgets import QWidget

_SAME = 1.5
"""Runs that lie so near to each other (pixels) are one line of words."""

_METRICS = {
    QPaintDevice.PaintDeviceMetric.PdmDpiX: 96,
    QPaintDevice.PaintDeviceMetric.PdmDpiY: 96,
    QPaintDevice.PaintDeviceMetric.PdmPhysicalDpiX: 96,
    QPaintDevice.PaintDeviceMetric.PdmPhysicalDpiY: 96,
    QPaintDevice.PaintDeviceMetric.PdmNumColors: 0x7FFFFFFF,
    QPaintDevice.PaintDeviceMetric.PdmDepth: 32,
    QPaintDevice.PaintDeviceMetric.PdmDevicePixelRatio: 1,
    QPaintDevice.PaintDeviceMetric.PdmDevicePixelRatioScaled: 65536,
}


@dataclass(frozen=True, slots=True)
class Written:
    """One line of words as drawn, in the widget's own pixels.

    ``ink`` is the area the letters cover, ``room`` the area in which they can be seen, ``baseline`` and
    ``start`` where the line begins, ``height`` that of the letters in pixels.
    """

    words: str
    ink: QRectF
    room: QRectF
    colour: QColor
    height: float
    start: float
    baseline: float
    end: float


class _Listener(QPaintEngine):
    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.written: list[tuple[QWidget, Written]] = []

    def begin(self, _device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, _state: Any) -> None: ...

    def _ignore(self, *_told: Any) -> None: ...

    drawPixmap = drawImage = drawPath = drawPolygon = drawRects = drawLines = drawPoints = _ignore
    drawEllipse = drawTiledPixmap = _ignore

    def drawTextItem(self, at: QPointF, item: QTextItem) -> None:
        words = item.text()
        painter = self.painter()
        widget = painter.device()
        if not isinstance(widget, QWidget):
            return
        ink = QFontMetricsF(item.font()).tightBoundingRect(words).translated(at)
        room = QRectF(widget.rect())
        turn = painter.combinedTransform()
        if painter.hasClipping():
            room = room.intersected(turn.mapRect(painter.clipBoundingRect()))
        colour = painter.pen().color()
        colour.setAlphaF(colour.alphaF() * painter.opacity())
        start = turn.map(at)
        written = Written(
            words=words,
            ink=turn.mapRect(ink),
            room=room,
            colour=colour,
            height=item.font().pixelSize() * (turn.m22() or 1.0),
            start=start.x(),
            baseline=start.y(),
            end=start.x() + item.width(),
        )
        self.written.append((widget, written))


class _Notebook(QPaintDevice):
    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.listener = _Listener()
        self._size = (widget.width(), widget.height())

    def paintEngine(self) -> QPaintEngine:
        return self.listener

    def metric(self, which: QPaintDevice.PaintDeviceMetric) -> int:
        if which == QPaintDevice.PaintDeviceMetric.PdmWidth:
            return self._size[0]
        if which == QPaintDevice.PaintDeviceMetric.PdmHeight:
            return self._size[1]
        return _METRICS.get(which, 300)


def written_on(surface: QWidget) -> list[tuple[QWidget, list[Written]]]:
    """What the surface and the widgets on it write, each widget with its lines; runs of one line are joined.

    Somebody has to hold the widgets meanwhile (``surface.findChildren``), or Python does not know them.
    """
    notebook = _Notebook(surface)
    surface.render(notebook, QPoint(0, 0), QRegion(), QWidget.RenderFlag.DrawChildren)
    found: list[tuple[QWidget, list[Written]]] = []
    for widget, run in notebook.listener.written:
        if not found or found[-1][0] is not widget:
            found.append((widget, []))
        lines = found[-1][1]
        if lines and _continues(lines[-1], run):
            lines[-1] = _joined(lines[-1], run)
        else:
            lines.append(run)
    return [(widget, [line for line in lines if line.words.strip()]) for widget, lines in found]


def _continues(line: Written, run: Written) -> bool:
    return (
        abs(line.baseline - run.baseline) < _SAME
        and abs(line.end - run.start) < _SAME
        and line.room == run.room
        and line.colour == run.colour
    )


def _joined(line: Written, run: Written) -> Written:
    return Written(
        words=line.words + run.words,
        ink=line.ink.united(run.ink) if run.words.strip() else line.ink,
        room=line.room,
        colour=line.colour,
        height=min(line.height, run.height),
        start=line.start,
        baseline=line.baseline,
        end=run.end,
    )
