"""Which of a year's surveys is looked at: a questionnaire that was copied (另起一版) has no answers at first."""

from __future__ import annotations

from app.domain.case import Case
from app.domain.questionnaire import has_answers
from app.domain.survey import Survey


def survey_of_results(case: Case, chosen: str = "") -> Survey | None:
    """Return the survey whose results count: the one chosen, else the latest with answers, else the last one."""
    wanted: Survey | None = case.find("surveys", chosen) if chosen else None
    if wanted is not None:
        return wanted
    answered = (each for each in reversed(case.surveys) if has_answers(case, each.id))
    return next(answered, case.surveys[-1] if case.surveys else None)


def version_words(case: Case, survey: Survey) -> str:
    """Which version it is and what came back: ``版次 1　2026年职工意愿调查（有效 305 份）``."""
    answered = has_answers(case, survey.id)
    version = f"版次 {survey.version}" if survey.version else "" if answered else "还没定稿"
    named = [version, survey.title_text, survey.audience.label if survey.audience is not None else ""]
    back = "还没有答卷"
    if answered:
        back = f"有效 {survey.valid} 份" if survey.valid is not None else "有答卷"
    return f"{'　'.join(part for part in named if part)}（{back}）"


def why_this_one(case: Case, survey: Survey) -> str:
    """Why the results are not those of the last version; empty if they are."""
    if not case.surveys or survey.id == case.surveys[-1].id:
        return ""
    if has_answers(case, case.surveys[-1].id):
        return "这里看的是以前的一版，后面还有新的。"
    return "新的一版还没有答卷，先看有答卷的。"
