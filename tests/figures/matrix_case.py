"""A survey of 120 sheets: departments (one of three people), kinds of post, a scale of three rows, hours worked over."""

from __future__ import annotations

from app.domain.answered_sheet import Answer, AnsweredSheet
from app.domain.case import Case
from app.domain.survey import GroupBy, Question, QuestionKind, Survey
from app.domain.union import AgreementKind, Cycle, Form
from app.figures.sheet_tally import group_questions, tally

SHOPS = ("装配", "铸造", "质检", "仓储")
GRADES = ("非常满意", "满意", "一般", "不满意", "非常不满意")
MATTERS = ("工资", "食堂", "班车")
QUESTIONS = (
    Question(
        id="shop", survey="s", number=1, kind=QuestionKind.SINGLE, stem="您的部门", options=SHOPS,
        asks_group=GroupBy.DEPARTMENT,
    ),
    Question(
        id="member", survey="s", number=2, kind=QuestionKind.SINGLE, stem="您是否会员", options=("是", "否"),
        asks_group=GroupBy.MEMBER,
    ),
    Question(
        id="content", survey="s", number=3, kind=QuestionKind.MATRIX, stem="您满意吗", options=GRADES, rows=MATTERS
    ),
    Question(id="hours", survey="s", number=4, kind=QuestionKind.NUMBER, stem="每月加班"),
)  # fmt: skip


def sheets() -> list[AnsweredSheet]:
    """Fifty of 装配, forty of 铸造, twenty-seven of 质检, three of 仓储; 铸造 is the least content with the meals."""
    found = []
    for at in range(120):
        shop = 0 if at < 50 else 1 if at < 90 else 2 if at < 117 else 3
        rows = (at % 5, min(4, at % 5 + 1) if shop == 1 else at % 3, at % 4 if at % 10 else None)
        answers: dict[str, Answer] = {
            "shop": shop,
            "member": at % 2,
            "content": rows,
            "hours": f"{at % 40}小时",
        }
        found.append(AnsweredSheet(id=f"{at:03}", batch="b", survey="s", answers=answers))
    return found


def matrix_case() -> Case:
    """The case with the counts of these sheets."""
    return Case(
        cycle=Cycle(
            id="cycle", year=2026, region="shandong", form=Form.SINGLE, agreement_kind=AgreementKind.WAGE
        ),
        surveys=(Survey(id="s", title_text="调查", issued=130, returned=120, valid=120),),
        questions=QUESTIONS,
        answer_counts=tally(QUESTIONS, sheets(), by=group_questions(QUESTIONS)),
    )
