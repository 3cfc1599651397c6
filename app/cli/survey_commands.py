"""``survey``: take in answers collected online, and tell what a survey says, small groups hidden."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from app.cli.answer import Answer
from app.cli.commands import ACTOR, open_library
from app.domain.case import Case
from app.domain.survey import Question, QuestionKind, Survey
from app.errors import UserError
from app.figures.published import CrossTable, Published, published
from app.figures.small_groups import Hidden
from app.figures.survey_results import (
    QuestionResult,
    answers_of,
    number_result,
    questions_of,
    results_of,
    sheets_of,
)
from app.figures.survey_versions import survey_of_results
from app.usecases.choose_case import choose_case
from app.usecases.import_survey import SurveyPreview, import_survey, preview_survey
from app.usecases.program import Program


def survey_command(program: Program, options: argparse.Namespace) -> Answer:
    """Do what was asked for: ``import`` or ``results``."""
    return _import(program, options) if options.doing == "import" else _results(program, options)


# ---- import


def _import(program: Program, options: argparse.Namespace) -> Answer:
    """Take in a file of answers, or only look (``--preview``); 1 when sheets were not taken as valid."""
    with open_library(program, options.library) as library:
        case_id = choose_case(library, year=options.year, case_id=options.case)
        library.refuse_read_only()
        preview = preview_survey(library, case_id, options.file, keep=frozenset(options.keep))
        if not options.preview:
            today, wanted = program.clock.today(), options.without_questions
            import_survey(library, case_id, preview, actor=ACTOR, taken_on=today, on_purpose=wanted)
    file = preview.file
    not_all = file.refused or file.refusal or (preview.other_version and not options.without_questions)
    lines = tuple(_import_lines(preview, stored=not options.preview))
    return Answer(lines, _import_document(preview), 1 if not_all else 0)


def _import_lines(preview: SurveyPreview, *, stored: bool) -> Iterator[str]:
    file = preview.file
    done = "收下" if stored else "只看没有收：能收"
    yield f"{file.name}：{file.form.label}（{file.form_note}），{file.rows} 份，{done} {file.valid} 份有效答卷。"
    if file.refusal and not stored:
        yield f"收不了：{file.refusal}。"
    if preview.other_version:
        yield f"注意：{preview.other_version}。缺的题不算，其余照收，要加 --without-questions。"
    yield from (f"注意：{warning}" for warning in preview.warnings)
    yield f"题目 {len(file.mapped)} 题" + (f"，其中从文件新建 {len(file.made)} 题：" if file.made else "：")
    for each in file.mapped:
        note = f"（{each.note}）" if each.note else ""
        kind = each.question.kind.label if each.question.kind is not None else ""
        yield f"  第{each.question.number}题 {kind} {each.question.stem}{note}"
    yield f"没有收的列 {len(file.dropped)} 列："
    yield from (f"  {each.header.rstrip(':：')}：{each.reason}" for each in file.dropped)
    yield f"没有算有效的 {len(file.refused)} 行" + ("：" if file.refused else "")
    yield from (f"  {each}" for each in file.refused)
    if file.doubtful:
        yield f"收下了，要核对的 {len(file.doubtful)} 处："
        yield from (f"  {each}" for each in file.doubtful)


def _import_document(preview: SurveyPreview) -> dict[str, Any]:
    file = preview.file
    return {
        "file": file.name,
        "sha256": file.sha256,
        "form": file.form.value,
        "rows": file.rows,
        "valid": file.valid,
        "questions": [
            {"number": each.question.number, "stem": each.question.stem, "new": each.made, "note": each.note}
            for each in file.mapped
        ],
        "dropped": [{"column": each.header, "reason": each.reason} for each in file.dropped],
        "refused": [{"row": each.row, "reason": each.reason} for each in file.refused],
        "doubtful": [{"row": each.row, "reason": each.reason} for each in file.doubtful],
        "refusal": file.refusal,
        "other_version": preview.other_version,
        "warnings": list(preview.warnings),
    }


# ---- results


def _results(program: Program, options: argparse.Namespace) -> Answer:
    with open_library(program, options.library) as library:
        case = library.read_case(choose_case(library, year=options.year, case_id=options.case))
    survey = survey_of_results(case)
    if survey is None:
        raise UserError(
            "这个年度还没有登记调查。",
            "资料库没有变。",
            "先在“意愿调查”里添加一次调查，或用 survey import 导入答卷。",
            code="Q-105",
        )
    document = _results_document(case, survey)
    return Answer(tuple(_result_lines(document)), document)


def _results_document(case: Case, survey: Survey) -> dict[str, Any]:
    sheets, decided = sheets_of(case, survey), published(case, survey)
    numbers = {
        name: getattr(sheets, name).value
        for name in ("staff", "issued", "returned", "valid", "return_rate", "valid_rate")
    }
    return {
        "survey": survey.title_text,
        "sheets": {name: _plain(value) for name, value in numbers.items()},
        "mismatches": list(sheets.mismatches),
        "questions": [_question(case, question, decided) for question in questions_of(case, survey)],
    }


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)


def _question(case: Case, question: Question, decided: Published) -> dict[str, Any]:
    reasons = decided.reasons(question)
    told: dict[str, Any] = {
        "number": question.number,
        "kind": question.kind.value if question.kind is not None else None,
        "stem": question.stem,
        "results": [_result(each, reasons) for each in results_of(case, question)],
        "groups": [_cross(each) for each in decided.tables if each.question.id == question.id],
    }
    if question.kind in (QuestionKind.OPEN, QuestionKind.NUMBER):
        told["answered"] = sum(sum(each.numbers) for each in answers_of(case, question) if not each.group)
    written = number_result(case, question) if question.id not in decided.closed else None
    if written is not None:
        told["mean"], told["unit"] = _plain(written.mean.value), written.unit
    return told


def _result(result: QuestionResult, reasons: Sequence[Hidden | None]) -> dict[str, Any]:
    return {
        "row": result.group,
        "base": result.base,
        "options": [
            {
                "option": row.option,
                "number": None if why is not None else row.number,
                "share": None if why is not None else _plain(row.share.value),
            }
            for row, why in zip(result.rows, reasons, strict=False)
        ],
    }


def _cross(table: CrossTable) -> dict[str, Any]:
    """A cross table; what could be recognised is ``None``, and so is what would betray it."""
    return {
        "by": table.by.stem,
        "row": table.row,
        "groups": [
            {"group": row.name, "sheets": row.sheets, "numbers": list(row.numbers)} for row in table.rows
        ],
    }


def _result_lines(document: dict[str, Any]) -> Iterator[str]:
    held = document["sheets"]
    sheets = {name: "没有写" if value is None else value for name, value in held.items()}
    rates = {
        name: "算不出" if held[name] is None else f"{held[name]}%" for name in ("return_rate", "valid_rate")
    }
    yield f"{document['survey']}：发放 {sheets['issued']}，收回 {sheets['returned']}，有效 {sheets['valid']}（份）"
    yield f"回收率 {rates['return_rate']}，有效率 {rates['valid_rate']}"
    yield from (f"对不上：{words}" for words in document["mismatches"])
    for question in document["questions"]:
        yield f"第{question['number']}题 {question['stem']}"
        if "answered" in question:
            yield f"  写了的 {question['answered']} 份"
        if question.get("mean") is not None:
            yield f"  平均 {question['mean']} {question['unit']}".rstrip()
        for result in question["results"]:
            if result["row"]:
                yield f"  {result['row']}"
            for row in result["options"]:
                share = "" if row["share"] is None else f"  {row['share']}%"
                number = "※" if row["number"] is None else row["number"]
                yield f"    {row['option']}  {number}{share}"
        for table in question["groups"]:
            about = f"{table['row']}，" if table["row"] else ""
            yield f"  {about}按“{table['by']}”："
            for group in table["groups"]:
                told = "、".join("※" if number is None else str(number) for number in group["numbers"])
                yield f"    {group['group']}  {told}"
    if any(None in numbers for question in document["questions"] for numbers in _numbers(question)):
        yield "※ 不足 5 份的不显示；为防倒推，有的数字一并不显示。"


def _numbers(question: dict[str, Any]) -> Iterator[list[int | None]]:
    yield from ([row["number"] for row in result["options"]] for result in question["results"])
    yield from (group["numbers"] for table in question["groups"] for group in table["groups"])
