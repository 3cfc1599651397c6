"""What the page head of a stage says: title, how far it is, the nearest due date, and the one primary button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.stages import STAGES, Stage, row_of
from app.forms.layout import Page, Step
from app.gui.desk import Desk
from app.gui.forms.naming import in_region
from app.gui.pages.head_view import HeadView
from app.gui.pages.home_words import due_tone, latest_words
from app.gui.stages.stage_view import StageView
from app.gui.widgets.chip import ChipTone
from app.gui.widgets.item_row import ActionView
from app.rules.findings import Deadline, Verdict
from app.rules.standing import next_step, standings
from app.usecases.overview import left_words
from app.usecases.step_states import (
    calls_to_what_is_over,
    has_facts,
    is_led,
    is_over,
    lead_section,
    unfilled,
)

if TYPE_CHECKING:
    from app.usecases.make_document import DocumentRow

LONGEST_BUTTON = 10
"""Characters on a button (look: at most 10)."""
_TO_BE_MET = (Verdict.RUNNING, Verdict.OVERDUE)


def stage_head(
    page: Page, step: Step, desk: Desk, views: tuple[StageView, ...], paper: DocumentRow | None
) -> HeadView:
    """The head of a stage's page while ``step`` is shown.

    ``views`` are the parts of the step that may ask for buttons; ``paper`` is the step's first paper, ``None``
    while there is none.
    """
    assert page.stage is not None
    stage, case = page.stage, desk.case
    standing = next(each for each in standings(desk.so_far()) if each.stage is stage)
    closing = next((each for each in case.stage_closings if each.stage is stage), None)
    primary = _primary(page, step, desk, views, paper)
    secondary = [action for view in views for action in view.secondary()]
    if paper is not None and has_facts(step, case):
        offered = [*secondary, *([primary] if primary is not None else [])]
        if closing is not None and not any(action.icon == "print" for action in offered):
            secondary.insert(0, ActionView("print", _named("打印", paper.name), "print"))
        elif not secondary:
            secondary.append(ActionView("paper", "预览", "eye"))
    if not desk.read_only:
        if closing is not None:
            secondary.append(ActionView("reopen", "重新打开本阶段", "pencil"))
        else:
            secondary.append(ActionView("close", "结束本阶段", "check"))
    context = standing.progress.label
    if closing is not None and closing.closed_on is not None:
        context = f"{closing.closed_on.month}月{closing.closed_on.day}日已结束"
    what, due, tone = _due(page, desk)
    return HeadView(
        title=page.title,
        chip=f"第 {row_of(stage).number} 阶段",
        context=what or context,
        due=due,
        due_tone=tone,
        primary=primary,
        secondary=tuple(secondary),
    )


def _is_of(row: Deadline, page: Page) -> bool:
    """Whether the stage's own check tells of it too: all sessions are kept at the congress, whatever for."""
    elected = row.stage is Stage.REPRESENTATIVES and row.where.collection == "sessions"
    return (Stage.CONGRESS if elected else row.stage) is page.stage


def _due(page: Page, desk: Desk) -> tuple[str, str, ChipTone]:
    """What of the stage is due next, and its chip; empty when nothing is still to be met."""
    checkup = desk.checkup
    rows = [
        row
        for row in checkup.deadlines
        if _is_of(row, page) and row.due is not None and row.verdict in _TO_BE_MET
    ]
    rows = [row for row in rows if row.presses] or rows  # what is explained is told where nothing presses
    nearest = min(rows, key=lambda row: row.due or checkup.on, default=None)
    if nearest is None:
        return "", "", "near"
    when = left_words(nearest, checkup.on)
    if nearest.estimated:
        return nearest.what, when, "estimated"
    if not nearest.presses:
        return nearest.what, when, "plain"
    return nearest.what, f"{when}，{latest_words(nearest, checkup.on)}", due_tone(nearest, checkup.on)


def _primary(
    page: Page, step: Step, desk: Desk, views: tuple[StageView, ...], paper: DocumentRow | None
) -> ActionView | None:
    case = desk.case
    following = next_step(desk.so_far())
    kept = any(view.keeps_primary() for view in views)
    if following.stage is page.stage and following.step != step.key and not kept:
        return ActionView("next", in_region(desk.program, case, following.action), "arrow_right")
    closed = any(each.stage is page.stage for each in case.stage_closings)
    if closed and following.stage is not page.stage and not kept and page.stage is not STAGES[-1].stage:
        at = [row.stage for row in STAGES].index(page.stage) if page.stage is not None else 0
        return ActionView("following", f"去{STAGES[at + 1].stage.label}", "arrow_right")
    wanted = next((action for view in views if (action := view.primary()) is not None), None)
    if wanted is not None:
        return wanted
    if following.stage is page.stage:
        return ActionView("next", in_region(desk.program, case, following.action), "pencil")
    lead = lead_section(step)
    begin = None
    nothing = lead is not None and not any(map(lead.holds, case.records(lead.collection)))
    if lead is not None and nothing and not desk.read_only and not is_over(step, case, page.stage):
        begin = ActionView("begin", in_region(desk.program, case, lead.add), "plus")
    late = paper is not None and _is_late(paper, desk)
    if paper is not None and not late and has_facts(step, case) and is_led(step, case):
        return _for_paper(paper, read_only=desk.read_only)
    waits = not closed and not desk.read_only and unfilled(step, case) is not None
    if begin is not None and (waits or paper is not None or not has_facts(step, case)):
        return begin
    return ActionView("fill", "接着填这一条", "pencil") if waits else None


def _is_late(paper: DocumentRow, desk: Desk) -> bool:
    """Whether it could only be written with a day that is past: the notice of a meeting that is over."""
    made = paper.kept is not None and not paper.changed
    over = calls_to_what_is_over(paper.kind.key, paper.subject.id, desk.case, desk.program.clock.today())
    return over and not made


def _for_paper(paper: DocumentRow, *, read_only: bool) -> ActionView:
    """生成要约书; once it is kept as it stands, 打印要约书."""
    if read_only or (paper.kept is not None and not paper.changed):
        return ActionView("print", _named("打印", paper.name), "print")
    verb = "重新生成" if paper.changed else "生成"
    return ActionView("make", _named(verb, paper.name), "document")


def _named(verb: str, name: str) -> str:
    words = f"{verb}{name}"
    return words if len(words) <= LONGEST_BUTTON else f"{verb}这份文书"
