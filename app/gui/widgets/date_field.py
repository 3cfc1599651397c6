"""A date, typed in any usual way or picked from a small calendar."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QDate, QEvent, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from app.gui.icons import icon
from app.gui.theme import current_theme
from app.gui.widgets.button import IconButton
from app.gui.widgets.date_reading import clock, long_date, read_date, read_moment, weekday
from app.gui.widgets.editor import NotUnderstoodError
from app.gui.widgets.line_field import LineField


class CalendarPopup(QFrame):
    """A month to pick a day from; arrows move, Enter takes, Esc leaves things as they were.

    Signals:
        picked: A day was taken. arg: the date.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.Box)
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self.calendar.activated.connect(self._on_taken)
        self.calendar.clicked.connect(self._on_taken)
        self.calendar.setAccessibleName("选日期")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.calendar)

    def open_at(self, corner: QPoint, day: date | None) -> None:
        """Show the month of ``day`` with its upper left corner at ``corner`` on the screen."""
        for name, drawing, words in (
            ("qt_calendar_prevmonth", "chevron_left", "上个月"),
            ("qt_calendar_nextmonth", "chevron_right", "下个月"),
        ):
            button = self.calendar.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(icon(drawing, "ink1"))
                button.setToolTip(words)
                button.setAccessibleName(words)
        plain = QTextCharFormat()
        plain.setForeground(current_theme().colour("ink1"))
        for which in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(which, plain)  # red is kept for what is due
        if day is not None:
            self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.adjustSize()
        screen = self.screen().availableGeometry()
        left = max(screen.left(), min(corner.x(), screen.right() - self.width()))
        top = max(screen.top(), min(corner.y(), screen.bottom() - self.height()))
        self.move(left, top)
        self.show()
        self.calendar.setFocus()

    def _on_taken(self, day: QDate) -> None:
        self.close()
        self.picked.emit(date(day.year(), day.month(), day.day()))


class DateField(LineField):
    """A day; its value is a ``date``, ``None`` when empty. The weekday stands behind it.

    What cannot be read stays as it was typed, with a sentence below. ``year`` completes 4月3日 (the case's
    year). Alt ↓ opens the calendar.
    """

    empty = None
    _source = ""

    def __init__(
        self,
        name: str,
        *,
        year: int | None = None,
        hint: str = "",
        in_table: bool = False,
        extent: str = "field_date",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, hint=hint, in_table=in_table, extent=extent, parent=parent)
        self._year = year
        self._popup: CalendarPopup | None = None
        self.picker = IconButton(f"{name}：选日期", "calendar")
        self.picker.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.picker.clicked.connect(self.open_calendar)
        self.box.set_end(1)  # 12月20日 and its weekday have room, beside 请说明 as well
        self.box.inner.setSpacing(0)
        self.box_row.setSpacing(4)
        self.box.inner.addWidget(self.picker)

    def value(self) -> date | None:
        """The day, or None."""
        result: date | None = super(LineField, self).value()
        return result

    def open_calendar(self) -> None:
        """Show the month of the value, or of today."""
        if self._read_only:
            return
        if self._popup is None:
            self._popup = CalendarPopup(self)
            self._popup.picked.connect(self._on_picked)
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
        value = self.value()
        self._popup.open_at(self.box.mapToGlobal(QPoint(0, self.box.height() + 2)), value)

    def calendar_popup(self) -> CalendarPopup | None:
        """The calendar, once it was opened."""
        return self._popup

    def _on_picked(self, day: date) -> None:
        self.set_typed(long_date(day))
        self._commit(leaving=True)

    def _read(self) -> date | None:
        return read_date(self._plain, year=self._year)

    def _show(self, value: object) -> None:
        super()._show(long_date(value) if isinstance(value, date) else "")
        self._show_weekday()

    def _on_text_edited(self, words: str) -> None:
        super()._on_text_edited(words)
        self._show_weekday()

    def _after_commit(self) -> None:
        self._show(self._read())

    def _show_weekday(self) -> None:
        if self._read_only and self._source:
            return  # where it comes from stands there
        try:
            day = self._read()
        except NotUnderstoodError:
            day = None
        self.line.set_suffix(weekday(day) if day is not None else "")

    def _show_read_only(self, read_only: bool, source: str) -> None:
        super()._show_read_only(read_only, source)
        self._source = source
        self._show_weekday()
        self.picker.setVisible(not read_only)

    def eventFilter(self, watched, event):  # type: ignore[no-untyped-def]
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Down
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            self.open_calendar()
            return True
        return super().eventFilter(watched, event)


class MomentField(DateField):
    """A day and a time to the minute; its value is a naive ``datetime``, ``None`` when empty."""

    def __init__(self, name: str, *, extent: str = "field_code", **more: object) -> None:
        super().__init__(name, extent=extent, **more)  # type: ignore[arg-type]

    def value(self) -> datetime | None:
        """The moment, or None."""
        result: datetime | None = super(LineField, self).value()
        return result

    def _read(self) -> datetime | None:
        return read_moment(self._plain, year=self._year)

    def _show(self, value: object) -> None:
        words = f"{long_date(value)} {clock(value)}" if isinstance(value, datetime) else ""
        LineField._show(self, words)
        self._show_weekday()

    def _on_picked(self, day: date) -> None:
        before = self.value()
        self.set_typed(f"{long_date(day)} {clock(before) if before else ''}".strip())
        self._commit(leaving=before is not None)
        self.line.setFocus()
