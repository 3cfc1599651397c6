"""What 首页 says, from the overview of a case: plain words, no widgets."""

from __future__ import annotations

from datetime import date, datetime

from app.gui.widgets.date_reading import clock, weekday
from app.gui.widgets.due_row import DueTone, DueView
from app.rules.dates_in_words import day_words, short_day
from app.rules.findings import Deadline, State, Turn, cite_known
from app.usecases.overview import days_left, left_words

NEAR_DAYS = 3
"""From so few days on a due date is near."""


def due_view(due: Deadline, key: str, on: date) -> DueView:
    """A due date as a row; ``due.due`` is known."""
    day = due.due_holiday or due.due
    assert day is not None
    return DueView(
        id=key,
        day=f"约 {short_day(day, on)}" if due.estimated else short_day(day, on),
        weekday=weekday(day),
        remark="估算" if due.estimated else left_words(due, on),
        tone=due_tone(due, on),
        what=due.what if due.latest is None else f"{due.what}（{latest_words(due, on)}）",
        why=due.why,
        article=cite_known(due.sources),
        whose=due.turn.label,
    )


def due_tone(due: Deadline, on: date) -> DueTone:
    """How the row looks."""
    left = days_left(due, on)
    if due.state is not State.OPEN:
        return "far"
    if due.estimated or left is None:
        return "estimated"
    if left < 0:
        return "overdue"
    if left <= NEAR_DAYS:
        return "near"
    return "waiting" if due.turn is Turn.AUTHORITY else "far"


def how_counted(due: Deadline, on: date) -> str:
    """The link below the next step: 4月3日是怎么算的."""
    day = due.due_holiday or due.due
    return f"{short_day(day, on)}是怎么算的" if day else "日期是怎么算的"


def why_words(due: Deadline, says: str = "") -> str:
    """The whole why of a due date: the count, the articles, how well they were read, what they say."""
    read = "；".join(dict.fromkeys(source.read.label for source in due.sources))
    articles = "、".join(dict.fromkeys(source.full for source in due.sources))
    parts = [due.why.rstrip("。") + "。" if due.why else ""]
    if articles:
        parts.append(f"依据：{articles}（{read}）。")
    else:
        parts.append("法规未规定，以当地窗口要求为准。")
    if says:
        parts.append(f"条文大意：{says.rstrip('。')}。")
    return "".join(parts)


def latest_words(due: Deadline, on: date) -> str:
    """最迟 4月3日（周五）, or the range where a year's holidays are not loaded."""
    day = due.due_holiday or due.due
    if day is None:
        return ""
    if due.latest is not None and due.latest != day:
        return f"{short_day(day, on)}至{short_day(due.latest, on)}之间"
    return f"最迟 {day_words(day, on)}"


def moment_words(at: datetime, on: date) -> str:
    """今天 08:31, 昨天 16:20, 3月20日，11 天前."""
    local = at.astimezone()
    gone = (on - local.date()).days
    if gone <= 0:
        return f"今天 {clock(local)}"
    if gone == 1:
        return f"昨天 {clock(local)}"
    return f"{short_day(local.date(), on)}，{gone} 天前"


def size_words(octets: int) -> str:
    """11.2 GB, 86.4 MB, 3 KB."""
    if octets >= 1 << 30:
        return f"{octets / (1 << 30):.1f} GB"
    if octets >= 1 << 20:
        return f"{octets / (1 << 20):.1f} MB"
    return f"{max(1, round(octets / 1024))} KB" if octets else "0 KB"
