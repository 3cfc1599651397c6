"""What no standing import brought is deleted for good at the next opening, and no step brings half of it back."""

from __future__ import annotations

import contextlib
from pathlib import Path
from random import Random

import pytest
from ticking_clock import TickingClock

from app.domain.answered_sheet import AnsweredSheet
from app.domain.data_import import DataImport, ImportKind
from app.domain.roster import Person
from app.domain.union import Union
from app.errors import UserError
from app.storage.half_sheets import BATCH
from app.storage.library import Library

WHO = "李四"
CANARY, CANARY_ANSWER = "金丝雀王䶮", "金丝雀的答案"


def take_in(library: Library, case_id: str, batch: str, *names: str) -> None:
    """A roster in place of the one before."""
    with library.write(WHO) as work:
        for held in work.read_case(case_id).data_imports:
            if held.kind is ImportKind.ROSTER:
                work.remove(case_id, "data_imports", held.id, action="导入花名册")
        made = DataImport(id=batch, kind=ImportKind.ROSTER, kept=len(names))
        work.put(case_id, "data_imports", made, action="导入花名册")
        people = [Person(id=str(at), name=name) for at, name in enumerate(names)]
        work.put_people(case_id, batch, people, action="导入花名册")
        work.commit()


def take_in_answers(library: Library, case_id: str, batch: str) -> None:
    with library.write(WHO) as work:
        held = DataImport(id=batch, kind=ImportKind.ONLINE_ANSWERS, survey="s1")
        work.put(case_id, "data_imports", held, action="导入答卷")
        sheet = AnsweredSheet(id=f"{batch}-1", batch=batch, survey="s1", answers={"q1": CANARY_ANSWER})
        work.put_sheets(case_id, (sheet,), action="导入答卷")
        work.commit()


def rename(library: Library, case_id: str, name: str) -> None:
    with library.write(WHO) as work:
        work.put(case_id, "union", Union(id="union", name=name), action="改名")
        work.commit()


def again(library: Library, clock: TickingClock, **more: bool) -> Library:
    """Close and open."""
    library.close()
    return Library.open(library.folder, clock=clock, program_version="0.1.0", **more)


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("database.sqlite*"))


def test_an_undone_import_leaves_no_bytes_behind_once_the_library_was_closed(
    library: Library, case_id: str, clock: TickingClock
) -> None:
    rename(library, case_id, "先改的")
    take_in(library, case_id, "b1", CANARY)
    library.undo_last_group(case_id, WHO)
    take_in_answers(library, case_id, "b2")
    library.undo_last_group(case_id, WHO)
    assert library.next_redo(case_id) is not None
    library.close()
    whole = bytes_of(library.folder)
    assert CANARY.encode() in whole and CANARY_ANSWER.encode() in whole
    with again(library, clock) as opened:
        entries = [entry for entry in opened.journal(case_id) if entry.collection == "forgotten"]
        assert [(entry.record_id, entry.detail) for entry in entries] == [("b2", "1 行"), ("b1", "1 行")]
        assert opened.next_redo(case_id) is None
        step = opened.next_undo(case_id)
        assert step is not None and step.action == "改名"
        opened.undo_last_group(case_id, WHO)
        redo = opened.next_redo(case_id)
        assert redo is not None and redo.action == "改名"
        assert opened.verify_journal() == [] and opened.check_file() == []
        opened.close()
        whole = bytes_of(library.folder)
        assert CANARY.encode() not in whole and CANARY_ANSWER.encode() not in whole
    with again(library, clock) as opened:
        assert len([each for each in opened.journal(case_id) if each.collection == "forgotten"]) == 2


def test_a_replaced_roster_goes_and_the_step_that_replaced_it_is_passed_over(
    library: Library, case_id: str, clock: TickingClock
) -> None:
    rename(library, case_id, "先改的")
    take_in(library, case_id, "b1", CANARY)
    take_in(library, case_id, "b2", "乙", "丙")
    rename(library, case_id, "后改的")
    with again(library, clock) as opened:
        assert CANARY.encode() not in bytes_of(library.folder)
        assert [person.name for person in opened.people(case_id)] == ["乙", "丙"]
        opened.undo_last_group(case_id, WHO)
        step = opened.next_undo(case_id)
        assert step is not None and step.action == "改名"
        opened.undo_last_group(case_id, WHO)
        assert [each.id for each in opened.read_case(case_id).data_imports] == ["b2"]
        assert opened.verify_journal() == []


def test_what_stands_stays_and_looking_deletes_nothing(
    library: Library, case_id: str, clock: TickingClock
) -> None:
    take_in(library, case_id, "b1", CANARY)
    library.undo_last_group(case_id, WHO)
    with again(library, clock, read_only=True) as looked_at:
        assert looked_at.people(case_id) == ()
    assert CANARY.encode() in bytes_of(library.folder)
    with again(library, clock) as opened:
        take_in(opened, case_id, "b3", "乙")
        opened.undo_last_group(case_id, WHO)
        opened.redo(case_id, WHO)
    with again(library, clock) as opened:
        assert [person.name for person in opened.people(case_id)] == ["乙"]
        opened.undo_last_group(case_id, WHO)
        assert opened.people(case_id) == ()


def test_a_sheet_that_is_being_typed_is_left_alone(
    library: Library, case_id: str, clock: TickingClock
) -> None:
    with library.write(WHO) as work:
        half = AnsweredSheet(id="s1", batch=BATCH, survey="s1", answers={"q1": CANARY_ANSWER})
        work.put_sheets(case_id, (half,), action="录入答卷")
        work.commit()
    with again(library, clock):
        assert CANARY_ANSWER.encode() in bytes_of(library.folder)


def test_taking_back_the_year_itself_takes_what_lies_in_it_for_good(library: Library, case_id: str) -> None:
    take_in(library, case_id, "b1", CANARY)
    library.undo_last_group(case_id, WHO)
    library.undo_last_group(case_id, WHO)
    assert case_id not in library.case_ids()
    library.redo(case_id, WHO)
    assert case_id in library.case_ids() and library.next_redo(case_id) is None
    assert library.verify_journal() == []


def test_a_year_with_a_roster_that_stays_cannot_be_taken_back(
    library: Library, case_id: str, clock: TickingClock
) -> None:
    take_in(library, case_id, "b1", CANARY)
    take_in(library, case_id, "b2", "乙")
    with again(library, clock) as opened:
        with pytest.raises(UserError) as refused:
            opened.undo_last_group(case_id, WHO)
        assert refused.value.code == "L-152"
        assert len(opened.people(case_id)) == 1 and opened.verify_journal() == []


@pytest.mark.parametrize("seed", range(4))
def test_no_walk_of_imports_undos_and_openings_leaves_a_record_without_its_persons(
    library: Library, case_id: str, clock: TickingClock, seed: int
) -> None:
    chance = Random(seed)
    opened = library
    for number in range(40):
        match chance.choice(("take", "rename", "undo", "undo", "redo", "open")):
            case "take":
                take_in(opened, case_id, f"b{number}", *"甲乙丙"[: chance.randint(1, 3)])
            case "rename":
                rename(opened, case_id, f"名{number}")
            case "undo":
                with contextlib.suppress(UserError):  # L-152: the year cannot go while a roster is in it
                    opened.undo_last_group(case_id, WHO)
            case "redo":
                opened.redo(case_id, WHO)
            case _:
                opened = again(opened, clock)
        if case_id not in opened.case_ids():
            opened.redo(case_id, WHO)  # the year itself was taken back
        standing = opened.read_case(case_id).data_imports
        assert len(standing) <= 1
        assert len(opened.people(case_id)) == sum(each.kept or 0 for each in standing)
    assert opened.verify_journal() == []
    opened.close()
