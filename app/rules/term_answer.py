"""One rule asked for without any case: each of its values in words, counted out from a day where it is a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.calendar import WorkCalendar
from app.domain.case import Case
from app.domain.union import AgreementKind, Cycle, Form
from app.errors import UserError
from app.rules.counting import count_out
from app.rules.coverage import Answer, Cell, answer_of, coverage
from app.rules.due_row import DueRow
from app.rules.findings import Deadline, Turn, Verdict, Where, cite
from app.rules.ground import Ground
from app.rules.lookup import history
from app.rules.pack import RulePack
from app.rules.rule_texts import RuleText
from app.rules.terms import Bound, Term

WINDOWS = frozenset({"renewal_window"})
"""Rules whose counted day opens a window that ends with the event; it is no last day."""

_YEARS = range(1900, 2200)
_NOWHERE = Where("cycle", "cycle")


@dataclass(frozen=True, slots=True)
class TermAnswer:
    """What a rule says to one kind of agreement and form of bargaining.

    Attributes:
        text: the sentence that holds; ``None`` where the rule is for other kinds only.
        rows: each value in force, the plain one first; one that is no period from an event has no ``due``.
        since: the first day the rule has a value, where it has one but not yet on the day of the law.
        others: what it says to other kinds and forms, while it is silent here.
        pending: the region's own text was not read.
    """

    text: RuleText | None
    rows: tuple[Deadline, ...] = ()
    since: date | None = None
    others: tuple[Cell, ...] = ()
    pending: bool = False

    @property
    def silent(self) -> bool:
        """法规未规定: neither a value nor a sentence."""
        return self.text is None or self.text.silent


def answer_term(
    pack: RulePack,
    calendar: WorkCalendar,
    rule: str,
    start: date,
    on: date,
    *,
    law_on: date | None = None,
    kind: AgreementKind = AgreementKind.WAGE,
    form: Form = Form.SINGLE,
) -> TermAnswer:
    """Return what a rule says, its periods counted out from ``start`` and judged on ``on``, which is today.

    ``law_on`` is the day whose law is asked for, the day of the event when not given.

    Raises:
        UserError: no pack knows the rule, or a day lies too far away.
    """
    if rule not in pack.rule_ids():
        raise UserError(
            f"没有“{rule}”这条规则。",
            "案卷内容没有动。",
            "规则的名字见规则包清单，例如 reply_due（答复期限）、file_due（报送期限）。",
            code="R-104",
        )
    in_force = law_on or start
    for day in (start, in_force):
        if day.year not in _YEARS:
            raise UserError(
                f"日期太远：{day:%Y-%m-%d}。",
                "没有做任何事。",
                f"年份写在 {_YEARS[0]} 到 {_YEARS[-1]} 之间。",
                code="R-105",
            )
    cell, terms = answer_of(pack, rule, kind, form, in_force)
    text = pack.rule(rule, kind, form)
    if text is None or text.silent:
        cover = next((each for each in coverage(pack, in_force) if each.rule == rule), None)
        unsaid = (Answer.SILENT, Answer.MISSING)
        others = tuple(each for each in cover.cells if each.answer not in unsaid) if cover else ()
        return TermAnswer(text, others=others, pending=cell.pending)
    if not terms:
        variants = {entry.variant for each in pack.chain() for entry in each.entries if entry.rule == rule}
        spans = [
            span
            for variant in variants
            for span in history(pack, rule, kind, form, variant=variant)
            if span.term.starts > in_force
        ]
        since = min((span.term.starts for span in spans), default=None)
        return TermAnswer(text, since=since, pending=cell.pending)
    case = Case(cycle=Cycle(id="cycle", agreement_kind=kind, form=form))
    ground = Ground(case, pack, pack.root, calendar, on)
    rows: list[Deadline] = []
    for term in terms:
        if not term.is_period:
            rows.append(_threshold(term, text))
            continue
        counted = _counted(ground, term, text, start, in_force)
        told = rows and term.variant == "reminder" and rows[0].reminder is not None
        if counted is not None and not told:
            rows.append(counted)
    return TermAnswer(text, tuple(rows), pending=cell.pending)


def _threshold(term: Term, text: RuleText) -> Deadline:
    """A value that is no period (3 人, 三分之一, 不超过 3 年): there is no day to it."""
    return Deadline(
        rule=term.rule,
        stage=text.stage,
        what=text.title,
        event="",
        start=None,
        period=term.spoken,
        due=None,
        why="；".join(part for part in (f"{text.title}：{term.spoken}", term.note.rstrip("。")) if part),
        variant=term.variant,
        hardness=term.hardness,
        sources=term.sources,
        where=_NOWHERE,
    )


def _counted(ground: Ground, term: Term, text: RuleText, start: date, in_force: date) -> Deadline | None:
    assert term.counts_from is not None  # it is a period
    event = f"{term.counts_from.label}{ground.day(start)}"
    row = DueRow(ground, term, start)
    if row.due is None:
        return None
    day = row.due.nominal
    notes = [term.note] if term.note else []
    outer = reminder = None
    beside = ground.national.term(term.rule, in_force, ground.kind, ground.form, variant=term.variant)
    if beside is not None and beside.is_period and term.region != ground.national.key:
        national = count_out(beside, start, ground.calendar)
        if national is not None and national.nominal != day:
            if term.bound is Bound.WITHIN:
                outer, reminder = (
                    (national.nominal, None) if national.nominal > day else (None, national.nominal)
                )
            name = "全国外限" if outer is not None else "全国写的"
            notes.append(f"{name} {beside.words}是{ground.day(national.nominal)}")
    if term.rule in WINDOWS:
        opened = f"{event}，倒数 {term.amount} {term.unit.label}是{ground.day(day)}，这一天起到期满都可以提"
        return Deadline(
            rule=term.rule,
            stage=text.stage,
            what="可以书面提出续订",
            event=event,
            start=start,
            period=f"期满 {term.spoken}",
            due=day,
            due_holiday=day,
            due_weekend=day,
            verdict=Verdict.WINDOW,
            turn=Turn.BOTH,
            why="；".join([opened, *(note.rstrip("。") for note in notes)]),
            variant=term.variant,
            hardness=term.hardness,
            sources=term.sources,
            where=_NOWHERE,
        )
    early = None
    if not term.variant:
        early = ground.pack.term(term.rule, in_force, ground.kind, ground.form, variant="reminder")
    counted = count_out(early, start, ground.calendar) if early is not None and early.is_period else None
    if early is not None and counted is not None and counted.nominal < day:
        reminder = counted.nominal
        notes.append(f"另有 {early.words}的提醒日{ground.day(reminder)}（{cite(early.sources)}）")
    made = row.make(
        what=text.title,
        event=event,
        where=_NOWHERE,
        start_at=_NOWHERE,
        notes=tuple(notes),
        outer=outer,
        reminder=reminder,
    )
    return next(made, None)
