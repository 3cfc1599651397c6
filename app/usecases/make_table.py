"""Fill the district's statistics table, with a sheet 出处 that names the records behind each number."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.documents.blocks import FORM_LANDSCAPE, Align, Block, Column, Document, Row, Title, remark
from app.documents.blocks import Cell as PaperCell
from app.documents.blocks import Table as PaperTable
from app.documents.letters.frame import is_practice, journal_mark
from app.documents.xlsx import Cell, Sheet, render_xlsx
from app.domain.case import Case, collections
from app.errors import UsageError
from app.figures.origin import Figure
from app.figures.profiles import Profile, load_profiles
from app.figures.tables import Table, linyi_2017
from app.paths import resource
from app.rules.engine import check
from app.rules.findings import Grade
from app.storage.library import Library
from app.usecases.program import Program
from app.usecases.whole_file import write_whole

_TABLES = {"linyi-2017": linyi_2017}


def profiles() -> tuple[Profile, ...]:
    """Return the shipped 上报要求."""
    return load_profiles(resource("profiles"))


def make_table(program: Program, library: Library, case_id: str, profile: str, target: Path) -> Table:
    """Write the statistics table a profile asks for and return it.

    Raises:
        UsageError: there is no such profile, it wants no table known here, or no cut-off day is given.
        UserError: the file cannot be written.
    """
    case = library.read_case(case_id)
    table = table_for(case, profile, program.clock.today())
    write_whole(target, render_table(table, mark=table_paper(program, library, case, table).mark))
    return table


def table_paper(program: Program, library: Library | None, case: Case, table: Table) -> Document:
    """Return a filled table as a paper to look at and to print: the form's own words, and nothing beside them.

    It carries 草稿 while a 必须改 stands in the way of handing it in.
    """
    checkup = check(case, program.pack_or_national(case), program.calendar, program.clock.today())
    open_must = any(finding.grade is Grade.MUST and finding.blocks for finding in checkup.findings)
    return Document(
        kind=f"table_{table.key}",
        title=table.title,
        blocks=_blocks(table),
        page=FORM_LANDSCAPE,
        draft=open_must,
        practice=is_practice(case),
        footer=journal_mark(library.journal_head()) if library is not None else "",
    )


def _blocks(table: Table) -> tuple[Block, ...]:
    line = "    ".join(f"{field.label}：{field.value or '            '}" for field in table.header)
    groups = [
        PaperCell(group.label, colspan=len(group.columns), bold=True, align=Align.CENTER)
        for group in table.groups
    ]
    subs = tuple(
        PaperCell(_short(group.label, column.label, column.unit), align=Align.CENTER)
        for group in table.groups
        for column in group.columns
    )
    rows = tuple(
        Row((PaperCell(row.label, bold=True), *(_figure(figure) for figure in row.cells)), min_height=11.0)
        for row in table.rows
    )
    corner = PaperCell(table.corner, rowspan=2, bold=True, align=Align.CENTER)
    return (
        Title(table.title),
        remark(line),
        PaperTable(
            columns=(Column(1.5), *(Column(1.0, Align.CENTER) for _ in table.columns)),
            header=((corner, *groups), subs),
            rows=rows,
            note=f"注：{table.note}" if table.note else "",
        ),
    )


def _figure(figure: Figure) -> PaperCell:
    return PaperCell("" if figure.value is None else str(figure.value), align=Align.CENTER)


def table_for(case: Case, profile: str, filled_on: date) -> Table:
    """Return the filled table of one profile.

    Raises:
        UsageError: see :func:`make_table`.
    """
    if profile not in _TABLES:
        raise UsageError(
            f"没有 {profile or '这样'} 的统计表。",
            "没有写任何文件。",
            f"可以用：{'、'.join(_TABLES)}。别的通知只知道表名，栏目没有取得。",
            code="T-101",
        )
    until = case.cycle.statistics_until
    if until is None:
        raise UsageError(
            "统计截止日还没有填。", "没有写任何文件。", "在设置的本年度里写上统计截止日。", code="T-102"
        )
    return _TABLES[profile](case, until, filled_on=filled_on)


def tables_for(case: Case, profile: str, filled_on: date) -> tuple[Table, ...]:
    """Return the tables for a package: the profile's, or all known ones; none while the cut-off is missing.

    Raises:
        UsageError: a profile was named that is not there.
    """
    wanted = next((each for each in profiles() if each.key == profile), None)
    if profile and wanted is None:
        known = "、".join(each.key for each in profiles())
        raise UsageError(
            f"没有叫 {profile} 的上报要求。", "没有写任何文件。", f"可以用：{known}。", code="T-103"
        )
    if case.cycle.statistics_until is None:
        return ()
    keys = [key for key in _TABLES if wanted is None or key in wanted.known_tables]
    return tuple(_TABLES[key](case, case.cycle.statistics_until, filled_on=filled_on) for key in keys)


def render_table(table: Table, *, mark: str = "") -> bytes:
    """Return a table as XLSX: the form itself, and 出处; ``mark`` (练习, 草稿) on both."""
    return render_xlsx([_form(table), _origins(table)], table.title, mark=mark)


def _form(table: Table) -> Sheet:
    columns = len(table.columns) + 1
    last = chr(ord("A") + columns - 1)
    line = "    ".join(f"{field.label}：{field.value or '            '}" for field in table.header)
    groups: list[Cell] = [Cell(table.corner, bold=True, border=True, align=Align.CENTER)]
    subs: list[Cell] = [Cell(None, border=True)]
    merges = [f"A1:{last}1", f"A2:{last}2", "A3:A4"]
    at = 1
    for group in table.groups:
        width = len(group.columns)
        groups += [Cell(group.label, bold=True, border=True, align=Align.CENTER)]
        groups += [Cell(None, border=True)] * (width - 1)
        merges.append(f"{chr(ord('A') + at)}3:{chr(ord('A') + at + width - 1)}3")
        subs += [
            Cell(_short(group.label, column.label, column.unit), border=True, align=Align.CENTER)
            for column in group.columns
        ]
        at += width
    rows = [
        (Cell(table.title, bold=True, size=16, align=Align.CENTER, title=True),),
        (Cell(line),),
        tuple(groups),
        tuple(subs),
        *(
            (
                Cell(row.label, bold=True, border=True),
                *(Cell(figure.value, border=True, align=Align.CENTER) for figure in row.cells),
            )
            for row in table.rows
        ),
        (Cell(f"注：{table.note}"),),
    ]
    merges.append(f"A{len(rows)}:{last}{len(rows)}")
    return Sheet(
        name="统计表",
        rows=tuple(rows),
        merges=tuple(merges),
        widths=(16, *(14,) * (columns - 1)),
        heights=(34, 24, 24, 34, *(26,) * len(table.rows), 24),
        landscape=True,
    )


def _short(group: str, label: str, unit: str) -> str:
    """The column's own words under its group: 份数（份）, 覆盖企业数（家）."""
    words = "份数" if unit == "份" else label
    return f"{words}（{unit}）"


def _origins(table: Table) -> Sheet:
    heads = ("行", "栏", "数", "单位", "怎样算的", "来自哪里", "记录")
    rows: list[tuple[Cell, ...]] = [tuple(Cell(words, bold=True, border=True) for words in heads)]
    for row in table.rows:
        for group, figure in zip(_groups(table), row.cells, strict=True):
            named = (
                "；".join(dict.fromkeys(part.words for part in figure.origin if part.words))
                or "没有这样的记录"
            )
            where = "；".join(
                dict.fromkeys(
                    f"{collections()[part.collection].LABEL} {part.collection}/{part.record_id}"
                    for part in figure.origin
                )
            )
            rows.append(
                (
                    Cell(row.label, border=True),
                    Cell(f"{group}·{figure.label}", border=True),
                    Cell(figure.value, border=True, align=Align.CENTER),
                    Cell(figure.unit, border=True, align=Align.CENTER),
                    Cell(figure.rule, border=True),
                    Cell(named, border=True),
                    Cell(where, border=True),
                )
            )
    rows += [(Cell(remark),) for remark in (*table.remarks, *table.problems)]
    return Sheet(
        name="出处", rows=tuple(rows), widths=(14, 30, 8, 6, 34, 48, 40), landscape=True, repeat_rows="1:1"
    )


def _groups(table: Table) -> list[str]:
    return [group.label for group in table.groups for _ in group.columns]
