"""Who answered, against the roster: each group's share of the staff beside its share of the valid sheets.

A question tells the groups of those who answered (department, sex, front line, employment form); the roster totals
tell the groups of all. Only groups that both know are compared, and small ones stay hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.domain.case import Case
from app.domain.survey import AnswerCount, Question, QuestionKind, Survey
from app.domain.union import Form
from app.figures.origin import Figure, Origin, percent
from app.figures.rates import origin_of, staff_total
from app.figures.small_groups import Hidden, hide_small
from app.figures.survey_results import answers_of, questions_of, women_total

_Roster = Mapping[str, tuple[int, tuple[Origin, ...]]]
"""Name of a group → its head count and where that stands."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One group on the roster and among the answers; ``difference`` in points, positive: more answers than its part.

    ``hidden``: its answers may not be shown; then only the roster's figures have values.
    """

    name: str
    staff: Figure
    valid: Figure
    rate: Figure
    of_roster: Figure
    of_answers: Figure
    difference: Decimal | None
    hidden: Hidden | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One way of grouping: 部门, 性别, 一线, 用工形式."""

    title: str
    question: Question
    groups: tuple[Compared, ...]

    @property
    def farthest(self) -> Compared | None:
        """The group whose part of the answers differs most from its part of the staff, ``None`` if none does."""
        known = [(abs(each.difference), -at) for at, each in enumerate(self.groups) if each.difference]
        return self.groups[-max(known)[1]] if known else None


def comparisons(case: Case, survey: Survey) -> tuple[Comparison, ...]:
    """Return every comparison both sides have numbers for, departments first."""
    found = []
    for title, roster in (
        ("部门", _departments),
        ("企业", _enterprises),
        ("性别", _sexes),
        ("一线", _front_line),
        ("用工形式", _employment),
    ):
        for question in questions_of(case, survey):
            made = _compare(case, title, question, roster)
            if made is not None:
                found.append(made)
                break
    return tuple(found)


def _compare(
    case: Case, title: str, question: Question, roster: Callable[[Case, Sequence[str]], _Roster]
) -> Comparison | None:
    if question.kind is not QuestionKind.SINGLE or question.asked_of:
        return None
    answers = next(iter(answers_of(case, question)), None)
    if answers is None or len(answers.numbers) != len(question.options):
        return None
    staff = {name: held for name, held in roster(case, question.options).items() if held[0]}
    numbers = _gathered(question, answers, staff)
    if len(staff) < 2 or len(numbers) < 2 or not sum(numbers.values()):
        return None
    everyone, answered = sum(held[0] for held in staff.values()), sum(numbers.values())
    names = list(staff)
    counted = [numbers.get(name, 0) for name in names]
    mask = hide_small(counted, [[number] for number in counted])
    groups = tuple(
        _compared(name, staff[name], number, everyone, answered, why, answers)
        for name, number, why in zip(names, counted, mask.rows, strict=True)
    )
    return Comparison(title, question, groups)


def _gathered(question: Question, answers: AnswerCount, staff: _Roster) -> dict[str, int]:
    """The numbers of the groups the roster knows; options it does not know count as 非一线 if that is asked."""
    numbers: dict[str, int] = {}
    for option, number in zip(question.options, answers.numbers, strict=True):
        name = option if option in staff else _REST
        if name in staff:
            numbers[name] = numbers.get(name, 0) + number
    return numbers


_REST = "非一线"


def _compared(
    name: str,
    held: tuple[int, tuple[Origin, ...]],
    number: int,
    everyone: int,
    answered: int,
    hidden: Hidden | None,
    answers: AnswerCount,
) -> Compared:
    staff, behind = held
    told = () if hidden else (Origin("answer_counts", answers.id, "numbers", f"{name} {number} 份"),)
    of_roster, of_answers = percent(staff, everyone), percent(number, answered)
    shown = hidden is None
    difference = None
    if shown and of_roster is not None and of_answers is not None:
        difference = of_answers - of_roster
    both = (*told, *behind)
    return Compared(
        name,
        Figure(staff, "人", "在册", behind),
        Figure(number if shown else None, "份", "有效", told),
        Figure(percent(number, staff) if shown else None, "%", "回收率", both, "有效 ÷ 在册"),
        Figure(of_roster, "%", "在册占比", behind, "在册 ÷ 各组在册合计"),
        Figure(of_answers if shown else None, "%", "答卷占比", told, "有效 ÷ 各组有效合计"),
        difference,
        hidden,
    )


# ---- the roster's groups, named as the options of the question name them


def _departments(case: Case, options: Sequence[str]) -> _Roster:
    named = {
        each.name: (each.staff or 0, (origin_of("departments", each, "staff"),))
        for each in case.departments
        if each.name
    }
    return named if len(named.keys() & set(options)) >= 2 else {}


def _enterprises(case: Case, options: Sequence[str]) -> _Roster:
    named = {
        each.name: (each.staff or 0, (origin_of("covered_enterprises", each, "staff"),))
        for each in case.covered_enterprises
        if each.name in options
    }
    return named if len(named) >= 2 else {}


def _sexes(case: Case, options: Sequence[str]) -> _Roster:
    if set(options) != {"男", "女"}:
        return {}
    women, behind = women_total(case)
    everyone, whole = staff_total(case)
    if women is None or everyone is None or not 0 < women < everyone:
        return {}
    counted = {"男": (everyone - women, (*whole, *behind)), "女": (women, behind)}
    return {option: counted[option] for option in options}


def _front_line(case: Case, options: Sequence[str]) -> _Roster:
    named = [option for option in options if "一线" in option]
    firm = case.enterprise
    if case.cycle.form in (Form.AREA, Form.INDUSTRY) or len(named) != 1:
        return {}
    if firm.frontline_staff is None or firm.staff is None or firm.frontline_staff >= firm.staff:
        return {}
    own, whole = origin_of("enterprise", firm, "frontline_staff"), origin_of("enterprise", firm, "staff")
    return {
        named[0]: (firm.frontline_staff, (own,)),
        _REST: (firm.staff - firm.frontline_staff, (own, whole)),
    }


def _employment(case: Case, options: Sequence[str]) -> _Roster:
    sent = [option for option in options if "派遣" in option]
    firm = case.enterprise
    if case.cycle.form in (Form.AREA, Form.INDUSTRY) or len(sent) != 1 or len(options) != 2:
        return {}
    if firm.dispatched_staff is None or firm.staff is None:
        return {}
    other = next(option for option in options if option != sent[0])
    counted = {
        other: (firm.staff, (origin_of("enterprise", firm, "staff"),)),
        sent[0]: (firm.dispatched_staff, (origin_of("enterprise", firm, "dispatched_staff"),)),
    }
    return {option: counted[option] for option in options}
