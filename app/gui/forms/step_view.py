"""One step of a page: its sections as sheets below each other, then its papers and the stage's evidence."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.stages import Stage
from app.forms.layout import Section, Step
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.section_view import SectionView
from app.gui.widgets.editor import FieldEditor


class StepView(QWidget):
    """Builds its sheets one after the other when it is first shown, so that the window never waits for them.

    Signals:
        built: All sheets stand.
    """

    built = Signal()

    def __init__(
        self, step: Step, desk: Desk, ask: Ask, *, stage: Stage | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.step = step
        self.stage = stage
        self._desk = desk
        self._ask = ask
        self._to_build = list(step.sections)
        self.sections: list[SectionView] = []
        self._unfinished: SectionView | None = None
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

    def is_built(self) -> bool:
        """Whether all sheets stand."""
        return not self._to_build and self._unfinished is None and not self._below

    def add_below(self, make: Callable[[], QWidget]) -> None:
        """Put the part that ``make`` returns below the sections, when these stand."""
        self._below.append(make)
        if self.isVisible():
            self._timer.start()

    def section_view(self, section: Section) -> SectionView | None:
        """The sheet of a section; builds the step if need be."""
        self.build_all()
        return next((view for view in self.sections if view.section is section), None)

    def first_focus(self) -> QWidget | None:
        """The next thing to fill: the first empty field, else the first 添加 of an empty list."""
        for view in self.sections:
            if view.isHidden():
                continue
            if view.form is not None and not view.form.isHidden():
                first = view.form.first_empty()
                if isinstance(first, FieldEditor) and first.value() == first.empty:
                    return first
            if view.table is not None and not view.records():
                return view.table.add_button
        return None

    def commit(self) -> None:
        """Hand on everything that is typed now."""
        for view in self.sections:
            view.commit()

    @Slot()
    def _build_next(self) -> None:
        if self._unfinished is not None:
            if not self._unfinished.build_some():
                self._unfinished = None
        elif self._to_build:
            section = self._to_build.pop(0)
            view = SectionView(section, self._desk, selects_first=not self.sections, lazily=True)
            self._column.insertWidget(len(self.sections), view)
            self.sections.append(view)
            self._unfinished = view
        elif self._below:
            self._column.insertWidget(self._column.count() - 1, self._below.pop(0)())
        if self.is_built():
            self._timer.stop()
            self.built.emit()
