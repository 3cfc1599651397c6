"""Which question is looked at by which groups, and which of its options."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from app.figures.published import Crossing
from app.figures.survey_results import subject_of
from app.gui.widgets.choice_field import ChoiceField, Option


class GroupPicker(QWidget):
    """Three drop-downs: a question or a row of a matrix, what it is grouped by, and one of its options.

    Signals:
        picked: Another table or option is to be shown.
    """

    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tables: tuple[Crossing, ...] = ()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        self.question = ChoiceField("看哪一题", (), tiles=False, always=True, hint="选一题")
        self.by = ChoiceField("按什么分", (), tiles=False, always=True, hint="选一种分法")
        self.option = ChoiceField("看哪个选项", (), tiles=False, always=True, hint="选一项")
        grid.addWidget(self.question, 0, 0, 1, 2)
        grid.addWidget(self.by, 1, 0)
        grid.addWidget(self.option, 1, 1)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        self.question.value_changed.connect(self._on_question)
        self.by.value_changed.connect(self._on_by)
        self.option.value_changed.connect(self._on_option)

    def offer(self, tables: Sequence[Crossing], first: Crossing) -> None:
        """Offer these tables; what is chosen stays, else ``first`` is."""
        chosen = self._chosen()
        key = _key(chosen) if chosen is not None else _key(first)
        self._tables = tuple(tables)
        asked = {_asked(each): _words(each) for each in tables}
        self.question.set_options([Option(name, words) for name, words in asked.items()])
        self._show(next((each for each in tables if _key(each) == key), first))

    def chosen(self) -> tuple[Crossing, int] | None:
        """The table and the place of the option in it."""
        table = self._chosen()
        if table is None:
            return None
        at = self.option.value()
        return table, at if isinstance(at, int) else _most(table)

    def _chosen(self) -> Crossing | None:
        asked, by = self.question.value(), self.by.value()
        of_question = [each for each in self._tables if _asked(each) == asked]
        return next((each for each in of_question if each.by.id == by), next(iter(of_question), None))

    def _show(self, table: Crossing) -> None:
        """Set the fields to a table; the option stays while the question does."""
        self.question.set_value(_asked(table))
        ways = [each for each in self._tables if _asked(each) == _asked(table)]
        self.by.set_options([Option(each.by.id, f"按{each.title}") for each in ways])
        self.by.set_value(table.by.id)
        options = table.question.options
        at = self.option.value()
        self.option.set_options([Option(place, words) for place, words in enumerate(options)])
        self.option.set_value(at if isinstance(at, int) and at < len(options) else _most(table))

    @Slot(object)
    def _on_question(self, _value: object) -> None:
        found = self._chosen()
        if found is not None:
            self.option.set_value(None)
            self._show(found)
        self.picked.emit()

    @Slot(object)
    def _on_by(self, _value: object) -> None:
        self.picked.emit()

    @Slot(object)
    def _on_option(self, _value: object) -> None:
        self.picked.emit()


def _most(table: Crossing) -> int:
    """The option chosen most by all; of how content people are, those who are."""
    if table.merged:
        return 0
    numbers = table.whole.numbers if table.whole is not None else table.counts[0].numbers
    return numbers.index(max(numbers))


def _asked(table: Crossing) -> str:
    return f"{table.question.id}/{table.row}"


def _key(table: Crossing) -> str:
    return f"{_asked(table)}/{table.by.id}"


def _words(table: Crossing) -> str:
    words = f"第{table.question.number or '？'}题　{subject_of(table.question)}"
    return f"{words}：{table.row}" if table.row else words
