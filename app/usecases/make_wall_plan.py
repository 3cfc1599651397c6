"""Print the year on one sheet for the wall."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.documents.letters.frame import journal_mark
from app.documents.wall_layout import WallPlan
from app.documents.wall_plan import PAPERS, render_wall_plan, wall_plan
from app.domain.case import Case
from app.domain.redaction import FOR_SUBMISSION, redact
from app.errors import UsageError
from app.storage.library import Library
from app.usecases.check_case import check_case
from app.usecases.program import Program
from app.usecases.whole_file import write_whole


def plan_of(program: Program, library: Library | None, case: Case, on: date | None = None) -> WallPlan:
    """Return what the sheet of a case says on a day (today unless told); whoever passes the wall may read it."""
    pack = program.pack_for(case)
    case = redact(case, FOR_SUBMISSION)
    return wall_plan(
        case,
        check_case(program, case, on),
        program.calendar,
        pack=f"规则包 {pack.name} {pack.version}",
        footer=journal_mark(library.journal_head()) if library is not None else "",
    )


def make_wall_plan(
    program: Program, library: Library, case_id: str, target: Path, *, paper: str = "a4"
) -> WallPlan:
    """Write the wall plan of a case as a PDF of one page and return what it says.

    Raises:
        UsageError: a paper that is not known, or a name that is not one of a PDF.
        UserError: no font, or the file cannot be written.
    """
    if paper not in PAPERS:
        raise UsageError(
            f"没有 {paper} 这种纸。", "没有写任何文件。", "可以用：a4、a3，都是横放。", code="D-211"
        )
    if target.suffix.lower() != ".pdf":
        raise UsageError(
            f"挂墙计划是 PDF，{target.name} 的后缀不对。",
            "没有写任何文件。",
            "文件名用 .pdf 结尾。",
            code="D-212",
        )
    plan = plan_of(program, library, library.read_case(case_id))
    write_whole(target, render_wall_plan(plan, paper))
    return plan
