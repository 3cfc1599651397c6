"""Which question is looked at by which groups, and which of its options."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.figures.published import CrossTable
from app.gui.widgets.choice_field import ChoiceField, Option


class GroupPicker(QWidget):
    """Two drop-downs beside each other: a table (第6题 按部门), and one of its options.

    Signals:
        picked: Another table or option is to be shown.
    """

    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tables: tuple[CrossTable, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.table = ChoiceField("看哪一题", (), tiles=False, always=True, hint="选一题")
        self.option = ChoiceField("看哪个选项", (), tiles=False, always=True, hint="选一项")
        for field, share in ((self.table, 3), (self.option, 2)):
            row.addWidget(field, share)
        self.table.value_changed.connect(self._on_table)
        self.option.value_changed.connect(self._on_option)

    def offer(self, tables: Sequence[CrossTable], first: CrossTable) -> None:
        """Offer these tables; what is chosen stays, else ``first`` is."""
        key = self.table.value()
        self._tables = tuple(tables)
        self.table.set_options([Option(_key(each), _words(each)) for each in tables])
        chosen = next((each for each in tables if _key(each) == key), None)
        if chosen is None:
            chosen = first
            self.table.set_value(_key(first))
        self._offer_options(chosen)

    def chosen(self) -> tuple[CrossTable, int] | None:
        """The table and the place of the option in it."""
        key = self.table.value()
        table = next((each for each in self._tables if _key(each) == key), None)
        if table is None:
            return None
        at = self.option.value()
        return table, at if isinstance(at, int) else table.totals.index(max(table.totals))

    def _offer_options(self, table: CrossTable) -> None:
        options = table.question.options
        self.option.set_options([Option(at, words) for at, words in enumerate(options)])
        at = self.option.value()
        if not isinstance(at, int) or at >= len(options):
            self.option.set_value(table.totals.index(max(table.totals)))

    @Slot(object)
    def _on_table(self, _value: object) -> None:
        self.option.set_value(None)
        found = self.chosen()
        if found is not None:
            self._offer_options(found[0])
        self.picked.emit()

    @Slot(object)
    def _on_option(self, _value: object) -> None:
        self.picked.emit()


def _key(table: CrossTable) -> str:
    return f"{table.question.id}/{table.by.id}"


def _words(table: CrossTable) -> str:
    return f"第{table.question.number or '？'}题按{table.title}　{table.question.stem.removeprefix('您')}"
