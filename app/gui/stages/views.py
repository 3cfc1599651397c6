"""Which part stands behind the key of a view: one table; each is loaded when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.gui.stages.stage_view import StageView


def _survey_sheets() -> type[StageView]:
    from app.gui.stages.survey.sheets_strip import SheetsStrip

    return SheetsStrip


def _survey_entry() -> type[StageView]:
    from app.gui.stages.survey.entry import SurveyEntry

    return SurveyEntry


def _survey_results() -> type[StageView]:
    from app.gui.stages.survey.results import SurveyResults

    return SurveyResults


def _survey_questions() -> type[StageView]:
    from app.gui.stages.survey.other_questions import OtherQuestions

    return OtherQuestions


def _survey_topics() -> type[StageView]:
    from app.gui.stages.survey.topics import SurveyTopics

    return SurveyTopics


VIEWS: Mapping[str, Callable[[], type[StageView]]] = {
    "survey_sheets": _survey_sheets,
    "survey_entry": _survey_entry,
    "survey_results": _survey_results,
    "survey_questions": _survey_questions,
    "survey_topics": _survey_topics,
}
"""Key of a :class:`app.forms.layout.View` → the function that loads its class."""


def view_class(key: str) -> type[StageView]:
    """The class behind a view's key; KeyError when there is none."""
    return VIEWS[key]()
