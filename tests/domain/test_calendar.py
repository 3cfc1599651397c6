"""Day counting: dates of the worked cases, properties against a naive walk, ranges for years not loaded."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import paths
from app.domain.calendar import (
    DueDate,
    Lateness,
    Unit,
    WorkCalendar,
    YearPlan,
    add_months,
    days_late,
    days_up,
    due_after,
    due_before,
    lateness,
    load_year,
    plain_after,
    workdays_between,
)

DAY = timedelta(days=1)


def shipped(year: int) -> dict[str, Any]:
    """Return the parsed calendar file of ``year`` as it ships."""
    return tomllib.loads(paths.resource(f"calendar/{year}.toml").read_text(encoding="utf-8"))


PLANS = {year: load_year(shipped(year)) for year in (2024, 2025, 2026)}
CALENDAR = WorkCalendar(PLANS)
EMPTY = WorkCalendar({})


def d(text: str) -> date:
    """Shorten writing a date of the worked cases: month-day in 2026."""
    return date.fromisoformat(f"2026-{text}")


def days(first: date, last: date) -> Iterator[date]:
    """Yield every day from ``first`` to ``last``."""
    while first <= last:
        yield first
        first += DAY


# --- the shipped years -------------------------------------------------------------------------------------


def test_2024_as_announced() -> None:
    holidays = {date.fromisoformat(f"2024-{text}") for text in OFF_2024.split()}
    worked = {date.fromisoformat(f"2024-{text}") for text in WORKED_2024.split()}
    assert PLANS[2024].holidays == holidays
    assert PLANS[2024].workdays == worked


OFF_2024 = """01-01 02-10 02-11 02-12 02-13 02-14 02-15 02-16 02-17 04-04 04-05 04-06 05-01 05-02 05-03 05-04
05-05 06-10 09-15 09-16 09-17 10-01 10-02 10-03 10-04 10-05 10-06 10-07"""
WORKED_2024 = "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12"


@pytest.mark.parametrize(("year", "off", "worked"), [(2024, 28, 8), (2025, 28, 5), (2026, 33, 6)])
def test_number_of_days_moved(year: int, off: int, worked: int) -> None:
    assert (len(PLANS[year].holidays), len(PLANS[year].workdays)) == (off, worked)


@pytest.mark.parametrize(("year", "statutory"), [(2024, 11), (2025, 13), (2026, 13)])
def test_each_notice_gives_the_statutory_days(year: int, statutory: int) -> None:
    """Weekdays off less weekends worked are the statutory days (放假办法 2) less those left on a weekend."""
    plan = PLANS[year]
    gained = sum(day.weekday() < 5 for day in plan.holidays) - len(plan.workdays)
    on_weekends = sum(day.weekday() >= 5 for day in plan.holidays)
    assert gained <= statutory <= gained + on_weekends


@pytest.mark.parametrize("year", PLANS)
def test_notice_is_named(year: int) -> None:
    source = PLANS[year].source
    assert source.startswith(f"国务院办公厅关于{year}年部分节假日安排的通知（国办发明电〔{year - 1}〕")
    assert PLANS[year].read


def test_kinds_of_days() -> None:
    assert CALENDAR.is_workday(d("02-14")) and not CALENDAR.is_holiday(d("02-14"))
    assert not CALENDAR.is_workday(d("02-21")) and CALENDAR.is_holiday(d("02-21"))
    assert not CALENDAR.is_workday(d("03-14")) and not CALENDAR.is_holiday(d("03-14"))
    assert CALENDAR.holiday_name(d("04-05")) == "清明节假期"
    assert CALENDAR.holiday_name(d("03-14")) is None
    assert CALENDAR.name_of_day_off(d("03-14")) == "周六"
    assert CALENDAR.name_of_day_off(d("03-15")) == "周日"
    assert CALENDAR.name_of_day_off(d("02-28")) is None
    assert CALENDAR.loaded_years == (2024, 2025, 2026)
    assert CALENDAR.is_loaded(2026) and not CALENDAR.is_loaded(2027)


def test_a_plan_filed_under_a_wrong_year_is_refused() -> None:
    with pytest.raises(ValueError, match="2026 is filed under 2027"):
        WorkCalendar({2027: PLANS[2026]})


def test_the_calendar_keeps_its_own_copy() -> None:
    plans = dict(PLANS)
    calendar = WorkCalendar(plans)
    del plans[2026]
    assert calendar.is_loaded(2026)
    assert hash(calendar) == hash(WorkCalendar(PLANS)) and calendar == WorkCalendar(PLANS)


# --- the dates of the worked cases -------------------------------------------------------------------------


def test_five_workdays_over_spring_festival() -> None:
    due = due_after(d("02-11"), 5, Unit.WORKDAY, CALENDAR)
    assert due.exact
    assert due.nominal == due.holiday_reading == due.weekend_reading == d("02-25")
    assert due.earliest == due.latest == d("02-25")
    assert due.skipped == tuple(days(d("02-15"), d("02-23")))
    counted = [day for day in days(d("02-12"), due.nominal) if day not in due.skipped]
    assert counted == [d("02-12"), d("02-13"), d("02-14"), d("02-24"), d("02-25")]
    assert lateness(due, d("02-25")) is Lateness.ON_TIME
    assert lateness(due, d("02-26")) is Lateness.LATE
    assert days_late(due, d("02-26"), CALENDAR) == 1
    assert days_late(due, d("03-02"), CALENDAR) == 4  # 26, 27, the worked Saturday 28 and Monday


@pytest.mark.parametrize(
    ("start", "amount", "nominal", "by_holidays", "by_weekends"),
    [
        ("03-12", 10, "03-22", "03-22", "03-23"),
        ("04-29", 3, "05-02", "05-06", "05-06"),
        ("03-09", 5, "03-14", "03-14", "03-16"),
        ("03-18", 10, "03-28", "03-28", "03-30"),
        ("04-02", 10, "04-12", "04-12", "04-13"),
        ("04-21", 5, "04-26", "04-26", "04-27"),
        ("03-24", 60, "05-23", "05-23", "05-25"),
        ("03-19", 60, "05-18", "05-18", "05-18"),
        ("02-11", 20, "03-03", "03-03", "03-03"),
        ("02-04", 10, "02-14", "02-14", "02-14"),  # a Saturday worked in exchange moves nothing
        ("09-20", 5, "09-25", "09-28", "09-28"),
        ("09-15", 12, "09-27", "09-28", "09-28"),
    ],
)
def test_forward_days(start: str, amount: int, nominal: str, by_holidays: str, by_weekends: str) -> None:
    due = due_after(d(start), amount, Unit.DAY, CALENDAR)
    assert due.exact and not due.backwards and due.advised is None and due.skipped == ()
    assert (due.nominal, due.holiday_reading, due.weekend_reading) == (
        d(nominal),
        d(by_holidays),
        d(by_weekends),
    )
    assert due.earliest == due.latest == due.holiday_reading


def test_weekends_next_to_a_break() -> None:
    """春节 2024 ends on a Saturday before a worked Sunday; 端午 2024 is a Monday after a weekend."""
    due = due_after(date(2024, 2, 7), 3, Unit.DAY, CALENDAR)
    assert due.holiday_reading == due.weekend_reading == date(2024, 2, 18)
    due = due_after(
        date(2024, 6, 5), 3, Unit.DAY, CALENDAR
    )  # Saturday before 端午, whose notice names Monday only
    assert (due.holiday_reading, due.weekend_reading) == (date(2024, 6, 8), date(2024, 6, 11))
    assert due.rolled_over == (
        (date(2024, 6, 8), "周六"),
        (date(2024, 6, 9), "周日"),
        (date(2024, 6, 10), "端午节假期"),
    )


def test_days_rolled_over_are_named() -> None:
    due = due_after(d("04-29"), 3, Unit.DAY, CALENDAR)
    assert due.rolled_over == tuple((day, "劳动节假期") for day in days(d("05-02"), d("05-05")))
    due = due_after(d("03-12"), 10, Unit.DAY, CALENDAR)
    assert due.rolled_over == ((d("03-22"), "周日"),)


@pytest.mark.parametrize(
    ("event", "amount", "nominal", "advised"),
    [
        ("04-10", 5, "04-05", "04-03"),
        ("04-15", 10, "04-05", "04-03"),
        ("04-10", 10, "03-31", None),
        ("04-29", 7, "04-22", None),
        ("03-06", 7, "02-27", None),
        ("03-07", 7, "02-28", None),  # worked Saturday
        ("05-12", 7, "05-05", "04-30"),
        ("03-01", 8, "02-21", "02-14"),  # the worked Saturday before the break
    ],
)
def test_backward_days(event: str, amount: int, nominal: str, advised: str | None) -> None:
    due = due_before(d(event), amount, Unit.DAY, CALENDAR)
    assert (
        due.nominal == due.holiday_reading == due.weekend_reading == due.earliest == due.latest == d(nominal)
    )
    assert due.advised == (d(advised) if advised else None)
    assert due.exact and due.backwards and due.rolled_over == ()


def test_documents_handed_over_two_days_late() -> None:
    due = due_before(d("04-10"), 10, Unit.DAY, CALENDAR)
    assert lateness(due, d("03-31")) is Lateness.ON_TIME
    assert lateness(due, d("04-02")) is Lateness.LATE
    assert days_late(due, d("04-02"), CALENDAR) == 2
    assert days_late(due, d("03-20"), CALENDAR) == 0


def test_backward_workdays() -> None:
    due = due_before(
        d("03-02"), 7, Unit.WORKDAY, CALENDAR
    )  # back: 28, 27, 26, 25, 24 February, then 14 and 13
    assert due.nominal == d("02-13")
    assert due.skipped == (*days(d("02-15"), d("02-23")), d("03-01"))


def test_between_the_readings() -> None:
    due = due_after(d("03-12"), 10, Unit.DAY, CALENDAR)
    found = [lateness(due, d(f"03-{day}")) for day in (21, 22, 23, 24)]
    assert found == [Lateness.ON_TIME, Lateness.ON_TIME, Lateness.BETWEEN_READINGS, Lateness.LATE]


def test_review_does_not_roll() -> None:
    due = plain_after(d("05-21"), 15)
    assert due.nominal == due.holiday_reading == due.weekend_reading == d("06-05")
    due = plain_after(d("04-17"), 15)  # ends within 劳动节
    assert due.exact and due.latest == due.weekend_reading == d("05-02")
    assert plain_after(date(2031, 1, 1), 15).exact


def test_notice_hung() -> None:
    assert days_up(d("04-30"), d("05-15")) == 15
    assert 15 - days_up(d("04-30"), d("05-12")) == 3
    assert days_up(d("05-02"), d("05-01")) == -1


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
        (date(2026, 5, 8), 12, date(2027, 5, 8)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 5), -1, date(2025, 12, 5)),
        (date(2026, 8, 31), -18, date(2025, 2, 28)),
    ],
)
def test_months(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def test_months_roll_forwards_only() -> None:
    due = due_after(d("04-03"), 1, Unit.MONTH, CALENDAR)
    assert (due.nominal, due.holiday_reading) == (d("05-03"), d("05-06"))
    back = due_before(d("06-03"), 1, Unit.MONTH, CALENDAR)
    assert (back.nominal, back.weekend_reading, back.advised) == (d("05-03"), d("05-03"), d("04-30"))


@pytest.mark.parametrize("unit", Unit)
def test_nothing_is_counted_for_zero_and_negative_is_refused(unit: Unit) -> None:
    assert due_after(d("03-11"), 0, unit, CALENDAR).nominal == d("03-11")
    assert due_before(d("03-11"), 0, unit, CALENDAR).nominal == d("03-11")
    for count in (due_after, due_before):
        with pytest.raises(ValueError, match="negative"):
            count(d("03-11"), -1, unit, CALENDAR)
    with pytest.raises(ValueError, match="negative"):
        plain_after(d("03-11"), -1)


@pytest.mark.parametrize("unit", Unit)
def test_the_end_of_time_is_an_overflow(unit: Unit) -> None:
    with pytest.raises(OverflowError):
        due_after(date.max, 1, unit, CALENDAR)
    with pytest.raises(OverflowError):
        due_before(date.min, 1, unit, CALENDAR)


# --- against a naive walk ----------------------------------------------------------------------------------

loaded_days = st.dates(date(2024, 4, 1), date(2026, 8, 31))
amounts = st.integers(0, 90)


def off_by_hand(day: date) -> bool:
    """Say from the raw files, not from the code under test, whether ``day`` is off."""
    data = RAW[day.year]
    if any(item["first"] <= day <= item["last"] for item in data["holiday"]):
        return True
    return day.isoweekday() in (6, 7) and day not in data["workdays"]


def listed_by_hand(day: date) -> bool:
    """Say from the raw files whether the notice lists ``day`` as off."""
    return any(item["first"] <= day <= item["last"] for item in RAW[day.year]["holiday"])


RAW = {year: shipped(year) for year in PLANS}


@settings(max_examples=3000, deadline=None)
@given(loaded_days, amounts)
def test_forward_days_like_a_walk(start: date, amount: int) -> None:
    due = due_after(start, amount, Unit.DAY, CALENDAR)
    walked = start
    for _ in range(amount):
        walked += DAY
    assert due.nominal == walked
    by_holidays = next(day for day in days(walked, date.max) if not listed_by_hand(day))
    by_weekends = next(day for day in days(walked, date.max) if not off_by_hand(day))
    assert due.exact
    assert (due.holiday_reading, due.weekend_reading) == (by_holidays, by_weekends)
    assert [day for day, _ in due.rolled_over] == list(days(walked, by_weekends - DAY))
    assert all(name for _, name in due.rolled_over)


@settings(max_examples=2000, deadline=None)
@given(loaded_days, amounts)
def test_backward_days_like_a_walk(event: date, amount: int) -> None:
    due = due_before(event, amount, Unit.DAY, CALENDAR)
    walked = event
    for _ in range(amount):
        walked -= DAY
    assert due.nominal == due.holiday_reading == due.weekend_reading == walked
    advised = walked
    while off_by_hand(advised):
        advised -= DAY
    assert (due.advised or walked) == advised


@settings(max_examples=2000, deadline=None)
@given(loaded_days, st.integers(1, 40))
def test_workdays_like_a_walk(start: date, amount: int) -> None:
    due = due_after(start, amount, Unit.WORKDAY, CALENDAR)
    assert due.exact
    passed = list(days(start + DAY, due.nominal))
    assert sum(not off_by_hand(day) for day in passed) == amount
    assert not off_by_hand(due.nominal)
    assert due.skipped == tuple(day for day in passed if off_by_hand(day))
    assert workdays_between(start, due.nominal, CALENDAR) == amount


@settings(max_examples=2000, deadline=None)
@given(loaded_days, st.integers(1, 40))
def test_workdays_backwards_like_a_walk(event: date, amount: int) -> None:
    due = due_before(event, amount, Unit.WORKDAY, CALENDAR)
    passed = list(days(due.nominal, event - DAY))
    assert sum(not off_by_hand(day) for day in passed) == amount
    assert not off_by_hand(due.nominal)
    assert due.skipped == tuple(day for day in passed if off_by_hand(day))


@settings(max_examples=1000, deadline=None)
@given(loaded_days, amounts, st.sampled_from(Unit), st.integers(-5, 15))
def test_lateness_follows_the_readings(start: date, amount: int, unit: Unit, offset: int) -> None:
    due = due_after(start, min(amount, 24) if unit is Unit.MONTH else amount, unit, CALENDAR)
    actual = due.holiday_reading + offset * DAY
    grade = lateness(due, actual)
    assert (grade is Lateness.ON_TIME) == (offset <= 0)
    assert (grade is Lateness.LATE) == (actual > due.weekend_reading)
    if due.exact:
        # A day after the due date may be no workday, so only calendar units are surely late by one or more.
        late_by = days_late(due, actual, CALENDAR)
        assert late_by == max(0, offset) if unit is not Unit.WORKDAY else 0 <= late_by <= max(0, offset)


# --- years not loaded --------------------------------------------------------------------------------------


def covers(guess: DueDate, truth: DueDate) -> bool:
    """Say whether the range of ``guess`` holds both readings of ``truth``."""
    return guess.holiday_reading <= truth.holiday_reading and truth.weekend_reading <= guess.weekend_reading


@settings(max_examples=3000, deadline=None)
@given(
    loaded_days, st.integers(0, 45), st.sampled_from([Unit.DAY, Unit.WORKDAY]), st.sampled_from([*PLANS, 0])
)
def test_the_range_holds_the_truth(start: date, amount: int, unit: Unit, kept: int) -> None:
    partly = WorkCalendar({year: plan for year, plan in PLANS.items() if year == kept})
    for count in (due_after, due_before):
        truth, guess = count(start, amount, unit, CALENDAR), count(start, amount, unit, partly)
        assert covers(guess, truth)
        if guess.exact:
            assert guess == truth or guess.backwards
        else:
            assert (guess.earliest, guess.latest) == (guess.holiday_reading, guess.weekend_reading)
            assert guess.earliest < guess.latest


@settings(max_examples=500, deadline=None)
@given(st.dates(date(2027, 1, 1), date(2040, 12, 31)), st.integers(1, 45), st.sampled_from(Unit))
def test_a_year_not_loaded_never_gives_one_forward_date(start: date, amount: int, unit: Unit) -> None:
    due = due_after(start, amount, unit, CALENDAR)
    assert not due.exact and due.missing_years and due.earliest < due.latest
    if unit is not Unit.WORKDAY:
        assert due.nominal <= due.earliest <= due.nominal + 3 * DAY
        assert due.latest <= due.nominal + 10 * DAY


def test_a_plain_weekday_of_a_year_not_loaded() -> None:
    due = due_after(
        date(2027, 8, 2), 8, Unit.DAY, CALENDAR
    )  # Tuesday; only a break announced once could fall here
    assert due.nominal == due.earliest == date(2027, 8, 10)
    assert due.latest == date(2027, 8, 12)
    assert due.missing_years == (2027,)
    assert lateness(due, date(2027, 8, 11)) is Lateness.BETWEEN_READINGS


@pytest.mark.parametrize(
    ("start", "amount", "earliest", "latest"),
    [
        # 国庆节 can take six weekdays (1, 4 to 8), 中秋节 two more (11, 12), a break announced once 13, 14.
        ("09-30", 1, "10-04", "10-15"),
        # Earliest: the weekend of 16 and 17 is worked. Latest: 春节 takes 18 to 26, another 27, 28.
        ("01-15", 5, "01-20", "02-04"),
        # Outside of every season only a break announced once is left: Saturday 7 worked, or 3 and 4 off.
        ("08-02", 5, "08-07", "08-11"),
    ],
)
def test_workdays_of_a_year_not_loaded(start: str, amount: int, earliest: str, latest: str) -> None:
    due = due_after(date.fromisoformat(f"2027-{start}"), amount, Unit.WORKDAY, CALENDAR)
    assert (due.earliest, due.latest) == (
        date.fromisoformat(f"2027-{earliest}"),
        date.fromisoformat(f"2027-{latest}"),
    )
    assert due.nominal == due.earliest and due.missing_years == (2027,)


def test_fixed_days_off_are_known_in_every_year() -> None:
    due = due_after(date(2027, 9, 25), 6, Unit.DAY, CALENDAR)
    assert due.nominal == date(2027, 10, 1) and due.earliest == date(2027, 10, 4)
    assert due.rolled_over == tuple((day, "国庆节假期") for day in days(date(2027, 10, 1), date(2027, 10, 3)))
    assert not CALENDAR.is_workday(date(2027, 10, 1))


def test_a_backward_date_is_exact_in_any_year() -> None:
    due = due_before(date(2028, 4, 10), 9, Unit.DAY, CALENDAR)
    assert due.exact and due.nominal == date(2028, 4, 1) and due.advised == date(2028, 3, 31)


def test_backward_workdays_of_a_year_not_loaded_take_the_earliest_day() -> None:
    due = due_before(date(2027, 8, 20), 5, Unit.WORKDAY, CALENDAR)
    assert due.nominal == due.earliest == date(2027, 8, 11)
    assert due.latest == date(2027, 8, 15)  # if that Sunday should be worked
    assert due.missing_years == (2027,)


def test_the_last_days_of_december_wait_for_the_next_notice() -> None:
    assert CALENDAR.missing_year(date(2026, 12, 28)) is None
    assert CALENDAR.missing_year(date(2026, 12, 29)) == 2027
    assert CALENDAR.missing_year(date(2025, 12, 31)) is None
    assert EMPTY.missing_year(date(2026, 3, 1)) == 2026
    due = due_after(date(2026, 12, 20), 10, Unit.DAY, CALENDAR)
    assert due.missing_years == (2027,) and due.nominal == date(2026, 12, 30)


# --- reading a year ----------------------------------------------------------------------------------------


def small_year() -> dict[str, Any]:
    """Return a valid year with two breaks and one worked Sunday."""
    return {
        "year": 2026,
        "source": "通知",
        "read": "全文",
        "workdays": [date(2026, 1, 4)],
        "holiday": [
            {"name": "元旦", "first": date(2026, 1, 1), "last": date(2026, 1, 3)},
            {"name": "清明节", "first": date(2026, 4, 4), "last": date(2026, 4, 6)},
        ],
    }


def test_a_year_is_read() -> None:
    plan = load_year(small_year())
    assert plan == YearPlan(
        year=2026,
        holidays=frozenset([*days(d("01-01"), d("01-03")), *days(d("04-04"), d("04-06"))]),
        workdays=frozenset([d("01-04")]),
        names={day: "元旦假期" for day in days(d("01-01"), d("01-03"))}
        | {day: "清明节假期" for day in days(d("04-04"), d("04-06"))},
        source="通知",
        read="全文",
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"note": "x"}, "note: unknown key"),
        ({"year": "2026"}, "year: not a year"),
        ({"year": True}, "year: not a year"),
        ({"year": 2025}, r"holiday\[0\].first: 2026-01-01 is not in 2025"),
        ({"source": " "}, "source: not a text"),
        ({"read": 1}, "read: not a text"),
        ({"workdays": d("01-04")}, "workdays: not a list"),
        ({"workdays": [d("01-05")]}, r"workdays\[0\]: 2026-01-05 is no weekend"),
        ({"workdays": [d("01-04"), d("01-04")]}, r"workdays\[1\]: 2026-01-04 is listed twice"),
        ({"workdays": [d("01-03")]}, r"workdays\[0\]: 2026-01-03 is a day off"),
        ({"workdays": [date(2025, 12, 28)]}, r"workdays\[0\]: 2025-12-28 is not in 2026"),
        ({"workdays": ["2026-01-04"]}, r"workdays\[0\]: not a date"),
        ({"workdays": [datetime(2026, 1, 4, tzinfo=UTC)]}, r"workdays\[0\]: not a date"),
        ({"holiday": {}}, "holiday: not a list"),
        ({"holiday": ["元旦"]}, r"holiday\[0\]: not a table"),
    ],
)
def test_an_odd_year_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        load_year(small_year() | change)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"days": 3}, r"holiday\[1\].days: unknown key"),
        ({"name": ""}, r"holiday\[1\].name: not a text"),
        ({"last": d("04-03")}, r"holiday\[1\].last: before first"),
        ({"last": date(2027, 4, 6)}, r"holiday\[1\].last: 2027-04-06 is not in 2026"),
        ({"first": d("01-03")}, r"holiday\[1\]: 2026-01-03 belongs to another break"),
        ({"first": "2026-04-04"}, r"holiday\[1\].first: not a date"),
    ],
)
def test_an_odd_break_is_refused(change: dict[str, Any], message: str) -> None:
    data = small_year()
    data["holiday"][1] |= change
    with pytest.raises(ValueError, match=message):
        load_year(data)


@pytest.mark.parametrize("key", sorted(small_year()))
def test_a_missing_key_is_named(key: str) -> None:
    data = small_year()
    del data[key]
    with pytest.raises(ValueError, match=f"{key}: missing"):
        load_year(data)
