"""Field editors: what is typed becomes a Python value, handed on at the right moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.gui.widgets import editor as editor_module
from app.gui.widgets.check_field import CheckField
from app.gui.widgets.choice_field import ChoiceField, ManyField, Option, YesNoField
from app.gui.widgets.date_field import DateField, MomentField
from app.gui.widgets.date_reading import read_date, read_moment
from app.gui.widgets.editor import FieldEditor, NotUnderstoodError
from app.gui.widgets.fixed_field import FixedField
from app.gui.widgets.form_grid import FormGrid
from app.gui.widgets.line_field import LineField
from app.gui.widgets.number_field import NumberField, parse_number
from app.gui.widgets.text_area import LinesField, NumbersField, TextAreaField

OnScreen = Callable[..., QWidget]
Types = Callable[[QWidget, str], None]
TWO = (Option("single", "单独基层工会", "只覆盖本企业"), Option("joint", "联合基层工会", "覆盖几家小企业"))
MANY = tuple(
    Option(code, word)
    for code, word in zip("abcdef", ("制造", "建筑", "采矿", "运输", "教育", "医疗"), strict=True)
)


def values_of(field: FieldEditor) -> list[object]:
    told: list[object] = []
    field.value_changed.connect(told.append)
    return told


# ---- when a value is handed on


def test_a_line_is_handed_on_when_it_is_left(types: Types, qtbot: QtBot, on_screen: OnScreen) -> None:
    field, other = LineField("地点"), LineField("致")
    on_screen(field, other)
    told = values_of(field)
    keys: list[str] = []
    field.edited.connect(lambda: keys.append(field.value()))
    field.setFocus()
    types(field.line, " 二楼 ")
    assert told == []
    assert keys[-1] == "二楼"
    qtbot.keyClick(field.line, Qt.Key.Key_Tab)
    assert other.has_focus()
    assert told == ["二楼"]
    field.setFocus()
    other.setFocus()
    assert told == ["二楼"]  # nothing new, nothing said


def test_a_line_is_handed_on_after_two_seconds_of_rest(
    types: Types, qtbot: QtBot, on_screen: OnScreen
) -> None:
    field = LineField("地点")
    on_screen(field)
    told = values_of(field)
    field.setFocus()
    types(field.line, "二楼")
    assert editor_module.REST_MS == 2000
    assert field._rest.isActive() and field._rest.interval() == 2000
    field._rest.timeout.emit()  # the two seconds are over
    assert told == ["二楼"]
    assert field.has_focus()


def test_enter_hands_on(types: Types, qtbot: QtBot, on_screen: OnScreen) -> None:
    field = LineField("地点")
    on_screen(field)
    told = values_of(field)
    field.setFocus()
    types(field.line, "二楼")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert told == ["二楼"]


def test_showing_a_value_says_nothing_and_spares_what_is_being_typed(
    types: Types, qtbot: QtBot, on_screen: OnScreen
) -> None:
    field = LineField("地点")
    on_screen(field)
    told = values_of(field)
    field.set_value("一楼")
    field.setFocus()
    field.line.end(False)
    types(field.line, "会议室")
    field.set_value("一楼")  # a refresh that was caused by something else
    assert field.typed() == "一楼会议室"
    assert told == []
    field.commit()
    assert told == ["一楼会议室"]


def test_a_refresh_with_the_same_value_leaves_the_caret(
    types: Types, qtbot: QtBot, on_screen: OnScreen
) -> None:
    field = LineField("地点")
    on_screen(field)
    field.setFocus()
    types(field.line, "会议室")
    field.line.setCursorPosition(1)
    field._rest.timeout.emit()
    field.set_value("会议室")
    assert field.line.cursorPosition() == 1


def test_escape_gives_the_old_value_back(types: Types, qtbot: QtBot, on_screen: OnScreen) -> None:
    field = LineField("地点")
    on_screen(field)
    field.set_value("一楼")
    told = values_of(field)
    field.setFocus()
    types(field.line, "二楼")
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert field.value() == "一楼"
    field.commit()
    assert told == []


def test_personal_data_is_masked_until_the_focus_comes(qtbot: QtBot, on_screen: OnScreen) -> None:
    field, other = LineField("身份证号", masked=True), LineField("姓名")
    on_screen(field, other)
    other.setFocus()
    field.set_value("371302199001010021")
    assert field.line.text() == "3713…0021"
    assert field.value() == "371302199001010021"
    field.setFocus()
    assert field.line.text() == "371302199001010021"
    qtbot.keyClick(field.line, Qt.Key.Key_Tab)
    assert field.line.text() == "3713…0021"
    assert field.value() == "371302199001010021"


# ---- errors


def test_an_error_is_shown_below_and_told_to_screen_readers(on_screen: OnScreen) -> None:
    field = LineField("工会法人代码")
    on_screen(field)
    sentence = "现在是 17 位，应为 18 位。请对照证书补上一位；没有可先留空。"
    field.set_error(sentence)
    assert field.error() == sentence
    assert any(label.text() == sentence and label.isVisible() for label in field.findChildren(QLabel))
    assert field.line.accessibleDescription() == sentence
    assert field.line.accessibleName() == "工会法人代码"
    field.set_error(None)
    assert field.error() is None
    assert not any(label.text() == sentence and label.isVisible() for label in field.findChildren(QLabel))


def test_a_read_only_field_shows_its_source_and_takes_no_keys(
    types: Types, qtbot: QtBot, on_screen: OnScreen
) -> None:
    field = FixedField("答复期限")
    on_screen(field)
    field.set_words("收到之日起 10 日内", "山东规则")
    types(field.line, "20")
    assert field.value() == "收到之日起 10 日内"
    assert field.line.suffix() == "山东规则"
    assert field.lock.isVisible()
    assert field.is_read_only()


# ---- dates


@pytest.mark.parametrize(
    "words",
    [
        "2026-4-3",
        "2026-04-03",
        "2026/4/3",
        "2026.4.3",
        "2026年4月3日",
        "20260403",
        "２０２６－４－３",
        " 2026 年 4 月 3 日 ",
        "2026年4月3日 周五",
        "2026年4月3日（周五）",
    ],
)
def test_a_date_may_be_typed_in_any_usual_way(words: str) -> None:
    assert read_date(words) == date(2026, 4, 3)


def test_a_date_without_a_year_needs_the_cases_year() -> None:
    assert read_date("4月3日", year=2026) == date(2026, 4, 3)
    with pytest.raises(NotUnderstoodError, match="没有写年份"):
        read_date("4月3日")
    assert read_date("  ") is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("下周", "看不出是哪一天"),
        ("2026-2-30", "2026年2月没有 30 日"),
        ("2026-13-1", "没有 13 月"),
        ("0026-1-1", "1900"),
    ],
)
def test_a_date_that_cannot_be_is_explained(words: str, said: str) -> None:
    with pytest.raises(NotUnderstoodError, match=said):
        read_date(words)


def test_a_typed_date_gets_its_weekday_and_usual_form(
    types: Types, qtbot: QtBot, on_screen: OnScreen
) -> None:
    field, other = DateField("发出日期"), LineField("致")
    on_screen(field, other)
    told = values_of(field)
    field.setFocus()
    types(field.line, "20260324")
    assert field.line.suffix() == "周二"
    other.setFocus()
    assert told == [date(2026, 3, 24)]
    assert field.typed() == "2026年3月24日"


def test_the_longest_date_has_room_for_its_weekday_marked_and_locked_as_well(
    qtbot: QtBot, on_screen: OnScreen
) -> None:
    field = DateField("会议日期")
    on_screen(field)
    field.set_value(date(2026, 12, 20))
    assert field.line.suffix() == "周日" and field.line.has_room()
    field.set_mark("请说明", "计票以后才签到")
    field.setFixedWidth(261)  # half of the form at 1366
    qtbot.waitUntil(lambda: field.box.width() + field.width() - 261 <= 190)
    assert field.line.has_room()
    field.set_read_only(True)
    assert field.line.suffix() == "周日"
    field.set_read_only(True, "山东规则")
    assert field.line.suffix() == "山东规则"


def test_a_date_that_is_not_understood_stays_as_it_was_typed(
    types: Types, qtbot: QtBot, on_screen: OnScreen
) -> None:
    field, other = DateField("发出日期"), LineField("致")
    on_screen(field, other)
    field.set_value(date(2026, 3, 24))
    told = values_of(field)
    field.setFocus()
    field.line.selectAll()
    types(field.line, "2026-2-30")
    assert field.error() is None  # checks never shout while typing
    field._rest.timeout.emit()
    assert field.error() is None
    other.setFocus()
    assert field.typed() == "2026-2-30"
    assert field.error() == "2026年2月没有 30 日。请改日子；没有可先留空。"
    assert told == []
    assert field.value() == date(2026, 3, 24)  # the last one that was understood
    field.setFocus()
    field.line.selectAll()
    types(field.line, "2026-2-28")
    other.setFocus()
    assert field.error() is None
    assert told == [date(2026, 2, 28)]


def test_an_emptied_date_is_none(qtbot: QtBot, on_screen: OnScreen) -> None:
    field = DateField("发出日期")
    on_screen(field)
    field.set_value(date(2026, 3, 24))
    told = values_of(field)
    field.setFocus()
    field.line.selectAll()
    qtbot.keyClick(field.line, Qt.Key.Key_Delete)
    field.commit()
    assert told == [None]
    assert field.line.suffix() == ""


def test_a_day_can_be_picked_from_the_calendar(qtbot: QtBot, on_screen: OnScreen) -> None:
    field = DateField("发出日期")
    on_screen(field)
    field.set_value(date(2026, 3, 24))
    told = values_of(field)
    field.setFocus()
    qtbot.keyClick(field.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = field.calendar_popup()
    assert popup is not None and popup.isVisible()
    assert popup.calendar.selectedDate() == QDate(2026, 3, 24)
    popup.calendar.activated.emit(QDate(2026, 3, 31))
    assert not popup.isVisible()
    assert told == [date(2026, 3, 31)]


def test_a_moment_is_a_day_and_a_time(types: Types, qtbot: QtBot, on_screen: OnScreen) -> None:
    field = MomentField("首次会议")
    on_screen(field)
    told = values_of(field)
    field.setFocus()
    types(field.line, "2026-4-16 14:00")
    field.commit()
    assert told == [datetime(2026, 4, 16, 14, 0)]  # noqa: DTZ001 (local time as on the receipt)
    assert field.typed() == "2026年4月16日 14:00"
    assert field.line.suffix() == "周四"


@pytest.mark.parametrize(
    "words", ["2026年4月16日 14:05", "2026-4-16 14点5分", "2026年4月16日14:05", "20260416 1405"]
)
def test_moments_are_read(words: str) -> None:
    assert read_moment(words) == datetime(2026, 4, 16, 14, 5)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("words", "said"), [("2026-4-16", "还没有写几点"), ("14:00", "没有写哪一天"), ("2026-4-16 25:00", "几点")]
)
def test_half_a_moment_is_explained(words: str, said: str) -> None:
    with pytest.raises(NotUnderstoodError, match=said):
        read_moment(words)


# ---- numbers


@pytest.mark.parametrize(
    ("words", "number"),
    [("318", 318), ("３１８", 318), ("1,318", 1318), ("318 人", 318), ("", None), ("0", 0)],
)
def test_whole_numbers_are_read(words: str, number: int | None) -> None:
    assert parse_number(words, unit="人") == number


def test_decimals_are_exact() -> None:
    number = parse_number("7.10", decimals=2)
    assert number == Decimal("7.10")
    assert isinstance(number, Decimal)


@pytest.mark.parametrize(
    ("words", "said"),
    [("三百", "看不出是多少"), ("1.5", "整数"), ("-1", "最小是 0"), ("101", "最大是 100"), ("1-2", "看不出")],
)
def test_a_number_that_cannot_be_is_explained(words: str, said: str) -> None:
    with pytest.raises(NotUnderstoodError, match=said):
        parse_number(words, minimum=0, maximum=100)


def test_a_number_field_hands_on_int_or_decimal(types: Types, qtbot: QtBot, on_screen: OnScreen) -> None:
    people, rate = NumberField("职工人数", unit="人"), NumberField("涨幅", unit="%", decimals=1)
    on_screen(people, rate)
    told, rates = values_of(people), values_of(rate)
    people.setFocus()
    types(people.line, "３１８人")
    rate.setFocus()
    types(rate.line, "7.0")
    people.setFocus()
    assert told == [318]
    assert people.typed() == "318"
    assert rates == [Decimal("7.0")]
    assert rate.typed() == "7.0"


# ---- choices


def test_tiles_are_chosen_by_arrows_and_given_back(qtbot: QtBot, on_screen: OnScreen) -> None:
    field = ChoiceField("工会类型", TWO)
    on_screen(field)
    told = values_of(field)
    assert field.value() is None
    field.setFocus()
    first = field.focusWidget() or field.focusProxy()
    qtbot.keyClick(first, Qt.Key.Key_Space)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert told == ["single", "joint"]
    tiles = {tile.option.value: tile for tile in field._tiles.tiles}  # type: ignore[union-attr]
    assert tiles["joint"].isChecked() and not tiles["single"].isChecked()
    qtbot.mouseClick(tiles["joint"], Qt.MouseButton.LeftButton)
    assert told[-1] is None
    assert tiles["single"].accessibleName() == "工会类型：单独基层工会"


def test_yes_no_knows_not_known_yet(qtbot: QtBot, on_screen: OnScreen) -> None:
    field = YesNoField("是否签收")
    on_screen(field)
    told = values_of(field)
    assert field.value() is None
    yes, no = field._tiles.tiles  # type: ignore[union-attr]
    qtbot.mouseClick(no, Qt.MouseButton.LeftButton)
    assert field.value() is False
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    qtbot.keyClick(yes, Qt.Key.Key_Delete)
    assert told == [False, True, None]
    field.set_value(False)
    assert no.isChecked() and not yes.isChecked()


def test_a_drop_down_filters_while_typing(types: Types, qtbot: QtBot, on_screen: OnScreen) -> None:
    field, other = ChoiceField("行业", MANY), LineField("致")
    on_screen(field, other)
    told = values_of(field)
    line = field.findChild(QLineEdit)
    assert line is not None
    field.setFocus()
    types(line, "运")
    assert field.value() == "d"
    popup = field.list_of_found
    assert popup.isVisible() and popup.model().rowCount() == 1
    qtbot.keyClick(popup, Qt.Key.Key_Tab)  # the system sends keys to the list that is open
    assert not popup.isVisible() and other.has_focus()
    assert told == ["d"]
    assert line.text() == "运输"


def test_a_choice_that_is_not_offered_is_explained(types: Types, qtbot: QtBot, on_screen: OnScreen) -> None:
    field, other = ChoiceField("行业", MANY), LineField("致")
    on_screen(field, other)
    field.set_value("a")
    told = values_of(field)
    line = field.findChild(QLineEdit)
    assert line is not None
    field.setFocus()
    line.selectAll()
    types(line, "航天")
    other.setFocus()
    assert field.error() == "没有“航天”这一项。请从列表里选一项；没有可先留空。"
    assert line.text() == "航天"
    assert told == []


def test_a_drop_down_keeps_a_value_that_is_no_longer_offered(on_screen: OnScreen) -> None:
    field = ChoiceField("行业", MANY, empty="")
    on_screen(field)
    field.set_value("b")
    field.set_options(MANY[2:] + MANY[:1])
    assert field.value() == "b"
    field.set_value("")
    assert field.value() == ""


def test_the_wheel_changes_no_drop_down(qtbot: QtBot, on_screen: OnScreen) -> None:
    field = ChoiceField("行业", MANY)
    window = on_screen(field)
    field.set_value("a")
    told = values_of(field)
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    spot = QPointF(field.drop.mapTo(window, QPoint(5, 5)))
    wheel = QWheelEvent(
        spot,
        field.drop.mapToGlobal(spot),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field.drop, wheel)
    assert field.value() == "a"
    assert told == []


def test_check_boxes_give_a_tuple_in_the_options_order(qtbot: QtBot, on_screen: OnScreen) -> None:
    field = ManyField("本年协商", MANY)
    on_screen(field)
    told = values_of(field)
    marks = field._marks
    qtbot.keyClick(marks[3], Qt.Key.Key_Space)
    qtbot.keyClick(marks[0], Qt.Key.Key_Space)
    assert told == [("d",), ("a", "d")]
    field.set_value(("b",))
    assert [mark.isChecked() for mark in marks] == [False, True, False, False, False, False]


def test_a_tick_is_a_bool(qtbot: QtBot, on_screen: OnScreen) -> None:
    field = CheckField("公开", "向职工公开")
    on_screen(field)
    told = values_of(field)
    field.setFocus()
    qtbot.keyClick(field.mark, Qt.Key.Key_Space)
    assert told == [True]
    assert field.value() is True


# ---- several lines


def test_lines_become_entries(types: Types, qtbot: QtBot, on_screen: OnScreen) -> None:
    field, other = LinesField("参加人"), LineField("致")
    on_screen(field, other)
    told = values_of(field)
    field.setFocus()
    types(field.area, "甲")
    qtbot.keyClick(field.area, Qt.Key.Key_Return)
    qtbot.keyClick(field.area, Qt.Key.Key_Return)
    types(field.area, " 乙 ")
    qtbot.keyClick(field.area, Qt.Key.Key_Tab)
    assert other.has_focus()
    assert told == [("甲", "乙")]


def test_a_long_text_keeps_its_lines(qtbot: QtBot, on_screen: OnScreen) -> None:
    field = TextAreaField("理由")
    on_screen(field)
    field.set_value("一\n二")
    assert field.value() == "一\n二"


def test_several_numbers(types: Types, qtbot: QtBot, on_screen: OnScreen) -> None:
    field, other = NumbersField("票数"), LineField("致")
    on_screen(field, other)
    told = values_of(field)
    field.setFocus()
    types(field.area, "42，37 0")
    other.setFocus()
    assert told == [(42, 37, 0)]
    field.setFocus()
    types(field.area, "x")
    other.setFocus()
    assert field.error() is not None and "不是整数" in field.error()  # type: ignore[operator]


# ---- a form


def test_a_form_becomes_one_column_where_two_do_not_fit(on_screen: OnScreen) -> None:
    form = FormGrid()
    for label in ("甲", "乙", "丙"):
        form.add(label, LineField(label))
    window = on_screen(form, size=(900, 400))
    assert form.columns() == 2
    window.resize(560, 400)
    form.resize(500, 300)
    assert form.columns() == 1


def test_fields_are_no_longer_than_what_goes_in(on_screen: OnScreen) -> None:
    field = NumberField("职工人数", unit="人")
    text = LineField("全称")
    on_screen(field, text, size=(1200, 300))
    assert field.box.width() == 120
    assert field.box.x() == 0
    assert text.box.width() == 480


def test_what_is_pasted_into_a_line_becomes_one_line(qtbot: QtBot, on_screen: OnScreen) -> None:
    field = LineField("签发人")
    on_screen(field)
    field.setFocus()
    QApplication.clipboard().setText("王䶮\r\n\t㐆\u200b𬱖\u2028")
    qtbot.keyClick(field.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.line.text() == "王䶮 㐆𬱖 "
    qtbot.keyClick(field.line, "x")
    assert field.value() == "王䶮 㐆𬱖 x"
    assert field.line.text() == "王䶮 㐆𬱖 x"


def test_a_line_begun_stays_when_she_looks_at_another_window_and_comes_back(qtbot, on_screen) -> None:
    field = LinesField("主要意见")
    on_screen(field)
    field.setFocus()
    qtbot.keyClicks(field.area, "a")
    qtbot.keyClick(field.area, Qt.Key.Key_Return)
    field.commit()  # as when the window is left
    field.area.clearFocus()
    field.set_value(("a",))  # the case tells it back
    field.setFocus()
    qtbot.keyClicks(field.area, "b")
    assert field.value() == ("a", "b")
    field.area.clearFocus()
    field.set_value(("c",))
    assert field.value() == ("c",)


def test_boxes_that_need_several_rows_are_all_in_sight(qtbot: QtBot) -> None:
    field = ManyField("来自题目", [Option(str(at), f"第 {at} 题今年最想谈哪几项") for at in range(19)])
    grid = FormGrid(columns=1)
    grid.add("来自题目", field, wide=True)
    qtbot.addWidget(grid)
    grid.resize(560, grid.heightForWidth(560))
    grid.show()
    for mark in field._marks:
        assert field._host.rect().contains(mark.geometry()), mark.text()
        assert mark.visibleRegion().boundingRect().size() == mark.size()
