"""The commands: one function, one use case."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.cli.answer import Answer, as_text
from app.cli.words import check_lines, deadline_lines
from app.domain.stages import Stage
from app.errors import UsageError, UserError
from app.rules.findings import Grade
from app.storage.library import Library
from app.storage.library_folder import is_free
from app.usecases.checkup_document import checkup_document, deadline_document
from app.usecases.program import Program

ACTOR = "命令行"


@contextlib.contextmanager
def _library(program: Program, folder: Path, *, create: bool = False) -> Iterator[Library]:
    if create and (not folder.exists() or (folder.is_dir() and is_free(folder))):
        library = Library.create(folder, clock=program.clock, program_version=program.version)
    else:
        library = Library.open(folder, clock=program.clock, program_version=program.version)
    try:
        yield library
    finally:
        library.close()


@contextlib.contextmanager
def _chosen(program: Program, options: argparse.Namespace) -> Iterator[tuple[Library, str]]:
    from app.usecases.choose_case import choose_case

    with _library(program, options.library) as library:
        yield library, choose_case(library, year=options.year, case_id=options.case)


def _stage(name: str) -> Stage:
    for number, stage in enumerate(Stage, 1):
        if name in (stage.value, stage.label, str(number)):
            return stage
    raise UsageError(
        f"没有叫 {name} 的阶段。",
        "没有添加任何材料。",
        f"可以用：{'、'.join(f'{n} {s.label}（{s.value}）' for n, s in enumerate(Stage, 1))}。",
        code="U-002",
    )


def demo_command(program: Program, options: argparse.Namespace) -> Answer:
    """Make a library with a worked example."""
    from app.usecases.make_demo import make_demo

    case_id = make_demo(program, options.library, example=options.example, actor=ACTOR)
    with _library(program, options.library) as library:
        case = library.read_case(case_id)
    return Answer(
        (
            f"示例资料库已建好：{options.library}",
            f"{case.union.name} {case.cycle.title}，"
            f"材料 {len(case.evidence)} 件，文书 {len(case.made_documents)} 份。",
        ),
        {
            "library": str(options.library),
            "case": case_id,
            "evidence": len(case.evidence),
            "documents": len(case.made_documents),
        },
    )


def load_command(program: Program, options: argparse.Namespace) -> Answer:
    """Put a case file into a library, which is made if it is not there."""
    from app.usecases.exchange_case import load_case_file, read_case_file

    read_case_file(options.case_file)  # refused before a library is made for it
    with _library(program, options.library, create=True) as library:
        case_id = load_case_file(library, options.case_file, actor=ACTOR)
        case = library.read_case(case_id)
    return Answer(
        (f"案卷已装入：{case.union.name or '没有写名称的工会'} {case.cycle.title}（{case_id}）",),
        {"library": str(options.library), "case": case_id},
    )


def dump_command(program: Program, options: argparse.Namespace) -> Answer:
    """Write a case to a file."""
    from app.usecases.exchange_case import dump_case_file

    with _chosen(program, options) as (library, case_id):
        dump_case_file(library, case_id, options.output)
    return Answer((f"案卷已写到 {options.output}",), {"path": str(options.output), "case": case_id})


def schema_command(_program: Program, _options: argparse.Namespace) -> Answer:
    """Tell the JSON Schema of case files."""
    from app.exchange.case_file import json_schema

    schema = json_schema()
    return Answer((as_text(schema),), schema)


def check_command(program: Program, options: argparse.Namespace) -> Answer:
    """Tell findings and due dates of a library or a case file; 1 when something is to be mended or explained."""
    from app.usecases.check_case import check_case
    from app.usecases.exchange_case import read_case_file

    if options.source.is_dir():
        options.library = options.source
        with _chosen(program, options) as (library, case_id):
            case = library.read_case(case_id)
    else:
        case = read_case_file(options.source)
    checkup = check_case(program, case, options.on)
    serious = [finding for finding in checkup.findings if finding.grade is not Grade.NOTE]
    return Answer(tuple(check_lines(case, checkup)), checkup_document(case, checkup), 1 if serious else 0)


def packs_command(program: Program, options: argparse.Namespace) -> Answer:
    """List rule packs and the years whose holidays are known; on demand what they say about every rule."""
    if options.compare:
        return _compared(program, options)
    packs = (program.packs.region(options.region),) if options.region else tuple(program.packs)
    calendar_years = sorted(program.calendar.loaded_years)
    lines = [f"{pack.key:<12}{pack.name}  {pack.version}  {len(pack.rule_ids())} 条规则" for pack in packs]
    lines.append(f"已装的放假安排：{'、'.join(str(year) for year in calendar_years)} 年")
    document: dict[str, Any] = {
        "packs": [
            {
                "region": pack.key,
                "name": pack.name,
                "version": pack.version,
                "base": pack.base.key if pack.base else None,
                "division": pack.division,
                "fingerprint": pack.fingerprint,
                "rules": len(pack.rule_ids()),
            }
            for pack in packs
        ],
        "calendar_years": calendar_years,
    }
    if options.coverage:
        from app.cli import coverage_words

        on = program.clock.today()
        whole = coverage_words.pack_lines(packs[0], on) if options.region else None
        lines = list(whole if whole is not None else coverage_words.table_lines(packs, on))
        document["coverage"] = coverage_words.coverage_document(packs, on)
    return Answer(tuple(lines), document)


def _compared(program: Program, options: argparse.Namespace) -> Answer:
    """Tell two regions' rules beside each other for 工资专项 by a single enterprise, today."""
    from app.cli import compare_words
    from app.domain.union import AgreementKind, Form
    from app.rules.lookup import Asked
    from app.usecases.compare_regions import compare_regions, write_comparison

    left, right = options.compare
    asked = Asked(AgreementKind.WAGE, Form.SINGLE, program.clock.today())
    made = compare_regions(program, left, right, asked)
    rows = [row for row in made.rows if options.all_rules or row.differs]
    if options.output is not None:
        write_comparison(made, rows, options.output)
    return Answer(tuple(compare_words.lines(made, rows)), compare_words.document(made, rows))


def term_command(program: Program, options: argparse.Namespace) -> Answer:
    """Resolve one statutory term with its why."""
    from app.rules.deadlines import resolve_term

    pack = program.packs.region(options.region)
    resolved = resolve_term(pack, program.calendar, options.rule, options.start, options.on or options.start)
    if resolved is None:
        return Answer(
            (f"{pack.name}：{options.rule} 法规未规定，以当地窗口要求为准。",),
            {"region": pack.key, "rule": options.rule, "term": None, "note": "法规未规定"},
        )
    return Answer(tuple(deadline_lines(resolved)), deadline_document(resolved))


def documents_command(program: Program, options: argparse.Namespace) -> Answer:
    """List the papers that can be made."""
    from app.usecases.make_document import list_documents

    with _chosen(program, options) as (library, case_id):
        rows = list_documents(program, library, case_id)
    lines = [
        f"{row.kind.key:<24}{row.kind.form:<6}{row.name} {row.subject.title}"
        + (f"  还缺：{'、'.join(row.missing)}" if row.missing else "")
        for row in rows
    ]
    return Answer(
        tuple(lines),
        {
            "documents": [
                {
                    "kind": row.kind.key,
                    "form": row.kind.form,
                    "stage": row.kind.stage.value,
                    "name": row.name,
                    "subject": row.subject.id,
                    "about": row.subject.title,
                    "missing": list(row.missing),
                    "kept": row.kept is not None,
                    "changed": row.changed,
                }
                for row in rows
            ]
        },
    )


def document_command(program: Program, options: argparse.Namespace) -> Answer:
    """Make one paper."""
    from app.usecases.make_document import write_document

    with _chosen(program, options) as (library, case_id):
        write_document(program, library, case_id, options.kind, options.output, subject=options.subject)
    return Answer((f"文书已写到 {options.output}",), {"path": str(options.output), "kind": options.kind})


def plan_command(program: Program, options: argparse.Namespace) -> Answer:
    """Print the year on one sheet for the wall."""
    from app.usecases.make_wall_plan import make_wall_plan

    with _chosen(program, options) as (library, case_id):
        plan = make_wall_plan(program, library, case_id, options.output, paper=options.paper)
    days = len(plan.entries)
    return Answer(
        (f"挂墙计划已写到 {options.output}：{options.paper.upper()} 一页，期限和会议 {days} 项。",),
        {"path": str(options.output), "paper": options.paper, "entries": days},
    )


def calendar_command(program: Program, options: argparse.Namespace) -> Answer:
    """Write due dates and meetings as a calendar file."""
    from app.usecases.export_calendar import export_calendar

    with _chosen(program, options) as (library, case_id):
        entries = export_calendar(program, library, case_id, options.output)
    guessed = sum(1 for each in entries if each.estimated)
    return Answer(
        (
            f"日历文件已写到 {options.output}：期限和会议 {len(entries)} 项，其中估算 {guessed} 项。",
            "在 Outlook、WPS 日历或手机上打开它就能导入；登记有变动，重新导出再导入一次。",
        ),
        {"path": str(options.output), "entries": len(entries), "estimated": guessed},
    )


def attach_command(program: Program, options: argparse.Namespace) -> Answer:
    """Put files to the evidence of a stage."""
    from app.usecases.attach_file import attach_file

    stage = _stage(options.stage)
    lines: list[str] = []
    attached: list[dict[str, Any]] = []
    with _chosen(program, options) as (library, case_id):
        for file in options.files:
            try:
                done = attach_file(
                    program,
                    library,
                    case_id,
                    stage,
                    file,
                    actor=ACTOR,
                    paper=options.paper,
                    caption=options.caption,
                )
            except UserError as error:
                if attached:
                    error.unharmed = (
                        f"前面 {len(attached)} 个文件已经添加好；这个和后面的都没有添加，原件没有动。"
                    )
                raise
            lines.append(f"{'已添加' if done.is_new else '已有相同内容，没有重复添加'}：{file.name}")
            attached.append(
                {
                    "file": str(file),
                    "evidence": done.evidence.id,
                    "sha256": done.evidence.sha256,
                    "new": done.is_new,
                }
            )
    return Answer(tuple(lines), {"stage": stage.value, "attached": attached})


def binder_command(program: Program, options: argparse.Namespace) -> Answer:
    """Bind the evidence book."""
    from app.usecases.make_binder import make_binder

    with _chosen(program, options) as (library, case_id):
        book = make_binder(program, library, case_id, options.output)
    return Answer(
        (
            f"证据册已写到 {options.output}：{book.papers} 件，{book.pages} 页，缺 {book.missing} 件。",
            *([f"有 {book.broken} 件原件坏了或装订不了，册里放了说明页。"] if book.broken else []),
        ),
        {
            "path": str(options.output),
            "papers": book.papers,
            "pages": book.pages,
            "missing": book.missing,
            "broken": book.broken,
        },
    )


def table_command(program: Program, options: argparse.Namespace) -> Answer:
    """Fill a statistics table."""
    from app.usecases.make_table import make_table

    with _chosen(program, options) as (library, case_id):
        table = make_table(program, library, case_id, options.profile, options.output)
    rows = [{"row": row.label, "numbers": [figure.value for figure in row.cells]} for row in table.rows]
    return Answer(
        (f"统计表已写到 {options.output}", *(f"{row['row']}：{row['numbers']}" for row in rows)),
        {"path": str(options.output), "title": table.title, "rows": rows},
    )


def export_command(program: Program, options: argparse.Namespace) -> Answer:
    """Write the submission package."""
    from app.usecases.export_package import export_package
    from app.usecases.read_password import read_password

    password = read_password(options.password_file, wanted=options.zip)
    with _chosen(program, options) as (library, case_id):
        made = export_package(
            program,
            library,
            case_id,
            options.folder,
            profile=options.profile,
            actor=ACTOR,
            zip_password=password,
        )
    return Answer(
        (
            f"报送包：{made.path}",
            f"{made.files} 个文件，{made.octets / 2**20:.1f} MB，第 {made.number} 号，指纹 {made.fingerprint[:16]}",
            f"程序瑕疵 {made.flaws} 项，已随包说明。" if made.flaws else "没有程序瑕疵。",
        ),
        {
            "path": str(made.path),
            "zip": str(made.zip_path) if made.zip_path else None,
            "number": made.number,
            "files": made.files,
            "octets": made.octets,
            "fingerprint": made.fingerprint,
            "flaws": made.flaws,
        },
    )


_MOST_LINES = 50
"""Nobody reads more problems of a package than these; a hostile one has a hundred thousand."""

_PROBLEM_WORDS = {
    "missing": "缺少",
    "extra": "多出",
    "changed": "改动",
    "dangerous_path": "危险路径",
    "not_a_package": "不是报送包",
    "damaged_tag": "清单损坏",
}


def verify_command(_program: Program, options: argparse.Namespace) -> Answer:
    """Check a package; 1 when something is wrong with it."""
    from app.exchange.verify import verify_package

    result = verify_package(options.package)
    lines = [
        f"{_PROBLEM_WORDS[problem.kind]}：{problem.sentence}" for problem in result.problems[:_MOST_LINES]
    ]
    if len(result.problems) > _MOST_LINES:
        lines.append(f"……还有 {len(result.problems) - _MOST_LINES} 处没有一一列出，加 --json 看全部。")
    lines.append("报送包完好。" if result.ok else f"有 {len(result.problems)} 处问题。")
    return Answer(
        tuple(lines),
        {
            "ok": result.ok,
            "files": result.files,
            "octets": result.octets,
            "fingerprint": result.fingerprint,
            "problems": [
                {"kind": str(problem.kind), "path": problem.path, "sentence": problem.sentence}
                for problem in result.problems
            ],
        },
        0 if result.ok else 1,
    )


def backup_command(program: Program, options: argparse.Namespace) -> Answer:
    """Make a backup and try it out."""
    from app.usecases.keep_backup import keep_backup

    with _library(program, options.library) as library:
        made = keep_backup(program, library, reason="手动备份")
    return Answer(
        (
            f"备份已写到 {made.path}，{'已试还原' if made.proven else '没有通过试还原'}。",
            *(
                [f"有 {len(made.damaged)} 个材料文件在备份前就坏了，照原样备份；用 doctor 看是哪几件。"]
                if made.damaged
                else []
            ),
        ),
        {"path": str(made.path), "proven": made.proven, "damaged": list(made.damaged)},
        0 if made.proven else 3,
    )


def restore_command(program: Program, options: argparse.Namespace) -> Answer:
    """Bring a backup back into a new library."""
    from app.usecases.keep_backup import bring_back

    lost = bring_back(program, options.backup, options.library)
    told = (f"有 {lost} 件材料的原件备份时就不在了，用 doctor 看是哪几件。",) if lost else ()
    return Answer(
        (f"备份已还原到 {options.library}", *told), {"library": str(options.library), "missing": lost}
    )


def doctor_command(program: Program, options: argparse.Namespace) -> Answer:
    """Examine a library; 3 when something is damaged."""
    from app.usecases.examine_library import examine_library

    with _library(program, options.library) as library:
        found = examine_library(library)
    healthy = "资料库完好。" if not found.problems else f"发现 {len(found.problems)} 处问题。"
    return Answer(
        (
            f"案卷 {found.cases} 个，材料文件 {found.attachments} 个，留痕 {found.journal_entries} 条，"
            f"备份 {found.backups} 份。",
            f"留痕日志指纹 {found.journal_head[:16]}",
            *found.problems,
            *found.remarks,
            healthy,
        ),
        {
            "ok": not found.problems,
            "cases": found.cases,
            "attachments": found.attachments,
            "journal_entries": found.journal_entries,
            "journal_head": found.journal_head,
            "backups": found.backups,
            "problems": list(found.problems),
            "remarks": list(found.remarks),
        },
        3 if found.problems else 0,
    )
