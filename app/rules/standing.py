"""Where each stage of a case stands, and the one thing to do next: two tables over the facts.

Custom, not law: which fact opens or ends a stage is how the year is worked, the statutory order being looked after
by the checks. The words name no document; ``{offer}``, ``{reminder}`` and ``{agreement}`` are filled in from the region's
wording.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.domain.case import Case
from app.domain.congress import Purpose
from app.domain.facts import Choice
from app.domain.offer import ReportKind
from app.domain.stages import Stage
from app.domain.union import Side
from app.rules.findings import Checkup, Grade, Where
from app.rules.happened import events, written
from app.rules.so_far import (
    agreed,
    deliberations,
    delivered,
    designed,
    draft_agreed,
    employers,
    given,
    keying_is_open,
    made_public,
    next_round_named,
    objected,
    published,
    received,
    reported,
    result_published,
    signed,
    surveyed,
    talks_go_on,
    topics_decided,
    unmended,
    vote_lost,
    voted,
    workers,
)


class Progress(Choice):
    """How far a stage is."""

    LATER = "later", "还没开始"
    NOW = "now", "进行中"
    DONE = "done", "已完成"


@dataclass(frozen=True, slots=True)
class Standing:
    """One stage of one case: how far it is and between which days it lies (``None``: not yet)."""

    stage: Stage
    progress: Progress
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do next.

    Attributes:
        stage: where; ``None`` for 统计与报送.
        step: key of the step on that page (see ``forms``).
        headline: what to do, in one sentence.
        reason: why, in one sentence.
        action: words of the button.
        rule: rule id whose due date belongs to it, or ``""``.
        aside: words of a second, smaller way on the same page, or ``""``; aside_step: key of its step.
        where: the field it is done in, where there is one; leads instead of ``stage`` and ``step``.
    """

    stage: Stage | None
    step: str
    headline: str
    reason: str
    action: str
    rule: str = ""
    aside: str = ""
    aside_step: str = ""
    where: Where | None = None


def standings(case: Case) -> tuple[Standing, ...]:
    """Return the seven stages; a stage is done when it was closed or when the fact that ends it is there."""
    closed = {closing.stage for closing in case.stage_closings}
    found = []
    for stage in Stage:
        days = sorted(day for day in _DAYS[stage](case) if day is not None)
        if stage in closed or _ENDED[stage](case):
            progress = Progress.DONE
        else:
            progress = Progress.NOW if days or _BEGUN[stage](case) else Progress.LATER
        found.append(Standing(stage, progress, days[0] if days else None, days[-1] if days else None))
    return tuple(found)


def next_step(case: Case) -> NextStep:
    """Return the first row of the table whose condition holds."""
    closed = {closing.stage for closing in case.stage_closings}
    for waits, step in _STEPS:
        if step.stage not in closed and waits(case):
            return step
    return _LAST_IN_PRACTICE if case.cycle.practice else _LAST


def mend_first(step: NextStep, checkup: Checkup) -> NextStep:
    """Return what stands in the way of the report where that is the next step, else the step itself.

    A package is not frozen while findings block it, so to mend or to explain them comes before.
    """
    blocking = [finding for finding in checkup.findings if finding.blocks]
    if step is not _LAST or not blocking:
        return step
    must = [finding for finding in blocking if finding.grade is Grade.MUST]
    first = (must or blocking)[0]
    rest = len(blocking) - len(must)
    if must:
        headline, action = f"改掉 {len(must)} 项必须改", "去看第一项"
        more = f"，另有 {rest} 项请说明" if rest else ""
    else:
        headline, action, more = f"说明 {rest} 项请说明", "去看第一项", ""
    reason = f"处理完才能导出报送包{more}。第一项：{first.sentence.rstrip('。')}。"
    return NextStep(first.stage if first.of_stage else None, "", headline, reason, action, where=first.where)


def is_begun(case: Case) -> bool:
    """Whether anything of the year's course was written; an empty case has nothing to hand in."""
    return bool(case.evidence or case.agreements or case.clauses) or any(
        standing.progress is not Progress.LATER for standing in standings(case)
    )


_DAYS: dict[Stage, Callable[[Case], list[date | None]]] = {
    Stage.SURVEY: lambda c: [
        *(day for s in c.surveys for day in (s.started_on, s.ended_on, s.report_on)),
        *(h.held_on for h in c.hearings),
    ],
    Stage.REPRESENTATIVES: lambda c: [
        day for e in c.elections for day in (e.nominated_on, e.determined_on, e.published_on)
    ],
    Stage.OFFER: lambda c: [
        *(o.issued_on for o in c.offers),
        *(d.received_on for d in c.deliveries),
        *(r.replied_on for r in c.replies),
    ],
    Stage.NEGOTIATION: lambda c: [
        *(d.provided_on for d in c.disclosures),
        *(m.held_on for m in c.meetings),
        *(a.agreed_on for a in c.agreements),
    ],
    Stage.CONGRESS: lambda c: [
        day
        for s in c.sessions
        if s.purpose is Purpose.DELIBERATE_DRAFT
        for day in (s.agenda_published_on, s.held_on, s.result_published_on)
    ],
    Stage.FILING: lambda c: [
        *(s.signed_on for s in c.signings),
        *(f.filed_on for f in c.filings),
        *(r.reached_workers_on for r in c.reviews),
        *(p.published_on for p in c.publications),
    ],
    Stage.FULFILMENT: lambda c: [
        *(i.started_on for i in c.inspections),
        *(r.reported_on for r in c.fulfilment_reports),
        *(p.held_on for p in c.polls),
    ],
}

_BEGUN: dict[Stage, Callable[[Case], bool]] = {
    Stage.SURVEY: lambda c: bool(written(c, "surveys", "hearings")),
    Stage.REPRESENTATIVES: lambda c: bool(written(c, "representatives", "elections")),
    Stage.OFFER: lambda c: bool(written(c, "offers")),
    Stage.NEGOTIATION: lambda c: bool(written(c, "meetings", "disclosures")),
    Stage.CONGRESS: lambda c: any(s.purpose is Purpose.DELIBERATE_DRAFT for s in written(c, "sessions")),
    Stage.FILING: lambda c: bool(written(c, "signings", "filings")),
    Stage.FULFILMENT: lambda c: bool(written(c, "inspections", "fulfilment_reports")),
}
"""An empty form begins nothing: a record counts when something of its own stands in it."""

_ENDED: dict[Stage, Callable[[Case], bool]] = {
    Stage.SURVEY: lambda c: topics_decided(c) and any(s.report_on for s in c.surveys),
    Stage.REPRESENTATIVES: lambda c: (
        workers(c)
        and employers(c)
        and published(c, Side.WORKER)
        and any(e.determined_on for e in c.elections)
    ),
    Stage.OFFER: agreed,
    Stage.NEGOTIATION: lambda c: draft_agreed(c) and bool(events(c, "clauses")),
    Stage.CONGRESS: lambda c: voted(c) and result_published(c),
    Stage.FILING: lambda c: signed(c) and received(c) and made_public(c) and not objected(c),
    Stage.FULFILMENT: lambda c: (
        all(events(c, each) for each in ("inspection_items", "fulfilment_reports", "polls"))
        and not unmended(c)
    ),
}

_S = Stage
_STEPS: tuple[tuple[Callable[[Case], bool], NextStep], ...] = (
    (
        lambda c: not c.surveys and not written(c, "hearings"),
        NextStep(
            _S.SURVEY,
            "design",
            "先听职工意见",
            "要约前应当听取职工意见，问卷、座谈、访谈都可以。",
            "登记意愿调查",
        ),
    ),
    (
        lambda c: not surveyed(c) and not designed(c),
        NextStep(_S.SURVEY, "design", "把调查设计好", "写上怎么调查、什么时候，再写题目。", "写调查和题目"),
    ),
    (
        keying_is_open,
        NextStep(
            _S.SURVEY,
            "run",
            "录完纸质问卷，结束录入",
            "录进去的答卷，结束录入以后才都算进结果。",
            "去录入",
        ),
    ),
    (
        lambda c: not surveyed(c),
        NextStep(
            _S.SURVEY, "run", "发出问卷，写上发放份数", "发放、收回、有效都要写，占比才算得出。", "写发放份数"
        ),
    ),
    (
        lambda c: bool(c.surveys) and any(s.issued and s.valid is None for s in c.surveys),
        NextStep(
            _S.SURVEY,
            "run",
            "收回问卷，写上收回和有效份数",
            "发放、收回、有效对得上，调查才站得住。",
            "写收回份数",
        ),
    ),
    (
        lambda c: not topics_decided(c),
        NextStep(
            _S.SURVEY, "topics", "从职工意见里定议题", "每个议题写明列入要约、暂缓还是另行解决。", "定议题"
        ),
    ),
    (
        lambda c: not workers(c),
        NextStep(
            _S.REPRESENTATIVES, "workers", "产生职工方代表", "先有代表，才能发要约、开会。", "添加职工方代表"
        ),
    ),
    (
        lambda c: not published(c, Side.WORKER),
        NextStep(
            _S.REPRESENTATIVES,
            "workers",
            "公布职工方代表名单",
            "代表定了要让职工知道。",
            "写公布日期",
            "rep_publish_due",
        ),
    ),
    (
        lambda c: not events(c, "offers") and not delivered(c),
        NextStep(_S.OFFER, "write", "写{offer}", "写明时间、地点、内容和本方主张。", "写{offer}"),
    ),
    (
        lambda c: not delivered(c),
        NextStep(
            _S.OFFER, "deliver", "送达{offer}，取回签收凭证", "答复期限从对方收到的次日起算。", "登记送达"
        ),
    ),
    (
        lambda c: not events(c, "replies"),
        NextStep(
            _S.OFFER,
            "reply",
            "等企业方书面答复",
            "收到答复后，在这里登记。",
            "登记企业方答复",
            "reply_due",
            "准备{reminder}",
            "remind",
        ),
    ),
    (
        lambda c: not agreed(c),
        NextStep(
            _S.OFFER, "remind", "企业方没有同意，看下一步", "可以再沟通，也可以提请上级工会。", "登记提请"
        ),
    ),
    (
        lambda c: not employers(c),
        NextStep(
            _S.REPRESENTATIVES, "employers", "登记企业方代表", "双方名单齐了，才能排会议。", "添加企业方代表"
        ),
    ),
    (
        lambda c: not given(c) and not events(c, "meetings"),
        NextStep(
            _S.NEGOTIATION,
            "prepare",
            "双方互相提供资料",
            "会前给齐，才谈得实。",
            "登记资料提供",
            "disclose_due",
        ),
    ),
    (
        lambda c: not events(c, "recorders"),
        NextStep(_S.REPRESENTATIVES, "others", "双方共同定记录员", "记录员不能是协商代表。", "添加记录员"),
    ),
    (
        lambda c: not events(c, "meetings"),
        NextStep(_S.NEGOTIATION, "meetings", "开第一次协商会议", "会后写记录、签字。", "添加协商会议"),
    ),
    (
        lambda c: talks_go_on(c) and next_round_named(c),
        NextStep(
            _S.NEGOTIATION,
            "meetings",
            "开下一次协商会议",
            "还有议题没有谈定，上次会议商定了下次的日期。",
            "添加协商会议",
            "period",
            "起草合同草案",
            "draft",
        ),
    ),
    (
        talks_go_on,
        NextStep(
            _S.NEGOTIATION,
            "meetings",
            "接着谈还没谈定的议题",
            "谈一轮，把双方主张和结果记一轮。",
            "记录这一轮",
            "period",
            "起草合同草案",
            "draft",
        ),
    ),
    (
        lambda c: not draft_agreed(c),
        NextStep(_S.NEGOTIATION, "draft", "谈定草案", "逐项谈定后写成条款。", "起草合同草案", "period"),
    ),
    (
        lambda c: not events(c, "clauses"),
        NextStep(
            _S.NEGOTIATION, "draft", "把谈定的内容写成条款", "条款里的数字会用到检查和统计里。", "添加条款"
        ),
    ),
    (
        lambda c: not deliberations(c),
        NextStep(
            _S.CONGRESS,
            "sessions",
            "通知职代会审议草案",
            "草案要交职代会或全体职工讨论通过。",
            "添加审议会议",
        ),
    ),
    (
        vote_lost,
        NextStep(
            _S.CONGRESS,
            "vote",
            "改好草案，再交一次表决",
            "赞成没有过全体代表的一半，草案还没有通过。",
            "登记再次表决",
        ),
    ),
    (
        lambda c: not voted(c),
        NextStep(_S.CONGRESS, "vote", "登记表决计票", "通过要看全体代表，不看到会的人。", "登记计票"),
    ),
    (
        lambda c: not result_published(c),
        NextStep(
            _S.CONGRESS,
            "result",
            "公开决议",
            "会后要让全体职工看到结果。",
            "写公开日期",
            "congress_result_publish",
        ),
    ),
    (
        lambda c: not signed(c),
        NextStep(_S.FILING, "sign", "双方首席签字盖章", "通过以后签字，合同才成立。", "登记签订", "period"),
    ),
    (
        lambda c: not received(c),
        NextStep(
            _S.FILING, "file", "报送审查，取回收件凭证", "生效日从人社收到那天起算。", "登记报送", "file_due"
        ),
    ),
    (
        objected,
        NextStep(_S.FILING, "file", "审查有异议，改后重报", "就异议的部分再协商，改了重新报送。", "登记报送"),
    ),
    (
        lambda c: not made_public(c),
        NextStep(
            _S.FILING, "publish", "向全体职工公布合同", "生效后双方各向本方公布。", "登记公布", "publish_due"
        ),
    ),
    (
        lambda c: not reported(c, ReportKind.AGREEMENT_FILED),
        NextStep(
            _S.FILING, "publish", "合同报上一级工会", "报备案，取回收文凭证。", "登记备案", "upper_union_file"
        ),
    ),
    (
        lambda c: not events(c, "inspections"),
        NextStep(_S.FULFILMENT, "inspect", "做一次履约检查", "一条一条对照合同看。", "添加履约检查"),
    ),
    (
        unmended,
        NextStep(_S.FULFILMENT, "inspect", "复查整改", "没做到的，到期要复查。", "写复查结果"),
    ),
    (
        lambda c: not events(c, "fulfilment_reports"),
        NextStep(
            _S.FULFILMENT,
            "report",
            "请企业方报告履约情况",
            "向职代会或全体职工报告。",
            "登记履约报告",
            "report_freq",
        ),
    ),
    (
        lambda c: not events(c, "polls"),
        NextStep(_S.FULFILMENT, "evaluate", "做满意度测评", "知晓率、参与率、满意率都从这里算。", "登记测评"),
    ),
)

_LAST = NextStep(None, "", "整理材料，导出报送包", "各阶段都有了，补齐缺的材料就可以报送。", "导出报送包")
_LAST_IN_PRACTICE = NextStep(
    None,
    "",
    "练习这一年走完了，可以开真的一年",
    "练习案卷不能报送。看看统计和材料，再开自己的年度。",
    "看统计与材料",
)
"""A practice case cannot be exported: no way that is shut to it is named."""
