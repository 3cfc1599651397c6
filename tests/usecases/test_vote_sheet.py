"""The vote as it stands on the tally: sums beside their rows, thresholds from the pack, a second vote."""

from __future__ import annotations

from datetime import date

from app.bootstrap import make_program
from app.domain.case import Case
from app.domain.congress import Purpose, Session
from app.domain.representatives import Count
from app.domain.union import Cycle
from app.rules.ground import Ground
from app.usecases.vote_sheet import attendance_of, draft_votes, second_session, starting_count, vote_sheet

PROGRAM = make_program()
SESSION = Session(
    id="s", purpose=Purpose.DELIBERATE_DRAFT, held_on=date(2026, 4, 29), expected=52, present=48
)
COUNT = Count(
    id="c",
    session="s",
    expected=52,
    present=48,
    issued=48,
    returned=48,
    valid=47,
    invalid=1,
    in_favour=41,
    against=4,
    abstained=2,
)


def told(count: Count, session: Session | None = SESSION):
    case = Case(cycle=Cycle(id="cycle", region="shandong", year=2026))
    pack = PROGRAM.pack_or_national(case)
    ground = Ground(case, pack, PROGRAM.packs.national, PROGRAM.calendar, date(2026, 5, 1))
    return vote_sheet(ground, session, count)


def test_a_count_that_closes_says_so_beside_each_row() -> None:
    sheet = told(COUNT)
    assert sheet.checks["validity"].words == "合计 48 张，等于收回"
    assert sheet.checks["votes"].words == "合计 47 票，等于有效"
    assert [check.state for check in sheet.checks.values()] == ["", "met", "met", "met"]
    assert (sheet.result, sheet.result_state, sheet.failed) == ("通过", "met", False)


def test_the_needed_numbers_are_of_all_delegates() -> None:
    quorum, passing = told(COUNT).thresholds
    assert (quorum.number, quorum.state) == ("35", "met")
    assert (passing.number, passing.state) == ("27", "met")
    assert "《鲁工资》27条" in passing.article


def test_numbers_that_do_not_agree_stand_beside_their_row() -> None:
    sheet = told(COUNT.replace(invalid=2))
    assert sheet.checks["validity"].state == "must"
    assert "不等于收回 48" in sheet.checks["validity"].words
    assert told(COUNT.replace(returned=47, valid=46, in_favour=40)).checks["ballots"].state == "explain"


def test_exactly_half_and_too_few_present_do_not_pass() -> None:
    half = told(COUNT.replace(in_favour=26, against=19))
    assert half.failed and half.result_state == "explain"
    few = told(
        COUNT.replace(present=34, issued=34, returned=34, valid=34, invalid=0, in_favour=30, against=2)
    )
    assert few.failed and few.result == "到会不够"


def test_the_sign_in_sheet_follows_the_tally_until_it_is_written_apart() -> None:
    followed = attendance_of(SESSION, COUNT, "present", 47)
    assert followed is not None and followed.present == 47
    assert attendance_of(SESSION.replace(present=40), COUNT, "present", 47) is None
    assert attendance_of(SESSION, COUNT, "valid", 40) is None
    assert told(COUNT, SESSION.replace(present=40)).checks["attendance"].state == "explain"


def test_votes_are_those_on_drafts_each_with_its_count() -> None:
    second = Session(id="s2", **second_session(SESSION))
    elected = Session(id="e", purpose=Purpose.ELECT_REPRESENTATIVES)
    case = Case(
        sessions=(elected, SESSION, second), counts=(Count(id="x", session="e", election="el"), COUNT)
    )
    assert [(s and s.id, c and c.id) for s, c in draft_votes(case)] == [("s", "c"), ("s2", None)]
    assert second.failed_before is True
    assert starting_count(SESSION)["expected"] == 52
