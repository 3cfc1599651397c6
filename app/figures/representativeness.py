"""Who answered, against the roster: each group's share of the staff beside its share of the valid sheets.

Only groups that both the question and the roster know are compared, and small ones stay hidden. A test tells whether
the difference can be chance (:mod:`app.figures.goodness_of_fit`); a plain verdict names who answered too little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.domain.case import Case
from app.domain.survey import AnswerCount, Question, Survey
from app.figures.goodness_of_fit import Fit, fit
from app.figures.origin import Figure, Origin, percent
from app.figures.small_groups import FEWEST, Hidden
from app.figures.survey_groups import NOT_SAID, ORDER, REST, Grouping, groupings

TOO_FEW_BY = Decimal(5)
"""So many points below its share of the staff, and a group has answered too little."""

RULE = (
    "答卷占比比在册占比低 5 点以上，或者答卷不到按在册比例该有的一半，或者不足 5 份，算答得少；"
    "补到占比和在册一样、至少 5 份为止，全组不到 5 人的补到全组"
)
"""When a group has answered too little, and up to where it should be asked again. A rule of thumb, not of law."""


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
class TooFew:
    """A group that answered too little.

    ``answered`` and ``more`` (how many more sheets) are for the screen only, where they tell what to do next;
    what leaves the program says ``public`` words, which do not give away the sheets of a hidden group and are
    empty where even its being named would.
    """

    name: str
    answered: int
    more: int
    public: str

    @property
    def words(self) -> str:
        """``装配车间只有 3 人答卷，建议补访 9 人``."""
        return f"{self.name}只有 {self.answered} 人答卷，建议补访 {self.more} 人"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One way of grouping: 部门, 性别, 一线, 用工形式.

    Attributes:
        fit: whether the answers fit the roster; hidden groups count as one, so that the test gives nothing away.
        too_few: the groups that answered too little.
    """

    title: str
    question: Question
    groups: tuple[Compared, ...]
    fit: Fit | None = None
    too_few: tuple[TooFew, ...] = ()

    @property
    def farthest(self) -> Compared | None:
        """The group whose part of the answers differs most from its part of the staff, ``None`` if none does."""
        known = [(abs(each.difference), -at) for at, each in enumerate(self.groups) if each.difference]
        return self.groups[-max(known)[1]] if known else None

    @property
    def verdict(self) -> str:
        """What leaves the program: who answered too little, or that nobody did."""
        told = [each.public for each in self.too_few if each.public]
        if told:
            return "；".join(told)
        if any(each.hidden for each in self.groups):
            return "显示的各组没有答得太少的；没有显示的各组，在程序里看“结果”的代表性"
        return "各组都没有答得太少"


def comparisons(case: Case, survey: Survey) -> tuple[Comparison, ...]:
    """Return every comparison both sides have numbers for, departments first; one for each way of grouping."""
    found: dict[str, Comparison] = {}
    for grouping in groupings(case, survey):
        made = _compare(grouping)
        if made is not None:
            found.setdefault(made.title, made)
    return tuple(sorted(found.values(), key=lambda each: ORDER.index(each.title)))


def _compare(grouping: Grouping) -> Comparison | None:
    staff = {
        name: held
        for name, held in grouping.roster.items()
        if name in grouping.question.options or name == REST or grouping.title == "部门"
    }
    numbers = _gathered(grouping, staff)
    if len(staff) < 2 or len(numbers) < 2 or not sum(numbers.values()):
        return None
    everyone = sum(held[0] for held in staff.values())
    whys = {name: _why(grouping, name) for name in staff}
    answered = sum(numbers.values())
    if grouping.why(NOT_SAID) is not None:  # how many left it out is not told
        answered += grouping.sizes[grouping.names.index(NOT_SAID)]
    groups = tuple(
        _compared(name, staff[name], numbers.get(name, 0), everyone, answered, whys[name], grouping.answers)
        for name in staff
    )
    heads = {name: held[0] for name, held in staff.items()}
    return Comparison(
        grouping.title,
        grouping.question,
        groups,
        _fit(heads, numbers, answered, [name for name in staff if whys[name] is not None]),
        _too_few(heads, numbers, answered, whys),
    )


def _gathered(grouping: Grouping, staff: dict[str, tuple[int, tuple[Origin, ...]]]) -> dict[str, int]:
    """The numbers of the groups the roster knows; options it does not know count as 非一线 if that is asked."""
    numbers: dict[str, int] = {}
    for option, number in zip(grouping.question.options, grouping.answers.numbers, strict=True):
        name = option if option in staff else REST
        if name in staff:
            numbers[name] = numbers.get(name, 0) + number
    return numbers


def _why(grouping: Grouping, name: str) -> Hidden | None:
    """Several groups taken together are hidden only if that tells one hidden group from the others."""
    options = grouping.question.options
    if name in options:
        return grouping.why(name)
    if name != REST:
        return Hidden.SMALL  # a department nobody could tick
    hidden = {each for each, why in zip(grouping.names, grouping.hidden, strict=True) if why is not None}
    inside = hidden & {each for each in options if each not in grouping.roster}
    return Hidden.GUARD if inside and inside != hidden else None


def _fit(heads: dict[str, int], numbers: dict[str, int], answered: int, hidden: Sequence[str]) -> Fit | None:
    shown = [name for name in heads if name not in hidden]
    observed, weights = [numbers.get(name, 0) for name in shown], [heads[name] for name in shown]
    if hidden:
        observed.append(answered - sum(observed))
        weights.append(sum(heads[name] for name in hidden))
    return fit(observed, weights)


def _too_few(
    heads: dict[str, int], numbers: dict[str, int], answered: int, whys: dict[str, Hidden | None]
) -> tuple[TooFew, ...]:
    everyone = sum(heads.values())
    found = []
    for name, staff in heads.items():
        number = numbers.get(name, 0)
        more = more_sheets(number, answered, staff, everyone)
        if not more:
            continue
        public = ""
        if whys[name] is None:
            public = f"{name}有 {number} 人答卷，建议补访 {more} 人"
        elif whys[name] is Hidden.SMALL and staff >= FEWEST:
            public = f"{name}答卷不足 5 份，建议补访"
        found.append(TooFew(name, number, more, public))
    return tuple(found)


def more_sheets(number: int, answered: int, staff: int, everyone: int) -> int:
    """How many more sheets a group needs by :data:`RULE`; 0 if it answered enough.

    ``number`` of its ``staff`` answered, of all ``everyone`` ``answered``. With x more of the group, and of no other,
    its share is (number + x) ÷ (answered + x); that has to reach staff ÷ everyone.
    """
    share = Fraction(staff, everyone)
    least = min(FEWEST, staff)
    points = 100 * (share - Fraction(number, answered)) if answered else Fraction(100)
    if points < Fraction(TOO_FEW_BY) and 2 * number >= share * answered and number >= least:
        return 0
    wanted = least - number
    if share < 1:
        lacking = (share * answered - number) / (1 - share)
        wanted = max(wanted, -(-lacking.numerator // lacking.denominator))
    return max(0, min(wanted, staff - number))


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
