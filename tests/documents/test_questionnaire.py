"""The questionnaire on paper: every recorded box is really there, nothing overlaps, outside judges can read it."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from datetime import date
from itertools import combinations
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from app.documents.blocks import Document
from app.documents.docx import render_docx
from app.documents.kinds import Subject
from app.documents.letters.questionnaire import question_paper, questionnaire, questionnaire_missing
from app.documents.pdf import render_copies, render_pdf
from app.documents.question_layout import (
    ANCHOR,
    ANCHORS,
    BOX,
    CODE,
    TICK,
    Layout,
    PlacedPage,
    code_of,
    layout_of,
)
from app.documents.question_paper import QuestionPaper, pasted_questions
from app.domain.case import Case
from app.domain.questionnaire import fingerprint
from app.domain.survey import Audience, Question, QuestionKind, Situation, Survey
from app.domain.union import AgreementKind, Cycle, Department, Union
from app.figures.question_bank import load_bank, propose, question_facts
from app.progress import Silent
from app.usecases.make_document import letter_context
from tests.gui.window_driver import fixed_program

DPI = 150
PX = DPI / 25.4
LONG = "一二三四五六七八九十" * 5 + "完了"
KINDS = tuple(QuestionKind)


def case_with(*questions: Question, frozen: bool = True, **facts: object) -> Case:
    survey = Survey(id="s", title_text="调查").replace(**facts)
    case = Case(
        cycle=Cycle(id="cycle", year=2026, region="shandong", agreement_kind=AgreementKind.WAGE),
        union=Union(id="union", name="某公司工会"),
        surveys=(survey,),
        departments=(Department(id="a", name="铸造"), Department(id="b", name="装配")),
        questions=questions,
    )
    if frozen:
        survey = survey.replace(
            frozen_on=date(2026, 3, 2), version="2026-1", questions_digest=fingerprint(case, "s")
        )
        case = case.with_record("surveys", survey)
    return case


def of_bank(audience: Audience = Audience.STAFF, *, frozen: bool = True) -> Case:
    bank, case = load_bank(), case_with(frozen=False, audience=audience)
    rows = propose(
        bank, case, "s", audience=audience, situation=Situation.NORMAL, agreement=AgreementKind.WAGE
    )
    ticked = [row.question for row in rows if row.ticked]
    questions = tuple(
        Question(id=each.key).replace(survey="s", number=number, **question_facts(bank, case, each))
        for number, each in enumerate(ticked, start=1)
    )
    return case_with(*questions, frozen=frozen, audience=audience)


def hard() -> Case:
    """60 questions of all kinds, options of 52 characters, rare and wide characters, very long stems and rows."""
    questions = []
    for number in range(1, 61):
        kind = KINDS[number % len(KINDS)]
        options: tuple[str, ...] = tuple(f"{LONG[:-1]}{n}" for n in range(5))
        if number % 2:
            options = ("龘靐齉", "Wide WWWWWWWWWW MMMMMM", "㐂", "是")
        if kind in (QuestionKind.OPEN, QuestionKind.NUMBER):
            options = ()
        rows = ("行一", "很长的行" * 8, "三") if kind is QuestionKind.MATRIX else ()
        questions.append(
            Question(id=f"q{number}").replace(
                survey="s", number=number, kind=kind, stem="很长的题干" * 12, options=options, rows=rows
            )
        )
    return case_with(*questions)


def paper_of(case: Case) -> QuestionPaper:
    return question_paper(case, case.surveys[0])


def document_of(case: Case) -> Document:
    return questionnaire(letter_context(fixed_program(), None, case), Subject("s"))


def pictures(pdf: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]


def darkness(picture: Image.Image, x: float, y: float, width: float, height: float) -> float:
    """Share of dark pixels in a stretch of the page given in millimetres."""
    area = picture.crop((round(x * PX), round(y * PX), round((x + width) * PX), round((y + height) * PX)))
    histogram = area.histogram()
    return sum(histogram[:128]) / max(sum(histogram), 1)


def assert_box(picture: Image.Image, x: float, y: float, width: float, height: float) -> None:
    """Four dark edges around a white middle."""
    for edge in (
        (x - 0.3, y, 0.6, height),
        (x + width - 0.3, y, 0.6, height),
        (x, y - 0.3, width, 0.6),
        (x, y + height - 0.3, width, 0.6),
    ):
        assert darkness(picture, *edge) > 0.25, (x, y, edge)


@pytest.mark.parametrize(
    "made", [of_bank, lambda: of_bank(Audience.MANAGERS), hard], ids=["staff", "managers", "hard"]
)
def test_every_recorded_box_and_anchor_is_on_the_page(made: object) -> None:
    assert callable(made)
    case = made()
    layout = layout_of(paper_of(case))
    pages = pictures(render_pdf(document_of(case)))
    assert len(pages) == len(layout.pages)
    for picture, page in zip(pages, layout.pages, strict=True):
        for x, y in ANCHORS:
            assert darkness(picture, x + 0.2, y + 0.2, ANCHOR - 0.4, ANCHOR - 0.4) > 0.99
            assert darkness(picture, x - 1.6, y - 1.6, 1.2, ANCHOR) == 0
        for box in page.boxes:
            assert_box(picture, box.x, box.y, box.width, box.height)
            if box.use == TICK:
                assert darkness(picture, box.x + 0.6, box.y + 0.6, BOX - 1.2, BOX - 1.2) == 0


def test_a_place_where_no_box_is_recorded_would_be_noticed() -> None:
    case = of_bank()
    box = layout_of(paper_of(case)).pages[0].boxes[0]
    picture = pictures(render_pdf(document_of(case)))[0]
    with pytest.raises(AssertionError):
        assert_box(picture, box.x + 1.2, box.y + 1.2, box.width, box.height)


@pytest.mark.parametrize("case", [of_bank(), hard()], ids=["bank", "hard"])
def test_every_option_and_row_has_exactly_one_box(case: Case) -> None:
    boxes = [box for page in layout_of(paper_of(case)).pages for box in page.boxes]
    for question in case.questions:
        mine = [(box.option, box.row) for box in boxes if box.question == question.id]
        match question.kind:
            case QuestionKind.OPEN | QuestionKind.NUMBER:
                wanted: list[tuple[int | None, int | None]] = [(None, None)]
            case QuestionKind.MATRIX:
                wanted = [(o, r) for r in range(len(question.rows)) for o in range(len(question.options))]
            case _:
                wanted = [(o, None) for o in range(len(question.options))]
        assert sorted(mine, key=repr) == sorted(wanted, key=repr), question.id


def test_nothing_overlaps_and_nothing_leaves_the_page() -> None:
    def areas(page: PlacedPage) -> list[tuple[float, float, float, float]]:
        texts = [(t.x, t.y + 0.3, t.x + t.room, t.y + t.height - 0.3) for t in page.texts]
        boxes = [(b.x, b.y, b.x + b.width, b.y + b.height) for b in page.boxes]
        return texts + boxes

    for page in layout_of(paper_of(hard())).pages:
        placed = areas(page)
        for one, other in combinations(placed, 2):
            apart = (
                one[2] <= other[0] + 0.01
                or other[2] <= one[0] + 0.01
                or one[3] <= other[1] + 0.01
                or other[3] <= one[1] + 0.01
            )
            assert apart, (one, other)
        assert all(a[0] >= 15 and a[2] <= 191 and a[1] >= 29 and a[3] <= 280 for a in placed)


def test_the_layout_depends_on_no_font_and_is_plain_data() -> None:
    paper = paper_of(of_bank())
    once, twice = layout_of(paper), layout_of(paper)
    assert isinstance(once, Layout) and once == twice
    data = once.as_data()
    assert json.loads(json.dumps(data)) == data
    assert data["unit"] == "mm" and len(data["anchors"]) == 4
    assert {"question", "option", "row", "use", "at"} == set(data["pages"][0][0])


def test_the_square_code_says_questions_version_page_and_sheet() -> None:
    case = of_bank()
    paper = paper_of(case)
    pages = len(layout_of(paper).pages)
    pdf = render_copies(document_of(case), numbers=range(7, 9), even=False, slip=(), progress=Silent())
    shown = pictures(pdf)
    assert len(shown) == 2 * pages
    digest = fingerprint(case, "s")[:8]
    for at, picture in enumerate(shown):
        words = code_of(paper, at % pages + 1, pages, 7 + at // pages)
        assert words == f"XS1/{digest}/2026-1/{at % pages + 1}/{pages}/{7 + at // pages}"
        code = QRCode(None, QRErrorCorrectLevel.M)
        code.addData(words)
        code.make()
        count = code.getModuleCount()
        left, top, side = CODE
        step = side / (count + 2)
        for row in range(count):
            for column in range(count):
                x, y = left + (column + 1.25) * step, top + (row + 1.25) * step
                dark = darkness(picture, x, y, step / 2, step / 2) > 0.5
                assert dark is bool(code.isDark(row, column)), (at, row, column)


def test_numbers_pages_and_the_promise_stand_on_every_page() -> None:
    case = of_bank()
    pdf = render_copies(
        document_of(case), numbers=range(1, 4), even=True, slip=("给工会",), progress=Silent()
    )
    with pypdfium2.PdfDocument(pdf) as document:
        words = [page.get_textpage().get_text_bounded() for page in document]
    pages = len(layout_of(paper_of(case)).pages)
    assert pages == 2 and len(words) == 2 + 3 * 2
    assert "给工会" in words[0] and not words[1].strip()
    for at, said in enumerate(words[2:]):
        assert f"编号 000{at // 2 + 1}" in said
        assert f"第{at % 2 + 1}页 共2页" in said
        assert "不记名" in said and "版次 2026-1" in said
    assert "仅用于协商" in words[2]
    with pypdfium2.PdfDocument(render_pdf(document_of(case))) as blank:
        assert "编号" not in blank[0].get_textpage().get_text_bounded()


def test_both_versions_fit_on_two_pages() -> None:
    for audience in Audience:
        assert len(layout_of(paper_of(of_bank(audience))).pages) <= 2
    assert "管理人员版" in document_of(of_bank(Audience.MANAGERS)).title
    assert "管理人员版" not in document_of(of_bank()).title


def test_until_it_is_frozen_every_page_says_draft() -> None:
    case = of_bank(frozen=False)
    document = document_of(case)
    assert document.draft and questionnaire_missing(case, Subject("s")) == ("定稿",)
    with pypdfium2.PdfDocument(render_pdf(document)) as pdf:
        assert all("草稿" in page.get_textpage().get_text_bounded() for page in pdf)
    assert not document_of(of_bank()).draft
    assert questionnaire_missing(of_bank(), Subject("s")) == ()


def test_a_survey_with_names_does_not_promise_otherwise() -> None:
    case = case_with(Question(id="q", survey="s", number=1, kind=QuestionKind.OPEN, stem="说"), named=True)
    with pypdfium2.PdfDocument(render_pdf(document_of(case))) as pdf:
        assert "不记名" not in pdf[0].get_textpage().get_text_bounded()


def test_same_questions_same_bytes() -> None:
    assert render_pdf(document_of(hard())) == render_pdf(document_of(hard()))


@pytest.mark.parametrize("case", [of_bank(), hard()], ids=["bank", "hard"])
def test_outside_judges_read_it(case: Case, tmp_path: Path) -> None:
    for tool in ("qpdf", "pdffonts", "pdftotext"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    file = tmp_path / "q.pdf"
    file.write_bytes(
        render_copies(document_of(case), numbers=range(1, 3), even=False, slip=("给工会",), progress=Silent())
    )
    subprocess.run(["qpdf", "--check", file], check=True, capture_output=True)
    fonts = subprocess.run(["pdffonts", file], check=True, capture_output=True, text=True).stdout
    rows = fonts.splitlines()[2:]
    assert rows and all(re.search(r"\byes\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$", row) for row in rows)
    words = subprocess.run(
        ["pdftotext", "-layout", file, "-"], check=True, capture_output=True, text=True
    ).stdout
    squeezed = re.sub(r"\s", "", words)
    for question in case.questions:
        for option in question.options:
            if len(option) <= 8:
                assert re.sub(r"\s", "", option) in squeezed, option


def test_a_thousand_copies_take_little_more_room_than_one() -> None:
    document = document_of(of_bank())
    one = len(render_copies(document, numbers=range(1, 2), even=False, slip=(), progress=Silent()))
    many = len(render_copies(document, numbers=range(1, 201), even=False, slip=(), progress=Silent()))
    assert many < one + 200 * 2 * 6_000


def test_the_word_document_has_every_question_with_plain_boxes() -> None:
    case = of_bank()
    with zipfile.ZipFile(io.BytesIO(render_docx(document_of(case)))) as archive:
        text = re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())
    for question in case.questions:
        assert question.stem in text
        assert all(option in text for option in question.options)
        assert all(row in text for row in question.rows)
    assert "不记名" in text
    boxed = {
        option
        for question in case.questions
        if question.kind is not QuestionKind.MATRIX
        for option in question.options
    }
    assert boxed and all(f"□ {option}" in text for option in boxed)  # one way, as on the numbered sheets
    assert render_docx(document_of(hard()))


def test_the_list_for_pasting_has_kinds_in_brackets_and_options_one_a_line() -> None:
    case = case_with(
        Question(
            id="a", survey="s", number=1, kind=QuestionKind.MULTIPLE, stem="谈[哪]几项", options=("甲", "乙", "丙"),
            at_most=2,
        ),
        Question(
            id="b", survey="s", number=2, kind=QuestionKind.MATRIX, stem="满意吗", options=("满意", "不 满意"),
            rows=("工资", "休息"),
        ),
        Question(id="c", survey="s", number=3, kind=QuestionKind.OPEN, stem="还有\n什么"),
        Question(id="d", survey="s", number=4, kind=QuestionKind.RANKING, stem="排一排", options=("一", "二")),
    )  # fmt: skip
    assert pasted_questions(paper_of(case)).split("\n", 4)[4] == (
        "1. 谈［哪］几项（最多选2项）[多选题]\n甲\n乙\n丙\n\n"
        "2. 满意吗[矩阵单选题]\n满意 不满意\n工资\n休息\n\n"
        "3. 还有 什么[填空题]\n\n"
        "4. 排一排[排序题]\n一\n二\n"
    )
