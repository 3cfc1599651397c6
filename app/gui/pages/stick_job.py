"""Writing the package: what stops it, the four words while it runs, and what came out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.errors import CancelledError
from app.gui.desk import Desk
from app.gui.jobs import Job
from app.gui.pages.home_cards import FindingRow
from app.gui.pages.home_words import size_words
from app.gui.pages.package_list import grouped
from app.gui.stick_watch import stick_words
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.item_row import ItemList, ItemView
from app.gui.widgets.job_progress import JobProgress, JobSteps
from app.gui.widgets.list_scroll import ListScroll
from app.gui.widgets.row_stack import RowStack
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Hairline, Sheet
from app.gui.widgets.text import Text
from app.progress import Progress
from app.rules.findings import Finding

if TYPE_CHECKING:
    from app.exchange.sticks import Stick
    from app.usecases.export_package import Exported

WORDS = ("写入", "落盘", "读回核对", "可以拔出")
_MOST_LISTED = 20
"""More findings are counted, not listed: a page of two hundred rows takes long to make and to read."""
_WIDE_FROM = 1600
_MOST_EACH, _MOST_LISTED_FILES = 7, 200
_IDLE = "写到 U 盘或电脑文件夹。每个文件写完都读回来核对，全部对上才可以拔出。"


def stick_steps(done: int, total: int, *, over: bool = False) -> list[tuple[str, str, str]]:
    """The four words with their states.

    File by file is written, flushed and read back, so the first three run together and end together.
    """
    if over:
        return [("done", word, "") for word in WORDS]
    if total and done >= total:
        return [*(("done", word, "已完成") for word in WORDS[:3]), ("now", WORDS[3], "快好了")]
    if not total:
        return [("now", WORDS[0], "正在准备文书"), *(("missing", word, "") for word in WORDS[1:])]
    share = f"{done / total:.0%}"
    return [*(("now", word, share) for word in WORDS[:3]), ("missing", WORDS[3], "还不能拔")]


class StickJob(Sheet):
    """Beside the list of what will be in the package.

    Signals:
        finding_chosen: Something that stops the package. arg: the :class:`app.rules.findings.Finding`.
        started: The package is being written. arg: the job.
        written: arg: the :class:`app.usecases.export_package.Exported`.
        open_requested: Show the package's folder. arg: its path.
    """

    finding_chosen = Signal(object)
    started = Signal(object)
    written = Signal(object)
    open_requested = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("写入 U 盘", parent=parent)
        self._desk = desk
        self.job: Job | None = None
        self.plugged = Text("", ink="ink2", elide=True)
        self._plug = Shape("usb", "ink2", px=16)
        for part in (self._plug, self.plugged):
            self.head.addWidget(part)
            part.hide()
        self._path: Path | None = None
        self._over = False
        self._named: list[str] = []
        self.words = Text(_IDLE, ink="ink2", wrap=True)
        self.rows = RowStack()
        self.more = Text("", ink="ink2", wrap=True)
        self.steps = JobSteps()
        self._progress_room = QHBoxLayout()
        self.progress: JobProgress | None = None
        self._rows_scroll = ListScroll(self.rows, least=150, ring=4)
        self.add(self.words)
        self.add(self._rows_scroll, 1)
        self.add(self.more)
        self.add(self.steps)
        self.body.addLayout(self._progress_room)
        self._lines = [_Line("folder", "写到"), _Line("shield", "指纹"), _Line("info", "")]
        for line in self._lines:
            self.add(line)
        self._each_line = Hairline()
        self._each_title = Text("逐个核对", "sheet")
        self.each = ItemList(row_height="read_row")
        self._each_scroll = ListScroll(self.each, least=120)
        self.add(self._each_line)
        self.add(self._each_title)
        self.add(self._each_scroll, 1)
        self.show_folder = Button("打开报送包所在文件夹", "secondary", "folder")
        self.show_folder.clicked.connect(self._on_show_folder)
        row = QHBoxLayout()
        row.addWidget(self.show_folder)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(0)  # takes the room while no list is shown
        self._show_idle()

    def is_running(self) -> bool:
        """Whether a package is being written."""
        return self.job is not None

    def show_sticks(self, sticks: tuple[Stick, ...]) -> None:
        """Tell which stick is plugged in and how much room it has."""
        self.plugged.set_words(stick_words(sticks))
        self._show_plugged()

    def _show_plugged(self) -> None:
        for part in (self._plug, self.plugged):
            part.setVisible(bool(self.plugged.words()) and self.job is None and not self._over)

    # ---- what stops it

    def show_blocking(self, findings: Sequence[Finding], other: str = "") -> None:
        """List the findings that stop freezing, or say ``other`` (a practice case); nothing while it runs."""
        if self.job is not None:
            return
        if (findings or other) and self._over:
            self._over = False
        if self._over:
            return
        self._show_idle()
        self.set_title("写入 U 盘以前要处理" if findings else "写入 U 盘")
        self.set_remark(f"{len(findings)} 项" if findings else "")
        self.words.set_words(
            "能改的先改过来；改不了的写如实说明，请说明的写一句。" if findings else other or _IDLE
        )
        listed = tuple(findings[:_MOST_LISTED])
        if listed != tuple(row.finding for row in self.rows.rows() if isinstance(row, FindingRow)):
            rows = [FindingRow(finding.grade, finding) for finding in listed]
            for row in rows:
                row.activated.connect(self._on_finding)
            self.rows.show_rows(rows)
        self._rows_scroll.setVisible(bool(listed))
        if not findings and not other:
            self.steps.show_steps([("missing", word, "") for word in WORDS])
            self.steps.show()
        left = len(findings) - len(listed)
        self.more.set_words(
            f"还有 {left} 项，处理了前面的再列出来；每个阶段的检查结果里都看得到。" if left else ""
        )
        self.more.setVisible(left > 0)

    def _show_idle(self) -> None:
        self.words.show()
        parts: tuple[QWidget, ...] = (self._rows_scroll, self.more, self.steps, self.show_folder)
        for part in (*parts, *self._lines):
            part.hide()
        self._show_each(over=False)
        self._show_plugged()

    @Slot()
    def _on_finding(self) -> None:
        sender = self.sender()
        if isinstance(sender, FindingRow):
            self.finding_chosen.emit(sender.finding)

    # ---- writing

    def write(self, folder: Path, work: Callable[[Progress], Exported]) -> Job:
        """Run ``work``, which writes a package into ``folder``."""
        self._over = False
        names: list[str] = []
        self._named = names
        self._show_idle()
        self.words.hide()
        self.set_title("写入 U 盘")
        self.set_remark("先别拔")
        self.steps.show_steps(stick_steps(0, 0))
        self.steps.show()
        self._lines[0].show_words(str(folder))
        self._lines[2].show_words("核对完再拔。可以先去做别的，进度在左下角。")

        def listening(progress: Progress) -> Exported:
            made = work(_Listener(progress, names))
            data = made.path / "data"
            names[:] = sorted(file.relative_to(data).as_posix() for file in data.rglob("*") if file.is_file())
            return made

        job = self._desk.run_writing("写入报送包", listening, done=self._on_written, failed=self._on_failed)
        self.job = job
        self._show_plugged()
        self.progress = JobProgress("写入", unit="", cancel_words="取消写入")
        self._progress_room.addWidget(self.progress)
        job.progressed.connect(self._on_step)
        self.progress.cancel_requested.connect(job.cancel)
        self.started.emit(job)
        return job

    @Slot(object, object, object)
    def _on_step(self, done: int, total: int, what: str) -> None:
        if self.progress is not None and self.job is not None:
            self.steps.show_steps(stick_steps(done, total))
            self.progress.show_step(done, total, _file_of(what))
            self._show_each(over=False)

    def _show_each(self, *, over: bool) -> None:
        """The files as they were read back, the last ones; only where the window is wide."""
        wide = self.window().width() >= current_theme().px(_WIDE_FROM)
        shown = wide and bool(self._named) and (over or self.job is not None)
        for part in (self._each_line, self._each_title, self._each_scroll):
            part.setVisible(shown)
        if not shown:
            return
        last = self._named[:_MOST_LISTED_FILES] if over else self._named[-_MOST_EACH:]
        now = None if over else last[-1]
        self.each.show_items(
            [
                ItemView(
                    id=name,
                    name=name,
                    tail="核对中" if name == now else "一致",
                    shape="now" if name == now else "done",
                )
                for name in last
            ]
        )

    def focus_result(self) -> None:
        """Go to what comes next."""
        if self.isVisible():
            self.show_folder.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end(self) -> None:
        self.job = None
        if self.progress is not None:
            self.progress.hide()
            self.progress.deleteLater()
            self.progress = None

    def _on_written(self, made: Exported) -> None:
        if not shiboken6.isValid(self):
            return
        self._end()
        self._over = True
        self._show_plugged()
        self._path = made.path
        self.set_title(f"第 {made.number} 号报送包写好了")
        self.set_remark("可以拔出")
        self.steps.show_steps(stick_steps(1, 1, over=True))
        self._lines[0].show_words(str(made.path))
        self._lines[1].show_words(grouped(made.fingerprint))
        self._lines[1].setToolTip(made.fingerprint)
        flaws = f"，{made.flaws} 项程序瑕疵已如实说明，一起上报" if made.flaws else ""
        self._lines[2].show_words(f"{made.files} 个文件，{size_words(made.octets)}，都读回来核对过{flaws}。")
        self.show_folder.show()
        self._show_each(over=True)
        self.setAccessibleName(f"第 {made.number} 号报送包写好了，可以拔出")
        self.written.emit(made)

    def _on_failed(self, error: object) -> None:
        if shiboken6.isValid(self):
            self._end()
            self._show_idle()
            self.set_remark("")
            if isinstance(error, CancelledError):
                self.words.set_words("已停下，没有留下半份报送包，案卷没有变。")
                return
            self.words.set_words("没有写成。")
        self._desk.failed.emit(error)

    @Slot()
    def _on_show_folder(self) -> None:
        if self._path is not None:
            self.open_requested.emit(self._path.parent)


class _Listener:
    """Passes progress on and keeps the names of the files in the order they were written."""

    def __init__(self, outer: Progress, names: list[str]) -> None:
        self._outer, self._names = outer, names

    def step(self, done: int, total: int, what: str = "") -> None:
        """Keep the name and tell the outer progress, which raises when the user asked to stop."""
        name = _file_of(what)
        if name and "/" in name and (not self._names or self._names[-1] != name):
            self._names.append(name)
        self._outer.step(done, total, what)


def _file_of(what: str) -> str:
    return what.removeprefix("写入并读回核对").strip()


class _Line(QWidget):
    """An icon, a name, words."""

    def __init__(self, icon: str, name: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Shape(icon, "ink2", px=16))
        if name:
            row.addWidget(Text(name))
        self._words = Text("", ink="ink2", elide=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row.addWidget(self._words, 1)

    def show_words(self, words: str) -> None:
        """Show the line with these words."""
        self._words.set_words(words)
        self.show()

    def words(self) -> str:
        """What the line says."""
        return self._words.words()
