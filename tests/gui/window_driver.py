"""Hands for tests: find what is on the screen by the name a screen reader would say, and type, click, walk."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.bootstrap import make_program
from app.clock import FixedClock
from app.domain.facts import Choice
from app.gui.ask import Ask, PageImage, Printing
from app.gui.jobs import JobRunner
from app.gui.main_window import MainWindow
from app.gui.theme import apply_theme
from app.gui.widgets.choice_field import ChoiceField, ManyField
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.record_table import RecordTable
from app.gui.widgets.text_area import TextAreaField
from app.gui.window_memory import WindowMemory
from app.progress import Progress
from app.usecases.program import Program

T = TypeVar("T", bound=QWidget)

NOON = datetime(2026, 11, 10, 4, 0, tzinfo=UTC)


@cache
def _made() -> Program:
    return make_program()


def fixed_program(day: date = date(2026, 11, 10)) -> Program:
    """The program on one day."""
    made = _made()
    return Program(
        clock=FixedClock(NOON.replace(year=day.year, month=day.month, day=day.day), day),
        packs=made.packs,
        calendar=made.calendar,
        version=made.version,
    )


class AnswerBook(Ask):
    """Answers the system's dialogs from a list, and remembers what was opened and printed."""

    def __init__(self) -> None:
        self.files: list[list[Path]] = []
        self.folders: list[Path] = []
        self.saves: list[Path] = []
        self.shown: list[Path] = []
        self.printed: list[tuple[str, int]] = []

    def open_files(self, parent: QWidget | None, title: str, filters: str = "") -> list[Path]:
        return self.files.pop(0) if self.files else []

    def open_file(self, parent: QWidget | None, title: str, filters: str) -> Path | None:
        return self.files.pop(0)[0] if self.files else None

    def save_file(self, parent: QWidget | None, title: str, suggested: str, filters: str) -> Path | None:
        return self.saves.pop(0) if self.saves else None

    def open_folder(self, parent: QWidget | None, title: str, start: Path | None = None) -> Path | None:
        return self.folders.pop(0) if self.folders else None

    def choose_printer(
        self, parent: QWidget | None, title: str, pages: int, *, landscape: bool = False
    ) -> Printing:
        self.printed.append((title, pages))

        def print_all(page_image: PageImage, progress: Progress) -> None:
            for index in range(pages):
                progress.step(index, pages)
                assert not page_image(index, 30).isNull()

        return print_all

    def show_file(self, path: Path) -> bool:
        self.shown.append(path)
        return True


class Hands:
    """One window and what is done to it."""

    def __init__(self, qtbot: Any, folder: Path, program: Program | None = None) -> None:
        apply_theme(QApplication.instance(), "light")
        self.qtbot = qtbot
        self.ask = AnswerBook()
        self.runner = JobRunner()
        self.memory = WindowMemory(folder)
        self.program = program or fixed_program()
        self.window = MainWindow(self.program, self.runner, self.ask, self.memory)
        qtbot.addWidget(self.window, before_close_func=lambda _window: self.settle())
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow, timeout=5_000)

    # ---- beginning

    def begin(self, library: Path | None) -> None:
        """Open a library, or the first use."""
        with self.qtbot.waitSignal(self.window.ready, timeout=20_000):
            self.window.begin(library)
        self.settle()

    def settle(self) -> None:
        """Wait until everything that was started is over and shown."""

        def over() -> bool:
            QApplication.processEvents()
            desk = self.window.case_room.desk
            timer = desk is not None and desk._check_timer.isActive()
            timer = timer or not self.window.case_room.coming_back.is_over()
            built = getattr(self.page, "is_built", None) if desk is not None else None
            return self.runner.is_idle() and not timer and (not callable(built) or built())

        self.qtbot.waitUntil(over, timeout=30_000)
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # the program's own loop does so

    @property
    def desk(self) -> Any:
        """The open case's desk."""
        return self.window.case_room.desk

    @property
    def page(self) -> Any:
        """The page that is shown."""
        return self.window.case_room.current()

    # ---- finding

    def visible(self, kind: type[T], within: QWidget | None = None) -> list[T]:
        """Everything of a kind that can be seen (scrolled out of sight counts)."""
        return [each for each in (within or self.window).findChildren(kind) if each.isVisible()]

    def button(self, name: str, within: QWidget | None = None) -> QWidget:
        """The button, or the row that is one target, which a screen reader calls ``name``."""
        buttons: list[QWidget] = [*self.visible(QAbstractButton, within), *self.visible(ClickRow, within)]
        names = [each.accessibleName() for each in buttons]
        found = [each for each in buttons if each.accessibleName() == name]
        assert found, f"no button {name!r} among {sorted(set(names))}"
        return found[0]

    def field(self, name: str, within: QWidget | None = None) -> FieldEditor:
        """The field labelled ``name``."""
        fields = self.visible(FieldEditor, within)
        found = [each for each in fields if each.name == name]
        assert found, f"no field {name!r} among {[each.name for each in fields]}"
        return found[0]

    # ---- doing

    def press(self, name: str, within: QWidget | None = None) -> None:
        """Click a button."""
        button = self.button(name, within)
        assert button.isEnabled(), f"{name} cannot be used: {button.toolTip()}"
        self.press_button(button)

    def press_button(self, button: QWidget) -> None:
        """Click this very button."""
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(8, button.height() // 2))
        QApplication.processEvents()

    def select_row(self, table: RecordTable, record_id: str, column: int = 0) -> None:
        """Click into a row of a list."""
        keys = [each.key for each in table._model.columns]
        area = table.cell_area(record_id, keys[column])
        QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
        QApplication.processEvents()

    def open_cell(self, table: RecordTable, record_id: str, column: int) -> None:
        """Open a cell that is filled in where it stands."""
        keys = [each.key for each in table._model.columns]
        area = table.cell_area(record_id, keys[column])
        for click in (QTest.mouseClick, QTest.mouseDClick):
            click(table.view.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
        QApplication.processEvents()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        self.be_active()
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        QApplication.processEvents()

    def be_active(self) -> None:
        """Wait until a window of ours has the keys: on a bare screen nothing gives them back after a pop-up."""
        if QApplication.activeWindow() is None:
            self.window.activateWindow()
            self.qtbot.waitUntil(lambda: QApplication.activeWindow() is not None, timeout=5_000)

    def take_focus_back(self) -> None:
        """After a pop-up closed: without a window manager nobody gives the focus back to the window.

        The screen tells of its going only some time later, so a window may seem active that has just lost it;
        asked twice, all that was on its way has arrived.
        """
        QGuiApplication.sync()
        self.window.activateWindow()
        QGuiApplication.sync()
        self.qtbot.waitUntil(self.window.isActiveWindow, timeout=5_000)

    def type(self, words: str) -> None:
        """Type into what has the focus, Chinese through the input method."""
        target = QApplication.focusWidget()
        assert target is not None
        if words.isascii():
            QTest.keyClicks(target, words)
            return
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(target, event)

    def clear(self) -> None:
        """Empty the field that has the focus."""
        self.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.key(Qt.Key.Key_Delete)

    def write(self, name: str, value: Any, within: QWidget | None = None) -> FieldEditor:
        """Write a value into a field the way somebody would, and leave the field."""
        field = self.field(name, within)
        self.fill(field, value)
        return field

    def fill(self, field: FieldEditor, value: Any) -> None:
        """Write a value into a field the way somebody would, and leave the field."""
        if isinstance(field, ManyField):
            for option in field._options:
                if option.value in value:
                    self.press(f"{field.name}：{option.label}", field)
            return
        if isinstance(field, ChoiceField) and field._tiles is not None:
            label = next(option.label for option in field.options() if option.value == value)
            self.press(f"{field.name}：{label}", field)
            return
        field.setFocus(Qt.FocusReason.TabFocusReason)
        if field.value() != field.empty:
            self.clear()
        if isinstance(field, TextAreaField):
            lines = value if isinstance(value, tuple) else [value]
            separator = "\n" if lines and isinstance(lines[0], str) else " "
            for at, line in enumerate(lines):
                if at:
                    self.key(Qt.Key.Key_Return) if separator == "\n" else self.type(" ")
                self.type(str(line))
        elif isinstance(field, ChoiceField):
            self.type(next(option.label for option in field.options() if option.value == value))
        else:
            self.type(written(value))
        assert _stands(field, value), (
            f"{field.name}: {field.value()!r} stands there, typed {value!r}; {_keys()}"
        )
        popup = QApplication.activePopupWidget()
        if popup is not None:
            QTest.keyClick(popup, Qt.Key.Key_Return)
            self.take_focus_back()
        self.key(Qt.Key.Key_Tab)

    def go(self, page: str, step: str = "") -> None:
        """Open a page by its navigation entry, and a step by its tab."""
        entry = self.window.frame.nav.button(page)
        QTest.mouseClick(entry, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        if step:
            tab = self.window.frame.steps.tab(step)
            QTest.mouseClick(tab, Qt.MouseButton.LeftButton)
            QApplication.processEvents()
        view = getattr(self.page, "view", None)
        if callable(view):
            self.qtbot.waitUntil(lambda: view().is_built(), timeout=10_000)


def _stands(field: FieldEditor, value: Any) -> bool:
    there = field.value()
    same = there == value or str(there) == str(value) or (not there and not value)
    return bool(same or not field.is_understood())


def _keys() -> str:
    """Who has the keys, for the message of a failure."""
    window = QApplication.activeWindow()
    return f"the focus is in {QApplication.focusWidget()!r}, the active window is {window!r}"


def written(value: Any) -> str:
    """A value the way somebody types it."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Choice):
        return value.label
    return format(value, "f") if isinstance(value, Decimal) else str(value)
