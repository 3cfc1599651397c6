"""The window comes back where it was, where it can be seen, with the columns as they were dragged."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.gui.fit_to_screen import fit_to_screen, place_on, room_of
from app.gui.theme import apply_theme
from app.gui.widgets.column_widths import remember_columns_in
from app.gui.widgets.record_table import ColumnView, RecordTable
from app.gui.window_memory import WindowMemory

MAIN = QRect(0, 0, 1366, 728)
SECOND = QRect(1366, 0, 1920, 1040)


@pytest.mark.parametrize(
    ("inner", "rooms", "wanted"),
    [
        (QRect(100, 60, 1200, 600), [MAIN], QRect(100, 60, 1200, 600)),  # where it was
        (QRect(1500, 60, 1200, 600), [MAIN, SECOND], QRect(1500, 60, 1200, 600)),  # on the second screen
        (QRect(1500, 60, 1200, 600), [MAIN], None),  # which is gone
        (QRect(100, -400, 1200, 600), [MAIN], None),  # title bar above the screen
        (QRect(1300, 60, 1200, 600), [MAIN], None),  # only a strip is seen
        (QRect(-60, 60, 1200, 600), [MAIN], QRect(-60, 60, 1200, 600)),  # a little over the edge is meant
    ],
)
def test_a_window_out_of_sight_comes_back(inner: QRect, rooms: list[QRect], wanted: QRect | None) -> None:
    place = place_on(inner, rooms)
    if wanted is not None:
        assert place == wanted
        return
    assert place.size() == inner.size()
    assert MAIN.contains(place)
    assert place.top() >= 31  # the title bar too


def test_a_screen_that_is_smaller_than_it_was_is_filled() -> None:
    assert place_on(QRect(0, 31, 1600, 900), [MAIN]).isEmpty()
    at_175_percent = QRect(0, 0, 780, 416)
    assert place_on(QRect(0, 31, 1024, 520), [at_175_percent]).isEmpty()
    assert room_of(QRect(5000, 5000, 100, 100), [MAIN, SECOND]) == MAIN


def test_the_smallest_size_is_never_larger_than_the_screen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()
    window.setMinimumSize(room.width() + 300, 200)
    fit_to_screen(window)
    assert window.minimumWidth() <= room.width()
    assert window.isMaximized()


def table(name: str = "议题") -> RecordTable:
    columns = (
        ColumnView(key="name", title="议题"),
        ColumnView(key="share", title="问卷提出", extent=100),
        ColumnView(key="claim", title="本方主张", extent=120),
    )
    return RecordTable(name, columns)


def test_columns_keep_the_width_they_were_dragged_to(qapp, on_screen, tmp_path: Path) -> None:
    memory = WindowMemory(tmp_path)
    remember_columns_in(memory)
    first = table()
    on_screen(first)
    first.view.widths.keep("share", 150)
    first.view.widths.keep("name", 300)
    first.view.widths._write()
    again = table()
    other = table("条款")
    remember_columns_in(WindowMemory(tmp_path))
    again = table()
    on_screen(again)
    assert [again.view.columnWidth(at) for at in range(3)] == [300, 150, 120]
    on_screen(other)
    assert other.view.columnWidth(1) == 100
    apply_theme(qapp, "light", 1.25)
    assert again.view.columnWidth(1) == round(150 * 1.25)


def test_nonsense_in_the_memory_is_no_harm(tmp_path: Path) -> None:
    memory = WindowMemory(tmp_path)
    memory.keep(columns={"议题": {"a": "x", "b": -5, "c": 99999, "d": 80}}, extents={"panel": "wide"})
    assert memory.column_widths("议题") == {"d": 80}
    assert memory.extent("panel") == 0
    memory.keep(columns=[1], extents=3)
    assert memory.column_widths("议题") == {}
    memory.keep_extent("panel", 400)
    assert WindowMemory(tmp_path).extent("panel") == 400
