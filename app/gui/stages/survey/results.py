"""结果: what is wanted, by how much, who answered, and how groups differ; every figure leads to its records."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from app.domain.case import Case
from app.domain.survey import Survey
from app.figures.group_tables import by_option, first_crossing
from app.figures.origin import Figure, Origin
from app.figures.published import Published, published
from app.figures.representativeness import comparisons
from app.figures.survey_results import (
    bands,
    current_survey,
    wishes,
)
from app.figures.survey_sums import entered
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.pages.origin_line import OriginLine
from app.gui.stages.stage_view import StageView
from app.gui.stages.survey.chart_rows import (
    band_title,
    band_views,
    comparison_rows,
    farthest_of,
    group_rows,
    points,
    tests_in_words,
    verdict_words,
    wish_rows,
)
from app.gui.stages.survey.doors import page_of, where_of
from app.gui.stages.survey.group_picker import GroupPicker
from app.gui.stages.survey.save_tables import SaveTables
from app.gui.stages.survey.sheets_strip import SheetsStrip
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.charts.band_columns import BandColumns
from app.gui.widgets.charts.bar_rows import BarRows
from app.gui.widgets.charts.chart import Chart
from app.gui.widgets.charts.chart_room import ChartRoom
from app.gui.widgets.charts.dot_pairs import DotHeads, DotPairs
from app.gui.widgets.empty_state import EmptyState, EmptyView, NeedView
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.rules.findings import Where

_SHOWN = frozenset(
    {
        "surveys", "questions", "answer_counts", "topics", "departments", "enterprise", "covered_enterprises",
        "cycle", "hearings",
    }
)  # fmt: skip
_BUTTONS = (
    ActionView("survey_print", "打印汇总表", "print"),
    ActionView("survey_save", "存成表格", "download"),
)
SIDE_BY_SIDE_FROM = 720
_AROUND = 62
"""What a sheet needs around its chart: heading and margins."""
_MOST_ROWS = 10
"""So many rows of a chart are shown before it scrolls."""


class SurveyResults(StageView):
    """Four sheets, two by two where there is room; they fill the screen and grow with it.

    Until there are counts it says what will be here, what it needs, and the way there.
    """

    _gone = True  # holds again when Python lets go of the part before Qt does; then no filter may look at it

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._gone = False
        self._figures: dict[str, dict[str, Figure]] = {}
        self._room: QScrollArea | None = None
        self._screen = 0
        self._empty: EmptyState | None = None
        self._empty_view: EmptyView | None = None
        self._asked_by: Chart | None = None
        self._decided: Published | None = None
        self.strip = SheetsStrip(desk, ask)
        self.strip.door_opened.connect(self.door_opened)
        self.column.addWidget(self.strip)
        self.saving = SaveTables(desk, ask, self)
        self.column.addWidget(self.saving.job)
        self.origin = OriginLine()
        self.origin.origin_chosen.connect(self._on_origin_chosen)
        self.origin.hide()
        self.column.addWidget(self.origin)
        self._board = QWidget()
        self._grid = QGridLayout(self._board)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self.column.addWidget(self._board, 1)
        self.wanted = BarRows("最想谈的事")
        self.bands = BandColumns("希望涨多少")
        heads = DotHeads(label="群体", ring="在册占比", dot="答卷占比", difference="相差")
        self.pairs = DotPairs("代表性", heads)
        self.groups = BarRows("分群体看")
        self._parts: list[tuple[ChartRoom, Text, Button]] = []
        self._sheets = [
            self._sheet("最想谈的事", self.wanted),
            self._sheet("希望工资涨多少", self.bands),
            self._sheet("代表性", self.pairs),
            self._sheet("分群体看", self.groups),
        ]
        self.verdict = Text("", wrap=True)
        self.tests = Text("", ink="ink2", wrap=True)
        self._sheets[2].add(self.verdict)
        self._sheets[2].add(self.tests)
        self.picker = GroupPicker()
        self.picker.picked.connect(self._on_picked)
        self._sheets[3].body.insertWidget(0, self.picker)
        lock = Shape("lock", "ink2", px=16)
        self._lock = lock
        head = self._sheets[3].head
        head.insertWidget(head.count() - 1, lock)
        desk.case_changed.connect(self._on_case_changed)
        self._board.hide()
        self._to_show: list[Callable[[Case, Survey], None]] = []
        self._arrange()
        self._begin()

    def _sheet(self, title: str, chart: Chart) -> Sheet:
        sheet = Sheet(title)
        row = current_theme().height("table_row_read")
        room = ChartRoom(chart, most_px=row * _MOST_ROWS + current_theme().height("table_head"))
        sheet.add(room, 1)
        lacking = Text("", ink="ink2", wrap=True)
        sheet.add(lacking)
        way = Button("去设计问卷", "link")
        way.clicked.connect(self._on_design)
        sheet.body.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        self._parts.append((room, lacking, way))
        chart.opened.connect(self._on_opened)
        chart.origin_requested.connect(self._on_origin)
        return sheet

    # ---- what is shown

    def show_case(self) -> None:
        """Show the results as they are now."""
        self._begin()
        while self._to_show:
            self._show_next()

    def _begin(self) -> None:
        """The charts are filled one after the other, so that the window never waits."""
        case = self.desk.case
        survey = current_survey(case)
        counted = survey is not None and any(each.numbers for each in case.answer_counts)
        self._board.setVisible(counted)
        self._show_empty(None if counted else self._empty_now(survey))
        if not counted:
            self.origin.hide()
        self._to_show = (
            [self._show_wishes, self._show_bands, self._show_pairs, self._show_groups] if counted else []
        )

    def _show_next(self) -> None:
        survey = current_survey(self.desk.case)
        if self._to_show and survey is not None:
            self._to_show.pop(0)(self.desk.case, survey)
            if not self._to_show:
                self._arrange()

    def _show_wishes(self, case: Case, survey: Survey) -> None:
        result = wishes(case, survey)
        lacking = "问卷里还没有“最想协商的事项”这样的多选题，或者它的人数还没录。"
        self._fill(
            0, "最想谈的事", result.base_words if result is not None else "", result is not None, lacking
        )
        if result is not None:
            self.wanted.show_rows(wish_rows(result, with_topics=bool(case.topics)))
            self._figures["最想谈的事"] = {row.option: row.share for row in result.rows}

    def _show_bands(self, case: Case, survey: Survey) -> None:
        result = bands(case, survey)
        title = band_title(result) if result is not None else "希望工资涨多少"
        top = "、".join(row.option for row in result.top) if result is not None else ""
        lacking = "问卷里还没有“希望工资涨多少”这样按档选的题，或者它的人数还没录。"
        self._fill(1, title, f"最集中：{top}" if top else "", result is not None, lacking)
        if result is not None:
            self.bands.setAccessibleName(title)
            self.bands.show_bands(band_views(result))
            self._figures[title] = {row.option: row.share for row in result.rows}

    def _show_pairs(self, case: Case, survey: Survey) -> None:
        compared = comparisons(case, survey)
        farthest = farthest_of(compared)
        remark = "有效答卷与职工名册对照"
        if farthest is not None:
            remark = f"与名册相差最大：{farthest.name} {points(farthest.difference)}"
        lacking = "问卷问了部门、性别、岗位或用工形式，名册里又有人数，这里就把两边对照起来。"
        self._fill(2, "代表性", remark if compared else "", bool(compared), lacking)
        for words in (self.verdict, self.tests):
            words.setVisible(bool(compared))
        if compared:
            self.verdict.set_words(verdict_words(compared))
            self.tests.set_words(tests_in_words(compared))
            rows, heads = comparison_rows(compared)
            self.pairs.show_pairs(rows, heads)
            self._figures["代表性"] = {
                f"{one.title}/{group.name}": group.rate if group.hidden is None else group.staff
                for one in compared
                for group in one.groups
            }

    def _show_groups(self, case: Case, survey: Survey) -> None:
        decided = published(case, survey)
        first = first_crossing(case, survey, decided)
        lacking = (
            "问卷问了部门、岗位类别、用工形式或性别，答卷录进来以后，这里比较各群体怎么选。"
            "只录各题人数的，在发放与录入里加上分组的人数。"
        )
        self._fill(3, "分群体看", "不足 5 份不显示" if first is not None else "", first is not None, lacking)
        self._lock.setVisible(first is not None)
        self.picker.setVisible(first is not None)
        if first is not None:
            self._decided = decided
            self.picker.offer(decided.crossings, first)
            self._on_picked()

    @Slot()
    def _on_picked(self) -> None:
        chosen = self.picker.chosen()
        if chosen is None or self._decided is None:
            return
        crossing, option = chosen
        table = by_option(self._decided.made(crossing), option)
        self.groups.show_rows(*group_rows(table))
        self._figures["分群体看"] = {
            group.name: group.share if group.share.value is not None else Figure(None, "%", group.name)
            for group in table.groups
        }

    def _fill(self, at: int, title: str, remark: str, has: bool, lacking: str) -> None:
        sheet = self._sheets[at]
        sheet.set_title(title)
        sheet.set_remark(remark)
        room, words, way = self._parts[at]
        room.setVisible(has)
        words.set_words("" if has else lacking)
        words.setVisible(not has)
        way.setVisible(not has and at != 3)

    # ---- nothing yet

    def _empty_now(self, survey: Survey | None) -> EmptyView:
        case = self.desk.case
        asked = [each for each in case.questions if survey is not None and each.survey == survey.id]
        done = sum(entered(case, each) for each in asked)
        valid = survey.valid if survey is not None else None
        needs = (
            NeedView(
                state="done" if asked else "missing",
                name="问卷题目",
                words=f"{len(asked)} 题" if asked else "还没有题目",
                action=None if asked else ActionView("design", "去设计问卷"),
            ),
            NeedView(
                state="done" if valid is not None else "missing",
                name="收回的答卷",
                words=f"有效 {valid} 份" if valid is not None else "发了多少、收回多少、有效多少，还没写",
            ),
            NeedView(
                state="now" if done else "missing",
                name="各题人数",
                words=f"录了 {done} 题，共 {len(asked)} 题" if asked else "有了题目就能录",
                action=ActionView("run", "去录入"),
            ),
        )
        return EmptyView(
            headline="收回问卷以后，这里看职工最想谈什么",
            why="各题人数录进来，排名、占比、代表性和分群体的结果随即算好。",
            drawing="paper",
            needs=needs,
            tip="不足 5 份的群体不显示，也不能用减法倒推出来。",
        )

    def _show_empty(self, view: EmptyView | None) -> None:
        if view == self._empty_view:
            return
        self._empty_view = view
        if self._empty is not None:
            self.column.removeWidget(self._empty)
            self._empty.hide()
            self._empty.deleteLater()
            self._empty = None
        if view is not None:
            self._empty = EmptyState(view)
            self._empty.action_requested.connect(self._on_way)
            self.column.addWidget(self._empty)

    @Slot(str)
    def _on_way(self, step: str) -> None:
        self.door_opened.emit(("survey", step))

    @Slot()
    def _on_design(self) -> None:
        self.door_opened.emit(("survey", "design"))

    # ---- doors

    @Slot(str)
    def _on_opened(self, value_id: str) -> None:
        """Enter: a wish leads to its topic, every other figure to the records behind it."""
        chart = self.sender()
        if chart is self.wanted:
            survey = current_survey(self.desk.case)
            result = wishes(self.desk.case, survey) if survey is not None else None
            row = next((each for each in result.rows if each.option == value_id), None) if result else None
            if row is not None and row.topic is not None:
                self.door_opened.emit(Where("topics", row.topic.id, "decision"))
                return
        if isinstance(chart, Chart):
            figure = self._figure(chart, value_id)
            if figure is not None and figure.origin:
                self.door_opened.emit(where_of(figure.origin[0]))

    @Slot(str)
    def _on_origin(self, value_id: str) -> None:
        """F4: the records and the rule behind a figure, listed below the strip."""
        chart = self.sender()
        figure = self._figure(chart, value_id) if isinstance(chart, Chart) else None
        if figure is None or not isinstance(chart, Chart):
            return
        self._asked_by = chart
        self.origin.show_figure(chart.words(), figure)
        self.origin.show()
        self.origin.open()
        rows = self.origin.rows.rows()
        (rows[0] if rows else self.origin.button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _figure(self, chart: Chart, value_id: str) -> Figure | None:
        return self._figures.get(chart.accessibleName(), {}).get(value_id)

    @Slot(object)
    def _on_origin_chosen(self, origin: object) -> None:
        if isinstance(origin, Origin):
            self.door_opened.emit(where_of(origin))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.origin.isHidden() and self._asked_by is not None:
            self._asked_by.setFocus(Qt.FocusReason.OtherFocusReason)
            self.origin.hide()
            return
        super().keyPressEvent(event)

    # ---- what the page asks

    def build_some(self) -> bool:
        self._show_next()
        if not self._to_show:
            self.head_changed.emit()  # only now can its buttons be asked for
        return bool(self._to_show)

    def first_focus(self) -> QWidget | None:
        """The charts are looked at from the first one on."""
        return None if self._board.isHidden() or not self.wanted.rows() else self.wanted

    def primary(self) -> ActionView | None:
        if self._board.isHidden():
            return ActionView("survey_run", "录入各题人数", "pencil")
        if not self.desk.case.topics or any(topic.decision is None for topic in self.desk.case.topics):
            return ActionView("survey_topics", "确定协商议题", "arrow_right")
        return None

    def secondary(self) -> tuple[ActionView, ...]:
        return () if self._board.isHidden() else _BUTTONS

    def do(self, action: str) -> bool:
        if action in ("survey_run", "survey_topics"):
            self.door_opened.emit(("survey", action.removeprefix("survey_")))
        elif action == "survey_print":
            page = page_of(self)
            if page is not None:
                page.print_or_look("print")
        elif action == "survey_save":
            self.saving.save()
        else:
            return False
        return True

    # ---- room

    def _arrange(self) -> None:
        beside = self.width() >= current_theme().px(SIDE_BY_SIDE_FROM)
        for at, sheet in enumerate(self._sheets):
            self._grid.addWidget(sheet, *((at // 2, at % 2) if beside else (at, 0)))
        for column, share in ((0, 6), (1, 5 if beside else 0)):
            self._grid.setColumnStretch(column, share)
        most = self._most_heights() if beside else []
        for row in range(4):
            self._grid.setRowStretch(row, most[row] if row < len(most) else 0)
        self._fill_screen(most)

    def _most_heights(self) -> list[int]:
        """How high each row of sheets can become before there is only air in it."""
        around = current_theme().px(_AROUND)
        charts = (self.wanted, self.bands, self.pairs, self.groups)
        high = [
            chart.most_height() if not self._parts[at][0].isHidden() else 0 for at, chart in enumerate(charts)
        ]
        return [max(high[0], high[1], current_theme().px(180)) + around, max(high[2], high[3]) + around]

    def _fill_screen(self, most: list[int]) -> None:
        """As high as the screen leaves, so that rows and columns grow before anything is pulled apart."""
        high = self._room.viewport().height() if most and self._room is not None else 0
        full = self.strip.sizeHint().height() + sum(most) + 24
        wanted = min(high, full) if not self._board.isHidden() else 0
        if wanted != self._screen:
            self._screen = wanted
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, self._screen))

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(0, self._screen))

    def heightForWidth(self, width: int) -> int:
        return max(super().heightForWidth(width), self._screen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        step = self.parentWidget()
        while step is not None and not isinstance(step, QScrollArea):
            step = step.parentWidget()
        if isinstance(step, QScrollArea) and step is not self._room:
            self._room = step
            step.viewport().installEventFilter(self)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._gone:
            return False
        if event.type() == QEvent.Type.Resize and self._room is not None and watched is self._room.viewport():
            self._arrange()
        return super().eventFilter(watched, event)

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if changed & _SHOWN:
            self.show_case()
            self.head_changed.emit()
