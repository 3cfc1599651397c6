"""All tables of a survey as one spreadsheet: numbers as numbers, and 出处 with the records behind each of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from app.documents.blocks import Align
from app.documents.letters.frame import is_practice
from app.documents.xlsx import Cell, Sheet, render_xlsx, sheet_name
from app.domain.case import Case, collections
from app.domain.survey import Survey
from app.errors import UsageError
from app.figures.published import published
from app.figures.survey_tables import Entry, SurveyTable, survey_tables
from app.figures.survey_versions import survey_of_results
from app.storage.library import Library
from app.usecases.whole_file import write_whole

_LONGEST_NAME = 31


def save_survey_tables(library: Library, case_id: str, target: Path, *, survey_id: str = "") -> int:
    """Write the tables of a survey, those with the results if none is named, and return how many there are.

    Raises:
        UsageError: there is no such survey.
        UserError: the file cannot be written.
    """
    case = library.read_case(case_id)
    survey = case.find("surveys", survey_id) if survey_id else survey_of_results(case)
    if survey is None:
        raise UsageError("没有这次调查。", "没有写任何文件。", "先在设计问卷里添加一次调查。", code="T-104")
    tables = tables_of(case, survey)
    write_whole(target, survey_workbook(case, survey, tables))
    return len(tables)


def tables_of(case: Case, survey: Survey) -> tuple[SurveyTable, ...]:
    """Return the tables of a survey that may leave the program."""
    return survey_tables(case, survey, published(case, survey))


def survey_workbook(case: Case, survey: Survey, tables: Sequence[SurveyTable]) -> bytes:
    """Return the tables as XLSX, one sheet for each, and 出处."""
    taken: set[str] = set()
    sheets = [_sheet(table, _name(table.name, taken)) for table in tables]
    title = f"{survey.title_text or '意愿调查'}结果表"
    mark = "练习" if is_practice(case) else ""
    return render_xlsx([*sheets, _origins(tables)], title, mark=mark)


def _name(words: str, taken: set[str]) -> str:
    """A name no other sheet has; a mark put before it later must find room as well."""
    name, number = sheet_name(words[: _LONGEST_NAME - 6]), 2
    while name in taken:
        name, number = sheet_name(f"{words[: _LONGEST_NAME - 9]} {number}"), number + 1
    taken.add(name)
    return name


def _sheet(table: SurveyTable, name: str) -> Sheet:
    width = len(table.heads)
    rows: list[tuple[Cell, ...]] = [
        (Cell(table.title, bold=True, size=14, title=True),),
        tuple(Cell(head, bold=True, border=True, align=Align.CENTER) for head in table.heads),
    ]
    rows += [(Cell(line.label, border=True), *(_cell(entry) for entry in line.cells)) for line in table.lines]
    if table.note:
        rows.append((Cell(table.note),))
    return Sheet(
        name=name,
        rows=tuple(rows),
        widths=(34, *(14,) * (width - 1)),
        landscape=width > 6,
        repeat_rows="1:2",
        freeze="B3",
    )


def _cell(entry: Entry) -> Cell:
    if isinstance(entry, str):
        return Cell(entry or None, border=True, align=Align.CENTER)
    if entry.unit == "%" and entry.value is not None:
        return Cell(Decimal(entry.value) / 100, border=True, align=Align.CENTER, number_format="0.0%")
    return Cell(entry.value, border=True, align=Align.CENTER)


def _origins(tables: Sequence[SurveyTable]) -> Sheet:
    heads = ("表", "行", "栏", "数", "单位", "怎样算的", "来自哪里", "记录")
    rows: list[tuple[Cell, ...]] = [tuple(Cell(words, bold=True, border=True) for words in heads)]
    for table in tables:
        for line, head, figure in table.figures:
            if figure.value is None:
                continue
            said = "；".join(dict.fromkeys(part.words for part in figure.origin if part.words))
            where = "；".join(
                dict.fromkeys(
                    f"{collections()[part.collection].LABEL} {part.collection}/{part.record_id}"
                    for part in figure.origin
                )
            )
            values = (table.name, line, head, figure.value, figure.unit, figure.rule, said, where)
            rows.append(tuple(Cell(value, border=True) for value in values))
    return Sheet(
        name="出处",
        rows=tuple(rows),
        widths=(16, 24, 24, 9, 6, 30, 44, 40),
        landscape=True,
        repeat_rows="1:1",
        freeze="A2",
    )
