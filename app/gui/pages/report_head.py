"""What the head of 统计与报送 says: to whom, by when, how long there is, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.case import Case
from app.domain.offer import ReportKind, UnionReport
from app.gui.desk import Desk
from app.gui.pages.head_view import HeadView
from app.gui.widgets.item_row import ActionView
from app.rules.dates_in_words import day_words, short_day
from app.rules.standing import is_begun

if TYPE_CHECKING:
    from app.figures.profiles import Profile

EXPORT = "export"
TABLE = ActionView("table", "存为表格", "download")
PRINT = ActionView("print", "打印统计表", "print")
VERIFY = ActionView("verify", "核对报送包", "shield")
_NEAR_DAYS = 3


def report_head(desk: Desk, chosen: Profile | None, refusal: str) -> HeadView:
    """Return the head; ``chosen`` is the notice if it is known, ``refusal`` why no package can be frozen."""
    case, on = desk.case, desk.program.clock.today()
    due = next((each.due_by_notice for each in _reports(case) if each.due_by_notice), None)
    context = f"报{case.union.district_union or case.union.upper_union or '上级工会'}"
    chip, tone = "", "far"
    if due is None and chosen is not None and case.cycle.year:
        due = chosen.in_year(case.cycle.year).due
        if due is not None and chosen.issued_on.year != case.cycle.year:
            # A day of another year's notice is no deadline: nobody can be late for it. The sheet names the notice.
            chip, due = f"约 {due.month}月{due.day}日（估算）", None
    if due is not None and not is_begun(case):
        # Nobody hands in an empty case, so nobody is late with it.
        context += f"，{day_words(due, on)}前交，案卷还没开始"
    elif due is not None:
        context += f"，{day_words(due, on)}前"
        left = (due - on).days
        tone = "overdue" if left < 0 else "near" if left <= _NEAR_DAYS else "far"
        chip = f"已超期 {-left} 天" if left < 0 else "今天到期" if left == 0 else f"剩 {left} 天"
    handed_in = next((each.reported_on for each in _reports(case) if each.reported_on), None)
    if handed_in is not None:
        chip, tone = f"{short_day(handed_in, on)}已报送", "done"
    primary = ActionView(EXPORT, "导出报送包", "usb", refusal)
    return HeadView(
        title="统计与报送",
        context=context,
        due=chip,
        due_tone=tone,  # type: ignore[arg-type]
        primary=None if desk.read_only else primary,
        secondary=(VERIFY, TABLE, PRINT),
    )


def _reports(case: Case) -> list[UnionReport]:
    """The reports of statistics and summary to the upper union, the last one first."""
    return [each for each in case.union_reports if each.kind is ReportKind.STATISTICS][::-1]
