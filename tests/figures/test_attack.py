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


def test_the_attacker_finds_what_is_not_guarded() -> None:
    """The attack itself is a test that can fail: without the other hidden numbers it finds the number."""
    known = Knowledge()
    known.know("a", 0, 4)
    known.know("b", 5, 9)
    known.sums.append((("a", "b"), 9))
    assert known.other_value("a", 3, {"a": 3, "b": 6}) is True
    known.know("b", 6, 6)
    assert known.other_value("a", 3, {"a": 3, "b": 6}) is False


@given(st.lists(st.integers(0, 12), min_size=2, max_size=7))
def test_hidden_groups_have_company_and_are_five_together(sizes: list[int]) -> None:
    hidden = hide_sizes(sizes)
    inside = [size for size, why in zip(sizes, hidden, strict=True) if why is not None]
    assert all(why is not None for size, why in zip(sizes, hidden, strict=True) if size < FEWEST)
    assert len(inside) != 1
    if Hidden.WHOLE in hidden:
        assert set(hidden) == {Hidden.WHOLE}
    elif inside:
        assert sum(inside) >= FEWEST


def test_large_groups_are_shown() -> None:
    assert hide_sizes([5, 6, 7]) == (None, None, None)
    assert hide_sizes([30, 3, 9]) == (None, Hidden.SMALL, Hidden.GUARD)


def test_groups_whose_words_would_tell_their_sizes_are_all_hidden_without_words() -> None:
    assert hide_sizes([4, 4]) == (Hidden.WHOLE, Hidden.WHOLE)


def _plain_case(numbers: tuple[int, ...], valid: int) -> Case:
    """Shops with these sheets; everybody of them chose 中."""
    shop, _, rise, _ = _QUESTIONS
    counts = [AnswerCount(id="whole", question="shop", numbers=numbers)]
    counts.append(AnswerCount(id="all", question="rise", numbers=(0, sum(numbers), 0)))
    counts += [
        AnswerCount(id=f"by{at}", question="rise", group=name, group_question="shop", numbers=(0, number, 0))
        for at, (name, number) in enumerate(zip(_SHOPS, numbers, strict=True))
    ]
    return Case(
        surveys=(Survey(id="s", title_text="调查", valid=valid),),
        questions=(shop, rise),
        answer_counts=tuple(counts),
        staff_groups=tuple(
            StaffGroup(id=name, by=GroupBy.DEPARTMENT, name=name, people=people)
            for name, people in zip(_SHOPS, (100, 40, 30, 30), strict=True)
        ),
    )


def test_small_groups_are_in_no_case_file_that_leaves() -> None:
    case = _plain_case((60, 3, 20, 30), 113)
    left = {each["id"] for each in json.loads(data_leaving(case))["answer_counts"]}
    assert left == {
        "all",
        "by0",
        "by3",
    }  # 3 sheets, and the 20 beside them, are hidden; so are the shops as a whole
    assert {each.id for each in case.answer_counts} > left


def test_those_who_left_the_group_out_are_a_small_group_as_well() -> None:
    case = _plain_case((60, 10, 20, 30), 122)  # two did not say; what is left over would be their answers
    decided = published(case, case.surveys[0])
    assert decided.groupings[0].names[-1] == "没有填"
    assert decided.groupings[0].hidden == (None, Hidden.GUARD, None, None, Hidden.SMALL)


def test_a_question_asked_of_three_is_not_shown() -> None:
    case = _plain_case((60, 10, 20, 30), 120)
    few = Question(
        id="few", survey="s", number=5, kind=QuestionKind.SINGLE, stem="哺乳室", options=("有", "没有"),
        asked_of="哺乳期女职工", asked_count=3,
    )  # fmt: skip
    counts = (*case.answer_counts, AnswerCount(id="few", question="few", numbers=(2, 1)))
    case = dataclasses.replace(case, questions=(*case.questions, few), answer_counts=counts)
    decided = published(case, case.surveys[0])
    assert decided.reasons(few) == (Hidden.WHOLE, Hidden.WHOLE)
    left = published_case(case)
    assert left.find("answer_counts", "few") is None
    assert left.find("questions", "few").asked_count is None
    told = [line.cells[0] for table in tables_of(case, case.surveys[0]) for line in table.lines
            if table.name == "第5题"]  # fmt: skip
    assert told == ["人数太少，各组都不显示"] * 2


def test_a_question_asked_of_a_hidden_group_only_is_not_shown() -> None:
    case = _plain_case((60, 3, 20, 30), 113)
    asked = Question(
        id="own", survey="s", number=6, kind=QuestionKind.SINGLE, stem="定额", options=("紧", "松"),
        asked_of="质检", asked_count=20,
    )  # fmt: skip
    case = dataclasses.replace(case, questions=(*case.questions, asked))
    assert published(case, case.surveys[0]).closed == {"own": Hidden.WHOLE}


def test_groups_are_never_crossed_with_groups() -> None:
    sheets = [
        AnsweredSheet(
            id=str(at), batch="b", survey="s", answers={"shop": at % 2, "sex": at % 3 // 2, "rise": 0}
        )
        for at in range(60)
    ]
    case = case_of(sheets)
    assert not any(each.question == "sex" and each.group_question for each in case.answer_counts)
    typed = AnswerCount(id="typed", question="sex", group="铸造", group_question="shop", numbers=(20, 10))
    case = case.with_record("answer_counts", typed)
    assert {table.question.id for table in published(case, case.surveys[0]).tables} == {"rise", "wish"}
    assert not any(
        each.question == "sex" and each.group_question for each in published_case(case).answer_counts
    )


# ---- who answered too little


def test_the_verdict_names_who_to_ask_again_and_papers_do_not_give_the_number_away() -> None:
    case = _plain_case((60, 3, 20, 30), 113)
    (compared,) = comparisons(case, case.surveys[0])
    (few,) = compared.too_few
    # 40 of 200 are 20 %; (3 + x) ÷ (113 + x) reaches that with x = 24.5, so 25 more
    assert few.words == "装配只有 3 人答卷，建议补访 25 人"
    assert few.public == "装配答卷不足 5 份，建议补访"
    assert compared.verdict == "装配答卷不足 5 份，建议补访"
    hidden = [group.name for group in compared.groups if group.hidden]
    assert hidden == ["装配", "质检"]
    # 60 and 30 against 100 and 30 of the staff, and 23 of the two hidden ones together against 70
    assert compared.fit is not None and compared.fit.freedom == 2


@pytest.mark.parametrize(
    ("number", "answered", "staff", "everyone", "more"),
    [
        (50, 100, 500, 1000, 0),
        (46, 100, 500, 1000, 0),  # 4 points below: enough
        (45, 100, 500, 1000, 10),  # 5 points: (45 + 10) ÷ 110 is one half
        (4, 100, 4, 100, 0),  # all of them
        (3, 100, 4, 100, 1),  # the last of a small group
        (0, 0, 10, 100, 5),  # nobody answered at all: at least five
        (2, 100, 4, 200, 2),
        (1, 100, 30, 100, 29),  # never more than there are
    ],
)
def test_how_many_more_sheets(number: int, answered: int, staff: int, everyone: int, more: int) -> None:
    from app.figures.representativeness import more_sheets

    assert more_sheets(number, answered, staff, everyone) == more
