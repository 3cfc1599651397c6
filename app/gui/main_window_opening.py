"""Opening a library or a year in the background, and what is shown meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import UserError
from app.gui.widgets.text import Text
from app.usecases.program import Program

if TYPE_CHECKING:
    from app.domain.case import Case
    from app.domain.union import AgreementKind
    from app.gui.pages.start_facts import Beginning
    from app.rules.findings import Checkup
    from app.storage.headings import CaseHeading
    from app.storage.library import Library

ACTOR = "窗口"


@dataclass(frozen=True, slots=True)
class Opened:
    """What was read in the background when a library or a case was opened; ``case`` may be none.

    ``program`` has the law of this library. ``stay`` is page, step and what is to be said where the case was
    open before and comes back as it was left; empty otherwise.
    """

    program: Program
    library: Library
    headings: tuple[CaseHeading, ...]
    case_id: str
    case: Case | None
    checkup: Checkup | None
    stay: tuple[str, str, str] | None = None


class WaitingRoom(QWidget):
    """Blank for a moment; words only when it takes longer."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self._text = Text("", "empty")
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._text)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(300)
        self._timer.timeout.connect(self._text.show)

    def wait(self, words: str) -> None:
        """Say ``words`` if it takes longer than a moment."""
        self._text.set_words(words)
        self._text.hide()
        self._timer.start()

    def stop(self) -> None:
        """It is over."""
        self._timer.stop()


def read_opened(
    program: Program, library: Library, wanted: str, stay: tuple[str, str, str] | None = None
) -> Opened:
    """Read the case ``wanted``, else the latest one, under the law of its library; for a worker."""
    from app.usecases.check_case import check_if_ruled
    from app.usecases.law_of_library import program_for

    program = program_for(program, library)
    headings = library.headings()
    ids = [heading.case_id for heading in headings]
    if not ids:
        return Opened(program, library, (), "", None, None)
    latest = max(headings, key=lambda heading: heading.year or 0).case_id
    case_id = wanted if wanted in ids else latest
    case = library.read_case(case_id)
    return Opened(program, library, headings, case_id, case, check_if_ruled(program, case), stay)


def not_stored(left: int) -> UserError:
    """What is said when the window is to be closed over changes that are not on disk."""
    return UserError(
        f"还有 {left} 处改动没有存上，现在关掉会丢。",
        "别的都已存好。",
        "先点“再试一次”；还是存不上，再关一次就不等了。",
        code="W-101",
    )


def add_year(library: Library, beginning: Beginning, like: Case | None) -> str:
    """Open a year as the first use asked for it and return the id of its first case; for a worker.

    Every kind of agreement is a case of its own, all of the same union and enterprise.
    """
    ids = []
    for kind in beginning.kinds or (beginning.kind,):
        ids.append(_add_case(library, beginning, kind, like))
        like = library.read_case(ids[0])
    return ids[0]


def _add_case(library: Library, beginning: Beginning, kind: AgreementKind, like: Case | None) -> str:
    from app.usecases.record_fact import record_fact
    from app.usecases.start_year import start_year

    case_id = start_year(
        library,
        year=beginning.year,
        region=beginning.region,
        agreement_kind=kind,
        form=beginning.form,
        like=like,
        actor=ACTOR,
    )
    if like is not None:
        return case_id
    case = library.read_case(case_id)
    if beginning.region_name:
        cycle = case.cycle.replace(region_name=beginning.region_name)
        record_fact(library, case_id, "cycle", cycle, actor=ACTOR)
    for collection, facts in beginning.facts.items():
        (held,) = case.records(collection)
        record_fact(library, case_id, collection, held.replace(**facts), actor=ACTOR)
    return case_id
