"""Rates of a year: survey, membership, evaluation, wage growth; never typed, each with its origin.

Percentages have one decimal, wage growth two, halves rounded up.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from app.domain.agreement import Agreement, ClauseFigure, FigureCode
from app.domain.case import Case
from app.domain.evaluation import Poll
from app.domain.facts import Record, facts_of, show_value
from app.domain.survey import AnswerCount, Question, QuestionKind, Survey
from app.domain.union import Form
from app.figures.origin import Figure, Origin, percent
from app.figures.survey_versions import survey_of_results

_GROWTH_PLACES = 2


def survey_return_rate(survey: Survey) -> Figure:
    """问卷回收率: returned of issued."""
    return _rate("问卷回收率", "收回 ÷ 发放", "surveys", survey, ("returned",), ("issued",))


def survey_valid_rate(survey: Survey) -> Figure:
    """问卷有效率: valid of returned."""
    return _rate("问卷有效率", "有效 ÷ 收回", "surveys", survey, ("valid",), ("returned",))


def membership_rate(case: Case) -> Figure:
    """会员率: union members of all who have a labour relation, in every covered enterprise."""
    members = origin_of("union", case.union, "members")
    staff, behind = staff_total(case)
    value = None if case.union.members is None or not staff else percent(case.union.members, staff)
    return Figure(value, "%", "会员率", (members, *behind), "会员数 ÷ 职工总数，不含劳务派遣、众包和外包人员")


def area_coverage_rate(case: Case) -> Figure:
    """街域建制率: enterprises covered here or signed apart, of all with a union (area cycles only)."""
    firm = case.enterprise
    behind = tuple(origin_of("enterprise", firm, fact) for fact in ("area_signed_apart", "area_unionised"))
    covered = tuple(
        Origin("covered_enterprises", held.id, "", f"覆盖企业 {held.name}")
        for held in case.covered_enterprises
    )
    value = None
    if case.cycle.form is Form.AREA and firm.area_unionised:
        value = percent(len(covered) + (firm.area_signed_apart or 0), firm.area_unionised)
    return Figure(value, "%", "街域建制率", (*covered, *behind), "（本协议覆盖＋另行单独签订）÷ 已建会企业数")


def awareness_rate(poll: Poll) -> Figure:
    """知晓率: who knows the agreement and can tell what is in it, of the valid sheets (F-73)."""
    return _rate("知晓率", "知道并能说出主要内容 ÷ 有效答卷", "polls", poll, ("aware",), ("valid",))


def participation_rate(poll: Poll) -> Figure:
    """参与率: who took part in at least one step, of the valid sheets (F-73)."""
    return _rate("参与率", "至少参加过一个环节 ÷ 有效答卷", "polls", poll, ("took_part",), ("valid",))


def satisfaction_rate(poll: Poll) -> Figure:
    """满意率: 非常满意, 满意 and 基本满意 together, of the valid sheets."""
    rule = "（非常满意＋满意＋基本满意）÷ 有效答卷"
    pleased = ("very_satisfied", "satisfied", "fairly_satisfied")
    return _rate("满意率", rule, "polls", poll, pleased, ("valid",))


def satisfaction_basis(poll: Poll) -> str:
    """Return in one sentence what the satisfaction rate stands on: numerator, denominator, sample."""
    figure = satisfaction_rate(poll)
    pleased = [poll.very_satisfied, poll.satisfied, poll.fairly_satisfied]
    if figure.value is None:
        return ""
    sheets = [f"{name} {value} 份" for name, value in _sheets_of(poll) if value is not None]
    how = f"抽样方式：{poll.sampling.rstrip('。')}" if poll.sampling.strip() else "抽样方式没有写"
    told = f"满意率 {figure.value}% ＝ {sum(each or 0 for each in pleased)} ÷ {poll.valid}，{figure.rule}"
    return f"{told}；{'，'.join([*sheets, how])}。"


def _sheets_of(poll: Poll) -> tuple[tuple[str, int | None], ...]:
    return ("发放", poll.issued), ("收回", poll.returned), ("有效", poll.valid)


def employer_recognition(poll: Poll) -> Figure:
    """企业认可度: employers who recognise the bargaining, of their own valid sheets."""
    rule = "企业方认可 ÷ 企业方有效答卷"
    return _rate("企业认可度", rule, "polls", poll, ("employer_recognises",), ("employer_valid",))


def average_wage_growth(case: Case, agreement: Agreement) -> Figure:
    """平均工资增幅 as agreed, two decimals; a yearly figure goes before a monthly one."""
    codes = (FigureCode.AVERAGE_WAGE_YEAR, FigureCode.AVERAGE_WAGE_MONTH)
    return _growth("平均工资增幅", case, agreement, codes)


def wage_total_growth(case: Case, agreement: Agreement) -> Figure:
    """工资总额增幅 as agreed, two decimals."""
    return _growth("工资总额增幅", case, agreement, (FigureCode.WAGE_TOTAL,))


def rates_of(case: Case) -> tuple[Figure, ...]:
    """Return every rate the case has facts for, in the order in which they are read out.

    Of several polls or agreements the last one counts, of several surveys the last one with answers.
    """
    found: list[Figure] = []
    survey = survey_of_results(case)
    if survey is not None:
        found += [survey_return_rate(survey), survey_valid_rate(survey)]
    found += [membership_rate(case), area_coverage_rate(case)]
    if case.polls:
        of_poll: tuple[Callable[[Poll], Figure], ...] = (
            awareness_rate,
            participation_rate,
            satisfaction_rate,
            employer_recognition,
        )
        found += [rate(case.polls[-1]) for rate in of_poll]
    if case.agreements:
        last = case.agreements[-1]
        found += [average_wage_growth(case, last), wage_total_growth(case, last)]
    return tuple(figure for figure in found if figure.value is not None)


def option_shares(case: Case, question: Question, answers: AnswerCount) -> tuple[Figure, ...]:
    """Return the share of each option of a question, in percent of those who were asked.

    The base is the group's own total for a group or a matrix row, else the number asked, else the valid
    sheets. For a multiple choice the base stays the number of sheets, so the shares add up to more than 100;
    how many sheets a group of it has is not known from the counts, so it gets no shares.
    """
    survey = case.find("surveys", question.survey)
    base: int | None
    if answers.group:
        base = None if question.kind is QuestionKind.MULTIPLE else sum(answers.numbers)
        rule = f"占“{answers.group}”{base or '？'} 人"
    else:
        base = question.asked_count or (survey.valid if survey else None)
        rule = f"占有效答卷 {base} 份" if not question.asked_of else f"占{question.asked_of} {base} 人"
    return tuple(
        Figure(
            percent(number, base) if base else None,
            "%",
            option,
            (Origin("answer_counts", answers.id, "numbers", f"第{question.number}题 {option} {number} 人"),),
            rule,
        )
        for option, number in zip(question.options, answers.numbers, strict=False)
    )


def staff_total(case: Case) -> tuple[int | None, tuple[Origin, ...]]:
    """Return the people with a labour relation whom the cycle covers, and where the number stands."""
    if case.cycle.form in (Form.AREA, Form.INDUSTRY):
        behind = tuple(origin_of("covered_enterprises", held, "staff") for held in case.covered_enterprises)
        known = [held.staff for held in case.covered_enterprises]
        return (None if None in known or not known else sum(number or 0 for number in known)), behind
    return case.enterprise.staff, (origin_of("enterprise", case.enterprise, "staff"),)


def origin_of(collection: str, record: Record, fact: str) -> Origin:
    """Return the origin that names one fact of a record with its value."""
    declared = facts_of(type(record))[fact]
    shown = show_value(declared, getattr(record, fact)) or "没有填"
    return Origin(collection, record.id, fact, f"{record.title}：{declared.label} {shown}")


def _rate(
    label: str, rule: str, collection: str, record: Record, parts: tuple[str, ...], wholes: tuple[str, ...]
) -> Figure:
    behind = tuple(origin_of(collection, record, fact) for fact in (*parts, *wholes))
    part = [getattr(record, fact) for fact in parts]
    whole = [getattr(record, fact) for fact in wholes]
    value: Decimal | None = None
    if None not in part and None not in whole:
        value = percent(sum(part), sum(whole))
    return Figure(value, "%", label, behind, rule)


def _growth(label: str, case: Case, agreement: Agreement, codes: tuple[FigureCode, ...]) -> Figure:
    rule = "（本年 − 上年）÷ 上年，按约定的数计算"
    chosen = _figure_of(case, agreement, codes)
    if chosen is None or chosen.value is None or not chosen.last_value:
        return Figure(None, "%", label, (), rule)
    behind = (
        origin_of("clause_figures", chosen, "value"),
        origin_of("clause_figures", chosen, "last_value"),
    )
    value = percent(chosen.value - chosen.last_value, chosen.last_value, places=_GROWTH_PLACES)
    return Figure(value, "%", label, behind, rule)


def _figure_of(case: Case, agreement: Agreement, codes: tuple[FigureCode, ...]) -> ClauseFigure | None:
    own = {clause.id for clause in case.clauses if clause.agreement == agreement.id}
    for code in codes:
        for figure in case.clause_figures:
            if figure.clause in own and figure.code is code and figure.last_value:
                return figure
    return None
