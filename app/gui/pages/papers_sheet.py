"""生成的文书: the papers a step leaves, each looked at, printed, opened in WPS, or made and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.forms.layout import Step
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.preview import Looked, pages_of
from app.gui.printing import PrintStrip
from app.gui.widgets.button import Button
from app.gui.widgets.document_row import AGAIN, OPEN, PREVIEW, PRINT, document_item
from app.gui.widgets.item_row import ActionView, ItemList, ItemView
from app.gui.widgets.sheet import Sheet
from app.progress import Progress
from app.rules.dates_in_words import short_day
from app.rules.pack import NoPackError

if TYPE_CHECKING:
    from app.usecases.make_document import DocumentRow
    from app.usecases.paper_states import PaperState

MOST_ROWS = 5
"""Rows shown before 全部 n 份."""

_AFTER_MS = 500
_LONGEST_BUTTON = 10
_LIVE = "内容改动后自动更新"
_REGION = ActionView("region", "选地区", "settings")
_CHOOSE_REGION = ItemView(
    id="region", name="还没有选地区，选了才能生成文书", shape="missing", actions=(_REGION,)
)


_OF_NUMBERS = "第0123456789一二三四五六七八九十"


class PapersSheet(Sheet):
    """Lists a step's kinds of paper, once for each thing they can be about.

    Signals:
        preview_requested: arg: title, arg: a function that loads what is to be shown.
        rows_changed: The list is another one now.
    """

    preview_requested = Signal(str, object)
    rows_changed = Signal()

    def __init__(self, step: Step, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__("生成的文书", parent=parent)
        self._kinds = step.documents
        self._desk = desk
        self._ask = ask
        self._rows: dict[str, PaperState] = {}
        self._pages: dict[str, int] = {}
        self._about = ""
        self._whole = False
        self._busy: str = ""
        self._asked = 0
        self.items = ItemList("登记以后，这里可以预览、打印要出的文书。", row_height="table_row")
        self.items.action_requested.connect(self.do)
        self.items.hide()
        self.strip = PrintStrip(desk.runner, ask)
        self.strip.failed.connect(desk.failed)
        self.add(self.strip)
        self.add(self.items)
        links = QHBoxLayout()
        links.setSpacing(12)
        self.all = Button("", "link")
        self.all.clicked.connect(self._on_all)
        self.keep = Button("", "link")
        self.keep.clicked.connect(self._on_keep_first)
        for link in (self.all, self.keep):
            link.hide()
            links.addWidget(link)
        links.addStretch(1)
        self.body.addLayout(links)
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
        return tuple(state.row for state in self._rows.values())

    def is_read(self) -> bool:
        """Whether the list was asked for, and is not to be asked for again; that begins when it is first seen."""
        return not self._kinds or (self._asked > 0 and not self._timer.isActive())

    def first(self) -> str:
        """The id of the first paper, empty when there is none yet."""
        return next(iter(self._ordered()), "")

    def show_about(self, record_id: str) -> None:
        """List the papers about this record first: it is the one the form shows."""
        if record_id != self._about:
            self._about = record_id
            if self._rows:
                self._show()

    @Slot(str, str)
    def do(self, paper: str, action: str) -> None:
        """Do what a link of a row says."""
        if action == _REGION.id:
            self._desk.region_wanted.emit()
            return
        state = self._rows.get(paper)
        if state is None or self._busy:
            return
        row = state.row
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
        write = self._writer(row)

        def load(_progress: Progress) -> Looked:
            from app.usecases.make_document import build_document, render

            document = build_document(program, library, case, kind, subject)
            content = render(document, ".pdf")
            return Looked(content, landscape=document.page.is_landscape, write_word=write)

        return load

    def _writer(self, row: DocumentRow) -> Callable[[], Path]:
        """What writes a copy for WPS and tells where."""
        desk, case = self._desk, self._desk.case
        kind, subject, title = row.kind.key, row.subject.id, _title(row)

        def write() -> Path:
            from app.usecases.make_document import build_document, render
            from app.usecases.whole_file import write_whole

            document = build_document(desk.program, desk.library, case, kind, subject)
            target = free_name(desk.library.exports_folder, title, ".docx")
            write_whole(target, render(document, ".docx"))
            return target

        return write

    def _print(self, row: DocumentRow) -> None:
        load = self._loader(row)

        def work(progress: Progress) -> tuple[Looked, int]:
            looked = load(progress)
            return looked, pages_of(looked)

        def done(result: tuple[Looked, int]) -> None:
            if shiboken6.isValid(self):
                self._set_busy("")
                self.strip.print_paper(_title(row), *result)

        self._set_busy("正在排版…")
        self._desk.run_reading("打印", work, done=done, failed=self._on_failed)

    def _open_in_wps(self, row: DocumentRow) -> None:
        write = self._writer(row)

        def done(target: Path) -> None:
            if shiboken6.isValid(self):
                self._set_busy("")
                self._ask.show_file(target)

        self._set_busy("正在生成…")
        self._desk.run_reading("生成文书", lambda _progress: write(), done=done, failed=self._on_failed)

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
        asked, desk, kinds, case, known = self._asked, self._desk, self._kinds, self._desk.case, self._pages

        def work(progress: Progress) -> tuple[PaperState, ...]:
            from app.usecases.paper_states import paper_states

            return paper_states(desk.program, desk.library, case, kinds, known_pages=known, progress=progress)

        def done(states: tuple[PaperState, ...]) -> None:
            if shiboken6.isValid(self) and asked == self._asked:
                self._rows = {_key(state.row): state for state in states}
                self._show()
                self.rows_changed.emit()

        desk.run_reading("看文书", work, done=done, failed=self._on_unread)

    def _on_unread(self, error: object) -> None:
        """While no region is chosen there is no paper: said here, with the way to choose one."""
        if not isinstance(error, NoPackError):
            self._on_failed(error)
        elif shiboken6.isValid(self):
            self._rows = {}
            self._set_busy("")
            self.items.show_items([_CHOOSE_REGION])
            self.items.show()
            self.rows_changed.emit()

    def _ordered(self) -> list[str]:
        """Papers about the record the form shows come first."""
        about = self._about
        return sorted(self._rows, key=lambda paper: self._rows[paper].row.subject.id != about or not about)

    def _show(self) -> None:
        self.items.show()
        self.set_remark(self._busy or (_LIVE if self._rows else ""))
        ordered = self._ordered()
        listed = ordered if self._whole else ordered[:MOST_ROWS]
        self.items.show_items([self._item(at, paper) for at, paper in enumerate(listed)])
        left = len(ordered) > MOST_ROWS
        self.all.set_words("只看前几份" if self._whole else f"全部 {len(ordered)} 份")
        self.all.setVisible(left)
        first = self._rows[ordered[0]].row if ordered else None
        words = f"把{first.name}存档" if first is not None else ""
        self.keep.set_words(words if len(words) <= _LONGEST_BUTTON else "把第一份存档")
        self.keep.setVisible(first is not None and first.kept is None and not self._desk.read_only)

    @Slot()
    def _on_keep_first(self) -> None:
        self.do(self.first(), "keep")

    def _name(self, row: DocumentRow) -> str:
        """What it is about is told only where there is more than one of a kind."""
        alike = [each.row.subject.title for each in self._rows.values() if each.row.kind is row.kind]
        if len(alike) == 1 or row.subject.title in row.name:
            return row.name
        return f"{row.name} {differing(row.subject.title, alike)}"

    @Slot()
    def _on_all(self) -> None:
        self._whole = not self._whole
        self._show()

    def _item(self, at: int, paper: str) -> ItemView:
        state = self._rows[paper]
        row = state.row
        actions = (PREVIEW, PRINT) if at else (PREVIEW, PRINT, OPEN)
        again = (AGAIN,) if row.changed and not self._desk.read_only else ()
        if row.changed:
            words = f"内容已变：{'；'.join(state.differs)}" if state.differs else "内容已变"
            return ItemView(
                id=paper,
                name=self._name(row),
                remark=words,
                shape="explain",
                remark_ink="warn",
                actions=(*again, PREVIEW, PRINT),
            )
        return document_item(paper, self._name(row), self._said(state), actions=actions)

    def _said(self, state: PaperState) -> str:
        """草稿，2 页; 3 处空白，1 页; 4月3日存档，2 页."""
        row = state.row
        pages = f"，{state.pages} 页" if state.pages else ""
        if row.kept is not None:
            on = row.kept.made_on
            when = short_day(on, self._desk.program.clock.today()) if on is not None else "已"
            return f"{'已签字盖章' if row.kept.signed else f'{when}存档'}{pages}"
        if row.missing:
            return f"{len(row.missing)} 处空白{pages}：{'、'.join(row.missing)}"
        return f"草稿{pages}"

    def _set_busy(self, words: str) -> None:
        self._busy = words
        self.set_remark(words or (_LIVE if self._rows else ""))

    def _on_failed(self, error: object) -> None:
        if shiboken6.isValid(self):
            self._set_busy("")
        self._desk.failed.emit(error)


def _key(row: DocumentRow) -> str:
    return f"{row.kind.key}|{row.subject.id}"


def _title(row: DocumentRow) -> str:
    if row.subject.title and row.subject.title not in row.name:
        return f"{row.name} {row.subject.title}"
    return row.name


def differing(title: str, alike: Sequence[str]) -> str:
    """What tells one title from those beside it: without the words all begin with, numbers kept whole.

    A row has room for some ten characters; 第三届职代会第2次会议 is told from its neighbours by 第2次会议.
    """
    common = sum(1 for _ in takewhile(lambda letters: len(set(letters)) == 1, zip(*alike, strict=False)))
    while common and title[common - 1] in _OF_NUMBERS:
        common -= 1
    return title[common:].strip() or title


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """A name in ``folder`` that nothing has yet: what somebody edited there is never written over."""
    from app.exchange.safe_names import safe_name

    folder.mkdir(parents=True, exist_ok=True)
    taken = {path.name for path in folder.iterdir()}
    return folder / safe_name(f"{stem}{suffix}", taken=taken)
