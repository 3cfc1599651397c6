"""The agreement itself (F-40…F-43): cover, head data, articles, signature page, covered enterprises."""

from __future__ import annotations

from dataclasses import replace

from app.documents.blocks import (
    OFFICIAL,
    Align,
    AttachmentHead,
    Attachments,
    Block,
    Column,
    Document,
    KeyValue,
    KeyValues,
    PageBreak,
    Paragraph,
    Row,
    SignatureArea,
    SignatureField,
    Spacer,
    Subtitle,
    Table,
    Text,
    TextRole,
    Title,
    body,
)
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.citing import law_titles, rule_articles, term_of
from app.documents.letters.clauses import clause_text, clauses_of
from app.documents.letters.frame import journal_mark, paper
from app.documents.letters.parties import (
    chief,
    chief_word,
    covered_staff,
    employer_name,
    form_of,
    is_joint,
    kind_of,
    party_name,
    signing_of,
    sitting,
    union_name,
)
from app.documents.letters.voting import passed, vote_about
from app.documents.letters.words import (
    chinese_number,
    counted,
    ended,
    joined,
    on_day,
    shown,
)
from app.domain.agreement import Agreement
from app.domain.case import Case
from app.domain.codes import UNIT_TYPES
from app.domain.stages import Stage
from app.domain.union import AgreementKind, Side
from app.figures.tallies import Outcome

_SEAL_ROW = 32.0
"""Height in millimetres of a row in which two round seals must find room."""

_CLOSING = ("生效", "份数", "附则", "文本")


def agreement_subjects(case: Case) -> tuple[Subject, ...]:
    """One text for each agreement."""
    return tuple(Subject(held.id, held.title) for held in case.agreements)


def agreement_missing(case: Case, subject: Subject) -> tuple[str, ...]:
    """What the text still lacks."""
    agreement = _agreement(case, subject)
    found = []
    if agreement.term_from is None or agreement.term_until is None:
        found.append("合同期限")
    clauses = clauses_of(case, agreement)
    if not clauses:
        found.append("条款")
    found += [f"{held.subject or '一条'}的条文" for held in clauses if not clause_text(case, held)]
    for side in Side:
        if chief(case, side) is None:
            found.append(f"{side.label}首席代表")
    return tuple(found)


def agreement_letter(context: LetterContext, subject: Subject) -> Document:
    """Write the agreement (F-40 and its women's, safety and general kin).

    Name and number of copies come from the pack; articles from the clauses; the first and last article are
    added only where no clause says the same: parties and basis (《劳动合同法》51条), copies and taking effect
    (54条).
    """
    case, pack = context.case, context.pack
    agreement = _agreement(case, subject)
    kind = agreement.kind or case.cycle.agreement_kind
    name = agreement.name or pack.wording.agreement(kind, form_of(case))
    draft = "（草案）" if _still_draft(case, agreement) else ""
    blocks: list[Block] = [
        *_cover(context, agreement, name, draft),
        PageBreak(),
        Title(_in_lines(context, name)),
        *([Subtitle(draft)] if draft else []),
        _head(case, kind),
        Spacer(0.5),
        *_articles(context, agreement, name),
        *_signature_page(context, agreement),
    ]
    if is_joint(case):
        blocks += _enterprises(case)
    made = paper(context, "agreement", Stage.FILING, name + draft, blocks, page=OFFICIAL)
    if agreement.text_digest:
        mark = f"{journal_mark(context.journal_head)}　文本指纹 {agreement.text_digest[:12]}".strip()
        made = replace(made, footer=mark)
    return made


def copies_of(context: LetterContext, agreement: Agreement) -> int:
    """How many copies are signed: as recorded, else as the pack counts them."""
    signing = signing_of(context.case, agreement)
    return signing.copies or context.pack.wording.agreement_copies


def _agreement(case: Case, subject: Subject) -> Agreement:
    found: Agreement | None = case.find("agreements", subject.id)
    return found or Agreement()


def _still_draft(case: Case, agreement: Agreement) -> bool:
    """A text is 草案 until it is signed or a vote has passed it."""
    if signing_of(case, agreement).signed_on is not None:
        return False
    votes = [held for held in case.counts if agreement.id and held.agreement == agreement.id]
    return not any(passed(case, vote_about(case, held.id)) is Outcome.PASSED for held in votes)


def _cover(context: LetterContext, agreement: Agreement, name: str, draft: str) -> list[Block]:
    case = context.case
    term = joined("自", on_day(agreement.term_from), "至", on_day(agreement.term_until))
    signed = signing_of(case, agreement).signed_on
    items = [
        KeyValue("企业方", shown(employer_name(case), 14), min_height=16),
        KeyValue("职工方", shown(union_name(case), 14), min_height=16),
        KeyValue("合同编号", agreement.number),
        KeyValue("合同期限", term),
        KeyValue("签订日期", on_day(signed)),
        KeyValue("份数", f"一式{copies_of(context, agreement)}份"),
    ]
    return [
        Spacer(4),
        Title(_in_lines(context, name), size=26),
        *([Subtitle(draft)] if draft else []),
        Spacer(4),
        KeyValues(tuple(items), columns=1, label_width=0.28, row_height=13.0),
    ]


def _in_lines(context: LetterContext, name: str) -> str:
    """Break the name of an agreement before what it is: party or area above, 工资专项集体合同 below."""
    for kind in AgreementKind:
        what = context.pack.wording.agreement(kind)
        if name.endswith(what) and kind is not AgreementKind.GENERAL and name != what:
            return f"{name.removesuffix(what)}\n{what}"
    return name


def _head(case: Case, kind: AgreementKind | None) -> KeyValues:
    """Head data (F-40; 渝集 24 asks for names, addresses and posts)."""
    firm = case.enterprise
    joint = is_joint(case)
    chiefs = {side: chief(case, side) for side in Side}
    items = [
        KeyValue("企业方", employer_name(case), span=2),
        KeyValue("地址", firm.address, span=2),
    ]
    if joint:
        number = len(case.covered_enterprises)
        items += [
            KeyValue("负责人", firm.body_head),
            KeyValue("参加企业", counted(number or None, "家")),
            KeyValue("覆盖职工", counted(covered_staff(case), "人")),
        ]
    else:
        unit_type = UNIT_TYPES.get(firm.unit_type, firm.unit_type)
        items += [
            KeyValue("法定代表人", firm.legal_person),
            KeyValue("经济类型", unit_type),
            KeyValue("职工人数", counted(firm.staff, "人")),
        ]
    if kind is AgreementKind.WOMEN:
        women = (
            sum(held.female_staff or 0 for held in case.covered_enterprises) if joint else firm.female_staff
        )
        items.append(KeyValue("女职工人数", counted(women, "人")))
    items.append(KeyValue("职工方", union_name(case), span=2))
    for side in (Side.EMPLOYER, Side.WORKER):
        held = chiefs[side]
        items.append(KeyValue(f"{side.label}首席代表", held.name if held else ""))
        items.append(KeyValue("职务", held.post if held else ""))
    for side in (Side.EMPLOYER, Side.WORKER):
        others = [person for person in sitting(case, side) if person is not chiefs[side]]
        names = "、".join(person.name for person in others)
        items.append(KeyValue(f"{side.label}代表", names, span=2))
    return KeyValues(tuple(items), label_width=0.43, row_height=9.0)


def _articles(context: LetterContext, agreement: Agreement, name: str) -> list[Block]:
    case, pack = context.case, context.pack
    clauses = clauses_of(case, agreement)
    numbers = {held.article for held in clauses if held.article is not None}
    word = pack.wording.agreement_word
    out: list[Block] = []
    if 1 not in numbers:
        basis = law_titles(pack, pack.wording.agreement_laws, kind_of(case))
        basis = f"依照{basis}等规定，" if basis else ""
        parties = joined(shown(employer_name(case), 12), "（企业方）与", shown(union_name(case), 12))
        out.append(
            _article(1, "订立", joined(parties, f"（职工方，代表职工）{basis}经集体协商一致，订立本{word}。"))
        )
    if 2 not in numbers:
        term = joined("自", on_day(agreement.term_from), "起至", on_day(agreement.term_until), "止")
        if not any("期限" in held.subject for held in clauses):
            scope = (
                "参加企业盖章确认后，适用于参加企业及其职工。"
                if is_joint(case)
                else "适用于企业及其全体职工。"
            )
            out.append(_article(2, "期限和适用范围", joined(f"本{word}期限", term, f"。{scope}")))
    following = max(numbers | {2}) + 1
    grouped: dict[int, list[tuple[str, str]]] = {}
    for held in clauses:
        number = held.article
        if number is None:
            number, following = following, following + 1
        grouped.setdefault(number, []).append((held.subject, clause_text(case, held)))
    for number, entries in sorted(grouped.items()):
        if len(entries) == 1:
            subject, text = entries[0]
            out.append(_article(number, subject, text or shown("", 20)))
            continue
        out.append(_article(number, "、".join(subject for subject, _ in entries if subject), ""))
        for order, (_, text) in enumerate(entries, start=1):
            out.append(body(joined(f"（{chinese_number(order)}）", text or shown("", 18))))
    if not clauses:
        out += [_article(number, "", shown("", 20)) for number in range(3, 9)]
        following = 9
    if agreement.note:
        out.append(_article(following, "其他约定", ended(agreement.note)))
        following += 1
    if 2 in numbers and not any("期限" in held.subject + held.wording for held in clauses):
        term = joined("自", on_day(agreement.term_from), "起至", on_day(agreement.term_until), "止。")
        out.append(_article(following, f"{word}期限", joined(f"本{word}期限", term)))
        following += 1
    if not any(part in held.subject for held in clauses for part in _CLOSING):
        out.append(_article(following, "生效和文本", _closing(context, agreement, word)))
    return out


def _article(number: int, subject: str, text: Text) -> Paragraph:
    head = f"第{chinese_number(number)}条　" if 1 <= number <= 999 else ""
    subject_words = f"（{subject}）" if subject else ""
    return Paragraph(joined(head, subject_words, text), TextRole.ARTICLE)


def _closing(context: LetterContext, agreement: Agreement, word: str) -> str:
    """Copies and taking effect, as the law has it (《劳动合同法》54条)."""
    case, pack = context.case, context.pack
    authority = pack.wording.filing_authority
    term = term_of(case, pack, "effective", context.on)
    articles = rule_articles(case, pack, "effective")
    basis = f"依照{articles}，" if articles else ""
    effect = ""
    if term is not None:
        effect = f"{basis}{authority}自收到本{word}文本之日起{term.words}内没有提出异议的，本{word}即行生效。"
    return (
        f"本{word}由双方首席代表签字盖章后，由企业方报送{authority}审查。{effect}"
        f"本{word}一式{copies_of(context, agreement)}份。"
    )


def _signature_page(context: LetterContext, agreement: Agreement) -> list[Block]:
    case, pack = context.case, context.pack
    signing = signing_of(case, agreement)
    out: list[Block] = []
    if is_joint(case):
        out.append(Attachments(("参加企业名录和盖章确认",)))
    out += [PageBreak(), Paragraph("签　署　页", TextRole.NOTE, size=18)]
    for side in (Side.EMPLOYER, Side.WORKER):
        name = f"{side.label}：{party_name(case, side)}"
        field = SignatureField(name, chief_word(pack, side), with_seal=True, with_date=True)
        out += [Spacer(2), SignatureArea((field,), columns=1)]
    if signing.seal_note:
        out.append(body(ended(signing.seal_note)))
    return out


def _enterprises(case: Case) -> list[Block]:
    """Annex of an area or industry agreement: every enterprise seals (鲁工资 35, 36)."""
    rows = tuple(
        Row((str(number), held.name, counted_cell(held.staff), "", ""), min_height=_SEAL_ROW)
        for number, held in enumerate(case.covered_enterprises, start=1)
    ) or tuple(Row((str(number), "", "", "", ""), min_height=_SEAL_ROW) for number in range(1, 4))
    table = Table(
        (Column(12, Align.CENTER), Column(40), Column(16, Align.CENTER), Column(44), Column(44)),
        rows,
        (("序号", "企业名称", "职工数（人）", "企业盖章、日期", "工会盖章、日期"),),
    )
    return [PageBreak(), AttachmentHead(), Title("参加企业名录和盖章确认"), table]


def counted_cell(value: int | None) -> str:
    """A number in a cell, empty while unknown."""
    return "" if value is None else str(value)
