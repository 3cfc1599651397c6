"""A paper's tables as a spreadsheet: numbers are numbers, codes and formulas stay text."""

from __future__ import annotations

import dataclasses
from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.documents.blocks import Cell, Column, Document, Paragraph, Table, Title
from app.documents.tabled import has_table, sheet_of
from app.documents.xlsx import render_xlsx
from app.errors import UsageError
from app.usecases.make_document import render

PAPER = Document(
    kind="test",
    title="计票单",
    blocks=(
        Title("计票单"),
        Table(
            (Column(), Column(), Column()),
            rows=(("应到", "52", "=1+1"), ("代码", "0371311", "82680.5"), (Cell("说明", colspan=3),)),
            header=(("项目", "数", "备注"),),
        ),
    ),
)


def test_numbers_are_numbers_and_the_rest_is_text():
    sheet = load_workbook(BytesIO(render_xlsx([sheet_of(PAPER)], "计票单"))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=3)]
    assert rows[1:4] == [["项目", "数", "备注"], ["应到", 52, "=1+1"], ["代码", "0371311", 82680.5]]
    assert sheet["C3"].data_type == "s"
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A5:C5"]


@pytest.mark.parametrize(("practice", "draft", "word"), [(True, False, "练习"), (False, True, "草稿")])
def test_the_word_of_a_practice_case_or_draft_is_on_every_sheet(practice: bool, draft: bool, word: str):
    paper = dataclasses.replace(PAPER, practice=practice, draft=draft)
    book = load_workbook(BytesIO(render(paper, ".xlsx")))
    assert book.sheetnames == [f"{word} 计票单"]
    assert book.active.oddHeader.right.text == word
    assert [cell.value for cell in book.active["A"]][-1] == word
    plain = load_workbook(BytesIO(render(PAPER, ".xlsx")))
    assert plain.sheetnames == ["计票单"]
    assert not plain.active.oddHeader.right.text


def test_a_letter_without_a_table_is_refused():
    letter = Document(kind="test", title="催告函", blocks=(Paragraph("请答复。"),))
    assert not has_table(letter)
    with pytest.raises(UsageError, match="没有表格"):
        render(letter, ".xlsx")
