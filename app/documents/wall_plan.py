"""The year on one sheet for the wall: months, seven stages, due dates with their articles, meetings.

Everything is laid out on a lying A4 sheet; A3 is the same drawing made larger, to be read from further away. Above
stand the stages with a numbered mark for every day, below the same numbers with words.
"""

from __future__ import annotations

import io
from datetime import date, timedelta

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from app.documents.blocks import Run
from app.documents.flow import Pen
from app.documents.fonts import FontBook, system_fonts
from app.documents.lines import Look, set_lines, text_width
from app.documents.pdf import PROGRAM
from app.documents.wall_layout import (
    FOOT,
    GAP,
    HEAD,
    INK,
    LINE,
    MM,
    MONTHS,
    NAMES,
    PALE,
    RED,
    STRIP,
    TALL,
    WIDE,
    Colour,
    Layout,
    Mark,
    Measure,
    Row,
    WallPlan,
    has_box,
    lane_least,
    pitch_of,
    radius_of,
)
from app.documents.wall_scale import MonthColumn, WallScale
from app.domain.calendar import WorkCalendar
from app.domain.case import Case
from app.domain.stages import Stage
from app.one_at_a_time import REPORTLAB
from app.rules.findings import Checkup
from app.rules.odd_days import as_of
from app.rules.standing import Progress, Standing, standings
from app.rules.year_plan import PlanEntry, plan_entries

PAPERS = {"a4": (297.0, 210.0), "a3": (420.0, 297.0)}
"""Width and height of the papers, lying, in millimetres."""

_BAND, _BAND_NOW, _HOLIDAY = (0.88, 0.88, 0.88), (0.98, 0.86, 0.84), (0.955, 0.955, 0.955)
_WHITE = (1.0, 1.0, 1.0)
_NOTHING = "还没有日期。登记以后重新打印，这里就按日子排出来。"


def wall_plan(
    case: Case, checkup: Checkup, calendar: WorkCalendar, *, pack: str, footer: str = ""
) -> WallPlan:
    """Return what the sheet of a case says on the checkup's day."""
    days_off = []
    for year in calendar.loaded_years:
        day = date(year, 1, 1)
        while day.year == year:
            name = calendar.holiday_name(day) if calendar.is_holiday(day) else None
            if name:
                days_off.append((day, name))
            day += timedelta(days=1)
    return WallPlan(
        title=" ".join(part for part in (case.union.name, case.cycle.title) if part),
        on=checkup.on,
        pack=pack,
        year=case.cycle.year or checkup.on.year,
        entries=plan_entries(case, checkup),
        stages=standings(as_of(case, checkup.on)),
        days_off=tuple(days_off),
        practice=case.cycle.practice is True,
        footer=footer,
    )


def render_wall_plan(plan: WallPlan, paper: str = "a4", fonts: FontBook | None = None) -> bytes:
    """Return the plan as a PDF of one page; ``paper`` is a key of :data:`PAPERS`.

    Raises:
        UserError: D-101 a character no font has, D-102 no Chinese font.
    """
    with REPORTLAB:
        fonts = fonts or system_fonts()
        first_font = fonts.find("hei", "工")
        if first_font is None:
            fonts.require(["工"], "hei")
        assert first_font is not None
        fonts.load(first_font)
        rl_config.useA85 = 0
        wide, tall = PAPERS[paper]
        octets = io.BytesIO()
        canvas = Canvas(
            octets,
            pagesize=(wide * MM, tall * MM),
            invariant=1,
            pageCompression=1,
            pdfVersion=(1, 5),
            initialFontName=first_font.name,
            lang="zh-CN",
        )
        canvas.setTitle(f"{plan.title} 集体协商日程")
        canvas.setSubject("wall_plan")
        canvas.setAuthor("")
        canvas.setCreator(PROGRAM)
        canvas.setProducer(PROGRAM)
        canvas.scale(wide * MM / WIDE, tall * MM / TALL)
        _Sheet(plan, Pen(canvas, fonts)).draw()
        canvas.showPage()
        canvas.save()
    return octets.getvalue()


class _Sheet:
    """Draws one sheet."""

    def __init__(self, plan: WallPlan, pen: Pen) -> None:
        self.plan = plan
        self.pen = pen
        self.canvas = pen.canvas
        self.measure = Measure(plan, pen.fonts)
        self.left, self.right = self.measure.left, self.measure.right
        self.top, self.bottom = self.measure.top, self.measure.bottom

    def draw(self) -> None:
        """Draw the sheet."""
        found = self.measure.layout()
        y = self._draw_head()
        list_top = self.bottom + FOOT + found.list_tall
        lanes_top, lanes_bottom = y - MONTHS, list_top + STRIP
        self._draw_months(found.columns, y, lanes_bottom)
        self._draw_lanes(found, lanes_top, lanes_bottom)
        self._draw_list(found, list_top)
        self._draw_foot(found)

    def _say(self, words: str, x: float, baseline: float, look: Look, ink: Colour = INK) -> float:
        """Write one line; return how wide it is."""
        self.canvas.setFillColorRGB(*ink)
        self.canvas.setStrokeColorRGB(*ink)
        wide = text_width(words, look, self.pen.fonts)
        for line in set_lines((Run(words),), wide + 1, look, self.pen.fonts):
            self.pen.line_of_text(line, x, baseline)
        return wide

    def _draw_head(self) -> float:
        size = 19.0
        words = f"{self.plan.title} 集体协商日程"
        room = self.right - self.left - (70.0 if self.plan.practice else 0.0)
        wide = text_width(words, Look("hei", size), self.pen.fonts)
        if wide > room:
            size = max(size * room / wide, 7.0)
        while text_width(words, Look("hei", size), self.pen.fonts) > room and len(words) > 1:
            words = words[: len(words) * 9 // 10].rstrip("…") + "…"
        self._say(words, self.left, self.top - 17.0, Look("hei", size))
        if self.plan.practice:
            look = Look("hei", 15.0)
            across = text_width("练习", look, self.pen.fonts)
            self._say("练习", self.right - across - 6, self.top - 16.0, look)
            self.canvas.setLineWidth(0.8)
            self.canvas.rect(self.right - across - 11, self.top - 20.5, across + 10, 20.5)
        on = self.plan.on
        told = f"按 {on.year}年{on.month}月{on.day}日 的登记排出，{self.plan.pack}。"
        told += "登记有变动，日期会跟着变，以新打印的为准。"
        self._say(told, self.left, self.top - 33.0, Look("hei", 8.6), PALE)
        return self.top - HEAD

    def _draw_months(self, columns: WallScale, top: float, bottom: float) -> None:
        canvas = self.canvas
        for day, _name in self.plan.days_off:
            at = columns.at(day)
            column = _column_of(columns, day)
            if at is None or column is None or column.is_joined:
                continue
            canvas.setFillColorRGB(*_HOLIDAY)
            canvas.rect(at, bottom, columns.after(day) - at, top - MONTHS - bottom, stroke=0, fill=1)
        canvas.setFillColorRGB(0.25, 0.25, 0.25)
        canvas.rect(self.left, top - MONTHS, self.right - self.left, MONTHS, stroke=0, fill=1)
        shown_year = 0
        for column in columns.columns:
            shown_year = self._draw_month(column, shown_year, top)
            canvas.setStrokeColorRGB(*LINE)
            self.pen.rule(column.left, top - MONTHS, column.left, bottom, 0.4)
        self._say("阶段", self.left + 6, top - 12.6, Look("hei", 9.5), _WHITE)
        canvas.setStrokeColorRGB(*LINE)
        self.pen.rule(self.right, top, self.right, bottom, 0.4)
        self.pen.rule(self.left, top, self.left, bottom, 0.4)
        self._draw_days_off(columns, bottom)

    def _draw_month(self, column: MonthColumn, shown_year: int, top: float) -> int:
        """Write the name of a month as large as it has room for; return the year the reader is in by then."""
        room, middle = column.right - column.left - 3, (column.left + column.right) / 2
        if column.is_joined:
            begin, end = column.first, column.last
            pair = (f"{begin.month}月", f"至{end.month}月")
            look = Look(
                "hei", min(7.0, 7.0 * room / max(text_width(pair[1], Look("hei", 7.0), self.pen.fonts), 1))
            )
            for words, down in zip(pair, (7.6, 15.4), strict=True):
                across = text_width(words, look, self.pen.fonts)
                self._say(words, middle - across / 2, top - down, look, _WHITE)
            return shown_year
        year = f"{column.first.year}年" if column.first.year != shown_year else ""
        words = f"{year}{column.first.month}月"
        wide = text_width(words, Look("hei", 9.5), self.pen.fonts)
        size = max(min(9.5, 9.5 * room / wide), 4.5)
        self._say(words, middle - wide * size / 9.5 / 2, top - 9.0 - size * 0.38, Look("hei", size), _WHITE)
        return column.first.year

    def _draw_days_off(self, columns: WallScale, bottom: float) -> None:
        """The names of longer holidays at the foot of their shading."""
        runs: list[list[tuple[date, str]]] = []
        for day, name in self.plan.days_off:
            if runs and runs[-1][-1][1] == name and (day - runs[-1][-1][0]).days == 1:
                runs[-1].append((day, name))
            else:
                runs.append([(day, name)])
        look, taken = Look("hei", 6.0), self.left
        for run in runs:
            at, column = columns.at(run[0][0]), _column_of(columns, run[0][0])
            if at is None or column is None or column.is_joined:
                continue
            words = run[0][1].removesuffix("假期")
            across = text_width(words, look, self.pen.fonts)
            x = max(
                min((at + columns.after(run[-1][0]) - across) / 2, self.right - across - 1),
                self.left + NAMES,
            )
            if (
                taken - x < across and max(x, taken) + across <= self.right
            ):  # two in a row: the later moves on
                x = max(x, taken)
                self._say(words, x, bottom - 7.4, look, PALE)
                taken = x + across + 4

    def _draw_lanes(self, found: Layout, top: float, bottom: float) -> None:
        canvas, columns = self.canvas, found.columns
        spare = max(top - bottom - found.lanes_tall, 0.0) / len(Stage)
        y = top
        for number, standing in enumerate(self.plan.stages, 1):
            marks = found.marks[standing.stage]
            tall = lane_least(marks, found.scale) + spare
            self._draw_band(standing, columns, y, tall)
            now = standing.progress is Progress.NOW
            self._say(f"{number}", self.left + 5, y - tall / 2 - 4.2, Look("hei", 12.0), RED if now else PALE)
            self._say(standing.stage.label, self.left + 18, y - tall / 2 - 0.5, Look("hei", 9.0))
            self._say(
                standing.progress.label,
                self.left + 18,
                y - tall / 2 - 9.5,
                Look("hei", 6.8),
                RED if now else PALE,
            )
            y -= tall
            canvas.setStrokeColorRGB(*LINE)
            self.pen.rule(self.left, y, self.right, y, 0.5)
        self._draw_today(columns, top, y)
        y = top
        for standing in self.plan.stages:
            marks = found.marks[standing.stage]
            tall = lane_least(marks, found.scale) + spare
            levels = max((mark.level for mark in marks), default=0) + 1
            step = min((tall - 5.0) / levels, pitch_of(found.scale) * 1.25)
            first = y - (tall - step * levels) / 2 - step / 2
            for mark in marks:
                self._draw_mark(mark, first - mark.level * step, found.scale)
            y -= tall
        if not self.plan.entries:
            across = text_width(_NOTHING, Look("hei", 12.0), self.pen.fonts)
            middle = (self.left + NAMES + self.right - across) / 2
            self._say(_NOTHING, middle, (top + bottom) / 2, Look("hei", 12.0), PALE)

    def _draw_band(self, standing: Standing, columns: WallScale, y: float, tall: float) -> None:
        if standing.first is None or standing.last is None:
            return
        begin, end = columns.near(standing.first), columns.after(standing.last)
        later = standing.progress is Progress.LATER
        self.canvas.setFillColorRGB(*(_BAND_NOW if standing.progress is Progress.NOW else _BAND))
        self.canvas.setStrokeColorRGB(*LINE)
        self.canvas.setLineWidth(0.5)
        self.canvas.roundRect(
            begin,
            y - tall + 3.0,
            max(end - begin, 4.0),
            tall - 6.0,
            3.0,
            stroke=int(later),
            fill=int(not later),
        )

    def _draw_today(self, columns: WallScale, top: float, bottom: float) -> None:
        x = columns.at(self.plan.on)
        if x is None:
            return
        canvas = self.canvas
        canvas.saveState()
        canvas.setStrokeColorRGB(*RED)
        canvas.setLineWidth(0.9)
        canvas.setDash(3, 2)
        canvas.line(x, top, x, bottom)
        canvas.restoreState()

    def _draw_mark(self, mark: Mark, y: float, scale: float) -> None:
        entry, look = mark.entry, Look("hei", 7.2 * scale)
        self._draw_disc(mark.number, entry, mark.x, y, radius_of(scale), 6.6 * scale)
        across = text_width(mark.words, look, self.pen.fonts)
        x = mark.x + radius_of(scale) + 1.6 * scale
        if x + across > self.right:
            x = mark.x - radius_of(scale) - 1.6 * scale - across
        ink = RED if entry.overdue else PALE if entry.is_over else INK
        self._say(mark.words, x, y - 2.5 * scale, look, ink)

    def _draw_disc(
        self, number: int, entry: PlanEntry, x: float, y: float, radius: float, size: float
    ) -> None:
        """The number in its shape: a circle, dashed for an estimate; a box for a meeting; filled while it is open."""
        canvas = self.canvas
        open_now = not entry.is_over and not entry.estimated
        line = PALE if entry.is_over else RED if entry.overdue else INK
        canvas.saveState()
        canvas.setStrokeColorRGB(*line)
        canvas.setFillColorRGB(*(line if open_now else _WHITE))
        canvas.setLineWidth(0.8)
        if entry.estimated and not entry.is_over:
            canvas.setDash(1.6, 1.2)
        if entry.kind == "meeting":
            side = radius * 0.94
            canvas.rect(x - side, y - side, side * 2, side * 2, stroke=1, fill=1)
        else:
            canvas.circle(x, y, radius, stroke=1, fill=1)
        canvas.restoreState()
        look = Look("hei", size)
        across = text_width(str(number), look, self.pen.fonts)
        self._say(str(number), x - across / 2, y - size * 0.36, look, _WHITE if open_now else line)

    def _draw_list(self, found: Layout, top: float) -> None:
        wide = self.measure.column_wide
        for place, column in enumerate(found.rows):
            x, y = self.left + place * (wide + GAP), top
            for row in column:
                self._draw_row(row, x, y, wide, found.scale)
                y -= row.tall

    def _draw_row(self, row: Row, x: float, top: float, wide: float, scale: float) -> None:
        entry = row.entry
        self._draw_disc(row.number, entry, x + 6.5 * scale, top - 6.4 * scale, 5.6 * scale, 6.4 * scale)
        y = top
        for line, pitch, ink in row.lines:
            self.canvas.setFillColorRGB(*ink)
            self.canvas.setStrokeColorRGB(*ink)
            self.pen.line_of_text(line, x + 17.0 * scale, y - pitch / 2 - line.size * 0.36)
            y -= pitch
        if has_box(entry):
            side = 7.0 * scale
            self.canvas.setStrokeColorRGB(*INK)
            self.canvas.setLineWidth(0.6)
            self.canvas.rect(x + wide - side, top - 2.2 * scale - side, side, side)
        self.canvas.setStrokeColorRGB(*LINE)
        self.pen.rule(x, top - row.tall + 1.6 * scale, x + wide, top - row.tall + 1.6 * scale, 0.3)

    def _draw_foot(self, found: Layout) -> None:
        baseline = self.bottom + 2.0
        told = (
            "圆圈是期限，方框是会议；实心是还没办的，虚线是估算，灰色是已办的。"
            "红虚线是打印那天，灰条是放假。右边小框办完打勾。"
        )
        if found.left_out:
            told = f"另有 {found.left_out} 项放不下，看首页的到期事项。" + told
        self._say(told, self.left, baseline, Look("hei", 7.2), PALE)
        if self.plan.footer:
            across = text_width(self.plan.footer, Look("hei", 7.2), self.pen.fonts)
            self._say(self.plan.footer, self.right - across, baseline, Look("hei", 7.2), PALE)


def _column_of(columns: WallScale, day: date) -> MonthColumn | None:
    return next((column for column in columns.columns if column.first <= day <= column.last), None)
