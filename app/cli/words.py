"""Findings and due dates in lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from app.domain.case import Case
from app.rules.findings import Checkup, Deadline, Grade, Source, State, Verdict

if TYPE_CHECKING:
    from app.rules.term_answer import TermAnswer


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


def term_lines(region: str, rule: str, law_on: date, found: TermAnswer) -> Iterator[str]:
    """Yield what a rule says in a region: every value with its article and how well that was read.

    ``law_on`` is the day whose law was asked for.
    """
    text = found.text
    if text is None or text.silent:
        yield f"{region}：{rule} 法规未规定，以当地窗口要求为准。"
        for cell in found.others:
            read = f"（{cell.read.label}）" if cell.read is not None else ""
            yield f"      {cell.whom}：{cell.words.rstrip('。')} {'、'.join(_short(cell.sources))}{read}"
    elif found.since is not None:
        yield f"{region}：{rule} {text.title}，{_day(law_on)}还没有数值，最早的一条从{_day(found.since)}起。"
    elif not found.rows:
        yield f"{region}：{rule} {text.title}"
        yield f"      {text.says}"
        yield from _articles(text.sources)
    elif any(row.due is None for row in found.rows):
        yield f"{region}：{rule} {text.title}"
        yield f"      {text.says}"
    for row in found.rows:
        if row.due is None:
            yield f"  {row.rule}  {row.why}，{row.hardness.label}"
        elif row.verdict is Verdict.WINDOW:
            yield f"  {row.rule}  {row.what}：从 {_day(row.due)}起可以"
            yield f"      {row.why}"
        else:
            first, _ = deadline_lines(row)
            yield first
            yield f"      {row.why}"
        yield from _articles(row.sources)
    if found.pending:
        yield "      当地条文待核"


def _articles(sources: tuple[Source, ...]) -> Iterator[str]:
    for source in sources:
        yield f"      {source.full}（{source.read.label}）"


def _short(sources: tuple[Source, ...]) -> Iterator[str]:
    return (source.text for source in sources)


def _day(value: date | None) -> str:
    return f"{value.year}年{value.month}月{value.day}日" if value else ""
