"""Stage 2: the roster of both sides' representatives (F-15), with how they came about."""

from __future__ import annotations

from app.documents.blocks import (
    FORM,
    Align,
    Block,
    Column,
    Document,
    Row,
    SignatureArea,
    SignatureField,
    Spacer,
    Table,
    Title,
    body,
    heading1,
)
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.citing import article_note
from app.documents.letters.frame import paper
from app.documents.letters.parties import (
    chief_word,
    is_joint,
    party_name,
    sitting,
    talks_name,
    workplace,
    year_words,
)
from app.documents.letters.words import day_text, ended, label_of, yes_no_text
from app.domain.case import Case
from app.domain.facts import join_names
from app.domain.representatives import Election, Role
from app.domain.stages import Stage
from app.domain.union import Side

_BLANK_ROWS = 5


def roster_missing(case: Case, _subject: Subject) -> tuple[str, ...]:
    """What the roster lacks."""
    found = []
    for side in Side:
        people = sitting(case, side)
        if not people:
            found.append(f"{side.label}代表")
        elif not any(person.role is Role.CHIEF for person in people):
            found.append(f"{side.label}首席代表")
    return tuple(found)


def roster(context: LetterContext, _subject: Subject) -> Document:
    """Write the roster of both sides (F-15): no ID numbers, no phones; signatures in a column of 32 mm."""
    case = context.case
    title = f"{year_words(case)}{talks_name(case)}代表名册"
    blocks: list[Block] = [Title(title)]
    for number, side in zip("一二", Side, strict=True):
        blocks += [
            heading1(f"{number}、{side.label}：{party_name(case, side)}"),
            _people(case, side),
            Spacer(0.4),
            body(_origin(context, side)),
        ]
    blocks += _others(case)
    blocks.append(
        SignatureArea(
            tuple(
                SignatureField(
                    party_name(case, side) or side.label,
                    chief_word(context.pack, side),
                    with_seal=True,
                    with_date=True,
                )
                for side in Side
            )
        )
    )
    return paper(context, "representatives_roster", Stage.REPRESENTATIVES, title, blocks, page=FORM)


def _people(case: Case, side: Side) -> Table:
    joint = is_joint(case)
    worker = side is Side.WORKER
    rows: list[tuple[str, ...]] = []
    for number, person in enumerate(sitting(case, side), start=1):
        place = workplace(case, person) if joint else person.department
        cells = [str(number), person.name, label_of(person.sex), label_of(person.role), person.post, place]
        if worker:
            cells.append(yes_no_text(person.frontline))
        rows.append((*cells, ""))
    rows = rows or [(str(n), *[""] * (7 if worker else 6)) for n in range(1, _BLANK_ROWS + 1)]
    columns = [
        Column(12, Align.CENTER),
        Column(20),
        Column(12, Align.CENTER),
        Column(22),
        Column(37),
        Column(30),
    ]
    head = ["序号", "姓名", "性别", "身份", "职务", "所在单位" if joint else "部门"]
    if worker:
        columns.append(Column(12, Align.CENTER))
        head.append("一线")
    return Table((*columns, Column(32)), tuple(Row(row, min_height=11.0) for row in rows), ((*head, "签名"),))


def _origin(context: LetterContext, side: Side) -> str:
    """How this side's representatives came about, from the election record."""
    case, pack = context.case, context.pack
    election = next((held for held in case.elections if held.side is side), Election())
    parts = []
    if election.way is not None:
        parts.append(f"产生方式：{election.way.label}")
    session = case.find("sessions", election.session)
    name = session.name if session is not None else election.meeting_name
    day = session.held_on if session is not None else election.meeting_on
    if name:
        parts.append(f"{name}（{day_text(day)}）通过" if day else f"{name}通过")
    if election.designated_on:
        parts.append(f"{day_text(election.designated_on)}书面指定或选派")
    if election.determined_on:
        parts.append(f"{day_text(election.determined_on)}确定")
    if election.published_on:
        places = f"，地点：{join_names(election.published_at)}" if election.published_at else ""
        note = article_note(case, pack, "rep_publish_due")
        parts.append(f"{day_text(election.published_on)}公布{places}{note}")
    if election.tenure_from or election.tenure_until:
        start = f"自{day_text(election.tenure_from)}" if election.tenure_from else ""
        until = f"至{election.tenure_until}" if election.tenure_until else ""
        parts.append(f"任期{start}{until}")
    text = ended("；".join(parts)) if parts else "产生方式、通过情况和公布日期："
    return text + (ended(election.note) if election.note else "")


def _others(case: Case) -> list[Block]:
    out: list[Block] = []
    if case.advisers:
        out.append(heading1("三、协商顾问"))
        for held in case.advisers:
            facts = [
                f"{held.side.label}聘请" if held.side else "",
                held.identity,
                "列为协商代表" if held.as_representative else "不占代表名额",
                f"{day_text(held.mandated_on)}书面委托" if held.mandated_on else "",
            ]
            out.append(body(ended(f"{held.name}：{'，'.join(part for part in facts if part)}")))
    if case.recorders:
        out.append(heading1(f"{'四' if case.advisers else '三'}、记录员"))
        for recorder in case.recorders:
            outside = "不是协商代表" if recorder.is_representative is False else ""
            agreed = f"{day_text(recorder.agreed_on)}双方共同确认" if recorder.agreed_on else ""
            facts = [recorder.post, outside, agreed]
            out.append(body(ended(f"{recorder.name}：{'，'.join(part for part in facts if part)}")))
    return out
