"""Hands without a mouse: everything is reached by Tab, arrows, F6 and the keys of the house, as the ring shows it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from app.gui.widgets.choice_field import ChoiceField, ManyField
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.record_table import RecordTable
from tests.gui.window_driver import Hands

MOST_STOPS = 400


class Keyboard(Hands):
    """The same hands; :meth:`reach` takes the place of the mouse. ``keys`` counts what was pressed."""

    keys = 0

    def reach(self, target: QWidget) -> None:
        """Walk with Tab or Shift Tab, whichever leads there, until the focus is in ``target``."""
        if QApplication.focusWidget() is None:
            self.window.activateWindow()  # without a window manager nobody gives the focus back after a pop-up
            self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=5_000)
        proxy = target.focusProxy()
        wanted = proxy if proxy is not None else target
        first = Qt.Key.Key_Backtab if self._lies_before(wanted) else Qt.Key.Key_Tab
        for step, most in ((first, 60), (_other(first), 160), (Qt.Key.Key_Tab, MOST_STOPS)):
            for _ in range(most):
                if _has_focus(wanted):
                    return
                self.key(step, _shift(step))
        name = target.accessibleName() or type(target).__name__
        raise AssertionError(
            f"no key reaches {name}; the focus is in {_describe(QApplication.focusWidget())}"
        )

    def _lies_before(self, target: QWidget) -> bool:
        here = QApplication.focusWidget()
        if here is None:
            return False
        origin = QPoint(0, 0)
        at, there = here.mapTo(self.window, origin), target.mapTo(self.window, origin)
        return (there.y(), there.x()) < (at.y(), at.x())

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1
        super().key(key, modifier)

    def press(self, name: str, within: QWidget | None = None) -> None:
        """Go to a button and press Space."""
        button = self.button(name, within)
        assert button.isEnabled(), f"{name} cannot be used: {button.toolTip()}"
        self.press_button(button)

    def press_button(self, button: QWidget) -> None:
        self.reach(button)
        self.key(Qt.Key.Key_Space if isinstance(button, QAbstractButton) else Qt.Key.Key_Return)

    def go(self, page: str, step: str = "") -> None:
        """Ctrl and the page's digit (设置 has none: it is reached in the navigation); F6 to the tabs."""
        entry = self.window.frame.nav.button(page)
        if entry.item.key:
            digit = Qt.Key(Qt.Key.Key_0.value + int(entry.item.key))
            self.key(digit, Qt.KeyboardModifier.ControlModifier)
        else:
            self.press_button(entry)
        opening = getattr(self.page, "opening", None)
        empty = opening is not None and opening.is_shown()
        if step and (
            empty or str(getattr(self.page.current_step(), "key", self.page.current_step())) != step
        ):
            self._choose_tab(step)
        view = getattr(self.page, "view", None)
        if callable(view):
            self.qtbot.waitUntil(lambda: view().is_built(), timeout=10_000)

    def _choose_tab(self, step: str) -> None:
        """The tabs are one stop; arrows go from one to the next."""
        self.reach(self.window.frame.steps)
        self.key(Qt.Key.Key_Home)
        self.key(Qt.Key.Key_Space)
        for _ in range(12):
            shown = self.page.current_step()
            if str(getattr(shown, "key", shown)) == step:
                return
            self.key(Qt.Key.Key_Right)
            self.key(Qt.Key.Key_Space)
        raise AssertionError(f"no arrow reaches the tab {step}")

    def fill(self, field: FieldEditor, value: Any) -> None:
        """Tiles are walked with arrows and ticked with Space, all else is typed."""
        if isinstance(field, ManyField):
            for option in field._options:
                if option.value in value:
                    self.press(f"{field.name}：{option.label}", field)
            return
        if isinstance(field, ChoiceField) and field._tiles is not None:
            self.reach(field)
            self._choose_tile(field, value)
            return
        self.reach(field)
        super().fill(field, value)

    def _choose_tile(self, field: ChoiceField, value: Any) -> None:
        label = next(option.label for option in field.options() if option.value == value)
        for _ in range(len(field.options()) + 1):
            focused = QApplication.focusWidget()
            if focused is not None and focused.accessibleName() == f"{field.name}：{label}":
                if field.value() != value:
                    self.key(Qt.Key.Key_Space)
                return
            self.key(Qt.Key.Key_Right)
        raise AssertionError(f"no arrow reaches {label} of {field.name}")

    def open_cell(self, table: RecordTable, record_id: str, column: int) -> None:
        """Walk to a cell and press F2."""
        self.select_row(table, record_id, column)
        self.key(Qt.Key.Key_F2)

    def select_row(self, table: RecordTable, record_id: str, column: int = 0) -> None:
        """Walk to a row and a column with the arrows."""
        self.reach(table.view)
        if QApplication.focusWidget() is not table.view:
            self.key(Qt.Key.Key_Escape)  # a cell is still open
        ids = [row.id for row in table.rows()]
        self.key(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        for _ in range(ids.index(record_id)):
            self.key(Qt.Key.Key_Down)
        for _ in range(column):
            self.key(Qt.Key.Key_Right)
        assert table.selected() == record_id, f"the focus is in {_describe(QApplication.focusWidget())}"


def _other(step: Qt.Key) -> Qt.Key:
    return Qt.Key.Key_Tab if step == Qt.Key.Key_Backtab else Qt.Key.Key_Backtab


def _shift(key: Qt.Key) -> Qt.KeyboardModifier:
    return Qt.KeyboardModifier.ShiftModifier if key == Qt.Key.Key_Backtab else Qt.KeyboardModifier.NoModifier


def _has_focus(target: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is target or (focused is not None and target.isAncestorOf(focused))


def _describe(widget: QWidget | None) -> str:
    if widget is None:
        return "nothing"
    words = widget.text() if isinstance(widget, QLineEdit) else ""
    return f"{type(widget).__name__} {widget.accessibleName()!r} {words}"


def press_key(widget: QWidget, key: Qt.Key) -> None:
    """Press a key in a pop-up that has taken the focus."""
    QTest.keyClick(widget, key)
    QApplication.processEvents()
