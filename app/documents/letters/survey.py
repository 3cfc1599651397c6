"""Stage 1: the summary of a survey (F-02) and the register of topics (F-03)."""

from __future__ import annotations

from app.documents.blocks import (
    FORM,
    FORM_LANDSCAPE,
    Align,
    Block,
    Cell,
    Column,
    Document,
    KeyValue,
    KeyValues,
    Row,
    SignatureArea,
    SignatureField,
    Spacer,
    Table,
    Title,
    body,
    heading1,
    remark,
)
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.citing import article_note
from app.documents.letters.frame import paper
from app.documents.letters.parties import union_name, year_words
from app.documents.letters.words import counted, day_text, ended, joined, label_of, on_day, share_text, shown
from app.domain.case import Case
from app.domain.facts import join_names
from app.domain.stages import Stage
from app.domain.survey import AnswerCount, Question, QuestionKind, Survey
from app.figures.origin import Figure
from app.figures.rates import option_shares, survey_return_rate, survey_valid_rate

_BLANK_ROWS = 8


def survey_subjects(case: Case) -> tuple[Subject, ...]:
    """A summary for each survey."""
    return tuple(Subject(held.id, held.title) for held in case.surveys)


def survey_missing(case: Case, subject: Subject) -> tuple[str, ...]:
    """What the summary still lacks."""
    survey = _survey(case, subject)
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


def survey_summary(context: LetterContext, subject: Subject) -> Document:
    """Write the summary of a survey (F-02): issued, returned, valid; every question with counts and shares.

    Cross tables by group stay out: groups of fewer than five could be recognised.
    """
    case = context.case
    survey = _survey(case, subject)
    title = f"{year_words(case)}职工意愿调查汇总表"
    period = joined(on_day(survey.started_on), "至", on_day(survey.ended_on))
    anonymous = "" if survey.named is None else ("记名" if survey.named else "不记名")
    heard = article_note(case, context.pack, "survey_before_offer")
    blocks: list[Block] = [
        Title(title),
        KeyValues(
            (
                KeyValue("单位", union_name(case), span=2),
                KeyValue("调查名称", survey.title_text),
                KeyValue("方式", label_of(survey.way)),
                KeyValue("调查时间", period, span=2),
                KeyValue("是否记名", anonymous),
                KeyValue("发放对象", _targets(survey)),
            ),
            label_width=0.28,
            row_height=9.0,
        ),
        heading1("一、发放和收回"),
        _sheets(survey),
    ]
    if survey.issue_note:
        blocks.append(remark(ended(survey.issue_note)))
    questions = [held for held in case.questions if survey.id and held.survey == survey.id]
    blocks.append(heading1("二、各题结果"))
    for question in sorted(questions, key=lambda held: held.number if held.number is not None else 1000):
        blocks += _question(case, survey, question)
    if not questions:
        blocks.append(body(shown("", 24)))
    blocks += _hearings(case)
    order = "四" if case.hearings else "三"
    blocks += [heading1(f"{order}、议题处理"), *_topic_lines(case)]
    if heard:
        blocks.append(remark(f"提出要约前听取职工意见{heard}。"))
    blocks.append(
        SignatureArea(
            (
                SignatureField("制表人", name=survey.prepared_by),
                SignatureField("审核人", name=survey.reviewed_by),
                SignatureField(union_name(case) or "工会", with_seal=True),
                SignatureField("日期", name=day_text(survey.report_on)),
            )
        )
    )
    return paper(context, "survey_summary", Stage.SURVEY, title, blocks, page=FORM)


def topic_register(context: LetterContext, _subject: Subject) -> Document:
    """Write the register of topics (F-03): where each came from and what became of it; no person is named."""
    case = context.case
    title = f"{year_words(case)}集体协商议题登记表"
    rows = []
    for number, topic in enumerate(case.topics, start=1):
        cells = (
            str(number),
            topic.code,
            topic.name,
            label_of(topic.category),
            topic.source,
            str(topic.supporters) if topic.supporters is not None else "",
            label_of(topic.decision),
            topic.reason,
        )
        rows.append(Row(cells, min_height=11.0))
    rows = rows or [Row((str(n), *[""] * 7), min_height=11.0) for n in range(1, _BLANK_ROWS + 1)]
    columns = (
        Column(12, Align.CENTER), Column(16, Align.CENTER), Column(52), Column(46), Column(46),
        Column(22, Align.CENTER), Column(24, Align.CENTER), Column(42),
    )  # fmt: skip
    head = ("序号", "编号", "议题", "法定内容", "来源", "提出人数", "处理", "理由")
    survey = case.surveys[-1] if case.surveys else Survey()
    blocks: list[Block] = [
        Title(title),
        Table(columns, tuple(rows), (head,)),
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


def _survey(case: Case, subject: Subject) -> Survey:
    found: Survey | None = case.find("surveys", subject.id)
    return found or Survey()


def _targets(survey: Survey) -> str:
    parts = []
    if survey.target_staff is not None:
        parts.append(f"职工{survey.target_staff}人")
    if survey.target_others is not None:
        parts.append(f"派遣及其他{survey.target_others}人")
    return "，".join(parts)


def _sheets(survey: Survey) -> Table:
    rows = []
    for label, online, on_paper, total, rate in (
        ("发放", survey.issued_online, survey.issued_paper, survey.issued, ""),
        (
            "收回",
            survey.returned_online,
            survey.returned_paper,
            survey.returned,
            _text(survey_return_rate(survey)),
        ),
        ("有效", survey.valid_online, survey.valid_paper, survey.valid, _text(survey_valid_rate(survey))),
    ):
        cells = (Cell(label), *(Cell(counted(value)) for value in (online, on_paper, total)), Cell(rate))
        rows.append(Row(cells))
    columns = tuple(Column(1, Align.CENTER) for _ in range(5))
    head = ("份数", "线上", "纸质", "合计", "回收率、有效率")
    return Table(columns, tuple(rows), (head,), note="回收率＝收回÷发放；有效率＝有效÷收回。")


def _text(figure: Figure) -> str:
    return figure.text if figure.value is not None else ""


def _question(case: Case, survey: Survey, question: Question) -> list[Block]:
    number = f"第{question.number}题　" if question.number else ""
    notes = [label_of(question.kind)]
    if question.at_most:
        notes.append(f"最多选{question.at_most}项")
    if question.asked_of:
        notes.append(f"{question.asked_of}回答")
    told = "，".join(note for note in notes if note)
    caption = f"{number}{question.stem}（{told}）" if told else f"{number}{question.stem}"
    answers = [
        held for held in case.answer_counts if held.question == question.id and not held.group_question
    ]
    if question.kind is QuestionKind.OPEN:
        written = (
            sum(sum(held.numbers) for held in answers if not held.group) if answers else question.asked_count
        )
        return [body(joined(f"{caption}：有内容的答卷", counted(written, "份"), "。"))]
    if question.kind is QuestionKind.MATRIX:
        return [Spacer(0.2), _matrix(question, answers, caption)]
    whole = next((held for held in answers if not held.group), None)
    return [Spacer(0.2), _options(case, question, whole, caption)]


def _options(case: Case, question: Question, answers: AnswerCount | None, caption: str) -> Table:
    rows = []
    shares = option_shares(case, question, answers) if answers is not None else ()
    for place, option in enumerate(question.options):
        known = answers is not None and place < len(answers.numbers)
        number = str(answers.numbers[place]) if known and answers is not None else ""
        rows.append((option, number, _text(shares[place]) if place < len(shares) else ""))
    rows = rows or [("", "", "")]
    base = shares[0].rule if shares else ""
    columns = (Column(98), Column(23, Align.CENTER), Column(44, Align.CENTER))
    return Table(columns, tuple(rows), ((caption, "人数", base or "占比"),))


def _matrix(question: Question, answers: list[AnswerCount], caption: str) -> Table:
    count = max(len(question.options), 1)
    rows = []
    for held in answers:
        total = sum(held.numbers)
        cells = [Cell(held.group)]
        for place in range(count):
            number = held.numbers[place] if place < len(held.numbers) else None
            cells.append(Cell("" if number is None else f"{number}\n{share_text(number, total)}"))
        rows.append(Row(tuple(cells)))
    rows = rows or [Row(("", *[""] * count))]
    columns = (Column(42), *(Column(24, Align.CENTER) for _ in range(count)))
    head = ("", *(question.options or ("",)))
    note = "每格上为人数，下为占该行答卷的比例。"
    return Table(columns, tuple(rows), (Row((Cell(caption, colspan=count + 1),)), head), note=note)


def _hearings(case: Case) -> list[Block]:
    if not case.hearings:
        return []
    out: list[Block] = [heading1("三、座谈和访谈")]
    for held in case.hearings:
        facts = [
            label_of(held.kind),
            day_text(held.held_on),
            held.place,
            f"主持：{held.chair}" if held.chair else "",
            f"{held.people}人" if held.people is not None else "",
            f"其中一线{held.frontline}人" if held.frontline is not None else "",
            f"女职工{held.women}人" if held.women is not None else "",
            f"对象：{held.of_whom}" if held.of_whom else "",
        ]
        opinions = f"主要意见：{'；'.join(held.opinions)}。" if held.opinions else ""
        out.append(body(f"{'，'.join(fact for fact in facts if fact)}。{opinions}"))
    return out


def _topic_lines(case: Case) -> list[Block]:
    out: list[Block] = []
    for label in dict.fromkeys(label_of(topic.decision) for topic in case.topics):
        chosen = [topic for topic in case.topics if label_of(topic.decision) == label]
        told = join_names(
            f"{topic.name}（{topic.reason}）" if topic.reason else topic.name for topic in chosen
        )
        out.append(body(f"{label or '还没有写处理'}{len(chosen)}项：{told}。"))
    return out or [body(shown("", 24))]
