from __future__ import annotations

import threading
from pathlib import Path

import pytest

from app.domain.case import Case
from app.domain.negotiation import Meeting
from app.domain.offer import Offer
from app.errors import UserError
from app.storage.changes import Change
from app.storage.library import Library


def test_row_and_entry_come_together(library: Library, case_id: str) -> None:
    with library.write("王䶮") as work:
        work.put(case_id, "meetings", Meeting(id="m1", number=1, place="三楼会议室"), action="添加协商会议")
        changes = work.commit()
    entry = library.journal(limit=1)[0]
    assert (entry.actor, entry.case_id, entry.collection, entry.record_id) == (
        "王䶮",
        case_id,
        "meetings",
        "m1",
    )
    assert entry.action == "添加协商会议"
    assert (entry.before, entry.after) == (None, {"number": 1, "place": "三楼会议室"})
    assert entry.at.utcoffset() is not None
    assert changes.group == entry.group == entry.number
    assert changes.records == (Change(case_id, "meetings", "m1"),)
    assert changes.cases == {case_id}
    assert changes.collections(case_id) == {"meetings"}


def test_without_commit_nothing_stays(library: Library, case_id: str, sample: Case) -> None:
    head = library.journal_head()
    with library.write("李四") as work:
        work.put(case_id, "meetings", Meeting(id="m1"), action="添加协商会议")
        work.remove(case_id, "offers", "o1", action="移除要约")
        work.note(case_id, "打印", "要约书")
    assert library.read_case(case_id) == sample
    assert library.journal_head() == head


def test_an_error_inside_rolls_everything_back(library: Library, case_id: str, sample: Case) -> None:
    head = library.journal_head()
    with pytest.raises(ZeroDivisionError), library.write("李四") as work:
        work.put(case_id, "meetings", Meeting(id="m1"), action="添加协商会议")
        raise ZeroDivisionError
    assert library.read_case(case_id) == sample
    assert library.journal_head() == head


def test_after_a_failure_inside_there_is_no_commit(library: Library, case_id: str, sample: Case) -> None:
    """A row may be there whose entry is not; only rolling back is left."""
    with library.write("李四") as work:
        work.put(case_id, "meetings", Meeting(id="m1"), action="添加协商会议")
        with pytest.raises(KeyError):
            work.remove(case_id, "offers", "no such", action="移除要约")
        with pytest.raises(RuntimeError):
            work.commit()
    assert library.read_case(case_id) == sample


def test_only_what_changed_is_in_the_journal(library: Library, case_id: str, sample: Case) -> None:
    with library.write("李四") as work:
        work.put(case_id, "union", sample.union.replace(phone="8200000"), action="修改工会：联系电话")
        work.commit()
    entry = library.journal(limit=1)[0]
    assert (entry.before, entry.after) == ({"phone": ""}, {"phone": "8200000"})


def test_what_is_already_so_leaves_no_entry(library: Library, case_id: str, sample: Case) -> None:
    head = library.journal_head()
    with library.write("李四") as work:
        work.put(case_id, "union", sample.union, action="修改工会")
        changes = work.commit()
    assert library.journal_head() == head
    assert changes.group is None
    assert changes.records == ()


def test_one_step_is_one_group(library: Library, sample: Case) -> None:
    with library.write("李四") as work:
        case_id = work.add_case(sample, action="装入案卷文件")
        group = work.commit().group
    entries = library.journal(case_id)
    assert {entry.group for entry in entries} == {group}
    assert len(entries) == 1 + sum(1 for _ in sample.everything())
    assert {entry.action for entry in entries} == {"装入案卷文件"}


def test_removing_keeps_what_was_removed(library: Library, case_id: str) -> None:
    with library.write("李四") as work:
        work.remove(case_id, "deliveries", "d1", action="移除送达")
        work.commit()
    entry = library.journal(limit=1)[0]
    assert (entry.before, entry.after) == ({"sent_at": "2026-03-24T10:20"}, None)
    assert library.read_case(case_id).deliveries == ()


def test_removing_a_case_removes_all_of_it(library: Library, case_id: str, sample: Case) -> None:
    with library.write("李四") as work:
        other = work.add_case(sample)
        work.commit()
    with library.write("李四") as work:
        work.remove_case(case_id, action="移除 2026 年度")
        work.commit()
    assert library.case_ids() == (other,)
    assert library.read_case(other) == sample
    assert library.verify_journal() == []


def test_a_note_is_an_entry_without_a_record(library: Library, case_id: str) -> None:
    with library.write("李四") as work:
        work.note(case_id, "打印", "要约书", "sha256:abc")
        work.commit()
    entry = library.journal(limit=1)[0]
    assert (entry.action, entry.detail, entry.collection) == ("打印：要约书", "sha256:abc", "")


@pytest.mark.parametrize("collection", ["union", "cycle", "enterprise", "congress"])
def test_the_single_records_cannot_be_removed(library: Library, case_id: str, collection: str) -> None:
    with library.write("李四") as work, pytest.raises(ValueError, match="exactly one"):
        work.remove(case_id, collection, collection, action="移除")


def test_twins_in_a_case_are_refused(library: Library) -> None:
    head = library.journal_head()
    with pytest.raises(ValueError, match="share"), library.write("李四") as work:
        work.add_case(Case(offers=(Offer(id="o"), Offer(id="o"))))
    assert library.journal_head() == head
    assert library.case_ids() == ()


def test_unknown_case(library: Library) -> None:
    with library.write("李四") as work, pytest.raises(KeyError):
        work.put("nobody", "meetings", Meeting(id="m"), action="添加")
    with library.write("李四") as work, pytest.raises(KeyError):
        work.remove_case("nobody", action="移除")


def test_nobody_does_nothing(library: Library) -> None:
    with pytest.raises(ValueError, match="somebody"), library.write("  "):
        pass


def test_half_a_character_gets_a_sentence(library: Library, case_id: str, sample: Case) -> None:
    with pytest.raises(UserError, match="半个字"), library.write("李四") as work:
        work.put(case_id, "union", sample.union.replace(name="工会\ud86c"), action="修改工会")
    assert library.read_case(case_id) == sample


def test_a_number_beyond_the_file_gets_a_sentence(library: Library, case_id: str) -> None:
    with pytest.raises(UserError, match="太大"), library.write("李四") as work:
        work.put(case_id, "meetings", Meeting(id="m", workers_present=2**70), action="添加")


def test_used_up_or_outside_its_with_it_refuses(library: Library, case_id: str) -> None:
    work = library.write("李四")
    with pytest.raises(RuntimeError):
        work.note(case_id, "打印")
    with work:
        work.note(case_id, "打印")
        work.commit()
        with pytest.raises(RuntimeError):
            work.note(case_id, "打印")


def test_writers_wait_for_each_other_and_no_update_is_lost(library: Library, case_id: str) -> None:
    failures: list[BaseException] = []

    def work_hard(name: int) -> None:
        try:
            for number in range(5):
                with library.write(f"写手{name}") as work:
                    held = Meeting(id=f"{name}-{number}", number=1)
                    work.put(case_id, "meetings", held, action="添加协商会议")
                    work.commit()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work_hard, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(library.read_case(case_id).meetings) == 20
    assert library.verify_journal() == []


def test_reading_while_somebody_writes_sees_the_state_before(
    library: Library, case_id: str, sample: Case
) -> None:
    with library.write("李四") as work:
        work.put(case_id, "meetings", Meeting(id="m1"), action="添加协商会议")
        assert library.read_case(case_id) == sample
        work.commit()
    assert len(library.read_case(case_id).meetings) == 1


def test_at_rest_the_library_is_one_file(library: Library, case_id: str) -> None:
    with library.write("李四") as work:
        work.put(case_id, "meetings", Meeting(id="m1"), action="添加协商会议")
        work.commit()
    library.read_case(case_id)
    beside = [file.name for file in Path(library.folder).iterdir() if file.name.startswith("database")]
    assert beside == ["database.sqlite"]
