"""Stage 5, before the vote: agenda (F-51), report on qualification (F-53), codes (F-54), list of names (F-55)."""

from __future__ import annotations

from dataclasses import replace

from app.documents.blocks import (
    BALLOT,
    FORM,
    Align,
    Block,
    Cell,
    Column,
    Document,
    Grid,
    Image,
    Paragraph,
    Row,
    SignatureArea,
    SignatureField,
    Spacer,
    Table,
    Text,
    TextRole,
    Title,
    body,
    heading1,
)
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.binder_pages import qr_png
from app.documents.letters.citing import by_articles
from app.documents.letters.congress import body_name, when
from app.documents.letters.frame import paper
from app.documents.letters.voting import electorate, matter, signers, vote_about
from app.documents.letters.words import counted, joined, share_text, shown
from app.domain.case import Case
from app.domain.congress import Body, Purpose, Session
from app.domain.facts import join_names
from app.domain.stages import Stage
from app.figures.delegates import Part, make_up
from app.rules.delegate_quotas import SILENT, Quotas, delegate_quotas

_CODES = replace(BALLOT, body_size=11, line_pitch=16)
_CODE_COLUMNS, _CODE_ROWS = 4, 5
_CODE_MM = 24.0


def has_delegates(case: Case) -> bool:
    """Where all staff decide nobody is chosen, so there is nothing to examine."""
    return case.congress.body is not Body.ALL_STAFF


def agenda_subjects(case: Case) -> tuple[Subject, ...]:
    """One agenda for each session; a blank one before the first."""
    return tuple(Subject(held.id, held.title) for held in case.sessions) or (Subject(),)


def qualification_missing(case: Case, subject: Subject) -> tuple[str, ...]:
    """What the report still lacks."""
    lacking = [] if case.congress.delegates is not None else ["代表总数"]
    if not case.delegates:
        lacking.append("职工代表名册")
    return tuple(lacking)


def codes_missing(case: Case, subject: Subject) -> tuple[str, ...]:
    """Delegates without a code get no slip."""
    lacking = sum(not held.code for held in case.delegates)
    return (f"{lacking} 人的签到码",) if lacking else ()


def agenda(context: LetterContext, subject: Subject) -> Document:
    """Write the agenda of a session as it is read out (F-51)."""
    case = context.case
    session: Session = case.find("sessions", subject.id) or Session()
    vote = vote_about(case, subject.id)
    name = session.name or body_name(case)
    who = electorate(case, vote)
    title = f"{name}议程"
    lines: list[tuple[str, str]] = [("报到，报告应到、实到人数", "主持人")]
    if has_delegates(case):
        lines.append(("代表资格审查报告", "资格审查小组"))
    if session.purpose is Purpose.HEAR_FULFILMENT:
        lines += [("通过议程", "主持人"), ("报告履行情况", "企业方"), ("质询和答复", who)]
    else:
        lines.append(("通过议程、表决办法和监票人、计票人名单", "主持人"))
        if session.purpose is Purpose.ELECT_REPRESENTATIVES:
            lines.append(("介绍提名人选和产生经过", "工会"))
        else:
            lines.append((f"报告协商情况，说明{matter(context, vote)}", session.explained_by or "首席代表"))
        lines += [
            ("分组讨论", who),
            ("投票、两人分别计票", "监票人、计票人"),
            ("宣布表决结果", "监票人"),
            ("通过决议", "主持人"),
        ]
    rows = tuple(
        Row((str(at), what, by, ""), min_height=11.0) for at, (what, by) in enumerate(lines, start=1)
    )
    columns = (Column(14, Align.CENTER), Column(86), Column(38), Column(27))
    blocks: list[Block] = [
        Title(title),
        body(joined("时间：", *when(session), "　地点：", shown(session.place, 8))),
        Spacer(0.4),
        Table(columns, rows, (("序号", "内容", "由谁", "用时"),)),
        SignatureArea((SignatureField("大会主席团（主持人）", "签字"),), columns=1),
    ]
    return paper(context, "congress_agenda", Stage.CONGRESS, title, blocks, page=FORM)


def qualification(context: LetterContext, subject: Subject) -> Document:
    """Write the report on the delegates' qualification (F-53): to be chosen, chosen, make-up, vacancies, conclusion."""
    case = context.case
    title = f"{body_name(case)}代表资格审查报告"
    parts = make_up(case)
    everyone = parts[0].there if parts and parts[0].there is not None else case.congress.delegates
    rows = tuple(_row(part, everyone) for part in parts)
    chosen = counted(parts[0].there if parts else None, "名")
    columns = (Column(40), *(Column(30, Align.CENTER) for _ in range(4)))
    quotas = delegate_quotas(case, context.pack, context.on)
    heads = _by_heads(quotas)
    blocks: list[Block] = [
        Title(title),
        body(joined("应选职工代表", counted(case.congress.delegates, "名"), "，实选", chosen, "。")),
        Spacer(0.3),
        heading1("一、名额和构成"),
        Table(
            columns, rows, (("类别", "应选（名）", "实选（名）", "缺额或多出", "占总数"),), row_height=10.0
        ),
        Spacer(0.3),
        heading1("二、比例"),
        *(body(line) for line in _shares(quotas)),
        *([heading1("三、各部门和各类职工的名额"), *heads, Spacer(0.3)] if heads else []),
        heading1("四、审查结论" if heads else "三、审查结论"),
        body(_conclusion(parts)),
        SignatureArea((SignatureField("组长", "签字"), SignatureField("成员", "签字"))),
    ]
    return paper(context, "congress_qualification", Stage.CONGRESS, title, blocks, page=FORM)


def sign_in_codes(context: LetterContext, subject: Subject) -> Document:
    """Write the slips with which delegates sign in: one code each, to be cut and handed out; it tells no person."""
    case = context.case
    pieces: list[tuple[Block, ...]] = []
    for number, held in enumerate(case.delegates, start=1):
        if held.code:
            name: list[Block] = [Paragraph(f"{number}　{held.name}", TextRole.BODY, align=Align.CENTER)]
            code = Image(qr_png(held.code), caption=held.code, width=_CODE_MM, height=_CODE_MM)
            pieces.append((*name, code))
    title = f"{body_name(case)}签到码"
    blocks: tuple[Block, ...] = (
        Title(title, size=16),
        body("名册里还没有签到码，先在“签到”里按“做签到码”。"),
    )
    if pieces:
        blocks = (Grid(tuple(pieces), columns=_CODE_COLUMNS, rows=_CODE_ROWS),)
    return paper(
        context,
        "congress_codes",
        Stage.CONGRESS,
        title,
        blocks,
        page=_CODES,
        show_page_numbers=False,
        footer=False,
    )


def named_subjects(case: Case) -> tuple[Subject, ...]:
    """A list for each session with a vote on a draft; none where there is no roster to call out."""
    wanted = (Purpose.DELIBERATE_DRAFT, Purpose.TERMINATE)
    held = (each for each in case.sessions if each.purpose in wanted)
    return tuple(Subject(each.id, each.title) for each in held) if case.delegates else ()


def named_list(context: LetterContext, subject: Subject) -> Document:
    """Write the list for a vote by name (F-55): who is called, three columns to mark, a place to sign.

    What was entered of it is never printed: how somebody voted stays on the union's computer.
    """
    case = context.case
    vote = vote_about(case, subject.id)
    title = f"{vote.name or body_name(case)}记名表决单"
    rows = tuple(
        Row((str(number), held.name, held.department, "", "", "", ""), min_height=9.0)
        for number, held in enumerate(case.delegates, start=1)
    )
    columns = (
        Column(13, Align.CENTER),
        Column(28),
        Column(44),
        *(Column(16, Align.CENTER) for _ in range(3)),
        Column(32),
    )
    blocks: list[Block] = [
        Title(title),
        body(joined("表决事项：", matter(context, vote))),
        body("按序号叫名，赞成、反对、弃权三格选一格画“√”，本人签名；没有到会的三格都画斜线。"),
        Spacer(0.3),
        Table(columns, rows, (("序号", "姓名", "部门（选区）", "赞成", "反对", "弃权", "签名"),)),
        signers(vote.count),
    ]
    return paper(context, "named_list", Stage.CONGRESS, title, blocks, page=FORM)


def _row(part: Part, everyone: int | None) -> Row:
    lacking = ""
    if part.wanted is not None and part.there is not None:
        lacking = _gap(part) or "0"
    there = part.there if part.there is not None else part.wanted
    cells: tuple[Text, ...] = (
        part.name,
        counted(part.wanted),
        counted(part.there),
        lacking,
        share_text(there, everyone),
    )
    return Row(tuple(Cell(each) for each in cells), min_height=10.0)


def _shares(quotas: Quotas) -> list[str]:
    """What the region lays down on the make-up, each beside what it is; 法规未规定 where it is silent."""
    return [each.sentence(by_articles(each.sources)) for each in quotas.law] or [SILENT]


def _by_heads(quotas: Quotas) -> list[Block]:
    """How many delegates departments, 岗位类别 and women should have by heads; nothing while heads are not known.

    The heads themselves are not printed: who reads the report needs the seats.
    """
    if not quotas.heads:
        return []
    rows = tuple(
        Row(
            tuple(
                Cell(text)
                for text in (each.by, each.name, counted(each.wanted), counted(each.there), each.difference)
            ),
            min_height=9.0,
        )
        for each in quotas.heads
    )
    columns = (Column(28), Column(52), *(Column(27, Align.CENTER) for _ in range(3)))
    head = ("按什么分", "组", "应有（名）", "实选（名）", "差")
    told = [body(f"部门和人数表对不上的：{join_names(quotas.unplaced)}。")] if quotas.unplaced else []
    return [Table(columns, rows, (head,), row_height=9.0, note=quotas.method), *told]


def _gap(part: Part) -> str:
    """Return by how many a group is short or over, in words; nothing where it fits or a number is not known."""
    if part.wanted is None or part.there is None or part.wanted == part.there:
        return ""
    less = part.wanted - part.there
    return f"缺{less}名" if less > 0 else f"多{-less}名"


def _conclusion(parts: tuple[Part, ...]) -> Text:
    """The numbers are told; whether the delegates are qualified is for the group to mark."""
    said = "经审查，职工代表的资格：有效□　有问题□。"
    uneven = [f"{part.name}{gap}" for part in parts[1:] if (gap := _gap(part))]
    groups = f"{join_names(uneven)}，构成和名额不一致，查清以后再定。" if uneven else ""
    whole = parts[0] if parts else Part("", None, None)
    if whole.wanted is None or whole.there is None:
        return f"{said}缺额：没有□　有□。"
    lacking = whole.wanted - whole.there
    if lacking > 0:
        return f"{said}缺额{lacking}名。表决的分母仍按全体应选{whole.wanted}名计算。{groups}"
    if lacking < 0:
        return f"{said}实选{whole.there}名，比应选{whole.wanted}名多{-lacking}名，查清以后再定。{groups}"
    if groups:
        return f"{said}实选{whole.there}名，总数与应选名额相符；{groups}"
    return f"{said}实选{whole.there}名，与应选名额相符，没有缺额。"
