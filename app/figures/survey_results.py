"""What a survey says, from the counts of its answers: sheets, frequencies, wishes, topics (F-02, F-03).

Single sheets are never part of the case; everything here is worked out from the counts that were written down, each
figure with the records behind it. The base of a share is the number of valid sheets, or of those who were asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.domain.case import Case
from app.domain.negotiation import Position
from app.domain.survey import AnswerCount, Question, QuestionKind, Survey, Topic
from app.domain.union import AgreementKind, Form
from app.figures.origin import Figure, Origin, percent, rounded
from app.figures.rates import (
    option_shares,
    origin_of,
    staff_total,
    survey_return_rate,
    survey_valid_rate,
)
from app.figures.small_groups import FEWEST

_WISHED = re.compile("协商|想谈|议题|要谈|最希望|事项")
_RISE = re.compile("(工资|薪|收入).*(增|涨|调|提高)|(增|涨|调|提高).*(工资|薪|收入)")
_BAND_FROM = re.compile(r"^\D{0,4}?(\d+(?:\.\d+)?)")
_MONEY = re.compile("工资|薪|单价|津贴|补贴|奖金|元")


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a survey on their way: every number with its origin."""

    staff: Figure
    issued: Figure
    returned: Figure
    valid: Figure
    return_rate: Figure
    valid_rate: Figure
    mismatches: tuple[str, ...] = ()
    """What does not add up, in words (收回 320 份比发放 318 份多)."""


@dataclass(frozen=True, slots=True)
class OptionResult:
    """One option: how many chose it, which share of the base that is, and the topic it became."""

    option: str
    number: int
    share: Figure
    topic: Topic | None = None


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """How often each option of a question was chosen, in the order of the question.

    Attributes:
        base: number of sheets the shares refer to; ``None`` while it is not known.
        base_words: the base in words: ``可多选，276 份``.
        group: the matrix row; empty for a plain question.
    """

    question: Question
    rows: tuple[OptionResult, ...]
    base: int | None
    base_words: str
    group: str = ""

    @property
    def ranked(self) -> tuple[OptionResult, ...]:
        """The options, most chosen first."""
        return tuple(sorted(self.rows, key=lambda row: -row.number))

    @property
    def top(self) -> tuple[OptionResult, ...]:
        """The most chosen option, several if they are equal, none if nobody answered."""
        most = max((row.number for row in self.rows), default=0)
        return tuple(row for row in self.rows if most and row.number == most)


# ---- sheets


def current_survey(case: Case) -> Survey | None:
    """The survey whose results are shown: the last one."""
    return case.surveys[-1] if case.surveys else None


def sheets_of(case: Case, survey: Survey) -> Sheets:
    """在册, 发出, 收回, 有效 with both rates, and what does not add up."""
    return Sheets(
        staff=_staff(case),
        issued=_sheet_figure(survey, "issued", "发出"),
        returned=_sheet_figure(survey, "returned", "收回"),
        valid=_sheet_figure(survey, "valid", "有效"),
        return_rate=survey_return_rate(survey),
        valid_rate=survey_valid_rate(survey),
        mismatches=_mismatches(survey),
    )


def _staff(case: Case) -> Figure:
    """Whom the roster counts; a special agreement for women asks the women."""
    if case.cycle.agreement_kind is AgreementKind.WOMEN:
        number, behind = women_total(case)
        return Figure(number, "人", "在册女职工", behind)
    number, behind = staff_total(case)
    return Figure(number, "人", "在册职工", behind)


def women_total(case: Case) -> tuple[int | None, tuple[Origin, ...]]:
    """Return the women among the staff the cycle covers, and where the number stands."""
    if case.cycle.form in (Form.AREA, Form.INDUSTRY):
        behind = tuple(
            origin_of("covered_enterprises", each, "female_staff") for each in case.covered_enterprises
        )
        known = [each.female_staff for each in case.covered_enterprises]
        return (None if None in known or not known else sum(number or 0 for number in known)), behind
    return case.enterprise.female_staff, (origin_of("enterprise", case.enterprise, "female_staff"),)


def _sheet_figure(survey: Survey, fact: str, label: str) -> Figure:
    return Figure(getattr(survey, fact), "份", label, (origin_of("surveys", survey, fact),))


def _mismatches(survey: Survey) -> tuple[str, ...]:
    found = []
    for fact, name in (("issued", "发放"), ("returned", "收回"), ("valid", "有效")):
        parts = [getattr(survey, f"{fact}_online"), getattr(survey, f"{fact}_paper")]
        whole = getattr(survey, fact)
        if None not in parts and whole is not None and sum(parts) != whole:
            found.append(
                f"{name}：线上 {parts[0]} 份加纸质 {parts[1]} 份是 {sum(parts)} 份，合计写的是 {whole} 份"
            )
    for less, more, names in (
        ("returned", "issued", "收回 {} 份比发放 {} 份多"),
        ("valid", "returned", "有效 {} 份比收回 {} 份多"),
    ):
        low, high = getattr(survey, less), getattr(survey, more)
        if low is not None and high is not None and low > high:
            found.append(names.format(low, high))
    return tuple(found)


# ---- frequencies


def questions_of(case: Case, survey: Survey) -> tuple[Question, ...]:
    """The questions of a survey in the order of their numbers."""
    own = [each for each in case.questions if each.survey == survey.id]
    return tuple(sorted(own, key=lambda each: each.number if each.number is not None else 10_000))


def subject_of(question: Question) -> str:
    """What a question is about, without the address it begins with: 岗位类别 of 您的岗位类别."""
    return question.stem.removeprefix("您").removeprefix("的")


def answers_of(case: Case, question: Question) -> tuple[AnswerCount, ...]:
    """The counts of a question by all who answered: one record, or one for each row of a matrix."""
    matrix = question.kind is QuestionKind.MATRIX
    return tuple(
        each
        for each in case.answer_counts
        if each.question == question.id and not each.group_question and (matrix or not each.group)
    )


def whole_of(case: Case, question: Question, row: str = "") -> AnswerCount | None:
    """The count of a question (or a matrix row) by all, if it has one number for each option."""
    found = next((each for each in answers_of(case, question) if each.group == row), None)
    return found if found is not None and len(found.numbers) == len(question.options) else None


def results_of(case: Case, question: Question) -> tuple[QuestionResult, ...]:
    """The result of a question; a matrix has one for each of its rows, an open question none."""
    if question.kind in (QuestionKind.OPEN, QuestionKind.NUMBER):
        return ()
    return tuple(
        _result(case, question, answers) for answers in answers_of(case, question) if answers.numbers
    )


def _result(case: Case, question: Question, answers: AnswerCount) -> QuestionResult:
    survey = case.find("surveys", question.survey)
    base: int | None
    if answers.group:
        base = sum(answers.numbers)
    else:
        base = question.asked_count or (survey.valid if survey is not None else None)
    behind = (
        ()
        if survey is None or answers.group or question.asked_count
        else (origin_of("surveys", survey, "valid"),)
    )
    rows = []
    shares = option_shares(case, question, answers)
    for option, number, share in zip(question.options, answers.numbers, shares, strict=False):
        whole = Figure(share.value, share.unit, share.label, (*share.origin, *behind), share.rule)
        rows.append(OptionResult(option, number, whole, topic_of(case, question, option, number)))
    words = f"{base} 份" if base is not None else "有效份数还没写"
    if question.asked_of and base is not None:
        words = f"{question.asked_of} {base} 人"
    if question.kind is QuestionKind.MULTIPLE:
        words = f"可多选，{words}"
    return QuestionResult(question, tuple(rows), base, words, answers.group)


@dataclass(frozen=True, slots=True)
class NumberResult:
    """What was written into a 填数: how many wrote a number, and their mean; ``unit`` as most wrote it.

    The mean has no value and no origin where fewer than five wrote one.
    """

    written: Figure
    mean: Figure
    unit: str


def number_result(case: Case, question: Question) -> NumberResult | None:
    """The result of a 填数; ``None`` for every other question, and while nothing is counted."""
    held = next((each for each in answers_of(case, question) if each.numbers), None)
    if question.kind is not QuestionKind.NUMBER or held is None:
        return None
    people = sum(held.numbers)
    told = Origin("answer_counts", held.id, "numbers", f"第{question.number}题 {people} 份填了数字")
    mean: Decimal | None = None
    behind: tuple[Origin, ...] = ()
    if held.total is not None and people >= FEWEST:
        mean = rounded(Fraction(held.total) / people, 2)
        behind = (Origin("answer_counts", held.id, "total", f"第{question.number}题 合计"), told)
    written = Figure(people, "份", "填了数字的答卷", (told,))
    return NumberResult(written, Figure(mean, held.unit, "平均", behind, MEAN_OF_NUMBERS), held.unit)


MEAN_OF_NUMBERS = "平均＝所填的数相加÷填了数字的份数"


def leading_share(result: QuestionResult, count: int = 2) -> Figure:
    """The share that chose one of the first ``count`` options (非常满意 and 满意); they exclude each other."""
    chosen = result.rows[:count]
    value = percent(sum(row.number for row in chosen), result.base) if result.base else None
    origin = tuple(dict.fromkeys(origin for row in chosen for origin in row.share.origin))
    rule = f"（{'＋'.join(row.option for row in chosen)}）÷ 答卷 {result.base or '？'} 份"
    return Figure(value, "%", result.group or result.question.stem, origin, rule)


# ---- what is wanted


def wishes(case: Case, survey: Survey) -> QuestionResult | None:
    """What people want to be talked about: the multiple choice with most topics, else the one that asks for it."""
    asked = [
        each
        for each in questions_of(case, survey)
        if each.kind in (QuestionKind.MULTIPLE, QuestionKind.RANKING)
    ]
    linked = {each.id: sum(each.id in topic.questions for topic in case.topics) for each in asked}
    asked.sort(key=lambda each: (-linked[each.id], not _WISHED.search(each.stem)))
    for question in asked:
        found = results_of(case, question)
        if found:
            return found[0]
    return None


def bands(case: Case, survey: Survey) -> QuestionResult | None:
    """The rise people expect, by ordered bands: the question on wages first, else the first on money."""
    asked = [
        each
        for each in questions_of(case, survey)
        if each.kind is QuestionKind.SINGLE and is_ordered(each.options) and _MONEY.search(each.stem)
    ]
    asked.sort(key=lambda each: not asks_for_rise(each))
    for question in asked:
        found = results_of(case, question)
        if found:
            return found[0]
    return None


def is_ordered(options: Sequence[str]) -> bool:
    """Whether options are bands of a number, from the lowest to the highest (3%以下, 3%—5%, …, 10%以上).

    Fewer than the bands may stand beside them without any number: 不调整, 下调, 说不清.
    """
    starts = [start for option in options if (start := _BAND_FROM.match(option)) is not None]
    beside = [option for option in options if not any(each.isdigit() for each in option)]
    if len(starts) < 3 or len(beside) >= len(starts) or len(starts) + len(beside) < len(options):
        return False
    numbers = [Decimal(start.group(1)) for start in starts]
    return numbers == sorted(numbers) and len(set(numbers)) >= len(numbers) - 1


def asks_for_rise(question: Question) -> bool:
    """Whether a question asks by how much wages should grow."""
    return bool(_RISE.search(question.stem)) and any("%" in option for option in question.options)


# ---- topics


def topic_of(case: Case, question: Question, option: str, number: int) -> Topic | None:
    """The topic an option became, ``None`` when none can be told.

    A topic belongs to the option if it names it, or if it is linked to the question or has its number of
    supporters and begins with a word of its name; the best one counts, and only if it is the only best one. Only a choice
    among several matters asks for topics.
    """
    if question.kind not in (QuestionKind.MULTIPLE, QuestionKind.RANKING) or len(option) < 2:
        return None
    marks = sorted(
        ((_fit(topic, question, option, number), at) for at, topic in enumerate(case.topics)), reverse=True
    )
    if not marks or marks[0][0] < _FITS or (len(marks) > 1 and marks[1][0] == marks[0][0]):
        return None
    return case.topics[marks[0][1]]


_FITS = 3


def _fit(topic: Topic, question: Question, option: str, number: int) -> int:
    mark = 2 if question.id in topic.questions else 0
    mark += 2 if number and topic.supporters == number else 0
    if topic.name and (option in topic.name or topic.name in option):
        return mark + 3
    if not mark or any(topic.name in other for other in question.options):
        return 0  # a shared word alone is not enough, nor where the topic is nothing but another option
    return mark + (option[:2] in topic.name)  # what tells 高温津贴 from 夜班津贴 stands first


def support_of(case: Case, topic: Topic, survey: Survey | None) -> Figure:
    """The share of the valid sheets on which a topic was wanted, by the number written beside it."""
    if topic.supporters is None or survey is None or not survey.valid:
        return Figure(None, "%", topic.name, (), "提出人数 ÷ 有效答卷")
    behind = (origin_of("topics", topic, "supporters"), origin_of("surveys", survey, "valid"))
    return Figure(percent(topic.supporters, survey.valid), "%", topic.name, behind, "提出人数 ÷ 有效答卷")


def ranked_topics(case: Case) -> tuple[Topic, ...]:
    """The topics, most wanted first; one without a number by its coded open answers, else in order after them."""
    coded = coded_counts(case)

    def wanted_by(topic: Topic) -> int:
        if topic.supporters is not None:
            return topic.supporters
        return max((sum(each.numbers) for each in coded.get(topic.id, ())), default=-1)

    return tuple(sorted(case.topics, key=lambda each: -wanted_by(each)))


def sources_of(case: Case, topic: Topic) -> tuple[Origin, ...]:
    """Where a topic came from: the option or question it was asked in, and the hearings."""
    return all_sources(case).get(topic.id, ())


def all_sources(case: Case) -> Mapping[str, tuple[Origin, ...]]:
    """Where each topic came from, by its id; every option is looked at once."""
    found: dict[str, list[Origin]] = {topic.id: [] for topic in case.topics}
    for question in case.questions:
        options: dict[str, list[Origin]] = {}
        if question.kind in (QuestionKind.MULTIPLE, QuestionKind.RANKING):
            for answers in answers_of(case, question):
                for option, number in zip(question.options, answers.numbers, strict=False):
                    topic = topic_of(case, question, option, number)
                    if topic is not None:
                        words = f"第{question.number}题“{option}” {number} 人"
                        told = Origin("answer_counts", answers.id, "numbers", words)
                        options.setdefault(topic.id, []).append(told)
        for each in case.topics:
            if each.id in options:
                found[each.id] += options[each.id]
            elif question.id in each.questions:
                asked = Origin("questions", question.id, "stem", f"第{question.number}题 {question.stem}")
                found[each.id].append(asked)
    for hearing in case.hearings:
        words = f"{hearing.title}：{'；'.join(hearing.opinions) or '没有写意见'}"
        for each in case.topics:
            if hearing.id in each.hearings:
                found[each.id].append(Origin("hearings", hearing.id, "opinions", words))
    return {topic_id: tuple(origins) for topic_id, origins in found.items()}


def ways_of(case: Case, topic: Topic) -> tuple[Origin, ...]:
    """Where a topic went: items of the offer, what was said in each round, clauses, and what those oblige to."""
    found = [
        Origin("offer_items", item.id, "claim", f"要约主张：{item.claim or '还没写'}")
        for item in case.offer_items
        if item.topic == topic.id
    ]
    found += [
        Origin("positions", said.id, "worker_text", f"协商主张：{_said(case, said)}")
        for said in case.positions
        if said.topic == topic.id
    ]
    clauses = [clause for clause in case.clauses if clause.topic == topic.id]
    found += [Origin("clauses", clause.id, "", f"条款：{clause.title}") for clause in clauses]
    own = {clause.id for clause in clauses}
    found += [
        Origin("obligations", due.id, "what", f"履约事项：{due.what or '还没写'}")
        for due in case.obligations
        if due.clause in own
    ]
    return tuple(found)


def _said(case: Case, said: Position) -> str:
    meeting = case.find("meetings", said.meeting)
    value = said.worker_text or (f"{said.worker_value:f}" if said.worker_value is not None else "还没写")
    number = meeting.number if meeting is not None else None
    return f"第{number}次会议 {value}" if number is not None else value


def coded_counts(case: Case) -> Mapping[str, Sequence[AnswerCount]]:
    """The counts of open answers coded to topics, by the id of the topic."""
    starts = {
        each.id: f"answers-{each.id}-topic-" for each in case.questions if each.kind is QuestionKind.OPEN
    }
    found: dict[str, list[AnswerCount]] = {}
    for each in case.answer_counts:
        start = starts.get(each.question)
        if start is not None and each.id.startswith(start):
            found.setdefault(each.id.removeprefix(start), []).append(each)
    return found


def coded_supporters(case: Case, topic: Topic) -> Figure:
    """How many open answers were coded to a topic: proposed as its number of supporters, never written by itself.

    Where several open questions were coded, the largest number counts; one sheet may have answered them all. A
    question that was asked of fewer than five proposes nothing: the number would stand on papers.
    """
    many = {
        each.id
        for each in case.questions
        if each.kind is QuestionKind.OPEN and (each.asked_count is None or each.asked_count >= FEWEST)
    }
    own = [each for each in coded_counts(case).get(topic.id, ()) if each.question in many]
    most = max((sum(each.numbers) for each in own), default=None)
    behind = tuple(Origin("answer_counts", each.id, "numbers", each.title) for each in own)
    return Figure(most, "人", topic.name, behind, "开放题里归到这个议题的答卷")
