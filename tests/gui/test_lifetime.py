"""Windows may go in any order Python likes without a word and without a crash."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.paths import BUNDLE_ROOT
from tests.gui.demo_pages import MARCH, example_in_march, open_case

SCRIPT = """
import gc
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
app = QApplication([])
from app.gui.theme import apply_theme
from app.gui.shell.main_frame import MainFrame
from app.gui.widgets.choice_field import ChoiceField, ManyField, Option, YesNoField
from app.gui.widgets.date_field import DateField
from app.gui.widgets.line_field import LineField
from app.gui.widgets.record_table import ColumnView, RecordTable
from app.gui.widgets.text_area import TextAreaField
apply_theme(app, "light")
MANY = [Option(str(n), str(n)) for n in range(7)]
MAKERS = (
    lambda: LineField("a"), lambda: DateField("b"), lambda: ChoiceField("c", MANY), lambda: YesNoField("d"),
    lambda: ManyField("e", MANY), lambda: TextAreaField("f"),
    lambda: RecordTable("g", (ColumnView(key="a", title="a"),), add_words="a"),
)
for maker in MAKERS:
    for order in ("frame first", "field first", "later"):
        frame, page = MainFrame(), QWidget()
        column = QVBoxLayout(page)
        field = maker()
        column.addWidget(field)
        frame.add_page("offer", page)
        frame.show()
        frame.activateWindow()
        frame.show_page("offer")
        field.setFocus()
        for _ in range(5):
            app.processEvents()
        if order == "frame first":
            del frame, page, column, field
        elif order == "field first":
            del field, column, page, frame
        else:
            frame.deleteLater()
            app.processEvents()
            del frame, field, page, column
        gc.collect()
        app.processEvents()
        apply_theme(app, "dark", 1.25)
print("all gone")
"""


def test_windows_go_quietly_in_any_order() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=BUNDLE_ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    complaints = [line for line in done.stderr.splitlines() if not line.startswith("This plugin does not")]
    assert (done.returncode, done.stdout.strip(), complaints) == (0, "all gone", [])


def test_pages_left_behind_stay_in_the_window_until_they_are_deleted(qtbot: QtBot, tmp_path: Path) -> None:
    """Without a parent they would be taken apart by the garbage collector, which Qt does not survive."""
    hands = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    hands.go("offer")
    hands.settle()
    room, page = hands.window.case_room, hands.page
    room.leave_desk()
    left = [each for each in room._retired if isinstance(each, QWidget)]
    assert any(each is page or each.isAncestorOf(page) for each in left)
    assert all(hands.window.isAncestorOf(each) and not each.isVisible() for each in left)
    room.clear_retired()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(page)
