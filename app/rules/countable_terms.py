"""Which periods of a brought pack the program can follow: the events and bounds its own packs use, rule by rule.

A due date is counted from what a rule's own facts hold. A pack that names another event would show one day and
be checked by another, so it is refused before it is brought in.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.errors import UserError
from app.rules.pack import RulePack, RulePacks
from app.rules.places import Place
from app.rules.strict_toml import Table, read_toml
from app.rules.terms import PERIOD_UNITS, Bound, Event, TermEntry

_Way = tuple[Bound, Event | None]


def refuse_uncountable(pack: RulePack, place: Place, own: RulePacks) -> None:
    """Refuse a brought pack with a value that no check of this program counts that way.

    Args:
        pack: as it was read, for whatever it says itself; what it takes from below is proven there.
        place: where its files lie, to name the line.
        own: the program's own packs; read only as far as the pack differs from those nearest to it.

    Raises:
        UserError: a start event or bound that none of the program's packs has for the rule, or a period of none
            at all; file, line and reason are named.
    """
    for number, entry in enumerate(pack.entries):
        nothing = next(
            (at for at, term in enumerate(entry.values) if _is_nothing(term.amount, term.unit)), None
        )
        if nothing is not None:
            value = _table(place, number).tables("values")[nothing]
            raise value.refuse("amount 应当不小于 1；没有规定期限的，写 none = true", "amount")
        for term in entry.values[:1]:  # event and bound are the same for all values of an entry
            way = (term.bound, term.counts_from)
            if not any(way in _ways(each, entry) for each in _nearest_first(pack, own)):
                raise _refused(_table(place, number), way, {w for each in own for w in _ways(each, entry)})


def _is_nothing(amount: int, unit: object) -> bool:
    return amount < 1 and unit in PERIOD_UNITS


def _ways(pack: RulePack, wanted: TermEntry) -> set[_Way]:
    """How a pack counts the same value of the same rule."""
    return {
        (term.bound, term.counts_from)
        for entry in pack.entries
        if (entry.rule, entry.variant) == (wanted.rule, wanted.variant)
        for term in entry.values
    }


def _nearest_first(pack: RulePack, own: RulePacks) -> Iterator[RulePack]:
    """The program's packs, those that are read anyway first."""
    near = [key for key in dict.fromkeys(each.key for each in pack.chain()) if key in own.packs]
    yield from (own.packs[key] for key in near)
    yield from (own.packs[head.key] for head in own.heads if head.key not in near)


def _table(place: Place, number: int) -> Table:
    return read_toml(place / "terms.toml").tables("term")[number]


def _refused(table: Table, way: _Way, known: set[_Way]) -> UserError:
    rule = " ".join(part for part in (table.text("rule"), table.text("variant", "")) if part)
    bound, event = way
    if not known:
        return table.refuse(f"{rule} 没有这样一项数值，程序不会用它", "variant")
    events = [each for each in Event if each in {start for _, start in known}]
    if event is not None and event not in events:
        said = "、".join(f"{each.label}（{each.value}）" for each in events) or "不写 counts_from"
        reason = f"{rule} 的 counts_from 写的是{event.label}（{event.value}），程序只会从这里起算：{said}"
        return table.refuse(reason, "counts_from")
    bounds = {each for each, start in known if start is event} or {each for each, _ in known}
    said = "、".join(each.value for each in Bound if each in bounds)
    return table.refuse(f"{rule} 的 bound 写的是 {bound.value}，程序只会用 {said}", "bound")
