"""Only papers of stages that were begun go to the upper union."""

from __future__ import annotations

import dataclasses

from app.domain.case import collections
from app.domain.stages import Stage
from app.usecases.make_demo import read_example
from app.usecases.package_contents import package_contents
from app.usecases.papers_handed_in import papers_handed_in
from tests.gui.demo_pages import example_in_march
from tests.gui.window_driver import fixed_program


def test_a_finished_year_hands_in_papers_of_every_stage() -> None:
    stages = {kind.stage for kind, _subject in papers_handed_in(read_example("shandong-linyi-single"))}
    assert stages == set(Stage)


def test_in_march_no_blank_form_of_a_later_stage_goes_along() -> None:
    stages = [kind.stage for kind, _subject in papers_handed_in(example_in_march())]
    assert set(stages) == {Stage.SURVEY, Stage.REPRESENTATIVES, Stage.OFFER}
    listed = package_contents(fixed_program(), example_in_march(), "")
    assert Stage.OFFER.label in [row.name for row in listed]
    (congress,) = [row for row in listed if row.name == Stage.CONGRESS.label]
    assert (congress.ready, congress.remark) == (False, "还没开始，没有文书")


def test_nothing_written_hands_in_no_paper() -> None:
    case = read_example("shandong-linyi-single")
    empty = dataclasses.replace(case, **{name: () for name in collections()})
    assert list(papers_handed_in(empty)) == []
