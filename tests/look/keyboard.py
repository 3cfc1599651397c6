"""Walks a window by Tab, and tells which controls it does not reach."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QScrollBar,
    QTableView,
    QWidget,
)

from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.focus_stops import focus_stops
from tests.look.judge import Fault, named_part, spoken_name, visible_widgets

_MOST = 5_000
"""Presses of Tab after which a walk that finds ever new stops is given up."""


def walk(window: QWidget, regions: list[QWidget] | None = None) -> list[Fault]:
    """Walk by Tab from the first stop of each of ``regions`` (what F6 leads to), else of the whole window.

    A page that was just opened may still move the focus to its first field, in the midst of the walk; what is
    out of reach is so the second time, too.
    """
    faults = _walk_once(window, regions)
    if not faults:
        return faults
    again = _walk_once(window, regions)
    return [fault for fault in faults if fault in again]


def _walk_once(window: QWidget, regions: list[QWidget] | None) -> list[Fault]:
    reached: dict[int, QWidget] = {}
    names: set[tuple[str, str]] = set()
    for region in regions or [window]:
        if not shiboken6.isValid(region):
            continue  # put away while the focus walked on
        first = next(iter(focus_stops(region)), None)
        if first is not None and id(first) not in reached:
            first.setFocus(Qt.FocusReason.TabFocusReason)
            _go_round(reached, names)
    # A control that was made anew while the focus walked on is the one that was reached.
    alive = [each for each in reached.values() if shiboken6.isValid(each)]
    faults = []
    for control in _controls(window):
        same = (named_part(control), spoken_name(control)) in names
        if id(control) not in reached and not same and not _stands_for(control, alive):
            faults.append(Fault("unreachable", named_part(control), spoken_name(control)))
    return faults


def _go_round(reached: dict[int, QWidget], names: set[tuple[str, str]]) -> None:
    for _ in range(_MOST):
        here = QApplication.focusWidget()
        if here is None or id(here) in reached:
            return
        reached[id(here)] = here
        names.add((named_part(here), spoken_name(here)))
        for _ in range(_cells(here) + 1):
            QTest.keyClick(here, Qt.Key.Key_Tab)
            QApplication.processEvents()
            if not shiboken6.isValid(here) or not _is_in(QApplication.focusWidget(), here):
                break


def _cells(widget: QWidget) -> int:
    """In a table Tab may walk its cells before it leaves."""
    model = widget.model() if isinstance(widget, QTableView) else None
    return model.rowCount() * model.columnCount() if model is not None else 0


def _is_in(focus: QWidget | None, table: QWidget) -> bool:
    return focus is table or (
        isinstance(table, QAbstractItemView) and focus is not None and table.isAncestorOf(focus)
    )


def _controls(window: QWidget) -> list[QWidget]:
    """What can be used: every stop, and every button and row even if it takes no focus."""
    found = []
    for each in visible_widgets(window):
        if not each.isEnabled() or isinstance(each, QScrollBar):
            continue
        mouse_only = isinstance(each, QAbstractButton | ClickRow) and not _has_keys(each)
        # Never asked of the inside of a list: the answer would give the list to its own inside, to be deleted with it.
        if (mouse_only or each.focusPolicy() & Qt.FocusPolicy.TabFocus) and each.focusProxy() is None:
            found.append(each)
    return found


def _has_keys(button: QWidget) -> bool:
    """Inside a field or a table the field's own keys do what the button does."""
    step = button.parentWidget()
    while step is not None and not step.isWindow():
        if isinstance(step, FieldEditor | QAbstractItemView):
            return True
        step = step.parentWidget()
    return False


def _stands_for(control: QWidget, reached: list[QWidget]) -> bool:
    """Of choices of which one holds, one stop is enough: arrows walk the others."""
    if not isinstance(control, QAbstractButton):
        return False
    group = control.group()
    exclusive = control.autoExclusive() or (group is not None and group.exclusive())
    roving = control.isCheckable() and bool(control.focusPolicy() & Qt.FocusPolicy.ClickFocus)
    return (exclusive or roving) and any(
        type(each) is type(control) and each.parentWidget() is control.parentWidget() for each in reached
    )
