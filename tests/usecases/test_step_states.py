"""A step is done when its event has its facts, not when a form was opened."""

from __future__ import annotations

from datetime import date

import pytest

from app.bootstrap import make_program
from app.domain.case import Case
from app.domain.data_import import DataImport, ImportKind
from app.domain.facts import Record
from app.domain.negotiation import Disclosure
from app.domain.offer import Conclusion, Offer, OfferItem, Reply
from app.domain.representatives import Count, Election, Replacement, Representative
from app.domain.stages import Stage
from app.domain.survey import Question, Survey, Topic, TopicDecision
from app.domain.union import Side
from app.forms.pages import page_of
from app.rules.ground import Ground
from app.rules.stage_needs import topics_need
from app.rules.standing import next_step
from app.usecases.make_demo import read_example
from app.usecases.step_states import step_states, unfilled

DAY = date(2026, 3, 12)
PROGRAM = make_program()
WORKED = ("shandong-linyi-single", "weihai-express-industry", "tianjin-hedong-area")


def state(case: Case, stage: Stage, step: str) -> str:
    return step_states(page_of(stage), case, ())[step]


EVENTS: list[tuple[Stage, str, dict[str, Record], dict[str, Record]]] = [
    (Stage.SURVEY, "design", {"surveys": Survey(id="n")}, {"questions": Question(id="n", stem="涨多少")}),
    (
        Stage.SURVEY,
        "run",
        {"surveys": Survey(id="n", issued=9)},
        {"surveys": Survey(id="n", issued=9, valid=9)},
    ),
    (Stage.SURVEY, "results", {"surveys": Survey(id="n")}, {"surveys": Survey(id="n", valid=9)}),
    (
        Stage.REPRESENTATIVES,
        "workers",
        {"representatives": Representative(id="n", side=Side.WORKER, name="周")},
        {"elections": Election(id="n", side=Side.WORKER, published_on=DAY)},
    ),
    (
        Stage.REPRESENTATIVES,
        "employers",
        {"representatives": Representative(id="e", side=Side.EMPLOYER)},
        {"representatives": Representative(id="e", side=Side.EMPLOYER, name="李")},
    ),
    (
        Stage.OFFER,
        "write",
        {"offers": Offer(id="n", issued_on=DAY)},
        {"offer_items": OfferItem(id="n", offer="n", claim="长 6%")},
    ),
    (
        Stage.OFFER,
        "reply",
        {"replies": Reply(id="n", conclusion=Conclusion.AGREE)},
        {"replies": Reply(id="n", conclusion=Conclusion.AGREE, replied_on=DAY)},
    ),
    (
        Stage.NEGOTIATION,
        "prepare",
        {"disclosures": Disclosure(id="n", side=Side.EMPLOYER)},
        {},
    ),
]


@pytest.mark.parametrize(("stage", "step", "begun", "ended"), EVENTS, ids=[row[1] for row in EVENTS])
def test_a_step_is_done_by_its_facts(
    stage: Stage, step: str, begun: dict[str, Record], ended: dict[str, Record]
) -> None:
    case = Case()
    for collection, held in begun.items():
        case = case.with_record(collection, held)
    assert state(case, stage, step) != "done"
    for collection, held in ended.items():
        case = case.with_record(collection, held)
    if ended:
        assert state(case, stage, step) == "done"


@pytest.mark.parametrize("name", WORKED)
def test_in_a_worked_year_every_step_that_was_taken_is_done(name: str) -> None:
    case = read_example(name)
    states = {
        (stage, key): value
        for stage in Stage
        for key, value in step_states(page_of(stage), case, ()).items()
        if stage is not Stage.FULFILMENT
    }
    following = next_step(case)
    open_ones = {place for place, value in states.items() if value == "now"}
    assert open_ones <= {(following.stage, following.step)}
    for stage, step in ((Stage.SURVEY, "run"), (Stage.OFFER, "write"), (Stage.NEGOTIATION, "prepare")):
        assert states[stage, step] == "done"


def test_a_vote_is_done_once_its_count_is_closed() -> None:
    case = read_example("shandong-linyi-single")
    assert state(case, Stage.CONGRESS, "vote") == "done"
    for key, stage, step in (
        ("count-draft", Stage.CONGRESS, "vote"),
        ("count-election", Stage.REPRESENTATIVES, "election"),
    ):
        opened = case.with_record("counts", case.find("counts", key).replace(closed_on=None))
        assert state(opened, stage, step) == "now", "numbers are in, and nobody closed them"
        wrong = case.without("count_sheets", f"sheet-{key.removeprefix('count-')}-second")
        assert state(wrong, stage, step) == "now", "a date alone closes nothing"
    recalled = Replacement(id="x", vacant_on=DAY, filled_on=DAY, recall_count="v")
    recall = case.with_record("replacements", recalled).with_record("counts", Count(id="v", returned=40))
    assert state(recall, Stage.REPRESENTATIVES, "tenures") == "now"
    assert state(recall, Stage.REPRESENTATIVES, "election") == "done"


def test_the_sign_in_of_a_second_vote_is_not_done_by_that_of_the_first() -> None:
    case = read_example("shandong-linyi-single")
    assert state(case, Stage.CONGRESS, "attendance") == "done"
    again = case.find("sessions", "session-2").replace(id="s9", present=None, failed_before=True)
    assert state(case.with_record("sessions", again), Stage.CONGRESS, "attendance") != "done"


def test_the_record_just_added_is_the_one_to_fill() -> None:
    page = page_of(Stage.OFFER)
    reply = next(step for step in page.steps if step.key == "reply")
    done = Reply(id="a", conclusion=Conclusion.REFUSE, replied_on=DAY)
    case = Case(replies=(done,))
    assert unfilled(reply, case) is None
    waiting = unfilled(reply, case.with_record("replies", Reply(id="b")))
    assert waiting is not None
    assert (waiting.collection, waiting.record_id) == ("replies", "b")


def test_while_paper_sheets_are_typed_the_next_step_is_to_finish_the_entry() -> None:
    """Sheets came in online, nobody wrote how many were handed out, and eight paper sheets are not counted yet."""
    typed = DataImport(id="p", kind=ImportKind.PAPER_ANSWERS, survey="n")
    case = Case(
        surveys=(Survey(id="n", valid=9, returned=9),),
        questions=(Question(id="q", survey="n", number=1, stem="涨多少"),),
        data_imports=(typed,),
    )
    assert state(case, Stage.SURVEY, "run") == "now"
    following = next_step(case)
    assert (following.step, following.headline) == ("run", "录完纸质问卷，结束录入")
    closed = case.with_record("surveys", case.surveys[0].replace(entry_closed_on=DAY))
    assert state(closed, Stage.SURVEY, "run") == "done"
    assert next_step(closed).headline != following.headline
    other = case.with_record("data_imports", typed.replace(kind=ImportKind.ONLINE_ANSWERS))
    assert state(other, Stage.SURVEY, "run") == "done"


@pytest.mark.parametrize(
    ("decision", "words"), [(None, "1 项，1 项还没写处理"), (TopicDecision.POSTPONED, "1 项，都没有列入要约")]
)
def test_the_representatives_page_tells_topics_without_a_decision_from_postponed_ones(
    decision: TopicDecision | None, words: str
) -> None:
    case = Case(topics=(Topic(id="t", name="班车", decision=decision),))
    ground = Ground(case, PROGRAM.pack_or_national(case), PROGRAM.packs.national, PROGRAM.calendar, DAY)
    assert topics_need(ground).words == words
