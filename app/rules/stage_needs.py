"""What a stage needs before it can begin, one by one: how far each is, what is known of it, where to go for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.case import Case
from app.domain.congress import Body, Purpose
from app.domain.facts import Choice, join_names
from app.domain.negotiation import RoundResult
from app.domain.offer import Conclusion
from app.domain.offer_links import offer_deliveries
from app.domain.representatives import Role
from app.domain.stages import Stage
from app.domain.survey import TopicDecision
from app.domain.union import Side
from app.rules.counting import count_out
from app.rules.findings import Where, cite
from app.rules.ground import Ground
from app.rules.record_names import some_names
from app.rules.terms import Term
from app.rules.thresholds import is_reached, least_of, share_words

_SEARCHED_DAYS = 40


class Readiness(Choice):
    """How far something a stage needs is; the values are names of state shapes."""

    DONE = "done", "有了"
    NOW = "now", "进行中"
    WAITING = "waiting", "等对方"
    MISSING = "missing", "还没有"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Something that can be done from here.

    Attributes:
        words: words of the button, at most ten characters.
        stage, step: a page and, if known, its step.
        begins: the collection whose first record is added there, in that step; empty: nothing is added.
        where: a field instead.
        fact: the field to go to when beginning.
        paper: kind of the paper that is to be printed blank.
    """

    words: str
    stage: Stage | None = None
    step: str = ""
    where: Where | None = None
    fact: str = ""
    begins: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One precondition: how far it is, what is known, and its own action or a remark."""

    state: Readiness
    name: str
    words: str
    remark: str = ""
    way: Way | None = None


def suggested_session(ground: Ground, notice: Term | None) -> date:
    """Return a workday on which the congress can meet: after the last meeting, with room for the notice.

    The notice goes out on the first workday after the draft is agreed; two days are left for delays.
    """
    ready = max([ground.on, *_meeting_days(ground), *_agreed_days(ground.case)])
    noticed = _workday(ground, ready + timedelta(days=1))
    day = _workday(ground, noticed + timedelta(days=(notice.amount if notice else 0) + 2))
    for _ in range(_SEARCHED_DAYS):
        due = count_out(notice, day, ground.calendar) if notice else None
        if due is None or noticed <= (due.advised or due.nominal):
            return day
        day = _workday(ground, day + timedelta(days=1))
    return day


def topics_need(ground: Ground) -> Need:
    """The topics that go into the offer."""
    topics = [each for each in ground.case.topics if each.name]
    offered = [each for each in topics if each.decision is TopicDecision.OFFERED]
    if offered:
        words = f"{len(offered)} 项列入要约：{some_names(each.name for each in offered)}"
        return Need(state=Readiness.DONE, name="议题", words=words)
    undecided = sum(each.decision is None for each in topics)
    state = f"{undecided} 项还没写处理" if undecided else "都没有列入要约"
    words = f"{len(topics)} 项，{state}" if topics else "还没有"
    return Need(
        state=Readiness.NOW if topics else Readiness.MISSING,
        name="议题",
        words=words,
        way=go(Stage.SURVEY, "去定议题", "topics"),
    )


def electors_need(ground: Ground) -> Need:
    """Who may vote: the number of delegates, or of all staff."""
    case = ground.case
    number, voters = everyone_in(case), voters_in(case)
    name = "职工人数" if case.congress.body is Body.ALL_STAFF else "职工代表名单"
    if number:
        words = f"{number} 名" if voters != "职工" else f"{number} 人"
        return Need(
            state=Readiness.DONE,
            name=name,
            words="，".join(part for part in (words, case.congress.term_name) if part),
        )
    return Need(
        state=Readiness.MISSING,
        name=name,
        words=f"还没写总数。表决看全体{voters}，不看到会的人",
        way=Way(words="写代表总数", where=Where("congress", "congress", "delegates")),
    )


def chief_need(ground: Ground, side: Side) -> Need:
    """The people of a side and their chief."""
    people = ground.milestones.sitting(side)
    chiefs = [each.name for each in people if each.role is Role.CHIEF and each.name]
    name = f"{side.label}代表"
    if chiefs:
        words = f"{len(people)} 名，首席代表 {join_names(chiefs)}"
        return Need(state=Readiness.DONE, name=name, words=words)
    step = "workers" if side is Side.WORKER else "employers"
    return Need(
        state=Readiness.NOW if people else Readiness.MISSING,
        name=name,
        words=f"{len(people)} 名，还没定首席代表" if people else "还没有",
        way=go(Stage.REPRESENTATIVES, "去写名单", step),
    )


def reply_need(ground: Ground) -> Need:
    """The employer's answer to the offer."""
    case = ground.case
    name = "企业方答复"
    if any(each.conclusion in (Conclusion.AGREE, Conclusion.PARTLY) for each in case.replies):
        day = next((each.replied_on for each in case.replies if each.replied_on), None)
        return Need(
            state=Readiness.DONE, name=name, words=f"{ground.day(day)}同意协商" if day else "同意协商"
        )
    if case.replies:
        return Need(
            state=Readiness.NOW,
            name=name,
            words="已经答复，还没有同意协商",
            way=go(Stage.OFFER, "去看答复", "reply"),
        )
    got = [each.received_on for _, each in offer_deliveries(case) if each.received_on is not None]
    if not got:
        return Need(
            state=Readiness.MISSING,
            name=name,
            words=f"{ground.pack.wording.offer}还没送达",
            way=go(Stage.OFFER, "去登记送达", "deliver"),
        )
    start = max(got)
    term = ground.term("reply_due", start)
    due = count_out(term, start, ground.calendar) if term is not None else None
    last = f"，最迟 {ground.day(due.holiday_reading)}答复" if due is not None else ""
    return Need(state=Readiness.WAITING, name=name, words=f"{ground.day(start)}送达{last}", remark="等企业方")


def recorder_need(ground: Ground) -> Need:
    """The recorder both sides agree on."""
    names = [each.name for each in ground.case.recorders if each.name]
    return Need(
        state=Readiness.DONE if names else Readiness.MISSING,
        name="记录员",
        words=join_names(names) if names else "还没定。由双方共同确定，不能是协商代表",
        way=None if names else go(Stage.REPRESENTATIVES, "去写记录员", "others"),
    )


def draft_need(ground: Ground) -> Need:
    """The draft: agreed, still bargained about, or not begun."""
    case = ground.case
    agreed = _agreed_days(case)
    meetings = ground.milestones.meetings
    if agreed:
        words = f"{ground.day(max(agreed))}谈定，{len(case.clauses)} 条"
        return Need(state=Readiness.DONE, name="合同草案", words=words)
    if not meetings:
        return Need(state=Readiness.MISSING, name="合同草案", words="还没有开始协商")
    topics = {each.topic for each in case.positions if each.topic}
    settled = {each.topic for each in case.positions if each.topic and each.result is RoundResult.AGREED}
    last = meetings[-1]
    round_ = f"第 {last.number} 次会议" if last.number else "最近一次会议"
    words = f"{round_} {ground.short(last.held_on)}" if last.held_on else round_
    if topics:
        words = f"{len(topics)} 项议题谈定 {len(settled)} 项，{words}"
    coming = last.held_on is not None and last.held_on > ground.on
    return Need(
        state=Readiness.NOW, name="合同草案", words=words, remark=f"等{round_}" if coming else "正在谈"
    )


def passed_need(ground: Ground) -> Need:
    """Whether the congress passed the draft, by the numbers of its count."""
    name = "职代会通过"
    term = ground.term("congress_pass")
    for session in reversed(ground.milestones.sessions(Purpose.DELIBERATE_DRAFT)):
        vote = ground.milestones.vote_of(session)
        base = ground.milestones.base_of(session, vote)
        if vote is None or vote.in_favour is None or not base or term is None:
            continue
        day = f"{ground.day(session.held_on)}" if session.held_on else ""
        words = f"{day}赞成 {vote.in_favour} 票，全体 {base} 人"
        if is_reached(term, vote.in_favour, base):
            return Need(state=Readiness.DONE, name=name, words=words)
        return Need(
            state=Readiness.NOW,
            name=name,
            words=f"{words}，还没有通过",
            way=go(Stage.CONGRESS, "去看表决", "vote"),
        )
    held = ground.milestones.sessions(Purpose.DELIBERATE_DRAFT)
    if held and held[-1].held_on is not None:
        words, state = f"会议 {ground.day(held[-1].held_on)}，还没有计票", Readiness.NOW
    else:
        words, state = "还没有审议草案", Readiness.MISSING
    return Need(state=state, name=name, words=words)


def in_force_need(ground: Ground) -> Need:
    """Whether the agreement is in force, and from which day."""
    name = "合同生效"
    for path in ground.milestones.paths:
        term = ground.term("effective", path.filing.received_on if path.filing else None)
        if term is None:
            continue
        effect = ground.milestones.effect(path, term.amount)
        if effect.on is not None:
            over = effect.on <= ground.on
            return Need(
                state=Readiness.DONE if over else Readiness.WAITING,
                name=name,
                words=f"{ground.day(effect.on)}生效"
                if over
                else f"没有异议的话，{ground.day(effect.on)}生效",
                remark="" if over else "等人社审查",
            )
        if effect.objection:
            return Need(
                state=Readiness.NOW,
                name=name,
                words="人社提出异议，还没有重新报送",
                way=go(Stage.FILING, "去看审查意见", "file"),
            )
    signed = [each.signed_on for each in ground.case.signings if each.signed_on]
    words = f"{ground.day(max(signed))}签字，还没有报送" if signed else "还没有签字"
    return Need(state=Readiness.NOW if signed else Readiness.MISSING, name=name, words=words)


def vote_tip(ground: Ground) -> str:
    """要有全体 42 名代表过半数赞成，至少 22 票；到会至少三分之二，28 人。"""
    number = everyone_in(ground.case)
    passing, quorum = ground.term("congress_pass"), ground.term("congress_quorum")
    who = "职工" if voters_in(ground.case) == "职工" else "代表"
    if passing is None:
        return SILENT_TIP
    if not number:
        return f"通过要看全体{who}，不看到会的人（{cite(passing.sources)}）。"
    unit = "人" if who == "职工" else "名"
    word = ground.word("congress_pass")
    least = "按超过一半算，至少" if word.endswith("以上") else "至少"
    said = f"要有全体 {number} {unit}{who}{word}赞成，{least} {least_of(passing, number)} 票"
    if quorum is not None:
        said += f"；到会至少{share_words(quorum).removesuffix('以上')}，{least_of(quorum, number)} 人"
    return said + "。"


ENTERPRISE_NAME = Where("enterprise", "enterprise", "name")
SILENT_TIP = "法规未规定，以当地窗口要求为准。"


def begin(stage: Stage, words: str, step: str, collection: str) -> Way:
    """Begin a stage by adding the first record of a collection, in the step where it is written first."""
    return Way(words=words, stage=stage, step=step, begins=collection)


def go(stage: Stage, words: str, step: str = "") -> Way:
    """Go to another page, and to its step if one is named."""
    return Way(words=words, stage=stage, step=step)


def fill(stage: Stage) -> Way:
    """Show the empty forms of a stage."""
    return Way(words="先填起来", stage=stage)


def amount_words(term: Term) -> str:
    """Return ``10 日`` with the space a number has before its unit."""
    return f"{term.amount} {term.unit.label}"


def everyone_in(case: Case) -> int | None:
    """Return all who may vote: the delegates by number or by roster, the staff where all of them decide."""
    if case.congress.body is Body.ALL_STAFF:
        return staff_in(case)[0]
    return case.congress.delegates or len(case.delegates) or None


def voters_in(case: Case) -> str:
    """Who votes here, in words."""
    return "职工" if case.congress.body is Body.ALL_STAFF else "职工代表"


def staff_in(case: Case) -> tuple[int | None, str]:
    """The staff the case covers, and whose they are, in words."""
    if case.covered_enterprises:
        known = [each.staff for each in case.covered_enterprises]
        if all(number is not None for number in known):
            return sum(number or 0 for number in known), f"，{len(known)} 家企业"
        return None, ""
    return case.enterprise.staff, ""


def _agreed_days(case: Case) -> list[date]:
    return [each.agreed_on for each in case.agreements if each.agreed_on is not None]


def _meeting_days(ground: Ground) -> list[date]:
    return [each.held_on for each in ground.milestones.meetings if each.held_on is not None]


def _workday(ground: Ground, day: date) -> date:
    for _ in range(_SEARCHED_DAYS):
        if ground.calendar.is_workday(day):
            return day
        day += timedelta(days=1)
    return day
