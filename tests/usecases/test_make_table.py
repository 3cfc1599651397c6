"""The district's table as a paper and as a sheet: the same words and figures, the same marks."""

from __future__ import annotations

import dataclasses
import io

import openpyxl
import pytest

from app.documents.blocks import Title, plain, texts
from app.documents.pdf import page_count, render_pdf
from app.domain.case import Case
from app.usecases.make_demo import read_example
from app.usecases.make_table import render_table, table_for, table_paper
from tests.gui.demo_pages import NOVEMBER
from tests.gui.window_driver import fixed_program


def in_practice(case: Case) -> Case:
    return dataclasses.replace(case, cycle=case.cycle.replace(practice=True))


def paper_of(case: Case):
    program = fixed_program(NOVEMBER)
    return table_paper(program, None, case, table_for(case, "linyi-2017", NOVEMBER))


def test_the_paper_says_what_the_sheet_says() -> None:
    case = read_example("shandong-linyi-single")
    table = table_for(case, "linyi-2017", NOVEMBER)
    paper = paper_of(case)
    words = [plain(text) for text in texts(paper.blocks)]
    sheet = openpyxl.load_workbook(io.BytesIO(render_table(table)))["统计表"]
    written = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert sorted(word for word in words if word) == sorted(written)
    assert isinstance(paper.blocks[0], Title)
    assert paper.page.is_landscape
    assert page_count(render_pdf(paper)) == 1


def test_a_practice_case_says_so_on_paper_and_on_both_sheets() -> None:
    case = in_practice(read_example("shandong-linyi-single"))
    paper = paper_of(case)
    assert paper.mark == "练习"
    table = table_for(case, "linyi-2017", NOVEMBER)
    book = openpyxl.load_workbook(io.BytesIO(render_table(table, mark=paper.mark)))
    assert book.sheetnames == ["练习 统计表", "练习 出处"]
    for sheet in book:
        assert sheet.oddHeader.right.text == "练习"
        assert [cell.value for cell in sheet["A"]][-1] == "练习"


@pytest.mark.parametrize(("left_out", "mark"), [((), ""), (("explanations",), "草稿")])
def test_a_draft_until_what_must_be_mended_is_mended(left_out: tuple[str, ...], mark: str) -> None:
    case = read_example("shandong-linyi-single")
    assert paper_of(dataclasses.replace(case, **{name: () for name in left_out})).mark == mark


def test_a_case_without_a_region_has_its_table_all_the_same() -> None:
    case = read_example("shandong-linyi-single")
    assert paper_of(dataclasses.replace(case, cycle=case.cycle.replace(region=""))).title
