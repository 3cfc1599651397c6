"""One step of a page: its parts as sheets below each other, then its papers and evidence."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.stages import Stage
from app.forms.layout import Section, Step, View
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.closed_section import ClosedSection
from app.gui.forms.editors import is_for
from app.gui.forms.section_view import SectionView
from app.gui.stages.stage_view import StageView
from app.gui.stages.views import view_class
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.sheet import Sheet


class StepView(QWidget):
    """Builds its sheets one after the other when it is first shown, so that the window never waits for them.

    Signals:
        built: All sheets stand.
        door_opened: A view leads somewhere else. arg: a ``Where`` or (page key, step key).
        head_changed: A view wants other buttons in the page head.
        record_shown: Another record is open in its form. arg: collection, arg: its id.
        part_chosen: A view shows another part of the step. arg: the part's id.
        preview_requested: A view asks for a paper. arg: title, arg: a function that loads it.
    """

    built = Signal()
    door_opened = Signal(object)
    head_changed = Signal()
    record_shown = Signal(str, str)
    part_chosen = Signal(str)
    preview_requested = Signal(str, object)

    def __init__(
        self, step: Step, desk: Desk, ask: Ask, *, stage: Stage | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.step = step
        self.stage = stage
        self._desk = desk
        self._ask = ask
        self._to_build: list[Section | View] = list(step.parts)
        self.sections: list[SectionView] = []
        self.views: dict[str, StageView] = {}
        self._host: Sheet | None = None
        self._closed: list[ClosedSection] = []
        self._part = ""
        self._wanted: dict[str, str] = {}
        self._placed = 0
        self._unfinished: SectionView | StageView | None = None
        self._below: list[Callable[[], QWidget]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._build_next)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.is_built():
            self._timer.start()

    def build_all(self) -> None:
        """Build what is not there yet at once, because something in it is asked for."""
        while not self.is_built():
            self._build_next()
        self._show_made()

    def _show_made(self) -> None:
        """Let what was made just now be seen: else it counts as hidden until the next round of events."""
        parts = (*self.views.values(), *self.sections, *(each.form for each in self.sections))
        for part in parts:
            if part is not None and not part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                part.show()

    def is_built(self) -> bool:
        """Whether all sheets stand."""
        return not self._to_build and self._unfinished is None and not self._below

    def add_below(self, make: Callable[[], QWidget]) -> None:
        """Put the part that ``make`` returns below the sections, when these stand."""
        self._below.append(make)
        if self.isVisible():
            self._timer.start()

    def section_view(self, section: Section) -> SectionView | None:
        """The sheet of a section; builds the step, and opens it, if need be."""
        self.build_all()
        self._open_closed(section)
        return next((view for view in self.sections if view.section is section), None)

    def first_focus(self) -> QWidget | None:
        """The next thing to fill: what a view names, the first empty field, the first 添加 of an empty list."""
        for part in self.views.values():
            wanted = None if part.isHidden() else part.first_focus()
            if wanted is not None:
                return wanted
        for view in self.sections:
            if view.isHidden():
                continue
            if view.form is not None and not view.form.isHidden():
                first = view.form.first_empty()
                if isinstance(first, FieldEditor) and first.value() == first.empty:
                    return first
            if view.table is not None and not view.records() and not view.section.folded:
                return view.adder()
        return None

    def focus_fact(self, collection: str, record_id: str, fact: str) -> QWidget | None:
        """Go to a fact in the first view that has a place for it; ``None`` leaves it to the sections."""
        self.build_all()
        for part in self.step.parts:
            if isinstance(part, View) and collection in part.covers and part.key in self.views:
                found = self.views[part.key].focus_fact(collection, record_id, fact)
                if found is not None:
                    return found
        return None

    def commit(self) -> None:
        """Hand on everything that is typed now."""
        for section in self.sections:
            section.commit()
        for view in self.views.values():
            view.commit()

    def show_part(self, part: str) -> None:
        """Show another part of the step (see ``stages/views.py``)."""
        self._part = part
        for view in self.views.values():
            view.show_part(part)

    @Slot()
    def _on_opened(self) -> None:
        sender = self.sender()
        if isinstance(sender, ClosedSection):
            made = self._open_closed(sender.section)
            if made is not None and made.table is not None:
                made.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_closed(self, section: Section) -> SectionView | None:
        closed = next((each for each in self._closed if each.section is section), None)
        if closed is None:
            return None
        self._closed.remove(closed)
        made = SectionView(section, self._desk)
        made.record_shown.connect(self._on_record_shown)
        self.sections.append(made)
        self._column.replaceWidget(closed, made)
        closed.hide()
        closed.deleteLater()
        return made

    def wanted_ids(self) -> tuple[str, ...]:
        """The records its views work at, which no section of the step need show."""
        return tuple(self._wanted.values())

    @Slot(str, str)
    def _on_record_wanted(self, collection: str, record_id: str) -> None:
        self._wanted[collection] = record_id
        for section in self.sections:
            if section.section.collection == collection:
                section.select(record_id)
        asking = self.sender()
        for view in self.views.values():
            if view is not asking:
                view.record_shown(collection, record_id)
        self.record_shown.emit(collection, record_id)  # also where no section of the step shows it

    @Slot(str, str)
    def _on_record_shown(self, collection: str, record_id: str) -> None:
        for view in self.views.values():
            view.record_shown(collection, record_id)
        self.record_shown.emit(collection, record_id)

    @Slot()
    def _build_next(self) -> None:
        if not shiboken6.isValid(self._desk) or self._desk.is_retired():
            self._timer.stop()  # another case was opened before it all stood
            return
        if self._unfinished is not None:
            if not self._unfinished.build_some():
                self._unfinished = None
        elif self._to_build:
            self._make_part(self._to_build.pop(0))
        elif self._below:
            self._column.insertWidget(self._column.count() - 1, self._below.pop(0)())
        if self.is_built():
            self._timer.stop()
            self.built.emit()

    def _make_part(self, part: Section | View) -> None:
        made: SectionView | StageView
        if isinstance(part, Section) and part.closed:
            closed = ClosedSection(part, self._desk)
            closed.opened.connect(self._on_opened)
            self._closed.append(closed)
            self._column.insertWidget(self._placed, closed)
            self._placed += 1
            return
        if isinstance(part, Section):
            made = SectionView(part, self._desk, selects_first=not self.sections, lazily=True)
            made.record_shown.connect(self._on_record_shown)
            self.sections.append(made)
            if part.collection in self._wanted:
                made.select(self._wanted[part.collection])
        else:
            made = view_class(part.key)(self._desk, self._ask, self)  # a parent at once: it shows itself
            made.door_opened.connect(self.door_opened)
            made.head_changed.connect(self.head_changed)
            made.part_chosen.connect(self.part_chosen)
            made.preview_requested.connect(self.preview_requested)
            made.record_wanted.connect(self._on_record_wanted)
            made.show_part(self._part)
            self.views[part.key] = made
            for section in self.sections:
                if section.shown_id():
                    made.record_shown(section.section.collection, section.shown_id())
            if not is_for(part, self._desk.case):
                made.hide()
        self._unfinished = made
        if part.joined and self._host is not None:
            self._host.add(made)
            if isinstance(made, StageView) and isinstance(self._host, SectionView):
                for button in made.foot_parts():
                    self._host.add_to_foot(button)
            return
        self._column.insertWidget(self._placed, made)
        self._placed += 1
        # What is joined lies on this very sheet; a view brings a sheet of its own and offers it.
        self._host = made if isinstance(made, Sheet) else made.sheet()
