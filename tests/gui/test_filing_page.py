"""签订与报审备案 in the window: the check list, what follows from each day, forty enterprises."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.domain.filing import Opinion
from app.domain.union import CoveredEnterprise
from app.rules.findings import Where
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import open_case
from tests.gui.window_driver import Hands

LONG = "临沂沂蒙革命老区高端装备智能制造与绿色铸造产业联合发展集团股份有限责任公司罗庄第三生产基地工会筹"


@pytest.fixture
def hands(qtbot, tmp_path: Path) -> Hands:
    return open_case(qtbot, tmp_path, read_example("shandong-linyi-single"))


def step(hands: Hands, key: str):
    hands.go("filing", key)
    hands.settle()
    return hands.page.view()


def test_the_papers_are_a_check_list_and_space_ticks(hands: Hands) -> None:
    view = step(hands, "file").views["filing_papers"]
    assert [row.cells["state"] for row in view.table.rows()] == ["有"] * 5 + ["不适用"]
    assert "要交 5 样，已备 5 样" in view.line.words()
    view.table.view.setFocus()
    view.table.select("licence")
    hands.key(Qt.Key.Key_Space)
    hands.settle()
    assert "营业执照复印件" not in hands.desk.case.filings[0].papers
    assert dict(view.table.rows()[4].states) == {"state": "lacking"}


def test_a_finding_about_the_papers_lands_on_the_one_that_lacks(hands: Hands) -> None:
    view = step(hands, "file").views["filing_papers"]
    filing = hands.desk.case.filings[0]
    hands.desk.change("filings", filing.replace(papers=filing.papers[:4]))
    hands.settle()
    target = hands.page.open_where(Where("filings", filing.id, "papers"))
    assert target is view.table.view
    assert view.table.selected() == "licence"


def test_each_day_tells_what_follows_from_it(hands: Hands) -> None:
    signed = step(hands, "sign").views["signing_dates"].due_rows()
    assert "报送人社审查" in [row.due.what for row in signed]
    filed = step(hands, "file").views["filing_dates"].due_rows()
    assert [row.due.what for row in filed] == ["合同生效"]
    public = step(hands, "publish").views
    assert [row.due.day for row in public["publication_dates"].due_rows()] == ["5月29日"]
    assert [row.due.day for row in public["upper_union_dates"].due_rows()] == ["5月29日"]


def test_an_objection_tells_what_to_do(qtbot, tmp_path: Path) -> None:
    case = read_example("shandong-linyi-single")
    review = case.reviews[0].replace(opinion=Opinion.OBJECTION)
    hands = open_case(qtbot, tmp_path, dataclasses.replace(case, reviews=(review,), publications=()))
    view = step(hands, "file").views["review_effect"]
    assert view.isVisible() and view.line.words()


def test_forty_enterprises_scroll_in_rows_that_are_filled_in_where_they_stand(qtbot, tmp_path: Path) -> None:
    case = read_example("weihai-express-industry")
    firms = tuple(CoveredEnterprise(id=f"e{at}", name=f"{LONG}{at}", staff=at) for at in range(40))
    hands = open_case(qtbot, tmp_path, dataclasses.replace(case, covered_enterprises=firms))
    view = step(hands, "sign")
    section = next(each for each in view.sections if each.section.collection == "covered_enterprises")
    assert section.isVisible() and len(section.table.rows()) == 40
    section.table.edit_cell("e39", "sealed_on")
    hands.type("2026-05-18")
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert str(hands.desk.case.find("covered_enterprises", "e39").sealed_on) == "2026-05-18"


def test_with_a_second_agreement_signings_are_a_list(qtbot, tmp_path: Path) -> None:
    case = read_example("shandong-linyi-single")
    second = case.signings[0].replace(id="signing-2", agreement="")
    hands = open_case(qtbot, tmp_path, dataclasses.replace(case, signings=(*case.signings, second)))
    section = step(hands, "sign").sections[0]
    assert not section.table.isHidden()
    assert len(section.table.rows()) == 2
