"""Dates that cannot be, or want a word: ahead of today, or years away from the year of the case."""

from __future__ import annotations

from app.domain.facts import facts_of
from app.rules.findings import Finding, Grade, Where
from app.rules.ground import Found, Ground
from app.rules.odd_days import odd_days
from app.rules.record_names import name_of


def data_odd_day(ground: Ground) -> Found:
    """What happened lies behind, and near the year it belongs to; one finding for each record."""
    found: list[Finding] = []
    for collection, held, odd in odd_days(ground.case, ground.on):
        name, day, far = odd[0]
        label = facts_of(type(held))[name].label
        written = f"{day.year}年{day.month}月{day.day}日"
        said = f"离本年度 {ground.case.cycle.year} 年太远" if far else "还没到这一天"
        more = f"，另有 {len(odd) - 1} 个日期也要核对" if len(odd) > 1 else ""
        found.append(
            ground.finding(
                "data_odd_day",
                Grade.EXPLAIN,
                Where(collection, held.id, name),
                f"{name_of(ground.case, held)}：{label}写的是{written}，{said}{more}",
                related=[Where(collection, held.id, other) for other, _, _ in odd[1:]],
            )
        )
    return found or None
