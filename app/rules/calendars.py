"""Loading the years of days off and worked weekends, and saying in words what cannot be in one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from app.domain.calendar import WorkCalendar, YearPlan, load_year
from app.domain.unannounced import SEASONS
from app.paths import resource
from app.rules.dates_in_words import day_words
from app.rules.places import Place
from app.rules.strict_toml import Table, read_toml

CALENDAR_WORD = "放假安排"
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Years a notice may be for; before, there was none, and nobody types one a lifetime ahead."""

LONGEST = 15
"""Days of one break that are still believed; the longest one so far was ten."""

USUAL = {
    "元旦": "元旦",
    "春节": "春节",
    "清明": "清明节",
    "劳动节": "劳动节",
    "端午": "端午节",
    "中秋": "中秋节",
    "国庆": "国庆节",
}
"""Word in the name of a break → the holiday, all of which a year has (《全国年节及纪念日放假办法》第二条).

中秋节 and 国庆节 may share a break, named after both.
"""

_OWN_DAY = {"元旦": (1, 1), "劳动节": (5, 1), "国庆节": (10, 1)}
"""Month and day that the break of such a holiday always holds."""

_SPRING, _LAST_SPRING_MONTH = "春节", 2
_SINCE_2008 = frozenset({"清明节", "端午节", "中秋节"})
_SPANS = {season.name: season.off for season in SEASONS}
_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Break:
    """One row of a notice: what is celebrated, first and last day off."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be in a year's plan.

    Attributes:
        part: ``year``, ``holiday`` or ``workdays``.
        number: which entry of that part, from 1; 0 for the part as a whole.
        words: the sentence, without a full stop.
        key: the key of the entry, empty for all of it.
    """

    part: str
    number: int
    words: str
    key: str = ""


def faults_of(year: int, breaks: Sequence[Break], workdays: Sequence[date]) -> Iterator[Fault]:
    """Tell what cannot be in the plan of a year, in the order in which it is written."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        yield Fault("year", 0, f"年份是 {year}，应当在 {FIRST_YEAR} 到 {LAST_YEAR} 之间")
        return
    if not breaks:
        yield Fault("holiday", 0, "一个节日都没有写")
    off: dict[date, str] = {}
    for number, each in enumerate(breaks, start=1):
        yield from _faults_of_break(year, number, each, off)
    yield from _misplaced(year, breaks)
    seen: set[date] = set()
    for number, day in enumerate(workdays, start=1):
        if day.year != year:
            yield Fault(
                "workdays", number, f"调休上班日 {_iso(day)} 不在 {year} 年，写到 {day.year} 年的安排里"
            )
        elif day.weekday() < _SATURDAY:
            yield Fault(
                "workdays", number, f"调休上班日 {day_words(day, day)}本来就是工作日，调休上班的只会是周末"
            )
        elif day in off:
            yield Fault("workdays", number, f"{day_words(day, day)}在“{off[day]}”的放假里，不会又要上班")
        elif day in seen:
            yield Fault("workdays", number, f"调休上班日 {day_words(day, day)}写了两遍")
        seen.add(day)
    missing = not_named(year, breaks)
    if breaks and missing:
        yield Fault("holiday", 0, f"缺 {'、'.join(missing)}")


def _faults_of_break(year: int, number: int, each: Break, off: dict[date, str]) -> Iterator[Fault]:
    name = each.name.strip() or f"第 {number} 行"
    if not each.name.strip():
        yield Fault("holiday", number, f"第 {number} 行没有写是什么节", "name")
    for key, day in (("first", each.first), ("last", each.last)):
        if day.year != year:
            words = f"“{name}”的 {_iso(day)} 不在 {year} 年，写到 {day.year} 年的安排里"
            yield Fault("holiday", number, words, key)
            return
    if each.last < each.first:
        yield Fault("holiday", number, f"“{name}”最后一天在第一天前面", "last")
        return
    days = (each.last - each.first).days + 1
    if days > LONGEST:
        yield Fault(
            "holiday", number, f"“{name}”一共放 {days} 天，超过 {LONGEST} 天，看看日期是不是写错了", "last"
        )
        return
    for day in (each.first + n * _DAY for n in range(days)):
        if day in off:
            yield Fault("holiday", number, f"“{name}”和“{off[day]}”都有 {day_words(day, day)}", "first")
            return
        off[day] = name


def not_named(year: int, breaks: Sequence[Break]) -> tuple[str, ...]:
    """Return the holidays every year has that no break is called by; dates of such a year only look certain."""
    names = " ".join(each.name for each in breaks)
    wanted = {word: name for word, name in USUAL.items() if year >= 2008 or name not in _SINCE_2008}
    return tuple(name for word, name in wanted.items() if word not in names)


def _misplaced(year: int, breaks: Sequence[Break]) -> Iterator[Fault]:
    """Tell which holiday is off on days on which it cannot be."""
    for word, name in USUAL.items():
        # The same holiday may stand twice: 1 January, and 31 December for the year after.
        own = [(number, each) for number, each in enumerate(breaks, start=1) if word in each.name]
        if not own or any(day.year != year for _, each in own for day in (each.first, each.last)):
            continue
        if any(each.last < each.first for _, each in own):
            continue
        number, each = own[0]
        if name in _OWN_DAY:
            day = date(year, *_OWN_DAY[name])
            if not any(one.first <= day <= one.last for _, one in own):
                words = f"“{each.name}”的放假里没有 {day_words(day, day)}，看看日期是不是写错了"
                yield Fault("holiday", number, words, "first")
        elif name == _SPRING:
            for number, each in own:
                if each.last.month > _LAST_SPRING_MONTH:
                    words = f"“{each.name}”只会在 1 月、2 月放，写的是 {_span(each)}"
                    yield Fault("holiday", number, words, "first")
        elif not any(_touches(name, one) for _, one in own):
            words = f"“{each.name}”不会在 {_span(each)}放，看看日期是不是写错了"
            yield Fault("holiday", number, words, "first")


def _touches(name: str, each: Break) -> bool:
    days = (each.first + n * _DAY for n in range((each.last - each.first).days + 1))
    return any(_SPANS[name].year_of(day) is not None for day in days)


def _span(each: Break) -> str:
    first, last = (f"{day.month}月{day.day}日" for day in (each.first, each.last))
    return first if first == last else f"{first}至{last}"


def breaks_of(plan: YearPlan) -> tuple[Break, ...]:
    """Return a plan's breaks as they stand in its notice."""
    found: list[Break] = []
    for day in sorted(plan.holidays):
        name = plan.names.get(day, "").removesuffix("假期")
        if found and found[-1].name == name and found[-1].last == day - _DAY:
            found[-1] = Break(name, found[-1].first, day)
        else:
            found.append(Break(name, day, day))
    return tuple(found)


def calendar_file(
    year: int, breaks: Sequence[Break], workdays: Sequence[date], *, source: str, read: str
) -> bytes:
    """Return what is written into ``<year>.toml``; the same entries give the same bytes."""
    lines = [f"year = {year}", f"source = {_quoted(source)}", f"read = {_quoted(read)}"]
    lines += [f"workdays = [{', '.join(_iso(day) for day in sorted(workdays))}]"]
    for each in sorted(breaks, key=lambda one: one.first):
        lines += ["", "[[holiday]]", f"name = {_quoted(each.name)}"]
        lines += [f"first = {_iso(each.first)}", f"last = {_iso(each.last)}"]
    return ("\n".join(lines) + "\n").encode()


def _quoted(text: str) -> str:
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _iso(day: date) -> str:
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def read_plan(place: Place) -> YearPlan:
    """Read one ``<year>.toml``.

    Raises:
        UserError: a key is unknown, missing or of the wrong type, or a day cannot be; file and line are named.
    """
    top = read_toml(place, CALENDAR_WORD)
    year = top.whole("year")
    source, read = top.text("source"), top.text("read")
    workdays = top.days("workdays")
    tables = top.tables("holiday")
    breaks = []
    for table in tables:
        breaks.append(Break(table.text("name"), table.day("first"), table.day("last")))
        table.done()
    top.done()
    if place.name != f"{year}.toml":
        raise top.refuse(f"写的是 {year} 年，文件应当叫 {year}.toml", "year")
    for fault in faults_of(year, breaks, workdays):
        raise _refused(fault, top, tables)
    holidays = [{"name": each.name, "first": each.first, "last": each.last} for each in breaks]
    plan = {"year": year, "source": source, "read": read, "workdays": list(workdays), "holiday": holidays}
    return load_year(plan)


def _refused(fault: Fault, top: Table, tables: Sequence[Table]) -> Exception:
    if fault.part == "holiday" and fault.number:
        return tables[fault.number - 1].refuse(fault.words, fault.key)
    return top.refuse(fault.words, fault.part)


def load_calendar(folder: Path | None = None) -> WorkCalendar:
    """Load every ``<year>.toml`` under ``resources/calendar`` (or another folder).

    Raises:
        UserError: a file cannot be read or says something odd.
    """
    root = folder if folder is not None else resource("calendar")
    plans = [read_plan(path) for path in sorted(root.glob("*.toml"))]
    return WorkCalendar({plan.year: plan for plan in plans})


def with_plans(calendar: WorkCalendar, plans: Mapping[int, YearPlan]) -> WorkCalendar:
    """Return the calendar with other years, or the same ones differently, laid upon it."""
    return WorkCalendar({**calendar.plans, **plans}) if plans else calendar
