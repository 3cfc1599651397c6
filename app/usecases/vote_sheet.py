"""A vote on a draft as it stands on the tally: what was counted, whether it agrees, what is needed, what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.case import Case
from app.domain.congress import Purpose, Session
from app.domain.representatives import Count
from app.domain.voters import all_voters
from app.figures.person_votes import is_on_draft
from app.figures.tallies import Outcome, close_count, gaps_of, outcome, ratios
from app.rules.findings import cite
from app.rules.ground import Ground
from app.rules.thresholds import WORDS_DIFFER, is_half, is_reached, least_of, share_words

ROWS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("attendance", "到会", ("expected", "present")),
    ("ballots", "发票", ("printed", "issued", "unused")),
    ("validity", "清点", ("returned", "valid", "invalid")),
    ("votes", "得票", ("in_favour", "against", "abstained")),
)
"""Rows of the tally: key, heading, facts of the count."""


@dataclass(frozen=True, slots=True)
class RowCheck:
    """What is said beside a row: ``state`` names a shape (met, must, explain), empty while nothing can be said."""

    state: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A number that must be reached: ``number`` of ``unit``; ``words`` how it comes about, ``article`` from where."""

    label: str
    number: str
    unit: str
    state: str
    words: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteSheet:
    """One vote.

    Attributes:
        checks: by key of the row. thresholds: quorum and majority, as the pack has them.
        result: in words, ``""`` while it cannot be told; result_state: its shape; result_words: the share behind.
        failed: the draft did not pass, so a second vote may follow.
        shares: the three ratios in one sentence that says which one decides.
    """

    checks: dict[str, RowCheck]
    thresholds: tuple[Threshold, ...]
    result: str
    result_state: str
    result_words: str
    failed: bool
    shares: str = ""


def draft_votes(case: Case) -> tuple[tuple[Session | None, Count | None], ...]:
    """Return the votes on drafts and terminations, each session with its count, in the order of the year."""
    sessions = [
        each for each in case.sessions if each.purpose in (None, Purpose.DELIBERATE_DRAFT, Purpose.TERMINATE)
    ]
    found: list[tuple[Session | None, Count | None]] = []
    drafts = [each for each in case.counts if is_on_draft(case, each)]
    for session in sessions:
        counted = [each for each in drafts if each.session == session.id]
        found += [(session, each) for each in counted] or [(session, None)]
    listed = {count.id for _, count in found if count is not None}
    elsewhere = {each.id for each in case.sessions}
    found += [
        (None, each)
        for each in drafts
        if each.id not in listed and not each.election and each.session not in elsewhere
    ]
    return tuple(found)


def starting_count(session: Session) -> dict[str, object]:
    """Return what a count starts with: what the session already says."""
    known: dict[str, object] = {"session": session.id, "agreement": session.agreement}
    known |= {"counted_on": session.held_on, "expected": session.expected, "present": session.present}
    return known


def second_session(session: Session) -> dict[str, object]:
    """Return what the session of a second vote starts with."""
    return {
        "purpose": session.purpose or Purpose.DELIBERATE_DRAFT,
        "agreement": session.agreement,
        "failed_before": True,
        "place": session.place,
    }


def attendance_of(session: Session | None, count: Count, fact: str, value: int | None) -> Session | None:
    """Return the session with the number of its sign-in sheet, where that follows the tally; else ``None``.

    The tally and the sign-in sheet say the same two numbers. One that was written apart stays as it is.
    """
    if session is None or fact not in ("expected", "present"):
        return None
    if getattr(session, fact) not in (None, getattr(count, fact)):
        return None
    return session.replace(**{fact: value})


def vote_sheet(ground: Ground, session: Session | None, count: Count) -> VoteSheet:
    """Return the checks, thresholds and result of one vote under the region's rules."""
    everyone = count.expected or (session.expected if session else None) or all_voters(ground.case)
    present = count.present if count.present is not None else (session.present if session else None)
    checks = {key: _row_check(count, facts) for key, _, facts in ROWS}
    checks["attendance"] = _attendance_check(session, count) or checks["attendance"]
    thresholds = _thresholds(ground, everyone, present, count.in_favour)
    result, state, words, failed = _result(ground, count, everyone, present)
    return VoteSheet(
        checks=checks,
        thresholds=thresholds,
        result=result,
        result_state=state,
        result_words=words,
        failed=failed,
        shares=_shares(count, everyone, present),
    )


def _shares(count: Count, everyone: int | None, present: int | None) -> str:
    told = ratios(count.in_favour, everyone=everyone, present=present, valid=count.valid)
    if None in (told.of_all, told.of_present, told.of_valid):
        return ""
    others = f"占到会 {told.of_present}%、占有效票 {told.of_valid}% 只供参考"
    return f"赞成占全体 {told.of_all}%，判定只看这一个；{others}。"


def _row_check(count: Count, facts: tuple[str, ...]) -> RowCheck:
    wrong = next((each for each in close_count(count) if _belongs(each.facts, facts)), None)
    if wrong is not None:
        return RowCheck("must", wrong.words)
    gap = next(
        (each for each in gaps_of(count) if each.facts[-1 if facts[0] == "printed" else 0] in facts), None
    )
    if gap is not None:
        return RowCheck(
            "met" if count.note else "explain", gap.words + ("，已写说明" if count.note else "，写一句为什么")
        )
    values = {fact: getattr(count, fact) for fact in facts}
    if facts[0] == "printed" and count.issued is not None and count.issued == count.returned:
        whole = "" if None in values.values() else "，余票对得上"
        return RowCheck("met", f"发出的都收回了{whole}")
    if None in values.values():
        return RowCheck()
    if facts[0] == "returned":
        return RowCheck("met", f"合计 {values['valid'] + values['invalid']} 张，等于收回")
    if facts[0] == "in_favour" and count.valid is not None:
        return RowCheck("met", f"合计 {sum(values.values())} 票，等于有效")
    return RowCheck()


def _belongs(wrong: tuple[str, ...], facts: tuple[str, ...]) -> bool:
    """A mismatch stands beside the row of the number that is to be looked at first."""
    return wrong[0] in facts


def _attendance_check(session: Session | None, count: Count) -> RowCheck | None:
    if session is None:
        return None
    for fact, name in (("expected", "应到"), ("present", "实到")):
        signed, counted = getattr(session, fact), getattr(count, fact)
        if signed is not None and counted is not None and signed != counted:
            return RowCheck("explain", f"签到表{name} {signed} 人，计票单 {counted} 人")
    return None


def _thresholds(
    ground: Ground, everyone: int | None, present: int | None, in_favour: int | None
) -> tuple[Threshold, ...]:
    if not everyone:
        return ()
    found = []
    for rule, label, unit, number, whose in (
        ("congress_quorum", "到会至少", "人", present, "实到"),
        ("congress_pass", "赞成至少", "票", in_favour, "赞成"),
    ):
        term = ground.term(rule)
        if term is None:
            continue
        reached = number is not None and is_reached(term, number, everyone)
        words = share_words(term, ground.word(rule))
        half = is_half(term) and number is not None and 2 * number == everyone
        if number is not None:
            words += f"，{whose} {number} {unit}"
        found.append(
            Threshold(
                label=f"全体 {everyone} 人，{label}",
                number=str(least_of(term, everyone)),
                unit=unit,
                state="" if number is None else "met" if reached else "explain" if half else "must",
                words=words,
                article=cite(term.sources),
            )
        )
    return tuple(found)


def _result(
    ground: Ground, count: Count, everyone: int | None, present: int | None
) -> tuple[str, str, str, bool]:
    if count.in_favour is None or not everyone:
        return "", "", "", False
    came = outcome(count.in_favour, everyone)
    shares = ratios(count.in_favour, everyone=everyone, present=present, valid=count.valid)
    words = f"占全体 {shares.of_all}%" if shares.of_all is not None else ""
    if shares.of_present is not None:
        words += f"，占到会 {shares.of_present}%"
    quorum = ground.term("congress_quorum")
    if quorum is not None and present is not None and not is_reached(quorum, present, everyone):
        return "到会不够", "must", "到会的人不够，表决不能算数", True
    if came is Outcome.PASSED:
        return came.label, "met", words, False
    if came is Outcome.EXACTLY_HALF:
        return came.label, "explain", f"{words}；{WORDS_DIFFER}，算不算通过看当地条文", True
    return came.label, "must", words, True
