"""The page of a stage: its steps, each with the records, papers and evidence that belong to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from app.domain.stages import STAGES, Stage, row_of
from app.forms.layout import Page, Step
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.naming import in_region
from app.gui.forms.step_view import StepView
from app.gui.pages.explain_sheet import ExplainSheet
from app.gui.pages.head_view import HeadView
from app.gui.pages.materials_sheet import MaterialsSheet
from app.gui.pages.paper_pair import PaperPair
from app.gui.pages.papers_sheet import PapersSheet
from app.gui.pages.preview_pane import PreviewPane
from app.gui.pages.preview_place import PreviewPlace
from app.gui.pages.stage_head import stage_head
from app.gui.pages.stage_opening import StageOpening
from app.gui.pages.stage_places import place_of
from app.gui.preview import Preview
from app.gui.shell.main_frame import PanelMode
from app.gui.stages.views import PartTab, part_tabs
from app.gui.widgets.button import Button
from app.gui.widgets.drop_zone import files_of
from app.gui.widgets.page_scroll import GUTTER, PageScroll
from app.gui.widgets.step_tabs import StepView as TabView
from app.rules.findings import Finding, State, Where
from app.rules.standing import Progress, next_step
from app.usecases.step_states import lead_section, stage_findings, step_states, unfilled

__all__ = ["HeadView", "StagePage"]


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
        self._pairs: dict[str, PaperPair] = {}
        self._current = page.steps[0].key
        self._part: dict[str, str] = {}
        self._explain: ExplainSheet | None = None
        self.setAcceptDrops(True)
        self.setAccessibleName(page.title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._above = QVBoxLayout()
        self._above.setContentsMargins(0, 0, GUTTER, 0)
        column.addLayout(self._above)
        self._stack = QStackedWidget()
        self.pane = PreviewPane(desk)
        self.pane.preview_requested.connect(self.show_preview)
        column.addLayout(self.pane.beside(self._stack), 1)
        self._paper = PreviewPlace(self._stack, desk.runner, ask, gutter=GUTTER)
        self._paper.closed.connect(self._on_preview_left)
        self._paper.failed.connect(self._on_preview_failed)
        self.opening = StageOpening(self, self._stack, desk)
        desk.case_changed.connect(self._on_case_changed)
        desk.checked.connect(self._on_checked)
        if self.opening.is_wanted():
            self._current = self.start_key()
            self.opening.show()
        else:
            self.show_step(self.start_key())

    # ---- steps

    def steps(self) -> tuple[Step, ...]:
        """The steps of the page."""
        return self.page.steps

    def current_step(self) -> Step:
        """The step that is shown, under the key of its tab (``meetings/meeting-2`` for a part of it)."""
        step = self._step()
        part = self._part.get(step.key, "")
        tab = next((tab for tab in self._part_tabs(step) if tab.id == part and not tab.first), None)
        return replace(step, key=f"{step.key}/{part}") if tab is not None else step

    def _step(self) -> Step:
        return next(step for step in self.page.steps if step.key == self._current)

    def tabs(self) -> list[TabView]:
        """The steps as tabs, each with the shape of its state; some have a tab for each of their parts."""
        states = step_states(self.page, self._desk.so_far(), self.findings())
        program, case = self._desk.program, self._desk.case
        tabs: list[TabView] = []
        for step in self.page.steps:
            parts = self._part_tabs(step)
            tabs += [
                TabView(
                    step.key if part.first else f"{step.key}/{part.id}", part.label, part.state, part.remark
                )
                for part in parts
            ]
            if not parts:
                state, title = states[step.key], in_region(program, case, step.title)
                tabs.append(TabView(step.key, title, state, step.remark if state == "later" else ""))
        return tabs

    def _part_tabs(self, step: Step) -> tuple[PartTab, ...]:
        today = self._desk.program.clock.today()
        return part_tabs(step, self._desk.case, today, self._part.get(step.key, ""))

    def panel_mode(self) -> PanelMode:
        """Where a table needs the whole width the panel slides over it."""
        return "closed" if self.opening.is_shown() or self._step().full_width else "docked"

    def show_step(self, key: str) -> None:
        """Show a step, or ``step/part`` of it; builds it the first time."""
        key, _, part = key.partition("/")
        step = next((step for step in self.page.steps if step.key == key), self.page.steps[0])
        self._current = step.key
        self._part[step.key] = part
        self.opening.leave()
        self.close_preview()
        view = self._views.get(step.key) or self._make_view(step)
        view.show_part(part)
        outer = view.parentWidget()
        while outer is not None and outer.parentWidget() is not self._stack:
            outer = outer.parentWidget()
        left, focus = self._stack.currentWidget(), QApplication.focusWidget()
        holds_focus = left is not None and focus is not None and left.isAncestorOf(focus)
        if left is not None and left is not outer and not holds_focus:
            left.hide()  # panel and paper take their room before the sheets come into it: these are laid out once
        self.pane.show_step(step, view)
        self.steps_changed.emit()
        if outer is not None:
            self._stack.setCurrentWidget(outer)
        self.head_changed.emit()

    def view(self) -> StepView:
        """The sheets of the step that is shown, or will be once the page is no longer empty."""
        if self._current not in self._views:
            self._make_view(next(step for step in self.page.steps if step.key == self._current)).build_all()
        return self._views[self._current]

    def papers(self) -> PapersSheet:
        """生成的文书 of the step that is shown."""
        self.view().build_all()
        return self._pairs[self._current].papers

    def materials(self) -> MaterialsSheet:
        """证据附件 of the step that is shown."""
        self.view().build_all()
        return self._pairs[self._current].materials

    def _make_view(self, step: Step) -> StepView:
        view = StepView(step, self._desk, self._ask, stage=self.stage)
        view.add_below(lambda: self._make_pair(step))
        view.built.connect(self._on_built)
        view.door_opened.connect(self.door_opened)
        view.head_changed.connect(self.head_changed)
        view.record_shown.connect(self.pane.record_shown)
        view.part_chosen.connect(self._on_part_chosen)
        view.preview_requested.connect(self.show_preview)
        self._views[step.key] = view
        self._stack.addWidget(PageScroll(view))
        return view

    @Slot(str)
    def _on_part_chosen(self, part: str) -> None:
        """A view went to another part by itself, e.g. to the round that was just added."""
        self._part[self._current] = part
        self.show_case()

    def _make_pair(self, step: Step) -> QWidget:
        pair = PaperPair(step, self.stage, self._desk, self._ask)
        pair.preview_requested.connect(self.show_preview)
        pair.rows_changed.connect(self.head_changed)
        pair.job_started.connect(self.job_started)
        self._pairs[step.key] = pair
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
        here = next_step(self._desk.so_far()).stage is self.stage
        target = view.first_focus() if here else None
        if target is None and view.sections:
            first = view.sections[0]
            target = first.table if first.table is not None else first.form
        return target

    def start_key(self) -> str:
        """The step the page opens with."""
        return self._start_step().key

    def _start_step(self) -> Step:
        following = next_step(self._desk.so_far())
        if following.stage is self.stage:
            return next((step for step in self.page.steps if step.key == following.step), self.page.steps[0])
        return self.page.steps[0]

    # ---- head

    def primary(self) -> Button | None:
        """The red button the page itself carries while nothing is written; Ctrl Enter presses it."""
        return self.opening.primary()

    def head(self) -> HeadView:
        """Title, chip, context and buttons; an empty page carries its own."""
        if self.opening.is_shown():
            chip = f"第 {row_of(self.stage).number} 阶段"
            return HeadView(title=self.page.title, chip=chip, context=Progress.LATER.label)
        pair = self._pairs.get(self._current)
        rows = pair.papers.rows() if pair is not None else ()
        views = tuple(self.view().views.values())
        return stage_head(self.page, self._step(), self._desk, views, rows[0] if rows else None)

    def do(self, action: str) -> None:
        """Do what a button of the page head says."""
        self.commit()
        if any(view.do(action) for view in self.view().views.values()):
            return
        if action == "close":
            self._desk.close_stage(self.stage)
        elif action == "reopen":
            self._desk.reopen_stage(self.stage)
        elif action == "next":
            self.go_on()
        elif action == "begin":
            lead = lead_section(self._step())
            section = self.view().section_view(lead) if lead is not None else None
            if section is not None:
                section.add_record()
        elif action == "fill":
            if (where := unfilled(self._step(), self._desk.case)) is not None:
                self.open_where(where)
        elif action == "paper":
            self.print_or_look("preview")
        elif action == "print":
            self.print_or_look("print")
        elif action == "make":
            first = self.papers().first()
            self.papers().do(first, "preview")  # what is made now is what is looked at
            self.papers().do(first, "keep")
        elif action == "following":
            at = [row.stage for row in STAGES].index(self.stage)
            self.door_opened.emit((STAGES[at + 1].stage, ""))

    def go_on(self) -> None:
        """Go where the next step of the year is done; add the record it waits for if there is none yet."""
        following = next_step(self._desk.so_far())
        if following.stage is not self.stage:
            return
        self.show_step(following.step)
        view = self.view()
        view.build_all()
        wanted = view.first_focus()
        lists = [section for section in view.sections if not section.isHidden() and section.table is not None]
        empty = next((section for section in lists if not section.records()), None)
        first = next((section for section in view.sections if not section.isHidden()), None)
        leads_there = wanted is not None and first is not None and first.isAncestorOf(wanted)
        if first is not None and first is empty and (leads_there or not view.views):
            first.add_record()
        elif wanted is not None:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def print_or_look(self, action: str, about: str = "") -> None:
        """Look at the first paper of the step (that about a record, if one is named), and print it from there."""
        if about:
            self.papers().show_about(about)
        first = self.papers().first()
        if not first:
            return
        self.papers().do(first, "preview")
        if action == "print" and self.preview is not None:
            self.preview.print_all()

    def first_focus(self) -> QWidget | None:
        """Where the focus goes when the page is opened."""
        if self.preview is not None:
            return self.preview
        if self.opening.is_shown():
            return self.opening.primary()
        return self if not self.view().is_built() else self._first_target()

    # ---- findings

    def findings(self) -> list[Finding]:
        """Everything found about this stage."""
        return stage_findings(self._desk.checkup.findings, self.stage)

    def holds(self, where: Where) -> bool:
        """Whether a place is on this page."""
        return self._place(where) is not None

    def open_where(self, where: Where) -> QWidget | None:
        """Go to a field; the widget that has the focus then, ``None`` when the place is not on this page."""
        place = self._place(where)
        if place is None:
            return None
        step, at = place
        self.show_step(self.current_step().key if step is self._step() else step.key)
        if where.collection == "evidence":
            return self._reveal(self.materials().edit(where.record_id, where.fact))
        found = self.view().focus_fact(where.collection, where.record_id, where.fact)
        if found is not None:
            return self._reveal(found)
        view = self.view().section_view(step.sections[at]) if at >= 0 else None
        return self._reveal(view.focus_fact(where.record_id, where.fact)) if view is not None else None

    def _place(self, where: Where) -> tuple[Step, int] | None:
        return place_of(where, self.page, self._desk.case, self._step())

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
        if self._explain is None:
            return
        sheet, self._explain = self._explain, None
        if not sheet.put_away():
            self.open_where(sheet.finding.where)

    # ---- files and preview

    @Slot()
    def choose_files(self) -> None:
        """Ctrl U."""
        self._show_forms()
        self.materials().choose_files()

    @Slot(str, object)
    def show_preview(self, title: str, load: object) -> None:
        """Show a paper in place of the sheets."""
        self.pane.put_away()
        assert callable(load)
        self._paper.show_paper(title, load)

    @property
    def preview(self) -> Preview | None:
        """The paper that is looked at."""
        return self._paper.preview

    def close_preview(self) -> None:
        """Put the preview away."""
        self._paper.put_away()

    @Slot()
    def _on_preview_left(self) -> None:
        if self.opening.is_shown():
            self._back_to_opening()
            return
        self.show_step(self.current_step().key)
        target = self.view().first_focus()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_preview_failed(self, error: object) -> None:
        if self.opening.is_shown():
            self._back_to_opening()
        else:
            self.show_step(self.current_step().key)
        self._desk.failed.emit(error)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event) and not self._desk.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files: list[Path] = files_of(event)
        if files:
            event.acceptProposedAction()
            self._show_forms()
            self.materials().attach(files)

    def commit(self) -> None:
        """Hand on everything that is typed now."""
        for view in self._views.values():
            view.commit()

    # ---- keeping up

    def _back_to_opening(self) -> None:
        self.close_preview()
        self.opening.show()
        button = self.opening.primary()
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_forms(self) -> None:
        """Show the forms where the page told what it needs so far."""
        if self.opening.is_shown():
            self.show_step(self._current)

    def show_case(self) -> None:
        """Tell head and tabs anew; what was begun elsewhere shows its forms."""
        if self.opening.stage is not None and self.preview is None:
            if self.opening.is_wanted():
                self.opening.stage.show_case()
            else:
                self._current = self.start_key()
                self._show_forms()
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.pane.fit(event.size().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left_by_escape.emit()
            return
        super().keyPressEvent(event)
