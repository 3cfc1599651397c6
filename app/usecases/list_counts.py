"""Every count of a case: whether it is closed, and what does not agree while it is not (F-13, F-56)."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.case import Case
from app.domain.representatives import Count
from app.domain.stages import Stage
from app.figures.closing_counts import COUNTED, Closing, is_closed
from app.figures.person_votes import is_by_person
from app.rules.stage_of_record import stage_of_record
from app.usecases.close_count import closing_of


@dataclass(frozen=True, slots=True)
class CountState:
    """One count.

    Attributes:
        stage: where in the year it belongs.
        closed: it was closed and still agrees, or its reason is written.
        by_person: persons were voted on one by one; the votes stand with them.
        closing: what lacks, what differs, and the written reason.
    """

    count: Count
    stage: Stage
    closed: bool
    by_person: bool
    closing: Closing

    @property
    def agrees(self) -> bool:
        """True if it may be closed as it stands, or nobody has counted yet."""
        return self.closing.allowed or all(getattr(self.count, name) is None for name in COUNTED)


def list_counts(case: Case) -> tuple[CountState, ...]:
    """Return the counts of a case in their order."""
    return tuple(
        CountState(
            count=each,
            stage=stage_of_record(case, "counts", each.id) or Stage.CONGRESS,
            closed=is_closed(case, each),
            by_person=is_by_person(case, each),
            closing=closing_of(case, each),
        )
        for each in case.counts
    )
