"""To which stage a record belongs: what is wrong with its figures or dates stops that stage, not another one."""

from __future__ import annotations

from app.domain.case import Case
from app.domain.congress import Purpose
from app.domain.offer import ReportKind
from app.domain.stages import Stage

_OF_COLLECTION: dict[str, Stage] = {
    **dict.fromkeys(
        ("surveys", "questions", "answer_counts", "hearings", "topics", "bottom_lines"), Stage.SURVEY
    ),
    **dict.fromkeys(
        (
            "elections",
            "candidates",
            "representatives",
            "replacements",
            "advisers",
            "recorders",
            "mandates",
            "trainings",
            "instructor_visits",
        ),
        Stage.REPRESENTATIVES,
    ),
    **dict.fromkeys(
        ("offers", "offer_items", "deliveries", "replies", "reminders", "escalations"), Stage.OFFER
    ),
    **dict.fromkeys(
        (
            "disclosures",
            "disclosure_gaps",
            "year_figures",
            "outside_figures",
            "meetings",
            "positions",
            "suspensions",
            "briefings",
            "agreements",
            "clauses",
            "clause_figures",
        ),
        Stage.NEGOTIATION,
    ),
    **dict.fromkeys(
        (
            "congress",
            "delegates",
            "sessions",
            "attendances",
            "resolutions",
            "counts",
            "count_sheets",
            "named_votes",
        ),
        Stage.CONGRESS,
    ),
    **dict.fromkeys(("signings", "filings", "reviews", "publications", "union_reports"), Stage.FILING),
    **dict.fromkeys(
        (
            "amendments",
            "obligations",
            "inspections",
            "inspection_items",
            "fulfilment_reports",
            "polls",
            "poll_sheets",
        ),
        Stage.FULFILMENT,
    ),
    "evaluations": Stage.FULFILMENT,
}

_OF_THE_YEAR = frozenset({"union", "cycle", "enterprise", "departments", "covered_enterprises"})
_LATER_FACTS = frozenset(
    {"representatives_published_on", "representatives_unpublished_note", "sealed_on", "union_sealed_on"}
)
"""Written of a covered enterprise in the course of the year, not in 设置."""

_OF_PURPOSE = {
    Purpose.ELECT_REPRESENTATIVES: Stage.REPRESENTATIVES,
    Purpose.HEAR_FULFILMENT: Stage.FULFILMENT,
}

_OF_REPORT = {
    ReportKind.OFFER_FILED: Stage.OFFER,
    ReportKind.ASK_FOR_SUPPORT: Stage.OFFER,
    ReportKind.BEFORE_BARGAINING: Stage.NEGOTIATION,
    ReportKind.CONGRESS: Stage.CONGRESS,
    ReportKind.AMENDMENT: Stage.FULFILMENT,
    ReportKind.STATISTICS: Stage.FULFILMENT,
}


def stage_of_record(case: Case, collection: str, record_id: str) -> Stage | None:
    """Return the stage a record belongs to; ``None`` for what belongs to the whole year (union, enterprise)."""
    held = case.find(collection, record_id)
    if collection == "counts" and held is not None:
        session = case.find("sessions", held.session)
        if held.election or any(each.recall_count == record_id for each in case.replacements):
            return Stage.REPRESENTATIVES
        return _of_session(session.purpose) if session is not None else Stage.CONGRESS
    if collection == "sessions" and held is not None:
        return _of_session(held.purpose)
    if collection == "union_reports" and held is not None:
        return _OF_REPORT.get(held.kind, Stage.FILING)
    if collection == "evidence":
        return held.stage if held is not None else None
    return _OF_COLLECTION.get(collection)


def is_of_year(collection: str, fact: str) -> bool:
    """Return whether a fact is written in 设置 and so belongs to no stage."""
    return collection in _OF_THE_YEAR and fact not in _LATER_FACTS


def _of_session(purpose: Purpose | None) -> Stage:
    return _OF_PURPOSE.get(purpose, Stage.CONGRESS) if purpose is not None else Stage.CONGRESS
