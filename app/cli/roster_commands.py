"""``roster``: take a roster into a library."""

from __future__ import annotations

import argparse

from app.cli.answer import Answer
from app.cli.commands import ACTOR, open_library
from app.errors import UsageError
from app.exchange.roster_columns import LABELS, NOT_TAKEN, Mapped, heading_key, with_column, without_name
from app.usecases.import_roster import (
    OpenedRoster,
    import_roster,
    open_roster,
    preview_roster,
    proposed_columns,
    refused_lines,
    remembered_columns,
    remove_roster,
)
from app.usecases.program import Program

_MOST = 20


def roster_command(program: Program, options: argparse.Namespace) -> Answer:
    """Take in a roster, or only look (``--preview``), or take it out; 1 when rows were not taken."""
    from app.usecases.choose_case import choose_case

    if options.what == "remove":
        return _remove(program, options)
    if options.file is None:
        raise UsageError(
            "没有说导入哪个文件。", "没有收下任何人。", "写成 roster import LIB 花名册.xlsx。", code="U-007"
        )
    opened = open_roster(options.file)  # refused before the library is opened
    with open_library(program, options.library) as library:
        case_id = choose_case(library, year=options.year, case_id=options.case)
        mapped = proposed_columns(opened, remembered_columns(library, case_id))
        for chosen in options.column or ():
            mapped = _chosen(opened, mapped, chosen)
        if "name" not in mapped:
            raise without_name(opened.file_name)
        case = library.read_case(case_id)
        preview = preview_roster(case, opened, mapped, program.clock.today())
        if not options.preview:
            import_roster(library, case_id, preview, actor=ACTOR)
    reading = preview.reading
    remarks = [each.sentence for each in reading.remarks if not each.refused]
    done = "会收下" if options.preview else "花名册已收下"
    lines = [
        f"{done} {len(reading.people)} 人（文件里 {reading.rows} 行）。",
        *([preview.replaces] if options.preview and preview.replaced else []),
        "各列读作：" + "，".join(_columns(opened, mapped)),
        *_few("没有收下的行", list(refused_lines(reading))),
        *_few("收下了，但要看一眼", remarks),
        *(
            f"{by.label}：{_numbers(preview.groups, by)}"
            for by in dict.fromkeys(by for by, _, _ in preview.groups)
        ),
        *(f"{each.sentence}，两处不一致，登记的没有改。" for each in preview.differing),
    ]
    if not options.preview:
        lines.append(
            "原来那份换掉了；要用原来的，就再导入一次。"
            if preview.replaced is not None
            else "收错了可以在窗口里撤销，整份花名册一起退回。"
        )
    return Answer(
        tuple(lines),
        {
            "file": opened.file_name,
            "sha256": opened.sha256,
            "taken": not options.preview,
            "rows": reading.rows,
            "kept": len(reading.people),
            "columns": dict(zip(map(str, range(1, len(mapped) + 1)), mapped, strict=True)),
            "remarks": [
                {"row": each.row, "column": each.column, "reason": each.reason, "refused": each.refused}
                for each in reading.remarks
            ],
            "groups": [
                {"by": by.value, "name": name, "people": people} for by, name, people in preview.groups
            ],
            "differing": [
                {"what": each.what, "held": each.held, "counted": each.counted} for each in preview.differing
            ],
        },
        1 if reading.refused else 0,
    )


def _remove(program: Program, options: argparse.Namespace) -> Answer:
    from app.usecases.choose_case import choose_case

    with open_library(program, options.library) as library:
        held = remove_roster(
            library, choose_case(library, year=options.year, case_id=options.case), actor=ACTOR
        )
    with open_library(program, options.library):
        pass  # opened anew it deletes the persons
    if held is None:
        return Answer(("没有花名册，什么都没有变。",), {"removed": False})
    lines = (f"花名册移除了，{held.kept or 0} 人；名单已从资料库里彻底删掉。", "以前做的备份里还有这份名单。")
    return Answer(lines, {"removed": True, "people": held.kept})


def _chosen(opened: OpenedRoster, mapped: Mapped, chosen: str) -> Mapped:
    heading, _, label = chosen.partition("=")
    names = {words: name for name, words in LABELS.items()} | {NOT_TAKEN: ""}
    keys = [heading_key(each) for each in opened.table.headings]
    if label not in names or heading_key(heading) not in keys:
        raise UsageError(
            f"--column {chosen} 用不上：表头里没有这一列，或者没有这一项。",
            "没有收下任何人。",
            f"写成 车间=部门 这样；可以用：{'、'.join(names)}。",
            code="U-006",
        )
    return with_column(mapped, keys.index(heading_key(heading)), names[label])


def _columns(opened: OpenedRoster, mapped: Mapped) -> list[str]:
    return [
        f"{heading or f'第 {place} 列'}→{LABELS[name] if name else NOT_TAKEN}"
        for place, (heading, name) in enumerate(zip(opened.table.headings, mapped, strict=True), 1)
        if heading or name
    ]


def _few(title: str, sentences: list[str]) -> list[str]:
    if not sentences:
        return []
    more = [f"  ……还有 {len(sentences) - _MOST} 处，加 --json 看全部。"] if len(sentences) > _MOST else []
    return [f"{title}（{len(sentences)} 处）：", *(f"  {each}" for each in sentences[:_MOST]), *more]


def _numbers(groups: tuple[tuple[object, str, int], ...], by: object) -> str:
    told = [f"{name} {people} 人" for each, name, people in groups if each is by]
    return "，".join(told[:12]) + (f"，等 {len(told)} 组" if len(told) > 12 else "")
