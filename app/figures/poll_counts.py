"""A poll counted from paper by two tellers: what each sheet adds, and whether both came to the same (F-73).

Only sums are kept. Which sheet said what, and in which order the sheets lay, is nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.ballots import Counter
from app.domain.evaluation import Poll, PollSheet
from app.domain.facts import facts_of, join_names

DEGREES = ("very_satisfied", "satisfied", "fairly_satisfied", "dissatisfied", "very_dissatisfied")
SUMS = ("returned", "valid", "aware", "took_part", *DEGREES)
"""What goes from the tellers to the poll."""
COUNTED = ("returned", "invalid", "valid", "aware", "took_part", *DEGREES)
"""What each teller counts."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What one paper sheet says: its degree (``None``: left open), and two answers; ``void``: the whole sheet."""

    degree: str | None = None
    aware: bool = False
    took_part: bool = False
    void: bool = False


def sums_of(marked: Iterable[Marked], start: PollSheet) -> dict[str, int]:
    """Return the numbers of a teller's sheet with further paper sheets counted in."""
    told = {name: getattr(start, name) or 0 for name in COUNTED}
    for each in marked:
        told["returned"] += 1
        if each.void:
            told["invalid"] += 1
            continue
        told["valid"] += 1
        told["aware"] += each.aware
        told["took_part"] += each.took_part
        if each.degree is not None:
            told[each.degree] += 1
    return told


def sheet_of(sheets: Iterable[PollSheet], poll_id: str, counter: Counter) -> PollSheet | None:
    """Return what one of the two tellers wrote down."""
    return next((each for each in sheets if (each.poll, each.counter) == (poll_id, counter)), None)


def lacks_of(sheet: PollSheet) -> tuple[str, ...]:
    """Return the names of what a teller has not written yet."""
    declared = facts_of(PollSheet)
    return tuple(declared[name].label for name in COUNTED if getattr(sheet, name) is None)


def wrong_in(sheet: PollSheet) -> tuple[str, ...]:
    """Return sentences on what cannot be in one teller's numbers; what lacks is not compared."""
    declared, found = facts_of(PollSheet), []
    parts = (sheet.valid, sheet.invalid)
    if (
        sheet.returned is not None
        and None not in parts
        and sum(each or 0 for each in parts) != sheet.returned
    ):
        found.append(f"有效 {sheet.valid}、作废 {sheet.invalid}，合计不等于收回 {sheet.returned}")
    marks = [getattr(sheet, name) for name in DEGREES]
    known = sum(each or 0 for each in marks)
    if sheet.valid is not None and known > sheet.valid:
        found.append(f"各档合计 {known}，多于有效 {sheet.valid}")
    for name in ("aware", "took_part"):
        number = getattr(sheet, name)
        if number is not None and sheet.valid is not None and number > sheet.valid:
            found.append(f"{declared[name].label} {number}，多于有效 {sheet.valid}")
    return tuple(found)


def differences(one: PollSheet, other: PollSheet) -> tuple[str, ...]:
    """Return the facts of which two tellers have other numbers."""
    return tuple(name for name in COUNTED if getattr(one, name) != getattr(other, name))


def said_of(poll: Poll, sheets: Sequence[PollSheet]) -> tuple[str, ...]:
    """Return why the numbers may not go to the poll yet, sentence by sentence; empty if they may."""
    declared, found = facts_of(PollSheet), []
    own = [sheet_of(sheets, poll.id, counter) for counter in Counter]
    for counter, each in zip(Counter, own, strict=True):
        if each is None:
            found.append(f"{counter.label}还没有数")
            continue
        if lacks := lacks_of(each):
            found.append(f"{counter.label}没有写{join_names(lacks)}")
        found += [f"{counter.label}：{words}" for words in wrong_in(each)]
        if poll.issued is not None and each.returned is not None and each.returned > poll.issued:
            found.append(f"{counter.label}收回 {each.returned} 份，多于发放 {poll.issued} 份")
    first, second = own
    if first is not None and second is not None and not (lacks_of(first) or lacks_of(second)):
        other = [declared[name].label for name in differences(first, second)]
        if other:
            found.append(f"两人数的{join_names(other)}不一样")
    return tuple(found)


def agreed_numbers(poll: Poll, sheets: Sequence[PollSheet]) -> dict[str, int] | None:
    """Return what goes to the poll; ``None`` while something lacks, cannot be, or differs."""
    first = sheet_of(sheets, poll.id, Counter.FIRST)
    if first is None or said_of(poll, sheets):
        return None
    return {name: getattr(first, name) for name in SUMS}
