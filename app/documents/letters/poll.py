"""Stage 7: the sheet for the poll on awareness, participation and satisfaction (F-73), to be printed and marked."""

from __future__ import annotations

from app.documents.blocks import (
    FORM,
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
from app.documents.letters.frame import paper
from app.documents.letters.parties import agreement_name, union_name
from app.documents.letters.words import day_text
from app.domain.case import Case
from app.domain.evaluation import Poll
from app.domain.facts import facts_of
from app.domain.stages import Stage

_DEGREES = ("very_satisfied", "satisfied", "fairly_satisfied", "dissatisfied", "very_dissatisfied")
_ASKED = ("代表的工作", "协商的结果", "合同的履行")


def poll_subjects(case: Case) -> tuple[Subject, ...]:
    """A sheet for each poll; a blank one before the first."""
    return tuple(Subject(held.id, held.title) for held in case.polls) or (Subject(),)


def poll_sheet(context: LetterContext, subject: Subject) -> Document:
    """Write the sheet (F-73): no name, one mark each; what the columns count are the facts of the poll."""
    case = context.case
    held: Poll = case.find("polls", subject.id) or Poll()
    name = agreement_name(case, context.pack)
    declared = facts_of(Poll)
    degrees = tuple(declared[key].label for key in _DEGREES)
    marks = tuple("□" for _ in degrees)
    columns = (Column(45), *(Column(24, Align.CENTER) for _ in degrees))
    rows = tuple(Row((what, *marks), min_height=10.0) for what in (*_ASKED, "总的看"))
    blocks: list[Block] = [
        Title("集体协商测评表"),
        remark(f"不写姓名。在方框里打“√”，每题只选一个。{day_text(held.held_on)}"),
        Spacer(0.4),
        heading1("一、知道不知道"),
        body(f"1. 你知道有《{name}》吗？"),
        body("知道，并且能说出主要内容□　只知道有□　不知道□"),
        body("2. 你在哪里看到过公布的文本？"),
        body("公开栏□　会议上□　手机上□　没有看到□"),
        heading1("二、参加没参加"),
        body("3. 今年参加过哪些？（可以多选）"),
        body("填问卷□　座谈□　推选代表□　职代会□　都没有□"),
        heading1("三、满意不满意"),
        Table(columns, rows, (("", *degrees),), row_height=10.0),
        Spacer(0.4),
        heading1("四、还想说的话"),
        *(body("　") for _ in range(3)),
        remark("满意率按“总的看”一行计算：非常满意、满意、基本满意的份数 ÷ 有效份数。"),
        remark(f"{union_name(case)}　请交到收表箱。"),
    ]
    return paper(context, "poll_sheet", Stage.FULFILMENT, "集体协商测评表", blocks, page=FORM, footer=False)
