"""Two regions on paper and as a workbook: what is listed, by which article, how well read."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.documents.blocks import Table, plain, texts
from app.domain.union import AgreementKind, Form
from app.errors import UsageError
from app.rules.lookup import Asked
from app.rules.pack import NoPackError
from app.usecases.compare_regions import (
    RegionsCompared,
    articles_of,
    compare_regions,
    comparison_paper,
    write_comparison,
)
from app.usecases.program import Program

ASKED = Asked(AgreementKind.WAGE, Form.SINGLE, date(2026, 11, 10))


@pytest.fixture
def made(program: Program) -> RegionsCompared:
    return compare_regions(program, "山东", "tianjin", ASKED)


def test_the_paper_says_what_each_region_says_by_which_article(made: RegionsCompared) -> None:
    rows = [row for row in made.rows if row.differs]
    paper = comparison_paper(made, rows)
    said = "\n".join(plain(each) for each in texts(paper.blocks))
    assert paper.title == "山东、天津规则对照表"
    assert "工资专项，单独，按2026年11月10日有效的规定；规则包：山东 2026.1，天津 2026.1" in said
    assert f"列出 {len(rows)} 条，共 {len(made.rows)} 条" in said
    assert "《鲁工资》21条（原文已核对）" in said
    assert "当地条文待核" in said
    assert made.right.pending_note in said
    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    groups = len({row.group for row in rows})
    assert len(table.rows) == len(rows) + groups


def test_nothing_to_list_is_said(made: RegionsCompared) -> None:
    said = [plain(each) for each in texts(comparison_paper(made, ()).blocks)]
    assert "没有要列的规则。" in said


def test_the_workbook_has_a_column_for_each_thing(made: RegionsCompared, tmp_path: Path) -> None:
    target = tmp_path / "对照.xlsx"
    write_comparison(made, made.rows, target)
    sheet = load_workbook(io.BytesIO(target.read_bytes())).active
    assert sheet is not None
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[2] == (
        "规则",
        "山东",
        "山东依据",
        "山东核对程度",
        "天津",
        "天津依据",
        "天津核对程度",
        "区别",
    )
    reply = next(line for line in lines if line[0] == "答复期限")
    assert str(reply[1]).startswith("10 日内")
    assert reply[2:4] == ("《鲁工资》21条", "原文已核对")
    assert reply[6] == "二手来源，待核"
    assert len(lines) == len(made.rows) + 3


def test_what_no_law_says_is_not_given_an_article(made: RegionsCompared) -> None:
    silent = [row.right for row in made.rows if row.right is not None and not row.right.sources]
    assert silent
    for sight in silent:
        assert articles_of(sight) in ("法规未规定", "数据本身", "当地条文待核")


def test_another_ending_is_refused_and_nothing_written(made: RegionsCompared, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        write_comparison(made, made.rows, tmp_path / "对照.txt")
    assert refused.value.code == "D-213"
    assert list(tmp_path.iterdir()) == []


def test_a_region_nobody_knows_is_refused(program: Program) -> None:
    with pytest.raises(NoPackError):
        compare_regions(program, "山东", "月球", ASKED)
