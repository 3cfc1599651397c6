"""Persons and sheets come in thousands, count while their import stands, and never reach the journal."""

from __future__ import annotations

import dataclasses
import secrets
import sqlite3
from datetime import date

from app.domain.answered_sheet import AnsweredSheet
from app.domain.data_import import DataImport, ImportKind
from app.domain.representatives import Sex
from app.domain.roster import Person, PostLevel
from app.storage.library import Library

CANARY = "金丝雀答案"


def _take_in(library: Library, case_id: str) -> None:
    with library.write("李四") as work:
        work.put(case_id, "data_imports", DataImport(id="b1", kind=ImportKind.ROSTER), action="导入花名册")
        people = (
            Person(id="1", name="王䶮", sex=Sex.FEMALE, born_on=date(1980, 2, 29), level=PostLevel.FRONTLINE),
            Person(id="2", name="李四", member=False),
        )
        work.put_people(case_id, "b1", people, action="导入花名册")
        work.commit()
    with library.write("李四") as work:
        held = DataImport(id="b2", kind=ImportKind.PAPER_ANSWERS, survey="s1")
        work.put(case_id, "data_imports", held, action="录入答卷")
        work.put_sheets(case_id, (_sheet("b", 0), _sheet("a", (2, None))), action="录入答卷")
        work.commit()


def _sheet(name: str, answer: int | tuple[int | None, ...]) -> AnsweredSheet:
    return AnsweredSheet(
        id=name,
        batch="b2",
        survey="s1",
        number="0012",
        answers={"q1": answer, "q2": CANARY},
        others={"q1": "别的"},
        topics={"q2": ("t1", "t2")},
    )


def test_rows_come_back_as_they_were_put(library: Library, case_id: str) -> None:
    _take_in(library, case_id)
    first, second = library.people(case_id)
    assert (first.name, first.sex, first.born_on, first.level) == (
        "王䶮",
        Sex.FEMALE,
        date(1980, 2, 29),
        PostLevel.FRONTLINE,
    )
    assert (second.name, second.member, second.born_on) == ("李四", False, None)
    assert library.sheets(case_id, "s1") == (_sheet("a", (2, None)), _sheet("b", 0))
    assert library.sheets(case_id, "s2") == ()


def test_undoing_an_import_undoes_its_rows_and_doing_it_again_brings_them_back(
    library: Library, case_id: str
) -> None:
    _take_in(library, case_id)
    library.undo_last_group(case_id, "李四")
    assert library.sheets(case_id, "s1") == ()
    assert len(library.people(case_id)) == 2
    library.undo_last_group(case_id, "李四")
    assert library.people(case_id) == ()
    assert library.verify_journal() == []


def test_the_journal_counts_and_never_names(library: Library, case_id: str) -> None:
    _take_in(library, case_id)
    told = [entry for entry in library.journal(case_id) if entry.detail in ("2 人", "2 份")]
    assert [entry.action for entry in told] == ["录入答卷", "导入花名册"]
    for entry in library.journal(case_id):
        assert CANARY not in f"{entry}"
        assert "王䶮" not in f"{entry.after}{entry.before}{entry.detail}" or entry.collection == "union"


def test_a_sheet_is_taken_out_to_be_typed_anew(library: Library, case_id: str) -> None:
    _take_in(library, case_id)
    with library.write("李四") as work:
        work.remove_sheet(case_id, "b2", "a", action="重录一份答卷")
        work.put_sheets(case_id, (_sheet("c", 1),), action="重录一份答卷")
        work.commit()
    assert [sheet.id for sheet in library.sheets(case_id, "s1")] == ["b", "c"]


def test_nothing_leads_from_a_sheet_to_a_person(library: Library) -> None:
    from app.storage.tables import ROSTER, SHEETS, table

    shared = {column.name for column in table(ROSTER).columns} & {
        column.name for column in table(SHEETS).columns
    }
    assert shared == {"case_id", "batch", "id"}  # batch and id are random, each import its own
    assert not [
        key
        for name in (ROSTER, SHEETS)
        for key in table(name).foreign_keys
        if key.column.table.name != "cases"
    ]


def test_neither_the_file_nor_the_journal_tells_in_which_order_sheets_were_typed(
    library: Library, case_id: str
) -> None:
    """A stack is typed as it was handed in, and the sign-in list has the same order."""
    typed = [f"{at:04d}" for at in range(1, 41)]
    _take_in(library, case_id)
    for at, number in enumerate(typed):
        sheet = dataclasses.replace(_sheet(secrets.token_hex(8), at % 3), number=number)
        with library.write("李四") as work:
            work.put_sheets(case_id, (sheet,), action="录入答卷")
            work.commit()
    sheets = {sheet.number: sheet.id for sheet in library.sheets(case_id, "s1")}
    journal = repr(library.journal())
    library.close()
    base = sqlite3.connect(library.database_file)
    try:
        lying = [number for (number,) in base.execute("SELECT number FROM survey_sheets WHERE batch = 'b2'")]
        places = base.execute("SELECT rowid FROM survey_sheets ORDER BY rowid").fetchall()
        shapes = base.execute(
            "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'trigger', 'view')"
        )
        together = [name for name, sql in shapes if "survey_sheets" in sql and "roster_people" in sql]
    finally:
        base.close()
    assert [each for each in lying if each in typed] != typed
    assert max(place for (place,) in places) > 10**9  # of chance, not counted on
    assert not [name for name in sheets.values() if len(name) == 16 and name in journal]
    assert not [number for number in typed if f"'{number}'" in journal]
    assert together == []


def test_a_roster_and_sheets_never_share_an_import(library: Library, case_id: str) -> None:
    _take_in(library, case_id)
    kinds = {each.id: each.kind for each in library.read_case(case_id).data_imports}
    assert {kinds[sheet.batch] for sheet in library.sheets(case_id, "s1")} == {ImportKind.PAPER_ANSWERS}
    people = {person.id for person in library.people(case_id)}
    assert not people & {sheet.id for sheet in library.sheets(case_id, "s1")}
