"""One fact's value in a case file: how each kind is written, and what is said when it cannot be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.domain.codes import check_division, check_enterprise_code, check_id_number, check_union_code
from app.domain.facts import Fact, Kind, Sensitivity
from app.domain.printable import UNPRINTABLE

FORMAT = "xieshang-case"
VERSION = 1
"""The two lines at the head of every case file."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years a date of a union's case can lie in; outside of them it is a slip of the pen."""

DATE_PATTERN = r"^\d{4}-\d{2}-\d{2}$"
MOMENT_PATTERN = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$"
DECIMAL_PATTERN = r"^-?(0|[1-9]\d{0,17})(\.\d{1,12})?$"
NOT_NEGATIVE_PATTERN = DECIMAL_PATTERN.replace("-?", "", 1)
ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$"

LIMIT_OF_COUNTS_IN_LISTS = 10_000_000
"""Largest number in a list of counts, the same as a single count's unless its fact says otherwise."""

_LONGEST_QUOTE = 30
_NEVER_REPEATED = (Sensitivity.PERSONAL, Sensitivity.BOTTOM_LINE)

_CODE_CHECKS = {
    "union_code": check_union_code,
    "enterprise_code": check_enterprise_code,
    "id_number": check_id_number,
    "division": check_division,
}


@dataclass(frozen=True, slots=True)
class Written:
    """A JSON number as it was written; only whole numbers are read, and only after a look at their length."""

    digits: str


class BadValue(ValueError):  # noqa: N818  (it is an answer, not a failure of the program)
    """A value that cannot be; the message is the rest of a sentence that begins with the fact's name."""


def write_value(fact: Fact, value: Any) -> Any:
    """Return the JSON form of a value that is not empty."""
    match fact.kind:
        case Kind.DATE:
            return value.isoformat()
        case Kind.MOMENT:
            return value.isoformat(timespec="minutes")
        case Kind.DECIMAL:
            return format(value, "f")
        case Kind.CHOICE:
            return value.value
        case Kind.TEXTS | Kind.INTEGERS | Kind.REFS:
            return list(value)
        case _:
            return value


def read_value(fact: Fact, found: Any) -> Any:
    """Return the value of a fact from what stands in the file.

    Raises:
        BadValue: it cannot be, with the reason in words.
    """
    match fact.kind:
        case Kind.TEXT | Kind.LONG_TEXT | Kind.REF:
            return _read_text(fact, found)
        case Kind.DATE:
            return _read_date(fact, found)
        case Kind.MOMENT:
            return _read_moment(fact, found)
        case Kind.INTEGER:
            return _read_count(fact, found)
        case Kind.DECIMAL:
            return _read_decimal(fact, found)
        case Kind.YES_NO:
            if not isinstance(found, bool):
                raise BadValue(f"写的是 {quote(fact, found)}，这里只能写 true（是）或 false（否）")
            return found
        case Kind.CHOICE:
            return _read_choice(fact, found)
        case Kind.TEXTS | Kind.REFS:
            return tuple(_read_text(fact, part) for part in _read_list(fact, found))
        case Kind.INTEGERS:
            return tuple(_read_count(fact, part) for part in _read_list(fact, found))


def quote(fact: Fact, found: Any) -> str:
    """Return what was written, shortened; what is personal or secret is never repeated."""
    if fact.sensitivity in _NEVER_REPEATED:
        return "（内容不显示）"
    match found:
        case None:
            return "null"
        case bool():
            return "true" if found else "false"
        case Written(digits):
            return shorten(digits)
        case str():
            return shorten(found) if found.strip() else "空白"
        case list():
            return "一个列表"
        case _:
            return "一组内容"


def shorten(written: str) -> str:
    """Return a text fit for a sentence: one line, without unprintable characters, not too long."""
    plain = " ".join(UNPRINTABLE.sub("□", written).split())
    return plain if len(plain) <= _LONGEST_QUOTE else plain[: _LONGEST_QUOTE - 1] + "…"


def _read_list(fact: Fact, found: Any) -> list[Any]:
    if not isinstance(found, list):
        raise BadValue(f"写的是 {quote(fact, found)}，这里要写成列表，例如 [ ]")
    return found


def _read_text(fact: Fact, found: Any) -> str:
    if not isinstance(found, str):
        open_to_all = fact.sensitivity not in _NEVER_REPEATED
        hint = f'，例如 "{shorten(found.digits)}"' if isinstance(found, Written) and open_to_all else ""
        raise BadValue(f"写的是 {quote(fact, found)}，这里要写文字{hint}")
    if bad := UNPRINTABLE.search(found):
        raise BadValue(f"里有不能显示的字符（第 {bad.start() + 1} 个字符）")
    if fact.code and (problem := _CODE_CHECKS[fact.code](found)):
        raise BadValue(f"写的是 {quote(fact, found)}，{problem.rstrip('。')}")
    return found


def _read_date(fact: Fact, found: Any) -> date:
    if not isinstance(found, str) or not re.fullmatch(DATE_PATTERN, found, re.ASCII):
        raise BadValue(f"写的是 {quote(fact, found)}，日期要写成 2026-04-03 这样")
    try:
        day = date.fromisoformat(found)
    except ValueError:
        raise BadValue(f"写的是 {quote(fact, found)}，没有这一天") from None
    _check_year(fact, found, day.year)
    return day


def _read_moment(fact: Fact, found: Any) -> datetime:
    if not isinstance(found, str) or not re.fullmatch(MOMENT_PATTERN, found, re.ASCII):
        raise BadValue(f"写的是 {quote(fact, found)}，日期和时间要写成 2026-04-03T09:30 这样")
    try:
        moment = datetime.fromisoformat(found)
    except ValueError:
        raise BadValue(f"写的是 {quote(fact, found)}，没有这一天或这个时刻") from None
    _check_year(fact, found, moment.year)
    return moment


def _check_year(fact: Fact, found: str, year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadValue(f"写的是 {quote(fact, found)}，年份应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间")


def _read_count(fact: Fact, found: Any) -> int:
    if not isinstance(found, Written):
        raise BadValue(f"写的是 {quote(fact, found)}，这里要写整数，不加引号")
    if not re.fullmatch(r"-?\d+", found.digits, re.ASCII):
        raise BadValue(f"写的是 {quote(fact, found)}，这里要写整数")
    least = 0 if fact.minimum is None else fact.minimum
    most = LIMIT_OF_COUNTS_IN_LISTS if fact.maximum is None else fact.maximum
    # Python refuses to turn thousands of digits into a number, and nothing that long can be true.
    number = int(found.digits) if len(found.digits) <= 20 else None
    if found.digits.startswith("-") and number != 0 and least >= 0:
        raise BadValue(f"写的是 {quote(fact, found)}，不能是负数")
    if number is None or not least <= number <= most:
        raise BadValue(f"写的是 {quote(fact, found)}，应在 {least} 到 {most} 之间")
    return number


def _read_decimal(fact: Fact, found: Any) -> Decimal:
    if isinstance(found, Written):
        raise BadValue(f'写的是 {quote(fact, found)}，这里的数要加引号，写成 "{shorten(found.digits)}"')
    if not isinstance(found, str) or not re.fullmatch(DECIMAL_PATTERN, found, re.ASCII):
        raise BadValue(f'写的是 {quote(fact, found)}，这里要写成 "12.5" 这样的数，单位不写进去')
    if fact.minimum is not None and found.startswith("-"):
        raise BadValue(f"写的是 {quote(fact, found)}，不能是负数")
    return Decimal(found)


def _read_choice(fact: Fact, found: Any) -> Any:
    assert fact.choices is not None
    options = {option.value: option for option in fact.choices}
    if isinstance(found, str) and found in options:
        return options[found]
    allowed = "、".join(f"{value}（{option.label}）" for value, option in options.items())
    raise BadValue(f"写的是 {quote(fact, found)}，只能是 {allowed} 之一")
