"""The command line: one subcommand, one use case; human Chinese by default, one JSON document with ``--json``."""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import logging
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from app.domain.case import Case
from app.domain.stages import Stage
from app.errors import CancelledError, UsageError, UserError
from app.rules.findings import Checkup, Deadline, Grade, State, Verdict
from app.storage.failures import of_disk
from app.storage.library import Library, is_free
from app.usecases.checkup_document import checkup_document, deadline_document
from app.usecases.program import Program

ACTOR = "命令行"

OpenWindow = Callable[[Path | None, bool], int]
"""Opens the window with a library (or the last one) and returns the exit code; True means: close at once."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command says: lines for people, one document for programs, and the exit code."""

    lines: tuple[str, ...]
    document: Any
    code: int = 0


def run(arguments: Sequence[str], make_program: Callable[[], Program], open_window: OpenWindow) -> int:
    """Run one command and return its exit code: 0 done, 1 findings or invalid, 2 usage, 3 damaged, 4 locked.

    ``make_program`` is called only when a command needs it; ``open_window`` when no command was given.
    """
    _speak_utf8()
    # What a library logs is for its developers; without a handler of its own it would land on the screen.
    logging.getLogger().addHandler(logging.NullHandler())
    parser = _parser()
    as_json = "--json" in arguments
    try:
        options = parser.parse_args([each for each in arguments if each != "--json"])
        if options.command is None:
            return open_window(options.open, options.quit_after_start)
        gc.enable()  # off while starting
        answer: Answer = options.work(make_program(), options)
        _print(_as_text(answer.document) if as_json else "\n".join(answer.lines))
    except UserError as error:
        return _tell(error, as_json)
    except KeyboardInterrupt:
        return _tell(CancelledError(), as_json)
    except OSError as error:
        return _tell(of_disk(error), as_json)
    except Exception as error:
        return _tell(_our_fault(error), as_json)
    return answer.code


def _tell(error: UserError, as_json: bool) -> int:
    """Say what went wrong; return the exit code."""
    try:
        if as_json:
            _print(_as_text(_error_document(error)))
            return error.exit_code
    except OSError:
        pass  # then at least where a person may see it
    with contextlib.suppress(OSError):
        parts = (error.what_happened, error.unharmed, error.what_to_do, f"（{error.code}）")
        print(*parts, sep="\n", file=sys.stderr)
    return error.exit_code


def _our_fault(error: Exception) -> UserError:
    """The sentence for a bug: where it is in the program, never what the case says."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if f"{os.sep}app{os.sep}" in frame.filename] or frames
    at = f"{Path(ours[-1].filename).stem} 第 {ours[-1].lineno} 行" if ours else ""
    return UserError(
        f"程序自己出了错，这一步没有做成（{type(error).__name__}，{at}）。",
        "已经保存的内容没有变。",
        "把这几行和用的命令告诉提供程序的人；要接着做，可以换一个做法再试。",
        code="U-900",
    )


def _print(text: str) -> None:
    """Print and make sure it went out; nobody listening any more (``| head``) is no failure.

    Raises:
        OSError: it could not be written, as on a full disk.
    """
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Python flushes once more at its end and would complain then.
        with contextlib.suppress(OSError, ValueError), Path(os.devnull).open("wb") as nothing:
            os.dup2(nothing.fileno(), sys.stdout.fileno())


def _as_text(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2, default=str)


def _error_document(error: UserError) -> dict[str, Any]:
    return {
        "error": {
            "code": error.code,
            "what_happened": error.what_happened,
            "unharmed": error.unharmed,
            "what_to_do": error.what_to_do,
        }
    }


def _speak_utf8() -> None:
    """Chinese text must come out whatever the terminal's own encoding is."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


# --- the commands -------------------------------------------------------------------------------------------


def _demo(program: Program, options: argparse.Namespace) -> Answer:
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


def _load(program: Program, options: argparse.Namespace) -> Answer:
    from app.usecases.exchange_case import load_case_file, read_case_file

    read_case_file(options.case_file)  # refused before a library is made for it
    with _library(program, options.library, create=True) as library:
        case_id = load_case_file(library, options.case_file, actor=ACTOR)
        case = library.read_case(case_id)
    return Answer(
        (f"案卷已装入：{case.union.name or '未写名称的工会'} {case.cycle.title}（{case_id}）",),
        {"library": str(options.library), "case": case_id},
    )


def _dump(program: Program, options: argparse.Namespace) -> Answer:
    from app.usecases.exchange_case import dump_case_file

    with _chosen(program, options) as (library, case_id):
        dump_case_file(library, case_id, options.output)
    return Answer((f"案卷已写到 {options.output}",), {"path": str(options.output), "case": case_id})


def _schema(_program: Program, _options: argparse.Namespace) -> Answer:
    from app.exchange.case_file import json_schema

    schema = json_schema()
    return Answer((_as_text(schema),), schema)


def _check(program: Program, options: argparse.Namespace) -> Answer:
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
    return Answer(tuple(_check_lines(case, checkup)), checkup_document(case, checkup), 1 if serious else 0)


def _packs(program: Program, _options: argparse.Namespace) -> Answer:
    packs = tuple(program.packs)
    years = "、".join(str(year) for year in sorted(program.calendar.loaded_years))
    return Answer(
        (
            *(f"{pack.key:<12}{pack.name}  {pack.version}  {len(pack.rule_ids())} 条规则" for pack in packs),
            f"已装的放假安排：{years} 年",
        ),
        {
            "packs": [
                {
                    "region": pack.key,
                    "name": pack.name,
                    "version": pack.version,
                    "base": pack.base.key if pack.base else None,
                    "rules": len(pack.rule_ids()),
                }
                for pack in packs
            ],
            "calendar_years": sorted(program.calendar.loaded_years),
        },
    )


def _term(program: Program, options: argparse.Namespace) -> Answer:
    from app.rules.deadlines import resolve_term

    pack = program.packs.region(options.region)
    resolved = resolve_term(pack, program.calendar, options.rule, options.start, options.on or options.start)
    if resolved is None:
        return Answer(
            (f"{pack.name}：{options.rule} 法规未规定，以当地窗口要求为准。",),
            {"region": pack.key, "rule": options.rule, "term": None, "note": "法规未规定"},
        )
    return Answer(tuple(_deadline_lines(resolved)), deadline_document(resolved))


def _documents(program: Program, options: argparse.Namespace) -> Answer:
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


def _document(program: Program, options: argparse.Namespace) -> Answer:
    from app.usecases.make_document import write_document

    with _chosen(program, options) as (library, case_id):
        write_document(program, library, case_id, options.kind, options.output, subject=options.subject)
    return Answer((f"文书已写到 {options.output}",), {"path": str(options.output), "kind": options.kind})


def _attach(program: Program, options: argparse.Namespace) -> Answer:
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


def _binder(program: Program, options: argparse.Namespace) -> Answer:
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


def _table(program: Program, options: argparse.Namespace) -> Answer:
    from app.usecases.make_table import make_table

    with _chosen(program, options) as (library, case_id):
        table = make_table(program, library, case_id, options.profile, options.output)
    rows = [{"row": row.label, "numbers": [figure.value for figure in row.cells]} for row in table.rows]
    return Answer(
        (f"统计表已写到 {options.output}", *(f"{row['row']}：{row['numbers']}" for row in rows)),
        {"path": str(options.output), "title": table.title, "rows": rows},
    )


def _export(program: Program, options: argparse.Namespace) -> Answer:
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


def _verify(_program: Program, options: argparse.Namespace) -> Answer:
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


def _backup(program: Program, options: argparse.Namespace) -> Answer:
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


def _restore(program: Program, options: argparse.Namespace) -> Answer:
    from app.usecases.keep_backup import bring_back

    lost = bring_back(program, options.backup, options.library)
    told = (f"有 {lost} 件材料的原件备份时就不在了，用 doctor 看是哪几件。",) if lost else ()
    return Answer(
        (f"备份已还原到 {options.library}", *told), {"library": str(options.library), "missing": lost}
    )


def _doctor(program: Program, options: argparse.Namespace) -> Answer:
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


# --- findings and deadlines in words ------------------------------------------------------------------------


def _check_lines(case: Case, checkup: Checkup) -> Iterator[str]:
    yield f"{case.union.name} {case.cycle.title}，规则包 {checkup.region} {checkup.pack_version}，{_day(checkup.on)}"
    for grade in Grade:
        found = [finding for finding in checkup.findings if finding.grade is grade]
        yield f"{grade.label} {len(found)} 项"
        for finding in found:
            state = "" if finding.state is State.OPEN else f"（{finding.state.label}）"
            yield f"  {finding.rule}  {finding.sentence}{state}"
            for source in finding.sources:
                yield f"      {source.full}（{source.read.label}）"
    yield f"期限 {len(checkup.deadlines)} 项"
    for deadline in checkup.deadlines:
        yield from _deadline_lines(deadline)


def _deadline_lines(deadline: Deadline) -> Iterator[str]:
    due = _day(deadline.due) if deadline.due else "还算不出"
    if deadline.latest is not None and deadline.latest != deadline.due:
        due = f"{due}至{_day(deadline.latest)}之间"
    if deadline.estimated:
        due = f"约{due}（估算）"
    done = f"，实际 {_day(deadline.actual)}" if deadline.actual else ""
    # Some days are no latest day: a window begins with it, a notice has to hang until it.
    if deadline.verdict is Verdict.WINDOW:
        when = f"{due}起"
    elif deadline.verdict is Verdict.SHORT:
        when = f"要到 {due}{done}"
    else:
        when = f"最迟 {due}{done}"
    yield f"  {deadline.rule}  {deadline.what}：{when}，{deadline.verdict.label}"
    yield f"      {deadline.why} {'、'.join(source.text for source in deadline.sources)}"


def _day(value: date | None) -> str:
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


# --- parsing ------------------------------------------------------------------------------------------------


_PARSER_WORDS = (
    ("the following arguments are required: ", "还缺 "),
    ("unrecognized arguments: ", "不认识 "),
    ("invalid choice: ", "没有 "),
    ("expected at least one argument", "至少要写一个"),
    ("expected one argument", "后面要写一个值"),
    ("invalid int value: ", "不是整数："),
    ("ignored explicit argument ", "后面不用写值，却写了 "),
    ("argument ", ""),
    ("choose from ", "可以用 "),
)
"""The standard library's English, said in Chinese."""


class _ChineseHelp(argparse.HelpFormatter):
    """The help page with a Chinese first word."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _ChineseParser(argparse.ArgumentParser):
    """Wrong usage gets a sentence and exit code 2 like every other failure; the help speaks Chinese."""

    def __init__(self, **settings: Any) -> None:
        """Take the settings of the standard parser; a shortened option is not guessed at."""
        super().__init__(**settings, add_help=False, allow_abbrev=False, formatter_class=_ChineseHelp)
        self._positionals.title = "要写的"
        self._optionals.title = "可以加的"
        self.add_argument("-h", "--help", action="help", help="看用法")

    def error(self, message: str) -> NoReturn:
        for english, chinese in _PARSER_WORDS:
            message = message.replace(english, chinese)
        raise UsageError(
            f"命令写得不对：{message}。", "没有做任何事。", f"看用法：{self.prog} --help", code="U-001"
        )


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


def _iso(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{text} 不是日期。", "没有做任何事。", "写成 2026-03-12 这样。", code="U-003"
        ) from None


def _parser() -> argparse.ArgumentParser:
    parser = _ChineseParser(prog="xieshang", description="集体协商工作台：不写命令就打开窗口。")
    parser.add_argument("--open", type=Path, metavar="LIB", help="打开窗口时用这个资料库")
    parser.add_argument("--quit-after-start", action="store_true", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="命令", parser_class=_ChineseParser)

    def add(
        name: str, work: Callable[[Program, argparse.Namespace], Answer], words: str
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words)
        made.set_defaults(work=work)
        made.add_argument("--json", action="store_true", help="输出一份 JSON")
        return made

    def add_choice(made: argparse.ArgumentParser) -> None:
        made.add_argument("--year", type=int, metavar="Y", help="哪个年度，不写就取最近一年")
        made.add_argument("--case", metavar="ID", help="同一年有几个案卷时写明是哪一个")

    made = add("demo", _demo, "建一个示例资料库，各阶段都填好")
    made.add_argument("library", type=Path, metavar="LIB")
    made.add_argument("--example", default="shandong-linyi-single", metavar="NAME", help="哪个示例")

    made = add("load", _load, "把案卷文件装入资料库")
    made.add_argument("library", type=Path, metavar="LIB")
    made.add_argument("case_file", type=Path, metavar="CASE")

    made = add("dump", _dump, "把案卷写成案卷文件")
    made.add_argument("library", type=Path, metavar="LIB")
    made.add_argument("-o", "--output", type=Path, required=True, metavar="CASE")
    add_choice(made)

    add("schema", _schema, "案卷文件的 JSON Schema")

    made = add("check", _check, "检查结果和期限")
    made.add_argument("source", type=Path, metavar="LIB|CASE")
    made.add_argument("--on", type=_iso, metavar="DATE", help="按哪一天算，不写就是今天")
    add_choice(made)

    add("packs", _packs, "已装的规则包和放假安排")

    made = add("term", _term, "一个法定期限怎么算")
    made.add_argument("region", metavar="REGION", help="地区，例如 山东（见 packs）")
    made.add_argument("rule", metavar="RULE", help="规则，例如 reply_due 答复期限")
    made.add_argument("--from", dest="start", type=_iso, required=True, metavar="DATE")
    made.add_argument("--on", type=_iso, metavar="DATE", help="按哪一天有效的规定")

    made = add("documents", _documents, "可以生成哪些文书")
    made.add_argument("library", type=Path, metavar="LIB")
    add_choice(made)

    made = add("document", _document, "生成一份文书，格式看文件名")
    made.add_argument("library", type=Path, metavar="LIB")
    made.add_argument("kind", metavar="KIND", help="哪种文书（documents 的第一列）")
    made.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    made.add_argument("--subject", default="", metavar="ID", help="针对哪一项（documents 里的 subject）")
    add_choice(made)

    made = add("attach", _attach, "给一个阶段添加材料")
    made.add_argument("library", type=Path, metavar="LIB")
    made.add_argument("stage", metavar="STAGE", help="哪个阶段：1 到 7，或阶段名称")
    made.add_argument("files", type=Path, nargs="+", metavar="FILE")
    made.add_argument("--paper", default="", metavar="种类", help="材料种类")
    made.add_argument("--caption", default="", metavar="文字", help="说明")
    add_choice(made)

    made = add("binder", _binder, "生成证据册")
    made.add_argument("library", type=Path, metavar="LIB")
    made.add_argument("-o", "--output", type=Path, required=True, metavar="BOOK.pdf")
    add_choice(made)

    made = add("table", _table, "生成统计表")
    made.add_argument("library", type=Path, metavar="LIB")
    made.add_argument("profile", metavar="PROFILE", help="上报要求，例如 linyi-2017")
    made.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx")
    add_choice(made)

    made = add("export", _export, "导出报送包")
    made.add_argument("library", type=Path, metavar="LIB")
    made.add_argument("folder", type=Path, metavar="DIR")
    made.add_argument("--profile", default="", metavar="P", help="上报要求")
    made.add_argument("--zip", action="store_true", help="另外压成一个加密的 ZIP")
    made.add_argument("--password-file", type=Path, metavar="F", help="第一行写着密码的文件")
    add_choice(made)

    made = add("verify", _verify, "核对一个报送包")
    made.add_argument("package", type=Path, metavar="PACKAGE")

    made = add("backup", _backup, "备份资料库并试还原")
    made.add_argument("library", type=Path, metavar="LIB")

    made = add("restore", _restore, "把备份还原成新的资料库")
    made.add_argument("backup", type=Path, metavar="BACKUP")
    made.add_argument("library", type=Path, metavar="LIB")

    made = add("doctor", _doctor, "检查资料库是否完好")
    made.add_argument("library", type=Path, metavar="LIB")
    return parser
