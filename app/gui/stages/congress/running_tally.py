"""A stack of paper that one teller has not finished: one running tally, written over with each sheet.

It is kept with what is half typed in the window: a kill loses none, leaving the page is a pause, and nothing tells of
the order in which the paper lies.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.ballots import Counter
from app.gui.desk import Desk

_KEYED = "keyed"


class RunningTally:
    """The running numbers of both tellers of one collection of sheets; ``width`` is how many numbers there are."""

    def __init__(self, desk: Desk, sheets: str, width: int) -> None:
        self._desk, self._sheets, self._width = desk, sheets, width

    def keep(self, held: str, counter: Counter, numbers: Sequence[int]) -> None:
        """Put these numbers in the place of those before; ``held`` is the id of what is counted."""
        words = " ".join(map(str, numbers))
        self._desk.half_typed.keep(self._sheets, _place(held, counter), _KEYED, words)

    def forget(self, held: str, counter: Counter) -> None:
        """The stack was handed on, or is counted anew."""
        self._desk.half_typed.drop(self._sheets, _place(held, counter), [_KEYED])

    def numbers(self, held: str, counter: Counter) -> tuple[int, ...]:
        """How far a teller came; empty if no stack is unfinished."""
        words = self._desk.half_typed.words(self._sheets, _place(held, counter), _KEYED).split()
        if len(words) != self._width or not all(each.isdecimal() for each in words):
            return ()
        return tuple(map(int, words))


def _place(held: str, counter: Counter) -> str:
    return f"{held}/{counter.value}"
