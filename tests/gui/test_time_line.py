"""The time line of 首页: right for odd years, and nothing on it crosses or is cut."""

from __future__ import annotations

import dataclasses
import itertools
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from app.domain.case import Case
from app.domain.negotiation import Meeting
from app.domain.stages import Stage
from app.domain.union import Cycle
from app.gui.pages.time_line import StageRow, TimeLine, scale_of
from app.gui.pages.time_scale import Span, apart
from app.gui.pages.year_rows import MOST_DAYS, Window, YearLine, YearRow, spaced, year_line
from app.gui.theme import apply_theme, current_theme
from app.rules.standing import Progress, standings
from app.usecases.check_case import check_case
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import MARCH, NOVEMBER, example_in_march
from tests.gui.window_driver import fixed_program

EMPTY = Case(cycle=Cycle(id="cycle", year=2026, region="shandong"))


def line_of(case: Case, on: date) -> YearLine:
    checkup = check_case(fixed_program(on), case)
    return year_line(case, standings(case), checkup.deadlines, on)


def shown(line: YearLine, across: int) -> TimeLine:
    part = TimeLine()
    part.resize(across, 220)
    part.show_line(line)
    for each in (part.head, *part.rows):
        each.resize(across, 24)
    return part


def crossing(spans: list[Span]) -> list[tuple[Span, Span]]:
    return [(a, b) for at, a in enumerate(spans) for b in spans[at + 1 :] if a.meets(b)]


def nothing_crosses(part: TimeLine, across: int) -> None:
    mark = part.head.mark()
    assert mark is not None
    labels = part.head.labels()
    assert not crossing([mark, *labels])
    assert mark.left >= 0 and mark.right <= across
    metrics = QFontMetrics(current_theme().font())
    for label in labels:
        assert label.right <= across
        assert label.right - label.left >= metrics.horizontalAdvance(label.words)
    for row in part.rows:
        words = row.words()
        if words is None:
            continue
        assert row.row.window is not None
        assert words.words in (row.row.window.words, *row.row.window.shorter)
        assert words.left >= scale_of(row._line, across).left and words.right <= across
        assert not [span for span in row.taken(scale_of(row._line, across)) if span.meets(words)]


def row_of(part: TimeLine, stage: Stage) -> StageRow:
    return next(row for row in part.rows if row.row.stage is stage)


# ---- which days are shown


def test_the_reply_window_is_open_and_names_its_last_day() -> None:
    line = line_of(example_in_march(), MARCH)
    offer = next(row for row in line.rows if row.stage is Stage.OFFER)
    assert offer.window is not None
    assert (offer.window.first, offer.window.last) == (date(2026, 3, 12), date(2026, 3, 22))
    assert offer.window.words == "书面答复 10 日 · 最迟 3月22日"
    assert offer.window.shorter == ("10 日 · 最迟 3月22日", "最迟 3月22日")
    assert not offer.window.estimated


def test_an_estimated_period_says_so() -> None:
    line = line_of(example_in_march(), MARCH)
    negotiation = next(row for row in line.rows if row.stage is Stage.NEGOTIATION)
    assert negotiation.window is not None
    assert negotiation.window.estimated
    assert "约" in negotiation.window.words


def test_the_whole_year_lies_between_the_ends() -> None:
    line = line_of(read_example("shandong-linyi-single"), NOVEMBER)
    for row in line.rows:
        for day in (row.first, row.last, *row.meetings):
            assert day is None or line.first <= day <= line.last
    negotiation = next(row for row in line.rows if row.stage is Stage.NEGOTIATION)
    assert len(negotiation.meetings) == 3


def test_a_year_that_starts_in_november_names_the_new_year(qapp: QApplication) -> None:
    line = line_of(EMPTY, date(2026, 11, 20))
    assert (line.first.year, line.last.year) == (2026, 2027)
    part = shown(line, 900)
    words = [label.words for label in part.head.labels()]
    assert "2027年1月" in words and "2月" in words
    nothing_crosses(part, 900)


def test_a_year_that_runs_late_shows_how_late_and_today_far_right(qapp: QApplication) -> None:
    line = line_of(example_in_march(), date(2026, 6, 30))
    offer = next(row for row in line.rows if row.stage is Stage.OFFER)
    assert offer.window is not None
    assert offer.window.words == "书面答复 10 日 · 3月22日，已超期 100 天"
    assert line.today_side() == 0
    part = shown(line, 758)
    bar = dict(row_of(part, Stage.OFFER).bars(scale_of(line, 758)))["now"]
    words = row_of(part, Stage.OFFER).words()
    assert words is not None and words.words.endswith("已超期 100 天")
    assert bar.right > scale_of(line, 758).after(offer.window.last)
    nothing_crosses(part, 758)


def test_a_year_long_over_is_shown_whole_with_today_outside(qapp: QApplication) -> None:
    case = read_example("shandong-linyi-single")
    line = line_of(case, date(2029, 5, 2))
    assert line.today_side() == 1
    survey = next(row for row in line.rows if row.stage is Stage.SURVEY)
    assert survey.first is not None and line.first <= survey.first
    part = shown(line, 758)
    mark = part.head.mark()
    assert mark is not None and mark.words == "今天 2029年5月2日 →" and mark.right == 758
    nothing_crosses(part, 758)
    before = line_of(case, date(2024, 1, 5))
    part = shown(before, 758)
    mark = part.head.mark()
    assert mark is not None and mark.words == "← 今天 2024年1月5日"


def test_a_stray_date_does_not_squeeze_the_year() -> None:
    case = example_in_march()
    survey = dataclasses.replace(case.surveys[0], started_on=date(2016, 3, 1))
    line = line_of(dataclasses.replace(case, surveys=(survey,)), MARCH)
    assert (line.last - line.first).days <= MOST_DAYS
    assert line.first <= MARCH <= line.last
    offer = next(row for row in line.rows if row.stage is Stage.OFFER)
    assert offer.first is not None and line.first <= offer.first


def test_two_years_on_one_line_thin_the_months_out(qapp: QApplication) -> None:
    case = example_in_march()
    survey = dataclasses.replace(case.surveys[0], started_on=date(2024, 9, 1))
    line = line_of(dataclasses.replace(case, surveys=(survey,)), MARCH)
    assert (line.last - line.first).days > 500
    part = shown(line, 600)
    words = [label.words for label in part.head.labels()]
    assert "年" in words[0] and "2025年1月" in words
    assert len(words) < len(line.months())
    nothing_crosses(part, 600)


def test_a_year_with_nothing_yet_says_so(qapp: QApplication) -> None:
    part = shown(line_of(EMPTY, MARCH), 758)
    assert not part._nothing.isHidden()
    assert all(not row.bars(scale_of(row._line, 758)) for row in part.rows)
    part.show_line(line_of(example_in_march(), MARCH))
    assert part._nothing.isHidden()


def test_of_two_hundred_meetings_only_as_many_diamonds_as_stand_apart(qapp: QApplication) -> None:
    first = date(2026, 3, 1)
    meetings = tuple(Meeting(id=f"m{at}", held_on=first + timedelta(days=at % 90)) for at in range(200))
    line = line_of(dataclasses.replace(example_in_march(), meetings=meetings), date(2026, 6, 1))
    part = shown(line, 758)
    row = row_of(part, Stage.NEGOTIATION)
    scale = scale_of(line, 758)
    drawn = row.meetings(scale)
    assert drawn[0] == scale.middle(first) and drawn[-1] == scale.middle(first + timedelta(days=89))
    assert "会议 200 次" in row.accessibleName()
    assert 20 < len(drawn) < 90
    nothing_crosses(part, 758)


def test_days_lie_where_they_belong(on_screen) -> None:
    line = line_of(example_in_march(), MARCH)
    part = TimeLine()
    part.show_line(line)
    on_screen(part, size=(900, 300))
    scale = scale_of(line, part.width())
    assert scale.at(line.first) == scale.left
    assert scale.after(line.last) == pytest.approx(scale.right)
    assert scale.left < scale.at(MARCH) < scale.after(MARCH) < scale.right
    assert not part.grab().isNull()


@pytest.mark.parametrize(
    ("written", "shown_as"),
    [("10日", "10 日"), ("5个工作日", "5 个工作日"), ("挂满15日", "挂满 15 日"), ("不少于1/3", "不少于 1/3")],
)
def test_units_stand_half_a_space_off(written: str, shown_as: str) -> None:
    assert spaced(written) == shown_as


# ---- odd years

_days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@st.composite
def _rows(draw: st.DrawFn) -> tuple[YearRow, ...]:
    found = []
    for stage in Stage:
        progress = draw(st.sampled_from(list(Progress)))
        ends = sorted(draw(st.lists(_days, min_size=2, max_size=2)))
        bar = draw(st.booleans()) and progress is not Progress.LATER
        walls = sorted(draw(st.lists(_days, min_size=2, max_size=2)))
        window = (
            Window(
                walls[0],
                walls[1],
                draw(st.booleans()),
                "谈完签字 60 日 · 2027年10月22日，已超期 1000 天",
                draw(st.booleans()),
                ("60 日 · 最迟 2027年10月22日", "最迟 10月22日"),
            )
            if draw(st.booleans())
            else None
        )
        meetings = tuple(sorted(draw(st.lists(_days, max_size=12))))
        found.append(
            YearRow(
                stage,
                stage.label,
                progress,
                ends[0] if bar else None,
                ends[1] if bar else None,
                window,
                meetings,
            )
        )
    return tuple(found)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=_rows(),
    first=_days,
    length=st.integers(20, MOST_DAYS),
    today=_days,
    across=st.integers(420, 1500),
    scale=st.sampled_from([1.0, 1.12, 1.25]),
)
def test_nothing_crosses_in_any_year(
    qapp: QApplication,
    rows: tuple[YearRow, ...],
    first: date,
    length: int,
    today: date,
    across: int,
    scale: float,
) -> None:
    apply_theme(qapp, "light", scale)
    line = YearLine(first, first + timedelta(days=length), today, rows)
    part = shown(line, across)
    nothing_crosses(part, across)
    for row in part.rows:
        for _, bar in row.bars(scale_of(line, across)):
            assert scale_of(line, across).left <= bar.left < bar.right <= across


@given(middles=st.lists(st.floats(0, 1000), max_size=60), least=st.floats(1, 50))
def test_what_is_kept_stands_apart_and_keeps_its_ends(middles: list[float], least: float) -> None:
    kept = apart(middles, least)
    assert len(kept) <= len(middles)
    if middles:
        assert kept[0] == min(middles)
        assert kept[-1] == max(middles) or len(kept) == 1
    assert all(b - a >= least for a, b in itertools.pairwise(kept))


def test_what_was_done_too_late_or_too_short_is_not_told_as_simply_done() -> None:
    words = [
        row.window.words
        for row in line_of(read_example("shandong-linyi-single"), NOVEMBER).rows
        if row.window
    ]
    hung = [each for each in words if each.startswith("挂满")]
    assert hung
    assert all("天数不够" in each and "已办" not in each for each in hung)
