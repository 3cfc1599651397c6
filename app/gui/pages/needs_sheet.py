"""应有的材料: what a stage must leave, which of it is there, and why something is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.case import Case
from app.gui.desk import Desk
from app.gui.pages.reason_box import ReasonBox
from app.gui.widgets.button import Button
from app.gui.widgets.evidence_row import ADD, BROKEN, LOOK, OTHER_REASON, REASON, EvidenceState, evidence_item
from app.gui.widgets.item_row import ActionView, ItemList, ItemView
from app.gui.widgets.list_scroll import ListScroll
from app.gui.widgets.row_drops import RowDrops
from app.gui.widgets.sheet import Sheet
from app.rules.required_papers import PaperNeed, required_papers

MORE = ActionView("add", "再加")
MAKE = ActionView("make", "去生成")
MOST_ROWS = 60
"""Rows made before 全部列出: making a row takes a millisecond."""


_told: list[tuple[Case, date, tuple[PaperNeed, ...]]] = []  # the last answer; many parts ask in a row


def needs_of(desk: Desk) -> tuple[PaperNeed, ...]:
    """Every paper the case on the desk needs, worked out once for each case and day."""
    case, on = desk.case, desk.program.clock.today()
    if not _told or _told[0][0] is not case or _told[0][1] != on:
        _told[:] = [(case, on, required_papers(case, desk.program.pack_or_national(case), on))]
    return _told[0][2]


def need_key(need: PaperNeed) -> str:
    """Name of a need, the same as long as its record stays."""
    return f"{need.key}|{need.proves}"


def state_of(need: PaperNeed) -> EvidenceState:
    """已有, 已写原因, 缺 (due) or 应有 (later)."""
    if need.have:
        return "done"
    if need.missing_reason:
        return "explained"
    return "lacking" if need.due else "missing"


class NeedsSheet(Sheet):
    """One row for each paper; files can be dropped on a row.

    Signals:
        action_requested: arg: the need's key, arg: add, look, make.
        files_dropped: arg: the need's key, arg: the files.
        reason_written: arg: the need's key, arg: the words.
    """

    action_requested = Signal(str, str)
    files_dropped = Signal(str, object)
    reason_written = Signal(str, str)

    def __init__(self, *, read_only: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("应有的材料", parent=parent)
        self._read_only = read_only
        self._needs: dict[str, PaperNeed] = {}
        self._of_kind: Counter[str] = Counter()
        self.items = ItemList("这个阶段没有规定要留的材料。", self)
        self.items.action_requested.connect(self._on_action)
        if not read_only:
            self.drops = RowDrops(self.items, self)
            self.drops.files_dropped.connect(self.files_dropped)
        self._reason: ReasonBox | None = None
        self._scroll = ListScroll(self.items, parent=self)
        self.add(self._scroll, 1)
        self.all = Button("", "link")
        self.all.clicked.connect(self._on_all)
        self.all.hide()
        self.body.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self._whole = False
        self._case: Case | None = None

    def show_needs(self, needs: Sequence[PaperNeed], case: Case) -> None:
        """Show these papers."""
        self._needs = {need_key(need): need for need in needs}
        self._of_kind = Counter(need.key for need in needs)
        due = [need for need in needs if need.due]
        there = sum(bool(need.have or need.missing_reason) for need in due)
        self.set_remark(f"{there} / {len(due)} 件" if due else "还没到时候" if needs else "")
        self._case = case
        self._show_rows()
        if self._reason is not None and self._reason.key not in self._needs:
            self._reason.hide()

    @property
    def reason(self) -> ReasonBox:
        """The box in which a reason is written, above the rows; made when one is first asked for."""
        if self._reason is None:
            self._reason = ReasonBox(self)
            self._reason.written.connect(self._on_reason)
            self._reason.left.connect(self._on_reason_left)
            self._reason.hide()
            self.body.insertWidget(0, self._reason)
        return self._reason

    def _show_rows(self) -> None:
        assert self._case is not None
        keys = list(self._needs)
        if len(keys) > MOST_ROWS and not self._whole:
            # What is missing is never among those that are not listed yet.
            keys = sorted(keys, key=lambda key: state_of(self._needs[key]) != "lacking")[:MOST_ROWS]
        self.items.show_items([self._item(key, self._needs[key], self._case) for key in keys])
        self.all.set_words(f"全部列出，共 {len(self._needs)} 份")
        self.all.setVisible(len(keys) < len(self._needs))

    @Slot()
    def _on_all(self) -> None:
        self._whole = True
        self._show_rows()

    @Slot(bool)
    def stand_beside(self, beside: bool) -> None:
        """Beside another sheet the list scrolls inside; alone in its row it is as high as its rows."""
        self._scroll.show_whole(not beside)

    def need(self, key: str) -> PaperNeed | None:
        """The paper behind a row."""
        return self._needs.get(key)

    def needs(self) -> tuple[PaperNeed, ...]:
        """All papers shown."""
        return tuple(self._needs.values())

    def focus_need(self, key: str) -> QWidget | None:
        """Go to the row of a paper, to the first thing that can be done with it; ``None`` when it is not here."""
        if key not in self._needs:
            return None
        row = self.items.row(key)
        if row is None:  # it is beyond those listed first
            self._on_all()
            row = self.items.row(key)
        if row is None:
            return None
        first = row.buttons.get("add") or next(iter(row.buttons.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        return row

    def ask_reason(self, key: str) -> None:
        """Open the box in which the reason is written."""
        need = self._needs.get(key)
        if need is not None:
            self.reason.ask(key, need)

    def _item(self, key: str, need: PaperNeed, case: Case) -> ItemView:
        state = state_of(need)
        name = need.name if self._of_kind[need.key] == 1 else f"{need.name} {need.about}".strip()
        if need.broken and not need.have:
            remark = BROKEN
        elif state == "done":
            held = case.find("evidence", need.have[0]) or case.find("made_documents", need.have[0])
            code = getattr(held, "code", "")
            remark = code or ("本程序生成" if case.find("made_documents", need.have[0]) else "")
            if len(need.have) > 1:
                remark = f"{remark} 等 {len(need.have)} 件".strip()
        elif state == "explained":
            remark = need.missing_reason
        elif state == "lacking":
            remark = "缺"
        else:
            remark = "建议留" if need.suggested else "还没到时候"
        actions = self._actions(need, state)
        if need.broken and not need.have:
            state = "explained"  # its diamond; the paper is still lacking
        return evidence_item(key, name, remark, state=state, actions=actions)

    def _actions(self, need: PaperNeed, state: EvidenceState) -> tuple[ActionView, ...]:
        if self._read_only:
            return (LOOK,) if state == "done" else ()
        making = (MAKE,) if need.document and state != "done" and need.proves else ()
        if state == "done":
            return (LOOK, MORE)
        if state == "lacking":
            return (*making, ADD, REASON)
        return (ADD, OTHER_REASON) if state == "explained" else (*making, ADD)

    @Slot(str, str)
    def _on_action(self, key: str, action: str) -> None:
        if action == "reason":
            self.ask_reason(key)
        else:
            self.action_requested.emit(key, action)

    @Slot(str, str)
    def _on_reason(self, key: str, words: str) -> None:
        self.reason.hide()
        self._focus_reason(key)
        self.reason_written.emit(key, words)

    @Slot()
    def _on_reason_left(self) -> None:
        self.reason.hide()
        self._focus_reason(self.reason.key)

    def _focus_reason(self, key: str) -> None:
        """Back to the row of a paper, where its reason is written."""
        row = self.items.row(key)
        if row is not None and "reason" in row.buttons:
            row.buttons["reason"].setFocus(Qt.FocusReason.OtherFocusReason)
