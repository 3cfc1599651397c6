"""Stage 3: the receipt by which a delivery is proved (F-21)."""

from __future__ import annotations

from collections.abc import Sequence

from app.documents.blocks import (
    FORM,
    Align,
    Block,
    Column,
    Document,
    KeepTogether,
    KeyValue,
    KeyValues,
    SignatureArea,
    SignatureField,
    Spacer,
    Table,
    Title,
    body,
)
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.citing import article_note, term_of
from app.documents.letters.frame import paper
from app.documents.letters.offer import addressee_of, other_side, side_of
from app.documents.letters.parties import offer_name, party_name, talks_name, union_name
from app.documents.letters.words import day_text, label_of, moment_text
from app.domain.case import Case
from app.domain.facts import join_names
from app.domain.offer import DeliveredPaper, Delivery, Offer, Reminder, Reply
from app.domain.offer_links import deliveries_of, its_offer
from app.domain.stages import Stage
from app.domain.union import Side
from app.rules.pack import RulePack


def receipt_subjects(case: Case) -> tuple[Subject, ...]:
    """A receipt for each delivery, and a blank one for each offer that has not been delivered yet."""
    blank_ones = tuple(Subject(held.id, held.title) for held in case.offers if not deliveries_of(case, held))
    return blank_ones + tuple(Subject(held.id, held.title) for held in case.deliveries)


def delivery_receipt(context: LetterContext, subject: Subject) -> Document:
    """Write the receipt by which a delivery is proved (F-21), with what is known filled in."""
    case, pack = context.case, context.pack
    delivery: Delivery = case.find("deliveries", subject.id) or Delivery(
        paper=DeliveredPaper.OFFER, offer=subject.id
    )
    name, to = _delivered(case, pack, delivery)
    from_side = _sender(case, delivery)
    title = "送达回执"
    refused = "拒收" if delivery.refused else ("没有拒收" if delivery.refused is False else "")
    form = KeyValues(
        (
            KeyValue("文书名称及编号", name, span=2, min_height=14),
            KeyValue("送达单位", party_name(case, from_side), span=2, min_height=12),
            KeyValue("受送达单位", delivery.to or to, span=2, min_height=12),
            KeyValue("送达方式", label_of(delivery.way)),
            KeyValue("送达时间", moment_text(delivery.sent_at)),
            KeyValue("收到日期", day_text(delivery.received_on)),
            KeyValue("送达人", delivery.deliverer),
            KeyValue("收件人", delivery.receiver),
            KeyValue("收件人职务", delivery.receiver_post),
            KeyValue("拒收情况", refused, span=2, min_height=14),
            KeyValue("见证人", join_names(delivery.witnesses), span=2),
            KeyValue("备注（邮寄单号、截图编号等）", _proofs(case, delivery), span=2, min_height=16),
        ),
        label_width=0.36,
        row_height=12.0,
    )
    blocks: list[Block] = [Title(title), form, *_enterprise_lines(case, delivery)]
    people = ("收件人", "送达人", "见证人", "见证人")
    blocks.append(KeepTogether((SignatureArea(tuple(SignatureField(who, "签字") for who in people)),)))
    if from_side is Side.WORKER and delivery.paper is DeliveredPaper.OFFER:
        term = term_of(case, pack, "reply_due", context.on)
        if term is not None:
            blocks.append(Spacer(0.5))
            note = (
                f"书面答复的期限自收到之日的次日起算，{term.words}{article_note(case, pack, 'reply_due')}。"
            )
            blocks.append(body(note))
    return paper(context, "delivery_receipt", Stage.OFFER, title, blocks, page=FORM)


def _delivered(case: Case, pack: RulePack, delivery: Delivery) -> tuple[str, str]:
    """Return name and number of the delivered paper, and whom it goes to."""
    talks = talks_name(case)
    if delivery.paper is DeliveredPaper.REPLY:
        reply: Reply = case.find("replies", delivery.reply) or Reply()
        return f"{talks}{pack.wording.reply} {reply.number}".rstrip(), union_name(case)
    if delivery.paper is DeliveredPaper.REMINDER:
        reminder: Reminder = case.find("reminders", delivery.reminder) or Reminder()
        return f"{talks}{pack.wording.reminder} {reminder.number}".rstrip(), party_name(case, Side.EMPLOYER)
    if delivery.paper is DeliveredPaper.OTHER:
        return "", ""
    offer = its_offer(case, delivery) or Offer()
    return f"{offer_name(case, pack)} {offer.number}".rstrip(), addressee_of(case, offer)


def _sender(case: Case, delivery: Delivery) -> Side:
    if delivery.paper is DeliveredPaper.REPLY:
        reply: Reply = case.find("replies", delivery.reply) or Reply()
        return other_side(side_of(its_offer(case, reply) or Offer()))
    return side_of(its_offer(case, delivery) or Offer())


def _proofs(case: Case, delivery: Delivery) -> str:
    proves = f"deliveries/{delivery.id}"
    return join_names(held.code for held in case.evidence if delivery.id and held.proves == proves)


def _enterprise_lines(case: Case, delivery: Delivery) -> Sequence[Block]:
    """For area and industry bargaining: every enterprise that signs for its own copy."""
    chosen = [held for held in case.covered_enterprises if held.id in delivery.enterprises]
    if not chosen:
        return ()
    rows = tuple((str(number), held.name, "", "") for number, held in enumerate(chosen, start=1))
    return (
        Spacer(0.5),
        Table(
            (Column(13, Align.CENTER), Column(80), Column(38), Column(34)),
            rows,
            (("序号", "企业名称", "签收人（签字）", "收到日期"),),
            row_height=11.0,
        ),
    )
