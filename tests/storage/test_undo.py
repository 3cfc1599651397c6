from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ticking_clock import TickingClock

from app.domain.case import Case
from app.domain.negotiation import Meeting
from app.errors import UserError
from app.storage.library import Library


def _put(library: Library, case_id: str, held: Meeting, action: str = "修改协商会议", **more: bool) -> None:
    with library.write("李四", **more) as work:
        work.put(case_id, "meetings", held, action=action)
        work.commit()


def test_a_removal_is_taken_back_by_a_named_step(library: Library, case_id: str, sample: Case) -> None:
    with library.write("李四") as work:
        work.remove(case_id, "deliveries", "d1", action="移除送达回执")
        removed = work.commit().group
    count = len(library.journal())
    offered = library.next_undo(case_id)
    assert offered is not None
    assert offered.name == "撤销：移除送达回执"
    step = library.undo_last_group(case_id, "王五")
    assert step is not None
    assert step.changes.collections(case_id) == {"deliveries"}
    assert library.read_case(case_id) == sample
    entry = library.journal(limit=1)[0]
    assert len(library.journal()) == count + 1
    assert (entry.action, entry.actor, entry.undoes) == ("撤销：移除送达回执", "王五", removed)
    assert library.verify_journal() == []


def test_a_record_comes_back_to_its_old_place(library: Library, case_id: str, sample: Case) -> None:
    with library.write("李四") as work:
        work.remove(case_id, "offers", "o1", action="移除要约")
        work.commit()
    library.undo_last_group(case_id, "李四")
    assert [offer.id for offer in library.read_case(case_id).offers] == ["o1", "o2"]


def test_redo_until_an_ordinary_edit(library: Library, case_id: str) -> None:
    _put(library, case_id, Meeting(id="m", place="一楼"), "添加协商会议")
    library.undo_last_group(case_id, "李四")
    step = library.redo(case_id, "李四")
    assert step is not None
    assert step.name == "重做：添加协商会议"
    assert library.read_case(case_id).find("meetings", "m").place == "一楼"
    again = library.undo_last_group(case_id, "李四")
    assert again is not None
    assert again.name == "撤销：添加协商会议"
    _put(library, case_id, Meeting(id="n"))
    assert library.next_redo(case_id) is None
    assert library.redo(case_id, "李四") is None


def test_a_whole_load_is_one_step_and_a_removed_case_comes_back(library: Library, sample: Case) -> None:
    with library.write("李四") as work:
        case_id = work.add_case(sample, action="装入案卷文件")
        work.commit()
    library.undo_last_group(case_id, "李四")
    assert library.case_ids() == ()
    library.redo(case_id, "李四")
    assert library.read_case(case_id) == sample
    with library.write("李四") as work:
        work.remove_case(case_id, action="移除年度")
        work.commit()
    library.undo_last_group(case_id, "李四")
    assert library.read_case(case_id) == sample
    assert library.verify_journal() == []


def test_undo_stays_within_its_case(library: Library, case_id: str, sample: Case) -> None:
    with library.write("李四") as work:
        other = work.add_case(sample)
        work.commit()
    _put(library, case_id, Meeting(id="m"))
    _put(library, other, Meeting(id="n"))
    library.undo_last_group(case_id, "李四")
    assert library.read_case(case_id) == sample
    assert len(library.read_case(other).meetings) == 1


def test_notes_and_steps_that_cannot_be_undone_stand_aside(library: Library, case_id: str) -> None:
    _put(library, case_id, Meeting(id="m"), "添加协商会议")
    with library.write("李四") as work:
        work.note(case_id, "打印", "要约书")
        work.commit()
    _put(library, case_id, Meeting(id="frozen"), "冻结", undoable=False)
    step = library.undo_last_group(case_id, "李四")
    assert step is not None
    assert step.action == "添加协商会议"
    assert [held.id for held in library.read_case(case_id).meetings] == ["frozen"]
    assert library.next_redo(case_id) is not None


def test_what_a_standing_step_changed_since_is_not_lost(library: Library, case_id: str) -> None:
    _put(library, case_id, Meeting(id="m", place="一楼"), "添加协商会议")
    _put(library, case_id, Meeting(id="m", place="二楼"), "签字", undoable=False)
    head = library.journal_head()
    with pytest.raises(UserError, match="又改过"):
        library.undo_last_group(case_id, "李四")
    assert library.read_case(case_id).find("meetings", "m").place == "二楼"
    assert library.journal_head() == head


def test_nothing_to_undo(library: Library) -> None:
    assert library.undo_last_group("nobody", "李四") is None
    assert library.redo("nobody", "李四") is None


def test_several_changes_of_one_record_in_one_step(library: Library, case_id: str, sample: Case) -> None:
    with library.write("李四") as work:
        work.put(case_id, "meetings", Meeting(id="m", place="一楼"), action="导入")
        work.put(case_id, "meetings", Meeting(id="m", place="二楼"), action="导入")
        work.put(case_id, "union", sample.union.replace(name="甲"), action="导入")
        work.put(case_id, "union", sample.union.replace(name="乙"), action="导入")
        work.remove(case_id, "offers", "o1", action="导入")
        work.commit()
    after = library.read_case(case_id)
    library.undo_last_group(case_id, "李四")
    assert library.read_case(case_id) == sample
    library.redo(case_id, "李四")
    assert library.read_case(case_id) == after


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("undo") / "资料库"
    with Library.create(folder, clock=TickingClock(), program_version="0.1.0") as library:
        yield library


_OPERATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sampled_from("abc"), st.integers(1, 4)),
        st.tuples(st.just("remove"), st.sampled_from("abc"), st.just(0)),
        st.tuples(st.sampled_from(["undo", "redo", "note"]), st.just(""), st.just(0)),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None)
@given(operations=_OPERATIONS)
def test_undo_and_redo_walk_the_states_as_they_were(
    shared: Library, operations: list[tuple[str, str, int]]
) -> None:
    with shared.write("李四") as work:
        case_id = work.add_case(Case())
        work.commit()
    states, here = [shared.read_case(case_id)], 0
    for verb, name, number in operations:
        now = states[here]
        if verb == "undo":
            if here > 0:
                shared.undo_last_group(case_id, "李四")
                here -= 1
        elif verb == "redo":
            assert (shared.redo(case_id, "李四") is not None) == (here + 1 < len(states))
            here = min(here + 1, len(states) - 1)
        else:
            with shared.write("李四") as work:
                if verb == "note":
                    work.note(case_id, "打印")
                elif verb == "put":
                    work.put(case_id, "meetings", Meeting(id=name, number=number), action="写")
                elif now.find("meetings", name):
                    work.remove(case_id, "meetings", name, action="移除")
                work.commit()
            after = shared.read_case(case_id)
            if after != now:
                states, here = [*states[: here + 1], after], here + 1
        assert shared.read_case(case_id) == states[here]
    assert shared.verify_journal() == []
