"""What follows a reply, the ladder after silence or refusal, the reply term, and the make-up of the sides."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from app.domain.offer import Conclusion, Escalation, EscalationStep, Reminder, Reply
from app.domain.representatives import Sex
from app.domain.union import AgreementKind, Side
from app.rules.composition import composition
from app.rules.offer_course import Possible, course, reply_effect
from app.rules.offer_terms import NOT_LAID_DOWN, reply_term
from app.usecases.check_case import check_case
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import example_in_march
from tests.gui.window_driver import fixed_program

BEFORE, AFTER = date(2026, 3, 19), date(2026, 3, 30)


def ladder(case, on):
    program = fixed_program(on)
    steps = course(case, program.pack_or_national(case), check_case(program, case))
    return {step.key: step for step in steps}


def strip(case, side=Side.WORKER, on=BEFORE):
    program = fixed_program(on)
    marks = composition(case, program.pack_or_national(case), check_case(program, case), side)
    return {mark.key: mark for mark in marks}


def test_before_the_period_is_over_nothing_has_to_be_done():
    steps = ladder(example_in_march(), BEFORE)
    assert list(steps) == ["reminder", *(step.value for step in EscalationStep)]
    assert all(step.possible is Possible.LATER for step in steps.values())
    assert "3月22日" in steps["reminder"].why and "还没到" in steps["reminder"].why


def test_silence_asks_for_the_reminder_first_and_then_for_the_upper_union():
    case = example_in_march()
    steps = ladder(case, AFTER)
    assert steps["reminder"].possible is Possible.NOW
    assert "临沂砺岱沂机械制造有限公司" in steps["reminder"].why
    assert steps["ask_upper_union"].possible is Possible.LATER
    assert "先发催告函" in steps["ask_upper_union"].why
    reminded = dataclasses.replace(case, reminders=(Reminder(id="r", issued_on=date(2026, 3, 24)),))
    steps = ladder(reminded, AFTER)
    assert steps["reminder"].possible is Possible.DONE
    assert steps["ask_upper_union"].possible is Possible.NOW
    assert steps["ask_inspection"].possible is Possible.NOW
    assert steps["upper_letter_1"].possible is Possible.LATER, "the upper union was not asked yet"
    asked = dataclasses.replace(
        reminded,
        escalations=(Escalation(id="e", step=EscalationStep.ASK_UPPER_UNION, sent_on=date(2026, 3, 26)),),
    )
    steps = ladder(asked, AFTER)
    assert steps["ask_upper_union"].possible is Possible.DONE and "3月26日" in steps["ask_upper_union"].why
    assert steps["upper_letter_1"].possible is Possible.NOW


def test_a_refusal_needs_no_reminder_and_opens_the_way_up():
    case = example_in_march()
    refused = dataclasses.replace(
        case,
        replies=(Reply(id="x", offer="offer-1", conclusion=Conclusion.REFUSE, replied_on=date(2026, 3, 18)),),
    )
    steps = ladder(refused, BEFORE)
    assert steps["reminder"].possible is Possible.LATER
    assert steps["ask_upper_union"].possible is Possible.NOW
    assert steps["ask_mediation"].possible is Possible.NOW
    assert steps["ask_upper_union"].sources[0].article == "21条"


def test_each_conclusion_says_what_it_brings_about():
    case = example_in_march()
    pack = fixed_program(BEFORE).pack_or_national(case)
    said = [reply_effect(case, pack, Reply(id="x", conclusion=each)) for each in (None, *Conclusion)]
    assert said[0] == ""
    assert len(set(said)) == len(said)
    assert "没有正当理由不得拒绝" in said[-1]


def test_the_reply_term_comes_from_the_pack_of_the_region():
    case = example_in_march()
    program = fixed_program(BEFORE)
    here = reply_term(program.pack_or_national(case), case, case.offers[0], BEFORE)
    assert (here.words, here.source) == ("收到之日起 10 日内", "山东规则")
    everywhere = reply_term(program.packs.national, case, case.offers[0], BEFORE)
    assert (everywhere.words, everywhere.source) == ("收到之日起 20 日内", "全国规则")
    long_ago = case.offers[0].replace(id="old", issued_on=date(1990, 1, 1))
    assert reply_term(program.packs.national, case, long_ago, BEFORE).words == NOT_LAID_DOWN


def test_the_strip_tells_numbers_shares_votes_and_what_they_are_held_against():
    marks = strip(example_in_march())
    assert (marks["number"].number, marks["number"].state) == ("5", "met")
    assert (marks["frontline"].number, marks["frontline"].remark) == ("2/5", "不少于 1/3")
    assert marks["women"].number == "2"
    assert (marks["chief"].number, marks["chief"].remark) == ("孟砺川", "工会主席")
    assert (marks["vote"].number, marks["vote"].remark) == ("40", "过半 27 票")
    assert marks["published"].number == "3月9日"
    assert [name for _, name in marks["frontline"].counted] == ["郇立夏", "綦文竹"]


def test_too_few_from_the_front_line_and_uneven_sides_must_be_mended():
    case = example_in_march()
    people = tuple(
        each.replace(frontline=False) if each.side is Side.WORKER else each for each in case.representatives
    )
    marks = strip(dataclasses.replace(case, representatives=people))
    assert marks["frontline"].state == "must" and "一线职工 0 人" in marks["frontline"].sentence
    assert marks["frontline"].sources[0].article == "7条"
    fewer = (
        tuple(each for each in case.representatives if each.side is Side.WORKER)
        + tuple(each for each in case.representatives if each.side is Side.EMPLOYER)[:4]
    )
    uneven = strip(dataclasses.replace(case, representatives=fewer))
    assert uneven["number"].state == "must" and "双方人数要对等" in uneven["number"].sentence


def test_what_is_wrong_on_one_side_is_not_told_of_the_other():
    case = example_in_march()
    people = tuple(
        each.replace(is_union_staff=True, sex=Sex.MALE) if each.side is Side.EMPLOYER else each
        for each in case.representatives
        if each.side is Side.EMPLOYER or each.name in ("孟砺川", "冷玉琢")
    )
    few = dataclasses.replace(case, representatives=people)
    assert "职工方代表 2 人" in strip(few)["number"].sentence
    assert "职工方代表 2 人，每方" not in strip(few, Side.EMPLOYER)["number"].sentence


@pytest.mark.parametrize("kind", list(AgreementKind))
def test_an_empty_case_of_any_kind_has_a_strip_without_verdicts(kind):
    case = read_example("shandong-linyi-single")
    empty = type(case)(cycle=case.cycle.replace(agreement_kind=kind))
    for side in Side:
        for mark in strip(empty, side).values():
            assert mark.state in ("", "met") and mark.number
