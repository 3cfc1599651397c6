"""The wall plan and the calendar file from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from icalendar import Calendar

from app.bootstrap import start
from app.documents.pdf import page_count


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    library = tmp_path_factory.mktemp("demo") / "资料库"
    assert start(["demo", str(library)]) == 0
    return library


@pytest.mark.parametrize(
    ("paper", "named"), [("a4", []), ("a3", ["--paper", "a3"]), ("a3", ["--paper", "A3"])]
)
def test_the_plan_is_one_page(demo, tmp_path, capsys, paper, named):
    target = tmp_path / "挂墙计划.pdf"
    capsys.readouterr()
    assert start(["plan", str(demo), "--out", str(target), *named, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["paper"], told["path"]) == (paper, str(target))
    assert page_count(target.read_bytes()) == 1


def test_the_calendar_holds_what_the_plan_holds(demo, tmp_path, capsys):
    target = tmp_path / "日历.ics"
    capsys.readouterr()
    assert start(["calendar", str(demo), "-o", str(target), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    read = Calendar.from_ical(target.read_bytes())
    assert len(read.walk("VEVENT")) == told["entries"] > 15
    assert start(["plan", str(demo), "--out", str(tmp_path / "a.pdf"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["entries"] == told["entries"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["plan", "LIB", "--out", "a.docx"], "D-212"),
        (["plan", "LIB", "--out", "a.pdf", "--paper", "a0"], "U-001"),
        (["plan", "LIB"], "U-001"),
        (["calendar", "LIB", "--out", "a.txt"], "X-211"),
        (["calendar", "LIB", "--out", "a.ics", "--year", "1999"], "C-302"),
    ],
)
def test_a_refusal_says_why_and_writes_nothing(demo, tmp_path, capsys, arguments, said):
    there = {"LIB": str(demo)}
    named = [there.get(each, str(tmp_path / each) if "." in each else each) for each in arguments]
    capsys.readouterr()
    assert start(named) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_case_without_a_region_is_refused_with_a_sentence(demo, tmp_path, capsys):
    whole = tmp_path / "案卷.json"
    assert start(["dump", str(demo), "-o", str(whole)]) == 0
    case = json.loads(whole.read_text(encoding="utf-8"))
    del case["cycle"]["region"]
    whole.write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    assert start(["load", str(tmp_path / "库"), str(whole)]) == 0
    for command, name in (("plan", "a.pdf"), ("calendar", "a.ics")):
        capsys.readouterr()
        assert start([command, str(tmp_path / "库"), "--out", str(tmp_path / name)]) == 1
        assert "R-102" in capsys.readouterr().err
        assert not (tmp_path / name).exists()
