"""写说明 and 写如实说明, inside the page: what happened, what was done to make good."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from app.domain.evidence import Explanation
from app.domain.facts import facts_of
from app.gui.desk import Desk
from app.gui.widgets.button import Button
from app.gui.widgets.focus_stops import is_alive
from app.gui.widgets.form_grid import FormGrid
from app.gui.widgets.line_field import LineField
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.gui.widgets.text_area import TextAreaField
from app.rules.findings import Finding, Grade


class ExplainSheet(Sheet):
    """One finding and the words that close it.

    Signals:
        closed: Written, or left.
    """

    closed = Signal()

    def __init__(self, finding: Finding, desk: Desk, parent: QWidget | None = None) -> None:
        self.frank = finding.grade is Grade.MUST
        super().__init__("如实说明" if self.frank else "说明", parent=parent)
        self.finding = finding
        self._asked_from = QApplication.focusWidget()
        self._desk = desk
        self.add(Text(finding.sentence, bold=True, wrap=True))
        words = "过了日子改不了的，写清实际情况和补救；写了就不再拦着，会列为程序瑕疵一起上报。"
        self.add(
            Text(words if self.frank else "写一句实际情况就行，说明随材料一起上报。", ink="ink2", wrap=True)
        )
        declared = facts_of(Explanation)
        grid = FormGrid()
        self.what = TextAreaField(declared["what_happened"].label, rows=3)
        self.made_good = TextAreaField(declared["made_good"].label, rows=2)
        self.paper = LineField(declared["paper"].label, hint="例如 Z04，没有可不写", extent="field_code")
        grid.add(declared["what_happened"].label, self.what, wide=True)
        if self.frank:
            grid.add(declared["made_good"].label, self.made_good, wide=True)
        grid.add(declared["paper"].label, self.paper)
        self.add(grid)
        if finding.explanation is not None:
            self.what.set_value(finding.explanation.what_happened)
            self.made_good.set_value(finding.explanation.made_good)
            self.paper.set_value(finding.explanation.paper)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.write = Button("写好这条说明", "secondary", "check")
        self.leave = Button("先不写", "text")
        row.addWidget(self.write)
        row.addWidget(self.leave)
        row.addStretch(1)
        self.body.addLayout(row)
        self.write.clicked.connect(self._on_write)
        self.leave.clicked.connect(self.closed)
        for editor in (self.what, self.made_good):
            editor.edited.connect(self._on_edited)

    def focus_first(self) -> None:
        """Go to the first field."""
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> bool:
        """Go for good; False when the focus was here and what asked for the sheet is gone."""
        back, self._asked_from = self._asked_from, None
        had_focus = self.isAncestorOf(self.window().focusWidget() or self)
        self.hide()
        self.deleteLater()
        if not had_focus:
            return True
        if back is None or not is_alive(back):
            return False
        back.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @Slot()
    def _on_edited(self) -> None:
        self.what.set_error(None)
        self.made_good.set_error(None)

    @Slot()
    def _on_write(self) -> None:
        if not self.what.value():
            self.what.set_error("还没有写。写一句实际是怎样的、为什么。")
            self.what.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.frank and not self.made_good.value():
            self.made_good.set_error("还没有写。后来做了什么；没有补救就写没有，并说明打算。")
            self.made_good.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._desk.explain(self.finding, self.what.value(), self.made_good.value(), self.paper.value())
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
