"""``packs`` from outside: proving, looking, bringing in, going back, passing on."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from app.bootstrap import start
from app.exchange.law_archive import law_archive
from app.paths import resource
from app.rules.pack import PACK_FILES
from app.storage.library import Library


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("demo") / "资料库"
    assert start(["load", str(made), "resources/examples/shandong-linyi-single.json"]) == 0
    return made


@pytest.fixture
def library(demo, tmp_path) -> Path:
    return shutil.copytree(demo, tmp_path / "资料库")


@pytest.fixture
def pack(tmp_path) -> Path:
    files = {f"shandong/{name}": (resource("rules") / "shandong" / name).read_bytes() for name in PACK_FILES}
    for name, old, new in (
        ("pack.toml", '"2026.1"', '"2026.2"'),
        (
            "terms.toml",
            'starts = 2017-01-01, amount = 10, unit = "day"',
            'starts = 2017-01-01, amount = 12, unit = "day"',
        ),
    ):
        text = files[f"shandong/{name}"].decode()
        at = text.index('rule = "reply_due"') if name == "terms.toml" else 0
        assert old in text[at:]
        files[f"shandong/{name}"] = (text[:at] + text[at:].replace(old, new, 1)).encode()
    file = tmp_path / "山东.zip"
    file.write_bytes(law_archive(files))
    return file


def answer(capsys, *arguments: object, code: int = 0):
    capsys.readouterr()
    assert start([*map(str, arguments), "--json"]) == code
    return json.loads(capsys.readouterr().out)


def told(capsys, *arguments: object, code: int = 0) -> str:
    capsys.readouterr()
    assert start([*map(str, arguments)]) == code
    said = capsys.readouterr()
    return said.out if code == 0 else said.err


def reply_due(capsys, library: Path) -> str:
    found = answer(capsys, "check", library, "--on", "2026-11-10", code=1)
    return next(row["due"] for row in found["deadlines"] if row["rule"] == "reply_due")


def test_a_pack_is_proven_without_a_library(capsys, pack):
    (found,) = answer(capsys, "packs", "--check", pack)["packs"]
    assert (found["region"], found["version"]) == ("shandong", "2026.2")
    assert found["fingerprint"] in told(capsys, "packs", "--check", pack)
    pack.write_bytes(b"nonsense")
    refused = answer(capsys, "packs", "--check", pack, code=1)["error"]
    assert (refused["code"], "不是完好的 ZIP" in refused["what_happened"]) == ("R-111", True)
    assert "找不到" in told(capsys, "packs", "--check", pack.with_name("没有.zip"), code=1)


def test_looking_changes_nothing_and_bringing_in_moves_the_date(capsys, library, pack):
    before = (library / "database.sqlite").read_bytes()
    words = told(capsys, "packs", "--install", pack, library, "--preview")
    assert "山东 2026.1 → 2026.2" in words and "只是看看" in words
    assert "10 日（对方收到要约起算），红线 → 12 日（对方收到要约起算），红线" in words
    assert "3月22日（周日），周末顺延到3月23日 → 3月24日（周二）" in words
    assert (library / "database.sqlite").read_bytes() == before
    assert reply_due(capsys, library) == "2026-03-22"
    assert answer(capsys, "packs", "--install", pack, library)["installed"] is True
    assert reply_due(capsys, library) == "2026-03-24"
    assert answer(capsys, "packs", "--install", pack, library)["installed"] is False
    assert "已经装着，没有变化。" in told(capsys, "packs", "--install", pack, library)
    term = ("term", "山东", "reply_due", "--from", "2026-03-12")
    assert answer(capsys, *term)["due"] == "2026-03-22"
    assert answer(capsys, *term, "--library", library)["due"] == "2026-03-24"
    assert answer(capsys, "doctor", library)["ok"] is True


def test_what_is_brought_in_is_listed_and_gone_back_from(capsys, library, pack):
    assert start(["packs", "--install", str(pack), str(library)]) == 0
    listed = answer(capsys, "packs", "--library", library)
    shandong = next(each for each in listed["packs"] if each["region"] == "shandong")
    assert (shandong["version"], shandong["brought"]) == ("2026.2", True)
    assert [(law["from_file"], law["active"]) for law in listed["installed"]] == [("山东.zip", True)]
    assert "装进这个资料库的" in told(capsys, "packs", "山东", "--library", library)
    assert "已退回 山东规则包（程序自带的）" in told(capsys, "packs", "--roll-back", "山东", library)
    assert reply_due(capsys, library) == "2026-03-22"
    assert "没有可以退回的" in told(capsys, "packs", "--roll-back", "shandong", library, code=1)
    assert "没在用" in told(capsys, "packs", "--library", library)


def test_a_pack_is_passed_on(capsys, library, pack, tmp_path):
    assert start(["packs", "--install", str(pack), str(library)]) == 0
    out = tmp_path / "给别人.zip"
    assert start(["packs", "--export", "山东", str(out), "--library", str(library)]) == 0
    assert out.read_bytes() == pack.read_bytes()
    assert start(["packs", "--export", "zhejiang", str(out)]) == 0
    assert answer(capsys, "packs", "--check", out)["packs"][0]["region"] == "zhejiang"
    year = tmp_path / "2026.toml"
    assert start(["packs", "--export", "2026", str(year)]) == 0
    assert answer(capsys, "packs", "--check", year)["years"][0]["year"] == 2026
    assert "U-004" in told(capsys, "packs", "--export", "2026", out, code=2)
    assert "没有“mars”的规则包" in told(capsys, "packs", "--export", "mars", out, code=1)


def test_a_year_is_brought_in_and_gone_back_from(capsys, library, tmp_path):
    year = tmp_path / "2027.toml"
    text = (resource("calendar") / "2026.toml").read_text("utf-8")
    year.write_text(
        'year = 2027\nsource = "通知"\nread = "全文"\nworkdays = []\n\n[[holiday]]\nname = "元旦"\n'
        "first = 2027-01-01\nlast = 2027-01-03\n",
        "utf-8",
    )
    assert "缺 春节、清明节" in told(capsys, "packs", "--check", year, code=1)
    year.write_text(re.sub(r"workdays = \[[^]]*\]", "workdays = []", text.replace("2026", "2027")), "utf-8")
    assert "2027 年放假安排：没有 → " in told(capsys, "packs", "--install", year, library)
    assert answer(capsys, "packs", "--library", library)["calendar_years"] == [2024, 2025, 2026, 2027]
    year.write_text(text, "utf-8")
    assert "文件应当叫 2026.toml" in told(capsys, "packs", "--install", year, library, code=1)
    assert start(["packs", "--roll-back", "2027", str(library), "--bundled"]) == 0
    assert answer(capsys, "packs", "--library", library)["calendar_years"] == [2024, 2025, 2026]


def test_one_thing_at_a_time(capsys, library, pack):
    for wrong in (
        ("--check", pack, "--export", "山东", "x.zip"),
        ("--preview",),
        ("--check", pack, "--coverage"),
    ):
        assert "一次只做一件事" in told(capsys, "packs", *wrong, code=2)
    assert "后面要写两个值" in told(capsys, "packs", "--install", pack, code=2)


def test_a_library_that_is_open_elsewhere_takes_nothing(capsys, library, pack, tmp_path):
    from app.bootstrap import make_program

    program = make_program()
    with Library.open(library, clock=program.clock, program_version="1"):
        told(capsys, "packs", "--install", pack, library, code=4)


# ---- term


def of_term(capsys, region: str, rule: str, *more: str, day: str = "2026-04-03") -> str:
    return told(capsys, "term", region, rule, "--from", day, *more)


@pytest.mark.parametrize(
    ("region", "rule", "words"),
    [
        ("山东", "term", ("一般 1 年", "不超过 3 年", "《山东省企业工资集体协商条例》17条（原文已核对）")),
        ("山东", "fem_floor", ("不少于 98 日", "不少于 15 日", "不少于 1 小时", "规定》7条（原文已核对）")),
        ("重庆", "term", ("《重庆市集体合同条例》",)),
        ("重庆", "suspend", ("一般 30 日", "《重庆市集体合同条例》22条（原文已核对）")),
        ("杭州", "suspend", ("不超过 30 日",)),
        ("上海", "rep_tenure", ("不超过 6 个月",)),
        ("天津", "rep_female", ("不少于 1/3", "还没核实，待核")),
        ("山东", "rep_min", ("不少于 3 人",)),
        (
            "山东",
            "day_start",
            ("开始的那天不计入，从下一日起算。", "《中华人民共和国民法典》201条（原文已核对）"),
        ),
    ],
)
def test_a_rule_with_values_but_no_period_tells_them_all_and_no_day(capsys, region, rule, words):
    said = of_term(capsys, region, rule)
    assert [word for word in words if word not in said] == []
    assert [word for word in ("法规未规定", "最迟", "还算不出", "到期") if word in said] == []


def test_a_period_stands_beside_the_values_that_are_none(capsys):
    said = of_term(capsys, "山东", "congress_result_publish")
    assert "最迟 2026年4月6日" in said and "挂满 15 日" in said
    found = answer(capsys, "term", "山东", "congress_result_publish", "--from", "2026-04-03")
    assert [(row["variant"], row["due"]) for row in found["values"]] == [("", "2026-04-06"), ("hang", None)]


def test_only_a_silent_rule_is_said_to_be_silent(capsys):
    assert of_term(capsys, "全国", "period").endswith("period 法规未规定，以当地窗口要求为准。\n")
    said = of_term(capsys, "山东", "fem_items")
    assert "法规未规定" in said and "女职工专项：禁忌劳动" in said
    assert "没有“nonsense”这条规则" in told(
        capsys, "term", "山东", "nonsense", "--from", "2026-04-03", code=1
    )


@pytest.mark.parametrize("day", ["9999-12-31", "1800-01-01"])
def test_a_day_too_far_away_is_refused(capsys, day):
    for days in (("--from", day), ("--from", "2026-04-03", "--on", day)):
        said = told(capsys, "term", "山东", "reply_due", *days, code=1)
        assert f"日期太远：{day}。" in said and "法规未规定" not in said


def test_a_window_opens_and_is_never_missed(capsys):
    for day, opens in (("2026-12-30", "2026年10月1日"), ("2020-12-30", "2020年10月1日")):
        said = of_term(capsys, "浙江", "renewal_window", day=day)
        assert f"从 {opens}起可以" in said
        assert [word for word in ("最迟", "超期", "建议提前") if word in said] == []


def test_the_value_is_that_of_the_law_asked_for(capsys):
    term = ("term", "山东", "reply_due", "--from", "2026-04-03")
    assert answer(capsys, *term)["due"] == "2026-04-13"
    assert answer(capsys, *term, "--on", "2017-01-01")["due"] == "2026-04-13"
    old = answer(capsys, *term, "--on", "2016-12-31")
    assert (old["due"], old["outer"]) == ("2026-04-23", None)
    assert "《鲁工资》21条" not in old["articles"]
    before = told(capsys, *term, "--on", "1990-01-01")
    assert "1990年1月1日还没有数值，最早的一条从2000年11月8日起" in before and "法规未规定" not in before
