"""Colours as they stand on the screen: what lies behind letters, and how clearly they stand out from it."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRegion
from PySide6.QtWidgets import QWidget

from app.gui.theme import current_theme


def picture_of(canvas: QWidget, window: QWidget) -> QImage:
    """The whole canvas as it looks, on the ground that lies behind it."""
    picture = QImage(canvas.size(), QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(_behind(canvas, window))
    both = QWidget.RenderFlag.DrawWindowBackground | QWidget.RenderFlag.DrawChildren
    canvas.render(picture, QPoint(0, 0), QRegion(), both)
    return picture.convertToFormat(QImage.Format.Format_RGB32)


def _behind(canvas: QWidget, window: QWidget) -> QColor:
    dot = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
    dot.fill(Qt.GlobalColor.transparent)
    below, at = canvas, QPoint(3, 3)
    step = canvas.parentWidget() if canvas is not window else None
    while step is not None and dot.pixelColor(0, 0).alpha() < 255:
        at = below.mapTo(step, at)  # from what is in sight of the canvas: scrolled, its corner is outside
        at = QPoint(min(max(at.x(), 0), step.width() - 1), min(max(at.y(), 0), step.height() - 1))
        painter = QPainter(dot)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOver)
        under = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
        under.fill(Qt.GlobalColor.transparent)
        ground = QWidget.RenderFlag.DrawWindowBackground
        step.render(under, QPoint(0, 0), QRegion(QRect(at, at)), ground)
        painter.drawImage(0, 0, under)
        painter.end()
        below, step = step, step.parentWidget() if step is not window else None
    found = dot.pixelColor(0, 0)
    return found if found.alpha() == 255 else current_theme().colour("bg")


def ground_of(picture: QImage, area: QRect, ink: QColor) -> tuple[QColor | None, float]:
    """The colour behind letters, and how clearly the clearest pixel stands out from it."""
    wide = area.adjusted(-2, -1, 2, 1).intersected(picture.rect())
    if wide.isEmpty():
        return None, 0.0
    pixels = memoryview(picture.constBits()).cast("B").cast("I")
    across = picture.bytesPerLine() // 4
    counted: Counter[int] = Counter()
    for y in range(wide.top(), wide.bottom() + 1):
        counted.update(pixels[y * across + wide.left() : y * across + wide.right() + 1])
    own = ink.rgb() & 0xFFFFFF if ink.alpha() == 255 else None
    most = [rgb for rgb, _ in counted.most_common(2) if rgb & 0xFFFFFF != own]
    ground = QColor(most[0] & 0xFFFFFF if most else next(iter(counted)) & 0xFFFFFF)
    ends = (min(counted, key=_sum), max(counted, key=_sum))
    return ground, max(contrast(QColor(rgb & 0xFFFFFF), ground) for rgb in ends)


def _sum(rgb: int) -> int:
    return (rgb >> 16 & 255) * 3 + (rgb >> 8 & 255) * 6 + (rgb & 255)


def laid_on(ink: QColor, ground: QColor) -> QColor:
    share = ink.alphaF()
    return QColor.fromRgbF(
        *(
            top * share + under * (1 - share)
            for top, under in zip(
                (ink.redF(), ink.greenF(), ink.blueF()),
                (ground.redF(), ground.greenF(), ground.blueF()),
                strict=True,
            )
        )
    )


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2 contrast of two opaque colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
