"""What every part of a stage page that is drawn for its work has in common."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.sheet import Sheet


class StageView(QWidget):
    """Base of the parts named by :class:`app.forms.layout.View`; put sheets into ``column``.

    Signals:
        door_opened: Go somewhere else. arg: a ``Where`` or (page key, step key).
        head_changed: What :meth:`primary` or :meth:`secondary` answer is another thing now.
        part_chosen: Another part of the step is worked at (see ``views.PARTS``). arg: its id.
        record_wanted: The form of a record above or below is to be opened. arg: collection, arg: its id.
        preview_requested: A paper is to be looked at. arg: title, arg: a function that loads it.
    """

    door_opened = Signal(object)
    head_changed = Signal()
    part_chosen = Signal(str)
    record_wanted = Signal(str, str)
    preview_requested = Signal(str, object)

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.ask = ask
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    def sheet(self) -> Sheet | None:
        """The sheet on which a joined part may be put; ``None`` when there is no such place."""
        return None

    def build_some(self) -> bool:
        """Make the next piece (at most some 20 ms of work); False when all stands."""
        return False

    def commit(self) -> None:
        """Hand on everything that is typed now."""

    def record_shown(self, collection: str, record_id: str) -> None:
        """The form of another record of the step was opened above or below; empty: none is open."""

    def foot_parts(self) -> tuple[QWidget, ...]:
        """Buttons that stand in the row at the foot of the sheet it is joined to, where that has one."""
        return ()

    def show_part(self, part: str) -> None:
        """Show another part of the step; empty: the one of the day."""

    def keeps_primary(self) -> bool:
        """Whether its own :meth:`primary` is the next thing to do although the year goes on in another step."""
        return False

    def first_focus(self) -> QWidget | None:
        """The next thing to fill here, ``None`` when there is none."""
        return None

    def focus_fact(self, collection: str, record_id: str, fact: str) -> QWidget | None:
        """Go to a fact; the widget that has the focus then, ``None`` when it has no place here."""
        return None

    def primary(self) -> ActionView | None:
        """The button of the page head this part asks for; ``None`` leaves the choice to the page."""
        return None

    def secondary(self) -> tuple[ActionView, ...]:
        """Further buttons of the page head."""
        return ()

    def do(self, action: str) -> bool:
        """Do what one of its buttons says; False when the button is not its own."""
        return False
