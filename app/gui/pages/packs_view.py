"""规则包 and 放假安排 brought in from outside: look first, bring in, go back, pass on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.pages.home_words import moment_words
from app.gui.pages.job_sheet import JobSheet
from app.gui.widgets.button import Button
from app.gui.widgets.item_row import ActionView, ItemList, ItemView
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.progress import Progress
from app.storage.installed_law import CALENDAR, PACK, InstalledLaw
from app.usecases.install_law import (
    Proposal,
    carry_out,
    export_law,
    name_of,
    propose_back,
    propose_file,
    propose_year,
)
from app.usecases.preview_law import version_order

if TYPE_CHECKING:
    from app.gui.pages.calendar_form import CalendarForm, TypedYear
    from app.gui.pages.law_preview import LawPreviewSheet

PACK_FILTER = "规则包 (*.zip *.toml);;所有文件 (*)"
YEAR_FILTER = "放假安排 (*.toml *.zip);;所有文件 (*)"
ZIP_FILTER, TOML_FILTER = "规则包 (*.zip)", "放假安排 (*.toml)"
OWN = "own"
BACK, KEEP = "back", "keep"
_FINGERPRINT = 8


class PacksView(QWidget):
    """What is brought in belongs to the open library; nothing changes before 装上 is pressed.

    Signals:
        law_changed: Another pack or year holds now. arg: what was done, in words.
        job_started: A long job began. arg: the job.
    """

    law_changed = Signal(str)
    job_started = Signal(object)

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ask = ask
        self._held: dict[str, tuple[str, str, str]] = {}
        self._doors: list[Button] = []
        self.form: CalendarForm | None = None
        self.job = JobSheet(desk)
        self.job.started.connect(self.job_started)
        self.preview: LawPreviewSheet | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self.versions_sheet = Sheet("装过的", "每一版都留着，随时能退回")
        self.versions = ItemList()
        self.versions.action_requested.connect(self._on_action)
        self.versions_sheet.add(self.versions)
        self.versions_sheet.hide()
        for part in (self._make_doors(), self.job, self.versions_sheet):
            self._column.addWidget(part)
        self.show_case()

    def _make_doors(self) -> Sheet:
        sheet = Sheet("换新的规则包和放假安排", "先看会变什么，再定装不装")
        row = QHBoxLayout()
        row.setSpacing(8)
        doors = (
            ("装规则包…", "download", self.choose_pack),
            ("从文件夹装…", "folder", self.choose_folder),
            ("装放假安排…", "calendar", self.choose_year),
            ("录入放假安排", "pencil", self.type_year),
        )
        for words, icon, slot in doors:
            button = Button(words, "secondary", icon)
            button.clicked.connect(slot)
            self._doors.append(button)
            row.addWidget(button)
        row.addStretch(1)
        sheet.body.addLayout(row)
        self.decided = Text("", ink="ink2", wrap=True)
        sheet.add(self.decided)
        return sheet

    def first_focus(self) -> QWidget:
        """The first door."""
        return self._doors[0]

    # ---- what is shown

    def show_case(self) -> None:
        """Tell under which versions stages of this year were closed, where that is not the one of today."""
        words = decided_words(self._desk)
        self.decided.set_words(words)
        self.decided.setVisible(bool(words))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read()

    def read(self) -> None:
        """Look for what was brought in, in the background."""
        library = self._desk.library
        self._desk.run_reading("看装过哪些", lambda _progress: library.law(), done=self._show_versions)

    def _show_versions(self, held: tuple[InstalledLaw, ...]) -> None:
        if not shiboken6.isValid(self):
            return
        self._held = {}
        items = list(self._items(held))
        self.versions_sheet.setVisible(bool(items))
        self.versions.show_items(items)

    def _items(self, held: tuple[InstalledLaw, ...]) -> Iterator[ItemView]:
        """The versions of each pack and year, the newest first, the program's own last."""
        program = self._desk.program
        on = program.clock.today()
        for kind, key in dict.fromkeys((law.kind, law.key) for law in held):
            name = name_of(kind, key, program)
            versions = [law for law in held if (law.kind, law.key) == (kind, key)]
            own_version = self._own_version(kind, key)
            for law in reversed(versions):
                self._held[law.id] = (kind, key, law.id)
                newer = law.active and own_version and version_order(own_version) > version_order(law.version)
                told = [
                    f"程序自带的更新，是 {own_version}" if newer else "",
                    f"指纹 {law.fingerprint[:_FINGERPRINT].upper()}",
                    law.from_file or "手工录入",
                    moment_words(law.installed_at, on),
                    law.installed_by,
                ]
                yield self._item(law.id, f"{name} {law.version}".strip(), told, active=law.active)
            if own_version is not None:
                self._held[f"{OWN}-{kind}-{key}"] = (kind, key, "")
                active = not any(law.active for law in versions)
                shown = f"{name} {own_version}".strip()
                yield self._item(f"{OWN}-{kind}-{key}", shown, ["程序自带的"], active=active)

    def _own_version(self, kind: str, key: str) -> str | None:
        """Version of the program's own pack, empty for a year, ``None`` where it has none."""
        own = self._desk.program.own()
        if kind == PACK:
            head = own.packs.packs.heads.get(key)
            return head.version if head else None
        return "" if own.calendar.is_loaded(int(key)) else None

    def _item(self, item_id: str, name: str, told: list[str], *, active: bool) -> ItemView:
        blocked = "只能看，不能改" if self._desk.read_only else ""
        return ItemView(
            id=item_id,
            name=name,
            remark=" · ".join(part for part in told if part),
            shape="done" if active else "later",
            tail="在用" if active else "",
            actions=(
                (ActionView(KEEP, "另存一份", "download"),)
                if active
                else (ActionView(BACK, "退回这一版", "history", blocked),)
            ),
        )

    # ---- looking

    @Slot()
    def choose_pack(self) -> None:
        """装规则包…"""
        self._look_at(self._ask.open_file(self.window(), "选规则包", PACK_FILTER))

    @Slot()
    def choose_year(self) -> None:
        """装放假安排…"""
        self._look_at(self._ask.open_file(self.window(), "选放假安排", YEAR_FILTER))

    @Slot()
    def choose_folder(self) -> None:
        """从文件夹装…"""
        self._look_at(self._ask.open_folder(self.window(), "选规则包的文件夹"))

    def _look_at(self, path: Path | None) -> None:
        if path is not None:
            program, library = self._desk.program, self._desk.library
            self._look("看会变什么", lambda _progress: propose_file(program, library, path))

    def _look(self, name: str, work: Callable[[Progress], Proposal]) -> None:
        if not self.job.is_running():
            self._drop_preview()
            self.job.run(name, work, done=self._on_proposed, cancelled="已停下，什么都没有装。")

    def _on_proposed(self, proposal: Proposal) -> None:
        if proposal.preview.is_same:
            self.job.say(f"{proposal.title}：已经装着，没有变化。", state="hint")
            return
        if self.preview is None:
            from app.gui.pages.law_preview import LawPreviewSheet

            self.preview = LawPreviewSheet()
            self.preview.accepted.connect(self.accept)
            self.preview.left.connect(self.leave)
            self._column.insertWidget(self._column.indexOf(self.job) + 1, self.preview)
        blocked = "只能看，不能改" if self._desk.read_only else ""
        typed = self.form is not None and proposal.brought.years and not proposal.from_file
        if self.form is not None and typed:
            self.form.hide()  # it comes back when the year is not brought in after all
        self.preview.show_proposal(proposal, self._desk.program.clock.today(), blocked)

    def _drop_preview(self) -> None:
        if self.preview is not None:
            self.preview.drop()

    @Slot(str, str)
    def _on_action(self, item_id: str, action: str) -> None:
        kind, key, law_id = self._held[item_id]
        program, library = self._desk.program, self._desk.library
        if action == BACK:
            self._look("看会变什么", lambda _progress: propose_back(program, library, kind, key, law_id))
        elif action == KEEP:
            self.keep(kind, key)

    # ---- doing

    @Slot()
    def accept(self) -> None:
        """装上, or 退回."""
        proposal = self.preview.proposal if self.preview is not None else None
        if proposal is None or self.job.is_running():
            return
        self._drop_preview()
        desk = self._desk
        program, library, actor = desk.program, desk.library, desk.actor
        told = f"已{proposal.title}" if proposal.back is not None else f"已装上 {proposal.title}"

        def work(_progress: Progress) -> str:
            carry_out(program, library, proposal, actor=actor)
            return told

        name = "退回" if proposal.back is not None else "装上"
        self.job.run(name, work, done=self.law_changed.emit, writes=True)

    @Slot()
    def leave(self) -> None:
        """不装, or 不退."""
        proposal = self.preview.proposal if self.preview is not None else None
        self._drop_preview()
        back = proposal is not None and proposal.back is not None
        self.job.say(f"没有{'退' if back else '装'}，什么都没有变。", state="hint")
        if (
            self.form is not None
            and proposal is not None
            and proposal.brought.years
            and not proposal.from_file
        ):
            self.type_year()
        else:
            self.first_focus().setFocus()

    def keep(self, kind: str, key: str) -> None:
        """Write a pack or year in use to a file, for others."""
        program = self._desk.program
        suggested = f"{key}.toml" if kind == CALENDAR else f"{key}.zip"
        filters = TOML_FILTER if kind == CALENDAR else ZIP_FILTER
        target = self._ask.save_file(self.window(), "另存一份给别人", suggested, filters)
        if target is None or self.job.is_running():
            return

        def work(_progress: Progress) -> Path:
            from app.usecases.whole_file import write_whole

            write_whole(target, export_law(program, kind, key))
            return target

        self.job.run("另存", work, done=self._on_kept)

    def _on_kept(self, target: Path) -> None:
        self.job.say(f"已另存到 {target.name}", remarks=[f"在 {target.parent}"])

    # ---- typing a year

    @Slot()
    def type_year(self) -> None:
        """录入放假安排."""
        if self.form is None:
            from app.gui.pages.calendar_form import CalendarForm

            self.form = CalendarForm(self._desk.program.calendar)
            self.form.proposed.connect(self._on_typed)
            self._column.insertWidget(1, self.form)
        self.form.show()
        self.form.first_focus().setFocus()

    @Slot(object)
    def _on_typed(self, typed: TypedYear) -> None:
        program, library = self._desk.program, self._desk.library
        self._look(
            "看会变什么",
            lambda _progress: propose_year(
                program, library, typed.year, typed.breaks, typed.workdays, typed.source
            ),
        )


def decided_words(desk: Desk) -> str:
    """Name the stages closed under another version than the one in use, empty where there is none."""
    case = desk.case
    now = desk.program.pack_or_national(case).version
    older = [each for each in case.stage_closings if each.pack_version not in ("", now)]
    if not older:
        return ""
    told = "、".join(f"{each.stage.label if each.stage else ''} {each.pack_version}" for each in older)
    return f"已经结束的阶段是按当时的版本结束的：{told}；检查结果和期限一律按在用的这一版算。"
