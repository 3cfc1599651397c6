"""How the representatives of a side are made up, each number beside what the rules ask of it (F-10, F-15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.case import Case
from app.domain.representatives import Election, Representative, Role, Sex
from app.domain.union import AgreementKind, Form, Side
from app.rules.dates_in_words import short_day
from app.rules.findings import Checkup, Finding, Grade, Read, Source, State, Where
from app.rules.pack import RulePack
from app.rules.terms import Term

Counted = tuple[Where, str]
"""A fact behind a number, and its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One number of the strip.

    Attributes:
        key: stable name.
        label: 人数, 一线占比, 女代表, 首席, 表决, 公布.
        number, unit: the number; a word may stand in for it.
        remark: what it is held against, in a few words.
        state: ``met``, ``must``, ``explain``, ``hint``; empty while there is nothing to judge.
        sentence: what is wrong or unclear; empty when it is in order.
        sources: the articles behind it.
        counted: the facts the number comes from, each with its words.
    """

    key: str
    label: str
    number: str
    unit: str = ""
    remark: str = ""
    state: str = ""
    sentence: str = ""
    sources: tuple[Source, ...] = ()
    counted: tuple[Counted, ...] = ()


_SHORT_NAME = 4
_STATES = {Grade.MUST: "must", Grade.EXPLAIN: "explain", Grade.NOTE: "hint"}


def composition(case: Case, pack: RulePack, checkup: Checkup, side: Side) -> tuple[Mark, ...]:
    """Return the strip for one side; numbers count those who have not left."""
    judge = _Judge(case, pack, checkup, side)
    people = _sitting(case, side)
    marks = [_number(judge, people)]
    if side is Side.WORKER:
        marks += [_frontline(judge, people), _women(judge, people)]
    marks += [_chief(judge, people)]
    if side is Side.WORKER:
        marks.append(_vote(judge, people))
    marks.append(_published(judge))
    return tuple(marks)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """State, sentence and articles of what was found by some rules about a side."""

    state: str
    sentence: str
    sources: tuple[Source, ...]

    def mark(
        self,
        key: str,
        label: str,
        number: str,
        remark: str,
        *,
        unit: str = "",
        judged: bool = True,
        counted: tuple[Counted, ...],
    ) -> Mark:
        """The number with the verdict on it; not ``judged``: there is nothing yet that could have a state."""
        return Mark(
            key=key,
            label=label,
            number=number,
            unit=unit,
            remark=remark,
            state=self.state if judged else "",
            sentence=self.sentence,
            sources=self.sources,
            counted=counted,
        )


class _Judge:
    def __init__(self, case: Case, pack: RulePack, checkup: Checkup, side: Side) -> None:
        self.case, self.pack, self.checkup, self.side = case, pack, checkup, side
        self.on: date = checkup.on
        self.kind = case.cycle.agreement_kind or AgreementKind.WAGE
        self.form = case.cycle.form or Form.SINGLE
        self.elections = [each for each in case.elections if each.side is side]

    def term(self, rule: str) -> Term | None:
        return self.pack.term(rule, self.on, self.kind, self.form)

    def laid_down(self, rule: str) -> str:
        """Whether the region says anything about a rule, in a few words."""
        text = self.pack.rule(rule, self.kind, self.form)
        if text is None or text.silent:
            return "法规未规定"
        return "线索，待核" if text.read is Read.UNVERIFIED else "条文有要求"

    def verdict(self, *rules: str) -> _Verdict:
        """What was found by these rules about this side."""
        found = [each for each in self.checkup.findings if each.rule in rules and self._is_ours(each)]
        found = [each for each in found if each.state is State.OPEN]
        if found:
            worst = min(found, key=lambda each: list(Grade).index(each.grade))
            return _Verdict(_STATES[worst.grade], worst.sentence, worst.sources)
        sources = tuple(source for rule in rules for source in self.pack.sources(rule, self.kind, self.form))
        met = any(rule in self.checkup.satisfied for rule in rules)
        return _Verdict("met" if met else "", "", sources)

    def _is_ours(self, finding: Finding) -> bool:
        held = self.case.find(finding.where.collection, finding.where.record_id)
        side = getattr(held, "side", None)
        if side is not None:
            return side is self.side
        marked = finding.key.rpartition("#")[2]
        return marked not in {each.value for each in Side} or marked == self.side.value


def _sitting(case: Case, side: Side) -> tuple[Representative, ...]:
    return tuple(each for each in case.representatives if each.side is side and each.left_on is None)


def _people(people: tuple[Representative, ...], fact: str) -> tuple[Counted, ...]:
    return tuple((Where("representatives", each.id, fact), each.name or "还没写姓名") for each in people)


def _number(judge: _Judge, people: tuple[Representative, ...]) -> Mark:
    verdict = judge.verdict("rep_min", "rep_parity")
    other = Side.EMPLOYER if judge.side is Side.WORKER else Side.WORKER
    there = len(_sitting(judge.case, other))
    if there and there == len(people):
        remark = f"双方各 {there} 人"
    elif there:
        remark = f"{other.label} {there} 人"
    else:
        term = judge.term("rep_min")
        remark = f"不少于 {term.amount} 人" if term is not None else f"{other.label}还没有"
    return verdict.mark(
        "number",
        "代表人数",
        str(len(people)),
        remark,
        unit="人",
        judged=bool(people),
        counted=_people(people, "name"),
    )


def _frontline(judge: _Judge, people: tuple[Representative, ...]) -> Mark:
    verdict = judge.verdict("rep_frontline")
    term = judge.term("rep_frontline")
    ours = tuple(each for each in people if each.frontline)
    unknown = sum(each.frontline is None for each in people)
    remark = f"不少于 {term.amount}/{term.per}" if term is not None else "法规未规定"
    if unknown and not verdict.sentence:
        remark = f"{unknown} 人还没写"
    return verdict.mark(
        "frontline",
        "一线代表",
        f"{len(ours)}/{len(people)}",
        remark,
        judged=bool(people),
        counted=_people(ours, "frontline"),
    )


def _women(judge: _Judge, people: tuple[Representative, ...]) -> Mark:
    verdict = judge.verdict("rep_female")
    women = tuple(each for each in people if each.sex is Sex.FEMALE)
    unknown = sum(each.sex is None for each in people)
    return verdict.mark(
        "women",
        "女代表",
        str(len(women)),
        f"{unknown} 人还没写" if unknown else judge.laid_down("rep_female"),
        unit="人",
        judged=bool(verdict.sentence or women),
        counted=_people(women, "sex"),
    )


def _chief(judge: _Judge, people: tuple[Representative, ...]) -> Mark:
    rules = (
        ("chief_worker", "chief_worker_sub", "chief_external_ban")
        if judge.side is Side.WORKER
        else ("chief_employer", "chief_external_ban")
    )
    verdict = judge.verdict(*rules)
    chiefs = tuple(each for each in people if each.role is Role.CHIEF)
    if len(chiefs) == 1:
        basis = chiefs[0].chief_basis
        name = chiefs[0].name
        short = 0 < len(name) <= _SHORT_NAME
        number = name if short else "已定"
        remark = basis.label if basis is not None else "每方一名" if short else name
    else:
        number = "还没定" if not chiefs else f"{len(chiefs)} 人"
        remark = "每方一名"
    return verdict.mark(
        "chief",
        "首席代表",
        number,
        remark,
        judged=bool(chiefs),
        counted=_people(chiefs, "role"),
    )


def _vote(judge: _Judge, people: tuple[Representative, ...]) -> Mark:
    verdict = judge.verdict("worker_rep_elect")
    ids = {each.id for each in judge.elections}
    sessions = {each.session for each in judge.elections if each.session}
    counts = [each for each in judge.case.counts if each.election in ids or each.session in sessions]
    expected = next((each.expected for each in counts if each.expected is not None), None)
    votes = [each.in_favour for each in people if each.in_favour is not None]
    votes = votes or [each.in_favour for each in counts if each.in_favour is not None]
    number = "—" if not votes else str(min(votes))
    needed = f"过半 {expected // 2 + 1} 票" if expected is not None else "应到还没写"
    return verdict.mark(
        "vote",
        "最少得票",
        number,
        needed if votes or expected is not None else "还没登记",
        unit="票" if votes else "",
        judged=bool(votes),
        counted=_people(tuple(each for each in people if each.in_favour is not None), "in_favour")
        or tuple((Where("counts", each.id, "in_favour"), each.what or "计票") for each in counts),
    )


def _published(judge: _Judge) -> Mark:
    verdict = judge.verdict("rep_publish_due", "reg_worker_rep")
    election: Election | None = judge.elections[0] if judge.elections else None
    due = next(
        (
            each
            for each in judge.checkup.deadlines
            if each.rule == "rep_publish_due" and election is not None and each.where.record_id == election.id
        ),
        None,
    )
    latest = (due.due_holiday or due.due) if due is not None else None
    number, remark = "还没有", "确定后起算"
    if election is not None and election.published_on is not None:
        number = short_day(election.published_on, judge.on)
        down = election.taken_down_on
        remark = f"至{short_day(down, judge.on)}" if down is not None else "已公布"
    elif latest is not None:
        remark = f"最迟 {short_day(latest, judge.on)}"
    elif judge.term("rep_publish_due") is None:
        remark = judge.laid_down("rep_publish_due")
    return verdict.mark(
        "published",
        "名单公布",
        number,
        remark,
        counted=((Where("elections", election.id, "published_on"), "产生经过"),) if election else (),
    )
