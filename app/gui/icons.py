"""The program's own drawings: icons on a 20 × 20 grid, state shapes, the seal, and small line drawings.

Each SVG names three inks by placeholder: ``currentColor`` is the colour asked for, ``#FFFFFF`` what lies on a
filled shape (or the paper), ``#A11D21`` the one red stroke of a drawing.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.gui.theme import current_theme
from app.paths import resource

STATE_SHAPES: dict[str, tuple[str, str, str]] = {
    "must": ("octagon", "accentText", "必须改"),
    "explain": ("diamond", "warn", "请说明"),
    "hint": ("circle_i", "info", "提示"),
    "met": ("circle_check", "ok", "已符合"),
    "done": ("circle_check", "ok", "已完成"),
    "now": ("half_circle", "accentText", "进行中"),
    "waiting": ("clock_ring", "info", "等对方"),
    "later": ("ring", "ink3", "还没开始"),
    "missing": ("dashed_ring", "ink2", "还没有"),
    "lacking": ("dashed_ring", "accentText", "缺"),
    "differ": ("ring_ne", "warn", "分歧"),
    "hidden": ("eye_off", "ink2", "隐去"),
    "locked": ("lock", "ink2", "只读"),
    "origin": ("node_path", "ink2", "出处"),
}
"""State → (drawing, colour token, the word that always stands beside it)."""


@lru_cache(maxsize=512)
def _renderer(name: str, ink: str, on: str, red: str) -> QSvgRenderer:
    source = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    source = source.replace("#A11D21", red).replace("#FFFFFF", on).replace("currentColor", ink)
    return QSvgRenderer(QByteArray(source.encode("utf-8")))


def _ink(colour: str | QColor | None) -> str:
    if isinstance(colour, QColor):
        return colour.name()
    theme = current_theme()
    if colour is None:
        return theme.colours["ink2"]
    return theme.colours.get(colour, colour)


def paint_icon(
    painter: QPainter, box: QRectF, name: str, colour: str | QColor | None = None, on: str = ""
) -> None:
    """Draw ``name`` into ``box``; ``colour`` is a token, ``#RRGGBB`` or QColor (``ink2`` when left out)."""
    theme = current_theme()
    paper = "surface" if name.startswith("drawing_") or name == "settings" else "onState"
    on_ink = _ink(on or paper)
    if name == "seal" and not on:
        on_ink = theme.colours["onAccent"]
    _renderer(name, _ink(colour), on_ink, theme.colours["accentText"]).render(painter, box)


def paint_state(painter: QPainter, box: QRectF, state: str) -> None:
    """Draw the shape of a state of :data:`STATE_SHAPES` in its own colour; any other name is an icon's."""
    name, token, _ = STATE_SHAPES.get(state, (state, None, ""))
    paint_icon(painter, box, name, token)


def pixmap(name: str, colour: str | QColor | None = None, size: int = 16, ratio: float = 2.0) -> QPixmap:
    """``name`` as a picture of ``size`` logical pixels, sharp up to ``ratio`` device pixels each."""
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_icon(painter, QRectF(0, 0, picture.width(), picture.height()), name, colour)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, colour: str | QColor | None = None, size: int = 20) -> QIcon:
    """``name`` as an icon for menus and the window; parts of ours paint with :func:`paint_icon`."""
    return QIcon(pixmap(name, colour, size, 3.0))


def seal_icon() -> QIcon:
    """The red seal with 协, for the window and the task bar."""
    drawn = QIcon()
    for size in (16, 20, 24, 32, 48, 64, 128, 256):
        drawn.addPixmap(pixmap("seal", "accent", size, 1.0))
    return drawn
