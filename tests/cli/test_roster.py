"""``roster import`` in human words and as JSON, and how it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.bootstrap import start

NUMBER = "11010519491231002X"
GOOD = "姓名,所在单元,性别,身份证号\n金丝雀,一车间,女," + NUMBER + "\n乙,二车间,男,\n"


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    library = tmp_path_factory.mktemp("demo") / "资料库"
    assert start(["demo", str(library)]) == 0
    return library


def roster(folder: Path, words: str = GOOD) -> Path:
    path = folder / "花名册.csv"
    path.write_text(words, encoding="gb18030")
    return path


def test_it_is_looked_at_and_then_taken_in(demo, tmp_path, capsys):
    path = roster(tmp_path)
    capsys.readouterr()
    named = ["roster", "import", str(demo), str(path), "--column", "所在单元=部门"]
    assert start([*named, "--preview", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["taken"], told["rows"], told["kept"]) == (False, 2, 2)
    assert {"by": "department", "name": "一车间", "people": 1} in told["groups"]
    assert start(named) == 0
    said = capsys.readouterr().out
    assert said.startswith("花名册已收下 2 人（文件里 2 行）。")
    assert "所在单元→部门" in said
    assert "“职工总数”登记的是" in said
    assert start([*named[:4], "--preview", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["columns"]["2"] == "department"
    for secret in ("金丝雀", NUMBER):
        assert secret not in said


def test_rows_that_are_not_taken_are_told_without_what_stands_there(demo, tmp_path, capsys):
    path = roster(tmp_path, GOOD + "丙," + "一车间,男,3.7E+17\n")
    capsys.readouterr()
    assert start(["roster", "import", str(demo), str(path), "--preview"]) == 1
    said = capsys.readouterr().out
    assert "会收下 2 人（文件里 3 行）" in said
    assert "第 4 行“身份证号”被表格程序当成了数字" in said
    assert "3.7E" not in said


@pytest.mark.parametrize(
    ("words", "more", "code", "exit_code"),
    [
        ("", [], "I-105", 1),
        ("甲,乙\n丙,丁\n", [], "I-111", 1),
        ("性别,部门\n男,一\n", [], "I-112", 1),
        (GOOD, ["--column", "没有=部门"], "U-006", 2),
        (GOOD, ["--column", "姓名=工资"], "U-006", 2),
        (GOOD, ["--year", "1999"], "C-302", 2),
    ],
)
def test_a_refusal_says_why_and_changes_nothing(demo, tmp_path, capsys, words, more, code, exit_code):
    capsys.readouterr()
    assert start(["roster", "import", str(demo), str(roster(tmp_path, words)), *more]) == exit_code
    assert code in capsys.readouterr().err


def test_it_is_taken_out_for_good(demo, tmp_path, capsys):
    path, number = roster(tmp_path), NUMBER.encode()
    start(["roster", "import", str(demo), str(path)])
    assert number in (demo / "database.sqlite").read_bytes()
    assert start(["roster", "import", str(demo)]) == 2
    assert "U-007" in capsys.readouterr().err
    assert start(["roster", "remove", str(demo), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"removed": True, "people": 2}
    assert number not in (demo / "database.sqlite").read_bytes()
    assert start(["roster", "remove", str(demo)]) == 0
    assert "没有花名册" in capsys.readouterr().out
