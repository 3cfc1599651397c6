"""Sheets that come again in another download are counted once; files that do not fit are listed, not swallowed."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.case import Case
from app.domain.survey import Survey
from app.errors import UserError
from app.storage.library import Library
from app.usecases.enter_sheet import reopen_entry
from app.usecases.import_survey import SurveyPreview, import_survey, preview_survey
from tests.exchange.survey_tables import QUESTIONS, table_of, write_table

ON = date(2026, 3, 2)
ANSWERED: list[dict[str, Any]] = [
    {"q1": at % 3, "q2": (at % 2,), "q5": f"{at % 4}", "q6": f"意见{at % 5}"} for at in range(12)
]


@pytest.fixture
def case_id(library: Library) -> str:
    with library.write("李四") as work:
        made = work.add_case(Case(surveys=(Survey(id="s1", title_text="意愿调查"),), questions=QUESTIONS))
        work.commit()
    return made


def _rows(form: str = "按文本") -> list[list[object]]:
    """Each sheet has its own time."""
    rows = table_of(QUESTIONS, ANSWERED, form)
    for at, row in enumerate(rows[1:]):
        row[1] = f"2026/3/1 12:00:{at:02}"
    return rows


def _without(column: int, rows: list[list[object]]) -> list[list[object]]:
    return [[*row[:column], *row[column + 1 :]] for row in rows]


def _look(library: Library, case_id: str, folder: Path, rows: list[list[object]], name: str) -> SurveyPreview:
    return preview_survey(library, case_id, write_table(folder / name, rows))


def _take(library: Library, case_id: str, preview: SurveyPreview, *, on_purpose: bool = False) -> int | None:
    import_survey(library, case_id, preview, actor="李四", taken_on=ON, on_purpose=on_purpose)
    valid: int | None = library.read_case(case_id).surveys[0].valid
    return valid


def test_a_later_part_of_the_same_download_adds_nobody_twice(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    rows = _rows()
    assert _take(library, case_id, _look(library, case_id, tmp_path, rows[:11], "a.xlsx")) == 10
    part = _look(library, case_id, tmp_path, [rows[0], *rows[7:]], "b.xlsx")
    assert [str(each) for each in part.file.refused] == [
        f"第{row}行：以前导入的文件里有这一份，没有再算" for row in (2, 3, 4, 5)
    ]
    assert part.replaces == () and part.warnings == ()
    assert _take(library, case_id, part) == 12
    held = library.read_case(case_id).data_imports[-1]
    assert (held.rows, held.kept, len(held.refused)) == (6, 2, 4)
    nothing_new = _look(library, case_id, tmp_path, [rows[0], *rows[4:9]], "c.xlsx")
    with pytest.raises(UserError, match="里面的 5 份以前都收过，没有新的答卷"):
        _take(library, case_id, nothing_new)
    library.undo_last_group(case_id, "李四")
    again = _look(library, case_id, tmp_path, [rows[0], *rows[7:]], "b.xlsx")
    assert _take(library, case_id, again) == 12


@pytest.mark.parametrize("form", ["按文本", "按序号"])
def test_the_whole_download_takes_the_place_of_all_its_parts(
    library: Library, case_id: str, tmp_path: Path, form: str
) -> None:
    rows = _rows()
    _take(library, case_id, _look(library, case_id, tmp_path, rows[:5], "a.xlsx"))
    _take(library, case_id, _look(library, case_id, tmp_path, [rows[0], *rows[4:8]], "b.xlsx"))
    whole = _look(library, case_id, tmp_path, _rows(form), f"c_{form}.xlsx")
    assert whole.warnings == ("上次导入的 7 份都在这个文件里，收下以后由它代替，不会算两遍",)
    assert _take(library, case_id, whole) == 12
    assert len(library.read_case(case_id).data_imports) == 1


def test_what_was_deleted_on_the_site_is_not_said_to_be_there(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    rows = _rows()
    _take(library, case_id, _look(library, case_id, tmp_path, rows, "a.xlsx"))
    later = [*rows[:12], [13, "2026/3/2 08:00:00", *rows[1][2:]]]  # the last one is gone, one is new
    preview = _look(library, case_id, tmp_path, later, "b.xlsx")
    assert not any("都在这个文件里" in each for each in preview.warnings)
    assert len(preview.file.refused) == 11
    assert _take(library, case_id, preview) == 13


def test_the_same_answers_alone_are_nobody_twice(library: Library, case_id: str, tmp_path: Path) -> None:
    """Without 序号 nobody can tell; both stay, and each is listed."""
    rows = _without(0, _rows())
    assert _take(library, case_id, _look(library, case_id, tmp_path, rows, "a.xlsx")) == 12
    again = _look(library, case_id, tmp_path, rows[:4], "b.xlsx")
    assert [str(each) for each in again.file.doubtful] == [
        f"第{row}行：和以前收下的一份答得一样，可能重复，已收下" for row in (2, 3, 4)
    ]
    assert again.warnings[0].startswith("有 3 份和以前收下的答得一模一样")
    assert again.file.refused == () and again.replaces == ()
    assert _take(library, case_id, again) == 15


def test_another_survey_of_the_site_has_the_same_numbers_and_other_times(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    rows = _rows()
    _take(library, case_id, _look(library, case_id, tmp_path, rows, "a.xlsx"))
    other = [rows[0], *([row[0], f"2026/3/5 {row[1]}", *row[2:]] for row in rows[1:])]
    preview = _look(library, case_id, tmp_path, other, "b.xlsx")
    assert preview.file.refused == ()
    assert _take(library, case_id, preview) == 24


def test_marks_tell_no_number_no_time_no_order_and_no_sheet(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    _take(library, case_id, _look(library, case_id, tmp_path, _rows(), "a.xlsx"))
    (marks,) = library.sheet_marks(case_id, "s1").values()
    assert len(marks) == 12
    with sqlite3.connect(library.database_file) as connection:
        found = connection.execute("SELECT * FROM sheet_marks").fetchall()
        whole = "\n".join(connection.iterdump())
        with pytest.raises(sqlite3.OperationalError):
            connection.execute("SELECT rowid FROM sheet_marks")
    connection.close()
    assert [row[2] for row in found] == sorted(marks)
    assert {len(row) for row in found} == {3}
    ids = {each.id for each in library.sheets(case_id, "s1")}
    assert not any(name in mark for name in ids for mark in marks)
    assert "12:00:0" not in whole and "12-0-" not in whole


def test_a_file_without_asked_questions_is_taken_only_on_purpose(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    rows = _without(6, _rows())  # 第1题 is gone
    preview = _look(library, case_id, tmp_path, rows, "a.xlsx")
    assert preview.other_version == "文件里没有第1题，像是另一版问卷的答卷"
    with pytest.raises(UserError) as refused:
        _take(library, case_id, preview)
    assert refused.value.code == "Q-107"
    assert library.sheets(case_id, "s1") == () and not library.read_case(case_id).data_imports
    assert _take(library, case_id, preview, on_purpose=True) == 12


def test_a_question_worded_otherwise_is_another_version(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    rows = _rows()
    rows[0][6] = "1、您的岗位职务类别"
    preview = _look(library, case_id, tmp_path, rows, "a.xlsx")
    assert preview.other_version == "文件里第1题的题干和问卷上的不一样，像是另一版问卷的答卷"
    rows[0][6] = "1、请问您的岗位类别？[单选题]"
    assert _look(library, case_id, tmp_path, rows, "b.xlsx").other_version == ""


def test_a_closed_entry_takes_no_file_until_it_is_opened(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    open_preview = _look(library, case_id, tmp_path, _rows(), "a.xlsx")
    survey = library.read_case(case_id).surveys[0]
    with library.write("李四") as work:
        work.put(case_id, "surveys", survey.replace(entry_closed_on=ON), action="结束录入")
        work.commit()
    with pytest.raises(UserError) as looked:
        _look(library, case_id, tmp_path, _rows(), "a.xlsx")
    with pytest.raises(UserError) as taken:
        _take(library, case_id, open_preview)
    assert looked.value.code == taken.value.code == "Q-106"
    assert library.sheets(case_id, "s1") == ()
    reopen_entry(library, case_id, "s1", actor="李四")
    assert _take(library, case_id, open_preview) == 12
