"""The page of a stage: its steps, each with the records, papers and evidence that belong to it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.facts import Record
from app.domain.stages import STAGES, Stage, row_of
from app.forms.layout import Page, Step
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.naming import in_region
from app.gui.forms.step_view import StepView
from app.gui.pages.explain_sheet import ExplainSheet
from app.gui.pages.head_view import HeadView
from app.gui.pages.home_words import due_tone, latest_words
from app.gui.pages.materials_sheet import MaterialsSheet
from app.gui.pages.papers_sheet import PapersSheet
from app.gui.preview import Preview
from app.gui.widgets.chip import ChipTone
from app.gui.widgets.drop_zone import files_of
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.page_scroll import GUTTER, PageScroll
from app.gui.widgets.step_tabs import StepView as TabView
from app.rules.findings import Finding, State, Verdict, Where
from app.rules.standing import next_step, standings
from app.usecases.overview import left_words

__all__ = ["HeadView", "StagePage"]

SIDE_BY_SIDE_FROM = 900
LONGEST_BUTTON = 10
"""Characters on a button (look: at most 10)."""
_TO_BE_MET = (Verdict.RUNNING, Verdict.OVERDUE)


class StagePage(QWidget):
    """Drawn from :class:`app.forms.layout.Page`.

    Signals:
        head_changed: Title, context or buttons of the page head are others now.
        steps_changed: The tabs are others now, or another one is shown.
        door_opened: Go somewhere else. arg: a ``Where`` or (page key, step key).
        job_started: A long job of this page began. arg: the job.
        left_by_escape: Esc in the page itself: back to where one came from.
    """

    head_changed = Signal()
    steps_changed = Signal()
    SCROLLS_ITSELF = True

    door_opened = Signal(object)
    job_started = Signal(object)
    left_by_escape = Signal()

    def __init__(self, page: Page, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if page.stage is None:
            raise ValueError(f"not the page of a stage: {page.key}")
        self.page = page
        self.stage: Stage = page.stage
        self._desk = desk
        self._ask = ask
        self._views: dict[str, StepView] = {}
        self._papers: dict[str, PapersSheet] = {}
        self._materials: dict[str, MaterialsSheet] = {}
        self._pairs: list[QBoxLayout] = []
        self._current = page.steps[0].key
        self._explain: ExplainSheet | None = None
        self.preview: Preview | None = None
        self.setAcceptDrops(True)
        self.setAccessibleName(page.title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._above = QVBoxLayout()
        self._above.setContentsMargins(0, 0, GUTTER, 0)
        column.addLayout(self._above)
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        desk.case_changed.connect(self._on_case_changed)
        desk.checked.connect(self._on_checked)
        self.show_step(self._start_step().key)

    # ---- steps

    def steps(self) -> tuple[Step, ...]:
        """The steps of the page."""
        return self.page.steps

    def current_step(self) -> Step:
        """The step that is shown."""
        return next(step for step in self.page.steps if step.key == self._current)

    def tabs(self) -> list[TabView]:
        """The steps as tabs, each with the shape of its state."""
        following = next_step(self._desk.case)
        following_here = following.step if following.stage is self.stage else ""
        tabs = []
        for step in self.page.steps:
            title = in_region(self._desk.program, self._desk.case, step.title)
            tabs.append(TabView(step.key, title, self._state_of(step, following_here)))
        return tabs

    def show_step(self, key: str) -> None:
        """Show a step; builds it the first time."""
        step = next((step for step in self.page.steps if step.key == key), self.page.steps[0])
        self._current = step.key
        self.close_preview()
        view = self._views.get(step.key) or self._make_view(step)
        outer = view.parentWidget()
        while outer is not None and outer.parentWidget() is not self._stack:
            outer = outer.parentWidget()
        if outer is not None:
            self._stack.setCurrentWidget(outer)
        self.steps_changed.emit()
        self.head_changed.emit()

    def view(self) -> StepView:
        """The sheets of the step that is shown."""
        return self._views[self._current]

    def papers(self) -> PapersSheet:
        """文书 of the step that is shown."""
        self.view().build_all()
        return self._papers[self._current]

    def materials(self) -> MaterialsSheet:
        """材料, below the step that is shown."""
        self.view().build_all()
        return self._materials[self._current]

    def _make_view(self, step: Step) -> StepView:
        view = StepView(step, self._desk, self._ask, stage=self.stage)
        view.add_below(lambda: self._make_pair(step))
        view.built.connect(self._on_built)
        self._views[step.key] = view
        self._stack.addWidget(PageScroll(view))
        return view

    def _make_pair(self, step: Step) -> QWidget:
        papers = PapersSheet(step, self._desk, self._ask)
        materials = MaterialsSheet(self.stage, self._desk, self._ask)
        for sheet in (papers, materials):
            sheet.preview_requested.connect(self.show_preview)
        papers.rows_changed.connect(self.head_changed)
        materials.job_started.connect(self.job_started)
        pair = QWidget()
        beside = QBoxLayout(QBoxLayout.Direction.TopToBottom, pair)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(12)
        if step.documents:
            beside.addWidget(papers, 1, Qt.AlignmentFlag.AlignTop)
        else:
            papers.setParent(pair)
            papers.hide()
        beside.addWidget(materials, 1, Qt.AlignmentFlag.AlignTop)
        self._pairs.append(beside)
        self._papers[step.key], self._materials[step.key] = papers, materials
        self._arrange()
        return pair

    @Slot()
    def _on_built(self) -> None:
        if QApplication.focusWidget() is self:
            self._focus_first()

    def _focus_first(self) -> None:
        target = self._first_target()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _first_target(self) -> QWidget | None:
        """The next thing to fill where the year goes on here, else the first list."""
        view = self.view()
        here = next_step(self._desk.case).stage is self.stage
        target = view.first_focus() if here else None
        if target is None and view.sections:
            first = view.sections[0]
            target = first.table if first.table is not None else first.form
        return target

    def _start_step(self) -> Step:
        following = next_step(self._desk.case)
        if following.stage is self.stage:
            return next((step for step in self.page.steps if step.key == following.step), self.page.steps[0])
        return self.page.steps[0]

    def _state_of(self, step: Step, following: str) -> str:
        if step.key == following:
            return "now"
        begun = any(
            section.holds(record) and section.add
            for section in step.sections
            for record in self._desk.case.records(section.collection)
        )
        if not begun:
            return "later"
        collections = {section.collection for section in step.sections}
        troubled = any(
            finding.blocks and finding.where.collection in collections for finding in self.findings()
        )
        return "now" if troubled else "done"

    # ---- head

    def head(self) -> HeadView:
        """Title, chip, context and buttons."""
        case = self._desk.case
        standing = next(each for each in standings(case) if each.stage is self.stage)
        closing = next((each for each in case.stage_closings if each.stage is self.stage), None)
        secondary: list[ActionView] = []
        if not self._desk.read_only:
            if closing is not None:
                secondary.append(ActionView("reopen", "重新打开本阶段", "pencil"))
            else:
                secondary.append(ActionView("close", "结束本阶段", "check"))
        context = standing.progress.label
        if closing is not None and closing.closed_on is not None:
            context = f"{closing.closed_on.month}月{closing.closed_on.day}日已结束"
        due, tone = self._due()
        return HeadView(
            title=self.page.title,
            chip=f"第 {row_of(self.stage).number} 阶段",
            context=context,
            due=due,
            due_tone=tone,
            primary=self._primary(),
            secondary=tuple(secondary),
        )

    def _due(self) -> tuple[str, ChipTone]:
        """The stage's nearest due date that is still to be met, as a chip."""
        checkup = self._desk.checkup
        rows = [
            row
            for row in checkup.deadlines
            if row.stage is self.stage and row.due is not None and row.verdict in _TO_BE_MET
        ]
        nearest = min(rows, key=lambda row: row.due or checkup.on, default=None)
        if nearest is None:
            return "", "near"
        when = left_words(nearest, checkup.on)
        if nearest.estimated:
            return f"{nearest.what} {when}", "estimated"
        words = f"{nearest.what} {when}，{latest_words(nearest, checkup.on)}"
        return words, due_tone(nearest, checkup.on)

    def _primary(self) -> ActionView | None:
        following = next_step(self._desk.case)
        if following.stage is self.stage:
            words = in_region(self._desk.program, self._desk.case, following.action)
            return ActionView("next", words, "arrow_right" if following.step != self._current else "pencil")
        papers = self._papers.get(self._current)
        if papers is not None and papers.rows() and self._has_facts():
            words = f"预览{papers.rows()[0].name}"
            return ActionView("paper", words if len(words) <= LONGEST_BUTTON else "预览这份文书", "eye")
        adds = self.current_step().sections[0].add
        if adds and not self._has_facts() and not self._desk.read_only:
            return ActionView("begin", adds, "plus")
        closed = any(each.stage is self.stage for each in self._desk.case.stage_closings)
        if closed and self.stage is not STAGES[-1].stage:
            return ActionView("following", "去下一阶段", "arrow_right")
        return None

    def _has_facts(self) -> bool:
        """Whether anything of the step that is shown was written: a blank paper is nobody's next step."""
        return any(
            section.holds(held)
            for section in self.current_step().sections
            for held in self._desk.case.records(section.collection)
        )

    def do(self, action: str) -> None:
        """Do what a button of the page head says."""
        self.commit()
        if action == "close":
            self._desk.close_stage(self.stage)
        elif action == "reopen":
            self._desk.reopen_stage(self.stage)
        elif action == "next":
            self.go_on()
        elif action == "begin":
            view = self.view()
            view.build_all()
            view.sections[0].add_record()
        elif action == "paper":
            self.print_or_look("preview")
        elif action == "following":
            at = [row.stage for row in STAGES].index(self.stage)
            self.door_opened.emit((STAGES[at + 1].stage, ""))

    def go_on(self) -> None:
        """Go where the next step of the year is done; add the record it waits for if there is none yet."""
        following = next_step(self._desk.case)
        if following.stage is not self.stage:
            return
        self.show_step(following.step)
        view = self.view()
        view.build_all()
        shown = [section for section in view.sections if not section.isHidden()]
        empty = next(
            (section for section in shown if section.table is not None and not section.records()), None
        )
        first = shown[0] if shown else None
        if first is not None and first.table is not None and not first.records():
            first.add_record()
        elif (wanted := view.first_focus()) is not None and empty is None:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        elif empty is not None and empty.table is not None:
            empty.table.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def print_or_look(self, action: str) -> None:
        """Print, or look at, the first paper of the step."""
        first = self.papers().first()
        if first:
            self.papers().do(first, action)

    def first_focus(self) -> QWidget | None:
        """Where the focus goes when the page is opened."""
        if self.preview is not None:
            return self.preview
        return self if not self.view().is_built() else self._first_target()

    # ---- findings

    def findings(self) -> list[Finding]:
        """Everything found about this stage."""
        return [finding for finding in self._desk.checkup.findings if finding.stage is self.stage]

    def holds(self, where: Where) -> bool:
        """Whether a place is on this page."""
        return self._place(where) is not None

    def open_where(self, where: Where) -> QWidget | None:
        """Go to a field; the widget that has the focus then, ``None`` when the place is not on this page."""
        place = self._place(where)
        if place is None:
            return None
        step, at = place
        self.show_step(step.key)
        if where.collection == "evidence":
            return self._reveal(self.materials().edit(where.record_id, where.fact))
        view = self.view().section_view(step.sections[at])
        return self._reveal(view.focus_fact(where.record_id, where.fact)) if view is not None else None

    def _place(self, where: Where) -> tuple[Step, int] | None:
        if where.collection == "evidence":
            held = self._desk.case.find("evidence", where.record_id)
            return (self.current_step(), 0) if held is not None and held.stage is self.stage else None
        held = self._desk.case.find(where.collection, where.record_id)
        found: tuple[Step, int] | None = None
        for step in self.page.steps:
            for at, section in enumerate(step.sections):
                if section.collection != where.collection:
                    continue
                if isinstance(held, Record) and not section.holds(held):
                    continue
                if where.fact in section.preset or where.fact in section.leave_out:
                    found = found or (step, at)
                    continue
                return step, at
        return found

    def _reveal(self, target: QWidget | None) -> QWidget | None:
        if target is None:
            return None
        outer = self._stack.currentWidget()
        if isinstance(outer, PageScroll):
            outer.ensureWidgetVisible(target, 24, 64)
        return target

    def explain(self, finding: Finding) -> None:
        """Open the form in which a finding is explained, at the top of the page."""
        self.close_explain()
        sheet = ExplainSheet(finding, self._desk)
        sheet.closed.connect(self.close_explain)
        self._explain = sheet
        self._above.addWidget(sheet)
        sheet.focus_first()

    def explain_sheet(self) -> ExplainSheet | None:
        """The form that is open."""
        return self._explain

    @Slot()
    def close_explain(self) -> None:
        """Put the form away."""
        if self._explain is not None:
            self._above.removeWidget(self._explain)
            self._explain.hide()
            self._explain.deleteLater()
            self._explain = None

    # ---- files and preview

    @Slot()
    def choose_files(self) -> None:
        """Ctrl U."""
        self.materials().choose_files()

    @Slot(str, object)
    def show_preview(self, title: str, load: object) -> None:
        """Show a paper in place of the sheets."""
        if self.preview is None:
            self.preview = Preview(self._desk.runner, self._ask)
            self.preview.closed.connect(self._on_preview_left)
            self.preview.failed.connect(self._on_preview_failed)
            self._preview_room = QWidget()
            room = QVBoxLayout(self._preview_room)
            room.setContentsMargins(0, 0, GUTTER, 0)
            room.addWidget(self.preview)
            self._stack.addWidget(self._preview_room)
        self._stack.setCurrentWidget(self._preview_room)
        assert callable(load)
        self.preview.show_paper(title, load)

    @Slot()
    def close_preview(self) -> None:
        """Put the preview away."""
        if self.preview is not None:
            self._stack.removeWidget(self._preview_room)
            self._preview_room.hide()
            self._preview_room.deleteLater()
            self.preview = None

    @Slot()
    def _on_preview_left(self) -> None:
        self.show_step(self._current)
        target = self.view().first_focus()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_preview_failed(self, error: object) -> None:
        self.show_step(self._current)
        self._desk.failed.emit(error)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event) and not self._desk.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files: list[Path] = files_of(event)
        if files:
            event.acceptProposedAction()
            self.materials().attach(files)

    def commit(self) -> None:
        """Hand on everything that is typed now."""
        for view in self._views.values():
            view.commit()

    # ---- keeping up

    def show_case(self) -> None:
        """Tell head and tabs anew."""
        self.steps_changed.emit()
        self.head_changed.emit()

    @Slot(object)
    def _on_case_changed(self, _changed: object) -> None:
        if self.isVisible():
            self.show_case()

    @Slot(object)
    def _on_checked(self, _checkup: object) -> None:
        if self.isVisible():
            self.steps_changed.emit()
        if self._explain is not None:
            key = self._explain.finding.key
            if all(finding.key != key for finding in self._desk.checkup.findings):
                self.close_explain()  # it was mended meanwhile

    def open_count(self) -> int:
        """How many findings stand in the way of ending the stage."""
        return sum(finding.blocks for finding in self.findings())

    def flaw_count(self) -> int:
        """How many are explained flaws."""
        return sum(finding.state is State.FLAW for finding in self.findings())

    def _arrange(self) -> None:
        wide = self.width() >= SIDE_BY_SIDE_FROM
        for pair in self._pairs:
            direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
            if pair.direction() != direction:
                pair.setDirection(direction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left_by_escape.emit()
            return
        super().keyPressEvent(event)
