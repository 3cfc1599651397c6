"""A number that grows with the staff (浙民管 10, 沪职代 21, 豫民权 18): rungs from the pack, counted in whole steps.

A step that is not full adds nothing, and where a text leaves a number between two rungs open, the pack takes the
lower one: what is below is below in every reading.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.rules.strict_toml import Table


@dataclass(frozen=True, slots=True)
class Rung:
    """From so many staff on (inclusive): ``base``, and ``add`` for every full ``each`` beyond ``counted_from``.

    ``percent`` of the staff is wanted besides where a text names a share; the larger of both counts.
    """

    least: int
    base: int
    each: int = 0
    add: int = 0
    counted_from: int = 0
    percent: int = 0


def fewest(ladder: tuple[Rung, ...], staff: int) -> int | None:
    """Return the least number for so many staff, ``None`` where no rung begins that low."""
    rung = next((each for each in reversed(ladder) if each.least <= staff), None)
    if rung is None:
        return None
    steps = (staff - rung.counted_from) // rung.each if rung.each else 0
    share = -(-staff * rung.percent // 100)
    return max(rung.base + rung.add * steps, share)


def read_ladder(table: Table) -> tuple[Rung, ...]:
    """Read the rungs of a rule, ascending; absent means none.

    Raises:
        UserError: a rung without its numbers, or out of order.
    """
    if not table.has("ladder"):
        return ()
    rungs: list[Rung] = []
    for entry in table.tables("ladder"):
        least = entry.whole("from")
        rung = Rung(
            least=least,
            base=entry.whole("base"),
            each=entry.whole("each", 0),
            add=entry.whole("add", 0),
            counted_from=entry.whole("counted_from", least),
            percent=entry.whole("percent", 0),
        )
        entry.done()
        if rungs and rungs[-1].least >= rung.least:
            raise entry.refuse("人数应当一档比一档大")
        if rung.counted_from > rung.least:
            raise entry.refuse("起算的人数不能大于这一档开始的人数")
        rungs.append(rung)
    return tuple(rungs)
