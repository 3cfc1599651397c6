"""Counts of persons: what they start with, and what the vote on a recall came to (F-13, F-17)."""

from __future__ import annotations

from app.domain.case import Case
from app.domain.representatives import Count, Election, LeavingCause, Replacement
from app.domain.union import Side
from app.domain.voters import all_voters
from app.figures.person_votes import VOTED_BY_ALL, count_of, elections_of
from app.figures.tallies import Outcome, majority_of, outcome
from app.rules.findings import Source, cite
from app.rules.ground import Ground
from app.rules.thresholds import WORDS_DIFFER


def election_to_count(case: Case) -> Election | None:
    """Return the workers' election the next count is of: the first without one, else the last."""
    elections = elections_of(case)
    waiting = [each for each in elections if count_of(case, each) is None]
    return waiting[0] if waiting else elections[-1] if elections else None


def starting_election_count(case: Case) -> dict[str, object]:
    """Return what the count of an election starts with: which one, when, and who was there."""
    election = election_to_count(case)
    if election is None:
        return {}
    known: dict[str, object] = {"election": election.id, "counted_on": election.voting_on}
    return known | _of_session(case, election.session)


def recalls_to_count(case: Case) -> tuple[Replacement, ...]:
    """Return the recalls of which no vote is written down."""
    return tuple(
        each
        for each in case.replacements
        if each.cause is LeavingCause.RECALLED and case.find("counts", each.recall_count) is None
    )


def starting_recall_count(case: Case, change: Replacement) -> dict[str, object]:
    """Return what the count of a recall starts with: what is voted on, and how many may vote as at the election."""
    leaving = case.find("representatives", change.leaving)
    name = leaving.name if leaving is not None else ""
    side = (change.side or Side.WORKER).label
    known: dict[str, object] = {"what": f"罢免{side}协商代表{name}", "method": "无记名投票"}
    election = recalled_from(case, change)
    if election is None or election.way in VOTED_BY_ALL:
        known["expected"] = all_voters(case) or None
    return known


def recalled_from(case: Case, change: Replacement) -> Election | None:
    """Return the election whose procedure a recall follows: the first one of the same side."""
    return next(iter(elections_of(case, change.side or Side.WORKER)), None)


def recall_told(ground: Ground, count: Count, change: Replacement) -> tuple[str, str]:
    """Return what the vote on a recall came to, as (shape, sentence); empty words while a number lacks.

    A recall follows the procedure of the election. Where somebody was appointed no text names a number of votes.
    """
    case = ground.case
    if count.in_favour is None or not count.expected:
        return "", ""
    election = recalled_from(case, change)
    if election is not None and election.way is not None and election.way not in VOTED_BY_ALL:
        return "explain", "代表当初不是投票产生的，罢免要多少票法规没有写，由原来产生代表的会议或工会决定。"
    base, votes = count.expected, count.in_favour
    came = {
        Outcome.PASSED: ("met", "超过一半，同意罢免"),
        Outcome.EXACTLY_HALF: ("explain", f"恰好一半；{WORDS_DIFFER}，算不算通过看当地条文"),
        Outcome.NOT_PASSED: ("must", "没有达到一半，罢免没有通过"),
    }
    shape, words = came[outcome(votes, base)]
    articles = cite(tuple(s for rule in ("rep_replace", "worker_rep_elect") for s in _sources(ground, rule)))
    basis = f"依据 {articles}" if articles else ""
    so_far = "计票还没有结束，照现在的数：" if count.closed_on is None else ""
    shape = shape if count.closed_on is not None else ""
    return shape, f"{so_far}赞成 {votes} 票，全体 {base} 人，至少要 {majority_of(base)} 票：{words}。{basis}"


def _sources(ground: Ground, rule: str) -> tuple[Source, ...]:
    return ground.pack.sources(rule, ground.kind, ground.form)


def _of_session(case: Case, session_id: str) -> dict[str, object]:
    session = case.find("sessions", session_id)
    if session is None:
        return {"expected": all_voters(case) or None}
    known: dict[str, object] = {
        "session": session.id,
        "expected": session.expected,
        "present": session.present,
    }
    return known | ({"counted_on": session.held_on} if session.held_on is not None else {})
