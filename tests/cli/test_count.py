"""``count``: every count with its state, for people and as JSON; 1 when one does not add up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.bootstrap import start
from app.domain.case import Case
from app.domain.representatives import Count
from app.exchange.case_file import dump_case
from tests.figures.test_count_states import closed, election, proper


def library_of(tmp_path: Path, case: Case) -> str:
    file, library = tmp_path / "案卷.json", tmp_path / "资料库"
    file.write_bytes(dump_case(case))
    assert start(["load", str(library), str(file)]) == 0
    return str(library)


def test_the_example_is_told_count_by_count(tmp_path, capsys) -> None:
    library = str(tmp_path / "资料库")
    assert start(["demo", library]) == 0
    capsys.readouterr()
    assert start(["count", library]) == 0, "both votes of that year were counted by two and closed"
    said = capsys.readouterr().out
    assert "通过职工方协商代表 2026年3月6日（协商代表）  2026年3月6日结束" in said
    assert "  一个一个候选人表决，得票写在各人名下" in said
    assert (
        "应到 52，实到 48，印制 52，发出 48，余票 4，收回 48，有效 47，无效 1，赞成 41，反对 4，弃权 2"
        in said
    )
    assert said.rstrip().endswith("共 2 次计票，结束了 2 次，对不上又没有说明的 0 次。")


@pytest.mark.parametrize(
    ("case", "code", "states"),
    [
        (closed(), 0, [(True, True)]),
        (proper(), 0, [(False, True)]),
        (election(), 0, [(False, True)]),
        (proper().with_record("counts", proper().counts[0].replace(against=5)), 1, [(False, False)]),
        (proper().with_record("counts", proper().counts[0].replace(against=5, note="少 1 张")), 0, [(False, True)]),
        (Case(counts=(Count(id="c", what="还没有投", expected=52),)), 0, [(False, True)]),
        (Case(), 0, []),
    ],
    ids=["closed", "agrees", "persons", "wrong", "explained", "not counted yet", "none"],
)  # fmt: skip
def test_the_exit_code_says_whether_all_add_up(tmp_path, capsys, case, code, states) -> None:
    library = library_of(tmp_path, case)
    capsys.readouterr()
    assert start(["count", library, "--json"]) == code
    told = json.loads(capsys.readouterr().out)
    assert [(each["closed"], each["agrees"]) for each in told["counts"]] == states
    assert told["wrong"] == code


def test_what_does_not_agree_is_named(tmp_path, capsys) -> None:
    wrong = proper().with_record("counts", proper().counts[0].replace(against=5))
    library = library_of(tmp_path, wrong)
    capsys.readouterr()
    assert start(["count", library]) == 1
    said = capsys.readouterr().out
    assert "  赞成 41、反对 5、弃权 3，合计 49，不等于有效 50" in said
    assert "  第一人数的反对是 6，计票单上是 5" in said
