"""The three worked years, and small changes to them written in the words of the forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from app.domain.calendar import WorkCalendar
from app.domain.case import Case, collections
from app.domain.facts import Fact, Kind, Record, facts_of
from app.exchange.case_file import load_case
from app.paths import resource
from app.rules.calendars import load_calendar
from app.rules.pack import RulePacks, load_packs

NAMES = {
    "linyi": "shandong-linyi-single",
    "weihai": "weihai-express-industry",
    "hedong": "tianjin-hedong-area",
}
PACKS = {"linyi": "shandong", "weihai": "shandong", "hedong": "tianjin"}
ON = date(2026, 11, 10)


@cache
def worked(name: str) -> Case:
    return load_case(resource(f"examples/{NAMES[name]}.json").read_bytes())


@cache
def packs() -> RulePacks:
    return load_packs()


@cache
def calendar() -> WorkCalendar:
    return load_calendar()


def changed(case: Case, change: Mapping[str, Any]) -> Case:
    """Return the case with ``remove`` (places), ``set`` (place → label → value) and ``add`` applied."""
    for place in change.get("remove", ()):
        collection, _, record_id = place.partition("/")
        for held in case.records(collection) if record_id == "*" else (case.find(collection, record_id),):
            assert held is not None, place
            case = case.without(collection, held.id)
    for place, facts in change.get("set", {}).items():
        collection, _, record_id = place.partition("/")
        group = case.records(collection) if record_id == "*" else (case.find(collection, record_id),)
        for held in group:
            assert held is not None, place
            case = case.with_record(collection, with_facts(held, facts))
    for number, added in enumerate(change.get("add", ())):
        facts = dict(added)
        collection = facts.pop("in")
        blank = collections()[collection](id=f"added-{number}")
        case = case.with_record(collection, with_facts(blank, facts))
    return case


def with_facts(held: Record, facts: Mapping[str, Any]) -> Record:
    declared = {fact.label: fact for fact in facts_of(type(held)).values()}
    return held.replace(**{declared[label].name: value_of(declared[label], v) for label, v in facts.items()})


def value_of(fact: Fact, value: Any) -> Any:
    """Return a TOML value as a fact's value; the text 空 empties it."""
    if value == "空":
        return fact.empty
    if fact.kind is Kind.CHOICE:
        assert fact.choices is not None
        return next(member for member in fact.choices if value in (member.label, member.value))
    if fact.kind is Kind.DECIMAL:
        return Decimal(str(value))
    if fact.kind in (Kind.TEXTS, Kind.REFS, Kind.INTEGERS):
        return tuple(value)
    assert isinstance(value, fact.python_type), (fact.label, value)
    assert not (fact.kind is Kind.DATE and isinstance(value, datetime)), fact.label
    return value
