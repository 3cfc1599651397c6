"""Papers of an election: how ballots are cut, what they say, whom a tally is about, recall and replacement."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from app.documents.blocks import Grid, Table, plain, texts
from app.documents.catalogue import kind_named
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.election_ballots import cut_for
from app.documents.pdf import page_count, render_pdf
from app.domain.ballots import Counter, CountSheet, Mark, NamedVote
from app.domain.case import Case
from app.domain.congress import Congress, Delegate, Purpose, Session
from app.domain.representatives import (
    Candidate,
    Count,
    Election,
    ElectionWay,
    LeavingCause,
    Replacement,
    Representative,
)
from app.domain.union import Cycle, Enterprise, Form, Side
from app.rules.calendars import load_calendar
from app.rules.pack import load_packs
from app.usecases.make_demo import read_example
from tests.documents.flat_text import flat_text

PACKS, CALENDAR = load_packs(), load_calendar()
ELECTION = Election(id="e", side=Side.WORKER, way=ElectionWay.UNION_NOMINATES, seats=2)
SURNAMES = "丁马王毛方邓石卢田史白冯刘许孙李杨汪张陈赵胡栗郭黄蔡"


def case_of(
    people: int, *, seats: int = 2, region: str = "shandong", delegates: int = 52, **more: object
) -> Case:
    return Case(
        cycle=Cycle(id="cycle", region=region, year=2026, form=Form.SINGLE),
        congress=Congress(id="congress", delegates=delegates),
        elections=(ELECTION.replace(seats=seats),),
        candidates=tuple(
            Candidate(id=str(at), election="e", name=f"{SURNAMES[at]}平") for at in reversed(range(people))
        ),
        **more,  # type: ignore[arg-type]
    )


def context_of(case: Case) -> LetterContext:
    return LetterContext(
        case=case,
        pack=PACKS.for_cycle(case.cycle),
        calendar=CALENDAR,
        on=date(2026, 3, 2),
        journal_head="ab" * 32,
    )


def made(case: Case, key: str, subject: str | None = None):
    kind = kind_named(key)
    assert kind is not None
    subjects = kind.subjects(case)
    chosen = subjects[0] if subject is None else next(each for each in subjects if each.id == subject)
    return kind.build(context_of(case), chosen)


def words(document) -> str:
    return "\n".join(plain(text) for text in texts(document.blocks))


@pytest.mark.parametrize(
    ("people", "seats", "columns", "rows"),
    [(2, 1, 2, 4), (3, 1, 2, 4), (4, 3, 2, 2), (9, 3, 2, 2), (12, 3, 2, 1)],
)
def test_a_sheet_is_cut_by_the_number_of_names(people, seats, columns, rows):
    document = made(case_of(people, seats=seats), "ballot")
    (grid,) = document.blocks
    assert isinstance(grid, Grid)
    assert (grid.columns, grid.rows, grid.count) == (columns, rows, 52)
    assert page_count(render_pdf(document)) == -(-52 // (columns * rows))


@pytest.mark.parametrize("people", [1, 4, 9, 12, 26])
def test_every_ballot_fits_its_piece(people):
    assert render_pdf(made(case_of(people, seats=3), "ballot"))


def test_a_ballot_names_candidates_by_strokes_and_carries_no_number_of_its_own():
    document = made(case_of(5, seats=3), "ballot")
    said = words(document)
    assert [said.index(f"{each}平") for each in SURNAMES[:5]] == sorted(
        said.index(f"{each}平") for each in SURNAMES[:5]
    )
    assert said.count("另选：") == 3
    assert "共印 52 张，票上没有编号" in said
    assert "画○的不超过 3 人，超过的这张票作废" in said
    pieces = set(document.blocks[0].placed())
    assert len(pieces) == 1, "no ballot may differ from another"


def test_who_is_written_in_is_counted_but_not_printed_on_ballots():
    case = case_of(2)
    case = case.with_record(
        "candidates", Candidate(id="w", election="e", name="孟平", written_in=True, in_favour=3)
    )
    assert "孟平" not in words(made(case, "ballot"))
    assert "孟平（另选）" in words(made(case, "tally"))
    assert "孟平" not in words(made(case, "candidate_list"))


def test_very_many_electors_print_one_sheet_to_be_copied():
    (grid,) = made(case_of(5, delegates=1200), "ballot").blocks
    assert grid.count == 4


def test_no_ballot_where_the_union_appoints():
    case = case_of(3)
    case = case.with_record("elections", ELECTION.replace(way=ElectionWay.UNION_APPOINTS))
    kind = kind_named("ballot")
    assert kind is not None
    assert [each.id for each in kind.subjects(case)] == [""]


def test_the_tally_tells_shares_of_all_and_what_is_left_open():
    case = case_of(2, counts=(Count(id="c", election="e", expected=52, valid=48),))
    first, second = case.candidates
    case = case.with_record("candidates", first.replace(in_favour=26))
    case = case.with_record("candidates", second.replace(in_favour=40))
    document = made(case, "tally", "c")
    said = words(document)
    assert "76.9%" in said and "恰好一半" in said
    assert "占到会人数或有效票的比例判定（《山东省企业工资集体协商条例》第8条）" in said
    assert any(
        isinstance(block, Table) and "同意（画正字）" in str(block.header) for block in document.blocks
    )


def test_the_vote_on_a_recall_is_one_question_not_a_list():
    change = Replacement(id="x", side=Side.WORKER, leaving="r", cause=LeavingCause.RECALLED, recall_count="v")
    case = case_of(
        3,
        counts=(Count(id="v", election="e", what="罢免职工方协商代表王平", expected=52),),
        representatives=(Representative(id="r", side=Side.WORKER, name="王平"),),
        replacements=(change,),
    )
    said = words(made(case, "ballot", "v"))
    assert "审议事项：罢免职工方协商代表王平" in said and "丁平" not in said
    assert "罢免（撤换）职工方协商代表提议书" in words(made(case, "recall_proposal"))


@pytest.mark.parametrize(
    ("votes", "words_of_result"),
    [(27, "同意罢免。"), (26, "恰好是全体职工代表52人的一半"), (20, "罢免没有通过。")],
)
def test_the_tally_of_a_recall_says_by_what_it_is_decided_and_what_it_came_to(votes, words_of_result):
    change = Replacement(id="x", side=Side.WORKER, leaving="r", cause=LeavingCause.RECALLED, recall_count="v")
    count = Count(id="v", what="罢免职工方协商代表王平", expected=52, present=48, valid=48, in_favour=votes)
    sheets = tuple(CountSheet(id=c.value, count="v", counter=c, teller=f"{c.label}甲") for c in Counter)
    case = case_of(
        3,
        counts=(count,),
        count_sheets=sheets,
        representatives=(Representative(id="r", side=Side.WORKER, name="王平"),),
        replacements=(change,),
    )
    told = words(made(case, "tally", "v"))
    assert "三、判定" in told and "（判定用）" in told and words_of_result in told
    assert "罢免按原来产生代表的程序表决，以赞成票占全体职工代表的比例判定" in told
    assert "第一人甲" in told and "第二人甲" in told, "who counted is named as on the two sheets"
    appointed = case.with_record("elections", case.elections[0].replace(way=ElectionWay.AREA_UNION_APPOINTS))
    assert "三、判定" not in words(made(appointed, "tally", "v")), "no text names a number of votes"


def test_who_counted_is_named_in_the_resolution_as_on_the_two_sheets():
    case = read_example("shandong-linyi-single")
    for each in case.count_sheets:
        case = case.with_record("count_sheets", each.replace(teller=f"{each.counter.label}乙"))
    assert "第一人乙" in said(case, "resolution") and "第二人乙" in said(case, "tally")


@pytest.mark.parametrize("key", ["tally", "resolution"])
def test_what_an_open_count_came_to_is_printed_as_a_draft(key):
    case = read_example("shandong-linyi-single")
    kind, subject = kind_named(key), {"tally": "count-draft", "resolution": "session-2"}[key]
    assert not made(case, key, subject).draft
    opened = case.with_record("counts", case.find("counts", "count-draft").replace(closed_on=None))
    assert made(opened, key, subject).draft
    if key == "resolution":
        assert "计票结束日期" in kind.missing(opened, Subject(subject))
        assert kind.missing(case, Subject(subject)) == ()


def test_no_recall_no_proposal():
    kind = kind_named("recall_proposal")
    assert kind is not None
    assert kind.subjects(case_of(1)) == ()
    resigned = Replacement(id="x", cause=LeavingCause.RESIGNED)
    assert kind.subjects(case_of(1, replacements=(resigned,))) == ()


@pytest.mark.parametrize("way", list(ElectionWay))
@pytest.mark.parametrize("region", [pack.key for pack in PACKS])
def test_every_way_has_its_papers_in_every_region(way, region):
    case = case_of(3, region=region, enterprise=Enterprise(id="enterprise", staff=90))
    case = case.with_record("elections", ELECTION.replace(way=way))
    for key in ("election_notice", "candidate_list", "election_result", "ballot", "tally"):
        assert made(case, key).blocks
    notice = words(made(case, "election_notice"))
    assert f"产生方式：{way.label}" in notice
    assert "待核" not in notice and "没有写" not in notice, (
        "what is only said about a text is not for the board"
    )


def test_the_notice_in_shandong_tells_numbers_and_days_with_their_articles():
    said = words(made(case_of(2), "election_notice"))
    assert "职工方代表中的一线职工不少于1/3（《山东省企业工资集体协商条例》第7条）" in said
    assert "自代表确定之日起5日内公布（《山东省企业工资集体协商条例》第11条）" in said
    nothing_laid_down = words(made(case_of(2, region="national"), "election_notice"))
    assert "一线职工" not in nothing_laid_down and "内公布" not in nothing_laid_down


def test_a_by_election_has_its_own_papers():
    case = case_of(2)
    case = case.with_record(
        "elections", Election(id="f", side=Side.WORKER, way=ElectionWay.UNION_NOMINATES, seats=1)
    )
    case = case.with_record("candidates", Candidate(id="n", election="f", name="孟平"))
    kind = kind_named("candidate_list")
    assert kind is not None
    assert [(each.id, each.title) for each in kind.subjects(case)] == [
        ("e", "首次推选"),
        ("f", "第 1 次补选"),
    ]
    assert "孟平" in words(kind.build(context_of(case), Subject("f"))) and "孟平" not in words(
        made(case, "candidate_list")
    )


def test_cuts_grow_with_the_list():
    assert [cut_for(rows).columns * cut_for(rows).rows for rows in (1, 4, 5, 12, 13, 30, 31, 200)] == [
        8, 8, 4, 4, 2, 2, 1, 1,
    ]  # fmt: skip


REASON = "1 人中途离场，票没有投"


def said(case: Case, key: str) -> str:
    """What all papers of a kind say."""
    kind = kind_named(key)
    assert kind is not None
    return "\n".join(flat_text(kind.build(context_of(case), subject)) for subject in kind.subjects(case))


@pytest.mark.parametrize("link", ["agreement", "session"])
@pytest.mark.parametrize("key", ["tally", "resolution", "filing_form"])
def test_why_numbers_do_not_agree_goes_with_the_count_wherever_it_is_told(key: str, link: str) -> None:
    """The statement goes to the authority with the filing form; the resolution is what the congress said."""
    case = read_example("shandong-linyi-single")
    count = case.find("counts", "count-draft").replace(returned=47, valid=46, against=3, note=REASON)
    if link == "session":
        count = count.replace(agreement="")
    told = said(case.with_record("counts", count), key)
    both = 2 if key == "filing_form" else 1  # the form, and the statement that goes with it
    assert told.count(f"数字不齐的说明：{REASON}。") == both
    assert REASON not in said(case.with_record("counts", count.replace(note="")), key)


def test_the_reason_of_an_election_stands_on_its_tally_and_resolution_and_in_the_statement() -> None:
    case = read_example("shandong-linyi-single")
    count = case.find("counts", "count-election").replace(returned=46, valid=45, note=REASON)
    for key in ("tally", "resolution", "filing_form"):
        assert REASON in said(case.with_record("counts", count), key)


def test_the_tally_of_an_election_has_room_for_every_number_that_is_counted() -> None:
    case = case_of(3, counts=(Count(id="c", election="e", printed=60, issued=52, unused=8),))
    told = said(case, "tally")
    for name in ("印制（张）", "发出（张）", "余票（张）", "收回（张）", "有效（张）", "无效（张）"):
        assert name in told
    assert "60" in told and "8" in told


def test_the_resolution_of_an_election_names_who_has_a_seat_and_whom_the_seats_left_out() -> None:
    votes = (50, 45, 40, 10)
    case = case_of(4, seats=2, delegates=60)
    people = tuple(
        each.replace(in_favour=number, against=55 - number, abstained=0)
        for each, number in zip(case.candidates, votes, strict=True)
    )
    session = Session(id="s", name="职代会", purpose=Purpose.ELECT_REPRESENTATIVES, expected=60, present=55)
    case = dataclasses.replace(
        case,
        candidates=people,
        sessions=(session,),
        elections=(case.elections[0].replace(session="s"),),
        counts=(Count(id="c", election="e", session="s", valid=55),),
    )
    told = said(case, "resolution")
    first, second, third, last = (each.name for each in people)
    assert (
        f"为职工方协商代表：{second}、{first}。" in told or f"为职工方协商代表：{first}、{second}。" in told
    )
    assert f"{third}也得到过半数赞成，名额已满，没有当选。" in told
    assert f"{last}的赞成票没有达到全体职工代表的一半，没有通过。" in told
    tied = case.with_record("candidates", people[2].replace(in_favour=45, against=10))
    assert "得票相同" in said(tied, "resolution")


def test_the_list_for_a_vote_by_name_calls_everybody_and_never_tells_how_they_voted() -> None:
    case = read_example("shandong-linyi-single")
    assert kind_named("named_list").subjects(case) == (), "no roster, nobody to call"
    people = tuple(
        Delegate(id=str(at), name=f"{name}平", department="一车间") for at, name in enumerate(SURNAMES)
    )
    blank = dataclasses.replace(case, delegates=people)
    votes = tuple(
        NamedVote(id=each.id, count="count-draft", delegate=each.id, vote=Mark.AGAINST) for each in people
    )
    entered = dataclasses.replace(blank, named_votes=votes)
    told = said(blank, "named_list")
    assert all(each.name in told for each in people)
    assert said(entered, "named_list") == told
