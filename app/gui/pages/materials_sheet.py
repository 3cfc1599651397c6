"""材料: the evidence of a stage; files dropped on the page come here, with progress and 取消."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.evidence import Evidence, Origin
from app.domain.facts import facts_of
from app.domain.stages import Stage
from app.errors import CancelledError, UserError
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.record_form import RecordForm
from app.gui.jobs import Job
from app.gui.preview import Looked
from app.gui.widgets.button import Button
from app.gui.widgets.drop_zone import DropZone
from app.gui.widgets.evidence_row import ADD, LOOK, REMOVE, evidence_item
from app.gui.widgets.item_row import ActionView, ItemList, ItemView
from app.gui.widgets.job_progress import JobProgress
from app.gui.widgets.sheet import Hairline, Sheet
from app.gui.widgets.text import Text
from app.progress import Progress

EDIT = ActionView("edit", "改信息")
_ASKED = (
    "title_text",
    "code",
    "paper",
    "on_day",
    "proves",
    "place",
    "responsible",
    "origin",
    "shelf",
    "personal",
    "caption",
    "missing_reason",
)
"""What is asked about a piece of evidence; the rest is read off the file."""


class MaterialsSheet(Sheet):
    """The evidence of one stage: add, look at, describe, remove.

    Signals:
        preview_requested: arg: title, arg: a function that loads what is to be shown.
        job_started: Files are being taken in. arg: the job.
    """

    preview_requested = Signal(str, object)
    job_started = Signal(object)

    def __init__(self, stage: Stage, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__("材料", parent=parent)
        self._stage = stage
        self._desk = desk
        self._ask = ask
        self._job: Job | None = None
        self.progress: JobProgress | None = None
        self.form: RecordForm | None = None
        self._line: Hairline | None = None
        self._fill_id = ""
        self.items = ItemList()
        self.items.action_requested.connect(self.do)
        self.add(self.items)
        self.zone = DropZone()
        self.zone.files_dropped.connect(self.attach)
        self.zone.activated.connect(self.choose_files)
        self.add(self.zone)
        self.zone.setVisible(not desk.read_only)
        self.words = Text("", ink="ink2", wrap=True)
        self.words.hide()
        self.add(self.words)
        self.paper_only = Button("登记一份纸质材料", "link", "plus")
        self.paper_only.clicked.connect(self._on_paper_only)
        self.body.addWidget(self.paper_only, 0, Qt.AlignmentFlag.AlignLeft)
        self.paper_only.setVisible(not desk.read_only)
        desk.case_changed.connect(self._on_case_changed)
        self._show()

    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence of the stage, in order."""
        return tuple(paper for paper in self._desk.case.evidence if paper.stage is self._stage)

    # ---- taking files in

    @Slot()
    def choose_files(self) -> None:
        """Ask for files and take them in."""
        if not self._desk.read_only:
            self._fill_id = ""
            self.attach(self._ask.open_files(self.window(), "选要添加的材料"))

    @Slot(object)
    def attach(self, files: Sequence[Path]) -> None:
        """Take files in, one after the other; what cannot be taken is named, the others stay."""
        if not files or self._desk.read_only or self._job is not None:
            return
        desk, stage, actor, fill_id = self._desk, self._stage, self._desk.actor, self._fill_id
        self._fill_id = ""
        chosen = tuple(files)

        def work(progress: Progress) -> tuple[int, int, list[UserError]]:
            from app.usecases.attach_file import attach_file, fill_evidence

            refused: list[UserError] = []
            new = known = 0
            for at, file in enumerate(chosen):
                progress.step(at, len(chosen), file.name)
                try:
                    wanted = desk.library.read_case(desk.case_id).find("evidence", fill_id)
                    if wanted is not None and at == 0:
                        fill_evidence(desk.library, desk.case_id, wanted, file, actor=actor)
                        new += 1
                        continue
                    made = attach_file(
                        desk.program,
                        desk.library,
                        desk.case_id,
                        stage,
                        file,
                        actor=actor,
                        progress=_Watch(progress),
                    )
                    new, known = new + made.is_new, known + (not made.is_new)
                except CancelledError:
                    raise
                except UserError as error:
                    refused.append(error)
            progress.step(len(chosen), len(chosen))
            return new, known, refused

        self._say("")
        self._show_progress(len(chosen))
        self._job = desk.run_writing("添加材料", work, done=self._on_attached, failed=self._on_attach_failed)
        assert self.progress is not None
        self._job.progressed.connect(self.progress.show_step)
        self.progress.cancel_requested.connect(self._job.cancel)
        self.job_started.emit(self._job)

    def _show_progress(self, count: int) -> None:
        self.progress = JobProgress("添加材料")
        self.progress.show_step(0, count)
        self.body.insertWidget(1, self.progress)

    def _end_progress(self) -> None:
        self._job = None
        if self.progress is not None:
            self.progress.hide()
            self.progress.deleteLater()
            self.progress = None

    def _on_attached(self, result: tuple[int, int, list[UserError]]) -> None:
        if not shiboken6.isValid(self):
            return
        new, known, refused = result
        self._end_progress()
        parts = [f"已添加 {new} 件" if new else "", f"{known} 件已经在这里，没有重复添加" if known else ""]
        self._say("，".join(part for part in parts if part) + "。" if new or known else "")
        if refused:
            self._desk.failed.emit(refused[0])

    def _on_attach_failed(self, error: object) -> None:
        if not shiboken6.isValid(self):
            return
        self._end_progress()
        if isinstance(error, CancelledError):
            self._say("已停下。停下以前添加好的还在，其余的没有添加。")
        else:
            self._desk.failed.emit(error)

    def _say(self, words: str) -> None:
        self.words.set_words(words)
        self.words.setVisible(bool(words))

    # ---- the list

    @Slot(str, str)
    def do(self, evidence_id: str, action: str) -> None:
        """Do what a link of a row says."""
        paper = self._desk.case.find("evidence", evidence_id)
        if paper is None:
            return
        if action == "look":
            self._look(paper)
        elif action == "add":
            self._fill_id = evidence_id
            self.attach(self._ask.open_files(self.window(), f"选“{paper.title_text}”的文件")[:1])
            self._fill_id = ""
        elif action == "edit":
            self.edit(evidence_id)
        elif action == "remove":
            self._desk.remove("evidence", evidence_id)

    def edit(self, evidence_id: str, fact: str = "") -> QWidget | None:
        """Open the form of a piece of evidence and go to one of its facts."""
        if self._desk.case.find("evidence", evidence_id) is None:
            return None
        if self.form is None:
            declared = facts_of(Evidence)
            self._line = Hairline()
            self.add(self._line)
            self.form = RecordForm("evidence", [declared[name] for name in _ASKED], self._desk)
            self.form.build_all()
            self.add(self.form)
        self._show_form(True)
        self.form.show_record(evidence_id)
        target = self.form.editors.get(fact) or next(iter(self.form.editors.values()))
        target.setFocus(Qt.FocusReason.TabFocusReason)
        return target

    def _show_form(self, shown: bool) -> None:
        for part in (self.form, self._line):
            if part is not None:
                part.setVisible(shown)

    def _look(self, paper: Evidence) -> None:
        library = self._desk.library

        def load(_progress: Progress) -> Looked:
            from app.attachments.store import AttachmentStore

            store = AttachmentStore(library.attachments_folder)
            return Looked(store.read(paper.sha256), paper.media_type, store.path(paper.sha256))

        self.preview_requested.emit(paper.title_text or paper.file_name, load)

    @Slot()
    def _on_paper_only(self) -> None:
        made = self._desk.add("evidence", {"stage": self._stage, "origin": Origin.PAPER})
        self.edit(made.id)

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if self.form is not None:
            self.form.refresh(changed)
            if self._desk.case.find("evidence", self.form.record_id()) is None:
                self._show_form(False)
        if "evidence" in changed:
            self._show()

    def _show(self) -> None:
        papers = self.evidence()
        there = sum(bool(paper.sha256) or paper.origin is Origin.PAPER for paper in papers)
        self.set_remark(f"{there} / {len(papers)} 件" if papers else "")
        self.items.setVisible(bool(papers))
        self.items.show_items([self._item(paper) for paper in papers])

    def _item(self, paper: Evidence) -> ItemView:
        name = (
            " ".join(part for part in (paper.code, paper.title_text or paper.file_name) if part)
            or "还没写名称"
        )
        changes = () if self._desk.read_only else (EDIT, REMOVE)
        pages = f"{paper.pages} 页" if paper.pages else ""
        if paper.sha256:
            remark = "，".join(part for part in (paper.caption, pages) if part)
            return evidence_item(paper.id, name, remark, state="done", actions=(LOOK, *changes))
        adding = () if self._desk.read_only else (ADD,)
        if paper.origin is Origin.PAPER:
            remark = f"纸质，在{paper.shelf}" if paper.shelf else "只有纸质，还没写存放处"
            return evidence_item(paper.id, name, remark, state="done", actions=(*adding, *changes))
        if paper.missing_reason:
            return evidence_item(
                paper.id, name, paper.missing_reason, state="explained", actions=(*adding, *changes)
            )
        return evidence_item(paper.id, name, "还没有文件", state="lacking", actions=(*adding, *changes))


class _Watch:
    """Progress inside one file: only asks whether to stop, the count of files is told outside."""

    def __init__(self, outer: Progress) -> None:
        self._outer = outer

    def step(self, done: int, total: int, what: str = "") -> None:
        """Raise when the user asked to stop."""
        is_cancelled = getattr(self._outer, "is_cancelled", None)
        if callable(is_cancelled) and is_cancelled():
            raise CancelledError
