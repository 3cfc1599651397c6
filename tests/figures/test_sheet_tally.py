"""Sheets become counts: every kind of question, groups, and what does not count."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.domain.answered_sheet import AnsweredSheet
from app.domain.survey import AnswerCount, GroupBy, Question, QuestionKind
from app.figures.sheet_tally import counted_sheets, group_questions, tally

LEVEL = Question(
    id="q1",
    survey="s",
    number=1,
    kind=QuestionKind.SINGLE,
    options=("一线", "管理"),
    asks_group=GroupBy.LEVEL,
)
WISH = Question(id="q2", survey="s", number=2, kind=QuestionKind.MULTIPLE, options=("工资", "津贴", "食堂"))
ORDER = Question(
    id="q3", survey="s", number=3, kind=QuestionKind.RANKING, options=("甲", "乙", "丙"), at_most=2
)
GRID = Question(
    id="q4", survey="s", number=4, kind=QuestionKind.MATRIX, options=("满意", "不满意"), rows=("食堂", "班车")
)
YEARS = Question(id="q5", survey="s", number=5, kind=QuestionKind.NUMBER)
WORDS = Question(id="q6", survey="s", number=6, kind=QuestionKind.OPEN)
ALL = (LEVEL, WISH, ORDER, GRID, YEARS, WORDS)


def _sheet(name: str, **given: object) -> AnsweredSheet:
    answers = {key: value for key, value in given.items() if key.startswith("q")}
    rest = {key: value for key, value in given.items() if not key.startswith("q")}
    return AnsweredSheet(id=name, batch="b", survey="s", answers=answers, **rest)  # type: ignore[arg-type]


SHEETS = (
    _sheet("a", q1=0, q2=(0, 2), q3=(1, 0), q4=(0, None), q5="3", q6="多点津贴", topics={"q6": ("t1", "t2")}),
    _sheet("b", q1=1, q2=(0,), q3=(1,), q4=(1, 1), q6="没有", topics={"q6": ("t1",)}),
    _sheet("c", q1=0, q4=(0, 0), q6="  "),
    _sheet("d", q1=0, q2=(1,), invalid="全选同一项"),
)


def _by_id(counts: tuple[AnswerCount, ...]) -> dict[str, tuple[str, tuple[int, ...]]]:
    assert len({each.id for each in counts}) == len(counts)
    return {each.id: (each.group, each.numbers) for each in counts}


def test_every_kind_is_counted_and_invalid_sheets_are_not() -> None:
    found = _by_id(tally(ALL, SHEETS, by=("q1",), topics={"t2": "夜班津贴", "t1": "津贴"}))
    assert found == {
        "answers-q1": ("", (2, 1)),
        "answers-q2": ("", (2, 0, 1)),
        "answers-q3": ("", (1, 2, 0)),
        "answers-q3-row-1": ("第1位", (0, 2, 0)),
        "answers-q3-row-2": ("第2位", (1, 0, 0)),
        "answers-q4-row-1": ("食堂", (2, 1)),
        "answers-q4-row-2": ("班车", (1, 1)),
        "answers-q5": ("", (1,)),
        "answers-q6": ("", (2,)),
        "answers-q6-topic-t2": ("夜班津贴", (1,)),
        "answers-q6-topic-t1": ("津贴", (2,)),
        "answers-q2-by-q1-1": ("一线", (1, 0, 1)),
        "answers-q2-by-q1-2": ("管理", (1, 0, 0)),
        "answers-q3-by-q1-1": ("一线", (1, 1, 0)),
        "answers-q3-by-q1-2": ("管理", (0, 1, 0)),
        "answers-q4-row-1-by-q1-1": ("一线", (2, 0)),
        "answers-q4-row-1-by-q1-2": ("管理", (0, 1)),
        "answers-q4-row-2-by-q1-1": ("一线", (1, 0)),
        "answers-q4-row-2-by-q1-2": ("管理", (0, 1)),
    }


def test_a_sheet_typed_twice_counts_once_and_numbers_of_another_survey_are_others() -> None:
    first = _sheet("z", number="0012", keyed=1, q1=0)
    second = _sheet("a", number="0012", keyed=2, q1=1)
    spoilt = _sheet("x", number="0013", keyed=1, invalid="空白")
    again = _sheet("y", number="0013", keyed=2, q1=0)
    only_second = _sheet("w", number="0014", keyed=2, q1=1)
    kept = counted_sheets((second, first, again, spoilt, only_second))
    assert {sheet.id for sheet in kept} == {"z", "w"}


def test_no_sheets_no_counts_and_answers_that_fit_nothing_are_passed_over() -> None:
    assert tally(ALL, ()) == ()
    assert tally(ALL, (_sheet("d", invalid="空白"),)) == ()
    strange = _sheet("a", q1=7, q2=3, q3="甲", q4=(0, 0, 0), q9=1)
    assert _by_id(tally((LEVEL, WISH, GRID), (strange,)))["answers-q1"] == ("", (0, 0))


def test_questions_that_ask_for_a_group_of_the_case_are_found() -> None:
    age = Question(id="q7", kind=QuestionKind.SINGLE, options=("青", "老"), asks_group=GroupBy.AGE)
    sex = Question(id="q8", kind=QuestionKind.SINGLE, options=("男", "女"), asks_group=GroupBy.SEX)
    assert group_questions((sex, age, LEVEL, WISH)) == ("q1", "q8", "q7")


def test_every_group_of_the_roster_is_kept_and_no_group_is_crossed_with_another() -> None:
    groups = tuple(
        Question(
            id=f"g{at}", survey="s", number=at, kind=QuestionKind.SINGLE, options=("甲", "乙"), asks_group=by
        )
        for at, by in enumerate(GroupBy)
    )
    sheets = [_sheet(str(at), q2=(at % 3,), **{}) for at in range(6)]
    for at, sheet in enumerate(sheets):
        sheet.answers.update({each.id: at % 2 for each in groups})  # type: ignore[attr-defined]
    questions = (*groups, WISH)
    counts = tally(questions, sheets, by=group_questions(questions))
    crossed = {(each.question, each.group_question) for each in counts if each.group_question}
    assert crossed == {("q2", each.id) for each in groups} and len(groups) == 7


def test_a_row_of_a_matrix_is_counted_by_groups_under_its_name() -> None:
    counts = tally(ALL, SHEETS, by=("q1",))
    rows = {(each.row, each.group): each.numbers for each in counts if each.question == "q4" and each.row}
    assert rows == {
        ("食堂", "一线"): (2, 0),
        ("食堂", "管理"): (0, 1),
        ("班车", "一线"): (1, 0),
        ("班车", "管理"): (0, 1),
    }
    assert all(not each.row for each in counts if not each.group_question)


def _written(*words: str) -> AnswerCount:
    (found,) = tally((YEARS,), [_sheet(str(at), q5=each) for at, each in enumerate(words)], by=())
    return found


def test_numbers_are_added_up_as_people_write_them() -> None:
    found = _written(
        "3,500", "3500元", "三千五", "3500.5 元", "0.35万元", "不知道", "-3500", "13812345678", " "
    )
    assert found.numbers == (5,) and found.unit == "元"
    assert found.total == Decimal("17500.5")


def test_the_sum_of_fewer_than_five_is_not_kept() -> None:
    four = _written("1", "2", "3", "4", "看情况")
    assert four.numbers == (4,) and four.total is None and four.unit == ""
    assert _written("1", "2", "3", "4", "5").total == 15


def test_another_unit_than_most_wrote_is_not_added_to_them() -> None:
    found = _written("3年", "4年", "5", "2年", "1年", "6个月", "10")
    assert (found.numbers, found.total, found.unit) == ((6,), Decimal(25), "年")


def test_numbers_are_not_counted_by_groups() -> None:
    sheets = [_sheet(str(at), q1=at % 2, q5=str(at)) for at in range(20)]
    counts = tally(ALL, sheets, by=("q1",))
    assert [each.id for each in counts if each.question == "q5"] == ["answers-q5"]


@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(0, 1), st.none() | st.sets(st.integers(0, 2)).map(tuple), st.booleans()
        ),
        max_size=40,
    )
)
def test_groups_add_up_to_what_was_counted_one_by_one(
    rows: list[tuple[int | None, tuple[int, ...] | None, bool]],
) -> None:
    sheets = [
        _sheet(
            str(at),
            invalid="空白" if bad else "",
            **{name: value for name, value in (("q1", one), ("q2", many)) if value is not None},
        )
        for at, (one, many, bad) in enumerate(rows)
    ]
    found = {each.id: each.numbers for each in tally((LEVEL, WISH), sheets, by=("q1",))}
    good = [(one, many or ()) for one, many, bad in rows if not bad]
    if not good:
        assert found == {}
        return
    singles = Counter(one for one, _ in good)
    cells = Counter((one, option) for one, many in good for option in many)
    assert found["answers-q1"] == (singles[0], singles[1])
    for group in (0, 1):
        assert found[f"answers-q2-by-q1-{group + 1}"] == tuple(cells[group, option] for option in range(3))
