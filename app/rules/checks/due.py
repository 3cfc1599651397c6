"""From a due date to a finding: the one way lateness is graded (law.md K, cases' 判定约定)."""

from __future__ import annotations

from collections.abc import Callable

from app.rules.findings import Deadline, Finding, Grade, Hardness, Verdict
from app.rules.ground import Found, Ground

Say = Callable[[Deadline], str]


def grade_of(deadline: Deadline) -> Grade | None:
    """Return how a due date is graded by itself, ``None`` if it is kept or still running.

    Past 乙: 必须改 if the text behind it is hard, else 请说明. Between 甲 and 乙: 请说明, soft ones 提示.
    A period that is only planned to start is a 提示 once its day has passed, because the plan can still move.
    """
    late = deadline.verdict in (Verdict.LATE, Verdict.OVERDUE)
    if deadline.hardness is Hardness.EXTERNAL or not (late or deadline.verdict is Verdict.DONE_BETWEEN):
        return None
    if deadline.estimated:
        return Grade.NOTE if late else None
    if deadline.hardness is Hardness.HARD:
        return Grade.MUST if late else Grade.EXPLAIN
    return Grade.EXPLAIN if late else Grade.NOTE


def late_finding(ground: Ground, deadline: Deadline, say: Say, *, more: str = "") -> Finding | None:
    """Return the finding of one due date, ``None`` if it is kept or still running."""
    grade = grade_of(deadline)
    if grade is None:
        return None
    tail = ""
    if deadline.verdict is Verdict.DONE_BETWEEN and deadline.due is not None:
        tail = "，原日已过，周末也顺延的话没有过"
        if deadline.latest is not None:
            tail = "，那一年的放假安排还没装，过没过还说不准"
        if deadline.actual and deadline.due_weekend and deadline.actual > deadline.due_weekend:
            tail = "，不扣中止的日子已经过了，扣掉的话没有过"
    elif deadline.late_by:
        unit = "个工作日" if "工作日" in deadline.period else "天"
        tail = f"，{'晚' if deadline.actual else '已超期'} {deadline.late_by} {unit}"
    return ground.finding(
        deadline.rule,
        grade,
        deadline.where,
        f"{say(deadline)}{tail}",
        why=deadline.why,
        sources=deadline.sources,
        past_mending=grade is Grade.MUST,
        more="-".join(part for part in (deadline.variant, more) if part),
        key_at=deadline.start_at,
        related=(deadline.start_at,) if deadline.start_at else (),
    )


def late_findings(ground: Ground, rule: str, say: Say) -> Found:
    """Return the findings of all due dates of a rule; ``None`` if the rule has none yet."""
    due = ground.due(rule)
    if not due:
        return None
    made = [late_finding(ground, deadline, say) for deadline in due]
    return [finding for finding in made if finding is not None]


def told(ground: Ground, deadline: Deadline, doing: str) -> str:
    """Return ``4月2日（周四）才…，最迟应为3月31日（周二）`` or ``到11月10日还没有…，最迟应为…``."""
    last = deadline.due_holiday or deadline.due
    limit = f"，最迟应为{ground.day(last)}" if last is not None else ""
    if last is not None and deadline.latest is not None:
        limit = f"，最迟的一天在{ground.day(last)}和{ground.day(deadline.latest)}之间"
    if deadline.actual is not None:
        return f"{ground.day(deadline.actual)}才{doing}{limit}"
    return f"到{ground.day(ground.on)}还没有{doing}{limit}"
