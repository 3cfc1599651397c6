"""Questions of a survey from a table of its answers: which belong to those we know, and what new ones look like."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import chain

from app.domain.survey import GroupBy, Question, QuestionKind
from app.domain.written_numbers import written_number
from app.exchange.spreadsheets import Cell
from app.exchange.survey_cells import (
    MISSING,
    SKIPPED,
    Form,
    blank_parts,
    grade_of,
    text_of,
    whole_number,
)
from app.exchange.survey_columns import FileQuestion, cleaned, stem_key

_ALIKE = 0.6
"""How much two stems with the same number must share (0 to 1)."""
_MOST_OPTIONS = 20
_MOST_GROUPS = 80
"""A company can have so many departments or posts."""
_LONGEST_OPTION = 40

_SATISFACTION = ("非常满意", "满意", "一般", "不满意", "非常不满意")

_GROUPS = (
    (GroupBy.LEVEL, re.compile("岗位类别|岗位类型|一线|岗位性质")),
    (GroupBy.DEPARTMENT, re.compile("部门|车间|科室|班组|门店|分公司")),
    (GroupBy.EMPLOYMENT, re.compile("用工|劳动关系|合同类型|派遣")),
    (GroupBy.SEX, re.compile("性别")),
    (GroupBy.AGE, re.compile("年龄|岁数")),
    (GroupBy.MEMBER, re.compile("是否.{0,4}会员|工会会员")),
    (GroupBy.POST, re.compile("岗位|工种|职务")),
)


def match(found: Sequence[FileQuestion], questions: Sequence[Question]) -> dict[int, Question]:
    """Return which question each of the file is, by its place in ``found``.

    The same words count first, then the same number with words that are alike (or none in the file).
    """
    pairs: dict[int, Question] = {}
    keys = [stem_key(each.stem) for each in found]
    open_ = {each.id: each for each in questions}
    by_stem: dict[str, list[Question]] = {}
    for each in questions:
        by_stem.setdefault(stem_key(each.stem), []).append(each)
    for at, key in enumerate(keys):
        same = [each for each in by_stem.get(key, ()) if each.id in open_]
        if key and same:
            best = next((each for each in same if each.number == found[at].number), same[0])
            pairs[at] = open_.pop(best.id)
    for at, key in enumerate(keys):
        if at in pairs or found[at].number is None:
            continue
        for each in list(open_.values()):
            if each.number == found[at].number and _alike(key, stem_key(each.stem)):
                pairs[at] = open_.pop(each.id)
                break
    return pairs


def _alike(left: str, right: str) -> bool:
    if not left or not right or left in right or right in left:
        return True
    return SequenceMatcher(None, left, right).ratio() >= _ALIKE


def worded_alike(found: str, asked: str) -> bool:
    """Whether the words of a file's question are those of the survey, but for signs, brackets and what was cut off."""
    left, right = (
        stem_key(re.sub(r"\([^()]*\)", "", cleaned(found))),
        stem_key(re.sub(r"\([^()]*\)", "", cleaned(asked))),
    )
    return not left or not right or left in right or right in left


def new_question(
    found: FileQuestion, columns: Sequence[Sequence[Cell]], form: Form, *, survey: str, number: int
) -> Question:
    """Return the question a column (or several) is most likely about, its kind told from the answers."""
    blanks = blank_parts(found, columns)
    parts = [part for part in found.parts if part not in blanks] or found.parts
    cells = [columns[part.at] for part in parts]
    labels = tuple(part.label for part in parts)
    kind, options, rows = _kind(found, labels, cells, form, only_blanks=len(blanks) == len(found.parts))
    stem = found.stem or (labels[0].rstrip(":") if len(labels) == 1 else found.title)
    skipped = any(text_of(cell) in SKIPPED for column in cells for cell in set(column))
    return Question(
        id=secrets.token_hex(5),
        survey=survey,
        number=number,
        kind=kind,
        stem=stem,
        options=options,
        rows=rows,
        asks_group=_group(stem) if kind is QuestionKind.SINGLE else None,
        asked_of="被问到的职工" if skipped else "",
    )


def _group(stem: str) -> GroupBy | None:
    return next((group for group, words in _GROUPS if words.search(stem) and len(stem) <= 20), None)


_Kind = tuple[QuestionKind, tuple[str, ...], tuple[str, ...]]


def _kind(
    found: FileQuestion,
    labels: tuple[str, ...],
    cells: Sequence[Sequence[Cell]],
    form: Form,
    *,
    only_blanks: bool,
) -> _Kind:
    counted = Counter(
        {text: number for text, number in _texts(chain.from_iterable(cells)).items() if text not in MISSING}
    )
    if found.rows:
        return QuestionKind.MATRIX, _options(counted, form), labels
    if len(cells) > 1:
        if only_blanks:
            few = len(counted) <= _MOST_OPTIONS // 2 and sum(counted.values()) > 3 * len(counted)
            if few and not any(label.endswith(":") for label in labels):
                return QuestionKind.MATRIX, _options(counted, form), labels
            return QuestionKind.OPEN, (), ()
        if not counted.keys() - {"0", "1"}:
            return QuestionKind.MULTIPLE, labels, ()
        twice = any(_repeats(row) for row in set(zip(*cells, strict=True)))
        if twice:
            return QuestionKind.MATRIX, _options(counted, form), labels
        return QuestionKind.RANKING, labels, ()
    for mark, kind in (("┋", QuestionKind.MULTIPLE), ("→", QuestionKind.RANKING)):
        if any(mark in text for text in counted):
            pieces: Counter[str] = Counter()
            for text, number in counted.items():
                for piece in text.split(mark):
                    pieces[_without_words(piece)] += number
            return kind, _options(pieces, form), ()
    return _of_one_column(counted, form, _MOST_OPTIONS if _group(found.stem) is None else _MOST_GROUPS)


def _of_one_column(counted: Mapping[str, int], form: Form, most_options: int) -> _Kind:
    numbers = [whole_number(text) for text in counted]
    if counted and all(each is not None for each in numbers):
        most = max(each for each in numbers if each is not None)
        if most <= (_MOST_OPTIONS if form is Form.NUMBERS else 10) and 0 not in numbers:
            return QuestionKind.SINGLE, _options(counted, form), ()
        return QuestionKind.NUMBER, (), ()
    if counted and all(re.fullmatch(r"-?\d+(?:\.\d+)?", text) for text in counted):
        return QuestionKind.NUMBER, (), ()
    bare: Counter[str] = Counter()
    for text, number in counted.items():
        bare[_without_words(text)] += number
    many = sum(bare.values())
    if bare and len(bare) <= min(most_options, max(2, many // 2)) and max(map(len, bare)) <= _LONGEST_OPTION:
        return QuestionKind.SINGLE, _options(bare, form), ()
    if counted and all(written_number(text).value is not None for text in counted):
        return QuestionKind.NUMBER, (), ()
    return QuestionKind.OPEN, (), ()


def _texts(cells: Iterable[Cell]) -> Counter[str]:
    texts: Counter[str] = Counter()
    for cell, number in Counter(cells).items():
        texts[text_of(cell)] += number
    return texts


def _repeats(row: Sequence[Cell]) -> bool:
    places = [number for cell in row if (number := whole_number(text_of(cell)))]
    return len(set(places)) < len(places)


def _without_words(text: str) -> str:
    return re.sub(r"\s*〖.*〗\s*$", "", text, flags=re.DOTALL).strip()


def _options(counted: Mapping[str, int], form: Form) -> tuple[str, ...]:
    """The options in a sensible order: scales from best to worst, bands from low to high, else the most chosen first."""
    numbers = [number for text in counted if (number := whole_number(text))]
    if len(numbers) == len(counted) and numbers:
        words = "第{}项" if form is Form.NUMBERS else "{}分"
        return tuple(words.format(number) for number in range(1, max(numbers) + 1))
    names = sorted(counted, key=lambda text: (_is_rest(text), -counted[text], text))
    if len(names) > 1 and set(names) <= set(_SATISFACTION):
        return _SATISFACTION  # what nobody chose is in no cell
    grades = {text: grade_of(text) for text in names}
    if all(grade is not None for grade in grades.values()):
        return tuple(sorted(names, key=lambda text: -(grades[text] or 0)))
    bands = {text: _band(text) for text in names}
    if all(band is not None for band in bands.values()):
        return tuple(sorted(names, key=lambda text: bands[text] or (0.0, 0)))
    return tuple(names)


def _is_rest(text: str) -> bool:
    return cleaned(text).startswith(("其他", "其它"))


def _band(text: str) -> tuple[float, int] | None:
    first = re.match(r"^\D{0,4}?(\d+(?:\.\d+)?)", text)
    return None if first is None else (float(first[1]), int(not re.search("以下|不足|以内|不到", text)))
