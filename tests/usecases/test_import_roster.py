"""A roster comes in whole with its head counts and its record, and goes out whole by one undo."""

from __future__ import annotations

import csv
import logging
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from app.domain.case import Case
from app.domain.data_import import ImportKind
from app.domain.survey import GroupBy
from app.domain.union import Department, Enterprise
from app.errors import UserError
from app.exchange.roster_columns import with_column
from app.storage.library import Library
from app.usecases.import_roster import (
    RosterPreview,
    import_roster,
    open_roster,
    preview_roster,
    proposed_columns,
    remembered_columns,
    remove_roster,
)

TODAY = date(2026, 11, 10)
CANARY, CANARY_PHONE = "金丝雀", "13912344321"
HEADS = ["姓名", "性别", "出生日期", "车间", "岗位类别", "用工形式", "是否会员", "手机", "身份证号"]
ROWS = [
    HEADS,
    [CANARY, "女", "1990年1月1日", "装配", "一线", "合同制", "是", CANARY_PHONE, "11010519491231002X"],
    ["乙", "男", "1980/1/1", "装配", "技术", "派遣", "否", "", ""],
    ["丙", "男", "19700101", "质检", "管理", "合同制", "", "", ""],
    ["丁", "男", "", "质检", "", "", "", "", "11010519491231002X"],
]


@pytest.fixture
def case_id(library: Library) -> str:
    case = Case(
        enterprise=Enterprise(id="enterprise", staff=5, female_staff=1),
        departments=(Department(id="d1", name="质检", staff=9),),
    )
    with library.write("李四") as work:
        made = work.add_case(case)
        work.commit()
    return made


def file_of(folder: Path, rows: Sequence[Sequence[str]] = ROWS, name: str = "花名册.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="gb18030", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


def look(library: Library, case_id: str, path: Path) -> RosterPreview:
    opened = open_roster(path)
    mapped = proposed_columns(opened, remembered_columns(library, case_id))
    return preview_roster(library.read_case(case_id), opened, mapped, TODAY)


def test_looking_writes_nothing(library: Library, case_id: str, tmp_path: Path) -> None:
    head = library.journal_head()
    look(library, case_id, file_of(tmp_path))
    assert library.journal_head() == head


def test_persons_counts_and_record_come_together(library: Library, case_id: str, tmp_path: Path) -> None:
    made = import_roster(library, case_id, look(library, case_id, file_of(tmp_path)), actor="李四")
    case = library.read_case(case_id)
    assert case.data_imports == (made,)
    assert (made.kind, made.rows, made.kept, made.taken_on) == (ImportKind.ROSTER, 4, 3, TODAY)
    assert made.refused == ("第 5 行“身份证号”和第 2 行相同",)
    assert "车间→部门" in made.columns_read
    assert [person.name for person in library.people(case_id)] == [CANARY, "乙", "丙"]
    told = [(group.by, group.name, group.people) for group in case.staff_groups]
    assert told == [
        (GroupBy.DEPARTMENT, "装配", 2),
        (GroupBy.DEPARTMENT, "质检", 1),
        (GroupBy.LEVEL, "一线", 1),
        (GroupBy.LEVEL, "技术", 1),
        (GroupBy.LEVEL, "管理", 1),
        (GroupBy.EMPLOYMENT, "合同制", 2),
        (GroupBy.EMPLOYMENT, "劳务派遣", 1),
        (GroupBy.SEX, "男", 2),
        (GroupBy.SEX, "女", 1),
        (GroupBy.AGE, "41—50 岁", 1),
        (GroupBy.AGE, "51 岁及以上", 2),
        (GroupBy.MEMBER, "会员", 1),
        (GroupBy.MEMBER, "不是会员", 1),
        (GroupBy.MEMBER, "没有写明", 1),
    ]


def test_one_undo_takes_all_of_it_back_and_redo_brings_it_again(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    import_roster(library, case_id, look(library, case_id, file_of(tmp_path)), actor="李四")
    first = library.read_case(case_id)
    fewer = file_of(tmp_path, ROWS[:2], "新.csv")
    import_roster(library, case_id, look(library, case_id, fewer), actor="李四")
    assert len(library.people(case_id)) == 1
    assert {group.people for group in library.read_case(case_id).staff_groups} == {1}
    step = library.next_undo(case_id)
    assert step is not None
    assert "导入花名册" in f"{step}"
    library.undo_last_group(case_id, "李四")
    assert library.read_case(case_id) == first
    assert len(library.people(case_id)) == 3
    library.undo_last_group(case_id, "李四")
    bare = library.read_case(case_id)
    assert (bare.data_imports, bare.staff_groups, library.people(case_id)) == ((), (), ())
    library.redo(case_id, "李四")
    assert library.read_case(case_id) == first
    assert len(library.people(case_id)) == 3
    assert library.verify_journal() == []


def test_a_second_roster_takes_the_place_of_the_first_and_says_so(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    assert look(library, case_id, file_of(tmp_path)).replaces == ""
    import_roster(library, case_id, look(library, case_id, file_of(tmp_path)), actor="李四")
    second = look(library, case_id, file_of(tmp_path, ROWS[:2], "新.csv"))
    assert "“花名册.csv”：3 人换成 1 人" in second.replaces
    made = import_roster(library, case_id, second, actor="李四")
    assert [each.id for each in library.read_case(case_id).data_imports] == [made.id]


def test_a_roster_is_taken_out_and_undone_as_one(library: Library, case_id: str, tmp_path: Path) -> None:
    assert remove_roster(library, case_id, actor="李四") is None
    bare = library.read_case(case_id)
    made = import_roster(library, case_id, look(library, case_id, file_of(tmp_path)), actor="李四")
    held = library.read_case(case_id)
    assert remove_roster(library, case_id, actor="李四") == made
    assert library.read_case(case_id) == bare and library.people(case_id) == ()
    step = library.undo_last_group(case_id, "李四")
    assert step is not None and step.action == "移除花名册"
    assert library.read_case(case_id) == held and len(library.people(case_id)) == 3


def test_what_a_column_was_read_as_stays_chosen_when_the_import_is_taken_back(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    rows = [["姓名", "所在单元", "部门"], ["甲", "一单元", "乙"]]
    preview = look(library, case_id, file_of(tmp_path, rows))
    changed = preview_roster(
        library.read_case(case_id), preview.opened, with_column(preview.mapped, 1, "department"), TODAY
    )
    import_roster(library, case_id, changed, actor="李四")
    library.undo_last_group(case_id, "李四")
    assert look(library, case_id, file_of(tmp_path, rows)).mapped == ("name", "department", "")


def test_numbers_that_were_typed_stay_and_the_difference_is_told(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    preview = look(library, case_id, file_of(tmp_path))
    assert [(each.what, each.held, each.counted) for each in preview.differing] == [
        ("职工总数", 5, 2),
        ("质检的人数", 9, 1),
    ]
    import_roster(library, case_id, preview, actor="李四")
    case = library.read_case(case_id)
    assert (case.enterprise.staff, case.departments[0].staff) == (5, 9)


def test_a_changed_mapping_is_remembered_in_every_year(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    rows = [["姓名", "所在单元", "部门"], ["甲", "一单元", "乙"]]
    preview = look(library, case_id, file_of(tmp_path, rows))
    assert preview.mapped == ("name", "", "department")
    changed = preview_roster(
        library.read_case(case_id), preview.opened, with_column(preview.mapped, 1, "department"), TODAY
    )
    import_roster(library, case_id, changed, actor="李四")
    assert library.people(case_id)[0].department == "一单元"
    assert look(library, case_id, file_of(tmp_path, rows)).mapped == ("name", "department", "")
    with library.write("李四") as work:
        other = work.add_case(Case())
        work.commit()
    assert look(library, other, file_of(tmp_path, rows)).mapped == ("name", "department", "")


def test_bad_files_leave_the_library_as_it_was(library: Library, case_id: str, tmp_path: Path) -> None:
    head = library.journal_head()
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"x" * 500)
    with pytest.raises(UserError):
        open_roster(path)
    nobody = look(library, case_id, file_of(tmp_path, [["姓名", "身份证号"], ["甲", "3.7E+17"]]))
    with pytest.raises(UserError) as caught:
        import_roster(library, case_id, nobody, actor="李四")
    assert caught.value.code == "I-113"
    assert library.journal_head() == head


def test_nobody_is_named_in_journal_log_or_case(
    library: Library, case_id: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        import_roster(library, case_id, look(library, case_id, file_of(tmp_path)), actor="李四")
        library.undo_last_group(case_id, "李四")
        library.redo(case_id, "李四")
    told = f"{library.journal(case_id)}{library.read_case(case_id)}{caplog.text}"
    assert "花名册" in told
    for secret in (CANARY, CANARY_PHONE, "11010519491231002X", "110105"):
        assert secret not in told
