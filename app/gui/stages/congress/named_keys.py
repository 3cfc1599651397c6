"""记名表决: each delegate once, found by number or name, in the order in which the papers lie."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ballots import Mark, NamedVote
from app.figures.closing_counts import votes_by_name
from app.figures.delegates import found_by, not_signed_in, without_vote
from app.gui.desk import Desk
from app.gui.stages.congress.ballot_keys import KeyPad
from app.gui.widgets.line_field import LineField
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.text import Text

_COLUMNS = (
    ColumnView(key="number", title="编号", extent=72, kind="number"),
    ColumnView(key="name", title="姓名", bold=True, share=2),
    ColumnView(key="vote", title="意见", extent=96),
)
_HOW = "写签到表上的序号或者姓名，回车；再按 1 赞成、2 反对、3 弃权、4 无效。"


class NamedKeys(QWidget):
    """A field for the delegate, a place for the key, and the list of who was entered."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._count_id = ""
        self._delegate_id = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Text(_HOW, ink="ink2", wrap=True, parent=self))
        self.who = LineField("编号或姓名", hint="编号或姓名", parent=self)
        self.who.line.returnPressed.connect(self._on_entered)
        column.addWidget(self.who)
        self.pad = KeyPad("这位代表的意见", self)
        self.pad.marked.connect(self._on_marked)
        self.pad.taken_back.connect(self._on_back)
        column.addWidget(self.pad)
        self.told = Text("", ink="ink2", wrap=True, parent=self)
        column.addWidget(self.told)
        self.list = RecordTable("逐人登记的意见", _COLUMNS, remove_words="退回这一张", most=5, parent=self)
        self.list.remove_requested.connect(self._on_remove)
        column.addWidget(self.list)

    def show_count(self, count_id: str) -> None:
        """Work at this count."""
        if count_id != self._count_id:
            self._count_id = count_id
            self._choose("")
        self.refresh()

    def tally(self) -> dict[str, int]:
        """How many voted how."""
        return votes_by_name(self._desk.case.named_votes, self._count_id)

    def refresh(self) -> None:
        """Show what is entered."""
        case = self._desk.case
        numbers = {each.id: at for at, each in enumerate(case.delegates, start=1)}
        rows = [
            RowView(
                vote.id,
                {
                    "number": str(numbers.get(vote.delegate, "")),
                    "name": next((d.name for d in case.delegates if d.id == vote.delegate), "名册里没有了"),
                    "vote": vote.vote.label if vote.vote is not None else "",
                },
            )
            for vote in reversed(case.named_votes)
            if vote.count == self._count_id
        ]
        if tuple(rows) != self.list.rows():
            self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self._tell()

    @Slot()
    def _on_entered(self) -> None:
        words = self.who.typed().strip()
        if not words:
            return
        found = found_by(self._desk.case, words)
        if len(found) == 1:
            self._choose(found[0].id)
        elif found:
            names = "、".join(f"{number} 号" for number in self._numbers(found))
            self._say(f"有 {len(found)} 人对得上：{names}。写编号。")
        else:
            self._say("名册里没有这个编号或姓名。")

    def _numbers(self, found: tuple[object, ...]) -> list[int]:
        return [at for at, each in enumerate(self._desk.case.delegates, start=1) if each in found]

    def _choose(self, delegate_id: str) -> None:
        case = self._desk.case
        self._delegate_id = ""
        held = case.find("delegates", delegate_id)
        if held is None:
            self.pad.number.set_words("先写编号或姓名")
            self.pad.last.set_words("")
            return
        voted = next(
            (v for v in case.named_votes if (v.count, v.delegate) == (self._count_id, held.id)), None
        )
        if voted is not None and voted.vote is not None:
            self._say(f"{held.name}已经登记过：{voted.vote.label}。要改，先在下面退回这一张。")
            return
        self._delegate_id = held.id
        self.pad.number.set_words(f"{case.delegates.index(held) + 1} 号　{held.name}")
        self.pad.last.set_words(held.department)
        self.pad.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_marked(self, mark: Mark) -> None:
        if not self._delegate_id or self._desk.read_only:
            return
        self._desk.add("named_votes", {"count": self._count_id, "delegate": self._delegate_id, "vote": mark})
        self._next()

    @Slot()
    def _on_back(self) -> None:
        self._next()

    def _next(self) -> None:
        self._choose("")
        self.who.set_value("")
        self.who.set_typed("")
        self.who.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_remove(self, vote_id: str) -> None:
        held = self._desk.case.find("named_votes", vote_id)
        if isinstance(held, NamedVote):
            self._desk.remove("named_votes", vote_id)

    def _say(self, words: str) -> None:
        self.pad.number.set_words(words)
        self.pad.last.set_words("")

    def _tell(self) -> None:
        case = self._desk.case
        left = without_vote(case, self._count_id)
        absent = not_signed_in(case, self._count_id)
        parts = [f"{mark.label} {self.tally()[mark.value]}" for mark in Mark]
        words = f"{'　'.join(parts)}。"
        if left:
            words += f"还有 {len(left)} 人没有登记：{'、'.join(each.name for each in left[:6])}"
            words += "等。" if len(left) > 6 else "。"
        if absent:
            words += f"登记了意见却没有签到：{'、'.join(each.name for each in absent[:6])}。"
        self.told.set_words(words)
