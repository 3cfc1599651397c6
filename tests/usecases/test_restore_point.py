"""还原点: set by name, come back to, undone as one step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import make_program
from app.domain.case import Case
from app.domain.data_import import DataImport, ImportKind
from app.domain.roster import Person
from app.errors import UserError
from app.storage.library import Library
from app.usecases.make_demo import read_example
from app.usecases.record_fact import add_record, record_fact, remove_record
from app.usecases.restore_point import go_back_to, point_of, set_restore_point


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    program = make_program()
    with Library.create(tmp_path / "资料库", clock=program.clock, program_version="1") as library:
        with library.write("测试") as unit:
            unit.add_case(read_example("shandong-linyi-single"))
            unit.commit()
        yield library


def held(library: Library) -> tuple[str, Case]:
    (case_id,) = library.case_ids()
    return case_id, library.read_case(case_id)


def test_it_is_named_by_what_was_done_last_and_set_once(library: Library) -> None:
    case_id, case = held(library)
    offer = case.offers[0]
    record_fact(library, case_id, "offers", offer.replace(proposed_place="三楼"), actor="主席")
    step = library.next_undo(case_id)
    assert step is not None
    point = set_restore_point(library, case_id, actor="主席")
    assert point.name == f"{step.action}以后"
    assert set_restore_point(library, case_id, actor="主席") == point
    entry = library.journal(case_id, limit=1)[0]
    assert (entry.number, entry.actor) == (point.number, "主席")
    assert point_of(entry.number, entry.action, entry.at) == point
    assert point_of(1, "建立案卷", entry.at) is None
    assert library.next_undo(case_id) == step  # a mark is nothing to undo


def test_going_back_is_one_step_that_can_be_undone(library: Library) -> None:
    case_id, before = held(library)
    point = set_restore_point(library, case_id, actor="主席")
    record_fact(library, case_id, "offers", before.offers[0].replace(proposed_place="三楼"), actor="主席")
    remove_record(library, case_id, "hearings", before.hearings[0].id, actor="主席")
    add_record(library, case_id, "topics", actor="主席")
    _, after = held(library)
    assert after != before
    assert go_back_to(library, case_id, point, actor="主席") >= 3
    _, back = held(library)
    for collection in ("offers", "topics"):
        assert back.records(collection) == before.records(collection)
    assert {each.id: each for each in back.hearings} == {each.id: each for each in before.hearings}
    assert library.verify_journal() == []
    library.undo_last_group(case_id, "主席")
    _, undone = held(library)
    assert undone.offers == after.offers
    assert {each.id for each in undone.topics} == {each.id for each in after.topics}
    assert {each.id for each in undone.hearings} == {each.id for each in after.hearings}


def test_with_nothing_done_since_nothing_changes(library: Library) -> None:
    case_id, before = held(library)
    point = set_restore_point(library, case_id, actor="主席")
    assert go_back_to(library, case_id, point, actor="主席") == 0
    assert held(library)[1] == before


def test_what_was_deleted_for_good_is_not_gone_back_to(library: Library) -> None:
    case_id, _ = held(library)
    before = set_restore_point(library, case_id, actor="主席")
    with library.write("主席") as unit:
        made = DataImport(id="roster", kind=ImportKind.ROSTER)
        unit.put(case_id, "data_imports", made, action="导入花名册")
        unit.put_people(case_id, made.id, (Person(id="1", name="甲"),), action="导入花名册")
        unit.commit()
    point = set_restore_point(library, case_id, actor="主席")
    with library.write("主席") as unit:
        unit.remove(case_id, "data_imports", made.id, action="移除花名册")
        unit.commit()
    library.close()
    program = make_program()
    with Library.open(library.folder, clock=program.clock, program_version="1") as again:
        with pytest.raises(UserError) as refused:
            go_back_to(again, case_id, point, actor="主席")
        assert refused.value.code == "L-163"
        assert go_back_to(again, case_id, before, actor="主席") == 0
