"""What a survey says in the worked years; sums that add up; small groups that cannot be worked out again."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.case import Case
from app.domain.survey import AnswerCount, Question, QuestionKind, Survey, Topic
from app.domain.union import AgreementKind, Department
from app.exchange.case_file import load_case
from app.figures.group_tables import group_table
from app.figures.representativeness import comparisons
from app.figures.small_groups import FEWEST, Hidden, Mask, hide_small
from app.figures.survey_results import (
    bands,
    current_survey,
    is_ordered,
    leading_share,
    ranked_topics,
    results_of,
    sheets_of,
    sources_of,
    support_of,
    topic_of,
    ways_of,
    wishes,
)
from app.figures.survey_sums import sum_check
from app.paths import resource


def example(name: str) -> Case:
    return load_case(resource(f"examples/{name}.json").read_bytes())


@pytest.fixture(scope="module")
def linyi() -> Case:
    return example("shandong-linyi-single")


def last(case: Case) -> Survey:
    survey = current_survey(case)
    assert survey is not None
    return survey


# ---- the worked years, transcribed by hand


def test_sheets_with_both_rates(linyi: Case) -> None:
    sheets = sheets_of(linyi, last(linyi))
    figures = (
        sheets.staff,
        sheets.issued,
        sheets.returned,
        sheets.valid,
        sheets.return_rate,
        sheets.valid_rate,
    )
    assert [figure.text for figure in figures] == ["386 人", "330 份", "312 份", "305 份", "94.5%", "97.8%"]
    assert sheets.mismatches == ()
    assert {origin.fact for figure in figures for origin in figure.origin} == {
        "staff",
        "issued",
        "returned",
        "valid",
    }


def test_what_is_wanted_with_the_topic_each_became(linyi: Case) -> None:
    found = wishes(linyi, last(linyi))
    assert found is not None and found.base_words == "可多选，305 份"
    told = [
        (row.option, row.number, row.share.text, row.topic.code if row.topic else "") for row in found.ranked
    ]
    assert told == [
        ("工资增长", 268, "87.9%", "Y1"),
        ("高温津贴", 171, "56.1%", "Y4"),
        ("夜班津贴", 139, "45.6%", "Y3"),
        ("计件定额", 127, "41.6%", "Y5"),
        ("食堂餐补", 84, "27.5%", "Y7"),
        ("女职工体检", 52, "17.0%", "Y6"),
        ("技能培训", 33, "10.8%", "Y8"),
    ]
    assert [origin.collection for origin in found.rows[0].share.origin] == ["answer_counts", "surveys"]


@pytest.mark.parametrize(
    ("name", "stem", "top"),
    [
        ("shandong-linyi-single", "您期望今年平均工资增长", "5%—8%"),
        ("tianjin-hedong-area", "区域最低工资应为（元/月）", "2500—2600"),
        ("weihai-express-industry", "派件单价最低应为（元/件）", "1.00—1.10"),
    ],
)
def test_the_bands_people_expect(name: str, stem: str, top: str) -> None:
    case = example(name)
    found = bands(case, last(case))
    assert found is not None and found.question.stem == stem
    assert [row.option for row in found.top] == [top]


def test_an_option_without_a_topic_has_none() -> None:
    case = example("tianjin-hedong-area")
    found = wishes(case, last(case))
    assert found is not None
    assert [row.option for row in found.rows if row.topic is None] == ["餐补", "社会保险"]


def test_a_shared_word_alone_makes_no_topic() -> None:
    asked = Question(id="q", kind=QuestionKind.MULTIPLE, options=("最低保障",))
    case = Case(topics=(Topic(id="t", name="最低工资标准", supporters=3),))
    assert topic_of(case, asked, "最低保障", 9) is None
    assert topic_of(case, asked, "最低保障", 3) is case.topics[0]  # and the same number of people


def test_what_two_allowances_share_does_not_make_one_of_them(linyi: Case) -> None:
    without = linyi.without("topics", "topic-4")  # 高温津贴标准; 夜班津贴标准 comes from the same question
    found = wishes(without, last(without))
    assert found is not None
    assert {row.option: row.topic for row in found.rows}["高温津贴"] is None


def test_a_topic_tells_where_it_came_from_and_went(linyi: Case) -> None:
    topic = next(each for each in linyi.topics if each.code == "Y3")
    words = [origin.words for origin in sources_of(linyi, topic)]
    assert words[0] == "第7题“夜班津贴” 139 人"
    assert words[1].startswith("座谈会")
    assert [origin.collection for origin in ways_of(linyi, topic)] == [
        "offer_items",
        "positions",
        "positions",
        "clauses",
        "obligations",
    ]
    assert support_of(linyi, topic, last(linyi)).text == "45.6%"
    assert [each.code for each in ranked_topics(linyi)][:3] == ["Y1", "Y4", "Y3"]
    assert ranked_topics(linyi)[-1].supporters is None


def test_the_share_of_the_pleased_of_a_matrix_row(linyi: Case) -> None:
    matrix = next(each for each in linyi.questions if each.kind is QuestionKind.MATRIX)
    rows = results_of(linyi, matrix)
    assert [row.group for row in rows][:2] == ["工资水平", "调整幅度"]
    assert leading_share(rows[0]).text == "35.7%"  # (21 + 88) of 305
    assert results_of(linyi, next(each for each in linyi.questions if each.kind is QuestionKind.OPEN)) == ()


def test_groups_show_the_share_of_what_all_chose_most(linyi: Case) -> None:
    table = group_table(linyi, last(linyi))
    assert table is not None and table.option == "5%—8%"
    told = [(group.name, group.sheets.text, group.share.text) for group in table.groups]
    assert told == [
        ("一线", "212 份", "48.1%"),
        ("技术", "31 份", "41.9%"),
        ("管理", "20 份", "40.0%"),
        ("辅助", "42 份", "47.6%"),
    ]


def test_who_answered_against_the_roster(linyi: Case) -> None:
    compared = {one.title: one for one in comparisons(linyi, last(linyi))}
    assert list(compared) == ["性别", "一线", "用工形式"]
    sent = compared["用工形式"].groups[1]
    figures = (sent.staff, sent.valid, sent.rate, sent.of_roster, sent.of_answers)
    assert [figure.text for figure in figures] == ["24 人", "16 份", "66.7%", "5.9%", "5.2%"]
    assert sent.difference == Decimal("-0.7")


def test_departments_are_compared_where_the_survey_asks_for_them() -> None:
    case = Case(
        surveys=(Survey(id="s", valid=100),),
        questions=(Question(id="q", survey="s", kind=QuestionKind.SINGLE, options=("甲", "乙", "丙")),),
        answer_counts=(AnswerCount(id="a", question="q", numbers=(60, 38, 2)),),
        departments=tuple(
            Department(id=name, name=name, staff=staff)
            for name, staff in (("甲", 60), ("乙", 60), ("丙", 30))
        ),
    )
    (compared,) = comparisons(case, case.surveys[0])
    assert [group.hidden for group in compared.groups] == [None, Hidden.GUARD, Hidden.SMALL]
    assert compared.groups[0].difference == Decimal("20.0")
    hidden = compared.groups[2]
    assert (hidden.valid.value, hidden.rate.value, hidden.of_answers.value, hidden.difference) == (None,) * 4
    assert hidden.staff.text == "30 人"
    assert all(origin.collection != "answer_counts" for origin in hidden.rate.origin)


def test_what_does_not_add_up_is_told() -> None:
    survey = Survey(id="s", issued_online=10, issued_paper=5, issued=16, returned=20, valid=12)
    assert sheets_of(Case(surveys=(survey,)), survey).mismatches == (
        "发放：线上 10 份加纸质 5 份是 15 份，合计写的是 16 份",
        "收回 20 份比发放 16 份多",
    )


def test_a_special_agreement_for_women_counts_the_women(linyi: Case) -> None:
    case = linyi.with_record("cycle", linyi.cycle.replace(agreement_kind=AgreementKind.WOMEN))
    staff = sheets_of(case, last(case)).staff
    assert (staff.label, staff.text) == ("在册女职工", "124 人")


@pytest.mark.parametrize(
    ("numbers", "fits", "words"),
    [
        ((6, 3, 1), True, "合计 10 份，和答卷份数一致"),
        ((6, 3, 0), None, "合计 9 份，比答卷 10 份少 1 份；这题没答的不用补"),
        ((6, 3, 4), False, "合计 13 份，比答卷 10 份多 3 份，请对一下"),
        ((), None, "这题的数字还没录"),
    ],
)
def test_typed_numbers_are_added_up(numbers: tuple[int, ...], fits: bool | None, words: str) -> None:
    asked = Question(id="q", survey="s", kind=QuestionKind.SINGLE, options=("甲", "乙", "丙"))
    counts = AnswerCount(id="a", question="q", numbers=numbers)
    case = Case(surveys=(Survey(id="s", valid=10),), questions=(asked,), answer_counts=(counts,))
    found = sum_check(case, asked)
    assert (found.fits, found.words) == (fits, words)


def test_groups_cannot_be_more_than_the_whole() -> None:
    asked = Question(id="q", survey="s", kind=QuestionKind.SINGLE, options=("甲", "乙"))
    counts = (
        AnswerCount(id="a", question="q", numbers=(6, 4)),
        AnswerCount(id="b", question="q", group="男", group_question="sex", numbers=(5, 1)),
        AnswerCount(id="c", question="q", group="女", group_question="sex", numbers=(2, 2)),
    )
    case = Case(surveys=(Survey(id="s", valid=10),), questions=(asked,), answer_counts=counts)
    assert sum_check(case, asked).words == "“甲”各组加起来 7 人，比全体 6 人多，请对一下"


def test_bands_are_told_from_names() -> None:
    assert is_ordered(("3%以下", "3%—5%", "5%—8%", "8%以上"))
    assert is_ordered(("0.95以下", "0.95—1.00", "1.00—1.10"))
    assert not is_ordered(("男", "女", "不说"))
    assert is_ordered(("不调整", "增长不到3%", "增长3%以上不到6%", "增长6%以上", "下调"))
    assert not is_ordered(("不调整", "下调", "说不清", "增长不到3%", "增长3%以上不到6%", "增长6%以上"))
    assert not is_ordered(("不调整", "增长6%以上", "增长3%以上不到6%", "增长不到3%"))
    assert not is_ordered(("夜班津贴（22点后）", "3%以下", "3%—5%", "5%以上"))
    assert not is_ordered(("10%以上", "5%—8%", "3%以下"))


# ---- laws


@given(st.lists(st.integers(0, 400), min_size=1, max_size=8), st.integers(1, 500))
def test_shares_of_a_single_choice_are_the_exact_shares_rounded(numbers: list[int], more: int) -> None:
    options = tuple(f"第{at}项" for at in range(len(numbers)))
    asked = Question(id="q", survey="s", kind=QuestionKind.SINGLE, options=options)
    valid = sum(numbers) + more
    counts = AnswerCount(id="a", question="q", numbers=tuple(numbers))
    case = Case(surveys=(Survey(id="s", valid=valid),), questions=(asked,), answer_counts=(counts,))
    (found,) = results_of(case, asked)
    assert [row.number for row in found.rows] == numbers
    for row in found.rows:
        assert row.share.value is not None
        assert abs(Fraction(row.share.value) - Fraction(100 * row.number, valid)) <= Fraction(1, 20)
    assert sum(Fraction(row.share.value or 0) for row in found.rows) <= 100 + Fraction(len(numbers), 20)
    assert [row.number for row in found.ranked] == sorted(numbers, reverse=True)


_NUMBERS = st.integers(0, 8)


def _tables_of(columns: int, most_rows: int) -> st.SearchStrategy[list[list[int]]]:
    row = st.lists(_NUMBERS, min_size=columns, max_size=columns)
    return st.lists(row, min_size=2, max_size=most_rows)


_TABLES = st.one_of(_tables_of(1, 4), _tables_of(2, 3), _tables_of(3, 2))


def _agrees(row: Sequence[int], at: int, mask: Mask, true: Sequence[Sequence[int]]) -> bool:
    """Whether a reader of the table can take ``row`` for its row ``at``."""
    sheets, why = sum(row), mask.rows[at]
    if why is Hidden.SMALL:
        return sheets < FEWEST
    if why is Hidden.GUARD:
        return sheets >= FEWEST
    if sheets != sum(true[at]):
        return False
    for column, number in enumerate(row):
        hidden = mask.cells[at][column]
        if hidden is None:
            if number != true[at][column]:
                return False
        elif (hidden is Hidden.SMALL) is not (number < FEWEST):
            return False
    return True


def _possible(true: Sequence[Sequence[int]], mask: Mask) -> list[tuple[tuple[int, ...], ...]]:
    """Every table that has the sums everybody knows and the words the table shows: found by trying them all."""
    columns = len(true[0])
    sums = tuple(sum(row[at] for row in true) for at in range(columns))
    found: list[tuple[tuple[int, ...], ...]] = [()]
    for at in range(len(true)):
        grown = []
        for start in found:
            left = tuple(sums[c] - sum(row[c] for row in start) for c in range(columns))
            if at == len(true) - 1:
                rows: Iterator[tuple[int, ...]] = iter([left])
            else:
                rows = itertools.product(*(range(most + 1) for most in left))
            grown += [(*start, row) for row in rows if min(row) >= 0 and _agrees(row, at, mask, true)]
        found = grown
    return found


@settings(max_examples=80, deadline=None)
@given(_TABLES)
def test_no_hidden_number_can_be_worked_out(true: list[list[int]]) -> None:
    mask = hide_small([sum(row) for row in true], true)
    if all(mask.rows):  # nothing is shown at all
        return
    possible = _possible(true, mask)
    assert tuple(map(tuple, true)) in possible
    for at, row in enumerate(true):
        if mask.rows[at] is not None:
            assert len({sum(table[at]) for table in possible}) > 1
        for column in range(len(row)):
            nobody = not any(each[column] for each in true)  # then everybody knows
            if mask.reason(at, column) is not None and not nobody:
                assert len({table[at][column] for table in possible}) > 1, (at, column)


@given(_TABLES)
def test_what_is_shown_is_never_small(true: list[list[int]]) -> None:
    mask = hide_small([sum(row) for row in true], true)
    for at, row in enumerate(true):
        assert mask.rows[at] is not None or sum(row) >= FEWEST
        for column, number in enumerate(row):
            nobody = not any(each[column] for each in true)
            assert mask.reason(at, column) is not None or number >= FEWEST or nobody


def test_large_groups_are_not_hidden_for_nothing() -> None:
    mask = hide_small([205, 42, 66], [[100, 105], [20, 22], [30, 36]])
    assert mask.rows == (None, None, None)
    assert all(cell is None for row in mask.cells for cell in row)


def test_one_small_group_takes_the_next_smallest_with_it() -> None:
    numbers = [205, 42, 15, 14, 66, 3]
    mask = hide_small(numbers, [[number] for number in numbers])
    assert mask.rows == (None, None, None, Hidden.GUARD, None, Hidden.SMALL)


def test_two_small_groups_that_are_as_large_as_they_can_be_do_not_hide_each_other() -> None:
    # 4 + 4 is known as 8, and "fewer than five" twice leaves nothing else.
    mask = hide_small([4, 4, 9, 30], [[4], [4], [9], [30]])
    assert mask.rows == (Hidden.SMALL, Hidden.SMALL, Hidden.GUARD, None)


def test_several_answers_each_do_not_add_up_to_the_sheets() -> None:
    mask = hide_small([10, 20, 30], [[3, 9], [15, 18], [25, 6]], adds_up=False)
    assert mask.rows == (None, None, None)
    assert mask.cells[0][0] is Hidden.SMALL
    assert [mask.cells[at][0] for at in (1, 2)].count(Hidden.GUARD) == 1
    assert all(mask.cells[at][1] is None for at in range(3))


def test_a_table_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="add up"):
        hide_small([10], [[4, 5]])


def test_a_topic_another_option_names_is_not_taken_for_this_one() -> None:
    question = Question(
        id="q", survey="s", number=13, kind=QuestionKind.MULTIPLE, stem="最想谈的事",
        options=("工资水平和增长", "最低工资标准", "高温津贴"),
    )  # fmt: skip
    named = Topic(id="t1", code="Y1", name="最低工资标准", questions=("q",))
    case = Case(questions=(question,), topics=(named,))
    assert topic_of(case, question, "最低工资标准", 43) == named
    assert topic_of(case, question, "工资水平和增长", 36) is None
    both = Topic(
        id="t1", code="Y1", name="工资增长与最低工资标准", questions=("q",)
    )  # the two of them in one
    assert topic_of(dataclasses.replace(case, topics=(both,)), question, "工资水平和增长", 36) == both
