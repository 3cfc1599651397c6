"""Bring a rule pack or a year of holidays into a library, or go back to an earlier one: look first, then do it."""

from __future__ import annotations

import dataclasses
import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.domain.calendar import YearPlan
from app.domain.case import Case
from app.errors import UserError
from app.exchange.law_archive import law_archive, read_law_files, refused
from app.rules.brought_law import BroughtLaw, sort_files
from app.rules.calendars import Break, breaks_of, calendar_file, faults_of
from app.rules.pack import OWN_LAWS, PACK_FILES, NoPackError, fingerprint_of
from app.rules.places import Place
from app.storage.installed_law import CALENDAR, PACK, InstalledLaw
from app.storage.library import Library
from app.usecases.check_case import check_if_ruled
from app.usecases.law_of_library import brought_by, program_for, usable, with_law
from app.usecases.preview_law import LawPreview, preview_law, same_plan
from app.usecases.program import Program

_log = logging.getLogger(__name__)

TRIED_WITH = ("shandong-linyi-single", "weihai-express-industry", "tianjin-hedong-area")
"""Worked years every new pack is tried with, whatever the library holds: a number the checks cannot take must
show before it is brought in."""

TYPED = "照通知手工录入"
"""How well a year typed on the page was read, as its file says it."""

_UNHARMED = "这台电脑上的规则包、放假安排和案卷都没有动。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What would be done, and what that would change; nothing is done yet.

    Attributes:
        title: in words, for a heading: what is brought or gone back to.
        from_file: the file it came from; empty for a typed year and for going back.
        brought: packs and years to be added.
        back: kind and key to go back with, and the id of the version; an empty id means the program's own.
        preview: what changes.
    """

    title: str
    from_file: str = ""
    brought: BroughtLaw = field(default_factory=BroughtLaw)
    back: tuple[str, str, str] | None = None
    preview: LawPreview


# ---- looking


def read_brought(path: Path, program: Program) -> BroughtLaw:
    """Return the packs and years of a file or folder, proven against the program's own law.

    Raises:
        UserError: it is refused; file, line and reason are named.
    """
    brought = sort_files(path.name, read_law_files(path))
    with_law(program, brought)
    return brought


def propose_file(program: Program, library: Library, path: Path) -> Proposal:
    """Read what a file, a .zip or a folder brings and tell what it would change.

    Raises:
        UserError: it is refused; nothing has changed.
    """
    brought = sort_files(path.name, read_law_files(path))
    return _proposed(program, library, brought, path.name)


def propose_year(
    program: Program,
    library: Library,
    year: int,
    breaks: Sequence[Break],
    workdays: Sequence[date],
    source: str,
) -> Proposal:
    """Tell what a year typed by hand would change.

    Raises:
        UserError: something in it cannot be; all of it is named.
    """
    faults = [fault.words for fault in faults_of(year, breaks, workdays)]
    if not source.strip():
        faults.append("没有写依据：通知的名称或者文号")
    if faults:
        raise UserError(
            f"{year} 年的放假安排还不能用：{'；'.join(faults)}。",
            _UNHARMED,
            "照着国务院办公厅的通知，把这几处改过来。",
            code="R-115",
        )
    now = program_for(program, library).calendar.plans.get(year)
    known = now is not None and _same_days(now, breaks, workdays) and now.source == source
    read = now.read if now is not None and known else TYPED  # looked at and left as it was
    content = calendar_file(year, breaks, workdays, source=source, read=read)
    return _proposed(program, library, BroughtLaw(years={year: content}), "")


def _same_days(plan: YearPlan, breaks: Sequence[Break], workdays: Sequence[date]) -> bool:
    return sorted(breaks, key=lambda each: each.first) == list(breaks_of(plan)) and plan.workdays == set(
        workdays
    )


def propose_back(program: Program, library: Library, kind: str, key: str, law_id: str) -> Proposal:
    """Tell what going back to an earlier version would change; an empty id means the program's own.

    Raises:
        UserError: there is no such version, or a year is bargained under what would be gone.
    """
    held = library.law(contents=True)
    wanted = next((law for law in held if (law.kind, law.key, law.id) == (kind, key, law_id)), None)
    if law_id and wanted is None:
        raise _no_version(key)
    base = program.own()
    good, _ = usable(base, [law for law in held if law.active and (law.kind, law.key) != (kind, key)])
    after = with_law(base, brought_by([*good, *([wanted] if wanted else [])]))
    cases = _cases(library)
    before = program_for(program, library)
    _refuse_loss(before, after, cases)
    name = name_of(kind, key, before, after)
    version = wanted.version if wanted else ""
    words = f"{name} {version}".strip() if wanted else f"{name}（程序自带的）"
    return Proposal(title=f"退回 {words}", back=(kind, key, law_id), preview=_told(before, after, cases, key))


def previous_of(library: Library, kind: str, key: str) -> str:
    """Return the id of the version before the one in use, empty for the program's own.

    Raises:
        UserError: the program's own is in use.
    """
    versions = [law for law in library.law() if (law.kind, law.key) == (kind, key)]
    active = next((place for place, law in enumerate(versions) if law.active), None)
    if active is None:
        raise UserError(
            f"{key} 现在用的就是程序自带的，没有可以退回的。",
            _UNHARMED,
            "看看这个资料库里装过哪些，再选一版。",
            code="R-114",
        )
    return versions[active - 1].id if active else ""


def _proposed(program: Program, library: Library, brought: BroughtLaw, file: str) -> Proposal:
    before = program_for(program, library)
    after = _after(program, library, brought)
    preview = _told(before, after, _cases(library), file)
    names = [head for head in after.packs.heads if head.key in brought.packs]
    words = [f"{head.name}规则包 {head.version}" for head in names]
    words += [f"{year} 年放假安排" for year in brought.years]
    title = "、".join(words) if len(words) <= 2 else f"{words[0]}等 {len(words)} 份"
    return Proposal(title=title, from_file=file, brought=brought, preview=preview)


def _after(program: Program, library: Library, brought: BroughtLaw) -> Program:
    """The program as it would be with these brought in."""
    base = program.own()
    kept = [law for law in library.law(active_only=True, contents=True) if not _replaced(law, brought)]
    held = brought_by(usable(base, kept)[0])
    whole = BroughtLaw({**held.packs, **brought.packs}, {**held.years, **brought.years})
    return with_law(base, whole)


def _replaced(law: InstalledLaw, brought: BroughtLaw) -> bool:
    if law.kind == PACK:
        return law.key in brought.packs
    return int(law.key) in brought.years


def _told(before: Program, after: Program, cases: dict[str, Case], file: str) -> LawPreview:
    """The preview; what makes the checks stumble is no law for this program."""
    from app.usecases.make_demo import read_example  # brings the makers of all papers with it

    try:
        preview = preview_law(before, after, cases)
        for key in (change.key for change in preview.packs if change.new):
            for example in TRIED_WITH:
                case = read_example(example)
                check_if_ruled(after, dataclasses.replace(case, cycle=case.cycle.replace(region=key)))
        return preview
    except UserError:
        raise
    except Exception as error:
        _log.exception("checking with the new law failed")
        raise refused(file, "用它检查案卷时算不下去，有数值和检查的用法对不上") from error


def _cases(library: Library) -> dict[str, Case]:
    return {case_id: library.read_case(case_id) for case_id in library.case_ids()}


def _refuse_loss(before: Program, after: Program, cases: dict[str, Case]) -> None:
    for case in cases.values():
        if _has_pack(before, case) and not _has_pack(after, case):
            raise UserError(
                f"“{case.cycle.title}”用着这个规则包，程序自带的里没有它，退不回去。",
                _UNHARMED,
                "先在设置里给这个年度换一个地区，再退回。",
                code="R-114",
            )


def _has_pack(program: Program, case: Case) -> bool:
    try:
        program.pack_for(case)
    except NoPackError:
        return False
    return True


def _no_version(key: str) -> UserError:
    return UserError(
        f"没有装过 {key} 的这一版。",
        _UNHARMED,
        "看看这个资料库里装过哪些，再选一版。",
        code="R-114",
    )


def name_of(kind: str, key: str, *programs: Program) -> str:
    """Return what a pack or a year is called."""
    if kind == CALENDAR:
        return f"{key} 年放假安排"
    heads = [program.packs.packs.heads[key] for program in programs if key in program.packs.packs.heads]
    return f"{heads[0].name}规则包" if heads else f"{key} 规则包"


# ---- doing


def carry_out(program: Program, library: Library, proposal: Proposal, *, actor: str) -> Program:
    """Do what was proposed, in one step with its journal entries; return the program as it is now.

    What is in use already is not brought in again, and leaves no trace.

    Raises:
        UserError: the library can only be read, or it has changed meanwhile; nothing is done then.
    """
    library.refuse_read_only()
    before = program_for(program, library)
    with library.write(actor, undoable=False) as work:
        if proposal.back is not None:
            kind, key, law_id = proposal.back
            held = next((law for law in library.law() if law.id == law_id), None)
            version = f" {held.version}".rstrip() if held else "（程序自带的）"
            action = f"退回：{name_of(kind, key, before)}{version}"
            work.use_law(kind, key, law_id, action=action)
        else:
            after = _after(program, library, proposal.brought)
            known = library.law()
            for kind, key, version, fingerprint, content in _versions(proposal.brought, after):
                if _in_use(before, after, kind, key):
                    continue
                action = f"装上：{name_of(kind, key, after)} {version}".rstrip()
                same = (law.id for law in known if law.key == key and law.fingerprint == fingerprint)
                made = next(same, "") or work.install_law(
                    kind,
                    key,
                    version=version,
                    fingerprint=fingerprint,
                    content=content,
                    from_file=proposal.from_file,
                    action=action,
                )
                work.use_law(kind, key, made, action=action)
        work.commit()
    return program_for(program, library)


def _versions(brought: BroughtLaw, after: Program) -> list[tuple[str, str, str, str, bytes]]:
    """Kind, key, version, fingerprint and content of each that is brought, bases before what stands on them."""
    found = []
    for key in (key for key in after.packs.packs if key in brought.packs):
        files = brought.packs[key]
        content = law_archive({f"{key}/{name}": held for name, held in files.items()})
        version = after.packs.packs.heads[key].version
        found.append((PACK, key, version, fingerprint_of(files), content))
    for year, content in sorted(brought.years.items()):
        found.append((CALENDAR, str(year), "", hashlib.sha256(content).hexdigest(), content))
    return found


def _in_use(before: Program, after: Program, kind: str, key: str) -> bool:
    """Whether what is brought says the very same as what is used now."""
    if kind == PACK:
        pack = before.packs.packs.get(key)
        return pack is not None and pack.fingerprint == after.packs.packs[key].fingerprint
    return same_plan(before.calendar.plans.get(int(key)), after.calendar.plans.get(int(key)))


# ---- passing on


def export_law(program: Program, kind: str, key: str) -> bytes:
    """Return a pack in use as the bytes of its .zip, or a year as those of its .toml, to be passed on.

    Raises:
        UserError: there is no such pack or year.
    """
    if kind == CALENDAR:
        plan = program.calendar.plans.get(int(key))
        if plan is None:
            raise _no_version(f"{key} 年放假安排")
        return calendar_file(
            plan.year, breaks_of(plan), sorted(plan.workdays), source=plan.source, read=plan.read
        )
    place = program.packs.packs.place_of(key)
    if place is None:
        program.packs.region(key)  # says which there are
        raise _no_version(key)
    files = {f"{key}/{name}": (place / name).read_bytes() for name in _names_of(place)}
    return law_archive(files)


def _names_of(place: Place) -> list[str]:
    return [name for name in (*PACK_FILES, OWN_LAWS) if (place / name).is_file()]
