"""Where the time comes from. Everything below the start-up gets a clock handed in, so that tests set it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the instant (aware, UTC) and the local day."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        ...

    def today(self) -> date:
        """The local day."""
        ...


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still: for tests and for papers that must come out the same twice."""

    instant: datetime
    day: date | None = None

    def now(self) -> datetime:
        """The fixed instant."""
        return self.instant

    def today(self) -> date:
        """The fixed day, by default that of the instant."""
        return self.day or self.instant.date()
