"""The command line from outside: every command, its JSON, its exit codes, its refusals."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from app.bootstrap import start

EXAMPLES = ("shandong-linyi-single", "weihai-express-industry", "tianjin-hedong-area")


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    library = tmp_path_factory.mktemp("demo") / "资料库"
    assert start(["demo", str(library)]) == 0
    return library


@pytest.fixture
def library(demo, tmp_path) -> Path:
    """A copy that a test may change: a library can be copied whole."""
    copy = tmp_path / "资料库"
    shutil.copytree(demo, copy)
    return copy


def answer(capsys, *arguments: str, code: int = 0):
    capsys.readouterr()
    assert start([*arguments, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def told(capsys, *arguments: str, code: int) -> str:
    capsys.readouterr()
    assert start(list(arguments)) == code
    return capsys.readouterr().err


def test_dump_load_dump_gives_the_same_bytes(demo, tmp_path, capsys):
    first, second = tmp_path / "一.json", tmp_path / "二.json"
    assert start(["dump", str(demo), "-o", str(first)]) == 0
    assert start(["load", str(tmp_path / "另一个"), str(first)]) == 0
    assert start(["dump", str(tmp_path / "另一个"), "--year", "2026", "-o", str(second)]) == 0
    assert first.read_bytes() == second.read_bytes()


def test_check_names_rule_grade_article_and_place(demo, capsys):
    found = answer(capsys, "check", str(demo), "--on", "2026-11-10", code=1)
    must = {(f["rule"], f["articles"][0]) for f in found["findings"] if f["grade"] == "必须改"}
    assert must == {
        ("disclose_due", "《鲁工资》23条"),
        ("minutes_sign", "《鲁工资》26条"),
        ("congress_result_publish", "《鲁厂务》12条"),
    }
    assert all(f["state"] == "程序瑕疵" for f in found["findings"] if f["grade"] == "必须改")
    reply = next(d for d in found["deadlines"] if d["rule"] == "reply_due")
    assert (reply["due"], reply["due_weekend_reading"], reply["outer"]) == (
        "2026-03-22",
        "2026-03-23",
        "2026-04-01",
    )


def test_a_case_file_is_checked_without_a_library(capsys):
    found = answer(
        capsys, "check", "resources/examples/weihai-express-industry.json", "--on", "2026-11-10", code=1
    )
    assert {f["rule"] for f in found["findings"] if f["grade"] == "必须改"} == {
        "reg_worker_rep",
        "disclose_content_employer",
    }


def test_term_explains_itself_and_says_when_nothing_is_laid_down(capsys):
    term = answer(capsys, "term", "山东", "reply_due", "--from", "2026-03-12")
    assert term["due"] == "2026-03-22"
    assert term["articles"] == ["《鲁工资》21条"]
    none = answer(capsys, "term", "全国", "period", "--from", "2026-03-12")
    assert none["note"] == "法规未规定"


def test_packs_and_calendars_are_listed(capsys):
    packs = answer(capsys, "packs")
    regions = [pack["region"] for pack in packs["packs"]]
    assert regions[0] == "national"
    assert set(regions) == {path.name for path in Path("resources/rules").iterdir() if path.is_dir()}
    assert packs["calendar_years"] == [2024, 2025, 2026]


def test_every_rule_is_told_for_every_pack(capsys):
    told = answer(capsys, "packs", "--coverage")
    assert [pack["region"] for pack in told["coverage"]] == [pack["region"] for pack in told["packs"]]
    for pack in told["coverage"]:
        assert len(pack["rules"]) == 128
        assert all(cell["answer"] != "missing" for rule in pack["rules"] for cell in rule["answers"])
    (tianjin,) = answer(capsys, "packs", "天津", "--coverage")["coverage"]
    reply = next(rule for rule in tianjin["rules"] if rule["rule"] == "reply_due")
    assert (reply["answers"][0]["words"], reply["answers"][0]["read"]) == ("5 个工作日", "second_hand")
    copies = next(rule for rule in tianjin["rules"] if rule["rule"] == "file_copies")
    assert (copies["answers"][0]["origin"], copies["answers"][0]["pending"]) == ("national", True)


def test_schema_is_the_shipped_one(capsys):
    assert answer(capsys, "schema") == json.loads(
        Path("resources/schema/case.schema.json").read_text("utf-8")
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_becomes_a_verified_package(name, tmp_path, capsys):
    library = tmp_path / "库"
    assert start(["demo", str(library), "--example", name]) == 0
    made = answer(capsys, "export", str(library), str(tmp_path / "U盘"))
    assert answer(capsys, "verify", made["path"])["ok"] is True
    judged = subprocess.run(
        [sys.executable, "-m", "bagit", "--validate", made["path"]], capture_output=True, check=False
    )
    assert judged.returncode == 0, judged.stderr.decode()
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "-c", "--quiet", "manifest-sha256.txt"], cwd=made["path"], check=True)


def test_a_second_package_is_a_numbered_supplement(library, tmp_path, capsys):
    first = answer(capsys, "export", str(library), str(tmp_path / "盘"))
    second = answer(capsys, "export", str(library), str(tmp_path / "盘"))
    assert (first["number"], second["number"]) == (1, 2)
    info = (Path(second["path"]) / "bag-info.txt").read_text("utf-8")
    assert "Replaces:" in info


def test_an_open_must_stops_the_package_and_nothing_is_written(library, tmp_path, capsys):
    case = tmp_path / "案卷.json"
    assert start(["dump", str(library), "-o", str(case)]) == 0
    facts = json.loads(case.read_text("utf-8"))
    del facts["explanations"]
    case.write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
    assert start(["load", str(tmp_path / "无说明"), str(case)]) == 0
    words = told(capsys, "export", str(tmp_path / "无说明"), str(tmp_path / "盘"), code=1)
    assert "3 项必须改" in words
    assert list(tmp_path.glob("盘/*")) == []


def test_no_package_of_an_empty_case(tmp_path, capsys):
    case = tmp_path / "案卷.json"
    cycle = {"year": 2026, "region": "shandong", "form": "single", "agreement_kind": "wage"}
    case.write_text(json.dumps({"format": "xieshang-case", "version": 1, "cycle": cycle}), "utf-8")
    assert start(["load", str(tmp_path / "空"), str(case)]) == 0
    words = told(capsys, "export", str(tmp_path / "空"), str(tmp_path / "盘"), code=1)
    assert "P-302" in words and "还是空的" in words and "没有写出报送包" in words
    assert list(tmp_path.glob("盘/*")) == []


def test_the_locked_zip_opens_with_its_password_only(library, tmp_path, capsys):
    password = tmp_path / "密码.txt"
    password.write_text("协商2026\n", "utf-8")
    made = answer(
        capsys, "export", str(library), str(tmp_path / "盘"), "--zip", "--password-file", str(password)
    )
    with zipfile.ZipFile(made["zip"]) as archive:
        assert archive.infolist()[0].flag_bits & 1
        with pytest.raises(RuntimeError):
            archive.read(archive.infolist()[0])
    seven = shutil.which("7z")
    if seven:
        good = subprocess.run([seven, "t", "-p协商2026", made["zip"]], capture_output=True, check=False)
        bad = subprocess.run([seven, "t", "-pwrong", made["zip"]], capture_output=True, check=False)
        assert (good.returncode == 0, bad.returncode == 0) == (True, False)


def test_the_book_has_its_papers_and_slips(demo, tmp_path, capsys):
    book = tmp_path / "证据册.pdf"
    made = answer(capsys, "binder", str(demo), "-o", str(book))
    assert made["papers"] > 40
    assert made["pages"] > made["papers"]
    if shutil.which("qpdf"):
        subprocess.run(["qpdf", "--check", str(book)], check=True, capture_output=True)


def test_documents_come_as_pdf_and_docx_and_nothing_else(demo, tmp_path, capsys):
    listed = answer(capsys, "documents", str(demo))["documents"]
    assert {"offer", "minutes", "agreement", "ballot", "filing_form"} <= {row["kind"] for row in listed}
    assert start(["document", str(demo), "offer", "-o", str(tmp_path / "要约书.pdf")]) == 0
    assert (tmp_path / "要约书.pdf").read_bytes().startswith(b"%PDF-")
    assert start(["document", str(demo), "offer", "-o", str(tmp_path / "要约书.docx")]) == 0
    assert zipfile.is_zipfile(tmp_path / "要约书.docx")
    assert "不会生成 .txt" in told(
        capsys, "document", str(demo), "offer", "-o", str(tmp_path / "a.txt"), code=2
    )
    assert not (tmp_path / "a.txt").exists()
    assert "没有叫 nonsense 的文书" in told(capsys, "document", str(demo), "nonsense", "-o", "x.pdf", code=2)


def test_the_table_carries_numbers_and_their_origin(demo, tmp_path, capsys):
    from openpyxl import load_workbook

    target = tmp_path / "统计表.xlsx"
    made = answer(capsys, "table", str(demo), "linyi-2017", "-o", str(target))
    assert made["rows"][0]["numbers"] == [1, 1, 386, 1, 1, 386, 1, 1, 386]
    book = load_workbook(target)
    assert book.sheetnames == ["统计表", "出处"]
    numbers = [cell.value for row in book["统计表"]["B5:J7"] for cell in row]
    assert numbers == [1, 1, 386] * 3 + [0] * 18
    assert all(isinstance(number, int) for number in numbers)
    origins = [row[2].value for row in book["出处"].iter_rows(min_row=2, max_row=28)]
    assert origins == numbers
    assert "没有" in told(capsys, "table", str(demo), "nowhere", "-o", str(target), code=2)


def test_the_same_file_is_attached_once(library, tmp_path, capsys):
    paper = tmp_path / "=回执 䶮㐆𬱖.pdf"
    assert start(["document", str(library), "offer", "-o", str(paper)]) == 0
    first = answer(capsys, "attach", str(library), "offer", str(paper))
    again = answer(capsys, "attach", str(library), "3", str(paper))
    assert (first["attached"][0]["new"], again["attached"][0]["new"]) == (True, False)
    assert "没有叫 9 的阶段" in told(capsys, "attach", str(library), "9", str(paper), code=2)


def test_backup_restore_and_doctor(library, tmp_path, capsys):
    made = answer(capsys, "backup", str(library))
    assert made["proven"] is True
    assert start(["restore", made["path"], str(tmp_path / "还原")]) == 0
    assert answer(capsys, "doctor", str(tmp_path / "还原"))["ok"] is True
    dumped = [tmp_path / "a.json", tmp_path / "b.json"]
    assert start(["dump", str(library), "-o", str(dumped[0])]) == 0
    assert start(["dump", str(tmp_path / "还原"), "-o", str(dumped[1])]) == 0
    assert dumped[0].read_bytes() == dumped[1].read_bytes()


def test_the_doctor_names_the_paper_that_changed(library, capsys):
    victim = next(path for path in (library / "attachments").rglob("*") if path.is_file())
    victim.chmod(0o644)
    victim.write_bytes(victim.read_bytes() + b"x")
    found = answer(capsys, "doctor", str(library), code=3)
    assert found["ok"] is False
    assert len(found["problems"]) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["check", "没有这个库"], 1, "找不到"),
        (["export", "没有这个库", "x"], 1, ""),
        (["nonsense"], 2, "没有 'nonsense'"),
        (["term", "火星", "reply_due", "--from", "2026-01-01"], 1, "没有“火星”的规则包"),
        (["term", "山东", "reply_due", "--from", "2026-02-30"], 2, "不是日期"),
        (["demo"], 2, "还缺"),
        (["verify", "没有这个包"], 1, None),
    ],
)
def test_wrong_use_gets_a_sentence(arguments, code, words, capsys, tmp_path, monkeypatch):
    project = Path.cwd()
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    assert start(arguments) == code
    said = capsys.readouterr()
    assert "Traceback" not in said.err + said.out
    if words is not None:
        assert words in said.err
    assert project.is_dir()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"[]",
        b'{"format": "xieshang-case"}',
        b"\xff\xfe\x00",
        b'{"format":"other","version":1}',
    ],
)
def test_a_file_that_is_no_case_changes_nothing(content, tmp_path, capsys):
    file = tmp_path / "坏.json"
    file.write_bytes(content)
    assert told(capsys, "load", str(tmp_path / "库"), str(file), code=1)
    assert not (tmp_path / "库").exists()


def test_the_program_starts_as_a_module():
    done = subprocess.run([sys.executable, "-m", "app", "packs", "--json"], capture_output=True, check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout)["packs"]


def test_days_that_are_no_latest_day_are_not_called_so(demo, capsys):
    capsys.readouterr()
    start(["check", str(demo), "--on", "2026-11-10"])
    lines = capsys.readouterr().out.split("\n")
    window = next(line for line in lines if "可以书面提出续订" in line)
    hung = next(line for line in lines if "决议挂满 15 日" in line)
    assert window.endswith("：2027年4月1日起，窗口")
    assert hung.endswith("：要到 2026年5月15日，实际 2026年5月12日，天数不够")


def test_without_the_holidays_of_a_year_no_single_day_is_given(capsys):
    capsys.readouterr()
    assert start(["term", "山东", "file_due", "--from", "2027-02-10"]) == 0
    assert "最迟 2027年2月20日至2027年3月2日之间" in capsys.readouterr().out


def test_a_hundred_thousand_problems_are_not_all_printed(demo, library, tmp_path, capsys):
    package = Path(answer(capsys, "export", str(library), str(tmp_path / "盘"))["path"])
    with (package / "manifest-sha256.txt").open("a", encoding="utf-8") as manifest:
        manifest.writelines(f"{number:064x}  data/{number}\n" for number in range(20_000))
        manifest.writelines(f"garbage{number}\n" for number in range(20_000))
    capsys.readouterr()
    assert start(["verify", str(package)]) == 1
    said = capsys.readouterr().out
    assert len(said.split("\n")) < 60
    assert "没有一一列出" in said
    assert len(answer(capsys, "verify", str(package), code=1)["problems"]) < 22_000


def test_two_regions_are_compared_rule_by_rule(tmp_path, capsys):
    told = answer(capsys, "packs", "--compare", "山东", "天津")
    assert told["regions"] == ["shandong", "tianjin"]
    rules = {row["rule"]: row for row in told["rules"]}
    reply = rules["reply_due"]
    assert reply["difference"] == "value"
    assert [side["value"][:4] for side in reply["sides"]] == ["10 日", "5 个工"]
    assert [side["reading"] for side in reply["sides"]] == ["checked", "pending"]
    assert all(row["difference"] != "same" for row in told["rules"])
    every = answer(capsys, "packs", "--compare", "山东", "天津", "--all")
    assert len(every["rules"]) > max(128, len(rules))
    target = tmp_path / "对照.pdf"
    assert start(["packs", "--compare", "shandong", "天津", "-o", str(target)]) == 0
    assert target.read_bytes().startswith(b"%PDF")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("山东、天津规则对照表，工资专项")
    assert any("reply_due 答复期限：数值不同，单位不同（日、工作日）" in line for line in lines)


def test_a_region_that_is_not_there_is_not_compared(capsys):
    assert start(["packs", "--compare", "山东", "月球"]) == 1
    assert "没有“月球”的规则包" in capsys.readouterr().err
