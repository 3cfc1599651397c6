"""A :class:`app.errors.UserError` as the sheet that shows it."""

from __future__ import annotations

from datetime import datetime

from app.errors import UserError
from app.gui.widgets.date_reading import clock
from app.gui.widgets.failure_sheet import FailureView
from app.gui.widgets.item_row import ActionView


def failure_view(
    error: UserError, headline: str, at: datetime, ways: tuple[ActionView, ...] = ()
) -> FailureView:
    """The three parts under a headline that says what was not done."""
    return FailureView(
        headline=headline,
        what_happened=error.what_happened,
        unharmed=error.unharmed,
        what_to_do=error.what_to_do,
        code=error.code,
        at=clock(at),
        ways=ways,
    )
