"""From answered sheets to the counts of a case (F-02): how often each option was chosen, by all and by groups.

Each answer becomes one bit of a long whole number, one bit for a sheet, one number for an option. A count is the
number of its bits, a cell of a cross table that of two numbers laid upon each other; so all cross tables of a large
survey take a moment. Nothing of a single sheet is left in what is returned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from operator import eq
from typing import Any

from app.domain.answered_sheet import Answer, AnsweredSheet
from app.domain.survey import AnswerCount, GroupBy, Question, QuestionKind
from app.domain.written_numbers import read_together
from app.figures.small_groups import FEWEST

KEPT_GROUPS = tuple(GroupBy)
"""By these the case keeps cross tables."""

CROSSED = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.RANKING, QuestionKind.MATRIX)
"""Questions that are counted by groups: what was written, words or numbers, never is."""
_ZERO = b"0"


def counted_sheets(sheets: Iterable[AnsweredSheet]) -> list[AnsweredSheet]:
    """Return the sheets that count: of a sheet typed twice the first typing, and no invalid ones.

    Sheets without a number (online) stand each for itself.
    """
    paper: dict[tuple[str, str], AnsweredSheet] = {}
    counted = []
    for sheet in sheets:
        if not sheet.number:
            if not sheet.invalid:
                counted.append(sheet)
            continue
        key = (sheet.survey, sheet.number)
        held = paper.get(key)
        if held is None or (sheet.keyed, sheet.id) < (held.keyed, held.id):
            paper[key] = sheet
    counted += [sheet for sheet in paper.values() if not sheet.invalid]
    return counted


def group_questions(questions: Iterable[Question], kinds: Sequence[GroupBy] = KEPT_GROUPS) -> tuple[str, ...]:
    """Return the ids of the single choices that ask for one of these groups, in the order of ``kinds``."""
    asked = [each for each in questions if each.kind is QuestionKind.SINGLE and each.options]
    return tuple(each.id for kind in kinds for each in asked if each.asks_group is kind)


def tally(
    questions: Iterable[Question],
    sheets: Iterable[AnsweredSheet],
    *,
    by: Sequence[str] = (),
    topics: Mapping[str, str] | None = None,
) -> tuple[AnswerCount, ...]:
    """Count the answers; nothing at all while no sheet counts.

    A choice has one record for all; a ranking one more for each place (``第1位``), the one for all telling how many
    ranked an option at all; a matrix one for each row; 填数 the number of those who wrote a number, with the sum once
    they are five; 开放 the number of those who wrote something, and one more for each topic it was coded to.

    ``by`` are ids of single choices: every other choice, ranking and matrix row is counted by each option of each of
    them as well. Groups are not crossed with groups: such cells point to persons, and nothing ever shows them.
    ``topics`` names the topics open answers were coded to (id → name); one not named there is called by its id.
    """
    questions = tuple(questions)
    counted = counted_sheets(sheets)
    if not counted:
        return ()
    answers = [sheet.answers for sheet in counted]
    bits = {
        each.id: _Bits(each, [held.get(name) for held in answers])
        for name, each in ((question.id, question) for question in questions)
        if each.kind is not None
    }
    found: list[AnswerCount] = []
    for question in questions:
        own = bits.get(question.id)
        if own is None:
            continue
        found += _whole(question, own)
        if question.kind is QuestionKind.OPEN:
            found += _by_topic(question, counted, topics or {})
    named = {each.id: each for each in questions}
    for question in questions:
        if question.kind in CROSSED and question.options and question.id not in by:
            for other in dict.fromkeys(by):
                asked = named.get(other)
                if asked is not None and asked.kind is QuestionKind.SINGLE:
                    found += _crossed(question, bits[question.id], asked, bits[other])
    return tuple(found)


class _Bits:
    """The answers to one question: for each row (or place) and option one bit for each sheet."""

    def __init__(self, question: Question, of_sheets: Sequence[Answer | None]) -> None:
        self.rows: list[list[int]] = []
        """For a matrix its rows, for a ranking its places; each with a number for each option."""
        self.options: list[int] = []
        """For a choice and a ranking: who chose the option at all. For words written: who wrote anything."""
        self.total: Decimal | None = None
        """For a 填数 the sum of what was written, in ``unit``; nothing below five."""
        self.unit = ""
        self.count = 0
        """For a 填数 how many wrote a number."""
        width = len(question.options)
        if question.kind is QuestionKind.SINGLE:
            self.options = _single(of_sheets, width)
        elif question.kind is QuestionKind.MULTIPLE:
            self.options = _any_of(of_sheets, width)
        elif question.kind is QuestionKind.MATRIX:
            self.rows = _by_place(of_sheets, width, len(question.rows))
        elif question.kind is QuestionKind.RANKING:
            self.options = _any_of(of_sheets, width)
            places = min(question.at_most or width, width)
            self.rows = _by_place(of_sheets, width, places)
        elif question.kind is QuestionKind.NUMBER:
            self._add_up([answer for answer in of_sheets if isinstance(answer, str) and answer.strip()])
        else:
            self.options = _bits_of(
                of_sheets, [lambda answer: isinstance(answer, str) and bool(answer.strip())]
            )

    def _add_up(self, written: Sequence[str]) -> None:
        together = read_together(written)
        values = [value for words in written if (value := together.values.get(words)) is not None]
        self.count = len(values)
        if len(values) >= FEWEST:
            self.total, self.unit = sum(values, Decimal()), together.unit


def _bits_of(answers: Sequence[Answer | None], tests: Sequence[Callable[[Any], bool]]) -> list[int]:
    """For each test one bit for each sheet whose answer passes it; each different answer is tested once."""
    different = list(set(answers))
    if len(different) <= _MOST_CODES:
        coded = dict(zip(different, range(_MOST_CODES), strict=False))
        codes = bytes(map(coded.__getitem__, answers))
        rest = _ZERO * (_MOST_CODES - len(different))
        return [
            int(codes.translate(bytes(b"01"[test(each)] for each in different) + rest), 2) for test in tests
        ]
    found = []
    for test in tests:
        marks = {each: b"01"[test(each)] for each in different}
        found.append(int(bytes(map(marks.__getitem__, answers)), 2))
    return found


_MOST_CODES = 256


def _single(answers: Sequence[Answer | None], width: int) -> list[int]:
    return _bits_of(answers, [partial(eq, option) for option in range(width)])


def _any_of(answers: Sequence[Answer | None], width: int) -> list[int]:
    lists = {each: each if isinstance(each, tuple) else () for each in set(answers)}
    tests = [lambda answer, option=option: option in lists[answer] for option in range(width)]
    return _bits_of(answers, tests)


def _by_place(answers: Sequence[Answer | None], width: int, places: int) -> list[list[int]]:
    nothing = (None,) * places
    whole = {each: (each + nothing)[:places] if isinstance(each, tuple) else nothing for each in set(answers)}
    rows = zip(*map(whole.__getitem__, answers), strict=True)
    return [_single(row, width) for row in rows]


def _whole(question: Question, bits: _Bits) -> Iterator[AnswerCount]:
    if question.kind is QuestionKind.NUMBER:
        yield AnswerCount(
            id=f"answers-{question.id}",
            question=question.id,
            numbers=(bits.count,),
            total=bits.total,
            unit=bits.unit,
        )
    if question.kind is not QuestionKind.MATRIX and bits.options:
        yield AnswerCount(
            id=f"answers-{question.id}",
            question=question.id,
            numbers=tuple(each.bit_count() for each in bits.options),
        )
    for place, row in enumerate(bits.rows):
        matrix = question.kind is QuestionKind.MATRIX
        yield AnswerCount(
            id=f"answers-{question.id}-row-{place + 1}",
            question=question.id,
            group=question.rows[place] if matrix else f"第{place + 1}位",
            numbers=tuple(each.bit_count() for each in row),
        )


def _by_topic(
    question: Question, sheets: Sequence[AnsweredSheet], topics: Mapping[str, str]
) -> Iterator[AnswerCount]:
    coded: dict[str, int] = {}
    for sheet in sheets:
        for topic in set(sheet.topics.get(question.id, ())):
            coded[topic] = coded.get(topic, 0) + 1
    order = {topic: at for at, topic in enumerate(topics)}
    for topic in sorted(coded, key=lambda each: (order.get(each, len(order)), each)):
        yield AnswerCount(
            id=f"answers-{question.id}-topic-{topic}",
            question=question.id,
            group=topics.get(topic) or topic,
            numbers=(coded[topic],),
        )


def _crossed(question: Question, bits: _Bits, asked: Question, groups: _Bits) -> Iterator[AnswerCount]:
    matrix = question.kind is QuestionKind.MATRIX
    for place, row in enumerate(bits.rows if matrix else [bits.options]):
        own = f"answers-{question.id}-row-{place + 1}" if matrix else f"answers-{question.id}"
        for at, (name, group) in enumerate(zip(asked.options, groups.options, strict=True)):
            yield AnswerCount(
                id=f"{own}-by-{asked.id}-{at + 1}",
                question=question.id,
                group=name,
                group_question=asked.id,
                row=question.rows[place] if matrix else "",
                numbers=tuple((each & group).bit_count() for each in row),
            )
