"""Ballots (F-55, F-12) and tally sheet (F-56, F-13): candidates for representatives, or a draft."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.documents.blocks import (
    BALLOT,
    FORM,
    Align,
    Block,
    Boxes,
    Cell,
    Column,
    Document,
    Grid,
    KeyValue,
    KeyValues,
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
    remark,
)
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.citing import article_note, rule_articles, term_of
from app.documents.letters.frame import paper
from app.documents.letters.parties import agreement_name, form_of, kind_of, sitting
from app.documents.letters.words import counted, day_text, ended, share_text
from app.domain.agreement import Agreement
from app.domain.case import Case
from app.domain.congress import Body, Purpose, Session
from app.domain.facts import join_names
from app.domain.representatives import Candidate, Count, Election, Replacement, Representative
from app.domain.stages import Stage
from app.domain.union import Side
from app.domain.voters import all_voters
from app.figures.closing_counts import is_closed, may_close, tellers_of
from app.figures.election_results import candidates_of
from app.figures.person_votes import VOTED_BY_ALL, elections_of, is_on_draft
from app.figures.tallies import COUNT_NAMES, Outcome, has_quorum, outcome, quorum_of
from app.rules.thresholds import WORDS_DIFFER, word_of

HALF_IS_OPEN = f"{WORDS_DIFFER}，各条文的写法不一样。"
"""Beside the boxes that stay open where exactly one half voted in favour (law.md C4)."""

VOTING = frozenset({Purpose.ELECT_REPRESENTATIVES, Purpose.DELIBERATE_DRAFT, Purpose.TERMINATE})
"""Sessions at which something is put to the vote."""

_BALLOTS_A_SHEET = 4
_BALLOT_PAGE = replace(BALLOT, body_size=14, table_size=13, line_pitch=24)
"""A quarter of A4 leaves room for 四号 text."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What is voted on: the session, the count if there is one, the candidates if it is an election."""

    session: Session
    count: Count
    candidates: tuple[Candidate | Representative, ...]
    is_election: bool
    meeting_name: str = ""
    election: Election | None = None
    recall: Replacement | None = None

    @property
    def elsewhere(self) -> bool:
        """Counted outside the congress, such as in the committee of an area union that appoints."""
        return bool(self.count.id) and not self.session.id

    @property
    def name(self) -> str:
        """What the meeting is called; nothing while it is not typed."""
        return self.session.name or self.meeting_name

    @property
    def stage(self) -> Stage:
        """Where this vote belongs in the year."""
        return Stage.REPRESENTATIVES if self.is_election or self.recall is not None else Stage.CONGRESS


def ballot_subjects(case: Case) -> tuple[Subject, ...]:
    """A ballot for each session with a vote and each count outside a session; a blank one before that."""
    held = [Subject(one.id, one.title) for one in case.sessions if one.purpose in VOTING]
    held += [Subject(one.id, one.title) for one in case.counts if not one.session]
    return tuple(held) or (Subject(),)


def tally_subjects(case: Case) -> tuple[Subject, ...]:
    """A tally for each count, a blank one for each session with a vote that has not been counted yet."""
    counted_in = {one.session for one in case.counts}
    held = [Subject(one.id, one.title) for one in case.counts]
    held += [
        Subject(one.id, one.title)
        for one in case.sessions
        if one.purpose in VOTING and one.id not in counted_in
    ]
    return tuple(held) or (Subject(),)


def vote_about(case: Case, subject_id: str) -> Vote:
    """Return what a ballot or tally is about; everything blank if the id names nothing."""
    count: Count | None = case.find("counts", subject_id)
    session: Session | None = case.find("sessions", count.session if count else subject_id)
    if count is None and session is not None:
        held = [one for one in case.counts if one.session == session.id]
        if session.purpose is not Purpose.ELECT_REPRESENTATIVES:
            held = [one for one in held if is_on_draft(case, one)] or held
        count = next((one for one in held if one.closed_on is not None), held[0] if held else None)
    count, session = with_tellers(case, count or Count()), session or Session()
    election: Election | None = case.find("elections", count.election) or next(
        (one for one in case.elections if session.id and one.session == session.id), None
    )
    recall = next((one for one in case.replacements if count.id and one.recall_count == count.id), None)
    if recall is not None:
        election = None  # whether somebody is recalled is one question with three answers
    is_election = recall is None and (
        election is not None or session.purpose is Purpose.ELECT_REPRESENTATIVES
    )
    side = election.side if election is not None and election.side is not None else Side.WORKER
    listed = candidates_of(case, election) if election is not None else ()
    people = listed or (sitting(case, side) if is_election else ())
    name = election.meeting_name if election is not None else ""
    return Vote(session, count, people, is_election, name, election, recall)


def with_tellers(case: Case, count: Count) -> Count:
    """Return the count with the two who counted, as they are named on their sheets."""
    return count.replace(tellers=tellers_of(case, count)) if count.id else count


def count_on(case: Case, agreement: Agreement) -> Count:
    """Return the last count on an agreement; one that names none is found by its session. Empty if there is none."""

    def is_on(count: Count) -> bool:
        session: Session | None = case.find("sessions", count.session)
        named = count.agreement or (session.agreement if session is not None else "")
        if named or session is None:
            return bool(agreement.id) and named == agreement.id
        return session.purpose is Purpose.DELIBERATE_DRAFT and len(case.agreements) == 1

    return next((each for each in reversed(case.counts) if is_on(each)), Count())


def electorate(case: Case, vote: Vote) -> str:
    """Who votes: 职工代表, 职工 where all staff decide, 应到人员 at a meeting of another kind."""
    if vote.elsewhere and not is_by_all(case, vote):
        return "应到人员"
    return "职工" if case.congress.body is Body.ALL_STAFF else "职工代表"


def is_by_all(case: Case, vote: Vote) -> bool:
    """Whether a recall is voted on by all delegates or all staff, as the election was whose procedure it follows."""
    if vote.recall is None:
        return False
    first = next(iter(elections_of(case, vote.recall.side or Side.WORKER)), None)
    return first is None or first.way in (None, *VOTED_BY_ALL)


def everyone(case: Case, vote: Vote) -> int | None:
    """All delegates or all staff: the base that decides (鲁工资 27, 规定 36)."""
    if vote.count.expected is not None:
        return vote.count.expected
    return vote.session.expected if vote.session.expected is not None else all_voters(case)


def matter(context: LetterContext, vote: Vote) -> str:
    """What is put to the vote, in words."""
    case = context.case
    if vote.recall is not None:
        return vote.count.what or "罢免协商代表"
    if vote.is_election:
        return vote.count.what or "通过职工方协商代表"
    told = vote.count.agreement or vote.session.agreement
    if not told and vote.session.purpose not in (Purpose.DELIBERATE_DRAFT, Purpose.TERMINATE):
        return vote.count.what or "\u3000" * 10
    agreement = case.find("agreements", told)
    name = (agreement.name if agreement is not None else "") or agreement_name(case, context.pack)
    if vote.session.purpose is Purpose.TERMINATE:
        return f"解除《{name}》"
    return f"《{name}（草案）》"


def passed(case: Case, vote: Vote, in_favour: int | None = None) -> Outcome | None:
    """Return what the vote came to against all delegates, in whole numbers; ``None`` while a number lacks."""
    votes = vote.count.in_favour if in_favour is None else in_favour
    base = everyone(case, vote)
    return None if votes is None or not base else outcome(votes, base)


def tally_missing(case: Case, subject: Subject) -> tuple[str, ...]:
    """Numbers a tally still lacks."""
    count = vote_about(case, subject.id).count
    needed = ("expected", "present", "issued", "returned", "valid", "invalid")
    return tuple(COUNT_NAMES[name] for name in needed if getattr(count, name) is None)


def ballot(context: LetterContext, subject: Subject) -> Document:
    """Write one sheet of four ballots (F-55): what is voted on, how to mark; nothing personal."""
    vote = vote_about(context.case, subject.id)
    name = vote.name or vote.count.what
    title = f"{name}表决票" if name else "表决票"
    piece: list[Block] = [Title(title, size=16), Spacer(0.4)]
    if vote.is_election:
        piece += [body(f"审议事项：{matter(context, vote)}"), _candidate_boxes(vote)]
        how = "说明：每人一行，在“赞成”“反对”“弃权”三格中选一格画“○”；每行多选或不选的，该行无效。"
    else:
        piece += [
            body(f"审议事项：{matter(context, vote)}"),
            Spacer(0.8),
            Boxes(("赞成", "反对", "弃权"), size=17),
            Spacer(0.8),
        ]
        how = "说明：三项中选一项，在方框内画“√”；多选、不选的无效。"
    piece.append(remark(f"{how}无记名，不要写姓名或作记号。"))
    piece += [Spacer(1.5), Paragraph("（盖工会章处）", TextRole.REMARK, align=Align.RIGHT)]
    return paper(
        context,
        "ballot",
        vote.stage,
        title,
        (Grid((tuple(piece),), columns=2, rows=2, count=_BALLOTS_A_SHEET),),
        page=_BALLOT_PAGE,
        show_page_numbers=False,
        footer=False,
    )


def tally(context: LetterContext, subject: Subject) -> Document:
    """Write the tally (F-56): all counts, the three ratios, which one decides, scrutineers and tellers.

    A count outside the congress is only told: no law says how an appointing committee votes.
    """
    case = context.case
    vote = vote_about(case, subject.id)
    count = vote.count
    title = f"{vote.name or ('' if vote.elsewhere else '职工代表大会')}计票单"
    head = (
        KeyValue("表决事项", matter(context, vote), span=2, min_height=12),
        KeyValue("计票日期", day_text(count.counted_on or vote.session.held_on)),
        KeyValue("表决方式", count.method),
    )
    one_by_one = vote.is_election and count.in_favour is None
    result = _election_result(context, vote) if one_by_one else _draft_result(case, vote)
    told = judgement(context, vote)
    return tally_sheet(
        context,
        vote.stage,
        title,
        head,
        TallyNumbers(
            "应到"
            if vote.elsewhere and not is_by_all(case, vote)
            else f"应到（全体{electorate(case, vote)}）",
            everyone(case, vote),
            count.present if count.present is not None else vote.session.present,
        ),
        count,
        [heading1("二、表决结果"), *result],
        [heading1("三、判定"), *(body(line) for line in told)] if told else [],
    )


@dataclass(frozen=True, slots=True)
class TallyNumbers:
    """Who may vote, as the tally names them, how many they are, and how many came."""

    whole: str
    expected: int | None
    present: int | None


def tally_sheet(
    context: LetterContext,
    stage: Stage,
    title: str,
    head: tuple[KeyValue, ...],
    people: TallyNumbers,
    count: Count,
    result: list[Block],
    told: list[Block],
) -> Document:
    """Lay out a tally, of a draft or of persons: what, ballots, votes, what came of it, why uneven, who signs."""
    columns: tuple[tuple[str, int | None], ...] = (
        (people.whole, people.expected),
        ("实到", people.present),
        ("印制（张）", count.printed),
        ("发出（张）", count.issued),
        ("余票（张）", count.unused),
        ("收回（张）", count.returned),
        ("有效（张）", count.valid),
        ("无效（张）", count.invalid),
    )
    numbers = Table(
        tuple(Column(1, Align.CENTER) for _ in columns),
        (tuple(Cell(counted(value)) for _, value in columns),),
        (tuple(name for name, _ in columns),),
        row_height=11.0,
    )
    blocks: list[Block] = [Title(title), KeyValues(head, label_width=0.32, row_height=10.0), Spacer(0.4)]
    blocks += [heading1("一、到会和票数"), numbers, Spacer(0.4), *result]
    if told:
        blocks += [Spacer(0.4), *told]
    blocks += [body(line) for line in why_uneven(context.case, count)]
    blocks.append(signers(with_tellers(context.case, count)))
    made = paper(context, "tally", stage, title, blocks, page=FORM)
    return made.as_draft() if is_open(context.case, count) else made


def is_open(case: Case, count: Count) -> bool:
    """Whether ballots are counted and the count is not closed: what it came to may still be another thing."""
    return count.returned is not None and not is_closed(case, count)


def why_uneven(case: Case, count: Count) -> tuple[str, ...]:
    """Return what of a count does not agree and the written reason; they go with the count wherever it is told."""
    if not count.note.strip():
        return ()
    uneven = "；".join(may_close(case, count).differing)
    told = f"对不上的：{uneven}。" if uneven else ""
    return (f"{told}数字不齐的说明：{ended(count.note)}",)


def judgement(context: LetterContext, vote: Vote) -> tuple[str, ...]:
    """Return the sentences that say whether there was a quorum and what the vote came to, and by what."""
    case = context.case
    if vote.recall is not None:
        return _recall_judgement(context, vote)
    if vote.elsewhere:
        return ()
    lines = quorum_lines(context, vote)
    base = everyone(case, vote)
    who = f"全体{electorate(case, vote)}"
    rule = "worker_rep_elect" if vote.is_election else "congress_pass"
    word = deciding_word(context, rule)
    basis = by_all_of(context, rule)
    lines.append(f"以赞成票占{who}的比例判定，不以占到会人数或有效票的比例判定{basis}。")
    if vote.is_election:
        return tuple(lines)
    result = passed(case, vote)
    if result is None or base is None:
        return (*lines, "结果：通过□　没有通过□")
    votes = vote.count.in_favour
    words = {
        Outcome.PASSED: f"赞成{votes}票，{who}{base}人{word}赞成，表决通过。",
        Outcome.EXACTLY_HALF: f"赞成{votes}票，恰好是{who}{base}人的一半。{HALF_IS_OPEN}结果：通过□　没有通过□",
        Outcome.NOT_PASSED: f"赞成{votes}票，没有达到{who}{base}人的一半，表决没有通过。",
    }
    return (*lines, words[result])


def deciding_word(context: LetterContext, rule: str) -> str:
    """Return how the articles of a rule call the votes that are needed: 半数以上, 过半数; else the program's own."""
    case = context.case
    return word_of(context.pack.rule(rule, kind_of(case), form_of(case)))


def by_all_of(context: LetterContext, rule: str) -> str:
    """Return the articles in brackets that say all decide; none of those that let somebody be appointed."""
    case, pack = context.case, context.pack
    text = pack.rule(rule, kind_of(case), form_of(case))
    if text is None or (rule != "congress_pass" and not text.word):
        return ""
    return article_note(case, pack, rule)


def _recall_judgement(context: LetterContext, vote: Vote) -> tuple[str, ...]:
    """A recall follows the procedure of the election; where somebody was appointed no text names a number."""
    case, pack = context.case, context.pack
    if not is_by_all(case, vote):
        return ()
    names = ["rep_replace"]
    if (text := pack.rule("worker_rep_elect", kind_of(case), form_of(case))) is not None and text.word:
        names.append("worker_rep_elect")
    articles = "、".join(each for rule in names if (each := rule_articles(case, pack, rule)))
    who, basis = f"全体{electorate(case, vote)}", f"（{articles}）" if articles else ""
    word = deciding_word(context, "worker_rep_elect")
    lines = [
        *quorum_lines(context, vote),
        f"罢免按原来产生代表的程序表决，以赞成票占{who}的比例判定，不以占到会人数或有效票的比例判定{basis}。",
    ]
    result, base, votes = passed(case, vote), everyone(case, vote), vote.count.in_favour
    words = {
        Outcome.PASSED: f"赞成{votes}票，{who}{base}人{word}赞成，同意罢免。",
        Outcome.EXACTLY_HALF: f"赞成{votes}票，恰好是{who}{base}人的一半。{HALF_IS_OPEN}结果：同意罢免□　没有通过□",
        Outcome.NOT_PASSED: f"赞成{votes}票，没有达到{who}{base}人的一半，罢免没有通过。",
    }
    return (*lines, words[result] if result is not None else "结果：同意罢免□　没有通过□")


def quorum_lines(context: LetterContext, vote: Vote) -> list[str]:
    """Return the sentence that says whether enough were present; none where no text asks for it."""
    case, pack = context.case, context.pack
    lines: list[str] = []
    base = everyone(case, vote)
    present = vote.count.present if vote.count.present is not None else vote.session.present
    who = f"全体{electorate(case, vote)}"
    term = term_of(case, pack, "congress_quorum", vote.session.held_on or context.on)
    if term is not None:
        articles = rule_articles(case, pack, "congress_quorum")
        basis = f"（{articles}）" if articles else ""
        if base and present is not None:
            verdict = "达到" if has_quorum(present, base) else "没有达到"
            lines.append(
                f"到会人数：实到{present}人，{who}{base}人的三分之二是{quorum_of(base)}人，{verdict}三分之二{basis}。"
            )
        else:
            lines.append(f"到会人数应当达到{who}的三分之二{basis}。")
    return lines


def _candidate_boxes(vote: Vote) -> Table:
    names = [person.name for person in vote.candidates] or [""] * 5
    rows = tuple(Row((name, "", "", ""), min_height=9.0) for name in names)
    columns = (Column(34), *(Column(18, Align.CENTER) for _ in range(3)))
    return Table(columns, rows, (("提名人选", "赞成", "反对", "弃权"),), row_height=7.0)


def _draft_result(case: Case, vote: Vote) -> list[Block]:
    count = vote.count
    base = everyone(case, vote)
    present = count.present if count.present is not None else vote.session.present
    rows = []
    for label, votes in (("赞成", count.in_favour), ("反对", count.against), ("弃权", count.abstained)):
        shares = tuple(share_text(votes, whole) for whole in (base, present, count.valid))
        rows.append(_row((label, counted(votes, "票"), *shares), 10.0))
    columns = tuple(Column(1, Align.CENTER) for _ in range(5))
    whole = (
        "占应到人员"
        if vote.elsewhere and not is_by_all(case, vote)
        else f"占全体{electorate(case, vote)}（判定用）"
    )
    head = ("意见", "票数", whole, "占到会人数", "占有效票")
    return [Table(columns, tuple(rows), (head,), row_height=10.0)]


def _election_result(context: LetterContext, vote: Vote) -> list[Block]:
    case = context.case
    base = everyone(case, vote)
    words = {Outcome.PASSED: "是", Outcome.EXACTLY_HALF: "恰好一半", Outcome.NOT_PASSED: "否"}
    rows: list[Row] = []
    for number, person in enumerate(vote.candidates, start=1):
        result = passed(case, vote, person.in_favour) if person.in_favour is not None else None
        cells: list[Text] = [str(number), person.name]
        cells += [counted(votes) for votes in (person.in_favour, person.against, person.abstained)]
        share = share_text(person.in_favour, base)
        rows.append(_row((*cells, share, words[result] if result is not None else "")))
    rows = rows or [_row((str(n), *[""] * 6)) for n in range(1, 6)]
    columns = (Column(12, Align.CENTER), Column(30), *(Column(20, Align.CENTER) for _ in range(5)))
    who = f"全体{electorate(case, vote)}"
    head = (
        "序号",
        "提名人选",
        "赞成",
        "反对",
        "弃权",
        f"赞成占{who}",
        deciding_word(context, "worker_rep_elect"),
    )
    return [Table(columns, tuple(rows), (head,), row_height=9.0)]


def _row(texts: tuple[Text, ...], height: float = 9.0) -> Row:
    return Row(tuple(Cell(text) for text in texts), min_height=height)


def signers(count: Count) -> SignatureArea:
    """Return the places where scrutineers and tellers sign."""
    fields = [
        SignatureField(f"{office}　{name}" if name else office)
        for office, names in (("监票人", count.scrutineers), ("计票人", count.tellers))
        for name in _two(names)
    ]
    return SignatureArea(tuple(fields))


def _two(names: tuple[str, ...]) -> tuple[str, ...]:
    """At least two places for each office; the second is for who counts once more."""
    return names if len(names) > 1 else (*names, *[""] * (2 - len(names)))


def names_of(count: Count) -> str:
    """Scrutineers and tellers in one phrase, for resolutions."""
    parts = []
    if count.scrutineers:
        parts.append(f"监票人{join_names(count.scrutineers)}")
    if count.tellers:
        parts.append(f"计票人{join_names(count.tellers)}")
    return "，".join(parts)
