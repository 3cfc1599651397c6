"""What records, values and pages are called on the screen: links by title, words by region."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from app.domain.case import Case, collections
from app.domain.facts import Fact, Kind, Record, facts_of, join_names, show_value
from app.gui.widgets.date_reading import clock, weekday
from app.rules.wording import Wording
from app.usecases.program import Program

UNTITLED = "（还没有名称）"
GONE = "（已移除）"


def short_day(day: date, year: int | None) -> str:
    """4月3日 周五, with the year where it is not the case's own."""
    written = f"{day.month}月{day.day}日 {weekday(day)}"
    return written if day.year == year else f"{day.year}年{written}"


def shown(case: Case, fact: Fact, value: Any) -> str:
    """A value in words for lists and pickers; links are told by the title of what they lead to."""
    if value is None or value == "" or value == ():
        return ""
    if fact.kind is Kind.REF:
        held = case.find(fact.refers_to, value)
        return record_title(case, held) if held is not None else GONE
    if fact.kind is Kind.REFS:
        return join_names(
            record_title(case, held) for held in case.records(fact.refers_to) if held.id in value
        )
    if isinstance(value, datetime):
        return f"{short_day(value, case.cycle.year)} {clock(value)}"
    if isinstance(value, date):
        return short_day(value, case.cycle.year)
    return show_value(fact, value)


def record_title(case: Case, held: Record) -> str:
    """A short name of this very record, e.g. ``第1次 4月10日 周五``; says so when nothing is written yet."""
    declared = facts_of(type(held))
    parts = [shown(case, declared[name], getattr(held, name)) for name in held.TITLE]
    named = " ".join(part for part in parts if part)
    return named or f"{held.LABEL}{UNTITLED}"


def titles_of(case: Case, collection: str) -> list[tuple[str, str]]:
    """(id, title) of every record of a collection, equal titles told apart by their place in the list."""
    titles = [(held.id, record_title(case, held)) for held in case.records(collection)]
    names = [title for _, title in titles]
    return [
        (record_id, f"{title}（第 {at} 个）" if names.count(title) > 1 else title)
        for at, (record_id, title) in enumerate(titles, 1)
    ]


def label_of(collection: str) -> str:
    """What one record of a collection is called."""
    return collections()[collection].LABEL


def wording_of(program: Program, case: Case) -> Wording:
    """The words of the case's region; the national ones while the case names no region that is there."""
    return program.pack_or_national(case).wording


def in_region(program: Program, case: Case, words: str) -> str:
    """Fill ``{offer}`` and ``{agreement}`` with the region's names."""
    if "{" not in words:
        return words
    wording = wording_of(program, case)
    agreement = wording.agreement(case.cycle.agreement_kind, case.cycle.form)
    return words.replace("{offer}", wording.offer).replace("{agreement}", agreement)
