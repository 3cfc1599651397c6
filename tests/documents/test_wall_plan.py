"""The sheet for the wall: one page, all there, judged by other programs where they are installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest

from app.documents.pdf import page_count
from app.documents.wall_layout import WallPlan
from app.documents.wall_plan import PAPERS, render_wall_plan, wall_plan
from app.documents.wall_scale import wall_scale
from app.domain.case import Case
from app.domain.stages import Stage
from app.domain.union import Cycle
from app.rules.engine import check
from app.rules.standing import Progress
from app.rules.year_plan import PlanEntry
from tests.rules.worked import NAMES, ON, calendar, packs, worked

DAYS = (date(2026, 4, 20), ON)


def plan_of(case: Case, on: date) -> WallPlan:
    checkup = check(case, packs().for_cycle(case.cycle), calendar(), on)
    return wall_plan(case, checkup, calendar(), pack="规则包 山东 2026.1", footer="留痕 a3f5c9d21b77")


def judged(judge: str, *arguments: str) -> str:
    if shutil.which(judge) is None:
        pytest.skip(f"{judge} is not installed")
    result = subprocess.run([judge, *arguments], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def flat(text: str) -> str:
    return re.sub(r"\s", "", text)


def words_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return flat(document[0].get_textpage().get_text_range())


def entry(number: int, *, over: bool = False, first: date = date(2026, 5, 4)) -> PlanEntry:
    return PlanEntry(
        key=f"reply_due/{number}",
        kind="due",
        stage=list(Stage)[number % 7],
        what=f"第{number}家用人单位有限责任公司书面答复",
        first=first + timedelta(days=number % 90),
        last=first + timedelta(days=number % 90),
        is_over=over,
        period="10 日",
        turn="企业",
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("paper", PAPERS)
def test_one_page_of_the_right_size_with_everything_on_it(name, on, paper, tmp_path):
    plan = plan_of(worked(name), on)
    pdf = render_wall_plan(plan, paper)
    assert page_count(pdf) == 1
    file = tmp_path / "计划.pdf"
    file.write_bytes(pdf)
    judged("qpdf", "--check", str(file))
    fonts = [line for line in judged("pdffonts", str(file)).splitlines()[2:] if line.strip()]
    assert fonts and all(re.search(r"TrueType +\S+ +yes yes yes", line) for line in fonts)
    wide, tall = PAPERS[paper]
    with pypdfium2.PdfDocument(pdf) as document:
        assert document[0].get_size() == pytest.approx((wide / 25.4 * 72, tall / 25.4 * 72), abs=0.1)
    said = flat(judged("pdftotext", "-raw", str(file), "-"))
    for stage in Stage:
        assert stage.label in said
    for each in plan.entries:
        assert flat(each.day_words(on)) in said
        assert flat(each.what) in said
        assert flat(each.article()) in said
        if each.starts is not None:
            assert f"{each.starts:%H:%M}" in said
    assert "放不下" not in said
    assert flat(plan.title) in said and "a3f5c9d21b77" in said


@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_lies_where_a_printer_cannot_reach(paper):
    pdf = render_wall_plan(plan_of(worked("linyi"), DAYS[0]), paper)
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        (wide, tall), text = page.get_size(), page.get_textpage()
        boxes = [
            text.get_charbox(at) for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()
        ]
    edge = 5 / 25.4 * 72
    assert min(box[0] for box in boxes) > edge and min(box[1] for box in boxes) > edge
    assert max(box[2] for box in boxes) < wide - edge and max(box[3] for box in boxes) < tall - edge


def test_same_case_same_bytes():
    assert render_wall_plan(plan_of(worked("linyi"), ON)) == render_wall_plan(plan_of(worked("linyi"), ON))


def test_estimates_are_told_apart_from_statutory_days():
    said = words_of(render_wall_plan(plan_of(worked("linyi"), DAYS[0])))
    assert "约5月29日（周五）（估算）双方各向本方全体公布合同文本" in said
    assert "约5月18日" not in said


def test_what_was_not_read_stands_there_as_such():
    assert "待核" in words_of(render_wall_plan(plan_of(worked("hedong"), ON)))


def test_an_empty_year_is_a_sheet_with_twelve_months():
    case = Case(cycle=Cycle(id="cycle", year=2027, region="山东"))
    said = words_of(render_wall_plan(plan_of(case, ON)))
    assert "2027年1月" in said and "12月" in said and "还没有日期" in said


def test_practice_stands_on_the_sheet():
    plan = plan_of(worked("linyi"), ON)
    assert "练习" in words_of(render_wall_plan(replace(plan, practice=True)))
    assert "练习" not in words_of(render_wall_plan(replace(plan, practice=False, title="工会 2026 年")))


def test_too_much_for_one_sheet_leaves_out_what_is_done_and_says_how_much():
    many = tuple(entry(number, over=number < 100) for number in range(130))
    many = tuple(sorted(many, key=lambda each: each.first))
    pdf = render_wall_plan(replace(plan_of(worked("linyi"), DAYS[0]), entries=many))
    said = words_of(pdf)
    assert page_count(pdf) == 1
    left_out = re.search(r"另有(\d+)项放不下", said)
    assert left_out is not None and 50 < int(left_out[1]) < 130
    assert all(f"第{number}家" in said for number in range(100, 130))


def test_the_longest_words_stay_on_the_sheet():
    long = replace(entry(1), what="职工代表大会" * 60)
    plan = replace(plan_of(worked("linyi"), ON), title="很长的名字" * 40, entries=(long,))
    assert page_count(render_wall_plan(plan)) == 1


@pytest.mark.parametrize("first", [date.min, date(1995, 3, 1), date(9999, 9, 1)])
def test_days_at_the_ends_of_time_do_not_tear_the_sheet(first):
    plan = plan_of(worked("linyi"), ON)
    plan = replace(plan, entries=(*plan.entries, entry(0, first=first)))
    assert page_count(render_wall_plan(plan)) == 1


def test_the_months_stand_side_by_side_and_every_day_in_its_own():
    marked = [date(2026, 3, 9), date(2026, 3, 22), date(2026, 5, 18), date(2027, 4, 1)]
    scale = wall_scale(marked, [date(2026, 2, 25)], date(2026, 3, 12), 2026, 100.0, 800.0)
    assert (scale.columns[0].left, scale.columns[-1].right) == (100.0, pytest.approx(800.0))
    for one, other in zip(scale.columns, scale.columns[1:], strict=False):
        assert one.right == pytest.approx(other.left)
        assert one.last + timedelta(days=1) == other.first
    places = [scale.at(day) for day in marked]
    assert None not in places and places == sorted(places)
    joined = [column for column in scale.columns if column.is_joined]
    assert [(column.first, column.last) for column in joined] == [(date(2026, 6, 1), date(2027, 3, 31))]


def test_a_month_full_of_days_gets_more_room():
    marked = [date(2026, 3, day) for day in (2, 9, 16, 23)] + [date(2026, 4, 1)]
    scale = wall_scale(marked, [], date(2026, 3, 12), 2026, 0.0, 100.0)
    wide = {column.first.month: column.right - column.left for column in scale.columns}
    assert sorted(wide) == [3, 4, 5, 6, 7, 8]  # blank months ahead stay, to be written on
    assert wide[3] > wide[4] > wide[6]


def test_a_day_that_lies_ahead_ends_no_stage_on_the_sheet() -> None:
    case = replace(worked("linyi"), stage_closings=())
    done = {
        on: {row.stage for row in plan_of(case, on).stages if row.progress is Progress.DONE}
        for on in (date(2026, 1, 5), ON)
    }
    assert Stage.FILING in done[ON]
    assert Stage.FILING not in done[date(2026, 1, 5)]
