"""线上答卷 in the window: a file is looked at, taken in and undone; nothing of it blocks the window."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.case import Case
from app.domain.survey import Survey
from app.domain.union import AgreementKind, Cycle, Form
from app.gui.stages.survey.online import OnlineAnswers
from app.gui.widgets.check_field import CheckMark
from app.progress import Progress
from tests.exchange.survey_tables import QUESTIONS, SITE, site_cells, table_of, write_table
from tests.gui.demo_pages import MARCH, open_case
from tests.gui.window_driver import AnswerBook, Hands


@pytest.fixture
def hands(qtbot, tmp_path: Path) -> Hands:
    cycle = Cycle(
        id="cycle", year=2026, region="shandong", form=Form.SINGLE, agreement_kind=AgreementKind.WAGE
    )
    case = Case(cycle=cycle, surveys=(Survey(id="s1", title_text="调查", issued=40),), questions=QUESTIONS)
    hands = open_case(qtbot, tmp_path, case, MARCH)
    hands.go("survey", "run")
    hands.page.view().build_all()
    hands.settle()
    return hands


@pytest.fixture
def part(hands: Hands) -> OnlineAnswers:
    found = hands.page.view().views["survey_online"]
    assert isinstance(found, OnlineAnswers)
    return found


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def made() -> Path:
        rows = table_of(QUESTIONS, [{"q1": 0, "q2": (0, 1)}, {"q1": 1}, {"q1": 2}])
        rows[0].append("7、您的姓名")
        for row in rows[1:]:
            row.append("王䶮")
        rows[3][6] = "不在里面"
        return write_table(tmp_path / "1_按文本_调查_3_3.xlsx", rows)

    return made


def _words(part: OnlineAnswers) -> list[str]:
    assert part.lines is not None
    while not part.lines.is_whole():
        part.lines.build_to(len(part.lines.parts()))
    return [
        each.accessibleName() if isinstance(each, CheckMark) else each.words()  # type: ignore[attr-defined]
        for each in part.lines.parts()
    ]


def test_a_file_is_looked_at_taken_in_and_undone(hands: Hands, part: OnlineAnswers, file) -> None:
    assert isinstance(part.ask, AnswerBook)
    part.ask.files.append([file()])
    part.drop.activated.emit()
    hands.settle()
    assert part.preview is not None and part.take is not None
    assert part.words.words() == (
        "1_按文本_调查_3_3.xlsx：按文本导出的（按文件名和内容认出），共 3 份，收下 2 份有效答卷。"
    )
    told = _words(part)
    assert told[:3] == [
        "没有算有效的行（1 处）",
        "第4行：没有一个能算的答案：第1题的答案不在选项里",
        "对上的题（6 题）",
    ]
    assert "留下“7、您的姓名”" in told
    assert "来自IP：网站自动加上的列，不收" in told
    assert "王䶮" not in "".join(told)
    assert part.take.hasFocus()
    assert not hands.desk.case.data_imports
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    case = hands.desk.case
    assert [(each.rows, each.kept) for each in case.data_imports] == [(3, 2)]
    assert case.find("answer_counts", "answers-q1").numbers == (1, 1, 0)
    assert part._sheet.remark() == "已收下 2 份"
    assert part.drop.isVisible() and part.drop.hasFocus()
    hands.desk.undo()
    hands.settle()
    assert not hands.desk.case.data_imports and not hands.desk.case.answer_counts
    assert not part.taken.isVisible()


def test_a_file_without_asked_questions_is_taken_only_with_a_tick(
    hands: Hands, part: OnlineAnswers, tmp_path: Path
) -> None:
    rows = [[*row[:6], *row[7:]] for row in table_of(QUESTIONS, [{"q6": "好"}, {"q6": "行"}])]
    part.drop.files_dropped.emit([write_table(tmp_path / "1.xlsx", rows)])
    hands.settle()
    assert part.take is not None and part.on_purpose is not None and part.leave is not None
    assert not part.take.isVisible() and part.leave.hasFocus()
    assert "没有算进去：文件里没有第1题，像是另一版问卷的答卷。" in part.words.words()
    part.on_purpose.click()
    part.take.click()
    hands.settle()
    assert [each.kept for each in hands.desk.case.data_imports] == [2]


def test_leaving_it_changes_nothing_and_a_ticked_column_is_kept(
    hands: Hands, part: OnlineAnswers, file
) -> None:
    part.drop.files_dropped.emit([file()])
    hands.settle()
    _words(part)
    marks = [each for each in part.lines.parts() if isinstance(each, CheckMark)]
    marks[0].click()
    hands.settle()
    assert part.preview is not None
    assert [each.stem for each in part.preview.file.made] == ["您的姓名"]
    assert part.leave is not None
    part.leave.click()
    hands.settle()
    assert part.preview is None and part.words.words() == "没有收，什么也没有变。"
    assert not hands.desk.case.data_imports


def test_what_is_no_file_of_answers_gets_a_sentence(
    hands: Hands, part: OnlineAnswers, tmp_path: Path
) -> None:
    part.drop.files_dropped.emit(
        [write_table(tmp_path / "名册.xlsx", [["姓名", "部门"], ["王䶮", "一车间"]])]
    )
    hands.settle()
    assert part.words.words().startswith("“名册.xlsx”里没有找到答卷")
    assert part.words.words().endswith("（Q-101）")
    other = [[*SITE, "1、午饭几点吃", "2、喜欢什么"], [*site_cells(1), "12点", "苹果"]]
    part.drop.files_dropped.emit([write_table(tmp_path / "午饭.xlsx", other)])
    hands.settle()
    assert "收不了：" in part.words.words()
    assert part.take is not None and not part.take.isVisible()
    assert part.leave is not None and part.leave is QApplication.focusWidget()


def test_reading_can_be_stopped(
    hands: Hands, part: OnlineAnswers, file, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed = threading.Event()

    def slow(*_given: object, progress: Progress, **_more: object) -> None:
        pressed.wait(5)
        progress.step(1, 2)

    monkeypatch.setattr("app.usecases.import_survey.read_survey_file", slow)
    part.read(file())
    assert part.job is not None and part.progress is not None
    part.progress.cancel.click()
    pressed.set()
    hands.settle()
    assert part.words.words() == "已停下，什么也没有收。"
    assert part.preview is None and part.drop.isVisible()
