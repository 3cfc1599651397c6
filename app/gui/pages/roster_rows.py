"""What the preview of a roster lists, made behind the window; numbers and phones are masked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.roster import Person
from app.exchange.roster_columns import LABELS, NOT_TAKEN, heading_key
from app.exchange.roster_values import UnreadableError, read_text
from app.gui.widgets.record_table import ColumnView, RowView
from app.usecases.import_roster import RosterPreview

_SAMPLES = 3
_LOOKED_AT = 40
_PEOPLE = 20
_LONG_NUMBER = re.compile(r"[0-9]{3}[0-9\-]{6,}[0-9Xx]{2}")

PEOPLE_COLUMNS = (
    ColumnView(key="name", title="姓名", bold=True),
    ColumnView(key="sex", title="性别", extent=56),
    ColumnView(key="born_on", title="出生年份", extent=80),
    ColumnView(key="id_number", title="身份证号", extent=110),
    ColumnView(key="department", title="部门", share=2),
    ColumnView(key="post", title="岗位"),
    ColumnView(key="level", title="岗位类别"),
    ColumnView(key="employment", title="用工形式"),
    ColumnView(key="member", title="是会员", extent=72),
    ColumnView(key="phone", title="手机", extent=100),
)


@dataclass(frozen=True, slots=True)
class RosterRows:
    """A preview with all its rows."""

    preview: RosterPreview
    columns: tuple[RowView, ...]
    people: tuple[RowView, ...]
    remarks: tuple[RowView, ...]
    changes: tuple[RowView, ...]


def rows_of(preview: RosterPreview) -> RosterRows:
    """Return the rows for a preview; called in a job, for there may be thousands."""
    return RosterRows(
        preview,
        tuple(_columns(preview)),
        tuple(_person(person) for person in preview.reading.people[:_PEOPLE]),
        tuple(
            RowView(
                str(number),
                {
                    "row": f"第 {each.row} 行",
                    "column": each.column,
                    "reason": each.reason,
                    "state": "没有收下" if each.refused else "收下了，看一眼",
                },
                {"state": "must" if each.refused else "hint"},
            )
            for number, each in enumerate(preview.reading.remarks)
        ),
        tuple(_changes(preview)),
    )


def masked(words: str) -> str:
    """Return words in which long numbers show only their ends."""
    return _LONG_NUMBER.sub(lambda found: f"{found.group()[:3]}****{found.group()[-2:]}", words)


def _columns(preview: RosterPreview) -> Iterator[RowView]:
    table = preview.opened.table
    first = table.sheet.rows[table.begins : table.begins + _LOOKED_AT]
    for place, (heading, name) in enumerate(zip(table.headings, preview.mapped, strict=True)):
        samples: list[str] = []
        for row in first:
            try:
                words = read_text(row[place])
            except UnreadableError:
                words = "公式出错"
            if words and len(samples) < _SAMPLES:
                samples.append(masked(words)[:20])
        if not samples and not heading_key(heading):
            continue
        yield RowView(
            str(place),
            {
                "heading": heading or f"第 {place + 1} 列",
                "samples": "，".join(samples),
                "reads": LABELS[name] if name else NOT_TAKEN,
            },
        )


def _person(person: Person) -> RowView:
    member = "" if person.member is None else "是" if person.member else "否"
    cells = {
        "name": person.name,
        "sex": person.sex.label if person.sex else "",
        "born_on": str(person.born_on.year) if person.born_on else "",
        "id_number": masked(person.id_number),
        "department": person.department,
        "post": person.post,
        "level": person.level.label if person.level else "",
        "employment": person.employment.label if person.employment else "",
        "member": member,
        "phone": masked(person.phone),
    }
    return RowView(person.id, cells)


def _changes(preview: RosterPreview) -> Iterator[RowView]:
    before = {(by, name): people for by, name, people in preview.before}
    after = {(by, name): people for by, name, people in preview.groups}
    for by, name in {**after, **before}:
        old, new = before.get((by, name)), after.get((by, name))
        yield RowView(
            f"{by.value}-{name}",
            {
                "by": by.label,
                "name": name,
                "old": "没有" if old is None else str(old),
                "new": "没有" if new is None else str(new),
            },
        )
