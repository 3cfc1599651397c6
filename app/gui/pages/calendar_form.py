"""A year's holidays typed from the notice on one page: breaks, worked weekends, where it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QStyleOptionViewItem, QWidget

from app.domain.calendar import WorkCalendar
from app.gui.forms.fact_cells import opens_with_keys
from app.gui.widgets.button import Button
from app.gui.widgets.cell_editing import CellEditing
from app.gui.widgets.date_field import DateField
from app.gui.widgets.date_reading import long_date, read_date, weekday
from app.gui.widgets.editor import FieldEditor, NotUnderstoodError
from app.gui.widgets.form_grid import FormGrid
from app.gui.widgets.line_field import LineField
from app.gui.widgets.number_field import NumberField
from app.gui.widgets.record_rows import RowsModel, paint_cell
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.rules.calendars import FIRST_YEAR, LAST_YEAR, Break, breaks_of
from app.rules.dates_in_words import short_day

NAMES = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
NAME, FIRST, LAST = "name", "first", "last"
_PARTED = "，,;； \t"
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class TypedYear:
    """What was typed, not judged yet."""

    year: int
    breaks: tuple[Break, ...]
    workdays: tuple[date, ...]
    source: str


@dataclass(frozen=True, slots=True)
class TypedBreak:
    """One row as it stands; a row without days is no break yet."""

    name: str = ""
    first: date | None = None
    last: date | None = None

    def made(self) -> Break | None:
        """The break; one day long where only one of its days is written."""
        begins, ends = self.first or self.last, self.last or self.first
        return Break(self.name, begins, ends) if begins is not None and ends is not None else None


class CalendarForm(Sheet):
    """Hidden and shown as a whole; what is typed stays until the pages are made anew.

    Signals:
        proposed: 看会变什么, with everything readable. arg: a :class:`TypedYear`.
    """

    proposed = Signal(object)

    def __init__(self, calendar: WorkCalendar, parent: QWidget | None = None) -> None:
        super().__init__("录入放假安排", "照国务院办公厅的通知，一行一个节", parent=parent)
        self._calendar = calendar
        self.rows = [TypedBreak(name) for name in NAMES]
        self._shown: list[TypedBreak] = []
        self.year = NumberField("年份", unit="年", minimum=FIRST_YEAR, maximum=LAST_YEAR)
        self.year.value_changed.connect(self._on_year)
        self.source = LineField("依据", hint="通知的名称和文号", extent="")
        self.workdays = LineField("调休上班", hint="周末要上班的日子，例如：1月31日、2月20日", extent="")
        form = FormGrid()
        form.add("年份", self.year)
        form.add("依据", self.source)
        self.add(form)
        self.table = RecordTable(
            "放假",
            (
                ColumnView(key=NAME, title="节日", share=2, bold=True, editable=True),
                ColumnView(key=FIRST, title="放假第一天", share=3, editable=True),
                ColumnView(key=LAST, title="放假最后一天", share=3, editable=True),
            ),
            add_words="添加一行",
            remove_words="移除这一行",
            most=12,
        )
        self.cells = BreakCells(self)
        self.table.view.setItemDelegate(self.cells)
        opens_with_keys(self.table.view)
        self.cells.refused.connect(self._tell)
        self.table.add_requested.connect(self._on_add)
        self.table.remove_requested.connect(self._on_remove)
        self.add(self.table)
        below = FormGrid(columns=1)
        below.add("调休上班", self.workdays)
        self.add(below)
        self.told = Text("", ink="accentText", wrap=True)
        self.add(self.told)
        self.told.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        self.look_button = Button("看会变什么", "secondary", "check")
        self.look_button.clicked.connect(self.propose)
        close = Button("收起", "text")
        close.clicked.connect(self.hide)
        row.addWidget(self.look_button)
        row.addWidget(close)
        row.addStretch(1)
        self.body.addLayout(row)
        self.year.set_value(max(calendar.loaded_years, default=FIRST_YEAR) + 1)
        self._show_rows()

    def first_focus(self) -> QWidget:
        """The year."""
        return self.year

    # ---- what is shown

    def _show_rows(self) -> None:
        self.table.show_rows(
            [
                RowView(
                    str(number),
                    {NAME: row.name, FIRST: _day_words(row.first), LAST: _day_words(row.last)},
                )
                for number, row in enumerate(self.rows)
            ]
        )

    @Slot()
    def _on_year(self) -> None:
        """A year that is there already is shown to be corrected; what was only shown goes with it."""
        plan = self._calendar.plans.get(self.typed_year() or 0)
        if plan is not None:
            self.rows = [TypedBreak(each.name, each.first, each.last) for each in breaks_of(plan)]
            self.workdays.set_value("、".join(short_day(day, day) for day in sorted(plan.workdays)))
            self.source.set_value(plan.source)
            self._shown = list(self.rows)
        elif self._shown and self.rows == self._shown:
            self.rows, self._shown = [TypedBreak(name) for name in NAMES], []
            self.workdays.set_value("")
            self.source.set_value("")
        self._show_rows()

    @Slot(str)
    def _tell(self, words: str) -> None:
        self.told.set_words(words)
        self.told.setVisible(bool(words))

    # ---- what is typed

    def typed_year(self) -> int | None:
        """The year, ``None`` while none is written."""
        year = self.year.value()
        return year if isinstance(year, int) else None

    def take(self, row_id: str, key: str, value: Any) -> None:
        """A cell was filled in."""
        at = int(row_id)
        self.rows[at] = replace(self.rows[at], **{key: value})
        self._show_rows()

    @Slot()
    def _on_add(self) -> None:
        self.rows.append(TypedBreak())
        self._show_rows()
        self.table.edit_cell(str(len(self.rows) - 1), NAME)

    @Slot(str)
    def _on_remove(self, row_id: str) -> None:
        del self.rows[int(row_id)]
        self._show_rows()

    @Slot()
    def propose(self) -> None:
        """Hand on what is typed; what cannot be read is said here, what cannot be is said by the look at it."""
        for field in (self.year, self.source, self.workdays):
            field.commit()
        self.cells.commit()
        year = self.typed_year()
        if year is None:
            self._tell("还没写年份。")
            self.year.setFocus()
            return
        try:
            workdays = tuple(self._workdays(year))
        except NotUnderstoodError as error:
            self.workdays.set_error(str(error))
            self.workdays.setFocus()
            return
        self.workdays.set_error(None)
        self._tell("")
        breaks = tuple(found for row in self.rows if (found := row.made()) is not None)
        self.proposed.emit(TypedYear(year, breaks, workdays, str(self.source.value())))

    def _workdays(self, year: int) -> Iterator[date]:
        words = str(self.workdays.value())
        for mark in _PARTED:
            words = words.replace(mark, "、")
        for part in words.split("、"):
            day = read_date(part, year=year)
            if day is not None:
                yield day


class BreakCells(CellEditing):
    """The cells of the breaks: a name, a day, a day; 2月5日 means the year above."""

    def __init__(self, form: CalendarForm) -> None:
        super().__init__(form.table.view)
        self._form = form

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        paint_cell(painter, option, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        editor.setGeometry(option.rect.adjusted(2, 0, -2, -1))

    def _names(self, index: _Index) -> tuple[str, str]:
        model = index.model()
        assert isinstance(model, RowsModel)
        return model.rows[index.row()].id, model.columns[index.column()].key

    def _editor_for(self, row_id: str, key: str) -> FieldEditor | None:
        row = self._form.rows[int(row_id)]
        editor: FieldEditor
        if key == NAME:
            editor = LineField("节日", extent="")
        else:
            name = "放假第一天" if key == FIRST else "放假最后一天"
            editor = DateField(name, year=self._form.typed_year(), extent="")
        editor.set_value(getattr(row, key))
        self.refused.emit("")
        return editor

    def _is_to_fill(self, index: QModelIndex) -> bool:
        return bool(index.flags() & Qt.ItemFlag.ItemIsEditable)

    def _take(self, row_id: str, key: str, value: object) -> None:
        self._form.take(row_id, key, value)


def _day_words(day: date | None) -> str:
    return f"{long_date(day)} {weekday(day)}" if day is not None else ""
