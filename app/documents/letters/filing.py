"""Stage 6: the filing form (F-60) with its statement (F-61), and the notice of publication (F-63)."""

from __future__ import annotations

from app.documents.blocks import (
    FORM,
    OFFICIAL,
    Addressee,
    Align,
    Block,
    Column,
    Document,
    Issuer,
    KeepTogether,
    KeyValue,
    KeyValues,
    PageBreak,
    Row,
    Spacer,
    Table,
    Title,
    body,
    heading1,
    remark,
)
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.citing import rule_articles, term_of
from app.documents.letters.frame import paper
from app.documents.letters.parties import (
    agreement_name,
    chief,
    covered_staff,
    employer_name,
    form_of,
    is_joint,
    kind_of,
    signing_of,
    sitting,
    union_name,
)
from app.documents.letters.statement import statement_blocks
from app.documents.letters.voting import count_on, passed, vote_about, why_uneven
from app.documents.letters.words import (
    counted,
    day_text,
    ended,
    growth_text,
    joined,
    label_of,
    number_text,
    on_day,
    shown,
)
from app.domain.agreement import Agreement, ClauseFigure, FigureCode
from app.domain.case import Case
from app.domain.codes import INDUSTRIES, UNIT_TYPES
from app.domain.congress import Body, Purpose, Session
from app.domain.facts import join_names
from app.domain.filing import Filing, FilingPaper, Publication, PublishedWhat, Review
from app.domain.representatives import Count
from app.domain.stages import Stage
from app.domain.union import Side
from app.figures.in_effect import in_effect_from
from app.figures.tallies import Outcome
from app.rules.filing_papers import papers_listed
from app.rules.wording import Publisher

_OPINION_ROOM = 42.0


def filing_subjects(case: Case) -> tuple[Subject, ...]:
    """A form for each filing; before that one for each agreement to be filed."""
    held = tuple(Subject(one.id, one.title) for one in case.filings)
    return held or tuple(Subject(one.id, one.title) for one in case.agreements)


def publication_subjects(case: Case) -> tuple[Subject, ...]:
    """A notice for each publication of an agreement; before that one for each agreement."""
    held = tuple(
        Subject(one.id, one.title) for one in case.publications if one.what in (PublishedWhat.AGREEMENT, None)
    )
    return held or tuple(Subject(one.id, one.title) for one in case.agreements)


def filing_missing(case: Case, subject: Subject) -> tuple[str, ...]:
    """What the form still lacks."""
    filing, agreement = _filing(case, subject)
    found = []
    if not case.enterprise.code:
        found.append("企业统一社会信用代码")
    if agreement.term_from is None:
        found.append("合同期限")
    if signing_of(case, agreement).signed_on is None:
        found.append("签字盖章日期")
    for side in Side:
        person = chief(case, side)
        if person is None or not person.id_number:
            found.append(f"{side.label}首席代表身份证号")
    if not filing.authority:
        found.append("报送对象")
    return tuple(found)


def publication_missing(case: Case, subject: Subject) -> tuple[str, ...]:
    """What the notice still lacks."""
    publication, agreement = _publication(case, subject)
    found = []
    if publication.published_on is None:
        found.append("公布日期")
    if not publication.ways:
        found.append("公布方式")
    if in_effect_from(case, agreement.id)[0] is None:
        found.append("生效日期")
    return tuple(found)


def filing_form(context: LetterContext, subject: Subject) -> Document:
    """Write the filing form (F-60) with the papers of the pack, and the statement (F-61) on its own page.

    It carries ID numbers and phones, so it goes to the labour authority only. Columns: forms.md F-60; the
    authority's own part stays blank, its papers are never made here.
    """
    case, pack = context.case, context.pack
    filing, agreement = _filing(case, subject)
    title = "集体合同报送审查登记表"
    blocks: list[Block] = [
        Title(title),
        _unit_part(case),
        Spacer(0.4),
        _agreement_part(context, agreement),
        Spacer(0.4),
        _people_part(case),
        Spacer(0.4),
        _course_part(context, filing, agreement),
        Spacer(0.4),
    ]
    papers: list[Block] = [heading1("报送材料"), _papers(context, filing)]
    if pack.wording.filing_copies_text:
        papers.append(remark(f"注：{ended(pack.wording.filing_copies_text)}"))
    blocks.append(KeepTogether(tuple(papers)))
    opinion = KeyValues(
        (
            KeyValue("受理编号", filing.receipt_number),
            KeyValue("收到日期", day_text(filing.received_on)),
            KeyValue("审查意见（由审查机关填写）", "", span=2, min_height=_OPINION_ROOM),
        ),
        label_width=0.3,
        row_height=10.0,
    )
    blocks += [Spacer(0.4), opinion, PageBreak(), *statement_blocks(context, agreement)]
    blocks.append(
        Issuer(
            (employer_name(case) or "\u3000" * 12, union_name(case) or "\u3000" * 12),
            day_text(filing.filed_on),
        )
    )
    return paper(context, "filing_form", Stage.FILING, title, blocks, page=FORM)


def publication_notice(context: LetterContext, subject: Subject) -> Document:
    """Write the notice by which all staff learn of the agreement (F-63; 《试行办法》23条, 《鲁工资》31条)."""
    case, pack = context.case, context.pack
    publication, agreement = _publication(case, subject)
    name = agreement.name or agreement_name(case, pack)
    word = pack.wording.agreement_word
    title = f"关于公布{pack.wording.agreement(kind_of(case), form_of(case))}的通知"
    review = _review(case, agreement)
    effective, _origin = in_effect_from(case, agreement.id)
    reviewed = ""
    if review is not None and review.number:
        reviewed = f"（{pack.wording.review_opinion}文号：{review.number}）"
    articles = rule_articles(case, pack, "publish_due")
    term = term_of(case, pack, "publish_due", context.on)
    limit = f"（自生效之日起{term.words}内公布）" if term is not None else ""
    basis = f"依照{articles}{limit}，" if articles else ""
    blocks: list[Block] = [
        Title(title),
        Addressee("全体职工"),
        body(
            joined(
                f"《{name}》{_how_passed(case, agreement)}双方首席代表于",
                on_day(signing_of(case, agreement).signed_on),
                f"签字盖章，报送审查{reviewed}，自",
                on_day(effective),
                f"起生效。{basis}现将{word}文本公布如下：",
            )
        ),
        heading1(f"一、{word}期限"),
        body(joined("自", on_day(agreement.term_from), "至", on_day(agreement.term_until), "。")),
        heading1("二、公布内容"),
        body(ended(publication.content or f"{word}文本全文，附后")),
        heading1("三、公布的方式和时间"),
        body(joined("方式：", shown(join_names(publication.ways), 12), "。")),
        body(
            joined(
                "时间：自", on_day(publication.published_on), "至", on_day(publication.taken_down_on), "。"
            )
        ),
        heading1("四、意见和监督"),
        body(joined(f"对{word}履行有意见的，可以向工会反映，联系电话：", shown(case.union.phone, 8), "。")),
    ]
    both = pack.wording.publisher is Publisher.BOTH_SIDES
    names = (union_name(case), employer_name(case)) if both else (employer_name(case),)
    blocks.append(Issuer(tuple(each or "\u3000" * 12 for each in names), day_text(publication.published_on)))
    return paper(context, "publication_notice", Stage.FILING, title, blocks, page=OFFICIAL)


def _filing(case: Case, subject: Subject) -> tuple[Filing, Agreement]:
    filing: Filing = case.find("filings", subject.id) or Filing(agreement=subject.id)
    agreement: Agreement = case.find("agreements", filing.agreement) or Agreement()
    return filing, agreement


def _publication(case: Case, subject: Subject) -> tuple[Publication, Agreement]:
    publication: Publication = case.find("publications", subject.id) or Publication(agreement=subject.id)
    agreement: Agreement = case.find("agreements", publication.agreement) or Agreement()
    return publication, agreement


def _review(case: Case, agreement: Agreement) -> Review | None:
    filings = {held.id for held in case.filings if held.agreement == agreement.id}
    return next((held for held in reversed(case.reviews) if held.filing in filings), None)


def _how_passed(case: Case, agreement: Agreement) -> str:
    """Say who passed it, where the count shows that it was passed."""
    count = next(
        (held for held in reversed(case.counts) if agreement.id and held.agreement == agreement.id), None
    )
    vote = vote_about(case, count.id) if count is not None else None
    if vote is None or passed(case, vote) is not Outcome.PASSED:
        return ""
    return f"经{vote.session.name or (case.congress.body or Body.CONGRESS).label}审议通过，"


def _unit_part(case: Case) -> KeyValues:
    firm, union = case.enterprise, case.union
    industry = INDUSTRIES.get(firm.industry, "")
    detail = f"{industry}（{firm.industry_detail}）" if firm.industry_detail and industry else industry
    items = [KeyValue("单位名称", employer_name(case), span=2)]
    if is_joint(case):
        items += [
            KeyValue("负责人", firm.body_head),
            KeyValue("参加企业", counted(len(case.covered_enterprises) or None, "家")),
        ]
    else:
        items += [
            KeyValue("统一社会信用代码", firm.code),
            KeyValue("法定代表人", firm.legal_person),
            KeyValue("经济类型", UNIT_TYPES.get(firm.unit_type, firm.unit_type)),
            KeyValue("行业", detail or firm.industry_detail),
        ]
    items += [
        KeyValue("地址", firm.address, span=2),
        KeyValue("职工总数", counted(covered_staff(case), "人")),
        KeyValue("女职工", counted(_total(case, "female_staff"), "人")),
        KeyValue("农民工", counted(_total(case, "migrant_staff"), "人")),
        KeyValue("劳务派遣工", counted(firm.dispatched_staff, "人")),
        KeyValue("工会名称", union.name, span=2),
        KeyValue("工会统一社会信用代码", union.code),
        KeyValue("工会主席", union.chair),
        KeyValue("会员数", counted(union.members, "人")),
        KeyValue("联系电话", union.phone),
    ]
    return KeyValues(tuple(items), label_width=0.38, row_height=8.5)


def _total(case: Case, fact: str) -> int | None:
    """A staff figure: of the enterprise, or of the covered enterprises together when each is known."""
    if not is_joint(case):
        value: int | None = getattr(case.enterprise, fact)
        return value
    known = [getattr(held, fact) for held in case.covered_enterprises]
    return None if not known or None in known else sum(known)


def _agreement_part(context: LetterContext, agreement: Agreement) -> KeyValues:
    case, pack = context.case, context.pack
    wage = _figure(case, agreement, FigureCode.AVERAGE_WAGE_YEAR, FigureCode.AVERAGE_WAGE_MONTH)
    least = _figure(case, agreement, FigureCode.MINIMUM_WAGE)
    unit = "元/月" if wage is not None and wage.code is FigureCode.AVERAGE_WAGE_MONTH else "元/年"
    term = joined(on_day(agreement.term_from), "至", on_day(agreement.term_until))
    items = [
        KeyValue("合同名称", agreement.name or agreement_name(case, pack), span=2),
        KeyValue("合同类型", kind_of(case).label),
        KeyValue("协商形式", form_of(case).label),
        KeyValue("合同期限", term, span=2),
    ]
    if wage is not None:
        growth = growth_text(wage.value, wage.last_value)
        last = f"{number_text(wage.last_value)}{unit}" if wage.last_value is not None else ""
        items += [
            KeyValue("上年平均工资", last),
            KeyValue("本年平均工资", f"{number_text(wage.value)}{unit}" if wage.value is not None else ""),
            KeyValue("增长", growth),
            KeyValue("最低工资标准", f"{number_text(least.value)}元/月" if least and least.value else ""),
        ]
    elif least is not None and least.value:
        items.append(KeyValue("最低工资标准", f"{number_text(least.value)}元/月", span=2))
    return KeyValues(tuple(items), label_width=0.38, row_height=8.5)


def _figure(case: Case, agreement: Agreement, *codes: FigureCode) -> ClauseFigure | None:
    own = {held.id for held in case.clauses if agreement.id and held.agreement == agreement.id}
    for code in codes:
        for held in case.clause_figures:
            if held.clause in own and held.code is code:
                return held
    return None


def _people_part(case: Case) -> Table:
    rows = []
    for side in (Side.EMPLOYER, Side.WORKER):
        person = chief(case, side)
        number = len(sitting(case, side))
        cells = (person.name, person.post, person.id_number, person.phone) if person else ("", "", "", "")
        rows.append((f"{side.label}首席代表", *cells, str(number) if number else ""))
    columns = (Column(33), Column(20), Column(32), Column(41), Column(26), Column(20, Align.CENTER))
    head = ("身份", "姓名", "职务", "身份证号", "联系电话", "代表人数")
    return Table(columns, tuple(Row(row, min_height=9.0) for row in rows), (head,))


def _course_part(context: LetterContext, filing: Filing, agreement: Agreement) -> KeyValues:
    case = context.case
    days = join_names(day_text(held.held_on) for held in case.meetings)
    count, session = _vote(case, agreement)
    expected = count.expected if count.expected is not None else session.expected
    present = count.present if count.present is not None else session.present
    votes = joined(
        "应到", counted(expected, "人"), "，实到", counted(present, "人"),
        "，赞成", counted(count.in_favour, "票"), "、反对", counted(count.against, "票"),
        "、弃权", counted(count.abstained, "票"), *(f"。{line}" for line in why_uneven(case, count)),
    )  # fmt: skip
    items = (
        KeyValue(
            "协商会议", joined(counted(len(case.meetings) or None, "次"), f"：{days}" if days else ""), span=2
        ),
        KeyValue(
            "职代会", joined(session.name, "，" if session.name else "", on_day(session.held_on)), span=2
        ),
        KeyValue("表决情况", votes, span=2),
        KeyValue("签字盖章日期", on_day(signing_of(case, agreement).signed_on)),
        KeyValue("报送日期", on_day(filing.filed_on)),
        KeyValue("报送对象", filing.authority, span=2),
        KeyValue("报送方", label_of(filing.filed_by)),
        KeyValue("经办人", filing.handler),
    )
    return KeyValues(items, label_width=0.38, row_height=8.5)


def _vote(case: Case, agreement: Agreement) -> tuple[Count, Session]:
    count = count_on(case, agreement)
    session: Session | None = case.find("sessions", count.session) or next(
        (held for held in reversed(case.sessions) if held.purpose is Purpose.DELIBERATE_DRAFT), None
    )
    return count, session or Session()


def _papers(context: LetterContext, filing: Filing) -> Table:
    """The papers of the pack; for an area or industry the list of enterprises besides."""
    case, pack = context.case, context.pack
    wanted = list(papers_listed(pack, kind_of(case), form_of(case)))
    if is_joint(case) and FilingPaper.ENTERPRISES not in wanted:
        wanted.append(FilingPaper.ENTERPRISES)
    names = [held.label for held in wanted]
    copies = filing.copies or pack.wording.of(kind_of(case)).filing_copies
    rows = []
    for number, name in enumerate(names, start=1):
        amount = f"{copies}" if name == FilingPaper.TEXT.label else ""
        rows.append((str(number), name, amount, ""))
    columns = (Column(12, Align.CENTER), Column(92), Column(24, Align.CENTER), Column(36))
    return Table(columns, tuple(rows), (("序号", "材料", "份数", "备注"),), row_height=8.0)
