"""Foreign tables: every kind is read, every kind of bad file gets a sentence, and none ends the program."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from old_workbook_files import xls
from openpyxl import Workbook

from app.errors import UserError
from app.exchange import new_workbook
from app.exchange.old_workbook import MAGIC, compound_file
from app.exchange.spreadsheets import CellError, read_tables, tables_of
from app.exchange.table_limits import MOST_ROWS

ROWS: Sequence[Sequence[object]] = [["姓名", "部门"], ["王䶮", "装配车间"], ["李四", "质检科"]]
PLAIN = [["姓名", "部门"], ["王䶮", "装配车间"], ["李四", "质检科"]]


def xlsx(rows: Sequence[Sequence[object]] = ROWS, name: str = "花名册", **others: str) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for title, state in others.items():
        book.create_sheet(title).sheet_state = state
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def refusal(content: bytes, file: str = "花名册.xlsx") -> UserError:
    with pytest.raises(UserError) as caught:
        tables_of(file, content)
    assert caught.value.what_happened.endswith("。")
    assert caught.value.unharmed == "原文件和案卷都没有变。"
    return caught.value


def other_compound(name: str) -> bytes:
    """A compound file with another stream, as a text document has."""
    return compound_file(bytes(5000)).replace("Workbook".encode("utf-16-le"), name.encode("utf-16-le"))


CSV = "姓名,部门\r\n王䶮,装配车间\r\n李四,质检科\r\n"


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("gb18030"),
        CSV.encode("utf-16"),
        b"\xfe\xff" + CSV.encode("utf-16-be"),
        CSV.replace(",", ";").encode("gb18030"),
        CSV.replace(",", "\t").encode("utf-16"),
        xlsx(),
        xls(("花名册", ROWS)),
    ],
    ids=["utf8", "bom", "gb18030", "utf16", "utf16be", "semicolon", "tab", "xlsx", "xls"],
)
@pytest.mark.parametrize("name", ["甲.xlsx", "甲.csv", "甲.xls", "甲.et", "甲"])
def test_every_kind_is_told_by_its_content(content: bytes, name: str) -> None:
    (found,) = tables_of(name, content)
    assert found.rows == PLAIN


def test_gbk_of_old_programs() -> None:
    (found,) = tables_of("a.csv", "姓名,部门\n王五,一车间\n".encode("gbk"))
    assert found.rows == [["姓名", "部门"], ["王五", "一车间"]]


def test_cells_of_a_csv_stay_text_and_short_rows_are_filled() -> None:
    (found,) = tables_of("a.csv", '姓名,身份证号\n王,="370101199001011234"\n李\n"张,三",0012\n'.encode())
    assert found.rows[1:] == [["王", "370101199001011234"], ["李", ""], ["张,三", "0012"]]


def test_hidden_sheets_are_told() -> None:
    tables = tables_of("a.xlsx", xlsx(藏="hidden", 深藏="veryHidden"))
    assert [(each.name, each.hidden) for each in tables] == [("花名册", False), ("藏", True), ("深藏", True)]
    old = tables_of("a.xls", xls(("甲", ROWS), ("乙", ROWS), hidden=["甲"]))
    assert [(each.name, each.hidden) for each in old] == [("甲", True), ("乙", False)]


def test_formulas_that_failed_are_marked() -> None:
    rows = [["姓名", "部门"], ["王五", "#REF!"]]
    for content in (xlsx(rows), xls(("甲", rows))):
        (found,) = tables_of("a", content)
        assert found.rows == rows
        assert isinstance(found.rows[1][1], CellError)
        assert not isinstance(found.rows[1][0], CellError)


def test_empty_rows_and_columns_before_the_first_cell_stand() -> None:
    rows: list[list[object]] = [["", "", ""], ["", "", ""], ["", "甲", ""], ["", "", 2]]
    wanted = [["", "", ""], ["", "", ""], ["", "甲", ""], ["", "", 2]]
    for content in (xlsx(rows), xls(("甲", rows))):
        assert tables_of("a", content)[0].rows == wanted


def test_a_large_sheet_is_measured_at_a_glance_and_a_far_cell_in_it_is_found() -> None:
    parts = parts_of(xlsx([[f"{row}", "一车间", row, "二"] for row in range(12_000)]))
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert len(sheet) > 2**20
    assert len(tables_of("a", packed(parts))[0].rows) == 12_000
    for far in (b'r="ZZ7000"', b'r="XFD7000"', b'r="C1048576"', b"r='XFD7000'", b'r = "XFD7000"'):
        mended = sheet.replace(b'r="C7000"', far)
        assert mended != sheet
        assert refusal(packed({**parts, "xl/worksheets/sheet1.xml": mended})).code == "I-102"


@pytest.mark.parametrize("piece", [61, 97, 128, 1009])
def test_what_a_piece_cuts_through_is_read_all_the_same(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_workbook, "_PIECE", piece)
    monkeypatch.setattr(new_workbook, "_MOUTHFUL", 13)
    monkeypatch.setattr(new_workbook, "_EXACT_BELOW", 0)
    parts = parts_of(xlsx([[f"{row}", "一车间", row, "二"] for row in range(200)]))
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert new_workbook._span_at_a_glance(sheet) == (200, new_workbook.MOST_COLUMNS)
    assert len(tables_of("a", packed(parts))[0].rows) == 200
    for strange in (b'<c s="1" r="A77"', b'<c r="AMN77"', b"<c r='A77'"):
        mended = sheet.replace(b'<c r="A77"', strange)
        assert mended != sheet and new_workbook._span_at_a_glance(mended) is None
    mended = sheet.replace(b'<row r="77"', b'<row s="77"')
    assert mended != sheet and new_workbook._span_at_a_glance(mended) is None


def test_the_archive_of_our_own_says_what_was_seen() -> None:
    content = packed({**parts_of(xlsx()), "xl/worksheets/表.xml": b"<a/>", "xl/worksheets/stored.xml": b""})
    book, _ = new_workbook.measured("a.xlsx", content)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert archive.testzip() is None
    assert parts_of(book) == {
        name: part
        for name, part in parts_of(content).items()
        if not name.startswith(("docProps/", "xl/theme/"))
    }


def test_dates_come_as_dates() -> None:
    (found,) = tables_of("a.xlsx", xlsx([["入职"], [date(2024, 3, 5)]]))
    assert found.rows[1] == [date(2024, 3, 5)]


def test_macros_and_links_to_other_files_never_reach_the_reader() -> None:
    parts = parts_of(xlsx())
    extra = {
        "xl/vbaProject.bin": b"macro",
        "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
        "xl/media/a.png": b"x",
    }
    book, _ = new_workbook.measured("a.xlsm", packed({**parts, **extra}))
    assert not set(extra) & set(parts_of(book))
    assert tables_of("a.xlsm", packed({**parts, **extra}))[0].rows == PLAIN


@pytest.mark.parametrize(
    ("content", "words", "code"),
    [
        (b"", "空的", "I-105"),
        (b"\x00" * 5000, "空的", "I-105"),
        (b"%PDF-1.7\n...", "PDF", "I-106"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "照片", "I-106"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "图片", "I-106"),
        (bytes(range(256)) * 20, "不是表格", "I-106"),
        (packed({"a.txt": b"x"}), "压缩文件", "I-106"),
        (packed({"word/document.xml": b"x"}), "文字文件", "I-106"),
        (packed({"content.xml": b"x", "mimetype": b"y"}), "别的办公软件", "I-107"),
        (packed({"xl/workbook.bin": b"x"}), "少见", "I-107"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页", "I-107"),
        ("\ufeff <!DOCTYPE html><html>".encode(), "网页", "I-107"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "旧式表格", "I-107"),
        (CSV.encode()[:-4], "结尾不完整", "I-104"),
        ("姓名,部门\n\"王,一\n".encode() + "乙,丙\n".encode() * 20_000, "引号", "I-108"),
        (xls(("甲", ROWS), password=True), "打开密码", "I-103"),
        (xlsx()[:-300], "不完整", "I-104"),
        (xls(("甲", ROWS))[:3000], "不完整", "I-104"),
        (other_compound("Document"), "旧格式", "I-107"),
        (other_compound("Workbool"), "旧格式", "I-107"),
        (("甲,乙\n" * (MOST_ROWS + 1)).encode(), "最多读", "I-102"),
        ((",".join("甲" * 1001) + "\n").encode(), "最多读", "I-102"),
    ],
)  # fmt: skip
def test_each_kind_of_bad_file_gets_its_sentence(content: bytes, words: str, code: str) -> None:
    error = refusal(content)
    assert words in error.what_happened
    assert error.code == code


def test_a_workbook_with_a_password() -> None:
    locked = compound_file(bytes(5000)).replace(
        "Workbook".encode("utf-16-le") + bytes(48), "EncryptedPackage".encode("utf-16-le") + bytes(32)
    )
    locked = locked.replace(b"\x12\x00\x02\x01", b"\x22\x00\x02\x01")  # length of the name, kind, colour
    assert refusal(locked).code == "I-103"
    parts = bytearray(xlsx())
    at = parts.index(b"PK\x01\x02")
    parts[at + 8] |= 1
    assert refusal(bytes(parts)).code == "I-103"


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_tables(tmp_path / "没有.xlsx")
    assert caught.value.code == "I-101"
    file = tmp_path / "花名册.csv"
    file.write_bytes(CSV.encode())
    assert read_tables(file)[0].name == "花名册"


def test_a_bomb_that_tells_its_size_and_one_that_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_workbook, "LARGEST_UNPACKED", 2 * 2**20)
    parts = parts_of(xlsx())
    bomb = packed({**parts, "xl/sharedStrings.xml": b" " * 3 * 2**20})
    assert refusal(bomb).code == "I-102"
    lying = bytearray(bomb)
    at = 0
    while (at := lying.find(b"PK\x01\x02", at)) >= 0:
        if lying[at + 46 :].startswith(b"xl/sharedStrings.xml"):
            lying[at + 24 : at + 28] = (100).to_bytes(4, "little")
        at += 4
    assert refusal(bytes(lying)).code in ("I-102", "I-104")


@pytest.mark.parametrize("place", ["XFD2", "A1048576", "ZZ99999", "xfd1048576"])
def test_a_cell_far_off_takes_no_memory(place: str) -> None:
    parts = parts_of(xlsx())
    sheet = parts["xl/worksheets/sheet1.xml"]
    mended = sheet.replace(b'r="A3"', f'r="{place}"'.encode())
    assert mended != sheet
    assert refusal(packed({**parts, "xl/worksheets/sheet1.xml": mended})).code == "I-102"


def test_cells_without_an_address_are_counted_too() -> None:
    parts = parts_of(xlsx())
    many = b"<row>" + b"<c><v>1</v></c>" * 1001 + b"</row>"
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    end = b"</sheetData></worksheet>"
    assert refusal(packed({**parts, "xl/worksheets/sheet1.xml": sheet + many + end})).code == "I-102"
    few = b"<row><c><v>1</v></c><c><v>2</v></c></row>"
    (found,) = tables_of("a", packed({**parts, "xl/worksheets/sheet1.xml": sheet + few + end}))
    assert found.rows == [[1, 2]]


def test_old_workbooks_that_claim_too_much() -> None:
    good = xls(("甲", ROWS))
    dimensions = good.index(b"\x00\x02\x0e\x00")
    claims = bytearray(good)
    claims[dimensions + 8 : dimensions + 12] = b"\xff\xff\xff\x7f"
    assert tables_of("a.xls", bytes(claims))[0].rows == PLAIN
    assert refusal(xls(("甲", [["x"], *([[""]] * 10), ["", "y"] * 700]))).code == "I-102"


def test_a_hundred_thousand_rows_are_read() -> None:
    content = ("姓名,部门\n" + "王五,一车间\n" * 100_000).encode("gbk")
    (found,) = tables_of("a.csv", content)
    assert len(found.rows) == 100_001


FILES = [xlsx(), xls(("花名册", ROWS), ("乙", [["#REF!", 3.5]])), CSV.encode("gb18030"), CSV.encode("utf-16")]


@pytest.mark.parametrize("content", FILES, ids=["xlsx", "xls", "gb18030", "utf16"])
def test_cut_anywhere_it_is_a_sentence_or_a_table(content: bytes) -> None:
    for end in [*range(0, len(content), max(1, len(content) // 400)), len(content) - 1]:
        _sentence_or_table(content[:end])


def _sentence_or_table(content: bytes) -> None:
    try:
        tables = tables_of("甲.xlsx", content)
    except UserError:
        return
    for table in tables:
        assert len({len(row) for row in table.rows}) <= 1


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    which=st.sampled_from(FILES),
    flips=st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 255)), min_size=1, max_size=6),
    inside=st.booleans(),
)
def test_flipped_bytes_give_a_sentence_or_a_table(
    which: bytes, flips: list[tuple[int, int]], inside: bool
) -> None:
    if inside and which.startswith(b"PK"):
        parts = parts_of(which)
        name = sorted(parts)[flips[0][0] % len(parts)]
        _sentence_or_table(packed({**parts, name: _flipped(parts[name], flips)}))
    elif inside and which.startswith(MAGIC):
        _sentence_or_table(_flipped(which[:512], []) + _flipped(which[512:1400], flips) + which[1400:])
    else:
        _sentence_or_table(_flipped(which, flips))


def _flipped(content: bytes, flips: list[tuple[int, int]]) -> bytes:
    mended = bytearray(content)
    for place, bits in flips:
        mended[place % len(mended)] ^= bits
    return bytes(mended)
