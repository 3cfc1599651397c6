"""What the rules found, turned into what the side panel shows; decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.domain.case import Case, collections
from app.domain.facts import facts_of
from app.domain.stages import Stage
from app.gui.forms.naming import record_title, short_day
from app.gui.forms.rule_door import RuleDoor
from app.gui.shell.side_panel import NoteView
from app.gui.widgets.date_reading import clock
from app.gui.widgets.finding_card import FindingView
from app.gui.widgets.finding_card import Grade as CardGrade
from app.rules.findings import Checkup, Deadline, Finding, Grade, Read, Source, State, Where
from app.rules.record_names import some_names
from app.storage.journal import JournalEntry
from app.usecases.restore_point import point_of

if TYPE_CHECKING:
    from app.gui.desk import Desk
    from app.rules.rule_texts import RuleText

MOST_SAID = 4
"""So many sentences are told about one article; with 300 findings more would be a wall."""
_LONGEST_PLACE = 60
"""Characters of one place among several: a record's name and the fact in it."""

_CARD: dict[Grade, CardGrade] = {Grade.MUST: "must", Grade.EXPLAIN: "explain", Grade.NOTE: "hint"}
_ORDER = {Grade.MUST: 0, Grade.EXPLAIN: 1, Grade.NOTE: 2}
_CLOSED = {State.EXPLAINED: "已说明", State.FLAW: "程序瑕疵"}


def met_texts(desk: Desk) -> list[RuleText]:
    """What was looked at and found in order, as the rules of the year's region say it."""
    cycle, pack = desk.case.cycle, desk.program.pack_or_national(desk.case)
    kind, form = cycle.agreement_kind, cycle.form
    found = []
    for rule in desk.checkup.satisfied:
        text = (pack.rule(rule, kind, form) if kind and form else None) or pack.rule(rule)
        if text is not None:
            found.append(text)
    return found


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Open ones first, the gravest before the others; what was explained stays in the list, behind."""
    return sorted(findings, key=lambda finding: (finding.state is not State.OPEN, _ORDER[finding.grade]))


def finding_view(finding: Finding, case: Case, *, place: str = "") -> FindingView:
    """A finding as a card; ``place`` names its stage where several are listed."""
    explained = ""
    if finding.explanation is not None:
        parts = (finding.explanation.what_happened, finding.explanation.made_good)
        explained = " ".join(part for part in parts if part)
    return FindingView(
        id=finding.key,
        grade=_CARD[finding.grade],
        closed=_CLOSED.get(finding.state, ""),
        sentence=finding.sentence,
        why=finding.why,
        article="、".join(source.named for source in finding.sources[:2]),
        how_read=how_read(finding),
        fields=fields_of(finding, case),
        action=action_of(finding),
        explained=explained,
        place=place,
    )


def action_of(finding: Finding) -> str:
    """The one thing that can be done about a finding besides mending it, as the words of a button."""
    if finding.grade is Grade.NOTE:
        return ""
    if finding.grade is Grade.MUST:
        if finding.state is State.FLAW:
            return "改如实说明"
        return "写如实说明" if finding.past_mending else ""
    return "改说明" if finding.state is State.EXPLAINED else "写说明"


def how_read(finding: Finding) -> str:
    """How well the articles were read; 待核 when nobody read any of them, and what is not known of their numbers."""
    told = [word for source in finding.sources for word in (source.read.label, source.remark)]
    return "；".join(dict.fromkeys(word for word in told if word))


def fields_of(finding: Finding, case: Case) -> str:
    """The fields concerned, in words."""
    places = [where_in_words(where, case) for where in (finding.where, *finding.related)]
    named = some_names(dict.fromkeys(place for place in places if place), "处", longest=_LONGEST_PLACE)
    return f"涉及：{named}" if named else ""


def where_in_words(where: Where, case: Case) -> str:
    """A place in the case, e.g. ``送达 要约 收到日期``."""
    record_class = collections().get(where.collection)
    if record_class is None:
        return ""
    held = case.find(where.collection, where.record_id)
    fact = facts_of(record_class).get(where.fact)
    parts = (record_title(case, held) if held is not None else record_class.LABEL, fact.label if fact else "")
    return " ".join(part for part in parts if part)


def basis_notes(
    findings: Iterable[Finding], deadlines: Iterable[Deadline], year: int | None
) -> list[NoteView]:
    """The articles behind a stage's findings and due dates, each with what it decides here and how read.

    Each leads to the rule that rests on it; where several do, to these.
    """
    notes: dict[str, _Article] = {}
    for deadline in deadlines:
        words = f"{deadline.what}：{deadline.period}" if deadline.period else deadline.what
        if deadline.due is not None:
            words += f"，最迟 {days_of(deadline, year)}" + ("（估算）" if deadline.estimated else "")
        for source in deadline.sources:
            _note(notes, source, words, deadline.rule)
    for finding in findings:
        for source in finding.sources:
            _note(notes, source, finding.sentence, finding.rule)
    return [
        NoteView(
            title=title,
            words=_some(dict.fromkeys(article.said)),
            remark=article.read.label,
            shape="book",
            door=_rules_of(title, article),
        )
        for title, article in notes.items()
    ]


def days_of(row: Deadline, year: int | None) -> str:
    """The day of a due date, or from the earliest to the latest where a year's holidays are not loaded."""
    if row.due is None:
        return ""
    first = row.due_holiday or row.due
    if row.latest is None or row.latest == first:
        return short_day(row.due, year)
    return f"{short_day(first, year)}至{short_day(row.latest, year)}之间"


def _some(said: Iterable[str]) -> str:
    """The first few sentences about an article, and how many more there are."""
    lines = list(said)
    left = len(lines) - MOST_SAID
    return "\n".join([*lines[:MOST_SAID], f"还有 {left} 处同样引这一条。"] if left > 1 else lines)


@dataclass(slots=True)
class _Article:
    """What rests on one article."""

    read: Read
    said: list[str] = field(default_factory=list)
    rules: dict[str, None] = field(default_factory=dict)


def _note(notes: dict[str, _Article], source: Source, words: str, rule: str) -> None:
    article = notes.setdefault(source.full, _Article(source.read))
    article.said.append(words)
    article.rules[rule] = None


def _rules_of(title: str, article: _Article) -> RuleDoor:
    return RuleDoor(next(iter(article.rules)), words=title if len(article.rules) > 1 else "")


def history_notes(entries: Iterable[JournalEntry], year: int | None) -> list[NoteView]:
    """Journal entries, one note for each step."""
    seen: set[int] = set()
    notes: list[NoteView] = []
    for entry in entries:
        if entry.group in seen:
            continue
        seen.add(entry.group)
        at: datetime = entry.at.astimezone()
        remark = f"{day_of(at, year)} {clock(at)} · {entry.actor}"
        point = point_of(entry.number, entry.action, entry.at)
        if point is None:
            notes.append(NoteView(title=entry.action, remark=remark))
        else:
            words = "Enter 回到这里，可以撤销。"
            title = f"还原点：{point.name}"
            notes.append(NoteView(title=title, words=words, remark=remark, shape="flag", door=point))
    return notes


def day_of(at: datetime, year: int | None) -> str:
    """The local day of an instant, short."""
    day: date = at.date()
    return short_day(day, year)


def of_stage(checkup: Checkup, stage: Stage | None) -> tuple[list[Finding], list[Deadline]]:
    """The findings and due dates of one stage, in order."""
    findings = in_order(finding for finding in checkup.findings if finding.belongs_to(stage))
    return findings, [deadline for deadline in checkup.deadlines if deadline.stage is stage]
