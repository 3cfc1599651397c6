"""Candidates become representatives and back, each in one step that can be undone."""

from __future__ import annotations

from datetime import date

from app.domain.case import Case
from app.domain.representatives import (
    Candidate,
    ChiefBasis,
    Count,
    Election,
    ElectionWay,
    Representative,
    Role,
    TieToEmployer,
)
from app.domain.union import Cycle, Side
from app.rules.findings import Grade
from app.usecases.check_case import check_if_ruled
from app.usecases.elect_representatives import take_back, take_over, to_take_over, worker_election
from app.usecases.record_fact import record_fact
from app.usecases.start_year import start_year

ELECTION = Election(id="e", side=Side.WORKER, way=ElectionWay.UNION_NOMINATES, seats=3)
COUNT = Count(id="c", election="e", expected=52)
PEOPLE = tuple(
    Candidate(id=name, election="e", name=name, in_favour=votes, frontline=True)
    for name, votes in (("王平", 40), ("李明", 26), ("张华", 31))
)


def start(library, *people: Candidate) -> str:
    case_id = start_year(library, year=2026, region="shandong", actor="测试")
    record_fact(library, case_id, "elections", ELECTION, actor="测试")
    record_fact(library, case_id, "counts", COUNT, actor="测试")
    for each in people or PEOPLE:
        record_fact(library, case_id, "candidates", each, actor="测试")
    return case_id


def elect(library, case_id: str) -> int:
    case = library.read_case(case_id)
    chosen = [each.id for each in to_take_over(case, worker_election(case))]
    return take_over(library, case_id, "e", chosen, actor="测试")


def test_who_passed_is_taken_over_in_one_step_and_who_got_one_half_is_not(library):
    case_id = start(library)
    before = library.read_case(case_id)
    assert elect(library, case_id) == 2
    case = library.read_case(case_id)
    made = {each.name: each for each in case.representatives}
    assert set(made) == {"王平", "张华"}
    assert (made["王平"].in_favour, made["王平"].frontline, made["王平"].role) == (40, True, Role.MEMBER)
    assert [each.representative == made[each.name].id for each in case.candidates if each.name in made]
    assert elect(library, case_id) == 0
    library.undo_last_group(case_id, "测试")
    assert library.read_case(case_id) == before
    assert library.verify_journal() == []


def test_the_chair_of_the_union_starts_as_the_chief(library):
    case_id = start(library)
    union = library.read_case(case_id).union
    record_fact(library, case_id, "union", union.replace(chair="张华"), actor="测试")
    elect(library, case_id)
    made = {each.name: each for each in library.read_case(case_id).representatives}
    assert (made["张华"].role, made["张华"].chief_basis) == (Role.CHIEF, ChiefBasis.UNION_CHAIR)
    assert made["王平"].role is Role.MEMBER


def test_a_candidate_is_taken_off_again_with_every_link(library):
    case_id = start(library)
    elect(library, case_id)
    take_back(library, case_id, "王平", actor="测试")
    case = library.read_case(case_id)
    assert [each.name for each in case.representatives] == ["张华"]
    assert case.find("candidates", "王平").representative == ""
    take_back(library, case_id, "王平", actor="测试")
    assert library.read_case(case_id) == case


def test_where_the_union_appoints_everybody_listed_is_taken_over_without_votes():
    appointed = ELECTION.replace(way=ElectionWay.UNION_APPOINTS)
    people = tuple(each.replace(in_favour=None) for each in PEOPLE)
    case = Case(elections=(appointed,), candidates=people)
    assert len(to_take_over(case, appointed)) == 3
    voted = Case(elections=(ELECTION,), candidates=people)
    assert to_take_over(voted, ELECTION) == ()


def test_a_candidate_whom_the_region_bars_wants_a_word_until_the_election_is_over(program):
    barred = PEOPLE[0].replace(tie_to_employer=TieToEmployer.RELATIVE)
    case = Case(
        cycle=Cycle(id="cycle", region="shandong", year=2026), elections=(ELECTION,), candidates=(barred,)
    )

    def told(held: Case) -> list[tuple[str, Grade]]:
        findings = check_if_ruled(program, held).findings
        return [(each.sentence, each.grade) for each in findings if each.where.collection == "candidates"]

    assert told(case) == [("候选人王平是企业负责人或出资人的近亲属", Grade.EXPLAIN)]
    free = case.with_record("candidates", barred.replace(tie_to_employer=TieToEmployer.NONE))
    assert told(free) == []
    over = case.with_record("elections", ELECTION.replace(determined_on=date(2026, 3, 1)))
    assert told(over) == []
    sits = Representative(id="r", side=Side.WORKER, name="王平")
    taken = case.with_record("representatives", sits).with_record(
        "candidates", barred.replace(representative="r")
    )
    assert told(taken) == []
