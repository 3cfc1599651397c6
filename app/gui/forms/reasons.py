"""F4: which place of the case a widget stands for, and the reasons behind it (look.md §4: date → why)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.case import Case, collections
from app.domain.facts import Fact, Kind, facts_of
from app.gui.desk import Desk
from app.gui.findings_view import days_of
from app.gui.forms.naming import record_title, shown
from app.gui.forms.record_form import RecordForm
from app.gui.forms.section_view import SectionView
from app.gui.shell.side_panel import NoteView
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.record_table import RecordTable
from app.rules.findings import Deadline, Where


def where_of(focus: QWidget | None) -> Where | None:
    """The place a widget stands for: it says so itself (``origin_where()``), or is a field or table of one."""
    collection = fact = record_id = ""
    step = focus
    while step is not None:
        ask = getattr(step, "origin_where", None)
        said = ask() if callable(ask) else None
        if isinstance(said, Where):
            return said
        if isinstance(step, FieldEditor):
            fact = str(step.property("fact") or "")
            record_id = str(step.property("record") or "")
            collection = str(step.property("collection") or "")
            if fact and collection and record_id:
                return Where(collection, record_id, fact)
        elif isinstance(step, RecordTable):
            record_id, fact = step.current_cell()
        elif isinstance(step, RecordForm) and fact:
            return Where(collection, step.record_id(), fact)
        elif isinstance(step, SectionView) and record_id:
            return Where(step.section.collection, record_id, fact)
        step = step.parentWidget()
    return None


def why_notes(desk: Desk, where: Where) -> list[NoteView]:
    """The due dates that rest on a field or are met by it, with their why; then what the field is for."""
    case, notes = desk.case, []
    for row in desk.checkup.deadlines:
        if row.why and (_same(case, row.where, where) or _same(case, row.start_at, where)):
            notes.append(_note_of(row, case))
    for finding in desk.checkup.findings:
        if any(_same(case, place, where) for place in (finding.where, *finding.related)):
            articles = "、".join(source.full for source in finding.sources)
            notes.append(
                NoteView(
                    title=finding.sentence,
                    words=finding.why,
                    remark=articles,
                    shape=_SHAPES[finding.grade.value],
                    door=finding.where,
                )
            )
    if not notes:
        notes.append(_note_of_fact(desk, where))
    return notes


_SHAPES = {"must": "must", "explain": "explain", "note": "hint"}


def _note_of(row: Deadline, case: Case) -> NoteView:
    year = case.cycle.year
    due = days_of(row, year)
    title = f"{row.what} {'约 ' if row.estimated else '最迟 '}{due}" if due else row.what
    if row.estimated and due:
        title += "（估算）"
    read = "、".join(f"{source.full}（{source.read.label}）" for source in row.sources)
    return NoteView(title=title, words=row.why, remark=read, shape="waiting", door=row.start_at or row.where)


def _note_of_fact(desk: Desk, where: Where) -> NoteView:
    """Nothing rests on it: what the field is, whose, and what it says now."""
    case = desk.case
    record_class = collections().get(where.collection)
    fact: Fact | None = facts_of(record_class).get(where.fact) if record_class is not None else None
    if record_class is None or fact is None:
        return NoteView(title="这一项没有引用条文。")
    held = case.find(where.collection, where.record_id)
    says = ""
    if held is not None and fact.kind in (Kind.DATE, Kind.MOMENT, Kind.REF, Kind.REFS):
        says = shown(case, fact, getattr(held, where.fact))
    words = [fact.help, f"现在是：{says}" if says else "", "没有期限或条文以它起算。"]
    name = f"{record_title(case, held)} · {fact.label}" if held is not None else fact.label
    return NoteView(title=name, words="\n".join(each for each in words if each), door=where)


def _same(case: Case, place: Where | None, where: Where) -> bool:
    """Whether both are the same field; a place that names no record means the only one there is."""
    if place is None or place.collection != where.collection or place.fact != where.fact:
        return False
    if place.record_id == where.record_id:
        return True
    ids = [held.id for held in case.records(where.collection)]
    return not place.record_id and ids == [where.record_id]
