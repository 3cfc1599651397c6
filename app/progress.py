"""How long work tells how far it got; the window, the command line and tests each give their own."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told after each piece of work. ``step`` may raise :class:`app.errors.CancelledError`."""

    def step(self, done: int, total: int, what: str = "") -> None:
        """``done`` of ``total`` pieces (files, bytes, pages) are ready; ``what`` names the next in Chinese."""
        ...


class Silent:
    """Progress that nobody watches."""

    def step(self, done: int, total: int, what: str = "") -> None:
        """Do nothing."""
