"""What was agreed: quota, wage floor, women's minimum, usual contents, how long it runs (law.md C, F, J)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from app.domain.agreement import ClauseFigure, FigureCode
from app.domain.calendar import add_months
from app.domain.facts import join_names
from app.domain.union import AgreementKind
from app.rules.checks.progress import is_filed, is_signed
from app.rules.findings import Finding, Grade, Hardness, Where
from app.rules.ground import Found, Ground
from app.rules.rule_texts import Flag


def quota_90(ground: Ground) -> Found:
    """The quota must be within reach of nine in ten (鲁工资 20)."""
    term = ground.term("quota_90")
    figures = _figures(ground, FigureCode.QUOTA_REACHED_SHARE)
    if term is None or not figures:
        return None
    return [
        ground.finding(
            "quota_90",
            Grade.MUST,
            Where("clause_figures", each.id, "value"),
            f"约定可完成定额的职工占 {_show(each.value)}%，不到 {term.amount}%",
            sources=term.sources,
            past_mending=is_filed(ground),
        )
        for each in figures
        if each.value is not None and each.value * term.per < term.amount * 100
    ]


def floor_minwage(ground: Ground) -> Found:
    """The agreed minimum is not below the local one (劳动合同法 55)."""
    local, figures = ground.case.enterprise.local_minimum_wage, _figures(ground, FigureCode.MINIMUM_WAGE)
    if not figures:
        return None
    if local is None:
        return [
            ground.finding(
                "floor_minwage",
                Grade.NOTE,
                Where("enterprise", "enterprise", "local_minimum_wage"),
                "没有填当地月最低工资标准，约定的最低工资够不够还看不出来",
            )
        ]
    above = ground.flag("floor_minwage", Flag.ABOVE)
    return [
        ground.finding(
            "floor_minwage",
            Grade.MUST,
            Where("clause_figures", each.id, "value"),
            f"约定的最低工资 {_show(each.value)} 元/月，"
            f"{'应当高于' if above else '低于'}当地标准 {_show(local)} 元/月",
            related=(Where("enterprise", "enterprise", "local_minimum_wage"),),
            past_mending=is_filed(ground),
        )
        for each in figures
        if each.value is not None and (each.value < local or (above and each.value == local))
    ]


def fem_floor(ground: Ground) -> Found:
    """Maternity leave, difficult birth, nursing time: not below the national floor (女特规定 7, 9)."""
    found: Found = None
    for code in (FigureCode.MATERNITY_DAYS, FigureCode.DIFFICULT_BIRTH_DAYS, FigureCode.NURSING_HOURS):
        term = ground.term("fem_floor", variant=code.value)
        for each in _figures(ground, code):
            found = found if found is not None else []
            if term is not None and each.value is not None and each.value < term.amount:
                name = code.label.split("（")[0]
                found.append(
                    ground.finding(
                        "fem_floor",
                        Grade.MUST,
                        Where("clause_figures", each.id, "value"),
                        f"约定{name} {_show(each.value)} {term.unit.label}，"
                        f"低于 {term.amount} {term.unit.label}",
                        sources=term.sources,
                        past_mending=is_filed(ground),
                    )
                )
    return found


def fem_health_check(ground: Ground) -> Found:
    """Health checks for women are regular."""
    figures = _figures(ground, FigureCode.HEALTH_CHECKS)
    return [
        ground.finding(
            "fem_health_check",
            Grade.NOTE,
            Where("clause_figures", each.id, "value"),
            "约定的女职工专项体检是 0 次，单位应当定期安排",
        )
        for each in figures
        if each.value == 0
    ] or ([] if figures else None)


def fem_clause_required(ground: Ground) -> Found:
    """A general agreement contains equality and women's rights (妇保法 44)."""
    agreements = [each for each in ground.case.agreements if each.agreed_on or each.draft_signed_on]
    agreements = [each for each in agreements if (each.kind or ground.kind) is AgreementKind.GENERAL]
    found = []
    for each in agreements:
        clauses = [clause for clause in ground.case.clauses if clause.agreement in ("", each.id)]
        named = any("女" in clause.subject or "女职工" in clause.wording for clause in clauses)
        if each.women_content is False or (each.women_content is None and clauses and not named):
            found.append(
                ground.finding(
                    "fem_clause_required",
                    Grade.MUST,
                    Where("agreements", each.id, "women_content"),
                    "综合集体合同里没有男女平等和女职工权益保护的内容",
                    past_mending=is_filed(ground),
                )
            )
    return found if agreements else None


def fem_items(ground: Ground) -> Found:
    """What a women's agreement usually holds (规定 14)."""
    return _usual_items(
        ground, "fem_items", ("禁忌", "期", "体检|检查"), ("禁忌劳动", "四期保护", "定期检查")
    )


def osh_items(ground: Ground) -> Found:
    """What a safety agreement usually holds (规定 12)."""
    return _usual_items(
        ground,
        "osh_items",
        ("责任", "安全技术|劳动条件", "规程", "防护用品|劳保用品", "检查"),
        ("责任制", "劳动条件和安全技术措施", "操作规程", "劳保用品", "健康检查"),
    )


def agreement_items(ground: Ground) -> Found:
    """Change, end and breach belong into the text; a hint only."""
    if not is_signed(ground):
        return None
    return _usual_items(
        ground, "agreement_items", ("变更|解除|终止", "违约"), ("变更、解除、终止的条件", "违约责任")
    )


def term(ground: Ground) -> Found:
    """How long the agreement runs."""
    agreements = [
        each
        for each in ground.case.agreements
        if each.term_from and each.term_until and each.term_from <= each.term_until
    ]
    if not agreements:
        return None
    found: list[Finding] = []
    for each in agreements:
        if each.term_from is None or each.term_until is None:
            continue
        where = Where("agreements", each.id, "term_until")
        span = f"合同期限{ground.short(each.term_from)}至{ground.short(each.term_until)}"
        longest, shortest = ground.term("term", variant="max"), ground.term("term", variant="min")
        usual = ground.term("term", variant="usual")
        if longest is not None and _years_end(each.term_from, longest.amount) < each.term_until:
            grade = Grade.MUST if longest.hardness is Hardness.HARD else Grade.EXPLAIN
            found.append(
                ground.finding(
                    "term",
                    grade,
                    where,
                    f"{span}，长于 {longest.amount} 年",
                    sources=longest.sources,
                    past_mending=is_filed(ground),
                )
            )
        elif shortest is not None and _years_end(each.term_from, shortest.amount) > each.term_until:
            grade = Grade.MUST if shortest.hardness is Hardness.HARD else Grade.EXPLAIN
            found.append(
                ground.finding(
                    "term",
                    grade,
                    where,
                    f"{span}，短于 {shortest.amount} 年",
                    sources=shortest.sources,
                    past_mending=is_filed(ground),
                )
            )
        elif usual is not None and _years_end(each.term_from, usual.amount) < each.term_until:
            found.append(
                ground.finding(
                    "term",
                    Grade.EXPLAIN,
                    where,
                    f"{span}，长于一般的 {usual.amount} 年",
                    sources=usual.sources,
                )
            )
    return found


def _usual_items(ground: Ground, rule: str, patterns: tuple[str, ...], names: tuple[str, ...]) -> Found:
    clauses = ground.case.clauses
    if not clauses:
        return None
    text = " ".join(f"{each.subject} {each.wording}" for each in clauses)
    of_region = ground.rule(rule)
    if of_region is not None and of_region.items:
        names = tuple(name for name, _ in of_region.items)
        patterns = tuple("|".join(words) for _, words in of_region.items)
    missing = [
        name
        for pattern, name in zip(patterns, names, strict=True)
        if not any(word in text for word in pattern.split("|"))
    ]
    if not missing:
        return []
    return [ground.finding(rule, Grade.NOTE, Where("clauses"), f"条款里没有看到{join_names(missing)}")]


def _years_end(start: date, years: int) -> date:
    """Return the last day of so many years from ``start``, itself included."""
    try:
        return add_months(start, 12 * years) - timedelta(days=1)
    except OverflowError:
        return date.max


def _figures(ground: Ground, code: FigureCode) -> list[ClauseFigure]:
    return [each for each in ground.case.clause_figures if each.code is code and each.value is not None]


def _show(value: Decimal | None) -> str:
    return format(value.normalize(), "f") if value is not None else ""
