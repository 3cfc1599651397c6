"""Counting days the way the law counts them: forwards, backwards, in workdays, in both readings of roll-over.

Sources. 《民法典》第二百条 (periods run by the Gregorian calendar), 第二百零一条 (the day of the event does
not count), 第二百零二条 (months end on the same day of the month, or on its last day), 第二百零三条 (a last
day that is a statutory day off moves to the day after; a day ends at 24:00), 第二百零四条 (a statute or an
agreement may count otherwise, so unit and amount are data), 第一千二百五十九条 (以内 includes the number).

Which days make the last day move is read in two ways, and both are kept:

* holiday reading (甲): only the days off listed in the State Council's yearly notice;
* weekend reading (乙): ordinary weekends too; a weekend worked in exchange (调休) does not move it.

Not past 甲 is on time, past 甲 but not past 乙 needs an explanation, past 乙 is late.

Years whose notice is not loaded give a range instead of one date that might be false. Its two ends come from
counting twice, with as few and with as many days off as ``unannounced.py`` allows.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from app.domain.pauses import Stop, past_stops, stopped_until
from app.domain.unannounced import FIXED_DAYS_OFF, LONGEST_BREAK, YEAR_END, DoubtfulDays

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The announced days off and worked weekends that fall into one calendar year.

    Days belong to the year of their date, not of the notice: 31 December 2022, announced in the notice for
    2023, belongs to the plan of 2022.

    Attributes:
        year: the calendar year.
        holidays: every day the notice names as off, weekends inside the break included.
        workdays: Saturdays and Sundays that are worked in exchange (调休上班).
        names: holiday -> what the window calls it, such as ``清明节假期``.
        source: title and number of the notice.
        read: how well the notice was read, in words for the user.
    """

    year: int
    holidays: frozenset[date]
    workdays: frozenset[date]
    names: Mapping[date, str] = field(hash=False)
    source: str
    read: str


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """All loaded years together; answers what kind of day a day is.

    Attributes:
        plans: year -> its plan.
    """

    plans: Mapping[int, YearPlan] = field(hash=False)

    def __post_init__(self) -> None:
        """Take a copy nobody else can change.

        Raises:
            ValueError: a plan is filed under another year than its own.
        """
        for year, plan in self.plans.items():
            if plan.year != year:
                raise ValueError(f"the plan of {plan.year} is filed under {year}")
        object.__setattr__(self, "plans", MappingProxyType(dict(self.plans)))

    @property
    def loaded_years(self) -> tuple[int, ...]:
        """Return the years whose notice is loaded, ascending."""
        return tuple(sorted(self.plans))

    def is_loaded(self, year: int) -> bool:
        """Return whether the notice for ``year`` is loaded."""
        return year in self.plans

    def is_holiday(self, day: date) -> bool:
        """Return whether a loaded notice lists ``day`` as off; False for every day of a year not loaded."""
        plan = self.plans.get(day.year)
        return plan is not None and day in plan.holidays

    def is_workday(self, day: date) -> bool:
        """Return whether ``day`` is worked: Monday to Friday less the days off, plus weekends in exchange.

        For a year not loaded this is the plain week less :data:`FIXED_DAYS_OFF`: good for drawing a calendar,
        not for a due date (:meth:`missing_year` tells).
        """
        plan = self.plans.get(day.year)
        if plan is None:
            return day.weekday() < _SATURDAY and (day.month, day.day) not in FIXED_DAYS_OFF
        if day in plan.workdays:
            return True
        return day.weekday() < _SATURDAY and day not in plan.holidays

    def holiday_name(self, day: date) -> str | None:
        """Return the name of the break ``day`` belongs to, such as ``清明节假期``, or None."""
        plan = self.plans.get(day.year)
        return plan.names.get(day) if plan is not None else None

    def name_of_day_off(self, day: date) -> str | None:
        """Return why ``day`` is not worked (``清明节假期``, ``周六``, ``周日``), or None if it is worked."""
        if self.is_workday(day):
            return None
        plan = self.plans.get(day.year)
        fixed = FIXED_DAYS_OFF.get((day.month, day.day)) if plan is None else None
        return self.holiday_name(day) or fixed or ("周六" if day.weekday() == _SATURDAY else "周日")

    def missing_year(self, day: date) -> int | None:
        """Return the year whose notice is still needed to know what ``day`` is, or None if it is known.

        The last three days of December are settled by the next year's notice, unless their own names them.
        """
        plan = self.plans.get(day.year)
        if plan is None:
            return day.year
        if (day.month, day.day) < YEAR_END or day in plan.holidays or day in plan.workdays:
            return None
        return None if day.year + 1 in self.plans else day.year + 1


class Unit(StrEnum):
    """What a period is counted in. 日 is a calendar day; only 工作日 skips days off."""

    DAY = "day"
    WORKDAY = "workday"
    MONTH = "month"


class Lateness(StrEnum):
    """Where an actual day stands towards a due date."""

    ON_TIME = "on_time"
    BETWEEN_READINGS = "between_readings"
    """Past 甲, not past 乙; with a year not loaded: past the earliest, not past the latest possible day."""
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """The last day of a period, with everything needed to say why.

    Attributes:
        start: the day counted from (the event); it does not count itself.
        amount: how many ``unit`` s.
        unit: what was counted.
        nominal: the last day before any roll-over (原日).
        holiday_reading: last day in reading 甲.
        weekend_reading: last day in reading 乙; never before ``holiday_reading``.
        skipped: days passed over while counting workdays, in order of time.
        rolled_over: days the end moved over and what they are, in order; those before ``holiday_reading``
            moved both readings, the others only 乙.
        earliest, latest: equal to ``holiday_reading`` when ``exact``; otherwise the range of the last day.
        missing_years: years whose notice would be needed for one date.
        advised: backwards only: the last working day before ``nominal`` when that is not worked; else None.
        backwards: counted back from an event (N 日前).
        rolls: the end moves over days off; False for administrative review and counting back.
        stopped: days within the period that a pause kept from counting.

    When not ``exact``, ``holiday_reading`` is ``earliest`` and ``weekend_reading`` is ``latest``, so nobody
    is called late who might not be; ``nominal`` stays right for days and months, for workdays it is
    ``earliest``.
    """

    start: date
    amount: int
    unit: Unit
    nominal: date
    holiday_reading: date
    weekend_reading: date
    earliest: date
    latest: date
    skipped: tuple[date, ...] = ()
    rolled_over: tuple[tuple[date, str], ...] = ()
    missing_years: tuple[int, ...] = ()
    advised: date | None = None
    backwards: bool = False
    rolls: bool = True
    stopped: int = 0

    @property
    def exact(self) -> bool:
        """Return whether every year that was needed is loaded."""
        return not self.missing_years


class _Count:
    """One way through the days: the known as they are, the doubtful with as few or as many off as can be."""

    def __init__(self, calendar: WorkCalendar, *, most_off: bool) -> None:
        self._calendar = calendar
        self._most_off = most_off
        self._doubtful = DoubtfulDays()
        self.missing: set[int] = set()

    def is_off(self, day: date) -> bool:
        missing = self._calendar.missing_year(day)
        if missing is None:
            return not self._calendar.is_workday(day)
        self.missing.add(missing)
        fixed = (day.month, day.day) in FIXED_DAYS_OFF
        if day.weekday() >= _SATURDAY:
            return self._most_off or fixed or not self._doubtful.weekend_may_be_worked(day)
        # A fixed day off is part of its break, so it uses up one of its weekdays too.
        return (self._most_off and self._doubtful.weekday_may_be_off(day)) or fixed


def due_after(
    start: date, amount: int, unit: Unit, calendar: WorkCalendar, *, stops: Iterable[Stop] = ()
) -> DueDate:
    """Return the last day of “自 start 起 amount 日（工作日、个月）内”; the start day does not count.

    Days and months roll over a day off at the end (《民法典》203), workdays end on a workday by themselves.
    Days of ``stops`` that fall into the period do not count; those before or after it stop nothing, and two
    that overlap stop a day once.

    Raises:
        ValueError: ``amount`` is negative.
        OverflowError: the end lies beyond the year 9999.
    """
    _refuse_negative(amount)
    pauses = tuple(sorted(stops))
    if unit is Unit.WORKDAY:
        return _workdays(start, amount, calendar, backwards=False, stops=pauses)
    plain = start + amount * _DAY if unit is Unit.DAY else add_months(start, amount)
    nominal = past_stops(start, plain, pauses)
    return replace(_rolled(start, amount, unit, nominal, calendar), stopped=(nominal - plain).days)


def due_before(event: date, amount: int, unit: Unit, calendar: WorkCalendar) -> DueDate:
    """Return the last day on which “amount 日（工作日、个月）前” of ``event`` is kept, until 24:00.

    The event day does not count and nothing rolls: no text read says that a backward period moves. When the
    day is not worked, ``advised`` names the working day before it. For a year not loaded that advice knows
    only weekends and the fixed days off.

    Raises:
        ValueError: ``amount`` is negative.
        OverflowError: the day lies before the year 1.
    """
    _refuse_negative(amount)
    if unit is Unit.WORKDAY:
        return _workdays(event, amount, calendar, backwards=True)
    nominal = event - amount * _DAY if unit is Unit.DAY else add_months(event, -amount)
    advised = nominal
    while not calendar.is_workday(advised):
        advised -= _DAY
    advice = advised if advised != nominal else None
    return _plain(event, amount, unit, nominal, advised=advice, backwards=True)


def plain_after(start: date, amount: int) -> DueDate:
    """Return start + ``amount`` calendar days with no roll-over, always exact.

    For the 15 days of administrative review, counted from receipt (《劳动法》34, 《劳动合同法》54): no text
    says that 《民法典》203 applies there, so the day that does not move is the one shown.

    Raises:
        ValueError: ``amount`` is negative.
    """
    _refuse_negative(amount)
    return _plain(start, amount, Unit.DAY, start + amount * _DAY)


def add_months(start: date, months: int) -> date:
    """Return the same day of the month ``months`` later, or that month's last day (《民法典》202).

    Raises:
        OverflowError: the result lies outside of the years 1 to 9999.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("date value out of range")
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def lateness(due: DueDate, actual: date) -> Lateness:
    """Return whether ``actual`` is on time, between the two readings, or late."""
    if actual <= due.holiday_reading:
        return Lateness.ON_TIME
    return Lateness.BETWEEN_READINGS if actual <= due.weekend_reading else Lateness.LATE


def days_late(due: DueDate, actual: date, calendar: WorkCalendar) -> int:
    """Return by how much ``actual`` is past ``due`` in reading 甲; 0 when on time.

    The unit is the due date's own: workdays for a period in workdays, otherwise calendar days.
    """
    if due.unit is Unit.WORKDAY:
        return workdays_between(due.holiday_reading, actual, calendar)
    return max(0, (actual - due.holiday_reading).days)


def workdays_between(after: date, until: date, calendar: WorkCalendar) -> int:
    """Return how many workdays lie after ``after`` up to and including ``until``; 0 if there are none."""
    days = (after + n * _DAY for n in range(1, (until - after).days + 1))
    return sum(calendar.is_workday(day) for day in days)


def days_up(published: date, taken_down: date) -> int:
    """Return how many whole days a notice hung: the day it went up does not count (《民法典》201).

    Up on 30 April and down on 15 May are 15 days, down on 12 May 12. Negative if down before up.
    """
    return (taken_down - published).days


def load_year(data: Mapping[str, Any]) -> YearPlan:
    """Turn the parsed content of ``resources/calendar/<year>.toml`` into a plan, refusing whatever is odd.

    Keys: ``year``, ``source``, ``read``, ``workdays`` (list of dates) and ``holiday`` (list of tables with
    ``name``, ``first``, ``last``).

    Raises:
        ValueError: a key is unknown, missing or of the wrong type, a day lies outside of the year, a break
            ends before it begins or overlaps another, a day worked in exchange is no weekend, is listed
            twice or is a day off. The message begins with the key, such as ``holiday[2].last``.
    """
    _refuse_keys(data, {"year", "source", "read", "workdays", "holiday"}, "")
    year = data["year"]
    if type(year) is not int or not date.min.year <= year <= date.max.year:
        raise ValueError(f"year: not a year: {year!r}")
    names: dict[date, str] = {}
    for place, break_ in enumerate(_list(data, "holiday")):
        key = f"holiday[{place}]"
        if not isinstance(break_, Mapping):
            raise ValueError(f"{key}: not a table")
        _refuse_keys(break_, {"name", "first", "last"}, f"{key}.")
        name = _text(break_["name"], f"{key}.name")
        first = _day(break_["first"], year, f"{key}.first")
        last = _day(break_["last"], year, f"{key}.last")
        if last < first:
            raise ValueError(f"{key}.last: before first: {last}")
        for day in (first + n * _DAY for n in range((last - first).days + 1)):
            if day in names:
                raise ValueError(f"{key}: {day} belongs to another break already")
            names[day] = f"{name}假期"
    workdays: set[date] = set()
    for place, value in enumerate(_list(data, "workdays")):
        key = f"workdays[{place}]"
        day = _day(value, year, key)
        if day.weekday() < _SATURDAY:
            raise ValueError(f"{key}: {day} is no weekend")
        if day in names:
            raise ValueError(f"{key}: {day} is a day off in holiday")
        if day in workdays:
            raise ValueError(f"{key}: {day} is listed twice")
        workdays.add(day)
    return YearPlan(
        year=year,
        holidays=frozenset(names),
        workdays=frozenset(workdays),
        names=MappingProxyType(names),
        source=_text(data["source"], "source"),
        read=_text(data["read"], "read"),
    )


def _plain(
    start: date,
    amount: int,
    unit: Unit,
    end: date,
    *,
    advised: date | None = None,
    backwards: bool = False,
) -> DueDate:
    return DueDate(
        start=start,
        amount=amount,
        unit=unit,
        nominal=end,
        holiday_reading=end,
        weekend_reading=end,
        earliest=end,
        latest=end,
        advised=advised,
        backwards=backwards,
        rolls=False,
    )


def _rolled(start: date, amount: int, unit: Unit, nominal: date, calendar: WorkCalendar) -> DueDate:
    by_holidays = nominal
    while _is_surely_holiday(by_holidays, calendar):
        by_holidays += _DAY
    count = _Count(calendar, most_off=True)
    by_weekends = nominal
    # A loaded plan may hold any break; only guesses are cut off at the longest one known.
    while count.is_off(by_weekends) and not (count.missing and (by_weekends - nominal).days >= LONGEST_BREAK):
        by_weekends += _DAY
    sure_end = by_holidays if count.missing else by_weekends
    passed = (nominal + n * _DAY for n in range((sure_end - nominal).days))
    return DueDate(
        start=start,
        amount=amount,
        unit=unit,
        nominal=nominal,
        holiday_reading=by_holidays,
        weekend_reading=by_weekends,
        earliest=by_holidays,
        latest=by_weekends if count.missing else by_holidays,
        rolled_over=tuple((day, calendar.name_of_day_off(day) or "") for day in passed),
        missing_years=tuple(sorted(count.missing)),
    )


def _is_surely_holiday(day: date, calendar: WorkCalendar) -> bool:
    if calendar.is_loaded(day.year):
        return calendar.is_holiday(day)
    return (day.month, day.day) in FIXED_DAYS_OFF


def _workdays(
    start: date, amount: int, calendar: WorkCalendar, *, backwards: bool, stops: tuple[Stop, ...] = ()
) -> DueDate:
    few, many = _Count(calendar, most_off=False), _Count(calendar, most_off=True)
    step = -_DAY if backwards else _DAY
    ends = [_walk(start, amount, step, count, stops) for count in (few, many)]
    (earliest, skipped), (latest, _) = reversed(ends) if backwards else ends
    return DueDate(
        start=start,
        amount=amount,
        unit=Unit.WORKDAY,
        nominal=earliest,
        holiday_reading=earliest,
        weekend_reading=latest,
        earliest=earliest,
        latest=latest,
        skipped=skipped,
        missing_years=tuple(sorted(few.missing | many.missing)),
        backwards=backwards,
        rolls=False,
        stopped=stopped_until(start, earliest, stops),
    )


def _walk(
    start: date, amount: int, step: timedelta, count: _Count, stops: tuple[Stop, ...]
) -> tuple[date, tuple[date, ...]]:
    day, counted, skipped = start, 0, []
    while counted < amount:
        day += step
        for first, last in stops:
            if first < day <= last:
                day = last + _DAY
        if count.is_off(day):
            skipped.append(day)
        else:
            counted += 1
    return day, tuple(sorted(skipped))


def _refuse_negative(amount: int) -> None:
    if amount < 0:
        raise ValueError(f"a period cannot be negative: {amount}")


def _refuse_keys(data: Mapping[str, Any], wanted: set[str], prefix: str) -> None:
    for key in sorted(data.keys() - wanted):
        raise ValueError(f"{prefix}{key}: unknown key")
    for key in sorted(wanted - data.keys()):
        raise ValueError(f"{prefix}{key}: missing")


def _list(data: Mapping[str, Any], key: str) -> list[Any]:
    value = data[key]
    if not isinstance(value, list):
        raise ValueError(f"{key}: not a list")
    return value


def _text(value: object, key: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key}: not a text")
    return value


def _day(value: object, year: int, key: str) -> date:
    # A TOML date-time is a ``datetime``, which is a ``date`` too but never equal to a plain day.
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError(f"{key}: not a date: {value!r}")
    if value.year != year:
        raise ValueError(f"{key}: {value} is not in {year}")
    return value
