"""When a record is more than an empty form: what has to be written before it counts as something that happened.

Custom, not law: an offer that was never issued is no offer yet, a reply without a day no reply. The next step, the
shapes of stages and steps and the red button all ask here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.case import Case
from app.domain.facts import Kind, Record, facts_of

EVENTS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "surveys": (("issued",), ("returned",), ("valid",)),
    "questions": (("stem",),),
    "answer_counts": (("numbers",),),
    "hearings": (("held_on",), ("opinions",)),
    "topics": (("name", "decision"),),
    "representatives": (("name",),),
    "elections": (("designated_on",), ("determined_on",), ("published_on",)),
    "candidates": (("name",),),
    "counts": (("in_favour",), ("valid",), ("returned",)),
    "recorders": (("name",),),
    "mandates": (("signed_on",), ("to_name",)),
    "advisers": (("name",),),
    "replacements": (("vacant_on",), ("filled_on",)),
    "trainings": (("held_on",),),
    "instructor_visits": (("on_day",),),
    "offers": (("issued_on",),),
    "offer_items": (("topic",), ("claim",)),
    "deliveries": (("received_on",),),
    "replies": (("conclusion", "replied_on"), ("conclusion", "reached_union_on")),
    "reminders": (("issued_on",),),
    "escalations": (("step", "sent_on"),),
    "union_reports": (("reported_on",),),
    "disclosures": (("provided_on",),),
    "disclosure_gaps": (("item",),),
    "meetings": (("held_on",),),
    "suspensions": (("from_day",),),
    "briefings": (("told_on",),),
    "agreements": (("agreed_on",),),
    "clauses": (("wording",), ("subject",)),
    "sessions": (("held_on",), ("agenda_published_on",)),
    "resolutions": (("resolved_on",), ("number",)),
    "signings": (("signed_on",),),
    "filings": (("filed_on",), ("received_on",)),
    "reviews": (("opinion",),),
    "publications": (("published_on",),),
    "amendments": (("decided_on",),),
    "obligations": (("what",), ("clause",)),
    "inspections": (("started_on",),),
    "inspection_items": (("result",),),
    "fulfilment_reports": (("reported_on",),),
    "polls": (("held_on",), ("valid",)),
}
"""Collection → groups of facts; a record with one whole group happened. Others: with anything but a link."""


def happened(collection: str, held: Record) -> bool:
    """Return whether what a record is about is written down."""
    groups = EVENTS.get(collection)
    if groups is not None:
        return any(all(_written(getattr(held, name)) for name in group) for group in groups)
    linking = (Kind.REF, Kind.REFS)
    return any(
        _written(getattr(held, name))
        for name, fact in facts_of(type(held)).items()
        if fact.kind not in linking
    )


def events(case: Case, collection: str) -> tuple[Record, ...]:
    """Return the records of a collection that happened."""
    return tuple(held for held in case.records(collection) if happened(collection, held))


_GIVEN = frozenset({"side", "purpose", "addressee"})
"""What a new record starts with by itself: which of several lists it belongs to, and whom an offer goes to."""


def is_written(held: Record) -> bool:
    """Return whether anything of a record's own was filled in: neither links nor what it started with count."""
    linking = (Kind.REF, Kind.REFS)
    return any(
        _written(getattr(held, name))
        for name, fact in facts_of(type(held)).items()
        if fact.kind not in linking and name not in _GIVEN
    )


def written(case: Case, *named: str) -> tuple[Any, ...]:
    """Return the records of these collections that are more than the empty form somebody added."""
    return tuple(held for collection in named for held in case.records(collection) if is_written(held))


def _written(value: object) -> bool:
    return value is not None and value not in ("", ())
