"""The roster says departments or posts otherwise than a question of the open questionnaire: one line, one click."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.figures.question_bank import NamesOffered
from app.gui.widgets.button import Button
from app.gui.widgets.shape import Shape
from app.gui.widgets.text import Text

_MOST_NAMED = 4


class NamesOffer(QWidget):
    """Hidden while there is nothing to take over.

    Signals:
        wanted: 用花名册的名称.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.words = Text("", wrap=True)
        self.take = Button("用花名册的名称", "secondary", "check", in_table=True)
        self.take.clicked.connect(self.wanted)
        line.addWidget(Shape("explain"))
        line.addWidget(self.words, 1)
        line.addWidget(self.take)
        self.hide()

    def show_offers(self, offers: Sequence[NamesOffered]) -> None:
        """Say what would change in which question."""
        self.words.set_words("\n".join(offer_words(each) for each in offers))
        self.setVisible(bool(offers))


def offer_words(offered: NamesOffered) -> str:
    """``第 1 题“你在哪个部门？”和花名册不一样：少 铸造、装配；多 机加。…``."""
    asked = offered.question
    what = asked.asks_group.label if asked.asks_group is not None else ""
    head = f"第 {asked.number or '？'} 题“{asked.stem[:20]}”"
    if not asked.options:
        return f"{head}还没有选项，花名册里有 {len(offered.options)} 个{what}：{_named(offered.options)}。"
    more = f"，去掉 {_named(offered.dropped)}" if offered.dropped else ""
    return f"{head}的{what}和花名册不一样：加上 {_named(offered.added)}{more}，才能和花名册比代表性。"


def _named(names: Sequence[str]) -> str:
    told = "、".join(name[:12] for name in names[:_MOST_NAMED])
    return f"{told}等 {len(names)} 个" if len(names) > _MOST_NAMED else told
