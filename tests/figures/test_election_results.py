"""Who passed, against all who may vote; one half and equal votes are told, never decided."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.case import Case
from app.domain.congress import Congress
from app.domain.representatives import Candidate, Count, Election, ElectionWay, Replacement
from app.domain.union import Enterprise, Side
from app.figures.election_results import Place, base_of, candidates_of, result_of
from app.figures.person_votes import count_of

ELECTION = Election(id="e", side=Side.WORKER, way=ElectionWay.UNION_NOMINATES, seats=2)
COUNT = Count(id="c", election="e", expected=52, present=48, issued=48, returned=48, valid=48, invalid=0)


def held(*votes: tuple[str, int | None], election: Election = ELECTION, count: Count | None = COUNT) -> Case:
    return Case(
        elections=(election,),
        counts=(count,) if count else (),
        candidates=tuple(
            Candidate(id=name, election="e", name=name, in_favour=number) for name, number in votes
        ),
    )


def places(case: Case) -> dict[str, Place]:
    result = result_of(case, case.elections[0])
    return {each.candidate.name: each.place for each in result.standings}


def test_more_than_half_of_all_not_of_those_present():
    assert places(held(("王平", 27), ("李明", 25))) == {"王平": Place.ELECTED, "李明": Place.BELOW}


def test_exactly_one_half_is_told_and_not_elected():
    case = held(("王平", 26), ("李明", 40))
    assert places(case)["王平"] is Place.HALF
    assert any("王平恰好一半（26 票，全体 52 人）" in each for each in result_of(case, ELECTION).told)
    assert [each.name for each in result_of(case, ELECTION).elected] == ["李明"]


def test_equal_votes_for_the_last_seat_are_told_and_nobody_gets_it():
    case = held(("王平", 40), ("李明", 30), ("张华", 30))
    assert places(case) == {"王平": Place.ELECTED, "李明": Place.TIED, "张华": Place.TIED}
    assert any("得票相同" in each for each in result_of(case, ELECTION).told)


def test_who_passed_beyond_the_seats_is_told_apart():
    assert places(held(("王平", 40), ("李明", 31), ("张华", 30)))["张华"] is Place.FULL


def test_without_a_number_of_seats_everybody_above_half_is_elected():
    case = held(("王平", 40), ("李明", 31), ("张华", 30), election=ELECTION.replace(seats=None))
    assert set(places(case).values()) == {Place.ELECTED}


def test_fewer_candidates_than_seats_are_told():
    case = held(("王平", None))
    assert result_of(case, ELECTION).told == ("候选人 1 人，少于名额 2 名",)
    assert result_of(held(("王平", None), ("李明", None)), ELECTION).told == ()


def test_seats_left_open_are_told():
    assert any("还差 1 名" in each for each in result_of(held(("王平", 40), ("李明", 9)), ELECTION).told)


def test_marks_that_do_not_come_to_the_valid_ballots_are_told():
    case = held(("王平", 40))
    odd = case.with_record("candidates", case.candidates[0].replace(against=3, abstained=4))
    assert result_of(odd, ELECTION).standings[0].wrong == "王平合计 47 票，不等于有效 48 张"
    even = case.with_record("candidates", case.candidates[0].replace(against=4, abstained=4))
    assert not result_of(even, ELECTION).standings[0].wrong
    more = case.with_record("candidates", case.candidates[0].replace(against=9))
    assert "多于有效 48 张" in result_of(more, ELECTION).standings[0].wrong


def test_where_all_staff_vote_all_staff_are_the_base():
    way = ElectionWay.STAFF_RECOMMEND
    case = Case(
        enterprise=Enterprise(id="enterprise", staff=80), congress=Congress(id="congress", delegates=30)
    )
    assert base_of(case, Election(way=way)) == 80
    assert base_of(case, Election(way=ElectionWay.UNION_NOMINATES)) == 30
    assert base_of(case, Election(way=ElectionWay.JOINT_MEETING)) is None


def test_the_vote_on_a_recall_is_not_the_count_of_the_election():
    recall = Count(id="r", election="e", expected=52, in_favour=30)
    case = Case(
        elections=(ELECTION,), counts=(recall, COUNT), replacements=(Replacement(id="x", recall_count="r"),)
    )
    assert count_of(case, ELECTION) is case.counts[1]


def test_who_was_written_in_comes_after_the_list_and_the_list_is_by_strokes():
    names = [("张华", None), ("丁一", None), ("王平", None)]
    case = held(*names)
    case = case.with_record("candidates", case.candidates[1].replace(written_in=True))
    assert [each.name for each in candidates_of(case, ELECTION)] == ["王平", "张华", "丁一"]


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 60)), min_size=1, max_size=8),
    st.one_of(st.none(), st.integers(0, 8)),
    st.integers(1, 60),
)
def test_never_more_elected_than_seats_and_never_with_half_or_less(votes, seats, everyone):
    people = tuple(
        Candidate(id=str(at), election="e", name=f"王{'一二三四五六七八'[at]}", in_favour=number)
        for at, number in enumerate(votes)
    )
    election = ELECTION.replace(seats=seats)
    case = Case(
        elections=(election,), counts=(Count(id="c", election="e", expected=everyone),), candidates=people
    )
    elected = result_of(case, election).elected
    assert seats is None or len(elected) <= seats
    assert all(2 * (each.in_favour or 0) > everyone for each in elected)
    least = min((each.in_favour or 0 for each in elected), default=0)
    others = [each for each in people if each not in elected and each.in_favour is not None]
    assert all((each.in_favour or 0) < least for each in others) or not elected
