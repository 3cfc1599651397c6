"""Papers as PDF, judged from outside where the judges are installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace

import pypdfium2
import pytest

from app.documents import blocks as b
from app.documents.compose import Composer
from app.documents.flow import Space, paginate
from app.documents.fonts import system_fonts
from app.documents.pdf import page_count, render_pdf
from app.errors import UserError
from tests.documents.samples import LONG_NAME, MARKUP, RARE, ballots, form, letter, png


def page_texts(data):
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def flat(text):
    return re.sub(r"\s", "", text)


def run(judge, *arguments):
    if shutil.which(judge) is None:
        pytest.skip(f"{judge} is not installed")
    return subprocess.run([judge, *arguments], capture_output=True, text=True, check=False)


@pytest.fixture(params=[letter, form, ballots], ids=["letter", "form", "ballots"])
def paper(request):
    return request.param()


def test_same_document_same_bytes(paper):
    assert render_pdf(paper) == render_pdf(paper)


def test_qpdf_finds_nothing_wrong(paper, tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(render_pdf(paper))
    result = run("qpdf", "--check", str(file))
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_font_is_embedded_as_a_subset(paper, tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(render_pdf(replace(paper, draft=True)))
    result = run("pdffonts", str(file))
    lines = [line for line in result.stdout.splitlines()[2:] if line.strip()]
    assert lines
    for line in lines:
        assert re.search(r"TrueType +\S+ +yes yes yes", line), line


def test_pdftotext_gives_the_words_back(tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(render_pdf(letter()))
    text = flat(run("pdftotext", str(file), "-").stdout)
    for expected in ("鲁华工约〔2025〕1号", f"张{RARE}", MARKUP, LONG_NAME, "2025年4月3日", "附件：1."):
        assert expected in text


def test_text_of_every_block_can_be_copied_out(paper):
    text = flat("".join(page_texts(render_pdf(paper))))
    for part in b.texts(paper.blocks):
        assert flat(b.plain(part)) in text


def test_markup_and_formulas_in_names_come_out_literally():
    text = "".join(page_texts(render_pdf(form(3))))
    assert MARKUP in flat(text)
    assert "=1+1" in text


def test_page_count_and_numbers():
    data = render_pdf(form(120))
    pages = page_texts(data)
    assert page_count(data) == len(pages) > 3
    for number, text in enumerate(pages, start=1):
        assert f"— {number} —" in text


def test_page_number_is_right_on_odd_and_left_on_even_pages():
    with pypdfium2.PdfDocument(render_pdf(letter())) as document:
        lefts = []
        for number, page in enumerate(document, start=1):
            text = page.get_textpage()
            index, _count = text.search(f"— {number} —").get_next()
            lefts.append(text.get_charbox(index)[0])
            middle = page.get_width() / 2
    assert len(lefts) >= 2
    assert lefts[0] > middle > lefts[1]


def test_draft_and_practice_stand_on_every_page_and_only_then():
    plain = page_texts(render_pdf(form()))
    assert not any("草稿" in text or "练习" in text for text in plain)
    marked = page_texts(render_pdf(replace(form(), draft=True, practice=True)))
    assert len(marked) == len(plain)
    assert all("草稿" in text and "练习" in text for text in marked)


def test_every_ballot_of_a_draft_carries_the_word():
    pages = page_texts(render_pdf(replace(ballots(8), draft=True)))
    assert [text.count("草稿") for text in pages] == [8]


def test_footer_is_on_every_page_but_not_on_ballots():
    pages = page_texts(render_pdf(letter()))
    assert all("a3f5c9d2" in text for text in pages)
    marked = replace(ballots(), footer="a3f5c9d2")
    assert not any("a3f5c9d2" in text for text in page_texts(render_pdf(marked)))


def test_metadata_has_the_title_and_no_clock():
    with pypdfium2.PdfDocument(render_pdf(letter())) as document:
        about = document.get_metadata_dict()
    assert about["Title"] == "关于工资集体协商的要约书"
    assert about["CreationDate"].startswith("D:2000")


def test_head_rows_are_repeated_and_no_row_is_lost():
    pages = page_texts(render_pdf(form(120)))
    table_pages = [text for text in pages if f"张{RARE}" in flat(text)]
    assert len(table_pages) > 2
    assert all("序号" in text for text in table_pages)
    numbers = re.findall(r"^(\d{1,3})\s", "\n".join(pages), flags=re.MULTILINE)
    assert set(range(1, 121)) <= set(map(int, numbers))


def test_nothing_is_printed_outside_the_paper_or_its_column():
    with pypdfium2.PdfDocument(render_pdf(form(30))) as document:
        for page in document:
            text = page.get_textpage()
            for index in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(index)
                assert left >= 24 / 25.4 * 72 - 1 and right <= (210 - 19) / 25.4 * 72 + 1
                assert bottom > 10 and top < 297 / 25.4 * 72 - 10


def test_a_cell_longer_than_a_page_is_continued():
    text = "".join(f"第{n}次发言，双方围绕工资调整幅度充分交换了意见。" for n in range(400))
    table = b.Table((b.Column(), b.Column(4)), (("记录", text), ("下一行", "完")))
    pages = page_texts(render_pdf(b.Document("minutes", "记录", (table,), b.FORM, show_page_numbers=False)))
    assert len(pages) > 2
    together = flat("".join(pages))
    for number in range(400):
        assert f"第{number}次发言" in together
    assert "完" in pages[-1]


def test_a_span_over_many_rows_is_cut_at_the_page_and_said_again():
    rows = [(b.Cell("职工方", rowspan=80), "1")] + [(str(n),) for n in range(2, 81)]
    table = b.Table((b.Column(), b.Column()), tuple(rows), header=(("方别", "号"),))
    pages = page_texts(render_pdf(b.Document("x", "x", (table,), page=b.FORM)))
    assert len(pages) > 1
    assert all("职工方" in text for text in pages)


def test_a_heading_does_not_stay_behind_at_the_foot_of_a_page():
    composer = Composer(b.OFFICIAL, system_fonts())
    for before in range(18, 23):
        blocks = (b.Spacer(before), b.heading1("一、标题"), b.body("正文" * 60))
        pages = paginate(composer.pieces(blocks), 22 * 28.95)
        last_of_first = [piece for piece, _ in pages[0].pieces if not isinstance(piece, Space)]
        assert not last_of_first or not last_of_first[-1].keep_next


def test_a_signature_takes_lines_of_text_along():
    for lines in range(14, 23):
        blocks = (b.body("正" * (28 * lines - 2)), b.Issuer(("某某工会委员会",), "2025年4月3日"))
        pages = page_texts(render_pdf(b.Document("x", "x", blocks)))
        last = flat(pages[-1])
        assert "某某工会委员会" in last
        assert "正" in last


def test_issuer_is_centred_over_the_date_four_characters_from_the_right():
    paper = b.Document("x", "x", (b.Issuer(("工会委员会",), "2025年4月3日"),))
    with pypdfium2.PdfDocument(render_pdf(paper)) as document:
        text = document[0].get_textpage()
        start, count = text.search("2025年4月3日").get_next()
        left, right = text.get_charbox(start)[0], text.get_charbox(start + count - 1)[2]
        first, length = text.search("工会委员会").get_next()
        name_left, name_right = text.get_charbox(first)[0], text.get_charbox(first + length - 1)[2]
    edge = (210 - 26) / 25.4 * 72
    assert edge - right == pytest.approx(4 * 16, abs=4)
    assert (left + right) / 2 == pytest.approx((name_left + name_right) / 2, abs=3)


def test_ballots_are_repeated_over_sheets():
    pages = page_texts(render_pdf(ballots(10)))
    assert [flat(text).count("同意□") for text in pages] == [8, 2]
    assert not any("— 1 —" in text for text in pages)


def test_a_ballot_with_too_much_text_is_refused():
    grid = b.Grid(((b.body("审议事项" * 400),),), columns=2, rows=4)
    with pytest.raises(UserError) as caught:
        render_pdf(b.Document("ballot", "票", (grid,), page=b.BALLOT))
    assert caught.value.code == "D-104"


def test_a_picture_is_printed_and_a_broken_one_refused():
    with pypdfium2.PdfDocument(render_pdf(b.Document("x", "x", (b.Image(png(3000, 200)),)))) as document:
        kinds = [found.type for found in document[0].get_objects()]
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE in kinds
    with pytest.raises(UserError) as caught:
        render_pdf(b.Document("x", "x", (b.Image(png()[:60]),)))
    assert caught.value.code == "D-103"


def test_a_name_no_font_can_draw_stops_the_paper():
    with pytest.raises(UserError, match=r"U\+3FFF0"):
        render_pdf(b.Document("x", "x", (b.SignatureArea((b.SignatureField("张\U0003fff0"),)),)))


@pytest.mark.parametrize(
    "row", [("a",), ("a", "b", "c"), (b.Cell("a", colspan=3),), (b.Cell("a", rowspan=2), "b")]
)
def test_a_row_that_does_not_fit_the_columns_is_a_fault(row):
    with pytest.raises(ValueError, match="row 0"):
        render_pdf(b.Document("x", "x", (b.Table((b.Column(), b.Column()), (row,)),)))


def test_an_empty_document_is_one_page():
    assert page_count(render_pdf(b.Document("x", "x", ()))) == 1
