"""Runs one command: one subcommand, one use case; human Chinese by default, one JSON document with ``--json``."""

from __future__ import annotations

import argparse
import contextlib
import gc
import logging
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from app.errors import CancelledError, UsageError, UserError

if TYPE_CHECKING:  # the commands are loaded when one is given, not for the window
    from app.cli.answer import Answer
    from app.usecases.program import Program

OpenWindow = Callable[[Path | None, bool], int]
"""Opens the window with a library (or the last one) and returns the exit code; True means: close at once."""


def run(
    arguments: Sequence[str],
    make_program: Callable[[], Program],
    open_window: OpenWindow,
    show_parts: Callable[[], int] | None = None,
) -> int:
    """Run one command and return its exit code: 0 done, 1 findings or invalid, 2 usage, 3 damaged, 4 locked.

    ``make_program`` is called only when a command needs it; ``open_window`` when no command was given;
    ``show_parts`` for the page of all parts of the window, which is no command and in no help.
    """
    _speak_utf8()
    # What a library logs is for its developers; without a handler of its own it would land on the screen.
    logging.getLogger().addHandler(logging.NullHandler())
    as_json = "--json" in arguments
    try:
        window = _only_the_window(arguments)
        if window is not None:
            return open_window(*window)
        options = _parser().parse_args([each for each in arguments if each != "--json"])
        if options.parts and show_parts is not None:
            return show_parts()
        if options.command is None:
            return open_window(options.open, options.quit_after_start)
        gc.enable()  # off while starting
        answer: Answer = options.work(make_program(), options)
        try:
            _print(_as_text(answer.document) if as_json else "\n".join(answer.lines))
        except OSError as error:
            return _tell(_of_disk(error), as_json=False)  # the standard output takes nothing any more
    except UserError as error:
        return _tell(error, as_json)
    except KeyboardInterrupt:
        return _tell(CancelledError(), as_json)
    except OSError as error:
        return _tell(_of_disk(error), as_json)
    except Exception as error:
        return _tell(_our_fault(error), as_json)
    return answer.code


def _only_the_window(arguments: Sequence[str]) -> tuple[Path | None, bool] | None:
    """What the window is opened with where nothing else is asked for; ``None``: the arguments must be parsed.

    Making the parser of all commands takes a while, which somebody who opens the window would wait for.
    """
    rest = list(arguments)
    quit_after_start = "--quit-after-start" in rest
    if quit_after_start:
        rest.remove("--quit-after-start")
    if not rest:
        return None, quit_after_start
    if len(rest) == 2 and rest[0] == "--open" and rest[1] and not rest[1].startswith("-"):
        return Path(rest[1]), quit_after_start
    return None


def _as_text(document: dict[str, Any]) -> str:
    from app.cli.answer import as_text

    return as_text(document)


def _of_disk(error: OSError) -> UserError:
    from app.storage.failures import of_disk

    return of_disk(error)


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
    except OSError as error:
        # Python flushes what is left once more at its end; it would fail again, with an exit code of its own.
        with contextlib.suppress(OSError, ValueError), Path(os.devnull).open("wb") as nothing:
            os.dup2(nothing.fileno(), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise


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


_PARSER_WORDS = (
    ("the following arguments are required: ", "还缺 "),
    ("unrecognized arguments: ", "不认识 "),
    ("invalid choice: ", "没有 "),
    ("expected at least one argument", "至少要写一个"),
    ("expected one argument", "后面要写一个值"),
    ("expected 2 arguments", "后面要写两个值"),
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


def _iso(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{text} 不是日期。", "没有做任何事。", "写成 2026-03-12 这样。", code="U-003"
        ) from None


def _parser() -> argparse.ArgumentParser:
    from app.cli import commands, count_commands, law_commands, roster_commands, survey_commands

    parser = _ChineseParser(prog="xieshang", description="集体协商工作台：不写命令就打开窗口。")
    parser.add_argument("--open", type=Path, metavar="LIB", help="打开窗口时用这个资料库")
    parser.add_argument("--quit-after-start", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--parts", action="store_true", help=argparse.SUPPRESS)
    subcommands = parser.add_subparsers(dest="command", metavar="命令", parser_class=_ChineseParser)

    def add(
        name: str, work: Callable[[Program, argparse.Namespace], Answer], words: str
    ) -> argparse.ArgumentParser:
        made = subcommands.add_parser(name, help=words, description=words)
        made.set_defaults(work=work)
        made.add_argument("--json", action="store_true", help="输出一份 JSON")
        return made

    def add_choice(made: argparse.ArgumentParser) -> None:
        made.add_argument("--year", type=int, metavar="Y", help="哪个年度，不写就取最近一年")
        made.add_argument("--case", metavar="ID", help="同一年有几个案卷时写明是哪一个")

    made = add("demo", commands.demo_command, "建一个示例资料库，各阶段都填好")
    made.add_argument("library", type=Path, metavar="LIB")
    made.add_argument("--example", default="shandong-linyi-single", metavar="NAME", help="哪个示例")

    made = add("load", commands.load_command, "把案卷文件装入资料库")
    made.add_argument("library", type=Path, metavar="LIB")
    made.add_argument("case_file", type=Path, metavar="CASE")

    made = add("dump", commands.dump_command, "把案卷写成案卷文件")
    made.add_argument("library", type=Path, metavar="LIB")
    made.add_argument("-o", "--output", type=Path, required=True, metavar="CASE")
    add_choice(made)

    add("schema", commands.schema_command, "案卷文件的 JSON Schema")

    made = add("check", commands.check_command, "检查结果和期限")
    made.add_argument("source", type=Path, metavar="LIB|CASE")
    made.add_argument("--on", type=_iso, metavar="DATE", help="按哪一天算，不写就是今天")
    add_choice(made)

    made = add("packs", law_commands.packs_command, "已装的规则包和放假安排；装、退回、核对、导出")
    made.add_argument("region", nargs="?", default="", metavar="REGION", help="只看一个地区，例如 山东")
    made.add_argument("--coverage", action="store_true", help="每条规则在各规则包里怎样写，依据哪条")
    made.add_argument("--library", type=Path, metavar="LIB", help="连同装进这个资料库的一起看、核对、导出")
    made.add_argument("--check", type=Path, metavar="FILE", help="核对一个规则包或放假安排文件，不装")
    made.add_argument("--install", nargs=2, metavar=("FILE", "LIB"), help="装进资料库，先列出会变什么")
    made.add_argument("--preview", action="store_true", help="和 --install 一起：只列出会变什么，不装")
    made.add_argument(
        "--roll-back", nargs=2, metavar=("KEY", "LIB"), help="退回上一版，例如 shandong 或 2027"
    )
    made.add_argument("--bundled", action="store_true", help="和 --roll-back 一起：退回程序自带的")
    made.add_argument("--export", nargs=2, metavar=("KEY", "FILE"), help="导出成 .zip（放假安排是 .toml）")
    made.add_argument("--compare", nargs=2, metavar=("A", "B"), help="两个地区对照，例如 山东 浙江")
    made.add_argument("--all", dest="all_rules", action="store_true", help="对照时一样的也列出来")
    made.add_argument("-o", "--output", type=Path, metavar="FILE", help="对照表另存成 .pdf 或 .xlsx")

    made = add("term", law_commands.term_command, "一个法定期限怎么算")
    made.add_argument("region", metavar="REGION", help="地区，例如 山东（见 packs）")
    made.add_argument("rule", metavar="RULE", help="规则，例如 reply_due 答复期限")
    made.add_argument("--from", dest="start", type=_iso, required=True, metavar="DATE")
    made.add_argument("--on", type=_iso, metavar="DATE", help="按哪一天有效的规定")
    made.add_argument("--library", type=Path, metavar="LIB", help="按这个资料库里装的规则包算")

    made = add("documents", commands.documents_command, "可以生成哪些文书")
    made.add_argument("library", type=Path, metavar="LIB")
    add_choice(made)

    made = add("document", commands.document_command, "生成一份文书，格式看文件名")
    made.add_argument("library", type=Path, metavar="LIB")
    made.add_argument("kind", metavar="KIND", help="哪种文书（documents 的第一列）")
    made.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    made.add_argument("--subject", default="", metavar="ID", help="针对哪一项（documents 里的 subject）")
    add_choice(made)

    made = add("plan", commands.plan_command, "打印一页挂墙计划：月份、阶段、期限、会议")
    made.add_argument("library", type=Path, metavar="LIB")
    made.add_argument("-o", "--out", "--output", dest="output", type=Path, required=True, metavar="FILE.pdf")
    made.add_argument("--paper", type=str.lower, choices=("a4", "a3"), default="a4", help="纸，不写就是 a4")
    add_choice(made)

    made = add("calendar", commands.calendar_command, "把期限和会议导出成日历文件")
    made.add_argument("library", type=Path, metavar="LIB")
    made.add_argument("-o", "--out", "--output", dest="output", type=Path, required=True, metavar="FILE.ics")
    add_choice(made)

    made = add("attach", commands.attach_command, "给一个阶段添加材料")
    made.add_argument("library", type=Path, metavar="LIB")
    made.add_argument("stage", metavar="STAGE", help="哪个阶段：1 到 7，或阶段名称")
    made.add_argument("files", type=Path, nargs="+", metavar="FILE")
    made.add_argument("--paper", default="", metavar="种类", help="材料种类")
    made.add_argument("--caption", default="", metavar="文字", help="说明")
    add_choice(made)

    made = add("binder", commands.binder_command, "生成证据册")
    made.add_argument("library", type=Path, metavar="LIB")
    made.add_argument("-o", "--output", type=Path, required=True, metavar="BOOK.pdf")
    add_choice(made)

    made = add("table", commands.table_command, "生成统计表")
    made.add_argument("library", type=Path, metavar="LIB")
    made.add_argument("profile", metavar="PROFILE", help="上报要求，例如 linyi-2017")
    made.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx")
    add_choice(made)

    made = add("export", commands.export_command, "导出报送包")
    made.add_argument("library", type=Path, metavar="LIB")
    made.add_argument("folder", type=Path, metavar="DIR")
    made.add_argument("--profile", default="", metavar="P", help="上报要求")
    made.add_argument("--zip", action="store_true", help="另外压成一个加密的 ZIP")
    made.add_argument("--password-file", type=Path, metavar="F", help="第一行写着密码的文件")
    add_choice(made)

    made = add("verify", commands.verify_command, "核对一个报送包")
    made.add_argument("package", type=Path, metavar="PACKAGE")

    made = add("survey", survey_commands.survey_command, "意愿调查：导入线上答卷，看结果")
    doing = made.add_subparsers(dest="doing", metavar="做什么", required=True, parser_class=_ChineseParser)
    taken = doing.add_parser("import", help="导入问卷星下载的答卷")
    taken.add_argument("library", type=Path, metavar="LIB")
    taken.add_argument("file", type=Path, metavar="FILE", help=".xlsx、.xls 或 .csv")
    taken.add_argument("--preview", action="store_true", help="只看会收下什么，不收")
    taken.add_argument("--without-questions", action="store_true", help="文件里缺题也收，缺的题不算")
    taken.add_argument("--keep", action="append", default=[], metavar="列名", help="有意留下这一列")
    add_choice(taken)
    told = doing.add_parser("results", help="发放、收回、有效，各题人数和占比，分组交叉")
    told.add_argument("library", type=Path, metavar="LIB")
    add_choice(told)
    made = add("roster", roster_commands.roster_command, "导入花名册：先找表头、认各列，再收下；移除花名册")
    made.add_argument("what", choices=("import", "remove"), metavar="import|remove", help="导入，移除")
    made.add_argument("library", type=Path, metavar="LIB")
    made.add_argument("file", type=Path, metavar="FILE", nargs="?", help="导入时：.xlsx、.xls 或 .csv")
    made.add_argument("--preview", action="store_true", help="只看会收下什么，不收")
    made.add_argument(
        "--column", action="append", metavar="表头=项", help="这一列读作哪一项，例如 车间=部门；可以写几次"
    )
    add_choice(made)

    made = add("count", count_commands.count_command, "各次计票：结束没有，哪里对不上；对不上就返回 1")
    made.add_argument("library", type=Path, metavar="LIB")
    add_choice(made)

    made = add("backup", commands.backup_command, "备份资料库并试还原")
    made.add_argument("library", type=Path, metavar="LIB")

    made = add("restore", commands.restore_command, "把备份还原成新的资料库")
    made.add_argument("backup", type=Path, metavar="BACKUP")
    made.add_argument("library", type=Path, metavar="LIB")

    made = add("doctor", commands.doctor_command, "检查资料库是否完好")
    made.add_argument("library", type=Path, metavar="LIB")
    return parser
