"""The cells of a table of answers: what each one means for its question, in each way 问卷星 writes it (forms.md 3.1).

Whole columns are read at once: each different cell is understood once, however often it stands there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from app.domain.answered_sheet import Answer
from app.domain.facts import Choice
from app.domain.printable import printable
from app.domain.survey import Question, QuestionKind
from app.domain.written_numbers import TOO_LARGE, asks_percent, read_together
from app.exchange.spreadsheets import Cell
from app.exchange.survey_columns import FilePart, FileQuestion, cleaned

MISSING = frozenset({"", "-2", "-3", "(空)", "(跳过)", "空", "null", "nan"})
"""Cells without an answer, as cleaned text: left out, or not asked."""

SKIPPED = frozenset({"-3", "(跳过)"})
"""The question was not put to this person."""

NOT_IN_LIST = "的答案不在选项里"
TOO_MANY = "选的比允许的多"
TWICE = "的排序里同一项出现两次"
NOT_COUNTED = "{}，这一题不算，其余照收"
OTHER_UNIT = "的单位和多数人写的不一样，不算进平均"
OVER_HUNDRED = "问的是百分之几，填的数超过 100，已收下，请核对"
FAR_OUT = "填的数比多数人大 100 倍以上，已收下，请核对"

_BESIDE = re.compile(r"^(.*?)\s*〖(.*)〗\s*$", re.DOTALL)
_BESIDE_OTHERS = re.compile(r"^(.*?)\s*(?:[\[【({:_]+)\s*(.*?)\s*[\]】)}]*\s*$", re.DOTALL)
_LABEL = re.compile(r"^(?:[A-Za-z]|\d{1,2})\s*[.、:)]\s*(?=\S)")
_TO_FILL = re.compile(r"_+|\((?:请|需)?[^()]{0,4}(?:注明|填写|补充|说明|列出)[^()]{0,6}\)")
_DASH = re.compile(r"[—–−‐-]+|~|～|至")


_H = TypeVar("_H", bound=Hashable)


class Form(Choice):
    """How 问卷星 wrote the answers."""

    TEXT = "text", "按文本"
    NUMBERS = "numbers", "按序号"
    SCORES = "scores", "按分数"


def text_of(cell: Cell) -> str:
    """Return a cell as cleaned text; whole numbers without a point."""
    if isinstance(cell, str):
        return cleaned(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, (date, datetime)):
        return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
    return str(cell)


def is_missing(cell: Cell) -> bool:
    """Whether a cell holds no answer."""
    return text_of(cell) in MISSING


def option_key(text: str) -> str:
    """Return what two writings of the same option share."""
    return re.sub(r"\s+", "", _DASH.sub("-", cleaned(text))).casefold().rstrip("。;,")


def whole_number(text: str) -> int | None:
    """Return the whole number a text is, or None."""
    return int(text) if re.fullmatch(r"\d{1,4}", text) else None


class Understood(NamedTuple):
    """What one cell means: the answer, words written beside the option, or what is wrong with it."""

    answer: Answer | None = None
    beside: str = ""
    problem: str = ""


class Options:
    """Finds the option a text or number stands for."""

    def __init__(self, options: Sequence[str], form: Form) -> None:
        self._form = form
        self._count = len(options)
        self._scores = scores_of(options)
        self._places: dict[str, int] = {}
        for at, option in enumerate(options):
            key = option_key(option)
            for way in (key, option_key(_TO_FILL.sub("", cleaned(option))), option_key(_LABEL.sub("", key))):
                self._places.setdefault(way, at)

    def find(self, text: str) -> tuple[int, str] | None:
        """Return the option and the words beside it, None if it is none of them. ``text`` is cleaned."""
        number = whole_number(text)
        if number is not None and self._form is Form.NUMBERS:
            return (number - 1, "") if 1 <= number <= self._count else None
        at = self._places.get(option_key(text))
        if at is not None:
            return at, ""
        if number is not None:
            return self._by_score(number)
        return self._with_words(text)

    def _by_score(self, number: int) -> tuple[int, str] | None:
        if self._scores is not None:
            at = self._scores.get(number)
            return None if at is None else (at, "")
        return (number - 1, "") if 1 <= number <= self._count else None

    def _with_words(self, text: str) -> tuple[int, str] | None:
        for pattern in (_BESIDE, _BESIDE_OTHERS):
            beside = pattern.match(text)
            if beside is not None and beside[1]:
                own = beside[1].strip()
                number = whole_number(own)
                if number is not None and 1 <= number <= self._count and self._form is not Form.TEXT:
                    return number - 1, beside[2].strip()
                at = self._places.get(option_key(own))
                if at is not None:
                    return at, beside[2].strip()
        at = self._places.get(option_key(_LABEL.sub("", text)))
        return None if at is None else (at, "")


def scores_of(options: Sequence[str]) -> Mapping[int, int] | None:
    """Return score → option for a scale: by the number it is named by, else by its words (非常满意 is the most).

    None if the options are no scale.
    """
    named = [re.fullmatch(r"(\d{1,3})\s*分?(?:\(.*\))?", cleaned(option)) for option in options]
    if options and all(named):
        return {int(each[1]): at for at, each in enumerate(named) if each is not None}
    grades = [(grade_of(option), at) for at, option in enumerate(options)]
    graded = [(grade, at) for grade, at in grades if grade is not None]
    if len(graded) < 3 or len({grade for grade, _ in graded}) < len(graded) or len(graded) < len(options) - 1:
        return None
    return {score: at for score, (_, at) in enumerate(sorted(graded), start=1)}


def grade_of(option: str) -> int | None:
    """Return how high an option stands on a scale of words; None if it is no such word."""
    words = re.match(
        r"^(非常|很|十分|完全|极其|比较|较|基本|不太|有些|有点)?(不)?(\w{1,4})$", cleaned(option)
    )
    if cleaned(option) in ("一般", "中立", "说不清", "无所谓", "普通"):
        return 0
    if words is None or words[3] not in (
        "满意",
        "同意",
        "重要",
        "了解",
        "认同",
        "合理",
        "符合",
        "清楚",
        "赞成",
    ):
        return None
    strength = {"非常": 4, "很": 4, "十分": 4, "完全": 4, "极其": 4, None: 3}.get(words[1], 2)
    negative = words[2] is not None or words[1] == "不太"
    return -strength if negative else strength


@dataclass(slots=True)
class ColumnAnswers:
    """The answers to one question: one for each row of the file, and by row what was written beside or is wrong.

    An answer with a problem does not count, the rest of its sheet does; remarks are only to be looked at.
    """

    answers: list[Answer | None]
    beside: dict[int, str] = field(default_factory=dict)
    problems: dict[int, str] = field(default_factory=dict)
    remarks: dict[int, str] = field(default_factory=dict)


def read_answers(
    question: Question, found: FileQuestion, columns: Sequence[Sequence[Cell]], form: Form
) -> ColumnAnswers:
    """Understand the cells of a question. ``columns`` are all columns of the file."""
    options = Options(question.options, form)
    kind = question.kind
    chosen = kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.RANKING)
    blanks = blank_parts(found, columns) if chosen else []
    parts = [part for part in found.parts if part not in blanks]
    own = [columns[part.at] for part in parts]
    labels = [part.label for part in parts]
    if kind is QuestionKind.MATRIX:
        made = _matrix(question, labels, own, options)
    elif kind in (QuestionKind.MULTIPLE, QuestionKind.RANKING) and len(own) > 1:
        made = _spread(question, labels, own, options)
    elif kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.RANKING):
        made = _mapped(own[0] if own else (), _reader_of(question, options))
    else:
        made = _written(labels, own, number=kind is QuestionKind.NUMBER, percent=asks_percent(question.stem))
    if not own:  # nothing but blanks beside the choice
        made.answers = [None] * len(columns[0])
    for part in blanks:
        for at, cell in enumerate(columns[part.at]):
            if not is_missing(cell):
                made.beside[at] = "；".join(filter(None, (made.beside.get(at), _clean_words(cell))))
    return made


def blank_parts(found: FileQuestion, columns: Sequence[Sequence[Cell]]) -> list[FilePart]:
    """The columns of a question that hold words written beside a choice, not the choice."""
    if len(found.parts) < 2 or found.rows:
        return []
    return [
        part
        for part in found.parts
        if part.label and (part.label.endswith(":") or not _is_marks(columns[part.at]))
    ]


def _is_marks(cells: Sequence[Cell]) -> bool:
    """Whether a column holds only numbers or nothing, as one for an option does."""
    different = set(map(text_of, set(cells)))
    return all(text in MISSING or whole_number(text) is not None for text in different)


def _mapped(cells: Sequence[_H], understand: Callable[[_H], Understood]) -> ColumnAnswers:
    known = {cell: understand(cell) for cell in set(cells)}
    made = ColumnAnswers(list(map({cell: each.answer for cell, each in known.items()}.__getitem__, cells)))
    special = {cell for cell, each in known.items() if each.beside or each.problem}
    if special:
        for at, cell in enumerate(cells):
            if cell in special:
                _note(made, at, known[cell])
    return made


def _note(made: ColumnAnswers, at: int, each: Understood) -> None:
    if each.beside:
        made.beside[at] = each.beside
    if each.problem:
        made.problems[at] = each.problem


def _reader_of(question: Question, options: Options) -> Callable[[Cell], Understood]:
    def single(cell: Cell) -> Understood:
        text = text_of(cell)
        if text in MISSING:
            return Understood()
        found = options.find(text)
        return Understood(problem=NOT_IN_LIST) if found is None else Understood(found[0], printable(found[1]))

    def several(cell: Cell) -> Understood:
        text = text_of(cell)
        if text in MISSING:
            return Understood()
        ranked = question.kind is QuestionKind.RANKING
        pieces = re.split("[→┋]", text) if ranked else text.split("┋")
        if len(pieces) == 1 and options.find(text) is None:
            pieces = re.split(r"->|>" if ranked else r"[;|]", text)
        places, beside = [], []
        for piece in pieces:
            if piece.strip() in MISSING:
                continue
            found = options.find(piece.strip())
            if found is None:
                return Understood(problem=NOT_IN_LIST)
            places.append(found[0])
            beside.append(found[1])
        return _chosen(question, places, "；".join(filter(None, beside)))

    return single if question.kind is QuestionKind.SINGLE else several


def _chosen(question: Question, places: Sequence[int], beside: str = "") -> Understood:
    if question.at_most and len(set(places)) > question.at_most:
        return Understood(problem=TOO_MANY)
    if question.kind is QuestionKind.RANKING:
        if len(set(places)) < len(places):
            return Understood(problem=TWICE)
        return Understood(tuple(places) or None, printable(beside))
    return Understood(tuple(sorted(set(places))) or None, printable(beside))


def _spread(
    question: Question, labels: Sequence[str], columns: Sequence[Sequence[Cell]], options: Options
) -> ColumnAnswers:
    """One column for each option: marks of a multiple choice, places of a ranking."""
    places = _places(labels, options, len(question.options))

    def understand(cells: tuple[Cell, ...]) -> Understood:
        marks: list[tuple[int, int]] = []
        for place, cell in zip(places, cells, strict=True):
            text = text_of(cell)
            number = 0 if text in MISSING else whole_number(text)
            if number is None or (number and place is None):
                return Understood(problem=NOT_IN_LIST)
            if number and place is not None:
                marks.append((number, place))
        if question.kind is QuestionKind.RANKING:
            if len({number for number, _ in marks}) < len(marks):
                return Understood(problem=TWICE)
            marks.sort()
        elif any(number != 1 for number, _ in marks):
            return Understood(problem=NOT_IN_LIST)
        return _chosen(question, [place for _, place in marks])

    return _mapped(list(zip(*columns, strict=True)), understand)


def _places(labels: Sequence[str], options: Options, count: int) -> list[int | None]:
    """The option (or row) of each column: by its name, else by its place if there are as many."""
    found = [options.find(label) if label else None for label in labels]
    if not any(found) and len(labels) == count:
        return list(range(count))
    return [None if each is None else each[0] for each in found]


def _matrix(
    question: Question, labels: Sequence[str], columns: Sequence[Sequence[Cell]], options: Options
) -> ColumnAnswers:
    rows = _places(labels, Options(question.rows, Form.TEXT), len(question.rows))
    length = len(columns[0]) if columns else 0
    held: list[Sequence[Answer | None]] = [[None] * length] * len(question.rows)
    made = ColumnAnswers([])

    def single(cell: Cell) -> Understood:
        text = text_of(cell)
        if text in MISSING:
            return Understood()
        found = options.find(text)
        return Understood(problem=NOT_IN_LIST) if found is None else Understood(found[0])

    for row, cells in zip(rows, columns, strict=True):
        if row is not None:
            own = _mapped(cells, single)
            held[row] = own.answers
            made.problems.update(own.problems)
    nothing = (None,) * len(question.rows)
    made.answers = [None if each == nothing else each for each in zip(*held, strict=True)]
    return made


def _written(
    labels: Sequence[str], columns: Sequence[Sequence[Cell]], *, number: bool, percent: bool = False
) -> ColumnAnswers:
    made = ColumnAnswers([])
    if len(columns) == 1:
        known = {cell: _clean_words(cell) or None for cell in set(columns[0])}
        made.answers = list(map(known.__getitem__, columns[0]))
    else:
        for cells in zip(*columns, strict=True):
            words = [
                f"{label.rstrip(':')}：{told}" if label else told
                for label, cell in zip(labels, cells, strict=True)
                if (told := _clean_words(cell))
            ]
            made.answers.append("；".join(words) or None)
    if number:
        made.remarks, unkept = _remarks(
            [each if isinstance(each, str) else "" for each in made.answers], percent=percent
        )
        for at in unkept:
            made.answers[at] = None
    return made


def _remarks(written: Sequence[str], *, percent: bool) -> tuple[dict[int, str], list[int]]:
    """What is odd about the words in which numbers were written, by row; and the rows of what is not kept.

    Words that are no number stay as written, counting passes over them. What is as long as a telephone number goes.
    """
    read = read_together(filter(None, written))
    values = sorted(value for words in written if (value := read.values.get(words)) is not None)
    usual = values[len(values) // 2] if len(values) >= _MOST_ALIKE else 0
    said = {words: NOT_COUNTED.format(problem) for words, problem in read.problems.items()}
    said |= dict.fromkeys(read.other_unit, OTHER_UNIT)
    said |= {words: FAR_OUT for words, value in read.values.items() if usual and value > 100 * usual}
    said |= {words: OVER_HUNDRED for words, value in read.values.items() if percent and value > 100}
    if not said:
        return {}, []
    long = {words for words, problem in read.problems.items() if problem == TOO_LARGE}
    found = {at: said[words] for at, words in enumerate(written) if words in said}
    return found, [at for at in found if written[at] in long]


_MOST_ALIKE = 10
"""From so many numbers on it can be told what most wrote."""


def _clean_words(cell: Cell) -> str:
    """Words as written, without what no paper can show; empty for a cell without an answer."""
    text = text_of(cell)
    if text in MISSING:
        return ""
    return printable(cell.strip()) if isinstance(cell, str) else text
