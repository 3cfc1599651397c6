"""A second click on a row opens a cell a moment later; what is typed elsewhere by then is not torn from its field."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.gui.forms.fact_cells import opens_with_keys
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView


def _click_twice(table: RecordTable) -> None:
    for _ in range(2):
        where = table.cell_area("a", "name").center()
        QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
        QTest.mouseMove(table.view.viewport())


def _stand(qtbot: QtBot) -> tuple[QWidget, RecordTable, QLineEdit]:
    window = QWidget()
    column = QVBoxLayout(window)
    table = RecordTable("人", (ColumnView(key="name", title="姓名", share=1, editable=True),))
    line = QLineEdit()
    column.addWidget(table)
    column.addWidget(line)
    table.show_rows([RowView(id="a", cells={"name": "孟砺川"})])
    opens_with_keys(table.view)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    table.select("a")
    table.view.setFocus()
    return window, table, line


def test_a_second_click_opens_the_cell(qtbot: QtBot) -> None:
    window, table, _line = _stand(qtbot)
    _click_twice(table)
    qtbot.waitUntil(lambda: table.view.state() == table.view.State.EditingState)
    assert window.isActiveWindow()


def test_the_focus_that_went_on_is_not_called_back(qtbot: QtBot) -> None:
    _window, table, line = _stand(qtbot)
    _click_twice(table)
    line.setFocus()
    QTest.keyClicks(line, "a")
    assert not table.view.findChildren(QLineEdit)  # the moment is not over
    later = QTimer(table)
    later.setSingleShot(True)
    with qtbot.waitSignal(later.timeout):
        later.start(2 * QApplication.doubleClickInterval())
    assert QApplication.focusWidget() is line
    QTest.keyClicks(line, "b")
    assert line.text() == "ab"
