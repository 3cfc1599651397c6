"""Somebody who has everything that left the program and reads it; knows nothing of the program's code.

What the files say becomes statements for the judge (:mod:`tests.figures.judge`).
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from docx import Document
from openpyxl import load_workbook

from tests.figures.judge import ANSWERED, Asked, Count, Statements

_SMALL, _GUARD = "不足 5 份", "※"

Tables = Mapping[str, list[tuple[object, ...]]]
"""Name of a table → its rows below the title, the first one with the heads; numbers are numbers, shares decimals."""


@dataclass(frozen=True)
class Survey:
    """What everybody knows beforehand: the questionnaire, how many answered, what a grouping is called."""

    valid: int
    groupings: Mapping[str, Asked]
    questions: Sequence[Asked]


def tables_of_book(data: bytes) -> Tables:
    """Every sheet of a workbook."""
    book = load_workbook(io.BytesIO(data))
    return {sheet.title: list(sheet.iter_rows(values_only=True))[1:] for sheet in book.worksheets}


def read_tables(into: Statements, survey: Survey, tables: Tables) -> None:
    """All tables of a spreadsheet or a paper."""
    for question in (*survey.groupings.values(), *survey.questions):
        _totals(into, survey, question, tables.get(f"第{question.number}题", []))
    for title, grouping in survey.groupings.items():
        _sizes(into, survey, grouping, tables.get(f"第{grouping.number}题", []))
        _against_roster(into, survey, grouping, tables.get(f"代表性 {title}", []))
        for question in (each for each in survey.questions if each.row):
            _content(into, grouping, question, tables.get(f"第{question.number}题按{title}看满意", []))
        for question in survey.questions:
            _crossed(into, survey, grouping, question, tables.get(f"第{question.number}题按{title}", []))


def _number(said: object) -> int | None:
    return said if isinstance(said, int) else None


def _thousandths(said: object) -> int | None:
    return round(float(said) * 1000) if isinstance(said, float | Decimal) else None


def _totals(into: Statements, survey: Survey, question: Asked, rows: Sequence[tuple[object, ...]]) -> None:
    if question.id in {each.id for each in survey.groupings.values()}:
        return
    for row in rows[1:]:
        if question.row and row[0] == question.row:
            told = [n for said in row[1 : 2 * max(len(question.options), _graded(question)) : 2]
                    if (n := _number(said)) is not None]  # fmt: skip
            for option, number in zip(question.options, question.folded(told), strict=True):
                into.say(Count(question=question.id, option=option), number, number)
        number = _number(row[1]) if len(row) > 1 else None
        if not question.row and row[0] in question.options and number is not None:
            into.say(Count(question=question.id, option=str(row[0])), number, number)


def _graded(question: Asked) -> int:
    return sum(map(len, question.folds))


def _sizes(into: Statements, survey: Survey, grouping: Asked, rows: Sequence[tuple[object, ...]]) -> None:
    said = {str(row[0]): row[1:3] for row in rows[1:] if row[0] in grouping.options}
    marks = [cells[0] for cells in said.values()]
    several = _SMALL in marks or any(_number(mark) is not None for mark in marks)
    for group, (number, share) in said.items():
        _take(into, Count(grouping.id, group), number, survey.valid, meant=several)
        if (part := _thousandths(share)) is not None:
            into.share(Count(grouping.id, group), Count(), part)


def _take(into: Statements, what: Count, said: object, most: int, *, meant: bool) -> None:
    """``meant``: whether ※ is there for numbers from five on."""
    if (number := _number(said)) is not None:
        into.say(what, number, number)
    elif said == _SMALL:
        into.say(what, 0, 4)
    elif said == _GUARD and meant:
        into.say(what, 5, most)


def _against_roster(
    into: Statements, survey: Survey, grouping: Asked, rows: Sequence[tuple[object, ...]]
) -> None:
    for row in rows[1:]:
        if row[0] not in grouping.options or len(row) < 7:
            continue
        own = Count(grouping.id, str(row[0]))
        _take(into, own, row[2], survey.valid, meant=False)
        # The other shares here are of all who named a group the roster knows, or of all: nothing but what is shown.
        staff, rate = _number(row[1]), _thousandths(row[3])
        if staff is not None and rate is not None:
            into.told.append(({own: 2000}, (2 * rate - 1) * staff, (2 * rate + 1) * staff))


def _crossed(
    into: Statements, survey: Survey, grouping: Asked, question: Asked, rows: Sequence[tuple[object, ...]]
) -> None:
    rows = [row[1:] for row in rows[1:] if row[0] == question.row] if question.row else rows[1:]
    shown = [row for row in rows if row[0] in grouping.options and _number(row[1]) is not None]
    meant = any(_SMALL in row[2::2] for row in shown)  # else a whole option may be held back
    for row in rows:
        group, base = str(row[0]), row[1]
        if group not in grouping.options:
            continue
        size, answered = Count(grouping.id, group), Count(grouping.id, group, question.id, ANSWERED)
        _take(into, size if question.multiple else answered, base, survey.valid, meant=False)
        if base == _GUARD:
            into.say(size, 5, survey.valid)
        if _number(base) is None:
            continue
        for option, said, share in zip(question.options, row[2::2], row[3::2], strict=False):
            cell = Count(grouping.id, group, question.id, option)
            _take(into, cell, said, survey.valid, meant=meant)
            if (part := _thousandths(share)) is not None:
                into.share(cell, size if question.multiple else answered, part)


def _content(into: Statements, grouping: Asked, question: Asked, rows: Sequence[tuple[object, ...]]) -> None:
    """Which share is content, by groups: rows of the matrix below each other and groups beside each other, or turned."""
    heads = rows[1][1:] if rows else ()
    for row in rows[2:]:
        for head, said in zip(heads, row[1:], strict=True):
            group = {row[0], head} - {question.row}
            part = _thousandths(said)
            if part is not None and question.row in (row[0], head) and len(group) == 1:
                own = str(*group)
                cell = Count(grouping.id, own, question.id, question.options[0])
                into.share(cell, Count(grouping.id, own, question.id, ANSWERED), part)


# ---- case files, and what the command line says


def read_case_file(into: Statements, survey: Survey, data: bytes) -> None:
    """The counts in a case file."""
    by = {each.id: each for each in survey.groupings.values()}
    asked = {each.id: each for each in survey.questions}
    for record in json.loads(data).get("answer_counts", []):
        question, group, numbers = record["question"], record.get("group", ""), record["numbers"]
        way, row = record.get("group_question", ""), record.get("row", "")
        if row or (group and not way):
            question, group = f"{question}#{row or group}", group if way else ""
        if question in by and not way:
            for name, number in zip(by[question].options, numbers, strict=True):
                into.say(Count(question, name), number, number)
        elif question in asked and (way in by or not group):
            folded = asked[question].folded(numbers)
            for option, number in zip(asked[question].options, folded, strict=True):
                into.say(Count(way, group, question, option), number, number)


def read_command(into: Statements, survey: Survey, document: Mapping[str, Any]) -> None:
    """What ``survey results --json`` says: ``null`` tells nothing."""
    named = {each.number: each for each in survey.groupings.values()}
    stems = {question["stem"]: named[question["number"]] for question in document["questions"]
             if question["number"] in named}  # fmt: skip
    for told in document["questions"]:
        if told["number"] in named:
            for row in told["results"][0]["options"]:
                if row["number"] is not None:
                    into.say(Count(named[told["number"]].id, row["option"]), row["number"], row["number"])
            continue
        for question in (each for each in survey.questions if each.number == told["number"]):
            for result in (each for each in told["results"] if each["row"] == question.row):
                folded = question.folded([row["number"] for row in result["options"]])
                for option, number in zip(question.options, folded, strict=True):
                    into.say(Count(question=question.id, option=option), number, number)
            for table in (each for each in told["groups"] if each["row"] == question.row):
                _command_groups(into, question, stems[table["by"]], table["groups"])


def _command_groups(
    into: Statements, question: Asked, grouping: Asked, groups: Sequence[Mapping[str, Any]]
) -> None:
    for told in groups:
        if told["sheets"] is not None:
            of = Count(grouping.id, told["group"])
            if not question.multiple:
                of = Count(grouping.id, told["group"], question.id, ANSWERED)
            into.say(of, told["sheets"], told["sheets"])
        for option, number in zip(question.options, told["numbers"], strict=True):
            if number is not None:
                into.say(Count(grouping.id, told["group"], question.id, option), number, number)


# ---- papers


def tables_of_paper(data: bytes) -> tuple[dict[str, list[tuple[object, ...]]], list[str]]:
    """The tables of a DOCX under the names the spreadsheet gives them, and its sentences."""
    document = Document(io.BytesIO(data))
    found: dict[str, list[tuple[object, ...]]] = {}
    for table in document.tables:
        rows = [[cell.text.strip() for cell in row.cells] for row in table.rows]
        head = rows[0][0]
        if means := re.match(r"第(\d+)题.*　按(\S+)看满意的占比$", head):
            found[f"第{means[1]}题按{means[2]}看满意"] = [
                (),
                *([row[0], *map(_value, row[1:])] for row in rows[1:]),
            ]
        elif crossed := re.match(r"第(\d+)题.*　按(\S+)$", head):
            found[f"第{crossed[1]}题按{crossed[2]}"] = [(), *map(_unpaired, rows[2:])]
        elif asked := re.match(r"第(\d+)题", head):
            found[f"第{asked[1]}题"] = [
                (),
                *(_unpaired(row) if "\n" in row[1] else [row[0], *map(_value, row[1:])] for row in rows[1:]),
            ]
        elif "在册" in rows[0]:
            found[f"代表性 {head}"] = [(), *([row[0], *map(_value, row[1:])] for row in rows[1:])]
    return found, [each.text for each in document.paragraphs]


def _unpaired(row: Sequence[str]) -> tuple[object, ...]:
    """``12`` above ``40.0%`` in one cell."""
    lead = 1 if "\n" in row[1] else 2  # a cross table tells the sheets first
    cells: list[object] = [row[0], *map(_value, row[1:lead])]
    for cell in row[lead:]:
        number, _, share = cell.partition("\n")
        cells += [_value(number), _value(share)]
    return tuple(cells)


def _value(words: str) -> object:
    words = words.strip()
    if re.fullmatch(r"\d+", words):
        return int(words)
    if re.fullmatch(r"[\d.]+%", words):
        return float(words[:-1]) / 100
    return float(words) if re.fullmatch(r"\d+\.\d+", words) else words or None


def read_sentences(into: Statements, survey: Survey, sentences: Sequence[str]) -> None:
    """The words of the analysis and of the verdicts below the tables."""
    for sentence in sentences:
        for title, grouping in survey.groupings.items():
            for group in grouping.options:
                own = Count(grouping.id, group)
                for number in re.findall(rf"(?<!\w){group}有 (\d+) 人答卷", sentence):
                    into.say(own, int(number), int(number))
                if re.search(rf"{group}答卷不足 5 份", sentence):
                    into.say(own, 0, 4)
                if not sentence.startswith(f"按{title}看") and f"．按{title}看" not in sentence:
                    continue
                asked = re.search(r"第(\d+)题）", sentence)
                most = re.search(rf"{group}选得最多的是“(.+?)”（(\d+) 人）", sentence)
                question = next((q for q in survey.questions if asked and q.number == int(asked[1])), None)
                if most and question:
                    into.say(Count(grouping.id, group, question.id, most[1]), int(most[2]), int(most[2]))
