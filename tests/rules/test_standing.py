"""What to do next follows the facts, and a closed stage is not asked about again."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from app.domain.agreement import Agreement, Clause
from app.domain.case import Case
from app.domain.closing import StageClosing
from app.domain.congress import Purpose, Session
from app.domain.evaluation import Poll
from app.domain.facts import Record
from app.domain.fulfilment import FulfilmentReport, Inspection
from app.domain.negotiation import Disclosure, Meeting, Position, RoundResult
from app.domain.offer import Conclusion, DeliveredPaper, Delivery, Offer, Reply
from app.domain.representatives import Recorder, Representative
from app.domain.stages import Stage
from app.domain.survey import Hearing, Survey, Topic, TopicDecision
from app.domain.union import Side
from app.forms.pages import page_of
from app.rules.findings import Checkup, Finding, Grade, Where
from app.rules.standing import _LAST, _STEPS, Progress, is_begun, mend_first, next_step, standings
from app.usecases.make_demo import read_example

SURVEYED = Case(
    surveys=(Survey(id="s", started_on=date(2026, 2, 25), issued=10, valid=9, report_on=date(2026, 3, 5)),),
    topics=(Topic(id="t", name="工资", decision=TopicDecision.OFFERED),),
)


def test_an_empty_case_begins_with_the_staff():
    assert next_step(Case()).stage is Stage.SURVEY
    assert {standing.progress for standing in standings(Case())} == {Progress.LATER}


def test_after_the_survey_come_the_representatives():
    assert standings(SURVEYED)[0].progress is Progress.DONE
    assert next_step(SURVEYED).stage is Stage.REPRESENTATIVES


def test_waiting_for_the_reply_names_its_rule():
    closed = SURVEYED.with_record("stage_closings", StageClosing(id="c", stage=Stage.REPRESENTATIVES))
    offered = closed.with_record("offers", Offer(id="o", issued_on=date(2026, 3, 12)))
    assert next_step(offered).step == "deliver"
    delivered = offered.with_record(
        "deliveries", Delivery(id="d", paper=DeliveredPaper.OFFER, received_on=date(2026, 3, 12))
    )
    assert next_step(delivered).rule == "reply_due"
    ticked = delivered.with_record("replies", Reply(id="r", conclusion=Conclusion.REFUSE))
    assert next_step(ticked).step == "reply"
    refused = ticked.with_record(
        "replies", Reply(id="r", conclusion=Conclusion.REFUSE, replied_on=date(2026, 3, 16))
    )
    assert next_step(refused).step == "remind"


def talking(*positions: Position, **changes: Any) -> Case:
    """The example after its meetings, before anything was drafted, with these positions."""
    case = read_example("shandong-linyi-single")
    later = ("clauses", "clause_figures", "sessions", "resolutions", "signings", "filings", "stage_closings")
    case = dataclasses.replace(case, agreements=(), **{name: () for name in later})
    return dataclasses.replace(case, **{"positions": positions or case.positions, **changes})


def agreed_but(case: Case, topic: str, result: RoundResult | None) -> tuple[Position, ...]:
    return tuple(held.replace(result=result) if held.topic == topic else held for held in case.positions)


def test_all_topics_agreed_leads_to_the_draft():
    assert next_step(talking()).step == "draft"


@pytest.mark.parametrize("result", [None, RoundResult.OPEN, RoundResult.NEXT])
def test_while_a_topic_is_open_the_round_comes_before_the_draft(result: RoundResult | None):
    case = talking(*agreed_but(talking(), "topic-2", result))
    step = next_step(case)
    assert (step.stage, step.step, step.action) == (Stage.NEGOTIATION, "meetings", "记录这一轮")
    assert (step.rule, step.aside_step) == ("period", "draft")


def test_an_agreed_day_for_the_next_meeting_is_the_next_step():
    case = talking(*agreed_but(talking(), "topic-2", RoundResult.NEXT))
    last = case.meetings[-1].replace(next_meeting_on=date(2026, 5, 20))
    following = case.with_record("meetings", last)
    assert next_step(following).headline == "开下一次协商会议"
    held = following.with_record("meetings", Meeting(id="m9", number=9, held_on=date(2026, 5, 20)))
    assert next_step(held).action == "记录这一轮"


def test_only_the_last_round_of_a_topic_counts_whatever_order_it_was_typed_in():
    case = talking()
    typed = tuple(reversed(agreed_but(case, "topic-2", RoundResult.NEXT)))
    last = Position(id="p9", topic="topic-2", meeting=case.meetings[-1].id, result=RoundResult.AGREED)
    assert next_step(talking(*(held for held in typed if held.topic != "topic-2"), last)).step == "draft"
    first = last.replace(id="p8", meeting=case.meetings[0].id)
    kept = tuple(held for held in case.positions if held.topic != "topic-2")
    open_again = last.replace(result=RoundResult.NEXT)
    assert next_step(talking(*kept, open_again, first)).step == "meetings"


def test_a_topic_nobody_spoke_on_yet_is_still_to_be_talked_about():
    case = talking()
    kept = tuple(held for held in case.positions if held.topic != "topic-3")
    assert next_step(talking(*kept)).step == "meetings"


def test_the_talks_are_over_when_it_is_written():
    case = talking(*agreed_but(talking(), "topic-2", RoundResult.OPEN))
    assert next_step(case.with_record("agreements", Agreement(id="a"))).step == "draft"
    agreed = Agreement(id="a", agreed_on=date(2026, 5, 6))
    assert next_step(case.with_record("agreements", agreed)).action == "添加条款"
    by_text = case.with_record("clauses", Clause(id="c", article=1, topic="topic-2"))
    assert next_step(by_text).action == "起草合同草案"
    left = talking(*agreed_but(talking(), "topic-2", RoundResult.NEXT))
    assert next_step(left.with_record("agreements", Agreement(id="a"))).step == "meetings"


def test_every_step_of_the_table_exists_on_its_page():
    for _, step in _STEPS:
        assert step.stage is not None
        assert step.step in {each.key for each in page_of(step.stage).steps}
        assert not step.aside_step or step.aside_step in {each.key for each in page_of(step.stage).steps}
        assert len(step.action.replace("{offer}", "要约书").replace("{agreement}", "集体合同")) <= 10


def finding(rule: str, grade: Grade, stage: Stage) -> Finding:
    where = Where("clauses", "c1", "wording")
    return Finding(key=rule, rule=rule, grade=grade, stage=stage, sentence=f"{rule}不对", where=where)


def checked(*findings: Finding) -> Checkup:
    return Checkup(date(2026, 11, 20), "shandong", "1", findings, ())


def test_what_stops_the_package_comes_before_the_package():
    must = [finding(rule, Grade.MUST, Stage.CONGRESS) for rule in ("甲", "乙")]
    explain = finding("丙", Grade.EXPLAIN, Stage.SURVEY)
    note = finding("丁", Grade.NOTE, Stage.SURVEY)
    step = mend_first(_LAST, checked(explain, *must, note))
    assert (step.headline, step.stage, step.where) == ("改掉 2 项必须改", Stage.CONGRESS, must[0].where)
    assert "另有 1 项请说明" in step.reason and "甲不对" in step.reason
    only = mend_first(_LAST, checked(explain, note))
    assert (only.headline, only.stage) == ("说明 1 项请说明", Stage.SURVEY)
    assert mend_first(_LAST, checked(note)) is _LAST
    earlier = next_step(SURVEYED)
    assert mend_first(earlier, checked(*must)) is earlier


def test_what_is_wrong_in_the_settings_names_no_stage():
    wrong = dataclasses.replace(finding("甲", Grade.MUST, Stage.REPRESENTATIVES), of_stage=False)
    step = mend_first(_LAST, checked(wrong))
    assert (step.stage, step.where) == (None, wrong.where)


@pytest.mark.parametrize(
    ("collection", "empty", "more"),
    [
        ("surveys", Survey(id="n"), {"title_text": "问卷"}),
        ("hearings", Hearing(id="n"), {"held_on": date(2026, 2, 25)}),
        ("representatives", Representative(id="n", side=Side.WORKER), {"name": "周建国"}),
        ("offers", Offer(id="n", addressee="砺工公司"), {"number": "1号"}),
        ("disclosures", Disclosure(id="n", side=Side.EMPLOYER), {"received_by": "周建国"}),
        ("sessions", Session(id="n", purpose=Purpose.DELIBERATE_DRAFT), {"held_on": date(2026, 4, 2)}),
        ("inspections", Inspection(id="n"), {"started_on": date(2026, 9, 1)}),
    ],
)
def test_an_empty_form_begins_no_stage(collection: str, empty: Record, more: dict[str, Any]):
    before = Case().with_record(collection, empty)
    assert {standing.progress for standing in standings(before)} == {Progress.LATER}
    after = Case().with_record(collection, empty.replace(**more))
    assert Progress.NOW in {standing.progress for standing in standings(after)}


def test_an_empty_hearing_hides_no_survey():
    assert next_step(Case(hearings=(Hearing(id="n"),))) is next_step(Case())
    assert next_step(Case(hearings=(Hearing(id="n", opinions=("工资低",)),))) is not next_step(Case())


def test_an_empty_case_is_not_begun():
    assert not is_begun(Case())
    assert is_begun(SURVEYED)
    assert is_begun(Case(agreements=(Agreement(id="a"),)))


EMPTY_RECORDS = [
    ("surveys", Survey(id="n"), "design"),
    ("representatives", Representative(id="n", side=Side.WORKER), "workers"),
    ("offers", Offer(id="n"), "write"),
    ("deliveries", Delivery(id="n"), "deliver"),
    ("replies", Reply(id="n"), "reply"),
    ("disclosures", Disclosure(id="n", side=Side.EMPLOYER), "prepare"),
    ("recorders", Recorder(id="n"), "others"),
    ("meetings", Meeting(id="n"), "meetings"),
    ("clauses", Clause(id="n"), "draft"),
    ("sessions", Session(id="n", purpose=Purpose.DELIBERATE_DRAFT), "sessions"),
    ("inspections", Inspection(id="n"), "inspect"),
    ("fulfilment_reports", FulfilmentReport(id="n"), "report"),
    ("polls", Poll(id="n"), "evaluate"),
]
ALSO = {
    "surveys": ("questions", "hearings"),
    "sessions": ("counts",),
    "meetings": ("positions",),
    "disclosures": ("meetings",),
}


@pytest.mark.parametrize(
    ("collection", "empty", "step"), EMPTY_RECORDS, ids=[row[0] for row in EMPTY_RECORDS]
)
def test_an_empty_record_leaves_the_year_where_it_is(collection: str, empty: Record, step: str):
    gone = {name: () for name in (collection, *ALSO.get(collection, ()), "stage_closings")}
    without = dataclasses.replace(read_example("shandong-linyi-single"), **gone)
    if collection == "representatives":
        without = dataclasses.replace(without, elections=())
    added = without.with_record(collection, empty)
    stage = next_step(without).stage
    assert (next_step(added).stage, next_step(added).step) == (stage, step)


def test_an_answer_without_a_day_does_not_end_the_stage():
    case = dataclasses.replace(read_example("shandong-linyi-single"), stage_closings=())
    ticked = dataclasses.replace(case, replies=(Reply(id="r", conclusion=Conclusion.AGREE),))
    progress = {each.stage: each.progress for each in standings(ticked)}
    assert progress[Stage.OFFER] is Progress.NOW
    assert {each.stage: each.progress for each in standings(case)}[Stage.OFFER] is Progress.DONE


def test_a_practice_case_is_never_sent_to_an_export_that_is_shut_to_it():
    case = read_example("shandong-linyi-single")
    closed = tuple(StageClosing(id=f"closed-{stage.value}", stage=stage) for stage in Stage)
    actions = {
        practice: next_step(
            dataclasses.replace(
                case, stage_closings=closed, cycle=dataclasses.replace(case.cycle, practice=practice)
            )
        ).action
        for practice in (True, None)
    }
    assert actions == {True: "看统计与材料", None: "导出报送包"}
