"""Tables of answers as 问卷星 writes them, made for tests: the same answers by text, by number and by score."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl

from app.domain.answered_sheet import Answer, AnsweredSheet
from app.domain.survey import GroupBy, Question, QuestionKind

SITE = ("序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP")
GRADES = ("非常满意", "满意", "一般", "不满意", "非常不满意")
QUESTIONS = (
    Question(
        id="q1",
        survey="s1",
        number=1,
        kind=QuestionKind.SINGLE,
        stem="您的岗位类别",
        options=("一线", "技术", "其他"),
        asks_group=GroupBy.LEVEL,
    ),
    Question(
        id="q2",
        survey="s1",
        number=2,
        kind=QuestionKind.MULTIPLE,
        stem="您最希望协商的事项",
        options=("工资增长", "高温津贴", "夜班津贴（22点后）", "食堂"),
        at_most=3,
    ),
    Question(
        id="q3",
        survey="s1",
        number=3,
        kind=QuestionKind.RANKING,
        stem="请按重要程度排序",
        options=("工资", "工时", "培训"),
    ),
    Question(
        id="q4",
        survey="s1",
        number=4,
        kind=QuestionKind.MATRIX,
        stem="您对下列事项是否满意",
        options=GRADES,
        rows=("工资水平", "食堂", "班车"),
    ),
    Question(id="q5", survey="s1", number=5, kind=QuestionKind.NUMBER, stem="您的工龄"),
    Question(id="q6", survey="s1", number=6, kind=QuestionKind.OPEN, stem="其他意见"),
)


def site_cells(row: int) -> list[object]:
    """What the site itself writes about a sheet."""
    return [row, "2026/3/1 12:00:00", "125秒", "微信", "直接访问", f"10.0.0.{row}(山东-临沂)"]


def table_of(
    questions: Sequence[Question], answered: Sequence[dict[str, Answer]], form: str = "按文本"
) -> list[list[object]]:
    """The table 问卷星 would write for these answers."""
    rows: list[list[object]] = [[*SITE]]
    for question in questions:
        rows[0] += _heads(question, form)
    for at, answers in enumerate(answered, start=1):
        cells = site_cells(at)
        for question in questions:
            cells += _cells(question, answers.get(question.id), form)
        rows.append(cells)
    return rows


def _heads(question: Question, form: str) -> list[str]:
    start = f"{question.number}、{question.stem}"
    if question.kind is QuestionKind.MATRIX:
        first, *rest = [f"{place}.{row}" for place, row in enumerate(question.rows, start=1)]
        return [f"{start}—{first}", *rest]
    if form != "按文本" and question.kind in (QuestionKind.MULTIPLE, QuestionKind.RANKING):
        return [f"{start}({option})" for option in question.options]
    return [start]


def _cells(question: Question, answer: Answer | None, form: str) -> list[object]:
    text = form == "按文本"
    empty: object = "(空)" if text else -2
    if question.kind is QuestionKind.MATRIX:
        held = answer if isinstance(answer, tuple) else (None,) * len(question.rows)
        return [empty if each is None else _one(question, each, form) for each in held]
    if question.kind in (QuestionKind.MULTIPLE, QuestionKind.RANKING):
        chosen = [each for each in answer if each is not None] if isinstance(answer, tuple) else []
        ranked = question.kind is QuestionKind.RANKING
        if text:
            mark = "→" if ranked else "┋"
            return [mark.join(question.options[each] for each in chosen) or empty]
        places = range(len(question.options))
        if not chosen:
            return [-2 for _ in places]
        if ranked:
            return [float(chosen.index(each) + 1) if each in chosen else -2 for each in places]
        return [float(each in chosen) for each in places]
    if answer is None:
        return [empty]
    return [_one(question, answer, form) if isinstance(answer, int) else answer]


def _one(question: Question, option: int, form: str) -> object:
    if form == "按文本":
        return question.options[option]
    if form == "按分数" and question.options == GRADES:
        return float(len(GRADES) - option)
    return float(option + 1)


def write_table(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """Write a workbook with one sheet."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def answers_of(sheets: Sequence[AnsweredSheet]) -> list[str]:
    """The answers in an order of their own, for sheets have none."""
    return sorted(repr(sorted(sheet.answers.items())) for sheet in sheets if not sheet.invalid)
