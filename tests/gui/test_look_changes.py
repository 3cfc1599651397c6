"""Another text size and back again: everything stands as it stood."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from app.gui.theme import apply_theme
from app.gui.widgets.form_grid import FormGrid
from app.gui.widgets.line_field import LineField


def test_a_form_stands_after_a_change_of_text_size_as_before(on_screen, qapp: QApplication) -> None:
    grid = FormGrid()
    labels = ("情况", "通知及议程公开日期和地点", "后来怎么补救的说明和打算做的事")
    for label in labels:
        grid.add(label, LineField(label))
    on_screen(grid, size=(700, 400))

    def stands(scale: float) -> tuple[int, list[QRect]]:
        apply_theme(qapp, "light", scale)
        for _ in range(2):
            QApplication.processEvents()
        parts = [part for text, field, _ in grid._rows for part in (text, field) if part is not None]
        return grid.height(), [part.geometry() for part in parts]

    before = stands(1.0)
    assert stands(1.25) != before
    assert stands(1.0) == before
