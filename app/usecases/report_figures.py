"""Everything 统计与报送 shows of a case under one notice, worked out behind the window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.case import Case
from app.errors import UserError
from app.figures.origin import Figure
from app.figures.profiles import Profile
from app.figures.rates import rates_of
from app.figures.tables import Table
from app.usecases.make_table import profiles, tables_for
from app.usecases.package_contents import ContentRow, package_contents
from app.usecases.program import Program


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """What the page tells.

    Attributes:
        profiles: all notices that are known.
        chosen: the one these figures are for.
        table: filled; None when it cannot be, then ``why_not`` says why.
        rates: every rate the case has facts for.
        contents: what the package would hold today.
        material_files, material_octets: how many originals go into it, and how large they are.
    """

    profiles: tuple[Profile, ...]
    chosen: Profile
    table: Table | None
    why_not: str
    rates: tuple[Figure, ...]
    contents: tuple[ContentRow, ...]
    material_files: int
    material_octets: int


def report_figures(program: Program, case: Case, wanted: str, on: date) -> ReportFigures:
    """Return the figures for the notice ``wanted``; the last one used, or the region's own, when there is none."""
    known = profiles()
    chosen = next((each for each in known if each.key == wanted), None) or _usual(case, known)
    table, why_not = _table(case, chosen, on)
    originals = {
        paper.sha256: paper.size or 0 for paper in case.evidence if paper.sha256 and not paper.personal
    }
    return ReportFigures(
        profiles=known,
        chosen=chosen,
        table=table,
        why_not=why_not,
        rates=tuple(rates_of(case)),
        contents=package_contents(program, case, chosen.key),
        material_files=len(originals),
        material_octets=sum(originals.values()),
    )


def _usual(case: Case, known: tuple[Profile, ...]) -> Profile:
    """The notice of the last package, else the first of this region that can be filled."""
    last = case.made_packages[-1].profile if case.made_packages else ""
    fitting = [each for each in known if each.region == case.cycle.region]
    fillable = [each for each in (*fitting, *known) if each.known_tables]
    return next((each for each in known if each.key == last), None) or next(iter(fillable), known[0])


def _table(case: Case, profile: Profile, on: date) -> tuple[Table | None, str]:
    try:
        tables = tables_for(case, profile.key, on)
    except UserError as error:
        return None, error.what_happened
    if tables:
        return tables[0], ""
    if profile.known_tables:
        return None, "统计截止日还没有填，填了才能算出每个数。"
    named = "、".join(f"“{table.name}”" for table in profile.tables)
    return None, f"这份通知只知道表名，栏目没有取得，填不了：{named}。"
