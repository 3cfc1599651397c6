"""Tables as XLSX: what is a number stays one, what is text stays text."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from app.documents.blocks import Align
from app.documents.stable_zip import stable_zip
from app.documents.xlsx import Cell, Sheet, render_xlsx, sheet_name


def opened(*sheets, **options):
    return openpyxl.load_workbook(io.BytesIO(render_xlsx(sheets)), **options)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-3", "@SUM(A1)", '=A("x")', "#N/A", "<b>&amp;", "䶮㐆𬱖"])
def test_text_stays_text(text):
    cell = opened(Sheet("表", ((text,),))).active["A1"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == (text[0] in "=+-@")


def test_long_codes_keep_every_digit():
    assert opened(Sheet("表", (("371300199001011234",),))).active["A1"].value == "371300199001011234"


def test_numbers_are_numbers():
    row = opened(Sheet("表", ((3, 2.5, Decimal("8.25"), date(2025, 4, 3), None),))).active[1]
    assert [cell.data_type for cell in row[:4]] == ["n", "n", "n", "d"]
    assert [cell.value for cell in row[:3]] == [3, 2.5, 8.25]


def test_only_asked_for_formulas_are_formulas():
    sheet = opened(Sheet("表", ((1, 2, Cell("=SUM(A1:B1)", formula=True), "=SUM(A1:B1)"),))).active
    assert (sheet["C1"].data_type, sheet["D1"].data_type) == ("f", "s")


@pytest.mark.parametrize(
    "cell", [Cell(float("nan")), Cell(Decimal("Infinity")), Cell("SUM(A1)", formula=True)]
)
def test_what_is_no_number_or_formula_is_a_fault(cell):
    with pytest.raises(ValueError, match="not a"):
        render_xlsx([Sheet("表", ((cell,),))])


def test_a_workbook_without_sheets_is_a_fault():
    with pytest.raises(ValueError, match="needs a sheet"):
        render_xlsx([])


def test_page_merges_widths_heads():
    sheet = opened(
        Sheet(
            "统计表",
            ((Cell("标题", title=True, size=18),), ("a",), ("c", Cell(1, border=True, align=Align.CENTER))),
            merges=("A1:B1",),
            widths=(20, 8.5),
            heights=(30,),
            landscape=True,
            header="A&B 公司",
            footer="第&页",
            print_area="A1:B3",
            repeat_rows="1:2",
            freeze="A3",
        )
    ).active
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:B1"]
    assert sheet.column_dimensions["A"].width == 20
    assert sheet.row_dimensions[1].height == 30
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddHeader.center.text == "A&&B 公司"
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.freeze_panes == "A3"
    assert sheet["B3"].border.left.style == "thin"
    assert sheet["A1"].font.name == "方正小标宋简体"


def test_same_sheets_same_bytes_and_no_clock():
    sheets = [Sheet("一", (("甲", 1),)), Sheet("出处", (("乙",),))]
    data = render_xlsx(sheets, title="统计表")
    assert data == render_xlsx(sheets, title="统计表")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        core = archive.read("docProps/core.xml")
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert core.count(b"2000-01-01T00:00:00Z") == 2


def test_sheet_names_are_made_acceptable():
    assert sheet_name("2025/4:表[1]*?") == "2025－4－表－1－－－"
    assert len(sheet_name("长" * 60)) == 31
    assert sheet_name("") == "表"


def test_control_characters_in_text_are_left_out():
    assert opened(Sheet("表", (("张\x00\x0b三",),))).active["A1"].value == "张三"


# --- stable_zip -------------------------------------------------------------------------------------------


def zipped(names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, name * 3)
    return out.getvalue()


def test_order_and_dates_do_not_show():
    names = ["word/b.xml", "[Content_Types].xml", "a.xml"]
    assert stable_zip(zipped(names)) == stable_zip(zipped(reversed(names)))
    with zipfile.ZipFile(io.BytesIO(stable_zip(zipped(names)))) as archive:
        assert archive.namelist() == ["[Content_Types].xml", "a.xml", "word/b.xml"]
        assert archive.read("a.xml") == b"a.xmla.xmla.xml"


def test_entries_are_replaced_and_unknown_ones_refused():
    with zipfile.ZipFile(io.BytesIO(stable_zip(zipped(["a"]), {"a": b"new"}))) as archive:
        assert archive.read("a") == b"new"
    with pytest.raises(KeyError):
        stable_zip(zipped(["a"]), {"b": b""})


def test_bytes_that_are_no_zip_are_refused():
    with pytest.raises(zipfile.BadZipFile):
        stable_zip(b"not a zip")
