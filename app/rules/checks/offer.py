"""Stage 3: who offers, in what form, with what content, and the answer (law.md A)."""

from __future__ import annotations

from datetime import date

from app.domain.facts import join_names
from app.domain.offer import Conclusion, Offer, OfferItem, Proposer, Reply
from app.domain.offer_links import its_offer
from app.domain.union import Side
from app.rules.checks.due import late_finding, told
from app.rules.counting import judge
from app.rules.due_row import national_day
from app.rules.findings import Deadline, Finding, Grade, Hardness, Turn, Verdict, Where
from app.rules.ground import Found, Ground
from app.rules.milestones import replied_on
from app.rules.record_names import some_names
from app.rules.rule_texts import Flag


def duty_to_bargain(ground: Ground) -> Found:
    """A hint when the other side refuses: bargaining is a duty."""
    if not ground.case.replies:
        return None
    return [
        ground.finding(
            "duty_to_bargain",
            Grade.NOTE,
            Where("replies", reply.id, "conclusion"),
            f"{reply.from_whom or '对方'}不同意协商；依法开展协商是单位的义务",
        )
        for reply in ground.case.replies
        if reply.conclusion is Conclusion.REFUSE
    ]


def offer_who(ground: Ground) -> Found:
    """The workers' side is the union; the employer's the legal person or one authorised in writing."""
    found = []
    offers = _issued(ground)
    for offer in offers:
        if offer.proposer is Proposer.EMPLOYER:
            legal = ground.case.enterprise.legal_person
            proxies = {each.to_name for each in ground.case.mandates if each.side is Side.EMPLOYER}
            if offer.signed_by and legal and offer.signed_by != legal and offer.signed_by not in proxies:
                found.append(
                    ground.finding(
                        "offer_who",
                        Grade.EXPLAIN,
                        Where("offers", offer.id, "signed_by"),
                        f"企业方要约由{offer.signed_by}签发，不是法定代表人{legal}，也没有登记委托书",
                    )
                )
        elif offer.union_sealed is False:
            found.append(
                ground.finding(
                    "offer_who",
                    Grade.EXPLAIN,
                    Where("offers", offer.id, "union_sealed"),
                    f"{_name(ground, offer)}没有盖工会章",
                )
            )
    return found if offers else None


def offer_form(ground: Ground) -> Found:
    """The offer is in writing."""
    offers = _issued(ground)
    return [
        ground.finding(
            "offer_form",
            Grade.MUST,
            Where("offers", offer.id, "written"),
            f"{_name(ground, offer)}写明不是书面形式",
            past_mending=_answered(ground, offer),
        )
        for offer in offers
        if offer.written is False
    ] or ([] if offers else None)


def offer_content(ground: Ground) -> Found:
    """Time, place, content and, where the region asks for it, own claims (鲁工资 21, 试行办法 17).

    Looked at from the moment the offer has its date: what is missing is still easy to put in before it goes out.
    """
    offers = _dated(ground)
    if not offers:
        return None
    found: list[Finding] = []
    for offer in offers:
        items = [each for each in ground.case.offer_items if each.offer == offer.id or len(offers) == 1]
        missing = []
        if offer.proposed_meeting is None:
            missing.append(("时间", "proposed_meeting"))
        if not offer.proposed_place:
            missing.append(("地点", "proposed_place"))
        if not items and not offer.claims:
            missing.append(("内容", "claims"))
        mended = _answered(ground, offer)
        if ground.flag("offer_content", Flag.ROSTER) and not offer.names_representatives:
            found.append(_no_roster(ground, offer, mended))
        if missing:
            found.append(
                ground.finding(
                    "offer_content",
                    Grade.MUST,
                    Where("offers", offer.id, missing[0][1]),
                    f"{_name(ground, offer)}没有写{join_names(name for name, _ in missing)}",
                    related=[Where("offers", offer.id, fact) for _, fact in missing[1:]],
                    past_mending=mended,
                )
            )
        if ground.flag("offer_content", Flag.CLAIMS):
            found += _claims(ground, offer, items, mended)
    return found


def _no_roster(ground: Ground, offer: Offer, mended: bool) -> Finding:
    """The region wants the own representatives named in the offer."""
    unknown = offer.names_representatives is None
    said = "有没有写明本方协商代表，还没有登记" if unknown else "没有写明本方协商代表"
    return ground.finding(
        "offer_content",
        Grade.EXPLAIN if unknown else Grade.MUST,
        Where("offers", offer.id, "names_representatives"),
        f"{_name(ground, offer)}{said}",
        past_mending=mended and not unknown,
        more="roster",
    )


def _claims(ground: Ground, offer: Offer, items: list[OfferItem], mended: bool) -> list[Finding]:
    if not items and not offer.claims:
        return []
    found = []
    for item in items:
        if item.claim or item.claim_value is not None:
            continue
        topic = ground.case.find("topics", item.topic)
        name = topic.name if topic is not None and topic.name else "一项内容"
        found.append(
            ground.finding(
                "offer_content",
                Grade.NOTE if offer.claims else Grade.MUST,
                Where("offer_items", item.id, "claim"),
                f"“{name}”没有单独写本方主张，看总的说明里写到没有"
                if offer.claims
                else f"“{name}”没有写本方主张",
                past_mending=mended and not offer.claims,
            )
        )
    return found


def upper_union_offer(ground: Ground) -> Found:
    """An upper union's offer for a union that exists rests on policy, not on a text that was read."""
    offers = _issued(ground)
    found = []
    for offer in offers:
        own = ground.case.union.name
        seals = [each.split("（")[0] for each in offer.sealed_by]
        others = [each for each in seals if own and own not in each and each not in own]
        if offer.proposer is Proposer.UPPER_UNION:
            by = some_names(others) or ground.case.union.upper_union or "上级工会"
            found.append(
                ground.finding(
                    "upper_union_offer",
                    Grade.EXPLAIN,
                    Where("offers", offer.id, "proposer"),
                    f"{_name(ground, offer)}由{by}代为发出；条文只有上级工会支持帮助，"
                    "没有写已建会的可以代发，请写明依据的是哪份通知",
                )
            )
    return found if offers else None


def reply_due(ground: Ground) -> Found:
    """The written answer within its period, each delivery by itself.

    Where the region's own period only reminds, the national one is still the line that must not be passed.
    """
    found = []
    due = ground.due("reply_due")
    for each in due:
        beyond = _beyond_the_nation(ground, each)
        made = beyond or late_finding(ground, each, lambda due: f"{_who(due)}{told(ground, due, '书面答复')}")
        if made is not None:
            found.append(made)
    return found if due else None


def _who(due: Deadline) -> str:
    return due.what.removesuffix("书面答复")


def _beyond_the_nation(ground: Ground, due: Deadline) -> Finding | None:
    """The finding where a soft regional period hides that the hard national one is over too."""
    if due.hardness is Hardness.HARD or due.start is None or due.outer is None:
        return None
    national = national_day(ground, "reply_due", due.start)
    if national is None or national[0].hardness is not Hardness.HARD:
        return None
    term, day = national
    if judge(day, due.actual, ground.on) not in (Verdict.LATE, Verdict.OVERDUE):
        return None
    said = f"{ground.day(due.actual)}才书面答复" if due.actual else f"到{ground.day(ground.on)}还没有书面答复"
    return ground.finding(
        "reply_due",
        Grade.MUST,
        due.where,
        f"{_who(due)}{said}，超过全国的 {term.spoken}（{ground.day(day.holiday_reading)}）",
        why=due.why,
        sources=term.sources,
        related=(due.start_at,) if due.start_at else (),
        past_mending=True,
        key_at=due.start_at,
    )


def reply_form(ground: Ground) -> Found:
    """The answer is in writing and, where the region says so, has time, place, content and claims."""
    replies = [each for each in ground.case.replies if replied_on(each) is not None]
    if not replies:
        return None
    found: list[Finding] = []
    for reply in replies:
        name = f"{reply.from_whom or '对方'}的{ground.pack.wording.reply}"
        if reply.written is False:
            found.append(
                ground.finding(
                    "reply_form",
                    Grade.MUST,
                    Where("replies", reply.id, "written"),
                    f"{name}写明不是书面形式",
                    past_mending=bool(ground.milestones.held_meetings),
                )
            )
        elif reply.conclusion is Conclusion.AGREE:
            found += _reply_content(ground, reply, name)
    return found


def _reply_content(ground: Ground, reply: Reply, name: str) -> list[Finding]:
    everything = ground.flag("reply_form", Flag.CLAIMS)
    time = everything or ground.flag("reply_form", Flag.MEETING_TIME)
    content = everything or ground.flag("reply_form", Flag.MEETING_CONTENT)
    parts = (
        (time, "时间", "agreed_meeting", reply.agreed_meeting),
        (everything, "地点", "agreed_place", reply.agreed_place),
        (content, "内容", "agreed_content", reply.agreed_content),
        (everything, "对方主张", "claims", reply.claims),
    )
    missing = [(label, fact) for asked, label, fact, value in parts if asked and not value]
    if not missing:
        return []
    return [
        ground.finding(
            "reply_form",
            Grade.EXPLAIN,
            Where("replies", reply.id, missing[0][1]),
            f"{name}没有写{join_names(label for label, _ in missing)}",
            related=[Where("replies", reply.id, fact) for _, fact in missing[1:]],
            more="content",
        )
    ]


def refuse_ban(ground: Ground) -> Found:
    """No refusal without a proper reason; whether a reason is proper, a person judges."""
    replies = [each for each in ground.case.replies if each.conclusion is not None]
    absolute = ground.flag("refuse_ban", Flag.NO_REASON)
    found = []
    for reply in replies:
        if reply.conclusion is Conclusion.REFUSE:
            who = reply.from_whom or "对方"
            said = f"{who}拒绝协商，没有写理由"
            if reply.refusal_reason:
                judge_it = "；这里有理由也不得拒绝" if absolute else "，是否正当请写明看法"
                said = f"{who}拒绝协商，写了理由{judge_it}"
            found.append(
                ground.finding(
                    "refuse_ban",
                    Grade.EXPLAIN if reply.refusal_reason and not absolute else Grade.MUST,
                    Where("replies", reply.id, "refusal_reason"),
                    said,
                    past_mending=absolute or not reply.refusal_reason,
                )
            )
    return found if replies else None


def silence_effect(ground: Ground) -> Found:
    """What to do when no answer came; the law lays no consequence down."""
    overdue = [
        each
        for each in ground.due("reply_due")
        if each.verdict is Verdict.OVERDUE and each.turn is Turn.EMPLOYER and not each.estimated
    ]
    if not ground.due("reply_due"):
        return None
    reminded = [each for each in ground.case.reminders if each.issued_on is not None]
    asked = bool(ground.case.escalations)
    text = ground.rule("silence_effect")
    laid_down = text is not None and not text.silent
    effect = text.says.rstrip("。") if text is not None and laid_down else "逾期的后果法规没有规定"
    step = f"先发{ground.pack.wording.reminder}"
    if reminded:
        last = max(each.issued_on or date.min for each in reminded)
        step = f"{ground.day(last)}已催告，可以提请上级工会发提示函或意见书"
    if asked:
        step = "已提请，等结果，把结果登记下来"
    return [
        ground.finding(
            "silence_effect",
            Grade.NOTE,
            each.start_at or each.where,
            f"{_who(each)}逾期没有答复；{effect}，下一步：{step}",
        )
        for each in overdue
    ]


def _dated(ground: Ground) -> list[Offer]:
    """The offers that went out, and those that are written for a day to come."""
    issued = _issued(ground)
    return [each for each in ground.case.offers if each in issued or each.issued_on is not None]


def _issued(ground: Ground) -> list[Offer]:
    delivered = {
        offer.id
        for offer, delivery in ground.milestones.offer_deliveries
        if delivery.received_on is not None and delivery.received_on <= ground.on
    }
    return [
        each
        for each in ground.case.offers
        if each.id in delivered or (each.issued_on is not None and each.issued_on <= ground.on)
    ]


def _answered(ground: Ground, offer: Offer) -> bool:
    return any(
        replied_on(each) is not None and its_offer(ground.case, each) in (None, offer)
        for each in ground.case.replies
    )


def _name(ground: Ground, offer: Offer) -> str:
    return f"{ground.pack.wording.offer}（{offer.number}）" if offer.number else ground.pack.wording.offer
