"""A clock that moves only when it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

START = datetime(2026, 4, 3, 2, 20, tzinfo=UTC)


@dataclass
class TickingClock:
    """Every reading is one minute later than the one before."""

    instant: datetime = field(default=START)

    def now(self) -> datetime:
        self.instant += timedelta(minutes=1)
        return self.instant

    def today(self) -> date:
        return self.instant.date()
