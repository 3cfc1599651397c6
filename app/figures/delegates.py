"""Delegates by number and name, who signed in, who voted, and how the roster is made up (F-52, F-53, F-54)."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.case import Case
from app.domain.congress import Body, Category, Delegate, Session
from app.domain.representatives import Sex


def found_by(case: Case, words: str) -> tuple[Delegate, ...]:
    """Return the delegates a number of the list (from 1) or a part of a name leads to; a whole name comes first."""
    wanted = words.strip()
    if not wanted:
        return ()
    if wanted.isdecimal():
        at = int(wanted)
        return case.delegates[at - 1 : at] if at >= 1 else ()
    whole = tuple(each for each in case.delegates if each.name == wanted)
    return whole or tuple(each for each in case.delegates if wanted in each.name)


def signed_in(case: Case, session_id: str) -> frozenset[str]:
    """Return the ids of the delegates who signed in for a session."""
    return frozenset(each.delegate for each in case.attendances if each.session == session_id)


def without_vote(case: Case, count_id: str) -> tuple[Delegate, ...]:
    """Return whose vote by name is not entered: of those who signed in where a list of these is kept, else of all."""
    voted = {each.delegate for each in case.named_votes if each.count == count_id}
    there = _there(case, count_id)
    return tuple(each for each in case.delegates if each.id not in voted and (not there or each.id in there))


def not_signed_in(case: Case, count_id: str) -> tuple[Delegate, ...]:
    """Return who voted by name without having signed in; none where no list is kept."""
    there = _there(case, count_id)
    voted = {each.delegate for each in case.named_votes if each.count == count_id}
    return tuple(each for each in case.delegates if there and each.id in voted and each.id not in there)


def _there(case: Case, count_id: str) -> frozenset[str]:
    count = case.find("counts", count_id)
    return signed_in(case, count.session) if count is not None and count.session else frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """One group of the delegates: how many there are, how many the congress was to have; ``None`` where unknown."""

    name: str
    wanted: int | None
    there: int | None


def make_up(case: Case) -> tuple[Part, ...]:
    """Return all delegates, then by 岗位类别, then women: the numbers of the congress beside those of the roster.

    Where all staff decide there are no delegates to be chosen.
    """
    congress, roster = case.congress, case.delegates
    if congress.body is Body.ALL_STAFF:
        return ()

    def counted(category: Category) -> int | None:
        return sum(each.category is category for each in roster) if roster else None

    return (
        Part("职工代表", congress.delegates, len(roster) if roster else None),
        Part("一线", congress.frontline, counted(Category.FRONTLINE)),
        Part("技术", congress.technical, counted(Category.TECHNICAL)),
        Part("一般管理", congress.admin, counted(Category.ADMIN)),
        Part("中高层管理", congress.management, counted(Category.MANAGEMENT)),
        Part("女代表", congress.women, sum(each.sex is Sex.FEMALE for each in roster) if roster else None),
    )


def by_code_or_name(case: Case, words: str) -> tuple[Delegate, ...]:
    """Return whom a scanned code means, else whom a number or a name leads to."""
    wanted = words.strip()
    coded = tuple(each for each in case.delegates if each.code and each.code == wanted)
    return coded or found_by(case, wanted)


def follows_list(case: Case, session: Session, now_there: int) -> Session:
    """Return the session with the number of those who signed in, where 实到 was counted on the list until now.

    A number somebody wrote by hand stays.
    """
    before = len(signed_in(case, session.id))
    return session.replace(present=now_there) if session.present in (None, 0, before) else session
