"""One sheet for each number, and only where both keyings agree: nothing typed is counted twice or swallowed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.answered_sheet import Answer, AnsweredSheet
from app.domain.survey import Question, QuestionKind, Survey
from app.figures.keyed_sheets import impossible_answer, keyed_sheets, number_of

SINGLE = Question(id="q1", number=1, kind=QuestionKind.SINGLE, stem="岗位", options=("一线", "技术", "管理"))
MULTIPLE = Question(
    id="q2", number=2, kind=QuestionKind.MULTIPLE, stem="最想谈", options=("工资", "津贴", "工时"), at_most=2
)
MATRIX = Question(
    id="q3",
    number=3,
    kind=QuestionKind.MATRIX,
    stem="满意吗",
    options=("满意", "不满意"),
    rows=("工资", "食堂"),
)
OPEN = Question(id="q4", number=4, kind=QuestionKind.OPEN, stem="还想说什么")
NUMBER = Question(id="q5", number=5, kind=QuestionKind.NUMBER, stem="每月加班几小时")
RANKING = Question(
    id="q6", number=6, kind=QuestionKind.RANKING, stem="先谈哪样", options=("工资", "津贴", "工时")
)
ASKED = (SINGLE, MULTIPLE, MATRIX, OPEN, NUMBER, RANKING)
ONCE = Survey(id="s", sheets_printed=50)
TWICE = ONCE.replace(double_keyed=True)


def sheet(number: str, keyed: int = 1, invalid: str = "", name: str = "", **answers: Answer) -> AnsweredSheet:
    return AnsweredSheet(
        id=name or f"{number}/{keyed}",
        batch="b",
        survey="s",
        number=number,
        keyed=keyed,
        answers=answers,
        invalid=invalid,
    )


@pytest.mark.parametrize(
    ("typed", "number"),
    [("7", "0007"), ("0007", "0007"), ("１２", "0012"), (" 12345 ", "12345"), ("", ""), ("0", ""), ("7a", ""),
     ("-7", ""), ("9999999999", "")],
)  # fmt: skip
def test_a_number_is_read_as_it_is_printed(typed: str, number: str) -> None:
    assert number_of(typed) == number


def test_two_keyings_that_agree_are_one_sheet() -> None:
    found = keyed_sheets(TWICE, ASKED, [sheet("0001", q1=1, q2=(2, 0)), sheet("0001", 2, q1=1, q2=(0, 2))])
    assert [each.id for each in found.standing] == ["0001/1"]
    assert found.open == () and found.typed == (1, 1)


def test_a_conflict_is_told_by_question_and_the_sheet_waits() -> None:
    found = keyed_sheets(
        TWICE,
        ASKED,
        [sheet("0001", q1=0, q3=(0, None), q6=(1, 0)), sheet("0001", 2, q1=1, q3=(0, 1), q6=(0, 1))],
    )
    assert found.standing == ()
    assert [(each.question, each.first, each.second) for each in found.conflicts] == [
        ("q1", "一线", "技术"),
        ("q3", "工资：满意，食堂：没有回答", "工资：满意，食堂：不满意"),
        ("q6", "津贴 → 工资", "工资 → 津贴"),
    ]
    assert found.open == ("两遍不一致 3 处",)


def test_blanks_stops_and_wide_digits_are_no_conflict_but_other_words_are() -> None:
    first = sheet("0001", q4="食堂太贵，要管管。", q5="5")
    same = sheet("0001", 2, q4=" 食堂太贵 要管管", q5="５.0")
    assert keyed_sheets(TWICE, ASKED, [first, same]).conflicts == ()
    other = replace(same, answers={"q4": "食堂不贵，要管管", "q5": "6"})
    assert [each.question for each in keyed_sheets(TWICE, ASKED, [first, other]).conflicts] == ["q4", "q5"]
    wages = [sheet("0001", q5="3,500"), sheet("0001", 2, q5="3500.0")]
    assert keyed_sheets(TWICE, ASKED, wages).conflicts == ()
    beside = replace(same, others={"q1": "返聘"})
    assert [each.question for each in keyed_sheets(TWICE, ASKED, [first, beside]).conflicts] == ["q1"]


def test_an_empty_answer_is_the_same_as_none() -> None:
    found = keyed_sheets(TWICE, ASKED, [sheet("0001", q2=(), q3=(None, None), q4=""), sheet("0001", 2)])
    assert found.conflicts == () and len(found.valid) == 1


def test_a_sheet_only_one_hand_calls_spoilt_waits_and_one_both_call_spoilt_is_returned_and_not_valid() -> (
    None
):
    found = keyed_sheets(TWICE, ASKED, [sheet("0001", invalid="撕坏"), sheet("0001", 2, q1=1)])
    assert [(each.question, each.first, each.second) for each in found.conflicts] == [
        ("", "作废：撕坏", "有效")
    ]
    found = keyed_sheets(TWICE, ASKED, [sheet("0001", invalid="撕坏"), sheet("0001", 2, invalid="破了")])
    assert (len(found.standing), len(found.valid), len(found.spoilt)) == (1, 0, 1)


def test_a_number_typed_twice_in_one_keying_counts_for_none() -> None:
    found = keyed_sheets(ONCE, ASKED, [sheet("0001", q1=0, name="b"), sheet("0001", q1=1, name="a")])
    assert found.standing == ()
    assert [(each.number, each.keyed, each.ids) for each in found.duplicates] == [("0001", 1, ("a", "b"))]
    assert found.open == ("编号重复 0001",)


def test_a_number_that_was_never_printed_waits() -> None:
    found = keyed_sheets(ONCE, ASKED, [sheet("0050", q1=0), sheet("0051", q1=0)])
    assert [each.number for each in found.standing] == ["0050"]
    assert found.beyond == ("0051",) and found.open == ("编号不在印制的份数里 0051",)
    unknown = keyed_sheets(ONCE.replace(sheets_printed=None), ASKED, [sheet("0051", q1=0)])
    assert unknown.beyond == () and len(unknown.standing) == 1


def test_what_lacks_its_other_keying_is_told() -> None:
    sheets = [sheet("0001", q1=0), sheet("0002", 2, q1=0)]
    found = keyed_sheets(TWICE, ASKED, sheets)
    assert (found.second_missing, found.first_missing) == (("0001",), ("0002",))
    assert found.open == ("第二遍没录 0001", "第一遍没录 0002")
    assert keyed_sheets(ONCE, ASKED, sheets[:1]).open == ()


@pytest.mark.parametrize(
    ("question", "answer", "why"),
    [
        (SINGLE, 3, "没有这个选项"),
        (SINGLE, (1,), "这题只选一项"),
        (MULTIPLE, (0, 1, 2), "最多选 2 项，选了 3 项"),
        (MULTIPLE, (0, 5), "没有这个选项"),
        (RANKING, (0, 0), "同一项选了两次"),
        (MATRIX, (0, 1, 1), "行数比题目多"),
        (MATRIX, (0, 2), "没有这个选项"),
        (OPEN, 1, "这题要写字，不是选项"),
        (SINGLE, 2, ""),
        (MULTIPLE, (2, 0), ""),
        (MATRIX, (None, 1), ""),
        (RANKING, (2, 0, 1), ""),
        (NUMBER, "十来个", "填的不是数字"),
        (NUMBER, "-3", "填的是负数"),
        (NUMBER, "三千五", ""),
    ],
)
def test_what_a_question_does_not_allow(question: Question, answer: Answer, why: str) -> None:
    assert impossible_answer(question, answer) == why


def test_an_impossible_answer_is_listed_once_and_left_out_while_the_sheet_counts() -> None:
    answers = {"q1": 1, "q2": (0, 1, 2)}
    found = keyed_sheets(TWICE, ASKED, [sheet("0001", **answers), sheet("0001", 2, **answers)])
    assert [(each.number, each.question, each.why) for each in found.impossible] == [
        ("0001", "q2", "最多选 2 项，选了 3 项")
    ]
    assert [dict(each.answers) for each in found.valid] == [{"q1": 1}]
    assert found.open == ()


def test_sheets_filled_in_online_are_left_aside() -> None:
    assert keyed_sheets(ONCE, ASKED, [sheet("", q1=1)]).typed == (0, 0)


_SHEETS = st.lists(
    st.builds(
        lambda number, keyed, chosen, spoilt, name: replace(
            sheet(f"{number:04d}", keyed, "撕坏" if spoilt else "", str(name)),
            answers={} if chosen is None else {"q1": chosen},
        ),
        st.integers(1, 8),
        st.sampled_from([1, 2]),
        st.one_of(st.none(), st.integers(0, 3)),
        st.booleans(),
        st.uuids(),
    ),
    max_size=25,
    unique_by=lambda each: each.id,
)
_SURVEYS = st.builds(
    lambda printed, twice: Survey(id="s", sheets_printed=printed, double_keyed=twice),
    st.one_of(st.none(), st.integers(1, 8)),
    st.booleans(),
)


@given(_SURVEYS, _SHEETS)
def test_every_number_stands_once_or_is_told_of(survey: Survey, sheets: list[AnsweredSheet]) -> None:
    found = keyed_sheets(survey, ASKED, sheets)
    stands = Counter(each.number for each in found.standing)
    assert all(times == 1 for times in stands.values())
    told = {each.number for each in (*found.conflicts, *found.duplicates)} | set(found.beyond)
    assert set(stands) | told == {each.number for each in sheets}  # nothing is swallowed
    assert not set(stands) & told
    assert sum(found.typed) == len(sheets)
    assert bool(found.open) == bool(told or found.second_missing or found.first_missing)
    assert len(found.valid) + len(found.spoilt) == len(found.standing)
    for each in found.valid:
        assert all(not impossible_answer(SINGLE, answer) for answer in each.answers.values())


@given(_SURVEYS, _SHEETS, st.randoms(use_true_random=False))
def test_the_order_in_which_sheets_lie_tells_nothing(survey: Survey, sheets: list, random) -> None:
    mixed = list(sheets)
    random.shuffle(mixed)
    assert keyed_sheets(survey, ASKED, mixed) == keyed_sheets(survey, ASKED, sheets)


@given(_SHEETS)
def test_both_hands_typing_the_same_leave_nothing_open(sheets: list[AnsweredSheet]) -> None:
    once = list({each.number: replace(each, keyed=1) for each in sheets}.values())
    again = [replace(each, id=f"{each.id}/2", keyed=2) for each in once]
    found = keyed_sheets(Survey(id="s", double_keyed=True), ASKED, [*once, *again])
    assert found.open == ()
    assert {each.number for each in found.standing} == {each.number for each in once}
