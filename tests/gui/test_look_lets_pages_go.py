"""Before another look comes, pages nobody sees go, unless something was typed on them."""

from __future__ import annotations

from pathlib import Path

import shiboken6

from app.domain.stages import Stage
from app.gui.pages.look_view import LookView
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import open_case
from tests.gui.window_driver import Hands


def change_look(hands: Hands) -> None:
    hands.go("settings")
    hands.page.show_step("look")
    hands.settle()
    view = hands.page.findChild(LookView)
    view.size_choice.set_value(1.12)
    view._on_chosen(None)
    hands.settle()


def test_hidden_pages_go_and_come_back_at_their_step(qtbot, tmp_path: Path) -> None:
    hands = open_case(qtbot, tmp_path, read_example("shandong-linyi-single"))
    hands.go("congress", "vote")
    hands.settle()
    gone = hands.page
    hands.go("offer", "deliver")
    hands.settle()
    kept = hands.page
    hands.page.explain(next(each for each in hands.desk.checkup.findings if each.stage is Stage.NEGOTIATION))
    hands.page.explain_sheet().what.set_value("那天对方不在")
    change_look(hands)
    assert not shiboken6.isValid(gone)
    assert shiboken6.isValid(kept)
    hands.go("congress")
    hands.settle()
    assert hands.page.current_step().key == "vote"
    hands.go("offer")
    assert hands.page is kept
