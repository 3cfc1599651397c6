"""Tables of answers as 问卷星 exports them (forms.md 3.1), read into sheets that tell nothing of who answered.

Columns the site adds and those that ask for a name or phone are dropped; times are not kept, ids are random and the
sheets are put into the order of their ids. What does not fit is listed by row and reason, never by what it says.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from app.domain.answered_sheet import Answer, AnsweredSheet
from app.domain.survey import Question, QuestionKind
from app.errors import UserError
from app.exchange.spreadsheets import Cell, SheetTable, read_bytes, tables_of
from app.exchange.survey_cells import (
    MISSING,
    NOT_COUNTED,
    NOT_IN_LIST,
    ColumnAnswers,
    Form,
    read_answers,
    scores_of,
    text_of,
    whole_number,
)
from app.exchange.survey_columns import (
    ADDRESSES,
    NUMBERS,
    TIMES,
    USERS,
    FileQuestion,
    Head,
    asks_who,
    cleaned,
    looks_like_head,
    plain_name,
    read_head,
)
from app.exchange.survey_guess import match, new_question, worded_alike
from app.exchange.survey_repeats import rows_twice, stamps_of
from app.progress import Progress, Silent

BLANK, IMPOSSIBLE, OTHER_VERSION = "空白卷", "没有一个能算的答案", "像是另一版问卷"
"""Why a sheet was returned and is not valid. One impossible answer is none: it is listed and left out, as on paper."""

_CHOICES = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.RANKING, QuestionKind.MATRIX)
_HEAD_WITHIN = 10
_PHONE_OR_ID = re.compile(r"1[3-9]\d{9}|\d{17}[\dXx]")


@dataclass(frozen=True, slots=True)
class Mapped:
    """A question and where it stands in the file.

    ``note`` tells what to look at, ``made`` that it is a new one, ``reworded`` that the file words it in another way.
    """

    question: Question
    headers: tuple[str, ...]
    note: str = ""
    made: bool = False
    reworded: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """A column that is not taken in; ``keepable``: it is a question and may be kept on purpose."""

    header: str
    reason: str
    keepable: bool = False


@dataclass(frozen=True, slots=True)
class RowNote:
    """What is the matter with a row; ``row`` as the spreadsheet counts it."""

    row: int
    reason: str

    def __str__(self) -> str:
        return f"第{self.row}行：{self.reason}"


@dataclass(frozen=True, slots=True)
class SurveyFile:
    """What a file of answers holds, before anything is stored.

    Attributes:
        form_note: why the form was recognised, and where name and content disagree.
        rows: sheets in the file.
        sheets: those to keep, the invalid ones (without their answers) among them.
        refused: rows that do not count, each with its reason.
        doubtful: rows that count although they may be there twice, or one answer in them does not count.
        missing: questions of the survey the file does not have; those that ask for a name are not waited for.
        valid: how many sheets count.
        refusal: why nothing of it can be taken; empty if it can.
        came: for each sheet by its id the row, and what tells it from all others of the site (序号 and 提交时间); empty
            where the file does not have it. Kept nowhere, only a digest of it.
    """

    name: str
    sha256: str
    form: Form
    form_note: str
    rows: int
    mapped: tuple[Mapped, ...]
    dropped: tuple[Dropped, ...]
    sheets: tuple[AnsweredSheet, ...]
    refused: tuple[RowNote, ...]
    doubtful: tuple[RowNote, ...]
    missing: tuple[Question, ...]
    valid: int
    refusal: str = ""
    came: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def made(self) -> tuple[Question, ...]:
        """The questions that come from the file."""
        return tuple(each.question for each in self.mapped if each.made)


def read_survey_file(
    path: Path,
    questions: Sequence[Question],
    *,
    survey: str,
    batch: str,
    keep: AbstractSet[str] = frozenset(),
    frozen: bool = False,
    progress: Progress | None = None,
) -> SurveyFile:
    """Read a file of answers.

    Args:
        path: the file.
        questions: those of the survey; with none they are made from the file.
        survey: id of the survey.
        batch: id of the import to be.
        keep: heads of columns to be kept on purpose although they may tell who answered.
        frozen: the survey's questions stay as they are; a column kept on purpose cannot become a new one.
        progress: told after each question; may cancel.

    Raises:
        UserError: it cannot be read, or is no table of answers.
    """
    progress = progress or Silent()
    progress.step(0, 1, "读文件")
    content = read_bytes(path)
    sha256 = hashlib.sha256(content).hexdigest()
    table, at = _table(tables_of(path.name, content), path.name)
    names = [cell.strip() if isinstance(cell, str) else text_of(cell) for cell in table.rows[at]]
    head = read_head(names, [each.stem for each in questions])
    kept = [
        (at + 2 + place, row) for place, row in enumerate(table.rows[at + 1 :]) if any(c != "" for c in row)
    ]
    columns: list[Sequence[Cell]] = list(zip(*(row for _, row in kept), strict=True)) or [()] * len(names)
    numbers = [number for number, _ in kept]
    for rows in (table.rows, kept):
        _let_go(rows, _ROWS_AT_ONCE)
    try:
        return _Reading(
            path.name, sha256, questions, survey, batch, keep, frozen, head, columns, numbers
        ).run(progress)
    finally:
        _let_go(columns, 1)


def _let_go(held: Sequence[Any], most: int) -> None:
    """Free what is not needed any more bit by bit: half a million cells at once would hold the window."""
    while isinstance(held, list) and held:
        del held[-most:]


_ROWS_AT_ONCE = 200


def _table(tables: Sequence[SheetTable], name: str) -> tuple[SheetTable, int]:
    """The sheet with the answers and the row of its head."""
    for table in sorted(tables, key=lambda each: each.hidden):
        marks = [looks_like_head(row) for row in table.rows[:_HEAD_WITHIN]]
        if marks and max(marks) >= 2 and not table.hidden:
            return table, marks.index(max(marks))
    raise UserError(
        f"“{name}”里没有找到答卷：没有一行是“1、题干”这样的表头。",
        "资料库没有变。",
        "在问卷星的“下载答卷数据”里选“按选项文本下载”，把下载的文件原样导入。",
        code="Q-101",
    )


class _Reading:
    """One file on its way to sheets."""

    def __init__(
        self,
        name: str,
        sha256: str,
        questions: Sequence[Question],
        survey: str,
        batch: str,
        keep: AbstractSet[str],
        frozen: bool,
        head: Head,
        columns: Sequence[Sequence[Cell]],
        numbers: Sequence[int],
    ) -> None:
        self._name, self._sha256 = name, sha256
        self._questions, self._survey, self._batch, self._keep = questions, survey, batch, keep
        self._frozen = frozen
        self._head, self._columns, self._numbers = head, columns, numbers
        self._dropped = [Dropped(header, "网站自动加上的列，不收") for _, header in head.metadata]
        self._dropped += [Dropped(header, "不是题目") for _, header in head.others]
        self._told_who: set[str] = set()

    def run(self, progress: Progress) -> SurveyFile:
        form, form_note = self._form()
        pairs = self._pairs(form)
        read: list[tuple[Question, ColumnAnswers]] = []
        mapped = []
        for done, (found, question, made) in enumerate(pairs, start=1):
            answers = read_answers(question, found, self._columns, form)
            read.append((question, answers))
            headers = tuple(part.header for part in found.parts)
            reworded = not made and not worded_alike(found.stem, question.stem)
            mapped.append(Mapped(question, headers, self._note(question, found, form), made, reworded))
            progress.step(done, len(pairs) + 1, f"第{question.number}题")
        there = {question.id for question, _ in read}
        missing = tuple(each for each in self._questions if each.id not in there | self._told_who)
        sheets, refused, doubtful, came = self._sheets(read)
        progress.step(len(pairs) + 1, len(pairs) + 1)
        refusal = ""
        if not read or (self._questions and 2 * len(there) < len(self._questions)):
            refusal = "文件里的题大半和这次调查的题对不上，像是另一份或另一版问卷的答卷"
        elif not self._numbers:
            refusal = "文件里一份答卷也没有"
        return SurveyFile(
            self._name,
            self._sha256,
            form,
            form_note,
            len(self._numbers),
            tuple(mapped),
            tuple(self._dropped),
            sheets,
            refused,
            doubtful,
            missing,
            sum(not sheet.invalid for sheet in sheets),
            refusal,
            came,
        )

    # ---- questions

    def _pairs(self, form: Form) -> list[tuple[FileQuestion, Question, bool]]:
        known = match(self._head.questions, self._questions)
        last = max((each.number or 0 for each in self._questions), default=0)
        pairs = []
        for at, found in enumerate(self._head.questions):
            question, made = known.get(at), False
            headers = [part.header for part in found.parts]
            on_purpose = any(header in self._keep for header in headers)
            guessed = question or new_question(found, self._columns, form, survey=self._survey, number=0)
            known_choice = question is not None and question.kind in _CHOICES
            addable = question is not None or not self._frozen
            on_purpose = on_purpose and addable
            if not known_choice and not on_purpose and self._tells_who(found, guessed):
                self._dropped += [Dropped(header, "能认出是谁", keepable=addable) for header in headers]
                self._told_who.add(guessed.id)
                continue
            if question is None:
                if self._questions and not on_purpose:
                    self._dropped += [Dropped(header, "这次调查里没有这一题") for header in headers]
                    continue
                last = found.number if found.number is not None and found.number > last else last + 1
                question, made = guessed.replace(number=last), True
                if on_purpose:  # names are no options
                    question = question.replace(kind=QuestionKind.OPEN, options=(), rows=(), asks_group=None)
            choice_without = question.kind in _CHOICES and not question.options
            rowless = question.kind is QuestionKind.MATRIX and not question.rows
            if question.kind is None or choice_without or rowless:
                self._dropped += [Dropped(header, "这一题还没有写全题型、选项或行") for header in headers]
                continue
            pairs.append((found, question, made))
        return pairs

    def _tells_who(self, found: FileQuestion, question: Question) -> bool:
        if asks_who(found.stem) or asks_who(question.stem) or any(asks_who(p.label) for p in found.parts):
            return True
        if question.kind is QuestionKind.SINGLE:
            return False
        counted = Counter(cell for part in found.parts for cell in self._columns[part.at])
        texts = [(text, number) for cell, number in counted.items() if (text := text_of(cell)) not in MISSING]
        telling = sum(number for text, number in texts if _PHONE_OR_ID.fullmatch(text))
        return telling > 0 and 2 * telling >= sum(number for _, number in texts)

    def _note(self, question: Question, found: FileQuestion, form: Form) -> str:
        """How numbers of this question were read, where it is not plain."""
        if question.kind not in (QuestionKind.SINGLE, QuestionKind.MATRIX) or form is Form.NUMBERS:
            return ""
        different = {text_of(cell) for part in found.parts for cell in set(self._columns[part.at])}
        if not any(whole_number(text) for text in different) or different <= set(question.options):
            return ""
        scores = scores_of(question.options)
        if scores is None:
            return "文件里是数字，按“第几个选项”读的，请核对"
        told = "，".join(
            f"{score}是“{question.options[at]}”" for score, at in sorted(scores.items(), reverse=True)
        )
        return f"文件里是分数，读法：{told}"

    # ---- form

    def _form(self) -> tuple[Form, str]:
        """How the answers are written: what the cells say counts, the name of the file decides where they are open."""
        named = next(
            (form for form in Form if f"_{form.label}" in self._name or form.label in self._name), None
        )
        seen = self._form_of_cells()
        if seen is None:
            return named or Form.TEXT, "按文件名认出" if named else "内容里没有能认出写法的题，按文本读"
        if named is not None and named is not seen and {named, seen} != {Form.NUMBERS, Form.SCORES}:
            return seen, f"文件名写的是{named.label}，内容是{seen.label}，照内容读"
        return named or seen, "按文件名和内容认出" if named else "按内容认出"

    def _form_of_cells(self) -> Form | None:
        words = numbers = 0
        for found in self._head.questions:
            for part in found.parts:
                different = {text for cell in set(self._columns[part.at]) if (text := text_of(cell))}
                if any("┋" in text or "→" in text or text in ("(空)", "(跳过)") for text in different):
                    return Form.TEXT
                answers = different - {"-2", "-3"}
                if answers and len(answers) <= max(2, len(self._numbers) // 2):
                    plain = all(whole_number(text) is not None for text in answers)
                    numbers, words = numbers + plain, words + (not plain)
        if not words and not numbers:
            return None
        if words > numbers or (words and not any("-3" in map(text_of, set(c)) for c in self._columns)):
            return Form.TEXT if words >= numbers else Form.NUMBERS
        scored = any(cleaned(header) in ("总分", "得分") for _, header in self._head.metadata)
        return Form.SCORES if scored else Form.NUMBERS

    # ---- sheets

    def _sheets(
        self, read: Sequence[tuple[Question, ColumnAnswers]]
    ) -> tuple[
        tuple[AnsweredSheet, ...], tuple[RowNote, ...], tuple[RowNote, ...], dict[str, tuple[int, str]]
    ]:
        ids = [question.id for question, _ in read]
        rows: list[tuple[Answer | None, ...]] = list(zip(*(each.answers for _, each in read), strict=True))
        problems, others = self._by_row(read)
        rows = _without(rows, ids, problems)
        twice, maybe = rows_twice(rows, self._numbers, *map(self._metadata, (NUMBERS, USERS, ADDRESSES)))
        doubtful = [RowNote(self._numbers[at], told) for at, told in maybe.items()]
        sheets, refused, left_out = [], [], set()
        names = _random_ids(len(rows))
        stamps = stamps_of(rows, self._metadata(NUMBERS), self._metadata(TIMES))
        for at, answers in enumerate(rows):
            if at in twice:
                refused.append(RowNote(self._numbers[at], twice[at]))
                continue
            given = _given(ids, answers)
            wrong = problems.get(at)
            if given and (wrong is None or not _is_other_version(given, wrong)):
                sheets.append(
                    AnsweredSheet(
                        id=names[at],
                        batch=self._batch,
                        survey=self._survey,
                        answers=given,
                        others=_others(others.get(at, {}), wrong or ()),
                    )
                )
                continue
            left_out.add(at)
            why, told = self._why_invalid(given, wrong or [])
            refused.append(RowNote(self._numbers[at], told))
            sheets.append(AnsweredSheet(id=names[at], batch=self._batch, survey=self._survey, invalid=why))
        sheets.sort(key=lambda sheet: sheet.id)
        doubtful += self._remarks(read, {*twice, *left_out})
        came = {names[at]: (self._numbers[at], stamps[at]) for at in range(len(rows)) if at not in twice}
        return tuple(sheets), tuple(refused), tuple(sorted(doubtful, key=lambda each: each.row)), came

    @staticmethod
    def _why_invalid(given: dict[str, Answer], wrong: list[tuple[Question, str]]) -> tuple[str, str]:
        if not wrong:
            return BLANK, "一题也没有答，按空白卷计"
        if _is_other_version(given, wrong):
            strange = sum(reason == NOT_IN_LIST for _, reason in wrong)
            return OTHER_VERSION, f"有 {strange} 题的答案都不在选项里，像是另一版问卷的答卷"
        told = "；".join(f"第{question.number}题{reason}" for question, reason in wrong[:3])
        more = f"等 {len(wrong)} 处" if len(wrong) > 3 else ""
        return IMPOSSIBLE, f"没有一个能算的答案：{told}{more}"

    @staticmethod
    def _by_row(
        read: Sequence[tuple[Question, ColumnAnswers]],
    ) -> tuple[dict[int, list[tuple[Question, str]]], dict[int, dict[str, str]]]:
        problems: dict[int, list[tuple[Question, str]]] = {}
        others: dict[int, dict[str, str]] = {}
        for question, held in read:
            for at, reason in held.problems.items():
                problems.setdefault(at, []).append((question, reason))
            for at, words in held.beside.items():
                others.setdefault(at, {})[question.id] = words
        return problems, others

    def _remarks(
        self, read: Sequence[tuple[Question, ColumnAnswers]], left_out: AbstractSet[int]
    ) -> list[RowNote]:
        """What is odd about single answers of the sheets that count."""
        return [
            RowNote(self._numbers[at], f"第{question.number}题{said}")
            for question, held in read
            for at, said in [
                *((at, NOT_COUNTED.format(why)) for at, why in held.problems.items()),
                *held.remarks.items(),
            ]
            if at not in left_out
        ]

    def _metadata(self, names: Sequence[str]) -> Sequence[Cell] | None:
        for at, header in self._head.metadata:
            if plain_name(cleaned(header)) in names:
                return self._columns[at]
        return None


def _without(
    rows: list[tuple[Answer | None, ...]],
    ids: Sequence[str],
    problems: Mapping[int, Sequence[tuple[Question, str]]],
) -> list[tuple[Answer | None, ...]]:
    """The rows without answers that are wrong in any part: such a question counts as not answered."""
    place = {name: at for at, name in enumerate(ids)}
    for at, wrong in problems.items():
        answers = list(rows[at])
        for question, _ in wrong:
            answers[place[question.id]] = None
        rows[at] = tuple(answers)
    return rows


def _others(held: Mapping[str, str], wrong: Sequence[tuple[Question, str]]) -> Mapping[str, str]:
    gone = {question.id for question, _ in wrong}
    return {name: words for name, words in held.items() if name not in gone} if gone else held


def _is_other_version(given: Mapping[str, Answer], wrong: Sequence[tuple[Question, str]]) -> bool:
    strange = sum(reason == NOT_IN_LIST for _, reason in wrong)
    return strange >= 2 and strange > len(given)


def _given(ids: Sequence[str], answers: Sequence[Answer | None]) -> dict[str, Answer]:
    """The answers of a sheet by question, without those that were left out; most sheets leave out few."""
    whole = dict(zip(ids, answers, strict=True))
    at = -1
    for _ in range(answers.count(None)):
        at = answers.index(None, at + 1)
        del whole[ids[at]]
    return cast("dict[str, Answer]", whole)


def _random_ids(count: int) -> list[str]:
    """Different ids that tell nothing of the order."""
    made: set[str] = set()
    while len(made) < count:
        drawn = secrets.token_hex(8 * count)
        made.update(drawn[at : at + 16] for at in range(0, len(drawn), 16))
    return list(made)[:count]
