"""Delegates by number, name and code; who is left; how the roster is made up; who votes where all staff decide."""

from __future__ import annotations

from app.domain.ballots import Mark, NamedVote
from app.domain.case import Case
from app.domain.congress import Attendance, Body, Category, Congress, Delegate, Session
from app.domain.redaction import FOR_SUBMISSION, redact
from app.domain.representatives import Count, Sex
from app.domain.union import Enterprise
from app.domain.voters import all_voters
from app.figures.delegates import (
    Part,
    by_code_or_name,
    follows_list,
    found_by,
    make_up,
    not_signed_in,
    without_vote,
)

ROSTER = (
    Delegate(id="a", name="王芳", category=Category.FRONTLINE, sex=Sex.FEMALE, code="7000000001"),
    Delegate(id="b", name="王芳芳", category=Category.FRONTLINE, sex=Sex.FEMALE, code="7000000002"),
    Delegate(id="c", name="李强", category=Category.MANAGEMENT, sex=Sex.MALE, code="7000000003"),
)
CASE = Case(
    delegates=ROSTER,
    congress=Congress(id="congress", delegates=4, frontline=3, management=1),
    sessions=(Session(id="s", present=1),),
    counts=(Count(id="k", session="s"),),
    attendances=(Attendance(id="1", session="s", delegate="a"),),
    named_votes=(NamedVote(id="v", count="k", delegate="c", vote=Mark.AGAINST),),
)


def ids(found: tuple[Delegate, ...]) -> list[str]:
    return [each.id for each in found]


def test_a_number_a_whole_name_a_part_of_a_name_and_a_code_lead_to_a_delegate() -> None:
    assert ids(found_by(CASE, "3")) == ["c"]
    assert ids(found_by(CASE, "王芳")) == ["a"]
    assert ids(found_by(CASE, "王")) == ["a", "b"]
    assert found_by(CASE, "0") == found_by(CASE, "4") == found_by(CASE, " ") == ()
    assert ids(by_code_or_name(CASE, "7000000002")) == ["b"]
    assert by_code_or_name(CASE, "7000000009") == ()


def test_who_is_there_and_has_not_voted_and_who_voted_without_being_there() -> None:
    assert ids(without_vote(CASE, "k")) == ["a"]
    assert ids(not_signed_in(CASE, "k")) == ["c"]


def test_the_number_present_follows_the_list_but_not_what_somebody_wrote() -> None:
    assert follows_list(CASE, CASE.sessions[0], 2).present == 2
    by_hand = CASE.sessions[0].replace(present=30)
    assert follows_list(CASE, by_hand, 2).present == 30


def test_the_make_up_stands_beside_what_was_to_be_chosen() -> None:
    parts = {part.name: part for part in make_up(CASE)}
    assert parts["职工代表"] == Part("职工代表", 4, 3)
    assert parts["一线"] == Part("一线", 3, 2)
    assert parts["女代表"] == Part("女代表", None, 2)
    assert make_up(Case(congress=Congress(id="congress", body=Body.ALL_STAFF))) == ()


def test_all_staff_are_the_base_where_all_staff_decide() -> None:
    firm = Enterprise(id="enterprise", staff=38)
    small = Case(enterprise=firm, congress=Congress(id="congress", body=Body.ALL_STAFF, delegates=9))
    assert all_voters(small) == 38
    assert all_voters(CASE) == 4


def test_neither_votes_by_name_nor_times_nor_codes_leave_this_computer() -> None:
    sent = redact(CASE, FOR_SUBMISSION)
    assert sent.named_votes == () and sent.attendances == ()
    assert [each.code for each in sent.delegates] == ["", "", ""]
