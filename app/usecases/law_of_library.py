"""The law as it holds for one library: the program's own packs and years, with those brought in laid upon them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from app.errors import UserError
from app.usecases.program import Program

if TYPE_CHECKING:
    from app.rules.brought_law import BroughtLaw
    from app.storage.installed_law import InstalledLaw
    from app.storage.library import Library


def program_for(program: Program, library: Library) -> Program:
    """Return the program as it is for this library; the very same one where nothing was brought in.

    What was brought in and cannot be used (damaged, or not fitting a newer program) is left out and named in
    ``law_problems``: a library must open all the same.
    """
    base = program.own()
    try:
        held = library.law(active_only=True, contents=True)
    except UserError as error:
        return replace(base, law_problems=(error.what_happened,), own_law=base)
    return laid_upon(base, held) if held else base


def laid_upon(base: Program, held: Iterable[InstalledLaw]) -> Program:
    """Return the program with these versions laid upon its own law, those that cannot be used left out."""
    good, problems = usable(base, held)
    made = with_law(base, brought_by(good))
    return replace(made, law_problems=problems, own_law=base) if problems else made


def usable(base: Program, held: Iterable[InstalledLaw]) -> tuple[list[InstalledLaw], tuple[str, ...]]:
    """Return the versions that can be used together, and why the others cannot."""
    wanted = sorted(held, key=lambda law: law.installed_at)
    try:
        with_law(base, brought_by(wanted))
    except UserError:
        pass
    else:
        return wanted, ()
    good: list[InstalledLaw] = []
    problems: dict[str, str] = {}
    for _ in range(2):  # a base that was brought in after what stands on it is found in the second round
        for each in wanted:
            if each in good:
                continue
            try:
                with_law(base, brought_by([*good, each]))
            except UserError as error:
                problems[each.id] = error.what_happened
            else:
                good.append(each)
                problems.pop(each.id, None)
    return good, tuple(problems.values())


def with_law(base: Program, brought: BroughtLaw) -> Program:
    """Return the program with other packs and years laid upon its own.

    Raises:
        UserError: something in them is odd.
    """
    if not brought.packs and not brought.years:
        return base
    packs, calendar = brought.over(base.packs, base.calendar)
    return replace(base, packs=packs, calendar=calendar, own_law=base)


def brought_by(held: Iterable[InstalledLaw]) -> BroughtLaw:
    """Return the files of versions read with their contents.

    Raises:
        UserError: a pack's files cannot be read back.
    """
    from app.exchange.law_archive import read_archive  # most libraries have none and need none of this
    from app.rules.brought_law import BroughtLaw, sort_files
    from app.storage.installed_law import CALENDAR, PACK

    packs: dict[str, Mapping[str, bytes]] = {}
    years: dict[int, bytes] = {}
    for each in held:
        if each.kind == PACK:
            files = read_archive(f"{each.key}.zip", each.content)
            packs.update(sort_files(f"{each.key}.zip", files).packs)
        elif each.kind == CALENDAR:
            years[int(each.key)] = each.content
    return BroughtLaw(packs, years)
