"""The side column of 首页: 检查结果, 证据齐备, 备份."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from app.domain.stages import STAGES, row_of
from app.errors import CancelledError, UserError
from app.gui.desk import Desk
from app.gui.icons import STATE_SHAPES
from app.gui.pages.home_words import moment_words
from app.gui.stick_watch import stick_words
from app.gui.widgets.button import Button
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.few_lines import FewLines
from app.gui.widgets.job_progress import Bar, JobProgress
from app.gui.widgets.row_stack import RowStack
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.progress import Progress
from app.rules.findings import Finding, Grade
from app.rules.required_papers import PaperNeed
from app.usecases.overview import Overview

if TYPE_CHECKING:
    from app.exchange.sticks import Stick
    from app.storage.backup import Backup

_SHAPES = {Grade.MUST: "must", Grade.EXPLAIN: "explain", Grade.NOTE: "hint"}
_MOST_LISTED = 8
_FEW_GRADES, _FEW_LISTED = 2, 4
"""So many grades, or findings listed one by one, have the room to tell a finding in two lines."""
_FEWEST_MISSING, _MOST_MISSING = 3, 12
_OLD_DAYS = 7
"""A backup older than this is marked."""


class FindingRow(ClickRow):
    """A grade with its count and first sentence, or one finding; ``key`` is the finding behind it."""

    def __init__(
        self, grade: Grade, finding: Finding, count: int = 0, *, more: bool = False, lines: int = 1
    ) -> None:
        super().__init__()
        self.finding = finding
        self.count = count
        shape = _SHAPES[grade]
        _, ink, word = STATE_SHAPES[shape]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 3, 0, 3)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.addWidget(Shape(shape, px=16), 0, 0)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Text(word, ink=ink, bold=True))
        sentence = FewLines(finding.sentence, lines, ink="ink2" if count else "ink1")
        if count:
            head.addWidget(Text(f"还有 {count} 项" if more else f"{count} 项"))
            head.addStretch(1)
            grid.addWidget(sentence, 1, 1)
        else:
            head.addWidget(sentence, 1)
        grid.addLayout(head, 0, 1)
        grid.addWidget(Shape("chevron_right", "ink2", px=16), 0, 2)
        grid.setColumnStretch(1, 1)
        many = f"{count} 项，" if count else ""
        self.setAccessibleName(f"{word}，{many}{finding.sentence}")


class FindingsCard(Sheet):
    """Findings by grade, or all of them where there is room.

    Signals:
        finding_chosen: arg: the :class:`app.rules.findings.Finding`.
    """

    finding_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("检查结果", parent=parent)
        self._wide = False
        self._grades: tuple[tuple[Grade, tuple[Finding, ...]], ...] = ()
        self.rows = RowStack()
        self.rows.hide()
        self.nothing = Text("没有要改、要说明的。", ink="ink2", elide=True)
        self.body.setSpacing(0)
        self.add(self.rows)
        self.add(self.nothing)

    def say_checked(self, checked: bool) -> None:
        """Whether there was anything to check by: else an empty list says that it tells nothing."""
        self.nothing.set_words("没有要改、要说明的。" if checked else "还没有检查：先选地区。")

    def show_grades(self, grades: Sequence[tuple[Grade, tuple[Finding, ...]]], *, wide: bool) -> None:
        """Show the open findings; ``wide`` lists them one by one."""
        if tuple(grades) == self._grades and wide == self._wide and self.rows.rows():
            return
        self._grades, self._wide = tuple(grades), wide
        total = sum(len(found) for _, found in grades)
        self.set_remark(f"共 {total} 项" if total else "")
        rows: list[FindingRow] = []
        if wide and total <= _MOST_LISTED:
            lines = 2 if total <= _FEW_LISTED else 1
            rows = [FindingRow(grade, each, lines=lines) for grade, found in grades for each in found]
        elif wide:
            rows = self._shortened(grades, _MOST_LISTED)
        else:
            found_in = [(grade, found) for grade, found in grades if found]
            lines = 2 if len(found_in) <= _FEW_GRADES else 1
            rows = [FindingRow(grade, found[0], len(found), lines=lines) for grade, found in found_in]
        for row in rows:
            row.activated.connect(self._on_activated)
        self.rows.show_rows(rows)
        self.rows.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    @staticmethod
    def _shortened(grades: Sequence[tuple[Grade, tuple[Finding, ...]]], most: int) -> list[FindingRow]:
        """One by one while there is room, a row for each grade with what is left of it."""
        rows: list[FindingRow] = []
        open_grades = [(grade, found) for grade, found in grades if found]
        room = most - len(open_grades)
        for grade, found in open_grades:
            single = found[: max(0, room)]
            room -= len(single)
            rows += [FindingRow(grade, each) for each in single]
            rest = found[len(single) :]
            if rest:
                rows.append(FindingRow(grade, rest[0], len(rest), more=bool(single)))
        return rows

    @Slot()
    def _on_activated(self) -> None:
        sender = self.sender()
        if isinstance(sender, FindingRow):
            self.finding_chosen.emit(sender.finding)


class _MissingRow(ClickRow):
    def __init__(self, need: PaperNeed) -> None:
        super().__init__()
        self.need = need
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(8)
        row.addWidget(Shape("lacking", px=16))
        name = Text(f"缺：{need.name}", elide=True)
        name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row.addWidget(name, 3)
        row.addWidget(Text(f"第 {row_of(need.stage).number} 阶段", ink="ink2"))
        row.addStretch(0)
        self.setAccessibleName(f"缺：{need.name} {need.about}".strip())


class _FittingRows(QWidget):
    """As many rows as there is room for, at least three; none is cut."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[_MissingRow] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_rows(self, rows: list[_MissingRow]) -> None:
        for old in self._rows:
            old.hide()
            old.deleteLater()
        self._rows = rows
        for row in rows:
            row.setParent(self)
        self._place()

    def _row_height(self) -> int:
        return max((row.sizeHint().height() for row in self._rows), default=0)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, min(_FEWEST_MISSING, len(self._rows)) * self._row_height())

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        height = self._row_height()
        for at, row in enumerate(self._rows):
            row.setGeometry(0, at * height, self.width(), height)
            row.setVisible((at + 1) * height <= max(self.height(), self.minimumSizeHint().height()))
        self.updateGeometry()


class PapersCard(Sheet):
    """How many papers that must be there by today are.

    Signals:
        evidence_chosen: Go to 材料与证据. arg: the paper that is missing, or ``None``.
    """

    evidence_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("证据齐备", parent=parent)
        self._key: object = None
        self.body.setSpacing(4)
        self.bar = Bar(ok=True)
        self.bar.setAccessibleName("证据齐备")
        self.add(self.bar)
        self.words = Text("", ink="ink2", elide=True)
        self.add(self.words)
        self._stages = QWidget()
        self._grid = QGridLayout(self._stages)
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        self.add(self._stages)
        self.missing = _FittingRows()
        self.add(self.missing, 1)
        self.link = Button("去材料与证据补齐", "link")
        self.link.clicked.connect(self._on_link)
        self.body.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)

    def show_papers(self, view: Overview, needs: Sequence[PaperNeed], *, wide: bool) -> None:
        """Show counts; ``wide`` adds a bar for each stage (from ``needs``)."""
        key = (view.papers_there, view.papers_due, view.missing, tuple(needs), wide)
        if key == self._key:
            return
        self._key = key
        due, there, lacking = view.papers_due, view.papers_there, len(view.missing)
        self.set_remark(f"{there} / {due} 件" if due else "")
        self.bar.set_share(there / due if due else 0)
        self.bar.setVisible(bool(due) and not wide)
        self.words.set_words(
            "还没到要留材料的时候。"
            if not due
            else f"到今天应有 {due} 件，还缺 {lacking} 件"
            if lacking
            else f"到今天应有 {due} 件，都在"
        )
        self._stages.setVisible(wide)
        if wide:
            self._show_stages(needs)
        rows = [_MissingRow(need) for need in view.missing[:_MOST_MISSING]]
        for row in rows:
            row.activated.connect(self._on_row)
        self.missing.show_rows(rows)
        self.link.set_words("去材料与证据补齐" if lacking else "去材料与证据")

    @Slot()
    def _on_link(self) -> None:
        self.evidence_chosen.emit(None)

    @Slot()
    def _on_row(self) -> None:
        sender = self.sender()
        if isinstance(sender, _MissingRow):
            self.evidence_chosen.emit(sender.need)

    def _show_stages(self, needs: Sequence[PaperNeed]) -> None:
        while self._grid.count():
            entry = self._grid.takeAt(0)
            widget = entry.widget() if entry is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for at, row in enumerate(STAGES):
            due = [need for need in needs if need.stage is row.stage and need.due]
            there = sum(bool(need.have or need.missing_reason) for need in due)
            bar = Bar(ok=True)
            bar.setAccessibleName(row.stage.label)
            bar.set_share(there / len(due) if due else 0)
            self._grid.addWidget(Text(row.stage.label, ink="ink1" if due else "ink2"), at, 0)
            self._grid.addWidget(bar, at, 1, Qt.AlignmentFlag.AlignVCenter)
            words = Text(f"{there} / {len(due)}" if due else "还没开始", ink="ink1" if due else "ink2")
            self._grid.addWidget(words, at, 2, Qt.AlignmentFlag.AlignRight)


class BackupCard(Sheet):
    """The newest proven backup, and the button that makes another.

    Signals:
        away_chosen: A copy off this computer is wanted, or the list of backups.
        started: A backup is being made. arg: the job.
        made: It is there and was tried out.
        failed: It could not be made. arg: the :class:`app.errors.UserError`.
    """

    away_chosen = Signal()
    started = Signal(object)
    made = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("备份与 U 盘", parent=parent)
        self._desk = desk
        self.body.setSpacing(6)
        self.row = ClickRow()
        self.row.activated.connect(self.away_chosen)
        row = QHBoxLayout(self.row)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(8)
        self._shape = Shape("", px=16)
        self.words = Text("本机备份")
        self.when = Text("", ink="ink1", elide=True)
        self.when.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._shape)
        row.addWidget(self.words)
        row.addWidget(self.when, 1)
        row.addWidget(Shape("chevron_right", "ink2", px=16))
        self.add(self.row)
        self._remark = Text("", ink="ink2", elide=True)
        self.add(self._remark)
        self.plug = QWidget()
        plug = QHBoxLayout(self.plug)
        plug.setContentsMargins(0, 3, 0, 3)
        plug.setSpacing(8)
        plug.addWidget(Shape("usb", "ink2", px=16))
        plug.addWidget(Text("U 盘"))
        self.plugged = Text("", ink="ink1", elide=True)
        self.plugged.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        plug.addWidget(self.plugged, 1)
        self.add(self.plug)
        self.progress: JobProgress | None = None
        self.button = Button("立即备份", "secondary", "shield")
        self.button.clicked.connect(self.back_up)
        self.away = Button("备份到 U 盘", "link")
        self.away.clicked.connect(self.away_chosen)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.button)
        buttons.addWidget(self.away)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self._show(None, known=False)

    @Slot(object)
    def show_sticks(self, sticks: tuple[Stick, ...]) -> None:
        """Tell which stick is plugged in; a copy can go there right away."""
        self.plugged.set_words(stick_words(sticks) if sticks else "没有插上")
        self.plug.setAccessibleName(f"U 盘，{self.plugged.words()}")

    def read(self) -> None:
        """Look for the newest backup, in the background."""
        library = self._desk.library

        def work(_progress: Progress) -> Backup | None:
            from app.usecases.keep_backup import known_backups

            return next((backup for backup in known_backups(library) if backup.proven), None)

        def done(newest: Backup | None) -> None:
            if shiboken6.isValid(self):
                self._show(newest, known=True)

        self._desk.run_reading("看有哪些备份", work, done=done)

    def _show(self, newest: Backup | None, *, known: bool) -> None:
        on = self._desk.program.clock.today()
        if newest is None:
            self._shape.show_shape("explain" if known else "later")
            self.when.set_words("还没有" if known else "")
            self._remark.set_words("备份一份，电脑坏了也找得回来。" if known else "")
        else:
            gone = (on - newest.at.astimezone().date()).days
            self._shape.show_shape("explain" if gone > _OLD_DAYS else "done")
            self.when.set_words(moment_words(newest.at, on))
            self._remark.set_words("已试还原，能用。")
        self.row.setAccessibleName(f"本机备份，{self.when.words() or '正在看'}")

    @Slot()
    def back_up(self) -> None:
        """Make a backup and try it out, in the background."""
        if self.button.is_busy():
            return
        program, library = self._desk.program, self._desk.library

        def work(progress: Progress) -> Backup:
            from app.usecases.keep_backup import keep_backup

            return keep_backup(program, library, reason="手动备份", progress=progress)

        self.button.set_busy("正在备份…")
        self.progress = JobProgress("备份", unit="件")
        self.add(self.progress)
        job = self._desk.run_reading("备份", work, done=self._on_done, failed=self._on_failed)
        job.progressed.connect(self.progress.show_step)
        self.progress.cancel_requested.connect(job.cancel)
        self.started.emit(job)

    def _end(self) -> None:
        self.button.set_busy(None)
        if self.progress is not None:
            self.progress.hide()
            self.progress.deleteLater()
            self.progress = None

    def _on_done(self, made: Backup) -> None:
        if shiboken6.isValid(self):
            self._end()
            self._show(made, known=True)
            self.made.emit()

    def _on_failed(self, error: object) -> None:
        if shiboken6.isValid(self):
            self._end()
            if isinstance(error, CancelledError):
                self._remark.set_words("已停下，原来的备份没有变。")
                return
            if isinstance(error, UserError):
                self.failed.emit(error)
                return
        self._desk.failed.emit(error)
