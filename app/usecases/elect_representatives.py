"""Take elected candidates over as representatives, and take them out again; each is one step that can be undone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.domain.case import Case, unlinked
from app.domain.representatives import Candidate, ChiefBasis, Election, Representative, Role
from app.domain.union import Side
from app.figures.election_results import BALLOTED, candidates_of, result_of
from app.figures.person_votes import elections_of
from app.storage.library import Library
from app.usecases.record_fact import new_id


def worker_election(case: Case, election_id: str = "") -> Election:
    """Return the election with this id, else the workers' first one, else an empty one."""
    found = case.find("elections", election_id)
    if found is not None:
        return found  # type: ignore[no-any-return]
    return next(iter(elections_of(case)), Election(side=Side.WORKER))


def to_take_over(case: Case, election: Election) -> tuple[Candidate, ...]:
    """Return who may be taken over at once: by ballot those who passed, by appointment everybody listed.

    Who is one already is left out. Exactly one half and equal votes are never among them.
    """
    if election.way is None or election.way in BALLOTED:
        people = result_of(case, election).elected
    else:
        people = candidates_of(case, election)
    return tuple(each for each in people if case.find("representatives", each.representative) is None)


def representative_from(case: Case, candidate: Candidate, election: Election) -> dict[str, Any]:
    """Return the facts a representative starts with; the union's chair starts as the chief."""
    chair = bool(candidate.name) and candidate.name == case.union.chair
    chair = chair and not any(
        each.role is Role.CHIEF and each.left_on is None and each.side is Side.WORKER
        for each in case.representatives
    )
    return {
        "side": election.side or Side.WORKER,
        "role": Role.CHIEF if chair else Role.MEMBER,
        "chief_basis": ChiefBasis.UNION_CHAIR if chair else None,
        "name": candidate.name,
        "sex": candidate.sex,
        "post": candidate.post,
        "department": candidate.department,
        "frontline": candidate.frontline,
        "employment": candidate.employment,
        "tie_to_employer": candidate.tie_to_employer,
        "in_favour": candidate.in_favour,
        "against": candidate.against,
        "abstained": candidate.abstained,
    }


def votes_of_representative(case: Case, before: Candidate, after: Candidate) -> Representative | None:
    """Return the representative with a candidate's corrected votes, ``None`` where nothing follows.

    Votes that were written apart of the representative stay as they are.
    """
    held: Representative | None = case.find("representatives", after.representative)
    if held is None:
        return None
    changes = {
        name: getattr(after, name)
        for name in ("in_favour", "against", "abstained")
        if getattr(held, name) == getattr(before, name) != getattr(after, name)
    }
    return held.replace(**changes) if changes else None


def take_over(
    library: Library, case_id: str, election_id: str, candidate_ids: Iterable[str], *, actor: str
) -> int:
    """Make representatives of candidates, all in one step; return how many were made."""
    case = library.read_case(case_id)
    election = worker_election(case, election_id)
    made = 0
    with library.write(actor) as unit:
        for candidate_id in candidate_ids:
            candidate: Candidate | None = case.find("candidates", candidate_id)
            if candidate is None or case.find("representatives", candidate.representative) is not None:
                continue
            held = Representative(id=new_id(case, "representatives")).replace(
                **representative_from(case, candidate, election)
            )
            linked = candidate.replace(representative=held.id)
            unit.put(case_id, "representatives", held, action="候选人列为代表")
            unit.put(case_id, "candidates", linked, action="候选人列为代表")
            case = case.with_record("representatives", held).with_record("candidates", linked)
            made += 1
        unit.commit()
    return made


def take_back(library: Library, case_id: str, candidate_id: str, *, actor: str) -> None:
    """Take a candidate off the list of representatives again."""
    case = library.read_case(case_id)
    candidate: Candidate | None = case.find("candidates", candidate_id)
    if candidate is None or case.find("representatives", candidate.representative) is None:
        return
    gone = candidate.representative
    with library.write(actor) as unit:
        unit.remove(case_id, "representatives", gone, action="候选人不列为代表")
        for other, held in case.linked_to("representatives", gone):
            unit.put(case_id, other, unlinked(held, "representatives", gone), action="候选人不列为代表")
        unit.commit()
