"""An exact judge of what can be worked out: whole-number programs, solved to the end by somebody else's solver.

It is given statements about a crowd of people ("at least 5 of 铸造 chose 少") and asked whether a number nobody wrote
down can be two different numbers. It knows nothing of the program. What the solver does not settle is an error.

Everybody belongs to one group of each grouping at once, and every table of every question is about the same people:
the unknowns are how many belong to each combination of groups, and how many of those chose what. No two questions are
ever published against each other, so more than that cannot be said of anybody.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

ANSWERED = "*"
"""In place of an option: who answered the question at all."""


@dataclass(frozen=True)
class Asked:
    """What is printed on the questionnaire: everybody who had one knows it.

    ``must``: a sheet without an answer was not accepted. ``at_most``: how many options one may choose. ``row``: the
    row of a matrix, which is a question of its own here. ``folds``: where more is told of all than of groups, which of
    the numbers of all make one option here.
    """

    number: int
    id: str
    options: tuple[str, ...]
    multiple: bool = False
    at_most: int = 0
    must: bool = False
    row: str = ""
    folds: tuple[tuple[int, ...], ...] = ()

    def folded(self, numbers: Sequence[int]) -> list[int]:
        """The numbers of all, or of a group, as numbers of the options."""
        if len(numbers) == len(self.options):
            return list(numbers)
        return [sum(numbers[at] for at in fold) for fold in self.folds]


@dataclass(frozen=True)
class Count:
    """How many sheets: of a group (all where ``by`` is empty) that chose an option (any where there is no question)."""

    by: str = ""
    group: str = ""
    question: str = ""
    option: str = ""


Sum = Mapping[Count, int]
"""Counts with what each is multiplied by."""


@dataclass
class Statements:
    """What somebody read: sums of counts, and between which numbers they lie."""

    told: list[tuple[Sum, int, int]] = field(default_factory=list)

    def say(self, what: Count, low: int, high: int) -> None:
        self.told.append(({what: 1}, low, high))

    def share(self, what: Count, base: Count, thousandths: int) -> None:
        """``what`` is that part of ``base``, rounded half up to whole thousandths."""
        far = 10**9
        self.told.append(({what: 2000, base: 1 - 2 * thousandths}, 0, far))
        self.told.append(({what: 2000, base: -1 - 2 * thousandths}, -far, 0))

    def exact(self, what: Count) -> bool:
        """Whether somebody wrote the number itself."""
        return any(dict(sum_) == {what: 1} and low == high for sum_, low, high in self.told)


class UnsolvedError(AssertionError):
    """The solver did not come to an end; nothing is proven."""


class Crowd:
    """All people that agree with the statements.

    Args:
        people: how many answered.
        groupings: the questions that ask for a group.
        questions: what else was asked.
        statements: what was read.
    """

    def __init__(
        self, people: int, groupings: Sequence[Asked], questions: Sequence[Asked], statements: Statements
    ) -> None:
        self._people = people
        self._by = {each.id: at for at, each in enumerate(groupings)}
        self._of = {each.id: each for each in questions}
        choices = [each.options if each.must else (*each.options, "") for each in groupings]
        self._kinds = list(itertools.product(*choices))
        self._place: dict[tuple[object, ...], int] = {}
        for kind in self._kinds:
            self._new(kind, "", "")
            for question in questions:
                for option in question.options:
                    self._new(kind, question.id, option)
        self._rows: list[dict[int, int]] = []
        self._low: list[float] = []
        self._high: list[float] = []
        self._frame(questions)
        for told, low, high in statements.told:
            self._row(self.sum(told), low, high)
        width = len(self._place)
        at = [row for row, held in enumerate(self._rows) for _ in held]
        columns = [column for held in self._rows for column in held]
        values = [float(value) for held in self._rows for value in held.values()]
        self._matrix = csr_array((values, (at, columns)), shape=(len(self._rows), width))

    def _new(self, *key: object) -> None:
        self._place[key] = len(self._place)

    def _row(self, parts: Mapping[int, int], low: float, high: float) -> None:
        self._rows.append(dict(parts))
        self._low.append(low)
        self._high.append(high)

    def _frame(self, questions: Iterable[Asked]) -> None:
        """What is so of any crowd."""
        self._row({self._place[kind, "", ""]: 1 for kind in self._kinds}, self._people, self._people)
        for kind, question in itertools.product(self._kinds, questions):
            own = self._place[kind, "", ""]
            cells = [self._place[kind, question.id, option] for option in question.options]
            if question.multiple:
                for cell in cells:
                    self._row({cell: 1, own: -1}, -self._people, 0)
                most = question.at_most or len(cells)
                self._row({**dict.fromkeys(cells, 1), own: -most}, -(10**6), 0)
                if question.must:
                    self._row({**dict.fromkeys(cells, 1), own: -1}, 0, 10**6)
            else:
                self._row({**dict.fromkeys(cells, 1), own: -1}, 0 if question.must else -self._people, 0)

    def sum(self, parts: Sum) -> dict[int, int]:
        """A sum of counts in the unknowns."""
        found: dict[int, int] = {}
        for count, times in parts.items():
            kinds = self._kinds
            if count.by:
                kinds = [kind for kind in kinds if kind[self._by[count.by]] == count.group]
            options = [count.option]
            if count.option == ANSWERED:
                options = list(self._of[count.question].options)
            for key in itertools.product(kinds, [count.question], options):
                found[self._place[key]] = found.get(self._place[key], 0) + times
        return found

    def counts(self) -> list[Count]:
        """Every count that could have been published."""
        found = []
        for by, at in self._by.items():
            for group in dict.fromkeys(kind[at] for kind in self._kinds):
                found.append(Count(by, group))
                found += [
                    Count(by, group, question.id, option)
                    for question in self._of.values()
                    for option in question.options
                ]
        return found

    # ---- asking the solver

    def _solve(self, weights: Mapping[int, float]) -> numpy.ndarray:
        """Whole numbers that agree with everything and make the weighted sum smallest."""
        goal = numpy.zeros(len(self._place))
        for at, weight in weights.items():
            goal[at] = weight
        found = milp(
            goal,
            integrality=numpy.ones(len(goal)),
            bounds=Bounds(0, self._people),
            constraints=LinearConstraint(self._matrix, numpy.array(self._low), numpy.array(self._high)),
            options={"mip_rel_gap": 0.0},
        )
        if found.status != 0:
            raise UnsolvedError(found.message)
        whole = numpy.rint(found.x).astype(numpy.int64)
        sums = self._matrix @ whole
        if (whole < 0).any() or (sums < self._low).any() or (sums > self._high).any():
            raise UnsolvedError("the solver's numbers do not agree with what was said")
        return whole

    def known(self, secrets: Mapping[Count, int]) -> list[Count]:
        """Return which of these numbers can be no other than they are.

        Raises:
            UnsolvedError: the solver did not settle it, or what was said cannot be.
        """
        sums = {count: self.sum({count: 1}) for count in secrets}
        left = dict(secrets)
        chance = numpy.random.default_rng(1)
        for _ in range(4):  # one answer often shows another value for many of them at once
            if not left:
                return []
            weights: dict[int, float] = {}
            for count, value in left.items():
                sign = 1.0 if value and chance.random() < 0.5 else -1.0
                for at in sums[count]:
                    weights[at] = weights.get(at, 0.0) + sign
            self._drop(left, sums, self._solve(weights))
        found = []
        while left:
            count = next(iter(left))
            for sign in (1.0, -1.0):
                if count in left:
                    self._drop(left, sums, self._solve({at: sign * n for at, n in sums[count].items()}))
            if count in left:
                found.append(count)
                del left[count]
        return found

    @staticmethod
    def _drop(left: dict[Count, int], sums: Mapping[Count, Mapping[int, int]], whole: numpy.ndarray) -> None:
        for count in list(left):
            if sum(int(whole[at]) * n for at, n in sums[count].items()) != left[count]:
                del left[count]


def true_counts(
    crowd: Crowd, groupings: Sequence[Asked], answers: Sequence[Mapping[str, object]]
) -> dict[Count, int]:
    """Every count from the sheets themselves; groups and options by their names, several in a tuple."""
    ids = {each.id for each in groupings}
    found = dict.fromkeys(crowd.counts(), 0)
    for sheet in answers:
        for by in ids:
            group = str(sheet.get(by, ""))
            found[Count(by, group)] += 1
            for question, answer in sheet.items():
                if question not in ids:
                    for option in answer if isinstance(answer, tuple) else (answer,):
                        found[Count(by, group, question, str(option))] += 1
    return found


def check_truth(statements: Statements, true: Mapping[Count, int]) -> None:
    """What was said must be so, or the reader misread it.

    Raises:
        AssertionError: it is not.
    """
    by = next(count.by for count in true)
    groups = [count.group for count in true if count.by == by and not count.question]

    def number(count: Count) -> int:
        if not count.by:
            return sum(number(Count(by, group, count.question, count.option)) for group in groups)
        if count.option == ANSWERED:
            own = (each for each in true if (each.by, each.group) == (count.by, count.group))
            return sum(true[each] for each in own if each.question == count.question)
        return true[count]

    for told, low, high in statements.told:
        value = sum(number(count) * times for count, times in told.items())
        assert low <= value <= high, (told, low, value, high)
