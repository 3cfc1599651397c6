"""The bank of survey questions (F-01) as data, and the questionnaire proposed for an audience and a situation.

The file is strict: an unknown key, a missing one or a value that cannot be is refused with its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import tomli

from app.domain.case import Case
from app.domain.facts import Choice
from app.domain.questionnaire import WITH_OPTIONS, has_answers, is_frozen, questions_in_order
from app.domain.roster import ALL_OTHERS, NOT_TOLD
from app.domain.survey import Audience, GroupBy, Question, QuestionKind, Situation, Survey
from app.domain.union import AgreementKind
from app.errors import UserError
from app.paths import resource

C = TypeVar("C", bound=Choice)

DEPARTMENTS, POSTS = "departments", "posts"
"""Options that are the case's own names: :func:`own_names`."""

_OWN_NAMES: Mapping[str, GroupBy] = {DEPARTMENTS: GroupBy.DEPARTMENT, POSTS: GroupBy.POST}

MOST_NAMES = 40
"""More names than this are nothing to tick on paper; the smallest of them share :data:`OTHER_NAMES`."""

OTHER_NAMES = "其他"


class Group(Choice):
    """Part of the questionnaire (forms.md F-01)."""

    BACKGROUND = "background", "背景"
    KNOWN = "known", "知晓"
    SATISFIED = "satisfied", "满意"
    WANTED = "wanted", "期望"
    SPECIAL = "special", "专项"
    OPEN = "open", "开放题"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankQuestion:
    """One question of the bank.

    Attributes:
        key: its stable name, kept in :attr:`Question.bank_key`.
        scale: name of the scale its options are; empty for options of its own.
        options_from: ``departments`` or ``posts`` where the options are the case's own names.
        agreements, situations: kinds and situations for which it is ticked at once; empty means all.
        proposed: False: only listed.
        source: an article it rests on, as ``law.md`` names it.
    """

    key: str
    group: Group
    audience: tuple[Audience, ...]
    kind: QuestionKind
    stem: str
    options: tuple[str, ...] = ()
    scale: str = ""
    options_from: str = ""
    rows: tuple[str, ...] = ()
    asks_group: GroupBy | None = None
    at_most: int | None = None
    asked_of: str = ""
    agreements: tuple[AgreementKind, ...] = ()
    situations: tuple[Situation, ...] = ()
    proposed: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class Emphasis:
    """What a notice wants talked about first in a situation, with the place it says so."""

    situation: Situation
    points: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Bank:
    """The whole bank; ``heading`` and ``how_to`` stand at the head of every sheet."""

    heading: str
    how_to: str
    scales: Mapping[str, tuple[str, ...]]
    emphases: tuple[Emphasis, ...]
    questions: tuple[BankQuestion, ...]

    def emphasis_of(self, situation: Situation) -> tuple[Emphasis, ...]:
        """What the notices want in a situation."""
        return tuple(each for each in self.emphases if each.situation is situation)


@dataclass(frozen=True, slots=True)
class Proposed:
    """One question of the tick list: ``ticked``: suits the case. ``there``: the survey has it already."""

    question: BankQuestion
    ticked: bool
    there: bool


@lru_cache(maxsize=1)
def load_bank() -> Bank:
    """Return the shipped bank."""
    return read_bank(resource("questionnaires/bank.toml").read_bytes())


def propose(
    bank: Bank,
    case: Case,
    survey_id: str,
    *,
    audience: Audience,
    situation: Situation,
    agreement: AgreementKind | None,
) -> tuple[Proposed, ...]:
    """Return the questions for an audience in the order of the sheet, those that suit ticked."""
    there = {each.bank_key for each in questions_in_order(case, survey_id) if each.bank_key}
    groups = list(Group)
    found = []
    for each in sorted(bank.questions, key=lambda held: groups.index(held.group)):
        if audience not in each.audience:
            continue
        suits = (
            each.proposed
            and (not each.agreements or agreement is None or agreement in each.agreements)
            and (not each.situations or situation in each.situations)
            and (not each.options_from or len(own_names(case, _OWN_NAMES[each.options_from])) > 1)
        )
        found.append(Proposed(each, suits and each.key not in there, each.key in there))
    return tuple(found)


def question_facts(
    bank: Bank, case: Case, asked: BankQuestion, *, four_levels: bool = False
) -> dict[str, Any]:
    """Return the facts a :class:`Question` starts with; ``four_levels``: scales without a middle."""
    scale = "satisfied_4" if four_levels and asked.scale == "satisfied_5" else asked.scale
    options = bank.scales[scale] if scale else asked.options
    if asked.options_from:
        options = own_names(case, _OWN_NAMES[asked.options_from])
    return {
        "kind": asked.kind,
        "stem": asked.stem,
        "options": options,
        "rows": asked.rows,
        "asks_group": asked.asks_group,
        "at_most": asked.at_most,
        "asked_of": asked.asked_of,
        "bank_key": asked.key,
    }


def in_bank_order(bank: Bank, questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """Return questions as the bank groups them: 背景 first, 开放 last; own ones before 开放, else as they stand."""
    groups = list(Group)
    of_bank = {each.key: groups.index(each.group) for each in bank.questions}
    own = groups.index(Group.SPECIAL)
    return tuple(sorted(questions, key=lambda each: of_bank.get(each.bank_key, own)))


def own_names(case: Case, by: GroupBy) -> tuple[str, ...]:
    """Return how the case names its departments or posts, so that a question asks for them in the same words.

    The roster comes first, in its order (the largest group first); departments typed by hand stand in for it.
    """
    names = [each.name for each in case.staff_groups if each.by is by and each.name not in ("", NOT_TOLD)]
    if not names and by is GroupBy.DEPARTMENT:
        names = [each.name for each in case.departments if each.name]
    found = tuple(dict.fromkeys(OTHER_NAMES if each == ALL_OTHERS else each for each in names))
    if len(found) <= MOST_NAMES:
        return found
    return (*[each for each in found if each != OTHER_NAMES][: MOST_NAMES - 1], OTHER_NAMES)


@dataclass(frozen=True, slots=True)
class NamesOffered:
    """The roster's names for a question that asks for departments or posts in other words.

    Attributes:
        question: the question as it is.
        options: its options with the roster's names.
        added, dropped: names that would come, and options that would go.
    """

    question: Question
    options: tuple[str, ...]
    added: tuple[str, ...]
    dropped: tuple[str, ...]


def names_offered(case: Case, survey: Survey) -> tuple[NamesOffered, ...]:
    """Return the questions that should take their options from the roster, in their order.

    Only while they may change: the survey is neither frozen nor answered. Names are offered where the roster knows
    some the question lacks; an own “其他…” stays, last.
    """
    if is_frozen(survey) or has_answers(case, survey.id):
        return ()
    found = []
    for each in questions_in_order(case, survey.id):
        by = each.asks_group
        if by is None or by not in _OWN_NAMES.values() or each.kind is not QuestionKind.SINGLE:
            continue
        if not any(group.by is by for group in case.staff_groups):
            continue
        names = own_names(case, by)
        added = tuple(name for name in names if name not in each.options)
        if len(names) < 2 or not added:
            continue
        rest = tuple(
            option for option in each.options if option not in names and option.startswith(OTHER_NAMES)
        )
        dropped = tuple(option for option in each.options if option not in (*names, *rest))
        found.append(NamesOffered(each, (*names, *rest), added, dropped))
    return tuple(found)


# ---- reading


def read_bank(data: bytes) -> Bank:
    """Return the bank in a file's bytes.

    Raises:
        UserError: it is no TOML, has unknown or missing keys, or a value that cannot be.
    """
    try:
        whole = tomli.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomli.TOMLDecodeError) as broken:
        raise _refused(f"不是能读的 TOML（{broken}）") from None
    part = _Part("", whole)
    scales_part = part.part("scales")
    scales = {name: scales_part.texts(name, least=2) for name in scales_part.names()}
    bank = Bank(
        heading=part.text("heading"),
        how_to=part.text("how_to"),
        scales=scales,
        emphases=tuple(_emphasis(each) for each in part.parts("emphasis")),
        questions=tuple(_question(each, scales) for each in part.parts("question")),
    )
    part.done()
    keys = [each.key for each in bank.questions]
    for key in keys:
        if keys.count(key) > 1:
            raise _refused(f"有两题都叫 {key}")
    return bank


def _emphasis(part: _Part) -> Emphasis:
    found = Emphasis(part.one("situation", Situation), part.texts("points", least=1), part.text("from"))
    part.done()
    return found


def _question(part: _Part, scales: Mapping[str, tuple[str, ...]]) -> BankQuestion:
    at_most = part.number("at_most")
    found = BankQuestion(
        key=part.text("key"),
        group=part.one("group", Group),
        audience=part.many("audience", Audience),
        kind=part.one("kind", QuestionKind),
        stem=part.text("stem"),
        options=part.texts("options"),
        scale=part.text("scale", optional=True),
        options_from=part.text("options_from", optional=True),
        rows=part.texts("rows"),
        asks_group=part.maybe("asks_group", GroupBy),
        at_most=at_most,
        asked_of=part.text("for", optional=True),
        agreements=part.many("agreements", AgreementKind),
        situations=part.many("situations", Situation),
        proposed=part.yes_no("proposed", True),
        source=part.text("source", optional=True),
    )
    if not found.audience:
        raise part.refuse("audience", "没有写")
    if found.scale and found.scale not in scales:
        raise part.refuse("scale", f"没有叫 {found.scale} 的量表")
    if found.options_from and found.options_from not in _OWN_NAMES:
        raise part.refuse("options_from", f"只能是 {'、'.join(_OWN_NAMES)}")
    sources = (bool(found.options), bool(found.scale), bool(found.options_from))
    if sum(sources) != (found.kind in WITH_OPTIONS):
        raise part.refuse("options", "选择题要有一种选项，填写题不要选项")
    if len(set(found.options)) < len(found.options):
        raise part.refuse("options", "有两个一样的选项")
    if bool(found.rows) is not (found.kind is QuestionKind.MATRIX):
        raise part.refuse("rows", "矩阵题要写行，别的题不写")
    if at_most is not None and (found.kind is not QuestionKind.MULTIPLE or at_most >= len(found.options)):
        raise part.refuse("at_most", "只用于多选题，要少于选项数")
    if found.asks_group is not None and found.kind is not QuestionKind.SINGLE:
        raise part.refuse("asks_group", "只用于单选题")
    part.done()
    return found


class _Part:
    """One table of the file; what is never asked for is unknown and refused."""

    def __init__(self, where: str, values: dict[str, Any]) -> None:
        self._where = where
        self._values = dict(values)

    def refuse(self, name: str, why: str) -> UserError:
        return _refused(f"{self._where}{name} {why}")

    def names(self) -> tuple[str, ...]:
        return tuple(self._values)

    def text(self, name: str, *, optional: bool = False) -> str:
        value = self._values.pop(name, "")
        if not isinstance(value, str):
            raise self.refuse(name, "要写文字")
        if not value and not optional:
            raise self.refuse(name, "没有写")
        return value

    def texts(self, name: str, *, least: int = 0) -> tuple[str, ...]:
        value = self._values.pop(name, [])
        if not isinstance(value, list) or not all(isinstance(part, str) and part for part in value):
            raise self.refuse(name, "要写成一列文字")
        if len(value) < least:
            raise self.refuse(name, f"至少写 {least} 项")
        return tuple(value)

    def number(self, name: str) -> int | None:
        value = self._values.pop(name, None)
        if value is not None and (type(value) is not int or value < 1):
            raise self.refuse(name, "要写不小于 1 的整数")
        return value

    def yes_no(self, name: str, default: bool) -> bool:
        value = self._values.pop(name, default)
        if not isinstance(value, bool):
            raise self.refuse(name, "要写 true 或 false")
        return value

    def one(self, name: str, choices: type[C]) -> C:
        return self._chosen(name, self.text(name), choices)

    def maybe(self, name: str, choices: type[C]) -> C | None:
        value = self.text(name, optional=True)
        return self._chosen(name, value, choices) if value else None

    def many(self, name: str, choices: type[C]) -> tuple[C, ...]:
        return tuple(self._chosen(name, value, choices) for value in self.texts(name))

    def _chosen(self, name: str, value: str, choices: type[C]) -> C:
        found = next((each for each in choices if each.value == value), None)
        if found is None:
            known = "、".join(str(each.value) for each in choices)
            raise self.refuse(name, f"没有 {value}，可以写：{known}")
        return found

    def part(self, name: str) -> _Part:
        value = self._values.pop(name, {})
        if not isinstance(value, dict):
            raise self.refuse(name, f"要写成 [{name}]")
        return _Part(f"{name} ", value)

    def parts(self, name: str) -> list[_Part]:
        value = self._values.pop(name, [])
        if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
            raise self.refuse(name, f"要写成 [[{name}]]")
        return [_Part(f"{name} 第{number}条 ", part) for number, part in enumerate(value, start=1)]

    def done(self) -> None:
        for name in self._values:
            raise self.refuse(name, "不认识")


def _refused(why: str) -> UserError:
    return UserError(
        f"题库文件 bank.toml 读不了：{why}。",
        "已经写好的问卷和答卷没有变。",
        "请换回原来的文件，或者按指出的地方改。",
        code="F-301",
    )
