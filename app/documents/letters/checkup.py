"""What the check says about the whole case, on paper: findings, 程序瑕疵 and due dates with their why."""

from __future__ import annotations

from app.documents.blocks import (
    FORM_LANDSCAPE,
    Align,
    Block,
    Column,
    Document,
    Row,
    Spacer,
    Table,
    Title,
    body,
    heading1,
    remark,
)
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.frame import is_practice, journal_mark
from app.documents.letters.parties import union_name, year_words
from app.documents.letters.words import day_text, ended
from app.domain.evidence import Explanation
from app.domain.stages import Stage
from app.rules.findings import Checkup, Deadline, Finding, Grade, Source, State, cite

_ORDER = {stage: number for number, stage in enumerate(Stage)}
_GRADES = {grade: number for number, grade in enumerate(Grade)}


def checkup_letter(context: LetterContext, _subject: Subject) -> Document:
    """Write findings and due dates with their reasons: whoever gets the papers sees what was checked.

    A check that was not made leaves a sheet that says so. It never carries 草稿: it lists what is open.
    """
    case = context.case
    title = f"{year_words(case)}检查结果与说明"
    made = context.checkup
    blocks: list[Block] = [Title(title)]
    if made is None:
        blocks.append(body("还没有检查。"))
    else:
        blocks += _head(context, made)
        blocks += [heading1("一、检查结果"), _findings(made), Spacer(0.4)]
        blocks += [heading1("二、程序瑕疵和如实说明"), *_flaws(made), Spacer(0.4)]
        blocks += [heading1("三、期限"), _deadlines(made)]
        blocks.append(
            remark("原日是按日历数到的那一天；顺延指末日遇放假安排顺延以后的日期。期限怎样数，见“为什么”。")
        )
    return Document(
        kind="checkup",
        title=title,
        blocks=tuple(blocks),
        page=FORM_LANDSCAPE,
        practice=is_practice(case),
        footer=journal_mark(context.journal_head),
    )


def _head(context: LetterContext, made: Checkup) -> list[Block]:
    flaws = sum(each.state is State.FLAW for each in made.findings)
    unit = union_name(context.case)
    pack = f"{context.pack.name} {made.pack_version}"
    counts = "、".join(_count(made, grade) for grade in Grade)
    waiting = sum(each.is_open for each in made.findings)
    return [
        body(f"{unit + '，' if unit else ''}检查日期{day_text(made.on)}，规则包：{pack}。"),
        body(f"检查结果{len(made.findings)}项：{counts}；其中程序瑕疵{flaws}项，还没有处理的{waiting}项。"),
    ]


def _count(made: Checkup, grade: Grade) -> str:
    return f"{grade.label}{sum(each.grade is grade for each in made.findings)}项"


def _findings(made: Checkup) -> Table:
    ordered = sorted(made.findings, key=lambda each: (_GRADES[each.grade], _ORDER[each.stage]))
    rows = []
    for number, each in enumerate(ordered, start=1):
        reason = f"\n{ended(each.why)}" if each.why and each.why != each.sentence else ""
        cells = (
            str(number),
            each.grade.label,
            each.place,
            f"{ended(each.sentence)}{reason}",
            cite(each.sources),
            _how_read(each.sources),
            _handled(each),
        )
        rows.append(Row(cells))
    rows = rows or [Row(("", "", "", "没有检查结果。", "", "", ""))]
    columns = (
        Column(12, Align.CENTER), Column(20, Align.CENTER), Column(26), Column(82), Column(38), Column(30),
        Column(48),
    )  # fmt: skip
    head = ("序号", "等级", "阶段", "事实", "依据", "条文核对", "处理和说明")
    return Table(columns, tuple(rows), (head,))


def _how_read(sources: tuple[Source, ...]) -> str:
    return "、".join(dict.fromkeys(source.read.label for source in sources))


def _handled(finding: Finding) -> str:
    told = finding.explanation
    if told is None:
        return "" if finding.grade is Grade.NOTE else finding.state.label
    if finding.state is State.FLAW:
        return f"{finding.state.label}，见第二部分"
    parts = [finding.state.label]
    if told.what_happened:
        parts.append(ended(told.what_happened))
    if told.made_good:
        parts.append(f"补救：{ended(told.made_good)}")
    said = "：".join(parts)
    return f"{said}\n{_signed(told)}" if _signed(told) else said


def _signed(told: Explanation) -> str:
    """The paper behind it, who wrote it and when."""
    signed = (f"凭证：{told.paper}" if told.paper else "", told.written_by, day_text(told.written_on))
    words = "，".join(part for part in signed if part)
    return ended(words) if words else ""


def _flaws(made: Checkup) -> list[Block]:
    out: list[Block] = []
    flaws = [each for each in made.findings if each.state is State.FLAW and each.explanation is not None]
    for number, each in enumerate(flaws, start=1):
        told = each.explanation
        if told is None:
            continue
        out.append(body(f"{number}. {ended(each.sentence)}（{cite(each.sources)}）"))
        if told.what_happened:
            out.append(body(f"情况：{ended(told.what_happened)}"))
        if told.made_good:
            out.append(body(f"补救：{ended(told.made_good)}"))
        if _signed(told):
            out.append(body(_signed(told)))
    return out or [body("没有程序瑕疵。")]


def _deadlines(made: Checkup) -> Table:
    ordered = sorted(made.deadlines, key=lambda each: _ORDER[each.stage])
    rows = [Row(_deadline(number, each)) for number, each in enumerate(ordered, start=1)]
    rows = rows or [Row(("", "没有期限。", "", "", "", "", "", ""))]
    columns = (
        Column(12, Align.CENTER), Column(44), Column(20, Align.CENTER), Column(36), Column(30),
        Column(26, Align.CENTER),
        Column(60), Column(34),
    )  # fmt: skip
    head = ("序号", "事项", "期限", "应期", "实际", "结论", "为什么", "依据")
    return Table(columns, tuple(rows), (head,))


def _deadline(number: int, each: Deadline) -> tuple[str, ...]:
    due = f"{'约' if each.estimated else ''}{day_text(each.due)}"
    if each.latest is not None and each.latest != each.due:
        due = f"{day_text(each.due_holiday or each.due)}至{day_text(each.latest)}之间"
    elif each.due_holiday is not None and each.due_holiday != each.due:
        due += f"\n顺延：{day_text(each.due_holiday)}"
    elif each.due_weekend is not None and each.due_weekend != each.due:
        due += f"\n遇周末也顺延的读法：{day_text(each.due_weekend)}"
    if each.advised is not None and each.advised != each.due:
        due += f"\n建议不晚于{day_text(each.advised)}"
    return (
        str(number),
        each.what,
        each.period,
        due,
        day_text(each.actual),
        each.verdict.label,
        each.why,
        cite(each.sources),
    )
