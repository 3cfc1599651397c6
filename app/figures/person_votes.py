"""Votes for persons: who stands in an election, which count is its own, and whether their votes agree (F-13)."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.case import Case
from app.domain.congress import Purpose
from app.domain.facts import join_names
from app.domain.representatives import Candidate, Count, Election, ElectionWay, Replacement, Representative
from app.domain.union import Side

VOTES = ("in_favour", "against", "abstained")
"""What a ballot can say, by the names of the facts of counts, sheets and persons."""

_MOST_NAMED = 3

VOTED_BY_ALL = frozenset(
    {ElectionWay.UNION_NOMINATES, ElectionWay.CONGRESS_ELECTS, ElectionWay.STAFF_RECOMMEND}
)
"""Ways of election in which all delegates or all staff vote, so that more than half of them decides a recall, too."""


def elections_of(case: Case, side: Side = Side.WORKER) -> tuple[Election, ...]:
    """Return the elections of one side, the first one before by-elections."""
    return tuple(each for each in case.elections if each.side is side)


def standing_in(case: Case, election: Election) -> tuple[Candidate, ...]:
    """Return who stands, in the order in which they were written.

    A candidate without an election belongs to the first one of the workers.
    """
    first = next(iter(elections_of(case)), None)
    return tuple(
        each
        for each in case.candidates
        if each.name
        and (each.election == election.id or (not each.election and (first is None or first is election)))
    )


def recalls_of(case: Case, count: Count) -> tuple[Replacement, ...]:
    """Return the recalls a count is of."""
    return tuple(each for each in case.replacements if each.recall_count and each.recall_count == count.id)


def is_recall(case: Case, count: Count) -> bool:
    """True if somebody's recall was voted on: one question with three answers."""
    return bool(recalls_of(case, count))


def is_on_draft(case: Case, count: Count) -> bool:
    """True if the count is no vote for persons: neither an election nor a recall."""
    return not is_recall(case, count) and election_counted_by(case, count) is None


def count_of(case: Case, election: Election) -> Count | None:
    """Return the paper count of an election; the vote on a recall is none."""
    counts = [each for each in case.counts if not is_recall(case, each)]
    own = next((each for each in counts if election.id and each.election == election.id), None)
    if own is None and election.session:
        counts = [each for each in counts if not each.election and not _is_on_contract(case, each)]
        own = next((each for each in counts if each.session == election.session), None)
    return own


def _is_on_contract(case: Case, count: Count) -> bool:
    """A session may elect and vote on a draft: a count that names no election is then the one of the draft."""
    session = case.find("sessions", count.session)
    return bool(count.agreement) or (
        session is not None and session.purpose in (Purpose.DELIBERATE_DRAFT, Purpose.TERMINATE)
    )


def election_counted_by(case: Case, count: Count) -> Election | None:
    """Return the election a count is of; ``None`` for a vote on a draft and for a recall."""
    if is_recall(case, count):
        return None
    named: Election | None = case.find("elections", count.election)
    if named is not None:
        return named
    owned = ((each, count_of(case, each)) for each in case.elections)
    return next((each for each, own in owned if own is not None and own.id == count.id), None)


def is_by_person(case: Case, count: Count) -> bool:
    """True if persons are voted on one by one, so that the count itself has no sum of votes."""
    election = election_counted_by(case, count)
    if election is None:
        return False
    return all(getattr(count, name) is None for name in VOTES) or any(
        getattr(each, name) is not None for each in persons_of(case, election) for name in VOTES
    )


def persons_of(case: Case, election: Election) -> tuple[Candidate | Representative, ...]:
    """Return whose votes the count is about: the candidates.

    Where none were listed, in the first election of a side, those representatives whose votes are written.
    """
    people = standing_in(case, election)
    if people or next(iter(elections_of(case, election.side or Side.WORKER)), None) is not election:
        return people
    return tuple(
        each
        for each in case.representatives
        if each.side is election.side and any(getattr(each, name) is not None for name in VOTES)
    )


def wrong_sum(each: Candidate | Representative, valid: int | None, base: int | None) -> str:
    """Return what cannot be: more votes than ballots or people, or marks that do not come to the valid ballots.

    A name written in on some ballots stands on these only, so its marks may be fewer.
    """
    votes = [getattr(each, name) for name in VOTES]
    known = [number for number in votes if number is not None]
    limit = valid if valid is not None else base
    if known and limit is not None and sum(known) > limit:
        what = f"有效 {limit} 张" if valid is not None else f"应到 {limit} 人"
        return f"{each.name}合计 {sum(known)} 票，多于{what}"
    written_in = isinstance(each, Candidate) and each.written_in
    if valid is not None and len(known) == len(votes) and not written_in and sum(known) != valid:
        return f"{each.name}合计 {sum(known)} 票，不等于有效 {valid} 张"
    return ""


def too_many_marks(
    people: tuple[Candidate | Representative, ...], seats: int | None, valid: int | None
) -> str:
    """Return what cannot be: more marks in favour than all valid ballots have seats for."""
    marks = sum(each.in_favour or 0 for each in people)
    if seats and valid is not None and marks > seats * valid:
        return f"同意票合计 {marks}，多于有效 {valid} 张每张最多 {seats} 名的 {seats * valid}"
    return ""


@dataclass(frozen=True, slots=True)
class PersonVotes:
    """The votes for persons in one count.

    Attributes:
        lacking: what is not written.
        differing: sentences, one for each place where the votes do not agree.
        sums: all votes together, by the names of the facts; what is not written counts as none.
        seats: how many are to be elected.
        votes: each person's id and name with their votes, for telling whether anything was changed.
    """

    lacking: tuple[str, ...]
    differing: tuple[str, ...]
    sums: dict[str, int]
    seats: int | None
    votes: frozenset[tuple[object, ...]]


def person_votes(case: Case, count: Count) -> PersonVotes | None:
    """Return how the votes for persons stand; ``None`` where the count is not by persons."""
    election = election_counted_by(case, count)
    if election is None or not is_by_person(case, count):
        return None
    people = persons_of(case, election)
    without = [each.name for each in people if _lacks(each)]
    lacking = () if people else ("各候选人的得票",)
    if without:
        more = f"等 {len(without)} 人" if len(without) > _MOST_NAMED else ""
        lacking = (f"{join_names(without[:_MOST_NAMED])}{more}的得票",)
    said = [wrong_sum(each, count.valid, None) for each in people]
    said.append(too_many_marks(people, election.seats, count.valid))
    if any(getattr(count, name) is not None for name in VOTES):
        said.append("各候选人都有得票，计票单上又写了一个总的赞成、反对或弃权")
    if election.seats is None:
        said.append("没有写名额，每张票最多画几人没法核对")
    return PersonVotes(
        lacking=lacking,
        differing=tuple(words for words in said if words),
        sums={name: sum(getattr(each, name) or 0 for each in people) for name in VOTES},
        seats=election.seats,
        votes=frozenset(
            (
                each.id,
                each.name,
                isinstance(each, Candidate) and each.written_in,
                *(getattr(each, n) for n in VOTES),
            )
            for each in people
        ),
    )


def _lacks(each: Candidate | Representative) -> bool:
    """Of somebody on the list all three numbers are wanted; who was written in, or never listed, has marks for."""
    listed = isinstance(each, Candidate) and not each.written_in
    return any(getattr(each, name) is None for name in (VOTES if listed else VOTES[:1]))
