"""Every table of a survey as it leaves the program, once for paper and spreadsheet (F-02): figures with origins.

What is shown in them is decided by :mod:`app.figures.published`; nothing else may put numbers of a survey into a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.domain.case import Case
from app.domain.survey import AnswerCount, Question, QuestionKind, Survey
from app.figures.group_tables import share_of
from app.figures.origin import Figure, Origin, percent, rounded
from app.figures.published import CrossRow, CrossTable, Published
from app.figures.rates import option_shares
from app.figures.representativeness import Comparison, comparisons
from app.figures.small_groups import Hidden
from app.figures.survey_results import (
    MEAN_OF_NUMBERS,
    answers_of,
    number_result,
    questions_of,
    sheets_of,
    whole_of,
)

Entry = Figure | str
"""A cell: a figure with its origin, or words."""

_SCALE = ("非常不满意", "不满意", "一般", "满意", "非常满意")
"""The answers of a scale, one point for the first, five for the last."""

_SHORT = {Hidden.SMALL: "不足 5 份", Hidden.GUARD: "※", Hidden.WHOLE: "※"}


def hidden_words(why: Hidden) -> str:
    """What stands in the place of a number that is not shown."""
    return _SHORT[why]


GUARD_NOTE = "“不足 5 份”的不显示；※是为防倒推一并不显示的。"


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line: what it is, and its cells."""

    label: str
    cells: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class SurveyTable:
    """One table.

    Attributes:
        key: which part of the summary it belongs to: sheets, question, cross, roster.
        name: short, for the tab of a spreadsheet.
        heads: of all columns, the first one included.
        note: how to read it; empty if it needs nothing.
    """

    key: str
    name: str
    title: str
    heads: tuple[str, ...]
    lines: tuple[TableLine, ...]
    note: str = ""

    @property
    def figures(self) -> tuple[tuple[str, str, Figure], ...]:
        """Every figure with its line and column, for the sheet 出处."""
        return tuple(
            (line.label, head, entry)
            for line in self.lines
            for head, entry in zip(self.heads[1:], line.cells, strict=True)
            if isinstance(entry, Figure)
        )


def survey_tables(case: Case, survey: Survey, decided: Published) -> tuple[SurveyTable, ...]:
    """Return all tables of a survey in the order of the summary."""
    tables = [_sheets(case, survey)]
    for question in questions_of(case, survey):
        tables += question_tables(case, question, decided)
    tables += cross_tables(decided)
    tables += [comparison_table(each) for each in comparisons(case, survey)]
    return tuple(tables)


def caption(question: Question) -> str:
    """``第7题 您最希望协商的事项``."""
    return f"第{question.number}题　{question.stem}" if question.number is not None else question.stem


# ---- sheets


def _sheets(case: Case, survey: Survey) -> SurveyTable:
    found = sheets_of(case, survey)
    lines = []
    for words, fact, whole, rate in (
        ("发放", "issued", found.issued, ""),
        ("收回", "returned", found.returned, found.return_rate),
        ("有效", "valid", found.valid, found.valid_rate),
    ):
        parts = tuple(
            Figure(
                getattr(survey, f"{fact}_{way}"),
                "份",
                f"{words}{name}",
                (Origin("surveys", survey.id, f"{fact}_{way}", f"{survey.title}：{words}（{name}）"),),
            )
            for way, name in (("online", "线上"), ("paper", "纸质"))
        )
        lines.append(TableLine(words, (*parts, whole, rate)))
    heads = ("份数", "线上", "纸质", "合计", "回收率、有效率")
    notes = ["回收率＝收回÷发放；有效率＝有效÷收回。", *(f"{each}。" for each in found.mismatches)]
    return SurveyTable("sheets", "份数", "发放和收回", heads, tuple(lines), "".join(notes))


# ---- single questions


def question_tables(case: Case, question: Question, decided: Published) -> tuple[SurveyTable, ...]:
    """Return the table of one question, none for an open one without topics and while nothing is counted."""
    answers = answers_of(case, question)
    closed = decided.closed.get(question.id)
    if closed is not None:
        lines = tuple(TableLine(option, (closed.label, "", "")) for option in question.options)
        heads = (caption(question), "人数", "占比", "位次")
        return (SurveyTable("question", _name(question), caption(question), heads, lines),) if lines else ()
    if question.kind is QuestionKind.MATRIX:
        return (_matrix(question, answers),) if any(each.numbers for each in answers) else ()
    if question.kind is QuestionKind.OPEN:
        return _coded(case, question)
    if question.kind is QuestionKind.NUMBER:
        return _numbers(case, question)
    whole = whole_of(case, question)
    if whole is None:
        return ()
    if question.kind is QuestionKind.RANKING:
        return (_ranking(case, question, whole),)
    return (_choice(case, question, whole, decided.reasons(question)),)


def _name(question: Question) -> str:
    return f"第{question.number}题" if question.number is not None else question.stem[:12]


def _choice(
    case: Case, question: Question, whole: AnswerCount, reasons: Sequence[Hidden | None]
) -> SurveyTable:
    shares = option_shares(case, question, whole)
    places = ranks(whole.numbers) if not any(reasons) else ()
    lines = []
    for at, (option, number) in enumerate(zip(question.options, whole.numbers, strict=True)):
        why = reasons[at]
        if why is not None:
            lines.append(TableLine(option, (_SHORT[why], "", "")))
            continue
        told = Figure(number, "人", option, shares[at].origin)
        lines.append(TableLine(option, (told, shares[at], str(places[at]) if places else "")))
    base = shares[0].rule if shares else "占比"
    note = GUARD_NOTE if any(reasons) else ""
    heads = (caption(question), "人数", base, "位次")
    return SurveyTable("question", _name(question), caption(question), heads, tuple(lines), note)


def ranks(numbers: Sequence[int | Fraction]) -> tuple[int, ...]:
    """The place of each number, the largest first; equal ones share the better place."""
    return tuple(1 + sum(other > number for other in numbers) for number in numbers)


def _ranking(case: Case, question: Question, whole: AnswerCount) -> SurveyTable:
    scores = ranking_scores(case, question)
    places = ranks(scores) if scores else ranks(whole.numbers)
    shares = option_shares(case, question, whole)
    lines = []
    for at, (option, number) in enumerate(zip(question.options, whole.numbers, strict=True)):
        told = Figure(number, "人", option, shares[at].origin)
        score = Figure(
            rounded(scores[at], 2) if scores else None,
            "",
            f"{option} 综合得分",
            shares[at].origin,
            SCORE_RULE,
        )
        lines.append(TableLine(option, (told, shares[at], score, str(places[at]))))
    base = shares[0].rule if shares else "占比"
    heads = (caption(question), "排进去的人数", base, "综合得分", "位次")
    return SurveyTable("question", _name(question), caption(question), heads, tuple(lines), f"{SCORE_RULE}。")


SCORE_RULE = (
    "综合得分＝（各位次人数×权值，相加）÷排了序的人数；权值：排第一得选项个数那么多分，往后每位少 1 分"
)
"""The way 问卷星 scores a ranking (its help page on 排序题)."""


def ranking_scores(case: Case, question: Question) -> tuple[Fraction, ...]:
    """The score of each option of a ranking; empty while it is not known who put what in which place."""
    width = len(question.options)
    named = {f"第{place + 1}位": width - place for place in range(width)}
    by_place = [
        (named[each.group], each.numbers)
        for each in case.answer_counts
        if each.question == question.id and not each.group_question and each.group in named
        and len(each.numbers) == width
    ]  # fmt: skip
    people = max((sum(numbers) for _, numbers in by_place), default=0)
    if not people:
        return ()
    return tuple(
        Fraction(sum(weight * numbers[at] for weight, numbers in by_place), people) for at in range(width)
    )


def _matrix(question: Question, answers: Sequence[AnswerCount]) -> SurveyTable:
    width = len(question.options)
    points = scale_points(question.options)
    lines = []
    for held in answers:
        numbers = (*held.numbers, *[0] * (width - len(held.numbers)))[:width]
        total = sum(numbers)
        origin = (Origin("answer_counts", held.id, "numbers", f"{caption(question)} {held.group}"),)
        cells: list[Entry] = []
        for option, number in zip(question.options, numbers, strict=True):
            cells.append(Figure(number, "人", option, origin))
            cells.append(Figure(percent(number, total), "%", option, origin, "占该行答卷"))
        if points:
            cells.append(mean_score(held, points))
        lines.append(TableLine(held.group, tuple(cells)))
    heads = [caption(question)]
    for option in question.options:
        heads += [option, f"{option}占比"]
    note = "占比是占该行答卷的比例。"
    if points:
        heads.append("平均分")
        note += MEAN_RULE + "。"
    return SurveyTable("question", _name(question), caption(question), tuple(heads), tuple(lines), note)


MEAN_RULE = "平均分：非常满意 5 分，满意 4 分，一般 3 分，不满意 2 分，非常不满意 1 分"


def scale_points(options: Sequence[str]) -> tuple[int, ...]:
    """The points of each option of a scale of satisfaction; empty if it is none."""
    return tuple(_SCALE.index(each) + 1 for each in options) if options and set(options) <= {*_SCALE} else ()


def mean_score(answers: AnswerCount, points: Sequence[int]) -> Figure:
    """The mean of the points given in one row of a scale."""
    total = sum(answers.numbers)
    given = sum(number * point for number, point in zip(answers.numbers, points, strict=False))
    value: Decimal | None = rounded(Fraction(given, total), 2) if total else None
    origin = (Origin("answer_counts", answers.id, "numbers", answers.group),)
    return Figure(value, "", f"{answers.group} 平均分", origin, MEAN_RULE)


def _coded(case: Case, question: Question) -> tuple[SurveyTable, ...]:
    """An open question: how many wrote something, and to which topics it was coded, by the names these have now."""
    names = {f"answers-{question.id}-topic-{each.id}": each.name or each.id for each in case.topics}
    counts = [
        each.replace(group=names.get(each.id, each.group))
        for each in case.answer_counts
        if each.question == question.id
        and not each.group_question
        and each.numbers
        and (each.id in names or "-topic-" not in each.id)
    ]
    lines = [
        TableLine(
            each.group or "有内容的答卷",
            (
                Figure(
                    sum(each.numbers),
                    "份",
                    each.group or "有内容的答卷",
                    (Origin("answer_counts", each.id, "numbers", caption(question)),),
                ),
            ),
        )
        for each in sorted(counts, key=lambda each: (bool(each.group), -sum(each.numbers)))
    ]
    if not lines:
        return ()
    heads = (caption(question), "份数")
    return (SurveyTable("question", _name(question), caption(question), heads, tuple(lines)),)


def _numbers(case: Case, question: Question) -> tuple[SurveyTable, ...]:
    """A 填数: how many wrote a number, and their mean."""
    found = number_result(case, question)
    if found is None:
        return ()
    mean = found.mean if found.mean.value is not None else _SHORT[Hidden.SMALL]
    lines = (
        TableLine("填了数字的答卷（份）", (found.written,)),
        TableLine(f"平均（{found.unit}）" if found.unit else "平均", (mean,)),
    )
    heads = (caption(question), "数")
    note = f"{MEAN_OF_NUMBERS}。"
    return (SurveyTable("question", _name(question), caption(question), heads, lines, note),)


# ---- groups


def cross_tables(decided: Published) -> list[SurveyTable]:
    """Every cross table of which something may be shown; the rows of a matrix by one grouping make one table."""
    together: dict[tuple[str, str], list[CrossTable]] = {}
    for each in decided.tables:
        if not each.is_hidden:
            together.setdefault((each.question.id, each.by.id), []).append(each)
    return [
        matrix_as_table(tables) if tables[0].row else cross_as_table(tables[0])
        for tables in together.values()
    ]


def matrix_as_table(tables: Sequence[CrossTable]) -> SurveyTable:
    """The rows of a matrix by the same groups: a line for each row and group."""
    question, title = tables[0].question, tables[0].title
    lines = [
        TableLine(table.row, (row.name, *_cells_of(table, row))) for table in tables for row in table.rows
    ]
    heads = [caption(question), title, "答卷"]
    for option in question.options:
        heads += [option, f"{option}占比"]
    note = f"占比是占该组该行答卷的比例。{_guard_note(tables)}"
    name = f"{_name(question)}按{title}"
    return SurveyTable("cross", name, f"{caption(question)}　按{title}", tuple(heads), tuple(lines), note)


def _guard_note(tables: Sequence[CrossTable]) -> str:
    return GUARD_NOTE if not all(row.is_whole for table in tables for row in table.rows) else ""


def _cells_of(table: CrossTable, row: CrossRow) -> list[Entry]:
    """The sheets of a group, then number and share of each option; hidden ones in words."""
    if row.hidden is not None:
        return [_SHORT[row.hidden], *[""] * (2 * len(row.numbers))]
    about = " ".join(part for part in (caption(table.question), table.row, row.name) if part)
    told = (Origin("answer_counts", row.record, "numbers", about),)
    cells: list[Entry] = [Figure(row.sheets, "份", row.name, told)]
    for at, (number, why) in enumerate(zip(row.numbers, row.reasons, strict=True)):
        if why is not None:
            cells += [_SHORT[why], ""]
        else:
            cells += [Figure(number, "人", table.question.options[at], told), share_of(table, row, at)]
    return cells


def cross_as_table(table: CrossTable) -> SurveyTable:
    """A cross table: number and share of every group; hidden ones in words."""
    lines = [TableLine(row.name, tuple(_cells_of(table, row))) for row in table.rows]
    heads = [table.title, "答卷"]
    for option in table.question.options:
        heads += [option, f"{option}占比"]
    title = f"{caption(table.question)}　按{table.title}"
    note = _guard_note((table,))
    if table.question.kind is QuestionKind.MULTIPLE:
        note = f"可多选。{note}"
    name = f"{_name(table.question)}按{table.title}"
    return SurveyTable("cross", name, title, tuple(heads), tuple(lines), note)


def comparison_table(compared: Comparison) -> SurveyTable:
    """Who answered against the roster, with the test and the verdict below."""
    lines = []
    for group in compared.groups:
        shown: tuple[Entry, ...] = (
            group.valid,
            group.rate,
            group.of_roster,
            group.of_answers,
            _points(group.difference),
        )
        if group.hidden is not None:
            shown = (_SHORT[group.hidden], "", group.of_roster, "", "")
        lines.append(TableLine(group.name, (group.staff, *shown)))
    heads = (compared.title, "在册", "有效答卷", "回收率", "在册占比", "答卷占比", "相差")
    title = f"代表性：按{compared.title}与名册对照"
    return SurveyTable("roster", f"代表性 {compared.title}", title, heads, tuple(lines), notes_of(compared))


def notes_of(compared: Comparison) -> str:
    """The test with its figures, the verdict, and the rule behind it."""
    parts = []
    if compared.fit is not None:
        said = "相差不大，可以算作偶然" if compared.fit.fits else "相差超出偶然，答卷结构和名册不一样"
        parts.append(f"{compared.fit.words}；{said}（以 0.05 为界）。")
        together = "不显示的组合在一起检验。" if any(group.hidden for group in compared.groups) else ""
        parts.append(together)
        parts.append(f"最小的 {compared.fit.merged} 组合在一起检验。" if compared.fit.merged else "")
    parts.append(f"{compared.verdict}。")
    if any(group.hidden for group in compared.groups):
        parts.append(GUARD_NOTE)
    return "".join(parts)


def _points(difference: Decimal | None) -> str:
    if difference is None:
        return ""
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return f"{sign}{abs(difference):f} 点"
