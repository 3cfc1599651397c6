"""材料与证据: by stage what must be there, what is there and what is missing, and the book of it all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from app.domain.case import Case
from app.domain.evidence import Origin
from app.domain.stages import STAGES, Stage
from app.forms.pages import page_of
from app.gui.ask import PDF_FILTER, Ask
from app.gui.desk import Desk
from app.gui.pages.evidence_sheet import EvidenceSheet, evidence_of
from app.gui.pages.head_view import HeadView
from app.gui.pages.job_sheet import JobSheet
from app.gui.pages.kept_paper import kept_paper
from app.gui.pages.look_pane import LookPane
from app.gui.pages.needs_sheet import NeedsSheet, need_key, needs_of
from app.gui.pages.preview_place import PreviewPlace
from app.gui.pages.reason_box import write_reason
from app.gui.pages.take_in import STOPPED, kept_words, on_clipboard, refused_words, take_in, taken_words
from app.gui.preview import Preview
from app.gui.widgets.drop_zone import files_of
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.page_scroll import PageScroll
from app.gui.widgets.side_by_side import SideBySide
from app.gui.widgets.step_tabs import StepView as TabView
from app.progress import Progress
from app.rules.findings import Where
from app.rules.required_papers import PaperNeed
from app.rules.standing import Progress as HowFar
from app.rules.standing import next_step, standings

if TYPE_CHECKING:
    from app.usecases.attach_files import AttachedFiles
    from app.usecases.make_binder import Bound

NO_STAGE = "none"
_WIDE_FROM = 1300
"""The selected paper is shown beside its list from this width on, in pixels at 100 %."""

_BINDER = ActionView("binder", "生成证据册", "book")
_ADD = ActionView("add", "添加材料", "upload")
_OPEN = ActionView("open", "打开证据册", "open")


class EvidencePage(QWidget):
    """One tab for each stage.

    Signals:
        door_opened: Go there. arg: a ``Where``, or the tuple (page key, step key).
        head_changed, steps_changed: See ``StagePage``.
        job_started: A long job began. arg: the job.
        left_by_escape: Esc in the page.
    """

    SCROLLS_ITSELF = True

    door_opened = Signal(object)
    head_changed = Signal()
    steps_changed = Signal()
    job_started = Signal(object)
    left_by_escape = Signal()

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ask = ask
        self._needs: tuple[PaperNeed, ...] = ()
        self._book: Path | None = None
        self._told: tuple[Case, date, Stage | None] | None = None
        self._added: tuple[str, tuple[str, ...]] = ("", ())  # what the job sheet says, and of which pieces
        self._added_seen = False
        self.setAcceptDrops(True)
        self.setAccessibleName("材料与证据")
        # Each part has its place at once: one that is put from one into another is styled anew each time.
        self._stack = QStackedWidget(self)
        self.board = SideBySide()
        self._board = PageScroll(self.board, self._stack)
        self._stack.addWidget(self._board)
        self.job = JobSheet(desk, self)
        self.job.started.connect(self.job_started)
        self.job.action_requested.connect(self._on_job_action)
        self.needs = NeedsSheet(read_only=desk.read_only, parent=self.board)
        self.needs.action_requested.connect(self._on_need)
        self.needs.files_dropped.connect(self._on_need_files)
        self.needs.reason_written.connect(self._on_reason)
        self.papers = EvidenceSheet(desk, self.board)
        self.papers.look_requested.connect(self.look)
        self.papers.fill_requested.connect(self._on_fill)
        self.papers.files_dropped.connect(self.attach)
        self.papers.files_wanted.connect(self.choose_files)
        self.papers.paper_only_requested.connect(self._on_paper_only)
        self.papers.selected.connect(self._on_selected)
        self.pane = LookPane(desk.runner, self.board)
        self.pane.enlarge_requested.connect(self.look)
        self.pane.failed.connect(desk.failed)
        self.board.arranged.connect(self.needs.stand_beside)
        for sheet, share, only_from in (
            (self.needs, 40, 0),
            (self.papers, 60, 0),
            (self.pane, 45, _WIDE_FROM),
        ):
            self.board.add(sheet, share, only_from=only_from)
        self._paper = PreviewPlace(self._stack, desk.runner, ask)
        self._paper.closed.connect(self._on_preview_left)
        self._paper.failed.connect(self._on_preview_failed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.job)
        column.addWidget(self._stack, 1)
        following = next_step(desk.so_far()).stage
        self._stage: Stage | None = following or STAGES[0].stage
        desk.case_changed.connect(self._on_case_changed)
        self.show_case()

    # ---- steps: one for each stage

    def tabs(self) -> list[TabView]:
        """The stages as tabs; 缺 n where something is missing today."""
        tabs = []
        for standing in standings(self._desk.so_far()):
            mine = [need for need in self._needs if need.stage is standing.stage and need.due]
            lacking = sum(not need.have and not need.missing_reason for need in mine)
            state = "later" if standing.progress is HowFar.LATER else "now" if lacking or not mine else "done"
            remark = f"缺 {lacking}" if lacking else ""
            tabs.append(TabView(standing.stage.value, standing.stage.label, state, remark))
        if evidence_of(self._desk.case.evidence, None):
            tabs.append(TabView(NO_STAGE, "还没分阶段", "now"))
        return tabs

    def is_built(self) -> bool:
        """Whether everything stands."""
        return self.papers.is_built()

    def current_step(self) -> str:
        """The stage that is shown."""
        return self._stage.value if self._stage is not None else NO_STAGE

    def show_step(self, key: str) -> None:
        """Show another stage."""
        self.commit()
        self._stage = None if key == NO_STAGE else Stage(key)
        self.close_preview()
        self._show_stage()
        self._board.verticalScrollBar().setValue(0)
        self.steps_changed.emit()

    # ---- what is shown

    def show_case(self) -> None:
        """Show the case as it is on the desk."""
        case, on = self._desk.case, self._desk.program.clock.today()
        if self._told is not None and self._told[0] is case and self._told[1:] == (on, self._stage):
            return
        self._needs = needs_of(self._desk)
        if self._stage is None and not evidence_of(case.evidence, None):
            self._stage = STAGES[0].stage
        self._told = (case, on, self._stage)
        self._show_stage()
        self.steps_changed.emit()
        self.head_changed.emit()

    def _show_stage(self) -> None:
        mine = [need for need in self._needs if need.stage is self._stage]
        self.needs.show_needs(mine, self._desk.case)
        self.needs.setVisible(self._stage is not None)
        self.papers.show_papers(evidence_of(self._desk.case.evidence, self._stage), mine)

    def head(self) -> HeadView:
        """Title, how much is there, 生成证据册."""
        due = [need for need in self._needs if need.due]
        lacking = sum(not need.have and not need.missing_reason for need in due)
        context = f"到今天应有 {len(due)} 件，" + (f"还缺 {lacking} 件" if lacking else "都在")
        if explained := sum(_is_explained(need) for need in self._needs):
            context += f"，另有 {explained} 件写了原因"
        return HeadView(
            title="材料与证据",
            context=context if due else "还没到要留材料的时候",
            primary=_BINDER,
            secondary=() if self._desk.read_only else (_ADD,),
        )

    def first_focus(self) -> QWidget | None:
        """The first paper that is missing, else the drop zone."""
        for row in self.needs.items.rows:
            if row.item.shape == "lacking" and "add" in row.buttons:
                return row.buttons["add"]
        return self.papers.zone if not self.papers.zone.isHidden() else self.papers.table

    def do(self, action: str) -> None:
        """A button of the page head."""
        self.commit()
        if action == _BINDER.id:
            self.make_book()
        elif action == _ADD.id:
            self.choose_files()

    def commit(self) -> None:
        """Hand on what is typed."""
        self.papers.commit()

    def open_where(self, where: Where) -> QWidget | None:
        """Go to a piece of evidence, or to the paper a kept document is."""
        if where.collection == "made_documents":
            need = next((each for each in needs_of(self._desk) if where.record_id in each.have), None)
            return self.show_need(need) if need is not None else None
        held = self._desk.case.find("evidence", where.record_id) if where.collection == "evidence" else None
        if held is None:
            return None
        self._stage = held.stage
        self._show_stage()
        self.steps_changed.emit()
        return self.papers.edit(where.record_id, where.fact)

    def show_need(self, need: PaperNeed) -> QWidget | None:
        """Go to the row of a paper that must be there; the row, ``None`` when the case needs it no more."""
        if self._stage is not need.stage or self.preview is not None:
            self.show_step(need.stage.value)
        row = self.needs.focus_need(need_key(need))
        if row is not None:
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        return row

    # ---- taking files in

    @Slot()
    def choose_files(self) -> None:
        """Ctrl U: ask for files and put them to the stage that is shown."""
        self.attach(self._ask.open_files(self.window(), "选要添加的材料"))

    @Slot(object)
    def attach(
        self,
        files: Sequence[Path],
        need: PaperNeed | None = None,
        fill: str = "",
        picture: QImage | None = None,
    ) -> None:
        """Take files in, one after the other; what cannot be taken is named, the others stay.

        ``need`` is the paper they are; ``fill`` the record the first of them is the file of; ``picture`` one that
        was pasted.
        """
        stage = self._stage or STAGES[0].stage
        if not (files or picture) or self._desk.read_only or self.job.is_running():
            return
        work = take_in(self._desk, stage, files, need=need, fill=fill, picture=picture)
        self.job.run("添加材料", work, done=self._on_attached, writes=True, unit="件", cancelled=STOPPED)

    def paste(self) -> bool:
        """Ctrl V: take in the files, or the picture, on the clipboard; False when there are none."""
        files, picture = on_clipboard()
        self.attach(files, picture=picture)
        return bool(files) or picture is not None

    def _on_attached(self, taken: AttachedFiles) -> None:
        if taken.refused or taken.broken:
            self.job.say(
                taken_words(taken), state="explain", remarks=[*kept_words(taken), *refused_words(taken)]
            )
        elif taken.known or len(taken.added) > 1:
            self.job.say(taken_words(taken))
        if len(taken.added) == 1:
            self.papers.table.select(taken.added[0])
        self._added, self._added_seen = (self.job.words(), taken.added), False
        self._forget_if_gone()

    def _forget_if_gone(self) -> None:
        """What was added and is taken back is not told of any more."""
        words, added = self._added
        there = all(self._has_file(paper_id) for paper_id in added)
        if added and self._added_seen and not there:
            self._added = ("", ())
            if self.job.words() == words:
                self.job.hide()
        self._added_seen = there

    def _has_file(self, paper_id: str) -> bool:
        held = self._desk.case.find("evidence", paper_id)
        return held is not None and bool(held.sha256)

    @Slot(str)
    def _on_fill(self, evidence_id: str) -> None:
        self.attach(self._ask.open_files(self.window(), "选这份材料的文件")[:1], fill=evidence_id)

    @Slot()
    def _on_paper_only(self) -> None:
        made = self._desk.add("evidence", {"stage": self._stage, "origin": Origin.PAPER})
        self.papers.edit(made.id)

    # ---- papers that must be there

    @Slot(str, str)
    def _on_need(self, key: str, action: str) -> None:
        need = self.needs.need(key)
        if need is None:
            return
        if action == "add":
            self.attach(self._ask.open_files(self.window(), f"选“{need.name}”的文件"), need)
        elif action == "look":
            self.look(need.have[0])
        elif action == "make":
            page = page_of(need.stage)
            step = next((each.key for each in page.steps if need.document in each.documents), "")
            self.door_opened.emit((page.key, step))

    @Slot(str, object)
    def _on_need_files(self, key: str, files: Sequence[Path]) -> None:
        self.attach(files, self.needs.need(key))

    @Slot(str, str)
    def _on_reason(self, key: str, words: str) -> None:
        need = self.needs.need(key)
        if need is not None:
            write_reason(self._desk, need, words)

    # ---- looking

    @Slot(str)
    def look(self, paper_id: str) -> None:
        """Show a piece of evidence, or a paper the program made, inside the window."""
        title, load = kept_paper(self._desk, paper_id)
        if load is None:
            self.papers.edit(paper_id)
            return
        self._paper.show_paper(title, load)

    @property
    def preview(self) -> Preview | None:
        """The paper that is looked at."""
        return self._paper.preview

    @Slot(str)
    def _on_selected(self, paper_id: str) -> None:
        if not self.pane.isVisible():
            return
        title, load = kept_paper(self._desk, paper_id)
        if load is not None:
            self.pane.show_paper(paper_id, title, load)
        elif paper_id:
            self.pane.clear_paper("这份材料还没有文件。")
        else:
            self.pane.clear_paper()

    def close_preview(self) -> None:
        """Put the preview away."""
        self._paper.put_away()

    @Slot()
    def _on_preview_left(self) -> None:
        self.close_preview()
        self.papers.table.setFocus()

    @Slot(object)
    def _on_preview_failed(self, error: object) -> None:
        self.close_preview()
        self._desk.failed.emit(error)

    def print_or_look(self, action: str) -> None:
        """Ctrl P: print what is previewed, else look at the selected piece first."""
        if self.preview is not None and action == "print":
            self.preview.print_all()
        elif self.papers.shown_id():
            self.look(self.papers.shown_id())

    # ---- the book

    def make_book(self) -> None:
        """Ask where, then bind all papers into one PDF in the background."""
        if self.job.is_running():
            return
        self.commit()
        from app.exchange.safe_names import safe_name

        case = self._desk.case
        name = safe_name(f"{case.cycle.year or ''}集体协商证据册_{case.union.name or '本工会'}.pdf")
        target = self._ask.save_file(self.window(), "证据册存到哪里", name, PDF_FILTER)
        if target is None:
            return
        target = target if target.suffix.lower() == ".pdf" else target.with_name(target.name + ".pdf")
        program, library, case_id = self._desk.program, self._desk.library, self._desk.case_id
        self._book = target

        def work(progress: Progress) -> Bound:
            from app.usecases.make_binder import make_binder

            return make_binder(program, library, case_id, target, progress=progress)

        self.job.run("生成证据册", work, done=self._on_bound, unit="件", cancelled="已停下，没有写出证据册。")

    def _on_bound(self, bound: Bound) -> None:
        explained = sum(_is_explained(need) for need in self._needs)
        missing = f"没有的 {bound.missing} 件各夹了一张缺件说明" if bound.missing else "材料都在"
        missing += f"，其中 {explained} 件写了原因。" if bound.missing and explained else "。"
        self.job.say(
            f"证据册已生成：{bound.papers} 件，{bound.pages} 页。",
            remarks=[missing, f"存在 {self._book}"],
            actions=[_OPEN],
        )

    @Slot(str)
    def _on_job_action(self, action: str) -> None:
        if action == _OPEN.id and self._book is not None:
            self._ask.show_file(self._book)

    # ---- keeping up

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        self.papers.refresh(changed)
        self._forget_if_gone()
        if self.isVisible():
            self.show_case()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_case()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._on_selected(self.papers.shown_id())  # the pane may have come with the room

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event) and not self._desk.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = files_of(event)
        if files:
            event.acceptProposedAction()
            self.attach(files)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left_by_escape.emit()
            return
        if event.matches(QKeySequence.StandardKey.Paste) and self.paste():
            return
        super().keyPressEvent(event)


def _is_explained(need: PaperNeed) -> bool:
    return not need.have and bool(need.missing_reason)
