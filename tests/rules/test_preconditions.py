"""What an empty stage tells: the seven entries, their numbers from the pack, their doors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.bootstrap import make_program
from app.domain.agreement import Agreement
from app.domain.case import Case
from app.domain.congress import Body, Congress, Purpose, Session
from app.domain.negotiation import Meeting, Position, RoundResult
from app.domain.offer import Delivery, Offer
from app.domain.representatives import Count
from app.domain.roster import NOT_TOLD, StaffGroup
from app.domain.stages import Stage
from app.domain.survey import GroupBy
from app.domain.union import Cycle, Department, Enterprise
from app.forms.pages import page_of
from app.rules.ground import Ground
from app.rules.preconditions import MOST_NEEDS, Readiness, is_untouched, outlook
from app.rules.stage_needs import suggested_session

ON = date(2026, 4, 27)
PROGRAM = make_program()


def ground(case: Case, on: date = ON) -> Ground:
    return Ground(case, PROGRAM.pack_or_national(case), PROGRAM.packs.national, PROGRAM.calendar, on)


def shandong(**more) -> Case:
    return Case(cycle=Cycle(id="cycle", region="shandong", year=2026), **more)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("case", [Case(), shandong()])
def test_every_stage_tells_what_it_needs_in_few_words(stage: Stage, case: Case) -> None:
    told = outlook(stage, ground(case))
    assert told.headline and told.why and told.tip
    assert 1 <= len(told.needs) <= MOST_NEEDS
    ways = [told.primary, told.secondary, *(need.way for need in told.needs if need.way)]
    for way in ways:
        assert len(way.words) <= 10, way.words
        assert way.stage or way.where or way.paper
    for words in (told.headline, told.why, told.tip, *(need.words for need in told.needs)):
        assert not set("！!您") & set(words), words


def test_departments_are_those_of_the_roster_and_the_door_leads_to_it() -> None:
    def need(case: Case):
        return next(each for each in outlook(Stage.SURVEY, ground(case)).needs if each.name == "部门")

    bare = need(shandong())
    assert bare.state is Readiness.MISSING and bare.way.where.collection == "staff_groups"
    groups = tuple(
        StaffGroup(id=name, by=by, name=name, people=9)
        for by, name in (
            (GroupBy.DEPARTMENT, "装配车间"),
            (GroupBy.DEPARTMENT, "铸造车间"),
            (GroupBy.DEPARTMENT, NOT_TOLD),
            (GroupBy.POST, "焊工"),
        )
    )
    known = need(shandong(staff_groups=groups, departments=(Department(id="a", name="铸造"),)))
    assert known.state is Readiness.DONE and known.way is None
    assert known.words == "2 个（花名册）：装配车间、铸造车间"
    assert need(shandong(departments=(Department(id="a", name="铸造"),))).words == "1 个：铸造"


@pytest.mark.parametrize("case", [Case(), shandong()])
def test_every_door_into_a_later_stage_leads_to_a_step_that_exists(case: Case) -> None:
    for stage in (Stage.CONGRESS, Stage.FILING, Stage.FULFILMENT):
        told = outlook(stage, ground(case))
        for way in (told.primary, told.secondary, *(need.way for need in told.needs if need.way)):
            if way.stage in (Stage.CONGRESS, Stage.FILING, Stage.FULFILMENT) and way.step:
                assert way.step in {step.key for step in page_of(way.stage).steps}


def test_the_congress_tells_needed_votes_of_all_delegates_and_the_quorum() -> None:
    case = shandong(congress=Congress(id="congress", delegates=42, term_name="第三届"))
    told = outlook(Stage.CONGRESS, ground(case))
    assert told.tip == "要有全体 42 名代表过半数赞成，至少 22 票；到会至少三分之二，28 人。"
    assert told.needs[0].state is Readiness.DONE
    assert told.needs[0].words == "42 名，第三届"


def test_where_all_staff_vote_the_staff_count() -> None:
    case = shandong(
        congress=Congress(id="congress", body=Body.ALL_STAFF),
        enterprise=Enterprise(id="enterprise", staff=31),
    )
    assert "全体 31 人职工过半数赞成，至少 16 票" in outlook(Stage.CONGRESS, ground(case)).tip


def test_a_draft_under_way_tells_how_far_it_is_and_suggests_a_day() -> None:
    case = shandong(
        meetings=(Meeting(id="m3", number=3, held_on=date(2026, 5, 8)),),
        positions=(
            Position(id="p1", topic="t1", meeting="m3", result=RoundResult.AGREED),
            Position(id="p2", topic="t2", meeting="m3", result=RoundResult.OPEN),
        ),
    )
    told = outlook(Stage.CONGRESS, ground(case))
    draft, day = told.needs[1], told.needs[2]
    assert draft.state is Readiness.NOW
    assert draft.words == "2 项议题谈定 1 项，第 3 次会议 5月8日"
    assert draft.remark == "等第 3 次会议"
    assert day.words == "还没定。要在会前 7 日公开议程，建议 5月18日（周一）开会"
    assert day.way is not None and day.way.begins and day.way.fact == "held_on"
    assert told.primary.stage is Stage.NEGOTIATION


def test_the_suggested_day_leaves_room_for_the_notice() -> None:
    case = shandong(agreements=(Agreement(id="a", agreed_on=date(2026, 4, 24)),))
    here = ground(case)
    notice = here.term("congress_notice")
    assert notice is not None
    day = suggested_session(here, notice)
    assert PROGRAM.calendar.is_workday(day)
    assert (day - ON).days > notice.amount


def test_nothing_laid_down_is_said_in_so_many_words() -> None:
    told = outlook(Stage.CONGRESS, ground(Case()))
    assert "法规未规定" in told.needs[2].words
    assert "法规未规定" in outlook(Stage.FULFILMENT, ground(Case())).tip


def test_an_agreed_draft_begins_the_congress() -> None:
    case = shandong(agreements=(Agreement(id="a", agreed_on=date(2026, 4, 24)),))
    told = outlook(Stage.CONGRESS, ground(case))
    assert told.needs[1].state is Readiness.DONE
    assert told.primary.begins and told.primary.stage is Stage.CONGRESS


def test_a_vote_passed_opens_the_signing_and_one_lost_does_not() -> None:
    session = Session(id="s", purpose=Purpose.DELIBERATE_DRAFT, held_on=date(2026, 4, 20))
    count = Count(id="c", session="s", expected=42, in_favour=21)
    case = shandong(sessions=(session,), counts=(count,))
    lost = outlook(Stage.FILING, ground(case))
    assert lost.needs[0].state is Readiness.NOW
    assert lost.primary.stage is Stage.CONGRESS
    passed = outlook(Stage.FILING, ground(replace(case, counts=(count.replace(in_favour=22),))))
    assert passed.needs[0].state is Readiness.DONE
    assert passed.primary.begins


def test_a_delivered_offer_waits_for_the_employer_until_its_day() -> None:
    case = shandong(offers=(Offer(id="o"),), deliveries=(Delivery(id="d", received_on=date(2026, 3, 24)),))
    need = outlook(Stage.NEGOTIATION, ground(case, date(2026, 3, 25))).needs[0]
    assert need.state is Readiness.WAITING
    assert need.words == "3月24日（周二）送达，最迟 4月3日（周五）答复"


def test_what_another_stage_lent_does_not_begin_a_stage() -> None:
    elected = Session(id="s", purpose=Purpose.ELECT_REPRESENTATIVES)
    case = shandong(sessions=(elected,), counts=(Count(id="c", session="s", election="e"),))
    assert is_untouched(Stage.CONGRESS, case)
    assert not is_untouched(Stage.REPRESENTATIVES, case)
    drafted = replace(case, sessions=(elected, Session(id="d", purpose=Purpose.DELIBERATE_DRAFT)))
    assert not is_untouched(Stage.CONGRESS, drafted)
