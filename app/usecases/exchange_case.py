"""Case files in and out: lossless, but for counts of small groups, which never leave."""

from __future__ import annotations

from pathlib import Path

from app.domain.case import Case
from app.errors import UserError
from app.exchange.case_file import load_case
from app.figures.closing_counts import may_close
from app.storage.library import Library
from app.usecases.leaving import data_leaving
from app.usecases.whole_file import read_input, write_whole


def load_case_file(library: Library, file: Path, *, actor: str) -> str:
    """Read a case file into the library as a new case and return its id; a refused file changes nothing.

    Raises:
        UserError: the file cannot be read or is no proper case file; all problems are named.
    """
    case = read_case_file(file)
    _refuse_wrong_counts(case, file.name)
    _refuse_twin(library, case)
    with library.write(actor, undoable=False) as unit:
        case_id: str = unit.add_case(case)
        unit.commit()
    return case_id


def read_case_file(file: Path) -> Case:
    """Return the case in a file.

    Raises:
        UserError: see :func:`load_case_file`.
    """
    return load_case(read_input(file, at_most=64 * 2**20), name=file.name)


def dump_case_file(library: Library, case_id: str, file: Path) -> None:
    """Write a case to a file, the file whole or not at all; counts of small groups stay in the library."""
    write_whole(file, data_leaving(library.read_case(case_id)))


def _refuse_wrong_counts(case: Case, name: str) -> None:
    for count in case.counts:
        said = may_close(case, count).said
        if count.closed_on is not None and said:
            raise UserError(
                f"{name} 里“{count.title}”写着计票已经结束，数字却对不上：{'；'.join(said[:3])}。",
                "资料库没有变。",
                "请给文件的人在原来的案卷里重新打开计票，改好或者写一句说明，再导出一次。",
                code="C-202",
            )


def _refuse_twin(library: Library, case: Case) -> None:
    for heading in library.headings():
        if library.read_case(heading.case_id) == case:
            raise UserError(
                "资料库里已经有一模一样的案卷。",
                "资料库没有变。",
                "不用再装；要改就在窗口里改。",
                code="C-201",
            )
