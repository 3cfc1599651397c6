"""The sheet in hand is kept in the library while it is typed: closing the window or a power cut loses none of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from app.domain.answered_sheet import AnsweredSheet, HalfSheet
from app.domain.survey import Survey
from app.figures.keyed_sheets import Conflict, KeyedSheets
from app.gui.desk import Desk
from app.gui.stages.survey.keying_steps import SheetInHand
from app.progress import Progress
from app.usecases.enter_sheet import (
    Decision,
    change_sheet,
    enter_sheet,
    keep_half_sheet,
    resolve_conflict,
)


def half_of(
    hand: SheetInHand, survey: Survey, number: str, keyed: int, changing: AnsweredSheet | None
) -> HalfSheet:
    """What is kept of a sheet in hand."""
    return HalfSheet(
        survey=survey.id,
        number=number,
        keyed=keyed,
        answers=dict(hand.answers),
        others=dict(hand.others),
        changes=changing.id if changing is not None else "",
    )


def storing(desk: Desk, made: AnsweredSheet, before: AnsweredSheet | None) -> Callable[[], AnsweredSheet]:
    """What stores a typed sheet, in the place of ``before`` if that is changed."""
    library, case_id, actor = desk.library, desk.case_id, desk.actor

    def work() -> AnsweredSheet:
        if before is not None:
            after = replace(
                before, number=made.number, answers=made.answers, others=made.others, invalid=made.invalid
            )
            return change_sheet(library, case_id, before, after, actor=actor)
        return enter_sheet(
            library,
            case_id,
            made.survey,
            number=made.number,
            answers=made.answers,
            others=made.others,
            keyed=made.keyed,
            invalid=made.invalid,
            actor=actor,
        )

    return work


def settling(
    desk: Desk, survey_id: str, conflict: Conflict, decision: Decision
) -> Callable[[Progress], KeyedSheets]:
    """What writes into both keyings what counts where they differ."""
    library, case_id, actor = desk.library, desk.case_id, desk.actor

    def work(_progress: Progress) -> KeyedSheets:
        return resolve_conflict(
            library, case_id, survey_id, conflict.number, conflict.question, decision, actor=actor
        )

    return work


class HalfKeeper:
    """Hands the newest state to the writers' lane; states that were overtaken on the way are not written."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._newest: tuple[str, HalfSheet | None] | None = None
        self._kept: HalfSheet | None = None

    def know(self, half: HalfSheet | None) -> None:
        """What is in the library now."""
        self._kept = half

    def keep(self, survey_id: str, half: HalfSheet | None) -> None:
        """Keep the sheet as it is now; ``None``: nothing is being typed."""
        if half == self._kept or self._desk.read_only:
            return
        self._kept = half
        with self._lock:
            self._newest = (survey_id, half)
        library, case_id, actor = self._desk.library, self._desk.case_id, self._desk.actor

        def work() -> None:
            with self._lock:
                newest, self._newest = self._newest, None
            if newest is None:
                return
            try:
                keep_half_sheet(library, case_id, *newest, actor=actor)
            except BaseException:
                with self._lock:
                    self._newest = self._newest or newest
                raise

        self._desk.store_behind("half-sheet", work)

    def is_stored(self) -> None:
        """The sheet is on its way to disk as a whole; with it goes what was kept of it."""
        self._kept = None
        with self._lock:
            self._newest = None
