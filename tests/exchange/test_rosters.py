"""Rosters as they are really kept: titles, merged headings, dates in every form, numbers that were spoilt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes import check_id_number
from app.domain.representatives import Sex
from app.domain.roster import PostLevel, StaffEmployment
from app.errors import UserError
from app.exchange.roster_columns import find_table, guess, propose, to_remember, with_column
from app.exchange.roster_values import UnreadableError, read_date, read_employment, read_id_number, read_level
from app.exchange.rosters import RosterReading, read_people
from app.exchange.spreadsheets import Cell, CellError, SheetTable

ON = date(2026, 11, 10)


def id_number(born: str = "19900101", serial: str = "123", region: str = "371302") -> str:
    """A number whose check character is right; nobody's."""
    body = f"{region}{born}{serial}"
    return next(body + last for last in "0123456789X" if check_id_number(body + last) is None)


def reading(rows: Sequence[Sequence[Cell]], mapped: Sequence[str] | None = None) -> RosterReading:
    wide = max(map(len, rows))
    sheet = SheetTable("花名册", [[*row, *[""] * (wide - len(row))] for row in rows])
    table = find_table("甲.xlsx", (sheet,))
    return read_people("甲.xlsx", table, tuple(mapped) if mapped else propose(table.headings), ON)


def test_titles_and_two_rows_of_headings_are_passed_over() -> None:
    found = reading(
        [
            ["某某机械厂职工花名册"],
            ["序号", "员工姓名", "基本信息", "", "工作情况", ""],
            ["", "", "性 别", "出生年月日", "车间/科室", "工种（岗位）*"],
            [1, "王 䶮", "女", "1990年1月1日", "装配", "钳工"],
            ["序号", "员工姓名", "性别", "出生年月日", "车间/科室", "工种"],
            [2, "李四", "男", 33000.0, "质检", ""],
            ["合计", 2],
            ["制表人：王五"],
        ]
    )
    first, second = found.people
    assert (first.name, first.sex, first.born_on, first.department, first.post) == (
        "王䶮", Sex.FEMALE, date(1990, 1, 1), "装配", "钳工",
    )  # fmt: skip
    assert second.born_on == date(1990, 5, 7)
    assert found.rows == 2
    assert found.remarks == ()


def test_hidden_sheets_are_not_chosen_while_another_is_one() -> None:
    better: list[list[Cell]] = [["姓名", "性别", "部门"], ["甲", "男", "一"]]
    plain: list[list[Cell]] = [["姓名", "部门"], ["乙", "一"]]
    hidden, shown = SheetTable("藏", better, hidden=True), SheetTable("明", plain)
    assert find_table("a", (hidden, shown)).sheet is shown
    assert find_table("a", (hidden,)).sheet is hidden


def test_without_headings_there_is_a_sentence() -> None:
    with pytest.raises(UserError) as caught:
        find_table("a.csv", (SheetTable("a", [["王五", "13900000000"], ["李四", "1"]]),))
    assert caught.value.code == "I-111"
    with pytest.raises(UserError) as caught:
        reading([["姓名", "部门"], ["甲", "一"]], ["", "department"])
    assert caught.value.code == "I-112"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("员工姓名", "name"),
        ("车间/部门", "department"),
        ("身份证号码（18位）", "id_number"),
        ("*用工形式：", "employment"),
        ("入厂时间", "joined_on"),
        ("本人手机号码", "phone"),
        ("是否为会员", "member"),
        ("紧急联系人电话", ""),
        ("配偶姓名", ""),
        ("部门负责人", ""),
        ("序号", ""),
        ("基本工资", ""),
    ],
)
def test_columns_are_known_by_their_aliases(heading: str, name: str) -> None:
    assert guess(heading)[0] == name


def test_what_was_chosen_is_proposed_again_and_no_fact_twice() -> None:
    headings = ("姓名", "所在单元", "部门", "手机", "联系电话")
    assert propose(headings) == ("name", "", "department", "phone", "")
    chosen = with_column(propose(headings), 1, "department")
    assert chosen == ("name", "department", "", "phone", "")
    lines = to_remember(headings, with_column(chosen, 3, ""))
    assert propose(headings, lines) == ("name", "department", "", "", "")
    assert propose(("姓名", "所在单元"), lines) == ("name", "department")


@pytest.mark.parametrize(
    "cell",
    ["2024年3月5日", "2024 年 3 月 5 日", "2024/3/5", "2024-03-05", "2024.3.5", "20240305", 20240305, 20240305.0,
     "２０２４／３／５", datetime.fromisoformat("2024-03-05T08:00"), date(2024, 3, 5), 45356.0, "2024-03-05 00:00:00"],
)  # fmt: skip
def test_every_way_to_write_a_date(cell: Cell) -> None:
    assert read_date(cell) == date(2024, 3, 5)


@pytest.mark.parametrize(
    "cell", ["2024年3月", "3月5日", "2024.13.5", "2024年2月30日", "不详", CellError("#N/A")]
)
def test_what_is_no_day_is_not_guessed(cell: Cell) -> None:
    with pytest.raises(UnreadableError):
        read_date(cell)


def test_id_numbers_tell_sex_and_birth_and_are_checked() -> None:
    good = id_number(serial="124")
    assert read_id_number(f" {good} ") == good
    assert read_id_number("'" + good) == good
    old = read_id_number("371302900101124")
    assert old == good
    assert read_id_number(371302900101124.0) == good
    for spoilt in (3.71302199001011e17, "3.71302E+17", good[:-1], good[:-2] + "99", CellError("#REF!")):
        with pytest.raises(UnreadableError) as caught:
            read_id_number(spoilt)
        assert caught.value.refuses
    with pytest.raises(UnreadableError) as caught:
        read_id_number("E12345678")
    assert not caught.value.refuses


def test_rows_that_are_refused_and_those_only_remarked_on() -> None:
    her = id_number(serial="124")
    found = reading(
        [
            ["姓名", "身份证号", "性别", "出生日期", "部门", "是否会员", "入职日期"],
            ["甲一", her, "男", "1991-01-01", "一车间", "是", "2030-01-01"],
            ["乙二", her, "", "", "一车间", "", ""],
            ["丙三", 3.7e17, "", "", "一车间", "", ""],
            ["", "", "男", "", "一车间", "", ""],
            ["丁四", "", "男", "", "一车间", "也许", ""],
            ["丁四", "", "男", "", "一车间", "否", ""],
            [CellError("#REF!"), "", "男", "", "", "", ""],
            ["戊五", "", "女", "", CellError("#N/A"), "", ""],
        ]
    )
    assert [each.name for each in found.people] == ["甲一", "丁四", "丁四", "戊五"]
    assert (found.people[0].sex, found.people[0].born_on) == (Sex.FEMALE, date(1990, 1, 1))
    assert found.people[0].joined_on is None
    assert [(each.row, each.column, each.refused) for each in found.remarks] == [
        (2, "性别", False),
        (2, "出生日期", False),
        (2, "入职日期", False),
        (3, "身份证号", True),
        (4, "身份证号", True),
        (5, "姓名", True),
        (6, "是会员", False),
        (7, "", False),
        (8, "姓名", True),
        (9, "部门", False),
    ]
    told = "".join(each.sentence for each in found.remarks)
    assert "和第 2 行相同" in told
    for kept_quiet in ("甲一", "乙二", "丁四", her, her[:6]):
        assert kept_quiet not in told
    assert found.rows == 8


@pytest.mark.parametrize(
    ("words", "level"),
    [("一线职工", PostLevel.FRONTLINE), ("生产工人", PostLevel.FRONTLINE), ("专业技术", PostLevel.TECHNICAL),
     ("中层管理", PostLevel.MANAGEMENT), ("", None), ("是", PostLevel.FRONTLINE)],
)  # fmt: skip
def test_levels(words: str, level: PostLevel | None) -> None:
    assert read_level(words) is level


@pytest.mark.parametrize(
    ("words", "form"),
    [("固定期限劳动合同", StaffEmployment.CONTRACT), ("劳务派遣", StaffEmployment.DISPATCHED),
     ("非全日制", StaffEmployment.OTHER), ("劳务", StaffEmployment.OTHER), ("正式工", StaffEmployment.CONTRACT)],
)  # fmt: skip
def test_forms_of_employment(words: str, form: StaffEmployment) -> None:
    assert read_employment(words) is form


CELLS = st.one_of(
    st.text(max_size=12), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes(),
    st.just(CellError("#REF!")),
)  # fmt: skip


@given(st.lists(st.lists(CELLS, min_size=11, max_size=11), max_size=6))
def test_whatever_stands_in_the_cells_it_is_read_or_remarked_on(rows: list[list[Cell]]) -> None:
    heads: list[Cell] = [
        "姓名", "性别", "出生日期", "身份证号", "部门", "岗位", "岗位类别", "用工形式", "入职日期", "是会员", "手机",
    ]  # fmt: skip
    found = reading([heads, *rows])
    refused = {each.row for each in found.remarks if each.refused}
    assert len(found.people) + len(refused) == found.rows <= len(rows)
