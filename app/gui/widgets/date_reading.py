"""Reading dates and times the way people type them, and writing them the way they are read."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time

from app.gui.widgets.editor import NotUnderstoodError

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")

_PARTS = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WEEKDAY = re.compile(r"[(（]?\s*(周|星期|礼拜)[一二三四五六日天]\s*[)）]?")
_TIME = re.compile(r"(\d{1,2})\s*[:点时.]\s*(\d{1,2})?\s*分?")
_TIME_SOLID = re.compile(r"(\d{2})(\d{2})")


def weekday(day: date) -> str:
    """周五"""
    return WEEKDAYS[day.weekday()]


def long_date(day: date) -> str:
    """2026年4月3日"""
    return f"{day.year}年{day.month}月{day.day}日"


def clock(moment: time | datetime) -> str:
    """9:05 as 9:05, without seconds"""
    return f"{moment.hour}:{moment.minute:02d}"


def read_date(words: str, *, year: int | None = None) -> date | None:
    """Read 2026-4-3, 2026/4/3, 2026年4月3日, 20260403 and, when ``year`` is given, 4月3日. None when empty.

    Raises:
        NotUnderstoodError: with the sentence to show.
    """
    plain = _WEEKDAY.sub("", unicodedata.normalize("NFKC", words)).strip()
    if not plain:
        return None
    solid = _SOLID.fullmatch(plain)
    parts = solid or _PARTS.fullmatch(plain)
    if parts is None:
        raise NotUnderstoodError(
            f"“{words.strip()[:20]}”看不出是哪一天。请写成 2026年4月3日 这样；没有可先留空。"
        )
    if parts[1] is None and year is None:
        raise NotUnderstoodError(
            f"“{words.strip()[:20]}”没有写年份。请写成 2026年4月3日 这样；没有可先留空。"
        )
    which_year = int(parts[1]) if parts[1] is not None else int(year or 0)
    month, day = int(parts[2]), int(parts[3])
    if not 1900 <= which_year <= 2199:
        raise NotUnderstoodError(
            f"现在是 {which_year} 年，应在 1900 年到 2199 年之间。请改年份；没有可先留空。"
        )
    if not 1 <= month <= 12:
        raise NotUnderstoodError(f"没有 {month} 月。请改月份；没有可先留空。")
    try:
        return date(which_year, month, day)
    except ValueError:
        raise NotUnderstoodError(f"{which_year}年{month}月没有 {day} 日。请改日子；没有可先留空。") from None


def read_time(words: str) -> time | None:
    """Read 14:00, 14点, 14点30分, 1400. None when empty.

    Raises:
        NotUnderstoodError: with the sentence to show.
    """
    plain = unicodedata.normalize("NFKC", words).strip()
    if not plain:
        return None
    parts = _TIME.fullmatch(plain) or _TIME_SOLID.fullmatch(plain)
    if parts is None or int(parts[1]) > 23 or int(parts[2] or 0) > 59:
        raise NotUnderstoodError(f"“{words.strip()[:20]}”看不出是几点。请写成 14:00 这样；没有可先留空。")
    return time(int(parts[1]), int(parts[2] or 0))


def read_moment(words: str, *, year: int | None = None) -> datetime | None:
    """Read a date followed by a time: 2026年4月16日 14:00. None when empty.

    Raises:
        NotUnderstoodError: with the sentence to show.
    """
    plain = _WEEKDAY.sub(" ", unicodedata.normalize("NFKC", words)).strip()
    if not plain:
        return None
    at = re.search(r"(?:^|(?<=[日号\s]))\s*(\d{1,2}\s*[:点时]\s*\d{0,2}\s*分?|\d{4})$", plain)
    if at is None:
        day = long_date(read_date(plain, year=year) or date.min)
        raise NotUnderstoodError(f"{day} 还没有写几点。请写成 {day} 14:00 这样；没有可先留空。")
    if not plain[: at.start()].strip():
        raise NotUnderstoodError("还没有写哪一天。请写成 2026年4月3日 14:00 这样；没有可先留空。")
    on = read_date(plain[: at.start()], year=year)
    hour = read_time(at[1])
    if on is None or hour is None:
        raise NotUnderstoodError("日期和时间要都写上，比如 2026年4月3日 14:00；没有可先留空。")
    return datetime.combine(on, hour)
