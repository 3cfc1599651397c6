"""Charts: numbers that can be read and heard, keys through their values, and room for long names and many rows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.gui.theme import apply_theme, current_theme
from app.gui.widgets.charts.band_columns import BandColumns, BandView
from app.gui.widgets.charts.bar_rows import BarHeads, BarRows, BarRowView
from app.gui.widgets.charts.chart import Chart, width_of
from app.gui.widgets.charts.chart_room import ChartRoom
from app.gui.widgets.charts.dot_pairs import DotHeads, DotPairs, DotPairView
from app.gui.widgets.charts.two_lines import LineView, TwoLines

LONG = "女职工在孕期产期哺乳期的劳动时间安排与夜班调整以及各项津贴补贴待遇不降低的具体办法和监督检查"
SHARES = (("工资增长", 231), ("加班与工时", 148), ("夜班津贴", 121), (LONG, 52))


def bars(count: int = 0) -> BarRows:
    chart = BarRows("最想谈的事")
    held = SHARES if not count else [(f"第{at}件事", 300 - at) for at in range(count)]
    chart.show_rows(
        [
            BarRowView(
                id=str(at),
                label=label,
                share=number / 300,
                percent=f"{number / 3:.1f}%",
                number=f"{number} 人",
                tail="列入" if at < 3 else "未列",
            )
            for at, (label, number) in enumerate(held)
        ]
    )
    return chart


def columns() -> BandColumns:
    chart = BandColumns("希望工资涨多少")
    held = (("3%以下", 22), ("3%—5%", 71), ("5%—8%", 118), ("8%以上", 0))
    chart.show_bands(
        [
            BandView(id=label, label=label, number=number, words=f"{number} 人", extra="9%")
            for label, number in held
        ]
    )
    return chart


def pairs() -> DotPairs:
    heads = DotHeads(label="部门", cells=("在册", "有效"), ring="在册占比", dot="答卷占比", difference="相差")
    chart = DotPairs("代表性", heads)
    chart.show_pairs(
        [
            DotPairView(
                id="a", label="铸造车间", cells=("64", "52"), ring=20.1, dot=18.8, difference="−1.3 点"
            ),
            DotPairView(id="b", label="返聘", cells=("4", ""), ring=1.0, hidden="不足 5 份，不显示"),
        ]
    )
    return chart


def lines() -> TwoLines:
    chart = TwoLines("两方主张")
    ours = LineView(name="本方", values=(Decimal(8), Decimal(7), None))
    employer = LineView(name="企业方", values=(Decimal(3), Decimal("4.5"), Decimal(5)))
    chart.show_lines(("一轮", "二轮", "三轮"), ours, employer, "%")
    return chart


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (bars, "工资增长：77.0%，231 人，列入"),
        (columns, "5%—8%：118 人 9%"),
        (pairs, "铸造车间：在册 64，有效 52，在册占比 20.1%，答卷占比 18.8%，相差 −1.3 点"),
        (pairs, "返聘：在册 4，不足 5 份，不显示"),
        (lines, "二轮：本方 7%，企业方 4.5%，相差 2.5 点"),
        (lines, "三轮：本方 没有数字，企业方 5%"),
    ],
)
def test_a_chart_reads_its_numbers(on_screen, make, words) -> None:
    chart = make()
    on_screen(chart)
    chart.clearFocus()
    assert chart.accessibleName()
    assert words in chart.accessibleDescription()


def test_arrows_walk_the_values_and_keys_ask_for_more(on_screen, qtbot) -> None:
    chart = bars()
    on_screen(chart)
    told: list[tuple[str, str]] = []
    chart.opened.connect(lambda value: told.append(("opened", value)))
    chart.origin_requested.connect(lambda value: told.append(("origin", value)))
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    assert chart.accessibleDescription() == "第 1 项，共 4 项：工资增长：77.0%，231 人，列入"
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_F4, Qt.Key.Key_End, Qt.Key.Key_Return):
        QTest.keyClick(chart, key)
    assert told == [("origin", "2"), ("opened", "3")]
    QTest.keyClick(chart, Qt.Key.Key_Down)
    assert chart.current() == "3"  # there is no further one
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert chart.words().startswith("工资增长")


def test_a_click_opens_the_value_under_it(on_screen) -> None:
    chart = columns()
    on_screen(chart)
    told: list[str] = []
    chart.opened.connect(told.append)
    spot = chart.area_of(1).center().toPoint()
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(spot.x(), 2))
    assert told == ["3%—5%", "3%—5%"]  # the whole column is one target


def test_a_chart_without_values_takes_no_focus(on_screen) -> None:
    chart = BarRows("还没有")
    on_screen(chart)
    assert chart.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert chart.current() == "" and chart.words() == ""


def test_columns_stand_on_zero_and_only_the_highest_is_marked(on_screen) -> None:
    chart = columns()
    on_screen(chart)
    chart.resize(500, 200)
    heights = [chart.column_of(at).height() for at in range(4)]
    assert heights[3] == 0
    assert heights[0] / heights[2] == pytest.approx(22 / 118)
    seen = chart.grab().toImage()
    marked = [_ink(seen, chart, at) for at in range(3)]
    theme = current_theme()
    assert marked == [
        theme.chart_colour("others"),
        theme.chart_colour("others"),
        theme.chart_colour("employer"),
    ]


def _ink(seen: QImage, chart: BandColumns, at: int) -> QColor:
    ratio = seen.devicePixelRatio()
    spot = chart.column_of(at).center().toPoint()
    return seen.pixelColor(round(spot.x() * ratio), round(spot.y() * ratio))


def test_many_narrow_columns_keep_their_numbers_and_labels(on_screen) -> None:
    chart = BandColumns("很多档")
    bands = [
        BandView(id=str(n), label=f"{n}%—{n + 1}%", number=n, words=f"{n} 人", extra="12%") for n in range(14)
    ]
    chart.show_bands(bands)
    on_screen(chart)
    chart.resize(460, 200)
    assert chart._words_of(bands[12]) == "12"  # as much as fits above all of them
    places = [chart._label_place(at) for at in range(14)]
    assert all(places[at].intersected(places[at + 2]).width() <= 0 for at in range(12))
    chart.resize(1600, 200)
    assert chart._words_of(bands[12]) == "12 人 12%"
    assert len({chart._label_place(at).top() for at in range(14)}) == 1


def test_a_long_label_ends_in_a_tip_and_leaves_the_bar_its_room(on_screen) -> None:
    chart = bars()
    on_screen(chart)
    chart.resize(420, 200)
    assert LONG in chart.toolTip() and "夜班津贴" not in chart.toolTip()
    left, right = chart._columns().bar
    assert right - left >= 56
    wide = width_of("列入")
    assert (
        chart._columns().tail[1] <= chart.width()
        and chart._columns().tail[1] - chart._columns().tail[0] >= wide
    )


def test_sixty_rows_scroll_to_the_one_the_keys_are_at(on_screen) -> None:
    chart = bars(60)
    room = ChartRoom(chart, most_px=240)
    on_screen(room)
    room.resize(500, 240)
    QApplication.processEvents()
    assert chart.height() > 60 * 20 > room.viewport().height()
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(chart, Qt.Key.Key_End)
    seen = room.viewport().rect()
    place = chart.area_of(59).translated(chart.mapTo(room.viewport(), QPoint(0, 0)))
    assert seen.contains(place.center().toPoint())


def test_rows_grow_with_their_room_but_never_apart(on_screen) -> None:
    chart = bars()
    on_screen(chart)
    chart.resize(600, 100)
    assert chart.row_height() == 25
    chart.resize(600, 900)
    assert chart.row_height() == 50


def test_hidden_figures_are_words_and_nothing_else(on_screen) -> None:
    chart = BarRows("分群体看")
    heads = BarHeads(label="群体", lead="有效", bar="选 5%—8%", tail="选得最多")
    chart.show_rows([BarRowView(id="a", label="返聘", hidden="不足 5 份，不显示")], heads)
    on_screen(chart)
    chart.clearFocus()
    assert chart.accessibleDescription() == "返聘：不足 5 份，不显示"
    chart.resize(500, 80)
    area = chart.area_of(0)
    seen = chart.grab().toImage()
    ratio = seen.devicePixelRatio()
    right = [
        seen.pixelColor(round(x * ratio), round(area.center().y() * ratio))
        for x in range(int(area.width()) - 80, 490)
    ]
    assert len({colour.name() for colour in right}) > 1  # hatching
    assert current_theme().chart_colour("employer") not in right


def test_both_ends_stay_legible_where_the_lines_have_met(on_screen) -> None:
    chart = TwoLines("两方主张")
    same = LineView(name="本方", values=(Decimal(25), Decimal(20)))
    chart.show_lines(
        ("一轮", "二轮"), same, LineView(name="企业方", values=(Decimal(15), Decimal(20))), "元/班"
    )
    on_screen(chart)
    chart.resize(420, 180)
    assert chart._end_words(same) == "本方 20 元/班"
    assert not chart.grab().toImage().isNull()
    assert chart.words() == "一轮：本方 25 元/班，企业方 15 元/班，相差 10 元/班"


@pytest.mark.parametrize("make", [bars, columns, pairs, lines])
@pytest.mark.parametrize(("theme", "scale"), [("dark", 1.25), ("contrast", 1.12)])
def test_charts_follow_theme_and_text_size(on_screen, qapp, make, theme: str, scale: float) -> None:
    chart: Chart = make()
    on_screen(chart)
    before, small = chart.grab().toImage(), chart.minimumSizeHint().height()
    apply_theme(qapp, theme, scale)
    QApplication.processEvents()
    assert chart.grab().toImage() != before
    assert chart.minimumSizeHint().height() > small
