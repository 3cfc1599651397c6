"""Stage 3: the offer (F-20), the reply (F-22) and the reminder (F-23)."""

from __future__ import annotations

from datetime import date

from app.documents.blocks import (
    OFFICIAL,
    Addressee,
    Align,
    Attachments,
    Block,
    Boxes,
    Column,
    CutLine,
    Document,
    Issuer,
    KeepTogether,
    KeyValue,
    KeyValues,
    NumberLine,
    SignatureArea,
    SignatureField,
    Spacer,
    Table,
    Text,
    Title,
    blank,
    body,
    heading1,
)
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.citing import amount_words, article_note, law_titles, rule_articles, term_of
from app.documents.letters.frame import paper
from app.documents.letters.parties import (
    chief_word,
    kind_of,
    offer_name,
    party_name,
    polite,
    sitting,
    talks_name,
    union_name,
    year_words,
)
from app.documents.letters.words import (
    at_moment,
    day_text,
    ended,
    joined,
    label_of,
    listed,
    on_day,
    shown,
    with_unit,
)
from app.domain.case import Case
from app.domain.negotiation import DisclosureItem
from app.domain.offer import Conclusion, Delivery, Offer, OfferItem, Proposer, Reminder, Reply
from app.domain.offer_links import deliveries_of, its_offer, replies_to
from app.domain.representatives import Representative, Role
from app.domain.stages import Stage
from app.domain.survey import TopicDecision
from app.domain.union import AgreementKind, Side
from app.rules.findings import Deadline
from app.rules.pack import RulePack


def offer_subjects(case: Case) -> tuple[Subject, ...]:
    """One offer letter for each offer."""
    return tuple(Subject(held.id, held.title) for held in case.offers)


def reply_subjects(case: Case) -> tuple[Subject, ...]:
    """A reply for each one recorded, and a blank one for each offer that has none yet."""
    open_ones = tuple(Subject(held.id, held.title) for held in case.offers if not replies_to(case, held))
    return open_ones + tuple(Subject(held.id, held.title) for held in case.replies)


def reminder_subjects(case: Case) -> tuple[Subject, ...]:
    """One letter for each reminder."""
    return tuple(Subject(held.id, held.title) for held in case.reminders)


def offer_missing(case: Case, subject: Subject) -> tuple[str, ...]:
    """Facts an offer must name and does not (law.md A offer_content)."""
    offer = offer_of(case, subject.id)
    items = _items(case, offer)
    found = []
    if not offer.number:
        found.append("编号")
    if offer.proposed_meeting is None:
        found.append("建议会议时间")
    if not offer.proposed_place:
        found.append("建议地点")
    if not items:
        found.append("协商内容")
    elif any(not item.claim for item in items) and not offer.claims:
        found.append("本方主张")
    if not sitting(case, side_of(offer)):
        found.append("本方代表")
    if offer.issued_on is None:
        found.append("签发日期")
    return tuple(found)


def offer_letter(context: LetterContext, subject: Subject) -> Document:
    """Write the offer (F-20): time, place, own claims topic by topic, representatives, what is asked.

    Source: 《试行办法》17条; in Shandong 《鲁工资》21条 (the claims must be explained); layout GB/T 9704.
    """
    case, pack = context.case, context.pack
    offer = offer_of(case, subject.id)
    ours = side_of(offer)
    title = offer_name(case, pack)
    blocks: list[Block] = [Title(title)]
    if offer.number:
        blocks.append(NumberLine(offer.number))
    blocks += [
        Addressee(shown(addressee_of(case, offer), 14)),
        body(_opening(context, offer)),
        heading1("一、协商的时间和地点"),
        body(
            joined(
                "时间：", at_moment(offer.proposed_meeting), "；地点：", shown(offer.proposed_place, 8), "。"
            )
        ),
        heading1("二、协商内容和我方主张"),
        _claims_table(case, offer),
    ]
    if offer.claims and offer.claims != "；".join(item.claim for item in _items(case, offer)):
        blocks += [Spacer(0.4), body(joined("主张说明：", ended(offer.claims)))]
    blocks += [Spacer(0.2), heading1("三、协商代表"), *_our_people(context, offer)]
    blocks += _asked_papers(context, ours, "四")
    number = "五" if ours is Side.WORKER else "四"
    closing: list[Block] = [heading1(f"{number}、书面答复"), body(_reply_demand(context, offer))]
    if offer.names_representatives:
        closing.append(Attachments((f"{ours.label}协商代表名册",)))
    blocks.append(KeepTogether((*closing, _chief_line(pack, ours), _issuer(case, offer))))
    blocks.append(
        KeepTogether(
            (
                CutLine("收件凭条：由收件人填写，沿线裁下交回送达人"),
                KeyValues(
                    (
                        KeyValue("文书", f"{title} {offer.number}".rstrip(), span=2),
                        KeyValue("收到时间", ""),
                        KeyValue("收件人签字", ""),
                    ),
                    label_width=0.32,
                    row_height=10.0,
                ),
            )
        )
    )
    return paper(context, "offer", Stage.OFFER, title, blocks, page=OFFICIAL)


def reply_letter(context: LetterContext, subject: Subject) -> Document:
    """Write the answer for the other side to fill in and sign (F-22), with what is known filled in."""
    case, pack = context.case, context.pack
    reply: Reply = case.find("replies", subject.id) or Reply(offer=subject.id)
    offer = its_offer(case, reply) or Offer()
    asked = side_of(offer)
    answering = other_side(asked)
    title = f"{talks_name(case)}{pack.wording.reply}"
    blocks: list[Block] = [Title(title)]
    if reply.number:
        blocks.append(NumberLine(reply.number))
    their = polite(case, asked)
    received = _received_on(case, reply, offer)
    blocks += [
        Addressee(shown(party_name(case, asked), 14)),
        body(
            joined(
                f"{their}",
                on_day(offer.issued_on),
                f"发出的《{offer_name(case, pack)}》",
                f"（{offer.number}）" if offer.number else "",
                "，我方于",
                on_day(received),
                "收到。经研究，答复如下：",
            )
        ),
        heading1("一、是否同意协商"),
        Boxes(tuple(_CONCLUSIONS.values()), checked=_checked(reply)),
        body(joined("不同意或部分不同意的理由：", shown(reply.refusal_reason, 12))),
        heading1("二、协商的时间和地点"),
        body(
            joined("时间：", at_moment(reply.agreed_meeting), "。地点：", shown(reply.agreed_place, 10), "。")
        ),
        heading1("三、对协商内容的答复和我方主张"),
    ]
    if reply.agreed_content:
        blocks.append(body(ended(reply.agreed_content)))
    if reply.claims:
        blocks.append(body(joined("主张说明：", ended(reply.claims))))
    else:
        blocks.append(_answer_table(case, offer))
    blocks += [Spacer(0.4), heading1("四、我方协商代表"), _their_people(case, answering, asked)]
    if answering is Side.EMPLOYER:
        blocks += [
            Spacer(0.4),
            heading1("五、提供资料的时间"),
            body(joined("所列资料我方于", on_day(None), "前提供。")),
        ]
    blocks += [
        KeepTogether(
            (
                body(joined("联系人：", blank(6), "　联系电话：", blank(8))),
                _chief_line(pack, answering),
                Issuer(
                    (reply.from_whom or party_name(case, answering) or "\u3000" * 12,),
                    day_text(reply.replied_on),
                ),
            )
        ),
    ]
    return paper(context, "reply", Stage.OFFER, title, blocks, page=OFFICIAL)


def _latest(due: Deadline) -> str:
    """最迟2026年3月23日; the range where the holidays of a year are not known yet, never one false date."""
    day = due.due_holiday or due.due
    if due.latest is not None and due.latest != day:
        return f"最迟{day_text(day)}至{day_text(due.latest)}之间（以国务院公布的放假安排为准）"
    return f"最迟{day_text(day)}"


def reminder_letter(context: LetterContext, subject: Subject) -> Document:
    """Write the union's own reminder after the reply period has passed (F-23)."""
    case, pack = context.case, context.pack
    reminder: Reminder = case.find("reminders", subject.id) or Reminder()
    offer = its_offer(case, reminder) or Offer()
    title = f"{talks_name(case)}{pack.wording.reminder}"
    delivery = next(iter(deliveries_of(case, offer)), None)
    term = term_of(case, pack, "reply_due", context.on)
    due = next(
        (
            each
            for each in (context.checkup.deadlines if context.checkup else ())
            if each.rule == "reply_due" and delivery is not None and each.start == delivery.received_on
        ),
        None,
    )
    blocks: list[Block] = [Title(title)]
    if reminder.number:
        blocks.append(NumberLine(reminder.number))
    their = polite(case, Side.EMPLOYER)
    told: list[Text] = [
        "我会于",
        on_day(offer.issued_on),
        f"向{their}发出《{offer_name(case, pack)}》",
        f"（{offer.number}）" if offer.number else "",
        f"，{their}于",
        on_day(delivery.received_on if delivery else None),
        "收到",
        f"（{label_of(delivery.way)}送达，{delivery.receiver}签收）"
        if delivery and delivery.receiver
        else "",
        "。",
    ]
    blocks += [Addressee(shown(party_name(case, Side.EMPLOYER), 14)), body(joined(*told))]
    if term is not None:
        articles = rule_articles(case, pack, "reply_due")
        latest = f"，即{_latest(due)}" if due is not None and due.due else ""
        basis = f"按照{articles}，" if articles else "按照规定，"
        blocks.append(body(f"{basis}{their}应当自收到之日起{term.words}内书面答复{latest}。"))
    blocks.append(body(joined("截至", on_day(reminder.issued_on), f"，我会没有收到{their}的书面答复。")))
    if reminder.note:
        blocks.append(body(ended(reminder.note)))
    blocks.append(
        body(joined(f"现请{their}于", on_day(reminder.answer_by), "前书面答复，确定协商的时间和地点。"))
    )
    ban = rule_articles(case, pack, "refuse_ban")
    if ban:
        blocks.append(body(f"无正当理由不得拒绝对方的集体协商要求（{ban}）。"))
    if case.union.upper_union:
        blocks.append(body(f"到期仍没有答复的，我会将报告{case.union.upper_union}，依法处理。"))
    blocks.append(Issuer((union_name(case) or "　" * 12,), day_text(reminder.issued_on)))
    return paper(context, "reminder", Stage.OFFER, title, blocks, page=OFFICIAL)


_CONCLUSIONS = {
    Conclusion.AGREE: "同意",
    Conclusion.PARTLY: "部分同意",
    Conclusion.REFUSE: "不同意",
}


def _checked(reply: Reply) -> tuple[str, ...]:
    return (_CONCLUSIONS[reply.conclusion],) if reply.conclusion is not None else ()


def offer_of(case: Case, offer_id: str) -> Offer:
    """The offer with this id, or one in which nothing is known."""
    found: Offer | None = case.find("offers", offer_id)
    return found or Offer()


def side_of(offer: Offer) -> Side:
    """Whose offer it is; one that the upper union sends is the workers'."""
    return Side.EMPLOYER if offer.proposer is Proposer.EMPLOYER else Side.WORKER


def addressee_of(case: Case, offer: Offer) -> str:
    """Whom an offer goes to: as written, else the other side; nobody writes an offer to himself."""
    own, other = party_name(case, side_of(offer)), party_name(case, other_side(side_of(offer)))
    return other if offer.addressee in ("", own) else offer.addressee


def other_side(side: Side) -> Side:
    """The side across the table."""
    return Side.EMPLOYER if side is Side.WORKER else Side.WORKER


def _items(case: Case, offer: Offer) -> list[OfferItem]:
    return [held for held in case.offer_items if offer.id and its_offer(case, held) == offer]


def _opening(context: LetterContext, offer: Offer) -> Text:
    case, pack = context.case, context.pack
    ours = side_of(offer)
    basis = law_titles(pack, pack.wording.offer_laws, kind_of(case))
    basis = f"根据{basis}等规定，" if basis else ""
    outcome = pack.wording.agreement(kind_of(case), case.cycle.form)
    goal = f"订立{year_words(case)}{outcome}" if year_words(case) else f"订立{outcome}"
    what = pack.wording.offer_verb
    if offer.proposer is Proposer.UPPER_UNION:
        heard = "经听取职工意见，" if case.surveys or case.hearings else ""
        for_whom = f"上级工会代{union_name(case) or '职工方'}"
        return f"{basis}{heard}{for_whom}就{goal}向{polite(case, Side.EMPLOYER)}{what}，事项如下："
    if ours is Side.WORKER:
        heard = "经听取职工意见，" if case.surveys or case.hearings else ""
        return f"{basis}{heard}我会代表职工就{goal}向{polite(case, Side.EMPLOYER)}{what}，事项如下："
    return f"{basis}我方就{goal}向{polite(case, Side.WORKER)}{what}，事项如下："


def _claims_table(case: Case, offer: Offer) -> Table:
    rows: list[tuple[str, ...]] = []
    for number, item in enumerate(_items(case, offer), start=1):
        topic = case.find("topics", item.topic)
        claim = item.claim or with_unit(item.claim_value, topic.unit if topic else "")
        rows.append((str(number), topic.name if topic else "", claim, item.reason))
    if not rows:
        offered = [topic for topic in case.topics if topic.decision is TopicDecision.OFFERED]
        rows = [(str(number), topic.name, "", "") for number, topic in enumerate(offered, start=1)]
    if not rows:
        rows = [(str(number), "", "", "") for number in range(1, 6)]
    return Table(
        (Column(13, Align.CENTER), Column(34), Column(35), Column(74)),
        tuple(rows),
        (("序号", "协商内容", "我方主张", "理由"),),
        row_height=7.0,
        size=10.5,
    )


def _our_people(context: LetterContext, offer: Offer) -> list[Block]:
    case = context.case
    ours = side_of(offer)
    people = sitting(case, ours)
    size = f"{len(people)}名" if people else joined(blank(3), "名")
    ask = f"请{polite(case, other_side(ours))}在答复时一并写明协商代表名单。"
    out: list[Block] = [body(joined("建议双方各派协商代表", size, "。", ask))]
    if people:
        named = listed(_person_words(person) for person in people)
        out.append(body(joined("我方协商代表：", named, "。")))
    else:
        out.append(body(joined("我方协商代表：", blank(18), "。")))
    return out


def _person_words(person: Representative) -> str:
    notes = [part for part in (person.post,) if part]
    if person.role is Role.CHIEF:
        notes.insert(0, "首席代表")
    return f"{person.name}（{'，'.join(notes)}）" if notes else person.name


def _asked_papers(context: LetterContext, ours: Side, number: str) -> list[Block]:
    """What the employer is asked to hand over (law.md C disclose_content_employer, disclose_due)."""
    if ours is not Side.WORKER:
        return []
    case, pack = context.case, context.pack
    term = term_of(case, pack, "disclose_due", context.on)
    note = article_note(case, pack, "disclose_due")
    when = f"首次协商会议{amount_words(term)}前" if term is not None else "首次协商会议前"
    if kind_of(case) is AgreementKind.WAGE:
        names = [item.label for item in DisclosureItem if item is not DisclosureItem.OTHER]
        papers: Text = "；".join(names)
    else:
        papers = joined("与上述协商内容有关的真实情况和资料：", blank(14))
    their = polite(case, Side.EMPLOYER)
    return [
        heading1(f"{number}、请{their}提供的资料"),
        body(joined(f"请在{when}提供下列资料{note}：", papers, "。涉及商业秘密的，我方代表依法保密。")),
    ]


def _reply_demand(context: LetterContext, offer: Offer) -> str:
    case, pack = context.case, context.pack
    their = polite(case, other_side(side_of(offer)))
    term = term_of(case, pack, "reply_due", context.on)
    note = article_note(case, pack, "reply_due")
    within = f"自收到本{pack.wording.offer}之日起{term.words}内" if term is not None else "尽快"
    latest = f"，最迟{day_text(offer.reply_by)}" if offer.reply_by else ""
    return f"请{their}{within}书面答复{note}{latest}，写明是否同意协商，以及对时间、地点、内容的意见和主张。"


def _chief_line(pack: RulePack, side: Side) -> SignatureArea:
    return SignatureArea((SignatureField(chief_word(pack, side), "签字"),), columns=1)


def _issuer(case: Case, offer: Offer) -> Issuer:
    names = offer.sealed_by or (party_name(case, side_of(offer)),)
    return Issuer(tuple(name or "\u3000" * 12 for name in names), day_text(offer.issued_on))


def _received_on(case: Case, reply: Reply, offer: Offer) -> date | None:
    held: Delivery | None = case.find("deliveries", reply.delivery) or next(
        iter(deliveries_of(case, offer)), None
    )
    return held.received_on if held is not None else None


def _answer_table(case: Case, offer: Offer) -> Table:
    rows: list[tuple[str, ...]] = []
    for number, item in enumerate(_items(case, offer), start=1):
        topic = case.find("topics", item.topic)
        rows.append((str(number), topic.name if topic else "", item.claim, "", ""))
    rows = rows or [(str(number), "", "", "", "") for number in range(1, 6)]
    return Table(
        (Column(13, Align.CENTER), Column(36), Column(36), Column(36), Column(35)),
        tuple(rows),
        (("序号", "协商内容", "对方主张", "我方主张", "说明"),),
        row_height=13.0,
    )


def _their_people(case: Case, side: Side, other: Side) -> Table:
    people = sitting(case, side)
    rows = [
        (str(number), person.name, label_of(person.sex), label_of(person.role), person.post)
        for number, person in enumerate(people, start=1)
    ]
    for number in range(len(rows) + 1, max(len(sitting(case, other)), 3) + 1):
        rows.append((str(number), "", "", "", ""))
    return Table(
        (Column(13, Align.CENTER), Column(26), Column(15), Column(28), Column(74)),
        tuple(rows),
        (("序号", "姓名", "性别", "身份", "职务"),),
        row_height=9.0,
    )
