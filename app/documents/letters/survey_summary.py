"""Stage 1: the summary of a survey with its analysis (F-02); every number comes from the tables that may be shown."""

from __future__ import annotations

from collections.abc import Sequence

from app.documents.blocks import (
    FORM,
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
from app.documents.letters.survey import survey_of
from app.documents.letters.words import counted, day_text, ended, joined, label_of, on_day, shown
from app.domain.case import Case
from app.domain.facts import join_names
from app.domain.stages import Stage
from app.domain.survey import Question, QuestionKind, Survey
from app.figures.matrix_by_groups import is_printed, satisfied_by_groups
from app.figures.origin import Figure
from app.figures.published import Published, published
from app.figures.representativeness import RULE, comparisons
from app.figures.survey_analysis import analysis
from app.figures.survey_results import questions_of, ranked_topics, support_of
from app.figures.survey_tables import (
    Entry,
    SurveyTable,
    TableLine,
    caption,
    comparison_table,
    cross_as_table,
    question_tables,
    survey_tables,
)

_ORDER = "一二三四五六七八九"
_MOST_OPTIONS = 7
"""A table with more options beside each other than this is turned round."""


def survey_summary(context: LetterContext, subject: Subject) -> Document:
    """Write the summary of a survey (F-02): sheets, every question, groups, who answered, topics, and what it says.

    Groups of fewer than five are hidden, and what would give them away.
    """
    case = context.case
    survey = survey_of(case, subject)
    title = f"{year_words(case)}职工意愿调查汇总表"
    period = joined(on_day(survey.started_on), "至", on_day(survey.ended_on))
    anonymous = "" if survey.named is None else ("记名" if survey.named else "不记名")
    heard = article_note(case, context.pack, "survey_before_offer")
    decided = published(case, survey)
    parts: list[tuple[str, list[Block]]] = [
        ("发放和收回", _sheets(case, survey, decided)),
        ("各题结果", _questions(case, survey, decided)),
        ("分群体结果", _groups(decided)),
        ("代表性", _roster(case, survey)),
        ("座谈和访谈", _hearings(case)),
        ("议题处理", _topics(case, survey)),
        ("分析说明", _analysis(case, survey, decided)),
    ]
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
    ]
    for order, (name, held) in zip(_ORDER, [part for part in parts if part[1]], strict=False):
        blocks += [heading1(f"{order}、{name}"), *held]
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


def _targets(survey: Survey) -> str:
    parts = []
    if survey.target_staff is not None:
        parts.append(f"职工{survey.target_staff}人")
    if survey.target_others is not None:
        parts.append(f"派遣及其他{survey.target_others}人")
    return "，".join(parts)


def _sheets(case: Case, survey: Survey, decided: Published) -> list[Block]:
    table = survey_tables(case, survey, decided)[0]
    rows = [
        Row((line.label, *(_number(entry) for entry in line.cells[:-1]), _words(line.cells[-1])))
        for line in table.lines
    ]
    columns = tuple(Column(1, Align.CENTER) for _ in range(5))
    found: list[Block] = [Table(columns, tuple(rows), (table.heads,), note=table.note)]
    if survey.issue_note:
        found.append(remark(ended(survey.issue_note)))
    return found


def _questions(case: Case, survey: Survey, decided: Published) -> list[Block]:
    found: list[Block] = []
    questions = questions_of(case, survey) if survey.id else ()
    for question in questions:
        found += _question(case, question, decided)
    return found or [body(shown("", 24))]


def _question(case: Case, question: Question, decided: Published) -> list[Block]:
    told = _told(question)
    head = f"{caption(question)}（{told}）" if told else caption(question)
    tables = question_tables(case, question, decided)
    if question.kind is QuestionKind.OPEN and (not tables or len(tables[0].lines) == 1):
        entry = tables[0].lines[0].cells[0] if tables else None
        written = int(entry.value or 0) if isinstance(entry, Figure) else question.asked_count
        return [body(joined(f"{head}：有内容的答卷", counted(written, "份"), "。"))]
    if not tables:
        return [Spacer(0.2), _empty(question, head)]
    if question.kind is QuestionKind.MATRIX:
        return [Spacer(0.2), _paired(tables[0], head, lead=False)]
    (table,) = tables
    widths = (Column(84), *(Column(27, Align.CENTER) for _ in table.heads[1:-1]), Column(18, Align.CENTER))
    rows = tuple((line.label, *(_number(entry) for entry in line.cells)) for line in table.lines)
    return [Spacer(0.2), Table(widths, rows, ((head, *table.heads[1:]),), note=table.note)]


def _told(question: Question) -> str:
    notes = [label_of(question.kind)]
    if question.at_most:
        notes.append(f"最多选{question.at_most}项")
    if question.asked_of:
        notes.append(f"{question.asked_of}回答")
    return "，".join(note for note in notes if note)


def _empty(question: Question, head: str) -> Table:
    """A question that was not counted yet, to be filled with a pen."""
    if question.kind is QuestionKind.MATRIX:
        options = question.options or ("",)
        columns = (Column(42), *(Column(24, Align.CENTER) for _ in options))
        top = Row((Cell(head, colspan=len(options) + 1),))
        return Table(columns, (("", *[""] * len(options)),), (top, ("", *options)))
    columns = (Column(84), Column(27, Align.CENTER), Column(27, Align.CENTER), Column(18, Align.CENTER))
    rows = tuple((option, "", "", "") for option in question.options) or (("", "", "", ""),)
    return Table(columns, rows, ((head, "人数", "占比", "位次"),))


def _groups(decided: Published) -> list[Block]:
    found: list[Block] = []
    for each in decided.tables:
        if not each.is_hidden and not each.row and is_printed(each):
            table = cross_as_table(each)
            found += [Spacer(0.2), _paired(table, table.title, lead=True)]
    for table in satisfied_by_groups(decided):
        found += [Spacer(0.2), _plain(table)]
    left = [each.title for each in decided.tables if not each.is_hidden and not is_printed(each)]
    if left:
        found.append(remark(f"按{join_names(dict.fromkeys(left))}分的各表在另存的电子表格里。"))
    return found


def _plain(table: SurveyTable) -> Table:
    """One number in each cell."""
    heads = table.heads
    columns = (Column(42), *(Column(max(12, 120 / len(heads[1:])), Align.CENTER) for _ in heads[1:]))
    rows = tuple(Row((line.label, *(_number(entry) for entry in line.cells))) for line in table.lines)
    top = Row((Cell(table.title, colspan=len(heads)),))
    size = 9.0 if len(heads) > _MOST_OPTIONS + 1 else None
    return Table(columns, rows, (top, heads), note=table.note, size=size)


def _paired(table: SurveyTable, head: str, *, lead: bool) -> Table:
    """A table of numbers with their shares, each pair in one cell; turned round where it would be too wide."""
    heads, lines = table.heads[1:], table.lines
    first = 1 if lead else 0
    rest = (len(heads) - first) % 2
    names = [*heads[:first], *heads[first : len(heads) - rest : 2], *heads[len(heads) - rest :]]
    grid = [[line.label, *_pairs(line, first, rest)] for line in lines]
    corner = table.heads[0] if lead else ""
    if len(names) > _MOST_OPTIONS and len(lines) < len(names):
        grid = [[name, *(row[at + 1] for row in grid)] for at, name in enumerate(names)]
        names = [line.label for line in lines]
        corner = ""
    columns = (Column(42), *(Column(max(12, 120 / len(names)), Align.CENTER) for _ in names))
    note = f"每格上为人数，下为占比。{table.note}"
    return Table(
        columns,
        tuple(Row(tuple(row)) for row in grid),
        (Row((Cell(head, colspan=len(names) + 1),)), (corner, *names)),
        note=note,
        size=9.0 if len(names) > _MOST_OPTIONS else None,
    )


def _pairs(line: TableLine, first: int, rest: int) -> list[str]:
    cells = line.cells
    found = [_number(each) for each in cells[:first]]
    for at in range(first, len(cells) - rest, 2):
        share = _words(cells[at + 1])
        found.append(f"{_number(cells[at])}\n{share}" if share else _number(cells[at]))
    return [*found, *(_number(each) for each in cells[len(cells) - rest :])]


def _roster(case: Case, survey: Survey) -> list[Block]:
    found: list[Block] = []
    for each in comparisons(case, survey):
        table = comparison_table(each)
        rows = tuple((line.label, *(_number(entry) for entry in line.cells)) for line in table.lines)
        columns = (Column(40), *(Column(22, Align.CENTER) for _ in table.heads[1:]))
        found += [Spacer(0.2), Table(columns, rows, (table.heads,), note=table.note)]
    return [*found, remark(f"{RULE}。")] if found else []


def _hearings(case: Case) -> list[Block]:
    found: list[Block] = []
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
        found.append(body(f"{'，'.join(fact for fact in facts if fact)}。{opinions}"))
    return found


def _topics(case: Case, survey: Survey) -> list[Block]:
    rows = []
    for place, topic in enumerate(ranked_topics(case), start=1):
        share = support_of(case, topic, survey)
        number = "" if topic.supporters is None else str(topic.supporters)
        told = share.text if share.value is not None else ""
        rows.append((str(place), topic.name, number, told, label_of(topic.decision), topic.reason))
    rows = rows or [("", "", "", "", "", "")]
    columns = (
        Column(12, Align.CENTER), Column(48), Column(18, Align.CENTER), Column(22, Align.CENTER),
        Column(22, Align.CENTER), Column(44),
    )  # fmt: skip
    heads = ("位次", "议题", "提出人数", "占有效答卷", "处理", "理由")
    return [Table(columns, tuple(rows), (heads,))]


def _analysis(case: Case, survey: Survey, decided: Published) -> list[Block]:
    return [body(said) for said in _numbered(analysis(case, survey, decided))]


def _numbered(said: Sequence[str]) -> list[str]:
    return [f"{at}．{each}" for at, each in enumerate(said, start=1)]


def _number(entry: Entry) -> str:
    """A figure without its unit where it is a plain number (the head tells the unit)."""
    if isinstance(entry, str):
        return entry
    if entry.value is None:
        return ""
    return entry.text if entry.unit == "%" else f"{entry.value}"


def _words(entry: Entry) -> str:
    return _number(entry)
