"""One rule in full: what it says, by which articles, how well read, since when, and what rests on it here."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.stages import row_of
from app.gui.desk import Desk
from app.gui.findings_view import where_in_words
from app.gui.forms.naming import short_day
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.page_scroll import GUTTER, PageScroll
from app.gui.widgets.sheet import Hairline, Sheet
from app.gui.widgets.text import Text
from app.rules.findings import Deadline, Finding
from app.rules.laws import Law
from app.rules.lookup import RuleSight, Span, value_words
from app.rules.terms import ALL_FORMS, ALL_KINDS

MOST_USES = 4
"""So many due dates or findings of one rule are told; a year has few, an imported one may have hundreds."""

_ROWS = ("依据", "核对程度", "要知道的", "怎样检查", "各年数值", "写在", "适用", "当地条文")


class LawDetail(Sheet):
    """Nothing is worked out here; what is due or found by the rule in this case leads to its field.

    Signals:
        door_opened: Go there. arg: a ``Where`` or a ``Finding``.
    """

    door_opened = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("一条规则", parent=parent)
        self._desk = desk
        outer = self.layout()
        assert outer is not None
        outer.setContentsMargins(16, 12, 16 - GUTTER, 8)  # the scroll gutter is the right margin
        self.head.setContentsMargins(0, 0, GUTTER, 0)
        inner = QWidget()
        self._scroll = PageScroll(inner, self)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setProperty("ring", True)
        self._scroll.setAccessibleName("规则全文")
        self.add(self._scroll, 1)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 4, 4)
        column.setSpacing(8)
        self._empty = Text("在左边选一条规则，这里写着它的内容和依据。", ink="ink2", wrap=True)
        column.addWidget(self._empty)
        self._value = Text("", "strong", wrap=True)
        self._says = Text("", wrap=True)
        column.addWidget(self._value)
        column.addWidget(self._says)
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self._rows: dict[str, tuple[Text, Text]] = {}
        for at, name in enumerate(_ROWS):
            pair = (Text(name, ink="ink2"), Text("", wrap=True))
            self._rows[name] = pair
            grid.addWidget(pair[0], at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(pair[1], at, 1)
        self._grid = part
        column.addWidget(part)
        self._line = Hairline()
        column.addWidget(self._line)
        self._here = Text("", "sheet")
        column.addWidget(self._here)
        self._uses = QVBoxLayout()
        self._uses.setSpacing(4)
        column.addLayout(self._uses)
        column.addStretch(1)
        self._doors: dict[str, object] = {}
        self._parts: list[QWidget] = []
        self.show_rule(None)

    def show_rule(self, sight: RuleSight | None, region: str = "") -> None:
        """Show a rule of a region; ``None`` while none is chosen."""
        for part in (self._value, self._says, self._grid, self._line, self._here):
            part.setVisible(sight is not None)
        self._empty.setVisible(sight is None)
        self._drop_uses()
        self._scroll.verticalScrollBar().setValue(0)
        if sight is None:
            self.set_title("一条规则")
            self.set_remark("")
            return
        text = sight.text
        row = row_of(text.stage)
        self.set_title(text.title)
        self.set_remark(f"{region} · {row.number} {text.stage.label}")
        self._value.set_words(sight.value)
        self._value.setVisible(bool(sight.value))
        self._says.set_words(text.says)
        for name, words in self._told(sight).items():
            label, shown = self._rows[name]
            shown.set_words(words)
            label.setVisible(bool(words))
            shown.setVisible(bool(words))
        self._show_uses(text.rule, region)

    def _told(self, sight: RuleSight) -> dict[str, str]:
        text = sight.text
        articles = [f"{source.full}（{source.read.label}）" for source in sight.sources]
        basis = [*(articles or [sight.how_read]), *(law_words(law) for law in sight.laws)]
        checked = f"，{_day(sight.checked_on)}核对" if sight.checked_on is not None else ""
        stands = sight.cell.origin_name
        if len(sight.chain) > 1:
            stands += f"（先看{sight.chain[0]}，没有的看{'、'.join(sight.chain[1:])}）"
        return {
            "依据": "\n".join(basis),
            "核对程度": f"{sight.how_read}{checked}",
            "要知道的": "\n".join(sight.notes),
            "怎样检查": "；".join(part for part in (text.hardness.label, text.grading) if part),
            "各年数值": "\n".join(span_words(span) for span in sight.history) or _since(sight),
            "写在": stands,
            "适用": _whom(sight),
            "当地条文": sight.pending_note,
        }

    def told(self, name: str) -> str:
        """The words beside a name; empty while they are not shown."""
        label, shown = self._rows[name]
        return "" if label.isHidden() or self._grid.isHidden() else shown.words()

    def says(self) -> str:
        """Value and sentence."""
        if self._says.isHidden():
            return ""
        value = "" if self._value.isHidden() else f"{self._value.words()}\n"
        return value + self._says.words()

    def here(self) -> str:
        """The words above what is told about this case."""
        return self._here.words()

    def uses(self) -> tuple[str, ...]:
        """What is told about this case."""
        return tuple(part.words() for part in self._parts if isinstance(part, Text))

    def doors(self) -> tuple[Button, ...]:
        """The ways to the fields of this case."""
        return tuple(part for part in self._parts if isinstance(part, Button))

    def take_focus(self) -> None:
        """Come here from the list: to the first door, else to where arrows scroll."""
        doors = self.doors()
        (doors[0] if doors else self._scroll).setFocus(Qt.FocusReason.TabFocusReason)

    # ---- this case

    def _show_uses(self, rule: str, region: str) -> None:
        checkup = self._desk.checkup
        due = [each for each in checkup.deadlines if each.rule == rule]
        found = [each for each in checkup.findings if each.rule == rule]
        own = self._desk.program.pack_or_national(self._desk.case).name
        here = "本案里" if own == region else f"本案里，按{own}规则"
        met = rule in checkup.satisfied and not found
        self._here.set_words(here if due or found or met else f"{here}没有用到它的期限和检查结果")
        for row in due[:MOST_USES]:
            self._add_use(due_words(row, self._desk.case.cycle.year), row.why, row.start_at or row.where)
        for finding in found[:MOST_USES]:
            words = f"{finding.grade.label}：{finding.sentence}"
            self._add_use(words, finding.why if finding.why != finding.sentence else "", finding)
        left = max(0, len(due) - MOST_USES) + max(0, len(found) - MOST_USES)
        if left:
            self._put(Text(f"还有 {left} 处，看检查结果和首页的期限。", ink="ink2", wrap=True))
        if met:
            self._put(Text("检查过，已符合。", ink="ok", wrap=True))

    def _add_use(self, words: str, why: str, door: object) -> None:
        self._put(Text(words, bold=True, wrap=True))
        if why:
            self._put(Text(why, ink="ink2", wrap=True))
        where = door.where if isinstance(door, Finding) else door
        place = where_in_words(where, self._desk.case)  # type: ignore[arg-type]
        button = Button("去看这一项", "link", "arrow_right")
        button.speak_as(f"去看这一项：{place or words}")
        button.setToolTip(place)
        key = str(len(self._doors))
        button.setProperty("door", key)
        self._doors[key] = door
        button.clicked.connect(self._on_door)
        self._put(button, Qt.AlignmentFlag.AlignLeft)

    def _put(self, part: QWidget, align: Qt.AlignmentFlag | None = None) -> None:
        self._parts.append(part)
        self._uses.addWidget(part, 0, align or Qt.AlignmentFlag(0))

    def _drop_uses(self) -> None:
        for part in self._parts:
            self._uses.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts, self._doors = [], {}

    @Slot()
    def _on_door(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.door_opened.emit(self._doors[str(sender.property("door"))])

    def retheme(self) -> None:
        for label, _ in getattr(self, "_rows", {}).values():
            label.setMinimumWidth(current_theme().px(64))
        super().retheme()


def law_words(law: Law) -> str:
    """A law as it is known: whole name, number, since when, in what state."""
    since = f"{_day(law.starts)}起施行" if law.starts is not None else "施行日期待核"
    parts = (law.issued_by, since, law.status)
    return f"《{law.full}》：{'，'.join(part for part in parts if part)}"


def span_words(span: Span) -> str:
    """A value with the days it holds: ``2017年1月1日起：10 日内，从对方收到要约起算（山东）``."""
    since = _day(span.term.starts)
    days = f"{since}起" if span.until is None else f"{since}至{_day(span.until)}"
    return f"{days}：{value_words(span.term)}（{span.origin}）"


def due_words(row: Deadline, year: int | None) -> str:
    """A due date with its day."""
    if row.due is None:
        return f"{row.what}：还算不出"
    about = "约 " if row.estimated else "最迟 "
    return f"{row.what}：{about}{short_day(row.due, year)}{'（估算）' if row.estimated else ''}"


def _whom(sight: RuleSight) -> str:
    text = sight.text
    kinds = "" if text.kinds == ALL_KINDS else "、".join(each.label for each in sorted(text.kinds))
    forms = "" if text.forms == ALL_FORMS else "、".join(each.label for each in sorted(text.forms))
    return "，".join(part for part in (kinds, forms) if part)


def _since(sight: RuleSight) -> str:
    starts = sight.text.starts
    return f"没有数值；{_day(starts)}起这样规定" if starts is not None else ""


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day is not None else ""
