"""One definition of the survey's charts: the window and the paper show the same numbers, of the same version."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from app.documents.blocks import ChartBlock
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.survey_summary import survey_summary
from app.domain.case import Case, collections
from app.domain.survey import AnswerCount
from app.figures import survey_charts
from app.figures.charts import Chart
from app.figures.small_groups import Hidden
from app.gui.stages.survey.results import SurveyResults
from app.rules.calendars import load_calendar
from app.rules.pack import load_packs
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import MARCH, open_case
from tests.gui.window_driver import Hands

_KEPT = (
    "cycle", "union", "enterprise", "congress", "departments", "surveys", "questions", "answer_counts", "topics",
)  # fmt: skip


def answered() -> Case:
    """The example with its answers; of four groups one is small."""
    case = read_example("shandong-linyi-single")
    few = AnswerCount(
        id="few", question="question-6", group="返聘", group_question="question-1", numbers=(0, 1, 2, 0, 0)
    )
    empty = {name: () for name in collections() if name not in _KEPT}
    return dataclasses.replace(case, **empty, answer_counts=(*case.answer_counts, few))


def two_versions() -> Case:
    """The example and a copy of its questionnaire that nobody has answered yet."""
    case = answered()
    survey = case.surveys[0].replace(version="1")
    later = survey.replace(
        id="later", version="2", valid=None, returned=None, issued=None, valid_online=None, valid_paper=None
    )
    copies = tuple(
        each.replace(id=f"later-{each.id}", survey="later", asked_count=None) for each in case.questions
    )
    return dataclasses.replace(case, surveys=(survey, later), questions=(*case.questions, *copies))


@pytest.fixture
def opened(qtbot, tmp_path: Path) -> Callable[[Case], Hands]:
    def open_it(case: Case) -> Hands:
        hands = open_case(qtbot, tmp_path, case, MARCH)
        hands.go("survey", "results")
        hands.page.view().build_all()
        hands.settle()
        return hands

    return open_it


def results_of(hands: Hands) -> SurveyResults:
    return hands.page.view().views["survey_results"]


def on_paper(case: Case, survey_id: str) -> dict[str, Chart]:
    context = LetterContext(
        case=case, pack=load_packs().for_cycle(case.cycle), calendar=load_calendar(), on=MARCH
    )
    document = survey_summary(context, Subject(survey_id))
    charts = [block.chart for block in document.blocks if isinstance(block, ChartBlock)]
    return {chart.key: chart for chart in charts}


def on_screen(results: SurveyResults) -> dict[str, list[tuple[str, ...]]]:
    """What each part draws: label, figures, why hidden."""
    return {
        "wishes": [(each.label, each.percent, each.number, each.hidden) for each in results.wanted.rows()],
        "bands": [(each.label, str(each.number), each.words, each.hidden) for each in results.bands.bands()],
        "roster": [
            (each.label, str(each.ring), str(each.dot), each.difference) for each in results.pairs.pairs()
        ],
        "groups": [(each.label, each.lead, each.percent, each.hidden) for each in results.groups.rows()],
    }


def as_drawn(charts: dict[str, Chart]) -> dict[str, list[tuple[str, ...]]]:
    """The same of the charts of the paper."""

    def text(figure) -> str:
        return figure.text if figure is not None and figure.value is not None else ""

    def bare(figure) -> str:
        return str(figure.value) if figure is not None and figure.value is not None else ""

    def number(figure) -> str:
        return str(float(figure.value)) if figure is not None and figure.value is not None else "None"

    def why(row) -> str:
        return row.hidden.label if row.hidden is not None else ""

    return {
        "wishes": [(r.label, text(r.share), text(r.number), why(r)) for r in charts["wishes"].rows],
        "bands": [(r.label, bare(r.number) or "0", text(r.number), why(r)) for r in charts["bands"].rows],
        "roster": [(r.label, number(r.beside), number(r.share), r.difference) for r in charts["roster"].rows],
        "groups": [(r.label, bare(r.cells[0]), text(r.share), why(r)) for r in charts["groups"].rows],
    }


def test_screen_and_paper_show_the_same_numbers(opened) -> None:
    case = answered()
    seen = on_screen(results_of(opened(case)))
    assert seen == as_drawn(on_paper(case, case.surveys[0].id))
    assert any(row[3] == Hidden.SMALL.label for row in seen["groups"])


def test_another_number_is_another_one_on_both(opened) -> None:
    case = answered()
    before = on_screen(results_of(opened(case)))
    moved = tuple(
        each.replace(numbers=(each.numbers[0] - 20, *each.numbers[1:]))
        if each.id == "answers-7"
        else each.replace(numbers=(11, 62, 100, 104, 28))
        if each.id == "answers-6"
        else each
        for each in case.answer_counts
    )
    other = dataclasses.replace(case, answer_counts=moved)
    drawn = as_drawn(on_paper(other, case.surveys[0].id))
    assert drawn["wishes"] != before["wishes"] and drawn["bands"] != before["bands"]
    assert drawn["roster"] == before["roster"]


def test_a_change_of_the_definition_changes_both(opened, monkeypatch) -> None:
    made = survey_charts._option

    def doubled(*args, **more):
        row = made(*args, **more)
        return dataclasses.replace(row, label=f"{row.label}（改）")

    monkeypatch.setattr(survey_charts, "_option", doubled)
    case = answered()
    seen = on_screen(results_of(opened(case)))
    assert all(row[0].endswith("（改）") for row in (*seen["wishes"], *seen["bands"]))
    assert seen == as_drawn(on_paper(case, case.surveys[0].id))


# ---- versions


def test_a_new_version_without_answers_does_not_push_the_results_aside(opened) -> None:
    hands = opened(two_versions())
    results = results_of(hands)
    assert results.version.isVisible()
    assert results.version.why.words() == "新的一版还没有答卷，先看有答卷的。"
    assert [each.label for each in results.wanted.rows()][:1] == ["工资增长"]
    assert results.strip.strip._figures[3].accessibleName() == "有效 305 份，有效率 97.8%"
    assert hands.page.view().views["survey_questions"].others()[0].survey == two_versions().surveys[0].id


def test_another_version_is_looked_at_when_it_is_chosen(opened) -> None:
    hands = opened(two_versions())
    results = results_of(hands)
    results.version._on_picked("later")
    hands.settle()
    assert results._empty is not None and not results.wanted.isVisible()
    assert results.version.isVisible() and results.version.why.words() == ""
    assert hands.page.view().views["survey_questions"].others()[0].survey == "later"
    results.version._on_picked(two_versions().surveys[0].id)
    hands.settle()
    assert results._empty is None and results.wanted.isVisible()


def test_one_version_needs_no_choice(opened) -> None:
    assert not results_of(opened(answered())).version.isVisible()


def test_the_paper_that_is_printed_is_that_of_the_version_looked_at(opened) -> None:
    case = two_versions()
    more = case.surveys[0].replace(id="third", title_text="女职工补充调查")
    hands = opened(dataclasses.replace(case, surveys=(*case.surveys, more)))
    hands.qtbot.waitUntil(lambda: bool(hands.page.papers().rows()), timeout=10_000)
    results = results_of(hands)
    assert hands.page.papers().rows()[0].subject.id == case.surveys[0].id  # the one with answers leads
    results.version._on_picked("later")
    results.version._on_picked(case.surveys[0].id)
    hands.settle()
    hands.press("打印汇总表")
    hands.qtbot.waitUntil(lambda: bool(hands.ask.printed), timeout=20_000)
    assert "1" in hands.ask.printed[0][0] and "补充" not in hands.ask.printed[0][0]
