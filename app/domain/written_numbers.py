"""Numbers as people write them on a questionnaire: ``3,500``, ``３５００元``, ``约3.5千``, ``三千五``.

What cannot be told for sure is no number: ranges, words, and what no question can have as its answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

BELOW = Decimal(1_000_000_000)
"""A number from here on is a slip of the key or a telephone number, not an answer."""

NO_NUMBER = "填的不是数字"
NEGATIVE = "填的是负数"
TOO_LARGE = "填的数大得不可能"

_BEFORE = re.compile(r"^(?:[约¥$]|大约|大概|差不多|每月|每年|每天)+")
_AFTER = re.compile(r"(?:[左上][右下]|整|多一点|的样子)$")
_FIGURES = re.compile(r"^([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d+)?([百千万]|w|k|)(.*)$")
_WORDS = re.compile(r"^(负?)([零〇一二两三四五六七八九十百千万]+(?:点[零〇一二两三四五六七八九]+)?)(.*)$")
_UNIT = re.compile(
    r"^(?:个(?=.))?((?:元|块|块钱|元钱)(?:/(?:月|天|日|年|小时|次|餐|顿|人))?"
    r"|%|岁|周岁|年|月|天|日|人|个|次|顿|小时|钟头|分钟|分|公里|里|米|平方米|平米)?$"
)
_UNITS = {"周岁": "岁", "日": "天", "钟头": "小时", "平米": "平方米"}
_TIMES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10_000, "w": 10_000, "k": 1000}
_DIGITS = {**{each: at for at, each in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """``problem`` tells why it is no number; then ``value`` is ``None``. ``unit`` is empty where none was written."""

    value: Decimal | None
    unit: str = ""
    problem: str = ""


def written_number(words: str) -> WrittenNumber:
    """Read one answer."""
    plain = (
        re.sub(r"\s+", "", unicodedata.normalize("NFKC", words)).replace("，", ",").replace("−", "-").lower()
    )
    plain = _AFTER.sub("", _BEFORE.sub("", plain).rstrip("。.;"))
    found = _FIGURES.match(plain)
    if found is not None:
        sign, whole, part, times, rest = found.groups()
        value = Decimal(whole.replace(",", "") + (part or "")) * _TIMES[times]
    elif (found := _WORDS.match(plain)) is not None:
        sign, counted, rest = found.groups()
        counted_value = _counted(counted)
        if counted_value is None:
            return WrittenNumber(None, problem=NO_NUMBER)
        value = counted_value
    else:
        return WrittenNumber(None, problem=NO_NUMBER)
    unit = _UNIT.match(rest)
    if unit is None:
        return WrittenNumber(None, problem=NO_NUMBER)
    if value and sign in ("-", "负"):
        return WrittenNumber(None, problem=NEGATIVE)
    if value >= BELOW:
        return WrittenNumber(None, problem=TOO_LARGE)
    money = re.sub("^(?:块钱|元钱|块)(?=/|$)", "元", unit[1] or "")
    return WrittenNumber(value, _UNITS.get(money, money))


def _counted(words: str) -> Decimal | None:
    """``三千五`` is 3500, ``一万零五`` 10005, ``二点五`` 2.5; None for what is no number."""
    whole, _, part = words.partition("点")
    if whole[0] in "百千万":
        return None
    if not any(each in _TIMES for each in whole) and len(whole) > 1:
        digits = "".join(str(_DIGITS[each]) for each in whole)  # 二五〇〇, read one by one
        made = Decimal(digits)
    else:
        total = section = 0
        digit: int | None = None
        last, after_zero = 1, False
        for each in whole:
            if each in _DIGITS:
                if digit:
                    return None
                digit = _DIGITS[each]
                after_zero = after_zero or digit == 0
                if digit == 0:
                    digit = None
                continue
            times = _TIMES[each]
            if times == _TIMES["万"]:
                total, section, digit = (total + section + (digit or 0)) * times, 0, None
            else:
                section, digit = section + (1 if digit is None and not section else digit or 0) * times, None
            last, after_zero = times, False
        if digit is not None:
            section += digit * (last // 10 if last > 10 and not after_zero else 1)
        made = Decimal(total + section)
    return made + (Decimal("0." + "".join(str(_DIGITS[each]) for each in part)) if part else 0)


@dataclass(frozen=True, slots=True)
class ReadTogether:
    """The numbers of all answers to one question.

    Attributes:
        values: by the words as written; only those in the unit most wrote, or in none.
        unit: that unit; empty where nobody wrote one.
        other_unit: the words of those who wrote another unit.
        problems: why words are no number.
    """

    values: Mapping[str, Decimal]
    unit: str
    other_unit: frozenset[str]
    problems: Mapping[str, str]


def read_together(answers: Iterable[str]) -> ReadTogether:
    """Read all answers to a question: who wrote another unit than most cannot be added to them."""
    often = Counter(answers)
    read = {words: written_number(words) for words in often}
    units: Counter[str] = Counter()
    for words, each in read.items():
        if each.value is not None and each.unit:
            units[each.unit] += often[words]
    unit = max(sorted(units), key=lambda name: units[name], default="")
    values, other, problems = {}, set(), {}
    for words, each in read.items():
        if each.value is None:
            problems[words] = each.problem
        elif each.unit in ("", unit):
            values[words] = each.value
        else:
            other.add(words)
    return ReadTogether(values, unit, frozenset(other), problems)


def asks_percent(stem: str) -> bool:
    """Whether a question asks for a percentage, of which more than a hundred is worth a look."""
    return any(each in stem for each in ("百分之", "%", "％"))
