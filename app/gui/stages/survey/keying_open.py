"""What is open in the paper entry, as rows: conflicts, numbers typed twice, numbers never printed, odd answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.answered_sheet import AnsweredSheet
from app.domain.survey import Question
from app.figures.keyed_sheets import FIRST, Conflict, KeyedSheets, answer_words, number_of
from app.gui.widgets.item_row import ActionView, ItemView

_SETTLE = (ActionView("settle", "核对"),)
_SHEET = (ActionView("open", "打开改", "pencil"), ActionView("remove", "移走"))


def conflict_id(conflict: Conflict) -> str:
    """The row of a conflict."""
    return f"{conflict.number}/{conflict.question}"


def question_name(questions: Iterable[Question], question_id: str) -> str:
    """``第3题 岗位``; of the whole sheet when there is none."""
    question = next((each for each in questions if each.id == question_id), None)
    return f"第{question.number or '？'}题 {question.stem}" if question is not None else "这份算不算数"


def open_items(
    questions: Sequence[Question], found: KeyedSheets, sheets: Sequence[AnsweredSheet]
) -> list[ItemView]:
    """The rows, what stops the entry from being closed first."""
    rows = [
        ItemView(
            id=conflict_id(each),
            name=f"{each.number} {question_name(questions, each.question)}",
            remark=f"第一遍 {each.first}；第二遍 {each.second}",
            shape="must",
            actions=_SETTLE,
        )
        for each in found.conflicts
    ]
    by_id = {sheet.id: sheet for sheet in sheets}
    for twice in found.duplicates:
        for sheet_id in twice.ids:
            sheet = by_id.get(sheet_id)
            if sheet is not None:
                rows.append(_sheet_row(sheet, "编号重复", _some_answers(questions, sheet)))
    shown = {row.id for row in rows}
    beyond = set(found.beyond)
    for sheet in sorted(sheets, key=lambda each: (each.number, each.keyed)):
        if sheet.number in beyond and sheet.id not in shown:
            rows.append(_sheet_row(sheet, "编号不在印制的份数里", ""))
            shown.add(sheet.id)
    typed = {(sheet.number, sheet.keyed): sheet for sheet in sheets}
    for odd in found.impossible:
        held = typed.get((odd.number, odd.keyed))
        first = held is not None and held.id not in shown
        rows.append(
            ItemView(
                id=held.id if held is not None and first else f"{odd.number}?{odd.keyed}?{odd.question}",
                name=f"{odd.number} {question_name(questions, odd.question)}",
                remark=f"{odd.why}，这题不算",
                shape="explain",
                actions=_SHEET[:1] if first else (),
            )
        )
        if held is not None:
            shown.add(held.id)
    return rows


def _sheet_row(sheet: AnsweredSheet, why: str, answers: str) -> ItemView:
    keyed = "第一遍" if sheet.keyed == FIRST else "第二遍"
    number = sheet.number if number_of(sheet.number) else "没有编号"
    return ItemView(
        id=sheet.id,
        name=f"{number} {why}",
        remark="：".join(part for part in (keyed, answers) if part),
        shape="must",
        actions=_SHEET,
    )


def _some_answers(questions: Sequence[Question], sheet: AnsweredSheet, most: int = 4) -> str:
    """Enough to find the paper again."""
    given = [each for each in questions if each.id in sheet.answers][:most]
    return "；".join(answer_words(each, sheet) for each in given)
