"""The groups a survey asks for, with their heads on the roster; and which of them are too small to be shown.

A question tells the groups of those who answered (部门, 岗位类别, 性别 …). The roster tells how many there are of each:
the head counts of the roster taken in (花名册分组) where the question says what it asks for, else the totals of the
enterprise, where its options bear the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.case import Case
from app.domain.survey import AnswerCount, Question, QuestionKind, Survey
from app.domain.union import Form
from app.figures.origin import Origin
from app.figures.rates import origin_of, staff_total
from app.figures.small_groups import FEWEST, Hidden, hide_sizes
from app.figures.survey_results import questions_of, whole_of, women_total

Roster = Mapping[str, tuple[int, tuple[Origin, ...]]]
"""Name of a group → its head count and where that stands."""

REST = "非一线"
"""All groups of a question that asks for more than 一线, taken together."""

NOT_SAID = "没有填"
"""Those who answered the survey, but not this question."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """A question that asks for a group.

    Attributes:
        title: 部门, 性别, …; the stem where it is no grouping known to the roster.
        roster: head counts, by the names of ``survey_groups``; empty where the roster does not know them.
        names, sizes: the groups as the question names them, and their sheets; last, where there are any, those who
            left the question out.
        hidden: why a group may not be shown, in any table.
    """

    question: Question
    title: str
    roster: Roster
    names: tuple[str, ...]
    sizes: tuple[int, ...]
    hidden: tuple[Hidden | None, ...]
    answers: AnswerCount

    def why(self, name: str) -> Hidden | None:
        """Why the sheets of this group are not shown, ``None`` if they are or if there is no such group."""
        return self.hidden[self.names.index(name)] if name in self.names else None


def groupings(case: Case, survey: Survey) -> tuple[Grouping, ...]:
    """Return the questions of a survey that ask for a group and have their numbers, in their order."""
    by_groups = {each.group_question for each in case.answer_counts if each.group_question}
    found = []
    for question in questions_of(case, survey):
        title, roster = roster_of(case, question)
        if not title and question.id not in by_groups:
            continue
        answers = whole_of(case, question)
        if question.kind is not QuestionKind.SINGLE or question.asked_of or answers is None:
            continue
        names, sizes = list(question.options), list(answers.numbers)
        left_out = (survey.valid or 0) - sum(sizes)
        if left_out > 0:
            names.append(NOT_SAID)
            sizes.append(left_out)
        hidden = hide_sizes(sizes)
        if sum(sizes) < FEWEST:
            hidden = (Hidden.WHOLE,) * len(sizes)
        found.append(
            Grouping(question, title or question.stem, roster, tuple(names), tuple(sizes), hidden, answers)
        )
    return tuple(found)


def roster_of(case: Case, question: Question) -> tuple[str, Roster]:
    """What a question groups by, and the heads of its groups; empty where it does not ask for a group."""
    if question.kind is not QuestionKind.SINGLE or question.asked_of:
        return "", {}
    if question.asks_group is not None:
        counted = {
            each.name: (each.people, (origin_of("staff_groups", each, "people"),))
            for each in case.staff_groups
            if each.by is question.asks_group and each.name and each.people
        }
        if len(counted.keys() & set(question.options)) >= 2:
            return question.asks_group.label, counted
    for title, roster in _FROM_TOTALS:
        found = {name: held for name, held in roster(case, question.options).items() if held[0]}
        if len(found) >= 2:
            return title, found
    return question.asks_group.label if question.asks_group is not None else "", {}


# ---- the totals of the enterprise, named as the options of the question name them


def _departments(case: Case, options: Sequence[str]) -> Roster:
    named = {
        each.name: (each.staff or 0, (origin_of("departments", each, "staff"),))
        for each in case.departments
        if each.name
    }
    return named if len(named.keys() & set(options)) >= 2 else {}


def _enterprises(case: Case, options: Sequence[str]) -> Roster:
    named = {
        each.name: (each.staff or 0, (origin_of("covered_enterprises", each, "staff"),))
        for each in case.covered_enterprises
        if each.name in options
    }
    return named if len(named) >= 2 else {}


def _sexes(case: Case, options: Sequence[str]) -> Roster:
    if set(options) != {"男", "女"}:
        return {}
    women, behind = women_total(case)
    everyone, whole = staff_total(case)
    if women is None or everyone is None or not 0 < women < everyone:
        return {}
    counted = {"男": (everyone - women, (*whole, *behind)), "女": (women, behind)}
    return {option: counted[option] for option in options}


def _front_line(case: Case, options: Sequence[str]) -> Roster:
    named = [option for option in options if "一线" in option]
    firm = case.enterprise
    if case.cycle.form in (Form.AREA, Form.INDUSTRY) or len(named) != 1:
        return {}
    if firm.frontline_staff is None or firm.staff is None or firm.frontline_staff >= firm.staff:
        return {}
    own, whole = origin_of("enterprise", firm, "frontline_staff"), origin_of("enterprise", firm, "staff")
    return {
        named[0]: (firm.frontline_staff, (own,)),
        REST: (firm.staff - firm.frontline_staff, (own, whole)),
    }


def _employment(case: Case, options: Sequence[str]) -> Roster:
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


_FROM_TOTALS: tuple[tuple[str, Callable[[Case, Sequence[str]], Roster]], ...] = (
    ("部门", _departments),
    ("企业", _enterprises),
    ("性别", _sexes),
    ("一线", _front_line),
    ("用工形式", _employment),
)

ORDER = ("部门", "企业", "岗位", "岗位类别", "性别", "一线", "用工形式", "年龄段", "是否会员")
"""The order in which groupings are shown."""
