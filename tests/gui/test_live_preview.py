"""The paper beside the form: drawn behind the window, anew when facts change, the old page until then."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.gui.pages.live_preview import LivePreview
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import MARCH, example_in_march, open_case
from tests.gui.window_driver import Hands


@pytest.fixture
def hands(qtbot, tmp_path: Path) -> Hands:
    return open_case(qtbot, tmp_path, example_in_march(), MARCH)


@pytest.fixture
def part(hands: Hands, qtbot) -> LivePreview:
    made = LivePreview(hands.desk)
    qtbot.addWidget(made)
    made.resize(440, 800)
    made.show()
    return made


def drawn(hands: Hands, part: LivePreview, kind: str, record: str | None = None) -> None:
    with hands.qtbot.waitSignal(part.drawn, timeout=20_000):
        part.show_paper(kind, record)


def test_the_first_page_stands_there_with_its_place(hands: Hands, part: LivePreview) -> None:
    drawn(hands, part, "offer", hands.desk.case.offers[0].id)
    assert part.page.has_picture()
    assert part.words().startswith("第 1 页，共 ")
    assert part.accessibleName() == "要约书预览"
    area = part.page.page_area()
    assert round(area.height() / area.width(), 1) == 1.4


def test_what_is_being_typed_is_on_the_page_before_it_is_kept(hands: Hands, part: LivePreview) -> None:
    drawn(hands, part, "offer")
    before = part.page._picture
    offer = hands.desk.case.offers[0]
    with hands.qtbot.waitSignal(part.drawn, timeout=20_000):
        hands.desk.try_out("offers", offer.replace(number="沂衡工协〔2026〕88号"))
        assert part.page._picture is before  # the old page stays meanwhile
    assert part.page._picture != before
    assert hands.desk.case.offers[0] == offer


def test_a_paper_that_cannot_be_written_yet_says_so(hands: Hands, part: LivePreview) -> None:
    part.show_paper("reminder")
    hands.qtbot.waitUntil(lambda: "还没有可以写" in part.words(), timeout=20_000)
    assert not part.page.has_picture()
    assert not part.enlarge.isVisible()


def test_the_paper_beside_a_step_is_about_its_first_sheet_not_a_folded_one(qtbot, tmp_path: Path) -> None:
    hands = open_case(qtbot, tmp_path, read_example("shandong-linyi-single"), MARCH)
    hands.window.resize(1920, 1009)
    hands.go("congress", "sessions")

    def shows() -> bool:
        hands.settle()
        live = hands.page.pane.live
        return live is not None and live.is_drawn() and live.is_about() == ("congress_notice", "session-2")

    qtbot.waitUntil(shows, timeout=15_000)


def test_enlarging_hands_the_whole_paper_on(hands: Hands, part: LivePreview) -> None:
    drawn(hands, part, "offer")
    asked: list[tuple[str, object]] = []
    part.preview_requested.connect(lambda title, load: asked.append((title, load)))
    QTest.mouseClick(part.enlarge, Qt.MouseButton.LeftButton)
    ((title, load),) = asked
    assert title == "要约书"
    assert load(None).content.startswith(b"%PDF")


def test_nothing_is_drawn_while_it_cannot_be_seen(hands: Hands, part: LivePreview) -> None:
    drawn(hands, part, "offer")
    part.hide()
    seen: list[int] = []
    part.drawn.connect(lambda: seen.append(1))
    hands.desk.change("offers", hands.desk.case.offers[0].replace(number="2号"))
    hands.qtbot.waitUntil(lambda: not part._timer.isActive(), timeout=5_000)
    hands.settle()
    assert seen == []
    with hands.qtbot.waitSignal(part.drawn, timeout=20_000):
        part.show()


def test_a_catalogue_that_is_just_being_loaded_is_not_asked(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job loads it beside the window: for a moment it is there without what it offers."""
    hands.go("offer", "write")
    hands.settle()
    pane, offer = hands.page.pane, hands.desk.case.offers[0].id
    with monkeypatch.context() as loading:
        loading.setitem(sys.modules, "app.documents.catalogue", ModuleType("app.documents.catalogue"))
        pane.record_shown("offers", offer)
    assert pane._waiting == (offer,)
