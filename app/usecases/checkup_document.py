"""Findings and due dates as plain data: what ``check --json`` prints and what travels in the package."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.domain.case import Case
from app.domain.evidence import Explanation
from app.rules.findings import Checkup, Deadline, Finding


def checkup_document(case: Case, checkup: Checkup) -> dict[str, Any]:
    """Return findings and deadlines with rule, grade, place, dates, articles and how well they were read."""
    return {
        "case": {"union": case.union.name, "year": case.cycle.year, "region": checkup.region},
        "on": checkup.on.isoformat(),
        "pack": {"region": checkup.region, "version": checkup.pack_version},
        "findings": [_finding_document(case, finding) for finding in checkup.findings],
        "deadlines": [deadline_document(deadline) for deadline in checkup.deadlines],
        "satisfied": list(checkup.satisfied),
    }


def _finding_document(case: Case, finding: Finding) -> dict[str, Any]:
    held = case.find(finding.where.collection, finding.where.record_id)
    return {
        "key": finding.key,
        "rule": finding.rule,
        "grade": finding.grade.label,
        "stage": finding.stage.label,
        "sentence": finding.sentence,
        "why": finding.why,
        "articles": [source.text for source in finding.sources],
        "sources": [
            {"article": source.text, "full": source.full, "read": source.read.label}
            for source in finding.sources
        ],
        "where": _where(finding.where),
        "about": held.title if held is not None else "",
        "related": [_where(place) for place in finding.related],
        "state": finding.state.label,
        "past_mending": finding.past_mending,
        "verify": finding.verify,
        "blocks": finding.blocks,
        "explanation": _explanation(finding.explanation),
    }


def _explanation(told: Explanation | None) -> dict[str, str | None] | None:
    if told is None:
        return None
    return {
        "kind": told.kind.label if told.kind is not None else "",
        "what_happened": told.what_happened,
        "made_good": told.made_good,
        "paper": told.paper,
        "written_by": told.written_by,
        "written_on": told.written_on.isoformat() if told.written_on is not None else None,
    }


def _where(place: Any) -> dict[str, str]:
    return {"collection": place.collection, "record": place.record_id, "field": place.fact}


def deadline_document(deadline: Deadline) -> dict[str, Any]:
    """Return one due date, all its readings and its why."""

    def iso(value: date | None) -> str | None:
        return value.isoformat() if value else None

    return {
        "rule": deadline.rule,
        "stage": deadline.stage.label,
        "what": deadline.what,
        "event": deadline.event,
        "start": iso(deadline.start),
        "period": deadline.period,
        "due": iso(deadline.due),
        "due_holiday_reading": iso(deadline.due_holiday),
        "due_weekend_reading": iso(deadline.due_weekend),
        "advised": iso(deadline.advised),
        "latest": iso(deadline.latest),
        "actual": iso(deadline.actual),
        "late_by": deadline.late_by,
        "verdict": deadline.verdict.label,
        "estimated": deadline.estimated,
        "turn": deadline.turn.label,
        "why": deadline.why,
        "outer": iso(deadline.outer),
        "articles": [source.text for source in deadline.sources],
        "sources": [
            {"article": source.text, "full": source.full, "read": source.read.label}
            for source in deadline.sources
        ],
    }
