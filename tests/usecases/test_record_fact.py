"""Recording leaves a trace, stores what happened whether lawful or not, and can be undone."""

from __future__ import annotations

from datetime import date

from app.domain.case import Case
from app.domain.offer import Offer
from app.domain.union import Cycle, Union
from app.exchange.case_file import dump_case, load_case
from app.usecases.record_fact import add_record, record_fact, remove_record
from app.usecases.start_year import start_year


def start(library):
    return start_year(library, year=2026, region="shandong", actor="测试")


def test_a_changed_fact_is_stored_with_its_trace(library):
    case_id = start(library)
    made = add_record(library, case_id, "offers", actor="测试")
    record_fact(library, case_id, "offers", made.replace(issued_on=date(2026, 3, 12)), actor="测试")
    assert library.read_case(case_id).offers[0].issued_on == date(2026, 3, 12)
    newest = library.journal(case_id)[0]
    assert newest.action == "修改要约：签发日期"
    assert library.verify_journal() == []


def test_storing_the_same_again_leaves_no_second_trace(library):
    case_id = start(library)
    made = add_record(library, case_id, "offers", actor="测试")
    before = library.journal_head()
    record_fact(library, case_id, "offers", made, actor="测试")
    assert library.journal_head() == before


def test_impossible_order_of_dates_is_stored_all_the_same(library):
    case_id = start(library)
    made = add_record(library, case_id, "offers", actor="测试")
    odd = made.replace(issued_on=date(2031, 1, 1))
    record_fact(library, case_id, "offers", odd, actor="测试")
    assert library.read_case(case_id).offers == (odd,)


def test_removing_and_undoing_brings_the_record_back_in_its_place(library):
    case_id = start(library)
    first = add_record(library, case_id, "offers", actor="测试", preset={"number": "一"})
    add_record(library, case_id, "offers", actor="测试", preset={"number": "二"})
    before = library.read_case(case_id)
    remove_record(library, case_id, "offers", first.id, actor="测试")
    assert [offer.number for offer in library.read_case(case_id).offers] == ["二"]
    step = library.undo_last_group(case_id, "测试")
    assert "移除要约" in step.name
    assert library.read_case(case_id) == before
    library.redo(case_id, "测试")
    assert [offer.number for offer in library.read_case(case_id).offers] == ["二"]


def test_a_new_year_takes_over_who_we_are_but_not_last_years_dates(library):
    last = Case(
        cycle=Cycle(id="cycle", year=2025, region="shandong"),
        union=Union(id="union", name="测试工会"),
        offers=(Offer(id="o", number="旧"),),
    )
    case_id = start_year(library, year=2026, region="shandong", like=last, actor="测试")
    fresh = library.read_case(case_id)
    assert fresh.union.name == "测试工会"
    assert fresh.cycle.year == 2026
    assert fresh.offers == ()


def test_removing_takes_the_links_along_and_undo_brings_them_back(library):
    case_id = start(library)
    offer = add_record(library, case_id, "offers", actor="测试")
    add_record(library, case_id, "deliveries", actor="测试", preset={"offer": offer.id})
    before = library.read_case(case_id)
    remove_record(library, case_id, "offers", offer.id, actor="测试")
    after = library.read_case(case_id)
    assert after.deliveries[0].offer == ""
    assert load_case(dump_case(after)) == after
    library.undo_last_group(case_id, "测试")
    assert library.read_case(case_id) == before


def test_pasted_control_characters_do_not_make_a_case_that_cannot_be_loaded(library):
    case_id = start(library)
    made = add_record(library, case_id, "meetings", actor="测试")
    pasted = made.replace(place="会\x07议室", summary="一\x0b二\x0c三\n四\t五")
    record_fact(library, case_id, "meetings", pasted, actor="测试")
    case = library.read_case(case_id)
    assert (case.meetings[0].place, case.meetings[0].summary) == ("会议室", "一\n二\n三\n四\t五")
    assert load_case(dump_case(case)) == case
