"""A stage before anything of it is written: what will be here, why, what it needs, the one way on."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.stages import Stage
from app.gui.desk import Desk
from app.gui.widgets.button import Button
from app.gui.widgets.empty_state import EmptyState, EmptyView, NeedView
from app.gui.widgets.item_row import ActionView
from app.rules.preconditions import Need, Outlook, Way, outlook
from app.usecases.check_case import ground_of

_DRAWINGS = {
    Stage.SURVEY: "paper",
    Stage.REPRESENTATIVES: "ballot",
    Stage.OFFER: "paper",
    Stage.NEGOTIATION: "calendar",
    Stage.CONGRESS: "ballot",
    Stage.FILING: "folder",
    Stage.FULFILMENT: "calendar",
}
_PRIMARY, _SECONDARY, _NEED = "primary", "secondary", "need"


def outlook_for(stage: Stage, desk: Desk) -> Outlook:
    """What the rules say of a stage that has not begun, on the program's day."""
    return outlook(stage, ground_of(desk.program, desk.so_far()))


class EmptyStage(QWidget):
    """Stands in place of the forms; told anew when the case changes.

    Signals:
        way_chosen: A button was pressed. arg: the :class:`app.rules.preconditions.Way` behind it.
    """

    way_chosen = Signal(object)

    def __init__(self, stage: Stage, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._desk = desk
        self._ways: dict[str, Way] = {}
        self._told: Outlook | None = None
        self.state: EmptyState | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.show_case)
        desk.case_changed.connect(self._on_case_changed)
        self.show_case()

    def primary(self) -> Button | None:
        """The one red button."""
        return self.state.primary if self.state is not None else None

    @Slot()
    def show_case(self) -> None:
        """Tell what the case says now."""
        told = outlook_for(self._stage, self._desk)
        if told == self._told:
            return
        self._told = told
        had_focus = self.state is not None and self.state.isAncestorOf(self.focusWidget() or self)
        if self.state is not None:
            self._column.removeWidget(self.state)
            self.state.hide()
            self.state.deleteLater()
        self.state = EmptyState(self._view(told))
        self.state.action_requested.connect(self._on_action)
        self._column.addWidget(self.state)
        primary = self.primary()
        if had_focus and primary is not None:
            primary.setFocus()

    def _view(self, told: Outlook) -> EmptyView:
        self._ways = {_PRIMARY: told.primary, _SECONDARY: told.secondary}
        writable = not self._desk.read_only
        return EmptyView(
            headline=told.headline,
            why=told.why,
            drawing=_DRAWINGS[self._stage],
            needs=tuple(self._need(at, need) for at, need in enumerate(told.needs)),
            primary=_action(_PRIMARY, told.primary) if writable or not told.primary.begins else None,
            secondary=_action(_SECONDARY, told.secondary),
            tip=told.tip,
        )

    def _need(self, at: int, need: Need) -> NeedView:
        action = None
        if need.way is not None and not (self._desk.read_only and need.way.begins):
            self._ways[f"{_NEED}{at}"] = need.way
            action = _action(f"{_NEED}{at}", need.way)
        return NeedView(
            state=need.state.value, name=need.name, words=need.words, remark=need.remark, action=action
        )

    @Slot(str)
    def _on_action(self, action: str) -> None:
        way = self._ways.get(action)
        if way is not None:
            self.way_chosen.emit(way)

    @Slot(object)
    def _on_case_changed(self, _changed: object) -> None:
        if self.isVisible():
            self._later.start()


def _action(id_: str, way: Way) -> ActionView:
    return ActionView(id_, way.words, _icon(way))


def _icon(way: Way) -> str:
    if way.paper:
        return "print"
    if way.fact.endswith("_on"):
        return "calendar"
    if way.begins:
        return "plus"
    if way.where is not None:
        return "pencil"
    return "pencil" if way.words == "先填起来" else "arrow_right"
