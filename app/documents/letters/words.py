"""Values as they stand on paper: dates, numbers and amounts in words, a gap for the pen where blank."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from app.documents.blocks import Run, Text, blank, runs_of
from app.domain.facts import Choice

_NUMERALS = "零一二三四五六七八九"


def joined(*parts: Text | Run) -> Text:
    """Return several pieces of text as one; plain strings stay a plain string."""
    if all(isinstance(part, str) for part in parts):
        return "".join(part for part in parts if isinstance(part, str))
    runs: list[Run] = []
    for part in parts:
        runs += [part] if isinstance(part, Run) else runs_of(part)
    return tuple(runs)


def listed(items: Iterable[Text], between: str = "、") -> Text:
    """Return texts one after another with a mark between them."""
    parts: list[Text] = []
    for item in items:
        if parts:
            parts.append(between)
        parts.append(item)
    return joined(*parts)


def shown(value: str, width: int = 8) -> Text:
    """Return a typed text, or a gap of ``width`` characters."""
    return value.strip() or (blank(width),)


def day_text(day: date | None) -> str:
    """Return ``2026年4月3日``, or nothing."""
    return f"{day.year}年{day.month}月{day.day}日" if day is not None else ""


def on_day(day: date | None) -> Text:
    """Return ``2026年4月3日``, or a date to be written in by hand."""
    if day is not None:
        return day_text(day)
    return (blank(3), Run("年"), blank(2), Run("月"), blank(2), Run("日"))


def moment_text(moment: datetime | None) -> str:
    """Return ``2026年4月10日14时`` or ``…14时30分``, or nothing."""
    if moment is None:
        return ""
    minutes = f"{moment.minute:02d}分" if moment.minute else ""
    return f"{day_text(moment)}{moment.hour}时{minutes}"


def at_moment(moment: datetime | None) -> Text:
    """Return ``2026年4月10日14时``, or a moment to be written in by hand."""
    if moment is not None:
        return moment_text(moment)
    return joined(on_day(None), blank(2), "时", blank(2), "分")


def number_text(value: Decimal | int | None) -> str:
    """Return a number exact to the last digit written: ``8``, ``1.10``, ``3191.448``; nothing if unknown."""
    return "" if value is None else format(Decimal(value), "f")


def with_unit(value: Decimal | int | None, unit: str) -> str:
    """Return ``2400元/月``, ``8%``, ``定额下调5%`` for the unit ``定额下调%``; nothing for ``None``."""
    if value is None:
        return ""
    number = number_text(value)
    if unit.endswith("%") and len(unit) > 1:
        return f"{unit[:-1]}{number}%"
    return f"{number}{unit}"


def counted(value: int | None, unit: str = "") -> Text:
    """Return a count with its unit, or a gap before the unit."""
    return joined(blank(3), unit) if value is None else f"{value}{unit}"


def share_text(part: int | Decimal | None, whole: int | Decimal | None, places: int = 1) -> str:
    """Return ``part``÷``whole`` in percent, half rounded up: ``94.5%``; nothing where it cannot be told."""
    if part is None or not whole:
        return ""
    ratio = Decimal(part) * 100 / Decimal(whole)
    return f"{ratio.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}%"


def growth_text(new: Decimal | None, old: Decimal | None) -> str:
    """Return by how many percent ``new`` is above ``old``, two decimals: ``6.00%``; nothing if unknown."""
    if new is None or not old:
        return ""
    return f"{((new - old) * 100 / old).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


def yes_no_text(value: bool | None) -> str:
    """Return 是, 否 or nothing."""
    return "" if value is None else ("是" if value else "否")


def label_of(value: Choice | None) -> str:
    """Return the Chinese label of a choice, or nothing."""
    return "" if value is None else value.label


def chinese_number(number: int) -> str:
    """Return 1…999 in Chinese numerals, as in 第十二条.

    Raises:
        ValueError: outside that range.
    """
    if not 1 <= number <= 999:
        raise ValueError(f"no article number: {number}")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    out = f"{_NUMERALS[hundreds]}百" if hundreds else ""
    if tens:
        out += "十" if tens == 1 and not hundreds else f"{_NUMERALS[tens]}十"
    elif hundreds and ones:
        out += "零"
    return out + (_NUMERALS[ones] if ones else "")


def ended(sentence: str) -> str:
    """Return a sentence with exactly one full stop at its end."""
    return sentence.rstrip().rstrip("。；;.") + "。"
