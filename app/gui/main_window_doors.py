"""Doors inside the window and the way back: Esc comes back to where one was, as often as one went through one."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from app.domain.stages import Stage
from app.forms.law import LAW
from app.forms.pages import page_of
from app.gui.forms.paper_door import PaperDoor
from app.gui.forms.rule_door import RuleDoor
from app.gui.main_window_aside import HELP, SEARCH
from app.gui.main_window_pages import EVIDENCE, page_for, told_about
from app.gui.shell.side_panel import FINDINGS
from app.gui.widgets.focus_stops import focus_stops, is_alive
from app.rules.findings import Finding, Where

if TYPE_CHECKING:
    from app.gui.main_window_case import CaseRoom

MOST_PLACES = 20
_LOOK_AGAIN_MS = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody was: page, step, what had the focus (itself, and how it is called), and in a table which cell.

    Of a cell that was being filled in the table is kept: the field in it goes as soon as the page does.
    """

    page: str
    step: str
    focus: weakref.ref[QWidget] | None
    name: str
    finding: str = ""
    cell: tuple[int, int] | None = None


class Doors(QObject):
    """Opens what a door leads to and remembers where it was opened.

    Choosing a page or a step by navigation, tab or key is no door: it forgets the way back, so that Esc never
    leaves a page one went to on purpose.
    """

    def __init__(self, room: CaseRoom) -> None:
        super().__init__(room)
        self._room_ref = weakref.ref(room)  # no cycle: a room goes as soon as nobody holds it
        self._frame = room.frame
        self._places: list[Place] = []
        self._before_search: Place | None = None
        self._again: Place | None = None
        self._going_back = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOK_AGAIN_MS)
        self._timer.timeout.connect(self._look_again)

    @property
    def _room(self) -> CaseRoom:
        room = self._room_ref()
        assert room is not None
        return room

    def places(self) -> tuple[Place, ...]:
        """Where Esc leads, the last one first to come."""
        return tuple(self._places)

    def forget(self) -> None:
        """There is no way back from here."""
        self._places.clear()
        self._before_search = None

    # ---- through

    @Slot(object)
    def open(self, door: object) -> None:
        """Go to a ``Where``, a finding's field, a paper, a rule, or (page key or stage, step key); Esc comes back."""
        here = self.here()
        if isinstance(door, Where):
            self._remember(here)
            found = self._found_at(door)
            self.open_where(door, found.stage if found is not None else None)
            if found is not None:
                self._show_found(found)
        elif isinstance(door, PaperDoor):
            if self._room.desk is not None:
                self._remember(here)
                self._open_paper(door)
        elif isinstance(door, RuleDoor):
            if self._room.desk is not None:
                self._remember(here)
                self._open_rule(door)
        elif isinstance(door, Finding):
            self._remember(here)
            for place in (door.where, *door.related):
                if self.open_where(place, door.stage) is not None:
                    break
            self._show_found(door)
        elif isinstance(door, tuple) and door:
            key, step = door[0], str(door[1]) if len(door) > 1 else ""
            key = page_of(key).key if isinstance(key, Stage) else str(key)
            if self._room.desk is None or not self._room.has_page(key):
                return
            self._remember(here)
            show = getattr(self._room.page(key), "show_step", None)
            if step and callable(show):
                show(step)
            self._room.show_page(key)

    def open_where(self, where: Where, stage: Stage | None = None) -> QWidget | None:
        """Go to a field; ``stage`` says which page is meant where several show the same record."""
        room = self._room
        if room.desk is None:
            return None
        key = page_for(room.desk.case, where, stage)
        told = (
            room.desk.case.find("explanations", where.record_id)
            if where.collection == "explanations"
            else None
        )
        where = (told_about(told.finding) or where) if told is not None else where
        page = room.page(key)
        if self._frame.current_page() != key:
            room.show_page(key)
        open_it = getattr(page, "open_where", None)
        target = open_it(where) if callable(open_it) else None
        return target if isinstance(target, QWidget) else None

    def _found_at(self, where: Where) -> Finding | None:
        """What was found at a place, the gravest first."""
        desk = self._room.desk
        found = desk.checkup.findings if desk is not None else ()
        return next((each for each in found if each.where == where), None)

    def _show_found(self, found: Finding) -> None:
        """Turn the panel to what was found, whatever it was left at; the focus stays in the field."""
        self._frame.panel.show_tab(FINDINGS)
        self._frame.panel.open_finding(found.key)

    def _open_paper(self, door: PaperDoor) -> None:
        page = self._room.page(EVIDENCE)
        self._room.show_page(EVIDENCE)
        show = getattr(page, "show_need", None)
        row = show(door.need) if callable(show) else None
        if isinstance(row, QWidget):
            self._frame.reveal(row)

    def _open_rule(self, door: RuleDoor) -> None:
        page = self._room.page(LAW)
        show = getattr(page, "show_rule", None)
        if callable(show):
            show(door)
        self._room.show_page(LAW)

    def jump(self, finding_id: str, places: tuple[Where, ...], stage: Stage) -> None:
        """From a finding's card to the first of its fields that is on a page; Esc comes back to the card."""
        here = self.here()
        self._remember(Place(here.page, here.step, None, "", finding_id))
        for where in places:
            if self.open_where(where, stage) is not None:
                return

    # ---- where one is

    def here(self) -> Place:
        """The place on the screen now."""
        key = self._frame.current_page()
        focus = QApplication.focusWidget()
        if focus is not None and not self._frame.isAncestorOf(focus):
            focus = None
        table = _table_of(focus)
        focus = table or focus
        at = table.currentIndex() if table is not None else None
        return Place(
            key,
            self._step_of(key),
            weakref.ref(focus) if focus is not None else None,
            focus.accessibleName() if focus is not None else "",
            cell=(at.row(), at.column()) if at is not None and at.isValid() else None,
        )

    def _step_of(self, key: str) -> str:
        page = self._room.page(key) if self._room.has_page(key) and self._room.desk is not None else None
        current = getattr(page, "current_step", None)
        step = current() if callable(current) else ""
        return str(getattr(step, "key", step) or "")

    def _remember(self, place: Place) -> None:
        last = self._places[-1] if self._places else None
        if last is None or (place.page, place.step, place.name, place.finding) != (
            last.page,
            last.step,
            last.name,
            last.finding,
        ):
            self._places.append(place)
            del self._places[:-MOST_PLACES]

    @Slot()
    def note_search(self) -> None:
        """Ctrl K is about to take the focus: remember whose it was."""
        if self._frame.current_page() != SEARCH:
            self._before_search = self.here()

    @Slot()
    def on_aside(self) -> None:
        """Help or search is about to lie over the page: Esc comes back from it."""
        before, self._before_search = self._before_search, None
        place = before or self.here()
        if not self._going_back and place.page not in (HELP, SEARCH):
            self._remember(place)

    # ---- and back

    @Slot()
    def back(self) -> None:
        """Esc: back through the last door; nothing happens where no door was used."""
        if self._frame.head.search.line.hasFocus() and self._frame.current_page() != SEARCH:
            before, self._before_search = self._before_search, None
            self._frame.head.close_search()
            self._give_focus(before if before is not None else self.here())
        elif self._places:
            self._go(self._places.pop())

    @Slot()
    def leave_aside(self) -> None:
        """Help or search is left: back to the page below."""
        shown = self._frame.current_page()
        while self._places and self._places[-1].page == shown:
            self._places.pop()
        if self._places:
            self._go(self._places.pop())
        else:
            self._room.show_page(self._room.shown_key())

    def _go(self, place: Place) -> None:
        if place.page == SEARCH:
            self._going_back = True
            self._room.show_search_again()
            self._going_back = False
        elif self._room.has_page(place.page):
            page = self._room.page(place.page)
            if self._frame.current_page() != place.page or self._step_of(place.page) != place.step:
                show = getattr(page, "show_step", None)
                if place.step and callable(show) and self._step_of(place.page) != place.step:
                    show(place.step)
                self._room.show_page(place.page)
        self._give_focus(place)

    def _give_focus(self, place: Place) -> None:
        if place.finding and self._frame.panel_place.show_finding(place.finding):
            return
        if not self._focus_again(place):
            self._again = place  # rows that are made anew a moment later
            self._timer.start()
            self._frame.focus_page()

    def _focus_again(self, place: Place) -> bool:
        widget = place.focus() if place.focus is not None else None
        if widget is None or not is_alive(widget):
            room = self._frame.shown_page()
            stops = focus_stops(room) if room is not None and place.name else []
            widget = next((stop for stop in stops if stop.accessibleName() == place.name), None)
        if widget is None:
            return False
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(widget, QAbstractItemView) and place.cell is not None:
            at = widget.model().index(*place.cell) if widget.model() is not None else None
            if at is not None and at.isValid():
                widget.setCurrentIndex(at)
        self._frame.reveal(widget)
        return True

    @Slot()
    def _look_again(self) -> None:
        place, self._again = self._again, None
        if place is not None and place.name and self._frame.current_page() == place.page:
            self._focus_again(place)


def _table_of(part: QWidget | None) -> QAbstractItemView | None:
    """The table a part is in, or is."""
    while part is not None and not part.isWindow():
        if isinstance(part, QAbstractItemView):
            return part
        part = part.parentWidget()
    return None
