"""Stage 7: the yearly report (law.md F)."""

from __future__ import annotations

from app.rules.findings import Grade, Verdict
from app.rules.ground import Found, Ground


def report_freq(ground: Ground) -> Found:
    """Once in every contract year the employer reports (鲁工资 31)."""
    due = ground.due("report_freq")
    if not due:
        return None
    return [
        ground.finding(
            "report_freq",
            Grade.MUST,
            each.where,
            f"{each.event}，没有履约报告的记录",
            why=each.why,
            sources=each.sources,
            past_mending=True,
            key_at=each.start_at,
            more=str(each.due.year) if each.due else "",
        )
        for each in due
        if each.verdict is Verdict.OVERDUE
    ]
