"""The days of a year as an iCalendar file (RFC 5545), for Outlook, WPS and phones.

A due date is a day, not an hour: an all-day event that blocks nobody's time. What is only estimated is TENTATIVE
and says so in words. An entry keeps its UID, so that taking the file in again moves it and does not double it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone

from app.rules.dates_in_words import day_words
from app.rules.year_plan import PlanEntry

_PRODUCT = "-//集体协商工作台//期限和会议"
_SPACE = uuid.UUID("6f0c1b0e-4c5f-5d0a-9a53-2f6b7a1d9e41")
"""Our own name space: a UID never meets that of another program."""

_ZONE = "Asia/Shanghai"
_OCTETS = 75
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_NINE = timedelta(hours=9)
_CHINA = timezone(timedelta(hours=8))

DAYS_BEFORE = (3, 1)
"""An alarm so many days before, at nine in the morning; a program that knows only one alarm takes the first."""


def calendar_file(
    entries: Sequence[PlanEntry],
    *,
    name: str,
    whose: str,
    case_key: str,
    now: datetime,
    today: date,
    days_before: Sequence[int] = DAYS_BEFORE,
) -> bytes:
    """Return the entries as one calendar.

    Args:
        entries: due dates and meetings.
        name: what the calendar is called where it is taken in.
        whose: what every description begins with: the union and its year.
        case_key: tells the cases of a library apart; part of every UID.
        now: the instant the file is made, aware.
        today: the local day; words leave its year out.
        days_before: how many days before a due date or a meeting the alarm sounds.
    """
    stamp = _utc(now)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        f"X-WR-TIMEZONE:{_ZONE}",
        *_zone(),
    ]
    for entry in entries:
        lines += _event(entry, whose, case_key, now, stamp, today, days_before)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _fold(line)).encode()


def uid(case_key: str, entry_key: str) -> str:
    """Return the name of an entry that stays the same in every file of the case."""
    return f"{uuid.uuid5(_SPACE, f'{case_key}/{entry_key}')}@xieshang"


def _zone() -> Iterator[str]:
    """China has had one time all year since 1992."""
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{_ZONE}"
    yield "BEGIN:STANDARD"
    yield "DTSTART:19920101T000000"
    yield "TZOFFSETFROM:+0800"
    yield "TZOFFSETTO:+0800"
    yield "TZNAME:CST"
    yield "END:STANDARD"
    yield "END:VTIMEZONE"


def _event(
    entry: PlanEntry,
    whose: str,
    case_key: str,
    now: datetime,
    stamp: str,
    today: date,
    days_before: Sequence[int],
) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uid(case_key, entry.key)}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    # A later file always counts as the newer one; minutes fit the number's range for four thousand years.
    yield f"SEQUENCE:{max(0, int((now - _EPOCH).total_seconds() // 60))}"
    if entry.starts is not None:
        yield f"DTSTART;TZID={_ZONE}:{_local(entry.first, entry.starts)}"
        if entry.ends is not None:
            yield f"DTEND;TZID={_ZONE}:{_local(entry.last, entry.ends)}"
    else:
        yield f"DTSTART;VALUE=DATE:{_compact(entry.first)}"
        yield f"DTEND;VALUE=DATE:{_compact(_day_after(entry.last))}"
    summary = summary_words(entry)
    yield f"SUMMARY:{_text(summary)}"
    yield f"DESCRIPTION:{_text(description_words(entry, whose, today))}"
    if entry.place:
        yield f"LOCATION:{_text(entry.place)}"
    yield f"CATEGORIES:{_text('集体协商')},{_text(entry.stage.label)}"
    yield f"STATUS:{'TENTATIVE' if is_uncertain(entry) else 'CONFIRMED'}"
    yield f"TRANSP:{'OPAQUE' if entry.starts is not None else 'TRANSPARENT'}"
    if not entry.is_over:
        for days in days_before:
            yield from _alarm(entry, days, now)
    yield "END:VEVENT"


def is_uncertain(entry: PlanEntry) -> bool:
    """True where the day may still move: estimated, or a range because a year's holidays are not announced."""
    return (entry.estimated or entry.last != entry.first) and not entry.is_over


def summary_words(entry: PlanEntry) -> str:
    """Return what the calendar shows in one line: 最迟：报送人社审查, 约（估算）：公布合同文本."""
    if entry.kind == "meeting":
        return f"{entry.what}（还没有约定）" if entry.estimated else entry.what
    if entry.is_over:
        return f"{entry.outcome or '已到'}：{entry.what}"
    if entry.estimated:
        return f"约（估算）：{entry.what}"
    if entry.kind == "window":
        return f"今天起：{entry.what}"
    if entry.kind == "until":
        return f"到今天为止：{entry.what}"
    if entry.last != entry.first:
        return f"最迟在这几天里：{entry.what}"
    return f"已超期：{entry.what}" if entry.overdue else f"最迟：{entry.what}"


def alarm_words(entry: PlanEntry, on: date) -> str:
    """Return what an alarm says on the day it rings, which is before the day it speaks of."""
    if entry.kind == "window" and on < entry.first:
        return f"{day_words(entry.first, on)}起：{entry.what}"
    if entry.kind == "until" and on < entry.first:
        return f"到{day_words(entry.first, on)}为止：{entry.what}"
    return summary_words(entry)


def description_words(entry: PlanEntry, whose: str, today: date) -> str:
    """Return the why with its articles, in lines."""
    lines = [f"{whose}，{entry.stage.label}。"]
    if entry.kind == "meeting":
        if entry.estimated:
            lines.append(f"日期：{entry.day_words(today)}。")
        lines.append(entry.why)
    else:
        lines.append(f"日期：{entry.day_words(today)}，{entry.turn}办。期限：{entry.period}。")
        lines.append(f"怎么算的：{entry.why.rstrip('。')}。" if entry.why else "")
        if entry.sources:
            articles = "、".join(dict.fromkeys(source.full for source in entry.sources))
            read = "；".join(dict.fromkeys(source.read.label for source in entry.sources))
            lines.append(f"依据：{articles}（{read}）。")
        else:
            lines.append("法规未规定，以当地窗口要求为准。")
        if entry.estimated and not entry.is_over:
            lines.append("这是估算：起算的事还没有发生，登记以后重新导出。")
        if entry.verify:
            lines.append("待核：条文没有读到，只作提醒。")
    lines.append(f"{today.year}年{today.month}月{today.day}日导出，登记有变动就重新导出。")
    return "\n".join(line for line in lines if line)


def _alarm(entry: PlanEntry, days: int, now: datetime) -> Iterator[str]:
    """One alarm at nine, unless that is over; counted from the working day before, where the day is a holiday."""
    begins = datetime.combine(entry.first, entry.starts or time())
    day = entry.advised if entry.advised is not None and entry.advised < entry.first else entry.first
    try:
        rings = datetime.combine(day, time()) - timedelta(days=days) + _NINE
    except OverflowError:
        return
    if rings.replace(tzinfo=_CHINA) <= now:
        return
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{_text(alarm_words(entry, rings.date()))}"
    yield f"TRIGGER:{_before(begins - rings)}"
    yield "END:VALARM"


def _before(span: timedelta) -> str:
    """Return a span before the beginning: -P2DT15H."""
    days, minutes = divmod(int(span.total_seconds() // 60), 24 * 60)
    hours, minutes = divmod(minutes, 60)
    clock = f"T{hours}H{minutes}M" if minutes else f"T{hours}H" if hours else ""
    return f"-P{days}D{clock}" if days else f"-P{clock or 'T0H'}"


def _compact(day: date) -> str:
    return day.isoformat().replace("-", "")


def _day_after(day: date) -> date:
    """The end of an all-day event, which is not part of it."""
    return day + timedelta(days=1) if day < date.max else day


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _local(day: date, at: time) -> str:
    return f"{_compact(day)}T{at:%H%M%S}"


def _text(words: str) -> str:
    """Escape a TEXT value; a control character would end the line."""
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    words = "".join(
        char for char in words if char == "\n" or (char >= " " and char not in "\x7f\u2028\u2029")
    )
    for char in "\\;,":
        words = words.replace(char, "\\" + char)
    return words.replace("\n", "\\n")


def _fold(line: str) -> Iterator[str]:
    """Break a line so that none is longer than 75 octets and no character is cut in two."""
    piece, taken = "", 0
    for char in line:
        octets = len(char.encode())
        if taken + octets > _OCTETS:
            yield piece
            piece, taken = " ", 1
        piece += char
        taken += octets
    yield piece
