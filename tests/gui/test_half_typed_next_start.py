"""Words a field cannot read outlive the program: back in their field with their sentence, never a fact."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from app.gui.half_typed import HalfTyped
from app.gui.widgets.date_field import MomentField
from app.gui.widgets.finding_card import FindingCard
from app.gui.window_memory import WindowMemory
from tests.gui.demo_pages import MARCH, example_in_march, open_case
from tests.gui.window_driver import Hands, fixed_program

MEETING = "建议会议时间"


def at_the_offer(hands: Hands) -> MomentField:
    hands.go("offer", "write")
    hands.settle()
    field = hands.field(MEETING)
    assert isinstance(field, MomentField)
    return field


def type_into(hands: Hands, field: MomentField, words: str) -> None:
    field.setFocus(Qt.FocusReason.TabFocusReason)
    hands.clear()
    hands.type(words)
    hands.key(Qt.Key.Key_Tab)


def half_typed_and_killed(qtbot, tmp_path: Path) -> tuple[Path, str]:
    """Type a day without an hour, leave, fill another field; the library's folder, and what was said.

    What closing the window writes down is taken back: all that is left was written before.
    """
    hands = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    field = at_the_offer(hands)
    type_into(hands, field, "2026-12-3")
    hands.write("建议地点", "二楼会议室")
    hands.settle()
    said = field.error()
    assert said and "几点" in said
    folder = hands.desk.library.folder
    written = hands.memory._file.read_bytes()
    assert hands.window.close()
    hands.memory._file.write_bytes(written)
    return folder, said


def start_again(qtbot, tmp_path: Path, folder: Path) -> Hands:
    hands = Hands(qtbot, tmp_path / "config", fixed_program(MARCH))
    hands.begin(folder)
    return hands


def test_an_unread_time_is_there_again_after_the_program_was_killed(qtbot, tmp_path) -> None:
    folder, said = half_typed_and_killed(qtbot, tmp_path)
    hands = start_again(qtbot, tmp_path, folder)
    before = hands.desk.case.offers
    field = at_the_offer(hands)
    assert (field.typed(), field.error()) == ("2026-12-3", said)
    assert hands.field("建议地点").value() == "二楼会议室"
    hands.settle()
    assert hands.desk.library.read_case(hands.desk.case_id).offers == before
    type_into(hands, field, "2026-12-3 9:00")
    hands.settle()
    assert kept_by(hands) == {}


def test_emptying_the_field_takes_the_words_away_for_good(qtbot, tmp_path) -> None:
    folder, _ = half_typed_and_killed(qtbot, tmp_path)
    hands = start_again(qtbot, tmp_path, folder)
    field = at_the_offer(hands)
    type_into(hands, field, "")
    assert field.error() is None or "几点" not in str(field.error())
    assert kept_by(hands) == {}


def test_esc_gives_the_old_value_back_and_takes_the_words_away(qtbot, tmp_path) -> None:
    folder, _ = half_typed_and_killed(qtbot, tmp_path)
    hands = start_again(qtbot, tmp_path, folder)
    field = at_the_offer(hands)
    assert kept_by(hands)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    hands.key(Qt.Key.Key_Escape)
    assert field.typed() != "2026-12-3"
    assert kept_by(hands) == {}


def test_closing_the_window_keeps_what_stands_in_the_field_in_hand(qtbot, tmp_path) -> None:
    hands = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    field = at_the_offer(hands)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    hands.clear()
    hands.type("2026-12-3")
    assert hands.window.close()
    assert list(kept_by(hands).values()) == ["2026-12-3"]


def kept_by(hands: Hands) -> dict[str, str]:
    cases = WindowMemory(hands.memory._file.parent)._kept.get("half_typed", {})
    return {key: words for case in cases.values() for key, words in case.items()}


def test_words_are_told_once_and_forgotten_when_dropped() -> None:
    told: list[dict[str, str]] = []
    words = HalfTyped({"offers/o1/issued_on": "三月"}, lambda now: told.append(dict(now)))
    words.keep("offers", "o1", "issued_on", "三月")
    assert told == []
    words.keep("offers", "o2", "issued_on", "四月")
    words.drop("offers", "o1", ["number", "issued_on"])
    assert told[-1] == {"offers/o2/issued_on": "四月"}
    assert (words.words("offers", "o1", "issued_on"), words.words("offers", "o2", "issued_on")) == (
        "",
        "四月",
    )


def test_below_an_unread_field_waits_what_is_missing_now_not_what_was(qtbot, tmp_path) -> None:
    hands = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    field = at_the_offer(hands)
    offer = hands.desk.case.offers[0]
    hands.desk.change("offers", offer.replace(proposed_meeting=None, proposed_place="", claims=""))
    for item in hands.desk.case.offer_items:
        hands.desk.remove("offer_items", item.id)
    hands.settle()
    assert str(field.error()).endswith("没有写时间、地点、内容")
    type_into(hands, field, "2026-12-3")
    hands.write("建议地点", "二楼会议室")
    hands.settle()
    field.setFocus(Qt.FocusReason.TabFocusReason)
    hands.key(Qt.Key.Key_Escape)
    assert str(field.error()).endswith("没有写时间、内容")
    hands.desk.change("offers", hands.desk.case.offers[0].replace(claims="每人每月加 300 元"))
    hands.settle()
    assert field.has_focus() and str(field.error()).endswith("没有写时间")
    (card,) = (each for each in hands.visible(FindingCard) if "没有写时间" in each.finding.sentence)
    assert card.finding.fields.endswith("建议会议时间") and "、" not in card.finding.fields
