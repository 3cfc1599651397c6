"""会前准备 as a check list: what is there, by when the rest has to be, and the door to each."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.pages.home_words import latest_words
from app.gui.stages.stage_view import StageView
from app.gui.widgets.item_row import ActionView, ItemList, ItemView
from app.gui.widgets.sheet import Sheet
from app.rules.findings import State, Verdict
from app.rules.preparation import Preparation, preparations

_LATE = (Verdict.OVERDUE, Verdict.LATE, Verdict.SHORT)


class PrepareView(StageView):
    """The list stands above the forms in which it is written."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self.host = Sheet("开会前要有的")
        self.items = ItemList()
        self.items.action_requested.connect(self._on_action)
        self.host.add(self.items)
        self.column.addWidget(self.host)
        self._rows: dict[str, Preparation] = {}
        desk.case_changed.connect(self._on_changed)
        desk.checked.connect(self._on_changed)
        self._show()

    def sheet(self) -> Sheet | None:
        return self.host

    @Slot(object)
    def _on_changed(self, _changed: object) -> None:
        self._show()

    def _show(self) -> None:
        rows = preparations(self.desk.so_far(), self.desk.checkup.deadlines)
        self._rows = {row.key: row for row in rows}
        done = sum(row.done for row in rows)
        self.host.set_remark(f"{done} 项有了，共 {len(rows)} 项")
        self.items.show_items([self._item(row) for row in rows])

    def _item(self, row: Preparation) -> ItemView:
        on = self.desk.checkup.on
        late = row.due is not None and row.due.verdict in _LATE
        tail = latest_words(row.due, on) if row.due is not None else ""
        if late and row.due is not None and row.due.state is not State.OPEN:
            tail += f"，{row.due.state.label}"
        elif late:
            tail += "，已超期" if row.due is not None and not row.done else "，晚了"
        return ItemView(
            id=row.key,
            name=row.what,
            remark=row.words,
            shape="done"
            if row.done and not late
            else "explain"
            if row.done
            else "lacking"
            if late
            else "missing",
            tail=tail,
            tail_ink="accentText" if late else "ink2",
            actions=(ActionView("open", "查看" if row.done else "去填写"),),
        )

    @Slot(str, str)
    def _on_action(self, key: str, _action: str) -> None:
        row = self._rows.get(key)
        if row is not None:
            self.door_opened.emit(row.where)
