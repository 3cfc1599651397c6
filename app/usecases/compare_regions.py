"""Two regions' rules beside each other, to look at, to print and to keep as a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.documents.blocks import FORM_LANDSCAPE, Align, Cell, Column, Document, Row, Run, Table, Title, remark
from app.documents.pdf import render_pdf
from app.documents.xlsx import Cell as SheetCell
from app.documents.xlsx import Sheet, render_xlsx
from app.errors import UsageError
from app.rules.compare import Comparison, compare, counted
from app.rules.findings import Hardness
from app.rules.lookup import Asked, RuleSight
from app.rules.pack import RulePack
from app.usecases.program import Program
from app.usecases.whole_file import write_whole


@dataclass(frozen=True, slots=True)
class RegionsCompared:
    """What was compared: both packs, for which agreement, form and day, and every row, also the equal ones."""

    left: RulePack
    right: RulePack
    asked: Asked
    rows: tuple[Comparison, ...]

    @property
    def title(self) -> str:
        """``山东、天津规则对照表``."""
        return f"{self.left.name}、{self.right.name}规则对照表"

    @property
    def basis(self) -> str:
        """For what was looked up: kind, form, day and both packs with their versions."""
        packs = "，".join(f"{each.name} {each.version}" for each in (self.left, self.right))
        asked = self.asked
        return f"{asked.kind.label}，{asked.form.label}，按{_day(asked.on)}有效的规定；规则包：{packs}"


def compare_regions(program: Program, left: str, right: str, asked: Asked) -> RegionsCompared:
    """Compare two regions by key or Chinese name.

    Raises:
        NoPackError: there is no pack of such a name.
    """
    one, other = program.packs.region(left), program.packs.region(right)
    return RegionsCompared(one, other, asked, compare(one, other, asked))


def comparison_paper(made: RegionsCompared, rows: Iterable[Comparison]) -> Document:
    """Return these rows of a comparison as a paper."""
    chosen = tuple(rows)
    lines: list[Row] = []
    group = None
    for row in chosen:
        if row.group is not group:
            group = row.group
            head = Cell(group.label, colspan=4, bold=True, align=Align.LEFT)
            lines.append(Row((head,), group=True))
        sides = (Cell(_side_runs(row.left)), Cell(_side_runs(row.right)))
        lines.append(Row((Cell(row.title, bold=True), *sides, row.words)))
    lines = lines or [Row(("", "没有要列的规则。", "", ""))]
    titles = ("规则", made.left.name, made.right.name, "区别")
    columns = (Column(34), Column(92), Column(92), Column(30))
    notes = [pack.pending_note for pack in (made.left, made.right) if pack.pending_note]
    return Document(
        kind="comparison",
        title=made.title,
        blocks=(
            Title(made.title),
            remark(f"{made.basis}。列出 {len(chosen)} 条，共 {len(made.rows)} 条；{counted(made.rows)}。"),
            Table(columns, tuple(lines), (titles,)),
            remark("法规未规定的，以当地窗口要求为准。"),
            *(remark(note) for note in dict.fromkeys(notes)),
        ),
        page=FORM_LANDSCAPE,
    )


def comparison_sheet(made: RegionsCompared, rows: Iterable[Comparison]) -> Sheet:
    """Return these rows as a sheet of a workbook."""
    names = (made.left.name, made.right.name)
    head = ("规则", *(f"{name}{part}" for name in names for part in ("", "依据", "核对程度")), "区别")
    lines = [(row.title, *_side_cells(row.left), *_side_cells(row.right), row.words) for row in rows]
    return Sheet(
        name=made.title,
        rows=(
            (SheetCell(made.title, bold=True, size=16, title=True),),
            (SheetCell(made.basis),),
            tuple(SheetCell(words, bold=True, border=True) for words in head),
            *(tuple(SheetCell(words, border=True) for words in line) for line in lines),
        ),
        widths=(20.0, 40.0, 24.0, 14.0, 40.0, 24.0, 14.0, 18.0),
        landscape=True,
        repeat_rows="3:3",
        freeze="A4",
    )


def write_comparison(made: RegionsCompared, rows: Iterable[Comparison], target: Path) -> None:
    """Write these rows as PDF or XLSX, the format by the file's name.

    Raises:
        UsageError: another ending.
        UserError: no font, or the file cannot be written.
    """
    suffix = target.suffix.lower()
    if suffix == ".pdf":
        write_whole(target, render_pdf(comparison_paper(made, rows)))
    elif suffix == ".xlsx":
        write_whole(target, render_xlsx([comparison_sheet(made, rows)], made.title))
    else:
        raise UsageError(
            f"对照表存成 PDF 或 Excel，{target.name} 的后缀不对。",
            "没有写任何文件。",
            "文件名用 .pdf 或 .xlsx 结尾。",
            code="D-213",
        )


def articles_of(sight: RuleSight) -> str:
    """Return the articles behind a rule, each with how well it was read; 法规未规定 where there is none."""
    if not sight.sources:
        return Hardness.NONE.label if sight.text.silent else sight.how_read
    return "；".join(f"{source.text}（{source.read.label}）" for source in sight.sources)


def _side_runs(sight: RuleSight | None) -> tuple[Run, ...] | str:
    if sight is None:
        return "没有这一条"
    runs = [Run(f"{sight.value}\n", bold=True)] if sight.value else []
    pending = "\n当地条文待核" if sight.cell.pending else ""
    return (*runs, Run(f"{sight.text.says}\n{articles_of(sight)}{pending}"))


def _side_cells(sight: RuleSight | None) -> tuple[str, str, str]:
    if sight is None:
        return ("没有这一条", "", "")
    said = "。".join(part for part in (sight.value, sight.text.says) if part)
    return (said, "；".join(source.text for source in sight.sources), sight.how_read)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
