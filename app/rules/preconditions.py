"""What a stage shows before anything of it is written: what comes here, why, what it needs, and the one way on.

Custom, not law, but for the numbers: periods and shares come from the pack, and where no text lays anything down
the words say so. The seven stages are one table; every entry is a pure function of case, pack, calendar and day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.case import Case
from app.domain.congress import Purpose
from app.domain.facts import join_names
from app.domain.offer import ReportKind
from app.domain.roster import ALL_OTHERS, NOT_TOLD
from app.domain.stages import Stage
from app.domain.survey import GroupBy
from app.domain.union import Side
from app.rules.findings import Where, cite
from app.rules.ground import Ground
from app.rules.record_names import some_names
from app.rules.rule_texts import Flag
from app.rules.stage_needs import (
    ENTERPRISE_NAME,
    SILENT_TIP,
    Need,
    Readiness,
    Way,
    amount_words,
    begin,
    chief_need,
    draft_need,
    electors_need,
    fill,
    go,
    in_force_need,
    passed_need,
    recorder_need,
    reply_need,
    staff_in,
    suggested_session,
    topics_need,
    vote_tip,
    voters_in,
)

MOST_NEEDS = 3

__all__ = ["MOST_NEEDS", "Need", "Outlook", "Readiness", "Way", "is_untouched", "outlook"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The empty state of one stage. ``tip``: the number the law asks for, with its article."""

    headline: str
    why: str
    needs: tuple[Need, ...]
    primary: Way
    secondary: Way
    tip: str = ""


def outlook(stage: Stage, ground: Ground) -> Outlook:
    """Return what a stage shows while nothing of it is written."""
    return _OUTLOOKS[stage](ground)


def is_untouched(stage: Stage, case: Case) -> bool:
    """True while nothing that belongs to a stage was written; what other stages lent it does not count."""
    return not any(_OWN[stage](case))


# ---- the seven stages


def _survey(ground: Ground) -> Outlook:
    case = ground.case
    staff, whose = staff_in(case)
    departments, whose_departments = _departments(case)
    named = (
        Where("covered_enterprises") if ground.milestones.is_regional else Where("enterprise", "enterprise")
    )
    return Outlook(
        headline="先听职工意见，结果从这里变成议题",
        why="问卷、座谈、访谈都可以；听过意见，要约里的主张才有来处。",
        needs=(
            Need(
                state=Readiness.DONE if staff else Readiness.MISSING,
                name="职工人数",
                words=f"{staff} 人{whose}" if staff else "还没写。要用它算发放的比例",
                way=None
                if staff
                else Way(words="写职工人数", where=Where(named.collection, named.record_id, "staff")),
            ),
            Need(
                state=Readiness.DONE if departments else Readiness.MISSING,
                name="部门",
                words=f"{len(departments)} 个{whose_departments}：{some_names(departments)}"
                if departments
                else "还没有。导入花名册就有；没有部门可以不写",
                way=None if departments else Way(words="导入花名册", where=Where("staff_groups")),
            ),
        ),
        primary=begin(Stage.SURVEY, "登记意愿调查", "design", "surveys"),
        secondary=fill(Stage.SURVEY),
        tip="不记名的调查更敢说；人数少的小组，结果里会隐去。",
    )


def _departments(case: Case) -> tuple[list[str], str]:
    """The names of the departments and where they stand: on the roster, else as they were typed."""
    known = [each.name for each in case.staff_groups if each.by is GroupBy.DEPARTMENT]
    known = [name for name in known if name not in ("", NOT_TOLD, ALL_OTHERS)]
    if known:
        return known, "（花名册）"
    return [each.name for each in case.departments if each.name], ""


def _representatives(ground: Ground) -> Outlook:
    rule = ground.rule("worker_rep_elect")
    least = ground.term("rep_min")
    tip = (
        f"每方{least.words.replace(str(least.amount), f' {least.amount} ')}（{cite(least.sources)}）。"
        if least
        else ""
    )
    return Outlook(
        headline="双方协商代表定了，名单放在这里",
        why=(rule.says if rule is not None and not rule.silent else "先有代表，才能发要约、开会。"),
        needs=(topics_need(ground), electors_need(ground)),
        primary=begin(Stage.REPRESENTATIVES, "添加职工方代表", "workers", "representatives"),
        secondary=fill(Stage.REPRESENTATIVES),
        tip=tip,
    )


def _offer(ground: Ground) -> Outlook:
    case, offer = ground.case, ground.pack.wording.offer
    to = [each.name for each in case.covered_enterprises if each.name]
    to = to if ground.milestones.is_regional else [case.enterprise.name] if case.enterprise.name else []
    address = Where("covered_enterprises") if ground.milestones.is_regional else ENTERPRISE_NAME
    term = ground.term("reply_due")
    tip = f"对方收到之日起 {amount_words(term)}内书面答复（{cite(term.sources)}）。" if term else SILENT_TIP
    workers = chief_need(ground, Side.WORKER)
    missing = workers.state is not Readiness.DONE
    return Outlook(
        headline=f"议题和代表定了，从这里写{offer}",
        why="写明时间、地点、内容和本方主张；从对方收到那天起算答复期限。",
        needs=(
            topics_need(ground),
            workers,
            Need(
                state=Readiness.DONE if to else Readiness.MISSING,
                name="送给谁",
                words=some_names(to, "家") if to else "还没写企业名称",
                way=None if to else Way(words="写企业名称", where=address),
            ),
        ),
        primary=go(Stage.REPRESENTATIVES, "去定协商代表")
        if missing
        else begin(Stage.OFFER, f"写{offer}", "write", "offers"),
        secondary=fill(Stage.OFFER),
        tip=tip,
    )


def _negotiation(ground: Ground) -> Outlook:
    term = ground.term("disclose_due")
    tip = (
        f"首次会议 {amount_words(term)}前，双方互相提供资料（{cite(term.sources)}）。" if term else SILENT_TIP
    )
    reply = reply_need(ground)
    agreed = reply.state is Readiness.DONE
    return Outlook(
        headline="企业方答复以后，从这里开会、谈草案",
        why="每次会议写记录，双方签字；谈定的内容写成条款。",
        needs=(reply, chief_need(ground, Side.EMPLOYER), recorder_need(ground)),
        primary=begin(Stage.NEGOTIATION, "准备协商会议", "prepare", "disclosures")
        if agreed
        else go(Stage.OFFER, "去看要约和答复"),
        secondary=fill(Stage.NEGOTIATION),
        tip=tip,
    )


def _congress(ground: Ground) -> Outlook:
    case = ground.case
    name = ground.pack.wording.agreement(ground.kind, ground.form)
    draft = draft_need(ground)
    ready = draft.state is Readiness.DONE
    notice = ground.term("congress_notice")
    said = "提前几日通知，法规未规定"
    if notice is not None:
        said = f"要在会前 {notice.amount} {notice.unit.label}{_before_session(ground)}"
    if draft.state is not Readiness.MISSING:
        day = ground.day(suggested_session(ground, notice))
        said += f"{'，' if notice else '；'}建议 {day}开会"
    share = ground.word("congress_pass")
    return Outlook(
        headline="草案谈定以后，从这里提交职代会",
        why=f"{name}草案要经全体{voters_in(case)}{share}通过，双方才能签字。",
        needs=(
            electors_need(ground),
            draft,
            Need(
                state=Readiness.MISSING,
                name="会议日期",
                words=f"还没定。{said}",
                way=Way(
                    words="先定日期",
                    stage=Stage.CONGRESS,
                    step="sessions",
                    fact="held_on",
                    begins="sessions",
                ),
            ),
        ),
        primary=begin(Stage.CONGRESS, "通知职代会", "sessions", "sessions")
        if ready
        else go(Stage.NEGOTIATION, "去协商会议，完成草案", "draft"),
        secondary=Way(words="先打印空白表决票", paper="ballot"),
        tip=vote_tip(ground),
    )


def _before_session(ground: Ground) -> str:
    """What the region wants done so many days before a session."""
    if not ground.flag("congress_notice", Flag.MATERIALS):
        return "公开议程"
    return "告知事项、发材料" if ground.flag("congress_notice", Flag.AGENDA_TOO) else "把书面材料送交职工代表"


def _filing(ground: Ground) -> Outlook:
    case = ground.case
    passed = passed_need(ground)
    ready = passed.state is Readiness.DONE
    filed, effect = ground.term("file_due"), ground.term("effective")
    parts = []
    if filed is not None:
        parts.append(f"签字之日起 {amount_words(filed)}内报送（{cite(filed.sources)}）")
    if effect is not None:
        parts.append(f"人社收到 {amount_words(effect)}没有异议就生效")
    chiefs = [chief_need(ground, side) for side in (Side.WORKER, Side.EMPLOYER)]
    open_chief = next((each for each in chiefs if each.state is not Readiness.DONE), None)
    clauses = len(case.clauses)
    return Outlook(
        headline="职代会通过以后，从这里签字、报送",
        why="签的就是通过的那一份；报送人社，生效以后向职工公布、报上级工会。",
        needs=(
            passed,
            open_chief
            or Need(
                state=Readiness.DONE,
                name="双方首席代表",
                words=join_names(each.name for side in Side for each in ground.milestones.chiefs(side)),
            ),
            Need(
                state=Readiness.DONE if clauses else Readiness.MISSING,
                name="合同文本",
                words=f"{clauses} 条" if clauses else "还没有条款",
                way=None if clauses else go(Stage.NEGOTIATION, "去写条款", "draft"),
            ),
        ),
        primary=begin(Stage.FILING, "登记签订", "sign", "signings")
        if ready
        else go(Stage.CONGRESS, "去职代会审议"),
        secondary=fill(Stage.FILING),
        tip="；".join(parts) + "。" if parts else SILENT_TIP,
    )


def _fulfilment(ground: Ground) -> Outlook:
    case = ground.case
    term = ground.term("report_freq")
    if term is not None:
        tip = f"企业方每年至少报告 {term.amount} {term.unit.label}履行情况（{cite(term.sources)}）。"
    else:
        tip = "多久检查、报告一次，法规未规定，按合同约定。"
    in_force = in_force_need(ground)
    clauses = len(case.clauses)
    signed = any(each.signed_on for each in case.signings)
    return Outlook(
        headline="合同生效以后，从这里一条一条对照",
        why="先把条款列成事项，再检查、整改、听取报告、做测评。",
        needs=(
            in_force,
            Need(
                state=Readiness.DONE if clauses else Readiness.MISSING,
                name="合同条款",
                words=f"{clauses} 条，可以逐条列成事项" if clauses else "还没有条款",
                way=None if clauses else go(Stage.NEGOTIATION, "去写条款", "draft"),
            ),
        ),
        primary=begin(Stage.FULFILMENT, "列履约事项", "obligations", "obligations")
        if signed
        else go(Stage.FILING, "去签订与报审"),
        secondary=Way(words="先打印空白检查表", paper="inspection_sheet"),
        tip=tip,
    )


_OUTLOOKS: dict[Stage, Callable[[Ground], Outlook]] = {
    Stage.SURVEY: _survey,
    Stage.REPRESENTATIVES: _representatives,
    Stage.OFFER: _offer,
    Stage.NEGOTIATION: _negotiation,
    Stage.CONGRESS: _congress,
    Stage.FILING: _filing,
    Stage.FULFILMENT: _fulfilment,
}

_OFFER_REPORTS = (ReportKind.OFFER_FILED, ReportKind.ASK_FOR_SUPPORT)

_OWN: dict[Stage, Callable[[Case], tuple[object, ...]]] = {
    Stage.SURVEY: lambda c: (*c.surveys, *c.questions, *c.answer_counts, *c.hearings, *c.topics),
    Stage.REPRESENTATIVES: lambda c: (
        *c.elections,
        *c.candidates,
        *c.representatives,
        *c.recorders,
        *c.advisers,
        *c.mandates,
        *c.replacements,
        *c.trainings,
        *c.instructor_visits,
        *(each for each in c.counts if each.election),
    ),
    Stage.OFFER: lambda c: (
        *c.offers,
        *c.offer_items,
        *c.deliveries,
        *c.replies,
        *c.reminders,
        *c.escalations,
        *(each for each in c.union_reports if each.kind in _OFFER_REPORTS),
    ),
    Stage.NEGOTIATION: lambda c: (
        *c.disclosures,
        *c.disclosure_gaps,
        *c.meetings,
        *c.positions,
        *c.suspensions,
        *c.briefings,
        *c.agreements,
        *c.clauses,
        *c.year_figures,
        *c.outside_figures,
        *(each for each in c.union_reports if each.kind is ReportKind.BEFORE_BARGAINING),
    ),
    Stage.CONGRESS: lambda c: (
        *(each for each in c.sessions if each.purpose in (None, Purpose.DELIBERATE_DRAFT, Purpose.TERMINATE)),
        *(each for each in c.counts if each.agreement),
        *c.resolutions,
    ),
    Stage.FILING: lambda c: (
        *c.signings,
        *c.filings,
        *c.reviews,
        *c.publications,
        *c.amendments,
        *(each for each in c.union_reports if each.kind is ReportKind.AGREEMENT_FILED),
    ),
    Stage.FULFILMENT: lambda c: (
        *c.obligations,
        *c.inspections,
        *c.inspection_items,
        *c.fulfilment_reports,
        *c.polls,
        *c.evaluations,
    ),
}
