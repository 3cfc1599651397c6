"""Tables of one question by several groups, side by side: what each must hold back for the others.

Two tables that are safe alone need not be safe together: who knows from other questions that most of 铸造 are 一线 reads
a number that is hidden by 部门 in the table by 岗位类别. So single numbers are hidden in one table of a question only,
the one that shows most that way. Of the options with hidden numbers the others show nothing at all.

Why that is enough: let two people who answered with such options change their answers, so that the one table may be
as it is shown. That changes no other question, no size of a group and, in the other tables, only what they do not
show. What the one table leaves open is therefore open for all outputs of the year together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.figures.small_groups import FEWEST


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


def held_back(sides: Sequence[Side], totals: Sequence[int]) -> tuple[frozenset[int] | None, ...]:
    """Return for each table the options of which it shows nothing; all others it shows of every group it shows.

    ``None`` is the table that shows and hides single numbers as it does alone; where nothing is hidden at all, or
    there is no other table, they all may. ``totals`` are the answers of all for each option.
    """
    if len(sides) < 2 or not any(side.hides for side in sides):
        return (None,) * len(sides)
    plans = [_plan(sides, at, totals) for at in range(len(sides))]
    best = max(range(len(sides)), key=lambda at: (_shown(sides, plans[at]), -at))
    return plans[best]


def _plan(sides: Sequence[Side], first: int, totals: Sequence[int]) -> tuple[frozenset[int] | None, ...]:
    """What is held back if the table ``first`` is the one that hides single numbers."""
    chosen = [at for at, total in enumerate(totals) if total]
    back = sides[first].hides.union(*(side.small(chosen) for side in sides))
    others = [side for at, side in enumerate(sides) if at != first]
    while back and len(back) < len(chosen) and not _in_company(others, back):
        back |= {min((at for at in chosen if at not in back), key=lambda at: (totals[at], at))}
    return tuple(None if at == first else back for at in range(len(sides)))


def _in_company(sides: Sequence[Side], back: frozenset[int]) -> bool:
    """Whether no group's held back answers are one option's, or fewer than five."""
    return len(back) > 1 and all(
        sum(row[at] for at in back) >= FEWEST for side in sides for row in side.groups
    )


def _shown(sides: Sequence[Side], plan: Sequence[frozenset[int] | None]) -> int:
    return sum(
        not hidden if back is None else at not in back
        for side, back in zip(sides, plan, strict=True)
        for row in side.hidden
        for at, hidden in enumerate(row)
    )
