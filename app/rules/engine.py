"""check(case, pack, calendar, on): every finding and every due date; pure, no clock, no disk."""

from __future__ import annotations

from datetime import date

from app.domain.calendar import WorkCalendar
from app.domain.case import Case
from app.rules.deadlines import all_deadlines
from app.rules.findings import Checkup
from app.rules.ground import Ground
from app.rules.pack import RulePack


def check(
    case: Case, pack: RulePack, calendar: WorkCalendar, on: date, *, national: RulePack | None = None
) -> Checkup:
    """Return findings and due dates of a case on a day, under a pack and a calendar."""
    ground = Ground(case, pack, national or pack.base or pack, calendar, on)
    ground.deadlines = all_deadlines(ground)
    return Checkup(
        on=on, region=pack.key, pack_version=pack.version, findings=(), deadlines=ground.deadlines
    )
