"""Findings and due dates in lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.domain.case import Case
from app.rules.findings import Checkup, Deadline, Grade, State, Verdict


def check_lines(case: Case, checkup: Checkup) -> Iterator[str]:
    """Yield what ``check`` tells, line by line."""
    yield f"{case.union.name} {case.cycle.title}，规则包 {checkup.region} {checkup.pack_version}，{_day(checkup.on)}"
    for grade in Grade:
        found = [finding for finding in checkup.findings if finding.grade is grade]
        yield f"{grade.label} {len(found)} 项"
        for finding in found:
            state = "" if finding.state is State.OPEN else f"（{finding.state.label}）"
            yield f"  {finding.rule}  {finding.sentence}{state}"
            for source in finding.sources:
                yield f"      {source.full}（{source.read.label}）"
    yield f"期限 {len(checkup.deadlines)} 项"
    for deadline in checkup.deadlines:
        yield from deadline_lines(deadline)


def deadline_lines(deadline: Deadline) -> Iterator[str]:
    """Yield one due date with its why and its articles."""
    due = _day(deadline.due) if deadline.due else "还算不出"
    if deadline.latest is not None and deadline.latest != deadline.due:
        due = f"{_day(deadline.due_holiday or deadline.due or deadline.latest)}至{_day(deadline.latest)}之间"
    if deadline.estimated:
        due = f"约{due}（估算）"
    done = f"，实际 {_day(deadline.actual)}" if deadline.actual else ""
    # Some days are no latest day: a window begins with it, a notice has to hang until it.
    if deadline.verdict is Verdict.WINDOW:
        when = f"{due}起"
    elif deadline.verdict is Verdict.SHORT:
        when = f"要到 {due}{done}"
    else:
        when = f"最迟 {due}{done}"
    yield f"  {deadline.rule}  {deadline.what}：{when}，{deadline.verdict.label}"
    yield f"      {deadline.why} {'、'.join(source.text for source in deadline.sources)}"


def _day(value: date | None) -> str:
    return f"{value.year}年{value.month}月{value.day}日" if value else ""
