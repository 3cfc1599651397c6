"""找: everything with a name that can be gone to, and what is written in the records."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.case import Case
from app.domain.facts import Kind, Record, Sensitivity, facts_of
from app.forms.pages import PAGES
from app.gui.forms.naming import in_region, record_title
from app.rules.findings import Checkup, Where
from app.usecases.program import Program

MOST = 40
_WRITTEN = (Kind.TEXT, Kind.LONG_TEXT, Kind.TEXTS)
_OPEN = (Sensitivity.PUBLIC, Sensitivity.INTERNAL)
_NEVER_SHOWN = frozenset(
    {"sha256", "media_type", "facts_digest", "text_digest", "fingerprint", "journal_head"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """One answer: what it is, where it is in words, and the door that leads there."""

    title: str
    place: str
    door: Where | tuple[str, str]


def search(program: Program, case: Case, checkup: Checkup, words: str) -> tuple[Found, ...]:
    """Pages and sheets by name, records by title and text, articles behind findings and due dates; at most 40.

    Personal data and 底线 are not looked through: an answer shows what it found.
    """
    wanted = words.strip().casefold()
    if not wanted:
        return ()
    found = [*_pages(program, case, wanted), *_records(case, wanted), *_articles(checkup, wanted)]
    return tuple(found[:MOST])


def _pages(program: Program, case: Case, wanted: str) -> list[Found]:
    found = []
    for page in PAGES:
        if wanted in page.title.casefold():
            found.append(Found(page.title, "页面", (page.key, page.steps[0].key)))
        for step in page.steps:
            titles = [step.title, *(section.title for section in step.sections)]
            named = [in_region(program, case, title) for title in titles]
            hit = next((title for title in named if wanted in title.casefold()), None)
            if hit is not None:
                found.append(Found(hit, f"{page.title} · {named[0]}", (page.key, step.key)))
    return found


def _records(case: Case, wanted: str) -> list[Found]:
    found = []
    for collection, held in case.everything():
        title = record_title(case, held)
        if wanted in title.casefold():
            found.append(Found(title, held.LABEL, Where(collection, held.id)))
            continue
        hit = _fact_with(held, wanted)
        if hit is not None:
            found.append(Found(title, f"{held.LABEL} · {hit[1]}", Where(collection, held.id, hit[0])))
    return found


def _fact_with(held: Record, wanted: str) -> tuple[str, str] | None:
    for name, fact in facts_of(type(held)).items():
        if fact.kind not in _WRITTEN or fact.sensitivity not in _OPEN or name in _NEVER_SHOWN:
            continue
        value = getattr(held, name)
        text = "、".join(value) if isinstance(value, tuple) else str(value)
        if wanted in text.casefold():
            return name, f"{fact.label}：{text[:40]}"
    return None


def _articles(checkup: Checkup, wanted: str) -> list[Found]:
    found: dict[str, Found] = {}
    for finding in checkup.findings:
        for source in finding.sources:
            if wanted in source.full.casefold():
                found.setdefault(source.full, Found(source.full, finding.sentence, finding.where))
    for deadline in checkup.deadlines:
        for source in deadline.sources:
            if wanted in source.full.casefold():
                found.setdefault(source.full, Found(source.full, deadline.what, deadline.where))
    return list(found.values())
