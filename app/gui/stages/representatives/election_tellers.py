"""推选的两人分别计票: the counts of elections, counted by two tellers apart, and closed."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.domain.representatives import Count
from app.figures.person_votes import election_counted_by, elections_of, is_by_person
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.stages.congress.tellers_view import TellersView
from app.gui.widgets.choice_field import ChoiceField, Option
from app.gui.widgets.text import Text

_SUMS = "一个一个候选人表决的：赞成、反对、弃权写全部候选人加起来的票数，和上面各人的得票合计对一对。"


class ElectionTellers(TellersView):
    """The same work as at a vote on a draft; a choice appears with the second count."""

    NOTHING = "先在上面的“推选计票”登记一次计票，两个人再分别数一遍，记在这里。"
    SHOWN = TellersView.SHOWN | {"elections", "candidates", "representatives", "replacements"}

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self.which: ChoiceField | None = None
        self.sums: Text | None = None

    def counts(self) -> tuple[Count, ...]:
        """The counts of the workers' elections, by-elections after the first."""
        case = self.desk.case
        own = elections_of(case)
        return tuple(each for each in case.counts if election_counted_by(case, each) in own)

    def last(self) -> Count | None:
        return next(reversed(self.counts()), None)

    def _build_top(self) -> None:
        super()._build_top()
        self.which = ChoiceField("哪次计票", (), tiles=False, always=True, parent=self._body)
        self.which.value_changed.connect(self._on_which)
        self._parts.insertWidget(0, self.which)
        self.sums = Text(_SUMS, ink="ink2", wrap=True, parent=self._body)
        self._parts.insertWidget(2, self.sums)

    @Slot(object)
    def _on_which(self, value: object) -> None:
        if isinstance(value, str):
            self.record_shown("counts", value)

    def show_more(self) -> None:
        super().show_more()
        count = self.count()
        if count is None or self.which is None or self.sums is None:
            return
        counts = self.counts()
        self.which.set_options([Option(each.id, each.title) for each in counts])
        self.which.set_value(count.id)
        self.which.setVisible(len(counts) > 1)
        self.sums.setVisible(is_by_person(self.desk.case, count))
