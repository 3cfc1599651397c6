"""``survey``: importing answers and telling results from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import start
from app.domain.case import Case
from app.domain.survey import Survey
from app.domain.union import AgreementKind, Cycle, Form
from app.exchange.case_file import dump_case
from tests.exchange.survey_tables import QUESTIONS, table_of, write_table

ANSWERED: list[dict[str, Any]] = [
    {"q1": at % 2, "q2": (0, at % 3 + 1), "q5": f"{at}年", "q6": "金丝雀"} for at in range(12)
]


@pytest.fixture
def library(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    cycle = Cycle(
        id="cycle", year=2026, region="shandong", form=Form.SINGLE, agreement_kind=AgreementKind.WAGE
    )
    case = Case(
        cycle=cycle, surveys=(Survey(id="s1", title_text="意愿调查", issued=20),), questions=QUESTIONS
    )
    file = tmp_path / "case.json"
    file.write_bytes(dump_case(case))
    folder = tmp_path / "资料库"
    assert start(["load", str(folder), str(file)]) == 0
    capsys.readouterr()
    return folder


def test_import_then_results_with_small_groups_hidden(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = table_of(QUESTIONS, ANSWERED)
    rows[-1][6:] = ["金丝雀岗位", *[""] * len(rows[-1][7:])]
    rows[-2][7] = "金丝雀"
    rows[0].append("20、您的姓名：")
    for row in rows[1:]:
        row.append("王䶮")
    file = write_table(tmp_path / "1_按文本_调查_12_12.xlsx", rows)
    assert start(["survey", "import", str(library), str(file), "--preview"]) == 1
    looked = capsys.readouterr().out.splitlines()
    assert "能收 11 份有效答卷" in looked[0]
    assert "  20、您的姓名：能认出是谁" in looked
    assert looked[-4:] == [
        "没有算有效的 1 行：",
        "  第13行：没有一个能算的答案：第1题的答案不在选项里",
        "收下了，要核对的 1 处：",
        "  第12行：第2题的答案不在选项里，这一题不算，其余照收",
    ]
    assert start(["survey", "import", str(library), str(file), "--year", "2026", "--json"]) == 1
    taken = json.loads(capsys.readouterr().out)
    assert (taken["form"], taken["rows"], taken["valid"]) == ("text", 12, 11)
    assert taken["refused"] == [{"row": 13, "reason": "没有一个能算的答案：第1题的答案不在选项里"}]
    assert start(["survey", "results", str(library), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["sheets"]["valid"] == 11
    assert [row["number"] for row in told["questions"][0]["results"][0]["options"]] == [None, None, None]
    (table,) = told["questions"][1]["groups"]
    assert table["by"] == "您的岗位类别"
    assert None in table["groups"][0]["numbers"]
    assert {each["row"] for each in told["questions"][3]["groups"]} == set(QUESTIONS[3].rows)
    assert (told["questions"][4]["answered"], told["questions"][4]["mean"], told["questions"][4]["unit"]) == (
        11,
        "5.00",
        "年",
    )
    assert told["questions"][5]["answered"] == 11
    assert start(["survey", "results", str(library)]) == 0
    words = capsys.readouterr().out
    assert "发放 20，收回 12，有效 11（份）" in words and "平均 5.00 年" in words
    assert "※" in words and "金丝雀" not in words + json.dumps([told, taken], ensure_ascii=False)


def test_the_same_file_again_and_a_year_without_a_survey_are_refused_in_words(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_table(tmp_path / "1.xlsx", table_of(QUESTIONS, ANSWERED))
    assert start(["survey", "import", str(library), str(file)]) == 0
    assert start(["survey", "import", str(library), str(file)]) == 1
    assert "已经导入过" in capsys.readouterr().err
    assert start(["survey", "import", str(library), str(tmp_path / "没有.xlsx")]) != 0


def test_a_file_of_another_version_is_taken_only_when_asked_for(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [[*row[:6], *row[7:]] for row in table_of(QUESTIONS, ANSWERED)]
    file = write_table(tmp_path / "2.xlsx", rows)
    command = ["survey", "import", str(library), str(file)]
    assert start([*command, "--preview"]) == 1
    assert "文件里没有第1题，像是另一版问卷的答卷" in capsys.readouterr().out
    assert start(command) == 1
    assert "（Q-107）" in capsys.readouterr().err
    assert start([*command, "--without-questions"]) == 0
