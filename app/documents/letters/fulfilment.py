"""Stage 7: the inspection sheet (F-70): clause by clause what was agreed, what is, what must be put right."""

from __future__ import annotations

from app.documents.blocks import (
    FORM_LANDSCAPE,
    Align,
    Block,
    Column,
    Document,
    KeyValue,
    KeyValues,
    Row,
    SignatureArea,
    SignatureField,
    Spacer,
    Table,
    Text,
    Title,
    body,
)
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.clauses import clauses_of, standard_words
from app.documents.letters.frame import paper
from app.documents.letters.parties import employer_name, form_of, kind_of, union_name
from app.documents.letters.words import chinese_number, day_text, ended, label_of, on_day
from app.domain.agreement import Agreement, Clause
from app.domain.case import Case
from app.domain.facts import join_names
from app.domain.fulfilment import Inspection, InspectionItem
from app.domain.stages import Stage
from app.domain.union import Side

_BLANK_ROWS = 8
_FROM_FIGURES_AT_MOST = 90
"""A clause longer than this is named by its subject only; its text stands in the agreement."""


def inspection_subjects(case: Case) -> tuple[Subject, ...]:
    """A sheet for each inspection; a blank one, clauses filled in, before the first."""
    return tuple(Subject(held.id, held.title) for held in case.inspections) or (Subject(),)


def inspection_missing(case: Case, subject: Subject) -> tuple[str, ...]:
    """What the sheet still lacks."""
    inspection: Inspection = case.find("inspections", subject.id) or Inspection()
    found = []
    if inspection.started_on is None:
        found.append("检查日期")
    if not inspection.workers:
        found.append("职工方检查人员")
    if not inspection.employers:
        found.append("企业方检查人员")
    if not any(held.inspection == inspection.id for held in case.inspection_items):
        found.append("逐条结果")
    return tuple(found)


def inspection_sheet(context: LetterContext, subject: Subject) -> Document:
    """Write the inspection sheet (F-70), lying; clauses without a result keep empty cells for the pen."""
    case = context.case
    inspection: Inspection = case.find("inspections", subject.id) or Inspection()
    agreement = case.agreements[-1] if case.agreements else Agreement()
    title = f"{context.pack.wording.agreement(kind_of(case), form_of(case))}履行情况检查表"
    items = [held for held in case.inspection_items if inspection.id and held.inspection == inspection.id]
    blocks: list[Block] = [
        Title(title),
        KeyValues(
            (
                KeyValue("企业", employer_name(case)),
                KeyValue("工会", union_name(case)),
                KeyValue("检查日期", _days(inspection)),
                KeyValue("检查方法", inspection.method),
                KeyValue("职工方检查人员", join_names(inspection.workers)),
                KeyValue("企业方检查人员", join_names(inspection.employers)),
            ),
            label_width=0.24,
            row_height=9.0,
        ),
        Spacer(0.4),
        _results(case, agreement, items),
    ]
    if inspection.note:
        blocks += [Spacer(0.3), body(f"检查情况：{ended(inspection.note)}")]
    people = [(name, Side.WORKER) for name in inspection.workers or ("", "")]
    people += [(name, Side.EMPLOYER) for name in inspection.employers or ("", "")]
    blocks.append(
        SignatureArea(
            tuple(SignatureField(f"{side.label}{f'　{name}' if name else ''}") for name, side in people),
            columns=3,
            title="检查人员签字",
        )
    )
    return paper(context, "inspection_sheet", Stage.FULFILMENT, title, blocks, page=FORM_LANDSCAPE)


def _days(inspection: Inspection) -> Text:
    if inspection.started_on is not None and inspection.ended_on not in (None, inspection.started_on):
        return f"{day_text(inspection.started_on)}至{day_text(inspection.ended_on)}"
    return on_day(inspection.started_on)


def _results(case: Case, agreement: Agreement, items: list[InspectionItem]) -> Table:
    rows: list[Row] = []
    checked = {held.clause for held in items}
    order = {held.id: number for number, held in enumerate(clauses_of(case, agreement))}
    for item in sorted(items, key=lambda held: order.get(held.clause, len(order))):
        clause: Clause | None = case.find("clauses", item.clause)
        rows.append(_line(clause, item, item.agreed or (standard_words(case, clause) if clause else "")))
    for clause in clauses_of(case, agreement):
        words = standard_words(case, clause)
        if clause.id not in checked and not items:
            short = words if len(words) <= _FROM_FIGURES_AT_MOST else ""
            rows.append(_line(clause, InspectionItem(), short))
    rows = rows or [_line(None, InspectionItem(), "") for _ in range(_BLANK_ROWS)]
    columns = (
        Column(20, Align.CENTER), Column(28), Column(44), Column(44), Column(22, Align.CENTER), Column(30),
        Column(17), Column(24), Column(26),
    )  # fmt: skip
    head = ("条款", "事项", "约定", "实际情况", "结论", "问题和整改措施", "责任人", "整改期限", "复查")
    return Table(columns, tuple(rows), (head,))


def _line(clause: Clause | None, item: InspectionItem, agreed: str) -> Row:
    number = f"第{chinese_number(clause.article)}条" if clause is not None and clause.article else ""
    recheck = f"{day_text(item.rechecked_on)}{'：' if item.rechecked_on and item.recheck_result else ''}"
    cells = (
        number,
        clause.subject if clause is not None else "",
        agreed,
        item.actual,
        label_of(item.result),
        item.measure,
        item.owner,
        day_text(item.due_on),
        f"{recheck}{item.recheck_result}",
    )
    return Row(cells, min_height=10.0)
