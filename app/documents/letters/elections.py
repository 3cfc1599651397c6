"""Stage 2, elections: the notice (F-10), nomination forms (F-11), the list of candidates and the result (F-12, F-14)."""

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
    KeyValue,
    KeyValues,
    PageBreak,
    Row,
    Spacer,
    Table,
    Text,
    Title,
    body,
    heading1,
    remark,
)
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.citing import article_note, by_articles, term_of
from app.documents.letters.frame import paper
from app.documents.letters.parties import (
    chief_word,
    form_of,
    is_joint,
    kind_of,
    sitting,
    talks_name,
    union_name,
    workplace,
    year_words,
)
from app.documents.letters.words import (
    counted,
    day_text,
    ended,
    joined,
    label_of,
    on_day,
    share_text,
    shown,
    yes_no_text,
)
from app.domain.case import Case
from app.domain.congress import Body
from app.domain.facts import join_names
from app.domain.representatives import Candidate, Election, ElectionWay, Role
from app.domain.stages import Stage
from app.domain.union import Side
from app.figures.election_results import BALLOTED, base_of, candidates_of
from app.figures.person_votes import elections_of
from app.figures.stroke_order import unknown_characters
from app.rules.protection import NOT_WRITTEN, protection, tenures
from app.rules.rule_texts import Flag

_GAP = "\u3000" * 12
_MAKE_UP = (("rep_min", "每方协商代表"), ("rep_frontline", "职工方代表中的一线职工"))
"""Numbers the notice tells, each with what it is a number of."""

_BARS = (Flag.BARS_HEAD, Flag.BARS_RELATIVES, Flag.BARS_ALL_KIN, Flag.BARS_HR)


def election_subjects(case: Case) -> tuple[Subject, ...]:
    """One for each election of the workers' side; a blank one before the first."""
    held = elections_of(case)
    if len(held) == 1:
        return (Subject(held[0].id, ""),)
    return tuple(
        Subject(each.id, "首次推选" if at == 0 else f"第 {at} 次补选") for at, each in enumerate(held)
    ) or (Subject(),)


def election_about(case: Case, subject: Subject) -> Election:
    """Return the election a paper is about; an empty one if there is none."""
    return case.find("elections", subject.id) or next(iter(elections_of(case)), Election(side=Side.WORKER))


def notice_missing(case: Case, subject: Subject) -> tuple[str, ...]:
    """Facts the notice still lacks."""
    election = election_about(case, subject)
    lacks = (
        ("产生方式", election.way),
        ("名额", election.seats),
        ("推荐截止日期", election.nominate_until),
        ("受理人", election.received_by),
    )
    return tuple(name for name, value in lacks if value is None or value == "")


def notice(context: LetterContext, subject: Subject) -> Document:
    """Write the notice of an election (F-10): seats, who can stand, how, when, where forms are handed in."""
    case, pack = context.case, context.pack
    election = election_about(case, subject)
    title = f"关于推选{year_words(case)}{talks_name(case)}\n职工方协商代表的公告"
    number = counted(election.seats, "名")
    blocks: list[Block] = [
        Title(title),
        Addressee("全体职工"),
        body(f"为做好{year_words(case)}{talks_name(case)}，现将推选职工方协商代表的有关事项公告如下："),
        heading1("一、名额"),
        body(joined("这次推选职工方协商代表", number, "。")),
        *(body(line) for line in _make_up(context)),
        heading1("二、推荐条件"),
        body(ended(election.conditions) if election.conditions.strip() else joined(shown("", 20), "。")),
        *_barred(context),
        heading1("三、产生办法"),
        *(body(line) for line in _way_lines(context, election)),
        heading1("四、时间和地点"),
        body(joined("推荐截止：", on_day(election.nominate_until), "。")),
        *_voting_lines(case, election),
    ]
    term = term_of(case, pack, "rep_publish_due", context.on)
    if term is not None:
        note = article_note(case, pack, "rep_publish_due")
        blocks.append(body(f"结果公布：自代表确定之日起{term.words}内公布{note}。"))
    blocks += [
        heading1("五、推荐表交到哪里"),
        body(
            joined("受理人：", shown(election.received_by, 10), "；电话：", shown(case.union.phone, 8), "。")
        ),
        Issuer((union_name(case) or _GAP,), ""),
    ]
    return paper(context, "election_notice", Stage.REPRESENTATIVES, title, blocks, page=OFFICIAL)


def _make_up(context: LetterContext) -> list[str]:
    """What the region asks of the make-up in numbers; nothing where it is silent or its text was not read."""
    found = []
    for rule, what in _MAKE_UP:
        term = term_of(context.case, context.pack, rule, context.on)
        note = by_articles(term.sources) if term is not None else ""
        if term is not None and note:
            found.append(f"{what}{term.words}（{note}）。")
    return found


def _barred(context: LetterContext) -> list[Block]:
    """Who may not stand, as the switches of the region have it."""
    text = context.pack.rule("rep_incompat", kind_of(context.case), form_of(context.case))
    note = article_note(context.case, context.pack, "rep_incompat")
    bars = [flag.label for flag in _BARS if text is not None and flag in text.flags]
    return [body(f"{'；'.join(bars)}{note}。")] if bars and note else []


def electors(case: Case, election: Election) -> str:
    """Who votes: 职工代表, or 职工 where all staff decide."""
    if election.way is ElectionWay.STAFF_RECOMMEND or case.congress.body is Body.ALL_STAFF:
        return "职工"
    return "职工代表"


def _way_lines(context: LetterContext, election: Election) -> list[Text]:
    """How representatives come about: the way chosen with its article, and its steps."""
    case, pack = context.case, context.pack
    without = election.way is ElectionWay.STAFF_RECOMMEND
    rule = "reg_worker_rep" if is_joint(case) else "worker_rep_elect"
    rule = "worker_rep_elect_nounion" if without else rule
    note = article_note(case, pack, rule)
    way: Text = joined("产生方式：", shown(label_of(election.way), 10), f"{note}。")
    return [way, *_steps(case, election)]


def _steps(case: Case, election: Election) -> list[Text]:
    by_strokes = "候选人名单按姓氏笔画排列，投票以前公布。"
    recommend = "部门、班组填写推荐表，交工会汇总。"
    match election.way:
        case ElectionWay.UNION_NOMINATES:
            return [f"{recommend}工会提名候选人，{by_strokes}"]
        case ElectionWay.CONGRESS_ELECTS | ElectionWay.JOINT_MEETING:
            return [f"{recommend}{by_strokes}"]
        case ElectionWay.STAFF_RECOMMEND:
            guide = shown(election.guided_by, 12)
            return [joined("指导推荐的上级工会：", guide, "。"), f"职工填写推荐表，{by_strokes}"]
        case ElectionWay.UNION_APPOINTS:
            how = shown(election.heard_how, 10)
            return [joined("听取职工意见：", on_day(election.heard_on), "，方式：", how, "。")]
        case ElectionWay.AREA_UNION_APPOINTS:
            return [joined("选派的工会：", shown(union_name(case), 12), "。")]
        case _:
            return []


def _voting_lines(case: Case, election: Election) -> list[Block]:
    if election.way is not None and election.way not in BALLOTED:
        return []
    session = case.find("sessions", election.session)
    day = election.voting_on or (session.held_on if session is not None else election.meeting_on)
    place = election.voting_place or (session.place if session is not None else "")
    return [body(joined("投票：", on_day(day), "；地点：", shown(place, 8), "。"))]


# --- nomination and list of candidates ----------------------------------------------------------------


def nomination(context: LetterContext, subject: Subject) -> Document:
    """Write a nomination form (F-11) for each candidate, one blank form while there is none."""
    case = context.case
    election = election_about(case, subject)
    title = "职工方协商代表推荐表"
    blocks: list[Block] = []
    for candidate in candidates_of(case, election) or (Candidate(),):
        if blocks:
            blocks.append(PageBreak())
        blocks += [Title(title), _form_of(candidate)]
    blocks.append(remark("出生年月、民族、学历、政治面貌和电话由本人用笔填写，本程序不保存。"))
    return paper(context, "nomination_form", Stage.REPRESENTATIVES, title, blocks, page=FORM)


def _form_of(candidate: Candidate) -> KeyValues:
    def high(label: str, height: float, value: Text = "") -> KeyValue:
        return KeyValue(label, value, span=2, min_height=height)

    return KeyValues(
        (
            KeyValue("姓名", candidate.name),
            KeyValue("性别", label_of(candidate.sex)),
            KeyValue("出生年月"),
            KeyValue("民族"),
            KeyValue("学历"),
            KeyValue("政治面貌"),
            KeyValue("部门", candidate.department),
            KeyValue("职务或岗位", candidate.post),
            KeyValue("是否一线", yes_no_text(candidate.frontline)),
            KeyValue("用工形式", label_of(candidate.employment)),
            KeyValue("是否会员", yes_no_text(candidate.member)),
            KeyValue("联系电话"),
            high("谁推荐的", 10, candidate.nominated_by),
            high("推荐理由", 40),
            high("被推荐人意见", 28, "\n\n　　　　　　　　　　　　签名：　　　　　　年　月　日"),
            high("部门（工会小组）意见", 28, "\n\n　　　　　　　　　　　　签名：　　　　　　年　月　日"),
            high("工会意见", 32, "\n\n\n　　　　　　　　　　　　（盖章）　　　　　　年　月　日"),
        ),
        label_width=0.3,
        row_height=10.5,
    )


def candidates_missing(case: Case, subject: Subject) -> tuple[str, ...]:
    """What the list lacks."""
    people = candidates_of(case, election_about(case, subject))
    return () if people else ("候选人",)


def candidate_list(context: LetterContext, subject: Subject) -> Document:
    """Write the list of candidates by strokes of the surname (F-12)."""
    case = context.case
    election = election_about(case, subject)
    people = tuple(each for each in candidates_of(case, election) if not each.written_in)
    title = "职工方协商代表候选人名单"
    rows = tuple(
        Row(
            (
                str(number),
                each.name,
                label_of(each.sex),
                each.department,
                each.post,
                yes_no_text(each.frontline),
                label_of(each.employment),
                each.nominated_by,
            ),
            min_height=10,
        )
        for number, each in enumerate(people, start=1)
    ) or tuple(Row((str(number), *[""] * 7), min_height=10) for number in range(1, 8))
    columns = (
        Column(11, Align.CENTER),
        Column(21),
        Column(11, Align.CENTER),
        Column(28),
        Column(28),
        Column(11, Align.CENTER),
        Column(20, Align.CENTER),
        Column(35),
    )
    head = ("序号", "姓名", "性别", "部门", "职务或岗位", "一线", "用工形式", "谁推荐的")
    note = "按姓氏笔画为序；笔画相同的按起笔横、竖、撇、点、折。"
    unplaced = [each.name for each in people if unknown_characters(each.name)]
    if unplaced:
        note += f"{join_names(unplaced)}的姓名里有查不到笔画的字，排在最后。"
    told = (
        [body(joined("名额", counted(election.seats, "名"), f"，候选人{len(people)}人。"))] if people else []
    )
    blocks: list[Block] = [Title(title), *told, Table(columns, rows, (head,), note=note), Spacer(1)]
    blocks.append(Issuer((union_name(case) or _GAP,), ""))
    return paper(context, "candidate_list", Stage.REPRESENTATIVES, title, blocks, page=FORM)


# --- the result ----------------------------------------------------------------------------------------


def result_missing(case: Case, subject: Subject) -> tuple[str, ...]:
    """Facts the notice of the result still lacks."""
    election = election_about(case, subject)
    found = [] if sitting(case, Side.WORKER) else ["职工方代表"]
    lacks = (("代表确定日期", election.determined_on), ("名单公布日期", election.published_on))
    found += [name for name, value in lacks if value is None]
    if not (election.told_at or case.union.phone):
        found.append("监督电话")
    return tuple(found)


def result_notice(context: LetterContext, subject: Subject) -> Document:
    """Write the notice of who was elected (F-14): how, votes, term, protection, how long it hangs."""
    case = context.case
    election = election_about(case, subject)
    voted = election.way is None or election.way in BALLOTED
    title = f"{year_words(case)}{talks_name(case)}\n职工方协商代表{'当选' if voted else '产生'}公告"
    blocks: list[Block] = [
        Title(title),
        Addressee("全体职工"),
        body(_how(context, election)),
        _elected(context, election, voted=voted),
        Spacer(0.4),
        heading1("任期和保护"),
        *(body(line) for line in _protected(context)),
        heading1("公示"),
        body(_hanging(context, election)),
        body(joined("监督电话：", shown(election.told_at or case.union.phone, 8), "。")),
        Issuer((union_name(case) or _GAP,), day_text(election.published_on)),
    ]
    return paper(context, "election_result", Stage.REPRESENTATIVES, title, blocks, page=FORM)


def _how(context: LetterContext, election: Election) -> Text:
    case = context.case
    session = case.find("sessions", election.session)
    name = session.name if session is not None else election.meeting_name
    day = session.held_on if session is not None else (election.meeting_on or election.voting_on)
    parts: list[Text] = []
    if name or day:
        parts += [joined("经", day_text(day), name or "会议", "，")]
    way = f"（产生方式：{election.way.label}）" if election.way is not None else ""
    parts += [f"下列人员为职工方协商代表{way}，", on_day(election.determined_on), "确定。"]
    return joined(*parts)


def _elected(context: LetterContext, election: Election, *, voted: bool) -> Table:
    case = context.case
    base, joint = base_of(case, election), is_joint(case)
    rows = []
    for number, person in enumerate(sitting(case, Side.WORKER), start=1):
        is_chief = person.role is Role.CHIEF
        cells = [
            str(number),
            person.name,
            label_of(person.sex),
            workplace(case, person) if joint else person.department,
            person.post,
            chief_word(context.pack, Side.WORKER) if is_chief else "代表",
            yes_no_text(person.frontline),
        ]
        if voted:
            votes = person.in_favour
            share = share_text(votes, base)
            cells.append("" if votes is None else f"{votes} 票" + (f"（{share}）" if share else ""))
        rows.append(Row(tuple(cells), min_height=9.5))
    count = 8 if voted else 7
    rows = rows or [Row((str(number), *[""] * (count - 1)), min_height=9.5) for number in range(1, 6)]
    columns = [Column(11, Align.CENTER), Column(20), Column(11, Align.CENTER), Column(28), Column(28)]
    columns += [Column(22), Column(11, Align.CENTER)] + ([Column(34, Align.CENTER)] if voted else [])
    head = ["序号", "姓名", "性别", "所在单位" if joint else "部门", "职务", "身份", "一线"]
    head += ["同意（占全体）"] if voted else []
    return Table(tuple(columns), tuple(rows), (tuple(head),))


def _protected(context: LetterContext) -> list[Text]:
    """The term of office with its article, in days where they can be told, and what protects the contract."""
    case, pack = context.case, context.pack
    known = [each for each in tenures(case, pack) if not each.over]
    spans = dict.fromkeys((each.since, each.until, each.until_words) for each in known)
    lines: list[Text] = []
    for since, until, words in spans:
        names = [
            each.representative.name
            for each in known
            if (each.since, each.until, each.until_words) == (since, until, words)
        ]
        who = "" if len(spans) == 1 else f"{join_names(names)}："
        end: Text = f"{day_text(until)}，{words}" if until is not None else words
        end = on_day(None) if end == NOT_WRITTEN else end
        note = article_note(case, pack, "rep_tenure")
        lines.append(joined(f"任期：{who}自", on_day(since), "至", end, f"{note}。"))
    for said in protection(case, pack):
        note = article_note(case, pack, said.rule)
        if note and said.rule != "rep_tenure":
            pending = f"{said.pending}，待核。" if said.pending else ""
            lines.append(f"{said.sentence}{note}。{pending}")
    return lines


def _hanging(context: LetterContext, election: Election) -> Text:
    case = context.case
    places: Text = join_names(election.published_at) or shown("", 10)
    note = article_note(case, context.pack, "rep_publish_due")
    told = joined(
        "公示自", on_day(election.published_on), "起至", on_day(election.taken_down_on), "止，地点：", places
    )
    term = term_of(case, context.pack, "rep_publish_due", election.determined_on or context.on)
    if term is None:
        return joined(told, "。")
    return joined(told, f"。代表确定之日起{term.words}内公布{note}。")
