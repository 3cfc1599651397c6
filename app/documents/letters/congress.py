"""Stage 5: notice (F-50), sign-in sheet (F-54) and resolution (F-57) of the workers' congress."""

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
    NumberLine,
    Row,
    SignatureArea,
    SignatureField,
    Spacer,
    Subtitle,
    Table,
    Text,
    Title,
    blank,
    body,
    heading1,
)
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.citing import article_note, term_of
from app.documents.letters.frame import paper
from app.documents.letters.parties import agreement_name, form_of, kind_of, union_name
from app.documents.letters.voting import (
    HALF_IS_OPEN,
    Vote,
    deciding_word,
    electorate,
    everyone,
    is_open,
    matter,
    names_of,
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
)
from app.domain.case import Case
from app.domain.congress import Body, Purpose, Resolution, Session
from app.domain.facts import join_names
from app.domain.representatives import Election
from app.domain.stages import Stage
from app.domain.union import Form
from app.domain.voters import uneven_presence
from app.figures.election_results import Place, candidates_of, result_of
from app.figures.tallies import Outcome, has_quorum, quorum_of
from app.rules.rule_texts import Flag
from app.rules.terms import Term

_BLANK_LINES = 30


def session_subjects(case: Case) -> tuple[Subject, ...]:
    """One paper for each session."""
    return tuple(Subject(held.id, held.title) for held in case.sessions)


def sign_in_subjects(case: Case) -> tuple[Subject, ...]:
    """A sign-in sheet for each session; a blank one before the first."""
    return session_subjects(case) or (Subject(),)


def resolution_subjects(case: Case) -> tuple[Subject, ...]:
    """A resolution for each session with something to resolve."""
    return tuple(
        Subject(held.id, held.title)
        for held in case.sessions
        if held.purpose is not Purpose.HEAR_FULFILMENT or _resolution(case, held).id
    )


def notice_missing(case: Case, subject: Subject) -> tuple[str, ...]:
    """Facts a notice still lacks."""
    session = _session(case, subject)
    found = []
    if session.held_on is None:
        found.append("会议日期")
    if not session.place:
        found.append("地点")
    if session.purpose is None:
        found.append("议题")
    return tuple(found)


def resolution_missing(case: Case, subject: Subject) -> tuple[str, ...]:
    """Numbers a resolution must state and lacks."""
    vote = vote_about(case, subject.id)
    found = []
    if vote.session.held_on is None:
        found.append("会议日期")
    if everyone(case, vote) is None:
        found.append("应到人数")
    if (vote.count.present if vote.count.present is not None else vote.session.present) is None:
        found.append("实到人数")
    if not vote.is_election and vote.count.in_favour is None:
        found.append("赞成票")
    if vote.is_election and not _by_list(vote):
        if not vote.candidates:
            found.append("提名人选")
        elif any(person.in_favour is None for person in vote.candidates):
            found.append("每名人选的赞成票")
    if is_open(case, vote.count):
        found.append("计票结束日期")
    return tuple(found)


def notice(context: LetterContext, subject: Subject) -> Document:
    """Write the notice of a session (F-50) with its agenda; layout GB/T 9704."""
    case, pack = context.case, context.pack
    session = _session(case, subject)
    name = session.name or body_name(case)
    title = f"关于召开{name}的通知"
    vote = vote_about(case, subject.id)
    number = everyone(case, vote)
    blocks: list[Block] = [
        Title(title),
        Addressee(f"各位{electorate(case, vote)}"),
        body(f"现将召开{name}的有关事项通知如下："),
        heading1("一、时间和地点"),
        body(joined("时间：", *when(session), "；地点：", shown(session.place, 8), "。")),
        heading1("二、议题"),
        body(ended(_topic(context, session))),
        heading1("三、参加人员"),
        body(joined(f"全体{electorate(case, vote)}", counted(number, "人"), "。不能到会的，会前书面请假。")),
        heading1("四、议程"),
        *(body(line) for line in _agenda(session)),
        heading1("五、会议材料"),
        body(_materials(context, session)),
    ]
    term = term_of(case, pack, "congress_notice", session.held_on or context.on)
    if term is not None:
        blocks.append(body(_told_before(context, term)))
    if case.union.phone:
        blocks.append(body(f"联系电话：{case.union.phone}。"))
    blocks.append(Issuer((union_name(case) or "\u3000" * 12,), day_text(session.agenda_published_on)))
    stage = Stage.REPRESENTATIVES if session.purpose is Purpose.ELECT_REPRESENTATIVES else Stage.CONGRESS
    return paper(context, "congress_notice", stage, title, blocks, page=OFFICIAL)


def sign_in(context: LetterContext, subject: Subject) -> Document:
    """Write the sign-in sheet of a session (F-54): the delegates, or as many blank lines as there are."""
    case = context.case
    session = _session(case, subject)
    vote = vote_about(case, subject.id)
    base = everyone(case, vote)
    name = session.name or body_name(case)
    title = f"{name}签到表"
    people = [
        (held.name, label_of(held.sex), held.department, label_of(held.category)) for held in case.delegates
    ]
    wanted = max(base or _BLANK_LINES, len(people))
    people += [("", "", "", "")] * (wanted - len(people))
    rows = tuple(
        Row((str(number), *person, ""), min_height=9.5) for number, person in enumerate(people, start=1)
    )
    columns = (
        Column(13, Align.CENTER),
        Column(28),
        Column(14, Align.CENTER),
        Column(46),
        Column(30, Align.CENTER),
        Column(34),
    )
    present = vote.count.present if vote.count.present is not None else session.present
    needed = f"{quorum_of(base)}人" if base else ""
    reached = ""
    if base and present is not None:
        reached = "达到三分之二" if has_quorum(present, base) else "没有达到三分之二"
    blocks: list[Block] = [
        Title(title),
        KeyValues(
            (
                KeyValue("时间", joined(*when(session))),
                KeyValue("地点", session.place),
                KeyValue(f"应到（全体{electorate(case, vote)}）", counted(base, "人")),
                KeyValue("三分之二是", needed),
                KeyValue("实到", counted(present, "人")),
                KeyValue("是否达到三分之二", reached),
            ),
            label_width=0.42,
            row_height=9.0,
        ),
        *(body(line) for line in _both_numbers(case, vote)),
        Spacer(0.4),
        Table(columns, rows, (("序号", "姓名", "性别", "部门（选区）", "岗位类别", "签名"),)),
        SignatureArea((SignatureField("会议工作人员", "签字"), SignatureField("主持人", "签字"))),
    ]
    return paper(context, "congress_sign_in", Stage.CONGRESS, title, blocks, page=FORM)


def resolution(context: LetterContext, subject: Subject) -> Document:
    """Write the resolution (F-57): who was there, how the vote went, what is resolved.

    Whether it passed is computed from the count, in whole numbers, against all delegates or staff
    (《鲁工资》27条, 《规定》36条); a vote that failed yields a resolution that says so.
    """
    case = context.case
    vote = vote_about(case, subject.id)
    held = _resolution(case, vote.session)
    name = vote.session.name or body_name(case)
    title = f"{name}关于{_about(context, vote)}的决议"
    resolved = held.resolved_on or vote.session.held_on
    head = f"{name}\n关于{_about(context, vote)}的决议"
    blocks: list[Block] = [Title(head), Subtitle(joined("（", on_day(resolved), "）"))]
    if held.number and not held.number.startswith("关于"):
        blocks.append(NumberLine(held.number))
    lines = [
        *_facts_of_vote(context, vote),
        *_both_numbers(case, vote),
        *why_uneven(case, vote.count),
        *_resolved(context, vote, held),
    ]
    blocks += [body(line) for line in lines[:-1]]
    presidium = SignatureArea((SignatureField("大会主席团（主持人）", "签字"),), columns=1)
    issuer = Issuer((union_name(case) or "\u3000" * 12,), day_text(resolved))
    blocks.append(KeepTogether((body(lines[-1]), presidium, issuer)))
    made = paper(context, "resolution", vote.stage, title, blocks, page=OFFICIAL)
    return made.as_draft() if is_open(case, vote.count) else made


def _about(context: LetterContext, vote: Vote) -> str:
    """What a resolution is about, short enough for a title."""
    case = context.case
    name = context.pack.wording.agreement(kind_of(case), form_of(case))
    if vote.is_election:
        return "通过职工方协商代表"
    if vote.session.purpose in (Purpose.OTHER, None) and not vote.count.agreement:
        return vote.count.what or "有关事项"
    return f"解除{name}" if vote.session.purpose is Purpose.TERMINATE else f"审议{name}（草案）"


def _session(case: Case, subject: Subject) -> Session:
    found: Session | None = case.find("sessions", subject.id)
    return found or Session()


def _resolution(case: Case, session: Session) -> Resolution:
    return next(
        (held for held in case.resolutions if session.id and held.session == session.id), Resolution()
    )


def body_name(case: Case) -> str:
    """What the congress is called before a session has its own name; an area's or an industry's by its own word."""
    body = case.congress.body or Body.CONGRESS
    label = body.label
    if body is Body.AREA_CONGRESS and case.cycle.form in (Form.AREA, Form.INDUSTRY):
        label = f"{'区域' if case.cycle.form is Form.AREA else '行业'}{Body.CONGRESS.label}"
    return f"{case.congress.term_name}{label}"


def when(session: Session) -> tuple[Text, ...]:
    """Return the day of a session and its hour; a gap to write the hour into by hand while it is not typed."""
    hour = (session.starts,) if session.starts else (blank(2), "时", blank(2), "分")
    return (on_day(session.held_on), *hour)


def _told_before(context: LetterContext, term: Term) -> str:
    """Return what is to be made public or handed out before a session, as the articles of the region have it."""
    case, pack = context.case, context.pack
    text = pack.rule("congress_notice", kind_of(case), form_of(case))
    flags = text.flags if text is not None else frozenset()
    note = article_note(case, pack, "congress_notice")
    if Flag.MATERIALS not in flags:
        return f"会议议程和有关事项在会议{term.words}向职工公开{note}。"
    who = "职工" if case.congress.body is Body.ALL_STAFF else "职工代表"
    if Flag.AGENDA_TOO in flags:
        return f"会议有关事项在会议{term.words}告知{who}，并发给有关材料{note}。"
    return f"审议的书面材料在会议{term.words}送交{who}{note}。"


def _topic(context: LetterContext, session: Session) -> str:
    case = context.case
    name = agreement_name(case, context.pack)
    agreement = case.find("agreements", session.agreement)
    if agreement is not None and agreement.name:
        name = agreement.name
    topics = {
        Purpose.ELECT_REPRESENTATIVES: "讨论、表决职工方协商代表人选",
        Purpose.DELIBERATE_DRAFT: f"审议、表决《{name}（草案）》",
        Purpose.HEAR_FULFILMENT: f"听取《{name}》履行情况报告",
        Purpose.TERMINATE: f"审议解除《{name}》",
        Purpose.OTHER: "见会议材料",
    }
    return topics[session.purpose] if session.purpose is not None else "\u3000" * 12


def _agenda(session: Session) -> list[str]:
    """The usual order of a session (F-51)."""
    lines = ["报告应到、实到人数", "通过议程"]
    if session.purpose is Purpose.HEAR_FULFILMENT:
        lines += ["企业方报告履行情况", "代表质询和答复"]
    else:
        who = f"（{session.explained_by}）" if session.explained_by else ""
        lines[1] = "通过议程、表决办法和监票人、计票人名单"
        if session.purpose is Purpose.ELECT_REPRESENTATIVES:
            lines.append("工会介绍提名人选和产生经过")
        else:
            lines.append(f"首席代表说明协商情况和草案{who}")
        lines += ["讨论", "表决、计票", "宣布表决结果，通过决议"]
    return [f"{number}. {line}。" for number, line in enumerate(lines, start=1)]


def _materials(context: LetterContext, session: Session) -> Text:
    sent = day_text(session.materials_sent_on)
    if session.purpose is Purpose.DELIBERATE_DRAFT:
        what = f"《{agreement_name(context.case, context.pack)}（草案）》和草案说明"
    elif session.purpose is Purpose.ELECT_REPRESENTATIVES:
        what = "提名人选名单和基本情况"
    elif session.purpose is Purpose.HEAR_FULFILMENT:
        what = "履行情况报告"
    else:
        return joined("材料：", blank(12), "。")
    return f"{what}，{sent}送达。" if sent else f"{what}，随本通知送达。"


def _facts_of_vote(context: LetterContext, vote: Vote) -> list[Text]:
    case = context.case
    count, session = vote.count, vote.session
    base = everyone(case, vote)
    present = count.present if count.present is not None else session.present
    who = electorate(case, vote)
    name = session.name or body_name(case)
    there: list[Text] = [
        f"{name}于",
        on_day(session.held_on),
        f"召开。应到{who}",
        counted(base, "人"),
        "，实到",
        counted(present, "人"),
    ]
    if base and present is not None:
        reached = "达到" if has_quorum(present, base) else "没有达到"
        there.append(f"，占全体{who}的{share_text(present, base)}，{reached}三分之二")
    out: list[Text] = [joined(*there, "。")]
    told = f"会议听取了{session.explained_by}关于草案的说明，" if session.explained_by else "会议"
    method = count.method or "投票"
    tellers = names_of(count)
    words: list[Text] = [
        f"{told}以{method}方式表决{matter(context, vote)}{f'（{tellers}）' if tellers else ''}：",
        "发出表决票",
        counted(count.issued, "张"),
        "，收回",
        counted(count.returned, "张"),
        "，有效",
        counted(count.valid, "张"),
        "，无效",
        counted(count.invalid, "张"),
    ]
    if vote.is_election and not _by_list(vote):
        out.append(joined(*words, "。"))
        return [*out, *_votes_of_candidates(case, vote)]
    words += [
        "；赞成",
        counted(count.in_favour, "票"),
        "，反对",
        counted(count.against, "票"),
        "，弃权",
        counted(count.abstained, "票"),
    ]
    share = share_text(count.in_favour, base)
    if share:
        words.append(f"。赞成票占全体{who}的{share}（{count.in_favour}/{base}）")
    return [*out, joined(*words, "。")]


def _votes_of_candidates(case: Case, vote: Vote) -> list[Text]:
    base = everyone(case, vote)
    told = []
    for person in vote.candidates:
        share = share_text(person.in_favour, base)
        portion = f"，赞成占全体{electorate(case, vote)}的{share}" if share else ""
        told.append(
            joined(
                person.name,
                "赞成",
                counted(person.in_favour, "票"),
                "、反对",
                counted(person.against, "票"),
                "、弃权",
                counted(person.abstained, "票"),
                portion,
            )
        )
    return [joined(listed(told, "；"), "。")] if told else []


def _elected(context: LetterContext, vote: Vote, election: Election) -> list[Text]:
    """Who has a seat by votes and number of seats; what the votes leave open is told, never decided here."""
    case = context.case
    result = result_of(case, election)
    who = f"全体{electorate(case, vote)}"
    if any(each.place is Place.UNKNOWN for each in result.standings):
        return [joined("会议决议：通过", blank(16), "为职工方协商代表。")]

    def names(place: Place) -> str:
        return join_names(each.candidate.name for each in result.standings if each.place is place)

    word = deciding_word(context, "worker_rep_elect")
    seats = f"、名额{result.seats}名以内" if result.seats is not None else ""
    told = f"得到{who}{word}赞成{seats}的，为职工方协商代表：{names(Place.ELECTED) or '没有人选'}。"
    if full := names(Place.FULL):
        told += f"{full}也得到{word}赞成，名额已满，没有当选。"
    if below := names(Place.BELOW):
        told += f"{below}的赞成票没有达到{who}的一半，没有通过。"
    open_places = {Place.TIED, Place.HALF} & {each.place for each in result.standings}
    return [told, *(f"{each}。" for each in result.told if open_places)]


def _both_numbers(case: Case, vote: Vote) -> tuple[str, ...]:
    """Where fewer or more signed in than were counted, both numbers are told, as papers write numbers."""
    told = uneven_presence(case, vote.session, vote.count)
    return tuple(f"{line.replace(' ', '')}。" for line in told)


def _by_list(vote: Vote) -> bool:
    """Whether representatives were voted on as one list: votes are written for the whole, none for a person."""
    return (
        vote.is_election
        and vote.count.in_favour is not None
        and all(person.in_favour is None for person in vote.candidates)
    )


def _elected_by_list(context: LetterContext, vote: Vote) -> list[Text]:
    who = f"全体{electorate(context.case, vote)}"
    names = join_names(person.name for person in vote.candidates)
    people = names or blank(16)
    result = passed(context.case, vote)
    if result is Outcome.PASSED:
        word = deciding_word(context, "worker_rep_elect")
        return [joined(f"{who}{word}赞成。会议决议：通过", people, "为职工方协商代表。")]
    if result is Outcome.NOT_PASSED:
        return [joined(f"赞成票没有达到{who}的一半，", people, "没有通过。")]
    half = f"赞成票恰好是{who}的一半。{HALF_IS_OPEN}" if result is Outcome.EXACTLY_HALF else ""
    return [joined(f"{half}会议决议：", people, "为职工方协商代表，通过□　没有通过□")]


def _resolved(context: LetterContext, vote: Vote, held: Resolution) -> list[Text]:
    case = context.case
    who = f"全体{electorate(case, vote)}"
    what = matter(context, vote)
    if _by_list(vote):
        return _elected_by_list(context, vote)
    if vote.is_election:
        if vote.election is not None and candidates_of(case, vote.election):
            return _elected(context, vote, vote.election)
        known = [person for person in vote.candidates if person.in_favour is not None]
        if not known:
            return [joined("会议决议：通过", blank(16), "为职工方协商代表。")]
        elected = [p.name for p in known if passed(case, vote, p.in_favour) is Outcome.PASSED]
        half = [p.name for p in known if passed(case, vote, p.in_favour) is Outcome.EXACTLY_HALF]
        failed = [p.name for p in known if p.name not in (*elected, *half)]
        names: Text = listed(elected) if elected else "没有人选"
        rest = f"{'、'.join(failed)}的赞成票没有达到{who}的一半，没有通过。" if failed else ""
        if half:
            rest += f"{'、'.join(half)}的赞成票恰好是{who}的一半。{HALF_IS_OPEN}通过□　没有通过□"
        word = deciding_word(context, "worker_rep_elect")
        return [joined(f"得到{who}{word}赞成的，为职工方协商代表：", names, f"。{rest}")]
    result = passed(case, vote)
    if result is None:
        return ["会议决议：通过□　没有通过□"]
    if result is Outcome.EXACTLY_HALF:
        return [f"赞成票恰好是{who}的一半。{HALF_IS_OPEN}会议决议：通过□　没有通过□"]
    if result is not Outcome.PASSED:
        return [f"赞成票没有达到{who}的一半，{what}没有通过。双方重新协商修改后，再提交审议。"]
    change: list[Text] = []
    if held.draft_changed:
        change = [ended(f"通过的文本对草案作了修改：{held.change_note}")]
    elif held.draft_changed is False and vote.session.purpose is not Purpose.TERMINATE:
        change = ["表决时草案没有修改。"]
    act = "同意" if vote.session.purpose is Purpose.TERMINATE else "通过"
    after = "" if vote.session.purpose is Purpose.TERMINATE else "由双方首席代表签字盖章后，依法报送审查。"
    return [
        joined(f"{who}{deciding_word(context, 'congress_pass')}赞成。会议决议：{act}{what}。", *change, after)
    ]
