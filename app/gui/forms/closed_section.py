"""A section of which only the heading stands, until somebody opens it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.forms.layout import Section
from app.gui.desk import Desk
from app.gui.forms.naming import in_region, label_of
from app.gui.widgets.button import Button
from app.gui.widgets.sheet import Sheet


class ClosedSection(Sheet):
    """Heading, number of records and one button; nothing else is made before it is asked for.

    Signals:
        opened: The records are to be shown.
    """

    opened = Signal()

    def __init__(self, section: Section, desk: Desk, parent: QWidget | None = None) -> None:
        title = in_region(desk.program, desk.case, section.title)
        super().__init__(title, parent=parent)
        self.section = section
        self._desk = desk
        self.button = Button("展开列表", "text", "chevron_down", in_table=True)
        self.button.speak_as(f"展开列表：{title}")
        self.button.clicked.connect(self.opened)
        self.head.addWidget(self.button)
        desk.case_changed.connect(self._on_case_changed)
        self._tell()

    def _tell(self) -> None:
        count = sum(self.section.holds(held) for held in self._desk.case.records(self.section.collection))
        self.set_remark(f"{count} 条" if count else f"还没有{label_of(self.section.collection)}")

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if self.section.collection in changed:
            self._tell()
