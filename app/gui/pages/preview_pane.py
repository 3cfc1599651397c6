"""The third pane of a stage page in a wide window: the step's paper, drawn anew while its facts are filled in."""

from __future__ import annotations

import sys

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.forms.layout import Step
from app.gui.desk import Desk
from app.gui.forms.step_view import StepView
from app.gui.pages.live_preview import LivePreview
from app.gui.theme import current_theme
from app.gui.widgets.page_scroll import GUTTER

PAGE_FROM = 1000
"""A page at least so wide (at 100 %) has room for the paper beside the form."""
_NARROWEST, _WIDEST = 380, 520
_PART = 0.37


class PreviewPane(QWidget):
    """Stands beside the step; hidden where there is no room or no paper.

    Signals:
        preview_requested: 放大. arg: title, arg: a function that loads the whole paper.
    """

    preview_requested = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kind = ""
        self._record_id = ""
        self._view: StepView | None = None
        self._room = 0
        self._wanted = True
        self.live: LivePreview | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, GUTTER, 0)  # the panel counts on it
        self.hide()

    def beside(self, sheets: QWidget) -> QHBoxLayout:
        """A row with the sheets and, at their right, this pane."""
        across = QHBoxLayout()
        across.setSpacing(16 - GUTTER)
        across.addWidget(sheets, 1)
        across.addWidget(self)
        return across

    def show_step(self, step: Step, view: StepView) -> None:
        """Follow another step: its first paper, about the record that is open in it."""
        self._kind = "" if step.full_width or not step.documents else step.documents[0]
        self._record_id = ""
        # The first sheet of a step is what its paper is about; a folded one below it also has a record open.
        open_ids = [section.shown_id() for section in view.sections if section.shown_id()]
        self._waiting = ()
        self._view = view
        self._take(*view.wanted_ids()[::-1], *open_ids)
        self._wanted = True
        self._show()

    @Slot(str, str)
    def record_shown(self, _collection: str, record_id: str) -> None:
        """Another record is open in the step."""
        if record_id and not self._opened_itself(record_id):
            self._take(record_id)
            self._show()

    def _opened_itself(self, record_id: str) -> bool:
        """Whether a sheet further down shows its only record: nobody chose it, so the paper stays with the first."""
        if self._view is None:
            return False
        showing = [section for section in self._view.sections if section.shown_id()]
        at = next((at for at, each in enumerate(showing) if each.shown_id() == record_id), 0)
        return at > 0 and len(showing[at].records()) == 1 and self._knows(showing[0].shown_id())

    def put_away(self) -> None:
        """Give the room back, e.g. while a whole paper is looked at."""
        self._wanted = False
        self._show()

    def fit(self, across: int) -> None:
        """The page is ``across`` pixels wide."""
        self._room = across
        self._show()

    def _show(self) -> None:
        theme = current_theme()
        wanted = bool(self._kind) and self._wanted and self._room >= theme.px(PAGE_FROM)
        if wanted:
            across = max(theme.px(_NARROWEST), min(theme.px(_WIDEST), round(self._room * _PART)))
            self.setFixedWidth(across + GUTTER)
            if self.live is None:
                self.live = LivePreview(self._desk)
                self.live.preview_requested.connect(self.preview_requested)
                self.live.drawn.connect(self._on_drawn)
                self._row.addWidget(self.live)
            self.live.show_paper(self._kind, self._record_id or None)
        self.setVisible(wanted)

    def _take(self, *record_ids: str) -> None:
        """Remember the first record the paper can be about; the first page drawn loads what tells so."""
        # A job may be loading it this very moment: then it is there, but its last function is not yet.
        kind_named = getattr(sys.modules.get("app.documents.catalogue"), "kind_named", None)
        if kind_named is None:
            self._waiting = (*record_ids, *self._waiting)
            return
        self._record_id = next((each for each in record_ids if self._knows(each)), self._record_id)

    def _knows(self, record_id: str) -> bool:
        """Whether the paper can be about a record; as long as nothing can tell, it may be."""
        kind_named = getattr(sys.modules.get("app.documents.catalogue"), "kind_named", None)
        if kind_named is None:
            return True
        kind = kind_named(self._kind)
        return kind is not None and any(each.id == record_id for each in kind.subjects(self._desk.case))

    _waiting: tuple[str, ...] = ()

    @Slot()
    def _on_drawn(self) -> None:
        if self._waiting:
            waiting, self._waiting = self._waiting, ()
            self._take(*waiting)
            self._show()
