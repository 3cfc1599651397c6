"""What an election came to, candidate by candidate, against all who may vote (F-13; 鲁工资 8).

Nothing is decided here where the numbers leave it open: exactly one half, and equal votes for the last seat, are
told and left to who must decide.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.case import Case
from app.domain.facts import Choice, join_names
from app.domain.representatives import Candidate, Count, Election, ElectionWay
from app.figures.person_votes import count_of, standing_in, too_many_marks, wrong_sum
from app.figures.stroke_order import in_stroke_order, unknown_characters
from app.figures.tallies import Outcome, outcome

BALLOTED = frozenset(
    {
        ElectionWay.UNION_NOMINATES,
        ElectionWay.CONGRESS_ELECTS,
        ElectionWay.JOINT_MEETING,
        ElectionWay.STAFF_RECOMMEND,
        ElectionWay.EMPLOYERS_ELECT,
    }
)
"""Ways in which papers are marked and counted; in the others somebody is appointed."""


class Place(Choice):
    """Where a candidate stands after the count."""

    UNKNOWN = "unknown", "还没计票"
    ELECTED = "elected", "当选"
    TIED = "tied", "得票相同"
    FULL = "full", "名额已满"
    HALF = "half", "恰好一半"
    BELOW = "below", "没有过半"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One candidate after the count.

    Attributes:
        candidate: who.
        base: all delegates or all staff; ``None`` while that is not known.
        place: where the votes put them.
        wrong: one sentence where the numbers cannot be or do not add up; empty when they agree.
    """

    candidate: Candidate
    base: int | None
    place: Place
    wrong: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One election.

    Attributes:
        standings: candidates in the order of strokes, those written in after them.
        base: all who may vote; ``None`` while not known.
        seats: how many are to be elected; ``None`` while not written.
        told: what has to be decided or looked at, sentence by sentence.
        unplaced: names with characters nobody counted the strokes of; they stand last.
    """

    standings: tuple[Standing, ...]
    base: int | None
    seats: int | None
    told: tuple[str, ...]
    unplaced: tuple[str, ...]

    @property
    def elected(self) -> tuple[Candidate, ...]:
        """Those who passed without any doubt."""
        return tuple(each.candidate for each in self.standings if each.place is Place.ELECTED)


def candidates_of(case: Case, election: Election) -> tuple[Candidate, ...]:
    """Return who stands, by strokes; who was written in on ballots comes after them."""
    held = standing_in(case, election)
    listed = in_stroke_order((each for each in held if not each.written_in), _name)
    return (*listed, *in_stroke_order((each for each in held if each.written_in), _name))


def base_of(case: Case, election: Election) -> int | None:
    """Return all delegates or all staff, never those present (鲁工资 27)."""
    count = count_of(case, election)
    if count is not None and count.expected is not None:
        return count.expected
    session = case.find("sessions", election.session)
    if session is not None and session.expected is not None:
        return int(session.expected)
    if election.way is ElectionWay.STAFF_RECOMMEND:
        return case.enterprise.staff
    return None if election.way is ElectionWay.JOINT_MEETING else case.congress.delegates


def result_of(case: Case, election: Election) -> Result:
    """Return where each candidate stands and what is left to be decided."""
    base, count, people = base_of(case, election), count_of(case, election), candidates_of(case, election)
    passed = sorted(
        (
            each
            for each in people
            if each.in_favour is not None and base and outcome(each.in_favour, base) is Outcome.PASSED
        ),
        key=lambda each: -(each.in_favour or 0),
    )
    elected, tied = _seated(passed, election.seats)
    standings = tuple(
        Standing(
            candidate=each,
            base=base,
            place=_place(each, base, elected, tied, passed),
            wrong=wrong_sum(each, count.valid if count is not None else None, base),
        )
        for each in people
    )
    return Result(
        standings=standings,
        base=base,
        seats=election.seats,
        told=_told(election, standings, tied, base, count),
        unplaced=tuple(each.name for each in people if unknown_characters(each.name)),
    )


def _name(candidate: Candidate) -> str:
    return candidate.name


def _seated(passed: list[Candidate], seats: int | None) -> tuple[set[str], set[str]]:
    """Ids of those who have a seat, and of those who have equally many votes for the last ones."""
    if seats is None or len(passed) <= seats:
        return {each.id for each in passed}, set()
    last = passed[seats - 1].in_favour if seats else None
    if seats and passed[seats].in_favour == last:
        tied = {each.id for each in passed if each.in_favour == last}
        return {each.id for each in passed[:seats]} - tied, tied
    return {each.id for each in passed[:seats]}, set()


def _place(
    each: Candidate, base: int | None, elected: set[str], tied: set[str], passed: list[Candidate]
) -> Place:
    if each.in_favour is None or not base:
        return Place.UNKNOWN
    if each.id in elected:
        return Place.ELECTED
    if each.id in tied:
        return Place.TIED
    if each in passed:
        return Place.FULL
    return Place.HALF if outcome(each.in_favour, base) is Outcome.EXACTLY_HALF else Place.BELOW


def _told(
    election: Election,
    standings: tuple[Standing, ...],
    tied: set[str],
    base: int | None,
    count: Count | None,
) -> tuple[str, ...]:
    found = [each.wrong for each in standings if each.wrong]
    listed = sum(not each.candidate.written_in for each in standings)
    if election.seats is not None and 0 < listed < election.seats:
        found.append(f"候选人 {listed} 人，少于名额 {election.seats} 名")
    half = [each.candidate.name for each in standings if each.place is Place.HALF]
    if half:
        found.append(
            f"{join_names(half)}恰好一半（{(base or 0) // 2} 票，全体 {base} 人），算不算通过看当地条文，不会自动列为代表"
        )
    if tied:
        names = join_names(each.candidate.name for each in standings if each.candidate.id in tied)
        found.append(
            f"{names}得票相同，名额只有 {election.seats} 名，要再投一次或由会议决定，不会自动列为代表"
        )
    seats = election.seats
    filled = sum(each.place is Place.ELECTED for each in standings)
    counted = bool(standings) and all(each.place is not Place.UNKNOWN for each in standings)
    if seats is not None and counted and filled < seats and not tied and not half:
        found.append(f"名额 {seats} 名，超过一半的只有 {filled} 人，还差 {seats - filled} 名")
    people = tuple(each.candidate for each in standings)
    marks = too_many_marks(people, seats, count.valid if count is not None else None)
    if marks:
        found.append(marks)
    if not base and any(each.candidate.in_favour is not None for each in standings):
        found.append("应到人数还没有写，算不出谁超过一半")
    return tuple(found)
