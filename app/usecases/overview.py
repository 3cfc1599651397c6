"""What 首页 tells: the next step and its due day, the seven stages, due dates, findings, papers, backups."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time

from app.domain.case import Case
from app.domain.offer_links import offer_deliveries
from app.rules.dates_in_words import day_words, short_day
from app.rules.findings import Checkup, Deadline, Finding, Grade, State
from app.rules.odd_days import as_of
from app.rules.pack import RulePack
from app.rules.required_papers import PaperNeed, required_papers
from app.rules.standing import NextStep, Standing, mend_first, next_step, standings


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything 首页 shows, in plain values.

    Attributes:
        step: the one next thing; its words already name the region's papers.
        due: the open due date that belongs to it, if any. days_left: until then; negative when past.
        stages: the seven stages. open_due: what is still to come or overdue, by date.
        grades: open findings of each grade, gravest first.
        papers_due, papers_there: how many papers must exist by today and how many do. missing: those that do not.
    """

    step: NextStep
    due: Deadline | None
    days_left: int | None
    stages: tuple[Standing, ...]
    open_due: tuple[Deadline, ...]
    grades: tuple[tuple[Grade, tuple[Finding, ...]], ...]
    papers_due: int
    papers_there: int
    missing: tuple[PaperNeed, ...]


CHOOSE_REGION = NextStep(
    None,
    "region",
    "先选地区",
    "期限、文书的名称和检查都跟着地区的规则走。还没有选，所以什么都没有检查。",
    "选地区",
)
"""Comes before every other step: without a rule pack nothing is checked and no paper can be made."""


def overview(case: Case, pack: RulePack, checkup: Checkup, on: date) -> Overview:
    """Return what 首页 tells about a case on a day; pure."""
    so_far = as_of(case, on)
    step = CHOOSE_REGION
    if checkup.pack_version:
        step = named_step(mend_first(next_step(so_far), checkup), case, pack, on)
    open_due = tuple(
        sorted(
            (row for row in checkup.deadlines if row.presses and row.due is not None),
            key=lambda row: (row.due or date.max, row.rule),
        )
    )
    due = next((row for row in open_due if step.rule and row.rule == step.rule), None)
    needed = [paper for paper in required_papers(case, pack, on) if paper.due]
    missing = tuple(paper for paper in needed if not paper.have and not paper.missing_reason)
    return Overview(
        step=step,
        due=due,
        days_left=days_left(due, on) if due else None,
        stages=standings(so_far),
        open_due=open_due,
        grades=tuple(
            (
                grade,
                tuple(f for f in checkup.findings if f.grade is grade and (f.is_open or grade is Grade.NOTE)),
            )
            for grade in Grade
        ),
        papers_due=len(needed),
        papers_there=len(needed) - len(missing),
        missing=missing,
    )


def named_step(step: NextStep, case: Case, pack: RulePack, on: date | None = None) -> NextStep:
    """Return the step with the region's names of papers in its words, and what already happened in its reason."""
    proof = _delivered_words(case, pack, on or date.min) if step.rule == "reply_due" else ""
    return replace(
        step,
        headline=name_papers(step.headline, case, pack),
        reason=proof + name_papers(step.reason, case, pack),
        action=name_papers(step.action, case, pack),
        aside=name_papers(step.aside, case, pack),
    )


def _delivered_words(case: Case, pack: RulePack, on: date) -> str:
    """要约书 3月24日 10:20 由行政部李红梅签收; where it went to several, how many and the last of them."""
    got = [row for _, row in offer_deliveries(case) if row.received_on]
    if not got:
        return ""
    last = max(got, key=lambda row: row.received_on or date.min)
    assert last.received_on is not None
    day = short_day(last.received_on, on)
    if last.sent_at is not None and last.sent_at.date() == last.received_on and last.sent_at.time() != time():
        day += f" {last.sent_at.hour}:{last.sent_at.minute:02}"
    by = f"由{last.receiver_post}{last.receiver}" if last.receiver else ""
    done = "拒收" if last.refused else "签收"
    if len(got) > 1:
        return f"{pack.wording.offer}送达 {len(got)} 次，最近一次 {day} {by}{done}。"
    return f"{pack.wording.offer} {day} {by}{done}。"


def name_papers(words: str, case: Case, pack: RulePack) -> str:
    """Put the region's names for ``{offer}``, ``{reminder}`` and ``{agreement}``."""
    words = words.replace("{offer}", pack.wording.offer).replace("{reminder}", pack.wording.reminder)
    return words.replace("{agreement}", pack.wording.agreement(case.cycle.agreement_kind, case.cycle.form))


def days_left(row: Deadline, on: date) -> int | None:
    """Days until the last day of a due date by the stricter reading; negative when it is past.

    Where the holidays of a year are not loaded it is past only after the latest day it can be, and 0 in between.
    """
    last = row.due_holiday or row.due
    if last is None:
        return None
    left = (last - on).days
    if left < 0 and row.latest is not None:
        return min(0, (row.latest - on).days)
    return left


def left_words(row: Deadline, on: date) -> str:
    """Return 剩 3 天, 今天到期, 已超期 2 天, or 约 6月2日（估算）; 程序瑕疵 or 已说明 once that was written."""
    if row.state is not State.OPEN:
        return row.state.label
    if row.estimated and row.due:
        return f"约 {day_words(row.due, on)}（估算）"
    left = days_left(row, on)
    if left is None:
        return ""
    if left < 0:
        return f"已超期 {-left} 天"
    if row.latest is not None:
        return f"最少剩 {left} 天" if left else "这几天到期"
    return "今天到期" if left == 0 else f"剩 {left} 天"
