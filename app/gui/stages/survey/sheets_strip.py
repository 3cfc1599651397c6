"""The strip of figures: whom the roster counts, sheets handed out, returned and valid, and what does not add up."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.survey import Survey
from app.figures.origin import Figure
from app.figures.survey_results import Sheets, current_survey, sheets_of
from app.figures.survey_sums import open_totals
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.pages.keeps_f4 import KeepsF4
from app.gui.stages.stage_view import StageView
from app.gui.stages.survey.doors import first_place
from app.gui.stages.survey.shown_version import shown_version
from app.gui.widgets.figure_strip import FigureStrip, FigureView
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text

_SHOWN = frozenset({"surveys", "enterprise", "covered_enterprises", "cycle", "hearings"})


class SheetsStrip(StageView):
    """在册职工 · 发出 · 收回 · 有效 · 记不记名 · 座谈访谈; hidden while there is no survey and no hearing.

    ``of_results``: of the version whose results are looked at; else of the last one, which is being filled in.
    """

    def __init__(
        self, desk: Desk, ask: Ask, parent: QWidget | None = None, *, of_results: bool = False
    ) -> None:
        super().__init__(desk, ask, parent)
        self._version = shown_version(desk) if of_results else None
        self._keeps_f4 = KeepsF4(self)
        self._figures: dict[str, Figure] = {}
        self._shown: tuple[object, ...] = ()
        self._hosts = False
        self._sheet = Sheet()
        layout = self._sheet.layout()
        assert layout is not None
        layout.setContentsMargins(12, 6, 12, 6)
        self.strip = FigureStrip(beside=True)
        self.strip.setAccessibleName("发放和收回")
        self.strip.origin_requested.connect(self._on_origin)
        self._sheet.add(self.strip)
        self._wrong = QWidget()
        self._wrong_lines = QVBoxLayout(self._wrong)
        self._wrong_lines.setContentsMargins(0, 0, 0, 0)
        self._sheet.add(self._wrong)
        self.column.addWidget(self._sheet)
        desk.case_changed.connect(self._on_case_changed)
        self.show_case()

    def sheet(self) -> Sheet | None:
        self._hosts = True  # what is joined stays to be seen
        layout = self._sheet.layout()
        assert layout is not None
        layout.setContentsMargins(16, 8, 16, 12)
        self._sheet.show()
        return self._sheet

    def show_case(self) -> None:
        """Show the figures as they are now."""
        case = self.desk.case
        survey = self._survey()
        views: list[FigureView] = []
        wrong: tuple[str, ...] = ()
        self._figures = {}
        if survey is not None:
            sheets = sheets_of(case, survey)
            views, wrong = self._of_sheets(survey, sheets), sheets.mismatches
            if survey.named is not None:
                word = "记名" if survey.named else "不记名"
                views.append(
                    FigureView(id="named", label="答卷", number=word, remark="单份不导出", icon="lock")
                )
        if case.hearings:
            people = [each.people for each in case.hearings]
            joined = "" if None in people else f"{sum(number or 0 for number in people)} 人参加"
            views.append(
                FigureView(
                    id="hearings", label="座谈访谈", number=str(len(case.hearings)), unit="次", remark=joined
                )
            )
        self.strip.setVisible(bool(views))
        self._sheet.setVisible(bool(views) or self._hosts)
        if (tuple(views), wrong) != self._shown:
            self._shown = (tuple(views), wrong)
            self.strip.show_figures(views)
            for part in self.strip.findChildren(QWidget):
                if part.property("ring"):
                    self._keeps_f4.keep(part)
            self._show_wrong(wrong)

    def _survey(self) -> Survey | None:
        return self._version.survey() if self._version is not None else current_survey(self.desk.case)

    def _of_sheets(self, survey: Survey, sheets: Sheets) -> list[FigureView]:
        views = []
        sums = open_totals(survey)
        for key, figure, rate in (
            ("staff", sheets.staff, None),
            ("issued", sheets.issued, None),
            ("returned", sheets.returned, sheets.return_rate),
            ("valid", sheets.valid, sheets.valid_rate),
        ):
            self._figures[key] = figure
            number = "—" if figure.value is None else str(figure.value)
            remark = "" if figure.value is not None else "合计还没写" if key in sums else "还没写"
            if rate is not None and rate.value is not None:
                remark = f"{rate.label.removeprefix('问卷')} {rate.text}"
            views.append(
                FigureView(id=key, label=figure.label, number=number, unit=figure.unit, remark=remark)
            )
        return views

    def _show_wrong(self, sentences: tuple[str, ...]) -> None:
        while self._wrong_lines.count():
            entry = self._wrong_lines.takeAt(0)
            widget = entry.widget() if entry is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for sentence in sentences:
            line = Sheet(tone="inset")
            line.head.insertWidget(0, Shape("must", px=16))
            line.head.insertWidget(1, Text(f"{sentence}。请对照原件改一下。", wrap=True), 1)
            self._wrong_lines.addWidget(line)
        self._wrong.setVisible(bool(sentences))

    @Slot(str)
    def _on_origin(self, key: str) -> None:
        from app.rules.findings import Where

        survey = self._survey()
        if key == "hearings":
            self.door_opened.emit(Where("hearings", self.desk.case.hearings[0].id, "people"))
        elif key == "named" and survey is not None:
            self.door_opened.emit(Where("surveys", survey.id, "named"))
        elif key in self._figures and (place := first_place(self._figures[key])) is not None:
            self.door_opened.emit(place)

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if changed & _SHOWN:
            self.show_case()
