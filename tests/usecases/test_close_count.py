"""Closing a count on a real library: refused with sentences, kept, opened with a reason; no way around it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from app.domain.case import Case
from app.errors import UserError
from app.exchange.case_file import dump_case
from app.figures.kept_counts import CHANGED_WHILE_CLOSED, DOES_NOT_CLOSE, REOPENED_WITHOUT_REASON
from app.usecases.close_count import close_count, reopen_count
from app.usecases.exchange_case import load_case_file
from app.usecases.make_demo import read_example
from app.usecases.record_fact import record_fact, remove_record
from tests.figures.count_walks import any_edit, counted_case, wrong_closed_counts
from tests.figures.test_count_states import closed, proper


def put_in(library, case: Case) -> str:
    with library.write("测试", undoable=False) as unit:
        made: str = unit.add_case(case)
        unit.commit()
    return made


def test_closing_takes_what_both_agree_on_and_stands_in_the_journal(library, program) -> None:
    case = proper()
    empty = {name: None for name in ("returned", "valid", "invalid", "in_favour", "against", "abstained")}
    case_id = put_in(library, case.with_record("counts", case.counts[0].replace(**empty)))
    done = close_count(program, library, case_id, "c", actor="测试")
    assert (done.in_favour, done.closed_on) == (41, program.clock.today())
    assert library.read_case(case_id).counts == (done,)
    assert library.journal(case_id)[0].action == "结束计票"


def test_closing_is_refused_with_the_numbers_and_goes_with_a_reason(library, program) -> None:
    case = proper()
    short = case.counts[0].replace(against=5)
    case_id = put_in(library, case.with_record("counts", short))
    with pytest.raises(UserError) as refused:
        close_count(program, library, case_id, "c", actor="测试")
    assert refused.value.code == DOES_NOT_CLOSE
    assert "合计 49，不等于有效 50" in refused.value.what_happened
    assert library.read_case(case_id).counts == (short,)
    record_fact(library, case_id, "counts", short.replace(note="1 张看不清"), actor="测试")
    assert close_count(program, library, case_id, "c", actor="测试").closed_on is not None
    assert "写了说明" in library.journal(case_id)[0].action


def test_what_is_closed_is_opened_with_a_reason_only(library, program) -> None:
    case_id = put_in(library, closed())
    count = closed().counts[0]
    before = library.journal_head()
    for change, code in (
        (
            lambda: record_fact(library, case_id, "counts", count.replace(in_favour=1), actor="测试"),
            CHANGED_WHILE_CLOSED,
        ),
        (lambda: remove_record(library, case_id, "counts", "c", actor="测试"), CHANGED_WHILE_CLOSED),
        (
            lambda: remove_record(library, case_id, "count_sheets", "first", actor="测试"),
            CHANGED_WHILE_CLOSED,
        ),
        (lambda: reopen_count(library, case_id, "c", "  ", actor="测试"), REOPENED_WITHOUT_REASON),
    ):
        with pytest.raises(UserError) as refused:
            change()
        assert refused.value.code == code
    assert library.journal_head() == before
    reopen_count(library, case_id, "c", "箱里又有 1 张", actor="测试")
    record_fact(
        library, case_id, "counts", library.read_case(case_id).counts[0].replace(in_favour=42), actor="测试"
    )
    assert library.read_case(case_id).counts[0].in_favour == 42
    assert library.verify_journal() == []


def test_closing_is_taken_back_and_done_again(library, program) -> None:
    case_id = put_in(library, proper())
    close_count(program, library, case_id, "c", actor="测试")
    library.undo_last_group(case_id, "测试")
    assert library.read_case(case_id).counts == proper().counts
    library.redo(case_id, "测试")
    assert library.read_case(case_id).counts[0].closed_on is not None


def test_a_whole_case_with_a_closed_count_goes_and_comes_back(library) -> None:
    case_id = put_in(library, closed())
    with library.write("测试") as unit:
        unit.remove_case(case_id, action="移除案卷")
        unit.commit()
    library.undo_last_group(case_id, "测试")
    assert library.read_case(case_id) == closed()


def test_a_file_with_a_closed_count_that_is_wrong_is_refused(library, tmp_path: Path) -> None:
    wrong = closed().with_record("counts", closed().counts[0].replace(against=0))
    file = tmp_path / "来的.json"
    file.write_bytes(dump_case(wrong))
    with pytest.raises(UserError) as refused:
        load_case_file(library, file, actor="测试")
    assert refused.value.code == "C-202"
    assert library.headings() == ()
    file.write_bytes(dump_case(closed()))
    assert library.read_case(load_case_file(library, file, actor="测试")) == closed()


def test_worked_examples_have_no_closed_count_that_is_wrong() -> None:
    case = read_example("shandong-linyi-single")
    assert wrong_closed_counts(case) == []


def walk(library, program, steps: int, seed: int) -> tuple[int, int]:
    """Walk on a real library with every way there is to write; return (stood closed, refused)."""
    random = Random(seed)
    case_id = put_in(library, counted_case(random, closed=False))
    stood = refused = 0
    for _ in range(steps):
        case, way = library.read_case(case_id), random.random()
        try:
            if way < 0.12:
                library.undo_last_group(case_id, "测试")
            elif way < 0.18:
                library.redo(case_id, "测试")
            elif way < 0.24:
                case_id = put_in(library, counted_case(random, closed=random.random() < 0.6))
            elif way < 0.36 and case.counts:
                close_count(program, library, case_id, "c", actor="测试")
            elif way < 0.42 and case.counts:
                reopen_count(library, case_id, "c", random.choice(("", "又数了一遍")), actor="测试")
            else:
                collection, held, record_id = any_edit(random, case)
                if held is None:
                    remove_record(library, case_id, collection, record_id, actor="测试")
                else:
                    record_fact(library, case_id, collection, held, actor="测试")
        except UserError:
            refused += 1
            assert library.read_case(case_id) == case
        case = library.read_case(case_id)
        assert wrong_closed_counts(case) == []
        stood += any(count.closed_on for count in case.counts)
    assert library.verify_journal() == []
    return stood, refused


def test_no_way_of_writing_reaches_a_closed_count_that_is_wrong(library, program) -> None:
    stood, refused = walk(library, program, 120, seed=7)
    assert stood > 8
    assert refused > 10


@pytest.mark.slow
def test_no_long_way_of_writing_reaches_a_closed_count_that_is_wrong(library, program) -> None:
    stood, refused = walk(library, program, 4_000, seed=11)
    assert stood > 200
    assert refused > 400
