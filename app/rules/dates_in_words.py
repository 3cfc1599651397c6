"""Dates the way the program says them: 4月3日（周五）, with the year where it is another one (look.md §5)."""

from __future__ import annotations

from datetime import date

_WEEKDAYS = "一二三四五六日"


def day_words(day: date, on: date) -> str:
    """Return ``4月3日（周五）``; with the year in front when it is not the year of ``on``."""
    year = f"{day.year}年" if day.year != on.year else ""
    return f"{year}{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


def short_day(day: date, on: date) -> str:
    """Return ``4月3日`` without the weekday."""
    year = f"{day.year}年" if day.year != on.year else ""
    return f"{year}{day.month}月{day.day}日"
