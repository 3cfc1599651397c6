"""What a notice wants from the unions, as data: period, due date, tables, letters, photos (product.md §8).

A profile is a small TOML file. Days are month and day, because a notice of one year serves as the pattern of
the next; :meth:`Profile.in_year` gives the dates. What a notice leaves open stays open: a table whose columns
were never obtained says so and cannot be filled.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import tomli

from app.errors import UserError
from app.paths import resource

LINYI_2017 = "linyi-2017"


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day without its year, such as ``06-10``."""

    month: int
    day: int

    def on(self, year: int) -> date:
        """Return the day in a year; the last of February where the year is too short."""
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))


@dataclass(frozen=True, slots=True)
class WantedTable:
    """One table the notice asks for.

    Attributes:
        key: the table this program can fill (``linyi-2017``); empty when its columns are not known.
        name: as the notice calls it.
        columns_known: False when only the name was obtained.
        note: what is known instead.
    """

    key: str
    name: str
    columns_known: bool
    note: str


@dataclass(frozen=True, slots=True)
class WantedLetter:
    """A letter the notice asks for, with its length in characters (0: not said)."""

    name: str
    words: int
    note: str


@dataclass(frozen=True, slots=True)
class PeriodDates:
    """A profile's days in one year; ``None`` where the notice names none."""

    campaign_from: date | None
    campaign_until: date | None
    statistics_until: date | None
    due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What one notice wants.

    Attributes:
        key: file name without ending, as the command line takes it.
        name: short Chinese name for lists.
        region: name of the rule pack the notice belongs to.
        notice: title of the notice; ``issuer`` and ``issued_on`` tell whose and of when.
        to: who receives the papers.
        campaign_from, campaign_until: when offers are to be made.
        statistics_until: up to when things count.
        due: when the papers must be there.
        tables, letters: what is to be handed in.
        photos: whether pictures are wanted; ``photos_note`` says which.
        also: other duties of the notice, in words.
        open_questions: what the notice leaves open or was never obtained.
    """

    key: str
    name: str
    region: str
    notice: str
    issuer: str
    issued_on: date
    to: str
    campaign_from: MonthDay | None
    campaign_until: MonthDay | None
    statistics_until: MonthDay | None
    due: MonthDay | None
    tables: tuple[WantedTable, ...]
    letters: tuple[WantedLetter, ...]
    photos: bool
    photos_note: str
    also: tuple[str, ...]
    open_questions: tuple[str, ...]

    @property
    def known_tables(self) -> tuple[str, ...]:
        """Keys of the tables that can be filled; those of which only the name is known have none."""
        return tuple(table.key for table in self.tables if table.key)

    def in_year(self, year: int) -> PeriodDates:
        """Return the profile's days in a year."""
        days = (self.campaign_from, self.campaign_until, self.statistics_until, self.due)
        return PeriodDates(*(day.on(year) if day else None for day in days))


def profile_keys() -> tuple[str, ...]:
    """Return the keys of the shipped profiles."""
    return tuple(sorted(file.stem for file in resource("profiles").glob("*.toml")))


def load_profile(key: str) -> Profile:
    """Return a shipped profile.

    Raises:
        UserError: there is none of that name.
    """
    if key not in profile_keys():
        raise UserError(
            f"没有叫 {key} 的上报要求。",
            "没有写任何文件。",
            f"可以用：{'、'.join(profile_keys())}。",
            code="F-101",
        )
    return read_profile(resource(f"profiles/{key}.toml").read_bytes(), key=key)


def load_profiles(folder: Path | None = None) -> tuple[Profile, ...]:
    """Return the profiles of a folder, the shipped ones by default, in the order of their keys.

    Raises:
        UserError: one of them cannot be read.
    """
    files = sorted((folder or resource("profiles")).glob("*.toml"))
    return tuple(read_profile(file.read_bytes(), key=file.stem) for file in files)


def read_profile(data: bytes, *, key: str) -> Profile:
    """Return the profile in a file's bytes.

    Raises:
        UserError: it is no TOML, has unknown or missing keys, or a value that cannot be.
    """
    try:
        whole = tomli.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomli.TOMLDecodeError) as broken:
        raise _refused(key, f"不是能读的 TOML（{broken}）") from None
    part = _Part(key, "", whole)
    profile = Profile(
        key=key,
        name=part.text("name"),
        region=part.text("region"),
        notice=part.text("notice"),
        issuer=part.text("issuer"),
        issued_on=part.day("issued_on"),
        to=part.text("to", optional=True),
        campaign_from=part.month_day("campaign_from"),
        campaign_until=part.month_day("campaign_until"),
        statistics_until=part.month_day("statistics_until"),
        due=part.month_day("due"),
        tables=tuple(_table(item) for item in part.parts("table")),
        letters=tuple(_letter(item) for item in part.parts("letter")),
        photos=part.yes_no("photos"),
        photos_note=part.text("photos_note", optional=True),
        also=part.texts("also"),
        open_questions=part.texts("open_questions"),
    )
    part.done()
    return profile


def _table(part: _Part) -> WantedTable:
    table = WantedTable(
        key=part.text("key", optional=True),
        name=part.text("name"),
        columns_known=part.yes_no("columns_known"),
        note=part.text("note", optional=True),
    )
    if table.columns_known is not bool(table.key):
        raise part.refuse("columns_known", "栏目已知的表要写 key，未取得的不写")
    part.done()
    return table


def _letter(part: _Part) -> WantedLetter:
    letter = WantedLetter(part.text("name"), part.number("words"), part.text("note", optional=True))
    part.done()
    return letter


class _Part:
    """One table of the file; what is never asked for is unknown and refused."""

    def __init__(self, key: str, where: str, values: dict[str, Any]) -> None:
        self._key = key
        self._where = where
        self._values = dict(values)

    def refuse(self, name: str, why: str) -> UserError:
        return _refused(self._key, f"{self._where}{name} {why}")

    def text(self, name: str, *, optional: bool = False) -> str:
        value = self._values.pop(name, "")
        if not isinstance(value, str):
            raise self.refuse(name, "要写文字")
        if not value and not optional:
            raise self.refuse(name, "没有写")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._values.pop(name, [])
        if not isinstance(value, list) or not all(isinstance(part, str) and part for part in value):
            raise self.refuse(name, "要写成一列文字")
        return tuple(value)

    def number(self, name: str) -> int:
        value = self._values.pop(name, 0)
        if type(value) is not int or value < 0:
            raise self.refuse(name, "要写不小于 0 的整数")
        return value

    def yes_no(self, name: str) -> bool:
        value = self._values.pop(name, None)
        if not isinstance(value, bool):
            raise self.refuse(name, "要写 true 或 false")
        return value

    def day(self, name: str) -> date:
        value = self._values.pop(name, None)
        if type(value) is not date:
            raise self.refuse(name, "要写成 2017-03-07 这样的日期，不加引号")
        return value

    def month_day(self, name: str) -> MonthDay | None:
        value = self._values.pop(name, None)
        if value is None:
            return None
        found = re.fullmatch(r"(\d{2})-(\d{2})", value, re.ASCII) if isinstance(value, str) else None
        try:
            # A leap year, so that 02-29 is a day.
            day = date(2024, int(found[1]), int(found[2])) if found else None
        except ValueError:
            day = None
        if day is None:
            raise self.refuse(name, '要写成 "06-10" 这样的月和日')
        return MonthDay(day.month, day.day)

    def parts(self, name: str) -> list[_Part]:
        value = self._values.pop(name, [])
        if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
            raise self.refuse(name, f"要写成 [[{name}]]")
        return [_Part(self._key, f"{name} 第{number}条 ", part) for number, part in enumerate(value, start=1)]

    def done(self) -> None:
        for name in self._values:
            raise self.refuse(name, "不认识")


def _refused(key: str, why: str) -> UserError:
    return UserError(
        f"上报要求文件 {key}.toml 读不了：{why}。",
        "别的上报要求和资料库没有变。",
        "请照通知核对这个文件，或换回原来的文件。",
        code="F-102",
    )
