"""A year whose holidays are not loaded gives earliest to latest wherever a date is told, never one false date."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from app.documents.kinds import Subject
from app.documents.letters.checkup import checkup_letter
from app.documents.letters.offer import reminder_letter
from app.domain.case import Case
from app.domain.offer import Reminder
from app.gui.findings_view import basis_notes, days_of
from app.gui.pages.home_words import due_tone, due_view, latest_words
from app.gui.pages.year_rows import _window
from app.rules.findings import Deadline, Verdict
from app.usecases.check_case import check_case
from app.usecases.export_calendar import calendar_of
from app.usecases.make_demo import read_example
from app.usecases.make_document import letter_context
from app.usecases.make_wall_plan import plan_of
from app.usecases.overview import left_words
from app.usecases.program import Program
from tests.documents.flat_text import flat_text

ON = date(2027, 9, 22)
FIRST = "10月4日"
"""The three statutory days are known; how many more are moved there is not."""


@pytest.fixture
def case() -> Case:
    """An offer that reached the other side so that the answer is due on a national day nobody announced yet."""
    linyi = read_example("shandong-linyi-single")
    offer = linyi.offers[0].replace(issued_on=date(2027, 9, 21))
    delivery = linyi.deliveries[0].replace(received_on=date(2027, 9, 21), sent_at=None)
    bare = Case(cycle=linyi.cycle.replace(year=2027), union=linyi.union, enterprise=linyi.enterprise)
    return dataclasses.replace(
        bare,
        offers=(offer,),
        deliveries=(delivery,),
        reminders=(Reminder(id="r", offer=offer.id, issued_on=date(2027, 10, 12)),),
    )


@pytest.fixture
def due(program: Program, case: Case) -> Deadline:
    return next(each for each in check_case(program, case, ON).deadlines if each.rule == "reply_due")


def test_the_due_date_is_a_range_and_says_why(due: Deadline) -> None:
    assert due.due == date(2027, 10, 1)
    assert due.latest is not None and due.latest > due.due
    assert "2027 年放假安排还没装" in due.why


def test_screens_tell_both_ends(due: Deadline) -> None:
    for words in (
        latest_words(due, ON),
        due_view(due, "k", ON).what,
        days_of(due, 2027),
        basis_notes((), (due,), 2027)[0].words,
        getattr(_window([due], ON), "words", ""),
    ):
        assert FIRST in words and "之间" in words, words


def test_nothing_is_overdue_before_the_latest_day(due: Deadline) -> None:
    assert due.latest is not None
    assert left_words(due, ON) == "最少剩 12 天"
    between = due.latest
    assert left_words(due, between) == "这几天到期"
    assert due_tone(due, between) != "overdue"
    assert left_words(due, date(2027, 12, 1)).startswith("已超期")


def test_the_verdict_waits_for_the_latest_day_too(program: Program, case: Case, due: Deadline) -> None:
    assert due.latest is not None
    then = check_case(program, case, due.latest)
    assert next(each for each in then.deadlines if each.rule == "reply_due").verdict is Verdict.RUNNING


def test_papers_tell_both_ends(program: Program, case: Case) -> None:
    context = letter_context(program, None, case, ON)
    for document in (checkup_letter(context, Subject()), reminder_letter(context, Subject(id="r"))):
        text = flat_text(document)
        assert "2027年10月4日至" in text and "之间" in text


def test_wall_plan_and_calendar_tell_both_ends(program: Program, case: Case) -> None:
    plan = plan_of(program, None, case, ON)
    (entry,) = [each for each in plan.entries if each.key.startswith("reply_due")]
    assert entry.last > entry.first
    assert "之间" in entry.day_words(ON)
    content, _ = calendar_of(program, "key", case, ON)
    event = next(part for part in content.decode("utf-8").split("BEGIN:VEVENT") if "20271004" in part)
    assert "STATUS:TENTATIVE" in event
    assert "DTEND" in event and "DTEND;VALUE=DATE:20271005" not in event
