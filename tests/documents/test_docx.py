"""Papers as DOCX: read back with python-docx, opened by an office suite where there is one."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from app.documents import blocks as b
from app.documents.docx import render_docx
from app.documents.pdf import page_count
from app.errors import UserError
from tests.documents.samples import LONG_NAME, MARKUP, RARE, ballots, form, letter, png


def opened(document):
    return docx.Document(io.BytesIO(render_docx(document)))


def body_text(file):
    return "".join(node.text or "" for node in file.element.body.iter(qn("w:t")))


@pytest.mark.parametrize("make", [letter, form, ballots])
def test_same_document_same_bytes_and_no_clock(make):
    data = render_docx(make())
    assert data == render_docx(make())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01" in archive.read("docProps/core.xml")


@pytest.mark.parametrize("make", [letter, form, ballots])
def test_every_text_is_there_literally(make):
    text = body_text(opened(make()))
    for part in b.texts(make().blocks):
        assert b.plain(part) in text


def test_names_with_markup_and_rare_characters_are_data():
    text = body_text(opened(letter()))
    for expected in (f"张{RARE}", MARKUP, LONG_NAME):
        assert expected in text


def test_typefaces_margins_and_pitch_are_those_of_the_standard():
    file = opened(letter())
    section = file.sections[0]
    assert (round(section.top_margin.mm), round(section.bottom_margin.mm)) == (37, 35)
    assert (round(section.left_margin.mm), round(section.right_margin.mm)) == (28, 26)
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    faces = {}
    for paragraph in file.paragraphs:
        for run in paragraph.runs:
            faces[run.text] = (run._r.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt)
    assert faces["关于开展2025年度工资专项集体协商的要约书"] == ("方正小标宋简体", 22)
    assert faces["一、协商的内容"] == ("黑体", 16)
    assert faces["（一）职工年度平均工资水平"] == ("楷体", 16)
    assert faces["第一条"] == ("黑体", 16)
    assert faces["　为规范工资集体协商行为，制定本合同。"] == ("仿宋", 16)
    body = next(paragraph for paragraph in file.paragraphs if paragraph.text.startswith("根据"))
    spacing = body._p.pPr.find(qn("w:spacing"))
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("579", "exact")
    assert body._p.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"


def test_page_number_field_is_right_on_odd_and_left_on_even_pages():
    file = opened(letter())
    section = file.sections[0]
    assert file.settings.odd_and_even_pages_header_footer
    sides = []
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in [node.get(qn("w:instr")) for node in footer._element.iter(qn("w:fldSimple"))]
        sides.append(footer.paragraphs[0]._p.pPr.find(qn("w:jc")).get(qn("w:val")))
        assert "a3f5c9d2" in footer.paragraphs[-1].text
    assert sides == ["right", "left"]


def test_draft_and_practice_stand_in_both_heads():
    section = opened(replace(letter(), draft=True, practice=True)).sections[0]
    for header in (section.header, section.even_page_header):
        assert "草稿" in header.paragraphs[0].text and "练习" in header.paragraphs[0].text
    assert not opened(letter()).sections[0].header.paragraphs[0].text


def test_head_rows_repeat_and_spans_are_kept():
    table = opened(form(3)).tables[1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1].cells[0]._tc is table.rows[1].cells[3]._tc
    assert table.rows[5].cells[0].text == table.rows[6].cells[0].text == "企业方"


def test_ballots_have_their_number_and_dashed_cut_lines():
    file = opened(ballots(10))
    assert len(file.tables) == 2
    assert body_text(file).count("表决票") == 10
    inside = file.tables[0]._tbl.tblPr.find(qn("w:tblBorders")).find(qn("w:insideH"))
    assert inside.get(qn("w:val")) == "dashed"


def test_a_page_break_before_a_table_is_kept():
    table = b.Table((b.Column(),), (("甲",),))
    body = opened(b.Document("x", "x", (b.body("前"), b.PageBreak(), table))).element.body
    breaking = [node for node in body if node.find(f".//{qn('w:pageBreakBefore')}") is not None]
    assert [node.tag for node in breaking] == [qn("w:p")]
    assert breaking[0].getnext().tag == qn("w:tbl")


def test_pictures_are_inside_and_broken_ones_refused():
    file = opened(b.Document("x", "x", (b.Image(png(), caption="照片"),)))
    assert len(file.inline_shapes) == 1
    with pytest.raises(UserError) as caught:
        render_docx(b.Document("x", "x", (b.Image(b"GIF"),)))
    assert caught.value.code == "D-103"


def test_half_a_character_is_refused():
    with pytest.raises(UserError) as caught:
        render_docx(b.Document("x", "x", (b.body("张\ud844"),)))
    assert caught.value.code == "D-105"


def test_control_characters_do_not_break_the_file():
    assert "张三" in body_text(opened(b.Document("x\x01", "x", (b.body("张\x00\x0b三\uffff"),))))


@pytest.mark.slow
@pytest.mark.parametrize(("make", "pages"), [(letter, 3), (form, 5), (ballots, 2)])
def test_an_office_suite_opens_it(make, pages, tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("no office suite here")
    (tmp_path / "a.docx").write_bytes(render_docx(make()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=240)
    assert abs(page_count((tmp_path / "a.pdf").read_bytes()) - pages) <= 1


def test_a_title_longer_than_a_property_may_be_is_kept_whole_in_the_text():
    title = "长" * 300
    made = replace(letter(), title=title)
    assert opened(made).core_properties.title == title[:255]
