"""Whole seats shared out by heads: 最大余数法, the method of Hare and Hamilton."""

from __future__ import annotations

from collections.abc import Sequence


def largest_remainder(seats: int, heads: Sequence[int]) -> tuple[int, ...]:
    """Return how many of ``seats`` each group gets: its whole share, what is left goes to the largest remainders.

    Groups with equal remainders are served in the order in which they stand. The seats of all come to ``seats``,
    or to nothing where there are no heads.

    Args:
        seats: how many there are to share, not negative.
        heads: people of each group, none negative.
    """
    everyone = sum(heads)
    if not everyone:
        return (0,) * len(heads)
    whole = [seats * each // everyone for each in heads]
    order = sorted(range(len(heads)), key=lambda at: -(seats * heads[at] % everyone))
    for at in order[: seats - sum(whole)]:
        whole[at] += 1
    return tuple(whole)
