"""The topic in hand: both offers large, how far they lie apart, their way over the rounds, and the reasons."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.negotiation import Position, RoundResult
from app.domain.survey import Topic
from app.domain.union import Side
from app.figures.positions import Gap, Said, Talks
from app.figures.wage_cost import WageCost
from app.gui.stages.negotiation.rounds_table import offer_words
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.charts.two_lines import LineView, TwoLines
from app.gui.widgets.painted import Painted, start_painting
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.gui.widgets.text_area import TextAreaField

MOST_ROUNDS = 6
"""So many rounds are drawn as lines; of more the last ones."""

WIDE_FROM = 720
"""From this width on the reasons always stand below the offers."""


class OfferSheet(Sheet):
    """Left half below the matrix.

    Signals:
        reason_written: arg: a :class:`Side`, arg: the words.
        left: Esc in a reason: back to the matrix.
        clause_wanted: To the clause of the topic, or to a new one.
    """

    reason_written = Signal(object, str)
    left = Signal()
    clause_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("议题", parent=parent)
        self._layout.setContentsMargins(16, 10, 16, 10)
        self._wide = False
        self._asked = False
        self.open_reasons = Button("编辑理由", "text", "pencil", in_table=True)
        self.open_reasons.clicked.connect(self._on_open)
        self.head.addWidget(self.open_reasons)
        self.clause = Button("写成条款", "link")
        self.clause.clicked.connect(self.clause_wanted)
        self.clause.hide()
        self.head.insertWidget(1, self.clause)
        self.offers = QWidget()
        row = QHBoxLayout(self.offers)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._ours, self._theirs = _Offer("工会要求", "ours"), _Offer("企业答复", "employer")
        self._gap = _GapBox()
        self.lines = TwoLines("双方主张的变化")
        self.lines.setMinimumWidth(150)
        self._fit_lines()
        row.addWidget(self._ours, 3)
        row.addWidget(self._gap, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._theirs, 3)
        row.addWidget(self.lines, 5)
        self.add(self.offers)
        self.reasons = QWidget()
        beside = QHBoxLayout(self.reasons)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(12)
        self.fields: dict[Side, TextAreaField] = {}
        for side, words, ink in (
            (Side.WORKER, "工会理由（写入记录）", "accentText"),
            (Side.EMPLOYER, "企业理由（写入记录）", "ink2"),
        ):
            beside.addWidget(self._reason(side, words, ink), 1)
        self.add(self.reasons)
        self._arrange()

    def _reason(self, side: Side, words: str, ink: str) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text(words, ink=ink, bold=True))
        field = TextAreaField(words, rows=4)
        field.setProperty("side", side.value)
        field.value_changed.connect(self._on_written)
        field.area.installEventFilter(self)
        self.fields[side] = field
        column.addWidget(field)
        return block

    # ---- what is shown

    def show_topic(self, talks: Talks, at: int, topic: Topic | None, cost: WageCost | None) -> None:
        """Show a topic as it stands after the round in hand; ``None``: nothing is chosen."""
        self.set_title(topic.name if topic is not None else "")
        self.offers.setVisible(topic is not None and (self._wide or not self._asked))
        if topic is None:
            return
        ours = talks.last_said(topic.id, at, Side.WORKER)
        theirs = talks.last_said(topic.id, at, Side.EMPLOYER)
        self._ours.show_offer(ours, topic.unit, _each(cost, ours=True))
        self._theirs.show_offer(theirs, topic.unit, _each(cost, ours=False))
        agreed = talks.outcome(topic, at).result is RoundResult.AGREED
        money = cost.difference.text if cost is not None and cost.difference.value and not agreed else ""
        self._gap.show_gap(talks.gap(topic, at), money, agreed=agreed)
        places = range(max(0, at + 1 - MOST_ROUNDS), at + 1)
        values = {side: tuple(talks.said(topic.id, place, side).value for place in places) for side in Side}
        drawn = any(value is not None for each in values.values() for value in each)
        self.lines.setVisible(drawn)
        self.lines.show_lines(
            [talks.rounds[place].short for place in places],
            LineView(name="工会", values=values[Side.WORKER]),
            LineView(name="企业", values=values[Side.EMPLOYER]),
            "%" if topic.unit.strip().endswith(("%", "％")) else "",
        )

    def show_reasons(self, held: Position | None, *, read_only: bool) -> None:
        """Show what both sides gave as reasons in the round in hand."""
        for side, field in self.fields.items():
            fact = "worker_reason" if side is Side.WORKER else "employer_reason"
            words = getattr(held, fact) if held is not None else ""
            field.setProperty("collection", "positions")
            field.setProperty("record", held.id if held is not None else "")
            field.setProperty("fact", fact)
            field.set_value(words)
            field.set_read_only(read_only)
        given = [
            name for side, name in ((Side.WORKER, "工会"), (Side.EMPLOYER, "企业")) if self._has(held, side)
        ]
        self.set_remark(f"{'、'.join(given)}写了理由" if given else "还没写理由")

    def show_clause(self, article: int | None, *, there: bool, wanted: bool) -> None:
        """Offer the way to the clause in which the topic ends up; ``wanted``: it may be written now."""
        words = "写成条款" if not there else f"看第 {article} 条" if article is not None else "看条款"
        self.clause.set_words(words)
        self.clause.setVisible(there or wanted)

    def _has(self, held: Position | None, side: Side) -> bool:
        if held is None:
            return False
        return bool(held.worker_reason if side is Side.WORKER else held.employer_reason)

    def write_reason(self, side: Side) -> TextAreaField:
        """Open the reason of a side and go into it."""
        self._asked = True
        self._arrange()
        field = self.fields[side]
        field.setFocus(Qt.FocusReason.TabFocusReason)
        return field

    def put_away(self) -> None:
        """Show the offers again where there is no room for both."""
        self._asked = False
        self._arrange()

    def commit(self) -> None:
        """Hand on what is typed now."""
        for field in self.fields.values():
            field.commit()

    # ---- inside

    def _arrange(self) -> None:
        both = self._wide
        self.reasons.setVisible(both or self._asked)
        self.offers.setVisible(both or not self._asked)
        self.open_reasons.setVisible(not both)
        self.open_reasons.set_words(
            "收起理由" if self._asked else "编辑理由", "chevron_up" if self._asked else "pencil"
        )

    @Slot()
    def _on_open(self) -> None:
        if self._asked:
            self.commit()
            self.put_away()
        else:
            self.write_reason(Side.WORKER)

    @Slot(object)
    def _on_written(self, value: object) -> None:
        sender = self.sender()
        if isinstance(sender, TextAreaField):
            self.reason_written.emit(Side(str(sender.property("side"))), str(value))

    def retheme(self) -> None:
        super().retheme()
        if hasattr(self, "lines"):
            self._fit_lines()

    def _fit_lines(self) -> None:
        """As high as both offers beside them, so that everything stands without scrolling."""
        theme = current_theme()
        self.lines.setFixedHeight(theme.px(76) + 3 * theme.height("table_row_read"))

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        wide = self.width() >= current_theme().px(WIDE_FROM)
        if wide != self._wide:
            self._wide = wide
            self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            field = next((each for each in self.fields.values() if each.area is watched), None)
            if field is not None and not field.is_dirty():
                self.put_away()
                self.left.emit()
                return True
        return super().eventFilter(watched, event)


class _Offer(QWidget):
    """One side: its name with the mark of its line, the offer large, what follows from it."""

    def __init__(self, title: str, series: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(_Mark(series))
        head.addWidget(Text(title), 1)
        column.addLayout(head)
        self._offer = Text("", "number", wrap=True)
        self._rest = Text("", wrap=True)
        column.addWidget(self._offer)
        column.addWidget(self._rest)
        column.addStretch(1)

    def show_offer(self, offer: Said, unit: str, rest: str) -> None:
        words = offer_words(offer, unit) or "还没说"
        number = offer.value is not None
        self._offer.set_role(
            "number" if number and len(words) <= 7 else "page" if len(words) <= 12 else "strong"
        )
        self._offer.set_words(words)
        with_unit = number and not unit.strip().endswith(("%", "％"))
        self._rest.set_words(unit if with_unit else rest)
        self._rest.setVisible(bool(self._rest.words()))


class _GapBox(Sheet):
    """还差: sunken, between both offers."""

    def __init__(self) -> None:
        super().__init__(tone="inset")
        self._layout.setContentsMargins(10, 8, 10, 8)
        self.body.setSpacing(2)
        self._words = [Text("还差"), Text("", "strong"), Text(""), Text("", bold=True)]
        for part in self._words:
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.add(part)

    def show_gap(self, gap: Gap, money: str, *, agreed: bool) -> None:
        _, big, unit, cost = self._words
        if agreed:
            gap = Gap("same")
        big.set_words(
            f"{gap.amount:f}"
            if gap.amount is not None
            else {"same": "已谈定" if agreed else "没有差"}.get(gap.kind, gap.words) or "—"
        )
        unit.set_words(gap.unit)
        cost.set_words(money)
        unit.setVisible(bool(gap.unit))
        cost.setVisible(bool(money))


class _Mark(Painted):
    """The marker of a series: round for us, square for the employer."""

    def __init__(self, series: str) -> None:
        super().__init__()
        self._series = series

    def sizeHint(self) -> QSize:
        side = current_theme().px(12)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = start_painting(self)
        side = current_theme().px(10)
        area = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(current_theme().chart_colour(self._series))
        if self._series == "ours":
            painter.drawEllipse(area)
        else:
            painter.drawRect(area)


def _each(cost: WageCost | None, *, ours: bool) -> str:
    """人均 5864 元/月, 一年 146.38 万元."""
    if cost is None:
        return ""
    each, year = (cost.ours_each, cost.ours) if ours else (cost.theirs_each, cost.theirs)
    lines = [f"{each.label} {_unbroken(each.text)}" if each.value is not None else ""]
    lines.append(f"一年 {_unbroken(year.text)}" if year.value is not None else "")
    return "\n".join(line for line in lines if line)


def _unbroken(amount: str) -> str:
    """An amount that stays on one line with its unit."""
    return "\u2060".join(amount.replace(" ", "\u00a0"))
