"""How many of the staff belong to each group, counted from the roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.case import Case
from app.domain.representatives import Sex
from app.domain.roster import ALL_OTHERS, NOT_TOLD, Person, PostLevel, StaffEmployment
from app.domain.survey import GroupBy

MEMBER, NO_MEMBER = "会员", "不是会员"

MOST_GROUPS = 200

AGE_BANDS = ((30, "30 岁及以下"), (40, "31—40 岁"), (50, "41—50 岁"))
OLDEST = "51 岁及以上"


def age_on(born_on: date, on: date) -> int:
    """Return full years of life; who was born on 29 February has their birthday on 1 March elsewhere."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def age_band(born_on: date, on: date) -> str:
    """Return the band of an age, as groups name it."""
    age = age_on(born_on, on)
    return next((name for most, name in AGE_BANDS if age <= most), OLDEST)


def head_counts(people: Iterable[Person], on: date) -> tuple[tuple[GroupBy, str, int], ...]:
    """Return head counts by every kind of group the roster tells, the order of choices kept, larger ones first else.

    Args:
        people: the roster.
        on: the day ages are counted on.
    """
    counts: dict[GroupBy, Counter[str]] = {by: Counter() for by in GroupBy}
    for person in people:
        born, member = person.born_on, person.member
        counts[GroupBy.DEPARTMENT][person.department or NOT_TOLD] += 1
        counts[GroupBy.POST][person.post or NOT_TOLD] += 1
        counts[GroupBy.LEVEL][person.level.label if person.level else NOT_TOLD] += 1
        counts[GroupBy.EMPLOYMENT][person.employment.label if person.employment else NOT_TOLD] += 1
        counts[GroupBy.SEX][person.sex.label if person.sex else NOT_TOLD] += 1
        counts[GroupBy.AGE][age_band(born, on) if born else NOT_TOLD] += 1
        counts[GroupBy.MEMBER][NOT_TOLD if member is None else MEMBER if member else NO_MEMBER] += 1
    found = []
    for by, numbers in counts.items():
        if set(numbers) <= {NOT_TOLD}:
            continue
        if len(numbers) > MOST_GROUPS:
            largest = dict(numbers.most_common(MOST_GROUPS - 1))
            numbers = Counter({**largest, ALL_OTHERS: numbers.total() - sum(largest.values())})
        found += [
            (by, name, numbers[name]) for name in sorted(numbers, key=lambda each: _rank(by, each, numbers))
        ]
    return tuple(found)


_AGES = (*(name for _, name in AGE_BANDS), OLDEST)
_CHOICES = (
    *(each.label for choices in (PostLevel, StaffEmployment, Sex) for each in choices),
    MEMBER,
    NO_MEMBER,
)
_PLACES = {name: place for place, name in enumerate((*_AGES, *_CHOICES))}


def _rank(by: GroupBy, name: str, numbers: Counter[str]) -> tuple[int, int, str]:
    if name in (NOT_TOLD, ALL_OTHERS):
        return 99, 0, name
    if by in (GroupBy.DEPARTMENT, GroupBy.POST):
        return 0, -numbers[name], name
    return _PLACES[name], 0, name


@dataclass(frozen=True, slots=True)
class Differing:
    """A number of the case that the roster says otherwise.

    Attributes:
        what: the fact in words, with the department before it where it is one's.
        held: what the case says.
        counted: what the roster says.
    """

    what: str
    held: int
    counted: int

    @property
    def sentence(self) -> str:
        """Both numbers."""
        return f"“{self.what}”登记的是 {self.held} 人，花名册里是 {self.counted} 人"


def differences(case: Case, people: Sequence[Person]) -> tuple[Differing, ...]:
    """Return where the numbers of the case and those of the roster part; neither is changed.

    Dispatched workers are no staff of the enterprise (their fact says so), so they are counted apart.
    """
    own = [person for person in people if person.employment is not StaffEmployment.DISPATCHED]
    women = [person for person in own if person.sex is Sex.FEMALE]
    sexes = any(person.sex for person in own)
    levels = any(person.level for person in own)
    members = [person for person in people if person.member]
    told = any(person.member is not None for person in people)
    frontline = sum(1 for person in own if person.level is PostLevel.FRONTLINE)
    enterprise = case.enterprise
    pairs = [
        ("职工总数", enterprise.staff, len(own)),
        ("女职工", enterprise.female_staff, len(women) if sexes else None),
        ("一线职工", enterprise.frontline_staff, frontline if levels else None),
        ("劳务派遣工", enterprise.dispatched_staff, len(people) - len(own) or None),
        ("会员数", case.union.members, len(members) if told else None),
    ]
    by_department = Counter(person.department for person in people)
    for department in case.departments:
        pairs.append((f"{department.name}的人数", department.staff, by_department.get(department.name)))
    return tuple(
        Differing(what, held, counted)
        for what, held, counted in pairs
        if held is not None and counted is not None and held != counted
    )
