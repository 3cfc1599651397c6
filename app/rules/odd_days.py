"""Dates that cannot be: of something that happened but lies ahead, or years away from the year of the case.

Custom, not law. What is a plan, a limit or a term may lie ahead; a term and what is older than the year may be far.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from app.domain.case import Case, collections
from app.domain.facts import Kind, Record, facts_of

FAR_YEARS = 3
"""A date further than so many years from the year of the case is a slip of the pen, or wants a word."""

_AHEAD = frozenset(
    {
        ("agreements", "term_from"),
        ("agreements", "term_until"),
        ("cycle", "campaign_from"),
        ("cycle", "campaign_until"),
        ("cycle", "statistics_until"),
        ("elections", "meeting_on"),
        ("elections", "nominate_until"),
        ("elections", "taken_down_on"),
        ("elections", "tenure_from"),
        ("elections", "tenure_until"),
        ("elections", "voting_on"),
        ("hearings", "held_on"),
        ("inspection_items", "due_on"),
        ("inspections", "ended_on"),
        ("meetings", "held_on"),
        ("meetings", "next_meeting_on"),
        ("obligations", "due_on"),
        ("offers", "proposed_meeting"),
        ("offers", "reply_by"),
        ("publications", "taken_down_on"),
        ("reminders", "answer_by"),
        ("replies", "agreed_meeting"),
        ("sessions", "held_on"),
        ("sessions", "result_taken_down_on"),
        ("surveys", "ended_on"),
        ("suspensions", "until_day"),
        ("trainings", "held_on"),
        ("union_reports", "due_by_notice"),
    }
)
"""Plans, limits and terms: these may lie ahead."""

_ANY_YEAR = frozenset(
    {
        ("agreements", "term_from"),
        ("agreements", "term_until"),
        ("elections", "tenure_from"),
        ("elections", "tenure_until"),
        ("evidence", "on_day"),
        ("union", "founded_on"),
    }
)
"""Terms, and what may be older than the year."""

_OWN = frozenset({"explanations", "made_documents", "made_packages", "stage_closings"})
"""Written by the program with the day of the clock."""


def is_far(day: date, case: Case) -> bool:
    """Return whether a day lies further from the year of the case than work on it can."""
    return case.cycle.year is not None and abs(day.year - case.cycle.year) > FAR_YEARS


def odd_days(case: Case, on: date) -> Iterator[tuple[str, Record, list[tuple[str, date, bool]]]]:
    """Yield collection, record and its odd dates: fact, day, and whether it is far (else it only lies ahead)."""
    for collection, record_class in collections().items():
        dated = [
            name for name, fact in facts_of(record_class).items() if fact.kind in (Kind.DATE, Kind.MOMENT)
        ]
        if not dated or collection in _OWN:
            continue
        for held in case.records(collection):
            odd = []
            for name in dated:
                day = _day_of(getattr(held, name))
                if day is None:
                    continue
                far = (collection, name) not in _ANY_YEAR and is_far(day, case)
                if far or _is_ahead(collection, name, day, on):
                    odd.append((name, day, far))
            if odd:
                yield collection, held, odd


def as_of(case: Case, on: date) -> Case:
    """Return the case without days of what has not happened yet, so that they complete nothing."""
    for collection, held, odd in list(odd_days(case, on)):
        ahead = [name for name, day, _ in odd if day > on and (collection, name) not in _AHEAD]
        if ahead:
            blank: dict[str, Any] = dict.fromkeys(ahead)
            case = case.with_record(collection, dataclasses.replace(held, **blank))
    return case


def _is_ahead(collection: str, name: str, day: date, on: date) -> bool:
    return day > on and (collection, name) not in _AHEAD


def _day_of(value: date | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value
