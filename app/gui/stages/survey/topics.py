"""议题采纳: the topics, most wanted first, each with what becomes of it and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.case import Case
from app.domain.facts import Record
from app.domain.survey import AnswerCount, Hearing, Topic, TopicDecision
from app.domain.union import AgreementKind
from app.figures.origin import Origin
from app.figures.survey_results import (
    all_sources,
    coded_counts,
    current_survey,
    ranked_topics,
    support_of,
    ways_of,
    wishes,
)
from app.figures.topic_figures import (
    coded_sources,
    next_code,
    proposed_supporters,
    unlinked_opinions,
    words_heard,
)
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.stages.stage_view import StageView
from app.gui.stages.survey.coding import SurveyCoding
from app.gui.stages.survey.doors import page_of, part_beside, told, where_of
from app.gui.stages.survey.topic_row import BAR, NAME, ONE_LINE_FROM, TILES, HearingMark, TopicRow
from app.gui.theme import current_theme
from app.gui.widgets.item_row import ActionView, ItemList, ItemView
from app.gui.widgets.sheet import Hairline, Sheet
from app.gui.widgets.text import Text
from app.usecases.tally_survey import is_coded

_SHOWN = frozenset(
    {
        "topics",
        "surveys",
        "questions",
        "answer_counts",
        "hearings",
        "offer_items",
        "positions",
        "clauses",
        "obligations",
        "cycle",
    }
)
_SLICE = 1
"""So many rows are made in one go, so that the window never waits."""
_ALSO = {
    AgreementKind.WOMEN: "女职工专项：孕期、产期、哺乳期、体检和同工同酬这些事，没有人提也可以列入。",
    AgreementKind.SAFETY: "劳动安全卫生专项：防护用品、职业病检查和高温作业这些事，没有人提也可以列入。",
}


class SurveyTopics(StageView):
    """Rows to decide on, and below them the wishes that are no topic yet."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self.rows: dict[str, TopicRow] = {}
        self._lines: list[Hairline] = []
        self._made_for: tuple[str, ...] = ()
        self._to_make: list[Topic] = []
        self._sources: Mapping[str, tuple[Origin, ...]] = {}
        self._coded: Mapping[str, Sequence[AnswerCount]] = {}
        self._coded_sources: Mapping[str, tuple[Origin, ...]] = {}
        self._sheet = Sheet("议题怎么处理")
        self.column.addWidget(self._sheet)
        self._heads = self._make_heads()
        self._sheet.add(self._heads)
        self._empty = Text("", ink="ink2", wrap=True)
        self._sheet.add(self._empty)
        self._also = Text("", ink="ink2", wrap=True)
        self._sheet.add(self._also)
        self._left = Sheet("还不是议题的")
        self.left = ItemList()
        self.left.action_requested.connect(self._on_left)
        self._left.add(self.left)
        self.column.addWidget(self._left)
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._make_slice)
        desk.case_changed.connect(self._on_case_changed)
        self.show_case(at_once=False)

    def sheet(self) -> Sheet | None:
        return self._left if not self._left.isHidden() else self._sheet

    def _make_heads(self) -> QWidget:
        heads = QWidget()
        row = QHBoxLayout(heads)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        theme = current_theme()
        for words, width in (("议题", NAME), ("提出人数，占有效答卷", BAR), ("处理", TILES), ("理由", 0)):
            text = Text(words, ink="ink2", elide=True)
            if width:
                text.setFixedWidth(theme.px(width))
            row.addWidget(text, 0 if width else 1)
        return heads

    # ---- what is shown

    def show_case(self, *, at_once: bool = True) -> None:
        """Show the topics as they are now; rows are made a few at a time unless ``at_once``."""
        case = self.desk.case
        topics = ranked_topics(case)
        ids = tuple(topic.id for topic in topics)
        if ids != self._made_for:
            self._made_for = ids
            self._put_in_order(topics)
            if at_once and self._to_make:
                self._slices.start()
        self._sources = all_sources(case)
        self._coded, self._coded_sources = coded_counts(case), coded_sources(case)
        for topic in topics:
            if topic.id in self.rows:
                self._show(topic, case)
        self._sheet.set_remark(_remark(topics))
        self._empty.set_words("从结果里选出要谈的事，写明列入要约、暂缓还是另行解决。" if not topics else "")
        self._empty.setVisible(not topics)
        also = _ALSO.get(case.cycle.agreement_kind, "") if case.cycle.agreement_kind is not None else ""
        self._also.set_words(also)
        self._also.setVisible(bool(also))
        self._show_left(case)
        self._arrange()

    def _show(self, topic: Topic, case: Case) -> None:
        share = support_of(case, topic, current_survey(case))
        coded = max((sum(each.numbers) for each in self._coded.get(topic.id, ())), default=None)
        sources = (*self._coded_sources.get(topic.id, ()), *self._sources.get(topic.id, ()))
        self.rows[topic.id].show_topic(topic, share, (*sources, *ways_of(case, topic)), coded)

    @Slot()
    def _on_opened(self) -> None:
        row = self.sender()
        topic = self.desk.case.find("topics", row.topic_id) if isinstance(row, TopicRow) else None
        if isinstance(row, TopicRow) and topic is not None:
            heard = words_heard(self.desk.case, topic)
            marks = tuple(_mark(topic, each, heard.get(each.id, "")) for each in self.desk.case.hearings)
            row.show_more(marks, proposed_supporters(self.desk.case, topic))

    def _put_in_order(self, topics: tuple[Topic, ...]) -> None:
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []
        staying = {topic.id for topic in topics}
        for topic_id in [each for each in self.rows if each not in staying]:
            gone = self.rows.pop(topic_id)
            gone.hide()
            gone.deleteLater()
        self._to_make = [topic for topic in topics if topic.id not in self.rows]
        for topic in topics:
            if topic.id in self.rows:
                self._place(self.rows[topic.id])

    def _place(self, row: TopicRow) -> None:
        line = Hairline()
        self._lines.append(line)
        for part in (line, row):
            self._sheet.body.removeWidget(part)
            self._sheet.body.insertWidget(self._sheet.body.count() - 2, part)
            part.show()

    def build_some(self) -> bool:
        now, self._to_make = self._to_make[:_SLICE], self._to_make[_SLICE:]
        for topic in now:
            held = self.desk.case.find("topics", topic.id)
            if held is None:
                continue
            row = TopicRow(held, self.desk)
            row.way_chosen.connect(self._on_way)
            row.opened.connect(self._on_opened)
            self.rows[topic.id] = row
            self._place(row)
            self._show(held, self.desk.case)
        if not self._to_make and self._order() != self._made_for:
            self._put_in_order(ranked_topics(self.desk.case))
        self._arrange()
        if not self._to_make:
            self.head_changed.emit()
        return bool(self._to_make)

    def _order(self) -> tuple[str, ...]:
        # By the rows, not by asking the layout for its items: PySide keeps what it was asked for, and Qt deletes
        # it when a part is moved.
        body = self._sheet.body
        return tuple(sorted(self.rows, key=lambda topic_id: body.indexOf(self.rows[topic_id])))

    @Slot()
    def _make_slice(self) -> None:
        if not self.build_some():
            self._slices.stop()

    # ---- wishes that are no topic yet

    def _show_left(self, case: Case) -> None:
        survey = current_survey(case)
        result = wishes(case, survey) if survey is not None else None
        left = [row for row in result.ranked if row.topic is None] if result is not None else []
        number = result.question.number if result is not None else None
        items = [
            ItemView(
                id=row.option,
                name=row.option,
                remark=told([f"第{number or '？'}题", f"{row.number} 人", row.share.text]),
                shape="missing",
                actions=() if self.desk.read_only else (ActionView("make", "建成议题", "plus"),),
            )
            for row in left
        ]
        items += [
            ItemView(
                id=each.id,
                name=each.words,
                remark=each.hearing.title,
                shape="missing",
                actions=() if self.desk.read_only else (ActionView("make", "建成议题", "plus"),),
            )
            for each in unlinked_opinions(case)
        ]
        self.left.show_items(items)
        self._left.setVisible(bool(items))
        self._left.set_remark("有人提，议题里没对上" if items else "")

    @Slot(str, str)
    def _on_left(self, option: str, _action: str) -> None:
        survey = current_survey(self.desk.case)
        result = wishes(self.desk.case, survey) if survey is not None else None
        row = (
            next((each for each in result.rows if each.option == option), None)
            if result is not None
            else None
        )
        said = next((each for each in unlinked_opinions(self.desk.case) if each.id == option), None)
        if said is not None:
            self._made(
                self.desk.add(
                    "topics",
                    {
                        "code": next_code(self.desk.case),
                        "name": said.words,
                        "source": said.hearing.kind.label if said.hearing.kind is not None else "座谈访谈",
                        "hearings": (said.hearing.id,),
                    },
                )
            )
        if row is None or result is None:
            return
        made = self.desk.add(
            "topics",
            {
                "code": next_code(self.desk.case),
                "name": option,
                "source": f"问卷第{result.question.number}题" if result.question.number else "问卷",
                "questions": (result.question.id,),
                "supporters": row.number,
            },
        )
        self._made(made)

    def _made(self, made: Record) -> None:
        self.finish_rows()
        if made.id in self.rows:
            self.rows[made.id].decision.setFocus()

    def finish_rows(self) -> None:
        """Make the rows that are not there yet."""
        while self.build_some():
            pass

    # ---- what the page asks

    def commit(self) -> None:
        for row in self.rows.values():
            row.commit()

    def first_focus(self) -> QWidget | None:
        for topic in ranked_topics(self.desk.case):
            row = self.rows.get(topic.id)
            if row is not None and row.is_open():
                return row.first_empty()
        return None

    def focus_fact(self, collection: str, record_id: str, fact: str) -> QWidget | None:
        self.finish_rows()
        row = self.rows.get(record_id) if collection == "topics" else None
        if row is None or fact not in ("decision", "reason"):
            return None
        target = row.decision if fact == "decision" else row.reason
        target.setFocus()
        return target

    def secondary(self) -> tuple[ActionView, ...]:
        return (ActionView("topics_print", "打印登记表", "print"),) if self.desk.case.topics else ()

    def do(self, action: str) -> bool:
        if action != "topics_print":
            return False
        page = page_of(self)
        if page is not None:
            page.print_or_look("print")
        return True

    @Slot(object)
    def _on_way(self, origin: object) -> None:
        if isinstance(origin, Origin) and not self._answers_opened(origin):
            self.door_opened.emit(where_of(origin))

    def _answers_opened(self, origin: Origin) -> bool:
        """Whether a count of coded answers led to these answers; from counts alone there is no way to them."""
        counts = self.desk.case.find(origin.collection, origin.record_id)
        if not isinstance(counts, AnswerCount) or not is_coded(counts):
            return False
        coding = part_beside(self, "survey_coding")
        topic = counts.id.removeprefix(f"answers-{counts.question}-topic-")
        return isinstance(coding, SurveyCoding) and coding.open(counts.question, topic)

    # ---- room

    def _arrange(self) -> None:
        one_line = self.width() >= current_theme().px(ONE_LINE_FROM)
        self._heads.setVisible(one_line and bool(self._made_for))
        for row in self.rows.values():
            row.arrange(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if changed & _SHOWN:
            self.show_case()
            self.head_changed.emit()


def _mark(topic: Topic, hearing: Hearing, word: str) -> HearingMark:
    """A hearing to tick; what was said stands below it until it is ticked, then it is among the ways."""
    linked = hearing.id in topic.hearings
    told = f"意见里有“{word}”：" if word else ""
    words = "" if linked else f"{told}{'；'.join(hearing.opinions) or '没有写意见'}"
    return HearingMark(hearing.id, f"{hearing.title}谈到这件事", words, linked)


def _remark(topics: tuple[Topic, ...]) -> str:
    counted = [
        f"{decision.label} {sum(topic.decision is decision for topic in topics)} 项"
        for decision in TopicDecision
        if any(topic.decision is decision for topic in topics)
    ]
    waiting = sum(topic.decision is None for topic in topics)
    return told([*counted, f"没定 {waiting} 项" if waiting else ""])
