"""Stage 1: the questionnaire itself (F-01), for the pen, for WPS and for 问卷星."""

from __future__ import annotations

from app.documents.blocks import (
    FORM,
    Align,
    Block,
    Cell,
    Column,
    Document,
    KeepTogether,
    Paragraph,
    Row,
    Spacer,
    Table,
    TextRole,
    Title,
    blank,
    body,
)
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.frame import is_practice
from app.documents.letters.parties import union_name, year_words
from app.documents.question_paper import Asked, QuestionPaper
from app.domain.case import Case
from app.domain.questionnaire import fingerprint, has_answers, is_frozen, lacks, questions_in_order
from app.domain.survey import Audience, Question, QuestionKind, Survey
from app.figures.question_bank import load_bank

DIGEST_SHOWN = 8
"""How many characters of the questions' fingerprint the square code carries."""

_BOX = "□"
_SIZE = 11.0


def questionnaire_subjects(case: Case) -> tuple[Subject, ...]:
    """A questionnaire for each survey that asks something."""
    asked = {each.survey for each in case.questions}
    return tuple(Subject(held.id, _subject_title(held)) for held in case.surveys if held.id in asked)


def questionnaire_missing(case: Case, subject: Subject) -> tuple[str, ...]:
    """What keeps it from being printed."""
    found = lacks(case, subject.id)
    survey = _survey(case, subject)
    settled = is_frozen(survey) or has_answers(case, survey.id)
    return found if found or settled else ("定稿",)


def questionnaire(context: LetterContext, subject: Subject) -> Document:
    """Write a questionnaire (F-01). Until it is frozen (or answered) every page says 草稿: no draft is handed out."""
    case = context.case
    survey = _survey(case, subject)
    paper = question_paper(case, survey)
    blocks: list[Block] = [
        Title(paper.title),
        Paragraph(paper.union, TextRole.NOTE),
        Paragraph(paper.heading, TextRole.HEADING_1, indent=0, align=Align.CENTER),
        *((Paragraph(f"版次 {paper.version}", TextRole.NOTE),) if paper.version else ()),
        body(paper.how_to),
        *(_question(asked) for asked in paper.questions),
    ]
    return Document(
        kind="questionnaire",
        title=paper.title,
        blocks=tuple(blocks),
        page=FORM,
        draft=not (is_frozen(survey) or has_answers(case, survey.id)),
        practice=is_practice(case),
        questions=paper,
    )


def question_paper(case: Case, survey: Survey) -> QuestionPaper:
    """Return what the questionnaire of a survey says."""
    bank = load_bank()
    heading, how_to = bank.heading, bank.how_to
    if survey.named:
        heading, how_to = "本问卷记名，仅用于协商。", "请在选中的方框里打“√”。"
    for_managers = survey.audience is Audience.MANAGERS
    title = (
        f"{year_words(case)}意愿调查问卷（管理人员版）"
        if for_managers
        else f"{year_words(case)}职工意愿调查问卷"
    )
    asked = tuple(
        _asked(question, place) for place, question in enumerate(questions_in_order(case, survey.id), start=1)
    )
    return QuestionPaper(
        title=title,
        union=union_name(case),
        heading=heading,
        how_to=how_to,
        version=survey.version if is_frozen(survey) else "",
        digest=fingerprint(case, survey.id)[:DIGEST_SHOWN],
        questions=asked,
    )


def _asked(question: Question, place: int) -> Asked:
    kind = question.kind or QuestionKind.SINGLE
    notes = []
    if question.asked_of:
        notes.append(f"{question.asked_of}答")
    if kind is QuestionKind.MULTIPLE and "选" not in question.stem:
        notes.append(f"最多选{question.at_most}项" if question.at_most else "可多选")
    if kind is QuestionKind.RANKING and "排" not in question.stem:
        notes.append("在方框里写序号，最看重的写1")
    return Asked(
        id=question.id,
        number=question.number if question.number is not None else place,
        kind=kind,
        stem=question.stem,
        note="，".join(notes),
        options=question.options,
        rows=question.rows,
        at_most=question.at_most,
    )


def _question(asked: Asked) -> Block:
    """One question for WPS: plain boxes, a table for a matrix."""
    stem = f"{asked.number}. {asked.stem}" + (f"（{asked.note}）" if asked.note else "")
    head = Paragraph(stem, TextRole.HEADING_3, indent=0, keep_with_next=True)
    match asked.kind:
        case QuestionKind.MATRIX:
            columns = (Column(3), *(Column(1.6, Align.CENTER) for _ in asked.options))
            rows = tuple(Row((row, *(Cell(_BOX) for _ in asked.options))) for row in asked.rows)
            return KeepTogether((head, Table(columns, rows, (("", *asked.options),)), Spacer(0.3)))
        case QuestionKind.OPEN:
            return KeepTogether((head, Paragraph((blank(36),), indent=0), Paragraph((blank(36),), indent=0)))
        case QuestionKind.NUMBER:
            return KeepTogether((head, Paragraph((blank(10),), indent=0)))
        case QuestionKind.RANKING:
            return KeepTogether((head, *map(_boxed, asked.options)))
        case _:
            if sum(map(len, asked.options)) + 3 * len(asked.options) <= 36:
                return KeepTogether((head, _boxed(*asked.options)))
            return KeepTogether((head, *map(_boxed, asked.options)))


def _boxed(*options: str) -> Paragraph:
    """Options on one line, each behind its box as on the numbered sheets.

    Two wide blanks before each: a program that picks fonts by the letters around draws all boxes alike.
    """
    line = "\u3000".join(f"\u3000{_BOX} {option}" for option in options)
    return Paragraph(line, indent=0, size=_SIZE)


def _survey(case: Case, subject: Subject) -> Survey:
    found: Survey | None = case.find("surveys", subject.id)
    return found or Survey()


def _subject_title(survey: Survey) -> str:
    return f"{survey.title} {survey.version}".strip()
