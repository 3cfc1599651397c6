"""The one place that builds objects and hands them on; no globals, no registries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

from app import __version__
from app.cli.run import run
from app.paths import resource
from app.rules.calendars import load_calendar
from app.rules.pack import load_packs
from app.usecases.program import Program


class SystemClock:
    """The computer's clock; nothing else in the program reads it."""

    def now(self) -> datetime:
        """The instant in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The local day."""
        return datetime.now(UTC).astimezone().date()


def make_program() -> Program:
    """Load what is the same for every library: rule packs and the calendars of the years."""
    return Program(
        clock=SystemClock(),
        packs=load_packs(resource("rules"), at_once=False),
        calendar=load_calendar(resource("calendar")),
        version=__version__,
    )


def start(arguments: Sequence[str]) -> int:
    """Run a command, or open the window when there is none; return the exit code."""
    return run(arguments, make_program, _open_window, _show_parts)


def _open_window(library: Path | None, quit_after_start: bool) -> int:
    _load_what_is_not_qt()
    from app.gui.binding import skip_switch_search  # Qt is loaded only when a window is wanted

    skip_switch_search()
    from app.gui.application import run_window

    return run_window(make_program(), library, quit_after_start=quit_after_start)


def _load_what_is_not_qt() -> None:
    """Load what stands behind the window first: once Qt's binding is there, every import takes a way round by it."""
    for module in (
        "sqlalchemy.dialects.sqlite",
        "app.storage.library",
        "app.attachments.store",
        "app.exchange.sticks",
        "app.forms.pages",
        "app.usecases.close_stage",
        "app.usecases.explain_finding",
        "app.usecases.keep_backup",
        "app.usecases.law_of_library",
        "app.usecases.overview",
        "app.usecases.restore_point",
    ):
        import_module(module)


def _show_parts() -> int:
    from app.gui.parts_page import show_parts

    return show_parts()
