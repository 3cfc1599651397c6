"""What another rule pack or another year of holidays would change, told before anything changes; pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.calendar import YearPlan
from app.domain.case import Case
from app.domain.stages import Stage
from app.domain.union import AgreementKind, Form
from app.rules.dates_in_words import day_words, short_day
from app.rules.findings import Checkup, Deadline, Finding, cite
from app.rules.pack import RulePack, RulePacks
from app.rules.rule_texts import RuleText
from app.rules.terms import ALL_FORMS, ALL_KINDS, Term
from app.usecases.check_case import check_if_ruled
from app.usecases.program import Program

NOTHING = "没有"


@dataclass(frozen=True, slots=True)
class PackChange:
    """One pack that would be used in another version.

    Attributes:
        key, name: of the pack.
        old, new: versions; empty where there is none.
        fingerprint: of the new one; empty where there is none any more.
        remark: what must be known about it, in a sentence; may be empty.
    """

    key: str
    name: str
    old: str
    new: str
    fingerprint: str
    remark: str


@dataclass(frozen=True, slots=True)
class YearChange:
    """One year of holidays that would be another one: in words what is there now and what would be."""

    year: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class TermChange:
    """One value of law.

    Attributes:
        pack: name of the pack.
        rule: rule id.
        title: what it is about, with the kinds and forms of agreement where it is not for all of them.
        old, new: the value in words, ``没有`` where nothing is laid down.
        since: from which day on; ``None`` for what holds today.
        article: the articles of the new value, of the old one where there is no new one.
    """

    pack: str
    rule: str
    title: str
    old: str
    new: str
    since: date | None
    article: str


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One sentence of a pack that says something else: what changed of it, in words."""

    pack: str
    rule: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class FindingChange:
    """One finding that would appear, disappear or be graded otherwise; a grade is empty where it is not there."""

    case: str
    sentence: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class DateChange:
    """One due date that would move; in words, ``没有`` where there is none."""

    case: str
    what: str
    old: str
    new: str
    article: str


@dataclass(frozen=True, slots=True)
class LawPreview:
    """Everything that would change, and over how many open cases it was looked for."""

    packs: tuple[PackChange, ...]
    years: tuple[YearChange, ...]
    terms: tuple[TermChange, ...]
    rules: tuple[RuleChange, ...]
    findings: tuple[FindingChange, ...]
    dates: tuple[DateChange, ...]
    cases: int

    @property
    def is_same(self) -> bool:
        """The very same law as is used now."""
        return not self.packs and not self.years


def preview_law(old: Program, new: Program, cases: Mapping[str, Case]) -> LawPreview:
    """Return what changes from ``old`` to ``new`` law; ``cases`` by id, the closed ones are passed over.

    Raises:
        UserError: a file of a pack cannot be read.
    """
    on = new.clock.today()
    packs = tuple(_pack_changes(old.packs, new.packs))
    terms: list[TermChange] = []
    rules: list[RuleChange] = []
    for change in packs:
        before, after = _pair(change.key, old.packs, new.packs)
        if before is not None and after is not None:
            terms += term_changes(before, after, on)
            rules += rule_changes(before, after)
    years = tuple(_year_changes(old, new))
    findings: list[FindingChange] = []
    dates: list[DateChange] = []
    open_cases = [case for case in cases.values() if not is_closed(case)]
    for case in open_cases if packs or years else ():
        was, will_be = check_if_ruled(old, case), check_if_ruled(new, case)
        title = case.cycle.title
        findings += _finding_changes(title, was, will_be)
        dates += _date_changes(title, was, will_be, on)
    return LawPreview(
        packs, years, tuple(terms), tuple(rules), tuple(findings), tuple(dates), len(open_cases)
    )


def is_closed(case: Case) -> bool:
    """Whether every stage of the year is closed: it was decided under the packs of its days."""
    return {closing.stage for closing in case.stage_closings} >= set(Stage)


# ---- packs and years


def _pack_changes(old: RulePacks, new: RulePacks) -> Iterator[PackChange]:
    heads = {head.key: head for head in (*old.heads, *new.heads)}
    for key, head in heads.items():
        if old.packs.place_of(key) == new.packs.place_of(key):
            continue
        before, after = old.packs.get(key), new.packs.get(key)
        if before is None and after is not None:
            yield PackChange(key, after.name, "", after.version, after.fingerprint, "新的地区")
        elif after is None:
            yield PackChange(key, head.name, before.version if before else "", "", "", "以后没有这个规则包了")
        elif before is not None and before.fingerprint != after.fingerprint:
            remark = _version_words(before.version, after.version)
            yield PackChange(key, after.name, before.version, after.version, after.fingerprint, remark)


def _version_words(old: str, new: str) -> str:
    if old == new:
        return f"版本号和现在的一样，都是 {new}，内容不一样"
    if version_order(new) < version_order(old):
        return f"比现在用的旧：现在是 {old}，这份是 {new}，也可以用"
    return ""


def version_order(version: str) -> tuple[tuple[int, str], ...]:
    """Return a version so that it can be compared: 2026.10 comes after 2026.9."""
    parts = re.findall(r"\d+|[A-Za-z]+", version)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def _year_changes(old: Program, new: Program) -> Iterator[YearChange]:
    for year in sorted({*old.calendar.plans, *new.calendar.plans}):
        plans = [each.calendar.plans.get(year) for each in (old, new)]
        if not same_plan(*plans):
            before, after = (
                f"{plan.source}：放假 {len(plan.holidays)} 天，调休上班 {len(plan.workdays)} 天"
                if plan
                else NOTHING
                for plan in plans
            )
            yield YearChange(year, before, after)


def same_plan(old: YearPlan | None, new: YearPlan | None) -> bool:
    """Whether two plans say the very same, the names of the breaks included."""
    return old == new and (old is None or new is None or dict(old.names) == dict(new.names))


def _pair(key: str, old: RulePacks, new: RulePacks) -> tuple[RulePack | None, RulePack | None]:
    """The packs to compare; a new region is compared with what holds there now, a lost one with what will."""
    before, after = old.packs.get(key), new.packs.get(key)
    if before is None and after is not None:
        before = old.packs.get(after.base.key) if after.base else None
        before = before or old.national
    elif after is None and before is not None:
        after = new.packs.get(before.base.key) if before.base else None
        after = after or new.national
    return before, after


# ---- values and sentences


def term_changes(old: RulePack, new: RulePack, on: date) -> tuple[TermChange, ...]:
    """Return the values that differ: those of today, and those of every other day on which one begins."""
    candidates = {rule for rule in _rules_of(old, new) if _said(old, rule) != _said(new, rule)}
    found: dict[tuple[str, str, str, str, date | None, str], set[tuple[AgreementKind, Form]]] = {}
    for rule in sorted(candidates):
        entries = [e for pack in (old, new) for each in pack.chain() for e in each.entries if e.rule == rule]
        starts = sorted({value.starts for entry in entries for value in entry.values} | {on})
        for variant in sorted({entry.variant for entry in entries}):
            for kind in AgreementKind:
                for form in Form:
                    told: set[tuple[str, str]] = set()
                    # Today first: what only began on another day is told besides, with its day.
                    for day in (on, *(each for each in starts if each != on)):
                        before = old.term(rule, day, kind, form, variant=variant)
                        after = new.term(rule, day, kind, form, variant=variant)
                        words = _value(before), _value(after)
                        if _essence(before) == _essence(after) or words in told:
                            continue
                        told.add(words)
                        term = after or before
                        article = cite(term.sources) if term else ""
                        key = (rule, variant, *words, None if day == on else day, article)
                        found.setdefault(key, set()).add((kind, form))
    return tuple(
        TermChange(new.name, rule, _titled(new, old, rule, cells), before, after, since, article)
        for (rule, _variant, before, after, since, article), cells in found.items()
    )


def _rules_of(*packs: RulePack) -> set[str]:
    return {entry.rule for pack in packs for each in pack.chain() for entry in each.entries}


def _said(pack: RulePack, rule: str) -> list[object]:
    """All that decides which value of a rule holds, pack by pack of the chain."""
    return [
        (
            tuple(entry for entry in each.entries if entry.rule == rule),
            tuple((text.kinds, text.forms, text.silent) for text in each.rules if text.rule == rule),
        )
        for each in pack.chain()
    ]


def _essence(term: Term | None) -> object:
    if term is None:
        return None
    return term.words, term.counts_from, term.hardness, cite(term.sources)


def _value(term: Term | None) -> str:
    if term is None:
        return NOTHING
    event = f"（{term.counts_from.label}起算）" if term.counts_from else ""
    return f"{term.spoken}{event}，{term.hardness.label}"


def _titled(new: RulePack, old: RulePack, rule: str, cells: set[tuple[AgreementKind, Form]]) -> str:
    texts = [each.rule(rule, kind, form) for each in (new, old) for kind, form in sorted(cells)]
    title = next((text.title for text in texts if text is not None), rule)
    kinds, forms = {kind for kind, _ in cells}, {form for _, form in cells}
    if len(kinds) * len(forms) != len(cells):
        forms = set(ALL_FORMS)
    marks = []
    if kinds != ALL_KINDS:
        marks.append("、".join(kind.label for kind in AgreementKind if kind in kinds))
    if forms != ALL_FORMS:
        marks.append("、".join(form.label for form in Form if form in forms))
    return f"{title}（{'；'.join(marks)}）" if marks else title


def rule_changes(old: RulePack, new: RulePack) -> tuple[RuleChange, ...]:
    """Return the sentences of the pack itself that differ, each rule once."""
    found = []
    own = {text.rule: None for pack in (old, new) for text in pack.rules if pack.key == new.key}
    for rule in own:
        before = [text for text in old.rules if text.rule == rule]
        after = [text for text in new.rules if text.rule == rule]
        if before != after:
            title = next((text.title for text in (*after, *before)), rule)
            found.append(RuleChange(new.name, rule, title, _said_words(before, after)))
    return tuple(found)


def _said_words(before: list[RuleText], after: list[RuleText]) -> str:
    if not before or not after:
        return "新写的" if after else "不再单独写"
    hard = [" / ".join(dict.fromkeys(text.hardness.label for text in texts)) for texts in (before, after)]
    if hard[0] != hard[1]:
        return f"{hard[0]} → {hard[1]}"
    return "内容有改动"


# ---- findings and dates


def _finding_changes(case: str, old: Checkup, new: Checkup) -> Iterator[FindingChange]:
    before = {finding.key: finding for finding in old.findings}
    after = {finding.key: finding for finding in new.findings}
    for key in {**before, **after}:
        was, will_be = before.get(key), after.get(key)
        if _grade(was) != _grade(will_be):
            shown = will_be or was
            assert shown is not None
            yield FindingChange(case, shown.sentence, _grade(was), _grade(will_be))


def _grade(finding: Finding | None) -> str:
    return finding.grade.label if finding else ""


def _date_changes(case: str, old: Checkup, new: Checkup, on: date) -> Iterator[DateChange]:
    before, after = _by_key(old.deadlines), _by_key(new.deadlines)
    for key in {**before, **after}:
        was, will_be = before.get(key), after.get(key)
        words = due_words(was, on), due_words(will_be, on)
        shown = will_be or was
        if words[0] != words[1] and shown is not None:
            yield DateChange(case, shown.what, *words, cite(shown.sources))


def _by_key(rows: Iterable[Deadline]) -> dict[tuple[object, ...], Deadline]:
    seen: Counter[tuple[object, ...]] = Counter()
    found: dict[tuple[object, ...], Deadline] = {}
    for row in rows:
        key = (row.rule, row.variant, row.where, row.start_at)
        seen[key] += 1
        found[(*key, seen[key])] = row
    return found


def due_words(row: Deadline | None, on: date) -> str:
    """Return the last day of a due date as it is shown: one day, a range, or an estimate."""
    if row is None or row.due is None:
        return NOTHING
    last = row.due_holiday or row.due
    if row.estimated:
        return f"约 {day_words(last, on)}（估算）"
    if row.latest is not None and row.latest > last:
        return f"{day_words(last, on)}至{day_words(row.latest, on)}之间"
    if row.due_weekend is not None and row.due_weekend > last:
        return f"{day_words(last, on)}，周末顺延到{short_day(row.due_weekend, on)}"
    return day_words(last, on)
