"""Ballots and tally of an election with several candidates (F-12, F-13); other votes are :mod:`voting`'s.

Marks and places are those of custom (forms.md F-12): ○ for, × against, nothing is an abstention; who is not on the
list is written in. No ballot carries a number of its own; how many were printed stands on each of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.documents.blocks import (
    BALLOT,
    Align,
    Block,
    Column,
    Document,
    Grid,
    KeyValue,
    Paragraph,
    Row,
    Spacer,
    Table,
    TextRole,
    Title,
    body,
    heading1,
    remark,
)
from app.documents.kinds import LetterContext, Subject
from app.documents.letters import voting
from app.documents.letters.elections import electors
from app.documents.letters.frame import paper
from app.documents.letters.words import day_text, share_text
from app.domain.case import Case
from app.domain.facts import join_names
from app.domain.representatives import Candidate, Count, Election, ElectionWay
from app.domain.stages import Stage
from app.figures.election_results import (
    BALLOTED,
    Place,
    Result,
    base_of,
    candidates_of,
    result_of,
)
from app.figures.person_votes import count_of, elections_of, is_recall

_MOST_PRINTED = 400
"""Beyond so many ballots one sheet is printed, to be copied."""
_MOST_WRITE_INS = 3
_ROW, _HIGHEST, _LONG = 7.0, 12.0, 200.0
"""Millimetres: the lowest and the highest row of a ballot, and what all rows of half a sheet may take."""
_SHORT_LIST = 5


@dataclass(frozen=True, slots=True)
class Cut:
    """How a sheet of A4 is cut: up to ``most`` rows on a ballot, ``size`` of its words in points."""

    columns: int
    rows: int
    most: int
    size: float


CUTS = (Cut(2, 4, 4, 10.5), Cut(2, 2, 12, 14), Cut(2, 1, 30, 12), Cut(1, 1, 60, 12))
"""Eight, four, two or one ballot on a sheet, by the number of names and of lines to write others in."""


def cut_for(rows: int) -> Cut:
    """Return how a sheet is cut for ballots with so many rows."""
    return next((cut for cut in CUTS if rows <= cut.most), CUTS[-1])


def election_of(case: Case, subject_id: str) -> Election | None:
    """Return the election with listed candidates a ballot or tally is about; ``None`` for any other vote."""
    found: Election | None = case.find("elections", subject_id)
    count: Count | None = case.find("counts", subject_id)
    if count is not None and not is_recall(case, count):
        found = next((each for each in case.elections if count_of(case, each) is count), None)
    if count is None and found is None and case.find("sessions", subject_id) is not None:
        found = next((each for each in case.elections if each.session == subject_id), None)
    if found is None or not candidates_of(case, found):
        return None
    return found if found.way is None or found.way in BALLOTED else None


def _own(case: Case, taken: tuple[Subject, ...]) -> tuple[Subject, ...]:
    """Elections with candidates that neither a session nor a count stands for."""
    covered = {election.id for each in taken if (election := election_of(case, each.id)) is not None}
    return tuple(
        Subject(each.id, each.title)
        for each in elections_of(case)
        if each.id not in covered and election_of(case, each.id) is not None
    )


def ballot_subjects(case: Case) -> tuple[Subject, ...]:
    """The votes of :mod:`voting`, and before them elections that have candidates and no count yet."""
    others = voting.ballot_subjects(case)
    own = _own(case, others)
    return own + tuple(each for each in others if each.id or not own)


def tally_subjects(case: Case) -> tuple[Subject, ...]:
    """The same for tally sheets."""
    others = voting.tally_subjects(case)
    own = _own(case, others)
    return own + tuple(each for each in others if each.id or not own)


# --- ballots -------------------------------------------------------------------------------------------


def write_ins(election: Election) -> int:
    """How many lines a ballot has for names that are not on the list."""
    return min(max(election.seats or 1, 1), _MOST_WRITE_INS)


def ballot(context: LetterContext, subject: Subject) -> Document:
    """Write the ballots of an election, cut into eight, four, two or one by the number of names; else one vote's."""
    election = election_of(context.case, subject.id)
    if election is None:
        return voting.ballot(context, subject)
    case = context.case
    people = tuple(each for each in candidates_of(case, election) if not each.written_in)
    lines = write_ins(election)
    cut = cut_for(len(people) + lines)
    printed = base_of(case, election)
    small = cut.size < 12
    piece: list[Block] = [
        Title("职工方协商代表选票", size=13 if small else 16),
        _marks(people, lines, cut),
        Spacer(0.2),
        remark(_how_to_mark(election)),
        Paragraph(
            f"{f'共印 {printed} 张，' if printed else ''}票上没有编号　　（监制章）",
            TextRole.REMARK,
            align=Align.RIGHT,
        ),
    ]
    number = printed if printed and printed <= _MOST_PRINTED else cut.columns * cut.rows
    page = replace(BALLOT, body_size=cut.size, table_size=cut.size, line_pitch=cut.size * 1.45)
    return paper(
        context,
        "ballot",
        Stage.REPRESENTATIVES,
        "职工方协商代表选票",
        (Grid((tuple(piece),), columns=cut.columns, rows=cut.rows, count=number),),
        page=page,
        show_page_numbers=False,
        footer=False,
    )


def _marks(people: tuple[Candidate, ...], lines: int, cut: Cut) -> Table:
    """Names by strokes with one box each, and lines for other names; what half a sheet has no room for in two columns.

    On half a sheet rows are as high as the paper allows, so that a pen has room.
    """
    names = [each.name for each in people] + ["另选："] * lines
    if len(names) <= CUTS[2].most:
        height = min(_HIGHEST, _LONG / len(names)) if cut is CUTS[2] else _ROW
        rows = tuple(Row((name, ""), min_height=max(_ROW, height)) for name in names)
        return Table((Column(3), Column(1, Align.CENTER)), rows, (("候选人", "画票"),), row_height=6.0)
    half = -(-len(names) // 2)
    right = [*names[half:], *[""] * (2 * half - len(names))]
    rows = tuple(
        Row((one, "", other, ""), min_height=_ROW) for one, other in zip(names[:half], right, strict=True)
    )
    columns = (Column(3), Column(1, Align.CENTER)) * 2
    return Table(columns, rows, (("候选人", "画票") * 2,), row_height=6.0)


def _how_to_mark(election: Election) -> str:
    most = f"画○的不超过 {election.seats} 人，超过的这张票作废。" if election.seats else ""
    return (
        f"同意的画○，不同意的画×，弃权的不画。另选他人的，在空格里写姓名并画○。{most}候选人按姓氏笔画排列。"
    )


# --- tally ---------------------------------------------------------------------------------------------


def tally(context: LetterContext, subject: Subject) -> Document:
    """Write the tally of an election (F-13): room for 正 strokes, numbers, who passed against all; else one vote's."""
    election = election_of(context.case, subject.id)
    if election is None:
        return voting.tally(context, subject)
    case = context.case
    count, result = count_of(case, election) or Count(), result_of(case, election)
    session = case.find("sessions", election.session)
    name = session.name if session is not None else election.meeting_name
    title = f"{name}职工方协商代表计票单"
    day = count.counted_on or election.voting_on or (session.held_on if session is not None else None)
    head = (
        KeyValue("表决事项", count.what or "推选职工方协商代表"),
        KeyValue("名额", f"{election.seats} 名" if election.seats is not None else ""),
        KeyValue("计票日期", day_text(day)),
        KeyValue("表决方式", count.method),
    )
    present = count.present if count.present is not None or session is None else session.present
    told = [body(line) for line in _told(context, election, result)]
    return voting.tally_sheet(
        context,
        Stage.REPRESENTATIVES,
        title,
        head,
        voting.TallyNumbers(_whole(case, election), base_of(case, election), present),
        count,
        [heading1("二、各候选人得票"), _votes(case, election, result)],
        [heading1("三、结果"), *told],
    )


def _cell(value: int | None) -> str:
    return "" if value is None else str(value)


def _whole(case: Case, election: Election) -> str:
    if election.way is ElectionWay.JOINT_MEETING:
        return "应到"
    return f"应到（全体{electors(case, election)}）"


def _votes(case: Case, election: Election, result: Result) -> Table:
    rows = []
    for number, each in enumerate(result.standings, start=1):
        votes = each.candidate
        name = f"{votes.name}（另选）" if votes.written_in else votes.name
        place = "" if each.place is Place.UNKNOWN else each.place.label
        rows.append(
            Row(
                (
                    str(number),
                    name,
                    "",
                    _cell(votes.in_favour),
                    "",
                    _cell(votes.against),
                    _cell(votes.abstained),
                    share_text(votes.in_favour, each.base),
                    place,
                ),
                min_height=_height(result),
            )
        )
    counted_all = all(each.place is not Place.UNKNOWN for each in result.standings)
    if not counted_all and not any(each.candidate.written_in for each in result.standings):
        for extra in range(1, write_ins(election) + 1):
            at = str(len(result.standings) + extra)
            rows.append(Row((at, "另选：", "", "", "", "", "", "", ""), min_height=_height(result)))
    columns = (
        Column(11, Align.CENTER),
        Column(24),
        Column(34),
        Column(13, Align.CENTER),
        Column(22),
        Column(15, Align.CENTER),
        Column(13, Align.CENTER),
        Column(17, Align.CENTER),
        Column(21, Align.CENTER),
    )
    whole = "占应到" if election.way is ElectionWay.JOINT_MEETING else "占全体"
    head = ("序号", "候选人", "同意（画正字）", "同意", "不同意（画正字）", "不同意", "弃权", whole, "结果")
    return Table(columns, tuple(rows), (head,), size=10)


def _height(result: Result) -> float:
    """Room for strokes with a pen; less where the list is long, so that signatures stay on the sheet."""
    return 10.0 if len(result.standings) <= _SHORT_LIST else 8.0


def _told(context: LetterContext, election: Election, result: Result) -> list[str]:
    case = context.case
    rule = "worker_rep_elect_nounion" if election.way is ElectionWay.STAFF_RECOMMEND else "worker_rep_elect"
    note, word = voting.by_all_of(context, rule), voting.deciding_word(context, rule)
    who = f"全体{electors(case, election)}"
    lines = []
    if election.way is not ElectionWay.JOINT_MEETING:
        count = count_of(case, election)
        vote = voting.vote_about(case, count.id if count is not None else election.session)
        if vote.session.id:
            lines += voting.quorum_lines(context, vote)
        lines.append(f"以同意票占{who}的比例判定，不以占到会人数或有效票的比例判定{note}。")
    if result.elected:
        lines.append(
            f"得到{who}{word}同意的：{join_names(each.name for each in result.elected)}，共{len(result.elected)}人。"
        )
    lines += [f"{each}。" for each in result.told]
    if not result.elected and not result.told:
        lines.append(f"得到{who}{word}同意的：")
    return lines
