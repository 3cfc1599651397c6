"""Records that may not change any more where they stand: they look it, and one line says why and what leads on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.case import Case, collections
from app.domain.facts import Record
from app.domain.questionnaire import is_frozen, may_reopen
from app.domain.survey import Question, Survey
from app.forms.layout import Section
from app.gui.desk import Desk
from app.gui.forms.starting import starting_values
from app.gui.widgets.button import Button
from app.gui.widgets.shape import Shape
from app.gui.widgets.text import Text
from app.rules.findings import Where

STILL_COUNTED = frozenset({"asked_count"})
"""Facts of a locked record that are counted afterwards and may still be written."""


@runtime_checkable
class _OpensPlaces(Protocol):
    def open_where(self, where: Where) -> QWidget | None:
        """Go to a field."""


def lock_of(case: Case, held: Record | None) -> Survey | None:
    """Return the frozen survey a question belongs to; ``None`` for what may be changed."""
    if not isinstance(held, Question):
        return None
    survey: Survey | None = case.find("surveys", held.survey)
    return survey if survey is not None and is_frozen(survey) else None


class LockedLine(QWidget):
    """Above the rows: why they are locked, and the door to the buttons that make a new version.

    ``next_is_locked``: a record added now would belong to what may not change.
    """

    next_is_locked = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._where: Where | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.words = Text("", ink="ink2", wrap=True)
        self.door = Button("", "link")
        self.door.clicked.connect(self._on_door)
        row.addWidget(Shape("locked"))
        row.addWidget(self.words, 1)
        row.addWidget(self.door)
        self.hide()

    def show_for(self, desk: Desk, section: Section, records: Iterable[Record]) -> None:
        """Say it where one of these is locked; hidden where none is."""
        case = desk.case
        survey = next((each for record in records if (each := lock_of(case, record)) is not None), None)
        self.next_is_locked = False
        if survey is not None:
            made = collections()[section.collection]().replace(**starting_values(case, section))
            self.next_is_locked = lock_of(case, made) is not None
            version = f"（版次 {survey.version}）" if survey.version else ""
            self.words.set_words(f"问卷已定稿{version}，这些题目只能看，不能改。")
            self.door.set_words("去解除定稿" if may_reopen(case, survey) else "去另起一版")
            self._where = Where("surveys", survey.id, "frozen_on")
        self.door.setVisible(not desk.read_only)
        self.setVisible(survey is not None)

    @Slot()
    def _on_door(self) -> None:
        step = self.parentWidget()
        while step is not None and not isinstance(step, _OpensPlaces):
            step = step.parentWidget()
        if step is not None and self._where is not None:
            step.open_where(self._where)
