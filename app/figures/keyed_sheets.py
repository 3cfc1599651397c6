"""Which typed paper sheets stand: one for each printed number, and only where both keyings say the same.

Paper sheets are typed once, or twice by different hands (录两遍核对). Nothing here is guessed: whatever two typings
disagree on, whatever bears a number twice, waits until somebody looks at the paper.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.domain.answered_sheet import Answer, AnsweredSheet
from app.domain.survey import Question, QuestionKind, Survey
from app.domain.written_numbers import written_number

DIGITS = 4
"""Places of a printed sheet number: 0001."""
MOST_DIGITS = 9
FIRST, SECOND = 1, 2


@dataclass(frozen=True, slots=True)
class Conflict:
    """One question on which the two keyings of a sheet differ; ``question`` is empty where one calls it spoilt.

    ``first`` and ``second`` are in words for whoever holds the paper.
    """

    number: str
    question: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A number typed more than once in the same keying; ``ids`` are those of the sheets."""

    number: str
    keyed: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Impossible:
    """An answer the question does not allow; it counts as not given. ``why`` tells what is wrong with it."""

    number: str
    keyed: int
    question: str
    why: str


@dataclass(frozen=True, slots=True)
class KeyedSheets:
    """What was typed, sorted out.

    Attributes:
        standing: the sheets that count as returned, one for each number, impossible answers left out.
        conflicts: by number, then in the order of the questions.
        duplicates, impossible: see there.
        beyond: numbers that were never printed (above ``Survey.sheets_printed``), and what is no number.
        second_missing: numbers typed only once although all are to be typed twice.
        first_missing: numbers typed only in the second keying.
        typed: how many sheets were typed in the first and in the second keying.
    """

    standing: tuple[AnsweredSheet, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    impossible: tuple[Impossible, ...] = ()
    beyond: tuple[str, ...] = ()
    second_missing: tuple[str, ...] = ()
    first_missing: tuple[str, ...] = ()
    typed: tuple[int, int] = (0, 0)

    @property
    def valid(self) -> tuple[AnsweredSheet, ...]:
        """The sheets whose answers count."""
        return tuple(sheet for sheet in self.standing if not sheet.invalid)

    @property
    def spoilt(self) -> tuple[AnsweredSheet, ...]:
        """The sheets that came back and do not count."""
        return tuple(sheet for sheet in self.standing if sheet.invalid)

    @property
    def open(self) -> tuple[str, ...]:
        """What is to be settled before the entry can be closed, in words; empty when it can."""
        found = []
        if self.conflicts:
            found.append(f"两遍不一致 {len(self.conflicts)} 处")
        if self.duplicates:
            found.append(f"编号重复 {_numbers(each.number for each in self.duplicates)}")
        if self.second_missing:
            found.append(f"第二遍没录 {_numbers(self.second_missing)}")
        if self.first_missing:
            found.append(f"第一遍没录 {_numbers(self.first_missing)}")
        if self.beyond:
            found.append(f"编号不在印制的份数里 {_numbers(self.beyond)}")
        return tuple(found)


def number_of(typed: str) -> str:
    """The number as it is printed, from what was typed (``7`` → ``0007``); empty if that is no number."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    if not plain.isascii() or not plain.isdigit() or not int(plain) or len(plain) > MOST_DIGITS:
        return ""
    return f"{int(plain):0{DIGITS}d}"


def keyed_sheets(
    survey: Survey, questions: Sequence[Question], sheets: Iterable[AnsweredSheet]
) -> KeyedSheets:
    """Sort out the paper sheets of a survey; sheets without a number (filled in online) are left aside."""
    by_number: dict[str, dict[int, list[AnsweredSheet]]] = defaultdict(lambda: defaultdict(list))
    for sheet in sheets:
        if sheet.number:
            by_number[sheet.number][SECOND if sheet.keyed == SECOND else FIRST].append(sheet)
    standing: list[AnsweredSheet] = []
    conflicts: list[Conflict] = []
    duplicates: list[Duplicate] = []
    impossible: list[Impossible] = []
    beyond: list[str] = []
    only_first: list[str] = []
    only_second: list[str] = []
    typed = {FIRST: 0, SECOND: 0}
    for number in sorted(by_number, key=lambda each: (len(each), each)):
        passes = by_number[number]
        twice = []
        for keyed, held in sorted(passes.items()):
            typed[keyed] += len(held)
            if len(held) > 1:
                twice.append(Duplicate(number, keyed, tuple(sorted(each.id for each in held))))
        if FIRST not in passes:
            only_second.append(number)
        elif SECOND not in passes and survey.double_keyed:
            only_first.append(number)
        never_printed = not was_printed(survey, number)
        if never_printed:
            beyond.append(number)
        duplicates += twice
        if twice:
            continue
        held = [passes[keyed][0] for keyed in sorted(passes)]
        differing = differences(questions, *held) if len(held) > 1 else ()
        conflicts += differing
        wrong = [each for sheet in held for each in _impossible(questions, sheet)]
        impossible += wrong if len(held) == 1 else _once(wrong)
        if not differing and not never_printed:
            standing.append(_without(held[0], {each.question for each in wrong}))
    return KeyedSheets(
        standing=tuple(standing),
        conflicts=tuple(conflicts),
        duplicates=tuple(duplicates),
        impossible=tuple(impossible),
        beyond=tuple(beyond),
        second_missing=tuple(only_first),
        first_missing=tuple(only_second),
        typed=(typed[FIRST], typed[SECOND]),
    )


def standing_sheets(
    survey: Survey, questions: Sequence[Question], sheets: Sequence[AnsweredSheet]
) -> tuple[AnsweredSheet, ...]:
    """The sheets that are counted: those filled in online, and of the paper sheets those that stand."""
    online = tuple(sheet for sheet in sheets if not sheet.number)
    return (*online, *keyed_sheets(survey, questions, sheets).standing)


def was_printed(survey: Survey, number: str) -> bool:
    """Whether a sheet of this number can exist; where nobody wrote how many were printed, any number can."""
    plain = number_of(number)
    return bool(plain) and (not survey.sheets_printed or int(plain) <= survey.sheets_printed)


def differences(
    questions: Sequence[Question], first: AnsweredSheet, second: AnsweredSheet
) -> tuple[Conflict, ...]:
    """What two keyings of one sheet disagree on. A sheet both call spoilt has no answers to compare."""
    if first.invalid and second.invalid:
        return ()
    if bool(first.invalid) != bool(second.invalid):
        said = [f"作废：{each.invalid}" if each.invalid else "有效" for each in (first, second)]
        return (Conflict(first.number, "", said[0], said[1]),)
    return tuple(
        Conflict(first.number, question.id, answer_words(question, first), answer_words(question, second))
        for question in questions
        if _compared(question, first) != _compared(question, second)
    )


def answer_words(question: Question, sheet: AnsweredSheet) -> str:
    """The answer of a sheet to a question in the words of the question, for whoever compares it with the paper."""
    answer = sheet.answers.get(question.id)
    beside = sheet.others.get(question.id, "")
    if answer is None or answer in ("", ()):
        words = "没有回答"
    elif isinstance(answer, str):
        words = answer
    elif isinstance(answer, int):
        words = _option(question, answer)
    elif question.kind is QuestionKind.MATRIX:
        words = "，".join(
            f"{_name(question.rows, row, '行')}：{'没有回答' if chosen is None else _option(question, chosen)}"
            for row, chosen in enumerate(answer)
        )
    else:
        between = " → " if question.kind is QuestionKind.RANKING else "、"
        words = between.join(_option(question, each) for each in answer if each is not None)
    return f"{words}（{beside}）" if beside else words


def impossible_answer(question: Question, answer: Answer) -> str:
    """Why a question does not allow an answer, in words; empty if it does."""
    if question.kind in (QuestionKind.OPEN, QuestionKind.NUMBER):
        if not isinstance(answer, str):
            return "这题要写字，不是选项"
        is_number = question.kind is QuestionKind.NUMBER and bool(answer.strip())
        return written_number(answer).problem if is_number else ""
    if question.kind is QuestionKind.SINGLE:
        if not isinstance(answer, int):
            return "这题只选一项"
        return "" if 0 <= answer < len(question.options) else "没有这个选项"
    if not isinstance(answer, tuple):
        return "这题的回答读不懂"
    chosen = [each for each in answer if each is not None]
    if any(not 0 <= each < len(question.options) for each in chosen):
        return "没有这个选项"
    if question.kind is QuestionKind.MATRIX:
        return "行数比题目多" if len(answer) > max(1, len(question.rows)) else ""
    if len(set(chosen)) != len(chosen) or len(chosen) != len(answer):
        return "同一项选了两次"
    if question.at_most and len(chosen) > question.at_most:
        return f"最多选 {question.at_most} 项，选了 {len(chosen)} 项"
    return ""


def _impossible(questions: Sequence[Question], sheet: AnsweredSheet) -> list[Impossible]:
    if sheet.invalid:
        return []
    return [
        Impossible(sheet.number, sheet.keyed, question.id, why)
        for question in questions
        if question.id in sheet.answers and (why := impossible_answer(question, sheet.answers[question.id]))
    ]


def _once(found: list[Impossible]) -> list[Impossible]:
    """Both keyings of a sheet copied the same impossible answer: it is one to tell of."""
    first = {each.question: each for each in reversed(found)}
    return [each for each in found if first[each.question] is each]


def _without(sheet: AnsweredSheet, questions: set[str]) -> AnsweredSheet:
    if not questions:
        return sheet
    return replace(
        sheet, answers={name: answer for name, answer in sheet.answers.items() if name not in questions}
    )


def _compared(question: Question, sheet: AnsweredSheet) -> tuple[object, str]:
    answer: object = sheet.answers.get(question.id)
    if answer in ("", ()):
        answer = None
    if isinstance(answer, str):
        answer = (_as_number(answer) if question.kind is QuestionKind.NUMBER else None) or _letters(answer)
    elif isinstance(answer, tuple):
        if question.kind is QuestionKind.MATRIX:
            answer = None if all(each is None for each in answer) else _row_by_row(question, answer)
        elif question.kind is QuestionKind.MULTIPLE:
            answer = frozenset(answer)
    return answer, _letters(sheet.others.get(question.id, ""))


def _row_by_row(question: Question, answer: tuple[int | None, ...]) -> tuple[int | None, ...]:
    return (*answer, *[None] * (len(question.rows) - len(answer)))


def _letters(words: str) -> str:
    """What is compared of words: letters and digits; two hands set blanks and full stops differently."""
    plain = unicodedata.normalize("NFKC", words)
    return "".join(each for each in plain if unicodedata.category(each)[0] in "LNS").casefold()


def _as_number(words: str) -> str:
    """What two writings of the same number share (3,500 and 3500 元 are one; 3 年 and 3 月 are two)."""
    found = written_number(words)
    return "" if found.value is None else f"{found.value.normalize():f}{found.unit}"


def _option(question: Question, at: int) -> str:
    return _name(question.options, at, "项")


def _name(names: Sequence[str], at: int, unit: str) -> str:
    return names[at] if 0 <= at < len(names) else f"第{at + 1}{unit}"


def _numbers(numbers: Iterable[str], most: int = 5) -> str:
    found = list(dict.fromkeys(numbers))
    words = "、".join(found[:most])
    return f"{words} 等 {len(found)} 份" if len(found) > most else words
