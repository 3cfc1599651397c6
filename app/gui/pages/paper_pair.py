"""The papers a step leaves and the evidence for it, side by side where there is room."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.stages import Stage
from app.forms.layout import Step
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.pages.materials_sheet import MaterialsSheet
from app.gui.pages.papers_sheet import PapersSheet
from app.gui.widgets.side_by_side import SideBySide

BESIDE_FROM = 640
"""Both sheets have room for their rows from this width on, in pixels at 100 %."""


class PaperPair(SideBySide):
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
        super().__init__(BESIDE_FROM, parent)
        self.papers = PapersSheet(step, desk, ask)
        self.materials = MaterialsSheet(stage, desk, ask, keys=step.papers)
        for sheet in (self.papers, self.materials):
            sheet.preview_requested.connect(self.preview_requested)
        self.papers.rows_changed.connect(self.rows_changed)
        self.materials.job_started.connect(self.job_started)
        top = Qt.AlignmentFlag.AlignTop
        if step.documents:
            self.add(self.papers, 1, align=top)
        else:
            self.papers.setParent(self)
            self.papers.hide()
        self.add(self.materials, 1, align=top)
