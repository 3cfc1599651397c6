"""What was said about findings is stored, goes along in package, book and dump; what is open stops the package."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pikepdf
import pytest

from app.documents.kinds import Subject
from app.documents.letters.checkup import checkup_letter
from app.documents.letters.filing import filing_form
from app.domain.case import Case
from app.domain.evidence import Explanation, ExplanationKind
from app.errors import UserError
from app.exchange.case_file import dump_case, load_case
from app.rules.findings import Checkup, Finding, Grade, Read, Source, State
from app.usecases.check_case import check_case
from app.usecases.export_package import export_package
from app.usecases.make_binder import make_binder
from app.usecases.make_demo import read_example
from app.usecases.make_document import letter_context
from app.usecases.package_ready import refuse_unready
from app.usecases.program import Program
from tests.documents.flat_text import flat_text
from tests.gui.demo_pages import MARCH, example_in_march

HAPPENED = "财务三月底才结账，资料晚了两天"
MADE_GOOD = "会前补看了全部资料"


def linyi() -> Case:
    return dataclasses.replace(read_example("shandong-linyi-single"), evidence=(), made_documents=())


def only(checkup: Checkup, *findings: Finding) -> Checkup:
    return dataclasses.replace(checkup, findings=findings)


def frank(finding: Finding) -> Explanation:
    return Explanation(
        id="said",
        finding=finding.key,
        rule=finding.rule,
        kind=ExplanationKind.FRANK if finding.grade is Grade.MUST else ExplanationKind.REASON,
        what_happened=HAPPENED,
        made_good=MADE_GOOD,
        paper="Z09",
        written_by="孟砺川",
        written_on=MARCH,
    )


def open_findings(program: Program, case: Case) -> list[Finding]:
    bare = dataclasses.replace(case, explanations=())
    return [each for each in check_case(program, bare).findings if each.blocks]


def all_said(program: Program, case: Case) -> Case:
    said = [frank(each).replace(id=f"said-{at}") for at, each in enumerate(open_findings(program, case))]
    return dataclasses.replace(case, explanations=tuple(said))


@pytest.mark.parametrize("grade", [Grade.MUST, Grade.EXPLAIN])
def test_one_open_finding_stops_the_package(program: Program, grade: Grade) -> None:
    case = linyi()
    checkup = check_case(program, case)
    finding = next(each for each in checkup.findings if each.grade is Grade.MUST)
    open_one = dataclasses.replace(finding, grade=grade, explanation=None)
    with pytest.raises(UserError) as refused:
        refuse_unready(case, only(checkup, open_one))
    assert refused.value.code == "P-303"
    told = {Grade.MUST: "1 项必须改、0 项请说明", Grade.EXPLAIN: "0 项必须改、1 项请说明"}[grade]
    assert told in refused.value.what_happened
    refuse_unready(case, only(checkup, dataclasses.replace(open_one, explanation=frank(open_one))))


def test_hints_and_what_nobody_read_stop_no_package(program: Program) -> None:
    case = linyi()
    checkup = check_case(program, case)
    finding = next(each for each in checkup.findings if each.grade is Grade.MUST)
    hint = dataclasses.replace(finding, grade=Grade.NOTE, explanation=None)
    news = Source("津工资", "（条号未核实）", Read.SECOND_HAND)
    unread = dataclasses.replace(finding, explanation=None, sources=(news,))
    refuse_unready(case, only(checkup, hint, unread))


def test_a_package_and_a_stage_are_stopped_by_the_same_findings(program, library, tmp_path: Path) -> None:
    case = dataclasses.replace(linyi(), explanations=())
    with library.write("测试") as unit:
        unit.add_case(case)
        unit.commit()
    (case_id,) = library.case_ids()
    with pytest.raises(UserError) as refused:
        export_package(program, library, case_id, tmp_path / "盘", actor="测试")
    assert refused.value.code == "P-303"
    assert not list(tmp_path.glob("盘/*"))


def test_what_was_said_survives_the_dump(program: Program) -> None:
    case = all_said(program, linyi())
    assert case.explanations
    assert load_case(dump_case(case)).explanations == case.explanations


def test_it_goes_into_the_package_whatever_stage_is_begun(program, library, tmp_path: Path) -> None:
    case = dataclasses.replace(example_in_march(), evidence=(), made_documents=())
    case = all_said(program, case)
    with library.write("测试") as unit:
        unit.add_case(case)
        unit.commit()
    (case_id,) = library.case_ids()
    made = export_package(program, library, case_id, tmp_path / "盘", actor="测试")
    found = json.loads(next(made.path.rglob("检查结果.json")).read_text("utf-8"))
    said = [each["explanation"] for each in found["findings"] if each["explanation"]]
    assert said and said[0] == {
        "kind": said[0]["kind"],
        "what_happened": HAPPENED,
        "made_good": MADE_GOOD,
        "paper": "Z09",
        "written_by": "孟砺川",
        "written_on": MARCH.isoformat(),
    }
    assert list(made.path.rglob("*检查结果与说明.pdf"))
    data = json.loads(next(made.path.rglob("案卷.json")).read_text("utf-8"))
    assert data["explanations"][0]["what_happened"] == HAPPENED


def test_paper_and_filing_print_what_was_said(program: Program, library) -> None:
    case = all_said(program, linyi())
    context = letter_context(program, None, case)
    printed = flat_text(checkup_letter(context, Subject()))
    assert HAPPENED in printed and MADE_GOOD in printed and "凭证：Z09，孟砺川" in printed
    assert context.checkup is not None
    assert any(each.state is State.FLAW for each in context.checkup.findings)
    filed = flat_text(filing_form(context, Subject(id=case.agreements[0].id)))
    assert "八、程序瑕疵和如实说明" in filed and MADE_GOOD in filed
    without = flat_text(
        filing_form(dataclasses.replace(context, checkup=None), Subject(id=case.agreements[0].id))
    )
    assert "程序瑕疵" not in without


def test_the_book_begins_with_what_was_said(program, library, tmp_path: Path) -> None:
    with library.write("测试") as unit:
        unit.add_case(all_said(program, linyi()))
        unit.commit()
    (case_id,) = library.case_ids()
    make_binder(program, library, case_id, tmp_path / "册.pdf")
    with pikepdf.open(tmp_path / "册.pdf") as book, book.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]
    assert "检查结果与说明" in titles[0]


def test_a_book_without_a_word_has_no_such_paper(program, library, tmp_path: Path) -> None:
    with library.write("测试") as unit:
        unit.add_case(dataclasses.replace(linyi(), explanations=()))
        unit.commit()
    (case_id,) = library.case_ids()
    make_binder(program, library, case_id, tmp_path / "册.pdf")
    with pikepdf.open(tmp_path / "册.pdf") as book, book.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]
    assert not any("检查结果" in title for title in titles)
