"""Tables of one question by several groups, side by side: what each must hold back for the others.

Two tables that are safe alone need not be safe together: who knows from other questions that most of 铸造 are 一线 reads
a number that is hidden by 部门 in the table by 岗位类别. So single numbers are hidden in one table of a question only,
so that most is shown. Of the options with hidden numbers the others show nothing at all.

Why that is enough: let two people who answered with such options change their answers, so that the one table may be
as it is shown. That changes no other question, no size of a group and, in the other tables, only what they do not
show. What the one table leaves open is therefore open for all outputs of the year together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.figures.small_groups import FEWEST

_Plan = tuple[frozenset[int] | None, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the tables: the true numbers of the groups it shows, and which of them it hides by itself.

    ``left`` is what the others chose together: what is left over is shown as well.
    """

    numbers: tuple[tuple[int, ...], ...]
    hidden: tuple[tuple[bool, ...], ...]
    left: tuple[int, ...] = ()

    @property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """The numbers of all groups somebody can work out."""
        return (*self.numbers, self.left) if any(self.left) else self.numbers

    @property
    def hides(self) -> frozenset[int]:
        """The options of which it hides something."""
        return frozenset(at for row in self.hidden for at, hidden in enumerate(row) if hidden)

    def small(self, chosen: Sequence[int]) -> frozenset[int]:
        """The options with numbers below five."""
        return frozenset(at for at in chosen if any(row[at] < FEWEST for row in self.groups))


def held_back(sides: Sequence[Side], totals: Sequence[int]) -> _Plan:
    """Return for each table the options of which it shows nothing; all others it shows of every group it shows.

    ``None`` is the table that shows and hides single numbers as it does alone; where nothing is hidden at all, or
    there is no other table, they all may. ``totals`` are the answers of all for each option.
    """
    if len(sides) < 2 or not any(side.hides for side in sides):
        return (None,) * len(sides)
    held = _Plans(sides, [at for at, total in enumerate(totals) if total])
    plans = [held.best(first) for first in range(len(sides))]
    return max(plans, key=held.shown)  # the first of equal ones


class _Plans:
    """What can be held back; ``chosen`` are the options somebody chose."""

    def __init__(self, sides: Sequence[Side], chosen: Sequence[int]) -> None:
        self._sides, self._chosen, self._all = sides, chosen, frozenset(chosen)
        self._small = [side.small(chosen) for side in sides]
        self._hides = [side.hides & self._all for side in sides]
        self._rows = [len(side.numbers) for side in sides]
        self._alone = [sum(not row[at] for row in side.hidden for at in chosen) for side in sides]
        self._sums = [
            sum(row[at] for side in sides for row in side.groups) if at in self._all else 0
            for at in range(max(chosen, default=-1) + 1)
        ]

    def best(self, first: int) -> _Plan:
        """What to hold back if ``first`` hides single numbers; tables left out altogether may spare the others."""
        unclean = {at for at in range(len(self._sides)) if self._small[at] or self._hides[at]} - {first}
        return max((self._from(first, set()), self._from(first, unclean)), key=self.shown)

    def _from(self, first: int, out: set[int]) -> _Plan:
        """Leave one table more out, or one less, as long as more is shown."""
        plan = self._plan(first, out)
        while True:
            tried = [(self._plan(first, out ^ {at}), at) for at in range(len(plan)) if at != first]
            better = max(tried, key=lambda each: self.shown(each[0]), default=None)
            if better is None or self.shown(better[0]) <= self.shown(plan):
                return plan
            plan = better[0]
            out = out ^ {better[1]}

    def _plan(self, first: int, out: set[int]) -> _Plan:
        others = [at for at in range(len(self._sides)) if at != first and at not in out]
        back = self._hides[first].union(*(self._small[at] for at in (first, *others)))
        while back and back != self._all and not self._in_company(others, back):
            back |= {min(self._all - back, key=lambda at: (self._sums[at], at))}
        return tuple(
            None if at == first else self._all if at in out else back for at in range(len(self._sides))
        )

    def _in_company(self, others: Sequence[int], back: frozenset[int]) -> bool:
        """Whether no group's held back answers are one option's, or fewer than five."""
        return len(back) > 1 and all(
            sum(row[at] for at in back) >= FEWEST for side in others for row in self._sides[side].groups
        )

    def shown(self, plan: _Plan) -> int:
        """How many numbers are shown of all tables."""
        return sum(
            self._alone[at] if back is None else self._rows[at] * len(self._all - back)
            for at, back in enumerate(plan)
        )
