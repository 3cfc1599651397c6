"""Stage 6: signature and seal, filing, review, effect, publication, the upper union (law.md E, F, I)."""

from __future__ import annotations

from datetime import date

from app.domain.facts import join_names
from app.domain.filing import Filing, Opinion
from app.domain.offer import ReportKind
from app.domain.representatives import Representative
from app.domain.stages import Stage
from app.domain.union import Side
from app.rules.checks.due import late_finding, told
from app.rules.checks.progress import is_closed, is_passed
from app.rules.filing_papers import is_paper, papers_asked
from app.rules.findings import Finding, Grade, Hardness, Verdict, Where
from app.rules.ground import Found, Ground
from app.rules.milestones import AgreementPath
from app.rules.record_names import lacking_of, some_names
from app.rules.rule_texts import Flag


def sign_seal(ground: Ground) -> Found:
    """Both chiefs sign; where the region says so, both sides seal."""
    found: Found = None
    for path in _signed_paths(ground):
        signing = path.signing
        if signing is None:
            continue
        found = found if found is not None else []
        missing = []
        if not signing.worker_chief:
            missing.append(("职工方首席签字", "worker_chief"))
        if not signing.employer_chief:
            missing.append(("企业方首席签字", "employer_chief"))
        both = ground.flag("sign_seal", Flag.SEAL)
        if both and signing.union_sealed is False:
            missing.append(("工会盖章", "union_sealed"))
        if (both or ground.flag("sign_seal", Flag.EMPLOYER_SEAL)) and signing.employer_sealed is False:
            missing.append(("企业方盖章", "employer_sealed"))
        if missing:
            found.append(
                ground.finding(
                    "sign_seal",
                    Grade.MUST,
                    Where("signings", signing.id, missing[0][1]),
                    f"合同缺{join_names(name for name, _ in missing)}",
                    related=[Where("signings", signing.id, fact) for _, fact in missing[1:]],
                )
            )
        for side, name, fact in (
            (Side.WORKER, signing.worker_chief, "worker_chief"),
            (Side.EMPLOYER, signing.employer_chief, "employer_chief"),
        ):
            chiefs = ground.milestones.chiefs(side)
            if name and chiefs and not any(_same_person(each, name) for each in chiefs):
                found.append(
                    ground.finding(
                        "sign_seal",
                        Grade.EXPLAIN,
                        Where("signings", signing.id, fact),
                        f"{side.label}签字的是{name}，首席代表是{some_names((each.name for each in chiefs), '人')}",
                        more=side.value,
                    )
                )
    return found


def _same_person(person: Representative, name: str) -> bool:
    return bool(person.name) and person.name in name


def reg_seal(ground: Ground) -> Found:
    """In an area all enterprises and unions that take part seal (鲁工资 35)."""
    covered = ground.case.covered_enterprises
    path = next((each for each in _signed_paths(ground)), None)
    if not ground.milestones.is_regional or path is None or path.signing is None or not covered:
        return None
    missing = [each for each in covered if each.sealed_on is None]
    on_the_way = path.filing is not None or bool(path.publications) or is_closed(ground, Stage.FILING)
    found = []
    if missing and on_the_way:
        found.append(
            ground.finding(
                "reg_seal",
                Grade.MUST,
                Where("covered_enterprises", missing[0].id, "sealed_on"),
                lacking_of((each.name for each in missing), len(covered), "没有盖章确认", "家企业"),
                related=[Where("covered_enterprises", each.id, "sealed_on") for each in missing[1:]],
                past_mending=bool(path.publications),
                key_at=Where("signings", path.signing.id),
            )
        )
    own = [each for each in covered if each.has_own_union]
    unsealed = [each for each in own if each.union_sealed_on is None]
    if on_the_way and unsealed and len(unsealed) < len(own):
        found.append(
            ground.finding(
                "reg_seal",
                Grade.EXPLAIN,
                Where("covered_enterprises", unsealed[0].id, "union_sealed_on"),
                f"{some_names((each.name for each in unsealed), '家')}的工会没有登记盖章",
                related=[Where("covered_enterprises", each.id, "union_sealed_on") for each in unsealed[1:]],
                key_at=Where("signings", path.signing.id),
                more="unions",
            )
        )
    return found


def reg_binding(ground: Ground) -> Found:
    """Whom it binds: the region says those who sealed, the law says more; no verdict (law.md C12)."""
    sealed = [each for each in ground.case.covered_enterprises if each.sealed_on is not None]
    whom = ""
    if ground.flag("reg_binding", Flag.ONLY_SEALED):
        whom = "盖章确认"
    elif ground.flag("reg_binding", Flag.ONLY_CONFIRMED):
        whom = "认可草案"
    if not ground.milestones.is_regional or not sealed or not whom:
        return None
    return [
        ground.finding(
            "reg_binding",
            Grade.NOTE,
            Where("covered_enterprises"),
            f"登记了 {len(sealed)} 家盖章企业；条例写对{whom}的企业有约束力，"
            "法律的文字范围更宽，这里不下结论",
        )
    ]


def file_by(ground: Ground) -> Found:
    """The employer files."""
    filings = _filed(ground)
    if ground.flag("file_by", Flag.EITHER_SIDE):
        return [] if filings else None
    return [
        ground.finding(
            "file_by",
            Grade.EXPLAIN,
            Where("filings", each.id, "filed_by"),
            "由职工方报送，条文写由企业方报送",
        )
        for each in filings
        if each.filed_by is Side.WORKER
    ] or ([] if filings else None)


def file_due(ground: Ground) -> Found:
    """Ten days are the line; the older seven days are a reminder (law.md C2)."""
    due = ground.due("file_due")
    if not due:
        return None
    found: list[Finding] = []
    for each in due:
        made = late_finding(ground, each, lambda due: f"{due.event}，{told(ground, due, '报送人社审查')}")
        if made is not None and each.variant != "reminder":
            found.append(made)
            continue
        early = each.variant == "reminder"
        late = each.actual is not None and each.verdict is Verdict.LATE
        if early and late and not _past_line(ground, each.start_at):
            found.append(
                ground.finding(
                    "file_due",
                    Grade.EXPLAIN,
                    each.where,
                    f"签订{_day_number(each.start, each.actual)}报送：超过 {each.period}，没有超过 10 日；"
                    "同一部门旧特别对新一般，不下违法的结论",
                    why=each.why,
                    sources=ground.sources("file_due"),
                    more="reminder",
                    key_at=each.start_at,
                )
            )
        advised, filed = each.reminder, each.actual
        if not early and made is None and advised is not None and filed is not None and filed > advised:
            found.append(
                ground.finding(
                    "file_due",
                    Grade.NOTE,
                    each.where,
                    f"{ground.day(filed)}报送，按期；全国旧规定的建议日是{ground.day(advised)}",
                    why=each.why,
                    more="reminder",
                    key_at=each.start_at,
                )
            )
    return found


def _past_line(ground: Ground, start_at: Where | None) -> bool:
    """True if the hard line of the same filing is passed too, which then is the finding."""
    line = [each for each in ground.due("file_due") if each.variant == "" and each.start_at == start_at]
    return any(each.verdict in (Verdict.LATE, Verdict.OVERDUE) for each in line)


def _day_number(start: date | None, actual: date | None) -> str:
    return f"后第 {(actual - start).days} 日" if start is not None and actual is not None else "后"


def file_copies(ground: Ground) -> Found:
    """How many copies go to the authority."""
    term, text = ground.term("file_copies"), ground.rule("file_copies")
    filings = [each for each in _filed(ground) if each.copies is not None]
    if term is None or text is None or not filings:
        return None
    grade = Grade.MUST if text.hardness is Hardness.HARD else Grade.EXPLAIN
    return [
        ground.finding(
            "file_copies",
            grade,
            Where("filings", each.id, "copies"),
            f"只报 {each.copies} 份，应一式 {term.amount} 份并附说明",
            sources=text.sources,
            past_mending=is_passed(ground),
        )
        for each in filings
        if each.copies is not None and each.copies < term.amount
    ]


def file_docs(ground: Ground) -> Found:
    """The papers the region lists (鲁工资 29), nationally the text and its explanation."""
    filings = [each for each in _filed(ground) if each.papers]
    if not filings:
        return None
    wanted = papers_asked(ground)
    found = []
    for each in filings:
        missing = [paper for paper in wanted if not any(is_paper(paper, name) for name in each.papers)]
        if missing and not each.again:
            found.append(
                ground.finding(
                    "file_docs",
                    Grade.MUST,
                    Where("filings", each.id, "papers"),
                    f"报送材料里没有{join_names(paper.label for paper in missing)}",
                    past_mending=is_passed(ground),
                )
            )
    return found


def receipt(ground: Ground) -> Found:
    """Without a receipt the day of effect cannot be said (law.md C9)."""
    filings = _filed(ground)
    return [
        ground.finding(
            "receipt",
            Grade.EXPLAIN,
            Where("filings", each.id, "received_on"),
            f"{ground.day(each.filed_on)}报送，没有登记人社收到的日期，生效日无法确认",
        )
        for each in filings
        if each.filed_on is not None and each.received_on is None and not _served(ground, each)
    ] or ([] if filings else None)


def _served(ground: Ground, filing: Filing) -> bool:
    return any(
        each.filing in ("", filing.id) and (each.reached_workers_on or each.reached_employer_on)
        for each in ground.case.reviews
    )


def review_due(ground: Ground) -> Found:
    """The authority's own fifteen days."""
    found: Found = None
    for path in ground.milestones.paths:
        review, filing = path.review, path.filing
        term = ground.term("effective", filing.received_on if filing else None)
        if review is None or filing is None or filing.received_on is None or term is None:
            continue
        effect = ground.milestones.effect(path, term.amount)
        days = [each for each in (review.reached_workers_on, review.reached_employer_on) if each]
        if not days or effect.silence is None:
            continue
        found = found if found is not None else []
        if max(days) > effect.silence:
            found.append(
                ground.finding(
                    "review_due",
                    Grade.EXPLAIN if review.opinion is Opinion.OBJECTION else Grade.NOTE,
                    Where("reviews", review.id, "reached_workers_on"),
                    f"意见书{ground.day(max(days))}才送达，"
                    f"收到满 {term.amount} 日是{ground.day(effect.silence)}",
                )
            )
    return found


def effective(ground: Ground) -> Found:
    """From which day the agreement is in force, and by what."""
    found: Found = None
    for path in ground.milestones.paths:
        filing = path.filing
        term = ground.term("effective", filing.received_on if filing else None)
        if term is None or (filing is None and path.review is None):
            continue
        found = found if found is not None else []
        effect = ground.milestones.effect(path, term.amount)
        if effect.objection or effect.on is None or effect.on > ground.on:
            continue
        where = Where("filings", filing.id, "received_on") if filing else Where("reviews")
        if effect.by_opinion:
            said = f"生效日按意见书送达日{ground.day(effect.on)}计"
            if effect.silence is not None:
                said += f"，早于收到满 {term.amount} 日的{ground.day(effect.silence)}"
            found.append(
                ground.finding("effective", Grade.NOTE, where, said, sources=ground.sources("effective")[:1])
            )
        else:
            proof = ground.milestones.proof_words("filings", filing.id) if filing else ""
            late = "，意见书在这以后才送达" if effect.served else "，没有收到意见书"
            received = f"收到（{ground.short(effect.received)}）" if effect.received else "收到"
            found.append(
                ground.finding(
                    "effective",
                    Grade.NOTE,
                    where,
                    f"人社{received}满 {term.amount} 日没有提出异议{late}，{ground.day(effect.on)}生效"
                    + (f"，凭证是{proof}" if proof else ""),
                    sources=term.sources,
                )
            )
    return found


def objection_path(ground: Ground) -> Found:
    """After an objection: bargain again on it and file again."""
    found: Found = None
    for path in ground.milestones.paths:
        review = path.review
        if review is None or review.opinion is None:
            continue
        found = found if found is not None else []
        if review.opinion is Opinion.OBJECTION:
            published = bool(path.publications)
            found.append(
                ground.finding(
                    "objection_path",
                    Grade.MUST if published else Grade.NOTE,
                    Where("reviews", review.id, "opinion"),
                    "人社提出异议，还没有重新报送，合同已经公布"
                    if published
                    else "人社提出异议，双方就异议事项再协商，改好以后重新报送",
                )
            )
    return found


def publish_due(ground: Ground) -> Found:
    """Both sides make the text known in time after it took effect."""
    due = ground.due("publish_due")
    if not due:
        return None
    made = [
        late_finding(ground, each, lambda due: f"{due.event}，{told(ground, due, '向职工公布')}")
        for each in due
    ]
    return [each for each in made if each is not None]


def upper_union_file(ground: Ground) -> Found:
    """Filing with the upper union: whether is hard, by when is not (law.md C21)."""
    due = [each for each in ground.due("upper_union_file") if not each.estimated]
    done = any(
        each.kind is ReportKind.AGREEMENT_FILED and each.reported_on for each in ground.case.union_reports
    )
    if not due:
        working = ground.case.inspections or ground.case.fulfilment_reports
        if done or not working or ground.silent("upper_union_file"):
            return [] if done else None
        said = "已经在检查履约，合同还没有报上一级工会"
        grade = ground.grade("upper_union_file")
        return [ground.finding("upper_union_file", grade, Where("union_reports"), said)]
    found = []
    for each in due:
        if each.verdict is Verdict.OVERDUE:
            said = f"{each.event}，到{ground.day(ground.on)}还没有报上一级工会备案"
            grade = ground.grade("upper_union_file")
        elif each.verdict is Verdict.LATE and each.actual is not None:
            hard = each.hardness is Hardness.HARD
            limit = f"应在 {each.period}内" if hard else f"是否限 {each.period}，条文可以两解"
            said = f"{each.event}，{ground.day(each.actual)}才报上一级工会备案；{limit}"
            grade = Grade.MUST if hard else Grade.EXPLAIN
        else:
            continue
        found.append(
            ground.finding(
                "upper_union_file",
                grade,
                each.where,
                said,
                why=each.why,
                key_at=each.start_at,
                past_mending=grade is Grade.MUST and each.verdict is Verdict.LATE,
            )
        )
    return found


def renewal_window(ground: Ground) -> Found:
    """From when a renewal may be proposed."""
    due = ground.due("renewal_window")
    if not due:
        return None
    return [
        ground.finding(
            "renewal_window",
            Grade.NOTE,
            each.where,
            f"{ground.day(each.due)}起可书面提出续订",
            why=each.why,
            sources=each.sources,
        )
        for each in due
        if each.due is not None and each.actual is None
    ]


def terminate_file_due(ground: Ground) -> Found:
    """An ended agreement is reported in time (鲁工资 41)."""
    due = ground.due("terminate_file_due")
    if not due:
        return None
    made = [
        late_finding(ground, each, lambda due: f"{due.event}，{told(ground, due, '报备案')}") for each in due
    ]
    return [each for each in made if each is not None]


def amend_report_union(ground: Ground) -> Found:
    """A change or end is reported to the upper union in writing (鲁工资 41)."""
    changes = [
        each
        for each in ground.case.amendments
        if each.decided_on is not None and ("变更" in each.kind_text or "解除" in each.kind_text)
    ]
    return [
        ground.finding(
            "amend_report_union",
            Grade.EXPLAIN,
            Where("amendments", each.id, "reported_to_union_on"),
            f"{ground.day(each.decided_on)}{each.kind_text}，没有登记书面报告上一级工会",
        )
        for each in changes
        if each.decided_on is not None and each.reported_to_union_on is None
    ] or ([] if changes else None)


def _signed_paths(ground: Ground) -> list[AgreementPath]:
    return [
        each
        for each in ground.milestones.paths
        if each.signing is not None
        and each.signing.signed_on is not None
        and each.signing.signed_on <= ground.on
    ]


def _filed(ground: Ground) -> list[Filing]:
    return [each for each in ground.case.filings if each.filed_on is not None and each.filed_on <= ground.on]
