"""What to do next follows the facts, and a closed stage is not asked about again."""

from __future__ import annotations

from datetime import date

from app.domain.case import Case
from app.domain.closing import StageClosing
from app.domain.offer import Conclusion, DeliveredPaper, Delivery, Offer, Reply
from app.domain.stages import Stage
from app.domain.survey import Survey, Topic, TopicDecision
from app.forms.pages import page_of
from app.rules.standing import _STEPS, Progress, next_step, standings

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
    refused = delivered.with_record("replies", Reply(id="r", conclusion=Conclusion.REFUSE))
    assert next_step(refused).step == "remind"


def test_every_step_of_the_table_exists_on_its_page():
    for _, step in _STEPS:
        assert step.stage is not None
        assert step.step in {each.key for each in page_of(step.stage).steps}
        assert len(step.action.replace("{offer}", "要约书").replace("{agreement}", "集体合同")) <= 10
