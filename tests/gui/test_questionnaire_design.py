"""设计问卷 in the window: taken from the bank, put in order, frozen, printed; a frozen one refuses every change."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.domain.case import Case
from app.domain.questionnaire import questions_in_order
from app.domain.roster import StaffGroup
from app.domain.survey import AnswerCount, Audience, GroupBy, Question, QuestionKind, Situation, Survey
from app.errors import UserError
from app.gui.forms.section_view import SectionView
from app.gui.pages.live_preview import LivePreview
from app.gui.stages.survey.design import QuestionnaireDesign
from app.usecases.enter_sheet import enter_sheet
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import MARCH, open_case
from tests.gui.window_driver import Hands


def empty_year() -> Case:
    """The union and its departments are known, nobody has been asked yet."""
    case = read_example("shandong-linyi-single")
    return Case(cycle=case.cycle, union=case.union, enterprise=case.enterprise, departments=case.departments)


def asked(place: int, **facts: object) -> Question:
    base: dict[str, object] = {"survey": "s", "kind": QuestionKind.SINGLE, "options": ("甲", "乙")}
    return Question(id=f"q{place}").replace(**base | {"number": place, "stem": f"题干{place}"} | facts)


def with_questions(*questions: Question) -> Case:
    return dataclasses.replace(
        empty_year(),
        surveys=(Survey(id="s", title_text="调查"),),
        questions=questions or (asked(1), asked(2), asked(3)),
    )


@pytest.fixture
def opened(qtbot, tmp_path: Path) -> Callable[[Case], Hands]:
    def open_it(case: Case) -> Hands:
        hands = open_case(qtbot, tmp_path, case, MARCH)
        hands.go("survey", "design")
        hands.page.view().build_all()
        hands.settle()
        return hands

    return open_it


def design(hands: Hands) -> QuestionnaireDesign:
    part = hands.page.view().views["questionnaire_design"]
    assert isinstance(part, QuestionnaireDesign)
    return part


def press(hands: Hands, words: str, within: QWidget | None = None) -> None:
    hands.press(words, within or design(hands))
    hands.settle()


def stems(hands: Hands) -> list[str]:
    survey = design(hands).survey()
    return [each.stem for each in questions_in_order(hands.desk.case, survey.id)] if survey else []


def texts(hands: Hands) -> str:
    return design(hands)._words.words()


def test_a_questionnaire_is_taken_from_the_bank_in_a_few_steps(opened) -> None:
    hands = opened(empty_year())
    part = design(hands)
    assert not part.freeze.isVisible() and not part.print_run.isVisible()
    press(hands, "从题库选题")
    bank = part.bank
    assert bank is not None
    normal = bank.ticked()
    assert {"department", "level", "satisfied_wage", "raise", "quota", "open_wish"} <= set(normal)
    hands.fill(bank.situation, Situation.DIFFICULT)
    hands.settle()
    assert "hard_times" in bank.ticked() and "raise" not in bank.ticked()
    assert "稳岗增效" in bank._told.words() and "津工通" in bank._told.words()
    hands.press_button(bank.marks["hard_least"])
    count = len(bank.ticked())
    assert "hard_least" not in bank.ticked()
    press(hands, "加入问卷")
    survey = part.survey()
    assert survey is not None and survey.named is False
    assert (survey.audience, survey.situation) == (Audience.STAFF, Situation.DIFFICULT)
    assert len(stems(hands)) == count and not bank.isVisible()
    numbers = [each.number for each in questions_in_order(hands.desk.case, survey.id)]
    assert numbers == list(range(1, count + 1))
    press(hands, "从题库选题")
    assert not bank.marks["hard_times"].isEnabled()
    hands.desk.undo()
    hands.settle()
    assert stems(hands) == []


def test_a_roster_that_came_later_gives_its_departments_with_one_click(opened) -> None:
    case = dataclasses.replace(
        with_questions(asked(1, asks_group=GroupBy.DEPARTMENT, stem="你在哪个部门？", options=())),
        staff_groups=tuple(
            StaffGroup(id=name, by=GroupBy.DEPARTMENT, name=name, people=9) for name in ("装配", "铸造")
        ),
    )
    hands = opened(case)
    part = design(hands)
    assert part.offer.isVisible() and "装配、铸造" in part.offer.words.words()
    press(hands, "用花名册的名称")
    assert hands.desk.case.find("questions", "q1").options == ("装配", "铸造")
    assert not part.offer.isVisible()
    hands.desk.undo()
    hands.settle()
    assert part.offer.isVisible() and hands.desk.case.find("questions", "q1").options == ()


def test_managers_have_their_own_version(opened) -> None:
    hands = opened(empty_year())
    press(hands, "从题库选题")
    bank = design(hands).bank
    assert bank is not None
    hands.fill(bank.audience, Audience.MANAGERS)
    hands.settle()
    assert "manager_topics" in bank.ticked() and "satisfied_wage" not in bank.marks
    press(hands, "加入问卷")
    assert design(hands).survey().audience is Audience.MANAGERS


def test_questions_move_and_doubled_numbers_are_told(opened) -> None:
    hands = opened(with_questions(asked(1), asked(2, number=1), asked(3)))
    part = design(hands)
    assert "第 1 题有两道" in texts(hands)
    press(hands, "重排题号")
    assert [each.number for each in questions_in_order(hands.desk.case, "s")] == [1, 2, 3]
    assert "还没有定稿" in texts(hands)
    part.picker.set_value("q3")
    part.show_case()
    press(hands, "上移")
    assert stems(hands) == ["题干1", "题干3", "题干2"]
    assert part.picker.value() == "q3"
    press(hands, "上移")
    assert stems(hands)[0] == "题干3" and not part.up.isEnabled()
    press(hands, "下移")
    assert stems(hands)[1] == "题干3"


def test_what_lacks_something_is_not_frozen_and_says_why(opened) -> None:
    hands = opened(with_questions(asked(1), asked(2, options=("甲",))))
    said: list[object] = []
    hands.desk.failed.connect(said.append)
    press(hands, "定稿")
    assert isinstance(said[0], UserError) and said[0].code == "S-203"
    assert design(hands).survey().frozen_on is None


def test_a_frozen_questionnaire_refuses_typing_adding_and_removing(opened) -> None:
    hands = opened(with_questions())
    press(hands, "定稿")
    part = design(hands)
    assert "版次 2026-1" in texts(hands)
    assert part.survey().frozen_on == MARCH
    assert not part.choose.isVisible() and not part.up.isVisible()
    said: list[object] = []
    hands.desk.failed.connect(said.append)
    before = hands.desk.case
    section = questions(hands)
    other = before.find("questions", "q1").replace(stem="别的问题")
    hands.desk.try_out("questions", other)
    hands.desk.change("questions", other)
    hands.settle()
    assert hands.desk.draft is None
    assert not [each for each in hands.desk.checkup.findings if each.rule == "data_frozen_questions"]
    assert len(said) == 1 and hands.desk.case == before
    section.add_record()
    hands.settle()
    section.table.select("q2")
    section.table.remove_requested.emit("q2")
    hands.settle()
    assert [each.code for each in said] == ["S-201"] * 3
    assert hands.desk.case == before
    assert hands.desk.library.read_case(hands.desk.case_id) == before
    assert hands.desk.unsaved() == 0
    row = next(each for each in section.table.rows() if each.id == "q1")
    assert row.cells["stem"] == "题干1"


def questions(hands: Hands) -> SectionView:
    return next(each for each in hands.page.view().sections if each.section.collection == "questions")


def test_frozen_questions_look_locked_and_lead_to_what_can_be_done(opened) -> None:
    hands = opened(with_questions())
    section, part = questions(hands), design(hands)
    assert not section._locked.isVisible() and section.table.add_button.isVisible()
    press(hands, "定稿")
    assert section._locked.isVisible() and "只能看，不能改" in section._locked.words.words()
    assert all(row.locked for row in section.table.rows())
    hands.open_cell(section.table, "q1", 2)
    assert section._cells.editor() is None
    assert section.form.editors["stem"].is_read_only() and section.form.editors["options"].is_read_only()
    assert not section.form.editors["asked_count"].is_read_only()
    assert not section.table.add_button.isVisible() and not section.table.remove_button.isVisible()
    hands.press("去解除定稿", section)
    assert part.reopen.hasFocus()
    hands.desk.change("surveys", part.survey().replace(sheets_printed=320))
    hands.settle()
    assert not part.reopen.isVisible()
    hands.press("去另起一版", section)
    assert part.again.hasFocus()
    hands.press_button(part.again)
    hands.settle()
    assert [row.locked for row in section.table.rows()] == [True] * 3 + [False] * 3
    assert section.table.add_button.isVisible()
    section.table.select(section.table.rows()[-1].id)
    hands.settle()
    assert not section.form.editors["stem"].is_read_only() and section.table.remove_button.isVisible()


def test_a_refused_change_leaves_nothing_behind_that_was_being_typed(opened) -> None:
    """What was tried out while typing is checked no more once it is refused."""
    hands = opened(with_questions())
    press(hands, "定稿")
    said: list[object] = []
    hands.desk.failed.connect(said.append)
    question = hands.desk.case.find("questions", "q1")
    assert question is not None
    hands.desk.half_typed.keep("questions", "q1", "stem", "别的")
    hands.desk.half_typed.keep("questions", "q1", "at_most", "三")
    hands.desk.try_out("questions", question.replace(stem="别的问题"))
    hands.settle()
    assert "data_frozen_questions" in {each.rule for each in hands.desk.checkup.findings}
    hands.desk.change("questions", question.replace(stem="别的问题"))
    hands.settle()
    assert [each.code for each in said] == ["S-201"]
    assert hands.desk.draft is None and hands.desk.case.find("questions", "q1") == question
    assert "data_frozen_questions" not in {each.rule for each in hands.desk.checkup.findings}
    assert hands.desk.half_typed.words("questions", "q1", "stem") == ""
    assert hands.desk.half_typed.words("questions", "q1", "at_most") == "三"


def test_what_only_storage_refuses_is_shown_as_it_is_again(opened) -> None:
    """The library refuses a question that keyed sheets answer; no other try would help."""
    hands = opened(with_questions())
    library, case_id = hands.desk.library, hands.desk.case_id
    # The window knows nothing of it.
    enter_sheet(library, case_id, "s", number="1", answers={"q1": 0}, actor="李四")
    said: list[object] = []
    hands.desk.failed.connect(said.append)
    question = hands.desk.case.find("questions", "q1")
    assert question is not None
    hands.desk.change("questions", question.replace(options=tuple(reversed(question.options))))
    hands.settle()
    assert [each.code for each in said] == ["S-201"]
    assert hands.desk.case.find("questions", "q1") == question
    assert hands.desk.unsaved() == 0


def test_it_can_be_opened_again_until_sheets_are_in_and_then_a_new_version_is_made(opened) -> None:
    hands = opened(with_questions())
    part = design(hands)
    press(hands, "定稿")
    press(hands, "解除定稿")
    assert part.survey().frozen_on is None and part.choose.isVisible()
    press(hands, "定稿")
    hands.desk.add("answer_counts", {"question": "q1", "numbers": (3, 4)})
    hands.settle()
    assert not part.reopen.isVisible()
    press(hands, "另起一版")
    survey = part.survey()
    assert survey.id != "s" and stems(hands) == ["题干1", "题干2", "题干3"]
    press(hands, "定稿")
    assert part.survey().version == "2026-2"
    assert isinstance(hands.desk.case.answer_counts[0], AnswerCount)


def test_numbered_sheets_and_the_list_for_pasting(opened) -> None:
    hands = opened(with_questions())
    part = design(hands)
    press(hands, "定稿")
    hands.fill(part.copies, 4)
    press(hands, "印编号问卷")
    assert "编号 0001 到 0004" in part.job.words()
    assert part.survey().sheets_printed == 4
    hands.press("打开看", part.job)
    printed = hands.ask.shown[0]
    assert printed.suffix == ".pdf" and printed.read_bytes().startswith(b"%PDF")
    press(hands, "复制题目清单")
    pasted = QGuiApplication.clipboard().text()
    assert "1. 题干1[单选题]\n甲\n乙\n" in pasted.replace("\r\n", "\n")
    press(hands, "存题目清单")
    hands.press("打开看", part.job)
    listed = hands.ask.shown[1].read_bytes()
    assert listed.startswith(b"\xef\xbb\xbf")
    assert listed.decode("utf-8-sig").replace("\r\n", "\n") == pasted.replace("\r\n", "\n")
    press(hands, "印编号问卷")
    assert "编号 0005 到 0008" in part.job.words()


def test_the_paper_beside_the_form_loses_the_word_draft_when_it_is_frozen(opened, qtbot) -> None:
    hands = opened(with_questions())
    hands.window.resize(1920, 1009)
    hands.settle()
    panes = hands.visible(LivePreview)
    if not panes:
        pytest.skip("the screen is too narrow for a paper beside the form")
    pane = panes[0]
    qtbot.waitUntil(pane.is_drawn, timeout=10_000)
    before = pane._shown
    press(hands, "定稿")
    qtbot.waitUntil(lambda: pane._shown is not before, timeout=10_000)
    assert pane._shown.digest != before.digest
