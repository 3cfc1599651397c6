"""The case: everything that one union's bargaining of one year is made of, as one immutable value."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self, cast

from app.domain.agreement import Agreement, Clause, ClauseFigure
from app.domain.ballots import CountSheet, NamedVote
from app.domain.closing import StageClosing
from app.domain.congress import Attendance, Congress, Delegate, Resolution, Session
from app.domain.data_import import DataImport
from app.domain.evaluation import Evaluation, Poll, PollSheet
from app.domain.evidence import Evidence, Explanation, MadeDocument, MadePackage
from app.domain.facts import Kind, Record, facts_of
from app.domain.filing import Amendment, Filing, Publication, Review, Signing
from app.domain.fulfilment import FulfilmentReport, Inspection, InspectionItem, Obligation
from app.domain.negotiation import (
    Briefing,
    Disclosure,
    DisclosureGap,
    Meeting,
    OutsideFigure,
    Position,
    Suspension,
    YearFigures,
)
from app.domain.offer import Delivery, Escalation, Offer, OfferItem, Reminder, Reply, UnionReport
from app.domain.representatives import (
    Adviser,
    Candidate,
    Count,
    Election,
    InstructorVisit,
    Mandate,
    Recorder,
    Replacement,
    Representative,
    Training,
)
from app.domain.roster import StaffGroup
from app.domain.survey import AnswerCount, BottomLine, Hearing, Question, Survey, Topic
from app.domain.union import CoveredEnterprise, Cycle, Department, Enterprise, Union


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One union, one cycle, all records. Field names are the names of tables and of keys in a case file.

    The first four hold exactly one record, whose id equals the field name; all others hold any number, in the
    order in which the user put them.
    """

    cycle: Cycle = Cycle(id="cycle")  # noqa: RUF009 - frozen, so one for all is right
    union: Union = Union(id="union")  # noqa: RUF009
    enterprise: Enterprise = Enterprise(id="enterprise")  # noqa: RUF009
    congress: Congress = Congress(id="congress")  # noqa: RUF009
    departments: tuple[Department, ...] = ()
    covered_enterprises: tuple[CoveredEnterprise, ...] = ()
    data_imports: tuple[DataImport, ...] = ()
    staff_groups: tuple[StaffGroup, ...] = ()
    surveys: tuple[Survey, ...] = ()
    questions: tuple[Question, ...] = ()
    answer_counts: tuple[AnswerCount, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    topics: tuple[Topic, ...] = ()
    bottom_lines: tuple[BottomLine, ...] = ()
    elections: tuple[Election, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    counts: tuple[Count, ...] = ()
    count_sheets: tuple[CountSheet, ...] = ()
    named_votes: tuple[NamedVote, ...] = ()
    representatives: tuple[Representative, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    advisers: tuple[Adviser, ...] = ()
    recorders: tuple[Recorder, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    trainings: tuple[Training, ...] = ()
    instructor_visits: tuple[InstructorVisit, ...] = ()
    offers: tuple[Offer, ...] = ()
    offer_items: tuple[OfferItem, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    replies: tuple[Reply, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    union_reports: tuple[UnionReport, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    disclosure_gaps: tuple[DisclosureGap, ...] = ()
    year_figures: tuple[YearFigures, ...] = ()
    outside_figures: tuple[OutsideFigure, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    positions: tuple[Position, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    briefings: tuple[Briefing, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    clauses: tuple[Clause, ...] = ()
    clause_figures: tuple[ClauseFigure, ...] = ()
    delegates: tuple[Delegate, ...] = ()
    sessions: tuple[Session, ...] = ()
    attendances: tuple[Attendance, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    signings: tuple[Signing, ...] = ()
    filings: tuple[Filing, ...] = ()
    reviews: tuple[Review, ...] = ()
    publications: tuple[Publication, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    inspection_items: tuple[InspectionItem, ...] = ()
    fulfilment_reports: tuple[FulfilmentReport, ...] = ()
    polls: tuple[Poll, ...] = ()
    poll_sheets: tuple[PollSheet, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    made_documents: tuple[MadeDocument, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    stage_closings: tuple[StageClosing, ...] = ()
    made_packages: tuple[MadePackage, ...] = ()

    def records(self, collection: str) -> tuple[Record, ...]:
        """Return the records of a collection; a single record comes as a tuple of one."""
        held = getattr(self, collection)
        return (held,) if isinstance(held, Record) else cast("tuple[Record, ...]", held)

    def find(self, collection: str, record_id: str) -> Any:
        """Return the record with this id, or ``None`` (also for an empty id)."""
        return next((held for held in self.records(collection) if held.id == record_id), None)

    def everything(self) -> Iterator[tuple[str, Record]]:
        """Yield every record with the name of its collection, in the order of the declaration."""
        for collection in collections():
            for held in self.records(collection):
                yield collection, held

    def with_record(self, collection: str, held: Record) -> Self:
        """Return a case in which this record is added, or stands in place of the one with its id."""
        if is_single(collection):
            return self._with(collection, held)
        old = self.records(collection)
        if any(other.id == held.id for other in old):
            new = tuple(held if other.id == held.id else other for other in old)
        else:
            new = (*old, held)
        return self._with(collection, new)

    def without(self, collection: str, record_id: str) -> Self:
        """Return a case without this record and without any link to it."""
        kept = tuple(other for other in self.records(collection) if other.id != record_id)
        case = self._with(collection, kept)
        for other_collection, held in self.linked_to(collection, record_id):
            if (other_collection, held.id) != (collection, record_id):
                case = case.with_record(other_collection, unlinked(held, collection, record_id))
        return case

    def linked_to(self, collection: str, record_id: str) -> tuple[tuple[str, Record], ...]:
        """Return every record, with its collection, that refers to this one."""
        return tuple(
            (other_collection, held)
            for other_collection, held in self.everything()
            if unlinked(held, collection, record_id) is not held
        )

    def _with(self, collection: str, held: Any) -> Self:
        changes: dict[str, Any] = {collection: held}
        return dataclasses.replace(self, **changes)


def unlinked(held: Record, collection: str, record_id: str) -> Record:
    """Return the record without its links to another one; the very same object if it has none."""
    changes: dict[str, Any] = {}
    for name, fact in facts_of(type(held)).items():
        if fact.refers_to == collection:
            value = getattr(held, name)
            if fact.kind is Kind.REF and value == record_id:
                changes[name] = ""
            elif fact.kind is Kind.REFS and record_id in value:
                changes[name] = tuple(other for other in value if other != record_id)
    return held.replace(**changes) if changes else held


def collections() -> dict[str, type[Record]]:
    """Return collection name → record class, in the order of :class:`Case`."""
    return _COLLECTIONS


def is_single(collection: str) -> bool:
    """True for the four collections that hold exactly one record."""
    return collection in _SINGLES


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact that differs between two cases. ``fact`` is empty when the whole record came or went."""

    collection: str
    record_id: str
    fact: str
    before: Any
    after: Any


def diff(old: Case, new: Case) -> tuple[FactChange, ...]:
    """Return what changed between two cases, fact by fact, records that came or went as a whole."""
    changes: list[FactChange] = []
    for collection, record_class in collections().items():
        before = {held.id: held for held in old.records(collection)}
        after = {held.id: held for held in new.records(collection)}
        for record_id in [*before, *(key for key in after if key not in before)]:
            was, now = before.get(record_id), after.get(record_id)
            if was is None or now is None:
                changes.append(FactChange(collection, record_id, "", was, now))
                continue
            for name in facts_of(record_class):
                if getattr(was, name) != getattr(now, name):
                    changes.append(
                        FactChange(collection, record_id, name, getattr(was, name), getattr(now, name))
                    )
    return tuple(changes)


def _read_declaration() -> tuple[dict[str, type[Record]], frozenset[str]]:
    hints = typing.get_type_hints(Case)
    found: dict[str, type[Record]] = {}
    singles = set()
    for field in dataclasses.fields(Case):
        hint = hints[field.name]
        if isinstance(hint, type):
            singles.add(field.name)
            found[field.name] = hint
        else:
            found[field.name] = typing.get_args(hint)[0]
    return found, frozenset(singles)


_COLLECTIONS, _SINGLES = _read_declaration()
