"""Stage 7: the yearly report (law.md F)."""

from __future__ import annotations

from app.rules.findings import Deadline, Grade, Hardness, Verdict
from app.rules.ground import Found, Ground


def report_freq(ground: Ground) -> Found:
    """Once in every contract year the employer reports (鲁工资 31)."""
    due = ground.due("report_freq")
    if not due:
        return None
    return [
        ground.finding(
            "report_freq",
            Grade.MUST if each.hardness is Hardness.HARD else Grade.EXPLAIN,
            each.where,
            f"{each.event}，没有{'公布工资履行情况' if each.variant else '履约报告'}的记录",
            why=each.why,
            sources=each.sources,
            past_mending=True,
            key_at=each.start_at,
            more=_which(each),
        )
        for each in due
        if each.verdict is Verdict.OVERDUE
    ]


def _which(due: Deadline) -> str:
    """Which stretch is meant: the year, or the half year by its last day."""
    if due.due is None:
        return ""
    return due.due.isoformat() if due.variant else str(due.due.year)
