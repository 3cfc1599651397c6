"""Everything that leaves the program is put together, and no hidden number can be worked out from it."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.domain.answered_sheet import Answer, AnsweredSheet
from app.domain.case import Case
from app.domain.roster import StaffGroup
from app.domain.survey import AnswerCount, GroupBy, Question, QuestionKind, Survey
from app.figures.published import published, published_case
from app.figures.representativeness import comparisons
from app.figures.sheet_tally import group_questions, tally
from app.figures.small_groups import FEWEST, Hidden, hide_sizes
from app.usecases.leaving import data_leaving
from app.usecases.survey_workbook import survey_workbook, tables_of
from tests.figures.attacker import Asked, Knowledge, learn, sheets_of_book

_SHOPS = ("铸造", "装配", "质检", "仓储")
_SEXES = ("男", "女")
_QUESTIONS = (
    Question(
        id="shop", survey="s", number=1, kind=QuestionKind.SINGLE, stem="您的部门", options=_SHOPS,
        asks_group=GroupBy.DEPARTMENT,
    ),
    Question(
        id="sex", survey="s", number=2, kind=QuestionKind.SINGLE, stem="您的性别", options=_SEXES,
        asks_group=GroupBy.SEX,
    ),
    Question(id="rise", survey="s", number=3, kind=QuestionKind.SINGLE, stem="涨多少", options=("少", "中", "多")),
    Question(id="wish", survey="s", number=4, kind=QuestionKind.MULTIPLE, stem="谈什么", options=("工资", "餐补")),
)  # fmt: skip
_ASKED = {
    each.id: Asked(each.number or 0, each.id, each.options, each.kind is QuestionKind.MULTIPLE)
    for each in _QUESTIONS
}


def case_of(sheets: list[AnsweredSheet]) -> Case:
    return Case(
        surveys=(Survey(id="s", title_text="调查", valid=len(sheets)),),
        questions=_QUESTIONS,
        answer_counts=tally(_QUESTIONS, sheets, by=group_questions(_QUESTIONS)),
        staff_groups=tuple(
            StaffGroup(id=name, by=by, name=name, people=30)
            for by, names in ((GroupBy.DEPARTMENT, _SHOPS), (GroupBy.SEX, _SEXES))
            for name in names
        ),
    )


@st.composite
def all_sheets(draw: st.DrawFn) -> list[AnsweredSheet]:
    """Up to forty sheets; groups of very different sizes, some questions left out."""
    weights = draw(st.lists(st.integers(0, 9), min_size=4, max_size=4))
    shops = [at for at, weight in enumerate(weights) for _ in range(weight)] + [-1] * draw(st.integers(0, 6))
    found = []
    for at, shop in enumerate(shops):
        answers: dict[str, Answer] = {}
        if shop >= 0:
            answers["shop"] = shop
        for question, options in (("sex", 2), ("rise", 3)):
            chosen = draw(st.integers(-1 if draw(st.integers(0, 5)) == 0 else 0, options - 1))
            if chosen >= 0:
                answers[question] = chosen
        answers["wish"] = draw(st.sampled_from([(0,), (1,), (0, 1)]))
        found.append(AnsweredSheet(id=f"{at}", batch="b", survey="s", answers=answers))
    return found


def truth_of(sheets: list[AnsweredSheet], group: str) -> dict[object, int]:
    """The true numbers, counted from the sheets by other means than the program's."""
    found: dict[object, int] = {}
    names = (*_ASKED[group].options, "")
    for g in names:
        own = [
            sheet
            for sheet in sheets
            if (_ASKED[group].options[sheet.answers[group]] if group in sheet.answers else "") == g
        ]
        found["size", g] = len(own)
        for question in (_ASKED["rise"], _ASKED["wish"]):
            for at, q in enumerate(question.options):
                chosen = sum(
                    at in held if isinstance(held := sheet.answers.get(question.id), tuple) else held == at
                    for sheet in own
                )
                found["cell", question.id, g, q] = chosen
                found["slack", question.id, g, q] = len(own) - chosen
            answered = sum(question.id in sheet.answers for sheet in own)
            found["none", question.id, g] = len(own) - answered
            found["few", question.id, g] = answered
    return found


def attack(sheets: list[AnsweredSheet], group: str, title: str) -> list[object]:
    """Return the hidden numbers that can be told from everything published."""
    case = case_of(sheets)
    survey = case.surveys[0]
    book = sheets_of_book(survey_workbook(case, survey, tables_of(case, survey)))
    others = [_ASKED["rise"], _ASKED["wish"]]
    true = truth_of(sheets, group)
    known = learn(book, data_leaving(case), len(sheets), _ASKED[group], title, others)
    for key, (low, high) in known.bounds.items():
        assert low <= true[key] <= high, (key, "what is said is not so")
    return [
        key
        for key, value in true.items()
        if _is_secret(known, true, key, group) and known.other_value(key, value, true) is False
    ]


def _is_secret(known: Knowledge, true: dict[object, int], key: object, group: str) -> bool:
    """Numbers nobody wrote down and nobody knows anyway.

    Known anyway is what follows for everyone: none of the hidden groups together chose something, or all did; what
    those did who did not say their group, once they are five; how many left a question out.
    """
    assert isinstance(key, tuple)
    low, high = known.bounds.get(key, (0, 0))
    if low == high or key[0] in ("slack", "none", "few"):
        return False
    hidden = [g for g in (*_ASKED[group].options, "") if _unsaid(known, ("size", g))]
    if key[0] == "size":
        return bool(key[1])
    _, question, g, q = key
    if g == "" and true["size", ""] >= FEWEST and "" not in _guarded(known, true, group):
        return False
    everyone = (*_ASKED[group].options, "")
    total = sum(true["cell", question, each, q] for each in everyone)
    if total in (0, sum(true["size", each] for each in everyone)):
        return False
    if g in hidden:
        chosen = sum(true["cell", question, each, q] for each in hidden)
        return 0 < chosen < sum(true["size", each] for each in hidden)
    return True


def _unsaid(known: Knowledge, key: object) -> bool:
    low, high = known.bounds[key]
    return low != high


def _guarded(known: Knowledge, true: dict[object, int], group: str) -> set[str]:
    return {""} if true["size", ""] < FEWEST else set()


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(all_sheets())
def test_no_hidden_number_can_be_told_from_everything_published(sheets: list[AnsweredSheet]) -> None:
    if len(sheets) < FEWEST:
        return
    assert attack(sheets, "shop", "部门") == []
    assert attack(sheets, "sex", "性别") == []
