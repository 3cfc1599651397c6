"""找: everything with a name that can be gone to, and what is written in the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.domain.case import Case
from app.domain.facts import Kind, Record, Sensitivity, facts_of
from app.domain.stages import row_of
from app.forms.law import LAW, LAW_STEPS, LAW_TITLE
from app.forms.pages import PAGES
from app.gui.forms.naming import in_region, record_title
from app.gui.forms.rule_door import RuleDoor
from app.rules.findings import Checkup, Where
from app.usecases.program import Program

GROUPS = ("议题", "条款", "人员", "文书与材料", "其他登记", "页面", "条文与规则")
"""Under which heads answers stand, in this order."""

MOST_IN_GROUP = 8
MOST = 40
NEAREST = 3
_WRITTEN = (Kind.TEXT, Kind.LONG_TEXT, Kind.TEXTS)
_OPEN = (Sensitivity.PUBLIC, Sensitivity.INTERNAL)
_NEVER_SHOWN = frozenset(
    {"sha256", "media_type", "facts_digest", "text_digest", "fingerprint", "journal_head"}
)
_GROUP_OF = {
    "topics": "议题",
    "clauses": "条款",
    "evidence": "文书与材料",
    "made_documents": "文书与材料",
    "made_packages": "文书与材料",
    "representatives": "人员",
    "advisers": "人员",
    "recorders": "人员",
    "delegates": "人员",
}
_NAMED_IN_UNION = ("chair", "vice_chair", "acting_head", "women_committee_head", "handler")
"""People of the union who have no record of their own: facts that hold a name."""
_LEFT_OUT = frozenset({"bottom_lines"})
"""本方底线 is shown only while Space is held, never in a list."""


@dataclass(frozen=True, slots=True)
class Found:
    """One answer: under which head, what it is, where it is in words, and the door that leads there."""

    group: str
    title: str
    place: str
    door: Where | tuple[str, str] | RuleDoor


@dataclass(frozen=True, slots=True)
class Answers:
    """What was found, under its heads; where nothing was, the ``nearest`` titles. ``total`` counts all."""

    words: str
    found: tuple[Found, ...]
    total: int
    nearest: tuple[Found, ...] = ()


def search(program: Program, case: Case, checkup: Checkup, words: str) -> Answers:
    """Look for words in names first, then in what is written; at most 8 answers under a head, 40 in all.

    Personal data and 本方底线 are not looked through, and of people nothing but the name is shown.
    """
    wanted = words.strip().casefold()
    if not wanted:
        return Answers(words, (), 0)
    named = list(_everything_named(program, case, checkup))
    by_name = [each for each in named if wanted in each.title.casefold()]
    by_name.sort(key=lambda each: not each.title.casefold().startswith(wanted))
    doors = {each.door for each in by_name}
    by_place = [each for each in named if each.door not in doors and wanted in each.place.casefold()]
    doors |= {each.door for each in by_place}
    written = [
        each
        for each in _written(case, wanted)
        if each.door not in doors and _record_of(each) not in {_record_of(other) for other in by_name}
    ]
    everything = [*by_name, *by_place, *written]
    found: list[Found] = []
    for group in GROUPS:
        found += [each for each in everything if each.group == group][:MOST_IN_GROUP]
    nearest = () if found else _nearest(named, wanted)
    return Answers(words, tuple(found[:MOST]), len(everything), nearest)


def _record_of(found: Found) -> tuple[str, str]:
    door = found.door
    return (door.collection, door.record_id) if isinstance(door, Where) else ("", "")


def _everything_named(program: Program, case: Case, checkup: Checkup) -> Iterator[Found]:
    yield from _records(case)
    yield from _papers(program, case)
    yield from _pages(program, case)
    yield from _law()
    yield from _rules(program, case, checkup)


def _records(case: Case) -> Iterator[Found]:
    for name in _NAMED_IN_UNION:
        fact = facts_of(type(case.union)).get(name)
        value = getattr(case.union, name, "")
        if fact is not None and value:
            yield Found("人员", str(value), fact.label, Where("union", case.union.id, name))
    for collection, held in case.everything():
        if collection in _LEFT_OUT:
            continue
        group = _GROUP_OF.get(collection, "其他登记")
        yield Found(group, record_title(case, held), held.LABEL, Where(collection, held.id))


def _papers(program: Program, case: Case) -> Iterator[Found]:
    """The papers each step leaves, made or not."""
    from app.documents.catalogue import kind_named

    pack = program.pack_or_national(case)
    seen: set[str] = set()
    for page in PAGES:
        for step in page.steps:
            for key in step.documents:
                kind = kind_named(key)
                if kind is None or key in seen:
                    continue
                seen.add(key)
                title = in_region(program, case, step.title)
                yield Found(
                    "文书与材料", kind.name(pack, case), f"{page.title} · {title}", (page.key, step.key)
                )


def _pages(program: Program, case: Case) -> Iterator[Found]:
    for page in PAGES:
        yield Found("页面", page.title, "页面", (page.key, page.steps[0].key))
        for step in page.steps:
            title = in_region(program, case, step.title)
            parts = "、".join(in_region(program, case, each.title) for each in step.sections)
            yield Found(
                "页面", title, f"{page.title} · {parts}" if parts else page.title, (page.key, step.key)
            )


def _law() -> Iterator[Found]:
    """The page where the checks and the rules stand."""
    yield Found("页面", LAW_TITLE, "页面", (LAW, LAW_STEPS[0][0]))
    for key, name in LAW_STEPS:
        yield Found("页面", name, LAW_TITLE, (LAW, key))


def _rules(program: Program, case: Case, checkup: Checkup) -> Iterator[Found]:
    """What the region's texts say, with the articles; then articles behind findings that no rule names."""
    pack, cycle = program.pack_or_national(case), case.cycle
    told: set[str] = set()
    kind, form = cycle.agreement_kind, cycle.form
    for rule in pack.rule_ids():
        text = pack.rule(rule, kind, form) if kind and form else pack.rule(rule)
        if text is None:
            continue
        articles = "、".join(source.full for source in text.sources)
        told.update(source.full for source in text.sources)
        place = f"{row_of(text.stage).number} {text.stage.label}" + (f" · {articles}" if articles else "")
        yield Found("条文与规则", text.title, place, RuleDoor(rule))
    for finding in checkup.findings:
        for source in finding.sources:
            if source.full not in told:
                told.add(source.full)
                yield Found("条文与规则", source.full, finding.sentence, finding.where)


def _written(case: Case, wanted: str) -> Iterator[Found]:
    for collection, held in case.everything():
        group = _GROUP_OF.get(collection, "其他登记")
        if collection in _LEFT_OUT or group == "人员":
            continue
        hit = _fact_with(held, wanted)
        if hit is not None:
            place = f"{held.LABEL} · {hit[1]}"
            yield Found(group, record_title(case, held), place, Where(collection, held.id, hit[0]))


def _fact_with(held: Record, wanted: str) -> tuple[str, str] | None:
    for name, fact in facts_of(type(held)).items():
        if fact.kind not in _WRITTEN or fact.sensitivity not in _OPEN or name in _NEVER_SHOWN:
            continue
        value = getattr(held, name)
        text = "、".join(value) if isinstance(value, tuple) else str(value)
        at = text.casefold().find(wanted)
        if at >= 0:
            begin = max(0, at - 12)
            shown = ("…" if begin else "") + text[begin : begin + 40].replace("\n", " ")
            return name, f"{fact.label}：{shown}"
    return None


def _nearest(named: Iterable[Found], wanted: str) -> tuple[Found, ...]:
    """The three titles most like the words, if they have anything in common at all."""
    letters = set(wanted)
    rated: list[tuple[float, Found]] = []
    seen: set[str] = set()
    for each in named:
        if each.title in seen or not letters & set(each.title.casefold()):
            continue
        seen.add(each.title)
        rated.append((SequenceMatcher(None, wanted, each.title.casefold()).ratio(), each))
    rated.sort(key=lambda pair: -pair[0])
    return tuple(each for _, each in rated[:NEAREST])
