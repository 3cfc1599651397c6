"""Judges a window as it stands: nothing cut off, nothing on top of something else, all of it readable and named.

``judge`` looks at geometry, ink and names; ``walk`` (in ``keyboard.py``) at what Tab reaches. Both answer with
:class:`Fault`, and an empty list is the verdict wanted.

What counts as seen: a scrolled page is judged at its full height, each scrolled room for itself; a part that
lies over the page on purpose (panel, undo bar) is judged for itself too.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from app.gui.shell.case_switcher import CaseSwitcher
from app.gui.shell.side_panel import SidePanel
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.focus_ring import FocusRing
from app.gui.widgets.undo_bar import UndoBar
from tests.look.inks import contrast, ground_of, laid_on, picture_of
from tests.look.recorder import Written, written_on
from tests.look.words import blame_button

LEAST_CONTRAST = 4.5
LEAST_HEIGHT = 14
SLACK = 1.0
"""Pixels by which letters may reach beyond their room: edges are smoothed."""

GRID = 0.5
"""Heights of letters are told in whole pixels."""

LEAST_LEFT = 8
"""Characters that must be left of words shortened in a fixed place, so that one still knows what is meant."""

SLIPS = re.compile(r"\{[a-z_.]*\}|\bNone\b|\bnan\b|\b(?:True|False)\b|\d{4}-\d\d-\d\d|\d,\d{3}")
"""What no sentence may show: names that were not filled in, values as a programmer writes them."""

SIDEWAYS = "scrolls_sideways"
"""The property of a room that may be moved sideways on purpose."""

OVER_PAGE = "over_page"
"""The property of a part that lies over others on purpose."""

_KINDS = {
    "cut": "文字被截断",
    "shortened": "不该省略的地方省略了",
    "overlap": "文字重叠",
    "contrast": "对比度不够",
    "covered": "文字被盖住",
    "small": "字太小",
    "overflow": "横向装不下",
    "name": "没有名称",
    "long": "按钮上的字太多",
    "words": "字句不对",
    "unreachable": "键盘到不了",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. ``part`` says in which part of the window, ``words`` which letters."""

    kind: str
    part: str
    words: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{_KINDS[self.kind]}: {self.part}: {self.words!r} {self.detail}".rstrip()


@dataclass(frozen=True, slots=True)
class _Seen:
    widget: QWidget
    canvas: QWidget
    line: Written
    room: QRectF  # in the widget
    place: QRectF  # of the ink that can be seen, in the canvas


def judge(window: QWidget, *, colours: bool = True) -> list[Fault]:
    """All faults of what ``window`` shows now; ``colours=False`` leaves out what needs the pixels."""
    widgets = visible_widgets(window)
    canvases = {id(canvas): canvas for canvas in (_canvas(widget, window) for widget in widgets)}
    seen = _read(widgets, list(canvases.values()), window)
    faults = [fault for each in seen for fault in _of_line(each)]
    lines: dict[int, list[Written]] = {}
    for each in seen:
        lines.setdefault(id(each.widget), []).append(each.line)
    for widget in widgets:
        faults += _of_widget(widget, lines.get(id(widget), []))
    open_to_view = [each for each in seen if not _lies_under(each, canvases, window)]
    faults += _overlaps(open_to_view)
    if colours:
        faults += _of_colours(open_to_view, window)
    return list(dict.fromkeys(faults))


def named_part(widget: QWidget) -> str:
    """Where in the window a widget is, short enough to be read."""
    names: list[str] = []
    step: QWidget | None = widget
    while step is not None and len(names) < 4 and not step.isWindow():
        kind = type(step).__name__
        if kind not in ("QWidget", "QStackedWidget", "TopColumn") and not kind.startswith("qt_"):
            said = step.accessibleName()[:14] if not isinstance(step, QLabel) else ""
            names.append(f"{kind}({said})" if said else kind)
        step = step.parentWidget()
    return " < ".join(names) or type(widget).__name__


# ---- what is seen


def visible_widgets(window: QWidget) -> list[QWidget]:
    """Everything in the window that is shown, scrolled out of sight included, in the order it was made."""
    found: list[QWidget] = []
    waiting = [window]
    while waiting:
        widget = waiting.pop()
        if not widget.size().isEmpty():
            found.append(widget)
        inner = [
            each
            for each in widget.children()
            if isinstance(each, QWidget)
            and each.isVisible()
            and not each.isWindow()
            and not isinstance(each, FocusRing)
        ]
        waiting += reversed(inner)
    return found


def _canvas(widget: QWidget, window: QWidget) -> QWidget:
    """The surface on which a widget lies: a scrolled page, a table's rows, a part over the page, the window."""
    step = widget
    while step is not window:
        parent = step.parentWidget()
        if parent is None:
            return step
        if isinstance(parent, QAbstractScrollArea) and step is parent.viewport() and _scrolls(parent):
            return step
        above = parent.parentWidget()
        if isinstance(above, QScrollArea) and step is above.widget():
            return step
        if _lies_over(step):
            return step
        step = parent
    return window


def _lies_over(step: QWidget) -> bool:
    """Whether a part lies over the page on purpose."""
    return (
        isinstance(step, UndoBar)
        or bool(step.property(OVER_PAGE))
        or (isinstance(step, SidePanel) and hasattr(step.parentWidget(), "undo_bar"))
    )


def _lies_under(seen: _Seen, canvases: dict[int, QWidget], window: QWidget) -> bool:
    """Whether a part that lies over the page hides a line, wholly or in part."""
    place = seen.place.translated(QPointF(seen.canvas.mapTo(window, QPoint(0, 0))))
    return any(
        canvas is not seen.canvas
        and _lies_over(canvas)
        and not canvas.isAncestorOf(seen.widget)
        and place.intersects(QRectF(QRect(canvas.mapTo(window, QPoint(0, 0)), canvas.size())))
        for canvas in canvases.values()
    )


def _scrolls(area: QAbstractScrollArea) -> bool:
    return not isinstance(area, QScrollArea | QHeaderView)


def _read(widgets: list[QWidget], canvases: list[QWidget], window: QWidget) -> list[_Seen]:
    known = {id(widget) for widget in widgets}
    return [
        each
        for canvas in canvases
        for widget, lines in written_on(canvas)
        if id(widget) in known and _canvas(widget, window) is canvas
        for each in _placed(widget, canvas, lines)
    ]


def _placed(widget: QWidget, canvas: QWidget, lines: list[Written]) -> list[_Seen]:
    room = QRectF(widget.rect())
    step = widget
    while step is not canvas:
        parent = step.parentWidget()
        assert parent is not None
        room = room.intersected(QRectF(QRect(widget.mapFrom(parent, QPoint(0, 0)), parent.size())))
        step = parent
    moved = QPointF(widget.mapTo(canvas, QPoint(0, 0)))
    found = []
    for line in lines:
        own = _let_scroll(widget, room.intersected(line.room), line)
        found.append(_Seen(widget, canvas, line, own, line.ink.intersected(own).translated(moved)))
    return found


def _let_scroll(widget: QWidget, room: QRectF, line: Written) -> QRectF:
    """In rows that scroll, a line at the edge is not cut: it can be brought in."""
    area = widget.parentWidget()
    if isinstance(area, QAbstractScrollArea) and widget is area.viewport():
        upright, lying = area.verticalScrollBar(), area.horizontalScrollBar()
        if upright.maximum() > upright.minimum():
            room = QRectF(room.left(), line.ink.top(), room.width(), line.ink.height())
        if lying.maximum() > lying.minimum():
            room = QRectF(line.ink.left(), room.top(), line.ink.width(), room.height())
    return room


# ---- what each line must be


def _of_line(seen: _Seen) -> list[Fault]:
    line, part, faults = seen.line, named_part(seen.widget), []
    ink, room = line.ink, seen.room
    over = max(
        room.left() - ink.left(),
        ink.right() - room.right(),
        room.top() - ink.top() - GRID,
        ink.bottom() - room.bottom() - GRID,
    )
    if over > SLACK:
        faults.append(Fault("cut", part, line.words, f"差 {over:.0f} 像素"))
    if "…" in line.words and not _is_meant(seen.widget, line):
        faults.append(Fault("shortened", part, line.words, _whole(seen.widget)))
    if not isinstance(seen.widget.parentWidget(), QPlainTextEdit) and not isinstance(seen.widget, QLineEdit):
        faults += [Fault("words", part, line.words, slip) for slip in SLIPS.findall(line.words)]
    if line.height < LEAST_HEIGHT - 0.5:
        faults.append(Fault("small", part, line.words, f"{line.height:.1f} 像素"))
    return faults


def _whole(widget: QWidget) -> str:
    return f"全文：{_words_of(widget)}" if _words_of(widget) else ""


def _words_of(widget: QWidget) -> str:
    if isinstance(widget, Button):
        return widget.words()
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    if isinstance(widget, QLineEdit):
        return widget.displayText() or widget.placeholderText()
    if isinstance(widget, QComboBox):
        return widget.currentText() or widget.placeholderText()
    return ""


def _is_meant(widget: QWidget, line: Written) -> bool:
    """Whether the … belongs to the words, or stands in a cell whose tip tells the whole."""
    if line.words in _words_of(widget) or line.words in widget.accessibleName():
        return True
    area = widget.parentWidget()
    if isinstance(area, QAbstractItemView) and widget is area.viewport():
        return _cell_tells(area, line)
    return _may_shorten(widget, line)


def _may_shorten(widget: QWidget, line: Written) -> bool:
    """Long body words in a fixed place whose tip tells the whole; never titles, buttons and tabs."""
    if isinstance(widget, QAbstractButton) and not isinstance(widget, CaseSwitcher):
        return False
    left = line.words.split("…")[0]
    return (
        len(left) >= LEAST_LEFT
        and left in widget.toolTip()
        and widget.font().pixelSize() <= current_theme().font().pixelSize()
    )


def _cell_tells(view: QAbstractItemView, line: Written) -> bool:
    at = line.ink.center().toPoint()
    if isinstance(view, QHeaderView):
        along = at.x() if view.orientation() == Qt.Orientation.Horizontal else at.y()
        section = view.logicalIndexAt(along)
        whole = view.model().headerData(section, view.orientation(), Qt.ItemDataRole.DisplayRole)
        tip = view.model().headerData(section, view.orientation(), Qt.ItemDataRole.ToolTipRole)
    else:
        index: QModelIndex = view.indexAt(at)
        whole = index.data(Qt.ItemDataRole.DisplayRole)
        tip = index.data(Qt.ItemDataRole.ToolTipRole)
    return line.words in str(whole or "") or bool(tip)


# ---- what each widget must be


def _of_widget(widget: QWidget, lines: list[Written]) -> list[Fault]:
    faults, part = [], named_part(widget)
    if isinstance(widget, QLabel) and "…" not in "".join(line.words for line in lines):
        left = _letters(widget.text()) - _letters("".join(line.words for line in lines))
        if left and widget.text().strip():
            faults.append(Fault("cut", part, widget.text(), f"少了 {left.total()} 个字"))
    if isinstance(widget, QAbstractScrollArea) and not widget.property(SIDEWAYS):
        bar = widget.horizontalScrollBar()
        cursor = 4 if isinstance(widget, QPlainTextEdit | QTextEdit) else 0  # room for the cursor at the end
        if bar.maximum() > bar.minimum() + cursor:
            faults.append(Fault("overflow", part, "", f"宽出 {bar.maximum()} 像素"))
    if isinstance(widget, Button) and not _may_be_long(widget):
        faults += [Fault("long", part, widget.words(), blamed) for blamed in blame_button(widget.words())]
    if needs_name(widget) and not spoken_name(widget):
        faults.append(Fault("name", part, _words_of(widget)))
    return faults


def _may_be_long(button: Button) -> bool:
    """A link names an article, a record or a file; a busy button tells how far it is."""
    return button._kind in ("link", "article") or button.is_busy()


def _letters(words: str) -> Counter[str]:
    return Counter(letter for letter in words if not letter.isspace() and letter.isprintable())


def needs_name(widget: QWidget) -> bool:
    """Whether somebody can get there by key, so that a screen reader must be able to say where."""
    if isinstance(widget.parentWidget(), QAbstractItemView):
        return False  # a table's corner and heads belong to the table
    stops = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    return stops or isinstance(widget, ClickRow | QAbstractButton)


def spoken_name(widget: QWidget) -> str:
    """What a screen reader calls a widget."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        return ""  # Qt would fall back on what is typed, which is the value and no name
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name).strip() if told is not None else ""


# ---- lines against each other


def _overlaps(seen: list[_Seen]) -> list[Fault]:
    faults: list[Fault] = []
    rooms: dict[int, list[_Seen]] = {}
    for each in seen:
        rooms.setdefault(id(each.canvas), []).append(each)
    for lines in rooms.values():
        lines.sort(key=lambda each: each.place.top())
        for at, upper in enumerate(lines):
            for lower in lines[at + 1 :]:
                if lower.place.top() >= upper.place.bottom() - SLACK:
                    break
                common = upper.place.intersected(lower.place)
                if common.width() > 2 * SLACK and common.height() > 2 * SLACK:
                    faults.append(
                        Fault(
                            "overlap", named_part(upper.widget), upper.line.words, f"和 {lower.line.words!r}"
                        )
                    )
    return faults


# ---- colours


def _of_colours(seen: list[_Seen], window: QWidget) -> list[Fault]:
    faults: list[Fault] = []
    pictures: dict[int, QImage] = {}
    for each in seen:
        area = each.place.toAlignedRect()
        if area.width() < 2 or area.height() < 4 or not each.canvas.rect().contains(area):
            continue  # scrolled out of its rows: those that are in tell the same
        picture = pictures.get(id(each.canvas))
        if picture is None:
            picture = pictures[id(each.canvas)] = picture_of(each.canvas, window)
        ink = each.line.colour
        ground, clearest = ground_of(picture, area, ink)
        if ground is None:
            continue
        ratio = contrast(laid_on(ink, ground), ground)
        if ratio < LEAST_CONTRAST - 0.05:
            detail = f"{ratio:.1f}:1，{ink.name()} 在 {ground.name()} 上"
            faults.append(Fault("contrast", named_part(each.widget), each.line.words, detail))
        elif clearest < 1 + (ratio - 1) * 0.3:
            faults.append(Fault("covered", named_part(each.widget), each.line.words, f"{clearest:.1f}:1"))
    return faults
