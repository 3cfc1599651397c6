"""The calendar file, read by another program's reader and held against the letter of RFC 5545."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar

from app.domain.stages import Stage
from app.exchange.ics import calendar_file, uid
from app.rules.engine import check
from app.rules.findings import Read, Source
from app.rules.year_plan import PlanEntry, plan_entries
from tests.rules.worked import NAMES, ON, calendar, packs, worked

NOW = datetime(2026, 4, 20, 1, 30, tzinfo=UTC)
DAY = date(2026, 4, 20)
DUE = PlanEntry(
    key="reply_due/offer/d1",
    kind="due",
    stage=Stage.OFFER,
    what="企业书面答复",
    first=date(2026, 5, 18),
    last=date(2026, 5, 18),
    period="10 日",
    why="5月8日收到要约书，次日起算满 10 日是5月18日（周一）",
    sources=(Source("鲁工资", "21条", Read.FULL_TEXT, "山东省企业工资集体协商条例"),),
    turn="企业",
)


def made(*entries: PlanEntry, now: datetime = NOW, today: date = DAY) -> bytes:
    return calendar_file(
        entries, name="集体协商 2026 年", whose="测试工会", case_key="库/案卷", now=now, today=today
    )


def events(data: bytes):
    read = Calendar.from_ical(data)
    assert read.errors == []
    found = list(read.walk("VEVENT"))
    assert all(event.errors == [] for event in found)
    return found


def event(entry: PlanEntry):
    (found,) = events(made(entry))
    return found


def of_case(name: str, on: date) -> tuple[bytes, tuple[PlanEntry, ...]]:
    case = worked(name)
    entries = plan_entries(case, check(case, packs().for_cycle(case.cycle), calendar(), on))
    return made(*entries, today=on), entries


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("on", [date(2026, 4, 20), ON])
def test_another_reader_finds_every_entry_with_its_day_and_words(name, on):
    data, entries = of_case(name, on)
    found = {str(each["UID"]): each for each in events(data)}
    assert len(found) == len(entries)
    for entry in entries:
        each = found[uid("库/案卷", entry.key)]
        assert entry.what in each["SUMMARY"]
        begins = each.decoded("DTSTART")
        assert (begins.date() if isinstance(begins, datetime) else begins) == entry.first
        if entry.kind != "meeting":
            assert entry.why.rstrip("。") in each["DESCRIPTION"]
            assert all(source.full in each["DESCRIPTION"] for source in entry.sources)


@pytest.mark.parametrize("name", NAMES)
def test_lines_end_and_fold_as_the_standard_wants(name):
    data, _entries = of_case(name, DAY)
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"") and b"\r" not in data.replace(b"\r\n", b"")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")  # no character is cut in two
    unfolded = data.replace(b"\r\n ", b"").decode()
    for line in unfolded.split("\r\n")[:-1]:
        assert re.match(r"[A-Z-]+(;[A-Z]+=[^:;]+)*:.+", line), line


def test_same_entries_same_bytes():
    assert of_case("linyi", DAY)[0] == of_case("linyi", DAY)[0]


def test_a_due_date_is_a_whole_day_that_blocks_nobody():
    found = event(DUE)
    assert found["DTSTART"].params["VALUE"] == "DATE"
    assert found.decoded("DTEND") - found.decoded("DTSTART") == timedelta(days=1)
    assert (found["TRANSP"], found["STATUS"], found["SUMMARY"]) == (
        "TRANSPARENT",
        "CONFIRMED",
        "最迟：企业书面答复",
    )
    assert found["DESCRIPTION"].splitlines() == [
        "测试工会，要约与应约。",
        "日期：5月18日（周一），企业办。期限：10 日。",
        "怎么算的：5月8日收到要约书，次日起算满 10 日是5月18日（周一）。",
        "依据：《山东省企业工资集体协商条例》21条（原文已核对）。",
        "2026年4月20日导出，登记有变动就重新导出。",
    ]


def test_an_estimate_is_tentative_and_says_so():
    found = event(replace(DUE, estimated=True))
    assert found["STATUS"] == "TENTATIVE"
    assert found["SUMMARY"] == "约（估算）：企业书面答复"
    assert "约 5月18日（周一）（估算）" in found["DESCRIPTION"]
    assert "这是估算" in found["DESCRIPTION"]


def test_a_range_covers_all_its_days_and_is_tentative():
    found = event(replace(DUE, last=date(2026, 5, 20)))
    assert found.decoded("DTEND") == date(2026, 5, 21)
    assert found["STATUS"] == "TENTATIVE"


def test_what_was_not_read_and_what_no_law_says_is_said():
    second = (Source("津工资", "（条号没有核实）", Read.SECOND_HAND),)
    assert "待核" in event(replace(DUE, sources=second))["DESCRIPTION"]
    assert "法规未规定" in event(replace(DUE, sources=()))["DESCRIPTION"]


def test_alarms_sound_at_nine_some_days_before():
    alarms = event(DUE).walk("VALARM")
    begins = datetime(2026, 5, 18)  # noqa: DTZ001 - the local day
    assert [begins + alarm.decoded("TRIGGER") for alarm in alarms] == [
        datetime(2026, 5, 15, 9),  # noqa: DTZ001
        datetime(2026, 5, 17, 9),  # noqa: DTZ001
    ]
    assert all(alarm["ACTION"] == "DISPLAY" and alarm["DESCRIPTION"] for alarm in alarms)


def test_an_alarm_before_a_window_tells_the_day_it_opens():
    window = replace(DUE, kind="window", what="可以书面提出续订", turn="双方")
    found = event(window)
    assert found["SUMMARY"] == "今天起：可以书面提出续订"
    assert {alarm["DESCRIPTION"] for alarm in found.walk("VALARM")} == {"5月18日（周一）起：可以书面提出续订"}


def test_alarms_count_from_the_working_day_before_a_holiday():
    entry = replace(DUE, first=date(2026, 5, 5), last=date(2026, 5, 5), advised=date(2026, 4, 30))
    first = event(entry).walk("VALARM")[0]
    assert datetime(2026, 5, 5) + first.decoded("TRIGGER") == datetime(2026, 4, 27, 9)  # noqa: DTZ001


def test_no_alarm_for_what_is_over_or_would_have_sounded_already():
    assert event(replace(DUE, is_over=True, outcome="已办")).walk("VALARM") == []
    near = replace(DUE, first=date(2026, 4, 22), last=date(2026, 4, 22))
    assert len(event(near).walk("VALARM")) == 1
    gone = replace(DUE, first=date(2026, 4, 10), last=date(2026, 4, 10), overdue=True)
    assert event(gone).walk("VALARM") == []
    assert event(gone)["SUMMARY"] == "已超期：企业书面答复"


def test_a_meeting_with_an_hour_stands_in_the_time_of_china():
    meeting = PlanEntry(
        key="meeting/1",
        kind="meeting",
        stage=Stage.NEGOTIATION,
        what="第 1 次协商会议",
        first=date(2026, 5, 10),
        last=date(2026, 5, 10),
        starts=time(14, 5),
        ends=time(16, 30),
        place="二楼, 会议室; A\\B",
    )
    found = event(meeting)
    begins = found.decoded("DTSTART")
    assert begins.astimezone(UTC) == datetime(2026, 5, 10, 6, 5, tzinfo=UTC)
    assert found.decoded("DTEND").astimezone(UTC) == datetime(2026, 5, 10, 8, 30, tzinfo=UTC)
    assert found["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert found["LOCATION"] == "二楼, 会议室; A\\B"
    first = found.walk("VALARM")[0].decoded("TRIGGER")
    assert (begins + first).time() == time(9)
    assert [str(zone["TZID"]) for zone in Calendar.from_ical(made(meeting)).walk("VTIMEZONE")] == [
        "Asia/Shanghai"
    ]


def test_an_entry_keeps_its_uid_and_a_later_file_counts_as_newer():
    (early,) = events(made(DUE))
    (late,) = events(
        made(replace(DUE, first=date(2026, 5, 19), last=date(2026, 5, 19)), now=NOW + timedelta(days=1))
    )
    assert early["UID"] == late["UID"]
    assert int(late["SEQUENCE"]) > int(early["SEQUENCE"])
    assert early.decoded("DTSTAMP") == NOW
    assert uid("另一个库/案卷", DUE.key) != uid("库/案卷", DUE.key)


@pytest.mark.parametrize(
    "words", ["甲\r\nEND:VEVENT", "甲\nX:1", "甲\x00\x1f乙", '；，、\\,;:"', "𠮷" * 80, "👨‍👩‍👧 加班"]
)
def test_no_word_breaks_out_of_its_line(words):
    data = made(replace(DUE, what=words))
    (found,) = events(data)
    kept = "".join(char for char in words.replace("\r\n", "\n") if char == "\n" or char >= " ")
    assert found["SUMMARY"] == f"最迟：{kept}"
    assert max(len(line) for line in data.split(b"\r\n")) <= 75


@pytest.mark.parametrize("day", [date.min, date(987, 1, 2), date.max])
def test_days_at_the_ends_of_time_are_written_all_the_same(day):
    found = event(replace(DUE, first=day, last=day))
    assert found.decoded("DTSTART") == day


def test_an_empty_year_is_a_calendar_all_the_same():
    assert events(made()) == []
