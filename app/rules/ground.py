"""What due dates and checks stand on: the case, its milestones, the pack, the calendar and the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from app.domain.calendar import WorkCalendar
from app.domain.case import Case
from app.domain.stages import Stage
from app.domain.union import AgreementKind, Form
from app.rules.dates_in_words import day_words, short_day
from app.rules.findings import Deadline, Finding, Grade, Hardness, Read, Source, Where, is_second_hand
from app.rules.milestones import Milestones
from app.rules.pack import RulePack
from app.rules.rule_texts import Flag, RuleText
from app.rules.stage_of_record import is_of_year, stage_of_record
from app.rules.terms import Term
from app.rules.thresholds import word_of
from app.rules.wording import Wording


@dataclass(slots=True, eq=False, weakref_slot=True)
class Ground:
    """The ground of one evaluation; made once per check and thrown away.

    Attributes:
        case: the case.
        pack: the region's pack.
        national: the national pack, for outer limits.
        calendar: days off and worked weekends.
        on: the day that counts as today.
        deadlines: the due dates, filled in before the checks run.
    """

    case: Case
    pack: RulePack
    national: RulePack
    calendar: WorkCalendar
    on: date
    deadlines: tuple[Deadline, ...] = ()
    milestones: Milestones = field(init=False)
    _by_rule: dict[str, list[Deadline]] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Derive the milestones."""
        self.milestones = Milestones(self.case, self.on)

    @property
    def kind(self) -> AgreementKind:
        """Kind of agreement, wage while not chosen."""
        return self.milestones.kind

    @property
    def form(self) -> Form:
        """Form of bargaining, single while not chosen."""
        return self.milestones.form

    @property
    def wording(self) -> Wording:
        """Names and counts for this kind of agreement."""
        return self.pack.wording.of(self.kind)

    def term(self, rule: str, start: date | None = None, *, variant: str = "") -> Term | None:
        """Return the value in force on the day a period starts (today for thresholds)."""
        return self.pack.term(rule, start or self.on, self.kind, self.form, variant=variant)

    def rule(self, rule: str) -> RuleText | None:
        """Return what the region says about a rule for this kind and form."""
        return self.pack.rule(rule, self.kind, self.form)

    def word(self, rule: str) -> str:
        """Return the word the articles of a rule have for the votes that are needed (半数以上, 过半数)."""
        return word_of(self.rule(rule))

    def silent(self, rule: str) -> bool:
        """True where nothing is laid down for this region, kind and form."""
        text = self.rule(rule)
        return text is None or text.silent

    def grade(self, rule: str, sources: tuple[Source, ...] | None = None) -> Grade:
        """Return how hard a rule may be graded: 红线 必须改, 提醒 请说明, a mere clue 提示."""
        text = self.rule(rule)
        if text is not None and text.hardness is Hardness.HARD:
            return Grade.MUST
        articles = sources if sources is not None else self.sources(rule)
        clue = bool(articles) and all(source.read is Read.UNVERIFIED for source in articles)
        return Grade.NOTE if clue else Grade.EXPLAIN

    def flag(self, rule: str, flag: Flag) -> bool:
        """True if the region sets this switch on the rule."""
        text = self.rule(rule)
        return text is not None and flag in text.flags

    def sources(self, rule: str) -> tuple[Source, ...]:
        """Return the articles behind a rule here."""
        return self.pack.sources(rule, self.kind, self.form)

    def day(self, day: date) -> str:
        """Return a date in words with its weekday."""
        return day_words(day, self.on)

    def short(self, day: date) -> str:
        """Return a date in words without the weekday."""
        return short_day(day, self.on)

    def due(self, rule: str) -> list[Deadline]:
        """Return the due dates of a rule."""
        if self._by_rule is None:
            self._by_rule = {}
            for deadline in self.deadlines:
                self._by_rule.setdefault(deadline.rule, []).append(deadline)
        return self._by_rule.get(rule, [])

    def finding(
        self,
        rule: str,
        grade: Grade,
        where: Where,
        sentence: str,
        *,
        why: str = "",
        sources: tuple[Source, ...] | None = None,
        related: Iterable[Where] = (),
        past_mending: bool = False,
        more: str = "",
        key_at: Where | None = None,
    ) -> Finding:
        """Make a finding with the key ``rule:collection/record``, ``#more`` where one place has several.

        ``key_at`` takes the place of ``where`` in the key, so that a finding keeps its key, and with it its
        explanation, when the record that was missing is made at last.
        """
        text = self.rule(rule)
        if text is None:
            raise ValueError(f"no pack knows the rule {rule}")
        articles = text.sources if sources is None else sources
        if is_second_hand(articles):
            sentence = f"{sentence}（依据待核）"
        why = why or text.says
        if self.pack.is_pending(rule, self.kind, self.form):
            below = self.pack.origin(text.region).name
            why = f"{why.rstrip('。')}；{self.pack.name}的条文没有读到，待核，这里先按{below}"
        at = key_at or where
        place = f"{at.collection}/{at.record_id}" if at.record_id else at.collection
        return Finding(
            key=f"{rule}:{place}{f'#{more}' if more else ''}",
            rule=rule,
            grade=grade,
            stage=self._stage(text, where),
            of_stage=not (text.rule.startswith("data_") and is_of_year(where.collection, where.fact)),
            sentence=sentence,
            why=why,
            sources=articles,
            where=where,
            related=tuple(related),
            past_mending=past_mending,
        )

    def _stage(self, text: RuleText, where: Where) -> Stage:
        """Return the stage a finding stops: for figures and dates the one of the record they stand in."""
        if not text.rule.startswith("data_"):
            return text.stage
        return stage_of_record(self.case, where.collection, where.record_id) or text.stage


Found = list[Finding] | None
"""What a check returns: ``None`` if there was nothing to look at yet, an empty list if all is in order."""
