"""``packs``: what law is here, and bringing in, going back from, proving and passing on packs and years."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.answer import Answer
from app.cli.commands import ACTOR, open_library
from app.cli.words import term_lines
from app.errors import UsageError
from app.rules.pack import RulePack
from app.storage.installed_law import CALENDAR, PACK, InstalledLaw
from app.usecases.checkup_document import deadline_document
from app.usecases.program import Program

if TYPE_CHECKING:
    from app.usecases.preview_law import LawPreview


def packs_command(program: Program, options: argparse.Namespace) -> Answer:
    """List packs and years, or do the one thing with them that was asked for."""
    asked = [
        name
        for name in ("check", "install", "roll_back", "export", "compare")
        if getattr(options, name) is not None
    ]
    if len(asked) > 1 or (asked and options.coverage) or (options.preview and asked != ["install"]):
        raise UsageError(
            "packs 一次只做一件事；--preview 只和 --install 一起写。",
            "没有做任何事。",
            "看用法：xieshang packs --help",
            code="U-005",
        )
    if not asked:
        return _listed(program, options)
    work = {
        "check": _check,
        "install": _install,
        "roll_back": _roll_back,
        "export": _export,
        "compare": _compare,
    }[asked[0]]
    return work(program, options)


# ---- looking


def _listed(program: Program, options: argparse.Namespace) -> Answer:
    from app.usecases.law_of_library import program_for

    if options.library is None:
        return _packs(program, options, ())
    with open_library(program, options.library) as library:
        return _packs(program_for(program, library), options, library.law())


def _packs(program: Program, options: argparse.Namespace, held: tuple[InstalledLaw, ...]) -> Answer:
    packs = (program.packs.region(options.region),) if options.region else tuple(program.packs)
    calendar_years = sorted(program.calendar.loaded_years)
    brought = {(law.kind, law.key) for law in held if law.active}
    lines = [
        f"{pack.key:<12}{pack.name}  {pack.version}  {len(pack.rule_ids())} 条规则"
        + ("  装进这个资料库的" if (PACK, pack.key) in brought else "")
        for pack in packs
    ]
    lines.append(f"已装的放假安排：{'、'.join(str(year) for year in calendar_years)} 年")
    lines += [f"  {law.key} 年：装进这个资料库的" for law in held if law.active and law.kind == CALENDAR]
    lines += _version_lines(held)
    lines += [f"用不了：{problem}" for problem in program.law_problems]
    document: dict[str, Any] = {
        "packs": [_pack_document(pack, (PACK, pack.key) in brought) for pack in packs],
        "calendar_years": calendar_years,
    }
    if options.library is not None:
        document["installed"] = [_law_document(law) for law in held]
        document["problems"] = list(program.law_problems)
    if options.coverage:
        from app.cli import coverage_words

        on = program.clock.today()
        whole = coverage_words.pack_lines(packs[0], on) if options.region else None
        lines = list(whole if whole is not None else coverage_words.table_lines(packs, on))
        document["coverage"] = coverage_words.coverage_document(packs, on)
    return Answer(tuple(lines), document)


def _compare(program: Program, options: argparse.Namespace) -> Answer:
    """Tell two regions' rules beside each other for 工资专项 by a single enterprise, today."""
    from app.cli import compare_words
    from app.domain.union import AgreementKind, Form
    from app.rules.lookup import Asked
    from app.usecases.compare_regions import compare_regions, write_comparison
    from app.usecases.law_of_library import program_for

    if options.library is not None:
        with open_library(program, options.library) as library:
            program = program_for(program, library)
    left, right = options.compare
    asked = Asked(AgreementKind.WAGE, Form.SINGLE, program.clock.today())
    made = compare_regions(program, left, right, asked)
    rows = [row for row in made.rows if options.all_rules or row.differs]
    if options.output is not None:
        write_comparison(made, rows, options.output)
    return Answer(tuple(compare_words.lines(made, rows)), compare_words.document(made, rows))


def _version_lines(held: tuple[InstalledLaw, ...]) -> Iterator[str]:
    if held:
        yield "装过的："
    for law in held:
        at = f"{law.installed_at.astimezone():%Y-%m-%d %H:%M}"
        state = "在用" if law.active else "没在用"
        source = law.from_file or "手工录入"
        yield f"  {law.key:<12}{law.version:<10}{law.fingerprint[:16]}  {at}  {law.installed_by}  {source}  {state}"


def _pack_document(pack: RulePack, brought: bool) -> dict[str, Any]:
    return {
        "region": pack.key,
        "name": pack.name,
        "version": pack.version,
        "base": pack.base.key if pack.base else None,
        "division": pack.division,
        "fingerprint": pack.fingerprint,
        "rules": len(pack.rule_ids()),
        "brought": brought,
    }


def _law_document(law: InstalledLaw) -> dict[str, Any]:
    made = dataclasses.asdict(law)
    del made["content"]
    return made


def _check(program: Program, options: argparse.Namespace) -> Answer:
    """Prove a file or folder and tell its fingerprint; the refusal is the answer otherwise."""
    from app.usecases.install_law import read_brought
    from app.usecases.law_of_library import program_for, with_law

    if options.library is not None:
        with open_library(program, options.library) as library:
            program = program_for(program, library)
    brought = read_brought(options.check, program)
    after = with_law(program, brought)
    packs = [after.packs.packs[key] for key in brought.packs]
    lines = [f"{pack.key:<12}{pack.name}  {pack.version}  指纹 {pack.fingerprint}" for pack in packs]
    plans = [after.calendar.plans[year] for year in sorted(brought.years)]
    lines += [f"{plan.year} 年放假安排：{plan.source}" for plan in plans]
    return Answer(
        (*lines, "可以装。"),
        {
            "packs": [_pack_document(pack, True) for pack in packs],
            "years": [{"year": plan.year, "source": plan.source} for plan in plans],
        },
    )


# ---- doing


def _install(program: Program, options: argparse.Namespace) -> Answer:
    from app.usecases.install_law import carry_out, propose_file

    file, folder = (Path(part) for part in options.install)
    with open_library(program, folder) as library:
        proposal = propose_file(program, library, file)
        done = not options.preview and not proposal.preview.is_same
        if done:
            carry_out(program, library, proposal, actor=ACTOR)
    words = "已经装着，没有变化。" if proposal.preview.is_same else f"装上了：{proposal.title}"
    if options.preview and not proposal.preview.is_same:
        words = "只是看看，还没有装。"
    return Answer(
        (*preview_lines(proposal.preview), words),
        {"title": proposal.title, "installed": done, "preview": dataclasses.asdict(proposal.preview)},
    )


def _roll_back(program: Program, options: argparse.Namespace) -> Answer:
    from app.usecases.install_law import carry_out, previous_of, propose_back
    from app.usecases.law_of_library import program_for

    name, folder = options.roll_back
    with open_library(program, Path(folder)) as library:
        kind, key = _kind_and_key(program_for(program, library), name)
        wanted = "" if options.bundled else previous_of(library, kind, key)
        proposal = propose_back(program, library, kind, key, wanted)
        carry_out(program, library, proposal, actor=ACTOR)
    return Answer(
        (*preview_lines(proposal.preview), f"已{proposal.title}"),
        {"title": proposal.title, "preview": dataclasses.asdict(proposal.preview)},
    )


def _export(program: Program, options: argparse.Namespace) -> Answer:
    from app.usecases.install_law import export_law
    from app.usecases.law_of_library import program_for
    from app.usecases.whole_file import write_whole

    name, target = options.export[0], Path(options.export[1])
    if options.library is not None:
        with open_library(program, options.library) as library:
            program = program_for(program, library)
    kind, key = _kind_and_key(program, name)
    suffix = ".zip" if kind == PACK else ".toml"
    if target.suffix.lower() != suffix:
        raise UsageError(
            f"{name} 要写成 {suffix} 文件，{target.name} 的后缀不对。",
            "没有写任何文件。",
            f"文件名用 {suffix} 结尾。",
            code="U-004",
        )
    write_whole(target, export_law(program, kind, key))
    return Answer((f"已写到 {target}",), {"path": str(target), "kind": kind, "key": key})


def _kind_and_key(program: Program, name: str) -> tuple[str, str]:
    """A year is four digits; anything else is the key or the name of a pack."""
    if name.isdecimal() and len(name) == 4:
        return CALENDAR, name
    key = next((head.key for head in program.packs.heads if name in (head.key, head.name)), name)
    return PACK, key


def preview_lines(preview: LawPreview) -> Iterator[str]:
    """Tell what would change, list by list; an empty list is said to be one."""
    for pack in preview.packs:
        yield f"{pack.name} {pack.old or '没有'} → {pack.new or '没有'}  指纹 {pack.fingerprint[:16]}  {pack.remark}"
    for year in preview.years:
        yield f"{year.year} 年放假安排：{year.old} → {year.new}"
    yield f"数值 {len(preview.terms)} 项，条文 {len(preview.rules)} 条"
    for term in preview.terms:
        since = f"{term.since:%Y-%m-%d} 起  " if term.since else ""
        yield f"  {term.pack} {term.title}：{since}{term.old} → {term.new}  {term.article}"
    for rule in preview.rules:
        yield f"  {rule.pack} {rule.title}：{rule.words}"
    yield f"检查结果变 {len(preview.findings)} 项（{preview.cases} 个没结束的年度）"
    for finding in preview.findings:
        yield f"  {finding.case}  {finding.old or '没有'} → {finding.new or '没有'}  {finding.sentence}"
    yield f"期限变 {len(preview.dates)} 项"
    for moved in preview.dates:
        yield f"  {moved.case}  {moved.what}：{moved.old} → {moved.new}  {moved.article}"


def term_command(program: Program, options: argparse.Namespace) -> Answer:
    """Tell what one rule says, each of its values with its why."""
    from app.rules.term_answer import answer_term

    if options.library is not None:
        from app.usecases.law_of_library import program_for

        with open_library(program, options.library) as library:
            program = program_for(program, library)
    pack = program.packs.region(options.region)
    law_on = options.on or options.start
    found = answer_term(
        pack, program.calendar, options.rule, options.start, program.clock.today(), law_on=law_on
    )
    lines = tuple(term_lines(pack.name, options.rule, law_on, found))
    asked = {"region": pack.key, "rule": options.rule, "law_on": law_on.isoformat()}
    if found.rows:
        values = [{**deadline_document(row), "variant": row.variant} for row in found.rows]
        return Answer(lines, {**values[0], **asked, "values": values})
    text = found.text
    said = text is not None and not found.silent
    document: dict[str, Any] = {
        **asked,
        "term": None,
        "note": "" if said else "法规未规定",
        "says": text.says if said and text is not None and found.since is None else "",
        "since": found.since.isoformat() if found.since else None,
        "sources": [
            {"article": source.text, "full": source.full, "read": source.read.label}
            for source in (text.sources if said and text is not None else ())
        ],
        "others": [cell.told for cell in found.others],
    }
    return Answer(lines, document)
