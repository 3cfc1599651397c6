"""Large files come in through the window's own pages while it goes on: answers to 40 questions, a roster."""

from __future__ import annotations

import importlib
import random
from pathlib import Path

import pytest
from openpyxl import Workbook
from pytestqt.qtbot import QtBot

from app.domain.case import Case
from app.domain.survey import Survey
from app.domain.union import AgreementKind, Cycle, Form
from app.exchange.survey_files import read_survey_file
from app.gui.stages.survey.online import OnlineAnswers
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import MARCH, open_case
from tests.gui.heartbeat import MOST_MS, Heartbeat, quietest
from tests.gui.window_driver import Hands

_GROUPS = {
    "您的部门": tuple(f"{at}车间" for at in range(1, 25)),
    "您的岗位": tuple(f"{at}工种" for at in range(1, 13)),
    "您的岗位类别": ("一线", "技术", "管理"),
    "您的用工形式": ("合同制", "劳务派遣", "其他用工"),
    "您的性别": ("男", "女"),
    "您的年龄段": ("25岁以下", "26—35岁", "36—45岁", "46—55岁", "55岁以上"),
    "您是否工会会员": ("是", "否"),
}
_MATTERS = tuple(f"事项{at}" for at in range(1, 11))
_GRADES = ("非常满意", "满意", "一般", "不满意", "非常不满意")
_WISHES = ("甲方案", "乙方案", "丙方案", "丁方案", "戊方案", "己方案")


def _file_of_answers(folder: Path, sheets: int) -> Path:
    """40 questions: all seven groups, a matrix of ten rows, 24 single and 6 multiple choices, a number, a word."""
    chance = random.Random(7)
    book = Workbook(write_only=True)
    table = book.create_sheet("Sheet1")
    stems = [*_GROUPS, *(f"对第{at}件事的看法" for at in range(30))]
    heads = ["序号", "来自IP", *(f"{at}、{stem}" for at, stem in enumerate(stems, start=1))]
    heads += [
        f"{'38、对下列事项是否满意—' if at == 0 else ''}{at + 1}.{name}" for at, name in enumerate(_MATTERS)
    ]
    table.append([*heads, "39、每月加班几小时", "40、其他意见"])
    for row in range(1, sheets + 1):
        cells: list[object] = [row, f"10.0.{row % 250}.{row % 97}"]
        cells += [chance.choice(options) for options in _GROUPS.values()]
        cells += [chance.choice(_WISHES) for _ in range(24)]
        cells += ["┋".join(sorted(chance.sample(_WISHES, 3))) for _ in range(6)]
        cells += [chance.choice(_GRADES) for _ in _MATTERS]
        table.append([*cells, f"{chance.randrange(11, 60)}小时", "多点津贴" if row % 7 == 0 else "(空)"])
    path = folder / f"1_按文本_调查_{sheets}_{sheets}.xlsx"
    book.save(path)
    return path


_ROSTER = importlib.import_module("tests.bench.bench_roster")


def _own(heart: Heartbeat) -> float:
    """What of the gaps is this program's own doing, in whatever thread."""
    return max(heart.busiest_ms, heart.held_ms)


def _survey_page(qtbot: QtBot, folder: Path, file: Path, sheets: int) -> Hands:
    questions = read_survey_file(file, (), survey="s1", batch="b").made
    assert len(questions) == 40
    cycle = Cycle(
        id="cycle", year=2026, region="shandong", form=Form.SINGLE, agreement_kind=AgreementKind.WAGE
    )
    survey = Survey(id="s1", title_text="调查", issued=sheets)
    hands = open_case(qtbot, folder, Case(cycle=cycle, surveys=(survey,), questions=questions), MARCH)
    hands.go("survey", "run")
    hands.page.view().build_all()
    hands.settle()
    return hands


@pytest.mark.parametrize("sheets", [1_000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_answers_come_in_while_the_window_goes_on(qtbot: QtBot, tmp_path: Path, sheets: int) -> None:
    file = _file_of_answers(tmp_path, sheets)
    hands = _survey_page(qtbot, tmp_path, file, sheets)

    def part() -> OnlineAnswers:
        found = hands.page.view().views["survey_online"]
        assert isinstance(found, OnlineAnswers)
        return found

    def take_in() -> None:
        part().drop.files_dropped.emit([file])
        hands.settle()
        assert part().take is not None, part().words.words()
        part().take.click()
        hands.settle()

    def undone() -> None:
        if hands.desk.case.data_imports:
            hands.desk.undo()
            hands.settle()
        assert not hands.desk.case.answer_counts

    heart = quietest(take_in, prepare=undone, measure=_own)
    assert hands.desk.case.surveys[0].valid == sheets
    assert len(hands.desk.case.answer_counts) > 2_000
    assert _own(heart) < MOST_MS, heart.report()


@pytest.mark.parametrize("people", [2_000, pytest.param(20_000, marks=pytest.mark.slow)])
def test_a_roster_comes_in_while_the_window_goes_on(qtbot: QtBot, tmp_path: Path, people: int) -> None:
    file = _ROSTER.written(tmp_path / "花名册.xlsx", people)
    hands = open_case(qtbot, tmp_path, read_example("shandong-linyi-single"))
    hands.go("settings", "roster")
    hands.settle()

    def take_in() -> None:
        hands.ask.files.append([file])
        hands.press("导入花名册")
        hands.settle()
        hands.press("收下花名册")
        hands.settle()

    def undone() -> None:
        if hands.desk.case.data_imports:
            hands.desk.undo()
            hands.settle()

    heart = quietest(take_in, prepare=undone, measure=_own)
    assert len(hands.desk.library.people(hands.desk.case_id)) == people
    assert _own(heart) < MOST_MS, heart.report()
