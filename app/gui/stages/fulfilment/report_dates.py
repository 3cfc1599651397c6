"""By when the employer reports how the agreement is kept, year by year."""

from __future__ import annotations

from app.gui.stages.offer.due_rows import FollowingDates


class ReportDates(FollowingDates):
    """One due date for each contract year."""

    COLLECTION = "fulfilment_reports"
    RULES = ("report_freq",)
