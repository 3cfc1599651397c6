"""What is given up first where the room is short: the page head, the tabs, sentences, a page opened anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.gui.shell.main_frame import MainFrame
from app.gui.shell.page_head import PageHead
from app.gui.theme import apply_theme
from app.gui.widgets.button import Button
from app.gui.widgets.chip import Chip
from app.gui.widgets.few_lines import FewLines
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.line_field import LineField
from app.gui.widgets.page_scroll import PageScroll
from app.gui.widgets.step_tabs import StepTabs, StepView
from app.gui.widgets.text import Text

_DUE = "剩 3 天，最迟 3月22日（周日）"
_STEPS = (
    StepView("survey", "意愿调查", "now", "缺 4"),
    StepView("offer", "要约与应约", "now", "缺 2"),
    StepView("filing", "签订与报审备案", "later", "缺 1"),
)


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


@pytest.fixture
def large(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "light", 1.25)
    yield
    apply_theme(qapp, "light", 1.0)


@pytest.fixture
def head(qtbot: QtBot) -> Iterator[PageHead]:
    host = QWidget()  # whatever the head asks for, the window's own width counts
    host.resize(1600, 100)
    qtbot.addWidget(host)
    head = PageHead(host)
    head.show_head("要约与应约", chip="第 3 阶段", context="临沂砺岱沂机械制造有限公司书面答复", due=_DUE)
    head.set_actions(ActionView("reply", "登记企业方答复"), [ActionView("close", "结束本阶段", "check")])
    head.set_undo("送达回执")
    host.show()
    yield head
    host.close()


def _shown(head: PageHead) -> tuple[str, ...]:
    """The words at the left of the head, left to right."""
    parts = [part for part in head.findChildren(QWidget) if isinstance(part, Text | Chip)]
    return tuple(part.words() for part in parts if part.isVisible() and part.words())


def _is_whole(head: PageHead) -> bool:
    """Whether the title and each button have the room they ask for."""
    title = next(part for part in head.findChildren(Text) if part.words() == "要约与应约")
    parts = [title, *(button for button in head.findChildren(Button) if button.isVisible())]
    return all(part.width() >= part.sizeHint().width() for part in parts)


def test_the_head_gives_up_context_then_the_date_then_chips_and_never_a_letter_of_a_button(
    head: PageHead,
) -> None:
    seen: list[tuple[str, ...]] = []
    for across in range(1400, 480, -20):
        head.resize(across, head.height())
        settle()
        assert _is_whole(head), across
        if not seen or seen[-1] != _shown(head):
            seen.append(_shown(head))
    context = "临沂砺岱沂机械制造有限公司书面答复"
    assert seen == [
        ("要约与应约", "第 3 阶段", context, _DUE),
        ("要约与应约", "第 3 阶段", _DUE),
        ("要约与应约", "第 3 阶段", "剩 3 天"),
        ("要约与应约", "剩 3 天"),
        ("要约与应约",),
    ]


def test_a_shortened_due_chip_tells_the_whole_to_the_mouse_and_to_a_reader(
    head: PageHead,
) -> None:
    head.resize(700, head.height())
    settle()
    chip = next(part for part in head.findChildren(Chip) if part.words() == "剩 3 天")
    assert (chip.toolTip(), chip.accessibleName()) == (_DUE, _DUE)
    head.resize(1400, head.height())
    settle()
    assert (chip.words(), chip.toolTip()) == (_DUE, "")


@pytest.mark.usefixtures("large")
def test_the_search_has_room_at_large_letters_in_the_smallest_window(head: PageHead) -> None:
    head.set_actions(
        ActionView("reply", "登记企业方答复"),
        [ActionView("paper", "预览"), ActionView("close", "重新打开本阶段", "pencil")],
    )
    head.resize(894, head.height())
    settle()
    assert head.button("close").isVisible()
    head.open_search()
    settle()
    assert head.search.width() >= head.search.sizeHint().width()
    assert _is_whole(head)
    assert not head.button("close").isVisible()
    head.close_search()
    settle()
    assert head.button("close").isVisible()


def test_tabs_let_go_of_remarks_before_letters(qtbot: QtBot) -> None:
    host = QWidget()
    host.resize(1600, 100)
    qtbot.addWidget(host)
    tabs = StepTabs(parent=host)
    tabs.set_steps(_STEPS, "offer")
    host.show()
    whole = sum(tabs.tab(step.id).needed(remarked=True) for step in _STEPS)
    told: list[int] = []
    for across in (900, whole, whole - 80):
        tabs.resize(across, tabs.height())
        settle()
        rooms = [tabs.tab(step.id) for step in _STEPS]
        assert all(room.width() >= room.needed(remarked=False) for room in rooms), across
        told.append(sum(room.sizeHint().width() >= room.needed(remarked=True) for room in rooms))
    assert told == [3, 1, 0]
    assert tabs.tab("survey").accessibleName() == "意愿调查，进行中，缺 4"
    assert tabs.tab("survey").toolTip() == "意愿调查 缺 4"


def test_a_sentence_takes_two_lines_and_tells_the_rest_in_its_tip(qtbot: QtBot) -> None:
    words = "临沂砺岱沂机械制造有限公司收到要约书的日期没有凭证：自述，无凭证"
    line = FewLines(words)
    qtbot.addWidget(line)
    line.show()
    one = line.fontMetrics().lineSpacing()
    line.resize(1000, one)
    assert (line.shown_lines(), line.height(), line.toolTip()) == ([words], one, "")
    line.resize(300, one)
    assert ("".join(line.shown_lines()), line.height(), line.toolTip()) == (words, 2 * one, "")
    line.resize(150, one)
    assert len(line.shown_lines()) == 2
    assert line.shown_lines()[1].endswith("…")
    assert (line.height(), line.toolTip()) == (2 * one, words)


class _LongPage(QWidget):
    """A page of three screens; ``wanted`` has the focus when it is opened."""

    def __init__(self, wanted: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.addSpacing(1500)
        column.addWidget(wanted)
        column.addSpacing(300)
        self.wanted = wanted

    def first_focus(self) -> QWidget:
        return self.wanted


class _Holder(QWidget):
    """As the window holds its pages: they come later, in a scrolled room of their own."""

    def __init__(self, page: _LongPage) -> None:
        super().__init__()
        self.page = page
        column = QVBoxLayout(self)
        column.addWidget(PageScroll(page))

    def first_focus(self) -> QWidget:
        return self.page.first_focus()


@pytest.mark.parametrize("held", [True, False])
@pytest.mark.parametrize("fills", [True, False])
def test_a_page_is_opened_at_its_top_or_where_the_next_field_is(
    qtbot: QtBot, fills: bool, held: bool
) -> None:
    frame = MainFrame()
    qtbot.addWidget(frame)
    page = _LongPage(LineField("编号") if fills else Button("生成要约书"))
    frame.add_page("home", QWidget(), panel="none")
    frame.add_page("offer", _Holder(page) if held else page, panel="none", scrolls=not held)
    frame.resize(1366, 697)
    frame.show()
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)
    frame.show_page("offer")
    settle()
    outer = page.parentWidget().parentWidget()
    assert isinstance(outer, PageScroll)
    bar = outer.verticalScrollBar()
    bar.setValue(bar.maximum())
    frame.show_page("home")
    frame.show_page("offer")
    settle()
    assert (bar.value() > 0) is fills
    if fills:
        top = page.wanted.mapTo(outer.viewport(), page.wanted.rect().topLeft()).y()
        assert 0 <= top < outer.viewport().height()
