"""Every way 问卷星 writes answers is read into the same sheets; what does not fit is listed by row, never quoted."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.answered_sheet import AnsweredSheet
from app.domain.survey import GroupBy, Question, QuestionKind
from app.errors import CancelledError, UserError
from app.exchange.survey_cells import Form
from app.exchange.survey_files import SurveyFile, read_survey_file
from app.figures.sheet_tally import tally
from tests.exchange.old_workbook_files import xls
from tests.exchange.survey_tables import (
    GRADES,
    QUESTIONS,
    SITE,
    answers_of,
    site_cells,
    table_of,
    write_table,
)

ANSWERED: list[dict[str, Any]] = [
    {"q1": 0, "q2": (0, 2), "q3": (1, 0, 2), "q4": (0, 4, None), "q5": "3", "q6": "多发津贴"},
    {"q1": 1, "q2": (3,), "q4": (2, 2, 2), "q5": "12.5"},
    {"q1": 2, "q2": (0, 1, 3), "q3": (2, 1, 0), "q6": "没有"},
]


def _read(path: Path, questions: tuple[Question, ...] = QUESTIONS, **more: Any) -> SurveyFile:
    return read_survey_file(path, questions, survey="s1", batch="b1", **more)


def _expected(answered: list[dict[str, Any]] = ANSWERED) -> list[str]:
    return answers_of([AnsweredSheet(id="", batch="", survey="", answers=each) for each in answered])


@pytest.mark.parametrize("form", ["按文本", "按序号", "按分数"])
def test_the_same_answers_come_out_of_every_form(tmp_path: Path, form: str) -> None:
    path = write_table(tmp_path / f"88_{form}_调查_3_3.xlsx", table_of(QUESTIONS, ANSWERED, form))
    found = _read(path)
    assert answers_of(found.sheets) == _expected()
    assert found.form.label == form
    assert (found.rows, found.valid, found.refused, found.doubtful, found.missing) == (3, 3, (), (), ())
    assert {each.header for each in found.dropped} == set(SITE)
    assert not found.refusal


def test_the_content_tells_the_form_where_the_name_does_not_or_is_wrong(tmp_path: Path) -> None:
    numbers = table_of(QUESTIONS, ANSWERED, "按序号")
    renamed = _read(write_table(tmp_path / "答卷.xlsx", numbers))
    assert (renamed.form, renamed.form_note) == (Form.NUMBERS, "按内容认出")
    wrong = _read(write_table(tmp_path / "9_按序号_x.xlsx", table_of(QUESTIONS, ANSWERED)))
    assert wrong.form is Form.TEXT
    assert wrong.form_note == "文件名写的是按序号，内容是按文本，照内容读"
    assert answers_of(wrong.sheets) == answers_of(renamed.sheets) == _expected()


def _one(
    tmp_path: Path, heads: list[object], rows: list[list[object]], *questions: Question, name: str = "a"
):
    cells = [[*SITE, *heads], *([*site_cells(at), *row] for at, row in enumerate(rows, start=1))]
    return _read(write_table(tmp_path / f"{name}.xlsx", cells), questions)


def _given(found: SurveyFile, name: str) -> set[object]:
    return {sheet.answers.get(name) for sheet in found.sheets if not sheet.invalid}


def test_words_beside_an_option_are_kept_beside_it(tmp_path: Path) -> None:
    rows: list[list[object]] = [["其他〖后勤〗"], ["其他（后勤）"], ["其他：后勤"], ["一线"]]
    found = _one(tmp_path, ["1、您的岗位类别："], rows, QUESTIONS[0])
    assert _given(found, "q1") == {0, 2}
    assert sorted(sheet.others.get("q1", "") for sheet in found.sheets) == ["", "后勤", "后勤", "后勤"]
    several = _one(tmp_path, ["2、您最希望协商的事项"], [["工资增长┋食堂〖早餐〗"]], QUESTIONS[1], name="b")
    assert [(sheet.answers["q2"], sheet.others["q2"]) for sheet in several.sheets] == [((0, 3), "早餐")]


def test_a_blank_beside_a_choice_has_a_column_of_its_own(tmp_path: Path) -> None:
    heads: list[object] = ["1、您的岗位类别", "1、(其他（请补充）:)"]
    found = _one(tmp_path, heads, [[1, -3], [3, "后勤"], [2, -2]], QUESTIONS[0])
    assert _given(found, "q1") == {0, 1, 2}
    assert [sheet.others for sheet in found.sheets if sheet.others] == [{"q1": "后勤"}]


def test_old_heads_name_only_number_and_row(tmp_path: Path) -> None:
    heads: list[object] = ["第4题(工资水平)", "第4题(食堂)", "第4题(班车)"]
    by_text = _one(tmp_path, heads, [["满意", "一般", "(空)"]], QUESTIONS[3])
    assert _given(by_text, "q4") == {(1, 2, None)}
    by_number = _one(tmp_path, heads, [[2, 3, -2], [5, 5, 5]], QUESTIONS[3], name="按序号")
    assert _given(by_number, "q4") == {(1, 2, None), (4, 4, 4)}
    marks: list[object] = ["2、(工资增长)", "2、(高温津贴)", "2、(夜班津贴(22点后))", "2、(食堂)"]
    several = _one(tmp_path, marks, [[0, 1, 1, 0], [-3, -3, -3, -3]], QUESTIONS[1], name="c")
    assert _given(several, "q2") == {(1, 2)}


def test_nothing_and_not_asked_are_no_answers(tmp_path: Path) -> None:
    rows: list[list[object]] = [["一线", ""], ["(空)", "x"], ["(跳过)", "-3"], [-2.0, "y"], [None, "z"]]
    found = _one(tmp_path, ["1、您的岗位类别", "6、其他意见"], rows, QUESTIONS[0], QUESTIONS[5])
    assert _given(found, "q1") == {0, None}
    assert _given(found, "q6") == {"x", "y", "z", None}
    assert [str(each) for each in found.refused] == ["第4行：一题也没有答，按空白卷计"]
    assert [sheet.invalid for sheet in found.sheets if sheet.invalid] == ["空白卷"]


def test_columns_that_tell_who_answered_are_dropped_unless_kept_on_purpose(tmp_path: Path) -> None:
    heads: list[object] = [
        "用户ID", "昵称", "1、您的岗位类别", "2、您的姓名", "3、联系电话：", "4、方便联系您的号码", "工号",
    ]  # fmt: skip
    rows = [[f"u{at}", "某", "一线", "王䶮", "13800000000", "13900000000", "A17"] for at in range(3)]
    cells = [[*SITE, *heads], *([*site_cells(at), *row] for at, row in enumerate(rows, start=1))]
    path = write_table(tmp_path / "a.xlsx", cells)
    found = _read(path, (QUESTIONS[0],))
    assert [each.header for each in found.dropped if each.keepable] == [
        "2、您的姓名", "3、联系电话：", "4、方便联系您的号码", "工号",
    ]  # fmt: skip
    assert "王䶮" not in repr(found) and "138" not in repr(found) and "A17" not in repr(found)
    kept = _read(path, (QUESTIONS[0],), keep={"2、您的姓名"})
    assert [each.stem for each in kept.made] == ["您的姓名"]
    assert {answer for sheet in kept.sheets for answer in sheet.answers.values()} == {0, "王䶮"}


def test_impossible_answers_are_listed_by_row_and_reason_and_never_quoted(tmp_path: Path) -> None:
    good = ["一线", "食堂", "工资→工时", "5", "好"]
    heads = ["1、您的岗位类别", "2、您最希望协商的事项", "3、请按重要程度排序", "5、您的工龄", "6、其他意见"]
    rows: list[list[object]] = [
        [*good],
        ["金丝雀", *good[1:]],
        [good[0], "工资增长┋高温津贴┋夜班津贴（22点后）┋食堂", *good[2:]],
        [*good[:2], "工资→工资", *good[3:]],
        [*good[:3], "金丝雀", good[4]],
        ["金丝雀", "金丝雀", "金丝雀", "5", "金丝雀"],
    ]
    asked = (*QUESTIONS[:3], *QUESTIONS[4:])
    found = _one(tmp_path, [*heads], rows, *asked)
    assert [str(each) for each in found.doubtful] == [
        "第3行：第1题的答案不在选项里，这一题不算，其余照收",
        "第4行：第2题选的比允许的多，这一题不算，其余照收",
        "第5行：第3题的排序里同一项出现两次，这一题不算，其余照收",
        "第6行：第5题填的不是数字，这一题不算，其余照收",
    ]
    assert [str(each) for each in found.refused] == [
        "第7行：有 3 题的答案都不在选项里，像是另一版问卷的答卷",
    ]
    assert found.valid == 5
    assert [len(each.answers) for each in sorted(found.sheets, key=lambda each: found.came[each.id][0])] == [
        5, 4, 4, 4, 5, 0,
    ]  # fmt: skip
    assert len(found.sheets) == 6  # all were returned
    assert "金丝雀" not in "".join(map(str, (*found.refused, *found.doubtful)))


def test_of_a_percentage_more_than_a_hundred_is_listed(tmp_path: Path) -> None:
    asked = QUESTIONS[4].replace(stem="希望今年工资增长百分之几")
    rows: list[list[object]] = [["一线", each] for each in ("5", "8%", "99999", "101")]
    found = _one(tmp_path, ["1、您的岗位类别", "5、希望今年工资增长百分之几"], rows, QUESTIONS[0], asked)
    assert [str(each) for each in found.doubtful] == [
        f"第{row}行：第5题问的是百分之几，填的数超过 100，已收下，请核对" for row in (4, 5)
    ]
    assert found.valid == 4


def test_numbers_come_as_people_write_them_and_odd_ones_are_listed(tmp_path: Path) -> None:
    written = [3500, "3,600", "3700元", "三千八", "3.9千", "4000", "4100", "4200", 4300.5, "4400", "4500"]
    odd = ["看情况", "-3500", "13812345678", "35小时", "3500000"]
    rows: list[list[object]] = [["一线", each] for each in (*written, *odd)]
    found = _one(tmp_path, ["1、您的岗位类别", "5、您的工龄"], rows, QUESTIONS[0], QUESTIONS[4])
    assert found.valid == len(rows) and found.refused == ()
    assert [str(each) for each in found.doubtful] == [
        "第13行：第5题填的不是数字，这一题不算，其余照收",
        "第14行：第5题填的是负数，这一题不算，其余照收",
        "第15行：第5题填的数大得不可能，这一题不算，其余照收",
        "第16行：第5题的单位和多数人写的不一样，不算进平均",
        "第17行：第5题填的数比多数人大 100 倍以上，已收下，请核对",
    ]
    (counted,) = tally((QUESTIONS[4],), found.sheets)  # the words of who wrote no number are passed over
    assert counted.numbers == (12,) and counted.unit == "元"
    assert "13812345678" not in repr(found)


def test_rows_that_are_there_twice_are_listed_and_the_rule_is_told(tmp_path: Path) -> None:
    heads = ["序号", "来自IP", "用户ID", "1、您的岗位类别"]
    rows: list[list[object]] = [
        [1, "1.1.1.1", "u1", "一线"],
        [1, "1.1.1.2", "u2", "技术"],
        [2, "1.1.1.3", "u1", "一线"],
        [3, "1.1.1.1", "u3", "一线"],
        [4, "1.1.1.1", "u4", "技术"],
    ]
    found = _read(write_table(tmp_path / "a.xlsx", [heads, *rows]), (QUESTIONS[0],))
    assert [str(each) for each in found.refused] == [
        "第3行：和第2行序号相同，只收前一行",
        "第4行：和第2行是同一用户、答案也相同，只收前一行",
    ]
    assert [str(each) for each in found.doubtful] == ["第5行：和第2行网络地址、答案都相同，可能重复，已收下"]
    assert (found.rows, len(found.sheets), found.valid) == (5, 3, 3)


def test_answers_to_another_questionnaire_are_refused_as_a_whole(tmp_path: Path) -> None:
    cells = [[*SITE, "1、你喜欢什么水果", "2、午饭几点吃"], [*site_cells(1), "苹果", "12点"]]
    found = _read(write_table(tmp_path / "a.xlsx", cells))
    assert "像是另一份或另一版问卷" in found.refusal
    assert [each.reason for each in found.dropped[-2:]] == ["这次调查里没有这一题"] * 2


def test_questions_without_options_or_rows_are_told_and_a_choice_of_blanks_only_is_left_out(
    tmp_path: Path,
) -> None:
    heads: list[object] = ["1、您的岗位类别", "4、您对下列事项是否满意—1.食堂"]
    rowless = QUESTIONS[3].replace(rows=())
    found = _one(tmp_path, heads, [["一线", "满意"]], QUESTIONS[0], rowless)
    assert [each.reason for each in found.dropped[-1:]] == ["这一题还没有写全题型、选项或行"]
    blanks: list[object] = ["1、(其他（请补充）:)", "1、(说明:)"]
    other = _one(tmp_path, blanks, [["后勤", "好"], ["好", "后勤"]], QUESTIONS[0], name="b")
    assert other.valid == 0


def test_questions_are_made_from_the_file_when_the_survey_has_none(tmp_path: Path) -> None:
    answered = [{**each} for each in ANSWERED * 8]
    found = _read(write_table(tmp_path / "a.xlsx", table_of(QUESTIONS, answered)), ())
    assert [each.kind for each in found.made] == [each.kind for each in QUESTIONS[:4]] + [
        QuestionKind.NUMBER,
        QuestionKind.SINGLE,  # eight times the same words look like options
    ]
    assert found.made[0].asks_group is GroupBy.LEVEL
    assert found.made[3].options == GRADES  # the grades nobody chose as well
    assert found.made[3].rows == ("工资水平", "食堂", "班车")
    marks = _read(write_table(tmp_path / "b.xlsx", table_of(QUESTIONS, answered, "按序号")), ())
    assert [each.kind for each in marks.made][:4] == [each.kind for each in QUESTIONS[:4]]
    assert marks.made[1].options[:2] == ("工资增长", "高温津贴")
    assert marks.valid == found.valid == len(answered)


def test_the_head_may_stand_below_a_title_and_other_files_are_refused(tmp_path: Path) -> None:
    rows = [["职工意愿调查"], [], *table_of(QUESTIONS, ANSWERED)]
    found = _read(write_table(tmp_path / "a.xlsx", rows))
    assert answers_of(found.sheets) == _expected()
    with pytest.raises(UserError) as refused:
        _read(write_table(tmp_path / "b.xlsx", [["姓名", "部门"], ["王䶮", "一车间"]]))
    assert refused.value.code == "Q-101"
    assert "王䶮" not in str(refused.value)


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    class Stop:
        def step(self, done: int, total: int, what: str = "") -> None:
            raise CancelledError

    path = write_table(tmp_path / "a.xlsx", table_of(QUESTIONS, ANSWERED))
    with pytest.raises(CancelledError):
        _read(path, progress=Stop())


def test_ids_are_random_and_the_order_is_theirs(tmp_path: Path) -> None:
    path = write_table(tmp_path / "a.xlsx", table_of(QUESTIONS, ANSWERED * 20))
    ids = [sheet.id for sheet in _read(path).sheets]
    assert ids == sorted(ids) and len(set(ids)) == 60
    assert not set(ids) & {sheet.id for sheet in _read(path).sheets}


_option = st.text(st.characters(categories=("Lo", "Nd")), min_size=2, max_size=6).filter(
    lambda text: not text.isnumeric() and not text.isdigit()
)


@st.composite
def _surveys(draw: st.DrawFn) -> tuple[tuple[Question, ...], list[dict[str, Any]]]:
    questions, ways = [], {}
    for number in range(1, draw(st.integers(1, 4)) + 1):
        kind = draw(st.sampled_from([kind for kind in QuestionKind if kind is not QuestionKind.NUMBER]))
        named = tuple(f"项{at}{draw(_option)}" for at in range(draw(st.integers(2, 5))))
        name = f"q{number}"
        questions.append(
            Question(
                id=name,
                survey="s1",
                number=number,
                kind=kind,
                stem=f"第{number}件事怎么看",
                options=() if kind is QuestionKind.OPEN else named,
                rows=("甲事", "乙事") if kind is QuestionKind.MATRIX else (),
            )
        )
        option = st.integers(0, len(named) - 1)
        ways[name] = {
            QuestionKind.SINGLE: option,
            QuestionKind.MULTIPLE: st.sets(option, min_size=1).map(lambda each: tuple(sorted(each))),
            QuestionKind.RANKING: st.permutations(range(len(named))).map(tuple),
            QuestionKind.MATRIX: st.tuples(option, st.none() | option),
            QuestionKind.OPEN: st.sampled_from(["想说的话", "多发津贴"]),
        }[kind]
    answered = draw(st.lists(st.fixed_dictionaries({}, optional=ways).filter(bool), min_size=1, max_size=6))
    return tuple(questions), answered


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_surveys(), st.sampled_from(["按文本", "按序号"]))
def test_any_questionnaire_comes_back_as_it_was_written(
    tmp_path: Path, survey: tuple[tuple[Question, ...], list[dict[str, Any]]], form: str
) -> None:
    questions, answered = survey
    found = _read(write_table(tmp_path / f"1_{form}_x.xlsx", table_of(questions, answered, form)), questions)
    assert (answers_of(found.sheets), found.refused) == (_expected(answered), ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_a_csv_file_in_any_encoding_gives_the_same_answers(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "1_按文本_调查.csv"
    marked = encoding in ("utf-8", "utf-8-sig", "gb18030")  # the marks of 问卷星 are no part of GBK
    answered = (
        ANSWERED if marked else [{"q1": 0, "q4": (0, 4, None), "q6": "多发津贴"}, {"q1": 2, "q5": "12.5"}]
    )
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows(table_of(QUESTIONS, answered))
    found = _read(path)
    assert (answers_of(found.sheets), found.refused) == (_expected(answered), ())


@pytest.mark.parametrize("form", ["按文本", "按序号"])
def test_an_old_workbook_gives_the_same_answers(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"1_{form}_调查.xls"
    path.write_bytes(xls(("Sheet1", table_of(QUESTIONS, ANSWERED, form))))
    assert answers_of(_read(path).sheets) == _expected()


def test_many_departments_are_options_and_numbers_with_a_unit_are_numbers(tmp_path: Path) -> None:
    rows: list[list[object]] = [[f"{at % 30}车间", f"{at}小时", f"{at}号意见"] for at in range(90)]
    heads: list[object] = ["1、您的部门", "2、每月加班", "3、还有什么意见"]
    made = _read(write_table(tmp_path / "a.xlsx", [heads, *rows]), ()).made
    assert [each.kind for each in made] == [QuestionKind.SINGLE, QuestionKind.NUMBER, QuestionKind.OPEN]
    assert made[0].asks_group is GroupBy.DEPARTMENT and len(made[0].options) == 30
