"""WordprocessingML that python-docx has no words for: Chinese typefaces, indents in characters, tables.

Lengths are twentieths of a point (twips) unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from app.documents.blocks import Align, Run, Text, runs_of
from app.documents.fonts import clean, word_family
from app.documents.placing import PlacedCell, PlacedRow, PlacedTable

TWIPS_PER_MM = 1440 / 25.4

_JUSTIFY = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right", Align.JUSTIFY: "both"}


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph is set. Sizes, ``pitch`` and ``tracking`` in points; indents in characters."""

    face: str = "body"
    size: float = 16.0
    bold: bool = False
    align: Align = Align.LEFT
    pitch: float = 28.95
    indent: float = 0.0
    hanging: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False
    exact: bool = True
    tracking: float = 0.0


def element(name: str, **attributes: str | int) -> Any:
    """Return a new element such as ``w:jc`` with ``w:`` attributes."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def run_look(setting: Setting, face: str = "", *, bold: bool = False, underline: bool = False) -> Any:
    """Return run properties; ``hint`` makes quotes and dashes Chinese ones, a full character wide."""
    face = face or setting.face
    look = element("w:rPr")
    family = word_family(face)
    western = word_family("latin") if face == "body" else family
    names = {"ascii": western, "hAnsi": western, "eastAsia": family, "cs": western}
    look.append(element("w:rFonts", hint="eastAsia", **names))
    if bold:
        look.append(element("w:b"))
    if setting.tracking:
        look.append(element("w:spacing", val=round(setting.tracking * 20)))
    half_points = round(setting.size * 2)
    look.append(element("w:sz", val=half_points))
    look.append(element("w:szCs", val=half_points))
    if underline:
        look.append(element("w:u", val="single"))
    return look


def add_runs(paragraph: Any, text: Text, setting: Setting, lead: tuple[int, str] = (0, "")) -> None:
    """Append ``text`` to a ``w:p``; the first ``lead[0]`` characters in the face ``lead[1]``."""
    left, other = lead
    for run in runs_of(text):
        content = clean(run.text)
        head, tail = content[:left], content[left:]
        left -= len(head)
        for part, face in ((head, other), (tail, setting.face)):
            if part:
                _add_run(paragraph, Run(part, run.bold or setting.bold, run.underline), face, setting)


def _add_run(paragraph: Any, run: Run, face: str, setting: Setting) -> None:
    made = element("w:r")
    made.append(run_look(setting, face, bold=run.bold, underline=run.underline))
    for number, line in enumerate(run.text.split("\n")):
        if number:
            made.append(element("w:br"))
        words = element("w:t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(words)
    paragraph.append(made)


def add_field(paragraph: Any, instruction: str, setting: Setting) -> None:
    """Append a field such as PAGE, which the word processor fills in."""
    field = element("w:fldSimple", instr=instruction)
    made = element("w:r")
    made.append(run_look(setting))
    words = element("w:t")
    words.text = "1"
    made.append(words)
    field.append(made)
    paragraph.append(field)


def new_paragraph(setting: Setting, text: Text = "", lead: tuple[int, str] = (0, "")) -> Any:
    """Return a ``w:p`` with ``text``."""
    paragraph = element("w:p")
    look = element("w:pPr")
    if setting.keep_next:
        look.append(element("w:keepNext"))
    look.append(element("w:widowControl", val=0))
    look.append(element("w:autoSpaceDE", val=0))
    look.append(element("w:autoSpaceDN", val=0))
    look.append(
        element(
            "w:spacing",
            before=round(setting.before * 20),
            after=round(setting.after * 20),
            line=round(setting.pitch * 20),
            lineRule="exact" if setting.exact else "atLeast",
        )
    )
    look.append(_indents(setting))
    look.append(element("w:jc", val=_JUSTIFY[setting.align]))
    paragraph.append(look)
    add_runs(paragraph, text, setting, lead)
    return paragraph


def _indents(setting: Setting) -> Any:
    """Return indents, in characters for a word processor that knows them and in twips for others."""
    sides = {"left": setting.left + setting.hanging, "right": setting.right}
    sides |= {"hanging": setting.hanging} if setting.hanging else {"firstLine": setting.indent}
    attributes: dict[str, int] = {}
    for name, characters in sides.items():
        attributes[f"{name}Chars"] = round(characters * 100)
        attributes[name] = round(characters * (setting.size + setting.tracking) * 20)
    return element("w:ind", **attributes)


# --- tables ------------------------------------------------------------------------------------------

CellWriter = Callable[[Any, PlacedCell], None]
"""Fills a ``w:tc`` with paragraphs."""


def build_table(
    table: PlacedTable, width: float, write: CellWriter, *, borders: str = "single", exact_rows: bool = False
) -> Any:
    """Return a ``w:tbl`` of ``width`` millimetres whose cells ``write`` fills; head rows repeat."""
    made = element("w:tbl")
    look = element("w:tblPr")
    total = round(width * TWIPS_PER_MM)
    look.append(element("w:tblW", w=total, type="dxa"))
    look.append(element("w:jc", val="center"))
    look.append(_borders(borders if table.borders else "none"))
    look.append(element("w:tblLayout", type="fixed"))
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=280 if borders == "cut" else 80, type="dxa"))
    look.append(margins)
    made.append(look)
    widths = [round(total * share) for share in table.shares]
    grid = element("w:tblGrid")
    for column in widths:
        grid.append(element("w:gridCol", w=column))
    made.append(grid)
    for rows, head in ((table.head, True), (table.rows, False)):
        _add_rows(made, rows, widths, write, head=head, exact=exact_rows)
    return made


def _borders(kind: str) -> Any:
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        shown = kind
        if kind == "cut":
            shown = "dashed" if side.startswith("inside") else "none"
        borders.append(element(f"w:{side}", val=shown, sz=4, space=0, color="auto"))
    return borders


def _add_rows(
    table: Any,
    rows: Sequence[PlacedRow],
    widths: Sequence[int],
    write: CellWriter,
    *,
    head: bool,
    exact: bool,
) -> None:
    hanging: dict[int, tuple[int, int]] = {}
    for row in rows:
        made = element("w:tr")
        look = element("w:trPr")
        if row.min_height <= 60:
            look.append(element("w:cantSplit"))
        height = round(row.min_height * TWIPS_PER_MM)
        look.append(element("w:trHeight", val=height, hRule="exact" if exact else "atLeast"))
        if head:
            look.append(element("w:tblHeader"))
        made.append(look)
        starting = {cell.column: cell for cell in row.cells}
        column = 0
        while column < len(widths):
            cell = starting.get(column)
            if cell is not None:
                merge = "restart" if cell.rowspan > 1 else ""
                made.append(_cell(cell.colspan, widths[column : column + cell.colspan], merge, cell, write))
                if cell.rowspan > 1:
                    hanging[column] = (cell.rowspan - 1, cell.colspan)
                column += cell.colspan
                continue
            left, span = hanging[column]
            made.append(_cell(span, widths[column : column + span], "continue", None, write))
            hanging[column] = (left - 1, span)
            column += span
        table.append(made)


def _cell(span: int, widths: Sequence[int], merge: str, cell: PlacedCell | None, write: CellWriter) -> Any:
    made = element("w:tc")
    look = element("w:tcPr")
    look.append(element("w:tcW", w=sum(widths), type="dxa"))
    if span > 1:
        look.append(element("w:gridSpan", val=span))
    if merge:
        look.append(element("w:vMerge", val=merge))
    look.append(element("w:vAlign", val="top" if cell is not None and cell.at_top else "center"))
    made.append(look)
    if cell is None:
        made.append(element("w:p"))
    else:
        write(made, cell)
    return made
