"""A stage before anything of it is written, in the window: its ways, and how the forms come in its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.agreement import Agreement
from app.domain.case import Case, collections
from app.domain.congress import Purpose, Session
from app.domain.filing import Signing
from app.domain.offer import Conclusion, Reply
from app.domain.representatives import Count, Representative, Role
from app.domain.stages import Stage
from app.domain.survey import Hearing
from app.domain.union import AgreementKind, Cycle, Enterprise, Form, Side
from app.rules.findings import Where
from tests.gui.demo_pages import MARCH, example_in_march, open_case
from tests.gui.window_driver import Hands


@pytest.fixture
def hands(qtbot, tmp_path: Path) -> Hands:
    return open_case(qtbot, tmp_path, example_in_march(), MARCH)


def opened(hands: Hands, page: str) -> Hands:
    hands.window.case_room.show_page(page)
    hands.settle()
    return hands


def test_an_untouched_stage_tells_what_it_needs_and_carries_the_one_red_button(hands: Hands) -> None:
    opened(hands, "congress")
    assert hands.page.opening.is_shown()
    head = hands.page.head()
    assert (head.primary, head.secondary, head.context) == (None, (), "还没开始")
    assert hands.page.panel_mode() == "closed"
    assert {tab.state for tab in hands.page.tabs()} == {"later"}
    assert hands.page.opening.primary().words() == "去协商会议，完成草案"
    assert hands.page.first_focus() is hands.page.opening.primary()


def test_a_stage_begun_shows_its_forms_at_once(hands: Hands) -> None:
    opened(hands, "offer")
    assert not hands.page.opening.is_shown()


def test_ctrl_enter_presses_the_page_s_own_button_and_goes_where_the_work_is(hands: Hands) -> None:
    opened(hands, "congress")
    hands.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hands.settle()
    assert hands.window.frame.current_page() == "negotiation"


def test_a_date_set_ahead_begins_the_session_and_goes_to_its_day(hands: Hands) -> None:
    opened(hands, "congress")
    hands.press("先定日期")
    hands.settle()
    assert not hands.page.opening.is_shown()
    assert len([each for each in hands.desk.case.sessions if each.purpose == "deliberate_draft"]) == 1
    assert QApplication.focusWidget().accessibleName() == "会议日期"


def test_the_tab_marked_already_shows_the_forms_too(hands: Hands) -> None:
    hands.go("congress", "sessions")
    assert not hands.page.opening.is_shown()
    assert hands.page.current_step().key == "sessions"


def test_a_jump_to_a_field_shows_the_forms(hands: Hands) -> None:
    opened(hands, "filing")
    hands.window.case_room.open_door(Where("congress", "congress", "delegates"))
    hands.settle()
    assert hands.window.frame.current_page() == "congress"
    assert not hands.page.opening.is_shown()
    assert QApplication.focusWidget().accessibleName() == "代表总数"


def test_a_blank_ballot_is_looked_at_and_left_for_the_empty_page(hands: Hands) -> None:
    opened(hands, "congress")
    hands.press("先打印空白表决票")
    hands.settle()
    assert hands.page.preview is not None and hands.page.preview.has_picture()
    hands.page.preview.closed.emit()
    hands.settle()
    assert hands.page.preview is None
    assert hands.page.opening.is_shown()


def test_what_is_begun_elsewhere_shows_its_forms_on_the_next_visit(hands: Hands) -> None:
    opened(hands, "filing")
    assert hands.page.opening.is_shown()
    hands.desk.add("signings")
    opened(opened(hands, "offer"), "filing")
    assert not hands.page.opening.is_shown()


def empty_library(qtbot, tmp_path: Path, **more) -> Hands:
    cycle = Cycle(
        id="cycle", region="shandong", year=2026, agreement_kind=AgreementKind.WAGE, form=Form.SINGLE
    )
    return open_case(qtbot, tmp_path, Case(cycle=cycle, **more), MARCH)


def agreed_and_passed() -> dict[str, tuple[object, ...]]:
    """So much of a year that the red button of each later stage begins it."""
    return {
        "representatives": (Representative(id="r", side=Side.WORKER, role=Role.CHIEF, name="周建国"),),
        "replies": (Reply(id="a", conclusion=Conclusion.AGREE),),
        "agreements": (Agreement(id="g", agreed_on=date(2026, 3, 12)),),
    }


def passed() -> dict[str, tuple[object, ...]]:
    session = Session(id="s", purpose=Purpose.DELIBERATE_DRAFT, held_on=date(2026, 3, 16))
    return {"sessions": (session,), "counts": (Count(id="c", session="s", expected=42, in_favour=40),)}


@pytest.mark.parametrize(
    ("stage", "held", "collection", "field"),
    [
        (Stage.SURVEY, {}, "surveys", "调查名称"),
        (Stage.REPRESENTATIVES, {}, "representatives", "姓名"),
        (Stage.OFFER, agreed_and_passed(), "offers", "编号"),
        (Stage.NEGOTIATION, agreed_and_passed(), "disclosures", "提供日期"),
        (Stage.CONGRESS, agreed_and_passed(), "sessions", "会议名称"),
        (Stage.FILING, passed(), "signings", "双方首席签字盖章日期"),
        (Stage.FULFILMENT, {"signings": (Signing(id="n", signed_on=MARCH),)}, "obligations", "条款"),
    ],
)
def test_the_red_button_adds_what_it_names_and_goes_to_its_first_field(
    qtbot, tmp_path: Path, stage: Stage, held: dict, collection: str, field: str
) -> None:
    if stage is Stage.OFFER:
        held = {name: held[name] for name in ("representatives",)}
    if stage is Stage.NEGOTIATION:
        held = {name: held[name] for name in ("representatives", "replies")}
    hands = opened(empty_library(qtbot, tmp_path, **held), stage.value)
    before = hands.desk.case
    hands.press(hands.page.opening.primary().words())
    hands.settle()
    after = hands.desk.case
    added = {
        name: len(after.records(name)) - len(before.records(name))
        for name in collections()
        if after.records(name) != before.records(name)
    }
    assert added == {collection: 1}
    assert QApplication.focusWidget().accessibleName() == field


@pytest.mark.parametrize(
    ("stage", "button"),
    [
        (Stage.SURVEY, "添加一次调查"),
        (Stage.REPRESENTATIVES, "添加职工方代表"),
        (Stage.OFFER, "写一份要约书"),
        (Stage.NEGOTIATION, "登记企业方资料"),
        (Stage.FILING, "登记签订"),
    ],
)
def test_filling_in_first_begins_where_the_first_record_is_added(
    qtbot, tmp_path: Path, stage: Stage, button: str
) -> None:
    hands = opened(empty_library(qtbot, tmp_path), stage.value)
    hands.press("先填起来")
    hands.settle()
    assert not hands.page.opening.is_shown()
    assert QApplication.focusWidget().accessibleName() == button


def test_an_empty_hearing_does_not_stand_for_the_survey(qtbot, tmp_path: Path) -> None:
    hands = opened(empty_library(qtbot, tmp_path, hearings=(Hearing(id="h"),)), "survey")
    assert hands.page.head().primary.label == "登记意愿调查"
    hands.page.do("next")
    hands.settle()
    assert len(hands.desk.case.surveys) == 1
    assert QApplication.focusWidget().accessibleName() == "调查名称"


def test_an_empty_count_makes_no_roster_of_nobody(qtbot, tmp_path: Path) -> None:
    hands = opened(empty_library(qtbot, tmp_path, counts=(Count(id="c", election="e"),)), "representatives")
    assert hands.page.current_step().key == "workers"
    assert hands.page.head().primary.label == "添加职工方代表"
    hands.page.do("begin")
    hands.settle()
    person = hands.desk.case.representatives[0]
    assert hands.page.head().primary.label == "接着填这一条"
    hands.desk.change("representatives", person.replace(name="周建国"))
    hands.settle()
    assert hands.page.head().primary.label == "生成代表名册"


def test_a_wrong_code_is_counted_where_it_is_written(qtbot, tmp_path: Path) -> None:
    wrong = Enterprise(id="enterprise", name="临沂砺工机械有限公司", code="91371311FAKE00013A")
    hands = empty_library(qtbot, tmp_path, enterprise=wrong)
    nav = hands.window.frame.nav
    assert nav.button("settings").remark() == "必须改 1"
    assert nav.button("representatives").remark() == ""
    opened(hands, "representatives")
    assert hands.page.open_count() == 0
    hands.desk.change("enterprise", wrong.replace(code=""))
    hands.settle()
    assert nav.button("settings").remark() == ""


def test_a_new_offer_goes_to_the_enterprise_the_page_ticked(qtbot, tmp_path: Path) -> None:
    held = {"representatives": agreed_and_passed()["representatives"]}
    named = Enterprise(id="enterprise", name="临沂砺工机械有限公司")
    hands = opened(empty_library(qtbot, tmp_path, enterprise=named, **held), "offer")
    hands.press("写要约书")
    hands.settle()
    assert hands.desk.case.offers[0].addressee == "临沂砺工机械有限公司"
    assert hands.field("致").value() == "临沂砺工机械有限公司"


def test_an_empty_library_opens_on_every_stage(qtbot, tmp_path: Path) -> None:
    hands = empty_library(qtbot, tmp_path)
    for stage in Stage:
        opened(hands, stage.value)
        assert hands.page.opening.is_shown(), stage
        assert hands.page.opening.primary().isVisible()
    opened(hands, "fulfilment")
    hands.press("先打印空白检查表")
    hands.settle()
    assert hands.page.preview is not None and hands.page.preview.has_picture()
