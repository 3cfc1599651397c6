"""The topic table of an offer: what is put on the table, how many asked for it, our claim and our reason."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QScrollArea, QWidget

from app.domain.facts import Fact, Record, facts_of
from app.domain.offer import Offer, OfferItem, Proposer
from app.domain.stages import Stage
from app.domain.survey import TopicDecision
from app.figures.offer_topics import NOT_OFFERED, TopicRow, topic_rows
from app.figures.origin import Figure, Origin
from app.figures.survey_results import sources_of, ways_of
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.fact_cells import fits_a_cell, opens_with_keys
from app.gui.forms.record_form import RecordForm
from app.gui.pages.keeps_f4 import KeepsF4
from app.gui.pages.origin_line import OriginLine
from app.gui.stages.offer.topic_cells import TopicCells
from app.gui.stages.stage_view import StageView
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.sheet import Hairline
from app.gui.widgets.text import Text
from app.rules.findings import Finding, Grade, Where

FEWEST_ROWS = 5
"""So many rows are seen at once even where the window is low; the others scroll inside the table."""

_COLUMNS = (
    ColumnView(key="topic", title="协商内容", share=5, bold=True, editable=True),
    ColumnView(key="asked", title="问卷提出", extent=76, ink="ink2"),
    ColumnView(key="claim", title="本方主张", share=4, bold=True, editable=True),
    ColumnView(key="reason", title="理由（写进文书）", share=6, ink="ink2", editable=True),
    ColumnView(key="in", title="列入", extent=1, kind="check"),
)
_WATCHED = frozenset(
    {"topics", "offers", "offer_items", "surveys", "questions", "answer_counts", "hearings", "clauses"}
)


class OfferTopics(StageView):
    """One row for each topic of the case; ticked is what the offer holds.

    Arrows walk the cells, Space ticks, F2 or a letter fills in, Tab goes to the next cell to fill, Enter on a name
    or F4 tells where the topic comes from and where it went.
    """

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._offer_id = ""
        self._rows: dict[str, TopicRow] = {}
        self._room: QScrollArea | None = None
        self._asked_id = ""
        self.form: RecordForm | None = None
        self.column.setSpacing(8)
        self.table = RecordTable(
            "协商内容和本方主张",
            _COLUMNS,
            empty_words="还没有议题。先从职工意见里定议题，再来写主张；也可以直接添加。",
            most=FEWEST_ROWS,
        )
        view = self.table.view
        view.setColumnHidden(len(_COLUMNS) - 1, True)
        KeepsF4(self).keep(view)
        self.cells = TopicCells(view, desk, self._held_by, self._rows.get)
        view.setItemDelegate(self.cells)
        opens_with_keys(view)
        if desk.read_only:
            view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.row_opened.connect(self._on_row_opened)
        self.table.cell_ticked.connect(self._on_ticked)
        self.table.origin_requested.connect(self._on_origin)
        self.cells.mark_clicked.connect(self._on_mark)
        self.cells.form_wanted.connect(self._on_form_wanted)
        self.column.addWidget(self.table)
        self.refusal = Text("", ink="accentText", wrap=True)
        self.refusal.hide()
        self.column.addWidget(self.refusal)
        self.cells.refused.connect(self._on_refused)
        self.origin = OriginLine()
        self.origin.hide()
        self.origin.origin_chosen.connect(self._on_origin_chosen)
        self.column.addWidget(self.origin)
        self.add_button = Button("添加议题", "text", "plus", in_table=True, parent=self)
        self.add_button.clicked.connect(self.add_topic)
        self.tick_button = Button("", "text", "check", in_table=True, parent=self)
        self.tick_button.clicked.connect(self.tick_decided)
        self.origin_button = Button("出处 F4", "text", "node_path", in_table=True, parent=self)
        self.origin_button.clicked.connect(self._on_origin_button)
        self.survey_button = Button("去定议题", "text", "arrow_right", in_table=True, parent=self)
        self.survey_button.clicked.connect(self._on_survey)
        self._fit_timer = QTimer(self)
        self._fit_timer.setSingleShot(True)
        self._fit_timer.setInterval(0)
        self._fit_timer.timeout.connect(self._fit)
        desk.case_changed.connect(self._on_case_changed)
        desk.checked.connect(self._on_checked)
        self._show()

    def foot_parts(self) -> tuple[QWidget, ...]:
        return self.add_button, self.tick_button, self.origin_button, self.survey_button

    # ---- the rows

    def record_shown(self, collection: str, record_id: str) -> None:
        if collection == "offers" and record_id != self._offer_id:
            self.cells.commit()
            self._offer_id = record_id
            self._close_form()
            self._show()

    def offer(self) -> Offer | None:
        """The offer whose topics are shown: the one open above, else the last."""
        found: Offer | None = self.desk.case.find("offers", self._offer_id)
        return found or (self.desk.case.offers[-1] if self.desk.case.offers else None)

    def row(self, row_id: str) -> TopicRow | None:
        """What stands in a row."""
        return self._rows.get(row_id)

    def _show(self) -> None:
        offer = self.offer()
        rows = topic_rows(self.desk.case, offer.id if offer is not None else "")
        self._rows.clear()
        self._rows.update({row.id: row for row in rows})
        wrong = self._findings()
        views = [self._view_of(row, wrong.get(row.item.id) if row.item else None) for row in rows]
        self.table.set_title("claim", _claim_title(offer))
        if tuple(views) != self.table.rows():
            self.table.show_rows(views)
        editable = not self.desk.read_only
        waiting = len(self._decided())
        self.add_button.setVisible(editable)
        self.tick_button.set_words(f"勾上定好的 {waiting} 项")
        self.tick_button.setVisible(editable and waiting > 1)
        self.origin_button.setVisible(bool(rows))
        self.survey_button.setVisible(not self.desk.case.topics)
        if self._asked_id and self._asked_id not in self._rows:
            self._close_origin()
        self._fit_timer.start()

    def _view_of(self, row: TopicRow, finding: Finding | None) -> RowView:
        item = row.item
        cells: dict[str, object] = {"topic": row.name, "asked": row.asked, "in": item is not None}
        states: dict[str, str] = {}
        if item is None:
            cells |= {"claim": NOT_OFFERED, "reason": row.aside}
        else:
            cells |= {"claim": item.claim, "reason": item.reason}
            if finding is not None and finding.grade is Grade.MUST:
                cells["reason"], states["reason"] = "写上主张，或取消勾选", "must"
            elif finding is not None and finding.grade is Grade.EXPLAIN:
                cells["reason"], states["reason"] = finding.sentence, "explain"
            elif not item.claim and not item.reason:
                cells["reason"], states["reason"] = "还没有写主张", "missing"
        return RowView(row.id, cells, states)

    def _findings(self) -> dict[str, Finding]:
        """What must be mended or explained, by item."""
        return {
            finding.where.record_id: finding
            for finding in reversed(self.desk.checkup.findings)
            if finding.where.collection == "offer_items" and finding.is_open
        }

    def _decided(self) -> list[TopicRow]:
        """Topics that are meant for the offer and are not in it."""
        return [
            row
            for row in self._rows.values()
            if row.item is None and row.topic is not None and row.topic.decision is TopicDecision.OFFERED
        ]

    def _held_by(self, row_id: str, key: str) -> tuple[str, Record, Fact] | None:
        row = self._rows.get(row_id)
        if row is None or self.desk.read_only:
            return None
        held: Record | None = row.topic if key == "topic" else row.item
        if held is None:
            return None
        collection, name = ("topics", "name") if key == "topic" else ("offer_items", key)
        fact = facts_of(type(held)).get(name)
        if fact is None or not fits_a_cell(fact, getattr(held, name)):
            return None
        return collection, held, fact

    # ---- ticking

    @Slot(str, str, bool)
    def _on_ticked(self, row_id: str, _key: str, on: bool) -> None:
        self.tick(row_id, on)

    @Slot(str)
    def _on_mark(self, row_id: str) -> None:
        row = self._rows.get(row_id)
        if row is not None:
            self.tick(row_id, row.item is None)

    def tick(self, row_id: str, on: bool) -> None:
        """Put a topic into the offer, or take it out; undo brings it back."""
        row = self._rows.get(row_id)
        if row is None or self.desk.read_only:
            return
        self.cells.commit()
        if on and row.item is None and row.topic is not None:
            self.desk.add("offer_items", {"offer": self._own_offer().id, "topic": row.topic.id})
        elif not on and row.item is not None:
            self.desk.remove("offer_items", row.item.id)

    def _own_offer(self) -> Offer:
        offer = self.offer()
        if offer is None:
            made = self.desk.add("offers", {"proposer": Proposer.WORKER})
            assert isinstance(made, Offer)
            offer = made
        return offer

    @Slot()
    def tick_decided(self) -> None:
        """Tick every topic that is meant for the offer."""
        for row in self._decided():
            self.tick(row.id, True)

    @Slot()
    def add_topic(self) -> None:
        """Add a topic by hand, ticked, and type its name."""
        if self.desk.read_only:
            return
        self.cells.commit()
        made = self.desk.add("topics", {"decision": TopicDecision.OFFERED})
        self.desk.add("offer_items", {"offer": self._own_offer().id, "topic": made.id})
        self.table.edit_cell(made.id, "topic")

    # ---- doors

    @Slot(str)
    def _on_row_opened(self, row_id: str) -> None:
        view = self.table.view
        at = view.currentIndex()
        key = _COLUMNS[at.column()].key if at.isValid() else ""
        if key in ("claim", "reason") and self._held_by(row_id, key) is not None:
            view.edit(at)
        elif key in ("claim", "reason"):
            self._on_form_wanted(row_id)
        else:
            self._on_origin(row_id, key)

    @Slot()
    def _on_origin_button(self) -> None:
        chosen = self.table.selected() or next(iter(self._rows), "")
        if chosen:
            self._on_origin(chosen, "topic")

    @Slot(str, str)
    def _on_origin(self, row_id: str, _key: str) -> None:
        """Tell where a topic comes from and where it went; a second time closes it."""
        row = self._rows.get(row_id)
        if row is None or (row_id == self._asked_id and not self.origin.isHidden()):
            self._close_origin()
            return
        self._asked_id = row_id
        self._tell_origin(row)
        self.origin.show()
        self.origin.open()
        first = next(iter(self.origin.rows.rows()), None)
        (first or self.origin.button).setFocus(Qt.FocusReason.TabFocusReason)
        self._fit_timer.start()

    def _tell_origin(self, row: TopicRow) -> None:
        origins: tuple[Origin, ...] = ()
        if row.topic is not None:
            origins = (*sources_of(self.desk.case, row.topic), *ways_of(self.desk.case, row.topic))
            origins += (Origin("topics", row.topic.id, "name", f"议题登记：{row.topic.title}"),)
        support = row.support
        words = f"{row.name} {row.asked}".strip()
        self.origin.show_figure(
            words, Figure(support.value, support.unit, support.label, origins, support.rule)
        )

    def _close_origin(self) -> None:
        had_focus = self.origin.isVisible() and self.origin.isAncestorOf(self.window().focusWidget() or self)
        self._asked_id = ""
        self.origin.hide()
        if had_focus:
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit_timer.start()

    @Slot(object)
    def _on_origin_chosen(self, origin: Origin) -> None:
        self.door_opened.emit(Where(origin.collection, origin.record_id, origin.fact))

    @Slot()
    def _on_survey(self) -> None:
        self.door_opened.emit((Stage.SURVEY, "topics"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.origin.isHidden():
            self._close_origin()
            return
        super().keyPressEvent(event)

    # ---- the whole item, where a cell is too small

    @Slot(str)
    def _on_form_wanted(self, row_id: str) -> None:
        row = self._rows.get(row_id)
        if row is not None and row.item is not None:
            form = self._open_form(row.item.id)
            first = form.first_empty()
            if first is not None:
                first.setFocus(Qt.FocusReason.TabFocusReason)

    def _open_form(self, item_id: str) -> RecordForm:
        if self.form is None:
            self.column.addWidget(Hairline())
            self.form = RecordForm("offer_items", list(facts_of(OfferItem).values()), self.desk)
            self.form.build_all()
            self.column.addWidget(self.form)
        self.form.show()
        self.form.show_record(item_id)
        return self.form

    def _close_form(self) -> None:
        if self.form is not None:
            self.form.commit()
            self.form.hide()

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        self.refusal.set_words(sentence)
        self.refusal.setVisible(bool(sentence))

    # ---- what the page asks

    def commit(self) -> None:
        self.cells.commit()
        if self.form is not None:
            self.form.commit()

    def first_focus(self) -> QWidget | None:
        offer = self.offer()
        if offer is None or not (offer.number and offer.addressee):
            return None
        empty = next(
            (row for row in self._rows.values() if row.item is not None and not row.item.claim), None
        )
        if empty is None or self.desk.read_only:
            return None
        return self._edit(empty.id, "claim")

    def focus_fact(self, collection: str, record_id: str, fact: str) -> QWidget | None:
        if collection != "offer_items":
            return None
        item: OfferItem | None = self.desk.case.find("offer_items", record_id)
        if item is None:
            self.table.view.setFocus(Qt.FocusReason.TabFocusReason)
            return self.table.view
        if item.offer and item.offer != self._offer_id:
            self.record_shown("offers", item.offer)
        row_id = next((row.id for row in self._rows.values() if row.item == item), "")
        if fact in ("claim", "reason") and row_id and self._held_by(row_id, fact) is not None:
            return self._edit(row_id, fact)
        target = self._open_form(item.id).editor(fact or "claim")
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
        return target

    def _edit(self, row_id: str, key: str) -> QWidget:
        self.table.edit_cell(row_id, key)
        return self.cells.editor() or self.table.view

    # ---- keeping up

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if changed & _WATCHED:
            self._show()
        if self.form is not None:
            self.form.refresh(changed)
            if self.desk.case.find("offer_items", self.form.record_id()) is None:
                self.form.hide()

    @Slot(object)
    def _on_checked(self, _checkup: object) -> None:
        if self._rows:
            self._show()

    # ---- as many rows as there is room for

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        outer = self.parentWidget()
        while outer is not None and not isinstance(outer, QScrollArea):
            outer = outer.parentWidget()
        if isinstance(outer, QScrollArea) and outer is not self._room:
            self._room = outer
            outer.viewport().installEventFilter(self)
            page = outer.widget()
            if page is not None:
                page.installEventFilter(self)
        self._fit_timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit_timer.start()
        return False

    @Slot()
    def _fit(self) -> None:
        page = self._room.widget() if self._room is not None else None
        layout = page.layout() if page is not None else None
        if self._room is None or page is None or layout is None or not self.isVisible():
            return
        across = self._room.viewport().width()
        needed = layout.heightForWidth(across) if layout.hasHeightForWidth() else layout.sizeHint().height()
        others = needed - self.table.view.sizeHint().height()
        theme = current_theme()
        room = self._room.viewport().height() - others - theme.height("table_head") - 2
        self.table.set_most(max(FEWEST_ROWS, room // theme.height("table_row")))


def _claim_title(offer: Offer | None) -> str:
    return "企业方主张" if offer is not None and offer.proposer is Proposer.EMPLOYER else "本方主张"
