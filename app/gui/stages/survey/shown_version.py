"""看哪一版: the version of the questionnaire whose results are looked at, the same for all parts of the page."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.case import Case
from app.domain.survey import Survey
from app.figures.published import Published, published
from app.figures.survey_versions import survey_of_results, version_words, why_this_one
from app.gui.desk import Desk
from app.gui.widgets.choice_field import ChoiceField, Option
from app.gui.widgets.text import Text


class ShownVersion(QObject):
    """Kept for as long as the desk is: what was chosen, nothing of it in the case.

    Signals:
        changed: Another version is looked at now.
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._chosen = ""
        self._decided: tuple[Case, Published] | None = None

    def survey(self) -> Survey | None:
        """The survey whose results are shown."""
        return survey_of_results(self._desk.case, self._chosen)

    def decided(self) -> Published | None:
        """What may be shown of it, decided once for all parts of the page."""
        case, survey = self._desk.case, self.survey()
        if survey is None:
            return None
        if self._decided is None or self._decided[0] is not case or self._decided[1].survey is not survey:
            self._decided = case, published(case, survey)
        return self._decided[1]

    def choose(self, survey_id: str) -> None:
        """Look at another version."""
        if survey_id != self._chosen:
            self._chosen = survey_id
            self.changed.emit()


def shown_version(desk: Desk) -> ShownVersion:
    """The one of this desk."""
    return desk.findChild(ShownVersion) or ShownVersion(desk)


class VersionPicker(QWidget):
    """A drop-down of all versions with a word on the one that is shown; hidden while there is one version only."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown = shown_version(desk)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self.field: ChoiceField | None = None
        self.why = Text("", ink="ink2", wrap=True)
        self.hide()

    def show_case(self) -> None:
        """Offer the versions there are now."""
        case, survey = self._desk.case, self._shown.survey()
        self.setVisible(survey is not None and len(case.surveys) > 1)
        if survey is None or len(case.surveys) < 2:
            return
        field = self.field or self._make()
        field.set_options([Option(each.id, version_words(case, each)) for each in reversed(case.surveys)])
        if field.value() != survey.id:
            field.set_value(survey.id)
        self.why.set_words(why_this_one(case, survey))

    def _make(self) -> ChoiceField:
        """Only where it is needed: most years have one version."""
        self.field = ChoiceField("看哪一版的结果", (), tiles=False, always=True, hint="选一版")
        self.field.value_changed.connect(self._on_picked)
        self._row.addWidget(Text("看哪一版的结果"))
        self._row.addWidget(self.field, 1)
        self._row.addWidget(self.why, 1)
        return self.field

    @Slot(object)
    def _on_picked(self, value: object) -> None:
        if isinstance(value, str):
            self._shown.choose(value)
