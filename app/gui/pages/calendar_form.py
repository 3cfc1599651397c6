"""A year's holidays typed from the notice on one page: breaks, worked weekends, where it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.domain.calendar import WorkCalendar
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.date_field import DateField
from app.gui.widgets.date_reading import read_date
from app.gui.widgets.editor import NotUnderstoodError
from app.gui.widgets.form_grid import FormGrid
from app.gui.widgets.line_field import LineField
from app.gui.widgets.number_field import NumberField
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.rules.calendars import FIRST_YEAR, LAST_YEAR, Break, breaks_of
from app.rules.dates_in_words import short_day

NAMES = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节", "")
_PARTED = "、，,;； \t"


@dataclass(frozen=True, slots=True)
class TypedYear:
    """What was typed, not judged yet."""

    year: int
    breaks: tuple[Break, ...]
    workdays: tuple[date, ...]
    source: str


class CalendarForm(Sheet):
    """Hidden and shown as a whole; what is typed stays until the window closes.

    Signals:
        proposed: 看会变什么, with everything readable. arg: a :class:`TypedYear`.
    """

    proposed = Signal(object)

    def __init__(self, calendar: WorkCalendar, parent: QWidget | None = None) -> None:
        super().__init__("录入放假安排", "照国务院办公厅的通知，一行一个节", parent=parent)
        self._calendar = calendar
        self.year = NumberField("年份", unit="年", minimum=FIRST_YEAR, maximum=LAST_YEAR)
        self.year.value_changed.connect(self._on_year)
        self.source = LineField("依据", hint="通知的名称和文号", extent="")
        top = FormGrid()
        top.add("年份", self.year)
        top.add("依据", self.source)
        self.add(top)
        self.rows: list[tuple[LineField, DateField, DateField]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        for column, words in enumerate(("节日", "放假第一天", "放假最后一天")):
            self._grid.addWidget(Text(words, ink="ink2"), 0, column)
        self._grid.setColumnStretch(3, 1)
        self.body.addLayout(self._grid)
        for name in NAMES:
            self._add_row(name)
        self._fit_columns()
        bottom = FormGrid(columns=1)
        self.workdays = LineField("调休上班", hint="周末要上班的日子，例如：1月31日、2月20日", extent="")
        bottom.add("调休上班", self.workdays)
        self.add(bottom)
        self.told = Text("", ink="warn", wrap=True)
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
        self._on_year()

    def _add_row(self, name: str) -> None:
        number = len(self.rows) + 1
        fields = (
            LineField(f"第 {number} 行节日", extent="field_date"),
            DateField(f"第 {number} 行放假第一天"),
            DateField(f"第 {number} 行放假最后一天"),
        )
        fields[0].set_value(name)
        for column, field in enumerate(fields):
            self._grid.addWidget(field, number, column)
        self.rows.append(fields)

    def retheme(self) -> None:
        """Room for a whole date with its weekday, whatever the size of letters."""
        super().retheme()
        if hasattr(self, "_grid"):
            self._fit_columns()

    def _fit_columns(self) -> None:
        for column in range(3):
            self._grid.setColumnMinimumWidth(column, current_theme().extent("field_date"))

    def first_focus(self) -> QWidget:
        """The year."""
        return self.year

    # ---- what is shown

    @Slot()
    def _on_year(self) -> None:
        """Another year: short dates mean it; a year that is there already is shown to be corrected."""
        year = self.year.value()
        if not isinstance(year, int):
            return
        for _, first, last in self.rows:
            first.set_year(year)
            last.set_year(year)
        plan = self._calendar.plans.get(year)
        if plan is None:
            return
        breaks = breaks_of(plan)
        while len(self.rows) < len(breaks):
            self._add_row("")
        for number, (name, first, last) in enumerate(self.rows):
            held = breaks[number] if number < len(breaks) else None
            name.set_value(held.name if held else "")
            first.set_value(held.first if held else None)
            last.set_value(held.last if held else None)
        self.workdays.set_value("、".join(short_day(day, day) for day in sorted(plan.workdays)))
        self.source.set_value(plan.source)

    # ---- what is typed

    @Slot()
    def propose(self) -> None:
        """Hand on what is typed; what cannot be read is said here, what cannot be is said by the look at it."""
        for field in (self.year, self.source, self.workdays, *(part for row in self.rows for part in row)):
            field.commit()
        year = self.year.value()
        unread = [field for row in self.rows for field in row[1:] if not field.is_understood()]
        try:
            workdays = tuple(self._workdays(year)) if isinstance(year, int) else ()
        except NotUnderstoodError as error:
            self.workdays.set_error(str(error))
            self.workdays.setFocus()
            return
        self.workdays.set_error(None)
        if not isinstance(year, int) or unread:
            (unread[0] if isinstance(year, int) else self.year).setFocus()
            self._tell("还有看不出是哪一天的，改过来再看。" if isinstance(year, int) else "还没写年份。")
            return
        self._tell("")
        self.proposed.emit(TypedYear(year, tuple(self._breaks()), workdays, str(self.source.value())))

    def _tell(self, words: str) -> None:
        self.told.set_words(words)
        self.told.setVisible(bool(words))

    def _breaks(self) -> Iterator[Break]:
        for name, first, last in self.rows:
            begins, ends = first.value() or last.value(), last.value() or first.value()
            if begins is not None and ends is not None:
                yield Break(str(name.value()), begins, ends)

    def _workdays(self, year: int) -> Iterator[date]:
        words = str(self.workdays.value())
        for mark in _PARTED:
            words = words.replace(mark, "、")
        for part in words.split("、"):
            day = read_date(part, year=year)
            if day is not None:
                yield day
