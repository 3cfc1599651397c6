"""What was handed over in earlier years, from the other cases of the library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.offer import ReportKind
from app.progress import Progress
from app.storage.library import Library


@dataclass(frozen=True, slots=True)
class EarlierPackage:
    """The last package of one earlier year.

    Attributes:
        case_id: whose it is. year: of that case. what: which agreement, in a word.
        made_on: the day it was written. handed_in_on: the day its statistics were reported, if that was noted.
        fingerprint: of the package.
    """

    case_id: str
    year: int
    what: str
    made_on: date | None
    handed_in_on: date | None
    fingerprint: str


def earlier_packages(library: Library, year: int | None, progress: Progress) -> tuple[EarlierPackage, ...]:
    """Return the last package of each case of the years before ``year``, the newest first.

    Raises:
        CancelledError: from ``progress``.
    """
    earlier = [each for each in library.headings() if each.year and (year is None or each.year < year)]
    found = []
    for at, heading in enumerate(earlier):
        progress.step(at, len(earlier))
        case = library.read_case(heading.case_id)
        if not case.made_packages or heading.year is None:
            continue
        last = case.made_packages[-1]
        reports = [each for each in case.union_reports if each.kind is ReportKind.STATISTICS]
        found.append(
            EarlierPackage(
                case_id=heading.case_id,
                year=heading.year,
                what=heading.agreement_kind.label if heading.agreement_kind is not None else "",
                made_on=last.made_on,
                handed_in_on=next((each.reported_on for each in reversed(reports) if each.reported_on), None),
                fingerprint=last.fingerprint,
            )
        )
    return tuple(sorted(found, key=lambda each: -each.year))
