"""Write due dates and meetings as a file that Outlook, WPS and phones take into their calendars."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.domain.case import Case
from app.domain.redaction import FOR_SUBMISSION, redact
from app.errors import UsageError
from app.exchange.ics import calendar_file
from app.rules.year_plan import PlanEntry, plan_entries
from app.storage.library import Library
from app.usecases.check_case import check_case
from app.usecases.program import Program
from app.usecases.whole_file import write_whole


def calendar_of(
    program: Program, case_key: str, case: Case, on: date | None = None
) -> tuple[bytes, tuple[PlanEntry, ...]]:
    """Return the calendar of a case on a day (today unless told), and what stands in it.

    ``case_key`` goes into every UID: the library and the case in it.
    """
    case = redact(case, FOR_SUBMISSION)  # a calendar may be kept on other people's computers
    checkup = check_case(program, case, on)
    entries = plan_entries(case, checkup)
    whose = " ".join(part for part in (case.union.name, case.cycle.title) if part)
    name = f"集体协商 {case.cycle.title}".strip()
    if case.cycle.practice is True:
        whose, name = f"练习案卷，{whose}", f"练习 {name}"
    content = calendar_file(
        entries, name=name, whose=whose, case_key=case_key, now=program.clock.now(), today=checkup.on
    )
    return content, entries


def export_calendar(program: Program, library: Library, case_id: str, target: Path) -> tuple[PlanEntry, ...]:
    """Write the calendar of a case and return what stands in it.

    Raises:
        UsageError: the name is not one of a calendar file.
        UserError: the file cannot be written.
    """
    if target.suffix.lower() != ".ics":
        raise UsageError(
            f"日历文件的后缀是 .ics，{target.name} 的后缀不对。",
            "没有写任何文件。",
            "文件名用 .ics 结尾。",
            code="X-211",
        )
    content, entries = calendar_of(program, f"{library.library_id}/{case_id}", library.read_case(case_id))
    write_whole(target, content)
    return entries
