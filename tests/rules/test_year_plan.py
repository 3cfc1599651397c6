"""The days of a year for wall and calendar: complete, in order, each under a key that stays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from app.domain.case import Case
from app.domain.negotiation import Meeting
from app.domain.offer import Offer, Reply
from app.domain.union import Cycle
from app.rules.engine import check
from app.rules.year_plan import PlanEntry, plan_entries
from tests.rules.worked import NAMES, ON, calendar, packs, worked

EMPTY = Case(cycle=Cycle(id="cycle", region="山东"))


def entries_of(case: Case, on: date = ON) -> tuple[PlanEntry, ...]:
    return plan_entries(case, check(case, packs().for_cycle(case.cycle), calendar(), on))


def named(entries: tuple[PlanEntry, ...], what: str) -> PlanEntry:
    return next(entry for entry in entries if entry.what == what)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("on", [date(2026, 1, 5), date(2026, 4, 20), ON])
def test_every_due_date_and_every_meeting_is_there_once_and_in_order(name, on):
    case = worked(name)
    checkup = check(case, packs().for_cycle(case.cycle), calendar(), on)
    found = plan_entries(case, checkup)
    due = [entry for entry in found if entry.kind != "meeting"]
    assert len(due) == len([row for row in checkup.deadlines if row.due])
    assert len(found) - len(due) == len(case.meetings) + len(case.sessions)
    assert [entry.first for entry in found] == sorted(entry.first for entry in found)
    assert len({entry.key for entry in found}) == len(found)


@pytest.mark.parametrize("name", NAMES)
def test_a_key_that_was_there_stays(name):
    """Only a resolution that hung long enough goes: there is nothing to wait for any more."""
    before: set[str] = set()
    on = date(2026, 1, 5)
    while on <= ON:
        now = {entry.key for entry in entries_of(worked(name), on)}
        assert {key for key in before - now if "/hang/" not in key} == set()
        before, on = now, on + timedelta(days=7)


def test_an_estimate_says_so_in_words_and_what_happened_does_not():
    early, late = (entries_of(worked("linyi"), on) for on in (date(2026, 4, 20), ON))
    what = "双方各向本方全体公布合同文本"
    assert named(early, what).day_words(date(2026, 4, 20)) == "约 5月29日（周五）（估算）"
    assert named(late, what).day_words(ON) == "5月29日（周五）"
    assert named(late, what).outcome == "已办"


def test_the_day_is_the_one_rolled_over_announced_holidays():
    entry = named(entries_of(worked("linyi"), date(2026, 4, 20)), "公开职代会决议")
    assert entry.first == date(2026, 3, 9)
    rolled = [each for each in entries_of(worked("linyi")) if each.what == "公开职代会决议"]
    assert rolled[1].first == date(2026, 5, 6)


def test_late_and_short_are_not_called_done():
    found = entries_of(worked("linyi"))
    assert named(found, "企业方提供协商资料").outcome == "逾期办的"
    assert named(found, "决议挂满 15 日").outcome == "天数不够"
    assert named(found, "决议挂满 15 日").day_words(ON) == "到 5月15日（周五）"


def test_a_window_begins_with_its_day():
    assert named(entries_of(worked("linyi")), "可以书面提出续订").day_words(ON) == "2027年4月1日（周四）起"


def test_what_was_only_read_second_hand_is_marked():
    replies = [each for each in entries_of(worked("hedong")) if each.what.endswith("书面答复")]
    assert len(replies) == 2
    assert all(each.verify for each in replies)


def test_a_year_without_official_holidays_gives_a_range():
    case = worked("linyi")
    offered = Case(cycle=case.cycle).with_record(
        "sessions", case.sessions[0].replace(held_on=date(2027, 9, 28))
    )
    found = plan_entries(offered, check(offered, packs().for_cycle(case.cycle), calendar(), ON))
    result = named(found, "公开职代会决议")
    assert result.last > result.first
    assert "之间" in result.day_words(ON)


def test_the_first_meeting_keeps_its_key_from_proposal_to_record():
    at = datetime(2026, 4, 10, 14, 0)  # noqa: DTZ001 - moments of a case are local
    case = EMPTY.with_record("offers", Offer(id="o", proposed_meeting=at, proposed_place="会议室"))
    proposed = named(entries_of(case), "第 1 次协商会议")
    assert (proposed.estimated, proposed.starts, proposed.place) == (True, time(14), "会议室")
    assert proposed.day_words(ON) == "4月10日（周五）（建议）"
    case = case.with_record("replies", Reply(id="r", agreed_meeting=at + timedelta(days=1)))
    agreed = named(entries_of(case), "第 1 次协商会议")
    assert (agreed.estimated, agreed.first) == (False, date(2026, 4, 11))
    meeting = Meeting(id="m", number=1, held_on=date(2026, 4, 12), starts="9：05", ends="11:30")
    held = named(entries_of(case.with_record("meetings", meeting)), "第 1 次协商会议")
    assert (held.starts, held.ends) == (time(9, 5), time(11, 30))
    assert proposed.key == agreed.key == held.key


def test_the_meeting_agreed_for_next_time_is_there_until_it_is_entered():
    first = Meeting(id="m", number=1, held_on=date(2026, 4, 10), next_meeting_on=date(2026, 4, 17))
    case = EMPTY.with_record("meetings", first)
    assert named(entries_of(case), "第 2 次协商会议").first == date(2026, 4, 17)
    case = case.with_record("meetings", Meeting(id="n", number=2, held_on=date(2026, 4, 18)))
    second = [each for each in entries_of(case) if each.what == "第 2 次协商会议"]
    assert [each.first for each in second] == [date(2026, 4, 18)]


@pytest.mark.parametrize("words", ["", "下午", "25:00", "14:70", "14", "１４:00", "²4:00"])
def test_what_is_no_time_of_day_is_left_out(words):
    case = EMPTY.with_record("meetings", Meeting(id="m", number=1, held_on=ON, starts=words, ends="15:00"))
    entry = named(entries_of(case), "第 1 次协商会议")
    assert entry.ends is None or entry.starts is not None


def test_an_empty_case_has_no_days():
    assert entries_of(EMPTY) == ()
