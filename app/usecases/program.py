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
    """Made once at start-up; a library into which law was brought has its own (``law_of_library.py``).

    Attributes:
        law_problems: what was brought into the library and cannot be used, in sentences.
        own_law: the program as it was made, where packs or years of a library are laid upon it; else ``None``.
    """

    clock: Clock
    packs: RulePacks
    calendar: WorkCalendar
    version: str
    law_problems: tuple[str, ...] = ()
    own_law: Program | None = None

    def own(self) -> Program:
        """Return the program with the law it ships with, and nothing else."""
        return self.own_law or self

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
