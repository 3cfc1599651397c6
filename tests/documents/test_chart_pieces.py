"""Charts on paper: lengths that are true, nothing drawn of what is hidden, every word inside the page."""

from __future__ import annotations

import io
import zipfile

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from PIL import Image as Picture

from app.documents import blocks as b
from app.documents.chart_pictures import chart_pictures
from app.documents.docx import render_docx
from app.documents.pdf import render_pdf
from app.figures.charts import Chart, ChartHeads, ChartKind, ChartRow
from app.figures.origin import Figure
from app.figures.small_groups import Hidden

_SCALE = 4.0
_GREY, _DARK = round(0.62 * 255), round(0.22 * 255)
LONG = "第一精密铸造与大型结构件焊接装配综合车间（含外协和夜班保全班组）"


def row(label: str, share: int | None, number: int | None = None, **more) -> ChartRow:
    told = Figure(share, "%", label)
    return ChartRow(
        key=label, label=label, share=told, figure=told, number=Figure(number, "人", label), **more
    )


def bars(*rows: ChartRow, heads: ChartHeads | None = None) -> Chart:
    return Chart(key="c", kind=ChartKind.BARS, title="最想谈的事", rows=rows, heads=heads)


def paper(chart: Chart) -> b.Document:
    block = b.ChartBlock(chart, f"图1　{chart.title}")
    return b.Document("survey_summary", "汇总表", (b.Title("汇总表"), block), page=b.FORM)


def pages_of(document: b.Document) -> list[tuple[Picture.Image, str]]:
    with pypdfium2.PdfDocument(render_pdf(document)) as pdf:
        return [
            (
                page.render(scale=_SCALE, grayscale=True).to_pil().convert("L"),
                page.get_textpage().get_text_bounded(),
            )
            for page in pdf
        ]


def runs_of(line: bytes) -> int:
    """The longest run of the grey of bars in one line of pixels."""
    longest = run = 0
    for value in line:
        run = run + 1 if abs(value - _GREY) < 8 or abs(value - _DARK) < 8 else 0
        longest = max(longest, run)
    return longest


def lengths(picture: Picture.Image, *, upright: bool = False) -> list[int]:
    """The length of every bar from the top, or of every column from the left, in pixels, edges left out."""
    turned = picture.transpose(Picture.Transpose.TRANSPOSE) if upright else picture
    wide, high = turned.size
    data = turned.tobytes()
    found: list[int] = []
    inside: list[int] = []
    for y in range(high):
        run = runs_of(data[y * wide : (y + 1) * wide])
        if run > 20:
            inside.append(run)
            continue
        if len(inside) > 10:  # edges are thinner
            found.append(sorted(inside)[len(inside) // 2])
        inside = []
    return found


def test_bars_are_as_long_as_their_shares() -> None:
    chart = bars(row("工资增长", 80, 240, strong=True), row("高温津贴", 40, 120), row("夜班津贴", 10, 30))
    ((picture, text),) = pages_of(paper(chart))
    first, second, third = lengths(picture)
    assert first == pytest.approx(2 * second, abs=6)
    assert first == pytest.approx(8 * third, abs=24)
    for told in ("工资增长", "80%", "240 人", "10%", "30 人", "图1　最想谈的事"):
        assert told.replace("　", "") in text.replace("　", "").replace("\u3000", "")


def test_columns_are_as_high_as_their_numbers() -> None:
    chart = Chart(
        key="c", kind=ChartKind.BANDS, title="希望涨多少",
        rows=(row("3%以下", 25, 50), row("3%—5%", 50, 100, strong=True), row("5%以上", 25, 50)),
    )  # fmt: skip
    ((picture, _),) = pages_of(paper(chart))
    left, middle, right = lengths(picture, upright=True)
    assert left == right
    assert middle == pytest.approx(2 * left, abs=6)


@pytest.mark.parametrize("kind", [ChartKind.BARS, ChartKind.BANDS])
def test_what_is_hidden_is_told_in_words_and_nothing_is_drawn(kind: ChartKind) -> None:
    rows = (row("铸造", 60, 30), row("装配", None, hidden=Hidden.SMALL), row("质检", 40, 20))
    chart = Chart(key="c", kind=kind, title="部门", rows=rows)
    ((picture, text),) = pages_of(paper(chart))
    first, second = lengths(picture, upright=kind is ChartKind.BANDS)
    assert first == pytest.approx(1.5 * second, rel=0.02)
    assert Hidden.SMALL.label in text.replace("\r\n", "")
    with zipfile.ZipFile(io.BytesIO(render_docx(paper(chart)))) as file:
        drawn = Picture.open(io.BytesIO(file.read("word/media/image1.png")))
    assert len(lengths(drawn.convert("L"), upright=kind is ChartKind.BANDS)) == 2


def test_pairs_stand_apart_by_their_difference_and_hidden_ones_have_no_mark() -> None:
    def pair(label: str, staff: int, valid: int | None, hidden: Hidden | None = None) -> ChartRow:
        shares = Figure(staff, "%", "在册占比"), Figure(valid, "%", "答卷占比")
        return ChartRow(
            key=label, label=label, share=shares[1], beside=shares[0], figure=shares[1], hidden=hidden
        )

    heads = ChartHeads(label="部门", beside="在册占比", share="答卷占比", difference="相差")
    rows = (pair("铸造", 40, 80), pair("质检", 40, 60), pair("装配", 20, None, Hidden.SMALL))
    chart = Chart(key="c", kind=ChartKind.PAIRS, title="代表性", rows=rows, heads=heads)
    ((picture, text),) = pages_of(paper(chart))
    grey = round(0.45 * 255)
    wide, high = picture.size
    data = picture.tobytes()
    between = []
    for y in range(high):
        line = data[y * wide : (y + 1) * wide]
        at = [x for x, value in enumerate(line) if abs(value - grey) < 8]
        between.append(len(at) if at and at[-1] - at[0] < len(at) + 80 else 0)
    tops = sorted({run for run in between if run > 30}, reverse=True)
    assert len(tops) == 2, "one line for each pair that may be shown"
    assert tops[0] > 1.8 * tops[1] - 40
    assert Hidden.SMALL.label in text


def test_a_long_chart_runs_on_and_every_long_name_stays_inside_the_page() -> None:
    heads = ChartHeads(label="群体", cells=("有效",), share="选 10%以上", tail="选得最多")
    rows = tuple(
        row(f"{at}{LONG}", at, cells=(Figure(100000 + at, "份", "有效"),), tail="10000元以上的一档")
        for at in range(1, 71)
    )
    pages = pages_of(paper(bars(*rows, heads=heads)))
    assert len(pages) > 2
    told = "".join(text for _, text in pages).replace("\r\n", "").replace("\n", "")
    assert all(f"{at}%" in told and str(100000 + at) in told for at in range(1, 71))
    left, right = round(b.FORM.left * 72 / 25.4 * _SCALE), round((210 - b.FORM.right) * 72 / 25.4 * _SCALE)
    for picture, _ in pages:
        for margin in ((0, 0, left - 4, picture.height), (right + 6, 0, picture.width, picture.height)):
            assert picture.crop(margin).getextrema()[0] > 200, "something stands in the margin"
    pictures = chart_pictures(bars(*rows, heads=heads), b.FORM.text_width, 200)
    assert len(pictures) > 2
    assert all(each.height <= 203 and each.width <= b.FORM.text_width + 0.1 for each in pictures)


def test_the_word_file_is_the_same_each_time_and_tells_its_charts_in_words() -> None:
    chart = bars(row("工资增长", 80, 240), row("装配", None, hidden=Hidden.GUARD))
    data = render_docx(paper(chart))
    assert data == render_docx(paper(chart))
    file = docx.Document(io.BytesIO(data))
    (shape,) = file.inline_shapes
    told = shape._inline.docPr.get("descr")
    assert told == "最想谈的事。工资增长：80%，240 人；装配：为防倒推，一并不显示"
    assert shape.width.mm <= b.FORM.text_width + 0.1
    words = "".join(node.text or "" for node in file.element.body.iter(qn("w:t")))
    assert words.endswith("图1　最想谈的事")


def test_a_paper_with_a_chart_is_the_same_bytes_each_time() -> None:
    chart = bars(row("工资增长", 80, 240))
    assert render_pdf(paper(chart)) == render_pdf(paper(chart))
