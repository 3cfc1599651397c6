"""Stage 5: the draft before the congress or all staff, and what becomes public (law.md D, I)."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.congress import Purpose, Session
from app.rules.checks.due import late_finding, late_findings, told
from app.rules.checks.progress import is_signed
from app.rules.findings import Deadline, Finding, Grade, Hardness, Verdict, Where
from app.rules.ground import Found, Ground
from app.rules.milestones import AgreementPath
from app.rules.thresholds import WORDS_DIFFER


def draft_sign(ground: Ground) -> Found:
    """The chiefs sign the draft before it is deliberated (规定 34; 鲁劳合 39)."""
    found: Found = None
    for path in ground.milestones.paths:
        held = _held(ground, path)
        if not held or path.agreement is None:
            continue
        found = found if found is not None else []
        first, signed = held[0], path.agreement.draft_signed_on
        where = Where("agreements", path.id, "draft_signed_on")
        if signed is None:
            found.append(
                ground.finding(
                    "draft_sign", Grade.EXPLAIN, where, "草案已经审议，没有登记双方首席在草案上签字的日期"
                )
            )
        elif first.held_on is not None and signed > first.held_on:
            found.append(
                ground.finding(
                    "draft_sign",
                    Grade.MUST,
                    where,
                    f"草案{ground.day(signed)}才由双方首席签字，审议是{ground.day(first.held_on)}",
                    past_mending=True,
                )
            )
    return found


def congress_required(ground: Ground) -> Found:
    """No signature without deliberation (劳动合同法 51)."""
    found: Found = None
    for path in ground.milestones.paths:
        signing = path.signing
        if signing is None or signing.signed_on is None or signing.signed_on > ground.on:
            continue
        found = found if found is not None else []
        held = [each for each in path.sessions if each.held_on is not None]
        where = Where("signings", signing.id, "signed_on")
        if not held:
            found.append(
                ground.finding(
                    "congress_required",
                    Grade.MUST,
                    where,
                    f"{ground.day(signing.signed_on)}签了字，没有职代会或职工大会审议草案的记录",
                    past_mending=bool(path.filing),
                )
            )
        elif all((each.held_on or signing.signed_on) > signing.signed_on for each in held):
            first = held[0].held_on
            found.append(
                ground.finding(
                    "congress_required",
                    Grade.MUST,
                    where,
                    f"{ground.day(signing.signed_on)}签了字，{ground.day(first) if first else ''}才审议草案",
                    past_mending=True,
                )
            )
    return found


def congress_notice(ground: Ground) -> Found:
    """The agenda is made public in time (鲁厂务 12)."""
    due = ground.due("congress_notice")
    if not due:
        return None
    return _found(
        late_finding(ground, each, lambda due: f"{_session_name(ground, due)}{_sent(ground, due)}")
        for each in due
    )


def _sent(ground: Ground, due: Deadline) -> str:
    if due.where.fact == "materials_sent_on":
        return told(ground, due, due.what)
    return f"的议程{told(ground, due, '公开')}"


def congress_quorum(ground: Ground) -> Found:
    """Two thirds of all delegates or staff present, compared in whole numbers."""
    term = ground.term("congress_quorum")
    found: Found = None
    for session in _deciding(ground):
        vote = ground.milestones.vote_of(session)
        base = ground.milestones.base_of(session, vote)
        present = session.present if session.present is not None else (vote.present if vote else None)
        if term is None or base is None or present is None:
            continue
        found = found if found is not None else []
        if term.per * present < term.amount * base:
            found.append(
                ground.finding(
                    "congress_quorum",
                    Grade.MUST,
                    Where("sessions", session.id, "present"),
                    f"{session.name or '职代会'}应到 {base} 人，实到 {present} 人，"
                    f"不足{term.amount}/{term.per}",
                    sources=term.sources,
                    past_mending=is_signed(ground),
                )
            )
    return found


def congress_pass(ground: Ground) -> Found:
    """More than half of all, not of those present; exactly half is told apart (law.md C4, K)."""
    term = ground.term("congress_pass")
    if term is None:
        return None
    found: Found = None
    for path in ground.milestones.paths:
        held = _held(ground, path)
        if not held:
            continue
        last = held[-1]
        vote = ground.milestones.vote_of(last)
        base = ground.milestones.base_of(last, vote)
        signed = path.signing is not None
        if vote is None or vote.in_favour is None or base is None:
            if signed:
                found = [*(found or []), _uncounted(ground, last)]
            continue
        found = found if found is not None else []
        if 2 * vote.in_favour > base:
            continue
        exact = 2 * vote.in_favour == base
        if not exact and not signed:
            continue  # a draft that failed is no fault; congress_revote tells what comes next
        found.append(
            ground.finding(
                "congress_pass",
                Grade.EXPLAIN if exact else Grade.MUST,
                Where("counts", vote.id, "in_favour"),
                f"赞成 {vote.in_favour} 票，全体 {base} 人，"
                + (f"恰好一半；{WORDS_DIFFER}" if exact else "没有达到一半，合同已经签字"),
                sources=term.sources,
                past_mending=not exact and bool(path.filing),
            )
        )
    return found


def _uncounted(ground: Ground, session: Session) -> Finding:
    return ground.finding(
        "congress_pass",
        Grade.EXPLAIN,
        Where("sessions", session.id),
        f"合同已经签字，{session.name or '审议会议'}没有登记应到人数和赞成票数",
        more="uncounted",
    )


def congress_revote(ground: Ground) -> Found:
    """A draft that failed: what comes next, and whether it came in time."""
    found = late_findings(
        ground, "congress_revote", lambda each: f"{each.event}，{told(ground, each, '再交表决')}"
    )
    term = ground.term("congress_revote")
    again = f"{term.spoken}内" if term is not None else ""
    for path in ground.milestones.paths:
        held = _held(ground, path)
        vote = ground.milestones.vote_of(held[-1]) if held else None
        base = ground.milestones.base_of(held[-1], vote) if held else None
        if vote is None or vote.in_favour is None or base is None:
            continue
        found = found if found is not None else []
        if 2 * vote.in_favour < base and path.signing is None:
            found.append(
                ground.finding(
                    "congress_revote",
                    Grade.NOTE,
                    Where("sessions", held[-1].id),
                    f"{held[-1].name or '职代会'}赞成 {vote.in_favour} 票，没有过全体 {base} 人的一半；"
                    f"双方重新协商修改以后，{again}再交一次表决",
                )
            )
    return found


def congress_result_publish(ground: Ground) -> Found:
    """The decision is public in time and long enough (鲁厂务 12)."""
    due = ground.due("congress_result_publish")
    if not due:
        return None
    found: list[Finding | None] = []
    for each in due:
        if each.variant != "hang":
            found.append(
                late_finding(
                    ground, each, lambda due: f"{_session_name(ground, due)}的决议{told(ground, due, '公开')}"
                )
            )
        elif each.verdict is Verdict.SHORT and each.start and each.actual and each.due:
            found.append(
                ground.finding(
                    "congress_result_publish",
                    Grade.MUST if each.hardness is Hardness.HARD else Grade.EXPLAIN,
                    each.where,
                    f"决议{ground.day(each.start)}公开，{ground.day(each.actual)}撤下，"
                    f"应挂到{ground.day(each.due)}，少 {each.late_by} 日",
                    why=each.why,
                    sources=each.sources,
                    past_mending=each.due <= ground.on and each.hardness is Hardness.HARD,
                    more="hang",
                )
            )
    return _found(found)


def reg_vote(ground: Ground) -> Found:
    """How an area votes: nothing laid down nationally; a hint with what the program then takes."""
    if not ground.milestones.is_regional:
        return None
    held = [each for path in ground.milestones.paths for each in _held(ground, path)]
    if not held or not ground.silent("reg_vote"):
        return [] if held else None
    text = ground.rule("reg_vote")
    below = ground.pack.origin(text.region) if text is not None else ground.pack
    pending = ground.pack.is_pending("reg_vote", ground.kind, ground.form)
    unread = f"，{ground.pack.name}的条文没有读到、待核" if pending else ""
    return [
        ground.finding(
            "reg_vote",
            Grade.NOTE,
            Where("sessions", held[-1].id),
            f"{ground.form.label}合同怎样表决，{below.name}的条文没有规定{unread}；"
            "按区域、行业职代会三分之二以上到会、全体半数以上同意处理",
        )
    ]


def _deciding(ground: Ground) -> list[Session]:
    return [
        each
        for purpose in (Purpose.DELIBERATE_DRAFT, Purpose.TERMINATE)
        for each in ground.milestones.sessions(purpose)
        if each.held_on is not None and each.held_on <= ground.on
    ]


def _held(ground: Ground, path: AgreementPath) -> list[Session]:
    return [each for each in path.sessions if each.held_on is not None and each.held_on <= ground.on]


def _session_name(ground: Ground, due: Deadline) -> str:
    session = ground.case.find("sessions", due.where.record_id)
    return session.name if session is not None and session.name else "职代会"


def _found(made: Iterable[Finding | None]) -> list[Finding]:
    return [each for each in made if each is not None]
