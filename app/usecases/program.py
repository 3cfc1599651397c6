"""What every use case needs to know besides the library: the clock, the law, the calendar, our own version."""

from __future__ import annotations

from dataclasses import dataclass

from app.clock import Clock
from app.domain.calendar import WorkCalendar
from app.domain.case import Case
from app.errors import UserError
from app.rules.pack import RulePack, RulePacks


@dataclass(frozen=True, slots=True)
class Program:
    """The parts that are the same for every library; made once at start-up."""

    clock: Clock
    packs: RulePacks
    calendar: WorkCalendar
    version: str

    def pack_for(self, case: Case) -> RulePack:
        """Return the rule pack of the case's region.

        Raises:
            UserError: no pack of that name is installed.
        """
        return self.packs.for_cycle(case.cycle)

    def pack_or_national(self, case: Case) -> RulePack:
        """Return the case's pack; the national one while none, or one that is not there, is chosen."""
        try:
            return self.pack_for(case)
        except UserError:
            return self.packs.national
