"""A file of answers comes in as one step: record, sheets, counts; undone as one, and nobody's answer leaks."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.case import Case
from app.domain.data_import import DataImport, ImportKind
from app.domain.survey import AnswerCount, Survey
from app.errors import UserError
from app.exchange.case_file import dump_case
from app.storage.library import Library
from app.usecases.import_survey import import_survey, preview_survey
from app.usecases.program import Program
from app.usecases.tally_survey import retally
from tests.exchange.survey_tables import QUESTIONS, SITE, site_cells, table_of, write_table

CANARIES = ("金丝雀意见", "金丝雀姓名", "203.0.113.77", "金丝雀昵称")
ON = date(2026, 3, 2)
ANSWERED: list[dict[str, Any]] = [
    {"q1": 0, "q2": (0, 1), "q4": (0, 1, None), "q6": "金丝雀意见"},
    {"q1": 1, "q2": (1,), "q3": (0, 1, 2)},
    {"q1": 0, "q5": "3"},
]


@pytest.fixture
def case_id(library: Library) -> str:
    typed = AnswerCount(id="typed", question="q1", numbers=(9, 9, 9))
    with library.write("李四") as work:
        made = work.add_case(
            Case(
                surveys=(Survey(id="s1", title_text="意愿调查", issued=9, returned_paper=4, valid_paper=3),),
                questions=QUESTIONS,
                answer_counts=(typed,),
            )
        )
        work.commit()
    return made


def _take(library: Library, case_id: str, path: Path) -> DataImport:
    return import_survey(library, case_id, preview_survey(library, case_id, path), actor="李四", taken_on=ON)


def _file(
    folder: Path, answered: list[dict[str, Any]], name: str = "1_按文本_调查_3_3.xlsx", *, at: str = ""
) -> Path:
    rows = table_of(QUESTIONS, answered)
    for row in rows[1:] if at else ():
        row[1] = at
    rows[0] += ["昵称", "7、您的姓名"]
    for row in rows[1:]:
        row[5] = "203.0.113.77"
        row += ["金丝雀昵称", "金丝雀姓名"]
    return write_table(folder / name, rows)


def test_sheets_counts_and_numbers_come_in_together_and_go_together(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    before = dump_case(library.read_case(case_id))
    path = _file(tmp_path, ANSWERED)
    preview = preview_survey(library, case_id, path)
    assert dump_case(library.read_case(case_id)) == before
    assert preview.warnings == ("手工录的 1 组人数会换成按答卷统计的人数",)
    import_survey(library, case_id, preview, actor="李四", taken_on=ON)
    case = library.read_case(case_id)
    counts = {each.id: each.numbers for each in case.answer_counts}
    assert counts["answers-q1"] == (2, 1, 0)
    assert counts["answers-q2-by-q1-1"] == (1, 1, 0, 0)
    assert "typed" not in counts
    survey = case.surveys[0]
    assert (survey.returned_online, survey.valid_online, survey.returned, survey.valid) == (3, 3, 7, 6)
    held = case.data_imports[0]
    assert (held.kind, held.rows, held.kept, held.taken_on) == (ImportKind.ONLINE_ANSWERS, 3, 3, ON)
    assert set(held.dropped_columns) == {*SITE, "昵称", "7、您的姓名"}
    assert len(library.sheets(case_id, "s1")) == 3
    library.undo_last_group(case_id, "李四")
    assert dump_case(library.read_case(case_id)) == before
    assert library.sheets(case_id, "s1") == ()
    library.redo(case_id, "李四")
    assert {each.id: each.numbers for each in library.read_case(case_id).answer_counts} == counts
    assert library.verify_journal() == []


def test_the_same_file_is_taken_once_and_again_after_it_was_undone(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    path = _file(tmp_path, ANSWERED)
    _take(library, case_id, path)
    whole = dump_case(library.read_case(case_id))
    renamed = tmp_path / "另一个名字.xlsx"
    renamed.write_bytes(path.read_bytes())
    with pytest.raises(UserError) as refused:
        _take(library, case_id, renamed)
    assert refused.value.code == "Q-102"
    assert refused.value.what_happened == "“另一个名字.xlsx”3月2日已经导入过，内容一模一样。"
    assert dump_case(library.read_case(case_id)) == whole
    library.undo_last_group(case_id, "李四")
    _take(library, case_id, renamed)
    assert library.read_case(case_id).surveys[0].valid_online == 3


def test_a_second_file_is_counted_with_the_first(library: Library, case_id: str, tmp_path: Path) -> None:
    _take(library, case_id, _file(tmp_path, ANSWERED))
    one_more = dump_case(library.read_case(case_id))
    _take(library, case_id, _file(tmp_path, [{"q1": 2}], "2_按文本_x.xlsx", at="2026/3/1 12:00:01"))
    case = library.read_case(case_id)
    assert case.find("answer_counts", "answers-q1").numbers == (2, 1, 1)
    assert case.surveys[0].returned_online == 4
    library.undo_last_group(case_id, "李四")
    assert dump_case(library.read_case(case_id)) == one_more


def test_the_same_survey_downloaded_again_later_takes_the_place_of_the_first(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    _take(library, case_id, _file(tmp_path, ANSWERED))
    first = dump_case(library.read_case(case_id))
    later = preview_survey(
        library, case_id, _file(tmp_path, [*ANSWERED, {"q1": 2}], "1_按文本_调查_4_4.xlsx")
    )
    assert later.warnings == ("上次导入的 3 份都在这个文件里，收下以后由它代替，不会算两遍",)
    import_survey(library, case_id, later, actor="李四", taken_on=ON)
    case = library.read_case(case_id)
    assert (case.surveys[0].valid_online, len(case.data_imports)) == (4, 1)
    assert case.find("answer_counts", "answers-q1").numbers == (2, 1, 1)
    library.undo_last_group(case_id, "李四")
    assert dump_case(library.read_case(case_id)) == first
    assert len(library.sheets(case_id, "s1")) == 3


def test_a_frozen_questionnaire_gets_no_new_question_from_a_file(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    path = _file(tmp_path, ANSWERED)
    name = "7、您的姓名"
    loose = preview_survey(library, case_id, path, keep={name})
    assert [each.stem for each in loose.file.made] == ["您的姓名"]
    with library.write("李四") as work:
        survey = library.read_case(case_id).surveys[0]
        work.put(case_id, "surveys", survey.replace(frozen_on=ON), action="定稿")
        work.commit()
    fixed = preview_survey(library, case_id, path, keep={name})
    assert not fixed.file.made
    assert [(each.reason, each.keepable) for each in fixed.file.dropped if each.header == name] == [
        ("能认出是谁", False)
    ]


def test_counts_typed_by_hand_stay_where_no_sheet_answers(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    asked_aloud = AnswerCount(id="aloud", question="q3", group="", numbers=(1, 2, 3))
    with library.write("李四") as work:
        work.put(case_id, "answer_counts", asked_aloud, action="录入")
        work.commit()
    path = _file(tmp_path, [{"q1": 0}, {"q1": 1, "q5": "3"}])
    assert preview_survey(library, case_id, path).typed_counts == 2
    _take(library, case_id, path)
    held = library.read_case(case_id).answer_counts
    assert asked_aloud in held
    assert not [each for each in held if each.question == "q3" and each != asked_aloud]


def test_a_file_of_another_questionnaire_changes_nothing(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    before = dump_case(library.read_case(case_id))
    path = write_table(
        tmp_path / "a.xlsx", [[*SITE, "1、午饭几点吃", "2、喜欢什么"], [*site_cells(1), "12点", "苹果"]]
    )
    with pytest.raises(UserError) as refused:
        _take(library, case_id, path)
    assert refused.value.code == "Q-103"
    assert dump_case(library.read_case(case_id)) == before


def test_a_year_without_a_survey_gets_survey_and_questions_from_the_file(
    library: Library, tmp_path: Path
) -> None:
    with library.write("李四") as work:
        empty = work.add_case(Case())
        work.commit()
    before = dump_case(library.read_case(empty))
    _take(library, empty, _file(tmp_path, ANSWERED * 4))
    case = library.read_case(empty)
    assert len(case.surveys) == 1
    assert [each.number for each in case.questions] == [1, 2, 3, 4, 5, 6]
    assert case.surveys[0].valid == 12
    library.undo_last_group(empty, "李四")
    assert dump_case(library.read_case(empty)) == before


def test_counting_anew_inside_a_step_sees_what_the_step_changed(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    held = _take(library, case_id, _file(tmp_path, ANSWERED))
    sheets = library.sheets(case_id, "s1")
    with library.write("李四") as work:
        for sheet in sheets[1:]:
            work.remove_sheet(case_id, held.id, sheet.id, action="去掉")
        counts = retally(work, case_id, "s1")
        work.commit()
    case = library.read_case(case_id)
    assert case.answer_counts == tuple(each for each in case.answer_counts if each in counts)
    assert case.surveys[0].valid_online == 1
    with library.write("李四") as work:
        work.remove_sheet(case_id, held.id, sheets[0].id, action="去掉")
        assert retally(work, case_id, "s1") == ()
        work.commit()
    assert library.read_case(case_id).answer_counts == ()


def test_no_answer_name_or_address_leaves_the_sheets(
    library: Library, program: Program, case_id: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = _file(tmp_path, [*ANSWERED, {"q1": 0, "q3": (0, 0), "q6": "金丝雀意见"}])
    preview = preview_survey(library, case_id, path)
    assert [str(each) for each in preview.file.doubtful] == [
        "第5行：第3题的排序里同一项出现两次，这一题不算，其余照收"
    ]
    import_survey(library, case_id, preview, actor="李四", taken_on=ON)
    path.unlink()
    told = dump_case(library.read_case(case_id)).decode() + repr(library.journal()) + caplog.text
    assert not [canary for canary in CANARIES if canary in told]
    library.close()
    with sqlite3.connect(library.database_file) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {
            (name, canary)
            for name in tables
            for row in file.execute(f'SELECT * FROM "{name}"')
            for canary in CANARIES
            if any(canary in str(cell) for cell in row)
        }
        order = [name for (name,) in file.execute("SELECT id FROM survey_sheets ORDER BY rowid")]
    file.close()
    assert found == {("survey_sheets", "金丝雀意见")}
    assert order == sorted(order)  # not that of the file
    left = [each for each in tmp_path.rglob("*") if each.is_file() and each.name != "database.sqlite"]
    assert not [each for each in left for canary in CANARIES if canary.encode() in each.read_bytes()]


def test_a_column_kept_on_purpose_adds_no_question_to_a_frozen_questionnaire(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    path = _file(tmp_path, ANSWERED)
    with library.write("李四") as work:
        survey = library.read_case(case_id).surveys[0].replace(frozen_on=ON, version="2026-1")
        work.put(case_id, "surveys", survey, action="问卷定稿")
        work.commit()
    before = library.read_case(case_id)
    preview = preview_survey(library, case_id, path, keep={"7、您的姓名"})
    import_survey(library, case_id, preview, actor="李四", taken_on=ON)
    assert library.read_case(case_id).questions == before.questions
    assert len(library.sheets(case_id, survey.id)) == preview.file.valid > 0
    assert not any(
        "七" in name or "姓名" in name
        for sheet in library.sheets(case_id, survey.id)
        for name in sheet.answers
    )
