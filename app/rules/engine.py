"""check(case, pack, calendar, on): every finding and every due date; pure, no clock, no disk."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from datetime import date

from app.domain.calendar import WorkCalendar
from app.domain.case import Case
from app.domain.evidence import Explanation, ExplanationKind
from app.domain.stages import Stage
from app.rules.checks.closing import asked_at_closing
from app.rules.checks.table import TABLE
from app.rules.deadlines import all_deadlines
from app.rules.findings import Checkup, Deadline, Finding, Grade, State, Verdict
from app.rules.ground import Ground
from app.rules.pack import RulePack
from app.rules.rule_texts import Flag

_STAGES = {stage: place for place, stage in enumerate(Stage)}
_GRADES = {grade: place for place, grade in enumerate(Grade)}


def check(
    case: Case, pack: RulePack, calendar: WorkCalendar, on: date, *, national: RulePack | None = None
) -> Checkup:
    """Return findings and due dates of a case, seen from a day, under a pack and a calendar.

    Args:
        case: the case.
        pack: the region's pack (``RulePacks.for_cycle``).
        calendar: days off and worked weekends.
        on: the day that counts as today; what has not happened yet is no finding.
        national: the pack outer limits are taken from; the bottom of the pack's own chain if not given.
    """
    ground = Ground(case, pack, national or pack.root, calendar, on)
    ground.deadlines = all_deadlines(ground)
    found: list[Finding] = []
    satisfied: list[str] = []
    for row in TABLE:
        if ground.kind not in row.kinds or ground.form not in row.forms:
            continue
        if ground.silent(row.rule) and not row.even_if_silent:
            continue
        if ground.flag(row.rule, Flag.TEXT_ONLY):
            continue
        made = row.run(ground)
        if made is None:
            continue
        found += made
        if all(finding.grade is Grade.NOTE for finding in made):
            satisfied.append(row.rule)
    asked = list(asked_at_closing(ground, found))
    unsettled = {each.rule for each in asked}
    found += asked
    findings = _explained(_told_apart(_sorted(found)), case.explanations)
    return Checkup(
        on=on,
        region=pack.key,
        pack_version=pack.version,
        findings=findings,
        deadlines=tuple(_with_state(each, ground.deadlines, findings) for each in ground.deadlines),
        satisfied=tuple(rule for rule in satisfied if rule not in unsettled),
    )


def closes(explanation: Explanation, finding: Finding) -> bool:
    """Return whether a written reason closes a finding (product.md §0).

    A 说明 closes a 请说明 (or a 提示). A 如实说明 that tells what happened and what was done about it
    closes a 必须改 that nothing can mend any more; it closes a 请说明 as well.
    """
    if explanation.finding != finding.key or not explanation.what_happened.strip():
        return False
    if finding.grade is not Grade.MUST:
        return explanation.kind is not None
    return (
        finding.past_mending
        and explanation.kind is ExplanationKind.FRANK
        and bool(explanation.made_good.strip())
    )


def _explained(found: Iterable[Finding], explanations: tuple[Explanation, ...]) -> tuple[Finding, ...]:
    by_key: dict[str, list[Explanation]] = {}
    for explanation in explanations:
        by_key.setdefault(explanation.finding, []).append(explanation)
    made = []
    for finding in found:
        fitting = next((each for each in by_key.get(finding.key, ()) if closes(each, finding)), None)
        made.append(dataclasses.replace(finding, explanation=fitting) if fitting else finding)
    return tuple(made)


_MISSED = (Verdict.OVERDUE, Verdict.LATE, Verdict.SHORT)


def _with_state(
    deadline: Deadline, all_of_them: tuple[Deadline, ...], findings: tuple[Finding, ...]
) -> Deadline:
    """Return a missed due date with the state of what was found about it, once all of that is explained."""
    if deadline.verdict not in _MISSED:
        return deadline
    about = [each for each in findings if _is_about(each, deadline, all_of_them)]
    if not about or any(each.is_open for each in about):
        return deadline
    states = {each.state for each in about}
    worst = next((state for state in (State.FLAW, State.EXPLAINED) if state in states), None)
    return dataclasses.replace(deadline, state=worst) if worst is not None else deadline


def _is_about(finding: Finding, deadline: Deadline, all_of_them: tuple[Deadline, ...]) -> bool:
    """Whether a finding tells of this due date: same rule, same record, and same variant of several."""
    if finding.rule != deadline.rule:
        return False
    at = {(each.collection, each.record_id) for each in (finding.where, *finding.related)}
    place, _, more = finding.key.partition(":")[2].partition("~")[0].partition("#")
    at.add((place.partition("/")[0], place.partition("/")[2]))
    if not {(each.collection, each.record_id) for each in (deadline.where, deadline.start_at) if each} <= at:
        return False
    named = set(more.split("-"))
    others = {each.variant for each in all_of_them if each.rule == deadline.rule} - {deadline.variant, ""}
    return (not deadline.variant or deadline.variant in named) and not named & others


def _sorted(found: Iterable[Finding]) -> list[Finding]:
    return sorted(found, key=lambda each: (_GRADES[each.grade], _STAGES[each.stage]))


def _told_apart(found: Iterable[Finding]) -> list[Finding]:
    """Number findings that would share a key, in order."""
    seen: Counter[str] = Counter()
    made = []
    for finding in found:
        seen[finding.key] += 1
        number = seen[finding.key]
        key = finding.key if number == 1 else f"{finding.key}~{number}"
        made.append(finding if number == 1 else dataclasses.replace(finding, key=key))
    return made
