"""The statement on how the agreement came about that goes with the filing (F-61), told from the records."""

from __future__ import annotations

from app.documents.blocks import Block, Text, Title, blank, body, heading1
from app.documents.kinds import LetterContext
from app.documents.letters.citing import law_titles
from app.documents.letters.clauses import clause_text, clauses_of
from app.documents.letters.parties import (
    agreement_name,
    covered_staff,
    employer_name,
    is_joint,
    kind_of,
    sitting,
    talks_name,
    union_name,
    year_words,
)
from app.documents.letters.voting import (
    count_on,
    deciding_word,
    electorate,
    everyone,
    passed,
    vote_about,
    why_uneven,
)
from app.documents.letters.words import (
    counted,
    day_text,
    ended,
    joined,
    label_of,
    listed,
    on_day,
    share_text,
    shown,
    with_unit,
)
from app.domain.agreement import Agreement
from app.domain.case import Case
from app.domain.facts import join_names
from app.domain.negotiation import RoundResult
from app.domain.offer import Conclusion, Offer
from app.domain.offer_links import deliveries_of, replies_to
from app.domain.representatives import Role
from app.domain.stages import Stage
from app.domain.survey import HearingKind, Topic
from app.domain.union import Side
from app.figures.person_votes import count_of, elections_of
from app.figures.tallies import Outcome
from app.rules.findings import State
from app.rules.thresholds import WORDS_DIFFER


def statement_blocks(context: LetterContext, agreement: Agreement) -> list[Block]:
    """Return the statement: parties, representatives, offer and answer, survey, talks, vote, agreement.

    Structure: forms.md F-61. It says what the records say and leaves gaps where they are silent.
    """
    case, pack = context.case, context.pack
    name = agreement.name or agreement_name(case, pack)
    basis = law_titles(pack, pack.wording.filing_laws, kind_of(case))
    opening = (
        f"依照{basis}等规定，现将《{name}》的协商情况说明如下："
        if basis
        else f"现将《{name}》的协商情况说明如下："
    )
    sections: list[tuple[str, list[Text]]] = [
        ("企业和工会概况", _parties(case)),
        ("协商代表的产生", _representatives(case)),
        ("要约和答复", _offers(context)),
        ("听取职工意见和提供资料", _preparation(case)),
        ("协商过程和主要事项", _talks(case)),
        ("职工代表大会审议", _vote(context, agreement)),
        ("合同要点", _points(case, agreement)),
    ]
    flaws = _flaws(context)
    if flaws:
        sections.append(("程序瑕疵和如实说明", flaws))
    out: list[Block] = [Title(f"{year_words(case)}{talks_name(case)}情况说明"), body(opening)]
    for number, (heading, lines) in zip("一二三四五六七八", sections, strict=False):
        out.append(heading1(f"{number}、{heading}"))
        out += [body(line) for line in lines] or [body((blank(30),))]
    return out


def _parties(case: Case) -> list[Text]:
    firm = case.enterprise
    staff = counted(covered_staff(case), "人")
    if is_joint(case):
        number = counted(len(case.covered_enterprises) or None, "家")
        return [
            joined(
                shown(union_name(case), 12), "与", shown(employer_name(case), 12), "进行协商，参加企业",
                number, "，覆盖职工", staff, "。",
            )
        ]  # fmt: skip
    detail = f"，行业：{firm.industry_detail}" if firm.industry_detail else ""
    groups = [
        f"{label}{value}人"
        for label, value in (
            ("女职工", firm.female_staff),
            ("农民工", firm.migrant_staff),
            ("一线职工", firm.frontline_staff),
        )
        if value is not None
    ]
    more = f"，其中{join_names(groups)}" if groups else ""
    return [
        joined(shown(employer_name(case), 12), detail, "，职工", staff, more, "。"),
        joined(shown(union_name(case), 12), "，会员", counted(case.union.members, "人"), "。"),
    ]


def _representatives(case: Case) -> list[Text]:
    out: list[Text] = []
    for side in Side:
        people = sitting(case, side)
        if not people:
            continue
        names = listed(
            f"{person.name}（首席代表）" if person.role is Role.CHIEF else person.name for person in people
        )
        election = next((held for held in case.elections if held.side is side), None)
        how = ""
        if election is not None:
            way = label_of(election.way)
            determined = f"，{day_text(election.determined_on)}确定" if election.determined_on else ""
            told = f"，{day_text(election.published_on)}公布" if election.published_on else ""
            how = f"产生方式：{way}{determined}{told}。" if way else ""
        out.append(joined(f"{side.label}代表{len(people)}名：", names, f"。{how}"))
        for held in elections_of(case, side):
            count = count_of(case, held)
            out += [f"推选计票，{line}" for line in why_uneven(case, count)] if count is not None else []
    return out


def _offers(context: LetterContext) -> list[Text]:
    case, pack = context.case, context.pack
    out: list[Text] = []
    for offer in case.offers:
        delivered = next(iter(deliveries_of(case, offer)), None)
        received = f"，{day_text(delivered.received_on)}送达" if delivered and delivered.received_on else ""
        who = label_of(offer.proposer) or "职工方"
        number = f"（{offer.number}）" if offer.number else ""
        told: list[Text] = [
            f"{who}于",
            on_day(offer.issued_on),
            f"发出《{pack.wording.offer}》{number}{received}。",
        ]
        told.append(_answers(case, offer))
        out.append(joined(*told))
    return out


def _answers(case: Case, offer: Offer) -> str:
    words = {
        Conclusion.AGREE: "同意协商",
        Conclusion.PARTLY: "部分同意",
        Conclusion.REFUSE: "没有同意",
    }
    told = []
    for reply in replies_to(case, offer):
        who = reply.from_whom or "对方"
        conclusion = words[reply.conclusion] if reply.conclusion is not None else "作出答复"
        told.append(f"{who}于{day_text(reply.replied_on)}书面答复，{conclusion}。")
    return "".join(told)


def _preparation(case: Case) -> list[Text]:
    out: list[Text] = []
    for survey in case.surveys:
        rate = share_text(survey.valid, survey.issued)
        share = f"，占发放数的{rate}" if rate else ""
        out.append(
            joined(
                "开展意愿调查，发放问卷", counted(survey.issued, "份"), "，收回",
                counted(survey.returned, "份"), "，有效", counted(survey.valid, "份"), f"{share}。",
            )
        )  # fmt: skip
    for kind in HearingKind:
        held = [one for one in case.hearings if one.kind is kind]
        people = sum(one.people or 0 for one in held)
        if held:
            out.append(f"开展{kind.label}{len(held)}次" + (f"，{people}人参加。" if people else "。"))
    for given in case.disclosures:
        who = given.side.label if given.side else "对方"
        items = join_names(given.items)
        day = day_text(given.provided_on)
        out.append(
            f"{who}于{day}提供资料" + (f"：{items}。" if items else "。")
            if day
            else f"{who}提供资料：{items}。"
        )
    return out


def _talks(case: Case) -> list[Text]:
    out: list[Text] = []
    if case.meetings:
        days = join_names(day_text(held.held_on) for held in case.meetings)
        out.append(f"共召开协商会议{len(case.meetings)}次" + (f"：{days}。" if days else "。"))
    for held in case.suspensions:
        cause = f"因{held.reason}" if held.reason else ""
        out.append(f"{day_text(held.from_day)}{cause}中止协商，{day_text(held.until_day)}恢复。")
    agreed = []
    for position in case.positions:
        topic: Topic | None = case.find("topics", position.topic)
        if position.result is RoundResult.AGREED and topic is not None:
            same = position.worker_value == position.employer_value
            figure = with_unit(position.worker_value, topic.unit) if same else ""
            agreed.append(f"{topic.name}（{figure}）" if figure else topic.name)
    if agreed:
        out.append(f"双方就下列事项意见一致：{join_names(agreed)}。")
    return out


def _vote(context: LetterContext, agreement: Agreement) -> list[Text]:
    case = context.case
    count = count_on(case, agreement)
    if not count.id:
        return []
    vote = vote_about(case, count.id)
    base = everyone(case, vote)
    who = electorate(case, vote)
    result = passed(case, vote)
    share = share_text(count.in_favour, base)
    verdict = ""
    if result is Outcome.PASSED:
        verdict = f"，赞成票占全体{who}的{share}，{deciding_word(context, 'congress_pass')}赞成，草案通过"
    elif result is Outcome.EXACTLY_HALF:
        verdict = f"，赞成票恰好是全体{who}的一半（{WORDS_DIFFER}）"
    elif result is not None:
        verdict = f"，赞成票占全体{who}的{share}，草案没有通过"
    return [
        joined(
            on_day(vote.session.held_on), f"召开{vote.session.name}，应到{who}", counted(base, "人"),
            "，实到", counted(count.present, "人"), f"，以{count.method or '投票'}方式表决，赞成",
            counted(count.in_favour, "票"), "、反对", counted(count.against, "票"), "、弃权",
            counted(count.abstained, "票"), f"{verdict}。",
        ),
        *why_uneven(case, count),
    ]  # fmt: skip


def _flaws(context: LetterContext) -> list[Text]:
    """What could no longer be mended: it goes to the authority with the words written about it."""
    out: list[Text] = []
    for each in context.checkup.findings if context.checkup is not None else ():
        told = each.explanation
        if each.state is State.FLAW and told is not None and each.stage is not Stage.FULFILMENT:
            out.append(
                f"{ended(each.sentence)}情况：{ended(told.what_happened)}补救：{ended(told.made_good)}"
            )
    return out


def _points(case: Case, agreement: Agreement) -> list[Text]:
    out: list[Text] = []
    for held in clauses_of(case, agreement):
        text = clause_text(case, held)
        if held.topic and text:
            out.append(f"{held.subject}：{ended(text)}" if held.subject else ended(text))
    return out
