"""导入线上答卷: choose or drop the file 问卷星 made, look at what it holds, then take it or leave it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.data_import import DataImport, ImportKind
from app.errors import CancelledError, UserError
from app.figures.survey_results import current_survey
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.jobs import Job
from app.gui.stages.stage_view import StageView
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.check_field import CheckMark
from app.gui.widgets.drop_zone import DropZone
from app.gui.widgets.growing_list import GrowingList
from app.gui.widgets.job_progress import JobProgress
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text

if TYPE_CHECKING:
    from app.usecases.import_survey import SurveyPreview

_SHOWN = frozenset({"surveys", "data_imports", "cycle"})
_FILTER = "答卷文件 (*.xlsx *.xls *.csv);;所有文件 (*)"
_IDLE = "在问卷星选“按选项文本下载”，下载的文件原样放进来。姓名、手机、网络地址、时间都不收。"
_LIST_HEIGHT = 232
"""Pixels of the list at 100 %: eight lines."""


_LINES_AT_ONCE = 9


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the preview; ``keep`` is the head of a column that may be ticked."""

    words: str
    head: bool = False
    keep: str = ""


class OnlineAnswers(StageView):
    """What was taken in so far, the place for the next file, and the preview between the two."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self.job: Job | None = None
        self.progress: JobProgress | None = None
        self.preview: SurveyPreview | None = None
        self._path: Path | None = None
        self._keep: frozenset[str] = frozenset()
        self._sheet = Sheet("线上答卷")
        self.column.addWidget(self._sheet)
        self.taken = Text("", ink="ink2", wrap=True)
        self._sheet.add(self.taken)
        self.words = Text(_IDLE, ink="ink2", wrap=True)
        self._sheet.add(self.words)
        self.drop = DropZone("把答卷文件拖到这里，或点一下选择文件")
        self.drop.files_dropped.connect(self._on_dropped)
        self.drop.activated.connect(self._on_choose)
        self._sheet.add(self.drop)
        self._room = QHBoxLayout()
        self._sheet.body.addLayout(self._room)
        self.lines: GrowingList | None = None
        self._foot: QWidget | None = None
        self.take: Button | None = None
        self.leave: Button | None = None
        self.on_purpose: CheckMark | None = None
        desk.case_changed.connect(self._on_case_changed)
        self.show_case()

    def show_case(self) -> None:
        """Tell what was taken in for the last survey."""
        survey = current_survey(self.desk.case)
        held = [
            each
            for each in self.desk.case.data_imports
            if each.kind is ImportKind.ONLINE_ANSWERS and survey is not None and each.survey == survey.id
        ]
        self.taken.set_words("\n".join(map(_told, held)))
        self.taken.setVisible(bool(held))
        self._sheet.set_remark(f"已收下 {sum(each.kept or 0 for each in held)} 份" if held else "")
        self.drop.setVisible(not self.desk.read_only and self.job is None and self.preview is None)

    # ---- reading

    @Slot()
    def _on_choose(self) -> None:
        path = self.ask.open_file(self, "选择问卷星下载的答卷", _FILTER)
        if path is not None:
            self.read(path)

    @Slot(object)
    def _on_dropped(self, files: list[Path]) -> None:
        if len(files) == 1 and files[0].is_file():
            self.read(files[0])
        else:
            self.words.set_words("一次放一个文件；文件夹和几个文件放不进来。")

    def read(self, path: Path, keep: frozenset[str] = frozenset()) -> None:
        """Read a file in the background and show what it holds."""
        from app.usecases.import_survey import preview_survey

        if self.job is not None or self.desk.read_only:
            return
        self._path, self._keep = path, keep
        self._end_preview()
        library, case_id = self.desk.library, self.desk.case_id
        job = self.desk.run_reading(
            "读答卷",
            lambda progress: preview_survey(library, case_id, path, keep=keep, progress=progress),
            done=self._on_read,
            failed=self._on_failed,
        )
        self._watch(job, "读答卷", unit="步")
        if self.progress is not None:
            job.progressed.connect(self.progress.show_step)
            self.progress.cancel_requested.connect(job.cancel)

    def _watch(self, job: Job, name: str, *, unit: str) -> None:
        self.job = job
        self.words.hide()
        self.drop.hide()
        self.progress = JobProgress(name, unit=unit, cancel_words="停下", parent=self._sheet)
        self._room.addWidget(self.progress)
        self.progress.show()

    def _end_job(self) -> None:
        self.job = None
        if self.progress is not None:
            self._room.removeWidget(self.progress)
            self.progress.hide()
            self.progress.deleteLater()
            self.progress = None

    @Slot(object)
    def _on_read(self, preview: SurveyPreview) -> None:
        if not shiboken6.isValid(self):
            return
        self._end_job()
        self.preview = preview
        self._show_preview(preview)

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        if not shiboken6.isValid(self):
            return
        self._end_job()
        self._end_preview()
        told = "已停下，什么也没有收。" if isinstance(error, CancelledError) else ""
        if isinstance(error, UserError) and not told:
            told = f"{error.what_happened}{error.unharmed}{error.what_to_do}（{error.code}）"
        self._show_idle(told or _IDLE)
        if not isinstance(error, UserError):
            self.desk.failed.emit(error)

    def _show_idle(self, words: str = _IDLE) -> None:
        self.words.set_words(words)
        self.words.show()
        self.show_case()

    # ---- looking

    def _show_preview(self, preview: SurveyPreview) -> None:
        file = preview.file
        doubted = preview.other_version if not file.refusal else ""
        good = "" if file.refusal or doubted else f"，收下 {file.valid} 份有效答卷"
        told = [f"{file.name}：{file.form.label}导出的（{file.form_note}），共 {file.rows} 份{good}。"]
        if file.refusal:
            told.append(f"收不了：{file.refusal}。")
        if doubted:
            told.append(f"没有算进去：{doubted}。确实是这次调查的答卷，打上下面的勾再收。")
        told += [f"注意：{each}。" for each in preview.warnings]
        self.words.set_words("\n".join(told))
        self.words.show()
        self.lines = GrowingList(self._make_line, self._sheet)
        self.lines.setAccessibleName("这个文件里有什么")
        self.lines.setFixedHeight(current_theme().px(_LIST_HEIGHT))
        self._sheet.add(self.lines)
        items = _lines(preview)
        self.lines.show_items(items)
        self.lines.build_to(min(_LINES_AT_ONCE, len(items)) - 1)
        self.lines.show()
        if doubted:
            self.on_purpose = CheckMark(f"缺的题不算，其余照收（{file.valid} 份）", self._sheet)
            self.on_purpose.toggled.connect(self._on_purpose)
            self._sheet.add(self.on_purpose)
            self.on_purpose.show()
        self._foot = QWidget(self._sheet)
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self.take = Button("收下答卷", "primary", "check")
        self.take.clicked.connect(self._on_take)
        self.leave = Button("不收", "secondary")
        self.leave.clicked.connect(self._on_leave)
        row.addWidget(self.take)
        row.addWidget(self.leave)
        row.addStretch(1)
        self._sheet.add(self._foot)
        self.take.setVisible(not file.refusal and not doubted)
        self._foot.show()
        self.drop.hide()
        (self.leave if file.refusal or doubted else self.take).setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(bool)
    def _on_purpose(self, wanted: bool) -> None:
        if self.take is not None:
            self.take.setVisible(wanted)

    def _make_line(self, line: _Line) -> QWidget:
        if not line.keep:
            return Text(line.words, bold=line.head, wrap=True)
        mark = CheckMark(line.words)
        mark.setProperty("column", line.keep)
        mark.setChecked(line.keep in self._keep)
        mark.toggled.connect(self._on_keep)
        return mark

    @Slot(bool)
    def _on_keep(self, kept: bool) -> None:
        mark = self.sender()
        if isinstance(mark, CheckMark) and self._path is not None:
            name = frozenset({str(mark.property("column"))})
            self.read(self._path, self._keep | name if kept else self._keep - name)

    def _end_preview(self) -> None:
        self.preview = None
        for part in (self.lines, self._foot, self.on_purpose):
            if part is not None:
                self._sheet.body.removeWidget(part)
                part.hide()
                part.deleteLater()
        self.lines = self._foot = self.take = self.leave = self.on_purpose = None

    # ---- taking

    @Slot()
    def _on_take(self) -> None:
        from app.usecases.import_survey import import_survey

        preview = self.preview
        if preview is None or self.job is not None:
            return
        wanted = self.on_purpose is not None and self.on_purpose.isChecked()
        self._end_preview()
        library, case_id, actor = self.desk.library, self.desk.case_id, self.desk.actor
        today = self.desk.program.clock.today()
        job = self.desk.run_writing(
            "收下答卷",
            lambda _progress: import_survey(
                library, case_id, preview, actor=actor, taken_on=today, on_purpose=wanted
            ),
            done=self._on_taken,
            failed=self._on_failed,
        )
        self._watch(job, "收下答卷", unit="")
        if self.progress is not None:
            self.progress.cancel.hide()  # a moment, and all or nothing

    @Slot(object)
    def _on_taken(self, held: DataImport) -> None:
        if not shiboken6.isValid(self):
            return
        self._end_job()
        refused = f"，{len(held.refused)} 行没有算有效" if held.refused else ""
        self._show_idle(
            f"收下 {held.kept} 份有效答卷{refused}，各题人数已经重新统计。收错了就撤销（Ctrl Z）。"
        )
        self.drop.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_leave(self) -> None:
        self._end_preview()
        self._show_idle("没有收，什么也没有变。")
        self.drop.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if changed & _SHOWN:
            self.show_case()


def _told(held: DataImport) -> str:
    day = f"{held.taken_on.month}月{held.taken_on.day}日" if held.taken_on else ""
    refused = f"，{len(held.refused)} 行没有算有效" if held.refused else ""
    noted = f"，{len(held.noted)} 处要核对" if held.noted else ""
    return f"{day}导入“{held.file_name}”：{held.rows} 份里收下 {held.kept} 份{refused}{noted}"


def _lines(preview: SurveyPreview) -> list[_Line]:
    """The preview from what needs looking at to what went well."""
    file = preview.file
    found: list[_Line] = []
    for what, rows in (("没有算有效的行", file.refused), ("收下了，要核对的", file.doubtful)):
        if rows:
            found.append(_Line(f"{what}（{len(rows)} 处）", head=True))
            found += [_Line(str(each)) for each in rows]
    found.append(_Line(f"对上的题（{len(file.mapped)} 题）", head=True))
    for each in file.mapped:
        kind = each.question.kind.label if each.question.kind is not None else ""
        new = "，新题" if each.made else ""
        note = f"。{each.note}" if each.note else ""
        found.append(_Line(f"第{each.question.number}题（{kind}{new}）{each.question.stem}{note}"))
    keepable = [each for each in file.dropped if each.keepable]
    if keepable:
        found.append(_Line("能认出是谁的列，不收；确实要留的才打勾", head=True))
        found += [_Line(f"留下“{each.header}”", keep=each.header) for each in keepable]
    rest = [each for each in file.dropped if not each.keepable]
    if rest:
        found.append(_Line(f"不收的列（{len(rest)} 列）", head=True))
        found += [_Line(f"{each.header}：{each.reason}") for each in rest]
    return found
