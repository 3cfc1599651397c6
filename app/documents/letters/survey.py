"""Stage 1: what a summary still lacks, and the register of topics (F-03)."""

from __future__ import annotations

from app.documents.blocks import (
    FORM_LANDSCAPE,
    Align,
    Block,
    Column,
    Document,
    Row,
    SignatureArea,
    SignatureField,
    Table,
    Title,
)
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.frame import paper
from app.documents.letters.parties import year_words
from app.documents.letters.words import label_of
from app.domain.case import Case
from app.domain.data_import import ImportKind
from app.domain.stages import Stage
from app.domain.survey import Survey
from app.figures.survey_results import ranked_topics, support_of
from app.figures.survey_versions import survey_of_results
from app.figures.topic_figures import shown_coded, source_words

_BLANK_ROWS = 8
_NOTE = "按提出人数排位次；没有写提出人数的，按归到这个议题的开放题答卷份数排。"


def survey_subjects(case: Case) -> tuple[Subject, ...]:
    """A summary for each survey; versions of one questionnaire bear the same title and are told apart."""
    several = len(case.surveys) > 1
    return tuple(
        Subject(each.id, f"{each.title} {each.version}".strip() if several else each.title)
        for each in case.surveys
    )


def survey_meant(case: Case) -> str:
    """The survey whose results count."""
    survey = survey_of_results(case)
    return survey.id if survey is not None else ""


def survey_missing(case: Case, subject: Subject) -> tuple[str, ...]:
    """What the summary still lacks."""
    survey = survey_of(case, subject)
    found = [
        label
        for label, value in (
            ("发放份数", survey.issued),
            ("收回份数", survey.returned),
            ("有效份数", survey.valid),
        )
        if value is None
    ]
    if not any(held.survey == survey.id for held in case.questions):
        found.append("题目")
    typed = any(
        held.kind is ImportKind.PAPER_ANSWERS and held.survey == survey.id for held in case.data_imports
    )
    if (
        typed and survey.entry_closed_on is None
    ):  # two summaries, one before and one after, tell of those between
        found.append("录入结束日期")
    if not survey.prepared_by:
        found.append("制表人")
    if not survey.reviewed_by:
        found.append("审核人")
    return tuple(found)


def topics_missing(case: Case, _subject: Subject) -> tuple[str, ...]:
    """Topics whose treatment or reason is not written down."""
    found = [f"“{held.name}”的处理" for held in case.topics if held.decision is None]
    found += [
        f"“{held.name}”的理由"
        for held in case.topics
        if held.decision is not None and held.decision.value != "offered" and not held.reason
    ]
    return tuple(found) or (() if case.topics else ("议题",))


def topic_register(context: LetterContext, _subject: Subject) -> Document:
    """Write the register of topics (F-03): where each came from and what became of it; no person is named."""
    case = context.case
    title = f"{year_words(case)}集体协商议题登记表"
    rows = []
    coded = shown_coded(case)
    for number, topic in enumerate(ranked_topics(case), start=1):
        share = support_of(case, topic, survey_of_results(case))
        cells = (
            str(number),
            topic.code,
            topic.name,
            label_of(topic.category),
            source_words(case, topic),
            str(topic.supporters) if topic.supporters is not None else "",
            share.text if share.value is not None else "",
            str(coded.get(topic.id, "")),
            label_of(topic.decision),
            topic.reason,
        )
        rows.append(Row(cells, min_height=11.0))
    rows = rows or [Row((str(n), *[""] * 9), min_height=11.0) for n in range(1, _BLANK_ROWS + 1)]
    columns = (
        Column(12, Align.CENTER), Column(14, Align.CENTER), Column(44), Column(42), Column(42),
        Column(18, Align.CENTER), Column(18, Align.CENTER), Column(18, Align.CENTER),
        Column(20, Align.CENTER), Column(32),
    )  # fmt: skip
    head = (
        "位次",
        "编号",
        "议题",
        "法定内容",
        "来源",
        "提出人数",
        "占有效答卷",
        "开放题份数",
        "处理",
        "理由",
    )
    survey = survey_of_results(case) or Survey()
    blocks: list[Block] = [
        Title(title),
        Table(columns, tuple(rows), (head,), note=_NOTE),
        SignatureArea(
            (
                SignatureField("制表人", name=survey.prepared_by),
                SignatureField("审核人", name=survey.reviewed_by),
                SignatureField("日期"),
            ),
            columns=3,
        ),
    ]
    return paper(context, "topic_register", Stage.SURVEY, title, blocks, page=FORM_LANDSCAPE)


def survey_of(case: Case, subject: Subject) -> Survey:
    """The survey a summary is about."""
    found: Survey | None = case.find("surveys", subject.id)
    return found or Survey()
