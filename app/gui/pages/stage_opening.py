"""What a stage's page shows before anything of it is written, and how its forms come in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QStackedWidget

from app.gui.forms.editors import is_for
from app.gui.preview import Looked
from app.gui.stages.empty_stage import EmptyStage
from app.gui.widgets.button import Button
from app.gui.widgets.page_scroll import PageScroll
from app.progress import Progress
from app.rules.preconditions import Way, is_untouched

if TYPE_CHECKING:
    from app.gui.desk import Desk
    from app.gui.pages.stage_page import StagePage


class StageOpening(QObject):
    """Belongs to one :class:`app.gui.pages.stage_page.StagePage`; gone as soon as its forms are shown."""

    def __init__(self, page: StagePage, stack: QStackedWidget, desk: Desk) -> None:
        super().__init__(page)
        self._page = page
        self._stack = stack
        self._desk = desk
        self.stage: EmptyStage | None = None
        self._room: PageScroll | None = None

    def is_wanted(self) -> bool:
        """Whether nothing of the stage is written yet."""
        return is_untouched(self._page.stage, self._desk.case)

    def is_shown(self) -> bool:
        """Whether it stands in place of the forms."""
        return self.stage is not None

    def show(self) -> None:
        """Put it in place of the forms."""
        if self._room is None:
            self.stage = EmptyStage(self._page.stage, self._desk)
            self.stage.way_chosen.connect(self._on_way)
            self._room = PageScroll(self.stage)
            self._stack.addWidget(self._room)
        self._stack.setCurrentWidget(self._room)

    def leave(self) -> None:
        """The forms come in its place."""
        if self._room is not None:
            self._stack.removeWidget(self._room)
            self._room.hide()
            self._room.deleteLater()
            self._room = self.stage = None

    def primary(self) -> Button | None:
        """Its red button."""
        return self.stage.primary() if self.stage is not None else None

    @Slot(object)
    def _on_way(self, way: object) -> None:
        """Go where a button leads."""
        assert isinstance(way, Way)
        page = self._page
        if way.paper:
            page.show_preview(way.words.removeprefix("先打印"), self._blank(way.paper))
        elif way.where is not None:
            page.door_opened.emit(way.where)
        elif way.stage is not page.stage:
            page.door_opened.emit((way.stage, way.step))
        else:
            page.show_step(way.step or page.start_key())
            self._begin(way)

    def _begin(self, way: Way) -> None:
        """Add the first record of what the button names, if it names any, and go to its first field."""
        view = self._page.view()
        view.build_all()
        named = (
            each
            for each in view.sections
            if each.section.collection == way.begins and is_for(each.section, self._desk.case)
        )
        first = next(named, None)
        if first is not None and first.section.add and not first.records():
            first.add_record()
            if way.fact and first.records():
                first.focus_fact(first.records()[0].id, way.fact)
            return
        target = view.first_focus()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _blank(self, kind: str) -> Callable[[Progress], Looked]:
        program, library, case = self._desk.program, self._desk.library, self._desk.case

        def load(_progress: Progress) -> Looked:
            from app.usecases.blank_paper import blank_paper
            from app.usecases.make_document import render

            document = blank_paper(program, library, case, kind)
            return Looked(render(document, ".pdf"), landscape=document.page.is_landscape)

        return load
