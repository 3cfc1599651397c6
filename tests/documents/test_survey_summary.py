"""F-02 of a long questionnaire with long names: readable on A4, its charts numbered, its sentences with their origins."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from datetime import date

import pypdfium2
import pytest

from app.documents.blocks import FORM, ChartBlock, Document, KeepTogether, Paragraph, Table, plain
from app.documents.docx import render_docx
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.survey_summary import survey_summary
from app.documents.pdf import render_pdf
from app.domain.case import Case
from app.domain.roster import StaffGroup
from app.domain.survey import AnswerCount, GroupBy, Question, QuestionKind
from app.rules.calendars import load_calendar
from app.rules.pack import load_packs
from app.usecases.make_demo import read_example

_SHOPS = tuple(
    f"第{at}精密铸造与大型结构件焊接装配综合车间（含外协和夜班保全班组）" for at in "一二三四五六七八九十"
)
_LEVELS = ("一线", "技术", "管理")
_ANSWERS = ("知道并且看过文本", "知道但没有看过", "不知道", "说不清")
_RISE = ("3%以下", "3%—5%", "5%—8%", "8%以上")


def long_survey() -> Case:
    """Forty questions, all of them counted by ten departments and three levels."""
    questions = [
        Question(
            id="q1", survey="s", number=1, kind=QuestionKind.SINGLE, stem="您的部门", options=_SHOPS,
            asks_group=GroupBy.DEPARTMENT,
        ),
        Question(
            id="q2", survey="s", number=2, kind=QuestionKind.SINGLE, stem="您的岗位类别", options=_LEVELS,
            asks_group=GroupBy.LEVEL,
        ),
        Question(
            id="q3", survey="s", number=3, kind=QuestionKind.SINGLE, stem="您希望今年工资涨多少", options=_RISE,
        ),
        Question(
            id="q4", survey="s", number=4, kind=QuestionKind.MULTIPLE, stem="您最希望协商的事项",
            options=tuple(f"第{at}件：生产一线岗位高温津贴标准和发放月份的调整办法" for at in range(1, 13)),
        ),
    ]  # fmt: skip
    questions += [
        Question(
            id=f"q{at}", survey="s", number=at, kind=QuestionKind.SINGLE,
            stem=f"您是否知道本单位集体合同第{at}条约定的内容，以及它去年履行得怎么样", options=_ANSWERS,
        )
        for at in range(5, 41)
    ]  # fmt: skip
    sizes = {"q1": (160, 140, 130, 130, 120, 120, 120, 118, 110, 2), "q2": (650, 300, 200)}
    counts = [
        AnswerCount(id=f"answers-{key}", question=key, numbers=numbers) for key, numbers in sizes.items()
    ]
    for question in questions[2:]:
        width = len(question.options)
        total = [0] * width
        for group, names in (("q1", _SHOPS), ("q2", _LEVELS)):
            for name, size in zip(names, sizes[group], strict=True):
                cut = [size * (place + 1) // width - size * place // width for place in range(width)]
                record = f"{question.id}-{group}-{name}"
                counts.append(
                    AnswerCount(
                        id=record, question=question.id, group_question=group, group=name, numbers=tuple(cut)
                    )
                )
                if group == "q1":
                    total = [one + more for one, more in zip(total, cut, strict=True)]
        counts.append(AnswerCount(id=f"answers-{question.id}", question=question.id, numbers=tuple(total)))
    staff = [
        StaffGroup(id=f"{by.value}-{name}", by=by, name=name, people=size + 12)
        for by, names, key in ((GroupBy.DEPARTMENT, _SHOPS, "q1"), (GroupBy.LEVEL, _LEVELS, "q2"))
        for name, size in zip(names, sizes[key], strict=True)
    ]
    case = read_example("shandong-linyi-single")
    survey = case.surveys[0].replace(id="s", valid=1150, returned=1160, issued=1300)
    return dataclasses.replace(
        case,
        surveys=(survey,),
        questions=tuple(questions),
        answer_counts=tuple(counts),
        staff_groups=tuple(staff),
        topics=tuple(each.replace(questions=()) for each in case.topics),
    )


@pytest.fixture(scope="module")
def paper() -> Document:
    case = long_survey()
    context = LetterContext(
        case=case, pack=load_packs().for_cycle(case.cycle), calendar=load_calendar(), on=date(2026, 11, 10)
    )
    return survey_summary(context, Subject("s"))


def flat(document: Document) -> list[object]:
    found: list[object] = []
    for block in document.blocks:
        found += block.blocks if isinstance(block, KeepTogether) else [block]
    return found


def test_nothing_leaves_the_page_and_nothing_is_lost(paper: Document) -> None:
    left, right = FORM.left * 72 / 25.4 * 2, (210 - FORM.right) * 72 / 25.4 * 2
    told = ""
    with pypdfium2.PdfDocument(render_pdf(paper)) as pdf:
        assert len(pdf) < 30
        for page in pdf:
            told += page.get_textpage().get_text_bounded()
            picture = page.render(scale=2.0, grayscale=True).to_pil().convert("L")
            for margin in (
                (0, 0, int(left) - 2, picture.height),
                (int(right) + 3, 0, picture.width, picture.height),
            ):
                assert picture.crop(margin).getextrema()[0] > 200
    told = re.sub(r"[\s\u3000]", "", told)
    for number in range(1, 41):
        assert f"第{number}题" in told
    for name in _SHOPS:
        assert name in told


def test_charts_are_numbered_and_say_where_their_figures_stand(paper: Document) -> None:
    captions = [block.caption for block in flat(paper) if isinstance(block, ChartBlock)]
    assert [each.split("　")[0] for each in captions] == [f"图{at}" for at in range(1, len(captions) + 1)]
    assert captions[0] == "图1　最想谈的事；可多选，1150 份（出处：第4题）"
    assert captions[2].startswith("图3　按部门看；") and captions[2].endswith("（出处：第3题）")
    assert [each for each in captions if "代表性（按部门）" in each]


def test_a_long_paper_keeps_to_the_main_questions_by_groups(paper: Document) -> None:
    heads = [
        plain(block.header[0].cells[0].text)
        for block in flat(paper)
        if isinstance(block, Table) and _by(block)
    ]
    assert {each.split("　")[0] for each in heads} == {"第3题", "第4题"}
    left = [
        plain(each.text) for each in flat(paper) if isinstance(each, Paragraph) and "其余" in plain(each.text)
    ]
    assert left == ["这里只列主要的题，其余分群体的表在“存成表格”的结果表里。"]


def _by(table: Table) -> bool:
    head = table.header[0]
    return (
        not isinstance(head, tuple)
        and not isinstance(head.cells[0], str)
        and "　按" in plain(head.cells[0].text)
    )


def test_no_table_has_more_columns_than_the_paper_has_room_for(paper: Document) -> None:
    widest = max(len(block.columns) for block in flat(paper) if isinstance(block, Table))
    assert widest <= 8


def test_every_sentence_of_the_analysis_names_its_origin(paper: Document) -> None:
    said = [plain(each.text) for each in flat(paper) if isinstance(each, Paragraph)]
    sentences = [each for each in said if re.match(r"\d+．", each)]
    assert len(sentences) >= 5
    assert all(re.search(r"（出处：[^）]+）。$", each) for each in sentences)


def test_the_word_file_shows_each_chart(paper: Document) -> None:
    charts = [block for block in flat(paper) if isinstance(block, ChartBlock)]
    data = render_docx(paper)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        pictures = [name for name in file.namelist() if name.startswith("word/media/")]
    assert len(pictures) >= len(charts) > 4
    assert data == render_docx(paper)
