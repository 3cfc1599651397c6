"""Stage 1: to whom the law applies, and was the staff heard before the offer (鲁工资 22, 规定 33)."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.domain.offer import Proposer
from app.domain.questionnaire import changed_since_frozen, is_frozen
from app.domain.survey import TopicDecision
from app.rules.findings import Grade, Hardness, Where
from app.rules.ground import Found, Ground
from app.rules.rule_texts import Flag

_OTHER_UNITS = {
    "1": ("机关或事业单位", Flag.PUBLIC_BODIES),
    "5": ("民办非企业单位等社会组织", Flag.SOCIAL_UNITS),
    "92": ("个体工商户", Flag.HOUSEHOLDS),
}
"""Leading characters of a unified credit code (GB 32100) of units that are no enterprises."""


def scope_unit(ground: Ground) -> Found:
    """The laws speak of enterprises; a code of another kind of unit is worth a hint."""
    units: list[tuple[str, Any]] = [("enterprise", ground.case.enterprise), *_covered(ground)]
    known = [(collection, unit) for collection, unit in units if unit.code]
    if not known:
        return None
    found = []
    for collection, unit in known:
        other, flag = next(
            (found for start, found in _OTHER_UNITS.items() if unit.code.startswith(start)), ("", None)
        )
        if flag is not None and not ground.flag("scope_unit", flag):
            found.append(
                ground.finding(
                    "scope_unit",
                    Grade.NOTE,
                    Where(collection, unit.id, "code"),
                    f"“{unit.name or '这家单位'}”的代码是{other}的，条文写的是企业，是否参照请先问当地人社",
                )
            )
    return found


def data_hearing(ground: Ground) -> Found:
    """Of those who came to a hearing no part is more than all."""
    if not ground.case.hearings:
        return None
    return [
        ground.finding(
            "data_hearing",
            Grade.MUST,
            Where("hearings", hearing.id, fact),
            f"{hearing.title}：{label} {part} 人，多于人数 {hearing.people} 人",
            related=(Where("hearings", hearing.id, "people"),),
            more=fact,
        )
        for hearing in ground.case.hearings
        for fact, label in (("frontline", "其中一线"), ("women", "其中女职工"))
        if (part := getattr(hearing, fact)) is not None
        and hearing.people is not None
        and part > hearing.people
    ]


def data_topic_reason(ground: Ground) -> Found:
    """A topic that does not go into the offer bears the reason (F-03)."""
    decided = [each for each in ground.case.topics if each.decision is not None]
    if not decided:
        return None
    return [
        ground.finding(
            "data_topic_reason",
            Grade.EXPLAIN,
            Where("topics", topic.id, "reason"),
            f"议题“{topic.name or topic.code or '没有名称'}”{topic.decision.label}，没有写理由",
        )
        for topic in decided
        if topic.decision in (TopicDecision.POSTPONED, TopicDecision.ELSEWHERE)
        and topic.decision is not None
        and not topic.reason.strip()
    ]


def survey_before_offer(ground: Ground) -> Found:
    """The union hears the staff before it makes an offer."""
    case = ground.case
    heard = [
        day
        for survey in case.surveys
        for day in (survey.started_on, survey.notice_on, survey.ended_on, survey.report_on)
        if day is not None
    ]
    heard += [hearing.held_on for hearing in case.hearings if hearing.held_on is not None]
    undated = not heard and bool(case.surveys or case.hearings)
    offers = [
        offer
        for offer in case.offers
        if offer.proposer is not Proposer.EMPLOYER
        and offer.issued_on is not None
        and offer.issued_on <= ground.on
    ]
    if not offers:
        return None
    offer = min(offers, key=lambda each: each.issued_on or date.max)
    if undated or any(day <= (offer.issued_on or date.max) for day in heard):
        return []
    text = ground.rule("survey_before_offer")
    hard = text is not None and text.hardness is Hardness.HARD
    issued = ground.day(offer.issued_on) if offer.issued_on else ""
    first = f"最早一次听取意见在{ground.day(min(heard))}" if heard else "没有听取职工意见的记录"
    return [
        ground.finding(
            "survey_before_offer",
            Grade.MUST if hard else Grade.EXPLAIN,
            Where("surveys"),
            f"{ground.pack.wording.offer}{issued}签发，{first}",
            related=(Where("offers", offer.id, "issued_on"),),
            past_mending=hard,
            key_at=Where("offers", offer.id),
        )
    ]


def _covered(ground: Ground) -> list[tuple[str, Any]]:
    return [("covered_enterprises", each) for each in ground.case.covered_enterprises]


def data_frozen_questions(ground: Ground) -> Found:
    """What was printed or published is what the answers are counted by."""
    case = ground.case
    frozen = [each for each in case.surveys if is_frozen(each) and each.questions_digest]
    if not frozen:
        return None
    return [
        ground.finding(
            "data_frozen_questions",
            Grade.EXPLAIN,
            Where("surveys", survey.id, "questions_digest"),
            f"“{survey.title}”定稿（版次 {survey.version or '没有写'}）以后题目又变了，收回的答卷对不上现在的题目",
        )
        for survey in frozen
        if changed_since_frozen(case, survey)
    ]
