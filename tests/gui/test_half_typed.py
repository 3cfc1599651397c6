"""What is half typed: a value that was never entered is blamed on nobody, and the sentence below has its room."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.gui.widgets.choice_field import ChoiceField
from app.gui.widgets.date_field import DateField
from app.rules.findings import Grade
from tests.gui.demo_pages import MARCH, example_in_march, open_case
from tests.gui.window_driver import Hands

CTRL = Qt.KeyboardModifier.ControlModifier


def blamed(hands: Hands) -> set[tuple[str, str]]:
    return {
        (finding.where.fact, finding.sentence)
        for finding in hands.desk.checkup.findings
        if finding.grade is Grade.MUST and finding.blocks
    }


def begin(qtbot, tmp_path) -> tuple[Hands, DateField]:
    hands = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    hands.window.resize(1366, 697)
    hands.go("offer", "write")
    hands.settle()
    field = hands.field("签发日期")
    assert isinstance(field, DateField)
    return hands, field


def type_slowly(hands: Hands, field: DateField, words: str) -> None:
    field.setFocus(Qt.FocusReason.TabFocusReason)
    hands.key(Qt.Key.Key_A, CTRL)
    for letter in words:
        hands.type(letter)
        hands.settle()


def test_a_date_that_became_unreadable_leaves_no_finding_of_its_beginning(qtbot, tmp_path) -> None:
    hands, field = begin(qtbot, tmp_path)
    before = blamed(hands)
    type_slowly(hands, field, "2月3")
    assert blamed(hands) != before, "the beginning is a day, and is tried out"
    hands.type("0")
    hands.type("日")
    hands.key(Qt.Key.Key_Tab)
    hands.settle()
    assert field.error() == "2026年2月没有 30 日。请改日子；没有可先留空。"
    assert blamed(hands) == before


def test_leaving_a_record_with_half_a_date_does_not_blame_an_empty_one(qtbot, tmp_path) -> None:
    hands, field = begin(qtbot, tmp_path)
    before = blamed(hands)
    type_slowly(hands, field, "2月30")
    form = field.parentWidget()
    while form is not None and not hasattr(form, "show_record"):
        form = form.parentWidget()
    assert form is not None
    form.show_record("another")
    hands.settle()
    assert blamed(hands) == before


def test_a_longer_sentence_below_a_field_gets_the_room_it_needs(qtbot, tmp_path) -> None:
    hands, field = begin(qtbot, tmp_path)
    for words in ("2月30日", "2026年4月3日下午三点钟左右吧大概"):
        type_slowly(hands, field, words)
        hands.key(Qt.Key.Key_Tab)
        hands.settle()
        hands.qtbot.wait(50)
        line = field._error_line
        words_of = line._text
        assert field.error()
        assert words_of.height() >= words_of.heightForWidth(words_of.width()), field.error()
        assert field.height() >= line.geometry().bottom() + 1


def test_words_that_are_no_choice_are_there_again_after_looking_at_another_record(qtbot, tmp_path) -> None:
    hands = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    hands.go("offer", "deliver")
    for _ in range(2):
        hands.press("登记一次送达")
    section = hands.page.view().sections[0]
    first, second = (record.id for record in section.records()[-2:])
    section.select(first)
    editors = section.form.editors
    name = next(key for key, each in editors.items() if isinstance(each, ChoiceField) and not each._as_tiles)
    field = section.editor(name)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    hands.type("骑马去送")
    section.select(second)
    assert (field.typed(), field.error()) == ("", None)
    hands.settle()
    section.select(first)
    assert field.typed() == "骑马去送"
    assert field.error() == "没有“骑马去送”这一项。请从列表里选一项；没有可先留空。"
    hands.settle()
    held = {each.id: each for each in hands.desk.library.read_case(hands.desk.case_id).deliveries}
    assert all(getattr(held[each], name) in (None, "") for each in (first, second))
