"""文书: the papers a step leaves, each looked at, printed, opened in WPS, or made and kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.forms.layout import Step
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.preview import Looked, pages_of, print_paper
from app.gui.widgets.document_row import OPEN, PREVIEW, PRINT, document_item
from app.gui.widgets.item_row import ActionView, ItemList, ItemView
from app.gui.widgets.sheet import Sheet
from app.progress import Progress

if TYPE_CHECKING:
    from app.usecases.make_document import DocumentRow

KEEP = ActionView("keep", "存档")
_AFTER_MS = 500


class PapersSheet(Sheet):
    """Lists a step's kinds of paper, once for each thing they can be about.

    Signals:
        preview_requested: arg: title, arg: a function that loads what is to be shown.
        rows_changed: The list is another one now.
    """

    preview_requested = Signal(str, object)
    rows_changed = Signal()

    def __init__(self, step: Step, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__("文书", parent=parent)
        self._kinds = step.documents
        self._desk = desk
        self._ask = ask
        self._rows: dict[str, DocumentRow] = {}
        self._busy: str = ""
        self._asked = 0
        self.items = ItemList("登记以后，这里可以预览、打印要出的文书。")
        self.items.action_requested.connect(self.do)
        self.items.hide()
        self.add(self.items)
        self.set_remark("正在看有哪些文书…")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._read)
        desk.saved.connect(self._on_saved)
        if not self._kinds:
            self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start(0 if self._asked == 0 else _AFTER_MS)

    def rows(self) -> tuple[DocumentRow, ...]:
        """The papers that can be made now."""
        return tuple(self._rows.values())

    def first(self) -> str:
        """The id of the first paper, empty when there is none yet."""
        return next(iter(self._rows), "")

    @Slot(str, str)
    def do(self, paper: str, action: str) -> None:
        """Do what a link of a row says."""
        row = self._rows.get(paper)
        if row is None or self._busy:
            return
        if action == "preview":
            self.preview_requested.emit(_title(row), self._loader(row))
        elif action == "print":
            self._print(row)
        elif action == "open":
            self._open_in_wps(row)
        elif action in ("keep", "again"):
            self._keep(row)

    # ---- what can be done

    def _loader(self, row: DocumentRow) -> Any:
        program, library, case = self._desk.program, self._desk.library, self._desk.case
        kind, subject = row.kind.key, row.subject.id

        def load(_progress: Progress) -> Looked:
            from app.usecases.make_document import build_document, render

            document = build_document(program, library, case, kind, subject)
            return Looked(render(document, ".pdf"), landscape=document.page.is_landscape)

        return load

    def _print(self, row: DocumentRow) -> None:
        load = self._loader(row)

        def work(progress: Progress) -> tuple[Looked, int]:
            looked = load(progress)
            return looked, pages_of(looked)

        def done(result: tuple[Looked, int]) -> None:
            if shiboken6.isValid(self):
                self._set_busy("")
                print_paper(self._ask, self.window(), _title(row), *result)

        self._set_busy("正在排版…")
        self._desk.run_reading("打印", work, done=done, failed=self._on_failed)

    def _open_in_wps(self, row: DocumentRow) -> None:
        desk, case = self._desk, self._desk.case
        kind, subject, title = row.kind.key, row.subject.id, _title(row)

        def work(_progress: Progress) -> Path:
            from app.usecases.make_document import build_document, render
            from app.usecases.whole_file import write_whole

            document = build_document(desk.program, desk.library, case, kind, subject)
            target = free_name(desk.library.exports_folder, title, ".docx")
            write_whole(target, render(document, ".docx"))
            return target

        def done(target: Path) -> None:
            if shiboken6.isValid(self):
                self._set_busy("")
                self._ask.show_file(target)

        self._set_busy("正在生成…")
        self._desk.run_reading("生成文书", work, done=done, failed=self._on_failed)

    def _keep(self, row: DocumentRow) -> None:
        desk = self._desk
        kind, subject, actor = row.kind.key, row.subject.id, desk.actor

        def work(_progress: Progress) -> Any:
            from app.usecases.make_document import keep_document

            return keep_document(desk.program, desk.library, desk.case_id, kind, subject=subject, actor=actor)

        def done(_made: object) -> None:
            if shiboken6.isValid(self):
                self._set_busy("")
                self._read()

        self._set_busy("正在生成…")
        desk.run_writing("生成并存档", work, done=done, failed=self._on_failed)

    # ---- the list

    @Slot(object)
    def _on_saved(self, _at: object) -> None:
        if self._kinds and self.isVisible():
            self._timer.start(_AFTER_MS)

    @Slot()
    def _read(self) -> None:
        if not self._kinds:
            return
        self._asked += 1
        asked, desk, wanted = self._asked, self._desk, self._kinds

        def work(_progress: Progress) -> tuple[DocumentRow, ...]:
            from app.usecases.make_document import list_documents

            rows = list_documents(desk.program, desk.library, desk.case_id)
            return tuple(row for row in rows if row.kind.key in wanted)

        def done(rows: tuple[DocumentRow, ...]) -> None:
            if shiboken6.isValid(self) and asked == self._asked:
                self._rows = {f"{row.kind.key}|{row.subject.id}": row for row in rows}
                self._show()
                self.rows_changed.emit()

        desk.run_reading("看文书", work, done=done, failed=self._on_failed)

    def _show(self) -> None:
        self.items.show()
        self.set_remark(self._busy)
        self.items.show_items([self._item(paper, row) for paper, row in self._rows.items()])

    def _item(self, paper: str, row: DocumentRow) -> ItemView:
        actions = (PREVIEW, PRINT, OPEN) if self._desk.read_only else (PREVIEW, PRINT, OPEN, KEEP)
        if row.kept is not None and not row.changed:
            actions = (PREVIEW, PRINT, OPEN)
        return document_item(paper, _title(row), _remark(row), stale=row.changed, actions=actions)

    def _set_busy(self, words: str) -> None:
        self._busy = words
        self.set_remark(words)

    def _on_failed(self, error: object) -> None:
        if shiboken6.isValid(self):
            self._set_busy("")
        self._desk.failed.emit(error)


def _title(row: DocumentRow) -> str:
    if row.subject.title and row.subject.title not in row.name:
        return f"{row.name} {row.subject.title}"
    return row.name


def _remark(row: DocumentRow) -> str:
    if row.kept is not None:
        pages = f"，{row.kept.pages} 页" if row.kept.pages else ""
        return f"已存档{pages}"
    if row.missing:
        return f"还缺 {len(row.missing)} 项：{'、'.join(row.missing)}"
    return "还没存档"


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """A name in ``folder`` that nothing has yet: what somebody edited there is never written over."""
    from app.exchange.safe_names import safe_name

    folder.mkdir(parents=True, exist_ok=True)
    taken = {path.name for path in folder.iterdir()}
    return folder / safe_name(f"{stem}{suffix}", taken=taken)
