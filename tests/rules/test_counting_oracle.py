"""Every period of every pack, counted from every day of 2015 to 2035, against a naive walk (``day_walk.py``).

Terms of the same amount, unit, bound and roll-over are one counting, which is walked once for all of them. The
normal suite takes every fifth day, which meets every weekday and every day of the month; every day is ``slow``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.calendar import DueDate, WorkCalendar, YearPlan
from app.rules.counting import NOT_ROLLED, count_out
from app.rules.terms import Bound, Term, TermUnit
from tests.rules.day_walk import (
    Notice,
    Walked,
    Walker,
    all_notices,
    every_day,
    last_counted,
    shipped_notices,
)
from tests.rules.worked import packs

EVERY_DAY = tuple(every_day(date(2015, 1, 1), date(2035, 12, 31)))
SHORT = EVERY_DAY[::5]
Counting = tuple[int, TermUnit, Bound, bool]

PERIODS = [term for pack in packs() for entry in pack.entries for term in entry.values if term.is_period]


def counting_of(term: Term) -> Counting:
    return term.amount, term.unit, term.bound, term.rule not in NOT_ROLLED


COUNTINGS = {counting_of(term): term for term in PERIODS}


def calendar_of(notices: dict[int, Notice]) -> WorkCalendar:
    return WorkCalendar(
        {
            year: YearPlan(year, off, worked, dict.fromkeys(off, "假期"), "通知", "全文")
            for year, (off, worked) in notices.items()
        }
    )


NOTICES = {"loaded": all_notices(), "shipped": shipped_notices()}
CALENDARS = {name: calendar_of(notices) for name, notices in NOTICES.items()}
WALKERS = {name: Walker(notices) for name, notices in NOTICES.items()}


def walk(walker: Walker, term: Term, start: date) -> Walked:
    amount, back = term.amount, term.bound is Bound.BEFORE
    if term.unit is TermUnit.WORKDAY:
        return walker.workdays(start, amount, back=back)
    if term.unit is TermUnit.MONTH:
        return walker.months_before(start, amount) if back else walker.months_after(start, amount)
    if back:
        return walker.days_before(start, amount)
    return walker.days_after(start, amount, rolls=term.rule not in NOT_ROLLED)


def as_walked(due: DueDate) -> Walked:
    return Walked(
        due.nominal,
        due.holiday_reading,
        due.weekend_reading,
        due.earliest,
        due.latest,
        skipped=due.skipped,
        rolled_over=tuple(day for day, _ in due.rolled_over),
        missing=due.missing_years,
        advised=due.advised,
    )


def differences(calendar: str, term: Term, starts: Iterable[date]) -> list[str]:
    found = []
    for start in starts:
        due = count_out(term, start, CALENDARS[calendar])
        walked = walk(WALKERS[calendar], term, start)
        if due is None or as_walked(due) != walked:
            found.append(f"{term.words} {start}: {due} / {walked}")
    return found


def outside(term: Term, starts: Iterable[date]) -> list[str]:
    """Return where what the notices brought lies outside of the range told before them."""
    found = []
    for start in starts:
        guess, truth = (count_out(term, start, CALENDARS[each]) for each in ("shipped", "loaded"))
        assert guess is not None and truth is not None
        if not (
            guess.holiday_reading <= truth.holiday_reading <= truth.weekend_reading <= guess.weekend_reading
        ):
            found.append(f"{term.words} {start}: {guess} / {truth}")
    return found


def countings(check: Callable[..., None]) -> Callable[..., None]:
    ids = [f"{each.words}-{each.rule}" for each in COUNTINGS.values()]
    return pytest.mark.parametrize("term", COUNTINGS.values(), ids=ids)(check)


@pytest.mark.parametrize("calendar", CALENDARS)
@countings
def test_every_counting_like_a_walk(calendar: str, term: Term):
    assert differences(calendar, term, SHORT) == []


@countings
def test_the_range_of_a_year_not_loaded_holds_what_its_notice_brought(term: Term):
    assert outside(term, SHORT) == []


@pytest.mark.slow
@pytest.mark.parametrize("calendar", CALENDARS)
@countings
def test_every_counting_from_every_day_like_a_walk(calendar: str, term: Term):
    assert differences(calendar, term, EVERY_DAY) == []


@pytest.mark.slow
@countings
def test_the_range_holds_the_notice_from_every_day(term: Term):
    assert outside(term, EVERY_DAY) == []


pauses = st.lists(st.tuples(st.integers(-20, 120), st.integers(-3, 40)), max_size=3)


@settings(max_examples=1500, deadline=None)
@given(
    st.sampled_from([term for term in COUNTINGS.values() if term.bound is Bound.WITHIN]),
    st.sampled_from(EVERY_DAY),
    pauses,
)
def test_pauses_like_a_walk(term: Term, start: date, apart: list[tuple[int, int]]):
    """Days of a pause do not count, whichever way pauses overlap or lie outside of the period."""
    stops = [(start + timedelta(begins), start + timedelta(begins + length)) for begins, length in apart]
    amount = term.amount
    if term.unit is TermUnit.MONTH:
        amount = (WALKERS["loaded"].months_after(start, amount).nominal - start).days

    def counts(day: date) -> bool:
        worked = term.unit is not TermUnit.WORKDAY or not WALKERS["loaded"].is_off(day)
        return worked and not any(first < day <= last for first, last in stops)

    if term.rule in NOT_ROLLED:
        return
    due = count_out(term, start, CALENDARS["loaded"], stops=stops)
    assert due is not None
    assert due.nominal == last_counted(start, amount, counts)
    passed = every_day(start + timedelta(1), due.nominal)
    assert due.stopped == sum(any(first < day <= last for first, last in stops) for day in passed)


def test_every_period_of_every_pack_is_one_of_the_countings():
    assert len(EVERY_DAY) == 7670
    assert len(PERIODS) >= 100 and len({counting_of(term) for term in PERIODS}) == len(COUNTINGS)
    assert {term.region for term in PERIODS} == {pack.key for pack in packs()}


def test_the_sample_meets_every_weekday_and_every_day_of_the_year():
    assert {day.weekday() for day in SHORT} == set(range(7))
    assert {(day.month, day.day) for day in SHORT} >= {
        (day.month, day.day) for day in every_day(date(2026, 1, 1), date(2026, 12, 31))
    }


def test_the_walk_itself_on_days_worked_out_by_hand():
    """The walk is judged too: cases of 2026 counted with a finger on the wall calendar."""
    walker = WALKERS["shipped"]

    def d(text: str) -> date:
        return date.fromisoformat(f"2026-{text}")

    assert walker.workdays(d("02-11"), 5).nominal == d("02-25")
    assert walker.workdays(d("03-02"), 7, back=True).nominal == d("02-13")
    ends = walker.days_after(d("04-29"), 3, rolls=True)
    assert (ends.nominal, ends.by_holidays, ends.by_weekends) == (d("05-02"), d("05-06"), d("05-06"))
    ends = walker.days_after(d("03-12"), 10, rolls=True)
    assert (ends.nominal, ends.by_holidays, ends.by_weekends) == (d("03-22"), d("03-22"), d("03-23"))
    assert walker.months_after(d("01-31"), 1).nominal == d("02-28")
    assert walker.months_before(d("05-31"), 3).nominal == d("02-28")
    assert walker.days_before(d("04-15"), 10).advised == d("04-03")
    assert walker.days_after(d("04-17"), 15, rolls=False).by_weekends == d("05-02")
    assert EVERY_DAY[0] + timedelta(days=len(EVERY_DAY) - 1) == EVERY_DAY[-1]
