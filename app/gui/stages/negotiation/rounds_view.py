"""协商会议: topics below each other, rounds side by side, the round in hand filled in where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from app.domain.negotiation import RoundResult
from app.domain.survey import Topic
from app.domain.union import Side
from app.figures.positions import Talks, current_round
from app.figures.wage_cost import WageCost, is_yearly_adjustment, wage_cost
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.stages.negotiation import rounds_table as table
from app.gui.stages.negotiation.bottom_line_words import bottom_line_words
from app.gui.stages.negotiation.round_entry import (
    REASONS,
    cell_editor,
    place_behind,
    store_cell,
    store_reason,
)
from app.gui.stages.negotiation.round_head import RoundHead
from app.gui.stages.negotiation.round_papers import paper_loader
from app.gui.stages.negotiation.topic_clause import clause_of, write_clause
from app.gui.stages.stage_view import StageView
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.matrix import Matrix
from app.gui.widgets.page_room import PageRoom
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.rules.findings import Grade, Where

if TYPE_CHECKING:
    from app.gui.stages.negotiation.cost_sheet import CostSheet
    from app.gui.stages.negotiation.offer_sheet import OfferSheet

SIDE_BY_SIDE_FROM = 900
"""Pixels at 100 % from which both sheets below the matrix stand beside each other."""
_LOWER_PART = 214
"""Pixels at 100 % that both sheets below the matrix take."""


class RoundsView(StageView):
    """The matrix, and below it the topic in hand and what it costs."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self.talks = Talks(desk.case)
        self._part = ""
        self._earlier = 0
        self._page = PageRoom(self)
        self._page.resized.connect(self._on_page_resized)
        self._told = ""
        self.offer: OfferSheet | None = None
        self.cost: CostSheet | None = None
        self._stands = False
        self._to_build = [self._build_matrix, self._first_show, self._build_offer, self._build_cost]
        self._lower = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lower.setSpacing(12)
        self.host = Sheet()
        self.host._layout.setContentsMargins(16, 8, 16, 10)
        self.head = RoundHead()
        self.head.door_opened.connect(self._on_head_door)
        self.head.earlier_wanted.connect(self._on_earlier)
        self.head.next_wanted.connect(self.add_round)
        self.host.add(self.head)
        self.matrix = Matrix("各轮主张")
        self._empty = Text("", ink="ink2", wrap=True)
        self.add_first = Button("添加一次会议", "secondary", "plus")
        self.add_first.clicked.connect(self.add_round)
        self.to_topics = Button("去写议题", "secondary", "arrow_right")
        self.to_topics.clicked.connect(self._on_to_topics)
        self._refusal = Text("", ink="accentText", wrap=True)
        self._refusal.hide()
        self.column.addWidget(self.host)
        self.column.addLayout(self._lower)
        desk.case_changed.connect(self._on_case_changed)
        desk.checked.connect(self._on_checked)

    # ---- building

    def sheet(self) -> Sheet | None:
        """What is joined lies on the sheet of the matrix."""
        return self.host

    def build_some(self) -> bool:
        if self._to_build:
            self._to_build.pop(0)()
        return bool(self._to_build)

    def build_all(self) -> None:
        """Make what is not there yet."""
        while self.build_some():
            pass

    def _build_matrix(self) -> None:
        self.matrix.set_editors(self._make_editor)
        self.matrix.origin_of = self._where
        self.matrix.row_chosen.connect(self._on_row_chosen)
        self.matrix.written.connect(self._on_written)
        self.matrix.reason_wanted.connect(self._on_reason_wanted)
        self.matrix.held.connect(self._on_held)
        self.matrix.refused.connect(self._on_refused)
        self.host.add(self.matrix)
        self.host.add(self._refusal)
        self.host.add(self._empty)
        first = QHBoxLayout()
        first.addWidget(self.add_first)
        first.addWidget(self.to_topics)
        first.addStretch(1)
        self.host.body.addLayout(first)

    def _first_show(self) -> None:
        self._stands = True
        self._show()
        self.head_changed.emit()

    def _build_offer(self) -> None:
        from app.gui.stages.negotiation.offer_sheet import OfferSheet

        self.offer = OfferSheet()
        self.offer.reason_written.connect(self._on_reason_written)
        self.offer.left.connect(self._on_reason_left)
        self.offer.clause_wanted.connect(self._on_clause)
        self._lower.addWidget(self.offer, 11)
        self.offer.setVisible(self._is_talking())
        self._show_topic()

    def _build_cost(self) -> None:
        from app.gui.stages.negotiation.cost_sheet import CostSheet

        self.cost = CostSheet(self._reveal)
        self.cost.door_opened.connect(self.door_opened)
        self._lower.addWidget(self.cost, 10)
        self.cost.setVisible(self._is_talking())
        self._show_topic()

    # ---- the round in hand

    def at(self) -> int:
        """The place of the round in hand; -1 without one."""
        place = self.talks.place_of(self._part) if self._part else -1
        return place if place >= 0 else current_round(self.talks.rounds, self.desk.program.clock.today())

    def meeting_id(self) -> str:
        """The meeting in hand; empty without one."""
        at = self.at()
        return self.talks.rounds[at].meeting.id if at >= 0 else ""

    def show_part(self, part: str) -> None:
        if part == self._part and self._told:
            return
        self.commit()
        self._part = part
        self._earlier = 0
        if self._stands:
            self._show()
        self._tell_meeting()

    def _tell_meeting(self) -> None:
        """Open the form of the meeting in hand below."""
        meeting = self.meeting_id()
        if meeting and meeting != self._told:
            self._told = meeting
            self.record_wanted.emit("meetings", meeting)

    @Slot()
    def add_round(self) -> None:
        """Add the next meeting and go to it."""
        if self.desk.read_only:
            return
        self.commit()
        rounds = self.talks.rounds
        last = rounds[-1].meeting if rounds else None
        numbers = [each.meeting.number or 0 for each in rounds]
        preset: dict[str, Any] = {"number": max(numbers, default=0) + 1}
        if last is not None and last.next_meeting_on is not None:
            preset["held_on"] = last.next_meeting_on
        made = self.desk.add("meetings", preset)
        self._part = made.id
        self._show()
        self._tell_meeting()
        self.part_chosen.emit(made.id)
        self.door_opened.emit(Where("meetings", made.id, "held_on"))

    # ---- what is shown

    def _show(self) -> None:
        at, rounds = self.at(), self.talks.rounds
        talking = self._is_talking()
        self.head.setVisible(at >= 0)
        self.matrix.setVisible(talking)
        self.add_first.setVisible(at < 0 and not self.desk.read_only)
        self.to_topics.setVisible(at >= 0 and not talking)
        self._empty.setVisible(not talking)
        for sheet in (self.offer, self.cost):
            if sheet is not None:
                sheet.setVisible(talking)
        if at < 0:
            self._empty.set_words("还没有会议。开第一次会以前先登记日期和地点，各轮主张就在这里并排记。")
        elif not talking:
            self._empty.set_words("还没有议题。先在“要约与应约”里写议题，各方主张就在这里记。")
        if at >= 0:
            self.head.show_round(self.desk.case, rounds[at].meeting, writable=not self.desk.read_only)
        if not talking:
            return
        shown = table.fitting(self.talks, at, self._room(), self._earlier)
        self.head.show_switch(hidden=shown.first_past, gone_back=self._earlier > 0)
        self.head.show_next(
            wanted=at == len(rounds) - 1 and bool(self.talks.open_topics(at)) and not self.desk.read_only
        )
        groups, columns = table.heads(self.talks, shown, self.desk.case, self.desk.program.clock.today())
        writable = not self.desk.read_only
        rows = table.rows(self.talks, shown, writable=writable, wrong=self._wrong())
        self._fit_rows()
        self.matrix.show_matrix(groups, columns, rows)
        if not self.matrix.current()[0]:
            first, key = self.matrix.next_to_fill()
            self.matrix.go_to(first or self.talks.topics[0].id, key or table.TOPIC)
        self._show_topic()

    def _is_talking(self) -> bool:
        """Whether there is a round and something to talk about."""
        return bool(self.talks.rounds) and bool(self.talks.topics)

    def _wrong(self) -> dict[tuple[str, str], str]:
        return {
            (finding.where.record_id, finding.where.fact): finding.sentence
            for finding in self.desk.checkup.findings
            if finding.where.collection == "positions" and finding.grade is Grade.MUST and finding.blocks
        }

    def topic(self) -> Topic | None:
        """The topic in hand."""
        row = self.matrix.current()[0]
        return next((topic for topic in self.talks.topics if topic.id == row), None)

    def _show_topic(self) -> None:
        topic, at = self.topic(), self.at()
        adjustment = next((each for each in self.talks.topics if is_yearly_adjustment(each)), None)
        cost = self._cost(adjustment, at)
        if self.offer is not None:
            own = cost if topic is not None and topic is adjustment else None
            self.offer.show_topic(self.talks, at, topic, own)
            held = self.talks.position(topic.id, self._reason_place(topic)) if topic is not None else None
            self.offer.show_reasons(held, read_only=self.desk.read_only)
            clause = clause_of(self.desk.case, topic) if topic is not None else None
            agreed = topic is not None and self.talks.outcome(topic, at).result is RoundResult.AGREED
            self.offer.show_clause(
                clause.article if clause is not None else None,
                there=clause is not None,
                wanted=agreed and bool(self.desk.case.agreements) and not self.desk.read_only,
            )
        if self.cost is not None:
            self.cost.show_cost(cost, has_topic=adjustment is not None)

    @Slot()
    def _on_clause(self) -> None:
        topic = self.topic()
        if topic is not None:
            clause = clause_of(self.desk.case, topic) or write_clause(self.desk, topic)
            self.door_opened.emit(Where("clauses", clause.id, "wording"))

    def _cost(self, topic: Topic | None, at: int) -> WageCost | None:
        if topic is None:
            return wage_cost(self.desk.case, None, None)
        ours = self.talks.last_said(topic.id, at, Side.WORKER)
        theirs = self.talks.last_said(topic.id, at, Side.EMPLOYER)
        return wage_cost(self.desk.case, ours.value, theirs.value)

    def _reason_place(self, topic: Topic) -> int:
        """The round whose reasons are shown: the one in hand, or the one in which the topic was settled."""
        at = self.at()
        return self.talks.outcome(topic, at).at if self.talks.agreed_before(topic, at) else at

    def _reveal(self) -> str:
        topic = self.topic()
        return bottom_line_words(self.desk.case, topic.id) if topic is not None else ""

    # ---- from the matrix

    def _make_editor(self, row_id: str, key: str) -> FieldEditor | None:
        cell = self.matrix.cell(row_id, key)
        topic = next((each for each in self.talks.topics if each.id == row_id), None)
        return cell_editor(self.talks, self.at(), topic, key) if topic and (cell.box or cell.drops) else None

    @Slot(str, str, object)
    def _on_written(self, row_id: str, key: str, value: Any) -> None:
        if not self.desk.read_only:
            store_cell(
                self.desk, self.talks.position(row_id, self.at()), row_id, self.meeting_id(), key, value
            )

    @Slot(str, str)
    def _on_reason_wanted(self, _row: str, key: str) -> None:
        if self.offer is not None and self.offer.isVisible():
            field = self.offer.write_reason(table.side_of(key) or Side.WORKER)
            self._page.reveal(field)

    @Slot(object, str)
    def _on_reason_written(self, side: Side, words: str) -> None:
        topic = self.topic()
        if topic is None or self.desk.read_only:
            return
        place = self._reason_place(topic)
        held = self.talks.position(topic.id, place)
        store_reason(self.desk, held, topic.id, self.talks.rounds[place].meeting.id, side, words)

    @Slot()
    def _on_reason_left(self) -> None:
        self.matrix.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_row_chosen(self, _row: str) -> None:
        if self.offer is not None:
            self.offer.commit()
            self.offer.put_away()
        self._show_topic()

    @Slot(bool)
    def _on_held(self, held: bool) -> None:
        if self.cost is not None:
            self.cost.secret.hold(held)

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        self._refusal.set_words(sentence)
        self._refusal.setVisible(bool(sentence))

    # ---- from the head

    @Slot()
    def _on_head_door(self) -> None:
        self.door_opened.emit(Where("meetings", self.meeting_id(), "chair"))

    @Slot()
    def _on_to_topics(self) -> None:
        self.door_opened.emit(("offer", "write"))

    @Slot(int)
    def _on_earlier(self, step: int) -> None:
        """One window of rounds back, or to the last ones again."""
        if step:
            shown = table.fitting(self.talks, self.at(), self._room(), self._earlier)
            self._earlier += min(shown.past, shown.first_past)
        else:
            self._earlier = 0
        self._show()

    # ---- doors and buttons

    def first_focus(self) -> QWidget | None:
        self.build_all()
        if not self.add_first.isHidden() and self.at() < 0:
            return self.add_first
        return None if self.matrix.isHidden() else self.matrix

    def focus_fact(self, collection: str, record_id: str, fact: str) -> QWidget | None:
        self.build_all()
        if collection != "positions":
            return None
        held = self.desk.case.find("positions", record_id)
        if held is None or self.talks.place_of(held.meeting) < 0:
            return self.matrix if not self.matrix.isHidden() else None
        if held.meeting != self.meeting_id():
            self._part = held.meeting
            self._show()
            self._tell_meeting()
            self.part_chosen.emit(held.meeting)
        side = Side.EMPLOYER if fact.startswith("employer") else Side.WORKER
        key = table.RESULT if fact == "result" else table.cell_key(side, held.meeting)
        if not self.matrix.go_to(held.topic, key):
            return None
        if fact in REASONS and self.offer is not None:
            return self.offer.write_reason(side)
        self.matrix.setFocus(Qt.FocusReason.TabFocusReason)
        return self.matrix

    def primary(self) -> ActionView | None:
        if self.at() < 0:
            return None if self.desk.read_only else ActionView("round_add", "添加一次会议", "plus")
        return ActionView("round_minutes", "生成会议记录", "document")

    def secondary(self) -> tuple[ActionView, ...]:
        return (ActionView("round_sign_in", "签到表", "people"),) if self.at() >= 0 else ()

    def keeps_primary(self) -> bool:
        if (at := self.at()) < 0:
            return False
        return not self.talks.rounds[at].signed or bool(self.talks.open_topics(len(self.talks.rounds) - 1))

    def do(self, action: str) -> bool:
        if action == "round_add":
            self.add_round()
            return True
        kind = {"round_minutes": "minutes", "round_sign_in": "meeting_sign_in"}.get(action)
        if kind is None:
            return False
        title = f"{'会议记录' if kind == 'minutes' else '签到表'} {self.talks.rounds[self.at()].name}"
        self.preview_requested.emit(title, paper_loader(self.desk, kind, self.meeting_id()))
        return True

    def commit(self) -> None:
        self.matrix.commit()
        if self.offer is not None:
            self.offer.commit()

    def _where(self, row_id: str, key: str) -> Where | None:
        """The place behind a cell, for F4."""
        return place_behind(self.talks, self.at(), row_id, key)

    # ---- keeping up

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        watched = {
            "meetings",
            "positions",
            "topics",
            "offer_items",
            "year_figures",
            "recorders",
            "cycle",
            "clauses",
        }
        if not changed & watched:
            return
        self.talks = Talks(self.desk.case)
        if self._stands:
            self._show()
        self._tell_meeting()

    @Slot(object)
    def _on_checked(self, _checkup: object) -> None:
        if self._stands and self.isVisible():
            self._show()

    # ---- room

    def _room(self) -> float:
        margins = self.host._layout.contentsMargins()
        return (self.width() - margins.left() - margins.right() - 12) / current_theme().scale

    def _fit_rows(self) -> None:
        """As many rows as leave the sheets below in sight; on a large screen higher rows."""
        theme = current_theme()
        high = self._page.height()
        row = theme.height("table_row")
        wide = self._room() * theme.scale >= 1180 and high >= 800
        wanted = theme.px(40) if wide else row
        around = theme.px(_LOWER_PART + (140 if wide else 0)) + theme.px(28 * 2) + theme.px(30) + 54
        most = max(6, min(14, (high - around) // wanted)) if high else 7
        self.matrix.set_most(int(most), wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= current_theme().px(SIDE_BY_SIDE_FROM)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._lower.direction() != direction:
            self._lower.setDirection(direction)
        self._page.follow()
        if self._stands and event.size().width() != event.oldSize().width():
            self._show()

    @Slot()
    def _on_page_resized(self) -> None:
        if self._stands:
            self._fit_rows()
