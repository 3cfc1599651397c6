"""What the rules say about a case: findings in three grades, and due dates that explain themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.domain.evidence import Explanation
from app.domain.facts import Choice
from app.domain.stages import Stage


class Grade(Choice):
    """Three grades (product.md §0). 必须改 takes a text that was read, or figures that do not add up."""

    MUST = "must", "必须改"
    EXPLAIN = "explain", "请说明"
    NOTE = "note", "提示"


class Read(Choice):
    """How well the text behind a rule was read (law.md §0.1). Second-hand may remind, never block."""

    FULL_TEXT = "full_text", "原文已核对"
    EXCERPT = "excerpt", "条文摘录已核对"
    SECOND_HAND = "second_hand", "二手来源，待核"
    UNVERIFIED = "unverified", "还没核实，待核"
    CUSTOM = "custom", "惯例，法规未规定"


class Hardness(Choice):
    """What a rule may bring about at most."""

    HARD = "hard", "红线"
    SOFT = "soft", "提醒"
    EXTERNAL = "external", "对方的期限"
    NONE = "none", "法规未规定"


class State(Choice):
    """Where a finding stands."""

    OPEN = "open", "还没处理"
    EXPLAINED = "explained", "已说明"
    FLAW = "flaw", "程序瑕疵"


@dataclass(frozen=True, slots=True)
class Source:
    """An article: ``law`` is the short name of laws.toml (``鲁工资``), ``article`` e.g. ``23条``.

    ``text`` gives the short form for lists and JSON: 《鲁工资》23条. ``full`` gives the law's whole name.
    """

    law: str
    article: str
    read: Read
    full_name: str = ""

    @property
    def text(self) -> str:
        """Short form, e.g. ``《鲁工资》23条``."""
        return f"《{self.law}》{self.article}"

    @property
    def full(self) -> str:
        """Long form, e.g. ``《山东省企业工资集体协商条例》23条``."""
        return f"《{self.full_name or self.law}》{self.article}"

    @property
    def remark(self) -> str:
        """What stands instead of an article nobody looked up (条号没有核实); empty for a known one."""
        return self.article.strip("（）") if self.article.startswith("（") else ""

    @property
    def named(self) -> str:
        """The long form without such a remark, for a link that has little room."""
        return self.full.removesuffix(self.article) if self.remark else self.full


def is_second_hand(sources: tuple[Source, ...]) -> bool:
    """True if there are articles and none of them was read with own eyes."""
    seen = (Read.FULL_TEXT, Read.EXCERPT, Read.CUSTOM)
    return bool(sources) and not any(source.read in seen for source in sources)


def cite(sources: tuple[Source, ...]) -> str:
    """Return articles as one text, those of one law together: ``《鲁工资》11、33条、《试行办法》22条``."""
    by_law: dict[str, list[str]] = {}
    for source in sources:
        articles = by_law.setdefault(source.law, [])
        if source.article not in articles:
            articles.append(source.article)
    shown = []
    for law, articles in by_law.items():
        numbers = [article.removesuffix("条") for article in articles[:-1]]
        shown.append(f"《{law}》{'、'.join([*numbers, articles[-1]])}")
    return "、".join(shown)


def cite_known(sources: tuple[Source, ...]) -> str:
    """The same for a line with little room: of a law whose article nobody looked up only the name."""
    return cite(tuple(replace(source, article="") if source.remark else source for source in sources))


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the case a door can lead to: collection, record, fact (the last two may be empty)."""

    collection: str
    record_id: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding.

    Attributes:
        key: stable name ``rule:collection/record`` by which an explanation is tied to it.
        rule: rule id of law.md §1, or ``data_…`` for figures that cannot be.
        grade: how hard it is.
        stage: the stage whose closing it stops.
        sentence: the fact, not the blame, one plain sentence with dates in house form.
        why: the reasoning, with figures.
        sources: the articles, each with how well it was read.
        where: the field to mend.
        related: other fields concerned.
        of_stage: False where its field belongs to no stage but to 设置: it keeps the package back, no stage.
        past_mending: True when nothing can mend it any more, so that 如实说明 may close it.
        explanation: the written reason, if there is one that closes it.
    """

    key: str
    rule: str
    grade: Grade
    stage: Stage
    sentence: str
    why: str = ""
    sources: tuple[Source, ...] = ()
    where: Where
    related: tuple[Where, ...] = ()
    of_stage: bool = True
    past_mending: bool = False
    explanation: Explanation | None = None

    def belongs_to(self, stage: Stage | None) -> bool:
        """Return whether it is counted at a stage, and stops it."""
        return self.of_stage and self.stage is stage

    @property
    def place(self) -> str:
        """Where it is put right, in words."""
        return self.stage.label if self.of_stage else "设置"

    @property
    def verify(self) -> bool:
        """待核 must be shown beside it: no article behind it was read with own eyes."""
        return is_second_hand(self.sources)

    @property
    def state(self) -> State:
        """OPEN until a fitting explanation is written; a 必须改 then becomes a 程序瑕疵."""
        if self.explanation is None:
            return State.OPEN
        return State.FLAW if self.grade is Grade.MUST else State.EXPLAINED

    @property
    def is_open(self) -> bool:
        """True while somebody should still mend or explain it."""
        return self.state is State.OPEN and self.grade is not Grade.NOTE

    @property
    def blocks(self) -> bool:
        """True while this finding stops a stage from closing and a package from freezing.

        What was only read second-hand reminds and never blocks.
        """
        return self.is_open and not self.verify


class Verdict(Choice):
    """How a due date and what really happened compare."""

    DONE = "done", "按期"
    DONE_BETWEEN = "done_between", "过了原日，没过顺延日"
    LATE = "late", "已逾期完成"
    SHORT = "short", "天数不够"
    OVERDUE = "overdue", "已超期"
    RUNNING = "running", "还没到期"
    WINDOW = "window", "窗口"


class Turn(Choice):
    """Whose move it is."""

    UNION = "union", "本会"
    EMPLOYER = "employer", "企业"
    BOTH = "both", "双方"
    AUTHORITY = "authority", "等对方"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One due date with its why.

    Attributes:
        rule: rule id of law.md.
        stage: where it belongs.
        what: what is due, in words (双方互相提供协商资料).
        event: the start event in words with its proof (要约收到 2026年3月12日，回执 Z01).
        start: the day counted from; ``None`` while not known (then ``due`` is an estimate or None).
        period: the period in words (10日, 5个工作日, 10日前).
        due: the nominal day, not rolled over (原日).
        due_holiday: reading 甲: rolled over announced holidays only.
        due_weekend: reading 乙: rolled over ordinary weekends too.
        advised: for backward periods that end on a holiday, the workday before.
        latest: differs from ``due`` when a year's holidays are not loaded: a range, never one false date.
        actual: when it was done.
        late_by: days (or workdays) past reading 甲, 0 unless past 乙 as well.
        verdict: comparison on the given day.
        estimated: the start event has not happened; the date was estimated from a planned one.
        turn: whose move.
        why: one sentence: event, proof, count, holiday.
        outer: the national outer limit where a regional one is shorter, else ``None``.
        reminder: an earlier day some other text names, kept as advice, else ``None``.
        skipped: days passed over in counting workdays.
        variant: tells several due dates of one rule apart (``reminder``, ``hang``); usually empty.
        hardness: how it may be graded.
        sources: articles.
        where: the field that records the doing; ``start_at``: the field of the start event.
        state: FLAW or EXPLAINED once it was written why it is late, so that it presses nobody any more.
    """

    rule: str
    stage: Stage
    what: str
    event: str
    start: date | None
    period: str
    due: date | None
    due_holiday: date | None = None
    due_weekend: date | None = None
    advised: date | None = None
    latest: date | None = None
    actual: date | None = None
    late_by: int = 0
    verdict: Verdict = Verdict.RUNNING
    estimated: bool = False
    turn: Turn = Turn.UNION
    why: str = ""
    outer: date | None = None
    reminder: date | None = None
    skipped: tuple[date, ...] = ()
    variant: str = ""
    hardness: Hardness = Hardness.HARD
    sources: tuple[Source, ...] = ()
    where: Where
    start_at: Where | None = None
    state: State = State.OPEN

    @property
    def presses(self) -> bool:
        """Whether it is still to be met: running, or overdue and not explained."""
        return self.verdict in (Verdict.RUNNING, Verdict.OVERDUE) and self.state is State.OPEN


@dataclass(frozen=True, slots=True)
class Checkup:
    """The whole answer of the engine for one case on one day."""

    on: date
    region: str
    pack_version: str
    findings: tuple[Finding, ...]
    deadlines: tuple[Deadline, ...]
    satisfied: tuple[str, ...] = ()
    """Rule ids that were looked at and found in order (已符合 n)."""
