"""The papers a step leaves and the evidence for it, side by side where there is room."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.stages import Stage
from app.forms.layout import Step
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.pages.materials_sheet import MaterialsSheet
from app.gui.pages.papers_sheet import PapersSheet

SIDE_BY_SIDE_FROM = 640


class PaperPair(QWidget):
    """生成的文书 and 证据附件 of one step.

    Signals:
        preview_requested: arg: title, arg: a function that loads what is to be shown.
        rows_changed: The papers are others now.
        job_started: Files are being taken in. arg: the job.
    """

    preview_requested = Signal(str, object)
    rows_changed = Signal()
    job_started = Signal(object)

    def __init__(self, step: Step, stage: Stage, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.papers = PapersSheet(step, desk, ask)
        self.materials = MaterialsSheet(stage, desk, ask, keys=step.papers)
        for sheet in (self.papers, self.materials):
            sheet.preview_requested.connect(self.preview_requested)
        self.papers.rows_changed.connect(self.rows_changed)
        self.materials.job_started.connect(self.job_started)
        self._beside = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(12)
        if step.documents:
            self._beside.addWidget(self.papers, 1, Qt.AlignmentFlag.AlignTop)
        else:
            self.papers.setParent(self)
            self.papers.hide()
        self._beside.addWidget(self.materials, 1, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= SIDE_BY_SIDE_FROM
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._beside.direction() != direction:
            self._beside.setDirection(direction)
