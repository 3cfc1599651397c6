"""资料库: where everything lies, whether it is sound, its backups, and under whose name changes are kept."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.pages.home_words import moment_words, size_words
from app.gui.pages.job_sheet import JobSheet
from app.gui.widgets.button import Button
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.side_by_side import SideBySide
from app.gui.widgets.text import Text
from app.progress import Progress
from app.rules.findings import Where

if TYPE_CHECKING:
    from app.storage.backup import Backup
    from app.usecases.examine_library import Examination

BACKUP_FILTER = "备份文件 (*.zip);;所有文件 (*)"


class LibraryView(QWidget):
    """Looks, backs up, restores into a new folder; the open library is never overwritten.

    Signals:
        door_opened: Go there. arg: a ``Where``.
        job_started: A long job began. arg: the job.
    """

    door_opened = Signal(object)
    job_started = Signal(object)

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ask = ask
        self._backups: dict[str, Backup] = {}
        self._from: Path | None = None
        self._into: Path | None = None
        self.job = JobSheet(desk)
        self.job.started.connect(self.job_started)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        pair = SideBySide()
        pair.add(self._make_trace(), 1)
        pair.add(self._make_password(), 1)
        parts: tuple[QWidget, ...] = (self.job, self._make_place(), self._make_backups(), pair)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        self.show_case()

    # ---- building

    def _make_place(self) -> Sheet:
        sheet = Sheet("资料库", "整个文件夹可以直接拷走")
        self.place = Text(str(self._desk.library.folder), wrap=True)
        self.place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        sheet.add(self.place)
        self.examine_button = Button("检查资料库", "secondary", "shield")
        self.examine_button.clicked.connect(self.examine)
        folder = Button("打开所在文件夹", "secondary", "folder")
        folder.clicked.connect(self._on_folder)
        sheet.body.addLayout(_row(self.examine_button, folder))
        return sheet

    def _make_backups(self) -> Sheet:
        sheet = Sheet("备份", "每份都试过还原才算数")
        self.table = RecordTable(
            "备份",
            (
                ColumnView(key="at", title="时间", share=2, bold=True),
                ColumnView(key="reason", title="为什么", share=2),
                ColumnView(key="size", title="大小", extent=90),
                ColumnView(key="state", title="能不能用", share=2),
            ),
            empty_words="还没有备份。备份一份，电脑坏了也找得回来。",
            most=6,
        )
        self.table.row_selected.connect(self._on_backup_selected)
        sheet.add(self.table)
        self.back_up_button = Button("立即备份", "secondary", "shield")
        self.away_button = Button("备份到 U 盘", "secondary", "usb")
        self.restore_button = Button("从备份还原", "secondary", "history")
        self.back_up_button.clicked.connect(self.back_up)
        self.away_button.clicked.connect(self.back_up_away)
        self.restore_button.clicked.connect(self.ask_restore)
        self.prove_button = Button("再试还原一次", "secondary", "check")
        self.prove_button.clicked.connect(self.prove)
        self.prove_button.hide()
        sheet.body.addLayout(
            _row(self.back_up_button, self.away_button, self.restore_button, self.prove_button)
        )
        self.strip = Sheet(tone="inset")
        self._strip_words = Text("", wrap=True)
        self.strip.add(self._strip_words)
        self.restore_now = Button("还原到新文件夹", "secondary", "check")
        leave = Button("先不还原", "text")
        self.restore_now.clicked.connect(self.restore)
        leave.clicked.connect(self.strip.hide)
        self.strip.body.addLayout(_row(self.restore_now, leave))
        self.strip.hide()
        sheet.add(self.strip)
        return sheet

    def _make_trace(self) -> Sheet:
        sheet = Sheet("记录人")
        self.actor = Text("", wrap=True)
        sheet.add(self.actor)
        link = Button("去改经办人", "link")
        link.clicked.connect(self._on_actor)
        sheet.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        return sheet

    def _make_password(self) -> Sheet:
        sheet = Sheet("密码")
        for words in (
            "资料库不另设密码：这台电脑的登录密码就是它的门。离开座位时锁上电脑。",
            "需要密码的地方当场填，程序哪里都不存。忘了的密码找不回来。",
        ):
            sheet.add(Text(words, wrap=True))
        return sheet

    def is_built(self) -> bool:
        """Stands as soon as it is made, unlike a ``StepView``."""
        return True

    # ---- what is shown

    def show_case(self) -> None:
        """Show under whose name changes are kept."""
        union = self._desk.case.union
        role = "经办人" if union.handler else "主席，还没写经办人" if union.chair else "还没写经办人和主席"
        self.actor.set_words(f"每处改动都记下时间、内容和人，现在记在“{self._desk.actor}”名下（{role}）。")

    def read(self) -> None:
        """Look for backups, in the background."""
        library = self._desk.library

        def work(_progress: Progress) -> tuple[Backup, ...]:
            from app.usecases.keep_backup import known_backups

            return known_backups(library)

        def done(found: tuple[Backup, ...]) -> None:
            if shiboken6.isValid(self):
                self._show_backups(found)

        self._desk.run_reading("看有哪些备份", work, done=done)

    def _show_backups(self, found: tuple[Backup, ...]) -> None:
        on = self._desk.program.clock.today()
        self._backups = {backup.path.name: backup for backup in found}
        self.table.show_rows([_backup_row(name, backup, on) for name, backup in self._backups.items()])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read()

    # ---- what is done

    @Slot()
    def _on_folder(self) -> None:
        self._ask.show_file(self._desk.library.folder)

    @Slot()
    def _on_actor(self) -> None:
        self.door_opened.emit(Where("union", "union", "handler"))

    @Slot()
    def examine(self) -> None:
        """Check database, journal and originals."""
        if self.job.is_running():
            return
        library = self._desk.library

        def work(progress: Progress) -> Examination:
            from app.usecases.examine_library import examine_library

            return examine_library(library, progress=progress)

        self.job.run("检查资料库", work, done=self._on_examined, unit="", cancelled="已停下，没有检查完。")

    def _on_examined(self, found: Examination) -> None:
        about = (
            f"{found.cases} 个年度，{found.attachments} 个文件，{found.backups} 份备份，"
            f"{found.journal_entries} 条留痕，末条指纹 {found.journal_head[:16].upper()}"
        )
        if found.problems:
            words = f"资料库有 {len(found.problems)} 处不对，先别往下写，从备份还原一份看看。"
            self.job.say(words, state="must", remarks=(*found.problems, about))
        else:
            self.job.say("资料库没有问题。", remarks=(about, *found.remarks))

    @Slot()
    def back_up(self) -> None:
        """Make a backup in the library's own folder."""
        self._back_up(None)

    @Slot()
    def back_up_away(self) -> None:
        """Ask for a stick or folder and back up there."""
        folder = self._ask.open_folder(self.window(), "备份到哪里（U 盘或文件夹）")
        if folder is not None:
            self._back_up(folder)

    def _back_up(self, into: Path | None) -> None:
        if self.job.is_running():
            return
        program, library = self._desk.program, self._desk.library

        def work(progress: Progress) -> Backup:
            from app.usecases.keep_backup import keep_backup

            return keep_backup(program, library, reason="手动备份", into=into, progress=progress)

        self.job.run("备份", work, done=self._on_backed_up, unit="件", cancelled="已停下，原来的备份没有变。")

    def _on_backed_up(self, made: Backup) -> None:
        remarks = [f"存在 {made.path}"]
        if made.path.parent != self._desk.library.backups_folder:
            remarks.append("里面有花名册和每一份答卷，只留给自己，别交出去；要交的是报送包。")
        if made.damaged:
            remarks.append(f"有 {len(made.damaged)} 个文件和登记时不一样了，按现在的样子备份了。")
        self.job.say(f"备份好了，{size_words(made.size)}，已试还原，能用。", remarks=remarks)
        self.read()

    @Slot(object)
    def _on_backup_selected(self, row_id: object) -> None:
        self.strip.hide()
        self.prove_button.setVisible(bool(row_id))

    @Slot()
    def prove(self) -> None:
        """Restore the selected backup into a folder that is thrown away, to know that it still works."""
        chosen = self._backups.get(self.table.selected() or "")
        if chosen is None or self.job.is_running():
            return
        program, source = self._desk.program, chosen.path

        def work(_progress: Progress) -> int:
            from app.usecases.keep_backup import bring_back

            with tempfile.TemporaryDirectory() as folder:
                return bring_back(program, source, Path(folder) / "试还原")

        self.job.run("试还原", work, done=self._on_proved, unit="", cancelled="已停下，没有试完。")

    def _on_proved(self, gone: int) -> None:
        remarks = [f"备份时就已经少了 {gone} 个原件，别的都在。"] if gone else []
        self.job.say("这份备份能用：从头还原了一遍，打开试过，试的那份已删掉。", remarks=remarks)

    @Slot()
    def ask_restore(self) -> None:
        """Choose a backup (the selected one, else a file) and a place, then say what will happen."""
        chosen = self._backups.get(self.table.selected() or "")
        source = chosen.path if chosen else self._ask.open_file(self.window(), "选备份文件", BACKUP_FILTER)
        if source is None:
            return
        parent = self._ask.open_folder(self.window(), "还原的资料库放在哪个文件夹里")
        if parent is None:
            return
        self._from, self._into = source, _free_folder(parent, self._desk.program.clock.today())
        self._strip_words.set_words(
            f"会在“{parent}”里新建“{self._into.name}”，放进备份 {source.name} 里的全部内容。"
            "现在的资料库一点不动。"
        )
        self.strip.show()
        self.restore_now.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def restore(self) -> None:
        """Restore into the new folder."""
        source, into = self._from, self._into
        if source is None or into is None or self.job.is_running():
            return
        self.strip.hide()
        program = self._desk.program

        def work(_progress: Progress) -> Path:
            from app.usecases.keep_backup import bring_back

            bring_back(program, source, into)
            return into

        self.job.run("还原备份", work, done=self._on_restored, cancelled="已停下，没有还原。")

    def _on_restored(self, folder: Path) -> None:
        self.job.say(
            "备份还原好了，也打开试过。",
            remarks=[f"在 {folder}", "要用它：点左上角的单位名称，选“打开别的资料库”。"],
        )


def _row(*buttons: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


def _backup_row(name: str, backup: Backup, on: date) -> RowView:
    state = "已试还原，能用" if backup.proven else "坏了，不能用"
    if backup.damaged:
        state = f"能用，{len(backup.damaged)} 个文件当时已经变了"
    cells = {
        "at": moment_words(backup.at, on),
        "reason": backup.reason,
        "size": size_words(backup.size),
        "state": state,
    }
    return RowView(name, cells, {"at": "done" if backup.proven else "must"})


def _free_folder(parent: Path, on: date) -> Path:
    """A folder name in ``parent`` that is not taken."""
    stem = f"还原的资料库_{on:%Y%m%d}"
    names = [stem, *(f"{stem}_{number}" for number in range(2, 1000))]
    return next(parent / name for name in names if not (parent / name).exists())
