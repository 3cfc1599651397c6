"""证据附件: what a step must leave and what is there; files dropped come here, with progress and 取消."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.evidence import Evidence, Origin
from app.domain.facts import facts_of
from app.domain.stages import Stage
from app.errors import CancelledError
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.record_form import RecordForm
from app.gui.jobs import Job
from app.gui.pages.kept_paper import kept_paper
from app.gui.pages.needs_sheet import need_key, needs_of, state_of
from app.gui.pages.reason_box import ReasonBox, write_reason
from app.gui.pages.take_in import STOPPED, kept_words, on_clipboard, refused_words, take_in, taken_words
from app.gui.widgets.button import Button
from app.gui.widgets.drop_zone import DropZone
from app.gui.widgets.evidence_row import ADD, LOOK, REASON, REMOVE, broken_words, evidence_item
from app.gui.widgets.item_row import ActionView, ItemList, ItemView
from app.gui.widgets.job_progress import JobProgress
from app.gui.widgets.row_drops import RowDrops
from app.gui.widgets.sheet import Hairline, Sheet
from app.gui.widgets.text import Text
from app.rules.required_papers import PaperNeed

if TYPE_CHECKING:
    from app.usecases.attach_files import AttachedFiles

EDIT = ActionView("edit", "改信息")
MOST_ROWS = 5
"""Rows shown before 全部 n 件."""

_FIRST = ("title_text", "code", "on_day", "place", "proves", "caption")
_REST = ("paper", "responsible", "origin", "shelf", "personal", "missing_reason")


class MaterialsSheet(Sheet):
    """The papers of one step, or stage: add, look at, describe, say why not, remove.

    ``keys``: kinds of paper (see ``rules/required_papers.py``) that prove the step; none means the whole stage.

    Signals:
        preview_requested: arg: title, arg: a function that loads what is to be shown.
        job_started: Files are being taken in. arg: the job.
    """

    preview_requested = Signal(str, object)
    job_started = Signal(object)

    def __init__(
        self, stage: Stage, desk: Desk, ask: Ask, keys: tuple[str, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__("证据附件", parent=parent)
        self._stage = stage
        self._desk = desk
        self._ask = ask
        self._keys = frozenset(keys)
        self._whole = False
        self._stale = True
        self._job: Job | None = None
        self._told: frozenset[str] = frozenset()  # pieces the words below tell of
        self._told_seen = False
        self._needs: dict[str, PaperNeed] = {}
        self.progress: JobProgress | None = None
        self.form: RecordForm | None = None
        self._line: Hairline | None = None
        editable = not desk.read_only
        self.items = ItemList(row_height="table_row")
        self.items.action_requested.connect(self.do)
        if editable:
            self.drops = RowDrops(self.items, self)
            self.drops.files_dropped.connect(self._on_row_files)
        self.reason = ReasonBox()
        self.reason.written.connect(self._on_reason)
        self.reason.left.connect(self.reason.hide)
        self.reason.hide()
        self.add(self.reason)
        self.add(self.items)
        self.zone = DropZone()
        self.zone.files_dropped.connect(self.attach)
        self.zone.activated.connect(self.choose_files)
        self.add(self.zone)
        self.zone.setVisible(editable)
        self.words = Text("", ink="ink2", wrap=True)
        self.words.hide()
        self.add(self.words)
        links = QHBoxLayout()
        links.setSpacing(12)
        self.all = Button("", "link")
        self.all.clicked.connect(self._on_all)
        self.paper_only = Button("登记一份纸质材料", "link")
        self.paper_only.clicked.connect(self._on_paper_only)
        links.addWidget(self.all)
        links.addWidget(self.paper_only)
        links.addStretch(1)
        self.body.addLayout(links)
        self.all.hide()
        self.paper_only.hide()
        desk.case_changed.connect(self._on_case_changed)

    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence of the stage, in order."""
        return tuple(paper for paper in self._desk.case.evidence if paper.stage is self._stage)

    # ---- taking files in

    @Slot()
    def choose_files(self) -> None:
        """Ask for files and take them in."""
        if not self._desk.read_only:
            self.attach(self._ask.open_files(self.window(), "选要添加的材料"))

    @Slot(object)
    def attach(
        self,
        files: Sequence[Path],
        need: PaperNeed | None = None,
        fill: str = "",
        picture: QImage | None = None,
    ) -> None:
        """Take files in, one after the other; what cannot be taken is named, the others stay."""
        if not (files or picture) or self._desk.read_only or self._job is not None:
            return
        work = take_in(self._desk, self._stage, files, need=need, fill=fill, picture=picture)
        self._say("")
        self.progress = JobProgress("添加材料", unit="件")
        self.progress.show_step(0, max(1, len(files)))
        self.body.insertWidget(0, self.progress)
        self._job = self._desk.run_writing(
            "添加材料", work, done=self._on_attached, failed=self._on_attach_failed
        )
        self._job.progressed.connect(self.progress.show_step)
        self.progress.cancel_requested.connect(self._job.cancel)
        self.job_started.emit(self._job)

    def paste(self) -> bool:
        """Ctrl V: take in the files, or the picture, on the clipboard; False when there are none."""
        files, picture = on_clipboard()
        self.attach(files, picture=picture)
        return bool(files) or picture is not None

    def _end_progress(self) -> None:
        self._job = None
        if self.progress is not None:
            self.progress.hide()
            self.progress.deleteLater()
            self.progress = None

    def _on_attached(self, taken: AttachedFiles) -> None:
        if not shiboken6.isValid(self):
            return
        self._end_progress()
        kept = kept_words(taken, 3) if taken.locked else []
        self._say("\n".join((taken_words(taken), *kept, *refused_words(taken)[:3])).strip())
        self._told = frozenset(taken.added)
        self._forget_if_gone()
        if not set(taken.added) <= {row.item.id for row in self.items.rows}:
            self._whole = True  # what was just added is never out of sight
            self._show()
        if taken.refused:
            self._desk.failed.emit(taken.refused[0])

    def _on_attach_failed(self, error: object) -> None:
        if not shiboken6.isValid(self):
            return
        self._end_progress()
        if isinstance(error, CancelledError):
            self._say(STOPPED)
        else:
            self._desk.failed.emit(error)

    def _forget_if_gone(self) -> None:
        """What was added and is taken back is not told of any more."""
        told = [self._desk.case.find("evidence", paper_id) for paper_id in self._told]
        there = all(paper is not None and bool(paper.sha256) for paper in told)
        if self._told and self._told_seen and not there:
            self._say("")
        self._told_seen = there

    def _say(self, words: str) -> None:
        self._told, self._told_seen = frozenset(), False
        self.words.set_words(words)
        self.words.setVisible(bool(words))

    # ---- the rows

    @Slot(str, str)
    def do(self, row: str, action: str) -> None:
        """Do what a link of a row says; ``row`` is the id of a piece of evidence, or the key of a paper."""
        need = self._needs.get(row)
        if need is not None:
            if action == "add":
                self.attach(self._ask.open_files(self.window(), f"选“{need.name}”的文件"), need)
            elif action == "reason":
                self.reason.ask(row, need)
            elif action == "look":
                self._look(need.have[0])
            return
        paper = self._desk.case.find("evidence", row)
        if paper is None:
            return
        if action == "look":
            self._look(row)
        elif action == "add":
            self.attach(self._ask.open_files(self.window(), f"选“{paper.title_text}”的文件")[:1], fill=row)
        elif action == "edit":
            self.edit(row)
        elif action == "remove":
            self._desk.remove("evidence", row)

    @Slot(str, object)
    def _on_row_files(self, row: str, files: Sequence[Path]) -> None:
        need = self._needs.get(row)
        self.attach(files, need, fill="" if need is not None else row)

    @Slot(str, str)
    def _on_reason(self, key: str, words: str) -> None:
        self.reason.hide()
        need = self._needs.get(key)
        if need is not None:
            write_reason(self._desk, need, words)

    def edit(self, evidence_id: str, fact: str = "") -> QWidget | None:
        """Open the form of a piece of evidence and go to one of its facts."""
        if self._desk.case.find("evidence", evidence_id) is None:
            return None
        if self.form is None:
            declared = facts_of(Evidence)
            self._line = Hairline()
            self.add(self._line)
            self.form = RecordForm(
                "evidence", [declared[name] for name in (*_FIRST, *_REST)], self._desk, first=_FIRST
            )
            self.form.build_all()
            self.add(self.form)
        self._show_form(True)
        self.form.show_record(evidence_id)
        target = (self.form.editor(fact) if fact else None) or next(iter(self.form.editors.values()))
        target.setFocus(Qt.FocusReason.TabFocusReason)
        return target

    def _show_form(self, shown: bool) -> None:
        for part in (self.form, self._line):
            if part is not None:
                part.setVisible(shown)

    def _look(self, paper_id: str) -> None:
        title, load = kept_paper(self._desk, paper_id)
        if load is None:
            self.edit(paper_id)
        else:
            self.preview_requested.emit(title, load)

    @Slot()
    def _on_paper_only(self) -> None:
        made = self._desk.add("evidence", {"stage": self._stage, "origin": Origin.PAPER})
        self.edit(made.id)

    @Slot()
    def _on_all(self) -> None:
        self._whole = not self._whole
        self._show()

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if self.form is not None:
            self.form.refresh(changed)
            if self._desk.case.find("evidence", self.form.record_id()) is None:
                self._show_form(False)
        self._forget_if_gone()
        self._stale = True
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self.paste():
            return
        super().keyPressEvent(event)

    # ---- what is shown

    def _show(self) -> None:
        self._stale = False
        mine = [need for need in needs_of(self._desk) if need.stage is self._stage]
        wanted = [need for need in mine if need.key in self._keys] if self._keys else mine
        counted = [need for need in wanted if not need.suggested]
        there = sum(bool(need.have or need.missing_reason) for need in counted)
        self._needs = {need_key(need): need for need in mine if not self._evidence_of(need)}
        listed = mine if self._whole else wanted
        rows = [row for need in listed for row in self._rows_of(need)]
        taken = {paper_id for need in mine for paper_id in (*need.have, *need.broken)}
        loose = [
            paper for paper in self.evidence() if paper.id not in taken and paper.origin is not Origin.MISSING
        ]
        rows += [self._paper_row(paper) for paper in loose]
        every = len(loose) + sum(max(1, len(self._evidence_of(need))) for need in mine)
        if not self._whole:
            rows = rows[:MOST_ROWS]
        self.set_remark(f"{there} / {len(counted)} 件" if counted else f"{len(loose)} 件" if loose else "")
        self.items.setVisible(bool(rows))
        self.items.show_items(rows)
        self.all.set_words("只看这一步的" if self._whole else f"本阶段全部 {every} 件")
        self.all.setVisible(self._whole or every > len(rows))
        self.paper_only.setVisible((self._whole or not mine) and not self._desk.read_only)
        if self.reason.key not in self._needs:
            self.reason.hide()

    def _evidence_of(self, need: PaperNeed) -> list[Evidence]:
        found = (self._desk.case.find("evidence", paper_id) for paper_id in (*need.have, *need.broken))
        return [paper for paper in found if paper is not None]

    def _rows_of(self, need: PaperNeed) -> list[ItemView]:
        """The papers that are there, else the one that must be."""
        papers = self._evidence_of(need)
        if papers:
            return [self._paper_row(paper, need) for paper in papers]
        alone = sum(each.key == need.key for each in needs_of(self._desk)) == 1
        state, name = state_of(need), need.name if alone else f"{need.name} {need.about}".strip()
        editing = not self._desk.read_only
        if state == "done":
            adding = (ADD,) if editing else ()
            return [evidence_item(need_key(need), name, "本程序生成", state=state, actions=(LOOK, *adding))]
        actions = ((ADD, REASON) if state != "missing" else (ADD,)) if editing else ()
        remark = need.missing_reason or (
            "缺" if state == "lacking" else "建议留" if need.suggested else "还没到时候"
        )
        return [evidence_item(need_key(need), name, remark, state=state, actions=actions)]

    def _paper_row(self, paper: Evidence, need: PaperNeed | None = None) -> ItemView:
        own = paper.title_text or paper.file_name
        name = " ".join(part for part in (paper.code, own) if part) or "还没写名称"
        changes = () if self._desk.read_only else (EDIT, REMOVE)
        pages = f"{paper.pages} 页" if paper.pages else ""
        known = need.name if need is not None and need.name not in own else ""
        if paper.is_broken:
            adding = () if self._desk.read_only else (ADD,)
            return evidence_item(
                paper.id, name, broken_words(paper.media_type), state="explained", actions=(*adding, *changes)
            )
        if paper.sha256:
            remark = "，".join(part for part in (known, paper.caption, pages) if part)
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
