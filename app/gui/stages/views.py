"""Which part stands behind the key of a view: one table; each is loaded when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.case import Case
from app.forms.layout import Step, View
from app.gui.stages.stage_view import StageView


@dataclass(frozen=True, slots=True, kw_only=True)
class PartTab:
    """A tab of its own for a part of a step, e.g. one round; ``first``: shown when only the step is asked for."""

    id: str
    label: str
    state: str
    remark: str = ""
    first: bool = False


PartTabs = Callable[[Case, date, str], tuple[PartTab, ...]]
"""(case, today, id of the part in hand) → the tabs; none leaves the step its own tab."""


def _rounds() -> type[StageView]:
    from app.gui.stages.negotiation.rounds_view import RoundsView

    return RoundsView


def _meeting_prepare() -> type[StageView]:
    from app.gui.stages.negotiation.prepare_view import PrepareView

    return PrepareView


def _clause_text() -> type[StageView]:
    from app.gui.stages.negotiation.clause_view import ClauseView

    return ClauseView


def _round_tabs(case: Case, on: date, wanted: str) -> tuple[PartTab, ...]:
    from app.gui.stages.negotiation.round_tabs import round_tabs

    return round_tabs(case, on, wanted)


def _questionnaire_design() -> type[StageView]:
    from app.gui.stages.survey.design import QuestionnaireDesign

    return QuestionnaireDesign


def _survey_sheets() -> type[StageView]:
    from app.gui.stages.survey.sheets_strip import SheetsStrip

    return SheetsStrip


def _survey_counts() -> type[StageView]:
    from app.gui.stages.survey.sheet_counts import SheetCounts

    return SheetCounts


def _survey_keying() -> type[StageView]:
    from app.gui.stages.survey.keying import SurveyKeying

    return SurveyKeying


def _survey_online() -> type[StageView]:
    from app.gui.stages.survey.online import OnlineAnswers

    return OnlineAnswers


def _survey_entry() -> type[StageView]:
    from app.gui.stages.survey.entry import SurveyEntry

    return SurveyEntry


def _survey_results() -> type[StageView]:
    from app.gui.stages.survey.results import SurveyResults

    return SurveyResults


def _survey_questions() -> type[StageView]:
    from app.gui.stages.survey.other_questions import OtherQuestions

    return OtherQuestions


def _survey_coding() -> type[StageView]:
    from app.gui.stages.survey.coding import SurveyCoding

    return SurveyCoding


def _survey_topics() -> type[StageView]:
    from app.gui.stages.survey.topics import SurveyTopics

    return SurveyTopics


def _offer_topics() -> type[StageView]:
    from app.gui.stages.offer.topics import OfferTopics

    return OfferTopics


def _delivery_dates() -> type[StageView]:
    from app.gui.stages.offer.due_rows import DeliveryDates

    return DeliveryDates


def _reply_dates() -> type[StageView]:
    from app.gui.stages.offer.due_rows import ReplyDates

    return ReplyDates


def _offer_course() -> type[StageView]:
    from app.gui.stages.offer.course import OfferCourse

    return OfferCourse


def _composition() -> type[StageView]:
    from app.gui.stages.representatives.composition import WorkerComposition

    return WorkerComposition


def _employer_composition() -> type[StageView]:
    from app.gui.stages.representatives.composition import EmployerComposition

    return EmployerComposition


def _election_result() -> type[StageView]:
    from app.gui.stages.representatives.election_result import ElectionResult

    return ElectionResult


def _election_tellers() -> type[StageView]:
    from app.gui.stages.representatives.election_tellers import ElectionTellers

    return ElectionTellers


def _tenures() -> type[StageView]:
    from app.gui.stages.representatives.tenures import TenureList

    return TenureList


def _recall_tellers() -> type[StageView]:
    from app.gui.stages.representatives.recall_tellers import RecallTellers

    return RecallTellers


def _enterprise_notices() -> type[StageView]:
    from app.gui.stages.representatives.enterprise_notices import EnterpriseNotices

    return EnterpriseNotices


def _congress_notice() -> type[StageView]:
    from app.gui.stages.congress.session_dates import NoticeDates

    return NoticeDates


def _delegate_quotas() -> type[StageView]:
    from app.gui.stages.congress.delegate_quotas import DelegateQuotas

    return DelegateQuotas


def _poll_count() -> type[StageView]:
    from app.gui.stages.congress.poll_view import PollView

    return PollView


def _congress_vote() -> type[StageView]:
    from app.gui.stages.congress.vote_view import VoteView

    return VoteView


def _congress_tellers() -> type[StageView]:
    from app.gui.stages.congress.tellers_view import TellersView

    return TellersView


def _congress_sign_in() -> type[StageView]:
    from app.gui.stages.congress.sign_in_view import SignInView

    return SignInView


def _congress_result() -> type[StageView]:
    from app.gui.stages.congress.result_view import ResultView

    return ResultView


def _signing_dates() -> type[StageView]:
    from app.gui.stages.filing.following import SigningDates

    return SigningDates


def _filing_papers() -> type[StageView]:
    from app.gui.stages.filing.paper_list import FilingPapers

    return FilingPapers


def _filing_dates() -> type[StageView]:
    from app.gui.stages.filing.following import FilingDates

    return FilingDates


def _review_effect() -> type[StageView]:
    from app.gui.stages.filing.review_effect import ReviewEffect

    return ReviewEffect


def _publication_dates() -> type[StageView]:
    from app.gui.stages.filing.following import PublicationDates

    return PublicationDates


def _upper_union_dates() -> type[StageView]:
    from app.gui.stages.filing.following import UpperUnionDates

    return UpperUnionDates


def _amendment_dates() -> type[StageView]:
    from app.gui.stages.filing.following import AmendmentDates

    return AmendmentDates


def _obligation_figures() -> type[StageView]:
    from app.gui.stages.fulfilment.figure_lines import ObligationFigures

    return ObligationFigures


def _report_dates() -> type[StageView]:
    from app.gui.stages.fulfilment.report_dates import ReportDates

    return ReportDates


def _poll_figures() -> type[StageView]:
    from app.gui.stages.fulfilment.figure_lines import PollFigures

    return PollFigures


def _score_figures() -> type[StageView]:
    from app.gui.stages.fulfilment.figure_lines import ScoreFigures

    return ScoreFigures


VIEWS: Mapping[str, Callable[[], type[StageView]]] = {
    "questionnaire_design": _questionnaire_design,
    "survey_sheets": _survey_sheets,
    "survey_counts": _survey_counts,
    "survey_keying": _survey_keying,
    "survey_online": _survey_online,
    "survey_entry": _survey_entry,
    "survey_results": _survey_results,
    "survey_questions": _survey_questions,
    "survey_coding": _survey_coding,
    "survey_topics": _survey_topics,
    "rounds": _rounds,
    "meeting_prepare": _meeting_prepare,
    "clause_text": _clause_text,
    "offer_topics": _offer_topics,
    "delivery_dates": _delivery_dates,
    "reply_dates": _reply_dates,
    "offer_course": _offer_course,
    "worker_composition": _composition,
    "employer_composition": _employer_composition,
    "election_composition": _composition,
    "election_result": _election_result,
    "election_tellers": _election_tellers,
    "tenures": _tenures,
    "recall_tellers": _recall_tellers,
    "enterprise_notices": _enterprise_notices,
    "congress_notice": _congress_notice,
    "delegate_quotas": _delegate_quotas,
    "poll_count": _poll_count,
    "congress_vote": _congress_vote,
    "congress_tellers": _congress_tellers,
    "congress_sign_in": _congress_sign_in,
    "congress_result": _congress_result,
    "signing_dates": _signing_dates,
    "filing_papers": _filing_papers,
    "filing_dates": _filing_dates,
    "review_effect": _review_effect,
    "publication_dates": _publication_dates,
    "upper_union_dates": _upper_union_dates,
    "amendment_dates": _amendment_dates,
    "obligation_figures": _obligation_figures,
    "report_dates": _report_dates,
    "poll_figures": _poll_figures,
    "score_figures": _score_figures,
}
"""Key of a :class:`app.forms.layout.View` → the function that loads its class."""


PARTS: Mapping[str, PartTabs] = {"rounds": _round_tabs}
"""Key of a view → the tabs that stand in place of its step's one."""


def part_tabs(step: Step, case: Case, on: date, wanted: str) -> tuple[PartTab, ...]:
    """The tabs in place of a step's one; empty: the step has one tab as usual."""
    for part in step.parts:
        if isinstance(part, View) and part.key in PARTS:
            return PARTS[part.key](case, on, wanted)
    return ()


def view_class(key: str) -> type[StageView]:
    """The class behind a view's key; KeyError when there is none."""
    return VIEWS[key]()
